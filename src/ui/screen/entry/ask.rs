//! What stands in place of the boxes where the number can't be told, or the sheet is handed over.

use super::Entry;
use super::draw::{kinds, large};
use super::work::{self, Holding, Work};
use crate::ui::screen::Cx;
use crate::ui::screen::steps::{Step, take_steps};
use crate::ui::theme::GAP;
use crate::ui::widgets::{TextField, choice};
use egui::{Id, Label, RichText, ScrollArea, Ui};

/// So many of the profile's 不備 have a digit; one's doubt and a typed reason follow.
const LISTED: usize = 7;

/// The reasons in the list, the last one without a word of its own.
fn listed(cx: &Cx<'_>) -> Vec<String> {
    let defects = cx.profile.defects.iter().take(LISTED).map(|defect| defect.name.clone());
    defects.chain([cx.words.entry_hold_doubt()]).collect()
}

/// The reason as it stands; `None`: none is chosen or typed.
pub(super) fn reason(cx: &Cx<'_>, holding: &Holding) -> Option<String> {
    let listed = listed(cx);
    let reason = match holding.chosen? {
        chosen if chosen < listed.len() => listed.get(chosen)?.clone(),
        _ => holding.typed.trim().to_owned(),
    };
    (!reason.is_empty()).then_some(reason)
}

/// A digit chooses. False: nothing has that digit.
pub(super) fn choose(cx: &Cx<'_>, holding: &mut Holding, char: char) -> bool {
    let listed = listed(cx).len();
    let at = char.to_digit(10).map(|digit| (digit as usize).wrapping_sub(1));
    let Some(at) = at.filter(|at| *at <= listed) else { return false };
    pick(holding, at, listed);
    true
}

fn pick(holding: &mut Holding, at: usize, listed: usize) {
    holding.chosen = Some(at);
    holding.typing = at == listed;
    holding.focus = holding.typing;
}

/// What is about to happen, and what to do; with large type only the latter.
fn heading(ui: &mut Ui, cx: &Cx<'_>, entry: &Entry, text: String, what: String) {
    ui.vertical_centered(|ui| {
        if !large(cx) {
            ui.add(Label::new(RichText::new(text).font(cx.theme.heading())).truncate());
        }
        let (what, colour) = match &entry.said {
            Some(said) => (said.clone(), cx.theme.stop),
            None => (what, cx.theme.ink),
        };
        ui.add(Label::new(RichText::new(what).font(cx.theme.text()).color(colour)).wrap());
    });
}

/// 判別不能: nobody can tell the number. The kind, as far as it can be seen.
pub(super) fn cannot(ui: &mut Ui, cx: &Cx<'_>, entry: &Entry, work: &mut Work) {
    let item = work::item(cx.view, work.sheet);
    let known = item.is_some_and(|item| work.kind_now(item).is_some());
    let what = if known { cx.words.entry_cannot_what() } else { cx.words.entry_cannot_kind() };
    problem(ui, cx, work);
    heading(ui, cx, entry, cx.words.entry_cannot(), what);
    if let Some(item) = item {
        kinds(ui, cx, work, item);
    }
}

fn problem(ui: &mut Ui, cx: &Cx<'_>, work: &Work) {
    if let Some(problem) = &work.problem {
        let text = RichText::new(problem).font(cx.theme.strong()).color(cx.theme.stop);
        ui.vertical_centered(|ui| ui.add(Label::new(text).wrap()));
    }
}

/// Why the sheet is handed over: by digit, or typed.
pub(super) fn hold(ui: &mut Ui, cx: &Cx<'_>, entry: &mut Entry, work: &mut Work) {
    problem(ui, cx, work);
    let work::Step::Hold(holding) = &mut work.step else { return };
    let listed = listed(cx);
    let what = match reason(cx, holding) {
        None if !holding.typing => cx.words.entry_hold_choose(),
        _ => cx.words.entry_hold_what(),
    };
    heading(ui, cx, entry, cx.words.entry_hold(), what);
    ui.add_space(GAP);
    if holding.typing {
        return type_reason(ui, cx, entry, holding);
    }
    let room = ui.available_height().max(cx.theme.hit());
    ScrollArea::vertical().max_height(room).auto_shrink([false, true]).show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            let words = listed.iter().cloned().chain([cx.words.entry_hold_type()]);
            for (at, word) in words.enumerate() {
                let word = format!("{} {word}", at + 1);
                if choice(ui, cx.theme, &word, holding.chosen == Some(at)).clicked() {
                    pick(holding, at, listed.len());
                }
            }
        });
    });
}

fn type_reason(ui: &mut Ui, cx: &Cx<'_>, entry: &mut Entry, holding: &mut Holding) {
    let id = Id::unique("hold reason");
    let field = TextField::new(&mut holding.typed, cx.words.entry_hold_field());
    let field = field.width(640.0).hint(cx.words.entry_hold_field());
    // Taken before the field sees it, so that the field keeps the focus where the reason is empty.
    let focus = ui.memory(|memory| memory.has_focus(id));
    entry.enter = focus && take_steps(ui).contains(&Step::Enter);
    let response = ui.vertical_centered(|ui| field.show(ui, cx.theme, id)).inner;
    if std::mem::take(&mut holding.focus) {
        response.request_focus();
    }
}

//! Reasons at the left, one sheet at the right: the sentence, the number, the pictures, the keys.

use super::queue::{Waiting, groups, queue};
use super::{Supervisor, evidence, may_settle};
use crate::flow::EnvelopeId;
use crate::flow::event::{Event, Place};
use crate::flow::stop::main_reason;
use crate::flow::view::EnvelopeView;
use crate::ui::port::SheetFile;
use crate::ui::refusals;
use crate::ui::screen::Cx;
use crate::ui::screen::edit::files::Found;
use crate::ui::screen::edit::picture::{self, Wanted};
use crate::ui::screen::edit::teller::Teller;
use crate::ui::screen::edit::{form_ui, paint, said};
use crate::ui::session::LookFor;
use crate::ui::theme::{GAP, GAP_STAGE, GAP_WIDE};
use crate::ui::widgets::{difference, empty, signed};
use crate::voucher::Reason;
use egui::{Align2, Layout, Rect, ScrollArea, Sense, Ui, Vec2, WidgetInfo, pos2};
use std::sync::Arc;

/// So many envelopes that differ are named; the rest is a number.
const NAMED: usize = 6;

pub(super) fn show(ui: &mut Ui, cx: &mut Cx<'_>, screen: &mut Supervisor) {
    if screen.zoom {
        let looks = screen.looks(cx);
        picture::large(ui, cx, &looks, screen.zoom_at);
        return;
    }
    let size = ui.available_size();
    let narrow = size.x / cx.theme.scale < 820.0;
    if narrow {
        let area = ScrollArea::vertical().id_salt("supervisor").auto_shrink([false, false]);
        area.show(ui, |ui| {
            ui.set_max_width(ui.available_width() - GAP);
            right(ui, cx, screen, size.y);
            ui.add_space(GAP_STAGE);
            left(ui, cx, screen);
        });
        return;
    }
    let wide = cx.theme.size(280.0);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let layout = Layout::top_down(egui::Align::Min);
        ui.allocate_ui_with_layout(Vec2::new(wide, size.y), layout, |ui| {
            ui.set_min_size(Vec2::new(wide, size.y));
            ui.spacing_mut().item_spacing = Vec2::splat(GAP);
            let area = ScrollArea::vertical().id_salt("reasons").auto_shrink([false, false]);
            area.show(ui, |ui| left(ui, cx, screen));
        });
        let (rule, _) = ui.allocate_exact_size(Vec2::new(GAP_STAGE, size.y), Sense::HOVER);
        ui.painter().vline(rule.center().x, rule.y_range(), cx.theme.hairline());
        let rest = Vec2::new(ui.available_width(), size.y);
        ui.allocate_ui_with_layout(rest, layout, |ui| {
            ui.set_min_size(rest);
            ui.spacing_mut().item_spacing = Vec2::splat(GAP);
            let area = ScrollArea::vertical().id_salt("decision").auto_shrink([false, false]);
            area.show(ui, |ui| {
                ui.set_max_width(ui.available_width() - GAP);
                right(ui, cx, screen, size.y);
            });
        });
    });
}

/// Reasons with their counts, and what else a supervisor should know.
fn left(ui: &mut Ui, cx: &mut Cx<'_>, screen: &mut Supervisor) {
    let theme = cx.theme;
    let queue = queue(cx.view);
    let groups = groups(&queue);
    if !groups.is_empty() {
        paint::said(ui, &cx.words.sup_waiting(queue.len()), theme.small(), theme.quiet);
    }
    let mut to = None;
    for (reason, count, first) in &groups {
        let here = screen.index >= *first && screen.index < first + count;
        let word = refusals::reason(cx.words, *reason);
        if row(ui, cx, &word, &count.to_string(), here) {
            to = Some(*first);
        }
    }
    ui.add_space(GAP_WIDE);
    others(ui, cx, &queue);
    if let Some(index) = to {
        screen.to(index, cx);
    }
}

/// Envelopes that differ, held sheets, keyings that differ.
fn others(ui: &mut Ui, cx: &mut Cx<'_>, queue: &[Waiting<'_>]) {
    let theme = cx.theme;
    let words = cx.words;
    paint::said(ui, &words.sup_also(), theme.small(), theme.quiet);
    let differ = |envelope: &&Arc<EnvelopeView>| {
        envelope.open && envelope.is_done() && !envelope.tally.difference().is_empty()
    };
    let differing = cx.view.envelopes.values().filter(differ).collect::<Vec<_>>();
    let held = cx.view.envelopes.values().map(|it| it.held.len()).sum::<usize>();
    let keyings =
        queue.iter().filter(|it| it.item.reasons.contains(&Reason::KeyingsDiffer)).count();
    row(ui, cx, &words.sup_held(), &held.to_string(), false);
    row(ui, cx, &words.sup_keyings(), &keyings.to_string(), false);
    row(ui, cx, &words.sup_differing(), &differing.len().to_string(), false);
    let mut open: Option<EnvelopeId> = None;
    for envelope in differing.iter().take(NAMED) {
        let name = cx.envelope_name(envelope.id);
        let count = signed(difference(&envelope.tally.sum()));
        if row(ui, cx, &format!("   {name}"), &count, false) {
            open = Some(envelope.id);
        }
    }
    if let Some(envelope) = open {
        cx.edit(LookFor::Envelope(envelope));
    }
}

/// A word and a count.
fn row(ui: &mut Ui, cx: &Cx<'_>, word: &str, count: &str, chosen: bool) -> bool {
    let theme = cx.theme;
    let size = Vec2::new(ui.available_width(), theme.size(36.0));
    let (rect, response) = ui.allocate_exact_size(size, Sense::CLICK);
    paint::ground(ui, theme, rect, &response, chosen, true);
    let inside = rect.shrink2(Vec2::new(theme.size(8.0), 0.0));
    let painter = ui.painter();
    let font = theme.digits(18.0);
    let taken = paint::line(painter, inside, Align2::RIGHT_CENTER, count, font, theme.ink);
    let left = Rect::from_min_max(inside.min, pos2(inside.right() - taken - GAP, inside.bottom()));
    paint::line(painter, left, Align2::LEFT_CENTER, word, theme.text(), theme.ink);
    let name = format!("{} {count}", word.trim());
    response.widget_info(|| WidgetInfo::selected(egui::Role::Button, true, chosen, &name));
    response.clicked()
}

fn right(ui: &mut Ui, cx: &mut Cx<'_>, screen: &mut Supervisor, room: f32) {
    paint::calm(ui, cx.theme);
    let view = cx.view;
    let queue = queue(view);
    let Some(waiting) = screen.at.and_then(|at| queue.iter().find(|it| it.sheet() == at)) else {
        let on_its_way = screen.form.as_ref().is_some_and(|form| form.sending.on_its_way());
        let title = if on_its_way { cx.words.edit_on_its_way() } else { cx.words.sup_empty() };
        empty(ui, cx.theme, &title, &cx.words.sup_empty_what());
        return;
    };
    let id = waiting.sheet();
    let file = match screen.files.sheet(id, cx) {
        Found::Here(file) => Some(file),
        _ => None,
    };
    let top = ui.cursor().top();
    sentence(ui, cx, screen, waiting, &queue, file.as_deref());
    // The pictures take what the lines above and below leave, as much as those needed in the last frame.
    let above = ui.cursor().top() - top;
    let least = cx.theme.size(if roomy(ui, cx) { 120.0 } else { 90.0 });
    let high = (room - above - screen.below - GAP_WIDE).max(least);
    look(ui, cx, screen, waiting, file.as_deref(), high);
    let middle = ui.cursor().top();
    about(ui, cx, waiting);
    if !may_settle(cx) {
        paint::told(ui, &cx.words.sup_read_only(), cx.theme.text(), cx.theme.look_at);
    }
    ui.add_space(GAP);
    let top = ui.cursor().min;
    if let Some(form) = &mut screen.form
        && form_ui::show(ui, cx, form)
    {
        form.confirm(cx);
    }
    if std::mem::take(&mut screen.to_form) {
        paint::into_view(ui, top);
    }
    let below = ui.cursor().top() - middle;
    if (below - screen.below).abs() > 0.5 {
        screen.below = below;
        ui.ctx().request_repaint();
    }
}

/// Whether there is room for large type.
fn roomy(ui: &Ui, cx: &Cx<'_>) -> bool {
    ui.available_width() / cx.theme.scale > 640.0
}

/// What it is about, in one sentence; which of how many it is.
fn sentence(
    ui: &mut Ui,
    cx: &Cx<'_>,
    screen: &Supervisor,
    waiting: &Waiting<'_>,
    queue: &[Waiting<'_>],
    file: Option<&SheetFile>,
) {
    let theme = cx.theme;
    let same = |it: &&Waiting<'_>| it.reason == waiting.reason;
    let count = queue.iter().filter(same).count();
    let no = queue.iter().take(screen.index + 1).filter(same).count();
    let word = refusals::reason(cx.words, waiting.reason);
    let heading = cx.words.sup_which(word, no, count);
    paint::said(ui, &heading, theme.small(), theme.quiet);
    let others = &waiting.item.others;
    let text = match (waiting.reason, others.last()) {
        (Reason::Duplicate, Some(other)) => cx.words.sup_repeat(cx.sheet_name(*other)),
        (Reason::SamePicture, Some(other)) => cx.words.sup_same_picture(cx.sheet_name(*other)),
        (reason, _) => refusals::reason_sentence(cx.words, reason),
    };
    let font = if roomy(ui, cx) { theme.heading() } else { theme.strong() };
    paint::told(ui, &text, font, theme.ink);
    if let Some(why) = &waiting.item.blocked {
        paint::told(ui, &cx.words.sup_blocked(why), theme.strong(), theme.stop);
    }
    if let Some((person, reason)) = file.and_then(handed_over) {
        let person = Teller::new(cx).person(&person);
        let text = cx.words.sup_handed_over(person, reason);
        paint::told(ui, &text, theme.text(), theme.ink);
    }
}

/// Who handed it over, and why.
fn handed_over(file: &SheetFile) -> Option<(crate::flow::PersonId, &str)> {
    let last = file.story.iter().rev().find_map(|recorded| match &recorded.event {
        Event::SheetSettled { place: Place::Settle { .. }, reason, .. } => {
            Some((recorded.by.clone(), reason.as_str()))
        }
        _ => None,
    });
    last.filter(|_| {
        matches!(&file.sheet.place, Place::Settle { reasons, .. }
        if main_reason(reasons) == Reason::HeldByPerson)
    })
}

/// What was read, large; a dash where that is nothing.
fn number(ui: &mut Ui, cx: &Cx<'_>, waiting: &Waiting<'_>) {
    let item = waiting.item;
    let number = item.number.as_ref().map(|number| cx.grouped(number.as_str()));
    let number = number.or_else(|| item.code.clone()).unwrap_or_else(|| "—".to_owned());
    let font = cx.theme.digits(if roomy(ui, cx) { 36.0 } else { 26.0 });
    paint::said(ui, &number, font, cx.theme.ink);
}

/// Kind, name and place in the pile, and everything that was found.
fn about(ui: &mut Ui, cx: &Cx<'_>, waiting: &Waiting<'_>) {
    let theme = cx.theme;
    let item = waiting.item;
    let kind = cx.kind_name(item.kind.as_ref());
    let bundle = cx.view.envelopes.get(&waiting.envelope).map_or(100, |it| it.bundle.max(1));
    let before = item.position.saturating_sub(1);
    let place = cx.words.edit_pile_place(item.position, before / bundle + 1, before % bundle + 1);
    let text = format!("{kind} · {} · {place}", cx.sheet_name(waiting.sheet()));
    paint::said(ui, &text, theme.text(), theme.ink);
    if item.reasons.len() > 1 {
        let reasons = Teller::new(cx).reasons(&item.reasons);
        paint::said(ui, &reasons, theme.small(), theme.quiet);
    }
}

/// What there is to see of it, into so many points of height: everything that was read where that differs,
/// two sheets side by side where another one is the question, else its number and pictures.
fn look(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    screen: &mut Supervisor,
    waiting: &Waiting<'_>,
    file: Option<&SheetFile>,
    high: f32,
) {
    let end = ui.cursor().top() + high;
    let size = Vec2::new(ui.available_width(), high);
    let other = waiting.item.others.last().copied();
    let other = other.map(|other| screen.files.sheet(other, cx));
    match (file, other) {
        (Some(own), Some(Found::Here(other))) => {
            number(ui, cx, waiting);
            let count = waiting.item.others.len();
            let width = (size.x - GAP_WIDE) / 2.0;
            let left = end - ui.cursor().top();
            let lines = cx.theme.size(118.0);
            let (tall, wanted) = match left - lines {
                tall if tall > cx.theme.size(70.0) => (tall, Wanted::Whole),
                _ => ((left - cx.theme.size(60.0)).max(cx.theme.size(40.0)), Wanted::Crop),
            };
            let size = Vec2::new(width, tall);
            screen.zoom |= picture::pair(ui, cx, [own, &other], count, size, wanted);
        }
        (Some(own), _) => {
            let said = said::said(&own.sheet, cx.profile);
            if said.len() > 1 && said::differ(&said, &waiting.item.reasons) {
                screen.places.ask(own, cx);
                let places = &mut screen.places;
                screen.zoom |= evidence::show(ui, cx, places, own, &said, size);
                return;
            }
            number(ui, cx, waiting);
            let looks = picture::looks(cx, own);
            if looks.is_empty() {
                paint::said(ui, &cx.words.edit_no_picture(), cx.theme.text(), cx.theme.quiet);
            } else {
                let left = end - ui.cursor().top();
                screen.zoom |= picture::beside(ui, cx, &looks, left);
            }
        }
        // The crop comes with the view; the rest is on its way.
        (None, _) => {
            number(ui, cx, waiting);
            let name = cx.sheet_name(waiting.sheet());
            let spoken = cx.words.edit_picture_of(&name, "");
            let picture = waiting.item.picture;
            let size = Vec2::new(size.x, end - ui.cursor().top());
            picture::paint(ui, cx, picture.as_ref(), size, Wanted::Crop, spoken.trim());
        }
    }
}

//! A sheet's page: what it is, its pictures, and the line of what happened to it, newest on top.

use super::explained::{self, Explained};
use super::files::{Files, Found};
use super::picture::{self, Wanted};
use super::task::Task;
use super::teller::{Teller, Told};
use super::{Hand, form_ui, paint, when};
use crate::flow::event::{Counted, Place};
use crate::flow::person::Duty;
use crate::flow::{Recorded, SheetId};
use crate::ui::command::Command;
use crate::ui::port::SheetFile;
use crate::ui::refusals;
use crate::ui::screen::Cx;
use crate::ui::theme::{GAP, GAP_WIDE};
use crate::ui::widgets::{Sign, button, empty, paint_sign};
use egui::{Label, Pos2, RichText, ScrollArea, Sense, Stroke, Ui, Vec2, WidgetInfo};

/// Whether, and by whom, a sheet can be changed now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// A supervisor decides.
    Decide,
    /// Anyone hands it to the supervisor.
    HandOver,
    No,
    /// Its envelope is closed: re-open that first.
    Closed,
    /// Its envelope is in a delivery that is being written.
    Delivering,
    /// Delivered rows are frozen.
    Delivered,
}

pub fn change(cx: &Cx<'_>, file: &SheetFile) -> Change {
    let envelope = match cx.view.envelopes.get(&file.sheet.id.envelope) {
        Some(envelope) if file.delivered.is_none() => envelope,
        _ => return Change::Delivered,
    };
    let me = cx.session.me.as_ref();
    match (envelope.open, envelope.delivering) {
        (_, true) => Change::Delivering,
        (false, false) => Change::Closed,
        (true, false) if !file.sheet.place.is_live() => Change::No,
        (true, false) if me.is_some_and(|me| me.role.may(Duty::Settle)) => Change::Decide,
        (true, false) => {
            let may = me.is_some_and(|me| me.role.may(Duty::Take));
            let waits = matches!(file.sheet.place, Place::Check { .. } | Place::Entry);
            if may && waits { Change::HandOver } else { Change::No }
        }
    }
}

pub fn offers(cx: &Cx<'_>, file: &SheetFile) -> Vec<Command> {
    let change = match change(cx, file) {
        Change::Decide => Some(Command::Correct),
        Change::HandOver => Some(Command::Hold),
        Change::No | Change::Closed | Change::Delivering | Change::Delivered => None,
    };
    let explained = explained::can_be(file).then_some(Command::HowRead);
    change.into_iter().chain(explained).collect()
}

/// Draws the page. True: the open form was confirmed in it.
pub fn show(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    files: &mut Files,
    id: SheetId,
    task: &mut Option<Task>,
    hand: &mut Hand,
) -> bool {
    let file = match files.sheet(id, cx) {
        Found::Here(file) => file,
        Found::Coming => {
            let text = cx.words.edit_coming();
            paint::said(ui, &text, cx.theme.text(), cx.theme.quiet);
            return false;
        }
        Found::Nowhere => {
            let name = cx.sheet_name(id);
            empty(ui, cx.theme, &cx.words.edit_no_sheet(name), &cx.words.edit_no_sheet_what());
            return false;
        }
        Found::Failed(why) => {
            empty(ui, cx.theme, &cx.words.edit_failed(), &cx.words.fault(&why));
            return false;
        }
    };
    let others = picture::others(&file);
    let other = others.last().map(|other| (*other, files.sheet(*other, cx)));
    let mut confirmed = false;
    let room = ui.available_height();
    let area = ScrollArea::vertical().id_salt(("story", id.envelope.0, id.ordinal));
    area.auto_shrink([false, false]).show(ui, |ui| {
        if let Some(delta) = hand.scroll.take() {
            ui.scroll_with_delta(Vec2::new(0.0, delta));
        }
        ui.set_max_width(ui.available_width() - GAP);
        paint::calm(ui, cx.theme);
        head(ui, cx, &file);
        standing(ui, cx, &file);
        match &other {
            Some((_, Found::Here(other))) => {
                pair(ui, cx, [&file, other], others.len(), task.is_some(), hand);
            }
            _ => {
                let looks = picture::looks(cx, &file);
                if !looks.is_empty() {
                    // Whoever only passes by sees the number; who is inside also the sheet.
                    hand.zoom |= match (hand.inside, task.is_none()) {
                        (false, _) => picture::strip(ui, cx, &looks, room * 0.4),
                        (true, true) => picture::beside(ui, cx, &looks, room * 0.42),
                        (true, false) => picture::beside(ui, cx, &looks, room * 0.22),
                    };
                }
            }
        }
        if task.is_none() && explained::can_be(&file) {
            let how = Command::HowRead.info();
            if button(ui, cx.theme, &(how.word)(cx.words), how.key).clicked() {
                hand.explained = Some(Explained::of(cx, &file));
            }
        }
        ui.add_space(GAP);
        let top = ui.cursor().min;
        confirmed = task_form(ui, cx, id, task);
        if std::mem::take(&mut hand.to_task) {
            paint::into_view(ui, top);
        }
        line(ui, cx, &file);
    });
    confirmed
}

/// Sign, number, state; kind, name, shop, place in the pile.
fn head(ui: &mut Ui, cx: &Cx<'_>, file: &SheetFile) {
    let theme = cx.theme;
    let sheet = &file.sheet;
    let sign = Sign::of(&sheet.place);
    ui.horizontal(|ui| {
        let size = theme.size(36.0);
        let (rect, response) = ui.allocate_exact_size(Vec2::splat(size), Sense::HOVER);
        paint_sign(ui.painter(), sign, rect.center(), size, sign.colour(theme));
        let word = refusals::place_word(cx.words, &sheet.place);
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, &word));
        let number = number_of(cx, file);
        let font = theme.digits(30.0);
        ui.add(Label::new(RichText::new(number).font(font)).truncate());
        let word = RichText::new(&word).font(theme.heading()).color(sign.colour(theme));
        ui.add(Label::new(word).truncate());
    });
    let kind = cx.kind_name(sheet.kind.as_ref());
    let bundle = cx.view.envelopes.get(&sheet.id.envelope).map_or(100, |it| it.bundle.max(1));
    let before = file.position.saturating_sub(1);
    let (no, inside) = (before / bundle + 1, before % bundle + 1);
    let place = cx.words.edit_pile_place(file.position, no, inside);
    let text = format!("{kind} · {} · {place}", cx.sheet_name(sheet.id));
    paint::said(ui, &text, theme.text(), theme.ink);
    let shop = format!("{} ({})", picture::shop_name(file), file.shop);
    paint::said(ui, &shop, theme.text(), theme.quiet);
}

/// What it counts under, else what a machine read; a dash where there is none.
fn number_of(cx: &Cx<'_>, file: &SheetFile) -> String {
    match &file.sheet.place {
        Place::Accepted(accepted) => match &accepted.number {
            Counted::Number(number) => cx.grouped(number.as_str()),
            Counted::Provisional(number) => number.clone(),
        },
        Place::Check { number } => cx.grouped(number.as_str()),
        // Whoever looks may be the one who keys it.
        Place::Entry => "—".to_owned(),
        _ => {
            let sheet = &file.sheet;
            let known = sheet.read.as_ref().or(sheet.agreed.as_ref());
            known.map_or_else(|| "—".to_owned(), |number| cx.grouped(number.as_str()))
        }
    }
}

/// What can be done here and what can't, in one sentence.
fn standing(ui: &mut Ui, cx: &Cx<'_>, file: &SheetFile) {
    let theme = cx.theme;
    let words = cx.words;
    let text = match change(cx, file) {
        Change::Delivered => match file.delivered {
            Some(delivery) => words.edit_frozen_in(Teller::new(cx).delivery(delivery)),
            None => words.edit_frozen(),
        },
        Change::Delivering => words.edit_delivering_what(),
        Change::Closed => words.edit_closed_what(),
        Change::Decide | Change::HandOver | Change::No => {
            if !file.sheet.in_hand() {
                return;
            }
            words.paper(&file.sheet.place, &file.sheet.reasons).to_owned()
        }
    };
    paint::told(ui, &text, theme.text(), theme.look_at);
}

/// This sheet and the other one side by side.
fn pair(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    both: [&SheetFile; 2],
    count: usize,
    small: bool,
    hand: &mut Hand,
) {
    ui.add_space(GAP);
    let width = ((ui.available_width() - GAP_WIDE) / 2.0).min(cx.theme.size(460.0));
    let (tall, wanted) = if small { (0.2, Wanted::Crop) } else { (0.46, Wanted::Whole) };
    let size = Vec2::new(width, width * tall);
    hand.zoom |= picture::pair(ui, cx, both, count, size, wanted);
}

fn task_form(ui: &mut Ui, cx: &mut Cx<'_>, id: SheetId, task: &mut Option<Task>) -> bool {
    let confirmed = match task {
        Some(Task::Decide(form)) if form.about.sheet == id => form_ui::show(ui, cx, form),
        Some(Task::Hold { sheet, ask }) if *sheet == id => {
            let title = cx.words.edit_hold_title();
            ask.ui(ui, cx, &title, &cx.words.edit_hold_what())
        }
        _ => return false,
    };
    ui.add_space(GAP);
    confirmed
}

/// What happened, newest on top, along one line.
fn line(ui: &mut Ui, cx: &Cx<'_>, file: &SheetFile) {
    let blind = file.sheet.place == Place::Entry;
    let teller = Teller::new(cx).about(file.sheet.id, blind);
    let last = file.story.len().saturating_sub(1);
    for (index, recorded) in file.story.iter().rev().enumerate() {
        let told = teller.tell(recorded);
        event(ui, cx, recorded, &told, &teller.person(&recorded.by), index == last);
    }
}

fn event(ui: &mut Ui, cx: &Cx<'_>, recorded: &Recorded, told: &Told, person: &str, last: bool) {
    let theme = cx.theme;
    let gutter = theme.size(34.0);
    let size = theme.size(22.0);
    ui.spacing_mut().item_spacing.y = 2.0;
    let row = ui.horizontal_top(|ui| {
        let line = Vec2::new(gutter, theme.size(28.0));
        let (dot, _) = ui.allocate_exact_size(line, Sense::HOVER);
        ui.vertical(|ui| {
            paint::told(ui, &told.title, theme.strong(), theme.ink);
            let time = when::clock(recorded.at, cx.today);
            let text = format!("{time} · {person}");
            paint::said(ui, &text, theme.small(), theme.quiet);
            for text in &told.lines {
                paint::told(ui, text, theme.text(), theme.ink);
            }
            for code in &told.codes {
                paint::said(ui, code, theme.small(), theme.quiet);
            }
            ui.add_space(GAP_WIDE);
        });
        dot
    });
    let x = row.inner.center().x;
    let dot = Pos2::new(x, row.inner.center().y);
    let painter = ui.painter();
    if !last {
        let from = dot.y + size * 0.6;
        painter.vline(x, from..=row.response.rect.bottom() + 2.0, Stroke::new(1.5, theme.line));
    }
    match told.sign {
        Some(sign) => paint_sign(painter, sign, dot, size * 0.8, sign.colour(theme)),
        None => {
            painter.circle_filled(dot, size * 0.18, theme.quiet);
        }
    }
}

//! How a decision looks: its seven keys, and the one question that is open.

use super::form::{Class, Form, Step};
use super::number;
use super::paint;
use super::said::{Said, Who};
use super::task::{framed, sending_ui};
use super::why::row;
use crate::ui::command::Command;
use crate::ui::screen::Cx;
use crate::ui::theme::{CORNER, GAP};
use crate::ui::widgets::{Boxes, number_boxes, primary};
use egui::{
    Align2, CornerRadius, Layout, Rect, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2,
};

/// Draws the form; true: it was confirmed with the mouse or in its field.
pub fn show(ui: &mut Ui, cx: &mut Cx<'_>, form: &mut Form) -> bool {
    let theme = cx.theme;
    let mut confirmed = false;
    framed(ui, theme, |ui| {
        match (form.step, form.class) {
            (Step::What, _) | (_, None) => {
                if let Some(class) = keys(ui, cx, form) {
                    form.choose(class, cx);
                }
                let what = cx.words.edit_decide_what();
                paint::told(ui, &what, theme.small(), theme.quiet);
            }
            (_, Some(class)) => confirmed = open_step(ui, cx, form, class),
        }
        sending_ui(ui, cx, &form.sending);
    });
    confirmed
}

/// The chosen decision and the question that is open, with the way on.
fn open_step(ui: &mut Ui, cx: &mut Cx<'_>, form: &mut Form, class: Class) -> bool {
    let theme = cx.theme;
    let question = match form.step {
        Step::What => return false,
        Step::Which if form.about.differ => cx.words.edit_ask_which(),
        Step::Which => cx.words.edit_ask_this(),
        Step::Number => cx.words.edit_ask_number(),
        Step::Sheet => cx.words.edit_ask_sheet(),
        Step::Kind => cx.words.edit_ask_kind(),
        Step::Why => cx.words.edit_ask_reason(),
    };
    let mut enter = false;
    ui.horizontal(|ui| {
        if key(ui, cx, class.answer(form.about.reason), true) {
            form.back();
        }
        let go_on = Layout::right_to_left(egui::Align::Center);
        ui.with_layout(go_on, |ui| {
            enter = primary(ui, theme, &cx.words.edit_go_on(), "Enter").clicked();
            if let Some(text) = form.subject(class, cx)
                && form.step == Step::Why
            {
                let left = Layout::left_to_right(egui::Align::Center);
                ui.with_layout(left, |ui| paint::said(ui, &text, theme.digits(22.0), theme.ink));
            }
        });
    });
    paint::told(ui, &question, theme.text(), theme.ink);
    match form.step {
        Step::What => {}
        Step::Number => {
            let groups = form.number.groups(cx.profile);
            let name = cx.words.edit_number();
            let text = form.number.text();
            let next = text.chars().count();
            number_boxes(ui, theme, &Boxes { text, groups, next, shake: 0, name: &name });
            if let Some(choices) = number::choices(&form.number, cx.profile) {
                paint::said(ui, &choices, theme.digits(18.0), theme.accent);
            }
        }
        Step::Which => which(ui, cx, form),
        Step::Sheet => other_sheet(ui, cx, form),
        Step::Kind => {
            for (index, kind) in cx.profile.kinds.iter().enumerate() {
                let key = if index < 9 { (index + 1).to_string() } else { String::new() };
                let chosen = form.kind.as_ref() == Some(&kind.id);
                if row(ui, cx, &key, &kind.name, chosen) {
                    form.kind = Some(kind.id.clone());
                }
            }
        }
        Step::Why => enter |= form.why.ui(ui, cx, "form"),
    }
    enter
}

/// The numbers that were said, each with who said it; the last row keys another one.
fn which(ui: &mut Ui, cx: &Cx<'_>, form: &mut Form) {
    let mut rows = Vec::new();
    for (number, by) in form.numbers() {
        let by = by.into_iter().map(|said| who(cx, said)).collect::<Vec<_>>();
        rows.push(format!("{}   {}", cx.grouped(number.as_str()), by.join(&cx.words.list_comma())));
    }
    rows.push(cx.words.edit_which_own());
    let last = rows.len() - 1;
    for (index, text) in rows.iter().enumerate() {
        let key = if index == last { "0".to_owned() } else { (index + 1).to_string() };
        if row(ui, cx, &key, text, form.which == Some(index)) {
            form.which = Some(index);
        }
    }
}

/// Who said it, in words.
pub fn who(cx: &Cx<'_>, said: &Said) -> String {
    let words = cx.words;
    match &said.who {
        Who::Barcode(symbology) => words.said_barcode(symbology.word()),
        Who::Beside(symbology) => words.said_beside(symbology.word()),
        Who::Second(symbology) => words.said_second(symbology.word()),
        Who::Print(sure) => words.said_print(format!("{}.{}", sure / 10, sure % 10)),
        Who::Person(person) => {
            let name = cx.view.people.iter().find(|it| it.id == *person);
            words.said_person(name.map_or(person.as_str(), |it| it.name.as_str()))
        }
    }
}

/// The other sheet as it is typed, and its name as people write it.
fn other_sheet(ui: &mut Ui, cx: &Cx<'_>, form: &Form) {
    let theme = cx.theme;
    ui.horizontal(|ui| {
        let typed = format!("{}▏", form.other);
        let name = cx.words.edit_sheet_no();
        let said = paint::said(ui, &typed, theme.digits(30.0), theme.ink);
        said.widget_info(|| {
            WidgetInfo::labeled(egui::Role::Label, true, format!("{name} {}", form.other))
        });
        if let Some(other) = form.other() {
            let text = format!("→ {}", cx.sheet_name(other));
            paint::said(ui, &text, theme.digits(22.0), theme.accent);
        }
    });
}

/// The seven decisions, each with its digit. Gives the one that was clicked.
fn keys(ui: &mut Ui, cx: &Cx<'_>, form: &Form) -> Option<Class> {
    let mut clicked = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = Vec2::splat(GAP);
        for class in Class::ALL {
            if key(ui, cx, class.answer(form.about.reason), false) {
                clicked = Some(class);
            }
        }
    });
    clicked
}

pub fn key(ui: &mut Ui, cx: &Cx<'_>, command: Command, here: bool) -> bool {
    let theme = cx.theme;
    let info = command.info();
    let word = (info.word)(cx.words);
    let painter = ui.painter();
    let galley = painter.layout_no_wrap(word.clone(), theme.text(), theme.ink);
    let cap = theme.size(30.0);
    let size = Vec2::new(cap + galley.size().x + 2.0 * GAP, theme.size(38.0));
    let (rect, response) = ui.allocate_exact_size(size, Sense::CLICK);
    let (fill, ink) = if here { (theme.accent, theme.on_accent) } else { (theme.paper, theme.ink) };
    let line = if response.hovered() { Stroke::new(2.0, theme.accent) } else { theme.hairline() };
    let painter = ui.painter();
    painter.rect(rect, CornerRadius::same(CORNER), fill, line, StrokeKind::Inside);
    let left = Rect::from_min_size(rect.min, Vec2::new(cap, rect.height()));
    let accent = if here { theme.on_accent } else { theme.accent };
    let font = theme.digits(18.0);
    painter.text(left.center(), Align2::CENTER_CENTER, info.key, font, accent);
    let at = pos2(left.right(), rect.center().y);
    painter.text(at, Align2::LEFT_CENTER, &word, theme.text(), ink);
    let name = format!("{} {word}", info.key);
    response.widget_info(|| WidgetInfo::selected(egui::Role::Button, true, here, &name));
    response.clicked()
}

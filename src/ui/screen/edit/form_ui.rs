//! How a decision looks: its seven keys, and the one question that is open.

use super::form::{Class, Form, Step};
use super::number;
use super::paint;
use super::task::{framed, sending_ui};
use super::why::row;
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
                if let Some(class) = keys(ui, cx) {
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
        Step::Number => cx.words.edit_ask_number(),
        Step::Sheet => cx.words.edit_ask_sheet(),
        Step::Kind => cx.words.edit_ask_kind(),
        Step::Why => cx.words.edit_ask_reason(),
    };
    let mut enter = false;
    ui.horizontal(|ui| {
        if key(ui, cx, class, true) {
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
        Step::Sheet => {
            let name = cx.words.edit_sheet_no();
            let next = form.ordinal.chars().count();
            let text = form.ordinal.as_str();
            number_boxes(ui, theme, &Boxes { text, groups: &[5], next, shake: 0, name: &name });
        }
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

/// The seven decisions, each with its digit. Gives the one that was clicked.
fn keys(ui: &mut Ui, cx: &Cx<'_>) -> Option<Class> {
    let mut clicked = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = Vec2::splat(GAP);
        for class in Class::ALL {
            if key(ui, cx, class, false) {
                clicked = Some(class);
            }
        }
    });
    clicked
}

fn key(ui: &mut Ui, cx: &Cx<'_>, class: Class, here: bool) -> bool {
    let theme = cx.theme;
    let info = class.command().info();
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

//! After a third keying: the three answers side by side, and what they came to. Only now, and only to
//! who keyed as the third.

use super::draw::large;
use super::work::{Step, Told, Work, number_of};
use crate::flow::PersonId;
use crate::flow::event::{Keyed, Place};
use crate::ui::screen::Cx;
use crate::ui::theme::GAP;
use crate::ui::widgets::{Sign, paint_sign};
use egui::{Align, Align2, FontId, Label, Layout, RichText, Sense, Ui, Vec2, WidgetInfo, pos2};

pub(super) fn show(ui: &mut Ui, cx: &Cx<'_>, work: &Work) {
    let theme = cx.theme;
    let Step::Told(told) = &work.step else {
        ui.vertical_centered(|ui| {
            let text = cx.words.entry_three_saving();
            ui.label(RichText::new(text).font(theme.heading()).color(theme.quiet));
        });
        return;
    };
    let count = told.answers.len().max(1);
    let width = (ui.available_width() - GAP * (count - 1) as f32) / count as f32;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        for (by, answer, _) in &told.answers {
            let size = Vec2::new(width, theme.size(60.0));
            ui.allocate_ui_with_layout(size, Layout::top_down(Align::Center), |ui| {
                ui.set_min_size(size);
                one(ui, cx, work, by, answer, told);
            });
        }
    });
    outcome(ui, cx, told);
}

/// One person's answer; those that agree wear the sign.
fn one(ui: &mut Ui, cx: &Cx<'_>, work: &Work, by: &PersonId, answer: &Keyed, told: &Told) {
    let theme = cx.theme;
    let name = cx.view.people.iter().find(|person| person.id == *by);
    let name = name.map_or_else(|| by.to_string(), |person| person.name.clone());
    let name = if *by == work.by { cx.words.entry_you() } else { name };
    ui.add(Label::new(RichText::new(name).font(theme.small()).color(theme.quiet)).truncate());
    let said = match number_of(answer) {
        Some(number) => cx.grouped(number.as_str()),
        None => cx.words.entry_cannot_told(),
    };
    let alike = told.answers.iter().filter(|(_, other, _)| other == answer).count() > 1;
    let (sign, colour) =
        if alike { (Sign::Accepted, theme.accepted) } else { (Sign::Stop, theme.stop) };
    let size = Vec2::new(ui.available_width(), theme.size(32.0));
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    // No digit is cut: the face gets smaller instead.
    let mark = theme.size(22.0);
    let painter = ui.painter();
    let font = theme.digits(26.0);
    let wide = painter.layout_no_wrap(said.clone(), font.clone(), theme.ink).size().x;
    let scale = ((rect.width() - mark - GAP) / wide.max(1.0)).min(1.0);
    let font = FontId::new((font.size * scale).floor(), font.family);
    let left = rect.center().x - (wide * scale + mark + GAP) / 2.0;
    paint_sign(painter, sign, pos2(left + mark / 2.0, rect.center().y), mark, colour);
    let at = pos2(left + mark + GAP, rect.center().y);
    painter.text(at, Align2::LEFT_CENTER, &said, font, theme.ink);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, &said));
}

fn outcome(ui: &mut Ui, cx: &Cx<'_>, told: &Told) {
    let theme = cx.theme;
    let agree = told.answers.iter().enumerate().any(|(at, (_, answer, _))| {
        told.answers.iter().skip(at + 1).any(|(_, other, _)| other == answer)
    });
    let text = match (&told.place, agree) {
        (Place::Settle { .. }, true) => cx.words.entry_agreed_stop(),
        (Place::Settle { .. }, false) => cx.words.entry_differ(),
        _ => cx.words.entry_agreed(),
    };
    let colour = Sign::of(&told.place).colour(theme);
    ui.vertical_centered(|ui| {
        ui.add(Label::new(RichText::new(text).font(theme.heading()).color(colour)).truncate());
        let paper = RichText::new(cx.words.paper(&told.place, &[])).font(theme.text());
        ui.add(Label::new(paper).truncate());
        if !large(cx) {
            let go_on = RichText::new(cx.words.entry_go_on()).font(theme.small());
            ui.add(Label::new(go_on.color(theme.quiet)).truncate());
        }
    });
}

//! After a third keying: the three answers side by side, and what they came to. Only now, and only to
//! who keyed as the third.

use super::work::{Step, Told, Work, number_of};
use crate::flow::PersonId;
use crate::flow::event::{Keyed, Place};
use crate::ui::screen::Cx;
use crate::ui::theme::GAP;
use crate::ui::widgets::{Sign, paint_sign};
use egui::{Align, Label, Layout, RichText, Sense, Ui, Vec2, WidgetInfo};

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
    let width = ui.available_width() / count as f32 - GAP;
    ui.horizontal(|ui| {
        for (by, answer, _) in &told.answers {
            let size = Vec2::new(width, theme.size(72.0));
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
    let said = match number_of(answer) {
        Some(number) => cx.grouped(number.as_str()),
        None => cx.words.entry_cannot_told(),
    };
    let alike = told.answers.iter().filter(|(_, other, _)| other == answer).count() > 1;
    let colour = if alike { theme.accepted } else { theme.stop };
    ui.add(Label::new(RichText::new(name).font(theme.small()).color(theme.quiet)).truncate());
    ui.horizontal(|ui| {
        let size = theme.size(22.0);
        let sign = if alike { Sign::Accepted } else { Sign::Stop };
        let number = RichText::new(said).font(theme.digits(24.0));
        let (rect, response) = ui.allocate_exact_size(Vec2::splat(size), Sense::hover());
        paint_sign(ui.painter(), sign, rect.center(), size, colour);
        let word = sign.word(cx.words);
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, &word));
        ui.add(Label::new(number).truncate());
    });
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
        let go_on = RichText::new(cx.words.entry_go_on()).font(theme.small()).color(theme.quiet);
        ui.add(Label::new(go_on).truncate());
    });
}

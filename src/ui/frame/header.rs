//! The header: the envelope on the desk with its progress against the slip, the person, the lights.

use crate::flow::tally::Line;
use crate::flow::view::EnvelopeView;
use crate::ui::port::Light;
use crate::ui::screen::Cx;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Segment, bar};
use crate::voucher::KindId;
use egui::{Color32, RichText, Sense, Ui, Vec2, WidgetInfo};

/// Draws the header.
pub fn header(ui: &mut Ui, cx: &mut Cx<'_>) {
    if ui.available_height() < cx.theme.size(36.0) {
        return one_line(ui, cx);
    }
    ui.horizontal_top(|ui| {
        let aside = cx.theme.size(210.0).min(ui.available_width() * 0.34);
        let main = ui.available_width() - aside - 16.0;
        ui.allocate_ui_with_layout(
            Vec2::new(main, ui.available_height()),
            egui::Layout::top_down(egui::Align::Min),
            |ui| match cx.envelope() {
                Some(envelope) => on_the_desk(ui, cx, &envelope),
                None => {
                    let text = RichText::new(cx.words.no_envelope()).font(cx.theme.text());
                    ui.add(egui::Label::new(text.color(cx.theme.quiet)).truncate());
                    let text = RichText::new(cx.words.no_envelope_what()).font(cx.theme.small());
                    ui.add(egui::Label::new(text.color(cx.theme.quiet)).truncate());
                }
            },
        );
        ui.allocate_ui_with_layout(
            Vec2::new(ui.available_width(), ui.available_height()),
            egui::Layout::top_down(egui::Align::Max),
            |ui| person_and_lights(ui, cx),
        );
    });
}

/// Large type in a low window: which envelope, what is left, who sits here, and which device is not ready.
fn one_line(ui: &mut Ui, cx: &mut Cx<'_>) {
    let theme = cx.theme;
    rows(ui, theme);
    let whole = ui.available_rect_before_wrap();
    let middle = egui::Layout::left_to_right(egui::Align::Center);
    let person = egui::Layout::right_to_left(egui::Align::Center);
    let (left, right) = whole.split_left_right_at_fraction(0.64);
    let at = |rect, layout| egui::UiBuilder::new().max_rect(rect).layout(layout);
    ui.scope_builder(at(left, middle), |ui| match cx.envelope() {
        Some(envelope) => {
            let sum = envelope.tally.sum();
            let name = cx.words.envelope_named(cx.envelope_name(envelope.id));
            ui.label(RichText::new(name).font(theme.strong()));
            let (end, colour) = end_of(cx, &sum);
            ui.label(RichText::new(end).font(theme.strong()).color(colour));
            let shop = cx.shops.name(&envelope.shop, cx.session);
            let shop = RichText::new(shop).font(theme.small()).color(theme.quiet);
            ui.add(egui::Label::new(shop).truncate());
        }
        None => {
            let text = RichText::new(cx.words.no_envelope()).font(theme.text());
            ui.add(egui::Label::new(text.color(theme.quiet)).truncate());
        }
    });
    ui.scope_builder(at(right, person), |ui| {
        for (name, light) in lights(cx) {
            if !matches!(light, Light::Ready | Light::Off) {
                ui.scope(|ui| lamp(ui, cx, &name, light));
            }
        }
        if let Some(me) = &cx.session.me {
            let name = RichText::new(&me.name).font(theme.strong());
            ui.add(egui::Label::new(name).truncate());
        }
    });
}

fn lights<'a>(cx: &'a Cx<'_>) -> [(String, &'a Light); 4] {
    [
        (cx.words.device_camera(), &cx.lights.camera),
        (cx.words.device_scanner(), &cx.lights.serial),
        (cx.words.device_folder(), &cx.lights.folder),
        (cx.words.device_sound(), &cx.lights.sound),
    ]
}

/// What is left of the slip, or too many.
fn end_of(cx: &Cx<'_>, sum: &Line) -> (String, Color32) {
    let left = sum.declared.saturating_sub(sum.taken);
    let over = sum.taken.saturating_sub(sum.declared);
    match (left, over) {
        (0, 0) => (cx.words.complete(), cx.theme.ink),
        (0, over) => (cx.words.over(over), cx.theme.stop),
        (left, _) => (cx.words.left(left), cx.theme.ink),
    }
}

fn on_the_desk(ui: &mut Ui, cx: &mut Cx<'_>, envelope: &EnvelopeView) {
    let theme = cx.theme;
    rows(ui, theme);
    let shop = cx.shops.name(&envelope.shop, cx.session);
    let name = cx.envelope_name(envelope.id);
    let sum = envelope.tally.sum();
    ui.horizontal(|ui| {
        ui.label(RichText::new(cx.words.envelope_named(&name)).font(theme.strong()));
        // Papers that nobody has counted are said instead of the day: there is room for one.
        let aside = envelope.aside.len();
        let end = if aside == 0 {
            let day = cx.words.arrived_on(envelope.arrived.strftime("%m/%d").to_string());
            RichText::new(day).font(theme.small()).color(theme.quiet)
        } else {
            RichText::new(cx.words.aside_head(aside)).font(theme.strong()).color(theme.stop)
        };
        let end_width = theme.size(if aside == 0 { 130.0 } else { 190.0 });
        let room = (ui.available_width() - end_width).max(60.0);
        let shop = RichText::new(format!("{shop} ({})", envelope.shop)).font(theme.text());
        ui.allocate_ui(Vec2::new(room, theme.size(26.0)), |ui| {
            ui.add(egui::Label::new(shop).truncate());
        });
        ui.add(egui::Label::new(end).truncate());
    });
    ui.horizontal(|ui| {
        let text = cx.words.declared_and_taken(sum.declared, sum.taken);
        let (end, colour) = end_of(cx, &sum);
        ui.label(RichText::new(text).font(theme.small()));
        let end_width = theme.size(110.0);
        let width = (ui.available_width() - end_width).clamp(40.0, theme.size(420.0));
        let parts = segments(theme, &sum);
        bar(ui, theme, &parts, sum.declared, Vec2::new(width, theme.size(16.0)), &end);
        let end = RichText::new(end).font(theme.strong()).color(colour);
        ui.add(egui::Label::new(end).truncate());
    });
    if ui.available_height() < theme.size(14.0) {
        return;
    }
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = theme.size(20.0);
        for (kind, line) in &envelope.tally.lines {
            let id = (!kind.is_empty()).then(|| KindId::new(kind));
            let name = cx.kind_name(id.as_ref());
            // Sheets whose kind is not known yet are on nobody's slip.
            let text = match &id {
                Some(_) => format!("{name} {}/{}", line.taken, line.declared),
                None => format!("{name} {}", line.taken),
            };
            let over = id.is_some() && line.taken > line.declared;
            let colour = if over { theme.stop } else { theme.ink };
            ui.add(
                egui::Label::new(RichText::new(text).font(theme.small()).color(colour)).truncate(),
            );
        }
    });
}

/// Lines of text, not of buttons: as high as their letters.
fn rows(ui: &mut Ui, theme: &Theme) {
    ui.spacing_mut().item_spacing.y = theme.size(4.0);
    ui.spacing_mut().interact_size.y = theme.size(18.0);
}

/// Accepted, in hand, held, rejected: the parts of what was taken.
pub fn segments(theme: &Theme, line: &Line) -> [Segment; 4] {
    let part = |amount: u64, colour: Color32| Segment { amount, colour };
    [
        part(line.accepted, theme.accepted),
        part(line.in_hand, theme.look_at),
        part(line.held, theme.stop),
        part(line.rejected, theme.quiet),
    ]
}

fn person_and_lights(ui: &mut Ui, cx: &Cx<'_>) {
    let theme = cx.theme;
    rows(ui, theme);
    if let Some(me) = &cx.session.me {
        let text = cx.words.person_and_role(&me.name, cx.words.role(me.role));
        ui.add(egui::Label::new(RichText::new(text).font(theme.strong())).truncate());
    }
    let low = ui.available_height() < theme.size(44.0);
    let station = cx.view.station.as_ref().map(|it| it.as_str().to_owned()).unwrap_or_default();
    let mode = if cx.view.training { cx.words.training() } else { cx.words.live() };
    let text = cx.words.station_and_mode(station, mode);
    if !low {
        let text = RichText::new(text).font(theme.small()).color(theme.quiet);
        ui.add(egui::Label::new(text).truncate());
    }
    ui.horizontal(|ui| {
        for (name, light) in lights(cx) {
            lamp(ui, cx, &name, light);
        }
    });
}

/// A light: filled when ready, hollow when off, a cross when in trouble; its word beside it.
fn lamp(ui: &mut Ui, cx: &Cx<'_>, name: &str, light: &Light) {
    let theme = cx.theme;
    if *light == Light::Off {
        return;
    }
    let size = theme.size(14.0);
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(size), Sense::hover());
    let centre = rect.center();
    let painter = ui.painter();
    let (state, colour) = match light {
        Light::Off => (cx.words.light_off(), theme.quiet),
        Light::Searching => (cx.words.light_searching(), theme.look_at),
        Light::Ready => (cx.words.light_ready(), theme.accepted),
        Light::Waits => (cx.words.light_waits(), theme.accepted),
        Light::Missing => (cx.words.light_missing(), theme.stop),
        Light::Trouble(what) => (cx.words.fault(what), theme.stop),
    };
    match light {
        Light::Ready => {
            painter.circle_filled(centre, size * 0.4, colour);
        }
        Light::Trouble(_) | Light::Missing => {
            let sign = crate::ui::widgets::Sign::Stop;
            crate::ui::widgets::paint_sign(painter, sign, centre, size, colour);
        }
        Light::Off | Light::Searching | Light::Waits => {
            painter.circle_stroke(centre, size * 0.4, egui::Stroke::new(2.0, colour));
        }
    }
    let full = format!("{name}: {state}");
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, &full));
    response.on_hover_text(&full);
    ui.add(egui::Label::new(RichText::new(name).font(theme.small())).truncate());
}

//! What left before, the newest first.

use super::{delivery_name, what};
use crate::ui::port::{DeliveryLine, DeliveryState};
use crate::ui::screen::Cx;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Sign, paint_sign};
use egui::{Align2, RichText, ScrollArea, Sense, Ui, Vec2, WidgetInfo};

/// Height of a row, points at 100 %.
const ROW: f32 = 30.0;

pub(super) fn show(ui: &mut Ui, cx: &Cx<'_>, earlier: &[DeliveryLine], scroll: f32) {
    title(ui, cx, earlier);
    ScrollArea::vertical().id_salt("earlier").auto_shrink(false).show(ui, |ui| {
        ui.scroll_with_delta(Vec2::new(0.0, -scroll));
        rows(ui, cx, earlier);
    });
}

/// Height of the title and so many rows, points.
pub(super) fn height(theme: &Theme, rows: usize) -> f32 {
    theme.size(38.0) + theme.size(ROW) * rows as f32
}

/// The same inside an area that scrolls already.
pub(super) fn list(ui: &mut Ui, cx: &Cx<'_>, earlier: &[DeliveryLine]) {
    title(ui, cx, earlier);
    rows(ui, cx, earlier);
}

fn title(ui: &mut Ui, cx: &Cx<'_>, earlier: &[DeliveryLine]) {
    let theme = cx.theme;
    let (line, _) = ui.allocate_exact_size(Vec2::new(ui.available_width(), 1.0), Sense::hover());
    ui.painter().hline(line.x_range(), line.center().y, theme.hairline());
    let text = if earlier.is_empty() {
        cx.words.deliver_none_earlier()
    } else {
        cx.words.deliver_earlier()
    };
    ui.label(RichText::new(text).font(theme.small()).color(theme.quiet));
}

fn rows(ui: &mut Ui, cx: &Cx<'_>, earlier: &[DeliveryLine]) {
    ui.spacing_mut().item_spacing.y = 0.0;
    for delivery in earlier {
        row(ui, cx, delivery);
    }
}

fn row(ui: &mut Ui, cx: &Cx<'_>, delivery: &DeliveryLine) {
    let theme = cx.theme;
    let size = Vec2::new(ui.available_width(), theme.size(ROW));
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    if !ui.is_rect_visible(rect) {
        return;
    }
    let (sign, state) = match delivery.state {
        DeliveryState::Prepared => (Sign::Look, cx.words.deliver_state_prepared()),
        DeliveryState::Done => (Sign::Accepted, cx.words.deliver_state_done()),
        DeliveryState::Failed => (Sign::Away, cx.words.deliver_state_failed()),
    };
    let name = delivery_name(cx, delivery.id);
    let date = delivery.date.strftime("%Y-%m-%d").to_string();
    let sheets = what::sheet_words(cx, delivery.sheets);
    let amount = cx.words.yen(delivery.amount);
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    let y = rect.center().y;
    let ink = if delivery.state == DeliveryState::Failed { theme.quiet } else { theme.ink };
    let at = egui::pos2(rect.left() + theme.size(12.0), y);
    paint_sign(&painter, sign, at, theme.size(18.0), sign.colour(theme));
    // Parts of the width, so that they stand under each other at every size.
    let x = |part: f32| rect.left() + theme.size(32.0) + (rect.width() - theme.size(32.0)) * part;
    let left = |at: f32, text: &str, font| {
        painter.text(egui::pos2(x(at), y), Align2::LEFT_CENTER, text, font, ink);
    };
    let right = |at: f32, text: &str| {
        painter.text(egui::pos2(x(at), y), Align2::RIGHT_CENTER, text, theme.text(), ink);
    };
    left(0.0, &name, theme.digits(17.0));
    left(0.17, &date, theme.digits(17.0));
    right(0.52, &sheets);
    right(0.74, &amount);
    left(0.78, &state, theme.text());
    let full = format!("{name} {date} {sheets} {amount} {state}");
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, &full));
}

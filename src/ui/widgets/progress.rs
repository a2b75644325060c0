//! A bar of parts that make a whole: what was declared, filled by what was found.

use crate::ui::theme::{CORNER, Theme};
use egui::{Color32, CornerRadius, Rect, Response, Sense, Ui, Vec2, WidgetInfo};

/// One part of a bar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Segment {
    pub amount: u64,
    pub colour: Color32,
}

/// `whole` is the length of the bar; what goes beyond it is drawn in the stop colour at its end.
pub fn bar(
    ui: &mut Ui,
    theme: &Theme,
    segments: &[Segment],
    whole: u64,
    size: Vec2,
    name: &str,
) -> Response {
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let painter = ui.painter();
    let radius = CornerRadius::same(CORNER.min((size.y / 3.0) as u8));
    painter.rect_filled(rect, radius, theme.surface);
    let filled: u64 = segments.iter().map(|segment| segment.amount).sum();
    let length = whole.max(filled).max(1);
    let mut x = rect.left();
    for segment in segments {
        let width = rect.width() * segment.amount as f32 / length as f32;
        let part = Rect::from_min_size(egui::pos2(x, rect.top()), Vec2::new(width, rect.height()));
        painter.rect_filled(part, CornerRadius::ZERO, segment.colour);
        x += width;
    }
    if filled > whole && whole > 0 {
        let from = rect.left() + rect.width() * whole as f32 / length as f32;
        let over = Rect::from_min_max(egui::pos2(from, rect.top()), rect.max);
        painter.rect_filled(over, CornerRadius::ZERO, theme.stop);
    }
    painter.rect_stroke(rect, radius, theme.hairline(), egui::StrokeKind::Inside);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::ProgressIndicator, true, name));
    response
}

//! A number as boxes in groups as printed, for keying.

use crate::ui::theme::{CORNER, Theme};
use egui::WidgetInfo;
use egui::{Align2, CornerRadius, Rect, Response, Sense, Stroke, StrokeKind, Ui, Vec2};

/// What the boxes hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Boxes<'a> {
    /// Characters keyed so far; fixed letters are among them.
    pub text: &'a str,
    pub groups: &'a [usize],
    /// The box that the next key fills.
    pub next: usize,
    /// Horizontal shake in points, for a digit that can't be there.
    pub shake: i8,
    pub name: &'a str,
}

/// Paints the boxes as large as the width lets them be.
pub fn number_boxes(ui: &mut Ui, theme: &Theme, boxes: &Boxes<'_>) -> Response {
    let count: usize = boxes.groups.iter().sum();
    let gaps = boxes.groups.len().saturating_sub(1) as f32;
    let full = theme.size(52.0);
    let (inner, between) = (6.0, theme.size(20.0));
    let room = ui.available_width() - gaps * between - inner * count as f32;
    let width = (room / count.max(1) as f32).clamp(14.0, full);
    let height = width * 1.35;
    let total = count as f32 * (width + inner) + gaps * between;
    let (rect, response) = ui.allocate_exact_size(Vec2::new(total, height), Sense::hover());
    let mut x = rect.left() + f32::from(boxes.shake);
    let mut chars = boxes.text.chars();
    let mut index = 0;
    for group in boxes.groups {
        for _ in 0..*group {
            let cell = Rect::from_min_size(egui::pos2(x, rect.top()), Vec2::new(width, height));
            let here = index == boxes.next;
            let line = if here { Stroke::new(3.0, theme.accent) } else { theme.hairline() };
            let painter = ui.painter();
            painter.rect(cell, CornerRadius::same(CORNER), theme.surface, line, StrokeKind::Inside);
            if let Some(char) = chars.next() {
                let font = egui::FontId::new(width * 0.8, egui::FontFamily::Monospace);
                painter.text(cell.center(), Align2::CENTER_CENTER, char, font, theme.ink);
            }
            x += width + inner;
            index += 1;
        }
        x += between;
    }
    let (name, text) = (boxes.name.to_owned(), boxes.text.to_owned());
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(egui::Role::TextInput, true, &name);
        info.current_text_value = Some(text.clone());
        info
    });
    response
}

//! Small strokes that the pages of Edit share.

use crate::ui::theme::{CORNER, Theme};
use crate::ui::widgets::Para;
use egui::style::ScrollAnimation;
use egui::text::{LayoutJob, TextWrapping};
use egui::{
    Align2, Color32, CornerRadius, FontId, Label, Painter, Pos2, Rect, Response, RichText, Stroke,
    StrokeKind, Ui, pos2,
};

/// One line of text in a box, with "…" where it is too long. Gives its width.
pub fn line(
    painter: &Painter,
    rect: Rect,
    align: Align2,
    text: &str,
    font: FontId,
    colour: Color32,
) -> f32 {
    let mut job = LayoutJob::simple_singleline(text.to_owned(), font, colour);
    job.wrap = TextWrapping::truncate_at_width(rect.width().max(0.0));
    let galley = painter.layout_job(job);
    let at = align.align_size_within_rect(galley.size(), rect);
    let width = galley.size().x;
    painter.galley(at.min, galley, colour);
    width
}

/// The ground of a row: chosen by the cursor, under the mouse, or neither.
pub fn ground(ui: &Ui, theme: &Theme, rect: Rect, response: &Response, chosen: bool, hand: bool) {
    let painter = ui.painter();
    let radius = CornerRadius::same(CORNER);
    if chosen {
        painter.rect_filled(rect, radius, theme.surface);
        let line = if hand { Stroke::new(3.0, theme.accent) } else { theme.hairline() };
        painter.rect_stroke(rect, radius, line, StrokeKind::Inside);
    } else if response.hovered() {
        painter.rect_filled(rect, radius, theme.surface);
    }
    let y = rect.bottom() + 0.5;
    painter.hline(rect.x_range(), y, theme.hairline());
}

/// A line of ordinary text that ends in "…" where the room ends.
pub fn said(ui: &mut Ui, text: &str, font: FontId, colour: Color32) -> Response {
    ui.add(Label::new(RichText::new(text).font(font).color(colour)).truncate())
}

/// Scrolls so that what was drawn since `top` is seen.
pub fn into_view(ui: &Ui, top: Pos2) {
    let end = pos2(ui.max_rect().right(), ui.cursor().top());
    let rect = Rect::from_min_max(top, end);
    ui.scroll_to_rect_animation(rect, None, ScrollAnimation::none());
}

/// Lines of a page stand as close as text does: nothing in them is clicked.
pub fn calm(ui: &mut Ui, theme: &Theme) {
    let spacing = ui.spacing_mut();
    spacing.interact_size.y = theme.size(20.0);
    spacing.item_spacing.y = theme.size(5.0);
}

/// Text that takes as many lines as it needs.
pub fn told(ui: &mut Ui, text: &str, font: FontId, colour: Color32) -> Response {
    Para::new(text, font, colour).show(ui)
}

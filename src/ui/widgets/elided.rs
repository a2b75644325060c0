//! Text on one line that ends with … where the room ends.

use egui::text::{LayoutJob, TextWrapping};
use egui::{Align2, Color32, FontId, Galley, Pos2, Ui};
use std::sync::Arc;

/// Lays out one line of at most `width` points.
pub fn elided(ui: &Ui, text: &str, font: FontId, ink: Color32, width: f32) -> Arc<Galley> {
    let mut job = LayoutJob::simple_singleline(text.to_owned(), font, ink);
    job.wrap = TextWrapping::truncate_at_width(width.max(1.0));
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

/// Paints a line so that `anchor` of it is at `at`; gives its width.
pub fn paint_line(ui: &Ui, galley: Arc<Galley>, anchor: Align2, at: Pos2) -> f32 {
    let rect = anchor.anchor_size(at, galley.size());
    let width = rect.width();
    // The colour is in the layout.
    ui.painter().galley(rect.min, galley, Color32::PLACEHOLDER);
    width
}

//! An empty screen says what to do next.

use crate::ui::theme::Theme;
use egui::{RichText, Ui};

/// A heading and one sentence, in the middle of what is left.
pub fn empty(ui: &mut Ui, theme: &Theme, title: &str, what: &str) {
    ui.vertical_centered(|ui| {
        ui.add_space((ui.available_height() * 0.3).max(theme.size(16.0)));
        ui.label(RichText::new(title).font(theme.heading()));
        ui.label(RichText::new(what).font(theme.text()).color(theme.quiet));
    });
}

//! An empty screen says what to do next.

use super::Para;
use crate::ui::theme::Theme;
use egui::Ui;

/// A heading and one sentence, in the middle of what is left.
pub fn empty(ui: &mut Ui, theme: &Theme, title: &str, what: &str) {
    ui.vertical_centered(|ui| {
        ui.add_space((ui.available_height() * 0.3).max(theme.size(16.0)));
        Para::new(title, theme.heading(), theme.ink).show(ui);
        Para::new(what, theme.text(), theme.quiet).show(ui);
    });
}

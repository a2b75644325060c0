//! Buttons that the mouse can use and that never keep the keyboard: Enter belongs to the stage.

use crate::ui::theme::{CORNER, Theme};
use egui::{Color32, CornerRadius, Rect, Response, RichText, Sense, Stroke, StrokeKind, Ui, Vec2};

/// An ordinary button. `key` stands small behind the word.
pub fn button(ui: &mut Ui, theme: &Theme, word: &str, key: &str) -> Response {
    paint(ui, theme, word, key, theme.surface, theme.ink)
}

/// The one thing to do here.
pub fn primary(ui: &mut Ui, theme: &Theme, word: &str, key: &str) -> Response {
    paint(ui, theme, word, key, theme.accent, theme.on_accent)
}

/// One of several, chosen or not.
pub fn choice(ui: &mut Ui, theme: &Theme, word: &str, chosen: bool) -> Response {
    let (fill, ink) =
        if chosen { (theme.accent, theme.on_accent) } else { (theme.surface, theme.ink) };
    let text = RichText::new(word).font(theme.text()).color(ink);
    let button = egui::Button::new(text)
        .sense(Sense::CLICK)
        .fill(fill)
        .selected(chosen)
        .min_size(Vec2::new(0.0, theme.hit()))
        .stroke(Stroke::new(1.0, theme.line));
    ui.add(button)
}

/// The focus round something that is not typed into.
pub fn ring(ui: &Ui, theme: &Theme, rect: Rect) {
    let line = Stroke::new(3.0, theme.accent);
    let corner = CornerRadius::same(CORNER + 3);
    ui.painter().rect_stroke(rect.expand(5.0), corner, line, StrokeKind::Inside);
}

fn paint(
    ui: &mut Ui,
    theme: &Theme,
    word: &str,
    key: &str,
    fill: Color32,
    ink: Color32,
) -> Response {
    let mut button = egui::Button::new(RichText::new(word).font(theme.text()).color(ink))
        .sense(Sense::CLICK)
        .fill(fill)
        .min_size(Vec2::new(0.0, theme.hit()))
        .stroke(Stroke::new(1.0, theme.line));
    if !key.is_empty() {
        button = button.right_text(RichText::new(key).font(theme.small()).color(ink));
    }
    ui.add(button)
}

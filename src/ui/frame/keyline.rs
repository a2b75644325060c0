//! The key line: what the keys do now. Each entry is a button too.

use crate::ui::command::Command;
use crate::ui::theme::{CORNER, GAP, Theme};
use crate::ui::words::Words;
use egui::{Align2, CornerRadius, Rect, Sense, StrokeKind, Ui, Vec2, WidgetInfo};

/// Draws the offered commands; gives the one that was clicked.
pub fn keyline(ui: &mut Ui, theme: &Theme, words: &Words, offered: &[Command]) -> Option<Command> {
    let mut chosen = None;
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = theme.size(18.0);
        let help = Command::Help;
        let help_width = entry_width(ui, theme, words, help) + theme.size(18.0);
        for command in offered {
            if *command == help {
                continue;
            }
            if ui.available_width() < entry_width(ui, theme, words, *command) + help_width {
                break;
            }
            if entry(ui, theme, words, *command) {
                chosen = Some(*command);
            }
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if entry(ui, theme, words, help) {
                chosen = Some(help);
            }
        });
    });
    chosen
}

fn parts(
    ui: &Ui,
    theme: &Theme,
    words: &Words,
    command: Command,
) -> (std::sync::Arc<egui::Galley>, std::sync::Arc<egui::Galley>) {
    let info = command.info();
    let painter = ui.painter();
    let key = painter.layout_no_wrap(info.key.to_owned(), theme.digits(15.0), theme.ink);
    let word = painter.layout_no_wrap((info.word)(words), theme.small(), theme.ink);
    (key, word)
}

fn entry_width(ui: &Ui, theme: &Theme, words: &Words, command: Command) -> f32 {
    let (key, word) = parts(ui, theme, words, command);
    key.size().x + word.size().x + theme.size(16.0) + GAP
}

fn entry(ui: &mut Ui, theme: &Theme, words: &Words, command: Command) -> bool {
    let (key, word) = parts(ui, theme, words, command);
    let pad = theme.size(8.0);
    let size = Vec2::new(key.size().x + word.size().x + 2.0 * pad + GAP, theme.size(30.0));
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let cap = Rect::from_min_size(rect.min, Vec2::new(key.size().x + 2.0 * pad, size.y));
    let painter = ui.painter();
    let line = if response.hovered() {
        egui::Stroke::new(2.0, theme.accent)
    } else {
        egui::Stroke::new(1.0, theme.quiet)
    };
    painter.rect(cap, CornerRadius::same(CORNER), theme.paper, line, StrokeKind::Inside);
    painter.text(
        cap.center(),
        Align2::CENTER_CENTER,
        command.info().key,
        theme.digits(15.0),
        theme.ink,
    );
    let at = egui::pos2(cap.right() + GAP, rect.center().y - word.size().y / 2.0);
    let name = format!("{} {}", command.info().key, word.text());
    painter.galley(at, word, theme.ink);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &name));
    response.clicked()
}

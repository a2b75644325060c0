//! `?`: every command with its key, from the one table.

use crate::ui::command::{COMMANDS, Command, EVERYWHERE, Info};
use crate::ui::theme::Theme;
use crate::ui::words::Words;
use egui::{RichText, ScrollArea, Ui};

/// The screen's commands first, then those that are everywhere.
pub fn help(ui: &mut Ui, theme: &Theme, words: &Words, offered: &[Command]) {
    ui.label(RichText::new(words.help_title()).font(theme.heading()));
    ui.label(RichText::new(words.help_close()).font(theme.small()).color(theme.quiet));
    ui.add_space(8.0);
    ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        section(ui, theme, words, &words.help_here(), offered);
        ui.add_space(16.0);
        section(ui, theme, words, &words.help_everywhere(), &EVERYWHERE);
        ui.add_space(16.0);
        let others = COMMANDS.iter().map(|info| info.command);
        let others = others
            .filter(|command| !offered.contains(command) && !EVERYWHERE.contains(command))
            .collect::<Vec<_>>();
        section(ui, theme, words, &words.help_elsewhere(), &others);
    });
}

fn section(ui: &mut Ui, theme: &Theme, words: &Words, title: &str, commands: &[Command]) {
    ui.label(RichText::new(title).font(theme.strong()));
    egui::Grid::new(title).num_columns(3).spacing([24.0, 8.0]).show(ui, |ui| {
        for Info { key, word, help, .. } in commands.iter().map(|command| command.info()) {
            ui.label(RichText::new(*key).font(theme.digits(18.0)));
            ui.label(RichText::new(word(words)).font(theme.text()));
            ui.label(RichText::new(help(words)).font(theme.small()).color(theme.quiet));
            ui.end_row();
        }
    });
}

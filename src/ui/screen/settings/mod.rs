//! Settings: language, look, sizes, sound, sources.

use super::{Cx, Screen};
use crate::ui::command::Command;
use egui::Ui;

#[derive(Debug, Default)]
pub struct SettingsScreen {}

impl Screen for SettingsScreen {
    fn offers(&self, _cx: &Cx<'_>) -> Vec<Command> {
        Vec::new()
    }

    fn command(&mut self, _command: Command, _cx: &mut Cx<'_>) {}

    fn ui(&mut self, _ui: &mut Ui, _cx: &mut Cx<'_>) {}
}

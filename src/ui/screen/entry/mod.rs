//! 手入力: one number after the other, twice and blind.

use super::{Cx, Screen};
use crate::ui::command::Command;
use egui::Ui;

#[derive(Debug, Default)]
pub struct Entry {}

impl Screen for Entry {
    fn offers(&self, _cx: &Cx<'_>) -> Vec<Command> {
        Vec::new()
    }

    fn command(&mut self, _command: Command, _cx: &mut Cx<'_>) {}

    fn ui(&mut self, _ui: &mut Ui, _cx: &mut Cx<'_>) {}
}

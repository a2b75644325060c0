//! 責任者: what waits for a decision, by reason.

use super::{Cx, Screen};
use crate::ui::command::Command;
use egui::Ui;

#[derive(Debug, Default)]
pub struct Supervisor {}

impl Screen for Supervisor {
    fn offers(&self, _cx: &Cx<'_>) -> Vec<Command> {
        Vec::new()
    }

    fn command(&mut self, _command: Command, _cx: &mut Cx<'_>) {}

    fn ui(&mut self, _ui: &mut Ui, _cx: &mut Cx<'_>) {}
}

//! 読取: sheets one after the other; the last number large, and what to do with its paper.

use super::{Cx, Screen};
use crate::ui::command::Command;
use egui::Ui;

#[derive(Debug, Default)]
pub struct Read {}

impl Screen for Read {
    fn offers(&self, _cx: &Cx<'_>) -> Vec<Command> {
        Vec::new()
    }

    fn command(&mut self, _command: Command, _cx: &mut Cx<'_>) {}

    fn ui(&mut self, _ui: &mut Ui, _cx: &mut Cx<'_>) {}
}

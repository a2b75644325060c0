//! 開封: an envelope by its shop, the slip, the dates; and the open ones to go on with.

use super::{Cx, Screen};
use crate::ui::command::Command;
use egui::Ui;

#[derive(Debug, Default)]
pub struct Open {}

impl Screen for Open {
    fn offers(&self, _cx: &Cx<'_>) -> Vec<Command> {
        Vec::new()
    }

    fn command(&mut self, _command: Command, _cx: &mut Cx<'_>) {}

    fn ui(&mut self, _ui: &mut Ui, _cx: &mut Cx<'_>) {}
}

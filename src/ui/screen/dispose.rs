//! 処分: boxes and seals come with a later version; until then the screen says what to do instead.

use super::{Cx, Screen};
use crate::ui::command::Command;
use crate::ui::widgets;
use egui::Ui;

#[derive(Debug, Default)]
pub struct Dispose;

impl Screen for Dispose {
    fn offers(&self, _cx: &Cx<'_>) -> Vec<Command> {
        Vec::new()
    }

    fn command(&mut self, _command: Command, _cx: &mut Cx<'_>) {}

    fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        widgets::empty(ui, cx.theme, &cx.words.dispose_title(), &cx.words.dispose_what());
    }
}

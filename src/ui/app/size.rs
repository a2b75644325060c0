//! How much of the screen the window takes, and how large everything is in it.

use super::Kenban;
use crate::ui::theme::Theme;
use egui::{Context, Key, Modifiers, Vec2, ViewportCommand, vec2};

/// A window up to this size has everything at the size that was set, points; beyond it all grows with it.
const ROOM: Vec2 = vec2(1500.0, 900.0);

impl Kenban {
    /// Type and signs grow with the window: who sits farther from a larger screen reads as well.
    pub(super) fn grow(&mut self, size: Vec2) {
        let grown = grown(size);
        if grown != self.grown {
            self.grown = grown;
            self.theme = Theme::new(self.settings.look, self.settings.scale() * grown);
            self.styled = false;
        }
    }

    /// F11 where nothing else has it, and Alt with Enter everywhere.
    pub(super) fn full_screen(&mut self, ctx: &Context) {
        let pressed = ctx.input_mut(|input| input.consume_key(Modifiers::ALT, Key::Enter));
        if pressed || std::mem::take(&mut self.turn_full) {
            let now = ctx.input(|input| input.viewport().fullscreen.unwrap_or(false));
            ctx.send_viewport_cmd(ViewportCommand::Fullscreen(!now));
        }
    }
}

/// In steps, so that dragging an edge of the window does not draw all letters anew for each point.
fn grown(size: Vec2) -> f32 {
    let times = (size.x / ROOM.x).min(size.y / ROOM.y).clamp(1.0, 2.0);
    (times * 20.0).floor() / 20.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_larger_screen_has_larger_type_and_a_small_one_what_was_set() {
        for (width, height, wanted) in [
            (800.0, 500.0, 1.0),
            (1280.0, 720.0, 1.0),
            (1920.0, 1080.0, 1.2),
            (3840.0, 2160.0, 2.0),
            // A screen on its side has no more width.
            (1080.0, 1920.0, 1.0),
        ] {
            assert_eq!(grown(vec2(width, height)), wanted, "{width} x {height}");
        }
    }
}

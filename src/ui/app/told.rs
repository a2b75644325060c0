//! The passing sentence: it lies over the stage and takes no room from it, and goes when what it is about
//! is over.

use super::Kenban;
use crate::ui::session::Told;
use crate::ui::theme::{CORNER, GAP, GAP_WIDE, Theme};
use crate::ui::widgets::Para;
use egui::{Align2, Area, CornerRadius, Frame, Id, Order, Rect, Ui};

/// A passing sentence stays for so many seconds.
const TOLD_FOR: f64 = 6.0;

#[derive(Debug)]
pub(super) struct Shown {
    told: Told,
    until: f64,
    /// Something was not done, and the next thing that is done makes it past.
    passes: bool,
}

impl Kenban {
    /// The window's own word about what has just come to nothing.
    pub(super) fn tell(&mut self, told: Told, time: f64) {
        let passes = !told.good;
        self.told = Some(Shown { told, until: time + TOLD_FOR, passes });
    }

    /// What a screen has to say: it may be news of something else than the last key.
    pub(super) fn tell_of_screen(&mut self, told: Told, time: f64) {
        self.told = Some(Shown { told, until: time + TOLD_FOR, passes: false });
    }

    /// Something was done: what was refused before is no news any more.
    pub(super) fn forget_refusal(&mut self) {
        self.told.take_if(|shown| shown.passes);
    }

    /// Over the foot of the stage; in a low window over the header, since there the foot of the stage says
    /// what to do with the paper.
    pub(super) fn show_told(
        &mut self,
        ui: &Ui,
        theme: &Theme,
        (stage, low): (Rect, bool),
        time: f64,
    ) {
        let Some(shown) = self.told.take().filter(|shown| time <= shown.until) else { return };
        let (fill, ink) = match shown.told.good {
            true => (theme.accepted, theme.on_sign),
            false => (theme.stop, theme.on_sign),
        };
        let (at, pivot) = match low {
            true => (ui.ctx().content_rect().center_top(), Align2::CENTER_TOP),
            false => (stage.center_bottom() - egui::vec2(0.0, GAP), Align2::CENTER_BOTTOM),
        };
        let area = Area::new(Id::unique("told")).order(Order::Foreground).interactable(false);
        area.pivot(pivot).fixed_pos(at).show(ui.ctx(), |ui| {
            let frame = Frame::new().fill(fill).corner_radius(CornerRadius::same(CORNER));
            frame.inner_margin(GAP_WIDE / 2.0 + 4.0).show(ui, |ui| {
                ui.set_max_width(stage.width() - 2.0 * GAP_WIDE);
                Para::new(&shown.told.text, theme.text(), ink).show(ui);
            });
        });
        ui.ctx().request_repaint_after_secs((shown.until - time) as f32 + 0.05);
        self.told = Some(shown);
    }
}

//! Drawing the frame round a stage: bands, rail, header, key line.

use super::{Kenban, Now, Overlay, cx};
use crate::ui::command::Command;
use crate::ui::frame;
use crate::ui::screen::Cx;
use crate::ui::theme::{GAP_WIDE, Theme};
use egui::{Frame, Margin, Panel, RichText, Ui};

/// Up to this height (points at 100 %) what stands round the stage gives way: the stage needs the room.
const LOW: f32 = 480.0;
/// Up to this one the header has one line.
const VERY_LOW: f32 = 400.0;

fn header_height(height: f32) -> f32 {
    match height {
        height if height <= VERY_LOW => 42.0,
        height if height <= LOW => 68.0,
        _ => 96.0,
    }
}

impl Kenban {
    pub(super) fn draw(&mut self, ui: &mut Ui, now: &Now) {
        let theme = self.theme.clone();
        let size = ui.available_size();
        let narrow = if size.x / theme.scale < 1100.0 && theme.scale > 1.3 {
            frame::Narrow::Signs
        } else {
            frame::Narrow::Words
        };
        let height = size.y / theme.scale;
        let low = height <= LOW;
        let stage = self.session.stage;
        let over = self.offered_over();
        let covered = over.is_some();
        let offered = self.offers(now);
        self.bands(ui, &theme, now);
        let clicked =
            self.keyline(ui, &theme, over.as_deref().unwrap_or(&offered), (!covered, low));
        let width = if narrow == frame::Narrow::Words { 196.0 } else { 68.0 };
        let left = Panel::left("rail").exact_size(theme.size(width)).frame(side(&theme));
        let left = left.resizable(false);
        let stage_clicked = left.show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            frame::rail(ui, &theme, &self.words, &now.view, stage, narrow)
        });
        let top = Panel::top("envelope").exact_size(theme.size(header_height(height)));
        top.frame(bar(&theme)).show(ui, |ui| {
            let mut cx = cx!(self, now);
            frame::header(ui, &mut cx);
        });
        let mut tour_left = false;
        if let Some(tour) = &mut self.tour {
            let words = &self.words;
            tour_left = tour.ui(ui, (&theme, words), &now.view, &mut self.session, low);
        }
        if tour_left {
            self.tour = None;
        }
        let mut paper = Frame::new().fill(theme.paper).inner_margin(theme.stage_margin());
        if low {
            paper = paper.inner_margin(Margin::symmetric(GAP_WIDE as i8, 6));
        }
        let shown =
            egui::CentralPanel::default().frame(paper).show(ui, |ui| self.stage(ui, &offered, now));
        self.show_told(ui, &theme, (shown.response.rect, low), now.time);
        match clicked {
            Some(command) if covered => self.run_over(command, now),
            Some(command) => self.run(command, now),
            None => {}
        }
        if !covered && let Some(stage) = stage_clicked.inner {
            self.go(stage, now);
        }
    }

    fn keyline(
        &self,
        ui: &mut Ui,
        theme: &Theme,
        offered: &[Command],
        (help, low): (bool, bool),
    ) -> Option<Command> {
        let frame = side(theme);
        let room = ui.available_width() - frame.inner_margin.sum().x;
        let line = frame::KeyLine::lay(ui, theme, &self.words, (offered, help), (room, low));
        let high = line.height(theme);
        let bottom = Panel::bottom("keys")
            .exact_size(high)
            .frame(frame.inner_margin(Margin::symmetric(8, 0)));
        bottom.show(ui, |ui| line.show(ui, theme)).inner
    }

    /// What stands across the whole top edge: training, a stop of the station, a key that is not there.
    fn bands(&mut self, ui: &mut Ui, theme: &Theme, now: &Now) {
        if let Some(why) = &now.view.stopped {
            let text = self.words.station_stopped(why);
            band(ui, theme, "stopped", &text, theme.stop, theme.on_sign);
        }
        if now.view.training {
            let text = self.words.training_band();
            band(ui, theme, "training", &text, theme.training, theme.on_training);
        }
        if self.lights.key_missing {
            let text = self.words.key_missing();
            band(ui, theme, "key", &text, theme.stop, theme.on_sign);
        }
    }

    fn stage(&mut self, ui: &mut Ui, offered: &[Command], now: &Now) {
        let theme = self.theme.clone();
        let wish = match &mut self.overlay {
            Overlay::Help => {
                frame::help(ui, &theme, &self.words, offered);
                None
            }
            Overlay::SignIn(chooser) | Overlay::Second { chooser, .. } => {
                let back = self.left.as_ref().map(super::people::Left::name);
                chooser.ui(ui, &theme, &self.words, &now.view, back)
            }
            Overlay::None => {
                let stage = self.session.stage;
                let mut cx = cx!(self, now);
                self.screens.of(stage).ui(ui, &mut cx);
                None
            }
        };
        self.grant(wish);
    }
}

fn side(theme: &Theme) -> Frame {
    Frame::new().fill(theme.surface).inner_margin(Margin::symmetric(8, 6))
}

fn bar(theme: &Theme) -> Frame {
    Frame::new().fill(theme.paper).inner_margin(Margin::symmetric(16, 8))
}

fn band(
    ui: &mut Ui,
    theme: &Theme,
    id: &'static str,
    text: &str,
    fill: egui::Color32,
    ink: egui::Color32,
) {
    let frame = Frame::new().fill(fill).inner_margin(Margin::symmetric(16, 2));
    Panel::top(id).frame(frame).show_separator_line(false).show(ui, |ui| {
        ui.add(egui::Label::new(RichText::new(text).font(theme.small()).color(ink)).truncate());
    });
}

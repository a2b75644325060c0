//! Drawing the frame round a stage: bands, rail, header, key line.

use super::{Kenban, Now, Overlay, cx};
use crate::ui::command::Command;
use crate::ui::frame;
use crate::ui::screen::Cx;
use crate::ui::theme::Theme;
use egui::{Frame, Margin, Panel, RichText, Ui};

impl Kenban {
    pub(super) fn draw(&mut self, ui: &mut Ui, now: &Now) {
        let theme = self.theme.clone();
        let size = ui.available_size();
        let narrow = if size.x / theme.scale < 1100.0 && theme.scale > 1.3 {
            frame::Narrow::Signs
        } else {
            frame::Narrow::Words
        };
        // With large type the kinds' line gives way: the stage needs the room.
        let tall = size.y / theme.scale > 480.0;
        let stage = self.session.stage;
        let offered = {
            let cx = cx!(self, now);
            self.screens.of(stage).offers(&cx)
        };
        self.bands(ui, &theme, now);
        let bottom = Panel::bottom("keys").exact_size(theme.size(42.0)).frame(side(&theme));
        let clicked = bottom.show(ui, |ui| frame::keyline(ui, &theme, &self.words, &offered)).inner;
        let width = if narrow == frame::Narrow::Words { 196.0 } else { 68.0 };
        let left = Panel::left("rail").exact_size(theme.size(width)).frame(side(&theme));
        let left = left.resizable(false);
        let stage_clicked = left.show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            frame::rail(ui, &theme, &self.words, &now.view, stage, narrow)
        });
        let top = Panel::top("envelope")
            .exact_size(theme.size(if tall { 96.0 } else { 68.0 }))
            .frame(bar(&theme));
        top.show(ui, |ui| {
            let mut cx = cx!(self, now);
            frame::header(ui, &mut cx);
        });
        if let Some(tour) = &mut self.tour {
            tour.ui(ui, &theme, &self.words, &now.view, &mut self.session);
        }
        let paper = Frame::new().fill(theme.paper).inner_margin(theme.stage_margin());
        egui::CentralPanel::default().frame(paper).show(ui, |ui| self.stage(ui, &offered, now));
        if matches!(self.overlay, Overlay::None) {
            if let Some(stage) = stage_clicked.inner {
                self.go(stage, now);
            }
            if let Some(command) = clicked {
                self.run(command, now);
            }
        }
    }

    /// What stands across the whole top edge: training, a stop of the station, a passing sentence.
    fn bands(&mut self, ui: &mut Ui, theme: &Theme, now: &Now) {
        if let Some(why) = &now.view.stopped {
            let text = self.words.station_stopped(why);
            band(ui, theme, "stopped", &text, theme.stop, theme.on_sign);
        }
        if now.view.training {
            let text = self.words.training_band();
            band(ui, theme, "training", &text, theme.training, theme.on_training);
        }
        if let Some((told, until)) = &self.told {
            if now.time > *until {
                self.told = None;
            } else {
                let fill = if told.good { theme.accepted } else { theme.stop };
                let panel = Panel::bottom("told").frame(Frame::new().fill(fill).inner_margin(8.0));
                panel.show_separator_line(false).show(ui, |ui| {
                    ui.label(RichText::new(&told.text).font(theme.text()).color(theme.on_sign));
                });
                ui.ctx().request_repaint_after_secs((*until - now.time) as f32 + 0.05);
            }
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
                chooser.ui(ui, &theme, &self.words, &now.view)
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

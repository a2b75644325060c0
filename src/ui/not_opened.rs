//! What stands in the window when the station can't be opened: why, and what to do, in the language and
//! the look that the room has set.

use super::fonts::Faces;
use super::settings::{Language, Settings};
use super::theme::{GAP, GAP_STAGE, GAP_WIDE, Theme};
use super::widgets::{Para, Sign, paint_sign, primary};
use super::words::Words;
use egui::{Frame, Key, Label, RichText, Sense, Ui, Vec2, ViewportCommand};
use std::path::PathBuf;

/// Why there is no station.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Another window or command works on the data folder.
    InUse,
    DiskFull,
    Damaged,
    /// The log lacks what this station has signed: two people decide.
    Restored,
    /// Made by a later version.
    Newer,
    Other,
}

/// Why the station can't be opened, and how to say it.
#[derive(Clone, Debug)]
pub struct NotOpened {
    pub cause: Cause,
    /// The station's own sentence, for whoever is asked for help and for the command line.
    pub said: String,
    pub settings: Settings,
    /// The data folder.
    pub place: PathBuf,
}

/// The page.
#[derive(Debug)]
pub struct NotOpenedPage {
    why: NotOpened,
    words: Words,
    theme: Theme,
    styled: bool,
}

impl NotOpenedPage {
    pub fn new(why: NotOpened, faces: Faces) -> NotOpenedPage {
        let words = Words::new(match faces {
            Faces::Japanese => why.settings.language,
            Faces::LatinOnly => Language::En,
        });
        let theme = Theme::new(why.settings.look, why.settings.scale());
        NotOpenedPage { why, words, theme, styled: false }
    }

    pub fn frame(&mut self, ui: &mut Ui) {
        if !std::mem::replace(&mut self.styled, true) {
            self.theme.apply(ui.ctx());
        }
        let paper = Frame::new().fill(self.theme.paper).inner_margin(self.theme.stage_margin());
        let closed = egui::CentralPanel::default().frame(paper).show(ui, |ui| self.page(ui)).inner;
        if closed || ui.input(|input| input.key_pressed(Key::Escape)) {
            ui.ctx().send_viewport_cmd(ViewportCommand::Close);
        }
    }

    /// True: it is to be closed.
    fn page(&self, ui: &mut Ui) -> bool {
        let (theme, words) = (&self.theme, &self.words);
        let (title, what) = self.sentences();
        let sign = if self.why.cause == Cause::InUse { Sign::Look } else { Sign::Stop };
        let mut closed = false;
        ui.vertical_centered(|ui| {
            ui.set_max_width(theme.size(760.0).min(ui.available_width()));
            ui.add_space(ui.available_height() * 0.16);
            let size = theme.size(64.0);
            let (rect, _) = ui.allocate_exact_size(Vec2::splat(size), Sense::hover());
            paint_sign(ui.painter(), sign, rect.center(), size, sign.colour(theme));
            ui.add_space(GAP_WIDE);
            Para::new(&title, theme.heading(), theme.ink).show(ui);
            ui.add_space(GAP);
            Para::new(&what, theme.text(), theme.ink).show(ui);
            ui.add_space(GAP_STAGE);
            closed = primary(ui, theme, &words.closed_leave(), "Esc").clicked();
            ui.add_space(GAP_STAGE);
            let place = words.closed_place(self.why.place.display().to_string());
            ui.add(Label::new(RichText::new(place).font(theme.small()).color(theme.quiet)).wrap());
            if self.why.cause != Cause::InUse {
                let said = RichText::new(&self.why.said).font(theme.small()).color(theme.quiet);
                ui.add(Label::new(said).wrap().selectable(true));
            }
        });
        closed
    }

    fn sentences(&self) -> (String, String) {
        let words = &self.words;
        match self.why.cause {
            Cause::InUse => (words.closed_in_use(), words.closed_in_use_what()),
            Cause::DiskFull => (words.closed_full(), words.closed_full_what()),
            Cause::Damaged => (words.closed_damaged(), words.closed_damaged_what()),
            Cause::Restored => (words.closed_restored(), words.closed_restored_what()),
            Cause::Newer => (words.closed_newer(), words.closed_newer_what()),
            Cause::Other => (words.closed_other(), words.closed_other_what()),
        }
    }
}

impl eframe::App for NotOpenedPage {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.frame(ui);
    }
}

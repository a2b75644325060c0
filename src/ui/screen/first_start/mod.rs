//! The first start: no campaign yet. A profile is chosen and checked, or the training campaign tried.

use crate::ui::port::News;
use crate::ui::session::Session;
use crate::ui::settings::Language;
use crate::ui::theme::Theme;
use crate::ui::words::Words;
use egui::Ui;
use std::path::Path;

#[derive(Debug, Default)]
pub struct FirstStart {
    language: Option<Language>,
}

impl FirstStart {
    /// A language was chosen that is not the shown one.
    pub fn language(&mut self, shown: Language) -> Option<Language> {
        self.language.take().filter(|chosen| *chosen != shown)
    }

    pub fn news(&mut self, _news: &News, _words: &Words) {}

    pub fn ui(
        &mut self,
        _ui: &mut Ui,
        _theme: &Theme,
        _words: &Words,
        _session: &mut Session,
        _place: &Path,
    ) {
    }
}

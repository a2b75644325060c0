//! A reason: one of the typical ones by its digit, or one's own words. It stays in the log.

use super::paint;
use crate::ui::command::Pressed;
use crate::ui::screen::Cx;
use crate::ui::screen::steps::{Step, take_steps};
use crate::ui::widgets::TextField;
use egui::{Align2, Id, Key, Rect, Sense, Ui, Vec2, WidgetInfo, pos2};

/// A typical reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub text: String,
    /// The profile's 不備 that it stands for.
    pub defect: Option<String>,
}

impl Choice {
    pub fn of(text: String) -> Choice {
        Choice { text, defect: None }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    Nothing,
    Choice(usize),
    Own,
}

#[derive(Debug)]
pub struct Why {
    choices: Vec<Choice>,
    at: At,
    own: String,
    focus: bool,
    /// The field had the focus when it was drawn last.
    writing: bool,
}

impl Why {
    /// The first choice stands ready: Enter takes it.
    pub fn proposing(choices: Vec<Choice>) -> Why {
        let at = if choices.is_empty() { At::Own } else { At::Choice(0) };
        Why { focus: choices.is_empty(), choices, at, own: String::new(), writing: false }
    }

    /// Nothing stands ready: the person must choose or write.
    pub fn asking(choices: Vec<Choice>) -> Why {
        Why { choices, at: At::Nothing, own: String::new(), focus: false, writing: false }
    }

    /// What was chosen or written; `None` while there is nothing.
    pub fn reason(&self) -> Option<Choice> {
        match self.at {
            At::Nothing => None,
            At::Choice(index) => self.choices.get(index).cloned(),
            At::Own => {
                let own = self.own.trim();
                (!own.is_empty()).then(|| Choice::of(own.to_owned()))
            }
        }
    }

    /// True if the key meant something here.
    pub fn pressed(&mut self, pressed: Pressed) -> bool {
        match pressed {
            Pressed::Char('0') => self.write(),
            Pressed::Char(digit) => {
                let index = digit.to_digit(10).map(|digit| digit as usize).unwrap_or_default();
                if index == 0 || index > self.choices.len() {
                    return false;
                }
                self.at = At::Choice(index - 1);
            }
            Pressed::Key(Key::ArrowDown) => self.step(1),
            Pressed::Key(Key::ArrowUp) => self.step(-1),
            Pressed::Key(_) => return false,
        }
        true
    }

    fn write(&mut self) {
        self.at = At::Own;
        self.focus = true;
    }

    fn step(&mut self, by: isize) {
        let count = self.choices.len();
        let here = match self.at {
            At::Nothing => None,
            At::Choice(index) => Some(index),
            At::Own => Some(count),
        };
        let next = match (here, by > 0) {
            (None, true) => 0,
            (None, false) => count,
            (Some(index), _) => index.saturating_add_signed(by).min(count),
        };
        if next == count { self.write() } else { self.at = At::Choice(next) }
    }

    /// Escape leaves the field first. True if that was all.
    pub fn leave_field(&mut self) -> bool {
        self.focus = false;
        std::mem::take(&mut self.writing)
    }

    /// Draws the choices and the field. True: Enter in the field.
    pub fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, salt: &str) -> bool {
        let theme = cx.theme;
        for index in 0..self.choices.len() {
            let chosen = self.at == At::Choice(index);
            let key = if index < 9 { (index + 1).to_string() } else { String::new() };
            if row(ui, cx, &key, &self.choices[index].text, chosen) {
                self.at = At::Choice(index);
            }
        }
        let id = Id::unique(("why", salt));
        let name = cx.words.edit_own_reason();
        let steps = if self.writing { take_steps(ui) } else { Vec::new() };
        let enter = steps.contains(&Step::Enter);
        ui.horizontal(|ui| {
            let (rect, _) = ui.allocate_exact_size(Vec2::splat(theme.hit()), Sense::HOVER);
            let font = theme.digits(18.0);
            ui.painter().text(rect.center(), Align2::CENTER_CENTER, "0", font, theme.accent);
            let field = TextField::new(&mut self.own, name).hint(cx.words.edit_own_reason_hint());
            let response = field.width(1200.0).show(ui, theme, id);
            if response.has_focus() || response.changed() {
                self.at = At::Own;
            }
            if enter && self.reason().is_some() {
                response.surrender_focus();
            }
            if steps.contains(&Step::Up) {
                response.surrender_focus();
                self.step(-1);
            }
            if std::mem::take(&mut self.focus) {
                response.request_focus();
            }
            self.writing = response.has_focus();
        });
        enter
    }
}

/// A choice by its key.
pub fn row(ui: &mut Ui, cx: &Cx<'_>, key: &str, text: &str, chosen: bool) -> bool {
    let theme = cx.theme;
    let size = Vec2::new(ui.available_width(), theme.size(34.0));
    let (rect, response) = ui.allocate_exact_size(size, Sense::CLICK);
    paint::ground(ui, theme, rect, &response, chosen, true);
    let mark = Rect::from_min_size(rect.min, Vec2::new(theme.hit(), rect.height()));
    let font = theme.digits(18.0);
    ui.painter().text(mark.center(), Align2::CENTER_CENTER, key, font, theme.accent);
    let words = Rect::from_min_max(pos2(mark.right(), rect.top()), rect.max - Vec2::new(8.0, 0.0));
    paint::line(ui.painter(), words, Align2::LEFT_CENTER, text, theme.text(), theme.ink);
    let name = format!("{key} {text}");
    response.widget_info(|| WidgetInfo::selected(egui::Role::RadioButton, true, chosen, &name));
    response.clicked()
}

//! Fields: for numbers (no input method, full width mapped) and for words.

use crate::ui::keys::half_width;
use crate::ui::theme::{CORNER, Theme};
use egui::{
    Align2, CornerRadius, Event, EventFilter, Id, Key, Response, Sense, Stroke, StrokeKind, Ui,
    Vec2, WidgetInfo,
};

/// A field that takes digits only and needs no input method. Enter and Tab are left to the screen.
#[derive(Debug)]
pub struct NumberField<'a> {
    value: &'a mut String,
    name: String,
    most: usize,
    width: f32,
    points: f32,
    secret: bool,
}

impl<'a> NumberField<'a> {
    /// `name` is the accessible name; `most` the most digits.
    pub fn new(value: &'a mut String, name: impl Into<String>, most: usize) -> NumberField<'a> {
        let width = 40.0 + 22.0 * most as f32;
        NumberField { value, name: name.into(), most, width, points: 32.0, secret: false }
    }

    /// Shows dots instead of digits.
    #[must_use]
    pub fn secret(mut self) -> Self {
        self.secret = true;
        self
    }

    /// Width in points at 100 %, and the size of the digits.
    #[must_use]
    pub fn sized(mut self, width: f32, points: f32) -> Self {
        self.width = width;
        self.points = points;
        self
    }

    /// `id` lets the screen move the focus.
    pub fn show(self, ui: &mut Ui, theme: &Theme, id: Id) -> Response {
        let size =
            Vec2::new(theme.size(self.width), theme.size(self.points * 1.6).max(theme.hit()));
        let (_, rect) = ui.allocate_space(size);
        let mut response = ui.interact(rect, id, Sense::click());
        if response.clicked() {
            response.request_focus();
        }
        let focus = response.has_focus();
        let before = self.value.clone();
        if focus {
            // Arrows and Tab lead out of it only where the screen says so.
            let filter = EventFilter {
                tab: true,
                horizontal_arrows: true,
                vertical_arrows: true,
                escape: false,
            };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
            take_digits(ui, self.value, self.most);
        }
        if *self.value != before {
            response.mark_changed();
        }
        let line = if focus { Stroke::new(3.0, theme.accent) } else { theme.hairline() };
        let painter = ui.painter();
        painter.rect(rect, CornerRadius::same(CORNER), theme.surface, line, StrokeKind::Inside);
        let shown = if self.secret { "●".repeat(self.value.len()) } else { self.value.clone() };
        let at = rect.right_center() - Vec2::new(theme.size(12.0), 0.0);
        let text =
            painter.text(at, Align2::RIGHT_CENTER, shown, theme.digits(self.points), theme.ink);
        if focus {
            let x = text.right() + 3.0;
            let caret = [egui::pos2(x, rect.top() + 8.0), egui::pos2(x, rect.bottom() - 8.0)];
            painter.line_segment(caret, Stroke::new(2.0, theme.accent));
        }
        let spoken = if self.secret { String::new() } else { self.value.clone() };
        response.widget_info(|| {
            let mut info = WidgetInfo::labeled(egui::Role::TextInput, true, &self.name);
            info.current_text_value = Some(spoken.clone());
            info
        });
        response
    }
}

/// Digits typed in this frame, and the keys that take them away.
fn take_digits(ui: &Ui, value: &mut String, most: usize) {
    ui.input(|input| {
        for event in &input.events {
            match event {
                Event::Text(text) => {
                    for char in text.chars().map(half_width).filter(char::is_ascii_digit) {
                        if value.len() < most {
                            value.push(char);
                        }
                    }
                }
                Event::Key { key: Key::Backspace, pressed: true, .. } => {
                    value.pop();
                }
                Event::Key { key: Key::Delete, pressed: true, .. } => value.clear(),
                _ => {}
            }
        }
    });
}

fn help_wanted() -> Id {
    Id::unique("help-wanted")
}

/// `?` was typed into a field that has no use for it. Taken: it is said once.
pub fn take_help_wanted(ctx: &egui::Context) -> bool {
    ctx.data_mut(|data| data.remove_temp::<()>(help_wanted())).is_some()
}

fn take_question(ui: &Ui) {
    let question =
        |event: &Event| matches!(event, Event::Text(text) if matches!(text.as_str(), "?" | "？"));
    let asked = ui.input_mut(|input| {
        let before = input.events.len();
        input.events.retain(|event| !question(event));
        input.events.len() < before
    });
    if asked {
        ui.data_mut(|data| data.insert_temp(help_wanted(), ()));
    }
}

/// A field for words, with the toolkit's editing and input method.
#[derive(Debug)]
pub struct TextField<'a> {
    value: &'a mut String,
    name: String,
    hint: String,
    width: f32,
    points: f32,
    asks: bool,
}

impl<'a> TextField<'a> {
    pub fn new(value: &'a mut String, name: impl Into<String>) -> TextField<'a> {
        let (hint, width, points) = (String::new(), 480.0, 18.0);
        TextField { value, name: name.into(), hint, width, points, asks: false }
    }

    /// What is looked for here has no `?` in it: that key asks for the list of keys, as everywhere.
    #[must_use]
    pub fn asks(mut self) -> Self {
        self.asks = true;
        self
    }

    /// What to write, shown while the field is empty.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    #[must_use]
    pub fn width(mut self, points: f32) -> Self {
        self.width = points;
        self
    }

    /// The size of the text.
    #[must_use]
    pub fn points(mut self, points: f32) -> Self {
        self.points = points;
        self
    }

    pub fn show(self, ui: &mut Ui, theme: &Theme, id: Id) -> Response {
        let width = theme.size(self.width).min(ui.available_width());
        let font = egui::FontId { size: theme.size(self.points), ..theme.text() };
        let height = theme.hit().max(font.size * 1.4 + 16.0);
        if self.asks && ui.memory(|memory| memory.has_focus(id)) {
            take_question(ui);
        }
        let edit = egui::TextEdit::singleline(self.value)
            .id(id)
            .font(font)
            .hint_text(self.hint)
            .desired_width(width)
            .min_size(Vec2::new(width, height))
            .margin(egui::Margin::symmetric(12, 8))
            .align(egui::Align2::LEFT_CENTER);
        let response = ui.add(edit);
        if response.has_focus() {
            let line = Stroke::new(3.0, theme.accent);
            ui.painter().rect_stroke(
                response.rect,
                CornerRadius::same(CORNER),
                line,
                StrokeKind::Inside,
            );
        }
        let (name, value) = (self.name, self.value.clone());
        response.widget_info(|| {
            let mut info = WidgetInfo::labeled(egui::Role::TextInput, true, &name);
            info.current_text_value = Some(value.clone());
            info
        });
        response
    }
}

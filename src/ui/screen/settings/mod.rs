//! Settings: language, look, sizes, sound, sources. A change takes effect at once; there is nothing to
//! confirm and nothing to lose.

mod lines;
mod rows;

use super::steps::{Step, hold_focus, take_steps};
use super::{Cx, Screen};
use crate::ui::command::{Command, Pressed};
use crate::ui::port::{Answer, DeviceList, Heard, News, Order, Query, Ticket};
use crate::ui::settings::Settings;
use crate::ui::theme::{GAP, GAP_STAGE};
use crate::ui::wedge::scans::Code;
use crate::ui::widgets::Para;
use egui::{Id, Key, ScrollArea, Ui, UiBuilder, Vec2};
use lines::{About, Line, Section};

/// From this width at 100 % on there are two columns.
const WIDE: f32 = 900.0;

#[derive(Debug, Default)]
pub struct SettingsScreen {
    at: Line,
    /// The hand moved: the line is brought into sight.
    moved: bool,
    /// What is typed into the line, until Enter.
    typing: Option<String>,
    devices: DeviceList,
    asked: Option<Ticket>,
    /// For what room and size of type it was laid out.
    laid_for: (Vec2, f32),
}

/// The hand.
impl SettingsScreen {
    fn go_to(&mut self, line: Line, cx: &mut Cx<'_>) {
        self.at = line;
        self.moved = true;
        self.typing = None;
        if line.is_device() {
            self.ask_devices(cx);
        }
    }

    fn step(&mut self, cx: &mut Cx<'_>, by: isize) {
        let lines = lines::all(&newest(cx));
        let now = lines.iter().position(|line| *line == self.at).unwrap_or(0);
        let next = now.saturating_add_signed(by).min(lines.len().saturating_sub(1));
        if let Some(line) = lines.get(next) {
            self.go_to(*line, cx);
        }
    }

    fn change(&mut self, line: Line, cx: &mut Cx<'_>, by: isize) {
        let old = newest(cx);
        let me = cx.session.my_id();
        let person = me.as_ref().map_or("", |me| me.as_str());
        let about = About { devices: &self.devices, training: cx.view.training, person };
        let new = lines::change(line, &old, about, by);
        if line == Line::Volume {
            cx.order(Order::Save(new));
            cx.order(Order::Try(Heard::Accepted));
        } else if new != old {
            cx.order(Order::Save(new));
        } else {
            // There is nothing more to choose this way.
            cx.order(Order::Try(Heard::Refused));
        }
    }

    /// Enter: types, tries, or takes the next.
    fn enter_line(&mut self, line: Line, cx: &mut Cx<'_>) {
        let settings = newest(cx);
        match line {
            Line::FolderPath => self.typing = Some(settings.folder.path),
            Line::SerialPort => self.typing = Some(settings.serial.port),
            Line::WedgePrefix => self.typing = Some(settings.wedge.prefix),
            Line::WedgeScanner => self.learn(cx),
            Line::Volume => cx.order(Order::Try(Heard::Accepted)),
            _ => self.change(line, cx, 1),
        }
    }

    fn typed(&mut self, cx: &mut Cx<'_>) {
        let Some(text) = self.typing.take() else { return };
        let text = text.trim().to_owned();
        let old = newest(cx);
        let mut new = old.clone();
        match self.at {
            Line::FolderPath => new.folder.path = text,
            Line::SerialPort => new.serial.port = text,
            Line::WedgePrefix => new.wedge.prefix = text,
            _ => return,
        }
        if new != old {
            cx.order(Order::Save(new));
        }
    }

    /// Asks for one scan, from which the scanner is known.
    fn learn(&mut self, cx: &mut Cx<'_>) {
        cx.session.learning = !cx.session.learning;
        if cx.session.learning {
            cx.tell(cx.words.settings_wedge_scan_now());
        }
    }

    /// The scan that was asked for came.
    fn learned(&mut self, code: &Code, cx: &mut Cx<'_>) {
        cx.session.learning = false;
        let mut new = newest(cx);
        let mark = |char: &char| !char.is_ascii_alphanumeric();
        new.wedge.prefix = code.text.chars().take_while(mark).collect();
        // A device on which a person types, too, is no scanner.
        new.wedge.device = if code.shared { String::new() } else { code.device.to_string() };
        let chars = code.text.chars().count();
        let told = match (code.device.is_empty(), code.shared) {
            (true, _) if new.wedge.prefix.is_empty() => cx.words.settings_wedge_needs_prefix(),
            (true, _) => cx.words.settings_wedge_learned_prefix(&new.wedge.prefix, chars),
            (false, true) => cx.words.settings_wedge_learned_pace(chars, code.took),
            (false, false) => {
                let device = new.wedge.device.as_str();
                cx.words.settings_wedge_learned(device, chars, code.took)
            }
        };
        cx.tell(told);
        cx.order(Order::Save(new));
    }

    fn ask_devices(&mut self, cx: &mut Cx<'_>) {
        self.asked = Some(cx.ask(Query::Devices));
    }
}

/// The settings with what was changed in this very frame.
fn newest(cx: &Cx<'_>) -> Settings {
    let saved = cx.session.orders.iter().rev().find_map(|order| match order {
        Order::Save(settings) => Some(settings),
        _ => None,
    });
    saved.unwrap_or(cx.settings).clone()
}

impl Screen for SettingsScreen {
    fn offers(&self, _cx: &Cx<'_>) -> Vec<Command> {
        let mut offered = Vec::new();
        match self.at {
            _ if self.typing.is_some() => return vec![Command::Keep, Command::Back],
            Line::FolderPath | Line::WedgePrefix => offered.push(Command::TypeLine),
            Line::WedgeScanner => offered.extend([Command::Learn, Command::Forget]),
            Line::SerialPort => offered.extend([Command::ChangeLine, Command::TypeLine]),
            Line::Volume => offered.extend([Command::ChangeLine, Command::TrySound]),
            _ => offered.push(Command::ChangeLine),
        }
        offered.push(Command::ChooseLine);
        offered
    }

    fn command(&mut self, command: Command, cx: &mut Cx<'_>) {
        match command {
            Command::ChooseLine => self.step(cx, 1),
            Command::ChangeLine => self.change(self.at, cx, 1),
            Command::TypeLine | Command::TrySound | Command::Learn => {
                self.enter_line(self.at, cx);
            }
            Command::Forget => {
                let mut new = newest(cx);
                new.wedge.device.clear();
                cx.order(Order::Save(new));
            }
            Command::Keep => self.typed(cx),
            Command::Back => {
                self.typing = None;
                cx.session.learning = false;
            }
            _ => {}
        }
    }

    fn pressed(&mut self, pressed: Pressed, cx: &mut Cx<'_>) {
        match pressed {
            Pressed::Key(Key::ArrowUp) => self.step(cx, -1),
            Pressed::Key(Key::Tab) => self.step(cx, 1),
            Pressed::Key(Key::ArrowLeft) if self.at.turns() => {
                self.change(self.at, cx, -1);
            }
            Pressed::Key(Key::ArrowRight) if self.at.turns() => {
                self.change(self.at, cx, 1);
            }
            Pressed::Key(Key::Enter) => self.enter_line(self.at, cx),
            Pressed::Key(Key::Home) => self.step(cx, isize::MIN),
            Pressed::Key(Key::End) => self.step(cx, isize::MAX),
            _ => {}
        }
    }

    fn news(&mut self, news: &News, _cx: &mut Cx<'_>) {
        if let News::Found { ticket, answer: Answer::Devices(devices) } = news
            && self.asked == Some(*ticket)
        {
            self.devices.clone_from(devices);
        }
    }

    fn enter(&mut self, cx: &mut Cx<'_>) {
        self.moved = true;
        self.ask_devices(cx);
    }

    fn leave(&mut self, cx: &mut Cx<'_>) {
        self.typing = None;
        cx.session.learning = false;
    }

    fn code(&mut self, code: &Code, cx: &mut Cx<'_>) -> bool {
        if cx.session.learning {
            self.learned(code, cx);
            return true;
        }
        false
    }

    fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        if !lines::all(cx.settings).contains(&self.at) {
            // Its source was switched off.
            self.at = Line::default();
        }
        let focused = ui.memory(|memory| memory.has_focus(typing_id()));
        if self.typing.is_some() && focused {
            for step in take_steps(ui) {
                match step {
                    Step::Enter | Step::Next => self.typed(cx),
                    Step::Up | Step::Down | Step::Previous => {}
                }
            }
        }
        let whole = ui.available_rect_before_wrap();
        // The line under the hand may be the one that moved everything: the size.
        let laid_for = (whole.size(), cx.theme.scale);
        if std::mem::replace(&mut self.laid_for, laid_for) != laid_for {
            self.moved = true;
        }
        let hint = cx.theme.size(52.0);
        let upper = whole.with_max_y(whole.bottom() - hint - GAP);
        let lower = whole.with_min_y(whole.bottom() - hint);
        ui.scope_builder(UiBuilder::new().max_rect(upper), |ui| {
            let area = ScrollArea::vertical().auto_shrink(false).animated(false);
            area.show(ui, |ui| self.columns(ui, cx));
        });
        ui.scope_builder(UiBuilder::new().max_rect(lower), |ui| {
            let hint = rows::hint(cx.words, self.at);
            Para::new(&hint, cx.theme.small(), cx.theme.quiet).show(ui);
        });
        self.hold_focus(ui);
    }
}

/// Drawing.
impl SettingsScreen {
    fn columns(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let whole = ui.available_rect_before_wrap();
        if whole.width() / cx.theme.scale < WIDE {
            for section in Section::LEFT.into_iter().chain(Section::RIGHT) {
                self.section(ui, cx, section);
            }
            return;
        }
        let gap = 2.0 * GAP_STAGE;
        let width = ((whole.width() - gap) / 2.0).min(cx.theme.size(620.0));
        let mut bottom = whole.top();
        for (index, column) in [Section::LEFT, Section::RIGHT].into_iter().enumerate() {
            let left = whole.left() + index as f32 * (width + gap);
            let place = egui::Rect::from_min_size(
                egui::pos2(left, whole.top()),
                Vec2::new(width, whole.height()),
            );
            let used = ui.scope_builder(UiBuilder::new().max_rect(place), |ui| {
                for section in column {
                    self.section(ui, cx, section);
                }
                ui.min_rect().bottom()
            });
            bottom = bottom.max(used.inner);
        }
        ui.allocate_space(Vec2::new(1.0, (bottom - ui.cursor().top()).max(0.0)));
    }

    fn section(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, section: Section) {
        ui.spacing_mut().item_spacing.y = 3.0;
        rows::heading(ui, cx, section);
        let settings = cx.settings.clone();
        for line in section.lines(&settings) {
            let here = self.at == *line;
            if here && self.typing.is_some() {
                self.field(ui, cx, *line);
                continue;
            }
            let shown = rows::Row { line: *line, here, devices: &self.devices };
            let (response, turned) = shown.show(ui, cx);
            if here && std::mem::take(&mut self.moved) {
                response.scroll_to_me(None);
            }
            match turned {
                Some(rows::Turned::By(by)) => {
                    self.go_to(*line, cx);
                    self.change(*line, cx, by);
                }
                Some(rows::Turned::Entered) => {
                    self.go_to(*line, cx);
                    self.enter_line(*line, cx);
                }
                None => {}
            }
        }
        ui.add_space(GAP_STAGE - GAP);
    }

    fn field(&mut self, ui: &mut Ui, cx: &Cx<'_>, line: Line) {
        let Some(text) = &mut self.typing else { return };
        let name = rows::label(cx.words, line);
        let field = crate::ui::widgets::TextField::new(text, name)
            .width(ui.available_width() / cx.theme.scale)
            .hint(rows::typing_hint(cx.words, line));
        let response = field.show(ui, cx.theme, typing_id());
        if response.gained_focus() {
            response.scroll_to_me(None);
        }
    }

    /// A line that is typed has the focus; without one nothing has.
    fn hold_focus(&self, ui: &Ui) {
        let wanted = self.typing.as_ref().map(|_| typing_id());
        hold_focus(ui, wanted);
    }
}

fn typing_id() -> Id {
    Id::unique("settings-typing")
}

//! Who sits here: choosing a person and a PIN, to sign in or to stand beside an act as the second.

use crate::flow::person::{Duty, FirstPin};
use crate::flow::{Person, PersonId, View};
use crate::ui::command::{Command, Pressed};
use crate::ui::theme::{GAP, Theme};
use crate::ui::widgets::{NumberField, primary};
use crate::ui::words::Words;
use egui::WidgetInfo;
use egui::{Align2, CornerRadius, Id, Key, RichText, ScrollArea, Sense, Ui, Vec2};

/// A PIN has so many digits.
pub const PIN: std::ops::RangeInclusive<usize> = 4..=8;

/// What the person is wanted for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose {
    SignIn,
    /// The second person beside `first`; the sentence says for what.
    Second {
        first: PersonId,
        what: String,
        /// Only who may do this is offered.
        duty: Option<Duty>,
    },
}

/// What came of it in this frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    SignIn {
        person: PersonId,
        pin: String,
    },
    /// `beside`: the supervisor who stands beside, and their PIN.
    ChoosePin {
        person: PersonId,
        pin: String,
        beside: Option<(PersonId, String)>,
    },
    Leave,
}

#[derive(Debug)]
pub struct Chooser {
    pub purpose: Purpose,
    chosen: Option<PersonId>,
    pin: String,
    again: Option<String>,
    /// The first PIN, typed twice alike, that waits for a supervisor to stand beside it.
    agreed: Option<String>,
    beside: Option<PersonId>,
    /// Digits of a person's number so far, where there are more than nine.
    typed: String,
    problem: Option<String>,
    /// What was sent and is not answered yet: Enter again sends nothing, and an answer for another
    /// person is nobody's.
    sent: Option<PersonId>,
}

impl Chooser {
    pub fn new(purpose: Purpose) -> Chooser {
        Chooser {
            purpose,
            chosen: None,
            pin: String::new(),
            again: None,
            agreed: None,
            beside: None,
            typed: String::new(),
            problem: None,
            sent: None,
        }
    }

    /// The PIN was wrong.
    pub fn wrong(&mut self, problem: String) {
        self.pin.clear();
        self.again = None;
        self.problem = Some(problem);
        self.sent = None;
    }

    /// What was sent came to nothing, and the window says why.
    pub fn unanswered(&mut self) {
        self.sent = None;
    }

    /// Whether an answer about this person is waited for.
    pub fn waits_for(&self, person: &PersonId) -> bool {
        self.sent.as_ref() == Some(person)
    }

    /// Somebody has begun to say who they are.
    pub fn begun(&self) -> bool {
        self.chosen.is_some() || !self.typed.is_empty()
    }

    /// Whose PIN is asked for now; `None`: a person is to be chosen.
    fn asked(&self) -> Option<&PersonId> {
        match self.agreed {
            Some(_) => self.beside.as_ref(),
            None => self.chosen.as_ref(),
        }
    }

    /// What the keys do now. `back`: Esc leads somewhere from the list too.
    pub fn offers(&self, back: bool) -> Vec<Command> {
        let mut offers = match self.asked() {
            Some(_) => vec![Command::GoIn],
            None => vec![Command::ChoosePerson],
        };
        if back || self.begun() {
            offers.push(Command::Back);
        }
        offers
    }

    fn people<'v>(&self, view: &'v View) -> Vec<&'v Person> {
        let fits = |person: &&Person| match (&self.agreed, &self.purpose) {
            // Who stands beside a first PIN has one.
            (Some(_), _) => {
                person.role.may(Duty::ManagePeople)
                    && self.chosen.as_ref() != Some(&person.id)
                    && view.pins.contains(&person.id)
            }
            (None, Purpose::SignIn) => true,
            (None, Purpose::Second { first, duty, .. }) => {
                person.id != *first && duty.is_none_or(|duty| person.role.may(duty))
            }
        };
        view.people.iter().filter(fits).collect()
    }

    /// Keys: a digit chooses a person, Enter goes on, Escape goes back.
    pub fn pressed(&mut self, pressed: Pressed, view: &View, words: &Words) -> Option<Wish> {
        let people = self.people(view);
        match pressed {
            Pressed::Key(Key::Escape) if self.begun() => {
                *self = Chooser::new(self.purpose.clone());
                None
            }
            Pressed::Key(Key::Escape) => Some(Wish::Leave),
            Pressed::Key(Key::Enter) if self.asked().is_some() => self.enter(view, words),
            Pressed::Char(char) if self.asked().is_none() && char.is_ascii_digit() => {
                self.typed.push(char);
                let number: usize = self.typed.parse().unwrap_or(0);
                let more = number > 0 && number * 10 <= people.len();
                match people.get(number.wrapping_sub(1)) {
                    Some(person) if !more => self.choose(person.id.clone(), view, words),
                    Some(_) => {}
                    None => self.typed.clear(),
                }
                None
            }
            Pressed::Key(Key::Enter) => {
                let number: usize = self.typed.parse().unwrap_or(0);
                if let Some(person) = people.get(number.wrapping_sub(1)) {
                    self.choose(person.id.clone(), view, words);
                }
                None
            }
            _ => None,
        }
    }

    fn choose(&mut self, person: PersonId, view: &View, words: &Words) {
        self.pin.clear();
        self.again = None;
        self.typed.clear();
        self.problem = None;
        if self.agreed.is_some() {
            self.beside = Some(person);
            return;
        }
        if self.purpose == Purpose::SignIn && first_pin(view, &person) == FirstPin::SupervisorFirst
        {
            self.problem = Some(words.supervisor_first());
            return;
        }
        self.chosen = Some(person);
    }

    /// Enter in the PIN field.
    fn enter(&mut self, view: &View, words: &Words) -> Option<Wish> {
        if self.sent.is_some() {
            return None;
        }
        let wish = self.wish(view, words);
        if let Some(Wish::SignIn { person, .. } | Wish::ChoosePin { person, .. }) = &wish {
            self.sent = Some(person.clone());
        }
        wish
    }

    fn wish(&mut self, view: &View, words: &Words) -> Option<Wish> {
        let person = self.chosen.clone()?;
        if self.purpose != Purpose::SignIn && !view.training && !view.pins.contains(&person) {
            // Nobody chooses a PIN for the one who is to stand beside them.
            self.problem = Some(words.second_has_no_pin());
            return None;
        }
        let known = view.pins.contains(&person) || self.agreed.is_some();
        let second = self.purpose != Purpose::SignIn;
        if !known && view.training && self.again.is_none() && (self.pin.is_empty() || second) {
            // People of a training campaign need no PIN.
            return Some(Wish::SignIn { person, pin: String::new() });
        }
        // What can't be a PIN is no try.
        if !PIN.contains(&self.pin.len()) {
            self.problem = Some(words.pin_length());
            return None;
        }
        if let Some(agreed) = self.agreed.clone() {
            let beside = Some((self.beside.clone()?, std::mem::take(&mut self.pin)));
            return Some(Wish::ChoosePin { person, pin: agreed, beside });
        }
        if known {
            return Some(Wish::SignIn { person, pin: std::mem::take(&mut self.pin) });
        }
        match self.again.take() {
            None => {
                self.again = Some(std::mem::take(&mut self.pin));
                self.problem = None;
                None
            }
            Some(first) if first == self.pin => {
                let pin = std::mem::take(&mut self.pin);
                self.problem = None;
                if first_pin(view, &person) == FirstPin::Beside {
                    self.agreed = Some(pin);
                    return None;
                }
                Some(Wish::ChoosePin { person, pin, beside: None })
            }
            Some(_) => {
                self.pin.clear();
                self.problem = Some(words.pins_differ());
                None
            }
        }
    }

    /// `back`: who is back at Esc.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        theme: &Theme,
        words: &Words,
        view: &View,
        back: Option<&str>,
    ) -> Option<Wish> {
        let mut wish = None;
        let width = theme.size(560.0).min(ui.available_width());
        ui.vertical_centered(|ui| {
            ui.set_max_width(width);
            ui.add_space((ui.available_height() * 0.08).min(48.0));
            let title = match (&self.agreed, &self.purpose) {
                (Some(_), _) => words.beside_title(),
                (None, Purpose::SignIn) => words.sign_in_title(),
                (None, Purpose::Second { .. }) => words.second_title(),
            };
            ui.label(RichText::new(title).font(theme.heading()));
            let what = match (&self.agreed, &self.purpose) {
                (Some(_), _) => Some(words.beside_what(self.name(view, self.chosen.as_ref()))),
                (None, Purpose::Second { what, .. }) => Some(what.clone()),
                (None, Purpose::SignIn) => back.map(|name| words.back_by_escape(name)),
            };
            if let Some(what) = what {
                ui.label(RichText::new(what).font(theme.text()));
            }
            ui.add_space(GAP);
            match self.asked().cloned() {
                None => self.list(ui, theme, words, view),
                Some(person) => wish = self.pin(ui, theme, words, view, &person),
            }
        });
        wish
    }

    fn name(&self, view: &View, person: Option<&PersonId>) -> String {
        let found = view.people.iter().find(|it| Some(&it.id) == person);
        found.map_or_else(String::new, |it| it.name.clone())
    }

    fn list(&mut self, ui: &mut Ui, theme: &Theme, words: &Words, view: &View) {
        ui.label(RichText::new(words.choose_person()).font(theme.small()).color(theme.quiet));
        if let Some(problem) = &self.problem {
            ui.label(RichText::new(problem).font(theme.text()).color(theme.stop));
        }
        let people = self.people(view).into_iter().cloned().collect::<Vec<_>>();
        let mut chosen = None;
        ScrollArea::vertical().max_height(ui.available_height()).show(ui, |ui| {
            for (index, person) in people.iter().enumerate() {
                let mut about = words.role(person.role);
                if !view.training && !view.pins.contains(&person.id) {
                    about = words.role_without_pin(about);
                }
                if person_row(ui, theme, index + 1, person, &about) {
                    chosen = Some(person.id.clone());
                }
            }
        });
        if let Some(person) = chosen {
            self.choose(person, view, words);
        }
    }

    fn pin(
        &mut self,
        ui: &mut Ui,
        theme: &Theme,
        words: &Words,
        view: &View,
        person: &PersonId,
    ) -> Option<Wish> {
        ui.label(RichText::new(self.name(view, Some(person))).font(theme.verdict()));
        let asked = match (view.pins.contains(person), &self.again) {
            (true, _) => words.type_pin(),
            (false, Some(_)) => words.type_pin_again(),
            (false, None) if view.training => words.training_pin(),
            (false, None) => words.choose_pin(),
        };
        ui.label(RichText::new(&asked).font(theme.text()));
        let id = Id::unique("pin");
        let field = NumberField::new(&mut self.pin, words.pin(), *PIN.end()).secret();
        let response = field.show(ui, theme, id);
        // There is nowhere else to type: whatever key was pressed, the field keeps the focus.
        if !response.has_focus() {
            response.request_focus();
        }
        // The field has the focus, so Enter comes here and not through the commands.
        let enter = response.has_focus() && fresh_enter(ui);
        if let Some(problem) = &self.problem {
            ui.label(RichText::new(problem).font(theme.text()).color(theme.stop));
        }
        ui.add_space(GAP);
        let clicked = primary(ui, theme, &words.go_in(), "Enter").clicked();
        if enter || clicked { self.enter(view, words) } else { None }
    }
}

/// What a person's first PIN takes, as far as the window knows.
fn first_pin(view: &View, person: &PersonId) -> FirstPin {
    let role = view.people.iter().find(|it| it.id == *person).map(|it| it.role);
    match role {
        Some(role) if !view.training && !view.pins.contains(person) => {
            let may = |it: &&Person| view.pins.contains(&it.id);
            let supervised =
                view.people.iter().filter(may).any(|it| it.role.may(Duty::ManagePeople));
            FirstPin::of(role, supervised)
        }
        _ => FirstPin::Alone,
    }
}

/// Enter was pressed in this frame, and not by holding it down.
pub fn fresh_enter(ui: &Ui) -> bool {
    ui.input(|input| {
        input.events.iter().any(|event| {
            matches!(event, egui::Event::Key { key: Key::Enter, pressed: true, repeat: false, .. })
        })
    })
}

fn person_row(ui: &mut Ui, theme: &Theme, number: usize, person: &Person, role: &str) -> bool {
    let size = Vec2::new(ui.available_width(), theme.hit());
    let (rect, response) = ui.allocate_exact_size(size, Sense::CLICK);
    let painter = ui.painter();
    let fill = if response.hovered() { theme.surface } else { theme.paper };
    painter.rect(rect, CornerRadius::same(6), fill, theme.hairline(), egui::StrokeKind::Inside);
    let at = |x: f32| egui::pos2(rect.left() + theme.size(x), rect.center().y);
    painter.text(at(24.0), Align2::CENTER_CENTER, number, theme.digits(20.0), theme.accent);
    let clip = painter.with_clip_rect(rect);
    clip.text(at(52.0), Align2::LEFT_CENTER, &person.name, theme.text(), theme.ink);
    let right = egui::pos2(rect.right() - 16.0, rect.center().y);
    painter.text(right, Align2::RIGHT_CENTER, role, theme.small(), theme.quiet);
    let name = format!("{number} {} {role}", person.name);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &name));
    response.clicked()
}

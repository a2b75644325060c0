//! The guided tour: a newcomer takes one made-up envelope from opening to delivery. Each step is a
//! sentence over the stage, where the eye is; it goes on by what was done, never by a click on "next".

use super::port::{Answer, DeliveryStep, News, Order, Query, TrainingEnvelope};
use super::session::{Session, Stage};
use super::theme::Theme;
use super::widgets::{Para, Sign, paint_sign};
use super::words::Words;
use crate::flow::person::Duty;
use crate::flow::view::EnvelopeView;
use crate::flow::{PersonId, Role, View};
use egui::{Align, Frame, Layout, Margin, Panel, RichText, Sense, Ui, Vec2, WidgetInfo};

/// Where the newcomer is, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    SignIn,
    Open,
    FirstSheet,
    Stop,
    MoreSheets,
    Check,
    Key,
    SecondPerson,
    KeyAgain,
    ThirdPerson,
    KeyThird,
    CallSupervisor,
    Settle,
    Close,
    CallDelivery,
    Deliver,
    Done,
}

#[derive(Debug, Default)]
pub struct Tour {
    slip: Option<TrainingEnvelope>,
    asked: bool,
    delivered: bool,
    /// The farthest chapter so far: the count never goes back, whatever is done twice.
    reached: u64,
}

/// Parts of the way, as they are counted: everybody comes through each of them, however many steps it has.
const CHAPTERS: u64 = 8;

impl Step {
    fn chapter(self) -> u64 {
        match self {
            Step::SignIn => 1,
            Step::Open => 2,
            Step::FirstSheet | Step::Stop | Step::MoreSheets => 3,
            Step::Check => 4,
            Step::Key
            | Step::SecondPerson
            | Step::KeyAgain
            | Step::ThirdPerson
            | Step::KeyThird => 5,
            Step::CallSupervisor | Step::Settle => 6,
            Step::Close => 7,
            Step::CallDelivery | Step::Deliver | Step::Done => CHAPTERS,
        }
    }
}

impl Tour {
    /// The way was gone to its end.
    pub fn over(&self) -> bool {
        self.delivered
    }

    pub fn hear(&mut self, news: &News) {
        match news {
            News::Found { answer: Answer::TrainingEnvelope(Some(slip)), .. } => {
                self.slip.get_or_insert_with(|| slip.clone());
            }
            News::Delivering(DeliveryStep::Done { .. }) => self.delivered = true,
            _ => {}
        }
    }

    /// The step that comes next, from what is so; a newcomer may do things in another order.
    pub fn step(&self, view: &View, session: &Session) -> Step {
        if self.delivered {
            return Step::Done;
        }
        let Some(me) = &session.me else { return self.who_is_wanted(view) };
        let Some(envelope) = view.envelopes.values().next() else { return Step::Open };
        if !envelope.open {
            return if me.role.may(Duty::Deliver) { Step::Deliver } else { Step::CallDelivery };
        }
        let sum = envelope.tally.sum();
        let all = self.slip.as_ref().map_or(sum.declared, |slip| u64::from(slip.sheets));
        if sum.taken < all {
            return match (envelope.settle.last(), sum.taken) {
                (Some(item), _) if Some(item.ordinal) == envelope.last => Step::Stop,
                (_, 0) => Step::FirstSheet,
                _ => Step::MoreSheets,
            };
        }
        if !envelope.check.is_empty() {
            return Step::Check;
        }
        if let Some(step) = keying(envelope, &me.id, me.role) {
            return step;
        }
        if !envelope.settle.is_empty() {
            return if me.role.may(Duty::Settle) { Step::Settle } else { Step::CallSupervisor };
        }
        Step::Close
    }

    /// Nobody sits here: the first time it is the newcomer, later whoever the work waits for.
    fn who_is_wanted(&self, view: &View) -> Step {
        let Some(envelope) = view.envelopes.values().next() else { return Step::SignIn };
        if !envelope.open {
            return Step::CallDelivery;
        }
        match envelope.entry.first().map(|item| item.keyed_by.len()) {
            Some(1) => Step::SecondPerson,
            Some(2) => Step::ThirdPerson,
            Some(_) => Step::SignIn,
            None if envelope.settle.is_empty() => Step::SignIn,
            None => Step::CallSupervisor,
        }
    }

    /// Draws the step over the stage, and asks for what it needs to know. `low`: the stage needs the room.
    /// True: the band is to go.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        (theme, words): (&Theme, &Words),
        view: &View,
        s: &mut Session,
        low: bool,
    ) -> bool {
        if !self.asked {
            self.asked = true;
            let ticket = s.ticket();
            s.orders.push(Order::Ask { ticket, query: Query::TrainingEnvelope });
        }
        let step = self.step(view, s);
        let text = self.text(step, words, view, s);
        self.reached = self.reached.max(step.chapter());
        let count = words.tour_step(self.reached, CHAPTERS);
        let (font, margin) = if low { (theme.small(), 2) } else { (theme.strong(), 8) };
        let frame = Frame::new().fill(theme.accent).inner_margin(Margin::symmetric(16, margin));
        let mut leave = false;
        Panel::top("tour").frame(frame).show_separator_line(false).show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.spacing_mut().interact_size.y = theme.size(18.0);
                let count = RichText::new(count).font(theme.small()).color(theme.on_accent);
                ui.label(count);
                if self.over() {
                    let close = words.cmd_leave_tour();
                    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                        leave = cross(ui, theme, &close);
                        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                            Para::new(&text, font, theme.on_accent).show(ui);
                        });
                    });
                } else {
                    Para::new(&text, font, theme.on_accent).show(ui);
                }
            });
        });
        leave
    }

    fn text(&self, step: Step, words: &Words, view: &View, session: &Session) -> String {
        let somewhere = |stage: Stage, here: String, go: String| {
            if session.stage == stage { here } else { go }
        };
        match step {
            Step::SignIn => words.tour_sign_in(),
            Step::Open => match &self.slip {
                Some(slip) => {
                    let counts = slip.slip.values().map(ToString::to_string).collect::<Vec<_>>();
                    words.tour_open(&slip.shop_name, &slip.shop, counts.join(" / "))
                }
                None => words.tour_open_any(),
            },
            Step::FirstSheet => {
                somewhere(Stage::Read, words.tour_first_sheet(), words.tour_go_read())
            }
            Step::Stop => words.tour_stop(),
            Step::MoreSheets => {
                somewhere(Stage::Read, words.tour_more_sheets(), words.tour_go_read())
            }
            Step::Check => somewhere(Stage::Check, words.tour_check(), words.tour_go_check()),
            Step::Key => somewhere(Stage::Entry, words.tour_key(), words.tour_go_entry()),
            Step::SecondPerson => words.tour_second_person(),
            Step::KeyAgain => {
                somewhere(Stage::Entry, words.tour_key_again(), words.tour_go_entry())
            }
            Step::ThirdPerson => words.tour_third_person(named(view, Role::Verifier)),
            Step::KeyThird => {
                somewhere(Stage::Entry, words.tour_key_third(), words.tour_go_entry())
            }
            Step::CallSupervisor => words.tour_call_supervisor(named(view, Role::Supervisor)),
            Step::Settle => {
                somewhere(Stage::Supervisor, words.tour_settle(), words.tour_go_supervisor())
            }
            Step::Close => somewhere(Stage::Edit, words.tour_close(), words.tour_go_edit()),
            Step::CallDelivery => words.tour_call_delivery(named(view, Role::Supervisor)),
            Step::Deliver => {
                somewhere(Stage::Deliver, words.tour_deliver(), words.tour_go_deliver())
            }
            Step::Done => words.tour_done(),
        }
    }
}

/// Closes the band.
fn cross(ui: &mut Ui, theme: &Theme, name: &str) -> bool {
    let size = Vec2::splat(theme.size(24.0));
    let (rect, response) = ui.allocate_exact_size(size, Sense::CLICK);
    paint_sign(ui.painter(), Sign::Stop, rect.center(), theme.size(18.0), theme.on_accent);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, name));
    response.on_hover_text(name).clicked()
}

/// What the keying of this envelope needs next, as far as this person goes.
fn keying(envelope: &EnvelopeView, me: &PersonId, role: Role) -> Option<Step> {
    let mine = |keyed_by: &[PersonId]| keyed_by.contains(me);
    let third = role.may(Duty::Arbitrate);
    let can = |item: &&crate::flow::view::EntryItem| {
        !mine(&item.keyed_by) && (item.keyed_by.len() < 2 || third)
    };
    match envelope.entry.iter().find(can).map(|item| item.keyed_by.len()) {
        Some(0) => Some(Step::Key),
        Some(1) => Some(Step::KeyAgain),
        Some(_) => Some(Step::KeyThird),
        None => match envelope.entry.iter().map(|item| item.keyed_by.len()).min()? {
            0 | 1 => Some(Step::SecondPerson),
            _ => Some(Step::ThirdPerson),
        },
    }
}

/// The number and name of the first person of a role, as the list of persons shows them.
fn named(view: &View, role: Role) -> String {
    let found = view.people.iter().position(|person| person.role == role);
    found.map_or_else(String::new, |index| format!("{} {}", index + 1, view.people[index].name))
}

//! An act on its way. Where the flow wants a second person, the same act goes again with one; while
//! it is on its way, Enter does nothing.

use crate::flow::{Input, Recorded, Refusal};
use crate::ui::port::{News, Ticket, Trouble};
use crate::ui::screen::Cx;

#[derive(Debug, Default)]
enum Flight {
    #[default]
    Ground,
    Sent(Ticket),
    /// The window asks for the second person.
    Second(Ticket),
}

#[derive(Debug, Default)]
pub struct Sending {
    flight: Flight,
    act: Option<(Input, String)>,
    /// Why it was not done, in words.
    pub problem: Option<String>,
}

impl Sending {
    /// Alone, or with a second person if the flow says so. `what` is said to that second person.
    pub fn send(&mut self, input: Input, what: String, cx: &mut Cx<'_>) {
        match self.flight {
            Flight::Sent(_) => {}
            Flight::Second(_) => self.send_with(input, what, cx),
            Flight::Ground => {
                self.problem = None;
                if let Some(ticket) = cx.act(input.clone()) {
                    self.flight = Flight::Sent(ticket);
                    self.act = Some((input, what));
                }
            }
        }
    }

    /// With a second person from the start.
    pub fn send_with(&mut self, input: Input, what: String, cx: &mut Cx<'_>) {
        if !matches!(self.flight, Flight::Sent(_)) {
            self.problem = None;
            self.flight = Flight::Second(cx.act_with_second(input, what));
        }
    }

    pub fn on_its_way(&self) -> bool {
        matches!(self.flight, Flight::Sent(_))
    }

    /// Something else is decided now: what was asked of a second person is void.
    pub fn reconsider(&mut self) {
        if !self.on_its_way() {
            self.flight = Flight::Ground;
            self.problem = None;
        }
    }

    /// What was written, once it is.
    pub fn hear<'n>(&mut self, news: &'n News, cx: &mut Cx<'_>) -> Option<&'n [Recorded]> {
        match news {
            News::Vouched { ticket, .. } if self.is_second(*ticket) => {
                self.flight = Flight::Sent(*ticket);
            }
            News::Done { ticket, events } if self.is(*ticket) => {
                self.flight = Flight::Ground;
                return Some(events);
            }
            News::Refused { ticket, why } if self.is(*ticket) => {
                self.flight = Flight::Ground;
                match (wants_second(why), self.act.take()) {
                    (true, Some((input, what))) => self.send_with(input, what, cx),
                    _ => self.problem = Some(cx.words.trouble(why)),
                }
            }
            _ => {}
        }
        None
    }

    fn is(&self, ticket: Ticket) -> bool {
        matches!(self.flight, Flight::Sent(own) | Flight::Second(own) if own == ticket)
    }

    fn is_second(&self, ticket: Ticket) -> bool {
        matches!(self.flight, Flight::Second(own) if own == ticket)
    }
}

fn wants_second(why: &Trouble) -> bool {
    matches!(why, Trouble::Refused(refusal) if matches!(**refusal, Refusal::SecondPersonMissing))
}

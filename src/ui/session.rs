//! Who sits at the station and what lies on the desk: small things that every screen needs and that are
//! no truth. All of it can be thrown away at any moment.

use super::port::{Order, Ticket};
use crate::flow::{EnvelopeId, Person, PersonId};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stage {
    #[default]
    Open,
    Read,
    Check,
    Entry,
    Edit,
    Deliver,
    Dispose,
    Supervisor,
    Settings,
}

impl Stage {
    pub const RAIL: [Stage; 7] = [
        Stage::Open,
        Stage::Read,
        Stage::Check,
        Stage::Entry,
        Stage::Edit,
        Stage::Deliver,
        Stage::Dispose,
    ];
}

/// What a screen asks of the rest of the window, besides orders to the station.
#[derive(Clone, Debug)]
pub enum Ask {
    Go(Stage),
    /// This envelope is on the desk now.
    Take(EnvelopeId),
    /// Edit with this on it.
    Edit(LookFor),
    /// A sentence at the place where the eye is.
    Tell(Told),
    /// A second person must prove who it is; the act is sent with both.
    Second {
        ticket: Ticket,
        input: Box<crate::flow::Input>,
        what: String,
    },
}

/// What Edit is asked to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LookFor {
    /// A sheet's story.
    Sheet(crate::flow::SheetId),
    /// An envelope's tie-out and sheets.
    Envelope(EnvelopeId),
    /// Anything, as if typed into the search field.
    Text(String),
}

/// A passing sentence above the key line.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    pub text: String,
    pub good: bool,
}

#[derive(Debug, Default)]
pub struct Session {
    pub me: Option<Person>,
    pub stage: Stage,
    pub envelope: Option<EnvelopeId>,
    pub orders: Vec<Order>,
    pub asks: Vec<Ask>,
    /// What Edit shows when it is entered: taken by it.
    pub look_for: Option<LookFor>,
    next_ticket: u64,
}

impl Session {
    pub fn ticket(&mut self) -> Ticket {
        self.next_ticket += 1;
        Ticket(self.next_ticket)
    }

    pub fn my_id(&self) -> Option<PersonId> {
        self.me.as_ref().map(|me| me.id.clone())
    }
}

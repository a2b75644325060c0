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
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    Go(Stage),
    /// This envelope is on the desk now.
    Take(EnvelopeId),
    /// Shows a sheet's story in Edit.
    Story(crate::flow::SheetId),
    /// Edit with this in the search field.
    Search(String),
    /// A sentence at the place where the eye is.
    Tell(Told),
    /// A second person must prove who it is; the act is sent with both.
    Second {
        ticket: Ticket,
        input: Box<crate::flow::Input>,
        what: String,
    },
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

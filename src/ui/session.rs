//! Who sits at the station and what lies on the desk: small things that every screen needs and that are
//! no truth. All of it can be thrown away at any moment.

use super::port::{Order, Ticket};
use super::resume::PulledPapers;
use crate::flow::person::Duty;
use crate::flow::{EnvelopeId, Input, Person, PersonId};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
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
    /// A second person must prove who it is; the errand is sent with both.
    Second {
        ticket: Ticket,
        errand: Errand,
        what: String,
    },
}

/// What waits for a second person.
#[derive(Clone, Debug)]
pub enum Errand {
    Act(Box<Input>),
    /// A delivery of all closed envelopes, or the rest of one that was begun.
    Deliver {
        target: PathBuf,
    },
    /// A delivery that was begun is given up.
    Abandon {
        reason: String,
    },
}

impl Errand {
    /// What the second person must be allowed; `None`: the flow decides when it comes.
    pub fn duty(&self) -> Option<Duty> {
        match self {
            Errand::Act(_) => None,
            Errand::Deliver { .. } | Errand::Abandon { .. } => Some(Duty::Deliver),
        }
    }

    /// The order, now that both are known.
    pub fn order(self, ticket: Ticket, by: PersonId, with: PersonId) -> Order {
        match self {
            Errand::Act(input) => Order::Act { ticket, by, with: Some(with), input: *input },
            Errand::Deliver { target } => Order::Deliver { by, with, target },
            Errand::Abandon { reason } => Order::Abandon { ticket, by, with, reason },
        }
    }
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
    /// It lay there when the program ended, and nobody has gone on with it yet.
    pub resumed: bool,
    /// Papers that were pulled out of piles.
    pub pulled: PulledPapers,
    pub orders: Vec<Order>,
    pub asks: Vec<Ask>,
    /// A screen other than Read shows what lies under the camera. Said anew in each frame.
    pub looks_at_desk: bool,
    /// What Edit shows when it is entered: taken by it.
    pub look_for: Option<LookFor>,
    /// The next scan is not counted: the scanner is learned from it.
    pub learning: bool,
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

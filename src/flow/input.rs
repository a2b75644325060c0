//! What happened outside: a sheet came, a key was pressed, a delivery was written.

use super::aside::{AsideAnswer, AsideFile};
use super::event::{Capture, Genesis, Keyed, List, Slip};
use super::ids::{DeliveryId, EnvelopeId, FeedId, Sha256, SheetId, Stamp};
use super::person::{Duty, Person, PersonId};
use crate::voucher::{KindId, Profile};
use jiff::civil::Date;

/// An input with who did it and when.
#[derive(Clone, Debug)]
pub struct Act {
    pub by: PersonId,
    /// The second person, where two must act.
    pub with: Option<PersonId>,
    pub at: Stamp,
    pub input: Input,
}

#[derive(Clone, Debug)]
pub enum Input {
    /// Only on an empty log. `people` must hold at least one supervisor.
    Begin {
        genesis: Genesis,
        people: Vec<Person>,
    },
    StartSession {
        program: String,
        reader: String,
    },
    /// The profile's text is attached; `profile` is what it says.
    AdoptProfile {
        profile: Box<Profile>,
        sha256: Sha256,
    },
    AddPerson {
        person: Person,
    },
    /// `hash` is the PIN as a PHC string of argon2, made outside the flow. One's own, or by a
    /// supervisor and a second person another's.
    SetPin {
        person: PersonId,
        hash: String,
    },
    /// The PIN was verified outside the flow. Only by the person.
    SignIn {
        person: PersonId,
    },
    /// A wrong PIN, the `tries`-th in a row.
    SignInRefused {
        person: PersonId,
        tries: u32,
    },
    /// The attachment with this hash is already stored in the same transaction.
    ImportList {
        list: List,
        sha256: Sha256,
        rows: u64,
    },
    OpenEnvelope {
        shop: String,
        slip: Slip,
        arrived: Date,
        business_day: Date,
    },
    StartFeed {
        envelope: EnvelopeId,
        folder: String,
        sides: u8,
    },
    /// A file of a feed can't be taken for a sheet. `side_of`: the paper's other side is that sheet.
    SetAside {
        envelope: EnvelopeId,
        feed: FeedId,
        file: AsideFile,
        side_of: Option<u32>,
    },
    /// What became of the paper of a file that was set aside, by its number in the envelope.
    SettleAside {
        envelope: EnvelopeId,
        no: u32,
        answer: AsideAnswer,
        /// The sheet's kind, where it is keyed from the paper.
        kind: Option<KindId>,
    },
    TakeSheet(TakeSheet),
    /// The last sheet of its envelope, as the person saw it.
    Undo {
        sheet: SheetId,
    },
    Check {
        envelope: EnvelopeId,
        right: Vec<u32>,
        wrong: Vec<u32>,
    },
    Key {
        sheet: SheetId,
        answer: Keyed,
        kind: Option<KindId>,
    },
    Hold {
        sheet: SheetId,
        reason: String,
    },
    Settle {
        sheet: SheetId,
        decision: Settlement,
        kind: Option<KindId>,
        reason: String,
    },
    /// Sheets that wait for a supervisor for the same reason, decided as one: all or none.
    SettleAlike {
        sheets: Vec<SheetId>,
        decision: Settlement,
        reason: String,
    },
    CloseEnvelope {
        envelope: EnvelopeId,
        reason: Option<String>,
    },
    ReopenEnvelope {
        envelope: EnvelopeId,
        reason: String,
    },
    /// All closed envelopes, or only these.
    PrepareDelivery {
        envelopes: Option<Vec<EnvelopeId>>,
        date: Date,
    },
    /// Writes nothing: whether these people may go on with a prepared delivery.
    ResumeDelivery {
        delivery: DeliveryId,
    },
    FinishDelivery {
        delivery: DeliveryId,
        manifest: Sha256,
    },
    FailDelivery {
        delivery: DeliveryId,
        why: String,
    },
    /// Go on after a backup was brought back: what the kept heads know of the lost part.
    AcceptRestored {
        lost_seq: u64,
        lost_head: Sha256,
        last_envelope: u64,
        last_delivery: u64,
        reason: String,
    },
    EndDay {
        business_day: Date,
    },
}

impl Input {
    /// What the second person must be allowed, where this act may take two: who can be named. Whether
    /// it does take two is decided with the facts; then the answer without a second person is always
    /// [`Refusal::SecondPersonMissing`](super::Refusal::SecondPersonMissing).
    pub fn second_duty(&self) -> Option<Duty> {
        match self {
            Input::AdoptProfile { .. } => Some(Duty::Import),
            Input::AddPerson { .. } | Input::SetPin { .. } | Input::AcceptRestored { .. } => {
                Some(Duty::ManagePeople)
            }
            Input::Settle { .. } | Input::SettleAlike { .. } => Some(Duty::Check),
            Input::SettleAside { .. }
            | Input::CloseEnvelope { .. }
            | Input::ReopenEnvelope { .. } => Some(Duty::CloseWithDifference),
            Input::PrepareDelivery { .. }
            | Input::ResumeDelivery { .. }
            | Input::FailDelivery { .. } => Some(Duty::Deliver),
            Input::Begin { .. }
            | Input::StartSession { .. }
            | Input::SignIn { .. }
            | Input::SignInRefused { .. }
            | Input::ImportList { .. }
            | Input::OpenEnvelope { .. }
            | Input::StartFeed { .. }
            | Input::SetAside { .. }
            | Input::TakeSheet(_)
            | Input::Undo { .. }
            | Input::Check { .. }
            | Input::Key { .. }
            | Input::Hold { .. }
            | Input::FinishDelivery { .. }
            | Input::EndDay { .. } => None,
        }
    }
}

#[derive(Clone, Debug)]
pub struct TakeSheet {
    pub envelope: EnvelopeId,
    pub captures: Vec<Capture>,
    /// The kind of the pile that the operator declared.
    pub operator_kind: Option<KindId>,
}

/// What a supervisor decides about a sheet that waits, or that counts wrongly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settlement {
    /// It counts under this number, if the number may still be paid.
    Accept(crate::voucher::Number),
    /// It counts under a new provisional number.
    Provisional,
    /// `defect` is one of the profile's 不備; then the profile says what becomes of the sheet.
    Reject {
        returned: bool,
        defect: Option<String>,
    },
    Hold {
        defect: Option<String>,
    },
    /// It is the same paper as this other sheet, of this envelope or another, seen again.
    Same(SheetId),
    /// Back to keying, both persons anew.
    Rekey,
}

impl Settlement {
    /// Whether it says nothing that only one sheet can have, such as its number.
    pub fn fits_many(&self) -> bool {
        match self {
            Settlement::Reject { .. } | Settlement::Hold { .. } | Settlement::Rekey => true,
            Settlement::Accept(_) | Settlement::Provisional | Settlement::Same(_) => false,
        }
    }
}

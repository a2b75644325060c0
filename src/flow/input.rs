//! What happened outside: a sheet came, a key was pressed, a delivery was written.

use super::event::{Capture, Genesis, Keyed, List, Slip};
use super::ids::{DeliveryId, EnvelopeId, Sha256, SheetId, Stamp};
use super::person::{Person, PersonId};
use crate::voucher::{KindId, Reading};
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
    AdoptProfile {
        revision: u32,
        sha256: Sha256,
    },
    AddPerson {
        person: Person,
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
    TakeSheet(TakeSheet),
    UndoLast {
        envelope: EnvelopeId,
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
    FinishDelivery {
        delivery: DeliveryId,
        manifest: Sha256,
    },
    FailDelivery {
        delivery: DeliveryId,
        why: String,
    },
    EndDay {
        business_day: Date,
    },
}

#[derive(Clone, Debug)]
pub struct TakeSheet {
    pub envelope: EnvelopeId,
    pub captures: Vec<Capture>,
    /// All captures' findings together.
    pub reading: Reading,
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
    Reject {
        returned: bool,
    },
    Hold,
    /// Back to keying, both persons anew.
    Rekey,
}

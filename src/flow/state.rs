//! The station's state in memory: people, counters, and every envelope that is not delivered.
//! It is only ever made by `evolve`.

use super::aside::Aside;
use super::event::{Capture, Genesis, Keyed, Mode, Place, Slip, front_picture};
use super::ids::{DeliveryId, EnvelopeId, FeedId, Sha256, SheetId};
use super::person::{Person, PersonId};
use crate::voucher::profile::{Identified, Profile};
use crate::voucher::{BarcodeFinding, KindId, LayoutId, Number, Reason, Verdict};
use jiff::civil::Date;
use std::collections::BTreeMap;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// `None` until the first event.
    pub genesis: Option<Genesis>,
    pub people: BTreeMap<PersonId, Person>,
    /// PINs as PHC strings of argon2, of those who have set one.
    pub pins: BTreeMap<PersonId, String>,
    /// The profile's revision in force.
    pub revision: u32,
    /// Envelopes that are open, closed, or in a delivery that is being written.
    pub envelopes: BTreeMap<EnvelopeId, Envelope>,
    pub last_envelope: u64,
    pub last_delivery: u64,
    /// A delivery that is prepared and neither done nor failed.
    pub delivering: Option<Delivering>,
    /// The last event's sequence number.
    pub seq: u64,
    /// The head of the log that the station's key signed last.
    pub signed: Option<LogHead>,
}

/// The log as it was after one event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogHead {
    pub seq: u64,
    pub hash: Sha256,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Delivering {
    pub id: DeliveryId,
    pub by: PersonId,
    pub with: PersonId,
    pub date: Date,
    pub envelopes: Vec<EnvelopeId>,
    /// The sequence number of its `delivery.prepared`.
    pub seq: u64,
    /// The profile's revision by which it is written.
    pub revision: u32,
    /// The shops' names as they were then, by code.
    pub shops: BTreeMap<String, String>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Envelope {
    pub id: EnvelopeId,
    pub shop: String,
    pub slip: Slip,
    pub arrived: Date,
    pub business_day: Date,
    pub bundle: u32,
    pub phase: Phase,
    /// Feed n stands at index n-1.
    pub feeds: Vec<Feed>,
    /// The sheet with ordinal n stands at index n-1, undone ones too.
    pub sheets: Vec<Sheet>,
    /// The file set aside with number n stands at index n-1.
    pub asides: Vec<Aside>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase {
    Open,
    Closed { reason: Option<String> },
    Delivering { delivery: DeliveryId, reason: Option<String> },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feed {
    pub folder: String,
    pub sides: u8,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    pub id: SheetId,
    pub kind: Option<KindId>,
    pub layout: Option<LayoutId>,
    pub captures: Vec<Capture>,
    pub read: Option<Number>,
    pub verdict: Verdict,
    pub reasons: Vec<Reason>,
    /// The profile's revision at which it was taken.
    pub revision: u32,
    pub place: Place,
    /// Keyings since the sheet came to entry, in order.
    pub keyings: Vec<Keying>,
    /// Somebody acted on it after it was taken.
    pub touched: bool,
    /// The number that two people have keyed alike, whatever became of it.
    pub agreed: Option<Number>,
    /// What spoke against it and was overridden when it was last settled.
    pub over: Vec<Reason>,
    /// The sheet that it repeats: by its number, or by the very same picture.
    pub repeats: Option<SheetId>,
    /// Everything for which it ever waited for a supervisor, whatever was decided since.
    pub stopped: Vec<Reason>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keying {
    pub by: PersonId,
    pub answer: Keyed,
    pub kind: Option<KindId>,
}

impl State {
    /// Nothing here is paid.
    pub fn training(&self) -> bool {
        self.genesis.as_ref().is_some_and(|genesis| genesis.mode == Mode::Training)
    }

    pub fn envelope(&self, id: EnvelopeId) -> Option<&Envelope> {
        self.envelopes.get(&id)
    }

    pub fn sheet(&self, id: SheetId) -> Option<&Sheet> {
        self.envelope(id.envelope)?.sheet(id.ordinal)
    }
}

impl Envelope {
    /// A sheet that is in the envelope.
    pub fn sheet(&self, ordinal: u32) -> Option<&Sheet> {
        let index = usize::try_from(ordinal).ok()?.checked_sub(1)?;
        self.sheets.get(index).filter(|sheet| sheet.place.is_live())
    }

    /// The place in the pile at which a sheet was laid, from 1: the sheets before it that are still some,
    /// and the papers before it whose files were set aside.
    pub fn position(&self, ordinal: u32) -> u32 {
        self.live_up_to(ordinal.saturating_sub(1)) + self.asides_before(ordinal) + 1
    }

    /// How many of the sheets up to this ordinal are in the envelope.
    pub(super) fn live_up_to(&self, ordinal: u32) -> u32 {
        let taken = usize::try_from(ordinal).unwrap_or(usize::MAX);
        let live = self.sheets.iter().take(taken).filter(|sheet| sheet.place.is_live()).count();
        u32::try_from(live).unwrap_or(u32::MAX)
    }

    /// All sheets that are in the envelope: those taken, not undone, and of paper of their own.
    pub fn live(&self) -> impl DoubleEndedIterator<Item = &Sheet> {
        self.sheets.iter().filter(|sheet| sheet.place.is_live())
    }
}

impl Sheet {
    pub fn in_hand(&self) -> bool {
        matches!(self.place, Place::Check { .. } | Place::Entry | Place::Settle { .. })
    }

    /// The number that its barcode says, if it says one.
    pub fn barcode_number(&self, profile: &Profile) -> Option<Number> {
        match profile.identify_barcode(self.barcode()?) {
            Identified::Number { number, .. } => Some(number),
            Identified::CheckDigitWrong { .. } | Identified::OtherScheme => None,
        }
    }

    /// The picture that people are shown of it: its front's, else any; `None` if none was taken.
    pub fn picture(&self) -> Option<&Sha256> {
        front_picture(&self.captures)
    }

    /// The layout that any capture looked like; only a hint.
    pub fn looks_like(&self) -> Option<&LayoutId> {
        self.captures.iter().find_map(|capture| capture.reading.looks_like.as_ref())
    }

    /// The first barcode that any capture found.
    pub fn barcode(&self) -> Option<&BarcodeFinding> {
        self.captures.iter().find_map(|capture| capture.reading.barcode.as_ref())
    }
}

impl Envelope {
    /// A feed that was started in this envelope.
    pub fn feed(&self, feed: FeedId) -> Option<&Feed> {
        let index = usize::try_from(feed.0).ok()?.checked_sub(1)?;
        self.feeds.get(index)
    }
}

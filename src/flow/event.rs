//! Facts recorded for ever. Field names are the log's words: add a field with a default or raise
//! the version and write an upcaster (`store::upcast`), never rename.

use super::aside::{AsideEnd, AsideFile};
use super::found::PlaceWord;
use super::ids::{DeliveryId, EnvelopeId, FeedId, Sha256, SheetId, Stamp, Station};
use super::person::{Person, PersonId};
use crate::voucher::{KindId, LayoutId, Number, Reading, Reason, Side, Verdict, Yen};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// An event with its place in the log.
#[derive(Clone, Debug, PartialEq)]
pub struct Recorded {
    /// From 1, without gaps.
    pub seq: u64,
    pub at: Stamp,
    pub by: PersonId,
    pub event: Event,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    Live,
    Training,
}

/// Declared sheets by kind, from the slip (換金伝票).
pub type Slip = BTreeMap<KindId, u32>;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event")]
pub enum Event {
    #[serde(rename = "genesis")]
    Genesis(Genesis),
    /// A new revision of the profile is in force from here.
    #[serde(rename = "profile.adopted")]
    ProfileAdopted { revision: u32, sha256: Sha256, with: PersonId },
    /// The program was started on this data; what follows was made by it.
    #[serde(rename = "session.started")]
    SessionStarted { program: String, reader: String, profile: u32 },
    #[serde(rename = "person.added")]
    PersonAdded {
        person: Person,
        /// The second person who vouches for it; none only at the beginning.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        with: Option<PersonId>,
    },
    /// The person's PIN from here on, as a PHC string of argon2; the PIN itself is nowhere.
    #[serde(rename = "person.pin")]
    PinSet {
        person: PersonId,
        hash: String,
        /// The second person, where it is another's PIN.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        with: Option<PersonId>,
    },
    /// A person proved the own PIN and works at the station from here on.
    #[serde(rename = "person.signed-in")]
    SignedIn { person: PersonId },
    /// So many wrong PINs in a row were given for this person.
    #[serde(rename = "person.sign-in-refused")]
    SignInRefused { person: PersonId, tries: u32 },
    /// A list came in; its content is the attachment with this hash.
    #[serde(rename = "list.imported")]
    ListImported { list: List, sha256: Sha256, rows: u64 },
    #[serde(rename = "envelope.opened")]
    EnvelopeOpened {
        envelope: EnvelopeId,
        shop: String,
        slip: Slip,
        /// 受付日
        arrived: Date,
        /// 営業日
        business_day: Date,
        bundle: u32,
    },
    #[serde(rename = "feed.started")]
    FeedStarted { envelope: EnvelopeId, feed: FeedId, folder: String, sides: u8 },
    /// A file of the feed that can't be taken for a sheet is set aside. Recorded before it is moved. In
    /// its envelope it is known by its number: the first one is 1.
    #[serde(rename = "file.aside")]
    FileAside {
        envelope: EnvelopeId,
        feed: FeedId,
        #[serde(flatten)]
        file: AsideFile,
        /// The ordinal of the last sheet that was taken before it; 0: none.
        after: u32,
        /// Where it is clear at once what became of the paper.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        end: Option<AsideEnd>,
    },
    /// Somebody said what became of the paper of a file that was set aside.
    #[serde(rename = "aside.settled")]
    AsideSettled {
        envelope: EnvelopeId,
        no: u32,
        end: AsideEnd,
        /// The second person, where one was needed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        with: Option<PersonId>,
    },
    #[serde(rename = "sheet.taken")]
    SheetTaken(SheetTaken),
    /// The last sheet of the envelope was taken back: it is as if it had not been laid down.
    #[serde(rename = "sheet.undone")]
    SheetUndone { sheet: SheetId },
    /// A contact sheet was confirmed: what became of each sheet on it.
    #[serde(rename = "sheets.checked")]
    SheetsChecked { envelope: EnvelopeId, right: Vec<Moved>, wrong: Vec<Moved> },
    /// One person's keying, and where the sheet went with it.
    #[serde(rename = "sheet.keyed")]
    SheetKeyed {
        sheet: SheetId,
        answer: Keyed,
        /// The kind that this person named.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        kind: Option<KindId>,
        /// The sheet's kind from here on, where this keying settled it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        settled_kind: Option<KindId>,
        place: Place,
    },
    /// A supervisor settled a sheet, or an operator held one.
    #[serde(rename = "sheet.settled")]
    SheetSettled {
        sheet: SheetId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        kind: Option<KindId>,
        place: Place,
        reason: String,
        /// What spoke against it and was overridden.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        over: Vec<Reason>,
        /// The second person, where one was needed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        with: Option<PersonId>,
    },
    #[serde(rename = "envelope.closed")]
    EnvelopeClosed {
        envelope: EnvelopeId,
        /// By kind, found less declared; only kinds that differ. The empty kind is 券種不明.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        difference: BTreeMap<String, i64>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        with: Option<PersonId>,
        /// Held sheets, by name, as they are not paid.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        held: Vec<SheetId>,
        sheets: u32,
        amount: Yen,
    },
    #[serde(rename = "envelope.reopened")]
    EnvelopeReopened { envelope: EnvelopeId, reason: String, with: PersonId },
    /// Preflight was right: these envelopes are frozen for this delivery until it is done or failed.
    #[serde(rename = "delivery.prepared")]
    DeliveryPrepared {
        delivery: DeliveryId,
        envelopes: Vec<EnvelopeId>,
        with: PersonId,
        date: Date,
        sheets: u64,
        amount: Yen,
        /// The profile's revision by which it is written.
        profile: u32,
        /// The shops' names as they were then, by code: a later list changes nothing in this delivery.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        shops: BTreeMap<String, String>,
    },
    /// Written, flushed and read back; the envelopes are frozen for ever.
    #[serde(rename = "delivery.done")]
    DeliveryDone { delivery: DeliveryId, manifest: Sha256 },
    #[serde(rename = "delivery.failed")]
    DeliveryFailed { delivery: DeliveryId, why: String, with: PersonId },
    #[serde(rename = "day.ended")]
    DayEnded { business_day: Date },
    /// The station's key signed the head of the log as it was at `seq`.
    #[serde(rename = "head.signed")]
    HeadSigned { seq: u64, head: Sha256, signature: String },
    /// The log is an older one than the station's key has signed: a backup was brought back. Counters
    /// go on after the lost part, so that no id is given twice.
    #[serde(rename = "log.restored")]
    LogRestored {
        lost_seq: u64,
        lost_head: Sha256,
        last_envelope: u64,
        last_delivery: u64,
        reason: String,
        with: PersonId,
    },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Genesis {
    /// 128 random bits in hexadecimal: tells two campaigns apart that are alike in everything else.
    pub id: String,
    pub campaign: String,
    pub station: Station,
    pub mode: Mode,
    pub revision: u32,
    pub profile: Sha256,
    /// The station's public key (minisign), so that signed heads can be read.
    pub key: String,
    pub program: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum List {
    Shops,
    Issued,
    Blocked,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SheetTaken {
    pub sheet: SheetId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<KindId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub layout: Option<LayoutId>,
    /// The kind of the pile, as the operator declared it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operator_kind: Option<KindId>,
    pub captures: Vec<Capture>,
    /// What the machine read, mapped to a number; it stays whatever people decide. Left out where it
    /// is the number under which the machine accepted the sheet at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read: Option<Number>,
    #[serde(default = "accept", skip_serializing_if = "is_accept")]
    pub verdict: Verdict,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<Reason>,
    /// The profile's revision in force.
    pub profile: u32,
    pub place: Place,
}

/// One look at a sheet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Capture {
    #[serde(default, skip_serializing_if = "is_front")]
    pub side: Side,
    #[serde(flatten)]
    pub source: Source,
    /// Everything that this look read.
    #[serde(flatten)]
    pub reading: Reading,
}

fn accept() -> Verdict {
    Verdict::Accept
}

fn is_accept(verdict: &Verdict) -> bool {
    *verdict == Verdict::Accept
}

fn is_front(side: &Side) -> bool {
    *side == Side::Front
}

/// Where a look came from. Every variant has fields in braces, even none: the log flattens it into
/// the capture, as `"file":{…}`, `"camera":{…}`, `"code":{}`, `"hand":{}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// A file of a feed: keyed by its feed's folder, its name, its size in bytes and the SHA-256 of
    /// its bytes; the picture is kept under the same hash.
    File { feed: FeedId, name: String, size: u64, sha256: Sha256 },
    /// A picture of the desk camera: its size in bytes, and the hash under which it is kept.
    Camera { size: u64, sha256: Sha256 },
    /// A hand scanner: text only, no picture.
    Code {},
    /// Laid down by a person who says that it can't be read; no picture, no reading.
    Hand {},
}

impl Source {
    /// The picture that was kept of this look, if there is one.
    pub fn picture(&self) -> Option<&Sha256> {
        match self {
            Source::File { sha256, .. } | Source::Camera { sha256, .. } => Some(sha256),
            Source::Code {} | Source::Hand {} => None,
        }
    }

    /// The file's name; empty for what is no file.
    pub fn name(&self) -> &str {
        match self {
            Source::File { name, .. } => name,
            Source::Camera { .. } | Source::Code {} | Source::Hand {} => "",
        }
    }
}

impl Capture {
    /// The picture of this look, if there is one.
    pub fn picture(&self) -> Option<&Sha256> {
        self.source.picture()
    }
}

/// The picture that people are shown of a sheet: that of its front, else of whatever side has one.
pub fn front_picture(captures: &[Capture]) -> Option<&Sha256> {
    let front = captures.iter().filter(|capture| capture.side == Side::Front);
    front.chain(captures).find_map(Capture::picture)
}

/// A sheet that moved, by its ordinal in the envelope.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Moved {
    pub ordinal: u32,
    pub place: Place,
}

/// What a person keyed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Keyed {
    Number(Number),
    /// 判別不能
    Cannot,
}

/// The one place a sheet is in (law 2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Place {
    Accepted(Accepted),
    /// In hand: someone must act.
    Check {
        number: Number,
    },
    Entry,
    Settle {
        reasons: Vec<Reason>,
        /// The sheets that already count under its number, or are the same picture.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        others: Vec<SheetId>,
        /// Why the list of blocked numbers has its number.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        blocked: Option<String>,
    },
    Rejected {
        reason: String,
        /// The profile's id of the 不備.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        defect: Option<String>,
        returned: bool,
    },
    Held {
        reason: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        defect: Option<String>,
    },
    /// The same paper as another sheet, of this envelope or another, seen again: no sheet of its own.
    Same {
        sheet: SheetId,
    },
    /// Taken back by undo: not a sheet of the envelope any more.
    Undone,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    #[serde(flatten)]
    pub number: Counted,
    #[serde(default, skip_serializing_if = "How::is_machine")]
    pub how: How,
    /// What the sheet is worth at its profile revision; 0 if it isn't paid.
    pub yen: Yen,
}

/// Under what a sheet counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Counted {
    Number(Number),
    /// 仮券番
    Provisional(String),
}

/// Who made sure of the number; the machine where nothing is said.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum How {
    #[default]
    Machine,
    Eye,
    Keyed,
    Settled,
}

impl SheetTaken {
    /// What the machine read, also where the event leaves it out.
    pub fn machine_read(&self) -> Option<&Number> {
        match (&self.read, &self.place) {
            (None, Place::Accepted(Accepted { number: Counted::Number(number), .. })) => {
                Some(number)
            }
            (read, _) => read.as_ref(),
        }
    }
}

impl How {
    fn is_machine(&self) -> bool {
        *self == How::Machine
    }
}

impl Event {
    /// The envelope that an event is about, if it is about just one.
    pub fn envelope(&self) -> Option<EnvelopeId> {
        match self {
            Event::EnvelopeOpened { envelope, .. }
            | Event::FileAside { envelope, .. }
            | Event::AsideSettled { envelope, .. }
            | Event::FeedStarted { envelope, .. }
            | Event::SheetsChecked { envelope, .. }
            | Event::EnvelopeClosed { envelope, .. }
            | Event::EnvelopeReopened { envelope, .. } => Some(*envelope),
            Event::SheetTaken(taken) => Some(taken.sheet.envelope),
            Event::SheetUndone { sheet }
            | Event::SheetKeyed { sheet, .. }
            | Event::SheetSettled { sheet, .. } => Some(sheet.envelope),
            Event::Genesis(_)
            | Event::ProfileAdopted { .. }
            | Event::SessionStarted { .. }
            | Event::PersonAdded { .. }
            | Event::PinSet { .. }
            | Event::SignedIn { .. }
            | Event::SignInRefused { .. }
            | Event::ListImported { .. }
            | Event::DeliveryPrepared { .. }
            | Event::DeliveryDone { .. }
            | Event::DeliveryFailed { .. }
            | Event::DayEnded { .. }
            | Event::LogRestored { .. }
            | Event::HeadSigned { .. } => None,
        }
    }
}

impl Place {
    /// Whether there is a sheet of paper for it in the envelope.
    pub fn is_live(&self) -> bool {
        !matches!(self, Place::Undone | Place::Same { .. })
    }

    /// One word, as lines and lists say it.
    pub fn word(&self) -> &'static str {
        PlaceWord::of(self).word()
    }
}

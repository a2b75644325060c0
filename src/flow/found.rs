//! What look-ups in the store give back: rows for lists, searches and a sheet's story.

use super::Recorded;
use super::event::Place;
use super::ids::{DeliveryId, EnvelopeId, Sha256, SheetId};
use crate::voucher::{KindId, Yen};
use jiff::civil::Date;

/// Which place a sheet is in, without what belongs to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceWord {
    Accepted,
    Check,
    Entry,
    Settle,
    /// Rejected and kept.
    Rejected,
    /// Rejected and returned.
    Returned,
    Held,
    Undone,
    Same,
}

impl PlaceWord {
    pub const ALL: [PlaceWord; 9] = [
        PlaceWord::Accepted,
        PlaceWord::Check,
        PlaceWord::Entry,
        PlaceWord::Settle,
        PlaceWord::Rejected,
        PlaceWord::Returned,
        PlaceWord::Held,
        PlaceWord::Undone,
        PlaceWord::Same,
    ];

    pub fn of(place: &Place) -> PlaceWord {
        match place {
            Place::Accepted(_) => PlaceWord::Accepted,
            Place::Check { .. } => PlaceWord::Check,
            Place::Entry => PlaceWord::Entry,
            Place::Settle { .. } => PlaceWord::Settle,
            Place::Rejected { returned: false, .. } => PlaceWord::Rejected,
            Place::Rejected { returned: true, .. } => PlaceWord::Returned,
            Place::Held { .. } => PlaceWord::Held,
            Place::Undone => PlaceWord::Undone,
            Place::Same { .. } => PlaceWord::Same,
        }
    }

    /// As lines and lists say it.
    pub fn word(self) -> &'static str {
        match self {
            PlaceWord::Accepted => "accepted",
            PlaceWord::Check => "check",
            PlaceWord::Entry => "entry",
            PlaceWord::Settle => "settle",
            PlaceWord::Rejected => "rejected",
            PlaceWord::Returned => "returned",
            PlaceWord::Held => "held",
            PlaceWord::Undone => "undone",
            PlaceWord::Same => "same",
        }
    }

    /// Whether a sheet there waits for someone.
    pub fn in_hand(self) -> bool {
        matches!(self, PlaceWord::Check | PlaceWord::Entry | PlaceWord::Settle)
    }
}

/// A sheet that a search found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundSheet {
    pub sheet: SheetId,
    /// Place in the pile, from 1.
    pub position: u32,
    /// The number or 仮券番 that counts, else what the machine read or two people keyed alike. Never of
    /// a sheet that waits for keying: that is keyed blind.
    pub number: Option<String>,
    pub kind: Option<KindId>,
    pub place: PlaceWord,
    /// The sheet that it repeats, where it waits for a supervisor or does not count.
    pub repeats: Option<SheetId>,
    pub shop: String,
    /// Empty where no list names the shop.
    pub shop_name: String,
    /// 受付日
    pub arrived: Date,
    /// The delivery that it left with.
    pub delivered: Option<DeliveryId>,
}

/// An event as people read it in a sheet's story. It may tell what someone keyed: not for the eyes of
/// one who is to key the sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct EventRow {
    pub seq: u64,
    pub kind: String,
    pub body: String,
    pub recorded: Recorded,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DeliveryState {
    /// Begun, and neither done nor failed.
    Prepared,
    Done,
    Failed,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryRow {
    pub id: DeliveryId,
    pub date: Date,
    pub state: DeliveryState,
    pub sheets: u64,
    pub amount: Yen,
    /// The manifest's hash, once it is done.
    pub manifest: Option<Sha256>,
}

/// How far an envelope is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PhaseWord {
    Open,
    Closed,
    /// In a delivery that is being written.
    Delivering,
    Delivered,
}

/// Which envelopes a list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EnvelopeFilter {
    /// Oldest first.
    Open,
    /// Closed and in no delivery, oldest first.
    Closed,
    /// All that have not left, oldest first.
    Undelivered,
    /// Those that have left, newest first.
    Delivered,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnvelopeLine {
    pub id: EnvelopeId,
    pub shop: String,
    /// Empty where no list names the shop.
    pub shop_name: String,
    /// 受付日
    pub arrived: Date,
    /// The slip's sheets.
    pub declared: u64,
    /// Sheets that were found so far.
    pub sheets: u64,
    /// As it was closed; `None` while it is open.
    pub amount: Option<Yen>,
    pub phase: PhaseWord,
    /// The delivery that it is in or left with.
    pub delivery: Option<DeliveryId>,
}

/// What keeps a delivery from leaving, or should be known before it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PreflightPoint {
    /// This delivery was begun and must be finished first.
    Unfinished { delivery: DeliveryId },
    /// No envelope is closed and waits.
    NothingClosed,
    /// Accepted in a closed envelope under a number that a list has blocked since, for this reason.
    BlockedMeanwhile { sheet: SheetId, reason: String },
    /// These are closed, but no list names their shop.
    ShopUnnamed { envelope: EnvelopeId, shop: String },
    /// Stays here: it is open, with so many sheets in hand.
    StillOpen { envelope: EnvelopeId, check: u32, entry: u32, settle: u32 },
    /// Sheets of a closed envelope that leave unpaid, by ordinal.
    Held { envelope: EnvelopeId, ordinals: Vec<u32> },
}

impl PreflightPoint {
    /// Whether nothing can leave before this is done.
    pub fn blocks(&self) -> bool {
        match self {
            PreflightPoint::Unfinished { .. }
            | PreflightPoint::NothingClosed
            | PreflightPoint::BlockedMeanwhile { .. } => true,
            PreflightPoint::ShopUnnamed { .. }
            | PreflightPoint::StillOpen { .. }
            | PreflightPoint::Held { .. } => false,
        }
    }
}

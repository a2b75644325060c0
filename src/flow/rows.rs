//! Rows that leave the flow: what deliveries and lists are made from.

use super::event::Place;
use super::ids::{DeliveryId, EnvelopeId, Sha256, SheetId, Station};
use super::person::PersonId;
use crate::voucher::{KindId, Number, Yen};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// One sheet's final result, in delivery order (envelope, then ordinal).
#[derive(Clone, Debug, PartialEq)]
pub struct SheetRow {
    pub sheet: SheetId,
    /// Place in the pile, from 1, undone sheets not counted.
    pub position: u32,
    pub kind: Option<KindId>,
    /// What the machine read; blank where it read none.
    pub read: Option<Number>,
    /// What two people keyed alike, whatever became of it.
    pub keyed: Option<Number>,
    /// The sheet that it repeats, where it does not count.
    pub repeats: Option<SheetId>,
    /// Accepted, rejected or held; never in hand.
    pub place: Place,
}

/// One delivered envelope.
#[derive(Clone, Debug, PartialEq)]
pub struct EnvelopeRow {
    pub envelope: EnvelopeId,
    pub shop: String,
    pub shop_name: String,
    pub arrived: Date,
    pub business_day: Date,
    pub slip: BTreeMap<KindId, u32>,
    pub totals: Totals,
    /// Full bundles (束).
    pub bundles: u32,
    /// Sheets beside the full bundles.
    pub loose: u32,
    /// The typed reason of a closing with a difference.
    pub difference_reason: Option<String>,
}

/// Sheets of an envelope (or shop, or delivery) by what became of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    pub accepted: u64,
    pub provisional: u64,
    pub rejected_kept: u64,
    pub rejected_returned: u64,
    pub held: u64,
    pub amount: Yen,
    /// Accepted sheets by kind; the empty id is 券種不明.
    pub by_kind: BTreeMap<String, u64>,
}

impl Totals {
    /// All sheets that were taken; `accepted` includes the provisional ones.
    pub fn sheets(&self) -> u64 {
        self.accepted + self.rejected_kept + self.rejected_returned + self.held
    }
}

/// What a delivery is made from, besides its rows.
#[derive(Clone, Debug, PartialEq)]
pub struct DeliveryHead {
    pub delivery: DeliveryId,
    pub station: Station,
    pub campaign: String,
    /// Tells two campaigns apart that are alike in everything else.
    pub campaign_id: String,
    pub training: bool,
    pub date: Date,
    pub by: PersonId,
    pub with: PersonId,
    pub profile_revision: u32,
    /// The log's length and head when the delivery was prepared.
    pub log_seq: u64,
    pub log_head: Sha256,
    /// The station's public key (minisign).
    pub key: String,
    pub sheets: u64,
    pub amount: Yen,
}

/// A shop as the log's attachment of an imported list holds it (a JSON array of these).
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ShopEntry {
    pub code: String,
    pub name: String,
    #[serde(default)]
    pub kana: String,
}

/// A blocked number as the log's attachment holds it (a JSON array of these).
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct BlockedEntry {
    pub number: Number,
    pub reason: String,
}

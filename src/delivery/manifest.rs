//! `manifest.json`: what the delivery is, what it comes to, and the hash of every data file. It is
//! what is signed. The same head and rows give the same bytes.

use super::encoding;
use super::readme::{self, README};
use super::totals::{Control, KindTotal};
use crate::flow::ids::Sha256;
use crate::flow::rows::DeliveryHead;
use crate::voucher::Yen;
use crate::voucher::profile::Profile;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

pub const MANIFEST: &str = "manifest.json";
pub const SIGNATURE: &str = "manifest.json.minisig";
pub const PUBLIC_KEY: &str = "kenban.pub";
pub const SUMS: &str = "SHA256SUMS";

pub(super) const FORMAT: &str = "kenban delivery";
pub(super) const VERSION: u32 = 2;

/// Field order is the file's order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub format: String,
    pub version: u32,
    /// Station and number, such as `01-0007`.
    pub delivery: String,
    pub campaign: String,
    /// The id that the campaign was given at its beginning.
    pub campaign_id: String,
    /// Training: none of it is money.
    pub training: bool,
    pub date: Date,
    pub by: String,
    pub with: String,
    pub profile_revision: u32,
    pub log: LogMark,
    pub counts: Counts,
    pub amounts: Amounts,
    /// Decimal; the sum of the accepted numbers' digits read as integers.
    pub hash_total: String,
    pub encoding: String,
    pub header: bool,
    /// The four data files.
    pub files: Vec<FileEntry>,
    /// The page for whoever receives them.
    pub readme: ReadmeEntry,
    pub public_key: String,
}

/// The log when the delivery was prepared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogMark {
    pub seq: u64,
    pub head: Sha256,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    pub envelopes: u64,
    pub shops: u64,
    pub sheets: u64,
    pub accepted: u64,
    /// Of the accepted ones.
    pub provisional: u64,
    pub rejected_kept: u64,
    pub rejected_returned: u64,
    pub held: u64,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amounts {
    pub total: Yen,
    /// Accepted sheets and their yen; the empty kind is 券種不明.
    pub by_kind: BTreeMap<String, KindTotal>,
}

/// What a data file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Holds {
    Numbers,
    Results,
    Shops,
    Envelopes,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    pub name: String,
    pub holds: Holds,
    pub bytes: u64,
    /// The header line is not a row.
    pub rows: u64,
    pub sha256: Sha256,
}

/// The page's name, bytes and hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadmeEntry {
    pub name: String,
    pub bytes: u64,
    pub sha256: Sha256,
}

impl ReadmeEntry {
    fn of(bytes: &[u8]) -> ReadmeEntry {
        let (name, sha256) = (README.to_owned(), Sha256::of(bytes));
        ReadmeEntry { name, bytes: bytes.len() as u64, sha256 }
    }
}

impl Counts {
    pub(super) fn of(control: &Control, envelopes: u64, shops: u64) -> Counts {
        Counts {
            envelopes,
            shops,
            sheets: control.sheets,
            accepted: control.accepted,
            provisional: control.provisional,
            rejected_kept: control.rejected_kept,
            rejected_returned: control.rejected_returned,
            held: control.held,
        }
    }
}

impl Amounts {
    pub(super) fn of(control: &Control) -> Amounts {
        Amounts { total: control.amount, by_kind: control.by_kind.clone() }
    }
}

impl Manifest {
    pub(super) fn new(
        head: &DeliveryHead,
        profile: &Profile,
        control: &Control,
        counts: Counts,
        files: Vec<FileEntry>,
    ) -> Manifest {
        let mut manifest = Manifest {
            format: FORMAT.to_owned(),
            version: VERSION,
            delivery: head.station.delivery(head.delivery),
            campaign: head.campaign.clone(),
            campaign_id: head.campaign_id.clone(),
            training: head.training,
            date: head.date,
            by: head.by.to_string(),
            with: head.with.to_string(),
            profile_revision: head.profile_revision,
            log: LogMark { seq: head.log_seq, head: head.log_head },
            counts,
            amounts: Amounts::of(control),
            hash_total: control.hash_total.to_string(),
            encoding: encoding::word(profile.delivery.encoding).to_owned(),
            header: profile.delivery.header,
            files,
            readme: ReadmeEntry::of(b""),
            public_key: key_line(&head.key).to_owned(),
        };
        manifest.readme = ReadmeEntry::of(&readme::bytes(&manifest));
        manifest
    }

    pub(super) fn to_bytes(&self) -> Result<Vec<u8>, serde_json::Error> {
        let mut bytes = serde_json::to_vec_pretty(self)?;
        bytes.push(b'\n');
        Ok(bytes)
    }
}

/// The key's own line of a key file, without the comment.
pub(super) fn key_line(key: &str) -> &str {
    let mut lines = key.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.next_back().unwrap_or_default()
}

/// `SHA256SUMS` of these files, in order of names, as `sha256sum` writes it.
pub(super) fn sums<'a>(files: impl IntoIterator<Item = (&'a str, Sha256)>) -> String {
    let sorted = files.into_iter().collect::<BTreeMap<_, _>>();
    let lines = sorted.iter().map(|(name, sha256)| format!("{sha256}  {name}\n"));
    lines.collect()
}

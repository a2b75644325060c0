//! The issue ledger: which numbers were ever issued. 15 million numbers as compressed bitmaps.

use super::profile::Identified;
use super::{Number, Profile};
use roaring::RoaringTreemap;
use std::collections::BTreeMap;

/// What the ledger says of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Issued {
    /// No ledger is loaded.
    NoLedger,
    Yes,
    No,
}

/// Issued numbers by series. A series is a layout's number with its serial digits taken out; the
/// serial is all digits but the check digit, as an integer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct IssueLedger {
    series: BTreeMap<String, RoaringTreemap>,
}

#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum LedgerError {
    #[error(
        "the stored issue ledger is damaged; restore a backup or import the issued numbers again"
    )]
    Damaged,
    #[error("a range must start and end in the same series and not run backwards: {from} to {to}")]
    Range { from: String, to: String },
    #[error("this number has no serial digits, so it can't stand in a ledger: {0}")]
    NoSerial(String),
    #[error("this is no number of the profile, so it can't stand in its ledger: {0}")]
    NotOfProfile(String),
}

impl IssueLedger {
    pub fn is_empty(&self) -> bool {
        self.series.values().all(RoaringTreemap::is_empty)
    }
    /// How many numbers are in the ledger.
    pub fn len(&self) -> u64 {
        self.series.values().map(RoaringTreemap::len).sum()
    }
    pub fn insert(&mut self, profile: &Profile, number: &Number) -> Result<(), LedgerError> {
        let (series, serial) = place(profile, number)?;
        self.series.entry(series).or_default().insert(serial);
        Ok(())
    }
    /// All numbers from `from` to `to`, both ends included; check digits are recomputed.
    /// Gives how many of them are new.
    pub fn insert_range(
        &mut self,
        profile: &Profile,
        from: &Number,
        to: &Number,
    ) -> Result<u64, LedgerError> {
        let (series, first) = place(profile, from)?;
        let (last_series, last) = place(profile, to)?;
        if series != last_series || first > last {
            return Err(LedgerError::Range { from: from.to_string(), to: to.to_string() });
        }
        let serials = self.series.entry(series).or_default();
        Ok(serials.insert_range(first..=last))
    }
    /// Never [`Issued::NoLedger`] unless the ledger is empty.
    pub fn holds(&self, profile: &Profile, number: &Number) -> Issued {
        if self.is_empty() {
            return Issued::NoLedger;
        }
        let known = place(profile, number).is_ok_and(|(series, serial)| {
            self.series.get(&series).is_some_and(|serials| serials.contains(serial))
        });
        if known { Issued::Yes } else { Issued::No }
    }
    /// Adds all of another ledger.
    pub fn merge(&mut self, other: &IssueLedger) {
        for (series, serials) in &other.series {
            *self.series.entry(series.clone()).or_default() |= serials;
        }
    }
    /// The stored form: magic, number of series, then each series' name and bitmap, each
    /// after its length. Counts are 64 bits, little-endian; the bitmap is Roaring's portable 64-bit
    /// format. Equal ledgers give equal bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let series: Vec<_> = self.series.iter().filter(|(_, s)| !s.is_empty()).collect();
        let mut bytes = MAGIC.to_vec();
        bytes.extend((series.len() as u64).to_le_bytes());
        for (name, serials) in series {
            let mut bitmap = Vec::with_capacity(serials.serialized_size());
            // writing to memory can't fail; a short bitmap would be found by `from_bytes`
            if serials.serialize_into(&mut bitmap).is_err() {
                bitmap.clear();
            }
            for piece in [name.as_bytes(), &bitmap] {
                bytes.extend((piece.len() as u64).to_le_bytes());
                bytes.extend(piece);
            }
        }
        bytes
    }
    /// Any bytes get an answer; only what [`IssueLedger::to_bytes`] wrote is taken.
    pub fn from_bytes(bytes: &[u8]) -> Result<IssueLedger, LedgerError> {
        read(bytes).ok_or(LedgerError::Damaged)
    }
}

const MAGIC: &[u8] = b"KENBAN ISSUED 1\n";

fn read(bytes: &[u8]) -> Option<IssueLedger> {
    let mut rest = bytes.strip_prefix(MAGIC)?;
    let mut ledger = IssueLedger::default();
    for _ in 0..length(&mut rest)? {
        let name = std::str::from_utf8(piece(&mut rest)?).ok()?.to_owned();
        let mut bitmap = piece(&mut rest)?;
        let serials = RoaringTreemap::deserialize_from(&mut bitmap).ok()?;
        let fresh = bitmap.is_empty() && !serials.is_empty();
        if !fresh || ledger.series.insert(name, serials).is_some() {
            return None;
        }
    }
    rest.is_empty().then_some(ledger)
}

fn length(rest: &mut &[u8]) -> Option<usize> {
    let (head, tail) = rest.split_first_chunk()?;
    *rest = tail;
    usize::try_from(u64::from_le_bytes(*head)).ok()
}

fn piece<'b>(rest: &mut &'b [u8]) -> Option<&'b [u8]> {
    let length = length(rest)?;
    let (piece, tail) = rest.split_at_checked(length)?;
    *rest = tail;
    Some(piece)
}

fn place(profile: &Profile, number: &Number) -> Result<(String, u64), LedgerError> {
    let Identified::Number { layout, .. } = profile.identify(number.as_str()) else {
        return Err(LedgerError::NotOfProfile(number.to_string()));
    };
    profile
        .layout(&layout)
        .and_then(|layout| layout.number.series_of(number))
        .ok_or_else(|| LedgerError::NoSerial(number.to_string()))
}

#[cfg(test)]
#[path = "ledger_tests.rs"]
mod tests;

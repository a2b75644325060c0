//! Which numbers of each layout were issued, which were stolen, and which never existed.

use super::campaign::DemoError;
use crate::voucher::barcode::{BarcodeRule, ContentPart};
use crate::voucher::profile::KindRule;
use crate::voucher::{KindId, LayoutId, Number, Profile, Symbology};
use fastrand::Rng;
use std::collections::BTreeSet;

/// The numbers of one layout.
#[derive(Clone, Debug)]
struct Row {
    layout: LayoutId,
    kind: KindId,
    barcode: bool,
    /// Of 100 sheets.
    share: u32,
    /// Issued serials, both ends included; the gap between the two was never issued.
    ranges: [(u64, u64); 2],
    /// The first serial of the stolen ones.
    stolen_from: u64,
    used: BTreeSet<u64>,
}

/// The numbers of all layouts.
#[derive(Clone, Debug)]
pub struct Series {
    rows: Vec<Row>,
    /// Stolen vouchers of each layout.
    stolen: u64,
}

/// Serials left between the two ranges.
const GAP: u64 = 900_000;

impl Series {
    pub fn of(profile: &Profile, vouchers: usize) -> Series {
        let need = (vouchers as u64 * 4).max(200_000);
        let row = |(place, layout): (usize, &crate::voucher::Layout)| {
            let KindRule::Fixed(kind) = &layout.kind else {
                return None;
            };
            let first = 204_000_001 + 113_000_000 * place as u64;
            let second = first + need + GAP;
            Some(Row {
                layout: layout.id.clone(),
                kind: kind.clone(),
                barcode: layout.barcode.is_some(),
                share: [38, 26, 16, 14, 6].get(place).copied().unwrap_or(5),
                ranges: [(first, first + need - 1), (second, second + need / 2 - 1)],
                stolen_from: first + need / 2,
                used: BTreeSet::new(),
            })
        };
        Series {
            rows: profile.layouts.iter().enumerate().filter_map(row).collect(),
            stolen: (vouchers as u64 / 40).max(15),
        }
    }

    /// A layout by how common it is, by its place.
    pub fn layout_by_share(&self, rng: &mut Rng, with_barcode: bool) -> usize {
        let fits = |row: &Row| row.barcode || !with_barcode;
        let all = self.rows.iter().filter(|row| fits(row));
        let mut left = rng.u32(..all.map(|row| row.share).sum::<u32>().max(1));
        for (place, row) in self.rows.iter().enumerate() {
            if fits(row) {
                if left < row.share {
                    return place;
                }
                left -= row.share;
            }
        }
        0
    }

    pub fn kind_by_share(&self, rng: &mut Rng) -> KindId {
        self.names(self.layout_by_share(rng, false)).1
    }

    pub fn names(&self, place: usize) -> (LayoutId, KindId) {
        let row = &self.rows[place];
        (row.layout.clone(), row.kind.clone())
    }

    /// An issued serial that was not given yet and isn't stolen.
    pub fn issued(&mut self, place: usize, rng: &mut Rng) -> u64 {
        let stolen = self.stolen;
        let row = &mut self.rows[place];
        loop {
            let (from, to) = row.ranges[usize::from(rng.u8(..3) == 0)];
            let serial = rng.u64(from..=to);
            let is_stolen = (row.stolen_from..row.stolen_from + stolen).contains(&serial);
            if !is_stolen && row.used.insert(serial) {
                return serial;
            }
        }
    }

    /// A serial from the gap between the issued ranges.
    pub fn never_issued(&mut self, place: usize, rng: &mut Rng) -> u64 {
        let row = &mut self.rows[place];
        loop {
            let serial = row.ranges[0].1 + 1 + rng.u64(..GAP);
            if row.used.insert(serial) {
                return serial;
            }
        }
    }

    /// The next of the stolen ones.
    pub fn stolen(&mut self, place: usize, rng: &mut Rng) -> u64 {
        let stolen = self.stolen;
        let row = &mut self.rows[place];
        let from = row.stolen_from + rng.u64(..stolen);
        let turn = (from..row.stolen_from + stolen).chain(row.stolen_from..from);
        let serial = turn.clone().find(|serial| !row.used.contains(serial));
        let serial = serial.unwrap_or(row.stolen_from);
        row.used.insert(serial);
        serial
    }

    /// `from,to`, a range a line.
    pub fn issued_csv(&self, profile: &Profile) -> Result<String, DemoError> {
        let mut csv = "from,to\r\n".to_owned();
        for row in &self.rows {
            for (from, to) in row.ranges {
                let (from, to) = (number(profile, row, from)?, number(profile, row, to)?);
                csv.push_str(&format!("{from},{to}\r\n"));
            }
        }
        Ok(csv)
    }

    /// `number,reason`
    pub fn blocked_csv(&self, profile: &Profile) -> Result<String, DemoError> {
        let mut csv = "number,reason\r\n".to_owned();
        for row in self.rows.iter().filter(|row| row.barcode) {
            for serial in row.stolen_from..row.stolen_from + self.stolen {
                csv.push_str(&format!("{},盗難\r\n", number(profile, row, serial)?));
            }
        }
        Ok(csv)
    }
}

fn number(profile: &Profile, row: &Row, serial: u64) -> Result<Number, DemoError> {
    profile
        .layout(&row.layout)
        .and_then(|layout| layout.number.compose("", serial))
        .ok_or_else(|| DemoError::Profile(format!("layout {} is too short", row.layout)))
}

/// What stands in the barcode of a number: the other way round of [`BarcodeRule::number_text`].
pub fn barcode_content(rule: &BarcodeRule, number: &Number) -> Option<(Symbology, String)> {
    let part = number.as_str().strip_prefix(rule.add_prefix.as_str())?;
    let symbology = *rule.symbologies.first()?;
    let content = match &rule.part {
        ContentPart::Whole => part.to_owned(),
        ContentPart::Query(field) => format!("https://kenban.example/v?{field}={part}"),
        ContentPart::LastSegment => format!("https://kenban.example/v/{part}"),
        ContentPart::After(text) => format!("{text}{part}"),
    };
    let (start, stop) = rule.start_stop.unwrap_or(('A', 'A'));
    let content = match symbology {
        Symbology::Codabar => format!("{start}{content}{stop}"),
        _ => content,
    };
    Some((symbology, content))
}

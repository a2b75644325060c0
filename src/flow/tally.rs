//! The tie-out of an envelope: what the slip declared beside what was found.

use super::event::{Counted, Place, Slip};
use super::rows::Totals;
use super::state::Envelope;
use crate::voucher::yen::YenOverflow;
use std::collections::BTreeMap;

/// Sheets of one kind by where they are. For every kind:
/// `taken == accepted + rejected + held + in_hand` (law 2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Line {
    pub declared: u64,
    pub taken: u64,
    pub accepted: u64,
    pub rejected: u64,
    pub held: u64,
    pub in_hand: u64,
}

/// By kind; the empty id is 券種不明.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub lines: BTreeMap<String, Line>,
}

impl Tally {
    pub fn of(envelope: &Envelope) -> Tally {
        let mut lines: BTreeMap<String, Line> = BTreeMap::new();
        for (kind, declared) in &envelope.slip {
            lines.entry(kind.to_string()).or_default().declared = u64::from(*declared);
        }
        for sheet in envelope.live() {
            let kind = sheet.kind.as_ref().map(ToString::to_string).unwrap_or_default();
            let line = lines.entry(kind).or_default();
            line.taken += 1;
            match sheet.place {
                Place::Accepted(_) => line.accepted += 1,
                Place::Rejected { .. } => line.rejected += 1,
                Place::Held { .. } => line.held += 1,
                Place::Check { .. } | Place::Entry | Place::Settle { .. } => line.in_hand += 1,
                Place::Same { .. } | Place::Undone => {}
            }
        }
        Tally { lines }
    }

    pub fn sum(&self) -> Line {
        self.lines.values().fold(Line::default(), |sum, line| Line {
            declared: sum.declared + line.declared,
            taken: sum.taken + line.taken,
            accepted: sum.accepted + line.accepted,
            rejected: sum.rejected + line.rejected,
            held: sum.held + line.held,
            in_hand: sum.in_hand + line.in_hand,
        })
    }

    /// Found less declared, kinds that differ only.
    pub fn difference(&self) -> BTreeMap<String, i64> {
        let differ = |line: &Line| line.taken.cast_signed() - line.declared.cast_signed();
        self.lines
            .iter()
            .map(|(kind, line)| (kind.clone(), differ(line)))
            .filter(|(_, difference)| *difference != 0)
            .collect()
    }
}

/// `1000: -1, kind unknown: +1`
pub fn difference_words(difference: &BTreeMap<String, i64>) -> String {
    let word = |(kind, difference): (&String, &i64)| {
        let kind = if kind.is_empty() { "kind unknown" } else { kind };
        format!("{kind}: {difference:+}")
    };
    difference.iter().map(word).collect::<Vec<_>>().join(", ")
}

/// The slip's sheets, all kinds.
pub fn declared(slip: &Slip) -> u64 {
    slip.values().map(|count| u64::from(*count)).sum()
}

/// What the envelope comes to, as deliveries state it. In-hand sheets are not in it.
pub fn totals(envelope: &Envelope) -> Result<Totals, YenOverflow> {
    let mut totals = Totals::default();
    for sheet in envelope.live() {
        match &sheet.place {
            Place::Accepted(accepted) => {
                totals.accepted += 1;
                if matches!(accepted.number, Counted::Provisional(_)) {
                    totals.provisional += 1;
                }
                totals.amount = totals.amount.plus(accepted.yen)?;
                let kind = sheet.kind.as_ref().map(ToString::to_string).unwrap_or_default();
                *totals.by_kind.entry(kind).or_default() += 1;
            }
            Place::Rejected { returned: true, .. } => totals.rejected_returned += 1,
            Place::Rejected { returned: false, .. } => totals.rejected_kept += 1,
            Place::Held { .. } => totals.held += 1,
            Place::Check { .. }
            | Place::Entry
            | Place::Settle { .. }
            | Place::Same { .. }
            | Place::Undone => {}
        }
    }
    Ok(totals)
}

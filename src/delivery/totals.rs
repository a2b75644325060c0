//! Control totals, counted twice: sheet by sheet from the rows, and from what each envelope states.
//! A delivery is only written if both agree with each other and with the delivery's head.

use crate::flow::event::{Counted, Place};
use crate::flow::ids::Station;
use crate::flow::rows::{DeliveryHead, EnvelopeRow, SheetRow, Totals};
use crate::voucher::Yen;
use crate::voucher::yen::YenOverflow;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Accepted sheets of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KindTotal {
    pub sheets: u64,
    pub amount: Yen,
}

/// What rows come to, counted from the rows alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Control {
    pub sheets: u64,
    pub accepted: u64,
    pub provisional: u64,
    pub rejected_kept: u64,
    pub rejected_returned: u64,
    pub held: u64,
    /// Accepted sheets that are paid.
    pub paid: u64,
    pub amount: Yen,
    /// By kind; the empty id is 券種不明.
    pub by_kind: BTreeMap<String, KindTotal>,
    /// The sum of the accepted numbers' digits, read as integers.
    pub hash_total: u128,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TotalsError {
    #[error(
        "sheet {sheet} of envelope {envelope} is still in hand; finish it in check, entry or settlement"
    )]
    InHand { envelope: String, sheet: String },
    #[error(
        "sheet {sheet} is among the rows of envelope {envelope}; the station's data must be audited"
    )]
    Stranger { envelope: String, sheet: String },
    #[error(
        "envelope {envelope} goes on with position {got} where {want} is due; the station's data must be audited"
    )]
    Position { envelope: String, want: u32, got: u32 },
    #[error("envelope {envelope} comes twice or out of order; the station's data must be audited")]
    Order { envelope: String },
    #[error(
        "envelope {envelope} states {what} {stated}, but its sheets come to {counted}; the station's data must be audited"
    )]
    Envelope { envelope: String, what: String, stated: String, counted: String },
    #[error(
        "the delivery was prepared with {what} {stated}, but its envelopes come to {counted}; prepare it again"
    )]
    Delivery { what: &'static str, stated: String, counted: String },
    #[error("the sum of all numbers is too large for a hash total")]
    HashTotal,
    #[error(transparent)]
    Yen(#[from] YenOverflow),
}

impl Control {
    /// Counts one sheet.
    pub(super) fn add(&mut self, station: &Station, row: &SheetRow) -> Result<(), TotalsError> {
        match &row.place {
            Place::Accepted(accepted) => {
                self.accepted += 1;
                self.paid += u64::from(accepted.yen != Yen::ZERO);
                self.amount = self.amount.plus(accepted.yen)?;
                let kind = row.kind.as_ref().map(ToString::to_string).unwrap_or_default();
                let total = self.by_kind.entry(kind).or_default();
                total.sheets += 1;
                total.amount = total.amount.plus(accepted.yen)?;
                match &accepted.number {
                    Counted::Number(number) => self.add_hash(number.digits_value())?,
                    Counted::Provisional(_) => self.provisional += 1,
                }
            }
            Place::Rejected { returned: true, .. } => self.rejected_returned += 1,
            Place::Rejected { returned: false, .. } => self.rejected_kept += 1,
            Place::Held { .. } => self.held += 1,
            Place::Check { .. }
            | Place::Entry
            | Place::Settle { .. }
            | Place::Same { .. }
            | Place::Undone => {
                return Err(TotalsError::InHand {
                    envelope: station.envelope(row.sheet.envelope),
                    sheet: station.sheet(row.sheet),
                });
            }
        }
        self.sheets += 1;
        Ok(())
    }

    pub(super) fn add_hash(&mut self, value: u128) -> Result<(), TotalsError> {
        let sum = self.hash_total.checked_add(value);
        self.hash_total = sum.ok_or(TotalsError::HashTotal)?;
        Ok(())
    }

    /// Adds all of another count.
    pub(super) fn absorb(&mut self, other: &Control) -> Result<(), TotalsError> {
        self.sheets += other.sheets;
        self.accepted += other.accepted;
        self.provisional += other.provisional;
        self.rejected_kept += other.rejected_kept;
        self.rejected_returned += other.rejected_returned;
        self.held += other.held;
        self.paid += other.paid;
        self.amount = self.amount.plus(other.amount)?;
        for (kind, total) in &other.by_kind {
            let sum = self.by_kind.entry(kind.clone()).or_default();
            sum.sheets += total.sheets;
            sum.amount = sum.amount.plus(total.amount)?;
        }
        self.add_hash(other.hash_total)
    }
}

/// Counts an envelope's rows and holds them against what the envelope states.
pub(super) fn count_envelope(
    station: &Station,
    envelope: &EnvelopeRow,
    rows: &[SheetRow],
) -> Result<Control, TotalsError> {
    let name = || station.envelope(envelope.envelope);
    let mut counted = Control::default();
    for (want, row) in (1..).zip(rows) {
        if row.sheet.envelope != envelope.envelope {
            return Err(TotalsError::Stranger {
                envelope: name(),
                sheet: station.sheet(row.sheet),
            });
        }
        if row.position != want {
            return Err(TotalsError::Position { envelope: name(), want, got: row.position });
        }
        counted.add(station, row)?;
    }
    let stated = &envelope.totals;
    let pairs = [
        ("sheets", stated.sheets(), counted.sheets),
        ("accepted sheets", stated.accepted, counted.accepted),
        ("provisional numbers", stated.provisional, counted.provisional),
        ("rejected and kept sheets", stated.rejected_kept, counted.rejected_kept),
        ("rejected and returned sheets", stated.rejected_returned, counted.rejected_returned),
        ("held sheets", stated.held, counted.held),
    ];
    let differ = |what: String, stated: String, counted: String| {
        Err(TotalsError::Envelope { envelope: name(), what, stated, counted })
    };
    for (what, stated, counted) in pairs {
        if stated != counted {
            return differ(what.to_owned(), stated.to_string(), counted.to_string());
        }
    }
    if stated.amount != counted.amount {
        let (stated, counted) = (stated.amount, counted.amount);
        return differ("an amount of yen".to_owned(), stated.to_string(), counted.to_string());
    }
    for kind in stated.by_kind.keys().chain(counted.by_kind.keys()) {
        let stated = stated.by_kind.get(kind).copied().unwrap_or_default();
        let counted = counted.by_kind.get(kind).map_or(0, |total| total.sheets);
        if stated != counted {
            let what = format!("accepted sheets of kind '{kind}'");
            return differ(what, stated.to_string(), counted.to_string());
        }
    }
    Ok(counted)
}

/// The envelopes' own statements, summed apart from the rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Stated {
    sheets: u64,
    amount: Yen,
}

impl Stated {
    pub(super) fn add(&mut self, totals: &Totals) -> Result<(), TotalsError> {
        self.sheets += totals.sheets();
        self.amount = self.amount.plus(totals.amount)?;
        Ok(())
    }

    /// Head, envelopes and rows say the same.
    pub(super) fn close(&self, head: &DeliveryHead, rows: &Control) -> Result<(), TotalsError> {
        for counted in [self.sheets, rows.sheets] {
            if head.sheets != counted {
                return Err(TotalsError::Delivery {
                    what: "sheets",
                    stated: head.sheets.to_string(),
                    counted: counted.to_string(),
                });
            }
        }
        let by_kind = Yen::sum(rows.by_kind.values().map(|total| total.amount))?;
        for counted in [self.amount, rows.amount, by_kind] {
            if head.amount != counted {
                return Err(TotalsError::Delivery {
                    what: "an amount of yen",
                    stated: head.amount.to_string(),
                    counted: counted.to_string(),
                });
            }
        }
        Ok(())
    }
}

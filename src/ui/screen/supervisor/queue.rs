//! What waits for a decision, like with like: by the reason that weighs most, then kind, then place.

use crate::flow::view::SettleItem;
use crate::flow::{EnvelopeId, SheetId, View};
use crate::voucher::Reason;

/// From the heaviest. A sheet has many reasons; this one names it.
const WEIGHT: [Reason; 30] = [
    Reason::Duplicate,
    Reason::SamePicture,
    Reason::Blocked,
    Reason::NotIssued,
    Reason::NotValidAtArrival,
    Reason::OtherScheme,
    Reason::KeyedDiffersFromBarcode,
    Reason::ReadingsDiffer,
    Reason::KeyingsDiffer,
    Reason::KindConflict,
    Reason::SecondNumberDiffers,
    Reason::CannotBeTold,
    Reason::FaceDown,
    Reason::SeveralBarcodes,
    Reason::PartOfCode,
    Reason::SeveralSheets,
    Reason::BrokenPicture,
    Reason::PictureIncomplete,
    Reason::Blank,
    Reason::SideMissing,
    Reason::HeldByPerson,
    Reason::KindUnknown,
    Reason::MarkedWrong,
    Reason::CheckDigitWrong,
    Reason::NothingRead,
    Reason::NoBarcode,
    Reason::NoCheckDigit,
    Reason::OneReading,
    Reason::ProfileWantsPerson,
    Reason::Sample,
];

/// One sheet that waits.
#[derive(Clone, Copy, Debug)]
pub struct Waiting<'v> {
    pub envelope: EnvelopeId,
    pub item: &'v SettleItem,
    /// The reason by which it is grouped.
    pub reason: Reason,
}

impl Waiting<'_> {
    pub fn sheet(&self) -> SheetId {
        SheetId { envelope: self.envelope, ordinal: self.item.ordinal }
    }
}

fn weight(reason: Reason) -> usize {
    WEIGHT.iter().position(|it| *it == reason).unwrap_or(WEIGHT.len())
}

/// The reason that names a sheet.
pub fn main_reason(reasons: &[Reason]) -> Reason {
    let heaviest = reasons.iter().min_by_key(|reason| weight(**reason));
    heaviest.copied().unwrap_or(Reason::HeldByPerson)
}

/// Everything that waits, in the order in which it is shown.
pub fn queue(view: &View) -> Vec<Waiting<'_>> {
    let mut queue = Vec::new();
    for (id, envelope) in &view.envelopes {
        queue.extend(envelope.settle.iter().map(|item| Waiting {
            envelope: *id,
            item,
            reason: main_reason(&item.reasons),
        }));
    }
    queue.sort_by(|one, two| {
        let order = |it: &Waiting<'_>| (weight(it.reason), it.item.kind.clone(), it.sheet());
        order(one).cmp(&order(two))
    });
    queue
}

/// Reasons with how many wait for each, and where the first of them stands in the queue.
pub fn groups(queue: &[Waiting<'_>]) -> Vec<(Reason, usize, usize)> {
    let mut groups: Vec<(Reason, usize, usize)> = Vec::new();
    for (index, waiting) in queue.iter().enumerate() {
        match groups.last_mut() {
            Some((reason, count, _)) if *reason == waiting.reason => *count += 1,
            _ => groups.push((waiting.reason, 1, index)),
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_its_weight_once() {
        let mut weights = WEIGHT.to_vec();
        weights.sort_unstable();
        weights.dedup();
        assert_eq!(weights, {
            let mut all = Reason::ALL.to_vec();
            all.sort_unstable();
            all
        });
    }

    #[test]
    fn a_repeat_names_a_sheet_before_all_else() {
        let reasons = [Reason::OneReading, Reason::HeldByPerson, Reason::Duplicate];
        assert_eq!(main_reason(&reasons), Reason::Duplicate);
        assert_eq!(main_reason(&[Reason::NothingRead, Reason::HeldByPerson]), Reason::HeldByPerson);
        assert_eq!(main_reason(&[]), Reason::HeldByPerson);
    }
}

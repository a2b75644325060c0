//! For which reason a sheet waits for a supervisor: the one that weighs most names it.

use super::event::Place;
use super::state::Sheet;
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

/// A reason's place among all, the heaviest first.
pub fn weight(reason: Reason) -> usize {
    WEIGHT.iter().position(|it| *it == reason).unwrap_or(WEIGHT.len())
}

/// The reason that names a sheet.
pub fn main_reason(reasons: &[Reason]) -> Reason {
    let heaviest = reasons.iter().min_by_key(|reason| weight(**reason));
    heaviest.copied().unwrap_or(Reason::HeldByPerson)
}

/// Everything that was found on a sheet, and why it was stopped.
pub fn reasons(sheet: &Sheet, stops: &[Reason]) -> Vec<Reason> {
    let mut reasons = sheet.reasons.clone();
    reasons.extend(stops.iter().filter(|stop| !sheet.reasons.contains(stop)));
    reasons
}

/// The reason for which a sheet waits for a supervisor, if it does.
pub fn of(sheet: &Sheet) -> Option<Reason> {
    match &sheet.place {
        Place::Settle { reasons: stops, .. } => Some(main_reason(&reasons(sheet, stops))),
        _ => None,
    }
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

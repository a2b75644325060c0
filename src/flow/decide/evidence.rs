//! What speaks for a number and what against it, before a person alone may say that a sheet counts
//! under it.

use super::Ctx;
use super::sheet::kind_of_keyed;
use crate::flow::event::Keyed;
use crate::flow::refusal::Refusal;
use crate::flow::state::Sheet;
use crate::voucher::profile::Identified;
use crate::voucher::{BarcodeFinding, KindId, Number, Reason};

/// What found itself on a sheet, or was ever said of it, that speaks against counting it under this
/// number and kind. What only the station's facts know (paid, blocked, issued, valid) is asked anew.
pub(super) fn against(
    ctx: &Ctx<'_>,
    sheet: &Sheet,
    number: &Number,
    kind: Option<&KindId>,
) -> Vec<Reason> {
    let found = sheet.reasons.iter().chain(&sheet.stopped);
    let mut against = found.copied().filter(|it| speaks(*it)).collect::<Vec<_>>();
    let mut add = |speaks: bool, reason: Reason| {
        if speaks {
            against.push(reason);
        }
    };
    let readings = || sheet.captures.iter().map(|capture| &capture.reading);
    let says_else = |found: &BarcodeFinding| !matches!(ctx.profile.identify_barcode(found), Identified::Number { number: said, .. } if said == *number);
    let mut barcodes = readings().filter_map(|reading| reading.barcode.as_ref());
    add(barcodes.any(says_else), Reason::KeyedDiffersFromBarcode);
    let mut others = readings().flat_map(|reading| &reading.others);
    add(others.any(says_else), Reason::SeveralBarcodes);
    let mut prints = readings().filter_map(|reading| reading.printed.as_ref());
    add(prints.any(|print| print.doubts(ctx.profile, number)), Reason::ReadingsDiffer);
    let keyed = Keyed::Number(number.clone());
    let otherwise = sheet.keyings.iter().any(|keying| keying.answer != keyed);
    let agreed = sheet.agreed.as_ref().is_some_and(|agreed| agreed != number);
    add(otherwise || agreed, Reason::KeyingsDiffer);
    let another_kind = matches!((&sheet.kind, kind), (Some(before), Some(now)) if before != now);
    add(another_kind, Reason::KindConflict);
    against.sort_unstable();
    against.dedup();
    against
}

/// Whether a machine or somebody else said this number, and its kind, before.
pub(super) fn supported(
    ctx: &Ctx<'_>,
    sheet: &Sheet,
    number: &Number,
    kind: Option<&KindId>,
) -> Result<bool, Refusal> {
    let keyed = Keyed::Number(number.clone());
    let mut others = sheet.keyings.iter().filter(|it| it.by != ctx.act.by && it.answer == keyed);
    if others.clone().any(|it| it.kind.as_ref() == kind) {
        return Ok(true);
    }
    let said = sheet.read.as_ref() == Some(number) || others.next().is_some();
    Ok(said && kind_of_keyed(ctx, sheet, &keyed, None)?.as_ref() == kind)
}

/// Whether a reason stays against a sheet whatever number is chosen for it. The others only say that
/// too little speaks for one, or are facts that are asked anew at every admission.
fn speaks(reason: Reason) -> bool {
    match reason {
        Reason::BrokenPicture
        | Reason::Blank
        | Reason::FaceDown
        | Reason::SeveralBarcodes
        | Reason::PartOfCode
        | Reason::SeveralSheets
        | Reason::SideMissing
        | Reason::SamePicture
        | Reason::OtherScheme
        | Reason::CheckDigitWrong
        | Reason::ReadingsDiffer
        | Reason::SecondNumberDiffers
        | Reason::KindConflict
        | Reason::MarkedWrong
        | Reason::KeyingsDiffer
        | Reason::KeyedDiffersFromBarcode
        | Reason::CannotBeTold => true,
        Reason::NoBarcode
        | Reason::NothingRead
        | Reason::KindUnknown
        | Reason::OneReading
        | Reason::PictureIncomplete
        | Reason::NoCheckDigit
        | Reason::ProfileWantsPerson
        | Reason::Sample
        // Who hands a sheet over asks; what was found on it stands beside that.
        | Reason::HeldByPerson => false,
        Reason::NotIssued | Reason::Duplicate | Reason::Blocked | Reason::NotValidAtArrival => {
            false
        }
    }
}

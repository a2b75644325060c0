//! How much a reading of print counts: whether it may be proposed, speak against a barcode, or vouch for it.

use super::profile::Identified;
use super::{LayoutId, Number, PrintedFinding, Profile};

/// From here on (thousandths) a number is worth to be shown to a person.
const PROPOSED: u16 = 300;
/// From here on a print that says something else than the barcode stops the sheet.
const DISPUTES: u16 = 500;
/// From here on a print counts as a reading of its own. One in ten such readings may be wrong, but it vouches only
/// for a barcode that says the same, and a misread that gives another number's every digit is far rarer: of 27,000
/// drawn sheets with another number in print, 20,000 of them with one look-alike digit under a stamp or a pen, 900
/// lets pass no more than 950 does (one), 850 two more.
const BELIEVED: u16 = 900;

/// What the print comes to in a profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Print {
    /// Not read, or nothing that counts.
    Nothing,
    /// The form of a number, clearly read, but with a wrong check digit.
    CheckDigitWrong,
    Number {
        number: Number,
        layout: LayoutId,
        confidence: u16,
        /// The reading without the grammar says the same: no digit is there by the constraint alone.
        free: bool,
    },
}

impl PrintedFinding {
    /// Whether it says something else than this number, however faintly.
    pub fn doubts(&self, profile: &Profile, number: &Number) -> bool {
        Print::of(profile, Some(self)).doubts(number)
    }
}

impl Print {
    /// The reader's number is believed only if the profile's own grammar takes it.
    pub fn of(profile: &Profile, finding: Option<&PrintedFinding>) -> Print {
        let Some(finding) = finding else {
            return Print::Nothing;
        };
        let claimed = finding.number.as_ref().map(|number| profile.identify(number.as_str()));
        match (claimed, profile.identify(&finding.free)) {
            (Some(Identified::Number { number, layout }), free)
                if finding.confidence >= PROPOSED =>
            {
                let free =
                    matches!(free, Identified::Number { number: said, .. } if said == number);
                Print::Number { number, layout, confidence: finding.confidence, free }
            }
            (None, Identified::CheckDigitWrong { .. }) if finding.confidence >= DISPUTES => {
                Print::CheckDigitWrong
            }
            _ => Print::Nothing,
        }
    }

    pub fn proposed(&self) -> Option<(Number, LayoutId)> {
        match self {
            Print::Number { number, layout, .. } => Some((number.clone(), layout.clone())),
            Print::Nothing | Print::CheckDigitWrong => None,
        }
    }

    /// Whether it says something else than this barcode, clearly enough to stop.
    pub fn disputes(&self, barcode: &Number) -> bool {
        match self {
            Print::Nothing => false,
            Print::CheckDigitWrong => true,
            Print::Number { number, confidence, .. } => {
                number != barcode && *confidence >= DISPUTES
            }
        }
    }

    /// Whether it says something else, however faintly.
    pub fn doubts(&self, number: &Number) -> bool {
        match self {
            Print::Nothing => false,
            Print::CheckDigitWrong => true,
            Print::Number { number: said, .. } => said != number,
        }
    }

    /// Whether it counts as an independent reading of this number.
    pub fn vouches_for(&self, wanted: &Number) -> bool {
        matches!(self, Print::Number { number, confidence, free: true, .. }
            if number == wanted && *confidence >= BELIEVED)
    }
}

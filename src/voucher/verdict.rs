//! Law 5: no single source is believed. One rule, used by `kenban read` and by the flow.

use super::print::Print;
use super::profile::{AcceptRule, Identified};
use super::reading::Fault;
use super::{Issued, KindId, LayoutId, Number, Profile, Reading};
use serde::{Deserialize, Serialize};

/// What a reading comes to, before the station's own facts (repeats, blocked numbers) are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Counts without a person.
    Accept,
    /// A number is proposed; a person must look.
    Check,
    /// To manual entry.
    Unreadable,
    /// A person must act.
    Stop,
}

/// Why a verdict is not a plain `accept`, or why a sheet waits. Fixed words, listed in README.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    // what the reader met
    BrokenPicture,
    PictureIncomplete,
    Blank,
    FaceDown,
    SeveralBarcodes,
    PartOfCode,
    SeveralSheets,
    SideMissing,
    SamePicture,
    NoBarcode,
    NothingRead,
    // what the number said
    OtherScheme,
    CheckDigitWrong,
    ReadingsDiffer,
    SecondNumberDiffers,
    KindConflict,
    KindUnknown,
    // why one reading is not enough
    OneReading,
    NoCheckDigit,
    NotIssued,
    ProfileWantsPerson,
    // what the station knew
    Duplicate,
    Blocked,
    NotValidAtArrival,
    Sample,
    // what people found
    MarkedWrong,
    KeyingsDiffer,
    KeyedDiffersFromBarcode,
    CannotBeTold,
    HeldByPerson,
}

/// The outcome of [`judge`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    pub verdict: Verdict,
    /// Proposed or accepted; on a stop the barcode's number, if it had one, for the story.
    pub number: Option<Number>,
    pub layout: Option<LayoutId>,
    pub kind: Option<KindId>,
    pub reasons: Vec<Reason>,
}

impl Verdict {
    pub const ALL: [Verdict; 4] =
        [Verdict::Accept, Verdict::Check, Verdict::Unreadable, Verdict::Stop];

    /// The word that commands and logs use, the same as in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Accept => "accept",
            Verdict::Check => "check",
            Verdict::Unreadable => "unreadable",
            Verdict::Stop => "stop",
        }
    }
}

impl Reason {
    /// All reasons, in the order in which a judgement gives them.
    pub const ALL: [Reason; 30] = [
        Reason::BrokenPicture,
        Reason::PictureIncomplete,
        Reason::Blank,
        Reason::FaceDown,
        Reason::SeveralBarcodes,
        Reason::PartOfCode,
        Reason::SeveralSheets,
        Reason::SideMissing,
        Reason::SamePicture,
        Reason::NoBarcode,
        Reason::NothingRead,
        Reason::OtherScheme,
        Reason::CheckDigitWrong,
        Reason::ReadingsDiffer,
        Reason::SecondNumberDiffers,
        Reason::KindConflict,
        Reason::KindUnknown,
        Reason::OneReading,
        Reason::NoCheckDigit,
        Reason::NotIssued,
        Reason::ProfileWantsPerson,
        Reason::Duplicate,
        Reason::Blocked,
        Reason::NotValidAtArrival,
        Reason::Sample,
        Reason::MarkedWrong,
        Reason::KeyingsDiffer,
        Reason::KeyedDiffersFromBarcode,
        Reason::CannotBeTold,
        Reason::HeldByPerson,
    ];

    /// The word that commands, files and logs use, the same as in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Reason::BrokenPicture => "broken_picture",
            Reason::PictureIncomplete => "picture_incomplete",
            Reason::Blank => "blank",
            Reason::FaceDown => "face_down",
            Reason::SeveralBarcodes => "several_barcodes",
            Reason::PartOfCode => "part_of_code",
            Reason::SeveralSheets => "several_sheets",
            Reason::SideMissing => "side_missing",
            Reason::SamePicture => "same_picture",
            Reason::NoBarcode => "no_barcode",
            Reason::NothingRead => "nothing_read",
            Reason::OtherScheme => "other_scheme",
            Reason::CheckDigitWrong => "check_digit_wrong",
            Reason::ReadingsDiffer => "readings_differ",
            Reason::SecondNumberDiffers => "second_number_differs",
            Reason::KindConflict => "kind_conflict",
            Reason::KindUnknown => "kind_unknown",
            Reason::OneReading => "one_reading",
            Reason::NoCheckDigit => "no_check_digit",
            Reason::NotIssued => "not_issued",
            Reason::ProfileWantsPerson => "profile_wants_person",
            Reason::Duplicate => "duplicate",
            Reason::Blocked => "blocked",
            Reason::NotValidAtArrival => "not_valid_at_arrival",
            Reason::Sample => "sample",
            Reason::MarkedWrong => "marked_wrong",
            Reason::KeyingsDiffer => "keyings_differ",
            Reason::KeyedDiffersFromBarcode => "keyed_differs_from_barcode",
            Reason::CannotBeTold => "cannot_be_told",
            Reason::HeldByPerson => "held_by_person",
        }
    }
}

/// Judges one sheet's reading. `issued` answers from the issue ledger; `operator_kind` is the
/// pile that the operator declared, if any. Pure and total: any reading gets a verdict.
///
/// Barcode and print are believed only together, or one alone with a valid check digit and a number
/// that stands in the ledger. What contradicts stops; nothing is ever chosen between two readings.
pub fn judge(
    profile: &Profile,
    reading: &Reading,
    issued: &dyn Fn(&Number) -> Issued,
    operator_kind: Option<&KindId>,
) -> Judgement {
    let case = Case::new(profile, reading, operator_kind);
    let stopping = reading.faults.iter().filter(|fault| **fault != Fault::PictureIncomplete);
    let reasons: Vec<Reason> = stopping.map(|fault| reason_of(*fault)).collect();
    if !reasons.is_empty() {
        return case.stop(reasons);
    }
    if case.barcode == Some(Said::OtherScheme) {
        return case.stop(vec![Reason::OtherScheme]);
    }
    if let Some(Said::Number(barcode, _)) = &case.barcode
        && case.print.disputes(barcode)
    {
        return case.stop(vec![Reason::ReadingsDiffer]);
    }
    let Some((number, layout)) = case.proposed() else {
        return case.unread();
    };

    let by_barcode = matches!(case.barcode, Some(Said::Number(..)));
    let by_print = case.print.vouches_for(&number);
    let two = by_barcode && by_print;
    let ledger = issued(&number);
    let mut stops = Vec::new();
    if case.second_differs(&number, &layout) {
        stops.push(Reason::SecondNumberDiffers);
    }
    if case.kinds_differ {
        stops.push(Reason::KindConflict);
    }
    if two && ledger == Issued::No {
        stops.push(Reason::NotIssued);
    }
    if !stops.is_empty() {
        return case.stop(stops);
    }

    let mut reasons = Vec::new();
    if case.barcode == Some(Said::CheckDigitWrong) {
        reasons.push(Reason::CheckDigitWrong);
    }
    if !two {
        let checked = profile.layout(&layout).is_some_and(|layout| layout.number.has_check_digit());
        if !checked {
            reasons.push(Reason::NoCheckDigit);
        }
        match ledger {
            // A single reading must be a good one, and nothing may so much as whisper against it.
            Issued::Yes if by_print || (by_barcode && !case.print.doubts(&number)) => {}
            Issued::Yes => reasons.push(Reason::OneReading),
            Issued::No => reasons.push(Reason::NotIssued),
            // nothing vouches for it, though nothing speaks against it either
            Issued::NoLedger => reasons.push(Reason::OneReading),
        }
    }
    // so far nothing stands against counting it: only the profile may still ask for a person
    let wants_person = match profile.accept {
        AcceptRule::Standard => false,
        AcceptRule::TwoReadings => !two,
        AcceptRule::Person => true,
    };
    if reasons.is_empty() && wants_person {
        reasons.push(Reason::ProfileWantsPerson);
    }
    if !reasons.is_empty() && !two {
        reasons.push(Reason::OneReading);
    }
    if case.kind.is_none() {
        reasons.push(Reason::KindUnknown);
    }
    // What is missing of a picture may be what speaks against it: only a person can say that it does not matter.
    let counts = reasons.is_empty() && !case.incomplete();
    let verdict = if counts { Verdict::Accept } else { Verdict::Check };
    case.judgement(verdict, reasons)
}

/// What the barcode comes to in this profile.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Said {
    Number(Number, LayoutId),
    CheckDigitWrong,
    OtherScheme,
}

/// One reading seen through its profile.
struct Case<'r> {
    profile: &'r Profile,
    reading: &'r Reading,
    barcode: Option<Said>,
    print: Print,
    /// The kind, if anything names one and nothing names another.
    kind: Option<KindId>,
    kinds_differ: bool,
}

impl<'r> Case<'r> {
    fn new(profile: &'r Profile, reading: &'r Reading, operator_kind: Option<&KindId>) -> Case<'r> {
        let barcode =
            reading.barcode.as_ref().map(|finding| match profile.identify_barcode(finding) {
                Identified::Number { number, layout } => Said::Number(number, layout),
                Identified::CheckDigitWrong { .. } => Said::CheckDigitWrong,
                Identified::OtherScheme => Said::OtherScheme,
            });
        let print = Print::of(profile, reading.printed.as_ref());
        let mut case = Case { profile, reading, barcode, print, kind: None, kinds_differ: false };
        let by_number =
            case.proposed().and_then(|(number, layout)| profile.kind_of(&number, &layout));
        let mut named =
            [by_number.as_ref(), reading.kind_text.as_ref(), operator_kind].into_iter().flatten();
        let first = named.next();
        case.kinds_differ = named.any(|kind| Some(kind) != first);
        case.kind = first.filter(|_| !case.kinds_differ).cloned();
        case
    }

    /// The barcode's number, or else the printed one; none beside another scheme's barcode.
    fn proposed(&self) -> Option<(Number, LayoutId)> {
        match &self.barcode {
            Some(Said::Number(number, layout)) => Some((number.clone(), layout.clone())),
            Some(Said::OtherScheme) => None,
            Some(Said::CheckDigitWrong) | None => self.print.proposed(),
        }
    }

    /// Whether the second number, where it must be the same, was read and is not.
    fn second_differs(&self, number: &Number, layout: &LayoutId) -> bool {
        let rule = self.profile.layout(layout).and_then(|l| l.second.as_ref());
        let (Some(rule), Some(found)) = (rule, &self.reading.second) else {
            return false;
        };
        let text = match &rule.barcode {
            Some(barcode) => barcode.number_text(found.symbology, &found.text),
            None => Some(found.text.clone()),
        };
        let second = text.and_then(|text| rule.number.parse(&text).ok());
        rule.same && second.as_ref() != Some(number)
    }

    fn unread(self) -> Judgement {
        let has_barcode = match &self.reading.looks_like {
            Some(layout) => {
                self.profile.layout(layout).is_none_or(|layout| layout.barcode.is_some())
            }
            None => self.profile.layouts.iter().any(|l| l.barcode.is_some()),
        };
        let mut reasons = match self.barcode {
            Some(_) => vec![Reason::CheckDigitWrong],
            None if has_barcode => vec![Reason::NoBarcode, Reason::NothingRead],
            None => vec![Reason::NothingRead],
        };
        if self.kinds_differ {
            reasons.push(Reason::KindConflict);
            return self.judgement(Verdict::Stop, reasons);
        }
        self.judgement(Verdict::Unreadable, reasons)
    }

    fn stop(self, reasons: Vec<Reason>) -> Judgement {
        self.judgement(Verdict::Stop, reasons)
    }

    fn incomplete(&self) -> bool {
        self.reading.faults.contains(&Fault::PictureIncomplete)
    }

    fn judgement(self, verdict: Verdict, mut reasons: Vec<Reason>) -> Judgement {
        reasons.extend(self.incomplete().then_some(Reason::PictureIncomplete));
        reasons.sort_unstable();
        reasons.dedup();
        let told = match (verdict, &self.barcode) {
            (Verdict::Unreadable, _) => None,
            (Verdict::Stop, Some(Said::Number(..))) => self.proposed(),
            (Verdict::Stop, _) => None,
            (Verdict::Accept | Verdict::Check, _) => self.proposed(),
        };
        let (number, layout) = told.unzip();
        Judgement { verdict, number, layout, kind: self.kind, reasons }
    }
}

fn reason_of(fault: Fault) -> Reason {
    match fault {
        Fault::BrokenPicture => Reason::BrokenPicture,
        Fault::PictureIncomplete => Reason::PictureIncomplete,
        Fault::Blank => Reason::Blank,
        Fault::SeveralBarcodes => Reason::SeveralBarcodes,
        Fault::PartOfCode => Reason::PartOfCode,
        Fault::SeveralSheets => Reason::SeveralSheets,
        Fault::FaceDown => Reason::FaceDown,
        Fault::SideMissing => Reason::SideMissing,
        Fault::SamePicture => Reason::SamePicture,
        Fault::LooksDiffer => Reason::ReadingsDiffer,
    }
}

#[cfg(test)]
#[path = "verdict_tests.rs"]
mod tests;

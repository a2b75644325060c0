//! Law 5: no single source is believed. One rule, used by `kenban read` and by the flow.

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
    Blank,
    SeveralBarcodes,
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

/// Judges one sheet's reading. `issued` answers from the issue ledger; `operator_kind` is the
/// pile that the operator declared, if any. Pure and total: any reading gets a verdict.
pub fn judge(
    profile: &Profile,
    reading: &Reading,
    issued: &dyn Fn(&Number) -> Issued,
    operator_kind: Option<&KindId>,
) -> Judgement {
    let _ = (profile, reading, issued, operator_kind);
    todo!("helper voucher")
}

//! Why an act was not done. Nothing is written then. Every sentence says what to do.

use super::facts::FactError;
use super::ids::{DeliveryId, EnvelopeId, SheetId};
use super::person::{Duty, PersonId, Role};
use crate::voucher::yen::YenOverflow;

#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    #[error("this data folder has no campaign yet; start one with `kenban init`")]
    NotBegun,
    #[error("this data folder already holds a campaign; use another folder")]
    AlreadyBegun,
    #[error("a campaign needs at least two people, one of them a supervisor")]
    PeopleMissing,
    #[error("nobody here has the id '{0}'; add the person first")]
    UnknownPerson(PersonId),
    #[error("the id '{0}' is already given to someone")]
    PersonExists(PersonId),
    #[error("a person signs in alone, not for another")]
    NotOneself,
    #[error("a PIN is kept only as argon2's hash of it; set it again at the station's window")]
    NotAHash,
    #[error(
        "a supervisor chooses the first PIN of a campaign; then one stands beside everybody else's"
    )]
    SupervisorPinFirst,
    #[error("{person} ({}) may not do this ({duty:?}); ask someone who may", role.word())]
    NotAllowed { person: PersonId, role: Role, duty: Duty },
    #[error("this takes two people; name the second person")]
    SecondPersonMissing,
    #[error("the second person must be someone else than the first")]
    SamePerson,
    #[error("type a reason; it stays in the log")]
    ReasonMissing,
    #[error("no shop has the code '{0}'; check the slip or import the shops again")]
    UnknownShop(String),
    #[error("the slip names the kind '{0}', which the profile does not have")]
    UnknownKind(String),
    #[error("the slip counts {0} sheets; an envelope holds at most 99,999")]
    SlipTooLarge(u64),
    #[error(
        "only {free} MiB are free where the data is, and {floor} MiB are needed; make room, then open the envelope"
    )]
    NoSpace { free: u64, floor: u64 },
    #[error("there is no envelope with the counter {}", .0.0)]
    UnknownEnvelope(EnvelopeId),
    #[error("envelope {} is delivered and frozen; a later change is a correction", .0.0)]
    Delivered(EnvelopeId),
    #[error("envelope {} is in delivery {} that is being written; finish or fail that first", .0.0, .1.0)]
    BeingDelivered(EnvelopeId, DeliveryId),
    #[error("envelope {} is closed; re-open it first", .0.0)]
    Closed(EnvelopeId),
    #[error("envelope {} is open; close it first", .0.0)]
    StillOpen(EnvelopeId),
    #[error("there is no sheet {} in envelope {}", .0.ordinal, .0.envelope.0)]
    UnknownSheet(SheetId),
    #[error("a source with this number was never started in this envelope")]
    UnknownFeed,
    #[error("a sheet needs at least one look at it")]
    NoCapture,
    #[error("this source can't have read that; take the sheet with a source that sees it")]
    NotReadBySource,
    #[error("this file is already counted as sheet {} of envelope {}", .0.ordinal, .0.envelope.0)]
    AlreadyTaken(SheetId),
    #[error("there is no sheet to take back in this envelope")]
    NothingToUndo,
    #[error("the last sheet was already acted on; ask a supervisor to settle it")]
    UndoTooLate,
    #[error("sheet {} of envelope {} does not wait for this", .0.ordinal, .0.envelope.0)]
    NotWaitingForThis(SheetId),
    #[error("the same sheet stands twice in this answer")]
    SheetTwice,
    #[error("sheet {} of envelope {} waits for another reason than the rest; decide it by itself", .0.ordinal, .0.envelope.0)]
    NotAlike(SheetId),
    #[error("a number, a provisional number and 'same paper' are decided for one sheet at a time")]
    OneByOne,
    #[error("{0} has keyed this sheet already; another person must key it")]
    KeyedAlready(PersonId),
    #[error("'{text}' is no number of this campaign: {why}")]
    NotANumber { text: String, why: String },
    #[error("this number already counts as sheet {} of envelope {}; a number is paid once", .0.ordinal, .0.envelope.0)]
    AlreadyPaid(SheetId),
    #[error("the kind of this sheet is not known; say which kind it is")]
    KindMissing,
    #[error("the number says the kind is {number}, not {said}")]
    KindDiffers { number: String, said: String },
    #[error(
        "{in_hand} sheets are still in hand ({check} to check, {entry} to key, {settle} to settle); finish them, then close"
    )]
    InHand { in_hand: usize, check: usize, entry: usize, settle: usize },
    #[error(
        "{} set aside and not counted ({}); say what became of each paper, then close",
        if .0.len() == 1 { "1 file is".to_owned() } else { format!("{} files are", .0.len()) },
        named(.0)
    )]
    AsideOpen(Vec<String>),
    #[error("no file with the number {no} was set aside in envelope {}", .envelope.0)]
    UnknownAside { envelope: EnvelopeId, no: u32 },
    #[error("what became of this paper was said already")]
    AsideSettled,
    #[error("sheet {} of envelope {} was counted before the file was set aside; name the sheet that was counted for it", .0.ordinal, .0.envelope.0)]
    CountedBefore(SheetId),
    #[error("sheet {} of envelope {} stands for another file that was set aside", .0.ordinal, .0.envelope.0)]
    StandsForAnother(SheetId),
    #[error("the count differs from the slip ({0}); closing takes a reason and a second person")]
    Difference(String),
    #[error("no closed envelope waits for delivery; close envelopes first")]
    NothingToDeliver,
    #[error("delivery {} is prepared and not finished; finish it first", .0.0)]
    DeliveryPending(DeliveryId),
    #[error("no delivery {} is being written", .0.0)]
    NoSuchDelivery(DeliveryId),
    #[error(
        "the new profile {0}; that would let a number be paid again or change what was paid, so begin a new campaign for it"
    )]
    ProfileBreaks(String),
    #[error(
        "this sheet already counts under the number {0}; a provisional number is only for one that nobody can tell"
    )]
    NumberKnown(String),
    #[error("the profile has no 不備 with the id '{0}'")]
    UnknownDefect(String),
    #[error("only the last sheet of an envelope can be taken back; that is sheet {} now", .0.ordinal)]
    NotTheLast(SheetId),
    #[error("sheet {} of envelope {} is accepted under a number that is blocked by now; re-open the envelope and settle it", .0.ordinal, .0.envelope.0)]
    BlockedMeanwhile(SheetId),
    #[error("the profile's revision must rise; this one is {new}, in force is {old}")]
    RevisionNotHigher { new: u32, old: u32 },
    #[error(transparent)]
    Yen(#[from] YenOverflow),
    #[error(transparent)]
    Facts(#[from] FactError),
}

impl Refusal {
    /// All words that [`Refusal::word`] gives, for those who must have a sentence for each.
    pub const WORDS: [&str; 55] = [
        "not_begun",
        "already_begun",
        "people_missing",
        "unknown_person",
        "person_exists",
        "not_oneself",
        "not_a_hash",
        "supervisor_pin_first",
        "not_allowed",
        "second_person_missing",
        "same_person",
        "reason_missing",
        "unknown_shop",
        "unknown_kind",
        "slip_too_large",
        "no_space",
        "unknown_envelope",
        "delivered",
        "being_delivered",
        "closed",
        "still_open",
        "unknown_sheet",
        "unknown_feed",
        "no_capture",
        "not_read_by_source",
        "already_taken",
        "nothing_to_undo",
        "undo_too_late",
        "not_waiting_for_this",
        "sheet_twice",
        "not_alike",
        "one_by_one",
        "keyed_already",
        "not_a_number",
        "already_paid",
        "kind_missing",
        "kind_differs",
        "in_hand",
        "aside_open",
        "unknown_aside",
        "aside_settled",
        "counted_before",
        "stands_for_another",
        "difference",
        "nothing_to_deliver",
        "delivery_pending",
        "no_such_delivery",
        "profile_breaks",
        "number_known",
        "unknown_defect",
        "not_the_last",
        "blocked_meanwhile",
        "revision_not_higher",
        "yen",
        "facts",
    ];

    /// A word that stays, by which a window finds its own sentence.
    pub fn word(&self) -> &'static str {
        match self {
            Refusal::NotBegun => "not_begun",
            Refusal::AlreadyBegun => "already_begun",
            Refusal::PeopleMissing => "people_missing",
            Refusal::UnknownPerson(_) => "unknown_person",
            Refusal::PersonExists(_) => "person_exists",
            Refusal::NotOneself => "not_oneself",
            Refusal::NotAHash => "not_a_hash",
            Refusal::SupervisorPinFirst => "supervisor_pin_first",
            Refusal::NotAllowed { .. } => "not_allowed",
            Refusal::SecondPersonMissing => "second_person_missing",
            Refusal::SamePerson => "same_person",
            Refusal::ReasonMissing => "reason_missing",
            Refusal::UnknownShop(_) => "unknown_shop",
            Refusal::UnknownKind(_) => "unknown_kind",
            Refusal::SlipTooLarge(_) => "slip_too_large",
            Refusal::NoSpace { .. } => "no_space",
            Refusal::UnknownEnvelope(_) => "unknown_envelope",
            Refusal::Delivered(_) => "delivered",
            Refusal::BeingDelivered(..) => "being_delivered",
            Refusal::Closed(_) => "closed",
            Refusal::StillOpen(_) => "still_open",
            Refusal::UnknownSheet(_) => "unknown_sheet",
            Refusal::UnknownFeed => "unknown_feed",
            Refusal::NoCapture => "no_capture",
            Refusal::NotReadBySource => "not_read_by_source",
            Refusal::AlreadyTaken(_) => "already_taken",
            Refusal::NothingToUndo => "nothing_to_undo",
            Refusal::UndoTooLate => "undo_too_late",
            Refusal::NotWaitingForThis(_) => "not_waiting_for_this",
            Refusal::SheetTwice => "sheet_twice",
            Refusal::NotAlike(_) => "not_alike",
            Refusal::OneByOne => "one_by_one",
            Refusal::KeyedAlready(_) => "keyed_already",
            Refusal::NotANumber { .. } => "not_a_number",
            Refusal::AlreadyPaid(_) => "already_paid",
            Refusal::KindMissing => "kind_missing",
            Refusal::KindDiffers { .. } => "kind_differs",
            Refusal::InHand { .. } => "in_hand",
            Refusal::AsideOpen(_) => "aside_open",
            Refusal::UnknownAside { .. } => "unknown_aside",
            Refusal::AsideSettled => "aside_settled",
            Refusal::CountedBefore(_) => "counted_before",
            Refusal::StandsForAnother(_) => "stands_for_another",
            Refusal::Difference(_) => "difference",
            Refusal::NothingToDeliver => "nothing_to_deliver",
            Refusal::DeliveryPending(_) => "delivery_pending",
            Refusal::NoSuchDelivery(_) => "no_such_delivery",
            Refusal::ProfileBreaks(_) => "profile_breaks",
            Refusal::NumberKnown(_) => "number_known",
            Refusal::UnknownDefect(_) => "unknown_defect",
            Refusal::NotTheLast(_) => "not_the_last",
            Refusal::BlockedMeanwhile(_) => "blocked_meanwhile",
            Refusal::RevisionNotHigher { .. } => "revision_not_higher",
            Refusal::Yen(_) => "yen",
            Refusal::Facts(_) => "facts",
        }
    }
}

/// The first names, so that the sentence stays one.
fn named(names: &[String]) -> String {
    const SHOWN: usize = 3;
    let shown = names.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
    if names.len() > SHOWN { format!("{shown}, …") } else { shown }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_has_a_word_of_its_own() {
        let own = include_str!("refusal.rs");
        let given = own.lines().filter_map(|line| {
            let word = line.trim().strip_prefix("Refusal::")?.split_once("=> \"")?.1;
            word.split_once('"').map(|(word, _)| word)
        });
        assert_eq!(given.collect::<Vec<_>>(), Refusal::WORDS);
        let mut words = Refusal::WORDS.to_vec();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), Refusal::WORDS.len());
    }
}

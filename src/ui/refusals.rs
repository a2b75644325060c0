//! Sentences for what was refused, for why a sheet waits, and for where it is. The flow gives the
//! case, this file the words of the screen's language.

use super::words::{Words, thousands};
use crate::flow::event::Place;
use crate::flow::person::Duty;
use crate::flow::{NoSheet, Refusal, Role};
use crate::voucher::Reason;

/// What an operator reads when the flow refused an act: what to do, in the language of `words`.
pub fn refusal(words: &Words, why: &Refusal) -> String {
    match why {
        Refusal::NotBegun => words.refused_not_begun(),
        Refusal::AlreadyBegun => words.refused_already_begun(),
        Refusal::PeopleMissing => words.refused_people_missing(),
        Refusal::UnknownPerson(person) => words.refused_unknown_person(person.as_str()),
        Refusal::PersonExists(person) => words.refused_person_exists(person.as_str()),
        Refusal::NotOneself => words.refused_not_oneself(),
        Refusal::NotAHash => words.refused_not_a_hash(),
        Refusal::SupervisorPinFirst => words.supervisor_first(),
        Refusal::NotAllowed { person, role, duty } => {
            words.refused_not_allowed(person.as_str(), words.role(*role), who_may(words, *duty))
        }
        Refusal::SecondPersonMissing => words.refused_second_person_missing(),
        Refusal::SamePerson => words.refused_same_person(),
        Refusal::ReasonMissing => words.refused_reason_missing(),
        Refusal::UnknownShop(code) => words.refused_unknown_shop(code),
        Refusal::UnknownKind(kind) => words.refused_unknown_kind(kind),
        Refusal::SlipTooLarge(sheets) => {
            words.refused_slip_too_large(thousands(i64::try_from(*sheets).unwrap_or(i64::MAX)))
        }
        Refusal::NoSpace { free, floor } => words.refused_no_space(*free, *floor),
        Refusal::UnknownEnvelope(it) => words.refused_unknown_envelope(words.envelope_name(*it)),
        Refusal::Delivered(it) => words.refused_delivered(words.envelope_name(*it)),
        Refusal::BeingDelivered(it, delivery) => {
            words.refused_being_delivered(words.envelope_name(*it), words.delivery_name(*delivery))
        }
        Refusal::Closed(it) => words.refused_closed(words.envelope_name(*it)),
        Refusal::StillOpen(it) => words.refused_still_open(words.envelope_name(*it)),
        Refusal::UnknownSheet(it) => words.refused_unknown_sheet(words.sheet_name(*it)),
        Refusal::UnknownFeed => words.refused_unknown_feed(),
        Refusal::NoCapture => words.refused_no_capture(),
        Refusal::NotReadBySource => words.refused_not_read_by_source(),
        Refusal::AlreadyTaken(it) => words.refused_already_taken(words.sheet_name(*it)),
        Refusal::NothingToUndo => words.refused_nothing_to_undo(),
        Refusal::UndoTooLate => words.refused_undo_too_late(),
        Refusal::NotWaitingForThis(it) => words.refused_not_waiting_for_this(words.sheet_name(*it)),
        Refusal::SheetTwice => words.refused_sheet_twice(),
        Refusal::NotAlike(it) => words.refused_not_alike(words.sheet_name(*it)),
        Refusal::OneByOne => words.refused_one_by_one(),
        Refusal::KeyedAlready(person) => words.refused_keyed_already(person.as_str()),
        Refusal::NotANumber { text, why } => words.refused_not_a_number(text, why),
        Refusal::AlreadyPaid(it) => words.refused_already_paid(words.sheet_name(*it)),
        Refusal::KindMissing => words.refused_kind_missing(),
        Refusal::KindDiffers { number, said } => words.refused_kind_differs(number, said),
        Refusal::InHand { in_hand, check, entry, settle } => {
            words.refused_in_hand(*in_hand, *check, *entry, *settle)
        }
        Refusal::AsideOpen(names) => words.refused_aside_open(names.len(), few(words, names)),
        Refusal::UnknownAside { envelope, no } => {
            words.refused_unknown_aside(*no, words.envelope_name(*envelope))
        }
        Refusal::AsideSettled => words.refused_aside_settled(),
        Refusal::CountedBefore(it) => words.refused_counted_before(words.sheet_name(*it)),
        Refusal::StandsForAnother(it) => words.refused_stands_for_another(words.sheet_name(*it)),
        Refusal::Difference(difference) => words.refused_difference(difference),
        Refusal::NothingToDeliver => words.refused_nothing_to_deliver(),
        Refusal::DeliveryPending(it) => words.refused_delivery_pending(words.delivery_name(*it)),
        Refusal::NoSuchDelivery(it) => words.refused_no_such_delivery(words.delivery_name(*it)),
        Refusal::ProfileBreaks(how) => words.refused_profile_breaks(how),
        Refusal::NumberKnown(number) => words.refused_number_known(number),
        Refusal::UnknownDefect(defect) => words.refused_unknown_defect(defect),
        Refusal::NotTheLast(it) => words.refused_not_the_last(words.sheet_name(*it)),
        Refusal::BlockedMeanwhile(it) => words.refused_blocked_meanwhile(words.sheet_name(*it)),
        Refusal::RevisionNotHigher { new, old } => words.refused_revision_not_higher(*old, *new),
        Refusal::Yen(_) => words.refused_yen(),
        Refusal::Facts(why) => words.refused_facts(&why.0),
    }
}

/// The first names of a list.
pub fn few(words: &Words, names: &[String]) -> String {
    const SHOWN: usize = 3;
    let shown = names.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>();
    let more = if names.len() > SHOWN { "…" } else { "" };
    format!("{}{more}", shown.join(&words.list_comma()))
}

/// The roles that may do this, as a list.
fn who_may(words: &Words, duty: Duty) -> String {
    let may = Role::ALL.into_iter().filter(|role| role.may(duty));
    may.map(|role| words.role(role)).collect::<Vec<_>>().join(&words.list_comma())
}

/// Why a file of the scanner's folder is no sheet, and what to do about it.
pub fn no_sheet(words: &Words, why: NoSheet) -> String {
    match why {
        NoSheet::Foreign => words.no_sheet_foreign(),
        NoSheet::Empty => words.no_sheet_empty(),
        NoSheet::NotOpened => words.no_sheet_not_opened(),
        NoSheet::TooLarge => words.no_sheet_too_large(),
        NoSheet::Broken => words.no_sheet_broken(),
        NoSheet::GaveUp => words.no_sheet_gave_up(),
        NoSheet::SeveralPages => words.no_sheet_several_pages(),
        NoSheet::Pdf => words.no_sheet_pdf(),
        NoSheet::OtherFormat => words.no_sheet_other_format(),
        NoSheet::Jpeg12Bit => words.no_sheet_jpeg_12_bit(),
        NoSheet::JpegLossless => words.no_sheet_jpeg_lossless(),
        NoSheet::JpegArithmetic => words.no_sheet_jpeg_arithmetic(),
        NoSheet::JpegOther => words.no_sheet_jpeg_other(),
        NoSheet::TiffCompression => words.no_sheet_tiff_compression(),
        NoSheet::TiffSamples => words.no_sheet_tiff_samples(),
    }
}

/// Why a sheet waits, in a word or three.
pub fn reason(words: &Words, reason: Reason) -> String {
    match reason {
        Reason::BrokenPicture => words.reason_broken_picture(),
        Reason::PictureIncomplete => words.reason_picture_incomplete(),
        Reason::Blank => words.reason_blank(),
        Reason::FaceDown => words.reason_face_down(),
        Reason::SeveralBarcodes => words.reason_several_barcodes(),
        Reason::PartOfCode => words.reason_part_of_code(),
        Reason::SeveralSheets => words.reason_several_sheets(),
        Reason::SideMissing => words.reason_side_missing(),
        Reason::SamePicture => words.reason_same_picture(),
        Reason::NoBarcode => words.reason_no_barcode(),
        Reason::NothingRead => words.reason_nothing_read(),
        Reason::OtherScheme => words.reason_other_scheme(),
        Reason::CheckDigitWrong => words.reason_check_digit_wrong(),
        Reason::ReadingsDiffer => words.reason_readings_differ(),
        Reason::SecondNumberDiffers => words.reason_second_number_differs(),
        Reason::KindConflict => words.reason_kind_conflict(),
        Reason::KindUnknown => words.reason_kind_unknown(),
        Reason::OneReading => words.reason_one_reading(),
        Reason::NoCheckDigit => words.reason_no_check_digit(),
        Reason::NotIssued => words.reason_not_issued(),
        Reason::ProfileWantsPerson => words.reason_profile_wants_person(),
        Reason::Duplicate => words.reason_duplicate(),
        Reason::Blocked => words.reason_blocked(),
        Reason::NotValidAtArrival => words.reason_not_valid_at_arrival(),
        Reason::Sample => words.reason_sample(),
        Reason::MarkedWrong => words.reason_marked_wrong(),
        Reason::KeyingsDiffer => words.reason_keyings_differ(),
        Reason::KeyedDiffersFromBarcode => words.reason_keyed_differs_from_barcode(),
        Reason::CannotBeTold => words.reason_cannot_be_told(),
        Reason::HeldByPerson => words.reason_held_by_person(),
    }
}

/// The same as a sentence: what was found. What to do with the paper says `Words::paper`.
pub fn reason_sentence(words: &Words, reason: Reason) -> String {
    match reason {
        Reason::BrokenPicture => words.reason_broken_picture_what(),
        Reason::PictureIncomplete => words.reason_picture_incomplete_what(),
        Reason::Blank => words.reason_blank_what(),
        Reason::FaceDown => words.reason_face_down_what(),
        Reason::SeveralBarcodes => words.reason_several_barcodes_what(),
        Reason::PartOfCode => words.reason_part_of_code_what(),
        Reason::SeveralSheets => words.reason_several_sheets_what(),
        Reason::SideMissing => words.reason_side_missing_what(),
        Reason::SamePicture => words.reason_same_picture_what(),
        Reason::NoBarcode => words.reason_no_barcode_what(),
        Reason::NothingRead => words.reason_nothing_read_what(),
        Reason::OtherScheme => words.reason_other_scheme_what(),
        Reason::CheckDigitWrong => words.reason_check_digit_wrong_what(),
        Reason::ReadingsDiffer => words.reason_readings_differ_what(),
        Reason::SecondNumberDiffers => words.reason_second_number_differs_what(),
        Reason::KindConflict => words.reason_kind_conflict_what(),
        Reason::KindUnknown => words.reason_kind_unknown_what(),
        Reason::OneReading => words.reason_one_reading_what(),
        Reason::NoCheckDigit => words.reason_no_check_digit_what(),
        Reason::NotIssued => words.reason_not_issued_what(),
        Reason::ProfileWantsPerson => words.reason_profile_wants_person_what(),
        Reason::Duplicate => words.reason_duplicate_what(),
        Reason::Blocked => words.reason_blocked_what(),
        Reason::NotValidAtArrival => words.reason_not_valid_at_arrival_what(),
        Reason::Sample => words.reason_sample_what(),
        Reason::MarkedWrong => words.reason_marked_wrong_what(),
        Reason::KeyingsDiffer => words.reason_keyings_differ_what(),
        Reason::KeyedDiffersFromBarcode => words.reason_keyed_differs_from_barcode_what(),
        Reason::CannotBeTold => words.reason_cannot_be_told_what(),
        Reason::HeldByPerson => words.reason_held_by_person_what(),
    }
}

/// Where a sheet is, in a word or three.
pub fn place_word(words: &Words, place: &Place) -> String {
    named_place(words, place.word())
}

/// The same by [`Place::word`], as lists of the station give it; an unknown word stays as it is.
pub fn named_place(words: &Words, word: &str) -> String {
    match word {
        "accepted" => words.place_accepted(),
        "check" => words.place_check(),
        "entry" => words.place_entry(),
        "settle" => words.place_settle(),
        "rejected" => words.place_rejected(),
        "returned" => words.place_returned(),
        "held" => words.place_held(),
        "same" => words.place_same(),
        "undone" => words.place_undone(),
        other => other.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow::event::{Accepted, Counted, How};
    use crate::flow::facts::FactError;
    use crate::flow::{DeliveryId, EnvelopeId, PersonId, SheetId, Station};
    use crate::ui::settings::Language;
    use crate::voucher::Yen;
    use crate::voucher::yen::YenOverflow;
    use std::collections::BTreeSet;

    fn one_of_each() -> Vec<Refusal> {
        let person = || PersonId::new("o1").unwrap();
        let envelope = EnvelopeId(124);
        let sheet = SheetId { envelope, ordinal: 37 };
        let text = || "teller".to_owned();
        vec![
            Refusal::NotBegun,
            Refusal::AlreadyBegun,
            Refusal::PeopleMissing,
            Refusal::UnknownPerson(person()),
            Refusal::PersonExists(person()),
            Refusal::NotOneself,
            Refusal::NotAHash,
            Refusal::SupervisorPinFirst,
            Refusal::NotAllowed { person: person(), role: Role::Operator, duty: Duty::Settle },
            Refusal::SecondPersonMissing,
            Refusal::SamePerson,
            Refusal::ReasonMissing,
            Refusal::UnknownShop(text()),
            Refusal::UnknownKind(text()),
            Refusal::SlipTooLarge(123_456),
            Refusal::NoSpace { free: 12, floor: 512 },
            Refusal::UnknownEnvelope(envelope),
            Refusal::Delivered(envelope),
            Refusal::BeingDelivered(envelope, DeliveryId(7)),
            Refusal::Closed(envelope),
            Refusal::StillOpen(envelope),
            Refusal::UnknownSheet(sheet),
            Refusal::UnknownFeed,
            Refusal::NoCapture,
            Refusal::NotReadBySource,
            Refusal::AlreadyTaken(sheet),
            Refusal::NothingToUndo,
            Refusal::UndoTooLate,
            Refusal::NotWaitingForThis(sheet),
            Refusal::SheetTwice,
            Refusal::NotAlike(sheet),
            Refusal::OneByOne,
            Refusal::KeyedAlready(person()),
            Refusal::NotANumber { text: "keyed".to_owned(), why: "short.".to_owned() },
            Refusal::AlreadyPaid(sheet),
            Refusal::KindMissing,
            Refusal::KindDiffers { number: "500".to_owned(), said: "1000".to_owned() },
            Refusal::InHand { in_hand: 9, check: 4, entry: 3, settle: 2 },
            Refusal::AsideOpen(vec![text()]),
            Refusal::UnknownAside { envelope, no: 3 },
            Refusal::AsideSettled,
            Refusal::CountedBefore(sheet),
            Refusal::StandsForAnother(sheet),
            Refusal::Difference(text()),
            Refusal::NothingToDeliver,
            Refusal::DeliveryPending(DeliveryId(7)),
            Refusal::NoSuchDelivery(DeliveryId(7)),
            Refusal::ProfileBreaks(text()),
            Refusal::NumberKnown(text()),
            Refusal::UnknownDefect(text()),
            Refusal::NotTheLast(sheet),
            Refusal::BlockedMeanwhile(sheet),
            Refusal::RevisionNotHigher { new: 2, old: 3 },
            Refusal::Yen(YenOverflow),
            Refusal::Facts(FactError(text())),
        ]
    }

    /// A sentence of its own for each, in both languages, without a word of the other.
    #[test]
    fn every_refusal_says_what_to_do() {
        let all = one_of_each();
        assert_eq!(all.iter().map(Refusal::word).collect::<Vec<_>>(), Refusal::WORDS);
        for language in [Language::Ja, Language::En] {
            let words = Words::new(language);
            let said = all.iter().map(|why| refusal(&words, why)).collect::<BTreeSet<_>>();
            assert_eq!(said.len(), all.len(), "two refusals say the same");
            for sentence in &said {
                own_language(language, sentence);
                assert!(sentence.ends_with(['.', '。', '者', 'r']), "{sentence}");
            }
        }
    }

    fn named(language: Language) -> Words {
        let mut words = Words::new(language);
        words.station = Station::new("01").ok();
        words
    }

    /// No envelope goes by its counter alone.
    #[test]
    fn envelopes_are_named_as_everywhere() {
        for words in [Language::Ja, Language::En].map(named) {
            for sentence in one_of_each().iter().map(|why| refusal(&words, why)) {
                let other = sentence.replace("01-00124", "");
                assert!(!other.contains("124"), "{sentence}");
            }
        }
    }

    /// The generated functions take their arguments in the order of the English sentence.
    #[test]
    fn what_is_named_stands_at_its_place() {
        let (words, ja) = (named(Language::En), named(Language::Ja));
        let find = |word: &str| one_of_each().into_iter().find(|it| it.word() == word).unwrap();
        for (word, part, part_ja) in [
            ("not_allowed", "o1 (operator) may not do this. Ask: supervisor.", "できる人：責任者"),
            ("slip_too_large", "123,456 sheets", "123,456枚"),
            ("no_space", "12 MiB free, 512 MiB needed", "残り12 MiB、必要512 MiB"),
            (
                "being_delivered",
                "Envelope 01-00124 is in delivery 01-0007",
                "01-00124は納品01-0007",
            ),
            ("unknown_sheet", "no sheet 01-00124-037", "01-00124-037という紙"),
            ("already_taken", "as sheet 01-00124-037", "（01-00124-037）"),
            ("not_waiting_for_this", "Sheet 01-00124-037 does", "01-00124-037は"),
            ("not_alike", "Sheet 01-00124-037 waits", "01-00124-037は"),
            ("already_paid", "as sheet 01-00124-037", "01-00124-037で"),
            ("blocked_meanwhile", "of sheet 01-00124-037 has", "01-00124-037は"),
            ("not_a_number", "keyed is no number of this campaign: short", "「keyed」"),
            ("kind_differs", "the kind is 500, not 1000", "券種は500です（選んだのは1000）"),
            (
                "in_hand",
                "9 sheets are still in hand: 4 to check, 3 to key, 2 for",
                "9枚あります（目視4、手入力3、責任者2）",
            ),
            ("not_the_last", "01-00124-037 now", "01-00124-037"),
            ("revision_not_higher", "higher than 3; this one is 2", "3より大きく"),
        ] {
            let why = find(word);
            assert!(refusal(&words, &why).contains(part), "{}", refusal(&words, &why));
            assert!(refusal(&ja, &why).contains(part_ja), "{}", refusal(&ja, &why));
        }
    }

    fn own_language(language: Language, text: &str) {
        let japanese = text.chars().any(|char| ('\u{3041}'..='\u{9fff}').contains(&char));
        assert_eq!(japanese, language == Language::Ja, "{text}");
    }

    #[test]
    fn every_reason_has_a_label_and_a_sentence() {
        for language in [Language::Ja, Language::En] {
            let words = Words::new(language);
            let labels = Reason::ALL.map(|it| reason(&words, it));
            let sentences = Reason::ALL.map(|it| reason_sentence(&words, it));
            assert_eq!(BTreeSet::from(labels.clone()).len(), labels.len());
            assert_eq!(BTreeSet::from(sentences.clone()).len(), sentences.len());
            for (label, sentence) in labels.iter().zip(&sentences) {
                own_language(language, sentence);
                assert!(
                    !label.ends_with(['.', '。']) && sentence.ends_with(['.', '。']),
                    "{label}"
                );
                // It stands on a stop, and in lists.
                assert!(label.chars().count() <= 24, "{label}");
            }
        }
    }

    #[test]
    fn every_place_has_a_word() {
        let reason = String::new;
        let sheet = SheetId { envelope: EnvelopeId(1), ordinal: 1 };
        let number = Counted::Provisional("K1".to_owned());
        let places = [
            Place::Accepted(Accepted { number, how: How::Machine, yen: Yen::ZERO }),
            Place::Entry,
            Place::Settle { reasons: Vec::new(), others: Vec::new(), blocked: None },
            Place::Rejected { reason: reason(), defect: None, returned: false },
            Place::Rejected { reason: reason(), defect: None, returned: true },
            Place::Held { reason: reason(), defect: None },
            Place::Same { sheet },
            Place::Undone,
        ];
        for language in [Language::Ja, Language::En] {
            let words = Words::new(language);
            let said = places.iter().map(|place| place_word(&words, place));
            assert_eq!(said.collect::<BTreeSet<_>>().len(), places.len());
            assert_eq!(named_place(&words, "nowhere"), "nowhere");
        }
        let words = Words::new(Language::Ja);
        assert!(places.iter().all(|place| place_word(&words, place) != place.word()));
        assert_eq!(named_place(&words, "check"), words.place_check());
    }
}

use super::*;
use crate::voucher::samples::{BOOK, FIVE, FOURTEEN, number, profile};
use crate::voucher::{BarcodeFinding, PrintedFinding, Symbology};
use proptest::prelude::*;

const RIGHT: &str = "A6900602672";

fn reading(barcode: Option<(Symbology, &str)>, printed: Option<&str>) -> Reading {
    Reading {
        barcode: barcode.map(|(symbology, text)| BarcodeFinding { symbology, text: text.into() }),
        printed: printed.map(|text| PrintedFinding {
            free: text.into(),
            number: Some(Number::canonical(text)),
            confidence: 990,
        }),
        ..Reading::default()
    }
}

fn code128(text: &str) -> Option<(Symbology, &str)> {
    Some((Symbology::Code128, text))
}

fn case(profile: &Profile, reading: &Reading, issued: Issued) -> (Verdict, Vec<Reason>) {
    let judgement = judge(profile, reading, &|_| issued, None);
    (judgement.verdict, judgement.reasons)
}

fn accept() -> (Verdict, Vec<Reason>) {
    (Verdict::Accept, vec![])
}

fn check(reasons: &[Reason]) -> (Verdict, Vec<Reason>) {
    (Verdict::Check, reasons.to_vec())
}

fn unreadable(reasons: &[Reason]) -> (Verdict, Vec<Reason>) {
    (Verdict::Unreadable, reasons.to_vec())
}

fn stop(reasons: &[Reason]) -> (Verdict, Vec<Reason>) {
    (Verdict::Stop, reasons.to_vec())
}

#[test]
fn judge_two_readings_that_agree() {
    let five = profile(FIVE);
    let both = reading(code128(RIGHT), Some(RIGHT));
    assert_eq!(case(&five, &both, Issued::Yes), accept());
    assert_eq!(case(&five, &both, Issued::NoLedger), accept());
    assert_eq!(case(&five, &both, Issued::No), stop(&[Reason::NotIssued]));
    let judgement = judge(&five, &both, &|_| Issued::Yes, None);
    assert_eq!(judgement.number, Some(Number::canonical(RIGHT)));
    assert_eq!(judgement.layout, Some(LayoutId::new("A")));
    assert_eq!(judgement.kind, Some(KindId::new("1000")));
    // no check digit is needed where two agree
    let fourteen = profile_standard(FOURTEEN);
    let number = "50010000000102";
    let both = reading(Some((Symbology::Code39, number)), Some(number));
    assert_eq!(case(&fourteen, &both, Issued::NoLedger), accept());
}

fn profile_standard(toml: &str) -> Profile {
    let mut profile = profile(toml);
    profile.accept = AcceptRule::Standard;
    profile
}

#[test]
fn judge_readings_that_differ_are_never_a_choice() {
    let five = profile(FIVE);
    let other = number(&five, "A", 690_060_268);
    let differ = reading(code128(RIGHT), Some(other.as_str()));
    for issued in [Issued::Yes, Issued::No, Issued::NoLedger] {
        assert_eq!(case(&five, &differ, issued), stop(&[Reason::ReadingsDiffer]));
        let only_barcode = |n: &Number| {
            if n.as_str() == RIGHT { Issued::Yes } else { Issued::No }
        };
        let judgement = judge(&five, &differ, &only_barcode, None);
        assert_eq!(judgement.verdict, Verdict::Stop);
        assert_eq!(judgement.number, Some(Number::canonical(RIGHT)));
    }
}

#[test]
fn judge_one_reading_needs_check_digit_and_ledger() {
    let five = profile(FIVE);
    let e = number(&five, "E", 5);
    for one in
        [reading(code128(RIGHT), None), reading(None, Some(RIGHT)), reading(None, Some(e.as_str()))]
    {
        assert_eq!(case(&five, &one, Issued::Yes), accept());
        assert_eq!(case(&five, &one, Issued::NoLedger), check(&[Reason::OneReading]));
        assert_eq!(case(&five, &one, Issued::No), check(&[Reason::OneReading, Reason::NotIssued]));
    }
    let fourteen = profile_standard(FOURTEEN);
    let one = reading(Some((Symbology::Code39, "50010000000102")), None);
    assert_eq!(
        case(&fourteen, &one, Issued::Yes),
        check(&[Reason::OneReading, Reason::NoCheckDigit])
    );
    assert_eq!(
        case(&fourteen, &one, Issued::No),
        check(&[Reason::OneReading, Reason::NoCheckDigit, Reason::NotIssued])
    );
}

fn print_of(free: &str, number: Option<&str>, confidence: u16) -> Option<PrintedFinding> {
    Some(PrintedFinding { free: free.into(), number: number.map(Number::canonical), confidence })
}

#[test]
fn judge_an_unsure_print_is_never_a_second_reading() {
    let five = profile(FIVE);
    let mut one = reading(code128(RIGHT), None);
    for (free, confidence) in [(RIGHT, 899), ("A690O602672", 990), ("A690060267", 990), ("", 990)] {
        one.printed = print_of(free, Some(RIGHT), confidence);
        assert_eq!(case(&five, &one, Issued::NoLedger), check(&[Reason::OneReading]), "{free}");
        // the barcode with the ledger is enough, as nothing speaks against it
        assert_eq!(case(&five, &one, Issued::Yes), accept());
    }
    // alone, even with the ledger, it must be a good one
    one.barcode = None;
    one.printed = print_of(RIGHT, Some(RIGHT), 899);
    assert_eq!(case(&five, &one, Issued::Yes), check(&[Reason::OneReading]));
    one.printed = print_of(RIGHT, Some(RIGHT), 900);
    assert_eq!(case(&five, &one, Issued::Yes), accept());
    one.printed = print_of(RIGHT, Some(RIGHT), 299);
    let nothing = unreadable(&[Reason::NoBarcode, Reason::NothingRead]);
    assert_eq!(case(&five, &one, Issued::Yes), nothing);
}

#[test]
fn judge_a_clear_print_that_says_something_else_stops() {
    let five = profile(FIVE);
    let stop = (Verdict::Stop, vec![Reason::ReadingsDiffer]);
    let mut one = reading(code128(RIGHT), None);
    // one digit changed, two swapped: the check digit is wrong, and no number is claimed
    for forged in ["A6900602673", "A6900602072", "A6900062672"] {
        one.printed = print_of(forged, None, 980);
        assert_eq!(case(&five, &one, Issued::Yes), stop, "{forged}");
        one.printed = print_of(forged, None, 499);
        assert_eq!(case(&five, &one, Issued::NoLedger), check(&[Reason::OneReading]), "{forged}");
    }
    // check digit made anew
    one.printed = print_of("A6900602689", Some("A6900602689"), 500);
    assert_eq!(case(&five, &one, Issued::NoLedger), stop);
    // a whisper of another number takes the ledger's word away
    one.printed = print_of("A6900602689", Some("A6900602689"), 350);
    assert_eq!(case(&five, &one, Issued::Yes), check(&[Reason::OneReading]));
}

#[test]
fn judge_print_without_a_number_is_no_reading() {
    let five = profile(FIVE);
    let mut one = reading(code128(RIGHT), Some(RIGHT));
    if let Some(printed) = &mut one.printed {
        printed.number = None;
        printed.free = "A690O602672".into();
    }
    assert_eq!(case(&five, &one, Issued::Yes), accept());
    assert_eq!(case(&five, &one, Issued::NoLedger), check(&[Reason::OneReading]));
    // a claimed number that the grammar doesn't take is none either
    let claimed = reading(code128(RIGHT), Some("A6900602673"));
    assert_eq!(case(&five, &claimed, Issued::NoLedger), check(&[Reason::OneReading]));
    one.barcode = None;
    assert_eq!(
        case(&five, &one, Issued::Yes),
        unreadable(&[Reason::NoBarcode, Reason::NothingRead])
    );
}

#[test]
fn judge_other_schemes_and_wrong_check_digits() {
    let five = profile(FIVE);
    let other = reading(Some((Symbology::Ean13, "4901234567894")), Some(RIGHT));
    assert_eq!(case(&five, &other, Issued::Yes), stop(&[Reason::OtherScheme]));
    let judgement = judge(&five, &other, &|_| Issued::Yes, None);
    assert_eq!((judgement.number, judgement.kind), (None, None));
    let wrong = reading(code128("A6900602673"), None);
    assert_eq!(case(&five, &wrong, Issued::Yes), unreadable(&[Reason::CheckDigitWrong]));
    let with_print = reading(code128("A6900602673"), Some(RIGHT));
    assert_eq!(
        case(&five, &with_print, Issued::Yes),
        check(&[Reason::CheckDigitWrong, Reason::OneReading])
    );
}

#[test]
fn judge_nothing_read() {
    let five = profile(FIVE);
    let mut nothing = reading(None, None);
    assert_eq!(
        case(&five, &nothing, Issued::NoLedger),
        unreadable(&[Reason::NoBarcode, Reason::NothingRead])
    );
    nothing.looks_like = Some(LayoutId::new("E"));
    assert_eq!(case(&five, &nothing, Issued::NoLedger), unreadable(&[Reason::NothingRead]));
}

#[test]
fn judge_faults_come_first() {
    let five = profile(FIVE);
    for (fault, reason) in [
        (Fault::BrokenPicture, Reason::BrokenPicture),
        (Fault::Blank, Reason::Blank),
        (Fault::SeveralBarcodes, Reason::SeveralBarcodes),
        (Fault::PartOfCode, Reason::PartOfCode),
        (Fault::SeveralSheets, Reason::SeveralSheets),
        (Fault::FaceDown, Reason::FaceDown),
        (Fault::SideMissing, Reason::SideMissing),
        (Fault::SamePicture, Reason::SamePicture),
    ] {
        let mut both = reading(code128(RIGHT), Some(RIGHT));
        both.faults = vec![fault, Fault::SamePicture, fault];
        let judgement = judge(&five, &both, &|_| Issued::Yes, None);
        assert_eq!(judgement.verdict, Verdict::Stop);
        assert_eq!(judgement.reasons[0], reason);
        assert!(judgement.reasons.is_sorted_by(|a, b| a < b));
        assert_eq!(judgement.number, Some(Number::canonical(RIGHT)));
    }
}

#[test]
fn judge_an_incomplete_picture_never_counts_alone() {
    let five = profile(FIVE);
    for (barcode, print) in
        [(code128(RIGHT), Some(RIGHT)), (code128(RIGHT), None), (None, Some(RIGHT))]
    {
        let whole = reading(barcode, print);
        let lacking = Reading { faults: vec![Fault::PictureIncomplete], ..whole.clone() };
        for issued in [Issued::Yes, Issued::No, Issued::NoLedger] {
            let told = |reading: &Reading| judge(&five, reading, &|_| issued, None);
            let (whole, lacking) = (told(&whole), told(&lacking));
            assert_ne!(lacking.verdict, Verdict::Accept);
            assert!(lacking.reasons.contains(&Reason::PictureIncomplete));
            // A number is proposed and nothing is stopped that would not be stopped else.
            assert_eq!(lacking.number, whole.number);
            assert_eq!(lacking.verdict == Verdict::Stop, whole.verdict == Verdict::Stop);
        }
    }
    let nothing = Reading { faults: vec![Fault::PictureIncomplete], ..Reading::default() };
    let judged = judge(&five, &nothing, &|_| Issued::Yes, None);
    assert_eq!(judged.verdict, Verdict::Unreadable);
    assert!(judged.reasons.contains(&Reason::PictureIncomplete));
}

#[test]
fn judge_profile_may_tighten() {
    let mut five = profile(FIVE);
    let both = reading(code128(RIGHT), Some(RIGHT));
    let one = reading(code128(RIGHT), None);
    five.accept = AcceptRule::TwoReadings;
    assert_eq!(case(&five, &both, Issued::Yes), accept());
    assert_eq!(
        case(&five, &one, Issued::Yes),
        check(&[Reason::OneReading, Reason::ProfileWantsPerson])
    );
    five.accept = AcceptRule::Person;
    assert_eq!(case(&five, &both, Issued::Yes), check(&[Reason::ProfileWantsPerson]));
    assert_eq!(
        case(&five, &one, Issued::Yes),
        check(&[Reason::OneReading, Reason::ProfileWantsPerson])
    );
}

#[test]
fn judge_kinds() {
    let five = profile(FIVE);
    let (k1000, k500) = (KindId::new("1000"), KindId::new("500"));
    let mut both = reading(code128(RIGHT), Some(RIGHT));
    let of = |profile: &Profile, reading: &Reading, pile: Option<&KindId>| {
        let judgement = judge(profile, reading, &|_| Issued::Yes, pile);
        (judgement.verdict, judgement.reasons, judgement.kind)
    };
    let conflict = (Verdict::Stop, vec![Reason::KindConflict], None);
    assert_eq!(of(&five, &both, Some(&k500)), conflict);
    assert_eq!(of(&five, &both, Some(&k1000)), (Verdict::Accept, vec![], Some(k1000.clone())));
    both.kind_text = Some(k500.clone());
    assert_eq!(of(&five, &both, None), conflict);
    let mut one = reading(None, None);
    one.kind_text = Some(k500.clone());
    assert_eq!(of(&five, &one, Some(&k1000)).0, Verdict::Stop);
    assert_eq!(of(&five, &one, Some(&k500)).2, Some(k500));

    let book = profile(BOOK);
    let number = "N12345678501";
    let address = format!("https://example.jp/v?n={number}");
    let both = reading(Some((Symbology::QrCode, &address)), Some(number));
    assert_eq!(of(&book, &both, None), (Verdict::Check, vec![Reason::KindUnknown], None));
    assert_eq!(of(&book, &both, Some(&k1000)), (Verdict::Accept, vec![], Some(k1000)));
}

#[test]
fn judge_second_number() {
    let mut book = profile(BOOK);
    let first = book.layouts[0].number.clone();
    let second = book.layouts[0].second.as_mut().unwrap();
    second.same = true;
    second.number = first;
    second.barcode = None;
    let pile = KindId::new("500");
    let mut both = reading(
        Some((Symbology::QrCode, "https://example.jp/v?n=N12345678501")),
        Some("N12345678501"),
    );
    let of = |both: &Reading| {
        let judgement = judge(&book, both, &|_| Issued::Yes, Some(&pile));
        (judgement.verdict, judgement.reasons)
    };
    assert_eq!(of(&both), accept());
    for (text, want) in [
        ("N-123456785-01", accept()),
        ("N12345678502", stop(&[Reason::SecondNumberDiffers])),
        ("something else", stop(&[Reason::SecondNumberDiffers])),
    ] {
        both.second = Some(BarcodeFinding { symbology: Symbology::Code128, text: text.into() });
        assert_eq!(of(&both), want, "{text}");
    }
}

#[test]
fn words_are_those_of_the_log() {
    for reason in Reason::ALL {
        let json = serde_json::to_string(&reason).unwrap();
        assert_eq!(json, format!("\"{}\"", reason.word()));
    }
    for verdict in Verdict::ALL {
        let json = serde_json::to_string(&verdict).unwrap();
        assert_eq!(json, format!("\"{}\"", verdict.word()));
    }
    assert!(Reason::ALL.is_sorted());
    assert_eq!(Reason::ALL.last(), Some(&Reason::HeldByPerson));
}

/// Numbers that are right, nearly right, of another scheme, or anything.
fn content() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => (0u64..3, "[A-E]").prop_map(|(serial, layout)| {
            number(&profile(FIVE), &layout, serial).as_str().to_owned()
        }),
        1 => "[A-F][0-9]{10}",
        1 => "A?[0-9]{10}A?",
        1 => ".{0,12}",
    ]
}

fn any_reading() -> impl Strategy<Value = Reading> {
    let barcode = proptest::option::of((proptest::sample::select(&Symbology::ALL[..]), content()));
    let printed = proptest::option::of((content(), any::<bool>(), any::<bool>(), 0u16..=1000));
    let kind =
        || proptest::option::weighted(0.2, proptest::sample::select(vec!["1000", "500", "x"]));
    let fault = proptest::option::weighted(0.1, Just(Fault::SideMissing));
    (barcode, printed, kind(), fault).prop_map(|(barcode, printed, kind, fault)| Reading {
        barcode: barcode.map(|(symbology, text)| {
            let ten = text.get(1..).filter(|_| text.is_ascii()).unwrap_or("");
            let text = match symbology {
                Symbology::Codabar => format!("A{ten}A"),
                Symbology::Itf => ten.to_owned(),
                _ => text,
            };
            BarcodeFinding { symbology, text }
        }),
        printed: printed.map(|(text, taken, firm, confidence)| PrintedFinding {
            number: taken.then(|| Number::canonical(&text)),
            free: if firm { text } else { text.replacen('7', "1", 1) },
            confidence,
        }),
        kind_text: kind.map(KindId::new),
        faults: fault.into_iter().collect(),
        ..Reading::default()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]
    #[test]
    fn judge_accepts_only_by_law_five(
        reading in any_reading(),
        ledger in proptest::sample::select(vec![Issued::Yes, Issued::No, Issued::NoLedger]),
        rule in proptest::sample::select(vec![AcceptRule::Standard, AcceptRule::TwoReadings, AcceptRule::Person]),
    ) {
        let mut five = profile(FIVE);
        five.accept = rule;
        let judgement = judge(&five, &reading, &|_| ledger, None);
        prop_assert!(judgement.reasons.is_sorted_by(|a, b| a < b));
        prop_assert_eq!(judgement.reasons.is_empty(), judgement.verdict == Verdict::Accept);
        if judgement.verdict == Verdict::Check {
            prop_assert!(judgement.number.is_some());
        }
        if judgement.verdict == Verdict::Accept {
            let number = judgement.number.unwrap();
            // told from the texts alone, not by the code under test
            let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
            let said = reading.barcode.as_ref().map(|b| digits(&b.text));
            let printed = reading.printed.as_ref().and_then(|p| p.number.as_ref()).map(|n| digits(n.as_str()));
            let ours = digits(number.as_str());
            let mut body = ours.clone();
            let last = body.pop();
            let sum: u32 = body.bytes().rev().zip([3, 1].iter().cycle()).map(|(d, w)| u32::from(d - b'0') * w).sum();
            prop_assert_eq!(last, char::from_digit((10 - sum % 10) % 10, 10));
            let free = reading.printed.as_ref().map(|p| digits(&p.free));
            let sure = reading.printed.as_ref().is_some_and(|p| p.confidence >= 900);
            // a digit that only the grammar put there never counts
            let vouched = printed.as_ref() == Some(&ours) && free == printed && sure;
            let agree = said.as_ref() == Some(&ours) && vouched;
            prop_assert!(said.is_some() || vouched);
            prop_assert!(agree || ledger == Issued::Yes);
            prop_assert!(said.iter().all(|said| *said == ours));
            prop_assert!(ledger != Issued::No);
            prop_assert!(reading.faults.is_empty());
            prop_assert!(rule != AcceptRule::Person);
            prop_assert!(agree || rule == AcceptRule::Standard);
            prop_assert!(judgement.kind.is_some() && judgement.layout.is_some());
        }
    }
}

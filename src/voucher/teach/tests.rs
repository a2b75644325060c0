//! Case by case: what is proposed, guessed, missing, contradicted.

use super::lines::{number_codes, number_lines};
use super::*;
use crate::voucher::barcode::ContentPart;
use crate::voucher::check_digit::{CheckScheme, Modulus11Rule};
use crate::voucher::grammar::Part;
use crate::voucher::profile_file;
use crate::voucher::{Side, Symbology, Yen};

pub(super) fn area(x: f32, y: f32, w: f32, h: f32) -> Area {
    Area { side: Side::Front, x, y, w, h }
}

/// A voucher with a barcode at the left and a number at the right.
pub(super) fn sample(symbology: Symbology, text: &str, printed: Option<&str>) -> Sample {
    Sample {
        barcode: Some(BarcodeFinding { symbology, text: text.to_owned() }),
        printed: printed.map(str::to_owned),
        face_mm: (150.0, 70.0),
        barcode_area: Some(area(0.05, 0.7, 0.4, 0.2)),
        number_area: Some(area(0.6, 0.75, 0.3, 0.08)),
    }
}

fn only_print(printed: &str) -> Sample {
    Sample { barcode: None, barcode_area: None, ..sample(Symbology::Itf, "", Some(printed)) }
}

/// The one layout of samples without contradiction.
#[track_caller]
pub(super) fn one(samples: &[Sample]) -> LayoutProposal {
    let mut taught = propose(samples).unwrap();
    assert_eq!(taught.contradictions, []);
    assert_eq!(taught.layouts.len(), 1);
    taught.layouts.remove(0)
}

fn luhn(body: &str) -> String {
    format!("{body}{}", CheckScheme::Luhn.compute(body).unwrap())
}

const BODIES: [&str; 6] =
    ["204113507", "204938120", "204550296", "204071834", "204362945", "204897713"];

fn kinds() -> Vec<crate::voucher::Kind> {
    vec![kind("1000", Yen(1000))]
}

/// What the profile of these samples reads.
#[track_caller]
pub(super) fn reads(proposal: &LayoutProposal, samples: &[Sample], numbers: &[String]) {
    let scheme = Scheme { id: "new".into(), name: "新しい券".into(), kinds: kinds() };
    let (made, text) = profile(&scheme, std::slice::from_ref(proposal)).unwrap();
    assert_eq!(profile_file::parse(&text).unwrap(), made);
    for (sample, number) in samples.iter().zip(numbers) {
        let found = sample.barcode.as_ref().map(|it| made.identify_barcode(it));
        let printed = sample.printed.as_ref().map(|it| made.identify(it));
        for said in found.into_iter().chain(printed) {
            let crate::voucher::profile::Identified::Number { number: read, .. } = said else {
                panic!("{sample:?}: {said:?}\n{text}");
            };
            assert_eq!(read.as_str(), number);
        }
    }
}

#[test]
fn a_codabar_without_the_printed_letter() {
    let numbers: Vec<String> = BODIES.map(|body| format!("N{}", luhn(body))).to_vec();
    let samples: Vec<Sample> = numbers
        .iter()
        .map(|number| {
            let printed = format!("{} {} {}", &number[..1], &number[1..5], &number[5..]);
            sample(Symbology::Codabar, &format!("A{}A", &number[1..]), Some(&printed))
        })
        .collect();
    let proposal = one(&samples);
    let rule = proposal.barcode.clone().unwrap();
    assert_eq!((rule.start_stop, rule.length), (Some(('A', 'A')), 10));
    assert_eq!((rule.add_prefix.as_str(), rule.digits_only), ("N", true));
    assert_eq!(proposal.checks.standing(), Standing::Proven);
    let check = proposal.check_taken().unwrap();
    assert_eq!((check.scheme, check.place), (CheckScheme::Luhn, 10));
    assert_eq!(check.cover, (1..10).collect::<Vec<_>>());
    assert_eq!(proposal.form.pattern(Some(check)), "N#########*");
    let grammar = proposal.grammar().unwrap();
    assert_eq!(
        grammar.parts(),
        [
            Part::Literal("N".into()),
            Part::Digits { count: 9, name: "serial".into() },
            Part::Check { scheme: CheckScheme::Luhn, covers: vec!["serial".into()] },
        ]
    );
    assert_eq!((grammar.groups(), grammar.separator()), (&[1, 4, 6][..], " "));
    assert!(proposal.guesses.contains(&Guess::PrefixFromPrint { prefix: "N".into(), samples: 6 }));
    assert!(proposal.guesses.contains(&Guess::SameDigits { digits: "204".into() }));
    reads(&proposal, &samples, &numbers);
}

#[test]
fn the_number_in_a_web_address() {
    let number = |body: &&str| format!("S{}", luhn(body));
    let numbers: Vec<String> = BODIES.iter().map(number).collect();
    type Content<'a> = &'a dyn Fn(&str) -> String;
    let forms: [(Content, ContentPart); 3] = [
        (&|it| format!("https://v.example/c?shop=00412&n={it}#x"), ContentPart::Query("n".into())),
        (&|it| format!("https://v.example/2026/{it}"), ContentPart::LastSegment),
        (&|it| format!("CAMPAIGN7 no:{it}"), ContentPart::After("CAMPAIGN7 no:".into())),
    ];
    for (content, part) in forms {
        let with = |printed: bool| -> Vec<Sample> {
            let of = |it: &String| {
                sample(Symbology::QrCode, &content(it), printed.then_some(it.as_str()))
            };
            numbers.iter().map(of).collect()
        };
        for samples in [with(true), with(false)] {
            let proposal = one(&samples);
            let rule = proposal.barcode.clone().unwrap();
            assert_eq!((&rule.part, rule.length, rule.digits_only), (&part, 11, false));
            reads(&proposal, &samples, &numbers);
        }
    }
}

#[test]
fn what_the_code_has_before_the_print() {
    let numbers: Vec<String> = BODIES.map(luhn).to_vec();
    let of = |it: &String| sample(Symbology::Code128, &format!("2026{it}"), Some(it));
    let samples: Vec<Sample> = numbers.iter().map(of).collect();
    let proposal = one(&samples);
    let rule = proposal.barcode.clone().unwrap();
    assert_eq!(rule.part, ContentPart::After("2026".into()));
    reads(&proposal, &samples, &numbers);
}

#[test]
fn print_alone_with_a_label() {
    let numbers: Vec<String> = BODIES.map(luhn).to_vec();
    for label in ["", "No.", "券番号 ", "№ ", "NO "] {
        let of = |it: &String| only_print(&format!("{label}{}-{}", &it[..4], &it[4..]));
        let samples: Vec<Sample> = numbers.iter().map(of).collect();
        let proposal = one(&samples);
        assert_eq!(proposal.barcode, None);
        assert_eq!(proposal.form.groups, [4, 6], "{label}");
        assert_eq!(proposal.form.separator, "-");
        assert_eq!(proposal.checks.standing(), Standing::Proven);
        assert_eq!(proposal.gaps(), []);
    }
}

#[test]
fn letters_are_seen_and_told() {
    let letters = |seen: [char; 4]| {
        let of = |(letter, body): (char, &str)| {
            sample(Symbology::Code39, &format!("{letter}{}", luhn(body)), None)
        };
        one(&seen.into_iter().zip(BODIES).map(of).collect::<Vec<_>>())
    };
    let two = letters(['A', 'B', 'A', 'B']);
    assert_eq!(two.form.places[0], Place::Letters("AB".into()));
    let (seen, allowed) = ("AB".to_owned(), "AB".to_owned());
    assert!(two.guesses.contains(&Guess::Letters { position: 0, seen, allowed }));
    let many = letters(['A', 'F', 'K', 'Z']);
    let every: String = ('A'..='Z').collect();
    assert_eq!(many.form.places[0], Place::Letters(every.clone()));
    assert!(many.guesses.contains(&Guess::Letters {
        position: 0,
        seen: "AFKZ".into(),
        allowed: every
    }));
    assert_eq!(many.form.pattern(many.checks.fits.first()), "[A-Z]#########*");
}

#[test]
fn few_samples_prove_nothing() {
    let samples = |count: usize| -> Vec<Sample> {
        BODIES[..count].iter().map(|it| sample(Symbology::Itf, &luhn(it), None)).collect()
    };
    let one_only = one(&samples(1));
    assert!(one_only.guesses.contains(&Guess::OneSample));
    assert_eq!(one_only.check, None);
    let three = one(&samples(3));
    let Standing::NotProven { more } = three.checks.standing() else {
        panic!("{:?}", three.checks);
    };
    // 26 schemes or so by 1 in 1000: two or three more
    assert!((1..=3).contains(&more), "{more}");
    assert_eq!((three.check, three.checks.numbers), (None, 3));
    assert!(three.checks.fits.iter().any(|fit| fit.scheme == CheckScheme::Luhn));
    let enough = one(&samples(3 + more));
    assert_eq!(enough.checks.standing(), Standing::Proven);
    // the same voucher again is no proof
    let again: Vec<Sample> = samples(3).into_iter().cycle().take(9).collect();
    let again = one(&again);
    assert_eq!(again.checks.standing(), three.checks.standing());
    assert_eq!(again.guesses.iter().filter(|it| matches!(it, Guess::SameNumber { .. })).count(), 3);
}

#[test]
fn numbers_without_check_digit_have_none() {
    let numbers = ["2040113507", "2048938121", "2040550290", "2042071833", "2043362946"];
    let samples = numbers.map(|number| sample(Symbology::Itf, number, None));
    let proposal = one(&samples);
    assert_eq!((proposal.checks.standing(), proposal.check), (Standing::NoneFits, None));
    assert!(!proposal.grammar().unwrap().has_check_digit());
    assert!(proposal.checks.tried > 100);
}

#[test]
fn ean_is_proven_by_itself() {
    let body = |no: u32| format!("49012345{no:04}");
    let number = |no: u32| {
        let body = body(no);
        format!("{body}{}", CheckScheme::Modulus10Weight3.compute(&body).unwrap())
    };
    let samples = [7, 1933].map(|no| sample(Symbology::Ean13, &number(no), None));
    let proposal = one(&samples);
    assert_eq!(proposal.checks.standing(), Standing::Proven);
    assert_eq!(proposal.check_taken().unwrap().scheme, CheckScheme::Modulus10Weight3);
}

#[test]
fn a_check_digit_in_the_middle() {
    // book, check, branch
    let scheme = CheckScheme::SevenDr;
    let of = |(no, body): (usize, &str)| {
        let check = scheme.compute(body).unwrap();
        sample(Symbology::Code128, &format!("T{body}{check}{:02}", (no * 37) % 100), None)
    };
    let bodies = BODIES.into_iter().chain(["204666271", "204710093"]);
    let proposal = one(&bodies.enumerate().map(of).collect::<Vec<_>>());
    assert_eq!(proposal.checks.standing(), Standing::Proven, "{:?}", proposal.checks);
    let check = proposal.check_taken().unwrap();
    assert_eq!((check.scheme, check.place), (scheme, 10));
    assert_eq!(proposal.form.pattern(Some(check)), "T#########*##");
}

#[test]
fn modulus_eleven_says_that_its_rule_is_open() {
    let scheme = CheckScheme::Modulus11 { low: 2, high: 7, rule: Modulus11Rule::X };
    let body = |no: u64| format!("{:08}", (no * 7_919_391) % 100_000_000);
    let with = |wanted: &dyn Fn(char) -> bool, count: usize| -> Vec<Sample> {
        let numbers = (3..).map(body).map(|it| (scheme.compute(&it).unwrap(), it));
        let numbers = numbers.filter(|(check, _)| wanted(*check)).take(count);
        numbers
            .map(|(check, body)| sample(Symbology::Code39, &format!("{body}{check}"), None))
            .collect()
    };
    let open = one(&with(&|check| !"0X".contains(check), 8));
    let Standing::Several { fits, more } = open.checks.standing() else {
        panic!("{:?}", open.checks);
    };
    assert!(fits >= 4 && (10..80).contains(&more), "{fits} {more}");
    assert_eq!(open.check, None);
    assert!(open.checks.fits[..fits].iter().any(|fit| fit.scheme == scheme));
    // an X at the end is a place that only the check digit explains
    let mut told = with(&|check| check == 'X', 2);
    told.extend(with(&|check| check != 'X', 9));
    let told = one(&told);
    assert_eq!(told.gaps(), []);
    assert_eq!(told.check_taken().unwrap().scheme, scheme);
}

#[test]
fn contradictions_are_told_sample_by_sample() {
    let good = |at: usize| sample(Symbology::Code128, &format!("M{}", luhn(BODIES[at])), None);
    let mut samples: Vec<Sample> = (0..5).map(good).collect();
    samples.push(sample(Symbology::QrCode, "M2043629453", None));
    samples.push(sample(Symbology::Code128, "M20489771", None));
    samples.push(Sample { barcode: None, printed: None, ..samples[0].clone() });
    let mut elsewhere = good(5);
    elsewhere.barcode_area = Some(area(0.5, 0.1, 0.4, 0.2));
    samples.push(elsewhere);
    let taught = propose(&samples).unwrap();
    let unlike =
        Unlike::Symbology { is: Some(Symbology::QrCode), others: Some(Symbology::Code128) };
    assert_eq!(
        taught.contradictions,
        [
            Contradiction::Alone { sample: 5, unlike },
            Contradiction::Length { sample: 6, text: "M20489771".into(), got: 9, want: 11 },
            Contradiction::NothingRead { sample: 7 },
            Contradiction::Alone { sample: 8, unlike: Unlike::Place },
        ]
    );
    assert_eq!(taught.layouts.len(), 1);
    assert_eq!(taught.layouts[0].numbers.len(), 5);
    for told in &taught.contradictions {
        let words = told.to_string();
        assert!(words.starts_with(&format!("sample {}: ", told.sample() + 1)), "{words}");
    }
}

#[test]
fn print_and_barcode_that_differ_are_never_averaged() {
    let numbers: Vec<String> = BODIES.map(|body| format!("M{}", luhn(body))).to_vec();
    let mut samples: Vec<Sample> =
        numbers.iter().map(|it| sample(Symbology::Code128, it, Some(it))).collect();
    samples[2].printed = Some("M2045502977".into());
    let taught = propose(&samples).unwrap();
    let [Contradiction::PrintDiffers { sample: 2, .. }] = taught.contradictions[..] else {
        panic!("{:?}", taught.contradictions);
    };
    assert_eq!(taught.layouts[0].numbers.len(), 5);
}

#[test]
fn a_misread_check_digit_is_told() {
    let mut numbers: Vec<String> = BODIES.map(luhn).to_vec();
    numbers.extend(["204666271", "204710093"].map(luhn));
    numbers[3].replace_range(4..5, "5");
    let samples: Vec<Sample> = numbers.iter().map(|it| sample(Symbology::Itf, it, None)).collect();
    let taught = propose(&samples).unwrap();
    let [Contradiction::CheckDigit { sample: 3, scheme: "luhn", .. }] = taught.contradictions[..]
    else {
        panic!("{:?}", taught.contradictions);
    };
}

#[test]
fn a_letter_among_digits_is_told() {
    let mut numbers: Vec<String> = BODIES.map(luhn).to_vec();
    numbers[1].replace_range(2..3, "O");
    let samples: Vec<Sample> = numbers.iter().map(|it| only_print(it)).collect();
    let taught = propose(&samples).unwrap();
    let [Contradiction::Character { sample: 1, position: 2, found: 'O', .. }] =
        taught.contradictions[..]
    else {
        panic!("{:?}", taught.contradictions);
    };
    assert_eq!(taught.layouts[0].gaps(), []);
}

#[test]
fn two_layouts_at_once() {
    let numbers: Vec<String> = BODIES.map(luhn).to_vec();
    let samples: Vec<Sample> = numbers
        .iter()
        .enumerate()
        .map(|(at, number)| match at % 2 {
            0 => sample(Symbology::Code128, &format!("A{number}"), None),
            _ => sample(Symbology::QrCode, &format!("B{number}"), None),
        })
        .collect();
    let taught = propose(&samples).unwrap();
    assert_eq!((taught.layouts.len(), taught.contradictions.len()), (2, 0));
    let scheme = Scheme { id: "two".into(), name: "two".into(), kinds: kinds() };
    let (made, _) = profile(&scheme, &taught.layouts).unwrap();
    let ids: Vec<&str> = made.layouts.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(ids, ["A", "B"]);
}

#[test]
fn what_is_missing_is_said() {
    assert_eq!(propose(&[]), Err(TeachError::NoSamples));
    let nothing = Sample { barcode: None, printed: None, ..only_print("") };
    assert_eq!(propose(&[nothing.clone(), nothing]), Err(TeachError::NothingRead));
    let numbers: Vec<String> = BODIES.map(luhn).to_vec();
    let bare = |it: &String| Sample { number_area: None, ..sample(Symbology::Itf, it, None) };
    let mut proposal = one(&numbers.iter().map(bare).collect::<Vec<_>>());
    assert_eq!(proposal.gaps(), [Gap::NumberArea]);
    let layout = proposal.layout(LayoutId::new("A"), KindRule::ByOperator);
    assert_eq!(layout, Err(TeachError::Gap(Gap::NumberArea)));
    // the person draws it
    proposal.number_area = Some(area(0.5, 0.5, 0.4, 0.2));
    assert!(proposal.layout(LayoutId::new("A"), KindRule::ByOperator).is_ok());
}

#[test]
fn boxes_are_the_median_a_little_grown() {
    let numbers: Vec<String> = BODIES.map(luhn).to_vec();
    let mut samples: Vec<Sample> =
        numbers.iter().map(|it| sample(Symbology::Itf, it, None)).collect();
    for (no, sample) in samples.iter_mut().enumerate() {
        sample.number_area = Some(area(0.6 + 0.002 * no as f32, 0.9, 0.38, 0.08));
    }
    samples[5].number_area = Some(area(0.1, 0.1, 0.3, 0.08));
    let taught = propose(&samples).unwrap();
    assert_eq!(taught.contradictions, [Contradiction::NumberPlace { sample: 5 }]);
    let found = taught.layouts[0].number_area.unwrap();
    let off = |value: f32, want: f32| assert!((value - want).abs() < 0.002, "{found:?}");
    off(found.x, 0.604 - 0.6 * 0.08 * 70.0 / 150.0);
    off(found.y, 0.9 - 0.4 * 0.08);
    // cut to the face
    off(found.x + found.w, 1.0);
    off(found.y + found.h, 1.0);
}

#[test]
fn the_number_among_other_lines() {
    let line = |x, y, marks, text: Option<&str>| Line {
        area: area(x, y, 0.3, 0.06),
        text: text.map(str::to_owned),
        marks,
    };
    let barcode = |text: &str| -> Coded {
        (BarcodeFinding { symbology: Symbology::Code128, text: text.into() }, None)
    };
    let codes = ["M2041135071", "M2049381204", "M2045502966"].map(barcode);
    // by what they say
    let said: Vec<Vec<Line>> = codes
        .iter()
        .map(|code| {
            let number = &code.0.text[1..];
            vec![line(0.1, 0.2, 11, Some("LAKESIDE 2026")), line(0.6, 0.8, 13, Some(number))]
        })
        .collect();
    let asked: Vec<_> = codes.iter().zip(&said).map(|(it, lines)| (Some(it), &lines[..])).collect();
    assert_eq!(number_lines(&asked), [Some(1); 3]);
    // by the number of their characters, where nothing reads
    let bare: Vec<Vec<Line>> = (0..3)
        .map(|no| {
            vec![
                line(0.1, 0.2, 19, None),
                line(0.6, 0.8, 11 + no / 2, None),
                line(0.6, 0.3, 4, None),
            ]
        })
        .collect();
    let asked: Vec<_> = codes.iter().zip(&bare).map(|(it, lines)| (Some(it), &lines[..])).collect();
    assert_eq!(number_lines(&asked), [Some(1); 3]);
    // two lines that are as good: nobody knows
    let both: Vec<Vec<Line>> =
        (0..3).map(|_| vec![line(0.1, 0.2, 11, None), line(0.6, 0.8, 11, None)]).collect();
    let asked: Vec<_> = codes.iter().zip(&both).map(|(it, lines)| (Some(it), &lines[..])).collect();
    assert_eq!(number_lines(&asked), [None; 3]);
    // print alone: what differs from voucher to voucher and has digits
    let texts = ["2041135071", "2049381204", "2045502966"];
    let printed: Vec<Vec<Line>> = texts
        .iter()
        .map(|it| {
            vec![line(0.1, 0.2, 13, Some("2026-01-31 2026-12-31")), line(0.6, 0.8, 10, Some(it))]
        })
        .collect();
    let asked: Vec<_> = printed.iter().map(|lines| (None, &lines[..])).collect();
    assert_eq!(number_lines(&asked), [Some(1); 3]);
    // samples of another sort have their number elsewhere
    let other: Vec<Coded> = texts
        .map(|it| (BarcodeFinding { symbology: Symbology::Itf, text: it.into() }, None))
        .to_vec();
    let moved: Vec<Vec<Line>> =
        (0..3).map(|_| vec![line(0.6, 0.8, 19, None), line(0.1, 0.2, 11, None)]).collect();
    let mut asked: Vec<_> =
        codes.iter().zip(&bare).map(|(it, lines)| (Some(it), &lines[..])).collect();
    asked.extend(other.iter().zip(&moved).map(|(it, lines)| (Some(it), &lines[..])));
    assert_eq!(number_lines(&asked), [Some(1); 6]);
}

#[test]
fn the_barcode_that_differs_is_the_numbers() {
    let code = |symbology, text: &str, x| -> Coded {
        (BarcodeFinding { symbology, text: text.into() }, Some(area(x, 0.7, 0.2, 0.2)))
    };
    let site = || code(Symbology::QrCode, "https://lake.example/2026", 0.1);
    let number = |text: &str| code(Symbology::Code128, text, 0.6);
    let samples = [
        vec![site(), number("M2041135071")],
        vec![number("M2049381204"), site()],
        vec![site()],
        vec![],
        vec![site(), number("M2045502966")],
    ];
    let slices: Vec<&[Coded]> = samples.iter().map(Vec::as_slice).collect();
    assert_eq!(number_codes(&slices), [Some(1), Some(0), Some(0), None, Some(1)]);
}

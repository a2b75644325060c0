use super::super::parse;
use super::*;
use crate::voucher::check_digit::Modulus11Rule;
use crate::voucher::profile::Provisional;
use crate::voucher::samples::{self, ALL};
use crate::voucher::{KindId, LayoutId, Symbology, Yen};
use jiff::civil::Date;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};

#[track_caller]
fn comes_back(profile: &Profile) {
    let text = write(profile);
    match parse(&text) {
        Ok(again) => assert_eq!(again, *profile, "\n{text}"),
        Err(problems) => panic!("{problems:#?}\n{text}"),
    }
}

#[test]
fn every_sample_comes_back() {
    for (_, toml) in ALL {
        let profile = samples::profile(toml);
        comes_back(&profile);
        // the same profile is always the same file
        assert_eq!(write(&profile), write(&samples::profile(&write(&profile))));
    }
}

#[test]
fn a_person_can_read_it() {
    let text = write(&samples::profile(samples::BOOK));
    for line in [
        "valid = [{ from = 2026-04-01, until = 2026-06-30 }, { from = 2026-09-01, until = 2026-12-15 }]",
        "kind = { operator = true }",
        "number_box = [0.05, 0.78, 0.45, 0.17]",
        "number_side = \"back\"",
        "  { check = \"modulus11\", weights = [2, 7], rule = \"04\", covers = [\"book\"] },",
        "groups = [1, 9, 2]",
        "part = { query = \"n\" }",
        "yen_per_sheet = 30",
    ] {
        assert!(text.lines().any(|it| it == line), "{line}\n{text}");
    }
}

fn fraction_pair() -> impl Strategy<Value = (f32, f32)> {
    (0.0f32..0.9, 0.01f32..1.0).prop_map(|(from, part)| (from, (part * (1.0 - from)).max(1e-3)))
}

fn areas() -> impl Strategy<Value = Area> {
    (fraction_pair(), fraction_pair(), any::<bool>()).prop_map(|((x, w), (y, h), back)| {
        let side = if back { Side::Back } else { Side::Front };
        Area { side, x, y, w, h }
    })
}

fn schemes() -> impl Strategy<Value = CheckScheme> {
    let eleven =
        (1u8..=10, 1u8..=10, select(Modulus11Rule::ALL.to_vec())).prop_map(|(one, two, rule)| {
            CheckScheme::Modulus11 { low: one.min(two), high: one.max(two), rule }
        });
    let letters = || select(vec!['A', 'B', 'C', 'D']);
    let nw7 =
        (letters(), letters()).prop_map(|(start, stop)| CheckScheme::Nw7Modulus16 { start, stop });
    prop_oneof![select(CheckScheme::ALL.to_vec()), eleven, nw7]
}

/// A literal of the layout's own, so that no two layouts have numbers that look alike; then letters,
/// digits and perhaps a check digit anywhere behind.
fn grammars(first: char) -> impl Strategy<Value = Grammar> {
    let letters =
        proptest::option::of((subsequence(('A'..='Z').collect::<Vec<_>>(), 1..5), 1usize..3));
    let cuts = proptest::collection::vec(any::<Index>(), 0..3);
    let check = proptest::option::of((schemes(), any::<bool>()));
    (letters, 3usize..12, check, cuts, select(vec!["", " ", "-", " - "])).prop_map(
        move |(letters, digits, check, cuts, separator)| {
            let mut parts = vec![Part::Literal(first.to_string())];
            if let Some((of, count)) = letters {
                parts.push(Part::Letters {
                    of: of.into_iter().collect(),
                    count,
                    name: "区分".into(),
                });
            }
            parts.push(Part::Digits { count: digits, name: "serial \"no\"".into() });
            let mut separator = separator;
            if let Some((scheme, in_front)) = check {
                let covers = vec!["serial \"no\"".to_owned()];
                let at = if in_front { 1 } else { parts.len() };
                parts.insert(at, Part::Check { scheme, covers });
                if scheme == CheckScheme::Code39Modulus43 {
                    separator = "";
                }
            }
            let length = Grammar::new(parts.clone(), Vec::new(), "").unwrap().len();
            let mut ends: Vec<usize> = cuts.iter().map(|cut| 1 + cut.index(length)).collect();
            ends.push(length);
            ends.sort_unstable();
            ends.dedup();
            let starts = std::iter::once(0).chain(ends.iter().copied());
            let groups = ends.iter().zip(starts).map(|(end, start)| end - start).collect();
            Grammar::new(parts, groups, separator).unwrap()
        },
    )
}

fn barcodes(number: Grammar) -> impl Strategy<Value = BarcodeRule> {
    let parts = prop_oneof![
        Just(ContentPart::Whole),
        Just(ContentPart::LastSegment),
        "\\PC{1,20}".prop_map(ContentPart::Query),
        ".{1,20}".prop_map(ContentPart::After),
        "[\\t\\r\\n\\u{0}-\\u{20}'\"\\\\]{1,9}".prop_map(ContentPart::After),
    ];
    // ean and itf fix lengths
    let free = vec![Symbology::Codabar, Symbology::Code128, Symbology::Code39, Symbology::QrCode];
    let symbologies = subsequence(free, 1..4);
    let ends = proptest::option::of((select(vec!['A', 'D']), select(vec!['B', 'C'])));
    (parts, symbologies, ends, any::<bool>()).prop_map(
        move |(part, symbologies, ends, with_prefix)| {
            let Some(Part::Literal(first)) = number.parts().first() else { unreachable!() };
            let add_prefix = if with_prefix { first.clone() } else { String::new() };
            BarcodeRule {
                start_stop: ends.filter(|_| symbologies.contains(&Symbology::Codabar)),
                symbologies,
                part,
                length: number.len() - add_prefix.len(),
                digits_only: with_prefix
                    && number.parts().iter().all(|it| !matches!(it, Part::Letters { .. })),
                add_prefix,
            }
        },
    )
}

fn layouts(no: usize) -> impl Strategy<Value = Layout> {
    let first = char::from(b'A' + u8::try_from(no).unwrap());
    let numbers = grammars(first).prop_flat_map(|number| {
        (
            Just(number.clone()),
            proptest::option::of((barcodes(number.clone()), areas())),
            proptest::option::of((barcodes(number), areas(), any::<bool>())),
        )
    });
    let kinds = prop_oneof![
        Just(KindRule::Fixed(KindId::new("1000"))),
        Just(KindRule::ByText),
        Just(KindRule::ByOperator),
        Just(KindRule::ByNumber(vec![(first.to_string(), KindId::new("5-00"))])),
    ];
    (numbers, kinds, areas(), areas(), 20.0f32..500.0, 20.0f32..500.0).prop_map(
        move |((number, barcode, second), kind, number_area, kind_area, w, h)| Layout {
            id: LayoutId::new(&format!("L{no}")),
            kind_area: (kind == KindRule::ByText).then_some(kind_area),
            kind,
            size_mm: (w, h),
            number: number.clone(),
            number_area,
            barcode,
            second: second.map(|(rule, area, same)| SecondNumber {
                number,
                area,
                barcode: same.then_some(rule),
                same,
            }),
        },
    )
}

fn fees() -> impl Strategy<Value = Option<Fee>> {
    let rates = prop_oneof![
        (0u32..=10_000).prop_map(FeeRate::BasisPoints),
        (0i64..=1_000_000).prop_map(|yen| FeeRate::YenPerSheet(Yen(yen))),
    ];
    let roundings = select(vec![Rounding::Down, Rounding::HalfUp, Rounding::Up]);
    let pers = select(vec![FeePer::Sheet, FeePer::Envelope, FeePer::Closing]);
    proptest::option::of((rates, roundings, pers).prop_map(|(rate, rounding, per)| Fee {
        rate,
        rounding,
        per,
    }))
}

fn periods() -> impl Strategy<Value = Vec<(Date, Date)>> {
    let days = (1i16..=9999, 1i8..=12, 1i8..=28)
        .prop_map(|(year, month, day)| Date::new(year, month, day).unwrap());
    let days = days.boxed();
    let period = (days.clone(), days).prop_map(|(one, two)| (one.min(two), one.max(two)));
    proptest::collection::vec(period, 0..4)
}

prop_compose! {
    fn profiles()(
        layouts in (1usize..5).prop_flat_map(|count| (0..count).map(layouts).collect::<Vec<_>>()),
        name in "[^\\p{C}\"]{0,20}[a-z\"'\\\\券]{1,9}",
        id in "[A-Za-z0-9_-]{1,40}",
        namespace in "[A-Za-z0-9_-]{1,40}",
        fee in fees(),
        validity in periods(),
        accept in select(vec![AcceptRule::Standard, AcceptRule::TwoReadings, AcceptRule::Person]),
        eye_check in prop_oneof![
            Just(EyeCheck::All), Just(EyeCheck::Doubtful), (1u32..=1_000_000).prop_map(EyeCheck::Sample)
        ],
        outcomes in proptest::collection::vec(select(vec![
            DefectOutcome::Held, DefectOutcome::RejectedKept, DefectOutcome::RejectedReturned,
        ]), 0..4),
        (revision, copies, bundle) in (1u32.., 1u32..=1000, 1u32..=10_000),
        (flag, paid, header) in (any::<bool>(), any::<bool>(), any::<bool>()),
        file in "[A-Z(][A-Z ._()-]{0,8}[A-Z]\\{date\\}",
    ) -> Profile {
        let kinds = [("1000", 1_000), ("5-00", 500)].map(|(id, face)| Kind {
            id: KindId::new(id), name: name.clone(), face: Yen(face),
        });
        let defects = outcomes.into_iter().enumerate().map(|(no, outcome)| Defect {
            id: format!("d{no}"), name: name.clone(), outcome,
        });
        let named = |no: u8| format!("N{no}{file}");
        Profile {
            campaign: id, name: name.clone(), revision, layouts, namespace, copies, bundle,
            kinds: kinds.to_vec(),
            kind_in_identity: flag,
            validity, accept, eye_check,
            provisional: Provisional { prefix: "ZZ".into(), paid },
            defects: defects.collect(),
            fee,
            delivery: DeliveryForm {
                encoding: match (flag, paid) {
                    (true, true) => Encoding::Utf8,
                    (true, false) => Encoding::Utf8Bom,
                    (false, _) => Encoding::Cp932,
                },
                header,
                numbers_file: named(1), results_file: named(2),
                shops_file: named(3), envelopes_file: named(4),
            },
        }
    }
}

proptest! {
    #[test]
    fn every_profile_comes_back(profile in profiles()) {
        comes_back(&profile);
    }
}

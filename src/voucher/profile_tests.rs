use super::*;
use crate::voucher::Symbology;
use crate::voucher::samples::{BOOK, FIVE, FOURTEEN, profile};
use proptest::prelude::*;

fn barcode(symbology: Symbology, text: &str) -> BarcodeFinding {
    BarcodeFinding { symbology, text: text.into() }
}

fn is(number: &str, layout: &str) -> Identified {
    Identified::Number { number: Number::canonical(number), layout: LayoutId::new(layout) }
}

#[test]
fn text_is_seen_through_all_layouts() {
    let five = profile(FIVE);
    assert_eq!(five.identify("a690 060 2672"), is("A6900602672", "A"));
    assert_eq!(five.identify("E6949618610"), is("E6949618610", "E"));
    let wrong = Identified::CheckDigitWrong { layout: LayoutId::new("E") };
    assert_eq!(five.identify("E6949618611"), wrong);
    assert_eq!(five.identify("F6949618610"), Identified::OtherScheme);
    assert_eq!(five.identify(""), Identified::OtherScheme);
    assert_eq!(five.longest_number(), 11);
    assert_eq!(five.face(&KindId::new("500")), Some(Yen(500)));
    assert_eq!(five.face(&KindId::new("50")), None);
}

#[test]
fn the_account_is_of_the_closest_layout() {
    let five = profile(FIVE);
    assert_eq!(five.explain("C690060267O"), GrammarError::Character { position: 11, found: 'O' });
    assert_eq!(five.explain("C6900602671"), GrammarError::CheckDigit { want: '2', found: '1' });
    assert_eq!(five.explain("12"), GrammarError::Length { want: 11, got: 2 });
}

#[test]
fn boxes_overlap_by_both_ways_and_on_one_side() {
    let area = |side, x, y| Area { side, x, y, w: 0.4, h: 0.2 };
    let one = area(Side::Front, 0.5, 0.7);
    for (other, wanted) in [
        (one, true),
        (area(Side::Front, 0.8, 0.8), true),
        (area(Side::Front, 0.2, 0.6), true),
        (area(Side::Front, 0.05, 0.7), false),
        (area(Side::Front, 0.5, 0.45), false),
        (area(Side::Back, 0.5, 0.7), false),
    ] {
        assert_eq!(one.overlaps(&other), wanted, "{other:?}");
        assert_eq!(other.overlaps(&one), wanted, "{other:?}");
    }
}

#[test]
fn barcodes_go_through_their_layouts_rule() {
    let five = profile(FIVE);
    let of = |symbology, text| five.identify_barcode(&barcode(symbology, text));
    assert_eq!(of(Symbology::Code128, "A6900602672"), is("A6900602672", "A"));
    assert_eq!(of(Symbology::Codabar, "A1328795975A"), is("B1328795975", "B"));
    assert_eq!(of(Symbology::Itf, "6900602672"), is("C6900602672", "C"));
    assert_eq!(of(Symbology::QrCode, "D6900602672"), is("D6900602672", "D"));
    assert_eq!(
        of(Symbology::Itf, "6900602673"),
        Identified::CheckDigitWrong { layout: LayoutId::new("C") }
    );
    for (symbology, text) in [
        (Symbology::Code128, "B6900602672"),
        (Symbology::Code128, "6900602672"),
        (Symbology::Codabar, "B1328795975B"),
        (Symbology::Itf, "69006026"),
        (Symbology::QrCode, "https://example.jp/D6900602672"),
        (Symbology::Ean13, "4901234567894"),
    ] {
        assert_eq!(of(symbology, text), Identified::OtherScheme, "{text}");
    }
    let book = profile(BOOK);
    assert_eq!(
        book.identify_barcode(&barcode(Symbology::QrCode, "https://example.jp/v?n=N12345678501")),
        is("N12345678501", "back")
    );
    assert_eq!(book.identify("n-123456785-01"), is("N12345678501", "back"));
}

#[test]
fn the_longest_prefix_tells_the_kind() {
    let mut fourteen = profile(FOURTEEN);
    let layout = LayoutId::new("back");
    let kind = |profile: &Profile, text: &str| profile.kind_of(&Number::canonical(text), &layout);
    assert_eq!(kind(&fourteen, "50010000000102"), Some(KindId::new("1000")));
    assert_eq!(kind(&fourteen, "60010000000102"), Some(KindId::new("500")));
    assert_eq!(kind(&fourteen, "70010000000102"), None);
    fourteen.layouts[0].kind = KindRule::ByNumber(vec![
        ("50".into(), KindId::new("500")),
        ("5".into(), KindId::new("1000")),
    ]);
    assert_eq!(kind(&fourteen, "50010000000102"), Some(KindId::new("500")));
    assert_eq!(kind(&fourteen, "51010000000102"), Some(KindId::new("1000")));
    let number = Number::canonical("A6900602672");
    assert_eq!(fourteen.kind_of(&number, &LayoutId::new("none")), None);
}

#[test]
fn identity_holds_the_kind_only_where_the_profile_says_so() {
    let mut five = profile(FIVE);
    let kind = KindId::new("1000");
    assert_eq!(five.identity_kind(Some(&kind)), None);
    five.kind_in_identity = true;
    assert_eq!(five.identity_kind(Some(&kind)), Some(&kind));
    assert_eq!(five.identity_kind(None), None);
}

#[test]
fn fees_are_rounded_by_the_rule() {
    let fee = |points, rounding, per| Fee { rate: FeeRate::BasisPoints(points), rounding, per };
    // 2.5 % of 500 yen is 12.5 yen
    for (rounding, sheet, three) in
        [(Rounding::Down, 12, 37), (Rounding::HalfUp, 13, 38), (Rounding::Up, 13, 38)]
    {
        let per_sheet = fee(250, rounding, FeePer::Sheet);
        assert_eq!(per_sheet.apply(Yen(500), 3), Ok(Yen(sheet * 3)));
        for per in [FeePer::Envelope, FeePer::Closing] {
            assert_eq!(fee(250, rounding, per).apply(Yen(500), 3), Ok(Yen(three)));
        }
    }
    // 1.01 % of 1,000 and 500 is 10.10 and 5.05: together 15.15, up to 16; alone 11 and 6
    let lines = [(Yen(1000), 1), (Yen(500), 1)];
    assert_eq!(fee(101, Rounding::Up, FeePer::Envelope).of(lines), Ok(Yen(16)));
    assert_eq!(fee(101, Rounding::Up, FeePer::Sheet).of(lines), Ok(Yen(17)));
    let each =
        Fee { rate: FeeRate::YenPerSheet(Yen(30)), rounding: Rounding::Down, per: FeePer::Sheet };
    assert_eq!(each.apply(Yen(1000), 7), Ok(Yen(210)));
    assert_eq!(each.apply(Yen(1000), u64::MAX), Err(YenOverflow));
    let two = fee(200, Rounding::Down, FeePer::Closing);
    assert_eq!(two.apply(Yen(i64::MAX), 1), Ok(Yen(i64::MAX / 50)));
    assert_eq!(two.apply(Yen(i64::MAX), 2), Err(YenOverflow));
    assert_eq!(fee(250, Rounding::HalfUp, FeePer::Sheet).apply(Yen(-500), 1), Ok(Yen(-13)));
}

proptest! {
    #[test]
    fn any_text_gets_an_answer(text in ".{0,40}") {
        let five = profile(FIVE);
        let _: GrammarError = five.explain(&text);
        if let Identified::Number { number, layout } = five.identify(&text) {
            prop_assert!(five.kind_of(&number, &layout).is_some());
        }
        for symbology in Symbology::ALL {
            let _: Identified = five.identify_barcode(&barcode(symbology, &text));
        }
    }

    #[test]
    fn rounding_is_within_a_yen(face in 1i64..1_000_000, sheets in 0u64..10_000, points in 0u32..=10_000) {
        let exact = i128::from(face) * i128::from(sheets) * i128::from(points);
        for (rounding, least, most) in [
            (Rounding::Down, 0, 9_999),
            (Rounding::HalfUp, -5_000, 4_999),
            (Rounding::Up, -9_999, 0),
        ] {
            let rate = FeeRate::BasisPoints(points);
            let fee = Fee { rate, rounding, per: FeePer::Closing }.apply(Yen(face), sheets).unwrap();
            let rest = exact - i128::from(fee.0) * 10_000;
            prop_assert!(least <= rest && rest <= most, "{rounding:?}: {rest}");
        }
    }
}

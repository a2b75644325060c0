use super::*;
use crate::voucher::check_digit::Modulus11Rule;
use proptest::prelude::*;

fn digits(count: usize, name: &str) -> Part {
    Part::Digits { count, name: name.into() }
}

fn check(scheme: CheckScheme, covers: &[&str]) -> Part {
    Part::Check { scheme, covers: covers.iter().map(|name| (*name).to_owned()).collect() }
}

fn letter_nine_check() -> Grammar {
    let parts = vec![
        Part::Literal("A".into()),
        digits(9, "serial"),
        check(CheckScheme::Modulus10Weight3, &["serial"]),
    ];
    Grammar::new(parts, vec![], "").unwrap()
}

fn book_and_branch() -> Grammar {
    let parts = vec![
        Part::Letters { of: "GHK".into(), count: 2, name: "area".into() },
        digits(6, "book"),
        Part::Literal("7".into()),
        digits(2, "branch"),
        check(CheckScheme::Code39Modulus43, &["area", "book", "7", "branch"]),
    ];
    Grammar::new(parts, vec![8, 4], "").unwrap()
}

fn nw7() -> Grammar {
    let scheme = CheckScheme::Nw7Modulus16 { start: 'A', stop: 'B' };
    let parts = vec![digits(5, "serial"), check(scheme, &["serial"])];
    Grammar::new(parts, vec![2, 3, 1], "-").unwrap()
}

fn modulus11(rule: Modulus11Rule) -> Grammar {
    let scheme = CheckScheme::Modulus11 { low: 2, high: 10, rule };
    let parts = vec![digits(9, "serial"), check(scheme, &["serial"])];
    Grammar::new(parts, vec![3, 6, 1], " ").unwrap()
}

#[test]
fn text_from_outside_is_mapped_then_checked() {
    let grammar = letter_nine_check();
    let want = Number::canonical("A6900602672");
    for text in [
        "A6900602672",
        "a6900602672",
        " A 690-060 2672\t",
        "Ａ６９００６０２６７２",
        "ａ６９０－０６０ー２６７２",
        "A\u{3000}690−060‐2672",
    ] {
        assert_eq!(grammar.parse(text), Ok(want.clone()), "{text}");
    }
    assert_eq!(grammar.parse("A690060267"), Err(GrammarError::Length { want: 11, got: 10 }));
    assert_eq!(
        grammar.parse("A69006O2672"),
        Err(GrammarError::Character { position: 7, found: 'O' })
    );
    assert_eq!(
        grammar.parse("B6900602672"),
        Err(GrammarError::Character { position: 1, found: 'B' })
    );
    assert_eq!(
        grammar.parse("A6900602673"),
        Err(GrammarError::CheckDigit { want: '2', found: '3' })
    );
    assert!(grammar.fits_but_for_check("A6900602673"));
    assert!(!grammar.fits_but_for_check("A690060267"));
    assert_eq!(
        grammar.parse("A٦900602672").err(),
        Some(GrammarError::Character { position: 2, found: '٦' })
    );
}

#[test]
fn leading_zeros_stay() {
    let grammar = letter_nine_check();
    let number = grammar.compose("", 7).unwrap();
    assert_eq!(number.as_str(), "A0000000079");
    assert_eq!(grammar.parse("a000 000 007 9"), Ok(number.clone()));
    let series = "A#########* modulus10-weight3".to_owned();
    assert_eq!(grammar.series_of(&number), Some((series, 7)));
    assert_eq!(grammar.compose("", 1_000_000_000), None);
    assert_eq!(grammar.compose("B", 7), None);
}

#[test]
fn printed_groups_are_a_warning_only() {
    let parts = vec![digits(14, "serial")];
    let grammar = Grammar::new(parts, vec![4, 8, 2], "-").unwrap();
    let number = grammar.parse("50010000000102").unwrap();
    assert_eq!(grammar.printed(&number), "5001-00000001-02");
    assert!(grammar.grouped_as_printed(" 5001－00000001ー02 "));
    assert!(!grammar.grouped_as_printed("5001-00-000001-02"));
    assert!(!grammar.grouped_as_printed("50010000000102"));
    assert!(!grammar.grouped_as_printed("5001-00000001-0"));
    assert!(grammar.parse("5001-00-000001-02").is_ok());
}

#[test]
fn a_check_character_may_be_a_hyphen() {
    let grammar = nw7();
    // A + 0 + 0 + 0 + 0 + d + B = 33 + d; 10 is needed for '-': d = 5 gives 38, 16 − 6 = 10
    let number = grammar.compose("", 5).unwrap();
    assert_eq!(number.as_str(), "00005-");
    assert_eq!(grammar.printed(&number), "00-005--");
    for text in ["00005-", "00-005--", "00 005 -"] {
        assert_eq!(grammar.parse(text), Ok(number.clone()), "{text}");
    }
    assert!(grammar.parse("00005").is_err());
    // the hyphens of a number with another check character are still separators
    let other = grammar.compose("", 6).unwrap();
    assert_eq!(grammar.parse(&grammar.printed(&other)), Ok(other));
}

#[test]
fn skipped_numbers_were_never_printed() {
    let grammar = modulus11(Modulus11Rule::Skip);
    assert_eq!(
        grammar.parse("488380478X"),
        Err(GrammarError::Character { position: 10, found: 'X' })
    );
    assert_eq!(grammar.parse("4883804780"), Err(GrammarError::NeverPrinted));
    assert_eq!(grammar.compose("", 488_380_478), None);
    let x = modulus11(Modulus11Rule::X);
    assert_eq!(x.parse("488 380478 x").unwrap().as_str(), "488380478X");
    assert_eq!(x.allowed_at(9), "0123456789X");
    assert_eq!(x.allowed_at(8), "0123456789");
    assert_eq!(x.allowed_at(10), "");
}

#[test]
fn mistakes_are_named() {
    let new = |parts: Vec<Part>| Grammar::new(parts, vec![], "").err();
    let m10 = CheckScheme::Modulus10Weight3;
    let letters = |of: &str| Part::Letters { of: of.into(), count: 1, name: "l".into() };
    assert_eq!(new(vec![]), Some(GrammarMistake::Empty));
    assert_eq!(new(vec![digits(0, "a")]), Some(GrammarMistake::EmptyPart));
    assert_eq!(
        new(vec![digits(usize::MAX, "a"), digits(2, "b")]),
        Some(GrammarMistake::TooLong(usize::MAX))
    );
    assert_eq!(new(vec![digits(20, "a")]), Some(GrammarMistake::TooManyDigits(20)));
    assert_eq!(new(vec![Part::Literal("A-".into())]), Some(GrammarMistake::Literal('-')));
    assert_eq!(new(vec![letters("AA")]), Some(GrammarMistake::Letters('A')));
    assert_eq!(new(vec![letters("a")]), Some(GrammarMistake::Letters('a')));
    assert_eq!(
        new(vec![digits(1, "a"), digits(1, "a")]),
        Some(GrammarMistake::NameTwice("a".into()))
    );
    assert_eq!(new(vec![digits(1, "")]), Some(GrammarMistake::NoName));
    assert_eq!(
        new(vec![digits(3, "a"), check(m10, &["b"])]),
        Some(GrammarMistake::CoversUnknown("b".into()))
    );
    assert_eq!(new(vec![digits(3, "a"), check(m10, &[])]), Some(GrammarMistake::CoversNothing));
    assert_eq!(
        new(vec![digits(3, "a"), check(m10, &["a", "a"])]),
        Some(GrammarMistake::CoversTwice("a".into()))
    );
    assert_eq!(
        new(vec![Part::Literal("A".into()), check(m10, &["A"])]),
        Some(GrammarMistake::CoversWrongCharacters("A".into()))
    );
    assert_eq!(
        new(vec![digits(3, "a"), check(m10, &["a"]), check(m10, &["a"])]),
        Some(GrammarMistake::SeveralChecks)
    );
    let groups = |groups: Vec<usize>, separator: &str| {
        Grammar::new(vec![digits(4, "a")], groups, separator).err()
    };
    assert_eq!(groups(vec![2, 3], ""), Some(GrammarMistake::Groups { want: 4, got: 5 }));
    assert_eq!(groups(vec![4, 0], ""), Some(GrammarMistake::EmptyGroup));
    assert_eq!(groups(vec![2, 2], "x"), Some(GrammarMistake::Separator("x".into())));
    assert_eq!(groups(vec![2, 2], " - "), None);
}

#[test]
fn overlap_is_about_form() {
    let ten = Grammar::new(vec![digits(10, "a")], vec![], "").unwrap();
    assert!(ten.overlaps(&modulus11(Modulus11Rule::X)));
    assert!(!ten.overlaps(&letter_nine_check()));
    let b = Grammar::new(vec![Part::Literal("B".into()), digits(10, "a")], vec![], "");
    assert!(!b.unwrap().overlaps(&letter_nine_check()));
}

proptest! {
    #[test]
    fn composed_numbers_come_back(serial in 0u64..100_000_000, letters in "[GHK]{2}", small in 0u64..100_000) {
        for (grammar, letters, serial) in [
            (letter_nine_check(), "", serial),
            (book_and_branch(), letters.as_str(), serial),
            (nw7(), "", small),
            (modulus11(Modulus11Rule::X), "", serial),
        ] {
            let number = grammar.compose(letters, serial).unwrap();
            prop_assert_eq!(number.as_str().len(), grammar.len());
            prop_assert_eq!(grammar.parse(&grammar.printed(&number)), Ok(number.clone()));
            prop_assert_eq!(grammar.parse(number.as_str()), Ok(number.clone()));
            prop_assert!(grammar.grouped_as_printed(&grammar.printed(&number)));
            prop_assert_eq!(grammar.letters_of(&number), letters);
            prop_assert_eq!(grammar.series_of(&number).map(|(_, serial)| serial), Some(serial));
            let full_width: String = number.as_str().chars().map(|c| {
                char::from_u32(u32::from(c) + 0xFEE0).filter(|_| c != ' ').unwrap_or(c)
            }).collect();
            prop_assert_eq!(grammar.parse(&full_width), Ok(number));
        }
    }

    #[test]
    fn a_wrong_check_digit_never_parses(serial in 0u64..1_000_000_000, wrong in 0u8..10) {
        let grammar = letter_nine_check();
        let right = grammar.compose("", serial).unwrap();
        let mut text = right.as_str().to_owned();
        text.pop();
        text.push(char::from(b'0' + wrong));
        prop_assert_eq!(grammar.parse(&text).is_ok(), text == right.as_str());
        prop_assert!(grammar.fits_but_for_check(&text));
    }

    #[test]
    fn any_text_gets_an_answer(text in ".{0,30}", near in "[A-Za-z0-9０-９ー -]{8,14}") {
        for grammar in [letter_nine_check(), book_and_branch(), nw7(), modulus11(Modulus11Rule::Skip)] {
            for text in [&text, &near] {
                if let Ok(number) = grammar.parse(text) {
                    prop_assert_eq!(grammar.parse(number.as_str()), Ok(number));
                    prop_assert!(grammar.fits_but_for_check(text));
                }
                let _: bool = grammar.grouped_as_printed(text);
                let _: String = grammar.printed(&Number::canonical(text));
                let _: Option<(String, u64)> = grammar.series_of(&Number::canonical(text));
            }
        }
    }
}

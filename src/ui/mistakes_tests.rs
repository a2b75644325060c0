//! Every mistake that a profile can have, told in both languages.

use super::*;
use crate::ui::settings::Language;
use crate::ui::words::foreign;
use crate::voucher::Symbology;
use crate::voucher::profile_file;
use jiff::civil::date;

const FIVE: &str = include_str!("../../assets/profiles/five-layouts.toml");

fn text(it: &str) -> String {
    it.to_owned()
}

fn choices() -> [Choice; 3] {
    let among = ["front", "back"].map(str::to_owned).to_vec();
    [Choice::Near(text("front")), Choice::Among(among), Choice::Among(Vec::new())]
}

fn of_the_file() -> Vec<Mistake> {
    let (section, key, like) = (|| text("[number]"), || text("copies"), || text("copies = 1"));
    let found = || text("two");
    let mut all = vec![
        Mistake::TooLarge(300_000),
        Mistake::NotToml(text("expected a value after the equals sign")),
        Mistake::Incomplete,
        Mistake::Format(2),
        Mistake::NoCampaign,
        Mistake::NoKind,
        Mistake::NoLayout,
        Mistake::NoProvisional,
        Mistake::Missing { section: section(), key: key(), like: like() },
        Mistake::Missing { section: String::new(), key: key(), like: like() },
        Mistake::NoBox { section: text("[[layout]]"), key: "number_box" },
        Mistake::NoTables(key()),
        Mistake::TooMany { key: key(), count: 65, most: 64 },
        Mistake::Bounds { key: key(), found: 0, least: 1, most: 1_000 },
        Mistake::Id { key: key(), found: found() },
        Mistake::Name,
        Mistake::Twice(found()),
        Mistake::Periods,
        Mistake::Period { from: date(2026, 4, 2), until: date(2026, 4, 1) },
        Mistake::SampleOfWhat,
        Mistake::SampleOfNone,
        Mistake::Prefix(found()),
        Mistake::FeeWays,
        Mistake::FeePer,
        Mistake::Percent(found()),
        Mistake::SameFile("results_file"),
    ];
    for choice in choices() {
        let it = || choice.clone();
        all.push(Mistake::Unknown { section: section(), key: key(), choice: it() });
        all.push(Mistake::Looser { key: key(), choice: it() });
        all.push(Mistake::Rule { found: found(), choice: it() });
        all.push(Mistake::Word { key: key(), found: found(), choice: it() });
        all.push(Mistake::KindUnknown { id: found(), choice: it() });
    }
    let wants = [
        Want::Text,
        Want::SomeText,
        Want::QuotedText,
        Want::Whole,
        Want::List,
        Want::Truth,
        Want::True,
        Want::Date,
        Want::Letters,
        Want::TextOrTable,
        Want::PartNames,
        Want::Lengths,
        Want::Weights,
        Want::Size,
    ];
    let shapes = [
        Shape::Text,
        Shape::Whole,
        Shape::Point,
        Shape::Truth,
        Shape::Date,
        Shape::List,
        Shape::Table,
    ];
    for want in wants {
        all.push(Mistake::Unfit { key: key(), want, like: like() });
        for got in shapes {
            all.push(Mistake::Shape { key: key(), want, got, like: like() });
            all.push(Mistake::NoTable { name: key(), got });
        }
    }
    for why in [
        BadFileName::Length,
        BadFileName::Braces,
        BadFileName::Character,
        BadFileName::Ends,
        BadFileName::Device,
    ] {
        all.push(Mistake::FileName { found: found(), why, like: "KAISHU_{date}_{no}" });
    }
    all
}

fn on_paper() -> Vec<Mistake> {
    let found = || text("Z");
    let name = || text("serial");
    let mut all = vec![
        Mistake::KindTextNowhere,
        Mistake::KindWays,
        Mistake::KindByNothing,
        Mistake::BoxOutside(text("kind_box")),
        Mistake::KindStart(found()),
        Mistake::StartStop,
        Mistake::NoSymbology,
        Mistake::ContentWays,
        Mistake::SecondDiffers,
        Mistake::PartWays,
        Mistake::LayoutsAlike { one: text("A"), two: text("B") },
        Mistake::ProvisionalAlike { prefix: text("K"), layout: text("A") },
        Mistake::ContentLength { content: 9, made: 10, number: 11, right: 10 },
        Mistake::ContentStart(found()),
        Mistake::ContentLetters,
        Mistake::SymbologyLength { symbology: Symbology::Ean13, length: 9 },
    ];
    let numbers = [
        GrammarMistake::Empty,
        GrammarMistake::TooLong(65),
        GrammarMistake::EmptyPart,
        GrammarMistake::Literal('-'),
        GrammarMistake::Letters('1'),
        GrammarMistake::TooManyDigits(20),
        GrammarMistake::NameTwice(name()),
        GrammarMistake::NoName,
        GrammarMistake::SeveralChecks,
        GrammarMistake::CoversNothing,
        GrammarMistake::CoversUnknown(name()),
        GrammarMistake::CoversTwice(name()),
        GrammarMistake::CoversWrongCharacters(name()),
        GrammarMistake::Scheme(CheckError::StartStop),
        GrammarMistake::Scheme(CheckError::Weights),
        GrammarMistake::Groups { want: 11, got: 10 },
        GrammarMistake::EmptyGroup,
        GrammarMistake::Separator(text("*")),
    ];
    all.extend(numbers.into_iter().map(Mistake::Number));
    all
}

#[test]
fn every_mistake_is_told_in_its_language_with_what_to_write() {
    let (ja, en) = (Words::new(Language::Ja), Words::new(Language::En));
    for mistake in of_the_file().into_iter().chain(on_paper()) {
        let problem = Problem { line: 7, mistake };
        let (japanese, english) = (ja.problem(&problem), en.problem(&problem));
        assert!(japanese.starts_with("7行目：") && english.starts_with("Line 7: "), "{problem:?}");
        assert!(foreign(&japanese).is_none(), "{problem:?}: {japanese}");
        assert!(japanese.contains('。') && !japanese.contains("  "), "{problem:?}: {japanese}");
        let incomplete = [ja.profile_incomplete(), en.profile_incomplete()];
        let said = incomplete.iter().any(|it| japanese.contains(it) || english.contains(it));
        assert_eq!(said, problem.mistake == Mistake::Incomplete, "{problem:?} has no words");
    }
}

/// As `profile check` finds them, in a file.
#[test]
fn a_broken_file_is_told_in_japanese() {
    let broken = FIVE
        .replacen("copies = 1", "copys = 1", 1)
        .replacen("rule = \"standard\"", "rule = \"any\"", 1)
        .replacen("face = 500", "face = 0", 1)
        .replacen("length = 11", "length = \"11\"", 1);
    let words = Words::new(Language::Ja);
    let problems = profile_file::parse(&broken).unwrap_err();
    let told = problems.iter().map(|it| words.problem(it)).collect::<Vec<_>>();
    assert!(told.len() >= 4, "{told:#?}");
    for part in
        ["copies のことですか。", "face = 0 は範囲の外です", "length は 文字 ではなく 整数 です"]
    {
        assert!(told.iter().any(|it| it.contains(part)), "{part}: {told:#?}");
    }
    for line in &told {
        assert!(foreign(line).is_none(), "{line}");
    }
    let toml = profile_file::parse("name = = 1").unwrap_err();
    assert!(words.problem(&toml[0]).contains("書き方（TOML）が違います"), "{toml:?}");
}

use super::*;
use crate::voucher::profile::{
    AcceptRule, Encoding, EyeCheck, FeePer, FeeRate, KindRule, Rounding,
};
use crate::voucher::samples::{self, ALL, BOOK, FIVE, FOURTEEN, TWELVE};
use crate::voucher::{KindId, Side, Symbology, Yen};
use proptest::prelude::*;

/// The problems of a profile with one piece of its text replaced.
fn problems(toml: &str, old: &str, new: &str) -> Vec<Problem> {
    assert!(toml.contains(old), "{old}");
    parse(&toml.replacen(old, new, 1)).err().unwrap_or_default()
}

fn line_of(toml: &str, text: &str) -> usize {
    1 + toml.lines().position(|line| line.contains(text)).unwrap()
}

/// One problem, on the line where `new` stands, with these words.
#[track_caller]
fn refused(toml: &str, old: &str, new: &str, words: &str) {
    let problems = problems(toml, old, new);
    let shown: Vec<String> = problems.iter().map(Problem::to_string).collect();
    assert_eq!(problems.len(), 1, "{new}: {shown:#?}");
    assert!(shown[0].contains(words), "{new}: {shown:#?}");
    let line = line_of(toml, old.lines().next().unwrap());
    let line = line + new.lines().count().saturating_sub(1);
    assert_eq!(problems[0].line, line, "{new}: {shown:#?}");
    assert!(!problems[0].mistake.mend().is_empty());
}

#[test]
fn every_sample_passes() {
    for (name, toml) in ALL {
        if let Err(problems) = parse(toml) {
            panic!("{name}: {problems:#?}");
        }
        assert!(toml.starts_with("# Example"), "{name}");
    }
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/profiles");
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    files.sort();
    assert_eq!(files, ALL.map(|(name, _)| name));
}

#[test]
fn samples_say_what_they_say() {
    let five = samples::profile(FIVE);
    assert_eq!(five.campaign, "five-layouts");
    assert_eq!(five.layouts.len(), 5);
    assert_eq!((five.accept, five.eye_check), (AcceptRule::Standard, EyeCheck::Doubtful));
    assert_eq!((five.bundle, five.copies), (100, 1));
    assert_eq!(five.delivery.numbers_file, "YOMITORI_{date}_{no}");
    let kinds: Vec<_> = five.layouts.iter().map(|l| l.kind.clone()).collect();
    let want = ["1000", "500", "1000", "500", "500"];
    assert_eq!(kinds, want.map(|kind| KindRule::Fixed(KindId::new(kind))));
    let (rule, area) = five.layouts[1].barcode.clone().unwrap();
    assert_eq!(rule.symbologies, [Symbology::Codabar]);
    assert_eq!(rule.start_stop, Some(('A', 'A')));
    assert_eq!((rule.length, rule.add_prefix.as_str()), (10, "B"));
    assert_eq!(area.side, Side::Front);

    let twelve = samples::profile(TWELVE);
    assert_eq!(twelve.eye_check, EyeCheck::Sample(100));
    let day = |month, day| jiff::civil::date(2026, month, day);
    assert!(twelve.valid_at(day(4, 1)) && twelve.valid_at(day(9, 30)));
    assert!(!twelve.valid_at(day(3, 31)) && !twelve.valid_at(day(10, 1)));

    let fourteen = samples::profile(FOURTEEN);
    let fee = fourteen.fee.unwrap();
    assert_eq!(fee.rate, FeeRate::BasisPoints(200));
    assert_eq!((fee.rounding, fee.per), (Rounding::Down, FeePer::Closing));
    assert_eq!(fourteen.delivery.encoding, Encoding::Cp932);
    assert!(!fourteen.delivery.header && !fourteen.provisional.paid);
    assert_eq!(fourteen.layouts[0].number_area.side, Side::Back);

    let book = samples::profile(BOOK);
    assert_eq!((book.copies, book.kind_in_identity), (2, true));
    assert_eq!(book.fee.unwrap().rate, FeeRate::YenPerSheet(Yen(30)));
    assert!(!book.layouts[0].second.as_ref().unwrap().same);
}

#[test]
fn boxes_of_the_five_layouts_hold_what_is_drawn() {
    // the pictures' own units, 1500 to the width and 660 to the height: left, top, right, bottom
    let five = samples::profile(FIVE);
    for (layout, number, barcode) in [
        ("A", [930, 500, 1439, 564], Some([60, 470, 620, 590])),
        ("B", [900, 60, 1284, 118], Some([60, 480, 680, 590])),
        ("C", [70, 500, 595, 566], Some([820, 470, 1420, 590])),
        ("D", [700, 560, 1057, 610], Some([1180, 330, 1450, 600])),
        ("E", [860, 520, 1417, 590], None),
    ] {
        let layout = five.layouts.iter().find(|l| l.id.as_str() == layout).unwrap();
        let holds = |area: crate::voucher::profile::Area, drawn: [i16; 4]| {
            let [l, t, r, b] = drawn.map(f32::from);
            assert!(area.x * 1500.0 < l - 10.0 && (area.x + area.w) * 1500.0 > r + 10.0);
            assert!(area.y * 660.0 < t - 10.0 && (area.y + area.h) * 660.0 > b + 10.0);
        };
        holds(layout.number_area, number);
        assert_eq!(layout.barcode.is_some(), barcode.is_some());
        if let (Some((_, area)), Some(drawn)) = (&layout.barcode, barcode) {
            holds(*area, drawn);
        }
    }
}

#[test]
fn profile_cannot_loosen_law_five() {
    let standard = "rule = \"standard\"";
    for word in ["barcode", "single", "any", "print", "none", "auto", "one-reading", "", "Standard"]
    {
        refused(FIVE, standard, &format!("rule = \"{word}\""), "law 5 can only be tightened");
    }
    for key in ["single_reading = true", "without_ledger = true", "threshold = 900"] {
        refused(FIVE, standard, &format!("{standard}\n{key}"), "law 5 can only be tightened");
    }
    refused(FIVE, standard, "rule = false", "rule must be text");
    for (word, rule) in [
        ("standard", AcceptRule::Standard),
        ("two-readings", AcceptRule::TwoReadings),
        ("person", AcceptRule::Person),
    ] {
        let toml = FIVE.replacen(standard, &format!("rule = \"{word}\""), 1);
        assert_eq!(samples::profile(&toml).accept, rule);
    }
    // nothing said is the law itself
    let silent = FIVE.replacen(standard, "", 1);
    assert_eq!(samples::profile(&silent).accept, AcceptRule::Standard);
}

#[test]
fn every_mistake_has_its_line_and_its_mend() {
    for (old, new, words) in [
        ("format = 1", "format = 2", "format = 1"),
        ("id = \"five-layouts\"", "id = \"five layouts\"", "safe id"),
        ("id = \"five-layouts\"", "id = \"../etc\"", "safe id"),
        (
            "revision = 1",
            "revision = 1
revison = 1",
            "did you mean revision?",
        ),
        ("copies = 1", "copies = 0", "from 1 to 1000"),
        ("copies = 1", "copys = 1", "did you mean copies?"),
        ("copies = 1", "copies = 1.0", "must be a whole number"),
        ("kind_in_identity = false", "kind_in_identity = \"no\"", "true or false"),
        ("eye_check = \"doubtful\"", "eye_check = \"doubtfull\"", "did you mean \"doubtful\"?"),
        ("eye_check = \"doubtful\"", "eye_check = \"sample\"", "add sample_every"),
        ("prefix = \"K\"", "prefix = \"A\"", "would look like a number of the layout \"A\""),
        ("prefix = \"K\"", "prefix = \"k\"", "letters A to Z"),
        ("size = 100", "size = 0", "from 1 to 10000"),
        ("face = 1000", "face = 0", "out of bounds"),
        ("face = 1000", "face = -5", "out of bounds"),
        ("face = 1000", "face = \"1000\"", "must be a whole number"),
        ("kind = \"1000\"", "kind = \"100\"", "did you mean \"1000\"?"),
        ("kind = \"1000\"", "kind = 1000", "must be a table"),
        ("size_mm = [150.0, 66.0]", "size_mm = [15000, 66]", "millimetres"),
        ("number_box = [0.6033", "number_box = [0.9033", "within the face"),
        ("number_box = [0.6033", "number_box = [0, 0.6033", "within the face"),
        ("{ digits = 9, name = \"serial\" }", "{ digits = 0, name = \"serial\" }", "from 1 to 64"),
        (
            "{ digits = 9, name = \"serial\" }",
            "{ digit = 9, name = \"serial\" }",
            "did you mean digits?",
        ),
        ("\"modulus10-weight3\"", "\"modulus10-wieght3\"", "did you mean \"modulus10-weight3\"?"),
        ("symbology = [\"code128\"]", "symbology = [\"code-128\"]", "did you mean \"code128\"?"),
        ("symbology = [\"code128\"]", "symbology = []", "names none"),
        ("length = 11", "length = 10", "the number has 11"),
        ("digits_only = false", "digits_only = true", "needs letters"),
        ("start_stop = \"AA\"", "start_stop = \"AE\"", "two letters A to D"),
        ("add_prefix = \"B\"", "add_prefix = \"C\"", "starts with \"C\""),
        ("symbology = [\"itf\"]", "symbology = [\"itf\"]\nstart_stop = \"AA\"", "only Codabar"),
        ("outcome = \"held\"", "outcome = \"hold\"", "did you mean \"held\"?"),
        ("id = \"other-stamp\"", "id = \"no-stamp\"", "given twice"),
        ("encoding = \"utf-8-bom\"", "encoding = \"utf8\"", "did you mean \"utf-8\"?"),
        ("\"KAISHU_{date}_{no}\"", "\"../KAISHU\"", "not safe"),
        ("\"KAISHU_{date}_{no}\"", "\"a/b\"", "not safe"),
        ("\"KAISHU_{date}_{no}\"", "\"..\"", "starts or ends"),
        ("\"KAISHU_{date}_{no}\"", "\"{shop}\"", "braces"),
        ("\"KAISHU_{date}_{no}\"", "\"nul\"", "device"),
        ("\"KAISHU_{date}_{no}\"", "\"yomitori_{date}_{no}\"", "same file"),
    ] {
        refused(FIVE, old, new, words);
    }
    for (old, new, words) in [
        ("percent = \"2\"", "percent = 2.5", "text in quotes"),
        ("percent = \"2\"", "percent = \"2.555\"", "no percentage"),
        ("percent = \"2\"", "percent = \"101\"", "no percentage"),
        ("groups = [4, 8, 2]", "groups = [4, 8, 3]", "make 15"),
        ("separator = \"-\"", "separator = \"*\"", "separator"),
        ("5 = \"1000\"", "A = \"1000\"", "starts with \"A\""),
        ("{ number = { 5 = \"1000\", 6 = \"500\" } }", "{ text = true }", "kind_box"),
        (
            "{ number = { 5 = \"1000\", 6 = \"500\" } }",
            "{ text = true, operator = true }",
            "exactly one",
        ),
    ] {
        refused(FOURTEEN, old, new, words);
    }
    for (old, new, words) in [
        ("until = 2026-06-30", "until = 2026-03-30", "is empty"),
        ("until = 2026-06-30", "until = 20260630", "must be a date"),
        ("weights = [2, 7]", "weights = [7, 2]", "lowest"),
        ("rule = \"04\"", "rule = \"4\"", "did you mean \"04\"?"),
        ("part = { query = \"n\" }", "part = { querry = \"n\" }", "did you mean query?"),
        ("same = false", "same = true", "another form"),
        ("covers = [\"book\"]", "covers = [\"boook\"]", "no part has that name"),
        ("covers = [\"book\"]", "covers = [\"area\"]", "can't add"),
    ] {
        let found = problems(BOOK, old, new);
        let shown: Vec<String> = found.iter().map(Problem::to_string).collect();
        assert!(shown.iter().any(|problem| problem.contains(words)), "{new}: {shown:#?}");
        let near = line_of(BOOK, old);
        assert!(found.iter().any(|p| p.line.abs_diff(near) <= 4), "{new}: {shown:#?}");
    }
}

#[test]
fn all_mistakes_come_together() {
    let broken = FIVE
        .replacen("copies = 1", "copies = 0", 1)
        .replacen("rule = \"standard\"", "rule = \"any\"", 1)
        .replacen("face = 500", "face = 0", 1)
        .replacen("length = 11", "lenght = 11", 1)
        .replacen("paid = true", "", 1);
    let problems = parse(&broken).unwrap_err();
    let lines: Vec<usize> = problems.iter().map(|problem| problem.line).collect();
    assert!(lines.is_sorted(), "{problems:#?}");
    for text in ["copies = 0", "rule = \"any\"", "face = 0", "lenght", "[provisional]"] {
        assert!(lines.contains(&line_of(&broken, text)), "{text}: {problems:#?}");
    }
    let near = problems.iter().find(|p| p.line == line_of(&broken, "lenght"));
    assert_eq!(near.unwrap().mistake.mend(), "did you mean length?");
}

#[test]
fn a_barcode_must_make_the_whole_number() {
    let found = problems(FIVE, "add_prefix = \"B\"", "");
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].line, line_of(FIVE, "start_stop") + 1);
    assert!(found[0].mistake.mend().contains("length = 11"));
}

#[test]
fn layouts_that_look_alike_must_mean_one_kind() {
    let literal = "{ literal = \"B\" }";
    let alike = FIVE.replacen(literal, "{ literal = \"A\" }", 1).replacen(
        "add_prefix = \"B\"",
        "add_prefix = \"A\"",
        1,
    );
    let problems = parse(&alike).unwrap_err();
    assert_eq!(problems.len(), 1, "{problems:#?}");
    assert!(problems[0].mistake.to_string().contains("look alike"));
    assert_eq!(problems[0].line, line_of(&alike, "id = \"B\"") - 1);
    let one_kind = alike.replacen("id = \"B\"\nkind = \"500\"", "id = \"B\"\nkind = \"1000\"", 1);
    assert!(parse(&one_kind).is_ok());
}

#[test]
fn what_is_missing_is_named() {
    let problems = parse("").unwrap_err();
    let all = problems.iter().map(Problem::to_string).collect::<String>();
    for words in ["format", "[campaign]", "[provisional]", "[[kind]]", "[[layout]]"] {
        assert!(all.contains(words), "{words}: {all}");
    }
    let broken = FIVE.replacen("revision = 1", "revision = ", 1);
    let problems = parse(&broken).unwrap_err();
    assert_eq!(problems[0].line, line_of(&broken, "revision = "));
    assert!(problems[0].mistake.to_string().contains("not TOML"));
    let twice = FIVE.replacen("revision = 1", "revision = 1\nrevision = 1", 1);
    assert!(parse(&twice).is_err());
    let large = format!("{FIVE}{}", "#".repeat(MAX_BYTES));
    assert_eq!(parse(&large).unwrap_err()[0].line, 0);
    assert!(parse(&format!("\u{FEFF}{FIVE}")).is_ok());
    assert!(parse(&FIVE.replace('\n', "\r\n")).is_ok());
    let deep = format!("a = {}{}", "[".repeat(50_000), "]".repeat(50_000));
    assert!(parse(&deep).is_err());
    let deep = format!("a{} = 1", ".a".repeat(50_000));
    assert!(parse(&deep).is_err());
}

proptest! {
    #[test]
    fn any_text_gets_an_answer(text in "(.|\n){0,200}") {
        if let Err(problems) = parse(&text) {
            prop_assert!(!problems.is_empty());
        }
    }

    #[test]
    fn a_changed_profile_gets_an_answer(
        which in 0usize..4,
        cuts in proptest::collection::vec(
            (any::<proptest::sample::Index>(), 0usize..12, "[ -~\n]{0,6}|true|99999999999999999999|\\[\\]|\\{\\}|あ"),
            1..4,
        ),
    ) {
        let mut text: Vec<char> = ALL[which].1.chars().collect();
        for (at, length, new) in cuts {
            let at = at.index(text.len());
            let end = (at + length).min(text.len());
            text.splice(at..end, new.chars());
        }
        let text: String = text.into_iter().collect();
        match parse(&text) {
            Ok(profile) => {
                prop_assert!(!profile.layouts.is_empty() && !profile.kinds.is_empty());
                prop_assert!(profile.kinds.iter().all(|kind| kind.face > Yen::ZERO));
            }
            Err(problems) => {
                let lines = text.lines().count() + 1;
                prop_assert!(!problems.is_empty());
                prop_assert!(problems.iter().all(|p| p.line <= lines && !p.mistake.mend().is_empty()));
            }
        }
    }
}

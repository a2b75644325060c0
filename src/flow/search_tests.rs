//! What people type into the search field, as a table.

use super::*;
use crate::flow::person::Role;
use jiff::civil::date;
use proptest::prelude::*;

fn people() -> Vec<Person> {
    let person = |id: &str, name: &str| Person {
        id: PersonId::new(id).unwrap(),
        name: name.to_owned(),
        role: Role::Operator,
    };
    vec![
        person("o1", "山田 太郎"),
        person("o2", "山田 花子"),
        person("sato", "佐藤さん"),
        person("72", "Ann Lee"),
    ]
}

/// A query in short: `n=` number, `s=` shop, `e=` envelope, `#` ordinal, `p=` place, `w=` person, days.
fn asked(text: &str) -> String {
    let station = Station::new("01").unwrap();
    let query = parse(text, date(2026, 11, 25), &people(), &station);
    let mut all = Vec::new();
    all.extend(query.number.map(|it| format!("n={it}")));
    all.extend(query.shop.map(|it| format!("s={it}")));
    all.extend(query.envelope.map(|it| format!("e={}", it.0)));
    all.extend(query.ordinal.map(|it| format!("#{it}")));
    all.extend(query.place.map(|it| format!("p={}", it.word())));
    all.extend(query.person.map(|it| format!("w={it}")));
    match (query.from, query.until) {
        (Some(from), Some(until)) if from == until => all.push(from.to_string()),
        (Some(from), Some(until)) => all.push(format!("{from}..{until}")),
        (None, None) => {}
        half => panic!("{half:?}"),
    }
    all.join(" ")
}

#[test]
fn anything_typed_into_one_field() {
    let table = [
        ("", ""),
        ("  \u{3000} ", ""),
        // Ids.
        ("01-00124", "e=124"),
        ("０１－００１２４", "e=124"),
        ("01-124", "e=124"),
        ("01-00124-037", "e=124 #37"),
        ("01-00124 #37", "e=124 #37"),
        ("#37", "#37"),
        ("＃３７", "#37"),
        // Another station's envelope is not here: nothing but a number could look like it.
        ("02-00124", "n=0200124"),
        // Numbers: whole, parts, in groups, in full width; a 仮券番 as it is printed.
        ("A6900602672", "n=A6900602672"),
        ("a6900602672", "n=A6900602672"),
        ("A 6900 6026 72", "n=A6900602672"),
        ("6900-6026-72", "n=6900602672"),
        ("Ａ　６９００　６０２６　７２", "n=A6900602672"),
        ("6026", "n=6026"),
        ("01-2345-678", "n=012345678"),
        ("K01-00124-037", "n=K01-00124-037"),
        ("k01-00124-037", "n=K01-00124-037"),
        ("6900 72", "n=690072"),
        // Days.
        ("11/20", "2026-11-20"),
        ("１１／２０", "2026-11-20"),
        ("11月20日", "2026-11-20"),
        ("2026-11-20", "2026-11-20"),
        ("2026/11/20", "2026-11-20"),
        ("2025年3月1日", "2025-03-01"),
        ("11/25", "2026-11-25"),
        ("11/26", "2025-11-26"),
        ("2/29", "2024-02-29"),
        ("今日", "2026-11-25"),
        ("yesterday", "2026-11-24"),
        ("11/20-11/22", "2026-11-20..2026-11-22"),
        ("11/22〜11/20", "2026-11-20..2026-11-22"),
        ("11/20 11/22", "2026-11-20..2026-11-22"),
        ("11-20", "n=1120"),
        ("13/40", "s=13/40"),
        // Places, in both languages.
        ("受付", "p=accepted"),
        ("accepted", "p=accepted"),
        ("Held", "p=held"),
        ("保留", "p=held"),
        ("却下", "p=rejected"),
        ("rejected", "p=rejected"),
        ("返却", "p=returned"),
        ("returned", "p=returned"),
        ("目視", "p=check"),
        ("check", "p=check"),
        ("手入力", "p=entry"),
        ("entry", "p=entry"),
        ("責任者", "p=settle"),
        ("settle", "p=settle"),
        // People, by id, name, part of a name; two of one name: the first by id.
        ("o1", "w=o1"),
        ("sato", "w=sato"),
        ("佐藤", "w=sato"),
        ("佐藤さん", "w=sato"),
        ("山田", "w=o1"),
        ("山田 花子", "w=o2"),
        ("山田　太郎", "w=o1"),
        ("lee", "w=72"),
        ("72", "w=72"),
        ("A 6900 6026 72", "n=A6900602672"),
        // Shops, and everything together.
        ("そば処 しなの", "s=そば処 しなの"),
        ("山田屋", "s=山田屋"),
        ("cafe", "s=cafe"),
        ("ｼﾅﾉ", "s=シナノ"),
        ("しなの 保留 11/20 山田 #3", "s=しなの #3 p=held w=o1 2026-11-20"),
        ("しなの 6026 01-00124", "n=6026 s=しなの e=124"),
        ("/ - ' \" % _", "s=/ - ' \" % _"),
    ];
    for (typed, wanted) in table {
        assert_eq!(asked(typed), wanted, "{typed}");
    }
}

#[test]
fn text_is_compared_without_its_clothes() {
    for (one, other) in [
        ("しなの", "シナノ"),
        ("ｼﾅﾉ", "シナノ"),
        ("ｶﾞｰﾄﾞ", "がーど"),
        ("Ｃａｆé", "CAFÉ"),
        ("そば処 しなの", "そば処しなの"),
        ("髙島屋", "高島屋"),
        ("㈱信濃", "(株)信濃"),
    ] {
        assert_eq!(fold(one), fold(other));
    }
    assert_ne!(fold("はし"), fold("ばし"));
}

proptest! {
    #[test]
    fn nonsense_never_stops_it(text in "\\PC{0,40}|[0-9A-Z/#~年月日 -]{0,20}") {
        let station = Station::new("01").unwrap();
        let query = parse(&text, date(2026, 11, 25), &people(), &station);
        prop_assert_eq!(query.from.is_some(), query.until.is_some());
        prop_assert!(query.from <= query.until);
    }
}

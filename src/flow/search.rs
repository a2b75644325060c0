//! One field that takes anything: a number or a part of it, an id, a date, a person, a state, a shop.
//! Pure: what is typed becomes a question, the store answers it.

use super::found::PlaceWord;
use super::ids::{EnvelopeId, Station};
use super::person::{Person, PersonId};
use crate::voucher::KindId;
use crate::voucher::grammar::plain;
use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;

/// A question about sheets; all that is set must hold. Nothing set: every sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchQuery {
    /// The whole or a part of a number (canonical: no spaces, no hyphens), or of a 仮券番 (as printed).
    pub number: Option<String>,
    /// Shop code, name or kana, or parts of them, as typed.
    pub shop: Option<String>,
    pub envelope: Option<EnvelopeId>,
    pub ordinal: Option<u32>,
    pub place: Option<PlaceWord>,
    /// Anyone who acted on the sheet.
    pub person: Option<PersonId>,
    /// The sheet was taken on this local day or later.
    pub from: Option<Date>,
    /// The sheet was taken on this local day or earlier.
    pub until: Option<Date>,
    pub kind: Option<KindId>,
}

const PLACES: [(&str, PlaceWord); 18] = [
    ("受付", PlaceWord::Accepted),
    ("受付済", PlaceWord::Accepted),
    ("accepted", PlaceWord::Accepted),
    ("目視", PlaceWord::Check),
    ("check", PlaceWord::Check),
    ("手入力", PlaceWord::Entry),
    ("entry", PlaceWord::Entry),
    ("責任者", PlaceWord::Settle),
    ("settle", PlaceWord::Settle),
    ("却下", PlaceWord::Rejected),
    ("rejected", PlaceWord::Rejected),
    ("返却", PlaceWord::Returned),
    ("returned", PlaceWord::Returned),
    ("保留", PlaceWord::Held),
    ("held", PlaceWord::Held),
    ("取消", PlaceWord::Undone),
    ("undone", PlaceWord::Undone),
    ("same", PlaceWord::Same),
];

/// Letters alone are the head of a number only before its digits, and only so many.
const MOST_LEADING_LETTERS: usize = 3;

/// Text as it is compared: width and compatibility forms made one, hiragana as katakana, lower case,
/// no spaces, and a few old forms of kanji in names as their everyday ones.
pub fn fold(text: &str) -> String {
    let kana = |found: char| match found {
        'ぁ'..='ゖ' | 'ゝ' | 'ゞ' => char::from_u32(u32::from(found) + 0x60).unwrap_or(found),
        '〜' => '~',
        '髙' => '高',
        '﨑' => '崎',
        '濵' | '濱' => '浜',
        '德' => '徳',
        '邉' | '邊' => '辺',
        '齋' => '斎',
        '澤' => '沢',
        '廣' => '広',
        _ => found,
    };
    let one_width = text.nfkc().filter(|found| !found.is_whitespace());
    one_width.map(kana).flat_map(char::to_lowercase).collect()
}

/// What was typed into the one search field. Words are ANDed:
///
/// - `01-00124`, `01-00124-037`: an envelope, a sheet; `#37`: the sheet with this ordinal.
/// - `11/20`, `2026-11-20`, `11月20日`, `今日`, `11/20-11/25`: the day or days on which it was taken. A day
///   without a year is the last such day up to `today`.
/// - A place (`保留`, `held`), a person's id or name (of two of one name the first by id).
/// - Digits, with or without letters: a part of a number. Words that stand together are one number, so
///   it may be typed in groups as printed. A 仮券番 is known by the station in it.
/// - Anything else: a shop.
///
/// Full-width letters and digits count as half-width. Never fails: nonsense finds nothing.
pub fn parse(text: &str, today: Date, people: &[Person], station: &Station) -> SearchQuery {
    let words = text.split_whitespace().map(|word| word.nfkc().collect::<String>());
    let words = words.collect::<Vec<_>>();
    let mut query = SearchQuery::default();
    let mut number = String::new();
    let mut shop = Vec::new();
    let mut named: Option<Vec<&PersonId>> = None;
    for (at, word) in words.iter().enumerate() {
        let beside = |other: Option<usize>| {
            other.and_then(|other| words.get(other)).is_some_and(|word| part(word).is_some())
        };
        let alone = !beside(at.checked_sub(1)) && !beside(Some(at + 1));
        if let Some(ordinal) = word.strip_prefix('#').and_then(|digits| digits.parse().ok()) {
            query.ordinal = Some(ordinal);
        } else if let Some((from, until)) = days(word, today) {
            query.from = query.from.into_iter().chain([from]).min();
            query.until = query.until.into_iter().chain([until]).max();
        } else if provisional(word, station) {
            number = word.to_uppercase();
        } else if let Some((envelope, ordinal)) = id(word, station) {
            query.envelope = Some(envelope);
            query.ordinal = ordinal.or(query.ordinal);
        } else if let Some((_, place)) = PLACES.iter().find(|(name, _)| *name == fold(word)) {
            query.place = Some(*place);
        } else if let Some(who) = called(word, people, alone) {
            named = Some(match named {
                Some(before) => before.into_iter().filter(|id| who.contains(id)).collect(),
                None => who,
            });
        } else if let Some(part) = part(word) {
            number.push_str(&part);
        } else if leading_letters(word) && beside(Some(at + 1)) {
            number.push_str(&word.to_uppercase());
        } else {
            shop.push(word.as_str());
        }
    }
    query.person = named.and_then(|ids| ids.first().map(|id| (*id).clone()));
    query.number = Some(number).filter(|number| !number.is_empty());
    query.shop = Some(shop.join(" ")).filter(|shop| !shop.is_empty());
    query
}

/// A part of a number: letters and digits with at least one digit, hyphens left out.
fn part(word: &str) -> Option<String> {
    let canonical = word.chars().map(plain).filter(|found| *found != '-').collect::<String>();
    let right = canonical.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let digit = canonical.bytes().any(|byte| byte.is_ascii_digit());
    (right && digit).then_some(canonical)
}

fn leading_letters(word: &str) -> bool {
    word.len() <= MOST_LEADING_LETTERS && word.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// Whether it is a 仮券番 of this station: a prefix, then the sheet's id.
fn provisional(word: &str, station: &Station) -> bool {
    let mut parts = word.rsplitn(3, '-');
    let (ordinal, envelope, head) = (parts.next(), parts.next(), parts.next());
    let digits = |text: Option<&str>, least: usize| {
        text.is_some_and(|it| it.len() >= least && it.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let own = head.and_then(|head| head.strip_suffix(station.as_str()));
    own.is_some_and(|prefix| !prefix.is_empty()) && digits(envelope, 5) && digits(ordinal, 3)
}

/// `01-00124` or `01-00124-037`. A number that is printed in three groups is none, so there the
/// envelope has its five digits.
fn id(word: &str, station: &Station) -> Option<(EnvelopeId, Option<u32>)> {
    let (own, rest) = word.split_once('-')?;
    if own != station.as_str() {
        return None;
    }
    match rest.split_once('-') {
        None => Some((station.parse_envelope(word)?, None)),
        Some((envelope, ordinal)) if envelope.len() >= 5 => {
            Some((station.parse_envelope(envelope)?, Some(ordinal.parse().ok()?)))
        }
        Some(_) => None,
    }
}

/// People with this id, or of whose name this is the whole or a part between spaces. An id that is all
/// digits is one only where no other part of a number stands beside it.
fn called<'p>(word: &str, people: &'p [Person], alone: bool) -> Option<Vec<&'p PersonId>> {
    let digits = word.bytes().all(|byte| byte.is_ascii_digit());
    let by_id = |person: &&Person| person.id.as_str() == word && (alone || !digits);
    if let Some(person) = people.iter().find(by_id) {
        return Some(vec![&person.id]);
    }
    let wanted = fold(word.strip_suffix("さん").unwrap_or(word));
    let by_name = |person: &&Person| {
        let own = |name: &str| fold(name.strip_suffix("さん").unwrap_or(name)) == wanted;
        own(&person.name) || person.name.split_whitespace().any(own)
    };
    let mut ids = people.iter().filter(by_name).map(|person| &person.id).collect::<Vec<_>>();
    ids.sort_unstable();
    Some(ids).filter(|ids| !ids.is_empty() && !wanted.is_empty())
}

/// A day, or from one to another.
fn days(word: &str, today: Date) -> Option<(Date, Date)> {
    if let Some(day) = day(word, today) {
        return Some((day, day));
    }
    let halves = ["~", "〜", ".."].iter().find_map(|between| word.split_once(between));
    let slashes =
        || word.split_once('-').filter(|(from, until)| from.contains('/') && until.contains('/'));
    let (from, until) = halves.or_else(slashes)?;
    let (one, other) = (day(from, today)?, day(until, today)?);
    Some((one.min(other), one.max(other)))
}

fn day(word: &str, today: Date) -> Option<Date> {
    match word.to_lowercase().as_str() {
        "今日" | "本日" | "today" => return Some(today),
        "昨日" | "yesterday" => return today.yesterday().ok(),
        _ => {}
    }
    let plain = word.replace(['年', '月'], "/");
    let plain = plain.strip_suffix('日').unwrap_or(&plain);
    let whole = |text: &str| text.parse::<i16>().ok().filter(|_| !text.starts_with(['+', '-']));
    let slashes = plain.split('/').map(whole).collect::<Option<Vec<_>>>();
    let numbers = slashes.filter(|it| it.len() > 1).or_else(|| {
        // With hyphens only a whole date is one: 11-20 may be a part of a number.
        let parts = plain.split('-').map(whole).collect::<Option<Vec<_>>>()?;
        Some(parts).filter(|it| it.len() == 3 && plain.len() >= 8 && plain.find('-') == Some(4))
    })?;
    let date = |year: i16, month: i16, day: i16| {
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    };
    match numbers[..] {
        [year, month, day] if year >= 1_000 => date(year, month, day),
        // The last such day; the 29th of February may be years ago.
        [month, day] => (0..8)
            .filter_map(|back| date(today.year().checked_sub(back)?, month, day))
            .find(|date| *date <= today),
        _ => None,
    }
}

#[cfg(test)]
#[path = "search_tests.rs"]
mod tests;

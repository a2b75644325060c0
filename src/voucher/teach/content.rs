//! Which part of a barcode's content is the number, and what the print adds to it.

use super::Sample;
use super::said::{Contradiction, Guess, words_of};
use crate::voucher::Symbology;
use crate::voucher::barcode::{BarcodeRule, ContentPart};
use crate::voucher::grammar::{MAX_LENGTH, plain};
use std::collections::{BTreeMap, BTreeSet};

/// What one group's samples say about their number.
#[derive(Clone, Debug, Default)]
pub(super) struct Learned {
    pub rule: Option<BarcodeRule>,
    /// Numbers of the samples that are believed, in canonical form and all of one length.
    pub numbers: Vec<(usize, String)>,
    /// Their prints.
    pub prints: Vec<(usize, Print)>,
}

/// A printed number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Print {
    /// Without separators.
    pub compact: String,
    /// Lengths of what stands between separators.
    pub groups: Vec<usize>,
    /// What stands between the groups, if it is always the same.
    pub separator: Option<String>,
}

/// Fewer characters are no number; a field of a web address may be a shop or a language.
const SHORTEST: usize = 4;

/// Learns the number from the barcodes, or from the prints if there are none.
pub(super) fn learn(
    samples: &[Sample],
    group: &[usize],
    guesses: &mut Vec<Guess>,
    contradictions: &mut Vec<Contradiction>,
) -> Learned {
    let members = || group.iter().filter_map(|at| Some((*at, samples.get(*at)?)));
    let prints: Vec<(usize, Print)> =
        members().filter_map(|(at, sample)| Some((at, print_of(sample)?))).collect();
    let coded: Vec<(usize, Symbology, String)> = members()
        .filter_map(|(at, sample)| {
            let found = sample.barcode.as_ref()?;
            Some((at, found.symbology, bare(found.symbology, &found.text).to_owned()))
        })
        .collect();
    let Some(symbology) = coded.first().map(|(_, symbology, _)| *symbology) else {
        let numbers = prints.iter().map(|(at, print)| (*at, print.compact.clone())).collect();
        return Learned { rule: None, numbers: one_length(numbers, contradictions), prints };
    };
    let contents: Vec<(usize, String)> =
        coded.into_iter().map(|(at, _, content)| (at, content)).collect();
    let (part, values) = choose_part(&contents, &prints, guesses);
    for (at, text) in contents.iter().filter(|(at, _)| !values.iter().any(|it| it.0 == *at)) {
        contradictions.push(Contradiction::Content {
            sample: *at,
            text: text.clone(),
            part: words_of(&part),
        });
    }
    let values = one_length(values, contradictions);
    let length = values.first().map_or(0, |(_, value)| value.chars().count());
    let digits_only =
        values.iter().all(|(_, value)| value.bytes().all(|byte| byte.is_ascii_digit()));
    let numbers = compact(&values);
    let (add_prefix, differing) = prefix(&numbers, &prints, guesses, contradictions);
    let mut numbers: Vec<(usize, String)> = numbers
        .into_iter()
        .filter(|(at, _)| !differing.contains(at))
        .map(|(at, number)| (at, format!("{add_prefix}{number}")))
        .collect();
    // Prints whose barcode was not read.
    for (at, print) in &prints {
        if contents.iter().all(|(coded, _)| coded != at) {
            guesses.push(Guess::BarcodeUnread { sample: *at });
            numbers.push((*at, print.compact.clone()));
        }
    }
    let ends: BTreeSet<(char, char)> =
        members().filter_map(|(_, sample)| start_stop(sample)).collect();
    if ends.len() > 1 {
        guesses.push(Guess::StartStop);
    }
    if prints.is_empty() {
        guesses.push(Guess::NoPrint);
    }
    let prints = prints.into_iter().filter(|(at, _)| !differing.contains(at)).collect();
    let rule = BarcodeRule {
        symbologies: vec![symbology],
        start_stop: ends.first().copied().filter(|_| ends.len() == 1),
        part,
        length,
        digits_only,
        add_prefix,
    };
    Learned { rule: Some(rule), numbers: one_length(numbers, contradictions), prints }
}

/// EAN's readers let no content pass whose last digit isn't the check digit.
pub(super) fn checked_by_symbology(rule: &BarcodeRule) -> bool {
    rule.part == ContentPart::Whole
        && rule.symbologies.iter().all(|it| matches!(it, Symbology::Ean13 | Symbology::Ean8))
}

fn start_stop(sample: &Sample) -> Option<(char, char)> {
    let found = sample.barcode.as_ref().filter(|it| it.symbology == Symbology::Codabar)?;
    let mut letters = found.text.chars();
    Some((letters.next()?.to_ascii_uppercase(), letters.next_back()?.to_ascii_uppercase()))
}

/// A content without Codabar's start and stop letters.
fn bare(symbology: Symbology, text: &str) -> &str {
    let letters = |c: char| matches!(c.to_ascii_uppercase(), 'A'..='D');
    match symbology {
        Symbology::Codabar => {
            text.strip_prefix(letters).and_then(|text| text.strip_suffix(letters)).unwrap_or(text)
        }
        _ => text,
    }
}

/// A print as it may be compared: half-width, upper case, without a label before it.
pub(super) fn print_of(sample: &Sample) -> Option<Print> {
    let text: String = sample.printed.as_ref()?.chars().map(plain).collect();
    // 券番号 and the like stand before the number.
    let text = text.rsplit(|c: char| !c.is_ascii()).find(|piece| !piece.trim().is_empty())?.trim();
    let label = text.strip_prefix("NO").filter(|it| it.starts_with(['.', ':', ' ']));
    let text = label.unwrap_or(text).trim_start_matches(['.', ':', ' ', '-']).trim();
    let mut groups = Vec::new();
    let mut separators = BTreeSet::new();
    let (mut group, mut gap, mut compact) = (0, String::new(), String::new());
    for found in text.chars() {
        if matches!(found, ' ' | '-') {
            gap.push(found);
            continue;
        }
        if !gap.is_empty() {
            groups.push(std::mem::take(&mut group));
            separators.insert(std::mem::take(&mut gap));
        }
        group += 1;
        compact.push(found);
    }
    groups.push(group);
    let separator = separators.first().cloned().filter(|_| separators.len() == 1);
    let fits = (SHORTEST..=MAX_LENGTH).contains(&compact.len());
    fits.then_some(Print { compact, groups, separator })
}

/// The part that is the number, and what it is on each sample that has it.
fn choose_part(
    contents: &[(usize, String)],
    prints: &[(usize, Print)],
    guesses: &mut Vec<Guess>,
) -> (ContentPart, Vec<(usize, String)>) {
    let mut ranked: Vec<_> = candidates(contents, prints)
        .into_iter()
        .map(|part| {
            let values = values_of(&part, contents);
            (worth(&values, prints), part, values)
        })
        .collect();
    // The sort is stable, so of equals the one named first is taken.
    ranked.sort_by_key(|(worth, ..)| std::cmp::Reverse(*worth));
    let mut ranked = ranked.into_iter();
    let Some((best, part, values)) = ranked.next() else {
        return (ContentPart::Whole, Vec::new());
    };
    // A rival is as much a number on as many samples, only shorter, and no print decides.
    if let Some((worth, other, others)) = ranked.next()
        && worth.alike == best.alike
        && best.printed == 0
        && worth.different == best.different
        && values != others
    {
        guesses.push(Guess::Part { taken: part.clone(), other });
    }
    (part, values)
}

/// How much a part looks like the number; compared from the first field on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Worth {
    /// Prints that are or end in it.
    printed: usize,
    /// Samples on which it has one length.
    alike: usize,
    /// Different values.
    different: usize,
    digits: usize,
}

fn worth(values: &[(usize, String)], prints: &[(usize, Print)]) -> Worth {
    let printed = |at: usize, value: &str| {
        let value = without_separators(value);
        prints.iter().any(|(of, print)| *of == at && print.compact.ends_with(&value))
    };
    let first = values.first().map_or("", |(_, value)| value);
    let length = most_common(values.iter().map(|(_, value)| value.chars().count())).unwrap_or(0);
    let all: BTreeSet<&str> = values.iter().map(|(_, value)| value.as_str()).collect();
    Worth {
        printed: values.iter().filter(|(at, value)| printed(*at, value)).count(),
        alike: values.iter().filter(|(_, value)| value.chars().count() == length).count(),
        different: all.len(),
        digits: first.bytes().filter(u8::is_ascii_digit).count(),
    }
}

fn values_of(part: &ContentPart, contents: &[(usize, String)]) -> Vec<(usize, String)> {
    contents
        .iter()
        .filter_map(|(at, content)| Some((*at, part.of(content)?)))
        .filter(|(_, value)| {
            // A check character of CODE39 or NW-7 may be a sign, at the end.
            let body = value.strip_suffix(['.', '$', '/', ':', '+', '%']).unwrap_or(value);
            (SHORTEST..=MAX_LENGTH).contains(&value.chars().count())
                && body.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | ' '))
                && body.bytes().any(|byte| byte.is_ascii_digit())
        })
        .collect()
}

fn candidates(contents: &[(usize, String)], prints: &[(usize, Print)]) -> Vec<ContentPart> {
    let mut parts = vec![ContentPart::Whole];
    let mut add = |part: ContentPart| {
        if !parts.contains(&part) {
            parts.push(part);
        }
    };
    for (_, content) in contents {
        let query = content.split_once('?').map_or("", |(_, query)| query);
        let query = query.split('#').next().unwrap_or("");
        for pair in query.split(['&', ';']).filter(|pair| !pair.is_empty()) {
            add(ContentPart::Query(pair.split('=').next().unwrap_or(pair).to_owned()));
        }
        if content.contains("://") {
            add(ContentPart::LastSegment);
        }
    }
    let (begins, more) = (common_start(contents), contents.len() > 1);
    if let Some(end) = begins.rfind(|c: char| !c.is_ascii_alphanumeric()) {
        // The last character that no number has, with what stands before it on all samples.
        let end = end + begins[end..].chars().next().map_or(1, char::len_utf8);
        if more || begins.contains("://") {
            add(ContentPart::After(begins[..end].to_owned()));
        }
    }
    // What the code has before the print, on all samples that were read both ways.
    let before: BTreeSet<&str> = contents
        .iter()
        .filter_map(|(at, content)| {
            let (_, print) = prints.iter().find(|(of, _)| of == at)?;
            content.strip_suffix(print.compact.as_str()).filter(|before| !before.is_empty())
        })
        .collect();
    if let (Some(before), 1) = (before.first(), before.len()) {
        add(ContentPart::After((*before).to_owned()));
    }
    parts
}

/// What all contents begin with.
fn common_start(contents: &[(usize, String)]) -> &str {
    let Some((_, first)) = contents.first() else {
        return "";
    };
    let shared = |other: &str| {
        let pairs = first.char_indices().zip(other.chars());
        pairs.take_while(|((_, a), b)| a == b).last().map_or(0, |((at, c), _)| at + c.len_utf8())
    };
    let end = contents.iter().map(|(_, content)| shared(content)).min().unwrap_or(0);
    first.get(..end).unwrap_or("")
}

fn without_separators(text: &str) -> String {
    text.chars().map(plain).filter(|c| !matches!(c, ' ' | '-')).collect()
}

/// Canonical values: hyphens and spaces that stand at the same places on all samples only part
/// groups; others are check characters, and stay.
fn compact(values: &[(usize, String)]) -> Vec<(usize, String)> {
    let places = |text: &str| -> Vec<usize> {
        let found = text.chars().enumerate().filter(|(_, c)| matches!(c, ' ' | '-'));
        found.map(|(at, _)| at).collect()
    };
    let first = values.first().map(|(_, value)| places(value)).unwrap_or_default();
    let same = values.iter().all(|(_, value)| places(value) == first);
    values
        .iter()
        .map(|(at, value)| {
            let value =
                if same { without_separators(value) } else { value.chars().map(plain).collect() };
            (*at, value)
        })
        .collect()
}

/// Only samples whose text is as long as most; the others are told.
fn one_length(
    texts: Vec<(usize, String)>,
    contradictions: &mut Vec<Contradiction>,
) -> Vec<(usize, String)> {
    let length = |text: &str| text.chars().count();
    let Some(want) = most_common(texts.iter().map(|(_, text)| length(text))) else {
        return texts;
    };
    let (good, other): (Vec<_>, Vec<_>) =
        texts.into_iter().partition(|(_, text)| length(text) == want);
    contradictions.extend(other.into_iter().map(|(sample, text)| Contradiction::Length {
        sample,
        got: length(&text),
        want,
        text,
    }));
    good
}

/// The most common, of equals the first.
pub(super) fn most_common<T: Ord + Clone>(items: impl Iterator<Item = T>) -> Option<T> {
    let mut counts: BTreeMap<T, (usize, std::cmp::Reverse<usize>)> = BTreeMap::new();
    for (at, item) in items.enumerate() {
        counts.entry(item).or_insert((0, std::cmp::Reverse(at))).0 += 1;
    }
    counts.into_iter().max_by_key(|(_, rank)| *rank).map(|(item, _)| item)
}

/// What the print has before the barcode's number on most samples, and the samples that differ.
fn prefix(
    numbers: &[(usize, String)],
    prints: &[(usize, Print)],
    guesses: &mut Vec<Guess>,
    contradictions: &mut Vec<Contradiction>,
) -> (String, BTreeSet<usize>) {
    let mut before: Vec<(usize, String)> = Vec::new();
    let mut differing = BTreeSet::new();
    for (at, number) in numbers {
        let Some((_, print)) = prints.iter().find(|(of, _)| of == at) else {
            continue;
        };
        let alnum = |text: &&str| text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        match print.compact.strip_suffix(number.as_str()).filter(alnum) {
            Some(prefix) => before.push((*at, prefix.to_owned())),
            None => {
                contradictions.push(Contradiction::PrintDiffers {
                    sample: *at,
                    print: print.compact.clone(),
                    barcode: number.clone(),
                });
                differing.insert(*at);
            }
        }
    }
    let want = most_common(before.iter().map(|(_, prefix)| prefix.clone())).unwrap_or_default();
    for (at, got) in before.iter().filter(|(_, prefix)| *prefix != want) {
        let (got, want) = (got.clone(), want.clone());
        contradictions.push(Contradiction::Prefix { sample: *at, got, want });
        differing.insert(*at);
    }
    if !want.is_empty() {
        let samples = before.iter().filter(|(_, prefix)| *prefix == want).count();
        guesses.push(Guess::PrefixFromPrint { prefix: want.clone(), samples });
    }
    // Where no print agrees with its barcode the barcodes still tell what the number looks like.
    if differing.len() == numbers.len() {
        differing.clear();
    }
    (want, differing)
}

//! Which of all that stands on each sample is the number: of its barcodes, of its lines of print.

use super::alike::near;
use super::content::most_common;
use crate::voucher::grammar::plain;
use crate::voucher::profile::Area;
use crate::voucher::{BarcodeFinding, Symbology};
use std::collections::BTreeSet;

/// A line of print on a face.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub area: Area,
    /// What it says, where it could be read.
    pub text: Option<String>,
    /// How many marks that look like characters it has.
    pub marks: usize,
}

/// For each sample, which of its barcodes is the number's: the sort of barcode, by symbology and place,
/// that says something else on every sample. One that is the same on all, such as an address of the
/// campaign, is not; a sample without that sort has its first.
pub fn number_codes(samples: &[&[Coded]]) -> Vec<Option<usize>> {
    let mut sorts: Vec<(Symbology, Option<Area>, BTreeSet<&str>, usize)> = Vec::new();
    for (finding, area) in samples.iter().flat_map(|codes| codes.iter()) {
        let of = |sort: &&mut (Symbology, Option<Area>, _, _)| {
            sort.0 == finding.symbology && near(sort.1.as_ref(), area.as_ref())
        };
        match sorts.iter_mut().find(of) {
            Some((.., texts, count)) => {
                texts.insert(&finding.text);
                *count += 1;
            }
            None => {
                sorts.push((finding.symbology, *area, BTreeSet::from([&*finding.text]), 1));
            }
        }
    }
    let best = sorts.iter().max_by_key(|(.., texts, count)| (texts.len(), *count));
    let choose = |codes: &&[Coded]| {
        let (symbology, place, ..) = best?;
        let fits = |(finding, area): &Coded| {
            finding.symbology == *symbology && near(place.as_ref(), area.as_ref())
        };
        codes.iter().position(fits).or_else(|| (!codes.is_empty()).then_some(0))
    };
    samples.iter().map(choose).collect()
}

/// Characters that print and barcode must share to be about the same number.
const SHARED: usize = 5;

/// A barcode with its box, if that is known.
pub type Coded = (BarcodeFinding, Option<Area>);

/// For each sample, which of its lines is the number: by what it says, else by its place and how many
/// characters it has, as it is on samples with the same sort of barcode. `None` where nothing tells;
/// then a person must say.
pub fn number_lines(samples: &[(Option<&Coded>, &[Line])]) -> Vec<Option<usize>> {
    let mut chosen = vec![None; samples.len()];
    let mut done = vec![false; samples.len()];
    for first in 0..samples.len() {
        if done[first] {
            continue;
        }
        let alike: Vec<usize> = (first..samples.len())
            .filter(|at| !done[*at] && same_sort(samples[first].0, samples[*at].0))
            .collect();
        let group: Vec<Asked> =
            alike.iter().map(|at| (samples[*at].0.map(|code| &code.0), samples[*at].1)).collect();
        for (at, line) in alike.into_iter().zip(in_group(&group)) {
            done[at] = true;
            chosen[at] = line;
        }
    }
    chosen
}

/// A sample's barcode and lines.
type Asked<'a> = (Option<&'a BarcodeFinding>, &'a [Line]);

fn same_sort(one: Option<&Coded>, two: Option<&Coded>) -> bool {
    match (one, two) {
        (None, None) => true,
        (Some((one, place)), Some((two, other))) => {
            one.symbology == two.symbology && near(place.as_ref(), other.as_ref())
        }
        _ => false,
    }
}

fn in_group(samples: &[Asked]) -> Vec<Option<usize>> {
    let said: Vec<Option<usize>> =
        samples.iter().map(|(barcode, lines)| by_text((*barcode)?, lines)).collect();
    let known = said.iter().zip(samples).find_map(|(at, (_, lines))| lines.get((*at)?));
    let place = match known {
        Some(line) => Some(line.area),
        None => by_digits(samples).or_else(|| by_marks(samples)),
    };
    said.into_iter()
        .zip(samples)
        .map(|(said, (_, lines))| said.or_else(|| at_place(lines, place.as_ref()?)))
        .collect()
}

fn compact(text: &str) -> String {
    text.chars().map(plain).filter(char::is_ascii_alphanumeric).collect()
}

/// The line that says what the barcode says, perhaps with a prefix or without one.
fn by_text(barcode: &BarcodeFinding, lines: &[Line]) -> Option<usize> {
    let code = compact(&barcode.text);
    let shared = |line: &Line| -> usize {
        let text = line.text.as_deref().map(compact).unwrap_or_default();
        // The end of a number is what differs most.
        (SHARED..=text.len())
            .rev()
            .find(|length| text.get(text.len() - length..).is_some_and(|end| code.contains(end)))
            .unwrap_or(0)
    };
    let best = lines.iter().enumerate().max_by_key(|(_, line)| shared(line))?;
    (shared(best.1) >= SHARED).then_some(best.0)
}

/// The place where the samples say different things with the most digits.
fn by_digits(samples: &[Asked]) -> Option<Area> {
    let all = samples.iter().flat_map(|(_, lines)| lines.iter());
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
    let worth = |place: &Area| {
        let texts: BTreeSet<String> = samples
            .iter()
            .filter_map(|(_, lines)| lines.get(at_place(lines, place)?)?.text.as_deref())
            .map(compact)
            .collect();
        (texts.len(), texts.iter().map(|text| digits(text)).sum::<usize>())
    };
    let candidates = all.filter(|it| it.text.as_deref().is_some_and(|text| digits(text) >= SHARED));
    candidates.map(|line| line.area).max_by_key(worth)
}

/// The place where most samples have a line with about as many marks as the barcode has characters.
/// `None` if two places are as good, or there is no barcode to compare with.
fn by_marks(samples: &[Asked]) -> Option<Area> {
    let lengths =
        samples.iter().filter_map(|(barcode, _)| Some(number_length(&barcode.as_ref()?.text)));
    let want = most_common(lengths)?;
    // A prefix of up to two letters may stand only in the print; one mark may be lost or split.
    let off =
        |marks: usize| if marks >= want { (marks - want).saturating_sub(2) } else { want - marks };
    let mut places: Vec<(usize, usize, Area)> = Vec::new();
    for line in samples.iter().flat_map(|(_, lines)| lines.iter()) {
        if off(line.marks) > 1 || places.iter().any(|(.., it)| close(it, &line.area)) {
            continue;
        }
        let there = samples.iter().filter_map(|(_, lines)| {
            lines.iter().filter(|it| close(&it.area, &line.area)).map(|it| off(it.marks)).min()
        });
        let there: Vec<usize> = there.filter(|off| *off <= 1).collect();
        places.push((there.len(), there.iter().sum(), line.area));
    }
    places.sort_by_key(|(count, off, _)| (std::cmp::Reverse(*count), *off));
    let (count, off, place) = *places.first()?;
    let rival = places.get(1).is_some_and(|other| (other.0, other.1) == (count, off));
    (2 * count > samples.len() && !rival).then_some(place)
}

/// Characters of the number in a barcode's content: its longest run of letters and digits that has a
/// digit, without Codabar's start and stop letters.
fn number_length(content: &str) -> usize {
    let digit = |piece: &str| piece.bytes().any(|byte| byte.is_ascii_digit());
    let pieces = content.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    let longest = pieces.filter(|piece| digit(piece)).map(compact).max_by_key(String::len);
    let longest = longest.unwrap_or_default();
    let letters = |c: char| ('A'..='D').contains(&c);
    let bare = longest.strip_prefix(letters).and_then(|it| it.strip_suffix(letters));
    bare.unwrap_or(&longest).len()
}

/// Lines of one place overlap by most of their height.
fn close(one: &Area, two: &Area) -> bool {
    let top = one.y.max(two.y);
    let bottom = (one.y + one.h).min(two.y + two.h);
    near(Some(one), Some(two)) && bottom - top > 0.5 * one.h.min(two.h)
}

fn at_place(lines: &[Line], place: &Area) -> Option<usize> {
    let away = |line: &Line| {
        let dx = (line.area.x + line.area.w / 2.0) - (place.x + place.w / 2.0);
        let dy = (line.area.y + line.area.h / 2.0) - (place.y + place.h / 2.0);
        dx.hypot(dy)
    };
    lines
        .iter()
        .enumerate()
        .filter(|(_, line)| close(&line.area, place))
        .min_by(|a, b| away(a.1).total_cmp(&away(b.1)))
        .map(|(at, _)| at)
}

//! ITF (interleaved two of five): pairs of digits, the first in five bars, the other in the spaces between them. It has
//! no check, and its start and stop are like much that stands in it.

use super::grid::{Kind, Part, certain};
use super::linear::{Decoded, FRAMED, Widths};
use super::two_widths::{Character, QUIET, least_plain, plainness};

/// White where more bars follow beyond it, in narrow widths: a streak of white can't make so much inside of a code.
const APART: f32 = 8.5;

/// Which two of five are wide, from the first bit on.
const DIGITS: [u8; 10] =
    [0b00110, 0b10001, 0b01001, 0b11000, 0b00101, 0b10100, 0b01100, 0b00011, 0b10010, 0b01010];

/// A pair of digits where it begins, what it seems to be, if it does, and how many widths are there.
struct Pair {
    at: usize,
    seems: Option<usize>,
    used: usize,
}

/// A code of one of these lengths, or of 4 and more digits.
pub(super) fn decode(widths: &Widths, at: usize, lengths: &[u32]) -> Option<Decoded> {
    let start = widths.some(at, 4)?;
    let mut narrow = start.iter().sum::<f32>() / 4.0;
    let even = start.iter().all(|w| (0.5..1.6).contains(&(w / narrow)));
    let apart = |first: bool| if first { QUIET } else { APART };
    if !even || !widths.may_begin(at, apart(at == 0) * narrow, narrow) {
        return None;
    }
    let mut pairs: Vec<Pair> = Vec::new();
    let mut next = at + 4;
    let mut last: Option<f32> = None;
    let mut widest = 0.0;
    loop {
        // Wide, narrow, narrow and then white: the stop.
        if let Some([bar, space, end]) = widths.some(next, 3)
            && widths.space(next + 3)
                > narrow * if widths.left(next + 3) == 2 { FRAMED } else { QUIET }
        {
            let stops =
                *bar > 1.4 * end && *bar > 1.4 * space && end / space < 3.5 && space / end < 3.5;
            let length = 2 * pairs.len() as u32;
            let wanted = if lengths.is_empty() {
                let (before, behind) = widths.seen_round(at, next + 3);
                length >= 4 && whole(before, behind, widest, narrow)
            } else {
                lengths.contains(&length)
            };
            // One bar beyond it is a frame's.
            let white = apart(at <= 2 && widths.left(next + 3) <= 2) * narrow;
            let quiet = widths.stands_free(at, next + 3, white, narrow);
            if !stops || !wanted || !quiet {
                return None;
            }
            let text = plain_text(widths, &pairs)
                .or_else(|| held(widths.some(at, next + 3 - at)?, &pairs));
            widths.doubt.set(text.is_none());
            return text.map(|text| (text, next + 3 - at));
        }
        let pair = pair(widths, next, last, narrow, pairs.iter().any(|it| it.seems.is_none()))?;
        if pairs.len() >= 49 {
            return None;
        }
        if pair.seems.is_some() {
            let ten = widths.some(next, 10)?;
            last = Some(ten.iter().sum());
            let mut sorted: [f32; 10] = std::array::from_fn(|i| ten[i]);
            sorted.sort_by(f32::total_cmp);
            narrow = sorted[..6].iter().sum::<f32>() / 6.0;
            widest = (1..10).step_by(2).map(|i| ten[i]).fold(widest, f32::max);
        }
        next += pair.used;
        pairs.push(pair);
    }
}

/// The pair that begins at a bar; torn if it is none and no other is `torn` already.
fn pair(widths: &Widths, at: usize, last: Option<f32>, narrow: f32, torn: bool) -> Option<Pair> {
    // Every pair is as long as the one before, but for perspective.
    let fits = |used: usize| -> Option<f32> {
        let length: f32 = widths.some(at, used)?.iter().sum();
        (last.is_none_or(|last| (0.75..1.33).contains(&(length / last)))
            && (10.0..26.0).contains(&(length / narrow)))
        .then_some(length)
    };
    if fits(10).is_some() {
        let ten = widths.some(at, 10)?;
        let digit = |parity: usize| two_of_five(std::array::from_fn(|i| ten[2 * i + parity]));
        if let (Some(bars), Some(spaces)) = (digit(0), digit(1)) {
            return Some(Pair { at, seems: Some(10 * bars + spaces), used: 10 });
        }
    }
    let last = last.filter(|_| !torn)?;
    let off = |used: usize| Some((used, (fits(used)? / last).ln().abs()));
    let tries = [10, 12, 8].into_iter().filter_map(off).filter(|(_, off)| *off < 0.2);
    let (used, _) = tries.min_by(|a, b| a.1.total_cmp(&b.1))?;
    Some(Pair { at, seems: None, used })
}

/// The text, if no digit is much less plain than the others, see [`plainness`].
fn plain_text(widths: &Widths, pairs: &[Pair]) -> Option<String> {
    let characters: Vec<Character> = pairs
        .iter()
        .map(|pair| Some((widths.some(pair.at, 10)?, bits(pair.seems?))))
        .collect::<Option<_>>()?;
    let plain = plainness(&characters).concat();
    let least = least_plain(plain.clone());
    let text = || pairs.iter().filter_map(|pair| pair.seems).map(|pair| format!("{pair:02}"));
    plain.iter().all(|plain| *plain >= least).then(|| text().collect())
}

/// Which of a pair's ten widths are wide, from the first bit on.
fn bits(pair: usize) -> u16 {
    let wide = |digit: usize, i: usize| u16::from(DIGITS[digit] >> (4 - i) & 1);
    (0..5).fold(0, |bits, i| bits << 2 | wide(pair / 10, i) << 1 | wide(pair % 10, i))
}

/// The text, if the whole code's grid says that it is certain.
fn held(widths: &[f32], pairs: &[Pair]) -> Option<String> {
    let kinds = |pair: usize| -> Vec<Kind> {
        (0..10).map(|i| Kind::of(i % 2 == 0, bits(pair) >> (9 - i) & 1 == 1)).collect()
    };
    let patterns: Vec<Vec<Kind>> = (0..100).map(kinds).collect();
    let (bar, space) = (Kind::NarrowBar, Kind::NarrowSpace);
    let mut parts = vec![Part::fixed(vec![bar, space, bar, space])];
    parts.extend(pairs.iter().map(|pair| Part::read(&patterns, pair.seems, pair.used)));
    parts.push(Part::fixed(vec![Kind::WideBar, space, bar]));
    let pairs = certain(widths, &parts, &patterns)?;
    Some(pairs.into_iter().map(|pair| format!("{pair:02}")).collect())
}

/// Whether white that stands before and behind a code in the picture shows that the picture's end has cut nothing off:
/// an ITF begins and ends like much that stands in it. White that is wider than its spaces does; so does a picture that was cut
/// close to it, alike on both sides.
fn whole(before: f32, behind: f32, widest: f32, narrow: f32) -> bool {
    // A wide space has three modules at most.
    let space = f32::min(1.2 * widest, 3.7 * narrow);
    before.min(behind) > space || (before - behind).abs() < 0.5 * narrow
}

/// The digit whose two wide ones are the two widest; `None` if the third is nearly as wide.
fn two_of_five(five: [f32; 5]) -> Option<usize> {
    let mut order = [0, 1, 2, 3, 4];
    order.sort_by(|a, b| five[*b].total_cmp(&five[*a]));
    let (least, widest) = (five[order[1]], five[order[2]]);
    if least < 1.25 * widest || five[order[0]] > 2.0 * least || widest > 2.8 * five[order[4]] {
        return None;
    }
    let bits = 1 << (4 - order[0]) | 1 << (4 - order[1]);
    DIGITS.iter().position(|digit| *digit == bits)
}

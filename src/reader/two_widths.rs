//! Codabar and Code 39: bars and spaces are either narrow or wide. None has a check of its own, so the
//! widths must say clearly which they are.

use super::grid::{Kind, Part, certain};
use super::linear::{Decoded, Widths};

/// White that must stand before and behind a code, in narrow widths. The standards want ten.
pub(super) const QUIET: f32 = 5.0;

/// How much likelier than the next one, as [`likeliest`] says it, the least likely character must be.
const CLEAR: f32 = 0.12;

/// How much less plain than the third least plain character of a code a character may be, see [`plainness`]: so much, and so
/// many times as far from plain as that one.
const LESS_PLAIN: (f32, f32) = (0.3, 1.25);

/// How plain a character must be at least.
const PLAIN: f32 = 0.1;

/// How much less plain than the other a start or a stop may be that is less plain than the characters between them.
const ALIKE: f32 = 0.1;

/// How plain a sign must be.
const SIGN: f32 = 0.5;

/// How long narrow and wide are, as logarithms, so that differences are ratios: of bars, or of spaces, as
/// ink spreads.
#[derive(Clone, Copy)]
struct Scale {
    narrow: f32,
    wide: f32,
}

impl Scale {
    /// From widths of which these are wide; `None` if they aren't clearly wider.
    fn of(widths: impl Iterator<Item = (f32, bool)>) -> Option<Scale> {
        let (mut narrow, mut wide) = ((0.0, 0.0), (0.0, 0.0));
        let (mut widest, mut least) = (0.0f32, f32::INFINITY);
        for (width, is_wide) in widths {
            if is_wide {
                wide = (wide.0 + width.ln(), wide.1 + 1.0);
                least = least.min(width);
            } else {
                narrow = (narrow.0 + width.ln(), narrow.1 + 1.0);
                widest = widest.max(width);
            }
        }
        let scale = Scale { narrow: narrow.0 / narrow.1, wide: wide.0 / wide.1 };
        let ratio = (scale.wide - scale.narrow).exp();
        (least > 1.15 * widest && (1.35..5.0).contains(&ratio)).then_some(scale)
    }

    /// How much likelier than wide a width (as logarithm) is narrow; less than nothing if it is wide.
    fn narrower(&self, width: f32) -> f32 {
        let (wide, narrow) = (self.wide - width, width - self.narrow);
        // Beyond both, further away says no more.
        let most = self.wide - self.narrow;
        (wide - narrow).clamp(-most, most)
    }

    /// Follows slowly, as perspective makes one end smaller.
    fn follow(&mut self, width: f32, is_wide: bool) {
        let mean = if is_wide { &mut self.wide } else { &mut self.narrow };
        *mean += 0.15 * (width - *mean);
    }
}

/// Codabar's characters: seven widths from the first bit on, wide as 1.
const CODABAR: [(char, u16); 20] = [
    ('0', 0x003),
    ('1', 0x006),
    ('2', 0x009),
    ('3', 0x060),
    ('4', 0x012),
    ('5', 0x042),
    ('6', 0x021),
    ('7', 0x024),
    ('8', 0x030),
    ('9', 0x048),
    ('-', 0x00c),
    ('$', 0x018),
    (':', 0x045),
    ('/', 0x051),
    ('.', 0x054),
    ('+', 0x015),
    ('A', 0x01a),
    ('B', 0x029),
    ('C', 0x00b),
    ('D', 0x00e),
];

/// Codabar with its start and stop letters.
pub(super) fn codabar(widths: &Widths, at: usize) -> Option<Decoded> {
    let starts = &CODABAR[16..];
    discrete::<7>(widths, at, &CODABAR, starts).filter(|(text, _)| text.len() >= 5)
}

const CODE39: &[u8; 44] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%*";

/// Code 39's characters in the order of the text above: nine widths, wide as 1.
const CODE39_BITS: [u16; 44] = [
    0x034, 0x121, 0x061, 0x160, 0x031, 0x130, 0x070, 0x025, 0x124, 0x064, 0x109, 0x049, 0x148,
    0x019, 0x118, 0x058, 0x00d, 0x10c, 0x04c, 0x01c, 0x103, 0x043, 0x142, 0x013, 0x112, 0x052,
    0x007, 0x106, 0x046, 0x016, 0x181, 0x0c1, 0x1c0, 0x091, 0x190, 0x0d0, 0x085, 0x184, 0x0c4,
    0x0a8, 0x0a2, 0x08a, 0x02a, 0x094,
];

/// Code 39 without the stars that start and stop it.
pub(super) fn code39(widths: &Widths, at: usize) -> Option<Decoded> {
    let table: [(char, u16); 44] = std::array::from_fn(|i| (char::from(CODE39[i]), CODE39_BITS[i]));
    let (text, used) = discrete::<9>(widths, at, &table, &table[43..])?;
    let inside = text.strip_prefix('*')?.strip_suffix('*')?;
    (!inside.is_empty()).then(|| (inside.to_owned(), used))
}

/// Characters of `N` widths with a space between, from one that may start to one that may stop.
fn discrete<const N: usize>(
    widths: &Widths,
    at: usize,
    table: &[(char, u16)],
    starts: &[(char, u16)],
) -> Option<Decoded> {
    let first = widths.some(at, N)?;
    // The start tells how wide narrow and wide are.
    let bit = |bits: u16, i: usize| bits >> (N - 1 - i) & 1 == 1;
    let fits = |bits: u16| {
        let of =
            |parity: usize| Scale::of((parity..N).step_by(2).map(|i| (first[i], bit(bits, i))));
        Some((of(0)?, of(1)?))
    };
    let (start, (mut bars, mut spaces)) =
        starts.iter().find_map(|(_, bits)| Some((*bits, fits(*bits)?)))?;
    let even = (bars.narrow - spaces.narrow).abs() < 0.9;
    let narrow = bars.narrow.max(spaces.narrow).exp();
    if !even || !widths.may_begin(at, QUIET * narrow, narrow) {
        return None;
    }
    let mut slots = vec![Slot { bits: Some(start), used: N }];
    let mut next = at + N;
    let mut sum = 0.0;
    let mut length: f32 = first.iter().sum();
    let first_scales = (&bars.clone(), &spaces.clone());
    loop {
        // The gap between characters is a narrow space, mostly.
        let gap = widths.space(next);
        if gap > 2.5 * spaces.wide.exp() || slots.len() > 100 {
            return None;
        }
        next += 1;
        // Old printers give letters other widths than digits: then the stop is like the start.
        let likely = widths.some(next, N).and_then(|here| {
            likeliest(here, (&bars, &spaces), table)
                .filter(|likely| likely.1 > CLEAR)
                .or_else(|| likeliest(here, first_scales, table))
                .filter(|likely| likely.1 > CLEAR)
        });
        let torn_before = slots.iter().any(|slot| slot.bits.is_none());
        match likely {
            Some((pattern, clear)) => {
                let here = widths.some(next, N)?;
                for (i, width) in here.iter().enumerate() {
                    let scale = if i % 2 == 0 { &mut bars } else { &mut spaces };
                    scale.follow(width.max(0.1).ln(), bit(pattern, i));
                }
                length = here.iter().sum();
                sum += clear;
                slots.push(Slot { bits: Some(pattern), used: N });
            }
            None if torn_before => return None,
            None => {
                let fits = |used: &usize| {
                    let here: f32 = widths.some(next, *used)?.iter().sum();
                    let off = (here / length).ln().abs();
                    (off < 0.25).then_some((*used, off))
                };
                let tries = [N, N + 2, N - 2].iter().filter_map(fits);
                let (used, _) = tries.min_by(|a, b| a.1.total_cmp(&b.1))?;
                slots.push(Slot { bits: None, used });
            }
        }
        let last = slots.last()?;
        next += last.used;
        if starts.iter().any(|(_, stop)| Some(*stop) == last.bits) {
            let narrow = bars.narrow.max(spaces.narrow).exp();
            let quiet = widths.stands_free(at, next, QUIET * narrow, narrow);
            let sure = sum / (slots.len() as f32 - 1.0) > 0.35;
            // A bar that the picture's end has cut makes its space wider; a picture may be cut close on both sides.
            let (before, behind) = widths.seen_round(at, next);
            let narrow = bars.narrow.min(spaces.narrow).exp();
            let cut = before.min(behind) < narrow && before.max(behind) > 2.0 * narrow;
            if !quiet || !sure || cut && N == 7 {
                return None;
            }
            let here = widths.some(at, next - at)?;
            let text = plain_text(here, &slots, table).or_else(|| held::<N>(here, &slots, table));
            widths.doubt.set(text.is_none());
            return text.map(|text| (text, next - at));
        }
    }
}

/// A character's place: what it seems to be, if it does, and how many widths are there.
struct Slot {
    bits: Option<u16>,
    used: usize,
}

/// The text, if no character is much less plain than the others of its code. Noise and blur are in all of them, a
/// streak is in one, or between two. Signs are seldom, so they must be plainer.
fn plain_text(widths: &[f32], slots: &[Slot], table: &[(char, u16)]) -> Option<String> {
    let mut at = 0;
    let mut characters: Vec<Character> = Vec::with_capacity(slots.len());
    for slot in slots {
        characters.push((widths.get(at..at + slot.used)?, slot.bits?));
        at += slot.used + 1;
    }
    let plain: Vec<f32> =
        plainness(&characters).into_iter().map(|[bars, spaces]| bars.min(spaces)).collect();
    let (least, first, last) = (least_plain(plain.clone()), *plain.first()?, *plain.last()?);
    // Old printers give start and stop other widths than digits; a streak lies in one of them.
    let alike = (first - last).abs() < ALIKE && first.min(last) > PLAIN;
    let letter = |(place, (slot, plain)): (usize, (&Slot, &f32))| -> Option<char> {
        let least = if alike && (place == 0 || place + 1 == slots.len()) { PLAIN } else { least };
        let (letter, _) = table.iter().find(|(_, bits)| Some(*bits) == slot.bits)?;
        let sign = !letter.is_ascii_alphanumeric() && *letter != '*';
        (*plain >= least && (!sign || *plain >= SIGN)).then_some(*letter)
    };
    slots.iter().zip(&plain).enumerate().map(letter).collect()
}

/// By how much values, the logarithms of the lengths of characters, change along a code, as perspective has it: beside
/// their mean, at any place between them.
fn trend(values: &[f32]) -> impl Fn(f32) -> f32 {
    let middle = (values.len() as f32 - 1.0) / 2.0;
    let spread = {
        let square = |place: usize| (place as f32 - middle) * (place as f32 - middle);
        (0..values.len()).map(square).sum::<f32>() / values.len().max(1) as f32
    };
    let share = |of: &dyn Fn(f32) -> f32| {
        let (mut sum, mut squares) = (0.0, 0.0);
        for (place, value) in values.iter().enumerate() {
            let of = of(place as f32);
            (sum, squares) = (sum + of * value, squares + of * of);
        }
        // Few characters say nothing of it.
        if values.len() < 5 || squares == 0.0 { 0.0 } else { sum / squares }
    };
    let slope = move |at: f32| at - middle;
    let bend = move |at: f32| (at - middle) * (at - middle) - spread;
    let (sloping, bending) = (share(&slope), share(&bend));
    move |at| sloping * slope(at) + bending * bend(at)
}

/// How plain each of these must be.
pub(super) fn least_plain(mut plain: Vec<f32>) -> f32 {
    plain.sort_by(f32::total_cmp);
    let others = plain.get(2).or(plain.last()).copied().unwrap_or(1.0);
    f32::max(1.0 - (LESS_PLAIN.0 + LESS_PLAIN.1 * (1.0 - others)), PLAIN)
}

/// Widths of a character, from a bar on, and which of them are wide, from the first bit of so many on.
pub(super) type Character<'a> = (&'a [f32], u16);

/// How plainly each character's least plain bar and space say what they are: 1 as it should be, -1 the other way round.
/// The others of the code say how wide narrow and wide are, those nearby the most, as perspective makes one end smaller;
/// the character itself says the least, as it is the one in question.
pub(super) fn plainness(characters: &[Character]) -> Vec<[f32; 2]> {
    let lengths: Vec<f32> =
        characters.iter().map(|(widths, _)| widths.iter().sum::<f32>().max(0.1).ln()).collect();
    let trend = trend(&lengths);
    let each = |place: usize, parity: usize| -> Vec<(f32, bool)> {
        let (widths, bits) = characters[place];
        let count = widths.len();
        let one = |i: usize| {
            let at = place as f32 + (i as f32 + 0.5) / count as f32 - 0.5;
            (widths[i].max(0.1).ln() - trend(at), bits >> (count - 1 - i) & 1 == 1)
        };
        (parity..count).step_by(2).map(one).collect()
    };
    let of_parity = |parity: usize| -> Vec<f32> {
        let all: Vec<Vec<(f32, bool)>> =
            (0..characters.len()).map(|place| each(place, parity)).collect();
        let plain = |place: usize| {
            let mut sums = [(0.0f32, 0.0f32); 2];
            for (other, widths) in all.iter().enumerate() {
                let away = other.abs_diff(place);
                let weight = if away == 0 { 0.5 } else { 1.0 / (1.0 + 0.5 * away as f32) };
                for (width, wide) in widths {
                    let sum = &mut sums[usize::from(*wide)];
                    *sum = (sum.0 + weight * width, sum.1 + weight);
                }
            }
            let scale = Scale { narrow: sums[0].0 / sums[0].1, wide: sums[1].0 / sums[1].1 };
            let most = (scale.wide - scale.narrow).max(0.01);
            let says = |(width, wide): &(f32, bool)| {
                let narrower = scale.narrower(*width) / most;
                if *wide { -narrower } else { narrower }
            };
            all[place].iter().map(says).fold(1.0, f32::min)
        };
        (0..all.len()).map(plain).collect()
    };
    of_parity(0).into_iter().zip(of_parity(1)).map(|(bars, spaces)| [bars, spaces]).collect()
}

/// The text, if the whole code's grid says that it is certain.
fn held<const N: usize>(widths: &[f32], slots: &[Slot], table: &[(char, u16)]) -> Option<String> {
    let kinds = |bits: u16| -> Vec<Kind> {
        (0..N).map(|i| Kind::of(i % 2 == 0, bits >> (N - 1 - i) & 1 == 1)).collect()
    };
    let patterns: Vec<Vec<Kind>> = table.iter().map(|(_, bits)| kinds(*bits)).collect();
    let mut parts = Vec::with_capacity(2 * slots.len());
    for slot in slots {
        if !parts.is_empty() {
            parts.push(Part::fixed(vec![Kind::Gap]));
        }
        let seems = table.iter().position(|(_, bits)| Some(*bits) == slot.bits);
        parts.push(Part::read(&patterns, seems, slot.used));
    }
    let letters = certain(widths, &parts, &patterns)?;
    letters.into_iter().map(|place| table.get(place).map(|(letter, _)| *letter)).collect()
}

/// The pattern that widths are the likeliest, and how much likelier than the next it is: a half or 1 for widths that are
/// just as they should be.
fn likeliest(
    widths: &[f32],
    (bars, spaces): (&Scale, &Scale),
    table: &[(char, u16)],
) -> Option<(u16, f32)> {
    let count = widths.len();
    // Scales that have run into each other tell nothing.
    if bars.wide - bars.narrow < 0.25 || spaces.wide - spaces.narrow < 0.25 {
        return None;
    }
    let mut narrower = [0.0f32; 9];
    for (i, (narrower, width)) in narrower.iter_mut().zip(widths).enumerate() {
        let scale = if i % 2 == 0 { bars } else { spaces };
        let width = width.max(0.1).ln();
        let most = scale.wide - scale.narrow;
        // Far beyond narrow or wide it is a width of nothing here.
        if width < scale.narrow - 1.1 || width > scale.wide + 0.7 {
            return None;
        }
        *narrower = scale.narrower(width) / most;
    }
    let (mut best, mut most, mut next) = (None, f32::NEG_INFINITY, f32::NEG_INFINITY);
    for (_, bits) in table {
        let like: f32 = (0..count)
            .map(|i| if bits >> (count - 1 - i) & 1 == 1 { -narrower[i] } else { narrower[i] })
            .sum();
        if like > most {
            (best, next, most) = (Some(*bits), most, like);
        } else if like > next {
            next = like;
        }
    }
    // Patterns differ in two widths at least, each of which counts twice.
    Some((best?, (most - next) / 4.0))
}

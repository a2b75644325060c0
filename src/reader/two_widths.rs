//! Codabar, ITF and Code 39: bars and spaces are either narrow or wide. None has a check of its own, so the
//! widths must say clearly which they are.

use super::grid::{Grid, Kind, Part};
use super::linear::{Decoded, Widths};

/// White that must stand before and behind a code, in narrow widths. The standards want ten.
const QUIET: f32 = 5.0;

/// How much likelier than the next one, as [`likeliest`] says it, the least likely character must be.
const CLEAR: f32 = 0.12;

/// How far a character's edges may lie off the grid beside what is usual in its code, as [`Grid::away`] says it.
const NEAR: f64 = 0.06;

/// How much further off the next character must be where no edge is off.
const CLEAR_ON: f64 = 0.15;

/// The same where an edge is off.
const CLEAR_OFF: f64 = 0.35;

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
    if !even || widths.before(at) < QUIET * bars.narrow.max(spaces.narrow).exp() {
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
                .filter(|(.., clear)| *clear > CLEAR)
                .or_else(|| likeliest(here, first_scales, table))
                .filter(|(.., clear)| *clear > CLEAR)
        });
        let torn_before = slots.iter().any(|slot| slot.bits.is_none());
        match likely {
            Some((_, bits, clear)) => {
                let here = widths.some(next, N)?;
                for (i, width) in here.iter().enumerate() {
                    let scale = if i % 2 == 0 { &mut bars } else { &mut spaces };
                    scale.follow(width.max(0.1).ln(), bit(bits, i));
                }
                length = here.iter().sum();
                sum += clear;
                slots.push(Slot { bits: Some(bits), used: N });
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
            let quiet = widths.space(next) > QUIET * bars.narrow.max(spaces.narrow).exp();
            let sure = sum / (slots.len() as f32 - 1.0) > 0.35;
            if !quiet || !sure {
                return None;
            }
            let text = certain::<N>(widths.some(at, next - at)?, &slots, table)?;
            return Some((text, next - at));
        }
    }
}

/// A character's place: what it seems to be, if it does, and how many widths are there.
struct Slot {
    bits: Option<u16>,
    used: usize,
}

/// The text, if every character is what the whole code's grid says and no other could be there as well. In one place
/// of the code, as large as a streak, the edges may be off.
fn certain<const N: usize>(
    widths: &[f32],
    slots: &[Slot],
    table: &[(char, u16)],
) -> Option<String> {
    let kinds = |bits: u16| -> Vec<Kind> {
        (0..N).map(|i| Kind::of(i % 2 == 0, bits >> (N - 1 - i) & 1 == 1)).collect()
    };
    let mut parts = Vec::with_capacity(2 * slots.len());
    for slot in slots {
        if !parts.is_empty() {
            parts.push(Part { kinds: vec![Kind::Gap], used: 1, torn: false });
        }
        // A torn character is as long as the others.
        let bits = slot.bits.unwrap_or(table.first()?.1);
        parts.push(Part { kinds: kinds(bits), used: slot.used, torn: slot.bits.is_none() });
    }
    let grid = Grid::of(widths, &parts)?;
    let all_kinds: Vec<Vec<Kind>> = table.iter().map(|(_, bits)| kinds(*bits)).collect();
    let mut text = String::new();
    // How far each character is off, with and without the streak, and how much further the next one is.
    let mut fits: Vec<(f64, f64, f64)> = Vec::with_capacity(slots.len());
    for (i, slot) in slots.iter().enumerate() {
        let away = |kinds: &Vec<Kind>| grid.away(2 * i, kinds, &parts[2 * i].kinds);
        let costs: Vec<(f64, f64)> = all_kinds.iter().map(away).collect();
        let best = match slot.bits {
            Some(bits) => table.iter().position(|(_, other)| *other == bits)?,
            None => (0..table.len()).min_by(|a, b| costs[*a].1.total_cmp(&costs[*b].1))?,
        };
        let others = costs.iter().enumerate().filter(|(other, _)| *other != best);
        let next = others.map(|(_, cost)| cost.1).fold(f64::INFINITY, f64::min);
        let (whole, spared) = costs[best];
        fits.push((whole, spared, next - spared));
        text.push(table[best].0);
    }
    let mut noise: Vec<f64> = fits.iter().map(|fit| fit.0).collect();
    noise.sort_by(f64::total_cmp);
    let limit = NEAR + noise[noise.len() / 2];
    // A streak lies in one character, or between two.
    let off = |i: &usize| fits[*i].0 > limit + 0.1 || slots[*i].bits.is_none();
    let (first, last) = ((0..fits.len()).find(off), (0..fits.len()).rfind(off));
    let one_place = first.zip(last).is_none_or(|(first, last)| last - first <= 1);
    let clear = |(i, fit): (usize, &(f64, f64, f64))| {
        fit.1 < limit && fit.2 > if off(&i) { CLEAR_OFF } else { CLEAR_ON }
    };
    (one_place && fits.iter().enumerate().all(clear)).then_some(text)
}

/// The character that widths are the likeliest, its pattern, and how much likelier than the next it is: 1
/// for widths that are just as they should be.
fn likeliest(
    widths: &[f32],
    (bars, spaces): (&Scale, &Scale),
    table: &[(char, u16)],
) -> Option<(char, u16, f32)> {
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
    for (letter, bits) in table {
        let like: f32 = (0..count)
            .map(|i| if bits >> (count - 1 - i) & 1 == 1 { -narrower[i] } else { narrower[i] })
            .sum();
        if like > most {
            (best, next, most) = (Some((*letter, *bits)), most, like);
        } else if like > next {
            next = like;
        }
    }
    let (letter, bits) = best?;
    // Patterns differ in two widths at least, each of which counts twice.
    let clear = (most - next) / 4.0;
    Some((letter, bits, clear))
}

/// ITF's digits: which two of five are wide, from the first bit on.
const ITF: [u8; 10] =
    [0b00110, 0b10001, 0b01001, 0b11000, 0b00101, 0b10100, 0b01100, 0b00011, 0b10010, 0b01010];

/// ITF of one of these lengths, or of 4 and more digits.
pub(super) fn itf(widths: &Widths, at: usize, lengths: &[u32]) -> Option<Decoded> {
    let start = widths.some(at, 4)?;
    let mut narrow = start.iter().sum::<f32>() / 4.0;
    let even = start.iter().all(|w| (0.5..1.6).contains(&(w / narrow)));
    if !even || widths.before(at) < QUIET * narrow {
        return None;
    }
    let mut text = String::new();
    let mut next = at + 4;
    let mut last: Option<f32> = None;
    loop {
        // Wide, narrow, narrow and then white: the stop.
        if let Some([bar, space, end]) = widths.some(next, 3)
            && widths.space(next + 3) > QUIET * narrow
        {
            let stops =
                *bar > 1.4 * end && *bar > 1.4 * space && end / space < 3.5 && space / end < 3.5;
            let length = text.len() as u32;
            let wanted = if lengths.is_empty() { length >= 4 } else { lengths.contains(&length) };
            return (stops && wanted).then_some((text, next + 3 - at));
        }
        let ten = widths.some(next, 10)?;
        // Every pair is as long as the one before, but for perspective.
        let length: f32 = ten.iter().sum();
        if last.is_some_and(|last| !(0.75..1.33).contains(&(length / last)))
            || !(10.0..26.0).contains(&(length / narrow))
            || text.len() > 98
        {
            return None;
        }
        last = Some(length);
        let mut sorted: [f32; 10] = std::array::from_fn(|i| ten[i]);
        sorted.sort_by(f32::total_cmp);
        narrow = sorted[..6].iter().sum::<f32>() / 6.0;
        for parity in 0..2 {
            let five: [f32; 5] = std::array::from_fn(|i| ten[2 * i + parity]);
            text.push(char::from(b'0' + two_of_five(five)?));
        }
        next += 10;
    }
}

/// The digit whose two wide ones are the two widest; `None` if the third is nearly as wide.
fn two_of_five(five: [f32; 5]) -> Option<u8> {
    let mut order = [0, 1, 2, 3, 4];
    order.sort_by(|a, b| five[*b].total_cmp(&five[*a]));
    let (least, widest) = (five[order[1]], five[order[2]]);
    if least < 1.25 * widest || five[order[0]] > 2.0 * least || widest > 2.8 * five[order[4]] {
        return None;
    }
    let bits = 1 << (4 - order[0]) | 1 << (4 - order[1]);
    ITF.iter().position(|digit| *digit == bits).map(|digit| digit as u8)
}

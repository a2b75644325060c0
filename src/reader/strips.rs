//! A straightened part of a picture with bars across it, read strip by strip: from the cheapest way to the
//! dearest, until the answer is proven.

use super::bars::{edges, unblurred};
use super::geometry::Homography;
use super::linear::{LineRead, read};
use super::votes::{Found, Votes, Wanted};
use crate::picture::Luma;
use crate::voucher::Symbology;
use std::borrow::Cow;

/// Changes smaller than this part of the contrast are no bars.
const LEAST: f32 = 0.18;

/// The same where blur has made bars pale.
const FINE: f32 = 0.06;

/// How many strips lie below each other.
const STRIPS: usize = 8;

/// What is looked for, and where the part lies in the picture.
pub(super) struct Across<'a> {
    wanted: &'a Wanted,
    map: &'a Homography,
    /// Whether the part's left and right ends are the picture's.
    at_end: (bool, bool),
    /// The picture's width and height.
    size: (f32, f32),
}

impl Across<'_> {
    /// Of a part that `map` takes from a picture of this size.
    pub fn new<'a>(wanted: &'a Wanted, map: &'a Homography, luma: &Luma) -> Across<'a> {
        let size = (luma.width as f32, luma.height as f32);
        let at_end = |u: f32| {
            let (x, y) = map.map(u, 0.5);
            x < 1.5 || y < 1.5 || x > size.0 - 1.5 || y > size.1 - 1.5
        };
        Across { wanted, map, at_end: (at_end(0.0), at_end(1.0)), size }
    }

    /// A line of greys over the whole width at this height (0..1): a vote for each code that it says.
    pub fn read(&self, greys: &[f32], height: f32, votes: &mut Votes) {
        let (padded, before) = self.padded(greys);
        let length = padded.len() as f32;
        let plain = edges(&padded, LEAST);
        let mut found = read(&plain, length, self.wanted);
        if found.is_empty() {
            let fine = edges(&padded, FINE);
            if fine.len() != plain.len() {
                found = read(&fine, length, self.wanted);
            }
        }
        let place = |at: f32| self.map.map((at - before) / greys.len() as f32, height);
        for read in found {
            if !self.whole(&read, place) {
                continue;
            }
            let LineRead { finding, begin, end } = read;
            votes.add(Found::new(finding, Some((place(begin), place(end)))));
        }
    }

    /// Whether a code can't be the rest of a longer one that the picture's end cuts off. An ITF begins and ends like
    /// much that stands in it, so more white than any in it must be seen; a known length proves as much.
    fn whole(&self, read: &LineRead, place: impl Fn(f32) -> (f32, f32)) -> bool {
        let known = !self.wanted.itf_lengths.is_empty() || self.at_end == (false, false);
        if read.finding.symbology != Symbology::Itf || known {
            return true;
        }
        // A digit has about eight modules, start and stop about as many together; the widest space has three.
        let modules = 8.0 * read.finding.text.len() as f32 + 8.5;
        let (left, right) = (read.begin.min(read.end), read.begin.max(read.end));
        let white = 3.7 * (right - left) / modules;
        [left - white, right + white]
            .into_iter()
            .map(place)
            .all(|(x, y)| x > 0.0 && y > 0.0 && x < self.size.0 && y < self.size.1)
    }

    /// Beyond the picture's ends there is white, as pictures are cut close; and how much is put before.
    fn padded<'g>(&self, greys: &'g [f32]) -> (Cow<'g, [f32]>, f32) {
        if self.at_end == (false, false) {
            return (Cow::Borrowed(greys), 0.0);
        }
        let pad = greys.len() / 6;
        let lightest = |greys: &[f32]| greys.iter().copied().fold(0.0, f32::max);
        let (left, right) = (&greys[..pad], &greys[greys.len() - pad..]);
        let side = |there: bool| if there { pad } else { 0 };
        let mut padded = vec![lightest(left); side(self.at_end.0)];
        padded.extend_from_slice(greys);
        padded.resize(padded.len() + side(self.at_end.1), lightest(right));
        (Cow::Owned(padded), side(self.at_end.0) as f32)
    }

    /// Every strip of a part as it is, from the middle outwards; then thicker ones, which have less noise, and
    /// the median of all rows, which passes over a crease, a pen's stroke or a stamp that leans across.
    pub fn read_plain(&self, part: &Luma, votes: &mut Votes) {
        votes.again();
        for strip in inside_out(STRIPS) {
            self.read(&mean_strip(part, strip, STRIPS, 0.0), middle(strip, STRIPS), votes);
            if votes.proven() {
                return;
            }
        }
        if !votes.believed().is_empty() {
            return;
        }
        let Some(skew) = skew(part) else {
            return;
        };
        votes.again();
        for strip in 0..3 {
            self.read(&mean_strip(part, strip, 3, skew), middle(strip, 3), votes);
        }
        if !votes.believed().is_empty() {
            return;
        }
        votes.again();
        for half in 0..2 {
            let rows = half * part.height / 2..(half + 1) * part.height / 2;
            self.read(&median_strip(part, rows, skew), middle(half, 2), votes);
        }
    }

    /// The strips less blurred. How far blur has spread a bar isn't known, so several widths are tried; one of
    /// them must make two parts of the height say the same.
    pub fn read_unblurred(&self, part: &Luma, reaches: &[f32], votes: &mut Votes) {
        let Some(skew) = skew(part) else {
            return;
        };
        let thirds: Vec<Vec<f32>> = (0..3).map(|i| mean_strip(part, i, 3, skew)).collect();
        for reach in reaches {
            votes.again();
            for (i, third) in thirds.iter().enumerate() {
                self.read(&unblurred(third, *reach), middle(i, 3), votes);
            }
            if !votes.believed().is_empty() {
                return;
            }
        }
    }
}

/// The height (0..1) of the middle of one of some strips.
fn middle(strip: usize, count: usize) -> f32 {
    (strip as f32 + 0.5) / count as f32
}

/// Places 0 to `count` - 1, the middle first.
fn inside_out(count: usize) -> impl Iterator<Item = usize> {
    // Neighbours share their damages, so it goes in steps of a third.
    (0..3).flat_map(move |turn| (0..count).filter(move |i| (i + 2) % 3 == turn))
}

/// The mean of the rows of one strip of `count`; `skew` is how many samples a row further down lies to the
/// right.
fn mean_strip(part: &Luma, strip: usize, count: usize, skew: f32) -> Vec<f32> {
    let rows = strip * part.height / count..((strip + 1) * part.height / count);
    let rows = rows.start..rows.end.max(rows.start + 1).min(part.height);
    let mut sums = vec![0.0f32; part.width];
    let middle = part.height as f32 / 2.0;
    for y in rows.clone() {
        let shift = (skew * (y as f32 + 0.5 - middle)).round() as isize;
        let row = part.row(y);
        if shift == 0 {
            for (sum, grey) in sums.iter_mut().zip(row) {
                *sum += f32::from(*grey);
            }
        } else {
            for (x, sum) in sums.iter_mut().enumerate() {
                *sum += shifted(row, x, shift);
            }
        }
    }
    let share = 1.0 / rows.len().max(1) as f32;
    sums.iter_mut().for_each(|sum| *sum *= share);
    sums
}

/// The median of some of these rows, column by column.
fn median_strip(part: &Luma, rows: std::ops::Range<usize>, skew: f32) -> Vec<f32> {
    const SOME: usize = 15;
    let middle = part.height as f32 / 2.0;
    let every = rows.len().div_ceil(SOME).max(1);
    let rows: Vec<(&[u8], isize)> = rows
        .step_by(every)
        .map(|y| (part.row(y), (skew * (y as f32 + 0.5 - middle)).round() as isize))
        .collect();
    let mut column = Vec::with_capacity(rows.len());
    (0..part.width)
        .map(|x| {
            column.clear();
            column.extend(rows.iter().map(|(row, shift)| shifted(row, x, *shift)));
            super::ground::median(&mut column)
        })
        .collect()
}

fn shifted(row: &[u8], x: usize, shift: isize) -> f32 {
    let last = row.len().saturating_sub(1);
    let at = x.saturating_add_signed(shift).min(last);
    row.get(at).map_or(0.0, |grey| f32::from(*grey))
}

/// How many samples the bars move to the right from row to row, as the cut is never quite straight. `None`
/// if no two thirds of the height look alike: then there are no bars.
fn skew(part: &Luma) -> Option<f32> {
    if part.width < 64 || part.height < 6 {
        return Some(0.0);
    }
    let thirds: [Vec<f32>; 3] = std::array::from_fn(|i| mean_strip(part, i, 3, 0.0));
    let [top, middle, low] = &thirds;
    let third = part.height as f32 / 3.0;
    [(top, low, 2.0 * third), (top, middle, third), (middle, low, third)]
        .into_iter()
        .find_map(|(upper, lower, apart)| Some(shift(upper, lower)? / apart))
}

/// By how many samples a line must be moved to look like another, if it does then.
fn shift(upper: &[f32], lower: &[f32]) -> Option<f32> {
    const MOST: isize = 12;
    let range = MOST as usize..upper.len() - MOST as usize;
    let mean = upper.iter().sum::<f32>() / upper.len() as f32;
    let away = |shift: isize| -> f32 {
        range
            .clone()
            .step_by(2)
            .map(|x| (lower[x.saturating_add_signed(shift)] - upper[x]).abs())
            .sum()
    };
    let all: f32 = range.clone().step_by(2).map(|x| (upper[x] - mean).abs()).sum();
    (-MOST..=MOST)
        .map(|shift| (shift, away(shift)))
        .min_by(|a, b| a.1.total_cmp(&b.1))
        .filter(|(_, away)| *away < 0.75 * all)
        .map(|(shift, _)| shift as f32)
}

//! A straightened part of a picture with bars across it, read strip by strip: from the cheapest way to the
//! dearest, until the answer is proven.

use super::bars::{edges, unblurred};
use super::geometry::Homography;
use super::linear::{LineRead, Stretch, read};
use super::votes::{Found, Votes, Wanted};
use crate::picture::Luma;
use std::borrow::Cow;
use std::ops::Range;

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
        let (w, h) = (luma.width as f32, luma.height as f32);
        let at_end = |u: f32| {
            let (x, y) = map.map(u, 0.5);
            x < 1.5 || y < 1.5 || x > w - 1.5 || y > h - 1.5
        };
        Across { wanted, map, at_end: (at_end(0.0), at_end(1.0)), size: (w, h) }
    }

    /// A line of greys over the whole width at this height (0..1): a vote for each code that it says.
    pub fn read(&self, greys: &[f32], height: f32, votes: &mut Votes) {
        let (padded, before) = self.padded(greys);
        let plain = edges(&padded, LEAST);
        let seen = self.seen(greys.len() as f32, before, height);
        let seen = white_round(&padded, &plain, seen);
        let stretch = Stretch { length: padded.len() as f32, seen };
        let mut line = read(&plain, &stretch, self.wanted);
        if line.found.is_empty() {
            let fine = edges(&padded, FINE);
            if fine.len() != plain.len() {
                let doubt = line.doubt;
                line = read(&fine, &stretch, self.wanted);
                line.doubt |= doubt;
            }
        }
        votes.doubts += usize::from(line.doubt && line.found.is_empty());
        let place = |at: f32| self.map.map((at - before) / greys.len() as f32, height);
        for read in line.found {
            let LineRead { finding, begin, end } = read;
            votes.add(Found::new(finding, Some((place(begin), place(end)))));
        }
    }

    /// From where to where a line lies in the picture, in samples of the padded line. A part may reach beyond the
    /// picture, where greys are what stands at its rim.
    fn seen(&self, samples: f32, before: f32, height: f32) -> (f32, f32) {
        let inside = |u: f32| {
            let (x, y) = self.map.map(u, height);
            x >= 0.0 && y >= 0.0 && x <= self.size.0 && y <= self.size.1
        };
        // Where the line crosses the rim, to a sample or so.
        let crossing = |outside: f32, within: f32| {
            let (mut outside, mut within) = (outside, within);
            for _ in 0..12 {
                let middle = (outside + within) / 2.0;
                if inside(middle) { within = middle } else { outside = middle }
            }
            before + within * samples
        };
        let side = |end: f32| if inside(end) { before + end * samples } else { crossing(end, 0.5) };
        (side(0.0), side(1.0))
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
        let part = &Rows::of(part);
        for strip in inside_out(STRIPS) {
            self.read(&part.mean(strip, STRIPS, 0.0), middle(strip, STRIPS), votes);
            if votes.proven() {
                return;
            }
        }
        if !votes.believed().is_empty() {
            return;
        }
        let Some(skew) = part.skew() else {
            return;
        };
        votes.again();
        for strip in 0..3 {
            self.read(&part.mean(strip, 3, skew), middle(strip, 3), votes);
        }
        if !votes.believed().is_empty() {
            return;
        }
        votes.again();
        for half in 0..2 {
            self.read(&part.median(half, skew), middle(half, 2), votes);
        }
    }

    /// The strips less blurred. How far blur has spread a bar isn't known, so several widths are tried; one of
    /// them must make two parts of the height say the same.
    pub fn read_unblurred(&self, part: &Luma, reaches: &[f32], votes: &mut Votes) {
        let part = Rows::of(part);
        let Some(skew) = part.skew() else {
            return;
        };
        let thirds: Vec<Vec<f32>> = (0..3).map(|i| part.mean(i, 3, skew)).collect();
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

/// What is white before the first of these edges and behind the last, of a line that lies in the picture from `seen.0` to
/// `seen.1`: a bar that the picture's end has cut has no edges.
fn white_round(greys: &[f32], edges: &[f32], seen: (f32, f32)) -> (f32, f32) {
    let (Some(first), Some(last)) = (edges.first(), edges.last()) else {
        return seen;
    };
    let (first, last) = (*first as usize, *last as usize);
    let between = greys.get(first..=last).unwrap_or_default();
    let low = between.iter().copied().fold(f32::MAX, f32::min);
    let high = between.iter().copied().fold(f32::MIN, f32::max);
    let black = |grey: &f32| *grey < (low + high) / 2.0;
    let before = greys[..first.saturating_sub(1).min(greys.len())].iter().rposition(black);
    let behind = greys.iter().skip(last + 2).position(black);
    (
        before.map_or(seen.0, |at| seen.0.max(at as f32 + 1.0)),
        behind.map_or(seen.1, |at| seen.1.min((last + 2 + at) as f32)),
    )
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

/// A straightened part, row by row.
struct Rows<'a> {
    part: &'a Luma,
    /// How much each row changes from sample to sample, in all.
    changes: Vec<u32>,
    /// The same of the middle one of all rows.
    usual: u32,
}

impl Rows<'_> {
    fn of(part: &Luma) -> Rows<'_> {
        let change = |y: usize| {
            let row = part.row(y);
            row.iter().zip(row.iter().skip(1)).map(|(a, b)| u32::from(a.abs_diff(*b))).sum()
        };
        let changes: Vec<u32> = (0..part.height).map(change).collect();
        let mut sorted = changes.clone();
        sorted.sort_unstable();
        let usual = sorted.get(sorted.len() / 2).copied().unwrap_or(0);
        Rows { part, changes, usual }
    }

    /// Those of these rows that hold bars. Above and below the bars stands only what isn't theirs, such as a streak:
    /// a mean over both would make it darker than the bars, and move their edges beside it.
    fn with_bars(&self, rows: Range<usize>) -> impl Iterator<Item = usize> {
        let most = rows.clone().map(|y| self.changes[y]).max().unwrap_or(0).max(self.usual);
        rows.filter(move |y| 10 * self.changes[*y] >= 6 * most)
    }

    /// How many samples a row lies to the right if the bars move by `skew` samples from row to row.
    fn shift(&self, y: usize, skew: f32) -> isize {
        (skew * (y as f32 + 0.5 - self.part.height as f32 / 2.0)).round() as isize
    }

    /// The mean of the rows of one strip of `count`; `skew` is how many samples a row further down lies to the
    /// right.
    fn mean(&self, strip: usize, count: usize, skew: f32) -> Vec<f32> {
        let height = self.part.height;
        let rows = strip * height / count..((strip + 1) * height / count);
        let rows = rows.start..rows.end.max(rows.start + 1).min(height);
        let mut sums = vec![0.0f32; self.part.width];
        let mut summed = 0;
        for y in self.with_bars(rows) {
            summed += 1;
            let row = self.part.row(y);
            let shift = self.shift(y, skew);
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
        let share = 1.0 / summed.max(1) as f32;
        sums.iter_mut().for_each(|sum| *sum *= share);
        sums
    }

    /// The median of some rows of the upper (0) or the lower half, column by column.
    fn median(&self, half: usize, skew: f32) -> Vec<f32> {
        const SOME: usize = 15;
        let height = self.part.height;
        let rows: Vec<usize> = self.with_bars(half * height / 2..(half + 1) * height / 2).collect();
        let every = rows.len().div_ceil(SOME).max(1);
        let rows: Vec<(&[u8], isize)> = rows
            .into_iter()
            .step_by(every)
            .map(|y| (self.part.row(y), self.shift(y, skew)))
            .collect();
        let mut column = Vec::with_capacity(rows.len());
        (0..self.part.width)
            .map(|x| {
                column.clear();
                column.extend(rows.iter().map(|(row, shift)| shifted(row, x, *shift)));
                super::ground::median(&mut column)
            })
            .collect()
    }

    /// How many samples the bars move to the right from row to row, as the cut is never quite straight. `None`
    /// if no two thirds of the height look alike: then there are no bars.
    fn skew(&self) -> Option<f32> {
        if self.part.width < 64 || self.part.height < 6 {
            return Some(0.0);
        }
        let thirds: [Vec<f32>; 3] = std::array::from_fn(|i| self.mean(i, 3, 0.0));
        let [top, middle, low] = &thirds;
        let third = self.part.height as f32 / 3.0;
        [(top, low, 2.0 * third), (top, middle, third), (middle, low, third)]
            .into_iter()
            .find_map(|(upper, lower, apart)| Some(shift(upper, lower)? / apart))
    }
}

fn shifted(row: &[u8], x: usize, shift: isize) -> f32 {
    let last = row.len().saturating_sub(1);
    let at = x.saturating_add_signed(shift).min(last);
    row.get(at).map_or(0.0, |grey| f32::from(*grey))
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

//! Bars and spaces of two widths held against one grid over the whole code. A streak, a fold or a pen moves one
//! edge, or the two of one bar, or makes or hides one bar; another character would need more. So a code that is
//! off its grid in one such place is still certain, and what could as well be another character is not.

use std::ops::Range;

/// What a width is: narrow or wide, bar or space, or the gap between two characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    NarrowBar,
    WideBar,
    NarrowSpace,
    WideSpace,
    Gap,
}

impl Kind {
    pub fn of(bar: bool, wide: bool) -> Kind {
        match (bar, wide) {
            (true, false) => Kind::NarrowBar,
            (true, true) => Kind::WideBar,
            (false, false) => Kind::NarrowSpace,
            (false, true) => Kind::WideSpace,
        }
    }
}

/// What a line of edges is explained by: where it begins, how wide each kind is, and two terms of perspective.
const TERMS: usize = 5 + 3;

/// Widths below this part of a narrow one are slivers of something else.
const SLIVER: f64 = 0.6;

/// How far a character's edges may lie off the grid beside what is usual in its code, as [`Grid::away`] says it.
const NEAR: f64 = 0.06;

/// How much further off the next character must be where no edge is off.
const CLEAR_ON: f64 = 0.15;

/// The same where an edge is off, beside what is usual in its code.
const CLEAR_OFF: f64 = 0.02;

/// A character, a gap, a start or a stop of a code.
pub(super) struct Part {
    /// What its widths are.
    kinds: Vec<Kind>,
    /// How many widths were seen there.
    used: usize,
    /// Its edges say nothing about the grid, only where it ends.
    torn: bool,
    /// For a character, which pattern it seems to be, if it seems to be one.
    seems: Option<Option<usize>>,
}

impl Part {
    /// What is the same in every code.
    pub fn fixed(kinds: Vec<Kind>) -> Part {
        Part { used: kinds.len(), kinds, torn: false, seems: None }
    }

    /// A character of so many widths that seems to be one of these.
    pub fn read(patterns: &[Vec<Kind>], seems: Option<usize>, used: usize) -> Part {
        // A torn character is as long as the others.
        let kinds = patterns.get(seems.unwrap_or(0)).cloned().unwrap_or_default();
        Part { kinds, used, torn: seems.is_none(), seems: Some(seems) }
    }
}

/// Which patterns a code's characters are, if every one is what the whole code's grid says and no other could be
/// there as well. In one place of the code, as large as a streak, the edges may be off.
pub(super) fn certain(
    widths: &[f32],
    parts: &[Part],
    patterns: &[Vec<Kind>],
) -> Option<Vec<usize>> {
    let grid = Grid::of(widths, parts)?;
    let mut read = Vec::new();
    // How far each character is off, with and without the streak, how much further the next one is, and whether it
    // is torn.
    let mut fits: Vec<(f64, f64, f64, bool)> = Vec::new();
    for (place, part) in parts.iter().enumerate() {
        let Some(seems) = part.seems else { continue };
        let costs: Vec<(f64, f64)> =
            patterns.iter().map(|kinds| grid.away(place, kinds, &part.kinds)).collect();
        let nearest = (0..costs.len()).min_by(|a, b| costs[*a].1.total_cmp(&costs[*b].1));
        let best = seems.or(nearest)?;
        let others = costs.iter().enumerate().filter(|(other, _)| *other != best);
        let next = others.map(|(_, cost)| cost.1).fold(f64::INFINITY, f64::min);
        let (whole, spared) = *costs.get(best)?;
        fits.push((whole, spared, next - spared, part.torn));
        read.push(best);
    }
    let mut noise: Vec<f64> = fits.iter().map(|fit| fit.0).collect();
    noise.sort_by(f64::total_cmp);
    let usual = noise.get(noise.len() / 2)?;
    // A streak lies in one character, or between two.
    let off = |(whole, _, _, torn): &(f64, f64, f64, bool)| *whole > usual + NEAR + 0.1 || *torn;
    let (first, last) = (fits.iter().position(off), fits.iter().rposition(off));
    let one_place = first.zip(last).is_none_or(|(first, last)| last - first <= 1);
    let clear = |fit: &(f64, f64, f64, bool)| {
        fit.1 < usual + 2.0 * NEAR && fit.2 > if off(fit) { CLEAR_OFF + usual } else { CLEAR_ON }
    };
    (one_place && fits.iter().all(clear)).then_some(read)
}

/// Where the parts of a code should lie, and which edges were seen there.
struct Grid {
    terms: [f64; TERMS],
    seen: Vec<f64>,
    /// For each part its first and last edge as seen, and its begin and end as they should be.
    places: Vec<(Range<usize>, f64, f64)>,
    /// By how much wide is more than narrow.
    step: f64,
}

impl Grid {
    /// Of all widths of a code. `None` if wide isn't clearly wider than narrow.
    fn of(widths: &[f32], parts: &[Part]) -> Option<Grid> {
        let mut at = 0.0;
        let mut seen = vec![0.0];
        seen.extend(widths.iter().map(|width| {
            at += f64::from(*width);
            at
        }));
        let count = parts.iter().map(|part| part.kinds.len()).sum::<usize>() as f64;
        // A row of terms for each edge that should be, and the edge that was seen there.
        let mut row = [0.0; TERMS];
        row[0] = 1.0;
        let (mut rows, mut values) = (vec![row], vec![0.0]);
        let (mut ends, mut first, mut edge) = (Vec::new(), 0, 0);
        for part in parts {
            let begin = row;
            let one_by_one = !part.torn && part.used == part.kinds.len();
            for (k, kind) in part.kinds.iter().enumerate() {
                row[1 + *kind as usize] += 1.0;
                edge += 1;
                let t = 2.0 * edge as f64 / count - 1.0;
                (row[6], row[7]) = ((t * t - 1.0) * count, (t * t * t - t) * count);
                let last = k + 1 == part.kinds.len();
                if one_by_one || last {
                    rows.push(row);
                    values.push(*seen.get(first + if last { part.used } else { k + 1 })?);
                }
            }
            ends.push((first..first + part.used, begin, row));
            first += part.used;
        }
        let dot = |row: &[f64; TERMS], terms: &[f64; TERMS]| -> f64 {
            row.iter().zip(terms).map(|(a, b)| a * b).sum()
        };
        let mut weights = vec![1.0; rows.len()];
        let mut terms = [0.0; TERMS];
        let mut step = 0.0;
        for _ in 0..4 {
            terms = least_squares(&rows, &values, &weights)?;
            step = (terms[2] - terms[1] + terms[4] - terms[3]) / 2.0;
            for ((weight, row), value) in weights.iter_mut().zip(&rows).zip(&values) {
                let far = (dot(row, &terms) - value) / (0.15 * step.max(1e-3));
                *weight = 1.0 / (1.0 + far * far);
            }
        }
        let places = ends
            .into_iter()
            .map(|(range, begin, end)| (range, dot(&begin, &terms), dot(&end, &terms)))
            .collect();
        let clear = step > 0.1 * (terms[1] + terms[3]);
        clear.then_some(Grid { terms, seen, places, step })
    }

    /// How far a part's edges lie from where these kinds would put them, squared and in steps: of all of them
    /// together, and without what one streak can have done.
    fn away(&self, part: usize, kinds: &[Kind], have: &[Kind]) -> (f64, f64) {
        let Some((range, begin, end)) = self.places.get(part) else {
            return (f64::INFINITY, f64::INFINITY);
        };
        let width = |kind: &Kind| self.terms[1 + *kind as usize];
        let scale = (end - begin) / have.iter().map(width).sum::<f64>();
        let mut at = *begin;
        let mut want = Vec::with_capacity(kinds.len() + 1);
        want.push(at);
        want.extend(kinds.iter().map(|kind| {
            at += scale * width(kind);
            at
        }));
        let seen = &self.seen[range.start..=range.end];
        let off = |seen: &f64, want: &f64| (seen - want) / self.step;
        let square = |off: f64| (off * off).min(4.0);
        // Where a sliver is seen says nothing of where it is.
        let narrow = width(&Kind::NarrowBar).min(width(&Kind::NarrowSpace));
        let mut slivers = (0..seen.len() - 1).filter(|k| seen[k + 1] - seen[*k] < SLIVER * narrow);
        if seen.len() == want.len() {
            let off: Vec<f64> = seen.iter().zip(&want).map(|(a, b)| off(a, b)).collect();
            let all: f64 = off.iter().map(|off| square(*off)).sum();
            let one = off.iter().map(|off| square(*off)).fold(0.0, f64::max);
            let two = off
                .windows(2)
                .filter(|pair| pair[0] * pair[1] < 0.0)
                .map(|pair| square(pair[0]) + square(pair[1]))
                .fold(0.0, f64::max);
            let own = match (slivers.next(), slivers.next()) {
                (None, _) => all - one.max(two),
                (Some(k), None) => all - square(off[k]) - square(off[k + 1]),
                (Some(_), Some(_)) => all,
            };
            return (all, own);
        }
        // One of the two has a bar more.
        let (more, less) =
            if seen.len() > want.len() { (seen, &want[..]) } else { (&want[..], seen) };
        if more.len() != less.len() + 2 {
            return (f64::INFINITY, f64::INFINITY);
        }
        let without = |gone: usize| -> f64 {
            let kept = more[..gone].iter().chain(&more[gone + 2..]);
            let all: f64 = kept.zip(less).map(|(a, b)| square(off(a, b))).sum();
            // What hides a bar may reach over the next edge.
            let (before, behind) = (&more[gone - 1], &more[gone + 2]);
            all - square(off(before, &less[gone - 1])).max(square(off(behind, &less[gone])))
        };
        let least = (1..more.len() - 2).map(without).fold(f64::INFINITY, f64::min);
        (f64::INFINITY, least)
    }
}

/// The terms that explain the values best.
fn least_squares(rows: &[[f64; TERMS]], values: &[f64], weights: &[f64]) -> Option<[f64; TERMS]> {
    let mut m = [[0.0; TERMS + 1]; TERMS];
    for ((row, value), weight) in rows.iter().zip(values).zip(weights) {
        for (i, sums) in m.iter_mut().enumerate() {
            for (sum, term) in sums.iter_mut().zip(row) {
                *sum += weight * row[i] * term;
            }
            sums[TERMS] += weight * row[i] * value;
        }
    }
    // A kind that the code has none of stays at nothing.
    for (i, row) in m.iter_mut().enumerate() {
        row[i] += 1e-6;
    }
    for i in 0..TERMS {
        let pivot = (i..TERMS).max_by(|a, b| m[*a][i].abs().total_cmp(&m[*b][i].abs()))?;
        m.swap(i, pivot);
        let lead = m[i];
        if lead[i].abs() < 1e-9 {
            return None;
        }
        for (j, row) in m.iter_mut().enumerate() {
            if j != i {
                let share = row[i] / lead[i];
                row.iter_mut().zip(&lead).for_each(|(a, b)| *a -= share * b);
            }
        }
    }
    Some(std::array::from_fn(|i| m[i][TERMS] / m[i][i]))
}

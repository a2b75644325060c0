//! The sheet's four corners: the thing that isn't ground, straight lines along its rim, the best four of
//! them, then each moved to the edge in the full picture. Corners may lie outside of the picture or be torn
//! off: they are where the lines meet.

use super::contour::{Mask, largest};
use super::edge::refine;
use super::ground::{Small, distances, median, small};
use super::lines::{Rim, best_four, likeness, straight_pieces};
use super::{Point, Quad};
use crate::picture::Picture;
use std::ops::Range;

/// The sheet's corners clockwise, beginning anywhere, and how sure they are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Outline {
    pub quad: Quad,
    /// Most of the thing's rim lies on the four lines, and their shape is a face's.
    pub firm: bool,
    /// Something that isn't ground lies well outside of the four lines.
    pub more_outside: bool,
    /// Another thing of a face's shape and about its size lies beside it.
    pub another: bool,
}

/// Deviations from the ground below which nothing is seen as a thing.
const LEAST: f32 = 4.0;

/// Looks for a sheet with one of these ratios of long to short side. `None` if unsure.
pub(super) fn find(picture: &Picture, ratios: &[f32]) -> Option<Outline> {
    let small = small(picture)?;
    let away = distances(&small);
    // All that isn't ground; and what is at least half as far away as typical paper: where light spills
    // over the edge the second is nearer to it, where paper is torn the first.
    let mut things: Vec<f32> = away.iter().copied().step_by(7).filter(|d| *d > LEAST).collect();
    let typical = median(&mut things);
    let half = 0.45 * typical;
    let tried = |limits: Range<f32>| coarse(&small, &away, limits, ratios);
    let better = |a: Option<Coarse>, b: Option<Coarse>| {
        [a, b].into_iter().flatten().max_by(|a, b| a.score.total_cmp(&b.score))
    };
    let mut best = tried(LEAST..f32::INFINITY);
    if half > 1.3 * LEAST && best.is_none_or(|c| c.score < 0.97) {
        best = better(best, tried(half..f32::INFINITY));
        // A lamp's reflection is further away than any paper, and its rim is no side.
        if best.is_none_or(|c| c.score < 0.9) {
            best = better(best, tried(half..1.5 * typical));
        }
    }
    let best = best?;
    let pixels = (small.width * small.height) as f32;
    if best.support < 0.5 || best.quad.area() < 0.03 * pixels {
        return None;
    }
    let outside = outside(&best.quad, &small, &away);
    let more_outside = outside as f32 > 0.002 * pixels;
    let factor = small.factor as f32;
    let scaled = Quad(best.quad.0.map(|(x, y)| (x * factor, y * factor)));
    Some(Outline {
        quad: refine(picture, &small, &scaled),
        firm: best.support > 0.75 && best.covered && likeness(&best.quad, ratios) == 1.0,
        more_outside,
        another: more_outside && another(&best.quad, &small, &away, ratios),
    })
}

/// Whether what lies outside of a sheet is a sheet as well.
fn another(quad: &Quad, small: &Small, away: &[f32], ratios: &[f32]) -> bool {
    let mut rest = away.to_vec();
    let sides = quad.sides();
    for (y, row) in rest.chunks_exact_mut(small.width).enumerate() {
        for (x, away) in row.iter_mut().enumerate() {
            if sides.outside((x as f32 + 0.5, y as f32 + 0.5)) < 3.0 {
                *away = 0.0;
            }
        }
    }
    coarse(small, &rest, LEAST..f32::INFINITY, ratios).is_some_and(|other| {
        let size = other.quad.area() / quad.area().max(1.0);
        other.support > 0.75
            && other.covered
            && likeness(&other.quad, ratios) == 1.0
            && (0.5..2.0).contains(&size)
    })
}

/// How many pixels of the small picture well outside of the quad aren't ground.
fn outside(quad: &Quad, small: &Small, away: &[f32]) -> usize {
    // Every second row is enough.
    let (sides, mut count) = (quad.sides(), 0);
    for (y, row) in away.chunks_exact(small.width).enumerate().step_by(2) {
        for (x, _) in row.iter().enumerate().filter(|(_, away)| **away > LEAST) {
            count += usize::from(sides.outside((x as f32 + 0.5, y as f32 + 0.5)) > 4.0);
        }
    }
    2 * count
}

/// Four lines on the small picture.
#[derive(Clone, Copy)]
struct Coarse {
    quad: Quad,
    /// Part of the rim that the lines explain, 0..1.
    support: f32,
    /// About half of each side, as far as it lies in the picture, is rim.
    covered: bool,
    /// The support less what they leave outside, and less for an odd shape.
    score: f32,
}

/// The best four lines round the largest thing whose distance from the ground lies in a range.
fn coarse(small: &Small, away: &[f32], limits: Range<f32>, ratios: &[f32]) -> Option<Coarse> {
    let mask = Mask {
        width: small.width,
        height: small.height,
        set: away.iter().map(|d| *d > limits.start && *d < limits.end).collect(),
    };
    let pixels = largest(&mask);
    if pixels.len() < 40 {
        return None;
    }
    let size = (small.width as f32, small.height as f32);
    let rim = Rim::new(&pixels, size);
    let four = best_four(&straight_pieces(&rim), &rim, ratios)?;
    let quad = four.quad;
    let covered = (0..4).all(|i| covered(quad.0[i], quad.0[(i + 1) % 4], &rim, size));
    Some(Coarse { quad, support: four.support, score: four.score, covered })
}

/// Whether enough of the way from `a` to `b` that lies in the picture has rim beside it.
fn covered(a: Point, b: Point, rim: &Rim, size: (f32, f32)) -> bool {
    const LOOKS: usize = 24;
    let (mut visible, mut beside) = (0, 0);
    for i in 0..LOOKS {
        let t = (i as f32 + 0.5) / LOOKS as f32;
        let at = (a.0 + t * (b.0 - a.0), a.1 + t * (b.1 - a.1));
        if at.0 > 2.0 && at.1 > 2.0 && at.0 < size.0 - 2.0 && at.1 < size.1 - 2.0 {
            visible += 1;
            beside += usize::from(rim.near(at, 2.5));
        }
    }
    beside * 20 >= visible * 9
}

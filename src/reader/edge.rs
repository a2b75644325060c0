//! A side of the sheet moved to the edge in the full picture: the coarse line is a few pixels off, and
//! codes and digits are cut by it.

use super::geometry::{Line, distance, meet};
use super::ground::{Small, median};
use super::{Point, Quad};
use crate::picture::Picture;

/// Each side moved to the first step from ground to paper in the full picture.
pub(super) fn refine(picture: &Picture, small: &Small, coarse: &Quad) -> Quad {
    let sides: [Option<Line>; 4] = std::array::from_fn(|i| {
        let (a, b) = (coarse.0[i], coarse.0[(i + 1) % 4]);
        let old = Line::through(a, b)?;
        Some(refine_side(picture, small, a, b, &old).unwrap_or(old))
    });
    match meet(&sides) {
        Some(quad) if moved_little(&quad, coarse, 3.0 * small.factor as f32) => quad,
        _ => *coarse,
    }
}

fn moved_little(quad: &Quad, old: &Quad, limit: f32) -> bool {
    quad.0.iter().zip(&old.0).all(|(a, b)| distance(*a, *b) < limit)
}

/// `None` where no clear step is seen along enough of the side.
fn refine_side(picture: &Picture, small: &Small, a: Point, b: Point, old: &Line) -> Option<Line> {
    const LOOKS: usize = 40;
    let reach = small.factor as i32 * 3 / 2 + 3;
    let along = ((b.0 - a.0) / distance(a, b), (b.1 - a.1) / distance(a, b));
    // The normal of a clockwise side points inside.
    let normal = (old.nx, old.ny);
    let size = (picture.luma.width as f32, picture.luma.height as f32);
    let looks: Vec<Point> = (0..LOOKS)
        .map(|i| {
            let t = 0.03 + 0.94 * i as f32 / (LOOKS - 1) as f32;
            (a.0 + t * (b.0 - a.0), a.1 + t * (b.1 - a.1))
        })
        .filter(|p| {
            let margin = reach as f32 * 0.5;
            p.0 > margin && p.1 > margin && p.0 < size.0 - margin && p.1 < size.1 - margin
        })
        .collect();
    if looks.len() < LOOKS / 4 {
        return None;
    }
    let weights = paper_direction(picture, &looks, normal, reach as f32)?;
    let mut steps: Vec<Point> = Vec::with_capacity(looks.len());
    let mut profile = vec![0.0f32; (2 * reach + 1) as usize];
    for look in &looks {
        for (value, s) in profile.iter_mut().zip(-reach..) {
            let at = (look.0 + s as f32 * normal.0, look.1 + s as f32 * normal.1);
            *value = [-3.0, 0.0, 3.0]
                .map(|t| colour(picture, at.0 + t * along.0, at.1 + t * along.1))
                .map(|colour| project(colour, weights))
                .iter()
                .sum::<f32>()
                / 3.0;
        }
        if let Some(at) = first_step(&profile) {
            let s = at - reach as f32;
            steps.push((look.0 + s * normal.0, look.1 + s * normal.1));
        }
    }
    let line = straightest(&steps, 1.2)?;
    let inliers = steps.iter().filter(|p| line.distance(**p).abs() < 1.2).count();
    // The old line's sense is kept: its normal points inside.
    let same = line.nx * old.nx + line.ny * old.ny;
    let sign = if same < 0.0 { -1.0 } else { 1.0 };
    (inliers * 3 >= looks.len()).then_some(Line {
        nx: line.nx * sign,
        ny: line.ny * sign,
        d: line.d * sign,
    })
}

/// The colour's direction from ground (0) to paper (1); weights of red, green, blue and their sum at ground.
fn paper_direction(
    picture: &Picture,
    looks: &[Point],
    normal: (f32, f32),
    reach: f32,
) -> Option<[f32; 4]> {
    // Several depths, as a printed frame may run along one of them.
    let typical = |depths: &[f32]| -> [f32; 3] {
        let mut channels: [Vec<f32>; 3] = Default::default();
        for look in looks.iter().step_by(2) {
            for depth in depths {
                let s = depth * reach;
                let colour = colour(picture, look.0 + s * normal.0, look.1 + s * normal.1);
                for (channel, value) in channels.iter_mut().zip(colour) {
                    channel.push(value);
                }
            }
        }
        channels.map(|mut channel| median(&mut channel))
    };
    let (ground, paper) = (typical(&[-1.0, -0.75]), typical(&[0.4, 0.7, 1.0, 1.4]));
    let difference: [f32; 3] = std::array::from_fn(|i| paper[i] - ground[i]);
    let square: f32 = difference.iter().map(|d| d * d).sum();
    if square < 9.0 {
        return None;
    }
    let weights = difference.map(|d| d / square);
    let offset: f32 = weights.iter().zip(&ground).map(|(w, g)| w * g).sum();
    Some([weights[0], weights[1], weights[2], offset])
}

fn project(colour: [f32; 3], weights: [f32; 4]) -> f32 {
    let value = colour[0] * weights[0] + colour[1] * weights[1] + colour[2] * weights[2];
    (value - weights[3]).clamp(-0.5, 1.5)
}

/// Red, green and blue of the nearest pixel.
fn colour(picture: &Picture, x: f32, y: f32) -> [f32; 3] {
    let x = (x.max(0.0) as usize).min(picture.luma.width - 1);
    let y = (y.max(0.0) as usize).min(picture.luma.height - 1);
    let at = y * picture.luma.width + x;
    match &picture.rgb {
        Some(rgb) => [rgb[3 * at], rgb[3 * at + 1], rgb[3 * at + 2]].map(f32::from),
        None => [f32::from(picture.luma.data[at]); 3],
    }
}

/// Where a profile from ground (0) to paper (1) rises steeply first, between samples: what is printed on
/// the paper makes steps as well, but further inside. `None` if it hardly rises.
fn first_step(profile: &[f32]) -> Option<f32> {
    let rise = |i: usize| -> f32 {
        let after: f32 = profile[i..i + 3].iter().sum();
        let before: f32 = profile[i - 3..i].iter().sum();
        (after - before) / 3.0
    };
    let range = 3..profile.len().checked_sub(2)?;
    let most = range.clone().map(rise).fold(0.0, f32::max);
    if most < 0.35 {
        return None;
    }
    let steep = range.clone().find(|i| rise(*i) >= 0.6 * most)?;
    let best = (steep..(steep + 4).min(range.end)).max_by(|a, b| rise(*a).total_cmp(&rise(*b)))?;
    // A parabola through the best and its neighbours.
    let shift = if best > range.start && best + 1 < range.end {
        let (l, m, r) = (rise(best - 1), rise(best), rise(best + 1));
        let bend = l - 2.0 * m + r;
        if bend < -1e-6 { 0.5 * (l - r) / bend } else { 0.0 }
    } else {
        0.0
    };
    // The step lies between sample best - 1 and best.
    Some(best as f32 - 0.5 + shift.clamp(-0.5, 0.5))
}

/// The line that most points lie on, fitted to these.
fn straightest(points: &[Point], width: f32) -> Option<Line> {
    let mut best: Option<(usize, Line)> = None;
    for i in 0..points.len() {
        for reach in [points.len() / 3, points.len() / 2] {
            let Some(line) = Line::through(points[i], points[(i + reach) % points.len()]) else {
                continue;
            };
            let count = points.iter().filter(|p| line.distance(**p).abs() < width).count();
            if best.is_none_or(|(most, _)| count > most) {
                best = Some((count, line));
            }
        }
    }
    let mut line = best?.1;
    for _ in 0..2 {
        let inliers = points.iter().copied().filter(|p| line.distance(*p).abs() < width);
        line = Line::fitted(inliers)?;
    }
    Some(line)
}

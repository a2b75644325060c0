//! The sheet's four corners: the thing that isn't ground, straight lines along its rim, the best four of
//! them, then each moved to the edge in the full picture.

use super::contour::{Mask, largest};
use super::geometry::{Line, distance};
use super::ground::{Small, distances, median, small};
use super::{Point, Quad};
use crate::picture::Picture;

/// The sheet's corners clockwise, beginning anywhere, and how sure they are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Outline {
    pub quad: Quad,
    /// Most of the thing's rim lies on the four lines, and their shape is a face's.
    pub firm: bool,
    /// Something that isn't ground lies well outside of the four lines.
    pub more_outside: bool,
}

/// Deviations from the ground below which nothing is seen as a thing.
const LEAST: f32 = 4.0;

/// Looks for a sheet with one of these ratios of long to short side. `None` if unsure.
pub(super) fn find(picture: &Picture, ratios: &[f32]) -> Option<Outline> {
    let small = small(picture)?;
    let away = distances(&small);
    // All that isn't ground; and what is at least half as far away as typical paper: where light spills
    // over the edge the second is nearer to it, where paper is torn the first.
    let mut things: Vec<f32> = away.iter().copied().filter(|d| *d > LEAST).collect();
    let half = 0.45 * median(&mut things);
    let all = coarse(&small, &away, LEAST, ratios);
    let lit = if half > 1.3 * LEAST && all.is_none_or(|c| c.score < 0.97) {
        coarse(&small, &away, half, ratios)
    } else {
        None
    };
    let best = [all, lit].into_iter().flatten().max_by(|a, b| a.score.total_cmp(&b.score))?;
    let pixels = (small.width * small.height) as f32;
    if best.support < 0.5 || best.quad.area() < 0.03 * pixels {
        return None;
    }
    let outside = away
        .iter()
        .enumerate()
        .filter(|(i, away)| {
            let point = ((i % small.width) as f32 + 0.5, (i / small.width) as f32 + 0.5);
            **away > LEAST && best.quad.outside(point) > 5.0
        })
        .count();
    let factor = small.factor as f32;
    let scaled = Quad(best.quad.0.map(|(x, y)| (x * factor, y * factor)));
    Some(Outline {
        quad: refine(picture, &small, &scaled),
        firm: best.support > 0.75 && best.covered && likeness(&best.quad, ratios) == 1.0,
        more_outside: outside as f32 > 0.002 * pixels,
    })
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

/// The best four lines round the largest thing that is further away from the ground than `limit`.
fn coarse(small: &Small, away: &[f32], limit: f32, ratios: &[f32]) -> Option<Coarse> {
    let mask = Mask {
        width: small.width,
        height: small.height,
        set: away.iter().map(|d| *d > limit).collect(),
    };
    let rim: Vec<Point> =
        largest(&mask).into_iter().map(|(x, y)| (x as f32 + 0.5, y as f32 + 0.5)).collect();
    if rim.len() < 40 {
        return None;
    }
    let size = (small.width as f32, small.height as f32);
    let weights: Vec<f32> = rim.iter().map(|p| if at_rim(*p, size) { 0.3 } else { 1.0 }).collect();
    let mut best = best_four(&lines(&rim, &weights), &rim, &weights, ratios)?;
    best.covered = (0..4).all(|i| covered(best.quad.0[i], best.quad.0[(i + 1) % 4], &rim, size));
    Some(best)
}

/// Whether enough of the way from `a` to `b` that lies in the picture has rim beside it.
fn covered(a: Point, b: Point, rim: &[Point], size: (f32, f32)) -> bool {
    const LOOKS: usize = 40;
    let (mut visible, mut beside) = (0, 0);
    for i in 0..LOOKS {
        let t = (i as f32 + 0.5) / LOOKS as f32;
        let at = (a.0 + t * (b.0 - a.0), a.1 + t * (b.1 - a.1));
        if at.0 > 2.0 && at.1 > 2.0 && at.0 < size.0 - 2.0 && at.1 < size.1 - 2.0 {
            visible += 1;
            beside += usize::from(rim.iter().any(|p| distance(*p, at) < 2.5));
        }
    }
    beside * 20 >= visible * 9
}

/// At the rim of the picture a thing ends only because the picture does.
fn at_rim(point: Point, size: (f32, f32)) -> bool {
    point.0 < 1.5 || point.1 < 1.5 || point.0 > size.0 - 1.5 || point.1 > size.1 - 1.5
}

/// Straight pieces of the rim, the strongest first, at most seven.
fn lines(rim: &[Point], weights: &[f32]) -> Vec<Line> {
    let n = rim.len();
    let mut free = vec![true; n];
    let mut found = Vec::new();
    let total: f32 = weights.iter().sum();
    while found.len() < 7 {
        let mut best: Option<(f32, Line)> = None;
        for start in (0..n).step_by(3) {
            for reach in [n / 24, n / 9] {
                let end = (start + reach) % n;
                if !free[start] || !free[end] {
                    continue;
                }
                let Some(line) = Line::through(rim[start], rim[end]) else {
                    continue;
                };
                let support = near(rim, &line, 1.1).filter(|i| free[*i]).map(|i| weights[i]).sum();
                if best.is_none_or(|(most, _)| support > most) {
                    best = Some((support, line));
                }
            }
        }
        let Some((support, mut line)) = best else {
            break;
        };
        if support < 0.03 * total {
            break;
        }
        for width in [1.5, 1.0] {
            let inliers = near(rim, &line, width).filter(|i| free[*i]).map(|i| rim[i]);
            let inliers: Vec<Point> = inliers.collect();
            line = Line::fitted(inliers.iter().copied()).unwrap_or(line);
        }
        for i in near(rim, &line, 1.8) {
            free[i] = false;
        }
        found.push(line);
    }
    found
}

fn near<'a>(rim: &'a [Point], line: &'a Line, width: f32) -> impl Iterator<Item = usize> + 'a {
    (0..rim.len()).filter(move |i| line.distance(rim[*i]).abs() <= width)
}

/// The four lines whose quad explains the rim best, and the part of the rim that it explains.
fn best_four(lines: &[Line], rim: &[Point], weights: &[f32], ratios: &[f32]) -> Option<Coarse> {
    let total: f32 = weights.iter().sum();
    let mut best: Option<Coarse> = None;
    for a in 0..lines.len() {
        for b in a + 1..lines.len() {
            // a and b are opposite sides; c and d the others.
            if lines[a].parallel(&lines[b]) < 0.9 {
                continue;
            }
            for c in 0..lines.len() {
                for d in c + 1..lines.len() {
                    if [a, b].contains(&c)
                        || [a, b].contains(&d)
                        || a > c
                        || lines[c].parallel(&lines[d]) < 0.9
                        || lines[a].parallel(&lines[c]) > 0.6
                    {
                        continue;
                    }
                    let Some(quad) = corners(&lines[a], &lines[b], &lines[c], &lines[d]) else {
                        continue;
                    };
                    let (on, outside) = explained(&quad, rim, weights);
                    let score = (on - 0.5 * outside) / total * likeness(&quad, ratios);
                    if best.is_none_or(|best| score > best.score) {
                        best = Some(Coarse {
                            quad: grown(&quad, 0.5),
                            support: on / total,
                            covered: false,
                            score,
                        });
                    }
                }
            }
        }
    }
    best
}

/// Clockwise corners of two pairs of opposite sides.
fn corners(a: &Line, b: &Line, c: &Line, d: &Line) -> Option<Quad> {
    let quad = Quad([a.crossing(c)?, a.crossing(d)?, b.crossing(d)?, b.crossing(c)?]);
    if !quad.convex() {
        return None;
    }
    if quad.area() > 0.0 {
        Some(quad)
    } else {
        let [p, q, r, s] = quad.0;
        Some(Quad([p, s, r, q]))
    }
}

/// Weight of the rim's points on the quad's sides, and of those well outside.
fn explained(quad: &Quad, rim: &[Point], weights: &[f32]) -> (f32, f32) {
    let (mut on, mut outside) = (0.0, 0.0);
    for (point, weight) in rim.iter().zip(weights) {
        let away = quad.outside(*point);
        if away.abs() <= 1.6 {
            on += weight;
        } else if away > 3.0 {
            outside += weight;
        }
    }
    (on, outside)
}

/// 1 for a quad with a wanted ratio of sides, less for others.
fn likeness(quad: &Quad, ratios: &[f32]) -> f32 {
    let (w, h) = quad.size();
    let ratio = w.max(h) / w.min(h).max(1.0);
    let off = ratios
        .iter()
        .map(|wanted| (ratio / wanted).max(wanted / ratio))
        .fold(f32::INFINITY, f32::min);
    match off {
        off if ratios.is_empty() || off < 1.2 => 1.0,
        off if off < 1.35 => 0.8,
        _ => 0.55,
    }
}

/// Every side moved outwards by some pixels: the rim's points are centres of pixels inside.
fn grown(quad: &Quad, by: f32) -> Quad {
    let sides: [Option<Line>; 4] = std::array::from_fn(|i| {
        let line = Line::through(quad.0[i], quad.0[(i + 1) % 4])?;
        Some(Line { d: line.d - by, ..line })
    });
    meet(&sides).unwrap_or(*quad)
}

/// Corner `i` lies between side `i - 1` and side `i`.
fn meet(sides: &[Option<Line>; 4]) -> Option<Quad> {
    let corner = |i: usize| sides[(i + 3) % 4]?.crossing(&sides[i]?);
    let quad = Quad([corner(0)?, corner(1)?, corner(2)?, corner(3)?]);
    quad.convex().then_some(quad)
}

/// Each side moved to the strongest step from paper to ground in the full picture.
fn refine(picture: &Picture, small: &Small, coarse: &Quad) -> Quad {
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
    const LOOKS: usize = 56;
    let reach = small.factor as i32 * 2 + 2;
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
            *value = (-2..=2)
                .map(|t| {
                    let t = 2.0 * t as f32;
                    let x = look.0 + s as f32 * normal.0 + t * along.0;
                    let y = look.1 + s as f32 * normal.1 + t * along.1;
                    project(colour(picture, x, y), weights)
                })
                .sum::<f32>()
                / 5.0;
        }
        if let Some(at) = strongest_step(&profile) {
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
    let typical = |s: f32| -> [f32; 3] {
        let colours: Vec<[f32; 3]> =
            looks.iter().map(|p| colour(picture, p.0 + s * normal.0, p.1 + s * normal.1)).collect();
        std::array::from_fn(|i| median(&mut colours.iter().map(|c| c[i]).collect::<Vec<f32>>()))
    };
    let (ground, paper) = (typical(-0.8 * reach), typical(0.6 * reach));
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

/// Where a profile from ground (0) to paper (1) rises the most, between samples. `None` if it hardly rises.
fn strongest_step(profile: &[f32]) -> Option<f32> {
    let rise = |i: usize| -> f32 {
        let after: f32 = profile[i..i + 3].iter().sum();
        let before: f32 = profile[i - 3..i].iter().sum();
        (after - before) / 3.0
    };
    let range = 3..profile.len().checked_sub(2)?;
    let best = range.clone().max_by(|a, b| rise(*a).total_cmp(&rise(*b)))?;
    if rise(best) < 0.35 {
        return None;
    }
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

//! Straight pieces of a rim, and the four of them that make a sheet.

use super::geometry::{Line, meet};
use super::{Point, Quad};

/// The rim of a thing on the small picture, in order round it.
pub(super) struct Rim {
    points: Vec<Point>,
    /// What a point counts: little where the thing ends only because the picture does.
    weights: Vec<f32>,
    /// Every so many points stand for all where many lines are tried.
    every: usize,
}

/// Points that vote on a line that is tried, about.
const VOTERS: usize = 200;

impl Rim {
    /// From pixels of a picture of this size.
    pub fn new(pixels: &[(usize, usize)], size: (f32, f32)) -> Rim {
        let points: Vec<Point> =
            pixels.iter().map(|(x, y)| (*x as f32 + 0.5, *y as f32 + 0.5)).collect();
        let at_end = |p: &Point| p.0 < 1.5 || p.1 < 1.5 || p.0 > size.0 - 1.5 || p.1 > size.1 - 1.5;
        let weights = points.iter().map(|p| if at_end(p) { 0.3 } else { 1.0 }).collect();
        Rim { every: points.len().div_ceil(VOTERS).max(1), points, weights }
    }

    /// Whether a point of the rim lies within `reach` pixels.
    pub fn near(&self, at: Point, reach: f32) -> bool {
        self.points.iter().any(|p| {
            let (dx, dy) = (p.0 - at.0, p.1 - at.1);
            dx * dx + dy * dy < reach * reach
        })
    }
}

/// Straight pieces of the rim, the strongest first, at most seven.
pub(super) fn straight_pieces(rim: &Rim) -> Vec<Line> {
    let n = rim.points.len();
    // Weights of the points that no piece has taken yet.
    let mut free = rim.weights.clone();
    let mut found = Vec::new();
    let total: f32 = free.iter().sum();
    let mut voters: Vec<(f32, f32, f32)> = Vec::with_capacity(VOTERS + 1);
    while found.len() < 7 {
        voters.clear();
        let some = rim.points.iter().zip(&free).step_by(rim.every);
        voters.extend(some.filter(|(_, w)| **w > 0.0).map(|(p, w)| (p.0, p.1, *w)));
        let mut best: Option<(f32, Line)> = None;
        for start in (0..n).step_by((n / 90).max(2)) {
            for reach in [n / 24, n / 9] {
                let end = (start + reach) % n;
                if free[start] == 0.0 || free[end] == 0.0 {
                    continue;
                }
                let Some(line) = Line::through(rim.points[start], rim.points[end]) else {
                    continue;
                };
                let support: f32 = voters
                    .iter()
                    .map(|(x, y, w)| {
                        let near = (line.nx * x + line.ny * y - line.d).abs() <= 1.1;
                        if near { *w } else { 0.0 }
                    })
                    .sum();
                if best.is_none_or(|(most, _)| support > most) {
                    best = Some((support, line));
                }
            }
        }
        let Some((support, mut line)) = best else {
            break;
        };
        if support * (rim.every as f32) < 0.03 * total {
            break;
        }
        let near = |line: Line, width: f32| {
            rim.points
                .iter()
                .enumerate()
                .filter(move |(_, p)| line.distance(**p).abs() <= width)
                .map(|(i, _)| i)
        };
        for width in [1.5, 1.0] {
            let inliers = near(line, width).filter(|i| free[*i] > 0.0).map(|i| rim.points[i]);
            line = Line::fitted(inliers).unwrap_or(line);
        }
        for i in near(line, 1.8) {
            free[i] = 0.0;
        }
        found.push(line);
    }
    found
}

/// A quad of four lines and how well it explains a rim.
#[derive(Clone, Copy)]
pub(super) struct Four {
    pub quad: Quad,
    /// Part of the rim on the quad's sides, 0..1.
    pub support: f32,
    /// The support less what lies outside, and less for an odd shape.
    pub score: f32,
}

/// The four lines whose quad explains the rim best.
pub(super) fn best_four(lines: &[Line], rim: &Rim, ratios: &[f32]) -> Option<Four> {
    let mut best: Option<Four> = None;
    for a in 0..lines.len() {
        for b in a + 1..lines.len() {
            // a and b are opposite sides; c and d the others.
            if lines[a].parallel(&lines[b]) < 0.9 {
                continue;
            }
            for c in a + 1..lines.len() {
                for d in c + 1..lines.len() {
                    if c == b
                        || d == b
                        || lines[c].parallel(&lines[d]) < 0.9
                        || lines[a].parallel(&lines[c]) > 0.6
                    {
                        continue;
                    }
                    let Some(quad) = corners(&lines[a], &lines[b], &lines[c], &lines[d]) else {
                        continue;
                    };
                    // Opposite sides are nearly parallel, as a camera looks down.
                    let leaning = lines[a].parallel(&lines[b]) * lines[c].parallel(&lines[d]);
                    let likeness = likeness(&quad, ratios) * leaning.powi(5);
                    if best.is_some_and(|best| likeness <= best.score) {
                        continue;
                    }
                    let (on, outside) = explained(&quad, rim);
                    let score = (on - 0.5 * outside) * likeness;
                    if best.is_none_or(|best| score > best.score) {
                        best = Some(Four { quad: grown(&quad, 0.5), support: on, score });
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

/// Parts of the rim on the quad's sides and well outside, 0..1.
fn explained(quad: &Quad, rim: &Rim) -> (f32, f32) {
    let sides: [Option<Line>; 4] =
        std::array::from_fn(|i| Line::through(quad.0[i], quad.0[(i + 1) % 4]));
    let (mut on, mut outside, mut total) = (0.0, 0.0, 0.0);
    for (point, weight) in rim.points.iter().zip(&rim.weights).step_by(rim.every) {
        let away = sides
            .iter()
            .flatten()
            .map(|side| -side.distance(*point))
            .fold(f32::NEG_INFINITY, f32::max);
        total += weight;
        if away.abs() <= 1.6 {
            on += weight;
        } else if away > 3.0 {
            outside += weight;
        }
    }
    (on / total, outside / total)
}

/// 1 for a quad with a wanted ratio of sides, less for others.
pub(super) fn likeness(quad: &Quad, ratios: &[f32]) -> f32 {
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

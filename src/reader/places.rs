//! Codes anywhere in a picture or a part of it: first where something looks like bars, then line by line,
//! then square codes.

use super::barcode::{self, Effort};
use super::boxes::{LEVELS, Level, Place, SquareCut, square_in};
use super::geometry::Homography;
use super::straighten::greys;
use super::strips::Across;
use super::texture::{Overview, stripes};
use super::votes::{Found, Votes, Wanted};
use super::{Point, Quad};
use crate::picture::{Luma, Picture};

/// All codes of a picture whose middle lies at a place that `here` takes, read up to a level.
pub(super) fn everywhere(
    picture: &Picture,
    overview: &Overview,
    wanted: &Wanted,
    here: impl Fn(Point) -> bool,
    most: Level,
) -> Votes {
    let mut votes = Votes::default();
    if wanted.any_linear() {
        let places = stripes(overview, &here);
        votes = read_all(picture, places.iter().map(|place| place.quad), wanted, most);
        if votes.believed().is_empty() && !votes.doubtful() && most > Level::Glance {
            lines(&picture.luma, wanted, &mut votes);
        }
    }
    if wanted.squares() {
        // Beside a code that was found another is looked for, but not long.
        let most = if votes.believed().is_empty() { most } else { Level::Glance };
        for found in squares_in(&picture.luma, overview, wanted, most) {
            if found.ends.is_none_or(|(a, b)| here(((a.0 + b.0) / 2.0, (a.1 + b.1) / 2.0))) {
                votes.add(found);
            }
        }
    }
    votes
}

/// The same in a quad that lies about straight, but not in quads that have been read already.
pub(super) fn inside(
    picture: &Picture,
    overview: &Overview,
    quad: &Quad,
    wanted: &Wanted,
    done: &[Quad],
) -> Votes {
    let mut votes = Votes::default();
    if wanted.any_linear() {
        let here = |p: Point| quad.outside(p) < 0.0 && done.iter().all(|done| !done.holds(p));
        let places = stripes(overview, here);
        votes = read_all(picture, places.iter().map(|place| place.quad), wanted, Level::Study);
    }
    if wanted.squares() && votes.believed().is_empty() {
        // A code is a sixth of the face or so.
        for (pixels, coloured) in [(640.0, true), (560.0, false)] {
            let cut = SquareCut { pixels, effort: Effort::Quick, coloured };
            let found = square_in(picture, quad, wanted, cut);
            if !found.is_empty() {
                found.into_iter().for_each(|found| votes.add(found));
                break;
            }
        }
    }
    votes
}

/// All places level by level, until one at least says something to believe.
fn read_all(
    picture: &Picture,
    quads: impl Iterator<Item = Quad>,
    wanted: &Wanted,
    most: Level,
) -> Votes {
    // What costs more is done only where there is most.
    let most_places = |level: Level| match level {
        Level::Glance => usize::MAX,
        Level::Study => 3,
        Level::Labour => 2,
    };
    let mut places: Vec<Place> = quads.map(|quad| Place::of_stripes(&quad, wanted)).collect();
    for level in LEVELS.into_iter().take_while(|level| *level <= most) {
        for place in places.iter_mut().take(most_places(level)) {
            place.read(picture, level);
        }
        if places.iter().any(|place| !place.votes.believed().is_empty()) {
            break;
        }
    }
    let mut votes = Votes::default();
    for place in places {
        votes.doubts += place.votes.doubts;
        place.votes.found.into_iter().for_each(|found| votes.add(found));
    }
    votes
}

/// Lines along rows and columns, from edge to edge.
fn lines(luma: &Luma, wanted: &Wanted, votes: &mut Votes) {
    const LINES: usize = 40;
    let (w, h) = (luma.width as f32, luma.height as f32);
    let upright = Quad([(0.0, 0.0), (w, 0.0), (w, h), (0.0, h)]);
    for quad in [upright, upright.turned(1)] {
        let Some(map) = Homography::new(&quad) else {
            return;
        };
        let across = Across::new(wanted, &map, luma);
        let (long, high) = quad.size();
        let samples = ((long * 1.3) as usize).clamp(100, 6000);
        let count = LINES.min(high as usize).max(1);
        let mut line = vec![0u8; samples];
        for i in 0..count {
            let height = (i as f32 + 0.5) / count as f32;
            let (a, b) = (map.map(0.0, height), map.map(1.0, height));
            let step = ((b.0 - a.0) / samples as f32, (b.1 - a.1) / samples as f32);
            let begin = (f64::from(a.0 + step.0 / 2.0), f64::from(a.1 + step.1 / 2.0));
            let end = (f64::from(b.0 + step.0 / 2.0), f64::from(b.1 + step.1 / 2.0));
            greys(luma, begin, end, &mut line);
            let line: Vec<f32> = line.iter().map(|grey| f32::from(*grey)).collect();
            across.read(&line, height, votes);
        }
        if !votes.believed().is_empty() {
            return;
        }
    }
}

/// Square codes of the whole picture at some sizes; positions are those of the picture.
fn squares_in(luma: &Luma, overview: &Overview, wanted: &Wanted, most: Level) -> Vec<Found> {
    let back = |found: Vec<Found>, factor: usize| -> Vec<Found> {
        let back = |p: Point| (p.0 * factor as f32, p.1 * factor as f32);
        let there = |one: Found| Found { ends: one.ends.map(|(a, b)| (back(a), back(b))), ..one };
        found.into_iter().map(there).collect()
    };
    let found = barcode::read(&overview.luma, wanted, Effort::Quick);
    if !found.is_empty() {
        return back(found, overview.factor);
    }
    let tries: &[usize] = match most {
        Level::Glance => &[],
        Level::Study => &[700],
        Level::Labour => &[700, 2000],
    };
    for side in tries {
        let factor = luma.width.max(luma.height).div_ceil(*side).max(1);
        let found = barcode::read(&luma.shrink(factor), wanted, Effort::All);
        if !found.is_empty() {
            return back(found, factor);
        }
        if factor == 1 {
            break;
        }
    }
    Vec::new()
}

//! Codes anywhere in a picture or a part of it: first where something looks like bars, then line by line,
//! then square codes.

use super::barcode::{Found, Votes, Wanted};
use super::boxes::{LEVELS, Level, Place, square_in};
use super::geometry::Homography;
use super::squares::{self, Effort};
use super::straighten::greys;
use super::strips::Across;
use super::texture::stripes;
use super::{Point, Quad};
use crate::picture::{Luma, Picture};

/// All codes of a picture whose middle lies at a place that `here` takes, read up to a level.
pub(super) fn everywhere(
    picture: &Picture,
    wanted: &Wanted,
    here: impl Fn(Point) -> bool,
    most: Level,
) -> Votes {
    let mut votes = Votes::default();
    if wanted.any_linear() {
        let places = stripes(&picture.luma, &here);
        votes = read_all(picture, places.iter().map(|place| place.quad), wanted, most);
        if votes.believed().is_empty() && most > Level::Glance {
            lines(&picture.luma, wanted, &mut votes);
        }
    }
    if wanted.squares() && votes.believed().is_empty() {
        for found in squares_in(&picture.luma, wanted, most) {
            if found.ends.is_none_or(|(a, b)| here(((a.0 + b.0) / 2.0, (a.1 + b.1) / 2.0))) {
                votes.add(found);
            }
        }
    }
    votes
}

/// The same in a quad that lies about straight.
pub(super) fn inside(picture: &Picture, quad: &Quad, wanted: &Wanted, most: Level) -> Votes {
    let mut votes = Votes::default();
    if wanted.any_linear() {
        let (part, left, top) = crop_round(&picture.luma, quad);
        let back = |p: Point| (p.0 + left, p.1 + top);
        let places = stripes(&part, |p| quad.outside(back(p)) < 0.0);
        let quads = places.iter().map(|place| Quad(place.quad.0.map(back)));
        votes = read_all(picture, quads, wanted, most);
    }
    if wanted.squares() {
        for level in LEVELS.into_iter().take_while(|level| *level <= most) {
            if votes.believed().is_empty() {
                square_in(picture, quad, wanted, level).into_iter().for_each(|f| votes.add(f));
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
    // What costs the most is done only where there is most.
    const LABOURED: usize = 2;
    let mut places: Vec<Place> = quads.map(|quad| Place::of_stripes(&quad, wanted)).collect();
    for level in LEVELS.into_iter().take_while(|level| *level <= most) {
        let count = if level == Level::Labour { LABOURED } else { places.len() };
        for place in places.iter_mut().take(count) {
            place.read(picture, level);
        }
        if places.iter().any(|place| !place.votes.believed().is_empty()) {
            break;
        }
    }
    let mut votes = Votes::default();
    for found in places.into_iter().flat_map(|place| place.votes.0) {
        votes.add(found);
    }
    votes
}

/// The box round a quad, and its left and top.
fn crop_round(luma: &Luma, quad: &Quad) -> (Luma, f32, f32) {
    let least = |pick: fn(&Point) -> f32| quad.0.iter().map(pick).fold(f32::MAX, f32::min);
    let most = |pick: fn(&Point) -> f32| quad.0.iter().map(pick).fold(f32::MIN, f32::max);
    let (left, top) = (least(|p| p.0).max(0.0) as usize, least(|p| p.1).max(0.0) as usize);
    let width = (most(|p| p.0).max(0.0) as usize + 1).saturating_sub(left);
    let height = (most(|p| p.1).max(0.0) as usize + 1).saturating_sub(top);
    (luma.crop(left, top, width, height), left as f32, top as f32)
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

/// Square codes of the whole picture at one or two sizes; positions are those of the picture.
fn squares_in(luma: &Luma, wanted: &Wanted, most: Level) -> Vec<Found> {
    let tries: &[(usize, Effort)] = match most {
        Level::Glance => &[(1000, Effort::Quick)],
        Level::Study => &[(1000, Effort::Quick), (700, Effort::All)],
        Level::Labour => &[(1000, Effort::Quick), (700, Effort::All), (2000, Effort::All)],
    };
    let mut last = 0;
    for (side, effort) in tries {
        let factor = luma.width.max(luma.height).div_ceil(*side).max(1);
        if factor == last && *effort == Effort::Quick {
            continue;
        }
        last = factor;
        let shrunk;
        let smaller = if factor > 1 {
            shrunk = luma.shrink(factor);
            &shrunk
        } else {
            luma
        };
        let mut found = squares::read(smaller, wanted, *effort);
        if !found.is_empty() {
            for one in &mut found {
                let back = |p: Point| (p.0 * factor as f32, p.1 * factor as f32);
                one.ends = one.ends.map(|(a, b)| (back(a), back(b)));
            }
            return found;
        }
    }
    Vec::new()
}

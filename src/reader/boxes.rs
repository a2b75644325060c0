//! A box of the face, or any quad of the picture, read for codes: as cut, then better versions of it.

use super::Quad;
use super::barcode::{self, Effort};
use super::geometry::Homography;
use super::search::WHOLE;
use super::straighten::{FaceBox, cut};
use super::strips::Across;
use super::votes::{Found, Votes, Wanted};
use crate::picture::{Luma, Picture};
use crate::voucher::barcode::BarcodeRule;
use crate::voucher::profile::Area;

/// How much is done with a place; each does only what those before have not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    /// Three strips as they are, or one small cut of a square code.
    Glance,
    /// All strips as they are, thicker ones, medians, and without coloured ink.
    Study,
    /// The same less blurred, and wider.
    Labour,
}

pub(super) const LEVELS: [Level; 3] = [Level::Glance, Level::Study, Level::Labour];

/// A place of the picture where a code may stand, and what it said so far.
#[derive(Debug)]
pub(super) struct Place {
    wanted: Wanted,
    /// Where bars stand, across its longer way.
    pub bars: Quad,
    /// The same wider, should the place not be quite right.
    wide: Quad,
    /// Where a square code stands.
    square: Option<Quad>,
    pub votes: Votes,
}

impl Place {
    /// A box of the face that `map` lays.
    pub fn of_box(map: &Homography, area: &Area, rule: &BarcodeRule) -> Place {
        let wanted = Wanted::of(std::iter::once(rule));
        let part = FaceBox::from(area);
        Place {
            bars: across(&part.grown(0.02, -0.1 * part.h).on(map)),
            wide: across(&part.grown(0.05, 0.25 * part.h).on(map)),
            square: wanted.squares().then(|| part.grown(0.12 * part.w, 0.12 * part.h).on(map)),
            wanted,
            votes: Votes::default(),
        }
    }

    /// Something that looks like bars.
    pub fn of_stripes(quad: &Quad, wanted: &Wanted) -> Place {
        // White must stand at both ends, and a crease may have cut a part off.
        Place {
            bars: stretched(quad, 0.25, -0.05),
            wide: stretched(quad, 0.6, 0.1),
            square: None,
            wanted: wanted.clone(),
            votes: Votes::default(),
        }
    }

    /// Does what this level has to do, if nothing is to be believed yet.
    pub fn read(&mut self, picture: &Picture, level: Level) {
        if !self.votes.believed().is_empty() && level > Level::Glance {
            return;
        }
        if self.wanted.any_linear() {
            match level {
                Level::Glance => glance(&picture.luma, &self.bars, &self.wanted, &mut self.votes),
                Level::Study => {
                    study(picture, &self.bars, &[true, false], &self.wanted, &mut self.votes);
                }
                Level::Labour => {
                    study(picture, &self.wide, &[true], &self.wanted, &mut self.votes);
                    if self.votes.believed().is_empty() {
                        labour(picture, &self.bars, &self.wanted, &mut self.votes);
                    }
                }
            }
        }
        if let Some(square) = &self.square
            && self.votes.believed().is_empty()
        {
            for found in square_in(picture, square, &self.wanted, SquareCut::of_box(level)) {
                self.votes.add(found);
            }
        }
    }
}

/// The quad turned so that its longer sides are top and bottom: bars stand across the longer way.
fn across(quad: &Quad) -> Quad {
    let (width, height) = quad.size();
    if height > 1.3 * width { quad.turned(1) } else { *quad }
}

/// Samples along the quad's top: enough that the thinnest bars have some.
fn samples(quad: &Quad) -> usize {
    let long = quad.size().0;
    ((long * 1.5) as usize).clamp(160, 3000)
}

/// Three strips right out of the picture, far apart: that is all most codes need.
fn glance(luma: &Luma, quad: &Quad, wanted: &Wanted, votes: &mut Votes) {
    const ROWS: usize = 3;
    let Some(map) = Homography::new(quad) else {
        return;
    };
    let across = Across::new(wanted, &map, luma);
    let (samples, high) = (samples(quad), quad.size().1.max(4.0));
    for middle in [0.5, 0.25, 0.75] {
        let h = (ROWS as f32 * 1.3 / high).min(0.2);
        let strip = FaceBox { x: 0.0, y: middle - h / 2.0, w: 1.0, h };
        let cut = cut(luma, &map, &strip, samples, ROWS);
        let greys: Vec<f32> = (0..samples)
            .map(|x| (0..ROWS).map(|y| f32::from(cut.data[y * samples + x])).sum::<f32>())
            .map(|sum| sum / ROWS as f32)
            .collect();
        across.read(&greys, middle, votes);
        if votes.proven() {
            return;
        }
    }
}

/// All strips of a quad as they are, with and without coloured ink.
fn study(picture: &Picture, quad: &Quad, inks: &[bool], wanted: &Wanted, votes: &mut Votes) {
    let Some(map) = Homography::new(quad) else {
        return;
    };
    let across = Across::new(wanted, &map, &picture.luma);
    for coloured in inks {
        if let Some(part) = straight(picture, quad, *coloured) {
            across.read_plain(&part, votes);
        }
        if !votes.believed().is_empty() {
            return;
        }
    }
}

/// The same less blurred.
fn labour(picture: &Picture, quad: &Quad, wanted: &Wanted, votes: &mut Votes) {
    let Some(map) = Homography::new(quad) else {
        return;
    };
    let across = Across::new(wanted, &map, &picture.luma);
    for coloured in [true, false] {
        if let Some(part) = straight(picture, quad, coloured) {
            // A code has about a hundred modules, so blur that matters is some hundredths of its length.
            let reaches =
                [0.007, 0.010, 0.013, 0.016, 0.020, 0.025].map(|share| share * part.width as f32);
            across.read_unblurred(&part, &reaches, votes);
        }
        if !votes.believed().is_empty() {
            return;
        }
    }
}

/// A quad cut straight. The ink of stamps is light in one colour at least, that of bars in none: without
/// `coloured` things a pixel is the lightest of its colours, `None` for pictures without colour.
fn straight(picture: &Picture, quad: &Quad, coloured: bool) -> Option<Luma> {
    let rows = (quad.size().1 as usize).clamp(12, 32);
    let cut = |luma: &Luma, quad: &Quad| {
        Some(cut(luma, &Homography::new(quad)?, &WHOLE, samples(quad), rows))
    };
    if coloured {
        return cut(&picture.luma, quad);
    }
    let (part, left, top) = lightest(picture, quad)?;
    cut(&part, &Quad(quad.0.map(|(x, y)| (x - left, y - top))))
}

/// The lightest of red, green and blue in the box round a quad, and that box's left and top. `None` for
/// pictures without colour.
fn lightest(picture: &Picture, quad: &Quad) -> Option<(Luma, f32, f32)> {
    let rgb = picture.rgb.as_ref()?;
    let (width, height) = (picture.luma.width, picture.luma.height);
    let ends = |pick: fn(&(f32, f32)) -> f32, most: usize| {
        let (low, high) = quad
            .0
            .iter()
            .map(pick)
            .fold((f32::MAX, f32::MIN), |(low, high), v| (low.min(v), high.max(v)));
        let low = (low.max(2.0) as usize - 2).min(most);
        (low, (high.max(0.0) as usize + 3).clamp(low, most))
    };
    let (left, right) = ends(|p| p.0, width);
    let (top, low) = ends(|p| p.1, height);
    let mut data = Vec::with_capacity((right - left) * (low - top));
    for y in top..low {
        let row = rgb.get((y * width + left) * 3..(y * width + right) * 3)?;
        data.extend(row.chunks_exact(3).map(|p| p[0].max(p[1]).max(p[2])));
    }
    let part = Luma { width: right - left, height: low - top, data };
    (!part.data.is_empty()).then_some((part, left as f32, top as f32))
}

/// How a square code is cut out: the longer side in pixels, what is tried, and whether coloured ink stays.
#[derive(Clone, Copy, Debug)]
pub(super) struct SquareCut {
    pub pixels: f32,
    pub effort: Effort,
    pub coloured: bool,
}

impl SquareCut {
    /// Of a box that holds little more than the code.
    fn of_box(level: Level) -> SquareCut {
        match level {
            Level::Glance => SquareCut { pixels: 180.0, effort: Effort::Quick, coloured: true },
            Level::Study => SquareCut { pixels: 320.0, effort: Effort::All, coloured: false },
            Level::Labour => SquareCut { pixels: 640.0, effort: Effort::All, coloured: true },
        }
    }
}

/// A square code in a quad of the picture; positions are those of the picture.
pub(super) fn square_in(
    picture: &Picture,
    quad: &Quad,
    wanted: &Wanted,
    SquareCut { pixels, effort, coloured }: SquareCut,
) -> Vec<Found> {
    let (width, height) = quad.size();
    let side = width.max(height).max(1.0);
    // Never much larger than the picture has it.
    let scale = f32::min(pixels / side, 2.0);
    let size = (((width * scale) as usize).max(16), ((height * scale) as usize).max(16));
    let lightest = if coloured { None } else { lightest(picture, quad) };
    let (luma, moved) = match &lightest {
        Some((part, left, top)) => (part, Quad(quad.0.map(|(x, y)| (x - left, y - top)))),
        None => (&picture.luma, *quad),
    };
    let (Some(map), Some(moved)) = (Homography::new(quad), Homography::new(&moved)) else {
        return Vec::new();
    };
    let straight = cut(luma, &moved, &WHOLE, size.0, size.1);
    let mut found = barcode::read(&straight, wanted, effort);
    for one in &mut found {
        let back = |p: (f32, f32)| map.map(p.0 / size.0 as f32, p.1 / size.1 as f32);
        one.ends = one.ends.map(|(a, b)| (back(a), back(b)));
    }
    found
}

/// The quad made longer at both ends by a part of its length, and higher or flatter by a part of its height.
fn stretched(quad: &Quad, along: f32, beside: f32) -> Quad {
    let [a, b, c, d] = quad.0;
    let mix = |p: (f32, f32), q: (f32, f32), t: f32| (p.0 + t * (q.0 - p.0), p.1 + t * (q.1 - p.1));
    let (a, b) = (mix(a, b, -along), mix(b, a, -along));
    let (d, c) = (mix(d, c, -along), mix(c, d, -along));
    Quad([mix(a, d, -beside), mix(b, c, -beside), mix(c, b, -beside), mix(d, a, -beside)])
}

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
                    if self.votes.believed().is_empty() && !self.votes.doubtful() {
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

    /// White on black: read once more with black for white, if nothing was read and the place is dark. Never beyond
    /// the place, where dark things are no codes.
    pub fn read_inverted(&mut self, picture: &Picture) {
        if !self.votes.believed().is_empty() || !dark(&picture.luma, &self.bars) {
            return;
        }
        let Some((inverted, left, top)) = self.inverted(picture) else {
            return;
        };
        let moved = |quad: &Quad| Quad(quad.0.map(|(x, y)| (x - left, y - top)));
        let mut place = Place {
            wanted: self.wanted.clone(),
            bars: moved(&self.bars),
            wide: moved(&self.wide),
            square: self.square.as_ref().map(moved),
            votes: Votes::default(),
        };
        for level in [Level::Glance, Level::Study] {
            place.read(&inverted, level);
        }
        // Where they stood is told by the place.
        for found in place.votes.found {
            self.votes.add(Found { ends: None, ..found });
        }
    }

    /// The picture round the place in negative, and its left and top.
    fn inverted(&self, picture: &Picture) -> Option<(Picture, f32, f32)> {
        /// So much lies round it that no bar is taken for the picture's edge.
        const RIM: f32 = 4.0;
        let corners = self.bars.0.into_iter().chain(self.wide.0);
        let corners = corners.chain(self.square.iter().flat_map(|square| square.0));
        let (mut low, mut high) = ((f32::MAX, f32::MAX), (0.0f32, 0.0f32));
        for (x, y) in corners {
            low = (low.0.min(x), low.1.min(y));
            high = (high.0.max(x), high.1.max(y));
        }
        let (left, top) = ((low.0 - RIM).max(0.0) as usize, (low.1 - RIM).max(0.0) as usize);
        let size = |low: usize, high: f32| ((high + RIM) as usize).saturating_sub(low);
        let mut part = picture.luma.crop(left, top, size(left, high.0), size(top, high.1));
        part.data.iter_mut().for_each(|grey| *grey = 255 - *grey);
        (!part.data.is_empty()).then(|| (Picture::grey(part), left as f32, top as f32))
    }
}

/// Whether nearly half of a place or more is dark. Of bars on white it is less, as white stands round them.
fn dark(luma: &Luma, quad: &Quad) -> bool {
    const SIZE: (usize, usize) = (96, 12);
    let Some(map) = Homography::new(quad) else {
        return false;
    };
    let cut = cut(luma, &map, &WHOLE, SIZE.0, SIZE.1);
    let ends = cut.data.iter().min().zip(cut.data.iter().max());
    ends.is_some_and(|(low, high)| {
        let middle = low.midpoint(*high);
        high - low > 40
            && cut.data.iter().filter(|grey| **grey < middle).count() * 20 > 9 * SIZE.0 * SIZE.1
    })
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::barcode::drawn_bars;
    use crate::voucher::barcode::ContentPart;
    use crate::voucher::{Side, Symbology};

    /// A code in a field of its own, and the field's box as a part of the picture.
    fn field(symbology: Symbology, text: &str, inverted: bool) -> (Picture, Area) {
        const MODULE: usize = 3;
        let bars = drawn_bars(symbology, text);
        let wide = (bars.len() + 20) * MODULE;
        let (left, top, high) = (60, 40, 70);
        let mut luma = Luma::flat(wide + 120, 200, 240);
        for y in top..top + high {
            for x in 0..wide {
                let dark = (x / MODULE).checked_sub(10).and_then(|at| bars.get(at)).copied();
                let dark = dark.unwrap_or(false) != inverted;
                luma.data[y * (wide + 120) + left + x] = if dark { 25 } else { 235 };
            }
        }
        let (w, h) = (luma.width as f32, luma.height as f32);
        let area = Area {
            side: Side::Front,
            x: left as f32 / w,
            y: top as f32 / h,
            w: wide as f32 / w,
            h: high as f32 / h,
        };
        (Picture::grey(luma), area)
    }

    #[test]
    fn white_on_black_is_read_in_its_box() {
        for (symbology, text) in [
            (Symbology::Code128, "A6900602672"),
            (Symbology::Codabar, "A1234567890B"),
            (Symbology::Itf, "3012627384"),
            (Symbology::Code39, "A69006"),
            (Symbology::Ean13, "4901234567894"),
        ] {
            let rule = BarcodeRule {
                symbologies: vec![symbology],
                start_stop: None,
                part: ContentPart::Whole,
                length: text.len(),
                digits_only: false,
                add_prefix: String::new(),
            };
            for inverted in [false, true] {
                let (picture, area) = field(symbology, text, inverted);
                let (w, h) = (picture.luma.width as f32, picture.luma.height as f32);
                let whole = Quad([(0.0, 0.0), (w, 0.0), (w, h), (0.0, h)]);
                let mut place = Place::of_box(&Homography::new(&whole).unwrap(), &area, &rule);
                LEVELS.into_iter().for_each(|level| place.read(&picture, level));
                assert_eq!(place.votes.believed().is_empty(), inverted, "{symbology:?}");
                place.read_inverted(&picture);
                let believed = place.votes.believed();
                assert_eq!(believed[0].finding.text, text, "{symbology:?}, inverted: {inverted}");
            }
        }
    }
}

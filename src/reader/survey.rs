//! Everything on one voucher's face that a new scheme can be learned from, without a profile: the
//! straightened face, barcodes anywhere on it, and lines of print. Thorough, not fast: it is for a
//! few samples.

use super::boxes::Level;
use super::geometry::Homography;
use super::places::everywhere;
use super::straighten::cut;
use super::text_lines::text_lines;
use super::texture::Overview;
use super::votes::Wanted;
use super::{Point, Quad, outline, search};
use crate::picture::{Luma, Picture};
use crate::voucher::profile::Area;
use crate::voucher::{BarcodeFinding, Side, Symbology};

/// What was found on one picture of one side.
#[derive(Clone, Debug)]
pub struct Survey {
    /// The face's corners in the picture, from its top left clockwise; `None` if the sheet could not
    /// be told from its ground. Then nothing has a box.
    pub outline: Option<Quad>,
    /// What told which way is up; `None` means that the face may be upside down.
    pub upright: Option<Upright>,
    /// The straightened face; without an outline the whole picture.
    pub face: Luma,
    pub codes: Vec<Code>,
    pub lines: Vec<TextLine>,
}

/// What told the way up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Upright {
    /// A barcode, which is taken to run from left to right.
    Code,
    /// Print that could be read only this way.
    Print,
}

/// A barcode. Boxes are tight: without quiet zone.
#[derive(Clone, Debug, PartialEq)]
pub struct Code {
    pub finding: BarcodeFinding,
    pub area: Option<Area>,
}

/// A line of print.
#[derive(Clone, Debug, PartialEq)]
pub struct TextLine {
    pub area: Area,
    /// Marks that look like characters.
    pub marks: usize,
    /// What it says, and how sure that is, 0..=1.
    pub text: Option<(String, f32)>,
}

/// Reads the text of one straightened line; `None` where it can't.
pub type ReadLine<'a> = &'a dyn Fn(&Luma) -> Option<(String, f32)>;

/// Widths of the straightened face in pixels, at least and at most.
const WIDTH: (f32, f32) = (600.0, 2600.0);

/// How far a picture's shape may be off the face's for the picture to be just the face.
const SAME_SHAPE: f32 = 1.06;

/// Looks at one picture of a face of this width to height. `symbologies` are looked for; all is a
/// good choice, but one that is known is surer.
pub fn survey(
    picture: &Picture,
    ratio: f32,
    side: Side,
    symbologies: &[Symbology],
    read_line: ReadLine<'_>,
) -> Survey {
    let Some(quad) = sheet(picture, ratio) else {
        let found = super::read_barcodes(picture, symbologies);
        let code = |finding| Code { finding, area: None };
        return Survey {
            outline: None,
            upright: None,
            face: picture.luma.clone(),
            codes: found.into_iter().map(code).collect(),
            lines: Vec::new(),
        };
    };
    let mut quad = quad;
    let mut face = straight(picture, &quad, ratio);
    let mut found = codes_on(&face, symbologies);
    let direction = direction(&found);
    if direction == Some(false) {
        quad = quad.turned(2);
        face = straight(picture, &quad, ratio);
        found = codes_on(&face, symbologies);
    }
    let mut upright = direction.map(|_| Upright::Code);
    let mut codes = boxed(&face, found, side);
    let mut lines = read_lines(&face, &codes, side, read_line);
    if upright.is_none() {
        let other = quad.turned(2);
        let turned = straight(picture, &other, ratio);
        let codes_turned = boxed(&turned, codes_on(&turned, symbologies), side);
        let lines_turned = read_lines(&turned, &codes_turned, side, read_line);
        let (this, that) = (legible(&lines), legible(&lines_turned));
        if this > that {
            upright = Some(Upright::Print);
        } else if that > this {
            upright = Some(Upright::Print);
            (quad, face, codes, lines) = (other, turned, codes_turned, lines_turned);
        }
    }
    if codes.is_empty() {
        // On the face nothing was read; in the whole picture other angles are tried.
        let found = super::read_barcodes(picture, symbologies);
        codes = found.into_iter().map(|finding| Code { finding, area: None }).collect();
    }
    Survey { outline: Some(quad), upright, face, codes, lines }
}

/// The sheet's corners, turned so that its longer side lies as the face's does. A scanner's picture
/// may be the sheet to its edges, with no ground to tell it from.
fn sheet(picture: &Picture, ratio: f32) -> Option<Quad> {
    let long = ratio.max(1.0 / ratio);
    let off = |quad: &Quad| {
        let (w, h) = quad.size();
        let its = w.max(h) / w.min(h).max(1.0);
        (its / long).max(long / its)
    };
    let (w, h) = (picture.luma.width as f32, picture.luma.height as f32);
    let whole = Quad([(0.0, 0.0), (w, 0.0), (w, h), (0.0, h)]);
    let quad = match outline::find(picture, &[long]) {
        Some(found) if found.firm || off(&whole) > SAME_SHAPE => found.quad,
        _ if off(&whole) <= SAME_SHAPE => whole,
        _ => return None,
    };
    let (width, height) = quad.size();
    Some(if (width > height) == (ratio > 1.0) { quad } else { quad.turned(1) })
}

fn straight(picture: &Picture, quad: &Quad, ratio: f32) -> Luma {
    let width = quad.size().0.clamp(WIDTH.0, WIDTH.1);
    let height = (width / ratio.max(0.05)).clamp(1.0, 2.0 * WIDTH.1);
    match Homography::new(quad) {
        Some(map) => cut(&picture.luma, &map, &search::WHOLE, width as usize, height as usize),
        None => picture.luma.clone(),
    }
}

/// A content, and begin and end of its code in pixels of what was looked at, if known. A QR code's are
/// its upper corners, or its upper right and lower left one.
type Found = (BarcodeFinding, Option<(Point, Point)>);

/// Codes lying or standing, the surest first. All that this file asks of the barcode readers.
fn look_for(luma: &Luma, symbologies: &[Symbology]) -> Vec<Found> {
    let wanted = Wanted { symbologies: symbologies.to_vec(), itf_lengths: Vec::new() };
    let (picture, overview) = (Picture::grey(luma.clone()), Overview::of(luma));
    let votes = everywhere(&picture, &overview, &wanted, |_| true, Level::Labour);
    votes.believed().into_iter().map(|found| (found.finding, found.ends)).collect()
}

/// Of two that overlap only the surer is believed.
fn codes_on(face: &Luma, symbologies: &[Symbology]) -> Vec<Found> {
    let mut kept: Vec<Found> = Vec::new();
    for found in look_for(face, symbologies) {
        let overlaps = |other: &Found| match (span(&found), span(other)) {
            (Some(a), Some(b)) => a.0 < b.2 && b.0 < a.2 && a.1 < b.3 && b.1 < a.3,
            _ => false,
        };
        if !kept.iter().any(overlaps) {
            kept.push(found);
        }
    }
    kept
}

/// Left, top, right and bottom of the square over a code's line.
fn span(found: &Found) -> Option<(f32, f32, f32, f32)> {
    let ((ax, ay), (bx, by)) = found.1?;
    let half = (ax - bx).hypot(ay - by) * 0.15;
    Some((ax.min(bx) - half, ay.min(by) - half, ax.max(bx) + half, ay.max(by) + half))
}

/// Whether the codes run from left to right; `None` if they stand, or don't agree.
fn direction(found: &[Found]) -> Option<bool> {
    let forward: Vec<bool> = found
        .iter()
        .filter_map(|(finding, ends)| {
            let ((ax, ay), (bx, by)) = (*ends)?;
            let lies = (bx - ax).abs() > 2.0 * (by - ay).abs();
            let slants = (bx - ax).abs() > 0.5 * (by - ay).abs();
            match finding.symbology {
                // Its corners look alike from two sides.
                Symbology::DataMatrix => None,
                Symbology::QrCode if slants && !lies => Some(bx < ax),
                _ => lies.then_some(bx > ax),
            }
        })
        .collect();
    let first = forward.first().copied()?;
    forward.iter().all(|it| *it == first).then_some(first)
}

fn boxed(face: &Luma, found: Vec<Found>, side: Side) -> Vec<Code> {
    let (w, h) = (face.width as f32, face.height as f32);
    let code = |(finding, ends): Found| {
        let square = matches!(finding.symbology, Symbology::QrCode | Symbology::DataMatrix);
        let bounds = match ends {
            _ if square => square_bounds(face, &finding, ends),
            Some((a, b)) => bars_bounds(face, a, b),
            None => None,
        };
        let area = bounds.map(|(left, top, right, bottom)| {
            let (left, top) = (left as f32 / w, top as f32 / h);
            Area { side, x: left, y: top, w: right as f32 / w - left, h: bottom as f32 / h - top }
        });
        Code { finding, area }
    };
    found.into_iter().map(code).collect()
}

/// Left, top, and the first pixels outside at the right and below.
type Bounds = (usize, usize, usize, usize);

/// The bars that a line from `a` to `b` crossed.
fn bars_bounds(face: &Luma, a: Point, b: Point) -> Option<Bounds> {
    if (b.1 - a.1).abs() > (b.0 - a.0).abs() {
        // Bars on their side: the same with x and y changed.
        let data = (0..face.width)
            .flat_map(|x| (0..face.height).map(move |y| face.data[y * face.width + x]))
            .collect();
        let turned = Luma { width: face.height, height: face.width, data };
        let (left, top, right, bottom) = bars_bounds(&turned, (a.1, a.0), (b.1, b.0))?;
        return Some((top, left, bottom, right));
    }
    let from = a.0.min(b.0).max(0.0) as usize;
    let until = (a.0.max(b.0) as usize + 1).min(face.width);
    let y = ((a.1 + b.1) / 2.0) as usize;
    // The line may have crossed the bars at their very end, so others beside it are tried too.
    let step = face.height / 80 + 1;
    let rows = (0..9).filter_map(|no| (y + no * step).checked_sub(4 * step));
    rows.filter_map(|y| bars_at(face, y, from..until)).max_by_key(|it| it.3 - it.1)
}

/// From black to white and back in the shortest code: EAN-8 has 22 bars.
const LEAST_CHANGES: usize = 20;

/// The bars round one row, of which the columns `within` are inside.
fn bars_at(face: &Luma, y: usize, within: std::ops::Range<usize>) -> Option<Bounds> {
    let line = black(face, y)?;
    let inside = line.get(within.clone())?;
    // Print beside the bars has few changes, or fills only a part.
    let changes = |line: &[bool]| line.windows(2).filter(|pair| pair[0] != pair[1]).count();
    if changes(inside) < LEAST_CHANGES {
        return None;
    }
    let from = within.start + inside.iter().position(|black| *black)?;
    let until = within.start + inside.iter().rposition(|black| *black)? + 1;
    if (until - from) * 4 < within.len() * 3 {
        return None;
    }
    let inside = line.get(from..until)?;
    // The code ends where it is white for longer than it ever is inside.
    let widest = inside.split(|black| *black).map(<[bool]>::len).max().unwrap_or(0) * 13 / 10 + 2;
    let left = from - reach(line[..from].iter().rev(), widest);
    let right = until + reach(line[until..].iter(), widest);
    let same = |row: usize| {
        let other = black(face, row).unwrap_or_default();
        let pairs = other.get(from..until).unwrap_or(&[]).iter().zip(inside);
        pairs.filter(|(one, two)| one == two).count() * 10 >= inside.len() * 8
    };
    // A speck may hide a row or two.
    let mut top = y;
    while top > 0 && (1..=3).any(|up| top >= up && same(top - up)) {
        top -= 1;
    }
    let mut bottom = y + 1;
    while bottom < face.height && (0..3).any(|down| same(bottom + down)) {
        bottom += 1;
    }
    Some((left, top, right, bottom))
}

/// Black and white of a row, by half of what is darkest and lightest within a barcode's reach.
fn black(face: &Luma, y: usize) -> Option<Vec<bool>> {
    let row = face.row(y);
    let reach = face.width / 24 + 1;
    if row.is_empty() {
        return None;
    }
    let mut black = Vec::with_capacity(row.len());
    for (x, value) in row.iter().enumerate() {
        let near = &row[x.saturating_sub(reach)..(x + reach).min(row.len())];
        let low = near.iter().min().copied().unwrap_or(0);
        let high = near.iter().max().copied().unwrap_or(0);
        let middle = u16::midpoint(u16::from(low), u16::from(high));
        black.push(high - low > 30 && u16::from(*value) < middle);
    }
    Some(black)
}

/// How far black goes on before it is white for `gap`.
fn reach<'a>(line: impl Iterator<Item = &'a bool>, gap: usize) -> usize {
    let mut last = 0;
    for (at, black) in line.enumerate() {
        if *black {
            last = at + 1;
        } else if at + 1 - last > gap {
            break;
        }
    }
    last
}

/// The smallest part of the face in which a square code is still read, found side by side by halving:
/// readers tell some of its corners, and not all the same ones.
fn square_bounds(
    face: &Luma,
    finding: &BarcodeFinding,
    ends: Option<(Point, Point)>,
) -> Option<Bounds> {
    let read = |[left, top, right, bottom]: [usize; 4]| {
        left < right && top < bottom && {
            let part = face.crop(left, top, right - left, bottom - top);
            look_for(&part, &[finding.symbology]).iter().any(|(it, _)| it == finding)
        }
    };
    let whole = [0, 0, face.width, face.height];
    // Corners at its two ends are at most a diagonal away from any other.
    let near = ends.map(|((ax, ay), (bx, by))| {
        let (x, y) = ((ax + bx) / 2.0, (ay + by) / 2.0);
        let reach = 1.5 * (ax - bx).hypot(ay - by) + 8.0;
        let least = |at: f32| (at - reach).max(0.0) as usize;
        let most = |at: f32, end: usize| ((at + reach).max(0.0) as usize).min(end);
        [least(x), least(y), most(x, face.width), most(y, face.height)]
    });
    let mut bounds = near.into_iter().chain([whole]).find(|it| read(*it))?;
    for side in 0..4 {
        let (mut good, mut bad) = (bounds[side], bounds[(side + 2) % 4]);
        while good.abs_diff(bad) > face.width / 300 + 1 {
            let middle = usize::midpoint(good, bad);
            let mut tried = bounds;
            tried[side] = middle;
            if read(tried) { good = middle } else { bad = middle }
        }
        bounds[side] = good;
    }
    let [left, top, right, bottom] = bounds;
    Some((left, top, right, bottom))
}

/// Lines of print beside the codes, read where they can be.
fn read_lines(face: &Luma, codes: &[Code], side: Side, read_line: ReadLine<'_>) -> Vec<TextLine> {
    let (w, h) = (face.width as f32, face.height as f32);
    let apart = |area: &Area| {
        let over = |code: &Area| {
            let x = (area.x + area.w).min(code.x + code.w) - area.x.max(code.x);
            let y = (area.y + area.h).min(code.y + code.h) - area.y.max(code.y);
            x > 0.0 && y > 0.3 * area.h
        };
        !codes.iter().filter_map(|code| code.area.as_ref()).any(over)
    };
    text_lines(face, side)
        .into_iter()
        .filter(|(area, _)| apart(area))
        .map(|(area, marks)| {
            // A rim of a quarter of the height, as round a number's box.
            let rim = 0.25 * area.h * h;
            let (x, y) = ((area.x * w - rim).max(0.0), (area.y * h - rim).max(0.0));
            let (right, bottom) = ((area.x + area.w) * w + rim, (area.y + area.h) * h + rim);
            let size = ((right - x) as usize, (bottom - y) as usize);
            let crop = face.crop(x as usize, y as usize, size.0, size.1);
            TextLine { area, marks, text: read_line(&crop) }
        })
        .collect()
}

/// Characters that were read, each as sure as its line.
fn legible(lines: &[TextLine]) -> f32 {
    let read = lines.iter().filter_map(|line| line.text.as_ref());
    read.map(|(text, sure)| text.chars().count() as f32 * sure).sum()
}

#[cfg(test)]
#[path = "survey_tests.rs"]
mod tests;

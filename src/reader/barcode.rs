//! Black and white to contents: the only file that names rxing.

use super::bars;
use super::geometry::{Line, distance};
use super::straighten::sample;
use super::{Point, Quad};
use crate::picture::Luma;
use crate::voucher::{BarcodeFinding, Symbology};
use rxing::common::{BitArray, GlobalHistogramBinarizer, HybridBinarizer};
use rxing::oned::{MultiFormatOneDReader, OneDReader};
use rxing::{
    BarcodeFormat, BinaryBitmap, DecodeHints, Luma8Source, MultiFormatReader, RXingResult, Reader,
};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What is looked for.
pub(super) struct Wanted {
    pub symbologies: Vec<Symbology>,
    /// Exact lengths of ITF contents; empty means the usual 6 to 14 and longer.
    pub itf_lengths: Vec<u32>,
}

/// A content, how many lines said it, and where it was.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub finding: BarcodeFinding,
    pub votes: usize,
    /// Begin and end of the code in the coordinates of what was scanned; for squares top left and top right.
    pub ends: Option<(Point, Point)>,
}

impl Found {
    /// Whether another content stands so far away that it is another code.
    fn elsewhere(&self, other: &Found) -> bool {
        let (Some((a, b)), Some((c, d))) = (self.ends, other.ends) else {
            return false;
        };
        let apart = distance(
            ((a.0 + b.0) / 2.0, (a.1 + b.1) / 2.0),
            ((c.0 + d.0) / 2.0, (c.1 + d.1) / 2.0),
        );
        apart > 0.6 * distance(a, b).max(distance(c, d))
    }
}

/// Contents with their votes.
#[derive(Default, Debug)]
pub(super) struct Votes(pub Vec<Found>);

impl Votes {
    pub fn add(&mut self, found: Found) {
        match self.0.iter_mut().find(|old| old.finding == found.finding) {
            Some(old) => old.votes += found.votes,
            None => self.0.push(found),
        }
    }

    /// Contents that may be believed, most votes first. ITF and Codabar have no check of their own, so
    /// one line is never enough, and a line of the same code that said something else weighs against them.
    pub fn believed(&self) -> Vec<Found> {
        let mut believed: Vec<Found> = self
            .0
            .iter()
            .filter(|found| {
                let against: usize = self
                    .0
                    .iter()
                    .filter(|other| {
                        other.finding.symbology == found.finding.symbology
                            && other.finding.text != found.finding.text
                            && !found.elsewhere(other)
                    })
                    .map(|other| other.votes)
                    .max()
                    .unwrap_or(0);
                match found.finding.symbology {
                    Symbology::QrCode | Symbology::DataMatrix => true,
                    Symbology::Code128 => found.votes >= 2 || against == 0,
                    Symbology::Codabar | Symbology::Itf => {
                        found.votes >= 2 && found.votes > 3 * against
                    }
                    Symbology::Code39 => found.votes >= 2 && found.votes > against,
                    // Their check digit lets one misread in ten pass.
                    Symbology::Ean8 | Symbology::Ean13 => {
                        found.votes >= 3 && found.votes > 2 * against
                    }
                }
            })
            .cloned()
            .collect();
        believed.sort_by_key(|found| std::cmp::Reverse(found.votes));
        believed
    }
}

impl Wanted {
    pub fn linear(&self) -> bool {
        self.symbologies.iter().any(|s| !square(*s))
    }

    pub fn squares(&self) -> bool {
        self.symbologies.iter().any(|s| square(*s))
    }

    fn hints(&self, squares: bool) -> DecodeHints {
        let formats = self
            .symbologies
            .iter()
            .filter(|s| square(**s) == squares)
            .map(|s| format_of(*s))
            .collect();
        let mut hints = DecodeHints {
            PossibleFormats: Some(formats),
            ReturnCodabarStartEnd: Some(true),
            ..DecodeHints::default()
        };
        if !self.itf_lengths.is_empty() {
            hints.AllowedLengths = Some(self.itf_lengths.clone());
        }
        hints
    }
}

fn square(symbology: Symbology) -> bool {
    matches!(symbology, Symbology::QrCode | Symbology::DataMatrix)
}

fn format_of(symbology: Symbology) -> BarcodeFormat {
    match symbology {
        Symbology::Codabar => BarcodeFormat::CODABAR,
        Symbology::Code128 => BarcodeFormat::CODE_128,
        Symbology::Code39 => BarcodeFormat::CODE_39,
        Symbology::Itf => BarcodeFormat::ITF,
        Symbology::Ean13 => BarcodeFormat::EAN_13,
        Symbology::Ean8 => BarcodeFormat::EAN_8,
        Symbology::QrCode => BarcodeFormat::QR_CODE,
        Symbology::DataMatrix => BarcodeFormat::DATA_MATRIX,
    }
}

/// A reader of lines; made once, because its hints are not free.
pub(super) struct Lines {
    reader: MultiFormatOneDReader,
    hints: DecodeHints,
    itf_lengths: Vec<u32>,
    codabar: bool,
}

/// What one line said, with begin and end as sample positions along it.
type LineRead = (BarcodeFinding, f32, f32);

impl Lines {
    /// `None` if no linear symbology is wanted.
    pub fn new(wanted: &Wanted) -> Option<Lines> {
        wanted.linear().then(|| {
            let hints = wanted.hints(false);
            Lines {
                reader: MultiFormatOneDReader::new(&hints),
                hints,
                itf_lengths: wanted.itf_lengths.clone(),
                codabar: wanted.symbologies.contains(&Symbology::Codabar),
            }
        })
    }

    /// Reads greys along a line from its begin to its end; plain first, then sharpened.
    pub fn read(&mut self, profile: &[f32]) -> Option<LineRead> {
        [false, true].into_iter().find_map(|sharpen| self.read_bits(&bars::bits(profile, sharpen)?))
    }

    /// The same in both directions: `true` if the code runs from the line's end to its begin.
    fn read_both(&mut self, profile: &[f32]) -> Option<(LineRead, bool)> {
        [false, true].into_iter().find_map(|sharpen| {
            let mut bits = bars::bits(profile, sharpen)?;
            if let Some(read) = self.read_bits(&bits) {
                return Some((read, false));
            }
            bits.reverse();
            Some((self.read_bits(&bits)?, true))
        })
    }

    /// Piece by piece: the readers give up at text that stands before a code.
    fn read_bits(&mut self, bits: &[bool]) -> Option<LineRead> {
        bars::pieces(bits).into_iter().find_map(|piece| {
            let from = piece.start as f32;
            let (finding, begin, end) = self.read_piece(&bits[piece])?;
            Some((finding, begin + from, end + from))
        })
    }

    fn read_piece(&mut self, bits: &[bool]) -> Option<LineRead> {
        // White before and after, as every symbology wants.
        let pad = bits.len() / 8 + 8;
        let mut row = BitArray::with_size(bits.len() + 2 * pad);
        for (i, _) in bits.iter().enumerate().filter(|(_, black)| **black) {
            row.set(i + pad);
        }
        let answer =
            catch_unwind(AssertUnwindSafe(|| self.reader.decode_row(0, &row, &self.hints)));
        let result = answer.ok()?.ok()?;
        let finding = self.finding(&result)?;
        let mut xs = result.getPoints().iter().map(|p| p.x - pad as f32);
        let (a, b) = (xs.next()?, xs.next()?);
        Some((finding, a.min(b), a.max(b)))
    }

    fn finding(&self, result: &RXingResult) -> Option<BarcodeFinding> {
        let finding = finding(result)?;
        let fits = match finding.symbology {
            // rxing lets longer ITF contents than the allowed ones pass.
            Symbology::Itf => {
                self.itf_lengths.is_empty()
                    || self.itf_lengths.contains(&(finding.text.len() as u32))
            }
            Symbology::Codabar => self.codabar && finding.text.len() >= 5,
            _ => true,
        };
        fits.then_some(finding)
    }
}

/// The content as text that can be shown; `None` for formats that nobody asked for.
fn finding(result: &RXingResult) -> Option<BarcodeFinding> {
    let symbology =
        Symbology::ALL.into_iter().find(|s| format_of(*s) == *result.getBarcodeFormat())?;
    let text = match symbology {
        Symbology::Codabar => codabar_text(result.getText())?,
        _ => result.getText().to_owned(),
    };
    (!text.is_empty()).then_some(BarcodeFinding { symbology, text })
}

/// rxing gives Codabar with start and stop as positions in its alphabet.
fn codabar_text(indices: &str) -> Option<String> {
    const ALPHABET: &[u8; 20] = b"0123456789-$:/.+ABCD";
    indices.chars().map(|c| ALPHABET.get(c as usize).map(|byte| char::from(*byte))).collect()
}

/// Reads a straightened box (left to right) as `strips` strips, each the mean of its rows: one vote each.
pub(super) fn read_strips(lines: &mut Lines, part: &Luma, strips: usize) -> Votes {
    let mut votes = Votes::default();
    let rows = part.height / strips.max(1);
    if rows == 0 {
        return votes;
    }
    for strip in 0..strips {
        let profile = mean_rows(part, strip * rows, rows);
        if let Some((finding, begin, end)) = lines.read(&profile) {
            let y = (strip * rows) as f32 + rows as f32 / 2.0;
            votes.add(Found { finding, votes: 1, ends: Some(((begin, y), (end, y))) });
        }
    }
    votes
}

/// Column means of `rows` rows from `top` on.
pub(super) fn mean_rows(part: &Luma, top: usize, rows: usize) -> Vec<f32> {
    let mut sums = vec![0.0f32; part.width];
    for y in top..top + rows {
        for (sum, value) in sums.iter_mut().zip(part.row(y)) {
            *sum += f32::from(*value);
        }
    }
    for sum in &mut sums {
        *sum /= rows.max(1) as f32;
    }
    sums
}

/// Lines across a quad at one angle, in both directions. `step` is the distance of lines in pixels;
/// positions are those of the picture.
pub(super) fn scan(
    lines: &mut Lines,
    luma: &Luma,
    within: &Quad,
    degrees: f32,
    step: f32,
    votes: &mut Votes,
) {
    let angle = degrees.to_radians();
    let (dx, dy) = (angle.cos(), angle.sin());
    let across = (-dy, dx);
    let offsets = within.0.map(|p| p.0 * across.0 + p.1 * across.1);
    let (low, high) =
        offsets.iter().fold((f32::MAX, f32::MIN), |(low, high), v| (low.min(*v), high.max(*v)));
    let count = (((high - low) / step) as usize).min(400);
    for i in 0..count {
        let offset = low + (i as f32 + 0.5) * (high - low) / count as f32;
        let Some((a, b)) = chord(within, (dx, dy), offset) else {
            continue;
        };
        let profile = along(luma, a, b, across);
        let n = profile.len() as f32;
        let at = |s: f32| (a.0 + (b.0 - a.0) * s / n, a.1 + (b.1 - a.1) * s / n);
        if let Some(((finding, begin, end), backwards)) = lines.read_both(&profile) {
            let ends = if backwards { (at(n - begin), at(n - end)) } else { (at(begin), at(end)) };
            votes.add(Found { finding, votes: 1, ends: Some(ends) });
        }
    }
}

/// Where a line of this direction and offset enters and leaves a convex quad.
pub(super) fn chord(quad: &Quad, way: (f32, f32), offset: f32) -> Option<(Point, Point)> {
    let line = Line { nx: -way.1, ny: way.0, d: offset };
    let mut ends: Vec<(f32, Point)> = Vec::with_capacity(4);
    for i in 0..4 {
        let (a, b) = (quad.0[i], quad.0[(i + 1) % 4]);
        let (da, db) = (line.distance(a), line.distance(b));
        if (da < 0.0) != (db < 0.0) {
            let t = da / (da - db);
            let p = (a.0 + t * (b.0 - a.0), a.1 + t * (b.1 - a.1));
            ends.push((p.0 * way.0 + p.1 * way.1, p));
        }
    }
    let first = ends.iter().min_by(|a, b| a.0.total_cmp(&b.0))?;
    let last = ends.iter().max_by(|a, b| a.0.total_cmp(&b.0))?;
    (last.0 - first.0 > 60.0).then_some((first.1, last.1))
}

/// Greys from `a` to `b`, about 1.5 samples a pixel, each the mean of three side by side.
fn along(luma: &Luma, a: Point, b: Point, across: (f32, f32)) -> Vec<f32> {
    let n = ((distance(a, b) * 1.5) as usize).clamp(2, 6000);
    let (dx, dy) = ((b.0 - a.0) / n as f32, (b.1 - a.1) / n as f32);
    (0..n)
        .map(|i| {
            let (x, y) = (a.0 + (i as f32 + 0.5) * dx, a.1 + (i as f32 + 0.5) * dy);
            let side = |s: f32| f32::from(sample(luma, x + s * across.0, y + s * across.1));
            (side(-1.0) + side(0.0) + side(1.0)) / 3.0
        })
        .collect()
}

/// Looks for square codes, any way up. Positions are those of `luma`.
pub(super) fn read_squares(luma: &Luma, wanted: &Wanted, harder: bool) -> Votes {
    let mut votes = Votes::default();
    if !wanted.squares() || luma.width < 20 || luma.height < 20 {
        return votes;
    }
    let mut hints = wanted.hints(true);
    hints.TryHarder = Some(harder);
    let (Ok(width), Ok(height)) = (u32::try_from(luma.width), u32::try_from(luma.height)) else {
        return votes;
    };
    for hybrid in [true, false] {
        let answer = catch_unwind(AssertUnwindSafe(|| {
            let source = Luma8Source::new_with_slice(&luma.data, width, height).ok()?;
            let mut reader = MultiFormatReader::default();
            if hybrid {
                let mut bitmap = BinaryBitmap::new(HybridBinarizer::new(source));
                reader.decode_with_hints(&mut bitmap, &hints).ok()
            } else {
                let mut bitmap = BinaryBitmap::new(GlobalHistogramBinarizer::new(source));
                reader.decode_with_hints(&mut bitmap, &hints).ok()
            }
        }));
        let Ok(Some(result)) = answer else {
            continue;
        };
        let Some(finding) = finding(&result) else {
            continue;
        };
        let points: Vec<Point> = result.getPoints().iter().map(|p| (p.x, p.y)).collect();
        // A QR code's points are bottom left, top left, top right.
        let ends = match (finding.symbology, points.as_slice()) {
            (Symbology::QrCode, [_, left, right, ..]) => Some((*left, *right)),
            _ => None,
        };
        votes.add(Found { finding, votes: 1, ends });
        break;
    }
    votes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codabar_is_mapped_to_its_letters() {
        assert_eq!(codabar_text("\x10\x01\x02\x11").as_deref(), Some("A12B"));
        assert_eq!(codabar_text("\x7f"), None);
    }

    fn found(symbology: Symbology, text: &str, votes: usize) -> Found {
        Found { finding: BarcodeFinding { symbology, text: text.to_owned() }, votes, ends: None }
    }

    #[test]
    fn one_line_of_itf_or_codabar_is_never_believed() {
        for symbology in [Symbology::Itf, Symbology::Codabar] {
            let mut votes = Votes::default();
            votes.add(found(symbology, "1234567890", 1));
            assert!(votes.believed().is_empty());
            votes.add(found(symbology, "1234567890", 1));
            assert_eq!(votes.believed().len(), 1);
            votes.add(found(symbology, "1234567899", 1));
            assert!(votes.believed().is_empty());
        }
    }
}

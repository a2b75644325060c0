//! Barcodes that rxing reads, QR codes and Data Matrix: pixels to black and white in several ways, then its
//! detectors. The only file that names it; linear codes are read by [`super::linear`].

use super::geometry::Homography;
use super::parts::Part;
use super::straighten::{FaceBox, cut};
use super::votes::{Found, Wanted};
use super::{Point, Quad};
use crate::picture::Luma;
use crate::voucher::{BarcodeFinding, Symbology};
use rxing::common::{BitMatrix, DetectorRXingResult, GlobalHistogramBinarizer, HybridBinarizer};
use rxing::datamatrix::DataMatrixReader;
use rxing::qrcode::QRCodeReader;
use rxing::qrcode::cpp_port::decoder::Decode;
use rxing::qrcode::cpp_port::detector::{FindFinderPatterns, GenerateFinderPatternSets, SampleQR};
use rxing::{
    BinaryBitmap, DecodeHints, Luma8Source, RXingResult, RXingResultMetadataType,
    RXingResultMetadataValue, Reader,
};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// How much is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effort {
    /// One way to black and white.
    Quick,
    /// All of them, and white on black.
    All,
}

/// Square codes, any way up. Positions are those of `luma`.
pub(super) fn read(luma: &Luma, wanted: &Wanted, effort: Effort) -> Vec<Found> {
    if luma.width < 12 || luma.height < 12 || luma.data.len() != luma.width * luma.height {
        return Vec::new();
    }
    let mut found = Vec::new();
    if wanted.symbologies.contains(&Symbology::QrCode) {
        found = qr(luma, effort);
    }
    if found.is_empty() && wanted.symbologies.contains(&Symbology::DataMatrix) {
        found.extend(data_matrix(luma, effort));
    }
    found
}

/// A threshold for each pixel.
#[derive(Clone, Copy)]
enum Threshold {
    /// Half way between the darkest and the lightest of the blocks nearby, so many pixels wide.
    Nearby(usize),
    /// The same for all pixels.
    Everywhere,
}

fn qr(luma: &Luma, effort: Effort) -> Vec<Found> {
    let block = |luma: &Luma| (luma.width.max(luma.height) / 40).clamp(4, 12);
    let near = block(luma);
    let found = qr_by(luma, Threshold::Nearby(near), false, effort);
    if !found.is_empty() || effort == Effort::Quick {
        return found;
    }
    // Modules of a pixel or two are made larger; dots and a screen's pattern run together.
    let side = luma.width.max(luma.height);
    let smoother = smooth(luma);
    let larger = (side < 500).then(|| {
        resized(if side < 150 { luma } else { &smoother }, if side < 150 { 4.0 } else { 2.0 })
    });
    let threshold = |luma: &Luma| Threshold::Nearby(block(luma));
    let tries = [
        (Some(luma), Threshold::Everywhere, false),
        (Some(luma), Threshold::Nearby(2 * near), false),
        (larger.as_ref(), larger.as_ref().map_or(Threshold::Everywhere, threshold), false),
        (Some(&smoother), threshold(&smoother), false),
        (Some(luma), Threshold::Nearby(near), true),
    ];
    for (luma, threshold, inverted) in tries {
        let Some(luma) = luma else {
            continue;
        };
        let mut found = qr_by(luma, threshold, inverted, effort);
        if !found.is_empty() {
            let scale = side as f32 / luma.width.max(luma.height) as f32;
            for one in &mut found {
                let back = |p: Point| (p.0 * scale, p.1 * scale);
                one.ends = one.ends.map(|(a, b)| (back(a), back(b)));
            }
            return found;
        }
    }
    qr_otherwise(luma).or_else(|| qr_otherwise(&smoother)).into_iter().collect()
}

/// Larger or smaller, between pixels.
fn resized(luma: &Luma, scale: f32) -> Luma {
    let (width, height) = (luma.width as f32, luma.height as f32);
    let size = ((width * scale) as usize, (height * scale) as usize);
    let whole = Quad([(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)]);
    match Homography::new(&whole) {
        Some(map) => cut(luma, &map, &FaceBox { x: 0.0, y: 0.0, w: 1.0, h: 1.0 }, size.0, size.1),
        None => luma.clone(),
    }
}

/// Means of nine neighbours; the rim stays.
fn smooth(luma: &Luma) -> Luma {
    let mut smooth = luma.clone();
    let width = luma.width;
    for y in 1..luma.height.saturating_sub(1) {
        let rows = [luma.row(y - 1), luma.row(y), luma.row(y + 1)];
        for x in 1..width.saturating_sub(1) {
            let sum: u32 =
                rows.iter().flat_map(|row| &row[x - 1..x + 2]).map(|grey| u32::from(*grey)).sum();
            smooth.data[y * width + x] = (sum / 9) as u8;
        }
    }
    smooth
}

/// QR codes of one kind of black and white.
fn qr_by(luma: &Luma, threshold: Threshold, inverted: bool, effort: Effort) -> Vec<Found> {
    let Some(black) = black(luma, threshold, inverted) else {
        return Vec::new();
    };
    // rxing's detector may panic on odd pictures, as its own words say.
    let codes = |harder: bool| {
        catch_unwind(AssertUnwindSafe(|| qr_codes(&black, harder))).unwrap_or_default()
    };
    let found = codes(false);
    if found.is_empty() && effort == Effort::All { codes(true) } else { found }
}

/// rxing's other detector, which is older and finds some that the first does not.
fn qr_otherwise(luma: &Luma) -> Option<Found> {
    let (width, height) = (u32::try_from(luma.width).ok()?, u32::try_from(luma.height).ok()?);
    let hints = DecodeHints { TryHarder: Some(true), ..DecodeHints::default() };
    let result = catch_unwind(AssertUnwindSafe(|| {
        let source = Luma8Source::new_with_slice(&luma.data, width, height).ok()?;
        let mut bitmap = BinaryBitmap::new(HybridBinarizer::new(source));
        QRCodeReader.decode_with_hints(&mut bitmap, &hints).ok()
    }));
    let result = result.ok().flatten()?;
    let points: Vec<Point> = result.getPoints().iter().map(|p| (p.x, p.y)).collect();
    // Bottom left, top left, top right.
    let ends = points.get(1).copied().zip(points.get(2).copied());
    let text = result.getText().to_owned();
    let finding = BarcodeFinding { symbology: Symbology::QrCode, text };
    let part = qr_part(&result);
    (!finding.text.is_empty()).then(|| Found { part, ..Found::new(finding, ends) })
}

/// The older detector's words for a part: place and number of parts less one in four bits each, and the parity.
fn qr_part(result: &RXingResult) -> Option<Part> {
    let told = result.getRXingResultMetadata();
    let RXingResultMetadataValue::StructuredAppendSequence(sequence) =
        told.get(&RXingResultMetadataType::STRUCTURED_APPEND_SEQUENCE)?
    else {
        return None;
    };
    let whole = match told.get(&RXingResultMetadataType::STRUCTURED_APPEND_PARITY) {
        Some(RXingResultMetadataValue::StructuredAppendParity(parity)) => *parity,
        _ => 0,
    };
    let (at, of) = (i64::from(sequence >> 4), i64::from(sequence & 15) + 1);
    Some(Part::new(at, of, u16::try_from(whole).unwrap_or_default()))
}

/// rxing reads a part's place and drops it, so it is taken from the code words: 233 stands before it.
fn data_matrix_part(words: &[u8]) -> Option<Part> {
    let [233, place, mark @ ..] = words else { return None };
    let whole = mark.first_chunk().map_or(0, |mark| u16::from_be_bytes(*mark));
    Some(Part::new(i64::from(place >> 4), 17 - i64::from(place & 15), whole))
}

/// Every QR code on a black and white picture; `harder` looks at every row for its corners.
fn qr_codes(black: &BitMatrix, harder: bool) -> Vec<Found> {
    // Time is bounded on noise: the likeliest come first.
    const SETS: usize = 60;
    let mut patterns = FindFinderPatterns(black, harder, 0);
    let sets = GenerateFinderPatternSets(&mut patterns);
    let mut used = Vec::new();
    let mut found = Vec::new();
    for set in sets.into_iter().take(SETS) {
        let corners = [set.bl, set.tl, set.tr];
        if corners.iter().any(|corner| used.contains(corner)) {
            continue;
        }
        let Ok(sampled) = SampleQR(black, &set) else {
            continue;
        };
        let Ok(decoded) = Decode(sampled.getBits()) else {
            continue;
        };
        let text = decoded.text();
        if decoded.isValid() && !text.is_empty() {
            used.extend(corners);
            let ends = ((set.tl.p.x, set.tl.p.y), (set.tr.p.x, set.tr.p.y));
            let finding = BarcodeFinding { symbology: Symbology::QrCode, text };
            let part = decoded.structuredAppend();
            let part = (part.index >= 0).then(|| {
                Part::new(part.index.into(), part.count.into(), part.id.parse().unwrap_or_default())
            });
            found.push(Found { part, ..Found::new(finding, Some(ends)) });
        }
    }
    found
}

/// Black and white, one way. `None` where there is no contrast or rxing wants no such size.
fn black(luma: &Luma, threshold: Threshold, inverted: bool) -> Option<BitMatrix> {
    let (width, height) = (luma.width, luma.height);
    let mut black = BitMatrix::new(u32::try_from(width).ok()?, u32::try_from(height).ok()?).ok()?;
    match threshold {
        Threshold::Everywhere => {
            let limit = middle(luma)?;
            for y in 0..height {
                for (x, grey) in luma.row(y).iter().enumerate() {
                    if (*grey < limit) != inverted {
                        black.set(x as u32, y as u32);
                    }
                }
            }
        }
        Threshold::Nearby(block) => {
            let (across, limits) = nearby(luma, block, inverted);
            for y in 0..height {
                let limits = &limits[y / block * across..(y / block + 1) * across];
                let cells = luma.row(y).chunks(block).zip(limits);
                for (i, (cell, limit)) in cells.enumerate() {
                    for (x, grey) in cell.iter().enumerate() {
                        if (i16::from(*grey) < *limit) != inverted {
                            black.set((i * block + x) as u32, y as u32);
                        }
                    }
                }
            }
        }
    }
    Some(black)
}

/// Blocks a row, and for each block the limit below which it is black. Where there is no contrast all is
/// ground.
fn nearby(luma: &Luma, block: usize, inverted: bool) -> (usize, Vec<i16>) {
    const REACH: usize = 2;
    let (across, down) = (luma.width.div_ceil(block), luma.height.div_ceil(block));
    let mut range = vec![(u8::MAX, u8::MIN); across * down];
    for y in 0..luma.height {
        let row = &mut range[y / block * across..(y / block + 1) * across];
        for (range, cell) in row.iter_mut().zip(luma.row(y).chunks(block)) {
            for grey in cell {
                *range = (range.0.min(*grey), range.1.max(*grey));
            }
        }
    }
    let wider = |range: &[(u8, u8)], near: &mut dyn Iterator<Item = usize>| {
        near.fold((u8::MAX, u8::MIN), |(low, high), i| (low.min(range[i].0), high.max(range[i].1)))
    };
    // First along the rows, then along the columns.
    let rows: Vec<(u8, u8)> = (0..across * down)
        .map(|i| {
            let (x, y) = (i % across, i / across);
            let near = x.saturating_sub(REACH)..(x + REACH + 1).min(across);
            wider(&range, &mut near.map(|x| y * across + x))
        })
        .collect();
    let limits = (0..across * down)
        .map(|i| {
            let (x, y) = (i % across, i / across);
            let near = y.saturating_sub(REACH)..(y + REACH + 1).min(down);
            let (low, high) = wider(&rows, &mut near.map(|y| y * across + x));
            if high.saturating_sub(low) >= 24 {
                (i16::from(low) + i16::from(high)) / 2
            } else if inverted {
                256
            } else {
                -1
            }
        })
        .collect();
    (across, limits)
}

/// Half way between dark and light, without the outermost.
fn middle(luma: &Luma) -> Option<u8> {
    let mut counts = [0usize; 256];
    for grey in &luma.data {
        counts[usize::from(*grey)] += 1;
    }
    let few = luma.data.len() / 50;
    let low = outermost(counts.iter(), few)?;
    let high = 255 - outermost(counts.iter().rev(), few)?;
    (high > low + 12).then(|| u8::try_from((low + high) / 2).ok()).flatten()
}

/// How many places it goes until more than `few` lie behind.
fn outermost<'a>(counts: impl Iterator<Item = &'a usize>, few: usize) -> Option<usize> {
    let mut sum = 0;
    counts.into_iter().position(|count| {
        sum += count;
        sum > few
    })
}

fn data_matrix(luma: &Luma, effort: Effort) -> Option<Found> {
    let (width, height) = (u32::try_from(luma.width).ok()?, u32::try_from(luma.height).ok()?);
    let hints = DecodeHints { TryHarder: Some(effort == Effort::All), ..DecodeHints::default() };
    let source = || Luma8Source::new_with_slice(&luma.data, width, height).ok();
    let hybrid = || -> Option<RXingResult> {
        let mut bitmap = BinaryBitmap::new(HybridBinarizer::new(source()?));
        DataMatrixReader.decode_with_hints(&mut bitmap, &hints).ok()
    };
    let global = || -> Option<RXingResult> {
        let mut bitmap = BinaryBitmap::new(GlobalHistogramBinarizer::new(source()?));
        DataMatrixReader.decode_with_hints(&mut bitmap, &hints).ok()
    };
    let caught =
        |way: &dyn Fn() -> Option<RXingResult>| catch_unwind(AssertUnwindSafe(way)).ok().flatten();
    let result = caught(&hybrid).or_else(|| caught(&global))?;
    let text = result.getText().to_owned();
    let points: Vec<Point> = result.getPoints().iter().map(|p| (p.x, p.y)).collect();
    let ends = points.first().copied().zip(points.last().copied());
    let finding = BarcodeFinding { symbology: Symbology::DataMatrix, text };
    let part = data_matrix_part(result.getRawBytes());
    (!finding.text.is_empty()).then(|| Found { part, ..Found::new(finding, ends) })
}

/// The bars of a code as rxing draws it, module by module, for tests.
#[cfg(test)]
pub(super) fn drawn_bars(symbology: Symbology, text: &str) -> Vec<bool> {
    use rxing::{BarcodeFormat, EncodeHints, MultiFormatWriter, Writer};
    let format = match symbology {
        Symbology::Code128 => BarcodeFormat::CODE_128,
        Symbology::Codabar => BarcodeFormat::CODABAR,
        Symbology::Code39 => BarcodeFormat::CODE_39,
        Symbology::Itf => BarcodeFormat::ITF,
        Symbology::Ean13 => BarcodeFormat::EAN_13,
        Symbology::Ean8 => BarcodeFormat::EAN_8,
        Symbology::QrCode | Symbology::DataMatrix => return Vec::new(),
    };
    let hints = EncodeHints::default();
    let matrix = MultiFormatWriter.encode_with_hints(text, &format, 0, 1, &hints).unwrap();
    let bits: Vec<bool> = (0..matrix.width()).map(|x| matrix.get(x, 0)).collect();
    let first = bits.iter().position(|bit| *bit).unwrap();
    let last = bits.iter().rposition(|bit| *bit).unwrap();
    bits[first..=last].to_vec()
}

/// A QR code that is the part `at` of `of`, drawn with modules of 6 pixels and white round it, for tests.
#[cfg(test)]
pub(super) fn drawn_part(text: &str, at: u32, of: u32, parity: u8) -> Luma {
    use rxing::common::BitArray;
    use rxing::common::cpp_essentials::ByteMatrix;
    use rxing::qrcode::common::{ErrorCorrectionLevel, Version};
    use rxing::qrcode::encoder::matrix_util::buildMatrix;
    use rxing::qrcode::encoder::qrcode_encoder::{interleaveWithECBytes, terminateBits};
    const MODULE: usize = 6;
    // Version 3, level M: 44 bytes of content and 26 that mend them, in one block.
    let mut bits = BitArray::new();
    let fields = [(0b0011, 4), (at, 4), (of - 1, 4), (u32::from(parity), 8)];
    let bytes = text.bytes().map(|byte| (u32::from(byte), 8));
    for (value, count) in
        fields.into_iter().chain([(0b0100, 4), (text.len() as u32, 8)]).chain(bytes)
    {
        bits.appendBits(value as _, count).unwrap();
    }
    terminateBits(44, &mut bits).unwrap();
    let bits = interleaveWithECBytes(&bits, 70, 44, 1).unwrap();
    let version = Version::getVersionForNumber(3).unwrap();
    let side = version.getDimensionForVersion();
    let mut matrix = ByteMatrix::new(side, side);
    buildMatrix(&bits, &ErrorCorrectionLevel::M, version, 2, &mut matrix).unwrap();
    let whole = (side as usize + 8) * MODULE;
    let grey = |at: usize| {
        let module = |at: usize| (at / MODULE).checked_sub(4).filter(|it| *it < side as usize);
        let dark = module(at % whole)
            .zip(module(at / whole))
            .is_some_and(|(x, y)| matrix.get(x as u32, y as u32) == 1);
        if dark { 15 } else { 245 }
    };
    Luma { width: whole, height: whole, data: (0..whole * whole).map(grey).collect() }
}

#[cfg(test)]
mod tests {
    use super::super::read_codes;
    use super::*;
    use crate::picture::Picture;

    const WHOLE: &str = "D2158028226-20261130XX";

    fn parity() -> u8 {
        WHOLE.bytes().fold(0, |sum, byte| sum ^ byte)
    }

    fn codes(luma: Luma) -> (Vec<String>, usize) {
        let codes = read_codes(&Picture::grey(luma), &[Symbology::QrCode]);
        (codes.whole.into_iter().map(|it| it.text).collect(), codes.parts.len())
    }

    #[test]
    fn a_part_of_a_qr_code_never_passes_for_the_whole() {
        let (begin, end) = WHOLE.split_at(11);
        let first = drawn_part(begin, 0, 2, parity());
        let second = drawn_part(end, 1, 2, parity());
        assert_eq!(codes(first.clone()), (vec![], 1));
        assert_eq!(codes(second.clone()), (vec![], 1));
        // Side by side they are one.
        let rows = (0..first.height).flat_map(|y| [first.row(y), second.row(y)].concat());
        let both = Luma { width: 2 * first.width, height: first.height, data: rows.collect() };
        assert_eq!(codes(both), (vec![WHOLE.to_owned()], 0));
        // Alone of one it is whole.
        let whole =
            codes(drawn_part("A6900602672", 0, 1, "A6900602672".bytes().fold(0, |a, b| a ^ b)));
        assert_eq!(whole, (vec!["A6900602672".to_owned()], 0));
    }
}

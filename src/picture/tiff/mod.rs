//! TIFF, as scanners write it: every order of bits and bytes, BigTIFF, strips and tiles, CCITT, LZW, Deflate, PackBits
//! and JPEG, 1 to 16 bits, both polarities, palettes, alpha. What is left out is told by its kind.

mod directory;
mod packed;
mod samples;

use super::decode::{DecodeError, Limits, Pixels, Stored, UnreadableKind};
use directory::{Directory, File, tag};
use image::metadata::Orientation;
use packed::{Block, Packing};
use samples::{Alpha, Meaning, Painter, Row};
use std::borrow::Cow;

pub(super) use directory::looks_like_tiff;

fn broken(why: &str) -> DecodeError {
    DecodeError::Broken(why.to_owned())
}

fn unreadable(what: String) -> DecodeError {
    DecodeError::Unreadable(UnreadableKind::TiffSamples, what)
}

/// The one page of a file.
pub(super) fn decode(bytes: &[u8], limits: &Limits) -> Result<Stored, DecodeError> {
    let directories = File::directories(bytes).ok_or_else(|| broken("it has no directory"))?;
    let mut pages = directories.iter().filter(|directory| directory.is_page());
    let page = pages.next().unwrap_or(&directories[0]);
    if pages.next().is_some() {
        let pages = "a TIFF of several pages".to_owned();
        return Err(DecodeError::Unreadable(UnreadableKind::SeveralPages, pages));
    }
    Page::of(page, limits)?.stored()
}

/// A page's tags, checked.
struct Page<'a> {
    directory: &'a Directory<'a>,
    width: usize,
    height: usize,
    packing: Packing,
    meaning: Meaning,
    alpha: Alpha,
    row: Row,
    /// Samples of a pixel.
    samples: usize,
    /// Each sample has strips of its own.
    planar: bool,
    predicted: bool,
    /// The bits of a byte stand the lowest first.
    reversed: bool,
    /// Width and height of a tile, or of a strip.
    block: (usize, usize),
    places: Vec<(usize, usize)>,
}

impl<'a> Page<'a> {
    fn of(directory: &'a Directory<'a>, limits: &Limits) -> Result<Page<'a>, DecodeError> {
        let number = |tag| directory.number(tag);
        let size = |tag| number(tag).and_then(|it| usize::try_from(it).ok()).filter(|it| *it > 0);
        let (Some(width), Some(height)) = (size(tag::WIDTH), size(tag::HEIGHT)) else {
            return Err(broken("it has no pixels"));
        };
        let pixels = width as u64 * height as u64;
        if width > u32::MAX as usize || height > u32::MAX as usize || pixels > limits.max_pixels {
            return Err(DecodeError::TooLarge(format!("{width}x{height} pixels")));
        }
        let packing = Packing::of(
            number(tag::COMPRESSION).unwrap_or(1),
            number(tag::T4_OPTIONS).unwrap_or(0),
        )?;
        let samples = size(tag::SAMPLES).unwrap_or(1);
        let bits = bits(directory, samples)?;
        let meaning = meaning(directory, packing, samples, bits)?;
        if packing.is_fax() && (bits, samples) != (1, 1) {
            return Err(broken("a fax has one bit a pixel"));
        }
        let alpha = match number(tag::EXTRA_SAMPLES).filter(|_| samples > meaning.samples()) {
            Some(1) => Alpha::Associated,
            Some(2) => Alpha::Unassociated,
            _ => Alpha::None,
        };
        let packs_differences = matches!(packing, Packing::Lzw | Packing::Deflate);
        let predicted = match number(tag::PREDICTOR).filter(|_| packs_differences) {
            None | Some(1) => false,
            Some(2) if bits == 8 || bits == 16 => true,
            Some(other) => return Err(unreadable(format!("TIFF predictor {other}, {bits} bits"))),
        };
        let tiled = directory.has(tag::TILE_OFFSETS);
        let block = if tiled {
            let side = |tag| size(tag).filter(|side| (8..=1 << 16).contains(side));
            match (side(tag::TILE_WIDTH), side(tag::TILE_HEIGHT)) {
                (Some(width), Some(height)) => (width, height),
                _ => return Err(broken("its tiles have no size")),
            }
        } else {
            (width, size(tag::ROWS_PER_STRIP).map_or(height, |rows| rows.min(height)))
        };
        let page = Page {
            directory,
            width,
            height,
            packing,
            meaning,
            alpha,
            row: Row { bits, little: directory.file.little },
            samples,
            planar: number(tag::PLANAR) == Some(2) && samples > 1,
            predicted,
            reversed: number(tag::FILL_ORDER) == Some(2) && packing != Packing::Jpeg,
            block,
            places: Vec::new(),
        };
        // A tile may be larger than the picture, but not without end.
        let block_bytes = page.block_row_bytes() as u64 * block.1 as u64;
        if block_bytes > limits.max_pixels.saturating_mul(8) {
            return Err(DecodeError::TooLarge(format!("tiles of {block_bytes} bytes")));
        }
        let places = page.places(tiled)?;
        Ok(Page { places, ..page })
    }

    /// Samples that stand side by side for a pixel of a block.
    fn together(&self) -> usize {
        if self.planar { 1 } else { self.samples }
    }

    fn block_row_bytes(&self) -> usize {
        (self.block.0 * self.together() * self.row.bits as usize).div_ceil(8)
    }

    /// Blocks across, and down.
    fn grid(&self) -> (usize, usize) {
        (self.width.div_ceil(self.block.0), self.height.div_ceil(self.block.1))
    }

    /// Where each block stands in the file, and its bytes.
    fn places(&self, tiled: bool) -> Result<Vec<(usize, usize)>, DecodeError> {
        let (offsets, lengths) = if tiled {
            (tag::TILE_OFFSETS, tag::TILE_BYTES)
        } else {
            (tag::STRIP_OFFSETS, tag::STRIP_BYTES)
        };
        let planes = if self.planar { self.samples } else { 1 };
        let (across, down) = self.grid();
        let wanted = across.saturating_mul(down).saturating_mul(planes);
        let all = self.directory.file.bytes.len();
        let whole = |value: u64| usize::try_from(value).unwrap_or(usize::MAX);
        let offsets = self.directory.numbers(offsets).map(whole);
        let places: Vec<(usize, usize)> = if wanted == 1 && !self.directory.has(lengths) {
            // Some old writers leave the length of an only strip out: it goes to the file's end.
            offsets.take(1).map(|at| (at, all.saturating_sub(at))).collect()
        } else {
            offsets.zip(self.directory.numbers(lengths).map(whole)).take(wanted).collect()
        };
        if places.len() != wanted {
            return Err(broken("strips are missing"));
        }
        // The same bytes named again and again would take time without end.
        let named = places.iter().fold(0, |sum: usize, place| sum.saturating_add(place.1));
        if named > all.saturating_mul(4) {
            return Err(broken("its strips lie on each other"));
        }
        Ok(places)
    }

    fn stored(&self) -> Result<Stored, DecodeError> {
        let painter = Painter::new(&self.meaning, self.alpha, self.row, self.samples);
        let mut canvas = painter.canvas(self.width * self.height);
        let mut complete = true;
        let (across, down) = self.grid();
        for block_y in 0..down {
            for block_x in 0..across {
                complete &= self.paint_block(&painter, (block_x, block_y), &mut canvas)?;
            }
        }
        let orientation = self.directory.number(tag::ORIENTATION);
        let orientation = orientation
            .and_then(|it| Orientation::from_exif(u8::try_from(it).ok()?))
            .unwrap_or(Orientation::NoTransforms);
        let resolution = (
            self.directory.fraction(tag::X_RESOLUTION),
            self.directory.fraction(tag::Y_RESOLUTION),
        );
        Ok(Stored {
            width: self.width,
            height: self.height,
            pixels: canvas,
            orientation,
            resolution: resolution.0.zip(resolution.1),
            complete,
        })
    }

    /// One strip or tile, of each plane; whether all of it was there.
    fn paint_block(
        &self,
        painter: &Painter<'_>,
        (block_x, block_y): (usize, usize),
        canvas: &mut Pixels,
    ) -> Result<bool, DecodeError> {
        let (across, down) = self.grid();
        let (left, top) = (block_x * self.block.0, block_y * self.block.1);
        let seen = ((self.width - left).min(self.block.0), (self.height - top).min(self.block.1));
        let tiled = self.block.0 != self.width || self.directory.has(tag::TILE_OFFSETS);
        let together = self.together();
        let block = Block {
            packing: self.packing,
            width: self.block.0,
            // The last strip is as high as the picture goes on, a tile is always whole.
            rows: if tiled { self.block.1 } else { seen.1 },
            row_bytes: self.block_row_bytes(),
            samples: together,
            tables: self.directory.bytes(tag::JPEG_TABLES),
        };
        let planes = if self.planar { self.samples } else { 1 };
        let mut complete = true;
        let mut unpacked = Vec::with_capacity(planes);
        let raws =
            (0..planes).map(|plane| self.raw(plane * across * down + block_y * across + block_x));
        let raws = raws.collect::<Result<Vec<_>, _>>()?;
        for raw in &raws {
            let rows = block.unpack(raw)?;
            complete &= rows.complete;
            unpacked.push(rows.rows);
        }
        let mut plane_values = vec![0u16; self.block.0 * together];
        let mut values = vec![0u16; self.block.0 * self.samples];
        for y in 0..seen.1 {
            for (plane, rows) in unpacked.iter().enumerate() {
                let row = &rows[y * block.row_bytes..(y + 1) * block.row_bytes];
                let into = if planes == 1 { &mut values } else { &mut plane_values };
                self.row.values(row, into);
                if self.predicted {
                    self.row.add_up(into, together);
                }
                if planes > 1 {
                    let pixels = values.chunks_exact_mut(self.samples).zip(&plane_values);
                    pixels.for_each(|(pixel, value)| pixel[plane] = *value);
                }
            }
            let at = (top + y) * self.width + left;
            painter.paint(&values[..seen.0 * self.samples], canvas, at);
        }
        Ok(complete)
    }

    /// The bytes of a block, their highest bit first.
    fn raw(&self, no: usize) -> Result<Cow<'a, [u8]>, DecodeError> {
        let (at, length) =
            self.places.get(no).copied().ok_or_else(|| broken("strips are missing"))?;
        let end = at.checked_add(length);
        let raw = end.and_then(|end| self.directory.file.bytes.get(at..end));
        let raw = raw.ok_or_else(|| broken("it ends too early"))?;
        Ok(if self.reversed {
            Cow::Owned(raw.iter().map(|byte| byte.reverse_bits()).collect())
        } else {
            Cow::Borrowed(raw)
        })
    }
}

/// Bits of a sample, the same for all.
fn bits(directory: &Directory<'_>, samples: usize) -> Result<u32, DecodeError> {
    let mut all = directory.numbers(tag::BITS).take(samples);
    let bits = all.next().unwrap_or(1);
    let alike = all.all(|other| other == bits);
    // 1 unsigned, 4 undefined
    let whole = directory.numbers(tag::SAMPLE_FORMAT).take(samples).all(|it| it == 1 || it == 4);
    match u32::try_from(bits) {
        Ok(bits @ 1..=16) if alike && whole => Ok(bits),
        _ => Err(unreadable(format!("TIFF of {samples} samples of {bits} bits"))),
    }
}

fn meaning(
    directory: &Directory<'_>,
    packing: Packing,
    samples: usize,
    bits: u32,
) -> Result<Meaning, DecodeError> {
    let photometric = directory.number(tag::PHOTOMETRIC);
    let meaning = match photometric {
        Some(0) => Meaning::Grey { white_is_zero: true },
        // A fax is white where it has no runs.
        None if packing.is_fax() => Meaning::Grey { white_is_zero: true },
        Some(1) | None => Meaning::Grey { white_is_zero: false },
        Some(2) => Meaning::Rgb,
        Some(3) => Meaning::Palette(palette(directory, bits)?),
        Some(5) => Meaning::Cmyk,
        Some(6) => {
            let whole = directory.numbers(tag::SUBSAMPLING).chain([2, 2]).take(2).all(|it| it == 1);
            if packing != Packing::Jpeg && !whole {
                return Err(unreadable("TIFF with colours at half width, not as JPEG".to_owned()));
            }
            Meaning::YCbCr
        }
        Some(other) => return Err(unreadable(format!("TIFF photometric {other}"))),
    };
    // Far more than any scanner has, and few enough for a row.
    const MOST_SAMPLES: usize = 16;
    if samples < meaning.samples() || samples > MOST_SAMPLES {
        return Err(unreadable(format!("TIFF of {samples} samples")));
    }
    Ok(meaning)
}

/// Three bytes for each value of a sample (tag 320: all reds, all greens, all blues, in 16 bits).
fn palette(directory: &Directory<'_>, bits: u32) -> Result<Vec<[u8; 3]>, DecodeError> {
    let map: Vec<u64> = directory.numbers(tag::COLOUR_MAP).take(3 << bits).collect();
    let many = 1usize << bits;
    if map.len() != 3 * many {
        return Err(broken("its palette is too short"));
    }
    // Some writers fill only the low byte.
    let shift = if map.iter().any(|value| *value > 255) { 8 } else { 0 };
    let value = |at: usize| (map[at] >> shift).min(255) as u8;
    Ok((0..many).map(|at| [value(at), value(many + at), value(2 * many + at)]).collect())
}

//! TIFF as scanners write it, made here so that every form is at hand: the fax codes are another author's.

use fax::encoder::Encoder;
use fax::maps::{EOL, black, white};
use fax::{BitWriter, Bits, Color, VecWriter};
use flate2::Compression;
use flate2::write::ZlibEncoder;
use image::ExtendedColorType;
use image::codecs::jpeg::JpegEncoder;
use std::cell::Cell;
use std::io::Write;
use std::rc::Rc;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packing {
    None,
    Runs,
    G3,
    /// With the zeros before a line's end that bring it to a whole byte.
    G3Filled,
    G3Both,
    G4,
    Lzw,
    Jpeg,
    Deflate,
    PackBits,
    /// A number that no decoder here knows.
    Other(u16),
}

/// A form of a picture. `value(x, y, sample)` gives what is written.
#[derive(Clone, Debug)]
pub struct Form {
    pub packing: Packing,
    pub photometric: u16,
    pub bits: u32,
    pub samples: usize,
    pub big: bool,
    pub little: bool,
    pub low_bit_first: bool,
    pub planar: bool,
    pub predicted: bool,
    pub rows_per_strip: usize,
    pub tile: Option<(usize, usize)>,
    /// Further tags of short numbers: tag and values.
    pub shorts: Vec<(u16, Vec<u16>)>,
    pub resolution: Option<(u32, u32)>,
}

impl Default for Form {
    fn default() -> Form {
        Form {
            packing: Packing::None,
            photometric: 1,
            bits: 8,
            samples: 1,
            big: false,
            little: true,
            low_bit_first: false,
            planar: false,
            predicted: false,
            rows_per_strip: 64,
            tile: None,
            shorts: Vec::new(),
            resolution: None,
        }
    }
}

type Value<'a> = &'a dyn Fn(usize, usize, usize) -> u16;

impl Form {
    pub fn write(&self, (width, height): (usize, usize), value: Value<'_>) -> Vec<u8> {
        let planes = if self.planar { self.samples } else { 1 };
        let block = self.tile.unwrap_or((width, self.rows_per_strip.min(height)));
        let mut blocks = Vec::new();
        for plane in 0..planes {
            for top in (0..height).step_by(block.1) {
                for left in (0..width).step_by(block.0) {
                    // A tile goes on beyond the picture, the last strip ends with it.
                    let rows =
                        if self.tile.is_some() { block.1 } else { block.1.min(height - top) };
                    let at = |x: usize, y: usize, sample: usize| {
                        let (x, y) = ((left + x).min(width - 1), (top + y).min(height - 1));
                        value(x, y, if self.planar { plane } else { sample })
                    };
                    blocks.push(self.block((block.0, rows), &at));
                }
            }
        }
        self.file((width, height), &blocks)
    }

    fn together(&self) -> usize {
        if self.planar { 1 } else { self.samples }
    }

    fn block(&self, size: (usize, usize), value: Value<'_>) -> Vec<u8> {
        let rows: Vec<Vec<u16>> = (0..size.1)
            .map(|y| {
                let together = self.together();
                (0..size.0 * together).map(|at| value(at / together, y, at % together)).collect()
            })
            .collect();
        let packed = match self.packing {
            Packing::Jpeg => return self.jpeg(size, &rows),
            Packing::Runs => runs(&rows),
            Packing::G3 | Packing::G3Filled | Packing::G3Both => self.g3(&rows),
            Packing::G4 => g4(&rows),
            packing => {
                let bytes: Vec<u8> = rows.iter().flat_map(|row| self.row(row)).collect();
                match packing {
                    Packing::Lzw => {
                        let order = weezl::BitOrder::Msb;
                        weezl::encode::Encoder::with_tiff_size_switch(order, 8)
                            .encode(&bytes)
                            .unwrap()
                    }
                    Packing::Deflate => {
                        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::default());
                        zlib.write_all(&bytes).unwrap();
                        zlib.finish().unwrap()
                    }
                    Packing::PackBits => pack_bits(&bytes),
                    _ => bytes,
                }
            }
        };
        if self.low_bit_first { packed.into_iter().map(u8::reverse_bits).collect() } else { packed }
    }

    /// A row's values in their bits, as differences if that is asked for.
    fn row(&self, row: &[u16]) -> Vec<u8> {
        let mask = ((1u32 << self.bits) - 1) as u16;
        let together = self.together();
        let mut row = row.to_vec();
        if self.predicted {
            for at in (together..row.len()).rev() {
                row[at] = row[at].wrapping_sub(row[at - together]) & mask;
            }
        }
        if self.bits == 16 {
            let order = |value: &u16| {
                if self.little { value.to_le_bytes() } else { value.to_be_bytes() }
            };
            return row.iter().flat_map(order).collect();
        }
        let mut bytes = VecWriter::new();
        for value in row {
            bytes.write(Bits { data: value, len: self.bits as u8 }).unwrap();
        }
        bytes.pad();
        bytes.finish()
    }

    fn g3(&self, rows: &[Vec<u16>]) -> Vec<u8> {
        let mut bits = Tap::default();
        for (y, row) in rows.iter().enumerate() {
            if self.packing == Packing::G3Filled {
                while (bits.bits.len() + 12) % 8 != 0 {
                    bits.bits.push(false);
                }
            }
            bits.write(EOL).unwrap();
            let alone = self.packing != Packing::G3Both || y % 4 == 0;
            if self.packing == Packing::G3Both {
                bits.write(Bits { data: u16::from(alone), len: 1 }).unwrap();
            }
            if alone {
                line(&mut bits, row);
            } else {
                bits.bits.extend(two_rows(&rows[y - 1], row));
            }
        }
        bits.bytes()
    }

    fn jpeg(&self, (width, height): (usize, usize), rows: &[Vec<u16>]) -> Vec<u8> {
        let bytes: Vec<u8> = rows.iter().flatten().map(|value| *value as u8).collect();
        let colour =
            if self.together() == 3 { ExtendedColorType::Rgb8 } else { ExtendedColorType::L8 };
        let mut jpeg = Vec::new();
        JpegEncoder::new_with_quality(&mut jpeg, 92)
            .encode(&bytes, width as u32, height as u32, colour)
            .unwrap();
        jpeg
    }

    fn number(&self) -> u16 {
        match self.packing {
            Packing::None => 1,
            Packing::Runs => 2,
            Packing::G3 | Packing::G3Filled | Packing::G3Both => 3,
            Packing::G4 => 4,
            Packing::Lzw => 5,
            Packing::Jpeg => 7,
            Packing::Deflate => 8,
            Packing::PackBits => 32_773,
            Packing::Other(number) => number,
        }
    }

    fn file(&self, (width, height): (usize, usize), blocks: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = if self.little { b"II".to_vec() } else { b"MM".to_vec() };
        let number = |value: u64, size: usize| -> Vec<u8> {
            let all = value.to_be_bytes();
            let mut some = all[8 - size..].to_vec();
            if self.little {
                some.reverse();
            }
            some
        };
        bytes.extend(number(if self.big { 43 } else { 42 }, 2));
        if self.big {
            bytes.extend([number(8, 2), number(0, 2)].concat());
        }
        let offset = if self.big { 8 } else { 4 };
        // The directory's place is written when it is known.
        let head = bytes.len();
        bytes.extend(vec![0; offset]);
        let mut places = Vec::new();
        for block in blocks {
            places.push(bytes.len() as u64);
            bytes.extend(block);
        }
        let longs = |values: &[u64]| (4, values.iter().flat_map(|it| number(*it, 4)).collect());
        let shorts = |values: &[u16]| {
            (3, values.iter().flat_map(|it| number(u64::from(*it), 2)).collect::<Vec<u8>>())
        };
        let lengths: Vec<u64> = blocks.iter().map(|block| block.len() as u64).collect();
        let mut tags: Vec<(u16, (u16, Vec<u8>))> = vec![
            (256, longs(&[width as u64])),
            (257, longs(&[height as u64])),
            (258, shorts(&vec![self.bits as u16; self.samples])),
            (259, shorts(&[self.number()])),
            (262, shorts(&[self.photometric])),
            (277, shorts(&[self.samples as u16])),
        ];
        if self.low_bit_first {
            tags.push((266, shorts(&[2])));
        }
        if self.planar {
            tags.push((284, shorts(&[2])));
        }
        if self.predicted {
            tags.push((317, shorts(&[2])));
        }
        match self.packing {
            Packing::G3Both => tags.push((292, longs(&[1]))),
            Packing::G3Filled => tags.push((292, longs(&[4]))),
            _ => {}
        }
        match self.tile {
            Some((across, down)) => {
                tags.push((322, longs(&[across as u64])));
                tags.push((323, longs(&[down as u64])));
                tags.push((324, longs(&places)));
                tags.push((325, longs(&lengths)));
            }
            None => {
                tags.push((273, longs(&places)));
                tags.push((278, longs(&[self.rows_per_strip as u64])));
                tags.push((279, longs(&lengths)));
            }
        }
        for (tag, values) in &self.shorts {
            tags.push((*tag, shorts(values)));
        }
        if let Some((across, down)) = self.resolution {
            let fraction = |value: u32| (5, [number(u64::from(value), 4), number(1, 4)].concat());
            tags.push((282, fraction(across)));
            tags.push((283, fraction(down)));
        }
        tags.sort_by_key(|tag| tag.0);
        // Values that don't fit into their entries come first.
        let mut entries = Vec::new();
        for (tag, (kind, values)) in tags {
            let size = [0, 1, 1, 2, 4, 8][usize::from(kind)];
            let mut value = values.clone();
            if values.len() > offset {
                value = number(bytes.len() as u64, offset);
                bytes.extend(&values);
            }
            value.resize(offset, 0);
            let count = number((values.len() / size) as u64, offset);
            entries.push(
                [number(u64::from(tag), 2), number(u64::from(kind), 2), count, value].concat(),
            );
        }
        let directory = number(bytes.len() as u64, offset);
        bytes[head..head + offset].copy_from_slice(&directory);
        bytes.extend(number(entries.len() as u64, if self.big { 8 } else { 2 }));
        bytes.extend(entries.concat());
        bytes.extend(vec![0; offset]);
        bytes
    }
}

/// Bits one by one; those written while it does not hear are dropped.
#[derive(Default)]
struct Tap {
    bits: Vec<bool>,
    deaf: Rc<Cell<bool>>,
}

impl BitWriter for Tap {
    type Error = std::convert::Infallible;

    fn write(&mut self, bits: Bits) -> Result<(), Self::Error> {
        if !self.deaf.get() {
            self.bits.extend((0..bits.len).rev().map(|at| bits.data >> at & 1 == 1));
        }
        Ok(())
    }
}

impl Tap {
    fn bytes(&self) -> Vec<u8> {
        let byte = |cell: &[bool]| {
            cell.iter().enumerate().fold(0, |byte, (at, bit)| byte | u8::from(*bit) << (7 - at))
        };
        self.bits.chunks(8).map(byte).collect()
    }
}

fn colours(row: &[u16]) -> impl Iterator<Item = Color> + '_ {
    row.iter().map(|value| if *value == 1 { Color::Black } else { Color::White })
}

/// A row by its runs alone, white first.
fn line<W: BitWriter>(bits: &mut W, row: &[u16]) {
    let mut rest = row;
    let mut colour = 0;
    while !rest.is_empty() || colour == 0 && row.is_empty() {
        let run = rest.iter().take_while(|value| **value == colour).count();
        rest = &rest[run..];
        let table = if colour == 0 { &white::ENTRIES } else { &black::ENTRIES };
        let mut left = run;
        while left >= 64 {
            let part = left.min(2_560) / 64;
            write_code(bits, table[63 + part].1);
            left -= part * 64;
        }
        write_code(bits, table[left].1);
        colour = 1 - colour;
    }
}

fn write_code<W: BitWriter>(bits: &mut W, code: Bits) {
    assert!(bits.write(code).is_ok());
}

/// A row by what differs from the one before.
fn two_rows(before: &[u16], row: &[u16]) -> Vec<bool> {
    let tap = Tap::default();
    let deaf = Rc::clone(&tap.deaf);
    let mut encoder = Encoder::new(tap);
    deaf.set(true);
    encoder.encode_line(colours(before), before.len() as u16).unwrap();
    deaf.set(false);
    encoder.encode_line(colours(row), row.len() as u16).unwrap();
    deaf.set(true);
    encoder.finish().unwrap().bits
}

/// Each row by its runs, from a whole byte on.
fn runs(rows: &[Vec<u16>]) -> Vec<u8> {
    let row = |row: &Vec<u16>| {
        let mut bits = VecWriter::new();
        line(&mut bits, row);
        bits.pad();
        bits.finish()
    };
    rows.iter().flat_map(row).collect()
}

fn g4(rows: &[Vec<u16>]) -> Vec<u8> {
    let mut encoder = Encoder::new(VecWriter::new());
    for row in rows {
        encoder.encode_line(colours(row), row.len() as u16).unwrap();
    }
    encoder.finish().unwrap().finish()
}

/// Runs of up to 128 alike, everything else as it stands.
fn pack_bits(bytes: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    let mut rest = bytes;
    while let [first, ..] = rest {
        let alike = rest.iter().take(128).take_while(|byte| *byte == first).count();
        if alike > 1 {
            packed.extend([(1 - alike as i32) as i8 as u8, *first]);
            rest = &rest[alike..];
        } else {
            let other =
                rest.windows(2).take(127).take_while(|pair| pair[0] != pair[1]).count().max(1);
            packed.push(other as u8 - 1);
            packed.extend(&rest[..other]);
            rest = &rest[other..];
        }
    }
    packed
}

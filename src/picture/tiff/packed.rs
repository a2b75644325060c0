//! Strips and tiles of a TIFF unpacked to the bits of their rows.

use super::super::jpeg;
use super::super::{DecodeError, UnreadableKind};
use flate2::read::ZlibDecoder;
use hayro_ccitt::{DecodeSettings, Decoder, DecoderContext, EncodingMode};
use std::borrow::Cow;
use std::io::Read;
use weezl::{BitOrder, LzwStatus};

/// How strips are packed (tag 259).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packing {
    None,
    /// CCITT runs without line ends, each row from a whole byte on.
    Runs,
    /// CCITT group 3; `both` where rows may stand on the row before.
    G3 {
        both: bool,
    },
    G4,
    Lzw,
    Jpeg,
    Deflate,
    PackBits,
}

impl Packing {
    /// By the number of the tag, and T4Options.
    pub fn of(number: u64, t4: u64) -> Result<Packing, DecodeError> {
        match number {
            1 => Ok(Packing::None),
            2 => Ok(Packing::Runs),
            3 => Ok(Packing::G3 { both: t4 & 1 == 1 }),
            4 => Ok(Packing::G4),
            5 => Ok(Packing::Lzw),
            7 => Ok(Packing::Jpeg),
            8 | 32_946 => Ok(Packing::Deflate),
            32_773 => Ok(Packing::PackBits),
            other => Err(DecodeError::Unreadable(
                UnreadableKind::TiffCompression,
                format!("TIFF compression {other}{}", name_of(other)),
            )),
        }
    }

    pub fn is_fax(self) -> bool {
        matches!(self, Packing::Runs | Packing::G3 { .. } | Packing::G4)
    }
}

fn name_of(number: u64) -> &'static str {
    match number {
        6 => " (JPEG of TIFF 6.0)",
        9 | 34_661 => " (JBIG)",
        33_003 | 33_005 | 34_712 => " (JPEG 2000)",
        34_925 => " (LZMA)",
        50_000 => " (Zstandard)",
        50_001 => " (WebP)",
        _ => "",
    }
}

/// One strip or tile as it is to come out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Block<'a> {
    pub packing: Packing,
    /// Pixels of a row, and rows.
    pub width: usize,
    pub rows: usize,
    /// Bytes of a row.
    pub row_bytes: usize,
    /// Samples of a pixel that stand side by side in it.
    pub samples: usize,
    /// What all JPEG strips share (tag 347).
    pub tables: Option<&'a [u8]>,
}

/// Rows, and whether all were there.
pub(super) struct Unpacked<'a> {
    pub rows: Cow<'a, [u8]>,
    pub complete: bool,
}

impl Block<'_> {
    /// The rows of a strip whose bits stand the highest first.
    pub fn unpack<'r>(&self, raw: &'r [u8]) -> Result<Unpacked<'r>, DecodeError> {
        // proven not to be more than the picture's limit by whoever asks
        let want = self.row_bytes * self.rows;
        let short = || DecodeError::Broken("a strip ends too early".to_owned());
        let all = |rows: Vec<u8>| if rows.len() == want { Ok(rows) } else { Err(short()) };
        let rows = match self.packing {
            Packing::None => {
                let rows = Cow::Borrowed(raw.get(..want).ok_or_else(short)?);
                return Ok(Unpacked { rows, complete: true });
            }
            Packing::PackBits => all(pack_bits(raw, want))?,
            Packing::Lzw => all(lzw(raw, want)?)?,
            Packing::Deflate => {
                let mut rows = Vec::new();
                let mut inflated = ZlibDecoder::new(raw).take(want as u64);
                inflated
                    .read_to_end(&mut rows)
                    .map_err(|it| DecodeError::Broken(it.to_string()))?;
                all(rows)?
            }
            Packing::Jpeg => return self.jpeg(raw),
            Packing::Runs | Packing::G3 { .. } | Packing::G4 => return self.fax(raw),
        };
        Ok(Unpacked { rows: Cow::Owned(rows), complete: true })
    }

    /// Runs of white and black: a set bit is black. What only forgiving can read is not whole.
    fn fax<'r>(&self, raw: &[u8]) -> Result<Unpacked<'r>, DecodeError> {
        if let Ok(rows) = self.fax_rows(raw, true)
            && rows.len() == self.row_bytes * self.rows
        {
            return Ok(Unpacked { rows: Cow::Owned(rows), complete: true });
        }
        let mut rows = self.fax_rows(raw, false)?;
        // Rows that are not there are white, as a fax shows them.
        rows.resize(self.row_bytes * self.rows, 0);
        Ok(Unpacked { rows: Cow::Owned(rows), complete: false })
    }

    fn fax_rows(&self, raw: &[u8], strict: bool) -> Result<Vec<u8>, DecodeError> {
        let large = |_over| DecodeError::TooLarge("a side too long".to_owned());
        let encoding = match self.packing {
            Packing::G4 => EncodingMode::Group4,
            Packing::G3 { both: true } => EncodingMode::Group3_2D,
            _ => EncodingMode::Group3_1D,
        };
        let settings = DecodeSettings {
            columns: u32::try_from(self.width).map_err(large)?,
            rows: u32::try_from(self.rows).map_err(large)?,
            end_of_block: !matches!(self.packing, Packing::Runs),
            end_of_line: false,
            rows_are_byte_aligned: matches!(self.packing, Packing::Runs),
            encoding,
            strict,
        };
        let mut sheet = Sheet { bits: Vec::new(), row_bytes: self.row_bytes, most: self.rows };
        let read = hayro_ccitt::decode(raw, &mut sheet, &mut DecoderContext::new(settings));
        match read {
            Ok(_) if sheet.bits.is_empty() => {
                Err(DecodeError::Broken("a strip is empty".to_owned()))
            }
            Err(error) if strict || sheet.bits.is_empty() => {
                Err(DecodeError::Broken(error.to_string()))
            }
            Ok(_) | Err(_) => Ok(sheet.bits),
        }
    }

    fn jpeg<'r>(&self, raw: &'r [u8]) -> Result<Unpacked<'r>, DecodeError> {
        let stream = match self.tables {
            // Both begin with a start mark, and the tables end with an end mark.
            Some(tables) => {
                let tables = tables.strip_suffix(&[0xFF, 0xD9]).unwrap_or(tables);
                Cow::Owned([tables, raw.strip_prefix(&[0xFF, 0xD8]).unwrap_or(raw)].concat())
            }
            None => Cow::Borrowed(raw),
        };
        let decoded = jpeg::samples(&stream, self.width, self.rows, self.samples)?;
        Ok(Unpacked { rows: Cow::Owned(decoded.data), complete: decoded.complete })
    }
}

/// Rows of a fax as bits.
struct Sheet {
    bits: Vec<u8>,
    row_bytes: usize,
    most: usize,
}

impl Decoder for Sheet {
    fn push_row(&mut self, changes: &[u32]) {
        let start = self.bits.len();
        if start >= self.most * self.row_bytes {
            return;
        }
        self.bits.resize(start + self.row_bytes, 0);
        let row = &mut self.bits[start..];
        for run in changes.chunks(2) {
            let from = run[0] as usize;
            let until = run.get(1).map_or(row.len() * 8, |until| *until as usize);
            blacken(row, from, until.min(row.len() * 8));
        }
    }
}

/// Sets the bits `from..until`.
fn blacken(row: &mut [u8], from: usize, until: usize) {
    if from >= until {
        return;
    }
    let (first, last) = (from / 8, (until - 1) / 8);
    let (head, tail) = (0xFF >> (from % 8), 0xFF << (7 - (until - 1) % 8));
    if first == last {
        row[first] |= head & tail;
        return;
    }
    row[first] |= head;
    row[first + 1..last].fill(0xFF);
    row[last] |= tail;
}

/// Apple's PackBits (TIFF 6.0 section 9), at most so many bytes.
fn pack_bits(raw: &[u8], want: usize) -> Vec<u8> {
    let mut rows = Vec::with_capacity(want.min(raw.len().saturating_mul(64)));
    let mut rest = raw;
    while rows.len() < want
        && let [head, tail @ ..] = rest
    {
        let (run, used) = match i8::from_be_bytes([*head]) {
            -128 => (0, 0),
            count @ 0.. => {
                let run = &tail[..(usize::from(count.unsigned_abs()) + 1).min(tail.len())];
                rows.extend_from_slice(run);
                (0, run.len())
            }
            count => (usize::from(count.unsigned_abs()) + 1, 1),
        };
        let value = tail.first().copied().unwrap_or_default();
        rows.extend(std::iter::repeat_n(value, if tail.is_empty() { 0 } else { run }));
        rest = &tail[used.min(tail.len())..];
    }
    rows.truncate(want);
    rows
}

/// TIFF's LZW (TIFF 6.0 section 13), at most so many bytes.
fn lzw(raw: &[u8], want: usize) -> Result<Vec<u8>, DecodeError> {
    let mut decoder = weezl::decode::Configuration::with_tiff_size_switch(BitOrder::Msb, 8)
        .with_yield_on_full_buffer(true)
        .build();
    let mut rows = vec![0; want];
    let (mut from, mut done) = (0, 0);
    while done < want {
        let step = decoder.decode_bytes(&raw[from..], &mut rows[done..]);
        from += step.consumed_in;
        done += step.consumed_out;
        match step.status {
            Ok(LzwStatus::Ok) if step.consumed_in + step.consumed_out > 0 => {}
            Ok(_) => break,
            Err(error) => return Err(DecodeError::Broken(error.to_string())),
        }
    }
    rows.truncate(done);
    Ok(rows)
}

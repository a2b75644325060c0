//! PNM (Netpbm's PBM, PGM and PPM with pixels as bytes), which `scanimage` writes where no format is asked for.

use super::decode::{DecodeError, Limits, Pixels, Stored, UnreadableKind};
use image::metadata::Orientation;

/// A header, and where its pixels begin.
struct Header {
    kind: u8,
    width: usize,
    height: usize,
    /// The value of white.
    most: usize,
    at: usize,
}

pub(super) fn looks_like_pnm(bytes: &[u8]) -> bool {
    header(bytes).is_some()
}

/// `None` where it is no PNM: letter and digit alone may begin any text.
fn header(bytes: &[u8]) -> Option<Header> {
    let [b'P', kind @ b'1'..=b'6', space, ..] = bytes else { return None };
    if !space.is_ascii_whitespace() {
        return None;
    }
    let mut at = 2;
    let mut number = || -> Option<usize> {
        while matches!(bytes.get(at)?, b'#' | b' ' | b'\t' | b'\r' | b'\n') {
            if bytes.get(at) == Some(&b'#') {
                at += bytes.get(at..)?.iter().position(|byte| *byte == b'\n')?;
            }
            at += 1;
        }
        let digits = bytes.get(at..)?.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let text = str::from_utf8(bytes.get(at..at + digits)?).ok()?;
        at += digits;
        text.parse().ok()
    };
    let (width, height) = (number()?, number()?);
    let most = if matches!(kind, b'1' | b'4') { 1 } else { number()? };
    // One space stands before the pixels.
    Some(Header { kind: *kind, width, height, most, at: at + 1 })
}

pub(super) fn decode(bytes: &[u8], limits: &Limits) -> Result<Stored, DecodeError> {
    let broken = |why: &str| DecodeError::Broken(why.to_owned());
    let Header { kind, width, height, most, at } =
        header(bytes).ok_or_else(|| broken("it has no header"))?;
    let pixels = width.checked_mul(height).filter(|pixels| *pixels as u64 <= limits.max_pixels);
    let Some(pixels) = pixels else {
        return Err(DecodeError::TooLarge(format!("{width}x{height} pixels")));
    };
    if pixels == 0 || !(1..=0xFFFF).contains(&most) {
        return Err(broken("it has no pixels"));
    }
    let row_bytes = match kind {
        b'4' => width.div_ceil(8),
        b'5' => width * if most > 255 { 2 } else { 1 },
        b'6' => width * if most > 255 { 6 } else { 3 },
        _ => {
            let letters = "PNM in letters".to_owned();
            return Err(DecodeError::Unreadable(UnreadableKind::OtherFormat, letters));
        }
    };
    let end = at + row_bytes * height;
    let data = bytes.get(at..end).ok_or_else(|| broken("it ends too early"))?;
    // Several may stand one behind the other.
    if bytes.get(end..).is_some_and(|rest| looks_like_pnm(rest.trim_ascii_start())) {
        let pages = "a PNM of several pictures".to_owned();
        return Err(DecodeError::Unreadable(UnreadableKind::SeveralPages, pages));
    }
    let shade = |value: usize| ((value.min(most) * 255 + most / 2) / most) as u8;
    let values: Vec<u8> = match kind {
        // A bit that is set is black.
        b'4' => {
            let row = |row: &[u8]| {
                let dark = |x: usize| row[x / 8] >> (7 - x % 8) & 1 == 1;
                (0..width).map(|x| if dark(x) { 0 } else { 255 }).collect::<Vec<u8>>()
            };
            data.chunks_exact(row_bytes).flat_map(row).collect()
        }
        _ if most == 255 => data.to_vec(),
        _ if most < 255 => data.iter().map(|value| shade(usize::from(*value))).collect(),
        _ => {
            let value = |it: &[u8]| usize::from(u16::from_be_bytes([it[0], it[1]]));
            data.chunks_exact(2).map(|it| shade(value(it))).collect()
        }
    };
    let pixels = if kind == b'6' { Pixels::Rgb(values) } else { Pixels::Grey(values) };
    let orientation = Orientation::NoTransforms;
    Ok(Stored { width, height, pixels, orientation, resolution: None, complete: true })
}

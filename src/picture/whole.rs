//! Is a file whole, and just one picture? Decoders forgive a missing end; a counting room must not: a half-written file would
//! be a sheet with half a face.

use super::jpeg;
use image::ImageFormat;

/// Whether the file has its end. It looks only at marks of length and end, never at pixels.
pub(super) fn ends(bytes: &[u8], format: ImageFormat) -> bool {
    let end = match format {
        ImageFormat::Jpeg => jpeg_ends(bytes),
        ImageFormat::Png => png_ends(bytes),
        ImageFormat::WebP => riff_ends(bytes),
        ImageFormat::Bmp => bmp_ends(bytes),
        _ => Some(()),
    };
    end.is_some()
}

/// Pixels for each length across and down, where the file says; only their ratio has a meaning.
pub(super) fn resolution(bytes: &[u8], format: ImageFormat) -> Option<(f32, f32)> {
    match format {
        ImageFormat::Jpeg => jpeg::resolution(bytes),
        ImageFormat::Png => png_resolution(bytes),
        // Pixels for each metre.
        ImageFormat::Bmp => {
            Some((u32_at(bytes, 38, true)? as f32, u32_at(bytes, 42, true)? as f32))
        }
        _ => None,
    }
}

/// The chunk pHYs before the pixels.
fn png_resolution(bytes: &[u8]) -> Option<(f32, f32)> {
    let mut at: usize = 8;
    loop {
        let (length, kind) = (u32_at(bytes, at, false)?, bytes.get(at + 4..at + 8)?);
        match kind {
            b"pHYs" => {
                let of = |at| Some(u32_at(bytes, at, false)? as f32);
                return Some((of(at + 8)?, of(at + 12)?));
            }
            b"IDAT" => return None,
            _ => at = at.checked_add(length)?.checked_add(12)?,
        }
    }
}

fn u32_at(bytes: &[u8], at: usize, little: bool) -> Option<usize> {
    let four: [u8; 4] = bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
    let value = if little { u32::from_le_bytes(four) } else { u32::from_be_bytes(four) };
    usize::try_from(value).ok()
}

/// Walks the segments to the end mark. A thumbnail's end mark lies inside a segment and doesn't count.
fn jpeg_ends(bytes: &[u8]) -> Option<()> {
    let mut at = 2;
    loop {
        // To the next mark: FF and something that is neither a stuffed zero, a fill byte nor a restart.
        while *bytes.get(at)? != 0xFF || matches!(*bytes.get(at + 1)?, 0 | 0xFF | 0xD0..=0xD7 | 1) {
            at += 1;
        }
        let mark = *bytes.get(at + 1)?;
        at += 2;
        match mark {
            0xD9 => return Some(()),
            0xD8 => {}
            _ => {
                let length =
                    usize::from(u16::from_be_bytes([*bytes.get(at)?, *bytes.get(at + 1)?]));
                at = at.checked_add(length.max(2))?;
            }
        }
    }
}

/// Walks the chunks to the whole IEND.
fn png_ends(bytes: &[u8]) -> Option<()> {
    let mut at: usize = 8;
    loop {
        let length = u32_at(bytes, at, false)?;
        let kind = bytes.get(at + 4..at + 8)?;
        at = at.checked_add(length)?.checked_add(12)?;
        if at > bytes.len() {
            return None;
        }
        if kind == b"IEND" {
            return Some(());
        }
    }
}

fn riff_ends(bytes: &[u8]) -> Option<()> {
    let length = u32_at(bytes, 4, true)?;
    (bytes.len() >= length.checked_add(8)?).then_some(())
}

/// Some writers leave the length zero; then the decoder's word must do.
fn bmp_ends(bytes: &[u8]) -> Option<()> {
    let length = u32_at(bytes, 2, true)?;
    (bytes.len() >= length).then_some(())
}

//! Is a file whole, and just one picture? Decoders forgive a missing end; a counting room must not: a half-written file would
//! be a sheet with half a face.

use image::ImageFormat;

/// Why the file isn't whole, or `None`. It looks only at marks of length and end, never at pixels.
pub(super) fn torn(bytes: &[u8], format: ImageFormat) -> Option<&'static str> {
    let whole = match format {
        ImageFormat::Jpeg => jpeg_ends(bytes),
        ImageFormat::Png => png_ends(bytes),
        ImageFormat::WebP => riff_ends(bytes),
        ImageFormat::Bmp => bmp_ends(bytes),
        // Tags of a TIFF may point anywhere: its decoder reads every strip or fails.
        _ => Some(()),
    };
    match whole {
        Some(()) if format == ImageFormat::Tiff && tiff_has_more_pages(bytes) == Some(true) => {
            Some(
                "it has several pages, and only one sheet can be told from a file; scan one page to a file",
            )
        }
        Some(()) => None,
        None => Some("it ends too early"),
    }
}

/// Whether a TIFF (or BigTIFF) has a second page that is no smaller copy of the first, such as a
/// scanner's thumbnail (TIFF 6.0, section 8, tag 254 NewSubfileType). `None` if its directories can't
/// be walked; then the decoder has the word.
fn tiff_has_more_pages(bytes: &[u8]) -> Option<bool> {
    let little = bytes.get(..2)? == b"II";
    let big = number_at(bytes, 2, 2, little)? == 43;
    let (offset, count, entry, head) = if big { (8, 8, 20, 8) } else { (4, 2, 12, 4) };
    let first = number_at(bytes, head, offset, little)?;
    let entries = number_at(bytes, first, count, little)?;
    let after = first.checked_add(count)?.checked_add(entries.checked_mul(entry)?)?;
    let second = number_at(bytes, after, offset, little)?;
    if second == 0 {
        return Some(false);
    }
    let entries = number_at(bytes, second, count, little)?;
    for no in 0..entries.min(4_096) {
        let at = second.checked_add(count)?.checked_add(no.checked_mul(entry)?)?;
        if number_at(bytes, at, 2, little)? == 254 {
            let value = number_at(bytes, at + entry - offset, 4, little)?;
            return Some(value & 1 == 0);
        }
    }
    Some(true)
}

/// A number of `size` bytes (2, 4 or 8).
fn number_at(bytes: &[u8], at: usize, size: usize, little: bool) -> Option<usize> {
    let field = bytes.get(at..at.checked_add(size)?)?;
    let join = |value: u64, byte: &u8| (value << 8) | u64::from(*byte);
    let value = if little { field.iter().rev().fold(0, join) } else { field.iter().fold(0, join) };
    usize::try_from(value).ok()
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

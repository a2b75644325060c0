//! What stands in a JPEG besides its pixels: of which kind it is, its resolution, and JPEG inside other files.

use super::decode::{DecodeError, UnreadableKind};
use super::jpeg_scans;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::options::DecoderOptions;

/// A segment of a JPEG.
#[derive(Clone, Copy, Debug)]
pub(super) struct Segment<'a> {
    pub mark: u8,
    /// What stands behind its length.
    pub content: &'a [u8],
    /// Where it ends in the file.
    pub end: usize,
}

/// The segments from a place on, up to the end mark. Bytes between them are passed over, as decoders do.
pub(super) fn segments(bytes: &[u8], from: usize) -> impl Iterator<Item = Segment<'_>> {
    let mut at = from;
    std::iter::from_fn(move || {
        loop {
            while *bytes.get(at)? != 0xFF || matches!(*bytes.get(at + 1)?, 0 | 0xFF) {
                at += 1;
            }
            let mark = *bytes.get(at + 1)?;
            at += 2;
            // Marks that stand alone, without a length.
            if matches!(mark, 0x01 | 0xD0..=0xD8) {
                continue;
            }
            if mark == 0xD9 {
                return None;
            }
            let length = usize::from(u16::from_be_bytes(*bytes.get(at..)?.first_chunk()?));
            let end = at + length.max(2);
            let content = bytes.get(at + 2..end)?;
            at = end;
            return Some(Segment { mark, content, end });
        }
    })
}

/// What a frame's header says (marks C0 to CF): its mark, bits a sample, and each component's sampling factors.
struct Frame {
    mark: u8,
    bits: u8,
    sampling: Vec<(u8, u8)>,
}

fn frame(bytes: &[u8]) -> Option<Frame> {
    let frame = |mark| matches!(mark, 0xC0..=0xCF | 0xF7) && !matches!(mark, 0xC4 | 0xC8 | 0xCC);
    let Segment { mark, content: header, .. } =
        segments(bytes, 0).find(|segment| frame(segment.mark))?;
    let factors = header.get(6..)?.chunks_exact(3).map(|it| (it[1] >> 4, it[1] & 15)).collect();
    Some(Frame { mark, bits: *header.first()?, sampling: factors })
}

/// A whole JPEG of a kind that is not decoded here. `None` for what can be, and for what is no JPEG at all.
pub(super) fn unreadable(bytes: &[u8]) -> Option<DecodeError> {
    let frame = frame(bytes)?;
    let of = |kind, what: &str| Some(DecodeError::Unreadable(kind, what.to_owned()));
    match frame.mark {
        0xC3 => of(UnreadableKind::JpegLossless, "lossless JPEG (SOF3)"),
        0xCB => of(UnreadableKind::JpegLossless, "lossless JPEG, arithmetic coding (SOF11)"),
        0xF7 => of(UnreadableKind::JpegLossless, "JPEG-LS"),
        0xC9 | 0xCA => of(UnreadableKind::JpegArithmetic, "JPEG with arithmetic coding"),
        0xC5..=0xC7 | 0xCD..=0xCF => of(UnreadableKind::JpegOther, "hierarchical JPEG"),
        _ if frame.bits != 8 => {
            let what = format!("JPEG of {} bits", frame.bits);
            Some(DecodeError::Unreadable(UnreadableKind::Jpeg12Bit, what))
        }
        _ => {
            let odd = |factor: u8| !matches!(factor, 1 | 2 | 4);
            let factors = frame.sampling.iter().find(|(h, v)| odd(*h) || odd(*v));
            factors.map(|(h, v)| {
                let what = format!("JPEG with {h}x{v} sampling");
                DecodeError::Unreadable(UnreadableKind::JpegOther, what)
            })
        }
    }
}

/// Pixels for each length across and down, as JFIF says; only their ratio has a meaning.
pub(super) fn resolution(bytes: &[u8]) -> Option<(f32, f32)> {
    let header = segments(bytes, 0)
        .take_while(|segment| segment.mark != 0xDA)
        .find(|segment| segment.mark == 0xE0 && segment.content.starts_with(b"JFIF\0"))?
        .content;
    let of =
        |at: usize| Some(f32::from(u16::from_be_bytes([*header.get(at)?, *header.get(at + 1)?])));
    Some((of(8)?, of(10)?))
}

/// Samples as they stand in a JPEG, side by side, of a picture that must have just this size.
pub(super) struct Samples {
    pub data: Vec<u8>,
    pub complete: bool,
}

/// A JPEG inside another file (TIFF): its samples without any change of colours.
pub(super) fn samples(
    bytes: &[u8],
    width: usize,
    height: usize,
    samples: usize,
) -> Result<Samples, DecodeError> {
    if let Some(error) = unreadable(bytes) {
        return Err(error);
    }
    let options = || {
        DecoderOptions::default()
            .set_strict_mode(false)
            .set_max_width(usize::from(u16::MAX))
            .set_max_height(usize::from(u16::MAX))
    };
    let broken = |why: String| DecodeError::Broken(why);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options());
    decoder.decode_headers().map_err(|it| broken(it.to_string()))?;
    // As wide as asked; a strip may be coded higher than what is left of the picture.
    let (wide, high) = decoder.dimensions().unwrap_or_default();
    let large =
        wide.checked_mul(high).is_none_or(|pixels| pixels > (width * height).saturating_mul(4));
    if wide != width || high < height || large {
        return Err(broken(format!("a strip of {wide}x{high} pixels")));
    }
    let colours = decoder.input_colorspace().filter(|it| it.num_components() == samples);
    let Some(colours) = colours else {
        return Err(broken(format!("a strip has not {samples} components")));
    };
    decoder.set_options(options().jpeg_set_out_colorspace(colours));
    let mut data = decoder.decode().map_err(|it| broken(it.to_string()))?;
    let want = width * height * samples;
    if data.len() < want {
        return Err(broken("a strip ends too early".to_owned()));
    }
    data.truncate(want);
    Ok(Samples { data, complete: jpeg_scans::complete(bytes) })
}

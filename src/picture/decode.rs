//! Bytes to pixels.

use super::jpeg;
use super::jpeg_scans;
use super::pnm;
use super::proportions::straightened;
use super::tiff;
use super::turn::turn;
use super::whole::{self, ends};
use super::{Luma, Picture};
use image::metadata::Orientation;
use image::{ColorType, DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What is refused before decoding.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub max_bytes: u64,
    pub max_pixels: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { max_bytes: 64 << 20, max_pixels: 100_000_000 }
    }
}

/// A whole file that no decoder here can read, though a scanner may write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnreadableKind {
    SeveralPages,
    Pdf,
    /// GIF, JPEG 2000, HEIF, JPEG XL.
    OtherFormat,
    Jpeg12Bit,
    JpegLossless,
    JpegArithmetic,
    JpegOther,
    TiffCompression,
    TiffSamples,
}

#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    #[error("not a PNG, JPEG, TIFF, WebP or BMP picture")]
    Foreign,
    #[error("the picture is too large ({0}); scan at 200 to 300 dpi")]
    TooLarge(String),
    #[error("the picture is broken: {0}")]
    Broken(String),
    /// The kind, and what the file itself says it is, in the words of its format.
    #[error("a kind of picture that can't be read here: {1}")]
    Unreadable(UnreadableKind, String),
}

/// Pixels as a file stores them.
#[derive(Clone, Debug)]
pub(super) enum Pixels {
    Grey(Vec<u8>),
    /// Three bytes a pixel.
    Rgb(Vec<u8>),
}

/// A file's picture before it is turned and brought to its true proportions.
#[derive(Debug)]
pub(super) struct Stored {
    pub width: usize,
    pub height: usize,
    pub pixels: Pixels,
    pub orientation: Orientation,
    /// Pixels for each length along the rows and along the columns; only their ratio has a meaning.
    pub resolution: Option<(f32, f32)>,
    /// Whether all pixels were in the file.
    pub complete: bool,
}

/// Whether it is asked if all pixels are in the file, which takes about as long again as half of the decoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    Complete,
    Nothing,
}

/// Pixels of a TIFF, JPEG, PNG, PNM, WebP or BMP file, told by content, turned as its EXIF says, as wide and high as
/// its resolutions say. Transparent parts lie on white. Whatever the bytes are, it answers: a decoder that panics is
/// a broken picture. A file that has its end but not all of its pixels gives a picture that says so.
pub fn decode(bytes: &[u8], limits: &Limits) -> Result<Picture, DecodeError> {
    decode_as(bytes, limits, Asked::Complete)
}

/// The same for a camera's frames, of which thirty come in a second: a torn one is taken for whole.
pub fn decode_frame(bytes: &[u8], limits: &Limits) -> Result<Picture, DecodeError> {
    decode_as(bytes, limits, Asked::Nothing)
}

fn decode_as(bytes: &[u8], limits: &Limits, asked: Asked) -> Result<Picture, DecodeError> {
    if bytes.len() as u64 > limits.max_bytes {
        return Err(DecodeError::TooLarge(format!("{} bytes", bytes.len())));
    }
    let format = format_of(bytes)?;
    // The decoders are not ours, so a panic of theirs is an answer as well.
    let decoded = catch_unwind(AssertUnwindSafe(|| {
        let stored = match format {
            Format::Tiff => tiff::decode(bytes, limits)?,
            Format::Pnm => pnm::decode(bytes, limits)?,
            Format::Image(format) => stored(bytes, format, limits, asked)?,
        };
        straightened(stored, limits).map(picture)
    }));
    decoded.unwrap_or_else(|_panic| Err(DecodeError::Broken("its decoder gave up".to_owned())))
}

/// A format that is decoded here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Tiff,
    Pnm,
    Image(ImageFormat),
}

/// Whether the first bytes are those of a format that [`decode`] knows.
pub fn looks_like_picture(bytes: &[u8]) -> bool {
    format_of(bytes).is_ok()
}

/// Why nothing of this file can be a picture, as its first bytes tell. `None` for what [`decode`] may read.
pub fn no_picture(bytes: &[u8]) -> Option<DecodeError> {
    format_of(bytes).err()
}

fn format_of(bytes: &[u8]) -> Result<Format, DecodeError> {
    if tiff::looks_like_tiff(bytes) {
        return Ok(Format::Tiff);
    }
    if pnm::looks_like_pnm(bytes) {
        return Ok(Format::Pnm);
    }
    match image::guess_format(bytes) {
        Ok(
            format @ (ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::WebP | ImageFormat::Bmp),
        ) => Ok(Format::Image(format)),
        _ => Err(other_format(bytes)),
    }
}

/// What scanners and telephones write besides, told by its first bytes.
fn other_format(bytes: &[u8]) -> DecodeError {
    let of = |kind, what: &str| DecodeError::Unreadable(kind, what.to_owned());
    let brand = bytes.get(4..12).unwrap_or_default();
    match bytes {
        [b'%', b'P', b'D', b'F', ..] => of(UnreadableKind::Pdf, "PDF"),
        [b'G', b'I', b'F', b'8', ..] => of(UnreadableKind::OtherFormat, "GIF"),
        [0, 0, 0, 12, b'j', b'P', ..] | [0xFF, 0x4F, 0xFF, 0x51, ..] => {
            of(UnreadableKind::OtherFormat, "JPEG 2000")
        }
        [0, 0, 0, 12, b'J', b'X', b'L', ..] | [0xFF, 0x0A, ..] => {
            of(UnreadableKind::OtherFormat, "JPEG XL")
        }
        _ if [b"ftyphei", b"ftyphev", b"ftypmif", b"ftypavi"]
            .iter()
            .any(|it| brand.starts_with(*it)) =>
        {
            of(UnreadableKind::OtherFormat, "HEIF")
        }
        _ => DecodeError::Foreign,
    }
}

fn stored(
    bytes: &[u8],
    format: ImageFormat,
    limits: &Limits,
    asked: Asked,
) -> Result<Stored, DecodeError> {
    if let Some(error) = (format == ImageFormat::Jpeg).then(|| jpeg::unreadable(bytes)).flatten() {
        return Err(error);
    }
    if !ends(bytes, format) {
        return Err(DecodeError::Broken("it ends too early".to_owned()));
    }
    let refused = |error| refused(error, format);
    let reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut decoder = reader.into_decoder().map_err(refused)?;
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if pixels == 0 {
        return Err(DecodeError::Broken("it has no pixels".to_owned()));
    }
    if pixels > limits.max_pixels {
        return Err(DecodeError::TooLarge(format!("{width}x{height} pixels")));
    }
    let mut allowed = image::Limits::no_limits();
    // Four channels of 16 bits, and the decoder's own tables.
    allowed.max_alloc = Some(limits.max_pixels.saturating_mul(8).saturating_add(64 << 20));
    decoder.set_limits(allowed).map_err(refused)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let pixels = match decoder.color_type() {
        ColorType::L8 => Pixels::Grey(pixels_of(decoder).map_err(refused)?),
        ColorType::Rgb8 => Pixels::Rgb(pixels_of(decoder).map_err(refused)?),
        _ => of_eight_bits(DynamicImage::from_decoder(decoder).map_err(refused)?),
    };
    Ok(Stored {
        width: width as usize,
        height: height as usize,
        pixels,
        orientation,
        resolution: whole::resolution(bytes, format),
        complete: asked == Asked::Nothing
            || format != ImageFormat::Jpeg
            || jpeg_scans::complete(bytes),
    })
}

fn of_eight_bits(image: DynamicImage) -> Pixels {
    let (colour, alpha) = (image.color().has_color(), image.color().has_alpha());
    match (colour, alpha) {
        (true, true) => Pixels::Rgb(on_white::<4, 3>(image.into_rgba8().into_raw())),
        (true, false) => Pixels::Rgb(image.into_rgb8().into_raw()),
        (false, true) => Pixels::Grey(on_white::<2, 1>(image.into_luma_alpha8().into_raw())),
        (false, false) => Pixels::Grey(image.into_luma8().into_raw()),
    }
}

fn refused(error: ImageError, format: ImageFormat) -> DecodeError {
    match error {
        ImageError::Limits(limit) => DecodeError::TooLarge(limit.to_string()),
        ImageError::Unsupported(what) if format == ImageFormat::Jpeg => {
            DecodeError::Unreadable(UnreadableKind::JpegOther, what.to_string())
        }
        ImageError::Unsupported(what) => {
            DecodeError::Unreadable(UnreadableKind::OtherFormat, what.to_string())
        }
        other => DecodeError::Broken(other.to_string()),
    }
}

fn pixels_of(decoder: impl ImageDecoder) -> Result<Vec<u8>, ImageError> {
    // proven to fit: the pixels are fewer than the limit
    let mut data = vec![0; usize::try_from(decoder.total_bytes()).unwrap_or(usize::MAX)];
    decoder.read_image(&mut data)?;
    Ok(data)
}

/// Turned upright, with its grey.
fn picture(stored: Stored) -> Picture {
    let Stored { width, height, pixels, orientation, complete, .. } = stored;
    let picture = match pixels {
        Pixels::Grey(data) => {
            let (data, width, height) = turn::<1>(data, width, height, orientation);
            Picture::grey(Luma { width, height, data })
        }
        Pixels::Rgb(rgb) => {
            let (rgb, width, height) = turn::<3>(rgb, width, height, orientation);
            let grey = |p: &[u8]| {
                ((77 * u32::from(p[0]) + 150 * u32::from(p[1]) + 29 * u32::from(p[2]) + 128) >> 8)
                    as u8
            };
            let data = rgb.chunks_exact(3).map(grey).collect();
            Picture::new(Luma { width, height, data }, Some(rgb))
        }
    };
    Picture { complete, ..picture }
}

/// `N` channels, the last of them alpha, laid on white: `M = N - 1` channels.
fn on_white<const N: usize, const M: usize>(data: Vec<u8>) -> Vec<u8> {
    data.chunks_exact(N)
        .flat_map(|pixel| {
            let alpha = u32::from(pixel[M]);
            std::array::from_fn::<u8, M, _>(|channel| {
                let value = u32::from(pixel[channel]) * alpha + 255 * (255 - alpha);
                ((value + 127) / 255) as u8
            })
        })
        .collect()
}

#[cfg(test)]
#[path = "decode_tests.rs"]
mod tests;

//! Bytes to pixels.

use super::turn::turn;
use super::whole::torn;
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

#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    #[error("not a PNG, JPEG, TIFF, WebP or BMP picture")]
    Foreign,
    #[error("the picture is too large ({0}); scan at 200 to 300 dpi")]
    TooLarge(String),
    #[error("the picture is broken: {0}")]
    Broken(String),
}

/// Pixels of a PNG, JPEG, TIFF, WebP or BMP file, told by content, turned as its EXIF says. Transparent
/// parts lie on white. Whatever the bytes are, it answers: a decoder that panics is a broken picture.
pub fn decode(bytes: &[u8], limits: &Limits) -> Result<Picture, DecodeError> {
    if bytes.len() as u64 > limits.max_bytes {
        return Err(DecodeError::TooLarge(format!("{} bytes", bytes.len())));
    }
    let format = known_format(bytes).ok_or(DecodeError::Foreign)?;
    if let Some(why) = torn(bytes, format) {
        return Err(DecodeError::Broken(why.to_owned()));
    }
    // The decoders are not ours, so a panic of theirs is an answer as well.
    match catch_unwind(AssertUnwindSafe(|| decode_whole(bytes, format, limits))) {
        Ok(answer) => answer,
        Err(_panic) => Err(DecodeError::Broken("its decoder gave up".to_owned())),
    }
}

/// Whether the first bytes are those of a format that [`decode`] knows.
pub fn looks_like_picture(bytes: &[u8]) -> bool {
    known_format(bytes).is_some()
}

fn known_format(bytes: &[u8]) -> Option<ImageFormat> {
    let format = image::guess_format(bytes).ok()?;
    let known = matches!(
        format,
        ImageFormat::Png
            | ImageFormat::Jpeg
            | ImageFormat::Tiff
            | ImageFormat::WebP
            | ImageFormat::Bmp
    );
    known.then_some(format)
}

fn decode_whole(
    bytes: &[u8],
    format: ImageFormat,
    limits: &Limits,
) -> Result<Picture, DecodeError> {
    let reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut decoder = reader.into_decoder().map_err(broken)?;
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
    decoder.set_limits(allowed).map_err(broken)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let (width, height) = (width as usize, height as usize);
    let picture = match decoder.color_type() {
        ColorType::L8 => from_grey(pixels_of(decoder)?, width, height, orientation),
        ColorType::Rgb8 => from_rgb(pixels_of(decoder)?, width, height, orientation),
        _ => {
            let image = DynamicImage::from_decoder(decoder).map_err(broken)?;
            if image.color().has_color() {
                let rgb = if image.color().has_alpha() {
                    on_white::<4, 3>(image.into_rgba8().into_raw())
                } else {
                    image.into_rgb8().into_raw()
                };
                from_rgb(rgb, width, height, orientation)
            } else {
                let grey = if image.color().has_alpha() {
                    on_white::<2, 1>(image.into_luma_alpha8().into_raw())
                } else {
                    image.into_luma8().into_raw()
                };
                from_grey(grey, width, height, orientation)
            }
        }
    };
    Ok(picture)
}

fn broken(error: ImageError) -> DecodeError {
    match error {
        ImageError::Limits(limit) => DecodeError::TooLarge(limit.to_string()),
        other => DecodeError::Broken(other.to_string()),
    }
}

fn pixels_of(decoder: impl ImageDecoder) -> Result<Vec<u8>, DecodeError> {
    let length = usize::try_from(decoder.total_bytes())
        .map_err(|_over| DecodeError::TooLarge("more than memory can hold".to_owned()))?;
    let mut data = vec![0; length];
    decoder.read_image(&mut data).map_err(broken)?;
    Ok(data)
}

fn from_grey(data: Vec<u8>, width: usize, height: usize, orientation: Orientation) -> Picture {
    let (data, width, height) = turn::<1>(data, width, height, orientation);
    Picture::grey(Luma { width, height, data })
}

fn from_rgb(rgb: Vec<u8>, width: usize, height: usize, orientation: Orientation) -> Picture {
    let (rgb, width, height) = turn::<3>(rgb, width, height, orientation);
    let data = rgb
        .chunks_exact(3)
        .map(|p| {
            ((77 * u32::from(p[0]) + 150 * u32::from(p[1]) + 29 * u32::from(p[2]) + 128) >> 8) as u8
        })
        .collect();
    Picture { luma: Luma { width, height, data }, rgb: Some(rgb) }
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

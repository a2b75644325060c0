//! Pictures to bytes.

use super::{Luma, Picture};
use image::ImageEncoder;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;

/// A grey JPEG, quality 1 to 100. Empty if there are no pixels or a side is over 65,535.
pub fn encode_jpeg(luma: &Luma, quality: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let done = match size(luma) {
        Some((width, height)) if width <= 65_535 && height <= 65_535 => {
            JpegEncoder::new_with_quality(&mut bytes, quality.clamp(1, 100))
                .write_image(&luma.data, width, height, image::ExtendedColorType::L8)
                .is_ok()
        }
        _ => false,
    };
    if done { bytes } else { Vec::new() }
}

/// A grey PNG. Empty if there are no pixels.
pub fn encode_png(luma: &Luma) -> Vec<u8> {
    let mut bytes = Vec::new();
    let done = size(luma).is_some_and(|(width, height)| {
        PngEncoder::new(&mut bytes)
            .write_image(&luma.data, width, height, image::ExtendedColorType::L8)
            .is_ok()
    });
    if done { bytes } else { Vec::new() }
}

/// A PNG with the picture's colours, where it has them. Empty if there are no pixels.
pub fn encode_colour_png(picture: &Picture) -> Vec<u8> {
    let luma = &picture.luma;
    let (Some(rgb), Some((width, height))) = (&picture.rgb, size(luma)) else {
        return encode_png(luma);
    };
    let mut bytes = Vec::new();
    let done = rgb.len() == luma.data.len() * 3
        && PngEncoder::new(&mut bytes)
            .write_image(rgb, width, height, image::ExtendedColorType::Rgb8)
            .is_ok();
    if done { bytes } else { Vec::new() }
}

/// Width and height, if there are pixels and as many as these say.
fn size(luma: &Luma) -> Option<(u32, u32)> {
    let fits = !luma.data.is_empty() && luma.data.len() == luma.width.checked_mul(luma.height)?;
    let width = u32::try_from(luma.width).ok()?;
    let height = u32::try_from(luma.height).ok()?;
    fits.then_some((width, height))
}

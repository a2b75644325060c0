//! The turn that a camera wrote into EXIF, done to the pixels.

use image::metadata::Orientation;

/// Pixels of `N` bytes turned upright: the bytes, the new width and the new height.
pub(super) fn turn<const N: usize>(
    data: Vec<u8>,
    width: usize,
    height: usize,
    orientation: Orientation,
) -> (Vec<u8>, usize, usize) {
    let (w, h) = match orientation {
        Orientation::NoTransforms => return (data, width, height),
        Orientation::Rotate180 | Orientation::FlipHorizontal | Orientation::FlipVertical => {
            (width, height)
        }
        _ => (height, width),
    };
    let (right, low) = (width.saturating_sub(1), height.saturating_sub(1));
    let mut out = Vec::with_capacity(data.len());
    for y in 0..h {
        for x in 0..w {
            // Where the pixel of the turned picture comes from.
            let (from_x, from_y) = match orientation {
                Orientation::NoTransforms => (x, y),
                Orientation::Rotate90 => (y, low - x),
                Orientation::Rotate180 => (right - x, low - y),
                Orientation::Rotate270 => (right - y, x),
                Orientation::FlipHorizontal => (right - x, y),
                Orientation::FlipVertical => (x, low - y),
                // Turned by 90 degrees, then mirrored left to right.
                Orientation::Rotate90FlipH => (y, x),
                Orientation::Rotate270FlipH => (right - y, low - x),
            };
            let at = (from_y * width + from_x) * N;
            out.extend_from_slice(&data[at..at + N]);
        }
    }
    (out, w, h)
}

#[cfg(test)]
mod tests {
    use super::turn;
    use image::metadata::Orientation;
    use image::{DynamicImage, GrayImage};

    #[test]
    fn turns_are_those_of_the_image_crate() {
        let pixels: Vec<u8> = (0..6).collect();
        for exif in 1..=8 {
            let orientation = Orientation::from_exif(exif).unwrap();
            let mut theirs =
                DynamicImage::ImageLuma8(GrayImage::from_raw(3, 2, pixels.clone()).unwrap());
            theirs.apply_orientation(orientation);
            let (ours, width, height) = turn::<1>(pixels.clone(), 3, 2, orientation);
            assert_eq!((theirs.width() as usize, theirs.height() as usize), (width, height));
            assert_eq!(theirs.into_bytes(), ours, "EXIF {exif}");
        }
    }
}

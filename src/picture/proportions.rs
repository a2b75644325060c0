//! True proportions: a fax has 204 pixels to the inch across and 98 down, and would be half as high as its paper.

use super::decode::{DecodeError, Limits, Pixels, Stored};

/// Resolutions that are nearly alike are rounded ones.
const ALIKE: f32 = 1.02;
/// Beyond this they are no resolutions of a picture.
const MOST: f32 = 8.0;

/// The side with the fewer pixels for each length made longer, so that a square is a square.
pub(super) fn straightened(stored: Stored, limits: &Limits) -> Result<Stored, DecodeError> {
    let Some((across, down)) = stored.resolution else {
        return Ok(stored);
    };
    let ratio = (across / down).max(down / across);
    if !(ALIKE..=MOST).contains(&ratio) {
        return Ok(stored);
    }
    let longer = |side: usize| (side as f32 * ratio).round() as usize;
    let (width, height) = if across > down {
        (stored.width, longer(stored.height))
    } else {
        (longer(stored.width), stored.height)
    };
    if width as u64 * height as u64 > limits.max_pixels {
        return Err(DecodeError::TooLarge(format!("{width}x{height} pixels")));
    }
    let was = (stored.width, stored.height);
    let pixels = match stored.pixels {
        Pixels::Grey(data) => Pixels::Grey(resized::<1>(&data, was, (width, height))),
        Pixels::Rgb(data) => Pixels::Rgb(resized::<3>(&data, was, (width, height))),
    };
    Ok(Stored { width, height, pixels, ..stored })
}

/// Between pixels, `N` bytes each, along the side that differs.
fn resized<const N: usize>(data: &[u8], was: (usize, usize), is: (usize, usize)) -> Vec<u8> {
    let rows = places(was.1, is.1);
    let columns = places(was.0, is.0);
    let row = |y: usize| &data[y * was.0 * N..(y + 1) * was.0 * N];
    let mut out = Vec::with_capacity(is.0 * is.1 * N);
    for (y, below, share) in rows {
        let mixed: Vec<u8> =
            row(y).iter().zip(row(below)).map(|(a, b)| mix(*a, *b, share)).collect();
        if was.0 == is.0 {
            out.extend(mixed);
            continue;
        }
        for (x, right, share) in &columns {
            let (a, b) = (&mixed[x * N..(x + 1) * N], &mixed[right * N..(right + 1) * N]);
            out.extend(a.iter().zip(b).map(|(a, b)| mix(*a, *b, *share)));
        }
    }
    out
}

/// For each place of the new side the two old ones that it lies between, and how far it is to the second (256ths).
fn places(was: usize, is: usize) -> Vec<(usize, usize, u16)> {
    let step = was as f32 / is.max(1) as f32;
    let last = was.saturating_sub(1);
    (0..is)
        .map(|at| {
            let from = ((at as f32 + 0.5) * step - 0.5).clamp(0.0, last as f32);
            let first = (from as usize).min(last);
            (first, (first + 1).min(last), ((from - first as f32) * 256.0) as u16)
        })
        .collect()
}

fn mix(a: u8, b: u8, share: u16) -> u8 {
    ((u16::from(a) * (256 - share) + u16::from(b) * share + 128) >> 8) as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::metadata::Orientation;

    fn stored(resolution: Option<(f32, f32)>) -> Stored {
        Stored {
            width: 4,
            height: 2,
            pixels: Pixels::Grey(vec![0, 0, 0, 0, 200, 200, 200, 200]),
            orientation: Orientation::NoTransforms,
            resolution,
            complete: true,
        }
    }

    #[test]
    fn the_coarser_side_grows() {
        let size = |resolution| {
            let made = straightened(stored(resolution), &Limits::default()).unwrap();
            let Pixels::Grey(data) = &made.pixels else { panic!() };
            assert_eq!(data.len(), made.width * made.height);
            (made.width, made.height)
        };
        assert_eq!(size(Some((204.0, 98.0))), (4, 4));
        assert_eq!(size(Some((98.0, 204.0))), (8, 2));
        for same in [
            None,
            Some((300.0, 300.0)),
            Some((204.0, 203.0)),
            Some((300.0, 1.0)),
            Some((0.0, 0.0)),
            Some((f32::NAN, 1.0)),
        ] {
            assert_eq!(size(same), (4, 2), "{same:?}");
        }
    }

    #[test]
    fn new_rows_lie_between_the_old() {
        let made = straightened(stored(Some((200.0, 100.0))), &Limits::default()).unwrap();
        let Pixels::Grey(data) = made.pixels else { panic!() };
        assert_eq!(data.chunks(4).map(|row| row[0]).collect::<Vec<_>>(), [0, 50, 150, 200]);
    }

    #[test]
    fn no_more_pixels_than_allowed() {
        let limits = Limits { max_pixels: 15, ..Limits::default() };
        let large = straightened(stored(Some((200.0, 100.0))), &limits);
        assert!(matches!(large, Err(DecodeError::TooLarge(_))));
    }
}

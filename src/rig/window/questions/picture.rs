//! Pictures for the eye.

use crate::flow::Sha256;
use crate::picture::{Limits, Picture, decode};
use crate::store::pictures::Pictures;
use crate::store::{Reader, StoreError};
use crate::ui::port::{Answer, PictureSize, Pixels};
use std::collections::BTreeMap;

/// No side of a whole picture is longer on its way to the screen, pixels.
pub(in crate::rig) const LONGEST: usize = 1_600;

/// The crops in the order in which they were asked for. One that is not there, or is broken, is empty.
pub(super) fn crops(pictures: &Pictures, wanted: Vec<Sha256>) -> Result<Answer, StoreError> {
    let mut kept = pictures.crops(&wanted)?.into_iter().collect::<BTreeMap<_, _>>();
    let crop = |sha256| {
        let pixels = kept.remove(&sha256).map_or_else(nothing, |bytes| seen(&bytes, usize::MAX));
        (sha256, PictureSize::Crop, pixels)
    };
    Ok(Answer::Pixels(wanted.into_iter().map(crop).collect()))
}

/// The whole picture, upright as the reader saw it.
pub(super) fn whole(
    reader: &Reader,
    pictures: &Pictures,
    wanted: Sha256,
) -> Result<Answer, StoreError> {
    let kept = pictures.get(&wanted)?;
    let pixels = kept.map_or_else(nothing, |kept| seen(&kept.bytes, LONGEST));
    let pixels = turned(&pixels, reader.turn(&wanted)?);
    Ok(Answer::Pixels(vec![(wanted, PictureSize::Whole, pixels)]))
}

/// Turned by so many quarters clockwise.
fn turned(pixels: &Pixels, quarters: u8) -> Pixels {
    let (width, height) = (pixels.width, pixels.height);
    let (wide, high) = if quarters % 2 == 1 { (height, width) } else { (width, height) };
    let from = |x: usize, y: usize| match quarters % 4 {
        0 => (x, y),
        1 => (y, height - 1 - x),
        2 => (width - 1 - x, height - 1 - y),
        _ => (width - 1 - y, x),
    };
    let mut rgb = Vec::with_capacity(pixels.rgb.len());
    for (x, y) in (0..high).flat_map(|y| (0..wide).map(move |x| (x, y))) {
        let (x, y) = from(x, y);
        let at = (y * width + x) * 3;
        rgb.extend_from_slice(pixels.rgb.get(at..at + 3).unwrap_or(&[0; 3]));
    }
    Pixels { width: wide, height: high, rgb: rgb.into() }
}

fn nothing() -> Pixels {
    Pixels { width: 0, height: 0, rgb: Vec::new().into() }
}

/// Pixels with no side longer than `longest`.
pub(super) fn seen(bytes: &[u8], longest: usize) -> Pixels {
    decode(bytes, &Limits::default()).map_or_else(|_broken| nothing(), |it| fitted(&it, longest))
}

pub(in crate::rig) fn fitted(picture: &Picture, longest: usize) -> Pixels {
    let side = picture.luma.width.max(picture.luma.height);
    let factor = side.div_ceil(longest.max(1)).max(1);
    let (width, height, rgb) = picture.shrink_rgb(factor).unwrap_or_else(|| {
        let small = picture.luma.shrink(factor);
        let rgb = small.data.iter().flat_map(|grey| [*grey; 3]).collect();
        (small.width, small.height, rgb)
    });
    Pixels { width, height, rgb: rgb.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_quarters_come_round() {
        // 3 wide, 2 high: 1 2 3 over 4 5 6.
        let rgb = (1..=6).flat_map(|grey| [grey; 3]).collect::<Vec<u8>>();
        let picture = Pixels { width: 3, height: 2, rgb: rgb.into() };
        let greys = |it: &Pixels| it.rgb.iter().step_by(3).copied().collect::<Vec<u8>>();
        let right = turned(&picture, 1);
        assert_eq!((right.width, right.height, greys(&right)), (2, 3, vec![4, 1, 5, 2, 6, 3]));
        assert_eq!(greys(&turned(&picture, 2)), [6, 5, 4, 3, 2, 1]);
        assert_eq!(turned(&turned(&picture, 3), 1), picture);
        assert_eq!(turned(&nothing(), 1), nothing());
    }
}

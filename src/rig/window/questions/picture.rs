//! Pictures for the eye.

use crate::flow::Sha256;
use crate::picture::{Limits, Picture, decode};
use crate::store::StoreError;
use crate::store::pictures::Pictures;
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

pub(super) fn whole(pictures: &Pictures, wanted: Sha256) -> Result<Answer, StoreError> {
    let kept = pictures.get(&wanted)?;
    let pixels = kept.map_or_else(nothing, |kept| seen(&kept.bytes, LONGEST));
    Ok(Answer::Pixels(vec![(wanted, PictureSize::Whole, pixels)]))
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

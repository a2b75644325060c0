//! What people see of a sheet: the number's box, straightened, or where it isn't known more round it.

use super::Quad;
use super::geometry::{Homography, distance};
use super::search::{Seen, WHOLE};
use super::straighten::{FaceBox, cut};
use crate::picture::{Luma, Picture};
use crate::voucher::{Layout, Profile};

/// Crops of a whole face or picture are made to fit this many pixels.
const LARGE: (usize, usize) = (800, 480);

/// A crop and where it was cut from; without a quad it is the whole picture.
pub(super) type Crop = (Option<Quad>, Luma);

/// The whole picture made small.
pub(super) fn whole_picture(picture: &Picture) -> Crop {
    (None, picture.luma.fit(LARGE.0, LARGE.1))
}

/// The number's box with a margin that forgives an outline that is a little off.
pub(super) fn number_of(picture: &Picture, upright: &Quad, layout: &Layout) -> Crop {
    let Some(map) = Homography::new(upright) else {
        return whole_picture(picture);
    };
    let area = FaceBox::from(&layout.number_area);
    let margin_mm = 0.3 * area.h * layout.size_mm.1;
    let part = area.grown(margin_mm / layout.size_mm.0, 0.3 * area.h);
    let quad = part.on(&map);
    let (width, height) = quad.size();
    // The digits fill most of the box's height, which is 1 / 1.6 of the part's.
    let scale = (64.0 * 1.6 / height.max(1.0)).min(1.0);
    let crop = cut(
        &picture.luma,
        &map,
        &part,
        ((width * scale) as usize).clamp(1, 4000),
        ((height * scale) as usize).clamp(1, 4000),
    );
    (Some(quad), crop)
}

pub(super) fn whole_face(picture: &Picture, upright: &Quad) -> Crop {
    let Some(map) = Homography::new(upright) else {
        return whole_picture(picture);
    };
    // A little more, should the outline be off.
    let part = WHOLE.grown(0.03, 0.03);
    let quad = part.on(&map);
    let (width, height) = quad.size();
    let scale = (LARGE.0 as f32 / width.max(1.0)).min(LARGE.1 as f32 / height.max(1.0)).min(1.0);
    let crop = cut(
        &picture.luma,
        &map,
        &part,
        ((width * scale) as usize).max(1),
        ((height * scale) as usize).max(1),
    );
    (Some(quad), crop)
}

/// The face laid by its barcode, where there is no outline: exact near the code, less so further away.
pub(super) fn laid_by_code(seen: &Seen, profile: &Profile) -> Option<Quad> {
    let layout = profile.layout(seen.fit.layout()?)?;
    let (_, area) = layout.barcode.as_ref()?;
    let (begin, end) = seen.ends?;
    let length = distance(begin, end);
    if length < 8.0 {
        return None;
    }
    // The code without its white rims is about nine tenths of its box.
    let unit = length / (0.92 * area.w * layout.size_mm.0);
    let right = ((end.0 - begin.0) / length, (end.1 - begin.1) / length);
    let middle = ((begin.0 + end.0) / 2.0, (begin.1 + end.1) / 2.0);
    let place = |x: f32, y: f32| {
        let dx = (x - area.x - area.w / 2.0) * layout.size_mm.0 * unit;
        let dy = (y - area.y - area.h / 2.0) * layout.size_mm.1 * unit;
        (middle.0 + dx * right.0 - dy * right.1, middle.1 + dx * right.1 + dy * right.0)
    };
    Some(Quad([place(0.0, 0.0), place(1.0, 0.0), place(1.0, 1.0), place(0.0, 1.0)]))
}

/// The number's box on a face that its barcode laid, with a wide margin.
pub(super) fn near_code(picture: &Picture, face: &Quad, layout: &Layout) -> Crop {
    let number = FaceBox::from(&layout.number_area);
    let part = number.grown(0.06, number.h * 1.2);
    let Some(map) = Homography::new(face) else {
        return whole_picture(picture);
    };
    let quad = part.on(&map);
    let (width, height) = quad.size();
    let scale = (900.0 / width.max(1.0)).min(1.0);
    let size = ((width * scale) as usize, (height * scale) as usize);
    let crop = cut(&picture.luma, &map, &part, size.0.clamp(1, 4000), size.1.clamp(1, 4000));
    (Some(quad), crop)
}

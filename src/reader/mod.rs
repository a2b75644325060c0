//! Pixels to findings: outline, straighten, barcode. Pure CPU; the printed number comes later.

mod barcode;
mod bars;
mod boxes;
mod code128;
mod contour;
mod ean;
mod edge;
mod geometry;
mod ground;
mod linear;
mod lines;
mod looks;
mod outline;
mod places;
mod search;
mod straighten;
mod strips;
mod texture;
mod two_widths;
mod votes;

use crate::picture::{Luma, Picture};
use crate::voucher::reading::Fault;
use crate::voucher::{BarcodeFinding, Layout, Profile, Reading, Side, Symbology};
use boxes::Level;
use geometry::{Homography, distance};
use looks::Look;
use outline::Outline;
use places::everywhere;
use search::{Search, Seen, WHOLE};
use straighten::{FaceBox, cut};
use texture::Overview;
use votes::Wanted;

/// Name and version of the reader, kept in the log with every session.
pub const READER: &str = concat!("kenban-reader/", env!("CARGO_PKG_VERSION"));

/// A point in picture pixels, x to the right, y down.
pub type Point = (f32, f32);

/// Four corners from the face's top left clockwise (as the face is read, upright).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quad(pub [Point; 4]);

/// All that was found on one picture of one side.
#[derive(Clone, Debug)]
pub struct Findings {
    pub reading: Reading,
    /// The sheet's outline, turned upright when barcode or print told which way is up.
    pub outline: Option<Quad>,
    /// Where the number was cut from, in picture pixels.
    pub number_quad: Option<Quad>,
    /// The number straightened, for people's eyes (about 64 px high digits at most), never empty
    /// for a decoded picture: without an outline it is the whole picture made small.
    pub number_crop: Luma,
}

/// Crops of a whole face or picture are made to fit this many pixels.
const LARGE_CROP: (usize, usize) = (800, 480);

/// Reads one picture of one side of a sheet.
pub fn read(picture: &Picture, side: Side, profile: &Profile) -> Findings {
    let outline = outline::find(picture, &ratios(profile));
    let search = Search::new(picture, side, profile);
    let sheet = outline.map(|o| o.quad);

    let (seen, look) = look_at(&search, outline.as_ref(), profile);
    let mut reading = Reading::default();
    let best = search::best(&seen);
    reading.barcode = best.map(|seen| seen.finding.clone());
    if search::numbers(&seen) > 1 {
        reading.faults.push(Fault::SeveralBarcodes);
    }

    // The layout and the way up: the barcode's word, else what it looks like.
    let told = best.and_then(|seen| Some((profile.layout(seen.fit.layout()?)?, seen.turn)));
    let (layout, turn) = match (told, look) {
        (Some((layout, turn)), _) => (Some(layout), turn),
        (None, Some(look)) if look.sure => (Some(look.layout), Some(look.turn)),
        _ => (None, None),
    };
    reading.looks_like = layout.map(|layout| layout.id.clone());
    let upright = sheet.map(|quad| {
        let guess = look.map_or(0, |look| look.turn);
        quad.turned(turn.unwrap_or(guess))
    });
    if let (Some(layout), Some(quad), Some(_)) = (layout, upright, turn) {
        reading.second = search.second(&quad, layout);
    }
    if reading.barcode.is_none() && is_blank(picture, upright.as_ref()) {
        reading.faults.push(Fault::Blank);
    }
    // An outline that is not firm is believed only if a code stood where it should in it.
    let firm = outline.is_some_and(|o| o.firm) || best.is_some_and(|seen| seen.in_box);
    let certain = layout.filter(|layout| turn.is_some() && layout.number_area.side == side);
    let (number_quad, number_crop) = match (certain, upright, best) {
        (Some(layout), Some(quad), _) if firm => number_of(picture, &quad, layout),
        (None, None, Some(seen)) => near_code(picture, seen, profile),
        (_, Some(quad), _) if firm => whole_face(picture, &quad),
        _ => (None, picture.luma.fit(LARGE_CROP.0, LARGE_CROP.1)),
    };
    Findings { reading, outline: upright, number_quad, number_crop }
}

/// Barcodes alone, no profile, anywhere in the picture and any way up.
pub fn read_barcodes(picture: &Picture, symbologies: &[Symbology]) -> Vec<BarcodeFinding> {
    let wanted = Wanted { symbologies: symbologies.to_vec(), itf_lengths: Vec::new() };
    let overview = Overview::of(&picture.luma);
    let votes = everywhere(picture, &overview, &wanted, |_| true, Level::Labour);
    votes.believed().into_iter().map(|found| found.finding).collect()
}

/// Ratios of long to short side of the profile's faces.
fn ratios(profile: &Profile) -> Vec<f32> {
    profile
        .layouts
        .iter()
        .map(|layout| layout.size_mm)
        .map(|(w, h)| w.max(h) / w.min(h).max(0.1))
        .collect()
}

/// Codes, from the cheapest place to the dearest until a number of the profile is found, and without
/// one what the sheet looks like.
fn look_at<'a>(
    search: &Search<'_>,
    outline: Option<&Outline>,
    profile: &'a Profile,
) -> (Vec<Seen>, Option<Look<'a>>) {
    let Some(outline) = outline else {
        let seen = if search.any() { search.picture(None) } else { Vec::new() };
        return (seen, None);
    };
    let (mut seen, done) =
        if search.any() { search.boxes(&outline.quad) } else { Default::default() };
    let mut look = None;
    if search::numbers(&seen) == 0 {
        look = looks::choose(&search.picture.luma, &outline.quad, profile, search.side);
        // A sheet that plainly is of a layout without barcode is not searched for one.
        let plain = look.is_some_and(|look| look.sure && look.layout.barcode.is_none());
        if search.any() && !(outline.firm && plain) {
            seen.extend(search.face(&outline.quad, &done));
        }
    }
    if search.any() && !outline.firm {
        seen.extend(search.picture(Some(&outline.quad)));
    } else if search.any() && outline.more_outside {
        // Beside the sheet one looks only if something lies there.
        seen.extend(search.beside(&outline.quad));
    }
    (seen, look)
}

/// The number's box with a margin that forgives an outline that is a little off.
fn number_of(picture: &Picture, upright: &Quad, layout: &Layout) -> (Option<Quad>, Luma) {
    let Some(map) = Homography::new(upright) else {
        return (None, picture.luma.fit(LARGE_CROP.0, LARGE_CROP.1));
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

fn whole_face(picture: &Picture, upright: &Quad) -> (Option<Quad>, Luma) {
    let Some(map) = Homography::new(upright) else {
        return (None, picture.luma.fit(LARGE_CROP.0, LARGE_CROP.1));
    };
    // A little more, should the outline be off.
    let part = WHOLE.grown(0.03, 0.03);
    let quad = part.on(&map);
    let (width, height) = quad.size();
    let scale =
        (LARGE_CROP.0 as f32 / width.max(1.0)).min(LARGE_CROP.1 as f32 / height.max(1.0)).min(1.0);
    let crop = cut(
        &picture.luma,
        &map,
        &part,
        ((width * scale) as usize).max(1),
        ((height * scale) as usize).max(1),
    );
    (Some(quad), crop)
}

/// Without an outline: the face laid by its barcode, and the number's box with a wide margin.
fn near_code(picture: &Picture, seen: &Seen, profile: &Profile) -> (Option<Quad>, Luma) {
    let laid = || -> Option<(Option<Quad>, Luma)> {
        let layout = profile.layout(seen.fit.layout()?)?;
        let (_, area) = layout.barcode.as_ref()?;
        let (begin, end) = seen.ends?;
        // The code without its white rims is about nine tenths of its box.
        let unit = distance(begin, end) / (0.92 * area.w * layout.size_mm.0);
        let length = distance(begin, end);
        if length < 8.0 {
            return None;
        }
        let right = ((end.0 - begin.0) / length, (end.1 - begin.1) / length);
        let middle = ((begin.0 + end.0) / 2.0, (begin.1 + end.1) / 2.0);
        let place = |x: f32, y: f32| {
            let dx = (x - area.x - area.w / 2.0) * layout.size_mm.0 * unit;
            let dy = (y - area.y - area.h / 2.0) * layout.size_mm.1 * unit;
            (middle.0 + dx * right.0 - dy * right.1, middle.1 + dx * right.1 + dy * right.0)
        };
        let number = FaceBox::from(&layout.number_area);
        let part = number.grown(0.06, number.h * 1.2);
        let quad = Quad([
            place(part.x, part.y),
            place(part.x + part.w, part.y),
            place(part.x + part.w, part.y + part.h),
            place(part.x, part.y + part.h),
        ]);
        let map = Homography::new(&quad)?;
        let (width, height) = quad.size();
        let scale = (900.0 / width.max(1.0)).min(1.0);
        let size = ((width * scale) as usize, (height * scale) as usize);
        let crop = cut(&picture.luma, &map, &WHOLE, size.0.clamp(1, 4000), size.1.clamp(1, 4000));
        Some((Some(quad), crop))
    };
    laid().unwrap_or_else(|| (None, picture.luma.fit(LARGE_CROP.0, LARGE_CROP.1)))
}

fn is_blank(picture: &Picture, sheet: Option<&Quad>) -> bool {
    let (w, h) = (picture.luma.width as f32, picture.luma.height as f32);
    let whole = Quad([(0.0, 0.0), (w, 0.0), (w, h), (0.0, h)]);
    Homography::new(sheet.unwrap_or(&whole)).is_some_and(|map| looks::blank(&picture.luma, &map))
}

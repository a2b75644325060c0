//! Pixels to findings: outline, straighten, barcode, printed number. Pure CPU.

mod barcode;
mod bars;
mod boxes;
mod code128;
mod contour;
mod crop;
mod ean;
mod edge;
mod explain;
mod geometry;
mod grid;
mod ground;
mod itf;
mod linear;
mod lines;
mod looks;
mod outline;
mod parts;
mod place;
mod places;
mod print;
mod search;
mod sketch;
mod straighten;
mod strips;
mod survey;
mod text_lines;
mod texture;
mod two_widths;
mod votes;

use crate::picture::{Luma, Picture};
use crate::voucher::reading::Fault;
use crate::voucher::{BarcodeFinding, Profile, Reading, Side, Symbology};
use boxes::Level;
pub use explain::{Explained, Stage, explain};
use geometry::Homography;
use looks::Look;
use outline::Outline;
use place::{Place, Placed, Places};
use places::everywhere;
use print::Print;
use search::{Fit, Search, Seen};
use texture::Overview;
use votes::Wanted;

pub use print::read_line;
pub use survey::{Code, ReadLine, Survey, TextLine, Upright, survey};

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

/// Reads one picture of one side of a sheet.
pub fn read(picture: &Picture, side: Side, profile: &Profile) -> Findings {
    look(picture, side, profile).findings
}

/// A reading with what led to it.
struct Insight<'p> {
    findings: Findings,
    outline: Option<Outline>,
    code: Option<Seen>,
    place: Option<Place<'p>>,
    print: Option<Print>,
}

fn look<'p>(picture: &Picture, side: Side, profile: &'p Profile) -> Insight<'p> {
    let outline = outline::find(picture, &ratios(profile));
    let search = Search::new(picture, side, profile);
    let (seen, look) = look_at(&search, outline.as_ref(), profile);
    let mut reading = Reading::default();
    let best = search::best(&seen);
    reading.barcode = best.map(|seen| seen.finding.clone());
    if search::numbers(&seen) > 1 {
        reading.faults.push(Fault::SeveralBarcodes);
    }
    let parts: Vec<&Seen> = seen.iter().filter(|seen| seen.fit == Fit::Part).collect();
    if !parts.is_empty() && best.is_none_or(|best| best.fit == Fit::Other) {
        reading.barcode = None;
        reading.others = parts.into_iter().map(|part| part.finding.clone()).collect();
        reading.others.dedup();
        reading.faults.push(Fault::PartOfCode);
    }

    let guess = look.filter(|look| look.sure).map(|look| (look.layout, look.turn));
    let places = Places { picture, side, profile, outline: outline.as_ref() };
    let Placed { place, print, silent } = places.read(best, guess);
    let layout = place.as_ref().map(|place| place.layout);
    reading.looks_like = layout.map(|layout| layout.id.clone());
    reading.printed = print.as_ref().map(Print::finding);
    let sheet = outline.map(|outline| outline.quad);
    let upright = match &place {
        Some(place) if !place.by_code => Some(place.face),
        _ => sheet.map(|quad| quad.turned(look.map_or(0, |look| look.turn))),
    };
    let stands = place.as_ref().map(|place| place.face).or(upright);
    reading.turn = stands.map_or(0, |quad| quad.quarter_turns());
    if let Some(place) = &place {
        reading.second = search.second(&place.face, place.layout);
        reading.kind_text = place.kind(picture, side, profile);
    }
    if reading.barcode.is_none() && is_blank(picture, upright.as_ref()) {
        reading.faults.push(Fault::Blank);
    }
    if outline.is_some_and(|outline| outline.another) && search::numbers(&seen) < 2 {
        reading.faults.push(Fault::SeveralSheets);
    }
    // A sheet that plainly is one, with print, but with nothing where a voucher has its number and its code.
    let bare = outline.is_some_and(|outline| outline.firm) && seen.is_empty() && silent;
    if bare && look.is_some_and(|look| look.empty) && reading.faults.is_empty() {
        reading.faults.push(Fault::FaceDown);
    }
    if !picture.complete {
        reading.faults.push(Fault::PictureIncomplete);
    }
    // An outline that is not firm is believed only if a code or a number stood where it should in it.
    let firm = outline.is_some_and(|o| o.firm)
        || best.is_some_and(|seen| seen.in_box)
        || print.as_ref().is_some_and(Print::is_sure);
    let certain = place.as_ref().filter(|place| place.layout.number_area.side == side);
    let (number_quad, number_crop) = match (certain, upright) {
        (Some(place), _) if place.by_code => crop::near_code(picture, &place.face, place.layout),
        (Some(place), _) if firm => crop::number_of(picture, &place.face, place.layout),
        (_, Some(quad)) if firm => crop::whole_face(picture, &quad),
        _ => crop::whole_picture(picture),
    };
    let findings = Findings { reading, outline: upright, number_quad, number_crop };
    Insight { findings, outline, code: best.cloned(), place, print }
}

/// Barcodes of a picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Codes {
    pub whole: Vec<BarcodeFinding>,
    /// Square codes that hold a part of a content whose other parts are not in the picture.
    pub parts: Vec<BarcodeFinding>,
}

/// Barcodes alone, no profile, anywhere in the picture and any way up.
pub fn read_codes(picture: &Picture, symbologies: &[Symbology]) -> Codes {
    let wanted = Wanted { symbologies: symbologies.to_vec(), itf_lengths: Vec::new() };
    let overview = Overview::of(&picture.luma);
    let votes = everywhere(picture, &overview, &wanted, |_| true, Level::Labour);
    let whole = votes.believed().into_iter().map(|found| found.finding).collect();
    Codes { whole, parts: votes.parts() }
}

/// The whole ones of [`read_codes`].
pub fn read_barcodes(picture: &Picture, symbologies: &[Symbology]) -> Vec<BarcodeFinding> {
    read_codes(picture, symbologies).whole
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

fn is_blank(picture: &Picture, sheet: Option<&Quad>) -> bool {
    let (w, h) = (picture.luma.width as f32, picture.luma.height as f32);
    let whole = Quad([(0.0, 0.0), (w, 0.0), (w, h), (0.0, h)]);
    Homography::new(sheet.unwrap_or(&whole)).is_some_and(|map| looks::blank(&picture.luma, &map))
}

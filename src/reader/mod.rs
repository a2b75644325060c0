//! Pixels to findings: outline, straighten, barcode. Pure CPU; the printed number comes later.

use crate::picture::{Luma, Picture};
use crate::voucher::{BarcodeFinding, Profile, Reading, Symbology};

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
pub fn read(picture: &Picture, side: crate::voucher::Side, profile: &Profile) -> Findings {
    let _ = (picture, side, profile);
    todo!("helper reader")
}

/// Barcodes alone, no profile, anywhere in the picture and any way up.
pub fn read_barcodes(picture: &Picture, symbologies: &[Symbology]) -> Vec<BarcodeFinding> {
    let _ = (picture, symbologies);
    todo!("helper reader")
}

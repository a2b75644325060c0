//! From all that was seen on each voucher to samples: which barcode and which line is the number's.

use super::Sample;
use super::lines::{Coded, Line, number_codes, number_lines};

/// Everything that was seen on one voucher.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    pub codes: Vec<Coded>,
    pub lines: Vec<Line>,
    /// What stands in the box that a person drew for the number; then no other line is taken.
    pub boxed: Option<Line>,
    /// Width and height of the face in millimetres.
    pub face_mm: (f32, f32),
}

/// One sample for each voucher, in their order.
pub fn samples(seen: &[Seen]) -> Vec<Sample> {
    let codes: Vec<&[Coded]> = seen.iter().map(|one| one.codes.as_slice()).collect();
    let codes: Vec<Option<&Coded>> =
        codes.iter().zip(number_codes(&codes)).map(|(codes, at)| codes.get(at?)).collect();
    let asked: Vec<(Option<&Coded>, &[Line])> =
        codes.iter().zip(seen).map(|(code, one)| (*code, one.lines.as_slice())).collect();
    let places = number_lines(&asked);
    let sample = |((one, code), at): ((&Seen, &Option<&Coded>), Option<usize>)| {
        let line = one.boxed.as_ref().or_else(|| one.lines.get(at?));
        Sample {
            barcode: code.map(|(finding, _)| finding.clone()),
            printed: line.and_then(|line| line.text.clone()),
            face_mm: one.face_mm,
            barcode_area: code.and_then(|(_, area)| *area),
            number_area: line.map(|line| line.area),
        }
    };
    seen.iter().zip(&codes).zip(places).map(sample).collect()
}

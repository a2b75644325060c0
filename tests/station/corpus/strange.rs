//! What is no voucher's face under the camera: a back, two sheets at once.

use super::five_layouts;
use kenban::picture::{Luma, Picture};
use kenban::reader::read;
use kenban::voucher::reading::Fault;
use kenban::voucher::{Side, Verdict, judge};

/// A camera's picture of a dark desk.
fn desk() -> Luma {
    Luma::flat(1920, 1080, 40)
}

/// A voucher-sized sheet with lines of strokes like small print in its middle, where no layout has a number.
fn sheet(desk: &mut Luma, left: usize, top: usize, width: usize) {
    let height = width * 66 / 150;
    for y in 0..height {
        for x in 0..width {
            let (u, v) = (x as f32 / width as f32, y as f32 / height as f32);
            let line = (0.34..0.62).contains(&v) && (0.1..0.7).contains(&u) && y / 9 % 2 == 0;
            let ink = line && (x * 7 + y / 9 * 31) % 11 < 5;
            desk.data[(top + y) * 1920 + left + x] = if ink { 60 } else { 235 };
        }
    }
}

fn faults(luma: Luma) -> Vec<Fault> {
    let profile = five_layouts();
    let reading = read(&Picture::grey(luma), Side::Front, &profile).reading;
    let judged = judge(&profile, &reading, &|_| kenban::voucher::Issued::NoLedger, None);
    assert_eq!(reading.faults.is_empty(), judged.verdict != Verdict::Stop, "{reading:?}");
    reading.faults
}

#[test]
fn corpus_a_back_says_that_it_lies_face_down() {
    let mut luma = desk();
    sheet(&mut luma, 400, 250, 1100);
    assert_eq!(faults(luma.clone()), [Fault::FaceDown]);
    luma.data.reverse();
    assert_eq!(faults(luma), [Fault::FaceDown]);
}

#[test]
fn corpus_two_sheets_without_a_barcode_say_so() {
    let mut luma = desk();
    sheet(&mut luma, 90, 150, 860);
    assert!(!faults(luma.clone()).contains(&Fault::SeveralSheets));
    sheet(&mut luma, 1000, 560, 860);
    assert!(faults(luma).contains(&Fault::SeveralSheets));
}

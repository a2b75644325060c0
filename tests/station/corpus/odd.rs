//! Sizes that no device gives, and pictures of nothing: whatever it is, there is an answer.

use super::{five_layouts, stacked};
use kenban::picture::{Luma, Picture};
use kenban::reader::{read, read_barcodes};
use kenban::voucher::reading::Fault;
use kenban::voucher::{Side, Symbology};

pub fn noise(width: usize, height: usize) -> Luma {
    let mut random = fastrand::Rng::with_seed(7);
    Luma { width, height, data: (0..width * height).map(|_| random.u8(..)).collect() }
}

#[test]
fn corpus_odd_pictures_get_an_answer() {
    let profile = five_layouts();
    let sizes = [
        (1, 1),
        (1, 2),
        (2, 1),
        (1, 900),
        (900, 1),
        (2, 3),
        (3, 2),
        (5, 5),
        (7, 64),
        (23, 23),
        (24, 24),
        (25, 24),
        (50, 40),
        (99, 101),
        (7000, 24),
        (24, 7000),
        (30, 5000),
        (640, 480),
    ];
    for (width, height) in sizes {
        for luma in
            [Luma::flat(width, height, 255), Luma::flat(width, height, 0), noise(width, height)]
        {
            let picture = Picture::grey(luma);
            for side in [Side::Front, Side::Back] {
                let findings = read(&picture, side, &profile);
                assert!(findings.reading.barcode.is_none());
                assert!(!findings.number_crop.data.is_empty(), "{width}x{height}");
            }
            assert_eq!(read_barcodes(&picture, &Symbology::ALL), []);
        }
    }
    let white = Picture::grey(Luma::flat(1920, 1080, 250));
    let findings = read(&white, Side::Front, &profile);
    assert_eq!(findings.reading.faults, [Fault::Blank]);
}

/// Every small size, in grey and in colour.
#[test]
fn corpus_every_small_size_gets_an_answer() {
    let profile = five_layouts();
    for width in 1..=40 {
        for height in [1, 2, 3, 4, 6, 9, 13, 19, 28, 40] {
            let luma = noise(width, height);
            let rgb = Some(luma.data.iter().flat_map(|grey| [*grey, 90, 255 - *grey]).collect());
            for picture in [Picture::grey(luma.clone()), Picture::new(luma, rgb)] {
                let findings = read(&picture, Side::Front, &profile);
                assert!(!findings.number_crop.data.is_empty(), "{width}x{height}");
            }
        }
    }
}

/// A sheet of the largest size that is decoded at all is left to the long run; this is what a phone gives.
#[test]
fn corpus_large_pictures_get_an_answer() {
    let profile = five_layouts();
    for luma in [Luma::flat(4000, 3000, 200), noise(2000, 1500)] {
        let high = luma.height;
        let picture = stacked(&Picture::grey(luma.clone()), &Picture::grey(luma));
        assert_eq!(picture.luma.height, 2 * high);
        let findings = read(&picture, Side::Front, &profile);
        assert!(findings.reading.barcode.is_none() && !findings.number_crop.data.is_empty());
    }
}

//! Bytes as a file of a picture.
#![no_main]

use kenban::picture::{Limits, decode, encode_jpeg, encode_png};
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: kenban::only_uncaught_panics(), |bytes: &[u8]| {
    // Small, so that time goes into forms of files and not into pixels.
    let limits = Limits { max_bytes: 1 << 20, max_pixels: 1 << 20 };
    let Ok(picture) = decode(bytes, &limits) else {
        return;
    };
    let pixels = picture.luma.width * picture.luma.height;
    assert!(pixels > 0 && pixels <= 1 << 20);
    assert_eq!(picture.luma.data.len(), pixels);
    if let Some(rgb) = &picture.rgb {
        assert_eq!(rgb.len(), 3 * pixels);
    }
    let crop = picture.luma.crop(3, 5, 40, 50).fit(20, 20);
    assert!(crop.width <= 20 && crop.height <= 20);
    // Only its size: a picture of a pixel can be written like any other.
    drop((encode_png(&crop), encode_jpeg(&crop, 80)));
});

//! Bytes become a small picture to be read: a head of six bytes, then pixels.

use crate::picture::{Luma, Picture};
use crate::voucher::{Profile, Side, profile_file};
use std::sync::LazyLock;

/// Profiles of all kinds: several layouts, long numbers, check digits, two numbers on a face.
static PROFILES: LazyLock<Vec<Profile>> = LazyLock::new(|| {
    [
        include_str!("../../assets/profiles/five-layouts.toml"),
        include_str!("../../assets/profiles/demo.toml"),
        include_str!("../../assets/profiles/fourteen-digits.toml"),
        include_str!("../../assets/profiles/twelve-digits-nw7.toml"),
        include_str!("../../assets/profiles/book-and-branch.toml"),
    ]
    .into_iter()
    .filter_map(|text| profile_file::parse(text).ok())
    .collect()
});

/// What is to be read.
pub struct Given {
    pub picture: Picture,
    pub side: Side,
    pub profile: &'static Profile,
}

/// Profile and side, width and height in cells, pixels of a cell, colour; then a byte a cell, again and again
/// where they are too few. Cells of several pixels make a sheet's size out of few bytes.
pub fn given(bytes: &[u8]) -> Option<Given> {
    let ([which, wide, high, zoom, colour, tilt], cells) = bytes.split_first_chunk::<6>()?;
    let zoom = usize::from(zoom % 8) + 1;
    let (columns, rows) = (usize::from(*wide) + 1, usize::from(*high) + 1);
    let (width, height) = (columns * zoom, rows * zoom);
    // Lines that stand askew are found by other ways than straight ones.
    let lean = f32::from(*tilt as i8) / 256.0;
    let cell = |x: usize, y: usize| {
        let x = (x as f32 + y as f32 * lean).max(0.0) as usize % width;
        let at = y / zoom * columns + x / zoom;
        cells.get(at % cells.len().max(1)).copied().unwrap_or(255)
    };
    let data: Vec<u8> = (0..height).flat_map(|y| (0..width).map(move |x| cell(x, y))).collect();
    let rgb = (colour % 2 == 1).then(|| {
        let other = |value: &u8| [*value, value.wrapping_add(*colour), value.wrapping_mul(3)];
        data.iter().flat_map(other).collect()
    });
    let picture = Picture::new(Luma { width, height, data }, rgb);
    let side = if which & 64 == 0 { Side::Front } else { Side::Back };
    let profile = PROFILES.get(usize::from(which % 64) % PROFILES.len().max(1))?;
    Some(Given { picture, side, profile })
}

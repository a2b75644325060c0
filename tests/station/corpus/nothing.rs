//! Sheets on which no number stands: textures, noise, other print. Nothing of them is a number, not even one to
//! be looked at.

use super::five_layouts;
use super::score::without_ledger;
use super::work::in_parallel;
use fastrand::Rng;
use kenban::demo::{Fonts, PROFILE, Role};
use kenban::picture::{Luma, Picture};
use kenban::reader::read;
use kenban::voucher::{Layout, Profile, Side, Verdict, profile_file};

/// A face at 200 dpi, and the ground that is seen round it.
const FACE: (usize, usize) = (1_180, 520);
const RIM: usize = 20;

/// Japanese words, words in small letters, dates, telephone numbers, prices: what stands on vouchers beside their
/// number.
const WORDS: [&str; 12] = [
    "湖のまちお食事券",
    "訓練用・換金不可",
    "有効期限 令和八年五月三十一日",
    "使用済",
    "こちらの券は釣銭が出ません",
    "not valid without a stamp",
    "thank you for coming",
    "see the other side",
    "2026-05-15",
    "0749-22-1411",
    "¥1,000",
    "NO CASH VALUE",
];

/// A face that no printer made numbers on.
fn texture(kind: usize, rng: &mut Rng) -> Luma {
    let (width, height) = FACE;
    let mut at: Box<dyn FnMut(usize, usize) -> u8> = match kind {
        0 => Box::new(|_, _| 240),
        1 => Box::new(|_, _| rng.u8(..)),
        2 => Box::new(|x, _| (x * 255 / width) as u8),
        3 => Box::new(|x, y| (((x + y) / 2) % 256) as u8),
        4 => {
            // Bars of any width are no barcode.
            let mut bars = Vec::new();
            while bars.len() < width {
                let (dark, wide) = (bars.len().is_multiple_of(2), rng.usize(1..9));
                bars.extend(std::iter::repeat_n(if dark { 20 } else { 240 }, wide));
            }
            Box::new(move |x, _| bars[x])
        }
        5 => Box::new(|x, y| if (x / 6 + y / 6).is_multiple_of(2) { 30 } else { 225 }),
        6 => Box::new(|x, y| {
            let (dx, dy) = ((x % 9) as i32 - 4, (y % 9) as i32 - 4);
            if dx * dx + dy * dy < 10 { 60 } else { 235 }
        }),
        7 => {
            // Squares of any grey are no QR code.
            let greys: Vec<u8> = (0..40 * 90).map(|_| if rng.bool() { 25 } else { 235 }).collect();
            Box::new(move |x, y| greys[y / 14 % 40 * 90 + x / 14 % 90])
        }
        _ => {
            let (a, b) = (0.02 + rng.f32() * 0.2, 0.02 + rng.f32() * 0.2);
            Box::new(move |x, y| {
                let (x, y) = (x as f32, y as f32);
                (128.0 + 100.0 * (x * a).sin() * (y * b).cos()) as u8
            })
        }
    };
    let data =
        (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).map(|(x, y)| at(x, y)).collect();
    Luma { width, height, data }
}

/// A sheet with words in the box where a layout's number would be.
fn worded(fonts: &Fonts, layout: &Layout, words: &str, role: Role) -> Option<Luma> {
    let mut face = Luma::flat(FACE.0, FACE.1, 245);
    let font = fonts.get(role);
    if !font.has(words) {
        return None;
    }
    let area = &layout.number_area;
    let (w, h) = (FACE.0 as f32, FACE.1 as f32);
    let size = font.fit(words, area.h * h * 0.5, 0.05, area.w * w * 0.95);
    let place = (area.x * w + 0.02 * w, (area.y + area.h * 0.5) * h + size / 2.0);
    font.each_pixel(words, size, size * 0.05, place, |x, y, cover| {
        if let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y))
            && x < FACE.0
            && y < FACE.1
        {
            let pixel = &mut face.data[y * FACE.0 + x];
            *pixel = (f32::from(*pixel) * (1.0 - cover) + 20.0 * cover) as u8;
        }
    });
    Some(face)
}

/// The face on dark ground.
fn laid(face: &Luma) -> Picture {
    let mut whole = Luma::flat(FACE.0 + 2 * RIM, FACE.1 + 2 * RIM, 25);
    for y in 0..FACE.1 {
        let start = (y + RIM) * whole.width + RIM;
        whole.data[start..start + FACE.0].copy_from_slice(face.row(y));
    }
    Picture::grey(whole)
}

/// Every number that was found where none is.
fn found(faces: &[(String, Luma)], profiles: &[Profile]) -> Vec<String> {
    let found = in_parallel(2, faces.len(), |place| {
        let (name, face) = &faces[place];
        let picture = laid(face);
        let each = |profile: &Profile| {
            let reading = read(&picture, Side::Front, profile).reading;
            let judged = without_ledger(profile, &reading);
            let wrong = judged.verdict == Verdict::Accept || judged.number.is_some();
            wrong.then(|| format!("{name} of {}: {judged:?} {reading:?}", profile.campaign))
        };
        profiles.iter().filter_map(each).collect::<Vec<_>>()
    });
    found.into_iter().flatten().collect()
}

#[test]
fn corpus_textures_hold_no_number() {
    let mut rng = Rng::with_seed(3);
    let faces: Vec<_> =
        (0..9).map(|kind| (format!("texture {kind}"), texture(kind, &mut rng))).collect();
    let profiles = [five_layouts(), profile_file::parse(PROFILE).unwrap()];
    assert_eq!(found(&faces, &profiles), [] as [String; 0]);
}

#[test]
fn corpus_other_print_is_no_number() {
    let Ok(fonts) = Fonts::of_system() else {
        return;
    };
    for profile in [five_layouts(), profile_file::parse(PROFILE).unwrap()] {
        let mut faces = Vec::new();
        for (place, words) in WORDS.iter().enumerate() {
            // Each of them in the boxes of two layouts, and in two fonts.
            for turn in 0..2 {
                let layout = &profile.layouts[(place + 3 * turn) % profile.layouts.len()];
                let role = match (words.is_ascii(), turn) {
                    (false, 0) => Role::Title,
                    (false, _) => Role::Text,
                    (true, 0) => Role::OcrB,
                    (true, _) => Role::Sans,
                };
                let face = worded(&fonts, layout, words, role);
                faces.extend(face.map(|face| (format!("{words} as {}", layout.id), face)));
            }
        }
        assert_eq!(found(&faces, std::slice::from_ref(&profile)), [] as [String; 0]);
    }
}

use super::{DecodeError, Limits, decode};
use crate::picture::{Luma, Picture, encode_jpeg, encode_png};
use image::{DynamicImage, ImageFormat, RgbImage};
use proptest::prelude::*;
use std::io::Cursor;

fn sample(format: ImageFormat) -> Vec<u8> {
    let image = RgbImage::from_fn(23, 17, |x, y| {
        image::Rgb([(x * 9) as u8, (y * 13) as u8, (x * y) as u8])
    });
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(image).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

const FORMATS: [ImageFormat; 5] =
    [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Tiff, ImageFormat::WebP, ImageFormat::Bmp];

fn whole(picture: &Picture) -> bool {
    let pixels = picture.luma.width * picture.luma.height;
    picture.luma.data.len() == pixels
        && picture.rgb.as_ref().is_none_or(|rgb| rgb.len() == 3 * pixels)
}

#[test]
fn five_formats_are_read_by_content() {
    for format in FORMATS {
        let picture = decode(&sample(format), &Limits::default()).unwrap();
        assert_eq!((picture.luma.width, picture.luma.height), (23, 17));
        assert!(whole(&picture) && picture.rgb.is_some(), "{format:?}");
    }
}

#[test]
fn grey_stays_grey() {
    let luma = Luma::flat(40, 30, 77);
    let picture = decode(&encode_png(&luma), &Limits::default()).unwrap();
    assert_eq!(picture.luma, luma);
    assert!(picture.rgb.is_none());
    let picture = decode(&encode_jpeg(&luma, 90), &Limits::default()).unwrap();
    assert!(picture.rgb.is_none() && picture.luma.data.iter().all(|p| p.abs_diff(77) < 3));
}

#[test]
fn half_written_files_are_broken() {
    for format in FORMATS {
        let bytes = sample(format);
        for cut in [bytes.len() / 2, bytes.len() * 9 / 10, bytes.len() - 1] {
            let answer = decode(&bytes[..cut], &Limits::default());
            // A TIFF's last byte may belong to a tag that nothing needs.
            if !(format == ImageFormat::Tiff && answer.is_ok()) {
                assert!(matches!(answer, Err(DecodeError::Broken(_))), "{format:?} cut at {cut}");
            }
        }
    }
}

#[test]
fn foreign_and_large_are_told_apart() {
    let limits = Limits { max_bytes: 1 << 20, max_pixels: 23 * 17 - 1 };
    for format in FORMATS {
        assert!(matches!(decode(&sample(format), &limits), Err(DecodeError::TooLarge(_))));
    }
    let few_bytes = Limits { max_bytes: 10, max_pixels: 1 << 20 };
    assert!(matches!(decode(&sample(ImageFormat::Png), &few_bytes), Err(DecodeError::TooLarge(_))));
    for foreign in [&b""[..], b"GIF89a\x01\0\x01\0", b"%PDF-1.4 and so on", b"hello"] {
        assert!(matches!(decode(foreign, &Limits::default()), Err(DecodeError::Foreign)));
    }
}

#[test]
fn a_bomb_is_refused_before_its_pixels() {
    // A PNG header that claims 60,000 x 60,000 pixels.
    let mut bytes = encode_png(&Luma::flat(8, 8, 0));
    bytes[16..20].copy_from_slice(&60_000u32.to_be_bytes());
    bytes[20..24].copy_from_slice(&60_000u32.to_be_bytes());
    assert!(decode(&bytes, &Limits::default()).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_bytes_get_an_answer(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(picture) = decode(&bytes, &Limits::default()) {
            prop_assert!(whole(&picture));
        }
    }

    #[test]
    fn changed_pictures_get_an_answer(
        which in 0usize..5,
        changes in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..8),
        cut in any::<proptest::sample::Index>(),
        cuts in any::<bool>(),
    ) {
        let mut bytes = sample(FORMATS[which]);
        for (at, value) in changes {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        if cuts {
            bytes.truncate(cut.index(bytes.len()));
        }
        let limits = Limits { max_bytes: 1 << 20, max_pixels: 1 << 20 };
        if let Ok(picture) = decode(&bytes, &limits) {
            prop_assert!(whole(&picture));
        }
    }
}

/// A TIFF of one page, then a second directory of `entries` hung on behind it.
fn tiff_with_second_page(entries: &[(u16, u32)]) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let image = image::GrayImage::from_pixel(8, 6, image::Luma([200]));
    image.write_to(&mut bytes, image::ImageFormat::Tiff).unwrap();
    let mut bytes = bytes.into_inner();
    assert_eq!(&bytes[..2], b"II");
    let first = u32::from_le_bytes(bytes[4..8].try_into().unwrap()) as usize;
    let count = usize::from(u16::from_le_bytes(bytes[first..first + 2].try_into().unwrap()));
    let next = first + 2 + count * 12;
    let second = bytes.len() as u32;
    bytes[next..next + 4].copy_from_slice(&second.to_le_bytes());
    bytes.extend((entries.len() as u16).to_le_bytes());
    for (tag, value) in entries {
        bytes.extend(tag.to_le_bytes());
        bytes.extend(4u16.to_le_bytes());
        bytes.extend(1u32.to_le_bytes());
        bytes.extend(value.to_le_bytes());
    }
    bytes.extend(0u32.to_le_bytes());
    bytes
}

#[test]
fn a_tiff_of_several_pages_is_refused_and_a_thumbnail_is_not_a_page() {
    let pages = decode(&tiff_with_second_page(&[(256, 8)]), &Limits::default());
    assert!(
        matches!(&pages, Err(DecodeError::Broken(why)) if why.contains("several pages")),
        "{pages:?}"
    );
    let thumbnail = decode(&tiff_with_second_page(&[(254, 1)]), &Limits::default());
    assert!(thumbnail.is_ok(), "{thumbnail:?}");
}

use super::{DecodeError, Limits, UnreadableKind, decode};
use crate::picture::{Luma, Picture, encode_jpeg, encode_png};
use image::{DynamicImage, ImageFormat, RgbImage};
use proptest::prelude::*;
use std::io::Cursor;

fn sample(format: ImageFormat) -> Vec<u8> {
    let colour = |x, y| image::Rgb([(x * 9) as u8, (y * 13) as u8, (x * y) as u8]);
    written(format, RgbImage::from_fn(23, 17, colour))
}

fn written(format: ImageFormat, image: RgbImage) -> Vec<u8> {
    if format == ImageFormat::Tiff {
        return tiff(&[], image.width(), image.height(), image.as_raw());
    }
    if format == ImageFormat::Pnm {
        let head = format!("P6\n{} {}\n255\n", image.width(), image.height());
        return [head.as_bytes(), image.as_raw()].concat();
    }
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(image).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A plain TIFF in colour: the pixels, then directories: its own, and one more of these tags and values if there are any.
fn tiff(second: &[(u16, u32)], width: u32, height: u32, rgb: &[u8]) -> Vec<u8> {
    let first = [
        (256, width),
        (257, height),
        (258, 8),
        (262, 2),
        (273, 8),
        (277, 3),
        (278, height),
        (279, rgb.len() as u32),
    ];
    let mut bytes = b"II*\0".to_vec();
    bytes.extend((8 + rgb.len() as u32).to_le_bytes());
    bytes.extend(rgb);
    let directories = [&first[..], second];
    let many = if second.is_empty() { 1 } else { 2 };
    for (no, entries) in directories.into_iter().take(many).enumerate() {
        bytes.extend((entries.len() as u16).to_le_bytes());
        for (tag, value) in entries {
            bytes.extend(
                [&tag.to_le_bytes()[..], &4u16.to_le_bytes(), &1u32.to_le_bytes()].concat(),
            );
            bytes.extend(value.to_le_bytes());
        }
        let next = if no + 1 < many { bytes.len() as u32 + 4 } else { 0 };
        bytes.extend(next.to_le_bytes());
    }
    bytes
}

const FORMATS: [ImageFormat; 6] = [
    ImageFormat::Png,
    ImageFormat::Jpeg,
    ImageFormat::Tiff,
    ImageFormat::WebP,
    ImageFormat::Bmp,
    ImageFormat::Pnm,
];

fn whole(picture: &Picture) -> bool {
    let pixels = picture.luma.width * picture.luma.height;
    picture.luma.data.len() == pixels
        && picture.rgb.as_ref().is_none_or(|rgb| rgb.len() == 3 * pixels)
}

#[test]
fn six_formats_are_read_by_content() {
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

/// A stamp's red is as dark in a PNG as in a JPEG, whose own grey is BT.601's.
#[test]
fn red_has_the_grey_of_a_jpeg() {
    let red = RgbImage::from_pixel(16, 16, image::Rgb([255, 0, 0]));
    for format in FORMATS {
        let bytes = written(format, red.clone());
        let grey = decode(&bytes, &Limits::default()).unwrap().luma.data[100];
        assert!(grey.abs_diff(76) <= 1, "{format:?}: {grey}");
    }
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
    for foreign in [&b""[..], b"hello", b"P1 is a list", b"P", b"II*"] {
        let answer = decode(foreign, &Limits::default());
        assert!(matches!(answer, Err(DecodeError::Foreign)), "{foreign:?} {answer:?}");
    }
    let gif = &b"GIF89a\x01\0\x01\0"[..];
    let jp2 = b"\0\0\0\x0CjP  \r\n\x87\n";
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0";
    for (other, kind) in [
        (gif, UnreadableKind::OtherFormat),
        (jp2, UnreadableKind::OtherFormat),
        (heic, UnreadableKind::OtherFormat),
        (b"%PDF-1.4 and so on", UnreadableKind::Pdf),
    ] {
        let answer = decode(other, &Limits::default());
        assert!(matches!(answer, Err(DecodeError::Unreadable(is, _)) if is == kind), "{answer:?}");
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
        which in 0usize..6,
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

fn tiff_with_second_page(entries: &[(u16, u32)]) -> Vec<u8> {
    tiff(entries, 8, 6, &[200; 8 * 6 * 3])
}

#[test]
fn a_tiff_of_several_pages_is_refused_and_a_thumbnail_is_not_a_page() {
    let pages = decode(&tiff_with_second_page(&[(256, 8)]), &Limits::default());
    assert!(
        matches!(&pages, Err(DecodeError::Unreadable(UnreadableKind::SeveralPages, _))),
        "{pages:?}"
    );
    let thumbnail = decode(&tiff_with_second_page(&[(254, 1)]), &Limits::default());
    assert!(thumbnail.is_ok(), "{thumbnail:?}");
}

#[test]
fn a_page_behind_a_thumbnail_is_a_page() {
    let first_is_thumbnail = {
        let mut bytes = tiff(&[(254, 0), (256, 8), (257, 6)], 8, 6, &[200; 8 * 6 * 3]);
        // Its own directory says nothing of a thumbnail, so the width's tag is made to.
        let at = 8 + 8 * 6 * 3 + 2;
        bytes[at..at + 2].copy_from_slice(&254u16.to_le_bytes());
        bytes[at + 8..at + 12].copy_from_slice(&1u32.to_le_bytes());
        bytes
    };
    // The page is the second; that one has no strips here.
    let answer = decode(&first_is_thumbnail, &Limits::default());
    assert!(
        matches!(&answer, Err(DecodeError::Broken(why)) if why.contains("strips")),
        "{answer:?}"
    );
}

/// A JPEG's coded data cut off, with an end mark set behind the cut.
fn cut_with_end(jpeg: &[u8], at: usize) -> Vec<u8> {
    [&jpeg[..at], &[0xFF, 0xD9]].concat()
}

fn photograph(progressive: bool) -> Vec<u8> {
    let mut seed = 7u32;
    let image = RgbImage::from_fn(170, 90, |x, y| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let grain = (seed >> 28) as u8;
        image::Rgb([(x as u8) ^ grain, (y as u8).wrapping_mul(3), ((x * y) >> 3) as u8])
    });
    if progressive {
        let digits = PROGRESSIVE.as_bytes().chunks(2);
        return digits
            .map(|it| u8::from_str_radix(str::from_utf8(it).unwrap(), 16).unwrap())
            .collect();
    }
    let mut bytes = Vec::new();
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 80)
        .encode_image(&image)
        .unwrap();
    bytes
}

/// A progressive JPEG of 40 x 24 pixels with ten scans, some of which refine others: `jpegtran -progressive` of random
/// pixels, in hexadecimal digits.
const PROGRESSIVE: &str = "\
    ffd8ffe000104a46494600010100000100010000ffdb0043000d090a0b0a080d0b0a0b0e0e0d0f13201513121213271c1e17\
    202e2931302e292d2c333a4a3e333646372c2d405741464c4e525352323e5a615a50604a51524fffdb0043010e0e0e131113\
    261515264f352d354f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f\
    4f4f4f4f4f4f4f4fffc20011080018002803012200021101031101ffc4001700010101010000000000000000000000000003\
    0405ffc4001801010100030000000000000000000000000400020306ffda000c03010002100310000001e0535d0f865aebac\
    dc8e8a642c1b95b54432c372bfffc40017100003010000000000000000000000000000010212ffda0008010100010502c8a4\
    c0a0c0a450291418148a45028141ffc40017110101010100000000000000000000000002000103ffda0008010301013f011d\
    a1da3da0b60b6c7b7fffc4001811000301010000000000000000000000000001021210ffda0008010201013f01df324b2448\
    ffc40014100100000000000000000000000000000030ffda0008010100063f027fffc4001810010101010100000000000000\
    000000002100011031ffda0008010100013f21c70d8a0b1792c12f0c52c32704bfffda000c03010002000300000010deb023\
    77efffc40017110003010000000000000000000000000000011021ffda0008010301013f109588944aa3ffc4001711010003\
    0000000000000000000000000000011121ffda0008010201013f10d2eda4d2d20a7fffc4001a100101000301010000000000\
    000000000021000141513111ffda0008010100013f102165d3710b8a2410dc1b84660f377246241b83f3045e402fffd9\
";

#[test]
fn a_jpeg_that_lacks_a_part_says_so() {
    for progressive in [false, true] {
        let whole = photograph(progressive);
        assert!(decode(&whole, &Limits::default()).unwrap().complete, "{progressive}");
        let data = whole.windows(2).position(|mark| mark == [0xFF, 0xDA]).unwrap() + 14;
        let end = whole.len() - 2;
        let mut lacking = 0;
        for share in 1..100 {
            let at = data + (end - data) * share / 100;
            // Behind a mark's first byte the end mark would be another.
            if whole[at - 1] == 0xFF {
                continue;
            }
            if let Ok(picture) = decode(&cut_with_end(&whole, at), &Limits::default()) {
                assert!(!picture.complete, "cut at {share} %, progressive: {progressive}");
                lacking += 1;
            }
        }
        assert!(lacking > 20, "{lacking}");
    }
}

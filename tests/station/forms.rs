//! One sheet in every form that a scanner gives a single page: always the same number.

mod write;

use crate::common::{Site, old, text, texts};
use crate::corpus::drawn::{Easel, Wear, honest};
use kenban::demo::Device;
use kenban::picture::{DecodeError, Limits, Luma, Picture, UnreadableKind, decode};
use kenban::reader::read;
use kenban::voucher::{Issued, Profile, Reason, Side, Verdict, judge};
use proptest::prelude::*;
use std::sync::LazyLock;
use write::{Form, Packing};

/// A sheet as a scanner gives it, and its number.
struct Sample {
    easel: Easel,
    number: String,
    grey: Luma,
    rgb: Vec<u8>,
}

impl Sample {
    /// `None` on a machine without any font.
    fn draw() -> Option<Sample> {
        let easel = Easel::new()?;
        let made = (0..200)
            .map(|place| honest(&easel.profile, 5, place, Wear::None))
            .find(|made| {
                made.drawing.look.device == Device::Scanner && made.truth.barcode.is_some()
            })
            .unwrap();
        let number = made.truth.number.unwrap();
        let canvas = easel.studio.picture(&made.drawing).unwrap();
        let size = (canvas.width, canvas.height);
        let grey = canvas.data.chunks_exact(3).map(|p| luma([p[0], p[1], p[2]])).collect();
        let grey = Luma { width: size.0, height: size.1, data: grey };
        Some(Sample { easel, number, grey, rgb: canvas.data })
    }

    fn size(&self) -> (usize, usize) {
        (self.grey.width, self.grey.height)
    }

    fn at(&self, x: usize, y: usize) -> u8 {
        self.grey.data[y * self.grey.width + x]
    }

    fn colour(&self, x: usize, y: usize) -> [u8; 3] {
        let at = (y * self.grey.width + x) * 3;
        [self.rgb[at], self.rgb[at + 1], self.rgb[at + 2]]
    }

    /// 1 where it is dark.
    fn dark(&self, x: usize, y: usize) -> u16 {
        u16::from(self.at(x, y) < 140)
    }
}

fn luma(p: [u8; 3]) -> u8 {
    ((77 * u32::from(p[0]) + 150 * u32::from(p[1]) + 29 * u32::from(p[2]) + 128) >> 8) as u8
}

/// The number under which a picture would be accepted.
fn accepted(profile: &Profile, picture: &Picture) -> Option<String> {
    let reading = read(picture, Side::Front, profile).reading;
    let judged = judge(profile, &reading, &|_| Issued::Yes, None);
    (judged.verdict == Verdict::Accept).then(|| judged.number.unwrap().to_string())
}

fn whole(bytes: &[u8], what: &dyn std::fmt::Debug) -> Picture {
    let picture =
        decode(bytes, &Limits::default()).unwrap_or_else(|error| panic!("{what:?}: {error}"));
    assert!(picture.complete, "{what:?}");
    picture
}

const BLACK_AND_WHITE: [Packing; 9] = [
    Packing::None,
    Packing::Runs,
    Packing::G3,
    Packing::G3Filled,
    Packing::G3Both,
    Packing::G4,
    Packing::Lzw,
    Packing::Deflate,
    Packing::PackBits,
];

/// Every form of one bit a pixel.
fn forms_of_one_bit() -> impl Iterator<Item = Form> {
    BLACK_AND_WHITE.into_iter().flat_map(|packing| {
        [false, true].into_iter().flat_map(move |low_bit_first| {
            [(0, false, true), (1, true, false), (0, true, true), (1, false, false)]
                .into_iter()
                .map(move |(photometric, big, little)| Form {
                    packing,
                    photometric,
                    bits: 1,
                    big,
                    little,
                    low_bit_first,
                    // In one strip, and in many.
                    rows_per_strip: if big { 40 } else { usize::try_from(u32::MAX).unwrap() },
                    ..Form::default()
                })
        })
    })
}

#[test]
fn forms_in_black_and_white_are_the_same_picture() {
    let Some(sample) = Sample::draw() else { return };
    let plain = {
        let data = (0..sample.grey.data.len()).map(|at| {
            let (x, y) = (at % sample.grey.width, at / sample.grey.width);
            if sample.dark(x, y) == 1 { 0 } else { 255 }
        });
        Luma { data: data.collect(), ..sample.grey.clone() }
    };
    assert_eq!(
        accepted(&sample.easel.profile, &Picture::grey(plain.clone())).as_ref(),
        Some(&sample.number)
    );
    let mut count = 0;
    for form in forms_of_one_bit() {
        // What is written is set for black where white is zero.
        let value = |x, y, _| sample.dark(x, y) ^ form.photometric;
        let picture = whole(&form.write(sample.size(), &value), &form);
        assert!(picture.luma == plain, "{form:?}");
        count += 1;
    }
    assert_eq!(count, 72);
    let tiled = Form { bits: 1, photometric: 0, tile: Some((64, 48)), ..Form::default() };
    let value = |x, y, _| sample.dark(x, y);
    assert!(whole(&tiled.write(sample.size(), &value), &tiled).luma == plain);
    // The same as PBM, as scanimage writes it without a format.
    let row_bytes = plain.width.div_ceil(8);
    let mut pbm =
        format!("P4\n# SANE data follows\n{} {}\n", plain.width, plain.height).into_bytes();
    for y in 0..plain.height {
        let mut row = vec![0; row_bytes];
        (0..plain.width)
            .filter(|x| sample.dark(*x, y) == 1)
            .for_each(|x| row[x / 8] |= 0x80 >> (x % 8));
        pbm.extend(row);
    }
    assert!(whole(&pbm, &"PBM").luma == plain);
}

#[test]
fn forms_in_grey_give_the_same_number() {
    let Some(sample) = Sample::draw() else { return };
    let profile = &sample.easel.profile;
    let mut forms = Vec::new();
    for bits in [2, 4, 8, 12, 16] {
        for (photometric, little) in [(0, true), (1, false)] {
            for packing in [Packing::None, Packing::Lzw, Packing::Deflate, Packing::PackBits] {
                forms.push(Form { packing, bits, photometric, little, ..Form::default() });
            }
        }
    }
    for packing in [Packing::Lzw, Packing::Deflate] {
        forms.push(Form { packing, predicted: true, ..Form::default() });
        forms.push(Form { packing, predicted: true, bits: 16, little: false, ..Form::default() });
    }
    forms.push(Form { low_bit_first: true, ..Form::default() });
    forms.push(Form { low_bit_first: true, bits: 16, packing: Packing::Lzw, ..Form::default() });
    forms.push(Form { big: true, tile: Some((128, 64)), ..Form::default() });
    forms.push(Form { packing: Packing::Jpeg, rows_per_strip: 16, ..Form::default() });
    forms.push(Form { packing: Packing::Jpeg, tile: Some((64, 64)), ..Form::default() });
    let mut read = std::collections::BTreeMap::new();
    for form in forms {
        let most = (1u32 << form.bits) - 1;
        let value = |x, y, _| {
            let grey = (u32::from(sample.at(x, y)) * most + 127) / 255;
            (if form.photometric == 0 { most - grey } else { grey }) as u16
        };
        let picture = whole(&form.write(sample.size(), &value), &form);
        assert_eq!((picture.luma.width, picture.luma.height), sample.size());
        assert!(picture.rgb.is_none());
        let off =
            picture.luma.data.iter().zip(&sample.grey.data).map(|(a, b)| a.abs_diff(*b)).max();
        let allowed = match form.bits {
            _ if form.packing == Packing::Jpeg => 60,
            2 => 43,
            4 => 9,
            _ => 1,
        };
        assert!(off <= Some(allowed), "{form:?} {off:?}");
        // The same pixels say the same.
        let number =
            read.entry(picture.luma.data.clone()).or_insert_with(|| accepted(profile, &picture));
        assert_eq!(number.as_ref(), Some(&sample.number), "{form:?}");
    }
    let (width, height) = sample.size();
    let pgm = [format!("P5 {width} {height} 255\n").as_bytes(), &sample.grey.data[..]].concat();
    assert!(whole(&pgm, &"PGM").luma == sample.grey);
}

#[test]
fn forms_in_colour_give_the_same_number() {
    let Some(sample) = Sample::draw() else { return };
    let profile = &sample.easel.profile;
    // Of 16 greys a palette, in an order of its own.
    let palette: Vec<u16> =
        (0..3).flat_map(|_| (0..16u16).map(|at| (at * 7 % 16) * 0x1111)).collect();
    let of_palette = |x: usize, y: usize| {
        let wanted = u16::from(sample.at(x, y)) / 17;
        (0..16).find(|at| at * 7 % 16 == wanted).unwrap()
    };
    let large: Vec<u16> = (0..3).flat_map(|_| (0..256u16).map(|at| (255 - at) * 0x0101)).collect();
    let two: Vec<u16> = [0xFFFF, 0].repeat(3);
    let rgb = |x: usize, y: usize, sample_no: usize| u16::from(sample.colour(x, y)[sample_no]);
    type At<'a> = Box<dyn Fn(usize, usize, usize) -> u16 + 'a>;
    let of_rgb = || -> At<'_> { Box::new(rgb) };
    let colour = |packing| Form { packing, photometric: 2, samples: 3, ..Form::default() };
    let forms: Vec<(Form, At<'_>)> = vec![
        (colour(Packing::None), of_rgb()),
        (colour(Packing::PackBits), of_rgb()),
        (Form { planar: true, ..colour(Packing::Lzw) }, of_rgb()),
        (Form { predicted: true, ..colour(Packing::Lzw) }, of_rgb()),
        (Form { predicted: true, planar: true, ..colour(Packing::Deflate) }, of_rgb()),
        (Form { tile: Some((96, 80)), big: true, ..colour(Packing::Deflate) }, of_rgb()),
        // A JPEG of colours in strips: YCbCr, as a scanner writes it.
        (Form { photometric: 6, rows_per_strip: 32, ..colour(Packing::Jpeg) }, of_rgb()),
        (
            Form { bits: 16, little: false, ..colour(Packing::None) },
            Box::new(|x, y, no| rgb(x, y, no) * 257),
        ),
        (
            Form { samples: 4, shorts: vec![(338, vec![2])], ..colour(Packing::None) },
            Box::new(|x, y, no| if no == 3 { 255 } else { rgb(x, y, no) }),
        ),
        (
            Form { photometric: 5, samples: 4, ..colour(Packing::None) },
            Box::new(|x, y, no| if no == 3 { 0 } else { 255 - rgb(x, y, no) }),
        ),
        (
            Form { photometric: 3, bits: 4, shorts: vec![(320, palette)], ..Form::default() },
            Box::new(|x, y, _| of_palette(x, y)),
        ),
        (
            Form {
                photometric: 3,
                packing: Packing::Lzw,
                shorts: vec![(320, large)],
                ..Form::default()
            },
            Box::new(|x, y, _| 255 - u16::from(sample.at(x, y))),
        ),
        (
            Form { photometric: 3, bits: 1, shorts: vec![(320, two)], ..Form::default() },
            Box::new(|x, y, _| sample.dark(x, y)),
        ),
        (
            // Grey and alpha: transparent parts are paper.
            Form { samples: 2, shorts: vec![(338, vec![2])], ..Form::default() },
            Box::new(|x, y, no| if no == 1 { 255 } else { u16::from(sample.at(x, y)) }),
        ),
    ];
    for (form, value) in forms {
        let picture = whole(&form.write(sample.size(), &value), &form);
        assert_eq!(accepted(profile, &picture).as_ref(), Some(&sample.number), "{form:?}");
    }
}

#[test]
fn transparent_parts_are_paper() {
    for (kind, paint) in [(1, 0), (2, 0), (2, 90)] {
        let form = Form { samples: 2, shorts: vec![(338, vec![kind])], ..Form::default() };
        let bytes = form.write((9, 9), &|_, _, no| if no == 1 { 0 } else { paint });
        assert!(whole(&bytes, &form).luma.data.iter().all(|grey| *grey == 255), "{form:?}");
    }
}

/// A fax has half as many rows as its paper is high for its width.
#[test]
fn a_fax_is_read_at_its_true_proportions() {
    let Some(sample) = Sample::draw() else { return };
    let (width, height) = sample.size();
    let half = (width, height * 98 / 204);
    let of_row = |y: usize| (y * 204 / 98).min(height - 1);
    for packing in [Packing::G3, Packing::G4, Packing::None] {
        let form = Form {
            packing,
            bits: 1,
            photometric: 0,
            resolution: Some((204, 98)),
            ..Form::default()
        };
        let picture = whole(&form.write(half, &|x, y, _| sample.dark(x, of_row(y))), &form);
        assert!(picture.luma.height.abs_diff(height) <= 2 && picture.luma.width == width);
        assert_eq!(
            accepted(&sample.easel.profile, &picture).as_ref(),
            Some(&sample.number),
            "{form:?}"
        );
    }
}

#[test]
fn kinds_that_can_not_be_read_are_named_and_not_called_broken() {
    let grey = |form: &Form| form.write((40, 30), &|x, y, _| (x * y) as u16 & 15);
    let compressed = [6, 9, 32_771, 34_661, 34_712, 34_925, 50_000, 50_001].map(Packing::Other);
    for packing in compressed {
        let answer = decode(&grey(&Form { packing, ..Form::default() }), &Limits::default());
        assert!(
            matches!(answer, Err(DecodeError::Unreadable(UnreadableKind::TiffCompression, _))),
            "{answer:?}"
        );
    }
    for form in [
        Form { photometric: 8, samples: 3, ..Form::default() },
        Form { shorts: vec![(339, vec![3])], ..Form::default() },
        Form { photometric: 6, samples: 3, packing: Packing::Lzw, ..Form::default() },
        Form { predicted: true, bits: 4, packing: Packing::Lzw, ..Form::default() },
    ] {
        let answer = decode(&grey(&form), &Limits::default());
        assert!(
            matches!(answer, Err(DecodeError::Unreadable(UnreadableKind::TiffSamples, _))),
            "{form:?} {answer:?}"
        );
    }
    let jpeg = kenban::picture::encode_jpeg(&Luma::flat(40, 30, 9), 90);
    let frame = jpeg.windows(2).position(|mark| mark == [0xFF, 0xC0]).unwrap();
    let changed = |at: usize, value: u8| {
        let mut jpeg = jpeg.clone();
        jpeg[frame + at] = value;
        jpeg
    };
    for (jpeg, kind) in [
        (changed(4, 12), UnreadableKind::Jpeg12Bit),
        (changed(1, 0xC3), UnreadableKind::JpegLossless),
        (changed(1, 0xF7), UnreadableKind::JpegLossless),
        (changed(1, 0xC9), UnreadableKind::JpegArithmetic),
        (changed(1, 0xCA), UnreadableKind::JpegArithmetic),
        (changed(1, 0xC5), UnreadableKind::JpegOther),
        (changed(11, 0x31), UnreadableKind::JpegOther),
    ] {
        let answer = decode(&jpeg, &Limits::default());
        assert!(
            matches!(&answer, Err(DecodeError::Unreadable(is, _)) if *is == kind),
            "{answer:?}"
        );
    }
    let pages = b"P4 8 1\n\xFFP4 8 1\n\x00";
    let answer = decode(pages, &Limits::default());
    assert!(matches!(answer, Err(DecodeError::Unreadable(UnreadableKind::SeveralPages, _))));
}

/// A fax that lacks rows is shown with them white, and a person sees it.
#[test]
fn a_strip_that_lacks_rows_makes_an_incomplete_picture() {
    for packing in [Packing::G3, Packing::G3Both, Packing::G4] {
        let form = Form { packing, bits: 1, photometric: 0, rows_per_strip: 60, ..Form::default() };
        let value = |x: usize, y: usize, _: usize| u16::from((x / 3 + y / 2).is_multiple_of(5));
        let short = form.write((64, 40), &value);
        let tall = form.write((64, 60), &value);
        // The directory of the taller one, the strip of the shorter one.
        let place = tall.windows(12).rposition(|entry| entry[..4] == [1, 1, 4, 0]).unwrap();
        let mut made = short.clone();
        let here = short.windows(12).rposition(|entry| entry[..4] == [1, 1, 4, 0]).unwrap();
        made[here..here + 12].copy_from_slice(&tall[place..place + 12]);
        let picture = decode(&made, &Limits::default()).unwrap();
        assert_eq!(picture.luma.height, 60, "{form:?}");
        assert!(!picture.complete, "{form:?}");
    }
}

#[test]
fn an_incomplete_picture_never_counts_by_the_machines_word() {
    let Some(sample) = Sample::draw() else { return };
    let profile = &sample.easel.profile;
    let picture = Picture { complete: false, ..Picture::grey(sample.grey.clone()) };
    assert_eq!(
        accepted(profile, &Picture::grey(sample.grey.clone())).as_ref(),
        Some(&sample.number)
    );
    let reading = read(&picture, Side::Front, profile).reading;
    let judged = judge(profile, &reading, &|_| Issued::Yes, None);
    assert_eq!(judged.verdict, Verdict::Check);
    assert_eq!(judged.number.unwrap().to_string(), sample.number);
    assert_eq!(judged.reasons, [Reason::PictureIncomplete]);
}

/// Puts files of this content into the scanner's folder.
fn put(site: &Site, names: &[&str], bytes: &[u8]) {
    for name in names {
        let path = site.path("scans").join(name);
        std::fs::write(&path, bytes).unwrap();
        old(&path);
    }
}

fn files(folder: &std::path::Path) -> Vec<String> {
    let Ok(listed) = std::fs::read_dir(folder) else { return Vec::new() };
    let names = listed.map(|it| it.unwrap()).filter(|it| it.path().is_file());
    let mut names: Vec<String> = names.map(|it| it.file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_pile_of_files_that_can_not_be_read_is_not_counted_to_its_end() {
    let site = Site::begun();
    let other = Form { packing: Packing::Other(34_661), ..Form::default() };
    let other = other.write((40, 30), &|x, _, _| x as u16);
    // Two, then one that can be read, then more: only three in a row end it.
    put(&site, &["1.tif", "2.tif"], &other);
    site.scan("3.png", 3);
    put(&site, &["4.tif", "5.tif", "6.tif", "7.tif", "8.tif"], &other);
    let scans = site.path("scans");
    let said = site
        .fails(1, &["count", "--shop", "A0321004", "--slip", "1000=8", "--folder", text(&scans)]);
    assert!(said.contains("Set the scanner's TIFF to G4"), "{said}");
    assert!(said.contains("3 files in a row") && !said.contains("Feed its sheet again"), "{said}");
    assert_eq!(files(&scans.join("aside")), ["1.tif", "2.tif", "4.tif", "5.tif", "6.tif"]);
    assert_eq!(files(&scans.join("done")), ["3.png"]);
    assert_eq!(files(&scans), ["7.tif", "8.tif"]);
}

#[test]
fn a_file_that_a_killed_scanner_left_is_named() {
    let site = Site::begun();
    site.scan("1.png", 1);
    put(&site, &["2.tif.part", ".hidden.part"], b"II*");
    let scans = site.path("scans");
    let count = ["count", "--shop", "A0321004", "--slip", "1000=2", "--folder", text(&scans)];
    let output = site.run(&count);
    let (_, said) = texts(&output);
    assert!(output.status.success() && said.contains("2.tif.part is not finished"), "{said}");
    assert!(!said.contains("hidden"), "{said}");
    assert_eq!(files(&scans), [".hidden.part", "2.tif.part"]);
}

/// One small picture in each form, as grounds for mutation.
static SMALL_FORMS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let mut all: Vec<Form> = forms_of_one_bit().collect();
    all.push(Form { packing: Packing::Jpeg, photometric: 6, samples: 3, ..Form::default() });
    all.push(Form { packing: Packing::Lzw, predicted: true, bits: 16, ..Form::default() });
    all.push(Form {
        packing: Packing::Deflate,
        samples: 4,
        photometric: 5,
        planar: true,
        ..Form::default()
    });
    all.push(Form { bits: 4, photometric: 3, shorts: vec![(320, vec![9; 48])], ..Form::default() });
    all.push(Form {
        tile: Some((16, 16)),
        samples: 2,
        shorts: vec![(338, vec![1])],
        ..Form::default()
    });
    all.push(Form { bits: 12, resolution: Some((204, 98)), ..Form::default() });
    let value = |x: usize, y: usize, no: usize| u16::from((x * 3 + y * 5 + no) % 7 < 3);
    all.iter().map(|form| form.write((37, 29), &value)).collect()
});

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn changed_forms_get_an_answer(
        which in any::<proptest::sample::Index>(),
        changes in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 0..8),
        // Most of what matters stands in the directory, at the end.
        late in proptest::collection::vec((0usize..260, any::<u8>()), 0..5),
        cut in proptest::option::weighted(0.2, any::<proptest::sample::Index>()),
    ) {
        let mut bytes = which.get(&SMALL_FORMS).clone();
        for (at, value) in changes {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        for (back, value) in late {
            let at = bytes.len().saturating_sub(1 + back);
            bytes[at] = value;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        let limits = Limits { max_bytes: 1 << 20, max_pixels: 1 << 20 };
        if let Ok(picture) = decode(&bytes, &limits) {
            let pixels = picture.luma.width * picture.luma.height;
            prop_assert_eq!(picture.luma.data.len(), pixels);
            prop_assert!(pixels <= 1 << 20);
            prop_assert!(picture.rgb.is_none_or(|rgb| rgb.len() == 3 * pixels));
        }
    }
}

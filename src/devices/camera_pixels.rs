//! The bytes that a camera sends, to grey pixels. Cameras are outside: whatever the bytes are, it answers.

use super::camera_format::Pixels;
use crate::picture::{self, Limits, Luma};
use std::sync::Arc;

/// A frame that can't be used; the next one may be right.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadFrame {
    #[error("the camera sent {got} bytes where a picture has {needed}")]
    Short { got: usize, needed: usize },
    #[error("the camera sent no whole JPEG picture")]
    Torn,
    #[error("{0}")]
    Broken(String),
}

/// The pixels, and the JPEG file if the camera sent one.
pub type Seen = (Luma, Option<Arc<[u8]>>);

/// Grey pixels of a raw frame without padding, or of an MJPEG one, whose own size counts.
pub fn convert(raw: &[u8], width: usize, height: usize, pixels: Pixels) -> Result<Seen, BadFrame> {
    if pixels == Pixels::Mjpeg {
        let jpeg = whole_jpeg(raw).ok_or(BadFrame::Torn)?;
        let picture = picture::decode_frame(&jpeg, &Limits::default())
            .map_err(|error| BadFrame::Broken(error.to_string()))?;
        return Ok((picture.luma, Some(jpeg.into())));
    }
    // How many bytes a picture has for each two pixels.
    let bytes_of_two = match pixels {
        Pixels::Grey => 2,
        Pixels::Nv12 => 3,
        Pixels::Yuyv | Pixels::Mjpeg => 4,
        Pixels::Rgb | Pixels::Bgr => 6,
    };
    let area = width.saturating_mul(height);
    let needed = area.saturating_mul(bytes_of_two) / 2;
    // Buffers may be longer than the picture in them.
    let bytes = raw.get(..needed).filter(|bytes| !bytes.is_empty());
    let bytes = bytes.ok_or(BadFrame::Short { got: raw.len(), needed: needed.max(1) })?;
    let data = match pixels {
        // Y U Y V: every second byte is the brightness.
        Pixels::Yuyv | Pixels::Mjpeg => bytes.chunks_exact(2).map(|pair| pair[0]).collect(),
        // The brightness comes first, whole.
        Pixels::Grey | Pixels::Nv12 => bytes[..area].to_vec(),
        Pixels::Rgb => bytes.chunks_exact(3).map(|p| grey(p[0], p[1], p[2])).collect(),
        Pixels::Bgr => bytes.chunks_exact(3).map(|p| grey(p[2], p[1], p[0])).collect(),
    };
    Ok((Luma { width, height, data }, None))
}

fn grey(red: u8, green: u8, blue: u8) -> u8 {
    let [red, green, blue] = [red, green, blue].map(u32::from);
    ((77 * red + 150 * green + 29 * blue + 128) >> 8) as u8
}

/// A JPEG file cut out of a buffer: without what lies behind its end (the buffer is as long as the longest
/// picture, and its rest is of older ones), and with the usual Huffman tables if the camera left them out, as
/// many do. `None` if there is no end.
fn whole_jpeg(buffer: &[u8]) -> Option<Vec<u8>> {
    if buffer.get(..2)? != [0xFF, 0xD8] {
        return None;
    }
    let (mut at, mut tables, mut scan) = (2, false, None);
    loop {
        // To the next mark: FF and something that is neither a stuffed zero, a fill byte nor a restart.
        while *buffer.get(at)? != 0xFF || matches!(*buffer.get(at + 1)?, 0 | 0xFF | 0xD0..=0xD7 | 1)
        {
            at += 1;
        }
        let mark = *buffer.get(at + 1)?;
        match mark {
            0xD9 => break,
            0xC4 => tables = true,
            0xDA if scan.is_none() => scan = Some(at),
            _ => {}
        }
        let length = match mark {
            // A picture that begins anew: the end of the one before was lost.
            0xD8 => return None,
            _ => usize::from(u16::from_be_bytes([*buffer.get(at + 2)?, *buffer.get(at + 3)?])),
        };
        at = at.checked_add(2)?.checked_add(length.max(2))?;
    }
    let file = buffer.get(..at + 2)?;
    let scan = scan?;
    if tables {
        return Some(file.to_vec());
    }
    Some([&file[..scan], &usual_tables(), &file[scan..]].concat())
}

/// The Huffman tables K.3 to K.6 of ITU T.81, as a segment: what MJPEG means where it has none.
fn usual_tables() -> Vec<u8> {
    let mut segment = vec![0xFF, 0xC4];
    let length: usize =
        TABLES.iter().map(|(_, counts, values)| 1 + counts.len() + values.len()).sum();
    segment.extend_from_slice(&((length + 2) as u16).to_be_bytes());
    for (kind, counts, values) in TABLES {
        segment.push(kind);
        segment.extend_from_slice(counts);
        segment.extend_from_slice(values);
    }
    segment
}

/// Kind and number of a table, how many codes have 1 to 16 bits, and what they mean.
type Table = (u8, &'static [u8; 16], &'static [u8]);

const TABLES: [Table; 4] = [
    (
        0x00,
        &[0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0],
        &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
    ),
    (
        0x10,
        &[0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 0x7D],
        &[
            0x01, 0x02, 0x03, 0x00, 0x04, 0x11, 0x05, 0x12, 0x21, 0x31, 0x41, 0x06, 0x13, 0x51,
            0x61, 0x07, 0x22, 0x71, 0x14, 0x32, 0x81, 0x91, 0xA1, 0x08, 0x23, 0x42, 0xB1, 0xC1,
            0x15, 0x52, 0xD1, 0xF0, 0x24, 0x33, 0x62, 0x72, 0x82, 0x09, 0x0A, 0x16, 0x17, 0x18,
            0x19, 0x1A, 0x25, 0x26, 0x27, 0x28, 0x29, 0x2A, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39,
            0x3A, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49, 0x4A, 0x53, 0x54, 0x55, 0x56, 0x57,
            0x58, 0x59, 0x5A, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6A, 0x73, 0x74, 0x75,
            0x76, 0x77, 0x78, 0x79, 0x7A, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8A, 0x92,
            0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9A, 0xA2, 0xA3, 0xA4, 0xA5, 0xA6, 0xA7,
            0xA8, 0xA9, 0xAA, 0xB2, 0xB3, 0xB4, 0xB5, 0xB6, 0xB7, 0xB8, 0xB9, 0xBA, 0xC2, 0xC3,
            0xC4, 0xC5, 0xC6, 0xC7, 0xC8, 0xC9, 0xCA, 0xD2, 0xD3, 0xD4, 0xD5, 0xD6, 0xD7, 0xD8,
            0xD9, 0xDA, 0xE1, 0xE2, 0xE3, 0xE4, 0xE5, 0xE6, 0xE7, 0xE8, 0xE9, 0xEA, 0xF1, 0xF2,
            0xF3, 0xF4, 0xF5, 0xF6, 0xF7, 0xF8, 0xF9, 0xFA,
        ],
    ),
    (
        0x01,
        &[0, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0],
        &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
    ),
    (
        0x11,
        &[0, 2, 1, 2, 4, 4, 3, 4, 7, 5, 4, 4, 0, 1, 2, 0x77],
        &[
            0x00, 0x01, 0x02, 0x03, 0x11, 0x04, 0x05, 0x21, 0x31, 0x06, 0x12, 0x41, 0x51, 0x07,
            0x61, 0x71, 0x13, 0x22, 0x32, 0x81, 0x08, 0x14, 0x42, 0x91, 0xA1, 0xB1, 0xC1, 0x09,
            0x23, 0x33, 0x52, 0xF0, 0x15, 0x62, 0x72, 0xD1, 0x0A, 0x16, 0x24, 0x34, 0xE1, 0x25,
            0xF1, 0x17, 0x18, 0x19, 0x1A, 0x26, 0x27, 0x28, 0x29, 0x2A, 0x35, 0x36, 0x37, 0x38,
            0x39, 0x3A, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49, 0x4A, 0x53, 0x54, 0x55, 0x56,
            0x57, 0x58, 0x59, 0x5A, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6A, 0x73, 0x74,
            0x75, 0x76, 0x77, 0x78, 0x79, 0x7A, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89,
            0x8A, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9A, 0xA2, 0xA3, 0xA4, 0xA5,
            0xA6, 0xA7, 0xA8, 0xA9, 0xAA, 0xB2, 0xB3, 0xB4, 0xB5, 0xB6, 0xB7, 0xB8, 0xB9, 0xBA,
            0xC2, 0xC3, 0xC4, 0xC5, 0xC6, 0xC7, 0xC8, 0xC9, 0xCA, 0xD2, 0xD3, 0xD4, 0xD5, 0xD6,
            0xD7, 0xD8, 0xD9, 0xDA, 0xE2, 0xE3, 0xE4, 0xE5, 0xE6, 0xE7, 0xE8, 0xE9, 0xEA, 0xF2,
            0xF3, 0xF4, 0xF5, 0xF6, 0xF7, 0xF8, 0xF9, 0xFA,
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::encode_jpeg;
    use image::ImageEncoder;
    use image::codecs::jpeg::JpegEncoder;

    /// Soft waves, which JPEG hardly changes.
    fn waves(width: usize, height: usize) -> Luma {
        let at = |no: usize| {
            let (x, y) = ((no % width) as f32, (no / width) as f32);
            (128.0 + 60.0 * (x / 9.0).sin() + 50.0 * (y / 7.0).cos()) as u8
        };
        Luma { width, height, data: (0..width * height).map(at).collect() }
    }

    #[test]
    fn yuyv_is_every_second_byte() {
        let picture = waves(16, 6);
        let mut raw: Vec<u8> = picture.data.iter().flat_map(|y| [*y, 200]).collect();
        // The buffer is longer than the picture.
        raw.extend_from_slice(&[7; 40]);
        assert_eq!(convert(&raw, 16, 6, Pixels::Yuyv), Ok((picture, None)));
    }

    #[test]
    fn other_raw_formats() {
        let picture = waves(16, 6);
        let three: Vec<u8> = picture.data.iter().flat_map(|y| [*y; 3]).collect();
        let mut nv12 = picture.data.clone();
        nv12.extend_from_slice(&[99; 48]);
        for (raw, pixels) in [
            (&picture.data, Pixels::Grey),
            (&nv12, Pixels::Nv12),
            (&three, Pixels::Rgb),
            (&three, Pixels::Bgr),
        ] {
            assert_eq!(convert(raw, 16, 6, pixels), Ok((picture.clone(), None)), "{pixels:?}");
            let short = &raw[..raw.len() - 1];
            let refused = BadFrame::Short { got: short.len(), needed: raw.len() };
            assert_eq!(convert(short, 16, 6, pixels), Err(refused), "{pixels:?}");
        }
        let red = [255, 0, 0];
        assert_eq!(convert(&red, 1, 1, Pixels::Rgb).unwrap().0.data, [77]);
        assert_eq!(convert(&red, 1, 1, Pixels::Bgr).unwrap().0.data, [29]);
        assert!(convert(&[], 0, 0, Pixels::Yuyv).is_err());
        assert!(convert(&[1; 8], usize::MAX, usize::MAX, Pixels::Rgb).is_err());
    }

    #[test]
    fn mjpeg_out_of_a_longer_buffer() {
        let picture = waves(64, 48);
        let file = encode_jpeg(&picture, 90);
        let mut buffer = file.clone();
        buffer.extend_from_slice(&encode_jpeg(&waves(32, 32), 90)[40..]);
        let (luma, jpeg) = convert(&buffer, 1, 1, Pixels::Mjpeg).unwrap();
        assert_eq!(jpeg.unwrap().as_ref(), file);
        assert_eq!((luma.width, luma.height), (64, 48));
        let off = luma.data.iter().zip(&picture.data).map(|(a, b)| a.abs_diff(*b)).max();
        assert!(off < Some(12), "{off:?}");
    }

    /// As many cameras send it: without DHT, here also without the AVI1 mark by which decoders know.
    #[test]
    fn mjpeg_without_its_huffman_tables() {
        let picture = waves(64, 48);
        let rgb: Vec<u8> = picture.data.iter().flat_map(|y| [*y, 255 - *y, 90]).collect();
        let mut file = Vec::new();
        JpegEncoder::new_with_quality(&mut file, 90)
            .write_image(&rgb, 64, 48, image::ExtendedColorType::Rgb8)
            .unwrap();
        let whole = convert(&file, 64, 48, Pixels::Mjpeg).unwrap();
        let mut bare = file;
        while let Some(at) = bare.windows(2).position(|mark| mark == [0xFF, 0xC4]) {
            let length = usize::from(u16::from_be_bytes([bare[at + 2], bare[at + 3]]));
            bare.drain(at..at + 2 + length);
        }
        picture::decode(&bare, &Limits::default()).unwrap_err();
        let (luma, jpeg) = convert(&bare, 64, 48, Pixels::Mjpeg).unwrap();
        assert_eq!(luma, whole.0);
        // What is kept is a file that everybody can open.
        assert_eq!(picture::decode(&jpeg.unwrap(), &Limits::default()).unwrap().luma, luma);
    }

    #[test]
    fn torn_and_foreign_mjpeg() {
        let file = encode_jpeg(&waves(64, 48), 90);
        for cut in 0..file.len() {
            assert_eq!(convert(&file[..cut], 64, 48, Pixels::Mjpeg), Err(BadFrame::Torn), "{cut}");
        }
        // The beginning of one, then a whole one: not one picture of the two.
        let two = [&file[..file.len() / 2], &file[..]].concat();
        assert_eq!(convert(&two, 64, 48, Pixels::Mjpeg), Err(BadFrame::Torn));
        assert!(convert(&[0xFF, 0xD8, 0xFF, 0xD9], 1, 1, Pixels::Mjpeg).is_err());
        assert!(convert(b"not a picture", 1, 1, Pixels::Mjpeg).is_err());
    }
}

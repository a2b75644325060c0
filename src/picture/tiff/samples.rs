//! Samples of 1 to 16 bits to grey or colours of 8 bits.

use super::super::decode::Pixels;

/// What a pixel's samples mean (tag 262).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Grey {
        white_is_zero: bool,
    },
    Rgb,
    /// Three bytes for each value.
    Palette(Vec<[u8; 3]>),
    Cmyk,
    YCbCr,
}

impl Meaning {
    /// Samples that make the colour; those behind them are extra.
    pub fn samples(&self) -> usize {
        match self {
            Meaning::Grey { .. } | Meaning::Palette(_) => 1,
            Meaning::Rgb | Meaning::YCbCr => 3,
            Meaning::Cmyk => 4,
        }
    }

    fn in_grey(&self) -> bool {
        match self {
            Meaning::Grey { .. } => true,
            Meaning::Palette(colours) => colours.iter().all(|[r, g, b]| r == g && g == b),
            Meaning::Rgb | Meaning::Cmyk | Meaning::YCbCr => false,
        }
    }
}

/// What the sample behind the colour is (tag 338).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Alpha {
    None,
    /// The colour is multiplied by it already.
    Associated,
    Unassociated,
}

/// How the samples of a row stand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    /// 1 to 16.
    pub bits: u32,
    /// Of 16 bits: the low byte first.
    pub little: bool,
}

impl Row {
    /// The samples of a row, row bytes to values of `bits` bits.
    pub fn values(self, bytes: &[u8], into: &mut [u16]) {
        match self.bits {
            1 => {
                for (cell, byte) in into.chunks_mut(8).zip(bytes) {
                    for (at, value) in cell.iter_mut().enumerate() {
                        *value = u16::from(byte >> (7 - at) & 1);
                    }
                }
            }
            8 => into.iter_mut().zip(bytes).for_each(|(value, byte)| *value = u16::from(*byte)),
            16 => {
                for (value, pair) in into.iter_mut().zip(bytes.chunks_exact(2)) {
                    let pair = [pair[0], pair[1]];
                    *value = if self.little {
                        u16::from_le_bytes(pair)
                    } else {
                        u16::from_be_bytes(pair)
                    };
                }
            }
            bits => {
                let (mut held, mut count) = (0u32, 0);
                let mut bytes = bytes.iter();
                for value in into {
                    while count < bits {
                        held = held << 8 | u32::from(bytes.next().copied().unwrap_or_default());
                        count += 8;
                    }
                    count -= bits;
                    *value = (held >> count & ((1 << bits) - 1)) as u16;
                }
            }
        }
    }

    /// The differences of a row back to values (tag 317, predictor 2), each with the one so many samples before.
    pub fn add_up(self, values: &mut [u16], samples: usize) {
        let mask = ((1u32 << self.bits) - 1) as u16;
        for at in samples..values.len() {
            values[at] = values[at].wrapping_add(values[at - samples]) & mask;
        }
    }

    /// A value as 0..=255.
    fn byte(self, value: u16) -> u8 {
        match self.bits {
            8 => value as u8,
            bits => {
                let most = (1u32 << bits) - 1;
                ((u32::from(value) * 255 + most / 2) / most) as u8
            }
        }
    }
}

/// All pixels, from their samples side by side: `step` values a pixel.
pub(super) struct Painter<'m> {
    meaning: &'m Meaning,
    alpha: Alpha,
    row: Row,
    /// Values a pixel.
    step: usize,
    /// The colour of each value, where one value of a byte or less makes a pixel.
    table: Vec<[u8; 3]>,
}

impl<'m> Painter<'m> {
    /// For pixels of `step` values.
    pub fn new(meaning: &'m Meaning, alpha: Alpha, row: Row, step: usize) -> Painter<'m> {
        let mut painter = Painter { meaning, alpha, row, step, table: Vec::new() };
        if step == 1 && row.bits <= 8 {
            painter.table = (0..1u16 << row.bits).map(|value| painter.mixed(&[value])).collect();
        }
        painter
    }

    /// Room for so many pixels, white.
    pub fn canvas(&self, pixels: usize) -> Pixels {
        if self.meaning.in_grey() {
            Pixels::Grey(vec![255; pixels])
        } else {
            Pixels::Rgb(vec![255; 3 * pixels])
        }
    }

    /// Paints a run of pixels from the pixel `at` on.
    pub fn paint(&self, values: &[u16], canvas: &mut Pixels, at: usize) {
        let pixels = values.chunks_exact(self.step);
        match canvas {
            Pixels::Grey(data) => {
                for (grey, pixel) in data[at..].iter_mut().zip(pixels) {
                    *grey = self.colour(pixel)[0];
                }
            }
            Pixels::Rgb(data) => {
                for (rgb, pixel) in data[3 * at..].chunks_exact_mut(3).zip(pixels) {
                    rgb.copy_from_slice(&self.colour(pixel));
                }
            }
        }
    }

    fn colour(&self, pixel: &[u16]) -> [u8; 3] {
        match self.table.get(usize::from(pixel[0])) {
            Some(colour) => *colour,
            None => self.mixed(pixel),
        }
    }

    fn mixed(&self, pixel: &[u16]) -> [u8; 3] {
        let byte = |at: usize| self.row.byte(pixel[at]);
        let colour = match self.meaning {
            Meaning::Grey { white_is_zero: false } => [byte(0); 3],
            Meaning::Grey { white_is_zero: true } => [255 - byte(0); 3],
            Meaning::Rgb => [byte(0), byte(1), byte(2)],
            Meaning::Palette(colours) => {
                colours.get(usize::from(pixel[0])).copied().unwrap_or([255; 3])
            }
            Meaning::Cmyk => {
                let light = |at: usize| u32::from(255 - byte(at));
                [0, 1, 2].map(|at| ((light(at) * light(3) + 127) / 255) as u8)
            }
            Meaning::YCbCr => rgb_of([byte(0), byte(1), byte(2)]),
        };
        let alpha = |value: u16| u32::from(self.row.byte(value));
        match (self.alpha, pixel.get(self.meaning.samples())) {
            (Alpha::None, _) | (_, None) => colour,
            (Alpha::Associated, Some(value)) => {
                let white = 255 - self.row.byte(*value);
                colour.map(|it| it.saturating_add(white))
            }
            (Alpha::Unassociated, Some(value)) => {
                let alpha = alpha(*value);
                colour.map(|it| ((u32::from(it) * alpha + 255 * (255 - alpha) + 127) / 255) as u8)
            }
        }
    }
}

/// JFIF's colours (ITU-R BT.601, full range).
fn rgb_of([y, cb, cr]: [u8; 3]) -> [u8; 3] {
    let [y, cb, cr] = [i32::from(y), i32::from(cb) - 128, i32::from(cr) - 128];
    // In 65,536ths.
    [
        y + ((91_881 * cr + 32_768) >> 16),
        y - ((22_554 * cb + 46_802 * cr + 32_768) >> 16),
        y + ((116_130 * cb + 32_768) >> 16),
    ]
    .map(|value| value.clamp(0, 255) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_of_all_widths() {
        let bits_of = |bits: u32, bytes: &[u8], count: usize| {
            let mut values = vec![0; count];
            Row { bits, little: false }.values(bytes, &mut values);
            values
        };
        assert_eq!(bits_of(1, &[0b1010_0001, 0x80], 9), [1, 0, 1, 0, 0, 0, 0, 1, 1]);
        assert_eq!(bits_of(2, &[0b1101_1000], 4), [3, 1, 2, 0]);
        assert_eq!(bits_of(4, &[0x1F, 0x20], 3), [1, 15, 2]);
        assert_eq!(bits_of(12, &[0x12, 0x3A, 0xBC], 2), [0x123, 0xABC]);
        assert_eq!(bits_of(16, &[0x12, 0x34], 1), [0x1234]);
        // Bytes that are not there are zero.
        assert_eq!(bits_of(12, &[0xFF], 2), [0xFF0, 0]);
        let row = Row { bits: 4, little: false };
        assert_eq!([0, 5, 15].map(|value| row.byte(value)), [0, 85, 255]);
        assert_eq!(Row { bits: 16, little: false }.byte(65_535), 255);
    }

    #[test]
    fn differences_add_up_in_their_own_width() {
        let mut values = [250, 1, 10, 2];
        Row { bits: 8, little: false }.add_up(&mut values, 2);
        assert_eq!(values, [250, 1, 4, 3]);
    }

    #[test]
    fn colours_of_jfif() {
        for (ycc, rgb) in [
            ([0, 128, 128], [0, 0, 0]),
            ([255, 128, 128], [255, 255, 255]),
            ([76, 85, 255], [254, 0, 0]),
        ] {
            let is = rgb_of(ycc);
            assert!(is.iter().zip(rgb).all(|(is, rgb)| is.abs_diff(rgb) <= 1), "{ycc:?} {is:?}");
        }
    }
}

//! Pixels from outside made safe: limits before decoding, EXIF turn, luma, crops. No panic on any bytes.

mod decode;
mod encode;
mod jpeg;
mod jpeg_scans;
mod pnm;
mod proportions;
mod tiff;
mod turn;
mod whole;

pub use decode::{
    DecodeError, Limits, UnreadableKind, decode, decode_frame, looks_like_picture, no_picture,
};
pub use encode::{encode_colour_png, encode_jpeg, encode_png};

/// An upright picture. `rgb` is there only where the source has colour; `luma` always.
#[derive(Clone)]
pub struct Picture {
    pub luma: Luma,
    /// Three bytes a pixel, row by row, the same size as `luma`.
    pub rgb: Option<Vec<u8>>,
    /// False where a part of the picture was not in its file, and stands here as grey.
    pub complete: bool,
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "Picture({}x{}, colour: {})",
            self.luma.width,
            self.luma.height,
            self.rgb.is_some()
        )
    }
}

/// 8-bit grey, row by row, no padding: `data.len() == width * height`.
#[derive(Clone, PartialEq, Eq)]
pub struct Luma {
    pub width: usize,
    pub height: usize,
    pub data: Vec<u8>,
}

impl std::fmt::Debug for Luma {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Luma({}x{})", self.width, self.height)
    }
}

impl Luma {
    /// A picture of one grey.
    pub fn flat(width: usize, height: usize, grey: u8) -> Luma {
        Luma { width, height, data: vec![grey; width * height] }
    }

    /// One row of pixels; empty beyond the last.
    pub fn row(&self, y: usize) -> &[u8] {
        let start = y * self.width;
        self.data.get(start..start + self.width).unwrap_or(&[])
    }

    /// The part of the box `x, y, width, height` (pixels) that lies inside.
    pub fn crop(&self, x: usize, y: usize, width: usize, height: usize) -> Luma {
        let (x, y) = (x.min(self.width), y.min(self.height));
        let (width, height) = (width.min(self.width - x), height.min(self.height - y));
        let mut data = Vec::with_capacity(width * height);
        for row in y..y + height {
            data.extend_from_slice(&self.row(row)[x..x + width]);
        }
        Luma { width, height, data }
    }

    /// Made small by whole blocks of `factor` x `factor` pixels, each to its mean.
    /// Pixels right and below that fill no block are left out; a side shorter than a block stays.
    pub fn shrink(&self, factor: usize) -> Luma {
        let factor = factor.min(self.width).min(self.height);
        if factor <= 1 {
            return self.clone();
        }
        let (width, height) = (self.width / factor, self.height / factor);
        let data = block_means::<1>(&self.data, self.width, (factor, factor), width, height);
        Luma { width, height, data }
    }

    /// Made small, if it must be, so that it fits into `width` x `height`. Of a side shorter than the blocks that
    /// this takes one pixel is left.
    pub fn fit(&self, width: usize, height: usize) -> Luma {
        let factor = self.width.div_ceil(width.max(1)).max(self.height.div_ceil(height.max(1)));
        if factor <= 1 {
            return self.clone();
        }
        let (across, down) = (factor.min(self.width.max(1)), factor.min(self.height.max(1)));
        let (width, height) = (self.width / across, self.height / down);
        let data = block_means::<1>(&self.data, self.width, (across, down), width, height);
        Luma { width, height, data }
    }
}

impl Picture {
    /// A whole picture.
    pub fn new(luma: Luma, rgb: Option<Vec<u8>>) -> Picture {
        Picture { luma, rgb, complete: true }
    }

    /// A whole grey picture.
    pub fn grey(luma: Luma) -> Picture {
        Picture::new(luma, None)
    }

    /// The colours made small like [`Luma::shrink`]: width, height and three bytes a pixel.
    pub fn shrink_rgb(&self, factor: usize) -> Option<(usize, usize, Vec<u8>)> {
        let rgb = self.rgb.as_ref()?;
        let factor = factor.min(self.luma.width).min(self.luma.height).max(1);
        let (width, height) = (self.luma.width / factor, self.luma.height / factor);
        let data = block_means::<3>(rgb, self.luma.width, (factor, factor), width, height);
        Some((width, height, data))
    }
}

/// Means of blocks of `across` x `down` pixels, `N` interleaved bytes a pixel. `stride` is the source's width in pixels.
fn block_means<const N: usize>(
    source: &[u8],
    stride: usize,
    (across, down): (usize, usize),
    width: usize,
    height: usize,
) -> Vec<u8> {
    // Of large blocks every second row is enough.
    let every = if down >= 4 { 2 } else { 1 };
    let area = (across * down.div_ceil(every)) as u32;
    let mut out = Vec::with_capacity(width * height * N);
    let mut sums = vec![0u32; width * N];
    for y in 0..height {
        sums.fill(0);
        for row in (y * down..(y + 1) * down).step_by(every) {
            let start = row * stride * N;
            let line = &source[start..start + width * across * N];
            for (sum, block) in sums.chunks_exact_mut(N).zip(line.chunks_exact(across * N)) {
                for pixel in block.chunks_exact(N) {
                    for (total, value) in sum.iter_mut().zip(pixel) {
                        *total += u32::from(*value);
                    }
                }
            }
        }
        out.extend(sums.iter().map(|sum| ((sum + area / 2) / area) as u8));
    }
    out
}

//! Drawing on pictures, for people's eyes.

use super::{Point, Quad};
use crate::picture::{Luma, Picture};
use crate::voucher::steps::Mark;

/// Half of a stroke's width, pixels.
const HALF: isize = 2;

/// A picture that is drawn on.
pub(super) struct Sketch {
    width: usize,
    height: usize,
    rgb: Vec<u8>,
}

impl Sketch {
    pub fn grey(luma: &Luma) -> Sketch {
        let rgb = luma.data.iter().flat_map(|v| [*v; 3]).collect();
        Sketch { width: luma.width, height: luma.height, rgb }
    }

    pub fn shrunk(picture: &Picture, factor: usize) -> Sketch {
        match picture.shrink_rgb(factor) {
            Some((width, height, rgb)) => Sketch { width, height, rgb },
            None => Sketch::grey(&picture.luma.shrink(factor)),
        }
    }

    pub fn quad(&mut self, quad: &Quad, mark: Mark) {
        for i in 0..4 {
            self.stroke(quad.0[i], quad.0[(i + 1) % 4], mark);
        }
    }

    /// What isn't a number, or far outside, is left out.
    pub fn stroke(&mut self, a: Point, b: Point, mark: Mark) {
        let far = 4.0 * (self.width + self.height) as f32;
        if ![a.0, a.1, b.0, b.1].iter().all(|v| v.abs() <= far) {
            return;
        }
        let steps = ((b.0 - a.0).abs().max((b.1 - a.1).abs()) * 1.5) as usize + 1;
        for i in 0..=steps {
            let t = i as f32 / steps as f32;
            let (x, y) = (a.0 + t * (b.0 - a.0), a.1 + t * (b.1 - a.1));
            for dy in -HALF..=HALF {
                for dx in -HALF..=HALF {
                    self.dot(x as isize + dx, y as isize + dy, mark.colour());
                }
            }
        }
    }

    fn dot(&mut self, x: isize, y: isize, colour: [u8; 3]) {
        let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y)) else {
            return;
        };
        if x < self.width && y < self.height {
            let at = 3 * (y * self.width + x);
            self.rgb[at..at + 3].copy_from_slice(&colour);
        }
    }

    pub fn done(self) -> Picture {
        let data = self
            .rgb
            .chunks_exact(3)
            .map(|p| {
                ((77 * u32::from(p[0]) + 150 * u32::from(p[1]) + 29 * u32::from(p[2])) >> 8) as u8
            })
            .collect();
        let luma = Luma { width: self.width, height: self.height, data };
        Picture::new(luma, Some(self.rgb))
    }
}

//! Boxes of the face cut straight out of the picture, pixel by pixel only for the box.

use super::Quad;
use super::geometry::Homography;
use crate::picture::Luma;

/// A box as fractions of the upright face; it may reach over the face's edge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct FaceBox {
    pub x: f32,
    pub y: f32,
    pub w: f32,
    pub h: f32,
}

impl FaceBox {
    /// The box with `dx` of the face's width more left and right, `dy` of its height above and below.
    pub fn grown(&self, dx: f32, dy: f32) -> FaceBox {
        FaceBox { x: self.x - dx, y: self.y - dy, w: self.w + 2.0 * dx, h: self.h + 2.0 * dy }
    }

    pub fn on(&self, map: &Homography) -> Quad {
        map.map_box(self.x, self.y, self.w, self.h)
    }
}

/// `width` x `height` pixels of the box, each sampled between four pixels of the picture. Beyond the
/// picture its edge goes on.
pub(super) fn cut(
    luma: &Luma,
    map: &Homography,
    part: &FaceBox,
    width: usize,
    height: usize,
) -> Luma {
    let mut data = vec![0u8; width * height];
    let du = f64::from(part.w) / width.max(1) as f64;
    let dv = f64::from(part.h) / height.max(1) as f64;
    for (y, row) in data.chunks_exact_mut(width.max(1)).enumerate() {
        let v = f64::from(part.y) + (y as f64 + 0.5) * dv;
        let at = |x: usize| {
            let parts = map.parts(f64::from(part.x) + (x as f64 + 0.5) * du, v);
            (parts.0 / parts.2, parts.1 / parts.2)
        };
        let mut from = at(0);
        for (i, piece) in row.chunks_mut(STRAIGHT).enumerate() {
            let to = at(i * STRAIGHT + piece.len());
            greys(luma, from, to, piece);
            from = to;
        }
    }
    Luma { width, height, data }
}

/// A map with perspective is so nearly straight over so many samples that the error is far below a pixel.
const STRAIGHT: usize = 16;

/// Greys at equal steps from `from` (the first sample) towards `to` (one step after the last), in
/// picture pixels; pixel centres lie at halves.
pub(super) fn greys(luma: &Luma, from: (f64, f64), to: (f64, f64), out: &mut [u8]) {
    const ONE: f64 = 65536.0;
    let n = out.len().max(1) as f64;
    let step = ((to.0 - from.0) / n, (to.1 - from.1) / n);
    let inside = |p: (f64, f64)| {
        p.0 >= 0.5 && p.1 >= 0.5 && p.0 < luma.width as f64 - 0.5 && p.1 < luma.height as f64 - 0.5
    };
    let last = (from.0 + (n - 1.0) * step.0, from.1 + (n - 1.0) * step.1);
    if !(inside(from) && inside(last)) {
        for (i, value) in out.iter_mut().enumerate() {
            let (x, y) = (from.0 + i as f64 * step.0, from.1 + i as f64 * step.1);
            *value = sample(luma, x as f32, y as f32);
        }
        return;
    }
    // Sixteen bits of fraction, so that a step is two additions.
    let (mut x, mut y) = (((from.0 - 0.5) * ONE) as i64, ((from.1 - 0.5) * ONE) as i64);
    let (dx, dy) = ((step.0 * ONE) as i64, (step.1 * ONE) as i64);
    let width = luma.width;
    for value in out {
        let at = (y >> 16) as usize * width + (x >> 16) as usize;
        if let (Some([a, b]), Some([c, d])) =
            (luma.data.get(at..at + 2), luma.data.get(at + width..at + width + 2))
        {
            let (ax, ay) = ((x >> 8) as u32 & 255, (y >> 8) as u32 & 255);
            let top = u32::from(*a) * (256 - ax) + u32::from(*b) * ax;
            let low = u32::from(*c) * (256 - ax) + u32::from(*d) * ax;
            *value = ((top * (256 - ay) + low * ay + (1 << 15)) >> 16) as u8;
        } else {
            *value = sample(luma, (x as f64 / ONE) as f32 + 0.5, (y as f64 / ONE) as f32 + 0.5);
        }
        (x, y) = (x + dx, y + dy);
    }
}

/// The grey at a point; pixel centres lie at halves. 255 for a picture without pixels.
pub(super) fn sample(luma: &Luma, x: f32, y: f32) -> u8 {
    if luma.width == 0 || luma.height == 0 {
        return 255;
    }
    // Sixteen bits of fraction; clamped so that both neighbours are inside.
    let (right, low) = ((luma.width - 1) as f32, (luma.height - 1) as f32);
    let fx = ((x - 0.5).clamp(0.0, right) * 256.0) as usize;
    let fy = ((y - 0.5).clamp(0.0, low) * 256.0) as usize;
    let (x0, y0) = (fx >> 8, fy >> 8);
    let (x1, y1) = ((x0 + 1).min(luma.width - 1), (y0 + 1).min(luma.height - 1));
    let (ax, ay) = (fx & 255, fy & 255);
    let at = |x: usize, y: usize| usize::from(luma.data[y * luma.width + x]);
    let top = at(x0, y0) * (256 - ax) + at(x1, y0) * ax;
    let bottom = at(x0, y1) * (256 - ax) + at(x1, y1) * ax;
    ((top * (256 - ay) + bottom * ay + (1 << 15)) >> 16) as u8
}

/// The same of the lightest of the three colours: stamps and pens, which are light in one of them, fade, and
/// black print stays. `rgb` has three bytes a pixel, `stride` pixels a row.
pub(super) fn cut_lightest(
    rgb: &[u8],
    stride: usize,
    map: &Homography,
    part: &FaceBox,
    width: usize,
    height: usize,
) -> Luma {
    let rows = rgb.len() / 3 / stride.max(1);
    let mut data = Vec::with_capacity(width * height);
    let du = f64::from(part.w) / width.max(1) as f64;
    let dv = f64::from(part.h) / height.max(1) as f64;
    for y in 0..height {
        for x in 0..width {
            let u = f64::from(part.x) + (x as f64 + 0.5) * du;
            let v = f64::from(part.y) + (y as f64 + 0.5) * dv;
            let (px, py, pw) = map.parts(u, v);
            data.push(lightest(rgb, stride, rows, (px / pw) as f32, (py / pw) as f32));
        }
    }
    Luma { width, height, data }
}

/// The lightest colour at a point, between four pixels.
fn lightest(rgb: &[u8], stride: usize, rows: usize, x: f32, y: f32) -> u8 {
    if stride == 0 || rows == 0 {
        return 255;
    }
    let x = (x - 0.5).clamp(0.0, (stride - 1) as f32);
    let y = (y - 0.5).clamp(0.0, (rows - 1) as f32);
    let (x0, y0) = (x as usize, y as usize);
    let (x1, y1) = ((x0 + 1).min(stride - 1), (y0 + 1).min(rows - 1));
    let (ax, ay) = (x - x0 as f32, y - y0 as f32);
    let mut most = 0.0f32;
    for colour in 0..3 {
        let at = |x: usize, y: usize| {
            f32::from(rgb.get(3 * (y * stride + x) + colour).copied().unwrap_or(255))
        };
        let top = at(x0, y0) * (1.0 - ax) + at(x1, y0) * ax;
        let low = at(x0, y1) * (1.0 - ax) + at(x1, y1) * ax;
        most = most.max(top * (1.0 - ay) + low * ay);
    }
    most as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_straight_cut_is_a_crop() {
        let luma = Luma { width: 8, height: 6, data: (0..48).collect() };
        let quad = Quad([(0.0, 0.0), (8.0, 0.0), (8.0, 6.0), (0.0, 6.0)]);
        let map = Homography::new(&quad).unwrap();
        let whole = FaceBox { x: 0.0, y: 0.0, w: 1.0, h: 1.0 };
        assert_eq!(cut(&luma, &map, &whole, 8, 6), luma);
        let turned = Homography::new(&quad.turned(2)).unwrap();
        let mut back = cut(&luma, &turned, &whole, 8, 6).data;
        back.reverse();
        assert_eq!(back, luma.data);
    }
}

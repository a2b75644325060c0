//! From print to greys: blur, motion, light, noise, compression, and the cut to a line's size.

#![expect(
    clippy::needless_range_loop,
    reason = "places in two tables at once are clearer as numbers"
)]

use crate::canvas::Canvas;
use crate::line::HEIGHT;
use fastrand::Rng;
use std::f32::consts::PI;

/// Defocus: three box means make a bell.
pub fn defocus(canvas: &mut Canvas, sigma: f32) {
    let radius = (sigma * 0.9).max(0.35);
    for _ in 0..3 {
        rows(canvas, radius);
        columns(canvas, radius);
    }
}

/// Weights of a box mean with a radius between pixels: whole pixels and a part at both ends.
fn box_of(radius: f32) -> (usize, f32) {
    let whole = radius as usize;
    (whole, radius - whole as f32)
}

fn blend(line: &[f32], out: &mut [f32], radius: f32) {
    let (whole, part) = box_of(radius);
    let n = line.len() as isize;
    let at = |i: isize| line[i.clamp(0, n - 1) as usize];
    let total = 1.0 + 2.0 * radius;
    let mut sum: f32 = (-(whole as isize)..=whole as isize).map(at).sum();
    for (i, value) in out.iter_mut().enumerate() {
        let i = i as isize;
        let ends = part * (at(i - whole as isize - 1) + at(i + whole as isize + 1));
        *value = (sum + ends) / total;
        sum += at(i + whole as isize + 1) - at(i - whole as isize);
    }
}

fn rows(canvas: &mut Canvas, radius: f32) {
    let mut out = vec![0.0; canvas.width];
    for row in canvas.grey.chunks_exact_mut(canvas.width) {
        blend(row, &mut out, radius);
        row.copy_from_slice(&out);
    }
}

fn columns(canvas: &mut Canvas, radius: f32) {
    let (w, h) = (canvas.width, canvas.height);
    let (mut column, mut out) = (vec![0.0; h], vec![0.0; h]);
    for x in 0..w {
        for y in 0..h {
            column[y] = canvas.grey[y * w + x];
        }
        blend(&column, &mut out, radius);
        for y in 0..h {
            canvas.grey[y * w + x] = out[y];
        }
    }
}

/// The sheet or the camera moved while the picture was taken: the mean along a way of this length.
pub fn motion(canvas: &mut Canvas, length: f32, angle: f32) {
    let looks = (length.ceil() as usize).max(2);
    let (dx, dy) = (angle.cos() * length, angle.sin() * length);
    let shifts: Vec<(isize, isize)> = (0..looks)
        .map(|i| {
            let t = i as f32 / (looks - 1) as f32 - 0.5;
            ((dx * t).round() as isize, (dy * t).round() as isize)
        })
        .collect();
    let (w, h) = (canvas.width as isize, canvas.height as isize);
    let mut out = vec![0.0f32; canvas.grey.len()];
    for (sx, sy) in &shifts {
        for y in 0..h {
            let row = ((y + sy).clamp(0, h - 1) * w) as usize;
            let line = &canvas.grey[row..row + w as usize];
            let to = &mut out[(y * w) as usize..((y + 1) * w) as usize];
            for (x, value) in to.iter_mut().enumerate() {
                *value += line[(x as isize + sx).clamp(0, w - 1) as usize];
            }
        }
    }
    let share = 1.0 / looks as f32;
    canvas.grey = out.into_iter().map(|v| v * share).collect();
}

/// Light, contrast and the sensor's noise.
pub fn expose(canvas: &mut Canvas, rng: &mut Rng) {
    let light = match rng.u32(0..6) {
        0 => 0.2 + rng.f32() * 0.35,
        1 => 1.0 + rng.f32() * 0.35,
        _ => 0.55 + rng.f32() * 0.5,
    };
    let veil = if rng.u32(0..4) == 0 { rng.f32() * 90.0 } else { rng.f32() * 15.0 };
    let noise = if rng.bool() { rng.f32() * 14.0 } else { rng.f32() * 4.0 };
    let keep = 1.0 - veil / 255.0;
    for value in &mut canvas.grey {
        // Two evens make a triangle, near enough to a bell.
        let grain = (rng.f32() + rng.f32() - 1.0) * 1.7 * noise;
        *value = ((*value * keep + veil) * light + grain).clamp(0.0, 255.0);
    }
}

/// What JPEG does: 8 x 8 cosines, rounded to steps of its usual table (ITU T.81, table K.1).
pub fn compress(canvas: &mut Canvas, quality: f32, rng: &mut Rng) {
    const TABLE: [f32; 64] = [
        16., 11., 10., 16., 24., 40., 51., 61., 12., 12., 14., 19., 26., 58., 60., 55., 14., 13.,
        16., 24., 40., 57., 69., 56., 14., 17., 22., 29., 51., 87., 80., 62., 18., 22., 37., 56.,
        68., 109., 103., 77., 24., 35., 55., 64., 81., 104., 113., 92., 49., 64., 78., 87., 103.,
        121., 120., 101., 72., 92., 95., 98., 112., 100., 103., 99.,
    ];
    let scale = if quality < 50.0 { 50.0 / quality } else { 2.0 - quality / 50.0 };
    let mut cosines = [[0.0f32; 8]; 8];
    for (u, row) in cosines.iter_mut().enumerate() {
        for (x, value) in row.iter_mut().enumerate() {
            let norm = if u == 0 { (0.125f32).sqrt() } else { 0.5 };
            *value = norm * ((2 * x + 1) as f32 * u as f32 * PI / 16.0).cos();
        }
    }
    let (w, h) = (canvas.width, canvas.height);
    // The blocks begin anywhere; what isn't in a whole block stays.
    let (x0, y0) = (rng.usize(0..8), rng.usize(0..8));
    let mut by = y0;
    while by + 8 <= h {
        let mut bx = x0;
        while bx + 8 <= w {
            let mut block = [[0.0f32; 8]; 8];
            for (y, row) in block.iter_mut().enumerate() {
                let from = (by + y) * w + bx;
                row.copy_from_slice(&canvas.grey[from..from + 8]);
                row.iter_mut().for_each(|v| *v -= 128.0);
            }
            let mut half = [[0.0f32; 8]; 8];
            for y in 0..8 {
                for u in 0..8 {
                    half[y][u] = (0..8).map(|x| block[y][x] * cosines[u][x]).sum();
                }
            }
            let mut waves = [[0.0f32; 8]; 8];
            for v in 0..8 {
                for y in 0..8 {
                    let c = cosines[v][y];
                    for u in 0..8 {
                        waves[v][u] += half[y][u] * c;
                    }
                }
                for u in 0..8 {
                    let step = (TABLE[v * 8 + u] * scale).max(1.0);
                    waves[v][u] = (waves[v][u] / step).round() * step;
                }
            }
            let mut half = [[0.0f32; 8]; 8];
            for y in 0..8 {
                for v in 0..8 {
                    let c = cosines[v][y];
                    for u in 0..8 {
                        half[y][u] += waves[v][u] * c;
                    }
                }
            }
            for y in 0..8 {
                let from = (by + y) * w + bx;
                let mut row = [128.0f32; 8];
                for u in 0..8 {
                    for x in 0..8 {
                        row[x] += half[y][u] * cosines[u][x];
                    }
                }
                for (x, v) in row.iter().enumerate() {
                    canvas.grey[from + x] = v.clamp(0.0, 255.0);
                }
            }
            bx += 8;
        }
        by += 8;
    }
}

/// Where a line is cut out of the canvas.
pub struct Cut {
    /// Pixels of the canvas for a row and a column of the line.
    pub scale: (f32, f32),
    /// The line's middle in the canvas.
    pub middle: (f32, f32),
    /// Turn in radians, slant, and the change of height from left to right as a share.
    pub turn: f32,
    pub slant: f32,
    pub wedge: f32,
    pub bend: f32,
    pub upside_down: bool,
}

/// `HEIGHT` x `width` greys.
pub fn cut(canvas: &Canvas, cut: &Cut, width: usize) -> Vec<u8> {
    let mut greys = Vec::with_capacity(HEIGHT * width);
    let (sin, cos) = cut.turn.sin_cos();
    let (half_w, half_h) = (width as f32 / 2.0, HEIGHT as f32 / 2.0);
    for y in 0..HEIGHT {
        for x in 0..width {
            let (mut u, mut v) = (x as f32 + 0.5 - half_w, y as f32 + 0.5 - half_h);
            if cut.upside_down {
                (u, v) = (-u, -v);
            }
            let across = u / half_w;
            let v = v * (1.0 + cut.wedge * across) + cut.bend * (across * across - 0.3);
            let u = u + cut.slant * v;
            let (u, v) = (u * cut.scale.0, v * cut.scale.1);
            let px = cut.middle.0 + u * cos - v * sin;
            let py = cut.middle.1 + u * sin + v * cos;
            greys.push(canvas.sample(px - 0.5, py - 0.5) as u8);
        }
    }
    greys
}

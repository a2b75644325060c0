//! A face becomes a picture: a document scanner's, or a desk camera's.

use super::draw_canvas::Canvas;
use fastrand::Rng;
use std::f32::consts::PI;

/// How a sheet came to be a picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    pub device: Device,
    pub upside_down: bool,
    /// Degrees off the straight.
    pub tilt: f32,
    /// Radius in pixels of the face; 0 is sharp.
    pub blur: u8,
    /// 1 is well lit.
    pub light: f32,
    /// A light background under the sheet instead of a dark one.
    pub light_ground: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Device {
    /// A document scanner, about 200 dpi.
    Scanner,
    /// A camera over the desk, 1920×1080.
    Camera,
}

/// A face and what of it is torn away.
#[derive(Clone, Debug)]
pub struct Paper {
    pub canvas: Canvas,
    /// 255 where paper is missing; empty if it is whole.
    pub gone: Vec<u8>,
}

impl Paper {
    pub fn whole(canvas: Canvas) -> Paper {
        Paper { canvas, gone: Vec::new() }
    }

    /// The colour at a place between pixels and how much paper is there, 0..=256.
    #[inline]
    fn sample(&self, u: f32, v: f32) -> ([i32; 3], i32) {
        let canvas = &self.canvas;
        let (most_x, most_y) = (canvas.width as f32 - 1.0, canvas.height as f32 - 1.0);
        let edge = u.min(most_x - u).min(v).min(most_y - v) + 0.5;
        if edge <= 0.0 {
            return ([0; 3], 0);
        }
        let u = u.clamp(0.0, most_x - 0.01);
        let v = v.clamp(0.0, most_y - 0.01);
        let (x, y) = (u as usize, v as usize);
        let fx = ((u - x as f32) * 256.0) as i32;
        let fy = ((v - y as f32) * 256.0) as i32;
        let row = canvas.width * 3;
        let at = y * row + x * 3;
        let (top, low) = (&canvas.data[at..at + 6], &canvas.data[at + row..at + row + 6]);
        let mut out = [0; 3];
        for channel in 0..3 {
            let left = i32::from(top[channel]) * (256 - fx) + i32::from(top[channel + 3]) * fx;
            let right = i32::from(low[channel]) * (256 - fx) + i32::from(low[channel + 3]) * fx;
            out[channel] = (left * (256 - fy) + right * fy) >> 16;
        }
        let mut there = (edge.min(1.0) * 256.0) as i32;
        if let Some(gone) = self.gone.get(y * canvas.width + x) {
            there = there * (255 - i32::from(*gone)) / 255;
        }
        (out, there)
    }

    /// Whether all of the paper's neighbours of a place are there, so that [`Paper::inside`] will do.
    #[inline]
    fn surely_inside(&self, u: f32, v: f32) -> bool {
        self.gone.is_empty()
            && u >= 1.0
            && v >= 1.0
            && u < self.canvas.width as f32 - 2.0
            && v < self.canvas.height as f32 - 2.0
    }

    /// The colour between pixels, for places where the paper is whole.
    #[inline]
    fn inside(&self, u: f32, v: f32) -> [i32; 3] {
        let (u, v) = ((u * 64.0) as usize, (v * 64.0) as usize);
        let (fx, fy) = ((u & 63) as i32, (v & 63) as i32);
        let row = self.canvas.width * 3;
        let at = (v >> 6) * row + (u >> 6) * 3;
        let four = self.canvas.data.get(at..at + 6);
        let below = self.canvas.data.get(at + row..at + row + 6);
        let (Some([a0, a1, a2, b0, b1, b2]), Some([c0, c1, c2, d0, d1, d2])) = (four, below) else {
            return [0; 3];
        };
        let (wa, wb) = ((64 - fx) * (64 - fy), fx * (64 - fy));
        let (wc, wd) = ((64 - fx) * fy, fx * fy);
        let mix = |a: &u8, b: &u8, c: &u8, d: &u8| {
            (i32::from(*a) * wa + i32::from(*b) * wb + i32::from(*c) * wc + i32::from(*d) * wd)
                >> 12
        };
        [mix(a0, b0, c0, d0), mix(a1, b1, c1, d1), mix(a2, b2, c2, d2)]
    }

    /// A box blur, twice, which is near to what a lens out of focus does.
    pub fn blur(&mut self, radius: usize) {
        for _ in 0..2 {
            blur_rows(&mut self.canvas, radius);
            blur_columns(&mut self.canvas, radius);
        }
    }
}

fn blur_rows(canvas: &mut Canvas, radius: usize) {
    let width = canvas.width;
    let mut line = vec![0_u8; width * 3];
    let share = 2 * radius as u32 + 1;
    for row in canvas.data.chunks_exact_mut(width * 3) {
        line.copy_from_slice(row);
        for channel in 0..3 {
            let pixel = |x: isize| {
                let x = x.clamp(0, width as isize - 1) as usize;
                u32::from(line[x * 3 + channel])
            };
            let reach = radius as isize;
            let mut sum = (-reach..=reach).map(pixel).sum::<u32>();
            for x in 0..width {
                row[x * 3 + channel] = (sum / share) as u8;
                let at = x as isize;
                sum = sum + pixel(at + reach + 1) - pixel(at - reach);
            }
        }
    }
}

fn blur_columns(canvas: &mut Canvas, radius: usize) {
    let row = canvas.width * 3;
    let height = canvas.height as isize;
    let source = canvas.data.clone();
    let share = 2 * radius as u32 + 1;
    let line = |y: isize| {
        let start = y.clamp(0, height - 1) as usize * row;
        &source[start..start + row]
    };
    let reach = radius as isize;
    let mut sums = vec![0_u32; row];
    for y in -reach..=reach {
        for (sum, value) in sums.iter_mut().zip(line(y)) {
            *sum += u32::from(*value);
        }
    }
    for (y, out) in canvas.data.chunks_exact_mut(row).enumerate() {
        let at = y as isize;
        let (entering, leaving) = (line(at + reach + 1), line(at - reach));
        for (((value, sum), new), old) in out.iter_mut().zip(&mut sums).zip(entering).zip(leaving) {
            *value = (*sum / share) as u8;
            *sum = *sum + u32::from(*new) - u32::from(*old);
        }
    }
}

/// Cheap noise of a sensor: plus or minus `strength`.
struct Grain {
    state: u32,
    strength: i32,
}

impl Grain {
    #[inline]
    fn next(&mut self) -> i32 {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 17;
        self.state ^= self.state << 5;
        let bell = (self.state & 15) + (self.state >> 8 & 15);
        ((bell as i32 - 15) * self.strength) >> 4
    }
}

/// The picture of a sheet.
pub fn capture(mut paper: Paper, look: &Look, rng: &mut Rng) -> Canvas {
    if look.blur > 0 {
        paper.blur(usize::from(look.blur));
    }
    match look.device {
        Device::Scanner => scan(&paper, look, rng),
        Device::Camera => photograph(&paper, look, rng),
    }
}

/// Flat light, a narrow rim of the scanner's bed.
fn scan(paper: &Paper, look: &Look, rng: &mut Rng) -> Canvas {
    let turn = if look.upside_down { PI } else { 0.0 } + look.tilt.to_radians();
    let (sin, cos) = turn.sin_cos();
    let (w, h) = (paper.canvas.width as f32, paper.canvas.height as f32);
    let width = (w * cos.abs() + h * sin.abs()) as usize + 16 + rng.usize(0..24);
    let height = (w * sin.abs() + h * cos.abs()) as usize + 14 + rng.usize(0..20);
    let ground = if look.light_ground { 240 } else { 20 };
    let mut out = Canvas::new(width, height, [0; 3]);
    let mut grain = Grain { state: rng.u32(1..), strength: 2 };
    let light = (look.light * 256.0) as i32;
    let (cx, cy) = (width as f32 / 2.0, height as f32 / 2.0);
    for (y, row) in out.data.chunks_exact_mut(width * 3).enumerate() {
        let dy = y as f32 - cy;
        for (x, pixel) in row.chunks_exact_mut(3).enumerate() {
            let dx = x as f32 - cx;
            let u = dx * cos + dy * sin + w / 2.0;
            let v = -dx * sin + dy * cos + h / 2.0;
            let noise = grain.next();
            if paper.surely_inside(u, v) {
                for (value, ink) in pixel.iter_mut().zip(paper.inside(u, v)) {
                    *value = (((ink * light) >> 8) + noise).clamp(0, 255) as u8;
                }
                continue;
            }
            let (ink, there) = paper.sample(u, v);
            for (value, ink) in pixel.iter_mut().zip(ink) {
                let mixed = (((ink * light) >> 8) * there + ground * (256 - there)) >> 8;
                *value = (mixed + noise).clamp(0, 255) as u8;
            }
        }
    }
    out
}

const CAMERA: (usize, usize) = (1920, 1080);
/// The light is the same over so many pixels of a row.
const PATCH: usize = 8;

/// From picture to face, by a plane projection.
struct Projection([f32; 9]);

impl Projection {
    /// The face's four corners, clockwise from its top left, lie at these places of the picture.
    fn of(corners: [(f32, f32); 4], width: f32, height: f32) -> Projection {
        let [(x0, y0), (x1, y1), (x2, y2), (x3, y3)] = corners;
        let (dx1, dx2, dx3) = (x1 - x2, x3 - x2, x0 - x1 + x2 - x3);
        let (dy1, dy2, dy3) = (y1 - y2, y3 - y2, y0 - y1 + y2 - y3);
        let below = dx1 * dy2 - dx2 * dy1;
        let g = (dx3 * dy2 - dx2 * dy3) / below;
        let h = (dx1 * dy3 - dx3 * dy1) / below;
        let a = [
            (x1 - x0 + g * x1) / width,
            (x3 - x0 + h * x3) / height,
            x0,
            (y1 - y0 + g * y1) / width,
            (y3 - y0 + h * y3) / height,
            y0,
            g / width,
            h / height,
            1.0,
        ];
        // The adjugate is the inverse but for a factor, which a projection doesn't notice.
        Projection([
            a[4] * a[8] - a[5] * a[7],
            a[2] * a[7] - a[1] * a[8],
            a[1] * a[5] - a[2] * a[4],
            a[5] * a[6] - a[3] * a[8],
            a[0] * a[8] - a[2] * a[6],
            a[2] * a[3] - a[0] * a[5],
            a[3] * a[7] - a[4] * a[6],
            a[1] * a[6] - a[0] * a[7],
            a[0] * a[4] - a[1] * a[3],
        ])
    }

    #[inline]
    fn at(&self, x: f32, y: f32) -> (f32, f32) {
        let m = &self.0;
        let below = 1.0 / (m[6] * x + m[7] * y + m[8]);
        ((m[0] * x + m[1] * y + m[2]) * below, (m[3] * x + m[4] * y + m[5]) * below)
    }
}

/// Where the corners of a sheet lie in the camera's picture.
fn lay_down(paper: &Paper, look: &Look, rng: &mut Rng) -> [(f32, f32); 4] {
    let (w, h) = (paper.canvas.width as f32, paper.canvas.height as f32);
    let turn = if look.upside_down { PI } else { 0.0 } + look.tilt.to_radians();
    let (sin, cos) = turn.sin_cos();
    let across = w * cos.abs() + h * sin.abs();
    let down = w * sin.abs() + h * cos.abs();
    let room = (CAMERA.0 as f32 * 0.90 / across).min(CAMERA.1 as f32 * 0.88 / down);
    let scale = room.min(1.02 + rng.f32() * 0.18);
    let slack_x = (CAMERA.0 as f32 - across * scale) / 2.0 - 50.0;
    let slack_y = (CAMERA.1 as f32 - down * scale) / 2.0 - 40.0;
    let cx = CAMERA.0 as f32 / 2.0 + (rng.f32() - 0.5) * slack_x.max(0.0);
    let cy = CAMERA.1 as f32 / 2.0 + (rng.f32() - 0.5) * slack_y.max(0.0);
    [(-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)].map(|(x, y)| {
        let (x, y) = (x * w * scale, y * h * scale);
        let (jx, jy) = (rng.f32() - 0.5, rng.f32() - 0.5);
        (cx + x * cos - y * sin + jx * 0.022 * w, cy + x * sin + y * cos + jy * 0.022 * w)
    })
}

/// Uneven light from one side, a shadow under the sheet, a desk with some grain.
fn photograph(paper: &Paper, look: &Look, rng: &mut Rng) -> Canvas {
    let (width, height) = CAMERA;
    let corners = lay_down(paper, look, rng);
    let (w, h) = (paper.canvas.width as f32, paper.canvas.height as f32);
    let projection = Projection::of(corners, w, h);
    let least = |pick: fn(&(f32, f32)) -> f32| corners.iter().map(pick).fold(f32::MAX, f32::min);
    let most = |pick: fn(&(f32, f32)) -> f32| corners.iter().map(pick).fold(f32::MIN, f32::max);
    let columns = least(|c| c.0) - 26.0..most(|c| c.0) + 26.0;
    let rows = least(|c| c.1) - 26.0..most(|c| c.1) + 26.0;
    let desk: [i32; 3] = if look.light_ground { [206, 188, 160] } else { [66, 64, 66] };
    let lamp = (rng.f32() * width as f32, rng.f32() * height as f32 * 0.6);
    let fall = 0.20 + rng.f32() * 0.16;
    let warm = rng.i32(-5..9);
    let cast = [warm / 2, warm / 2, -warm];
    let wood = (0..height + 64)
        .map(|y| {
            let y = y as f32;
            let lines = (y * 0.91).sin() * 1.4 + (y * 0.23).sin() * 1.2 + (y * 0.041).sin() * 1.8;
            (lines * if look.light_ground { 1.6 } else { 0.5 }) as i32
        })
        .collect::<Vec<_>>();
    let mut grain = Grain { state: rng.u32(1..), strength: if look.light < 0.7 { 9 } else { 5 } };
    let mut out = Canvas::new(width, height, [0; 3]);
    let mut bright = vec![0_i32; width.div_ceil(PATCH)];
    for (y, row) in out.data.chunks_exact_mut(width * 3).enumerate() {
        let fy = y as f32;
        let dy = (fy - lamp.1) / width as f32;
        let in_rows = rows.contains(&fy);
        for (patch, bright) in bright.iter_mut().enumerate() {
            let dx = ((patch * PATCH) as f32 - lamp.0) / width as f32;
            *bright = (look.light * (1.06 - fall * (dx * dx + dy * dy)) * 256.0) as i32;
        }
        for (x, pixel) in row.chunks_exact_mut(3).enumerate() {
            let fx = x as f32;
            let bright = bright[x / PATCH];
            let noise = grain.next();
            let streak = wood[y + (x >> 5)];
            let mut shadow = 256;
            let (mut ink, mut there) = ([0; 3], 0);
            if in_rows && columns.contains(&fx) {
                let (u, v) = projection.at(fx, fy);
                if paper.surely_inside(u, v) {
                    (ink, there) = (paper.inside(u, v), 256);
                } else {
                    (ink, there) = paper.sample(u, v);
                    let out_x = (-u).max(u - w).max(0.0);
                    let out_y = (-v).max(v - h).max(0.0);
                    let away = (out_x + out_y).min(18.0);
                    shadow = 150 + (away * 5.9) as i32;
                }
            }
            for channel in 0..3 {
                let under = ((desk[channel] + streak) * shadow) >> 8;
                let mixed = (ink[channel] * 236 / 256 * there + under * (256 - there)) >> 8;
                let seen = ((mixed * bright) >> 8) + cast[channel] + noise;
                pixel[channel] = seen.clamp(0, 255) as u8;
            }
        }
    }
    out
}

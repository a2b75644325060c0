//! A grey picture to draw a line in, with how much of the print is hidden.

/// Greys 0 (black) to 255, row by row.
pub struct Canvas {
    pub width: usize,
    pub height: usize,
    pub grey: Vec<f32>,
    /// How much of what lies below is hidden for good, 0..1.
    pub hidden: Vec<f32>,
}

impl Canvas {
    pub fn new(width: usize, height: usize, grey: f32) -> Canvas {
        Canvas {
            width,
            height,
            grey: vec![grey; width * height],
            hidden: vec![0.0; width * height],
        }
    }

    /// Ink that lets the ground through by `1 - cover`; `tone` 0 is black.
    pub fn ink(&mut self, at: usize, tone: f32, cover: f32) {
        self.grey[at] += (tone - self.grey[at]) * cover;
    }

    /// Translucent ink: darkens what is there.
    pub fn stain(&mut self, at: usize, tone: f32, cover: f32) {
        self.grey[at] *= 1.0 - cover * (1.0 - tone / 255.0);
    }

    /// Something that hides what lies below.
    pub fn hide(&mut self, at: usize, tone: f32, cover: f32) {
        self.ink(at, tone, cover);
        self.hidden[at] = self.hidden[at].max(cover);
    }

    /// A stroke with round ends: `act` with the index and the cover of each pixel near it.
    pub fn stroke(
        &mut self,
        from: (f32, f32),
        to: (f32, f32),
        thick: f32,
        mut act: impl FnMut(&mut Canvas, usize, f32),
    ) {
        let reach = thick / 2.0 + 1.0;
        let top = (from.1.min(to.1) - reach).floor().max(0.0) as usize;
        let bottom = ((from.1.max(to.1) + reach).ceil().max(0.0) as usize).min(self.height);
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let square = (dx * dx + dy * dy).max(1e-6);
        for y in top..bottom {
            // Only the columns near the stroke at this height.
            let fy = y as f32;
            let (t0, t1) = if dy.abs() < 1e-3 {
                (0.0, 1.0)
            } else {
                let a = ((fy - reach - from.1) / dy).clamp(0.0, 1.0);
                let b = ((fy + reach - from.1) / dy).clamp(0.0, 1.0);
                (a.min(b), a.max(b))
            };
            let (xa, xb) = (from.0 + dx * t0, from.0 + dx * t1);
            let left = (xa.min(xb) - reach).floor().max(0.0) as usize;
            let right = ((xa.max(xb) + reach).ceil().max(0.0) as usize).min(self.width);
            for x in left..right {
                let (px, py) = (x as f32 - from.0, fy - from.1);
                let t = ((px * dx + py * dy) / square).clamp(0.0, 1.0);
                let away = (px - t * dx).hypot(py - t * dy);
                let cover = (thick / 2.0 + 0.5 - away).clamp(0.0, 1.0);
                if cover > 0.0 {
                    act(self, y * self.width + x, cover);
                }
            }
        }
    }

    /// The grey between pixels; beyond the edge the edge goes on.
    pub fn sample(&self, x: f32, y: f32) -> f32 {
        let x = x.clamp(0.0, (self.width - 1) as f32);
        let y = y.clamp(0.0, (self.height - 1) as f32);
        let (x0, y0) = (x as usize, y as usize);
        let (x1, y1) = ((x0 + 1).min(self.width - 1), (y0 + 1).min(self.height - 1));
        let (fx, fy) = (x - x0 as f32, y - y0 as f32);
        let row = |y: usize| {
            let row = &self.grey[y * self.width..(y + 1) * self.width];
            row[x0] * (1.0 - fx) + row[x1] * fx
        };
        row(y0) * (1.0 - fy) + row(y1) * fy
    }
}

/// Slow noise: random values on a coarse grid, smooth between.
pub struct Clouds {
    grid: Vec<f32>,
    columns: usize,
    step: f32,
}

impl Clouds {
    pub fn new(width: usize, height: usize, step: f32, rng: &mut fastrand::Rng) -> Clouds {
        let columns = (width as f32 / step) as usize + 3;
        let rows = (height as f32 / step) as usize + 3;
        let grid = (0..columns * rows).map(|_| rng.f32() * 2.0 - 1.0).collect();
        Clouds { grid, columns, step }
    }

    /// -1..1
    pub fn at(&self, x: usize, y: usize) -> f32 {
        let (fx, fy) = (x as f32 / self.step, y as f32 / self.step);
        let (x0, y0) = (fx as usize, fy as usize);
        let (ax, ay) = (fx - x0 as f32, fy - y0 as f32);
        let at = |x: usize, y: usize| self.grid.get(y * self.columns + x).copied().unwrap_or(0.0);
        let top = at(x0, y0) * (1.0 - ax) + at(x0 + 1, y0) * ax;
        let low = at(x0, y0 + 1) * (1.0 - ax) + at(x0 + 1, y0 + 1) * ax;
        top * (1.0 - ay) + low * ay
    }
}

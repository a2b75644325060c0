//! A plain RGB canvas: blending, boxes, lines of text.

use super::fonts::Typeface;

/// Red, green, blue.
pub type Ink = [u8; 3];

/// A box in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    pub x: f32,
    pub y: f32,
    pub w: f32,
    pub h: f32,
}

impl Rect {
    pub fn new(x: f32, y: f32, w: f32, h: f32) -> Rect {
        Rect { x, y, w, h }
    }

    /// Larger by `by` on every side; smaller where it is negative.
    pub fn grown(self, by: f32) -> Rect {
        Rect::new(self.x - by, self.y - by, self.w + 2.0 * by, self.h + 2.0 * by)
    }

    pub fn centre(self) -> (f32, f32) {
        (self.x + self.w / 2.0, self.y + self.h / 2.0)
    }
}

/// How a line of text is set.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// Left end and baseline.
    pub at: (f32, f32),
    /// Height of the digits.
    pub size: f32,
    /// Extra pixels after each character.
    pub spacing: f32,
    pub ink: Ink,
}

/// RGB pixels, row by row.
#[derive(Clone, PartialEq, Eq)]
pub struct Canvas {
    pub width: usize,
    pub height: usize,
    pub data: Vec<u8>,
}

impl std::fmt::Debug for Canvas {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Canvas({}x{})", self.width, self.height)
    }
}

impl Canvas {
    pub fn new(width: usize, height: usize, ink: Ink) -> Canvas {
        Canvas { width, height, data: ink.repeat(width * height) }
    }

    fn index(&self, x: i32, y: i32) -> Option<usize> {
        let (x, y) = (usize::try_from(x).ok()?, usize::try_from(y).ok()?);
        (x < self.width && y < self.height).then(|| (y * self.width + x) * 3)
    }

    /// Opaque ink with a cover in 0..=1.
    pub fn blend(&mut self, x: i32, y: i32, ink: Ink, cover: f32) {
        let Some(at) = self.index(x, y) else { return };
        let share = (cover.clamp(0.0, 1.0) * 256.0) as i32;
        for (under, over) in self.data[at..at + 3].iter_mut().zip(ink) {
            let (below, above) = (i32::from(*under), i32::from(over));
            *under = (below + (((above - below) * share) >> 8)) as u8;
        }
    }

    /// Ink that lets the print below show through, as a stamp's or a stain's does.
    pub fn stain(&mut self, x: i32, y: i32, ink: Ink, cover: f32) {
        let Some(at) = self.index(x, y) else { return };
        let share = (cover.clamp(0.0, 1.0) * 256.0) as i32;
        for (under, over) in self.data[at..at + 3].iter_mut().zip(ink) {
            let below = i32::from(*under);
            let mixed = below * i32::from(over) / 255;
            *under = (below + (((mixed - below) * share) >> 8)) as u8;
        }
    }

    /// Lighter (above 1) or darker (below 1).
    pub fn shade(&mut self, x: i32, y: i32, factor: f32) {
        let Some(at) = self.index(x, y) else { return };
        for value in &mut self.data[at..at + 3] {
            *value = (f32::from(*value) * factor).min(255.0) as u8;
        }
    }

    pub fn fill(&mut self, rect: Rect, ink: Ink, cover: f32) {
        let (left, right) = (rect.x.round() as i32, (rect.x + rect.w).round() as i32);
        let (top, bottom) = (rect.y.round() as i32, (rect.y + rect.h).round() as i32);
        for y in top..bottom {
            for x in left..right {
                self.blend(x, y, ink, cover);
            }
        }
    }

    pub fn frame(&mut self, rect: Rect, thick: f32, ink: Ink) {
        let Rect { x, y, w, h } = rect;
        self.fill(Rect::new(x, y, w, thick), ink, 1.0);
        self.fill(Rect::new(x, y + h - thick, w, thick), ink, 1.0);
        self.fill(Rect::new(x, y, thick, h), ink, 1.0);
        self.fill(Rect::new(x + w - thick, y, thick, h), ink, 1.0);
    }

    /// A straight stroke of a pen with soft edges; the print shows through a little.
    pub fn stroke(&mut self, from: (f32, f32), to: (f32, f32), thick: f32, ink: Ink, cover: f32) {
        self.along(from, to, thick, |canvas, x, y, soft| {
            canvas.stain(x, y, ink, soft * cover);
        });
    }

    /// A straight stroke that hides what is below.
    pub fn cover(&mut self, from: (f32, f32), to: (f32, f32), thick: f32, ink: Ink) {
        self.along(from, to, thick, |canvas, x, y, soft| {
            canvas.blend(x, y, ink, soft);
        });
    }

    fn along(
        &mut self,
        from: (f32, f32),
        to: (f32, f32),
        thick: f32,
        mut pixel: impl FnMut(&mut Canvas, i32, i32, f32),
    ) {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let length = dx.hypot(dy).max(0.001);
        let pad = thick / 2.0 + 1.0;
        let (left, right) = (from.0.min(to.0) - pad, from.0.max(to.0) + pad);
        let (top, bottom) = (from.1.min(to.1) - pad, from.1.max(to.1) + pad);
        for y in top.floor() as i32..=bottom.ceil() as i32 {
            for x in left.floor() as i32..=right.ceil() as i32 {
                let (px, py) = (x as f32 - from.0, y as f32 - from.1);
                let along = ((px * dx + py * dy) / (length * length)).clamp(0.0, 1.0);
                let away = (px - along * dx).hypot(py - along * dy);
                let soft = line(away, thick);
                if soft > 0.0 {
                    pixel(self, x, y, soft);
                }
            }
        }
    }

    pub fn text(&mut self, face: &Typeface, text: &str, setting: Setting) {
        let Setting { at, size, spacing, ink } = setting;
        face.each_pixel(text, size, spacing, at, |x, y, cover| {
            self.blend(x, y, ink, cover);
        });
    }

    /// Text with a pale edge round it, so that it stands out of the pattern.
    pub fn text_with_halo(&mut self, face: &Typeface, text: &str, setting: Setting, halo: f32) {
        for step in 0..12 {
            let angle = step as f32 * std::f32::consts::TAU / 12.0;
            let (x, y) = setting.at;
            self.text(
                face,
                text,
                Setting {
                    at: (x + halo * angle.cos(), y + halo * angle.sin()),
                    ink: [255, 255, 255],
                    ..setting
                },
            );
        }
        self.text(face, text, setting);
    }
}

/// Cover of a soft line of a width at a distance from its middle.
pub fn line(away: f32, thick: f32) -> f32 {
    (thick / 2.0 + 0.5 - away).clamp(0.0, 1.0)
}

//! A line as the station cuts it out of a picture: print, what happened to it, and how it was seen.

use crate::canvas::{Canvas, Clouds};
use crate::faults;
use crate::fonts::{Face, Fonts};
use crate::line::{CAPITAL, COLUMN, HEIGHT, class_of};
use crate::optics::{self, Cut};
use crate::text::{self, Text};
use ab_glyph::{Font, FontVec, PxScale, ScaleFont, point};
use fastrand::Rng;

/// A line and what is to be read of it.
pub struct Sample {
    pub greys: Vec<u8>,
    pub width: usize,
    pub labels: Vec<usize>,
}

/// A printed sign: its class if it is to be read, and where its ink lies.
struct Sign {
    class: Option<usize>,
    left: usize,
    right: usize,
}

fn between(rng: &mut Rng, low: f32, high: f32) -> f32 {
    low + rng.f32() * (high - low)
}

/// The same seed and number always give the same line. With `judging` the fonts kept apart are used.
pub fn line(fonts: &Fonts, seed: u64, number: u64, judging: bool) -> Sample {
    line_of(fonts, seed, number, judging, text::draw)
}

/// A line whose text is drawn by `write`.
pub fn line_of(
    fonts: &Fonts,
    seed: u64,
    number: u64,
    judging: bool,
    write: fn(&mut Rng) -> Text,
) -> Sample {
    let mut rng = Rng::with_seed(seed ^ number.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    // A sign that is half hidden can be read or not: such a line teaches nothing.
    loop {
        if let Some(sample) = try_line(fonts, judging, write, &mut rng) {
            return sample;
        }
    }
}

fn pick<'f>(fonts: &'f Fonts, judging: bool, rng: &mut Rng) -> &'f Face {
    let faces = if judging && !fonts.judge.is_empty() { &fonts.judge } else { &fonts.train };
    let wanted = rng.u32(0..100);
    for _ in 0..60 {
        let face = &faces[rng.usize(0..faces.len())];
        let fits = match wanted {
            0..16 => face.ocr,
            16..40 => face.fixed_pitch,
            _ => true,
        };
        if fits {
            return face;
        }
    }
    &faces[rng.usize(0..faces.len())]
}

fn try_line(
    fonts: &Fonts,
    judging: bool,
    write: fn(&mut Rng) -> Text,
    rng: &mut Rng,
) -> Option<Sample> {
    let text = write(rng);
    let face = pick(fonts, judging, rng);
    // Pixels of the canvas for one of the line.
    let zoom = between(rng, 0.0, 1.0).powf(0.8) * 1.5 + 0.55;
    let capital = (CAPITAL + between(rng, -5.5, 6.0)) * zoom;
    let paper = between(rng, 130.0, 252.0);
    let margin = (capital * between(rng, 0.3, 1.6)) as usize + 2;
    let height = (HEIGHT as f32 * zoom * 1.25) as usize + 6;
    let middle = height as f32 / 2.0;
    let level = [0, 0, 0, 1, 1, 2, 2, 3][rng.usize(0..8)];

    let (string, read) = match &text {
        Text::Number(s) | Text::Value(s) => (s.as_str(), true),
        Text::Words(s) | Text::Turned(s) => (s.as_str(), false),
        Text::Bars | Text::Empty => ("", false),
    };
    let mut print = Print::lay(string, face, fonts, capital, rng);
    let wide = match text {
        Text::Bars | Text::Empty => capital * between(rng, 4.0, 14.0),
        _ => print.width,
    };
    let width = wide as usize + 2 * margin;
    if width > 1400 {
        return None;
    }
    let mut canvas = Canvas::new(width, height, paper);
    faults::ground(&mut canvas, capital, rng);
    faults::neighbours(&mut canvas, middle, capital, &fonts.japanese, rng);
    if matches!(text, Text::Bars) {
        bars(&mut canvas, capital, rng);
    }
    let mut ink = Canvas::new(width, height, 0.0);
    let signs = print.press(&mut ink, (margin as f32, middle + capital / 2.0), rng);
    let tone = between(rng, 0.0, 0.55).powi(2) * 2.0 * paper * 0.55;
    let fade = if rng.u32(0..5) == 0 { between(rng, 0.25, 0.8) } else { between(rng, 0.75, 1.0) };
    ink_over(&mut canvas, &ink, tone, fade, capital, rng);
    damage(&mut canvas, capital, paper, level, fonts, rng);
    let labels = if read { labels(&signs, &ink, &canvas)? } else { Vec::new() };
    see(&mut canvas, capital, level, rng);

    let stretch = between(rng, 0.88, 1.14);
    let across = wide + 2.0 * capital * between(rng, 0.1, (margin as f32 / capital).min(1.3));
    let columns = ((across / (zoom * stretch)) as usize).div_ceil(COLUMN) * COLUMN;
    let columns = columns.clamp(COLUMN * 4, 720);
    let slack = (HEIGHT as f32 * zoom - capital).max(0.0) / 2.0;
    let cut = Cut {
        scale: (zoom * stretch, zoom),
        middle: (
            width as f32 / 2.0 + capital * between(rng, -0.15, 0.15),
            middle + slack * between(rng, -0.75, 0.75),
        ),
        turn: between(rng, -0.022, 0.022),
        slant: if rng.u32(0..3) == 0 { between(rng, -0.2, 0.2) } else { between(rng, -0.04, 0.04) },
        wedge: between(rng, -0.06, 0.06),
        bend: if rng.u32(0..4) == 0 { between(rng, -2.0, 2.0) } else { 0.0 },
        upside_down: matches!(text, Text::Turned(_)),
    };
    // Each repeat needs a column between.
    let twins = labels.windows(2).filter(|pair| pair[0] == pair[1]).count();
    if labels.len() + twins > columns / COLUMN {
        return None;
    }
    Some(Sample { greys: optics::cut(&canvas, &cut, columns), width: columns, labels })
}

/// A text with the places of its signs.
struct Print<'f> {
    signs: Vec<(char, &'f FontVec, f32, PxScale)>,
    width: f32,
    capital: f32,
    style: Style,
}

enum Style {
    Plain,
    /// Each wheel stands a little higher or lower and inks otherwise.
    Numbering,
    /// So many dots a digit height.
    Dots(usize),
}

impl<'f> Print<'f> {
    fn lay(text: &str, face: &'f Face, fonts: &'f Fonts, capital: f32, rng: &mut Rng) -> Print<'f> {
        let stretch = between(rng, 0.78, 1.22);
        let spacing = match rng.u32(0..4) {
            0 => between(rng, 0.1, 0.45),
            1 => between(rng, -0.04, 0.0),
            _ => between(rng, 0.0, 0.1),
        } * capital;
        let even = !face.fixed_pitch && rng.u32(0..4) == 0;
        let own = PxScale { x: capital * face.per_digit * stretch, y: capital * face.per_digit };
        let pitch = face.font.as_scaled(own).h_advance(face.font.glyph_id('0'));
        let japanese = (!fonts.japanese.is_empty())
            .then(|| &fonts.japanese[rng.usize(0..fonts.japanese.len())]);
        let mut x = 0.0;
        let mut signs = Vec::new();
        for sign in text.chars() {
            let has = face.font.glyph_id(sign).0 != 0 && sign.is_ascii() || sign == ' ';
            let (font, scale) = match japanese {
                Some(font) if !has => (font, PxScale::from(capital * 1.35)),
                _ => (&face.font, own),
            };
            let mut advance = font.as_scaled(scale).h_advance(font.glyph_id(sign));
            if even && sign.is_ascii_alphanumeric() {
                // A proportional font set at a fixed pitch, as numbering software does.
                let wide = advance.max(pitch);
                signs.push((sign, font, x + (wide - advance) / 2.0, scale));
                advance = wide;
            } else {
                signs.push((sign, font, x, scale));
            }
            x += advance + spacing;
        }
        let style = match rng.u32(0..16) {
            0..2 => Style::Numbering,
            2 => Style::Dots(7 + rng.usize(0..6)),
            _ => Style::Plain,
        };
        Print { signs, width: x, capital, style }
    }

    /// Prints into `ink` (0 none, 1 full), baseline and left end at `at`.
    fn press(&mut self, ink: &mut Canvas, at: (f32, f32), rng: &mut Rng) -> Vec<Sign> {
        let mut signs = Vec::new();
        for (sign, font, x, scale) in &self.signs {
            let (mut dy, mut force) = (0.0, 1.0);
            if matches!(self.style, Style::Numbering) {
                dy = self.capital * between(rng, -0.07, 0.07);
                force = between(rng, 0.55, 1.0);
            }
            let place = point(at.0 + x, at.1 + dy);
            let glyph = font.glyph_id(*sign).with_scale_and_position(*scale, place);
            let Some(outline) = font.outline_glyph(glyph) else {
                continue;
            };
            let bounds = outline.px_bounds();
            faults::paint(ink, &outline, |c, at, cover| {
                c.grey[at] = c.grey[at].max(cover * force);
            });
            signs.push(Sign {
                class: class_of(*sign),
                left: bounds.min.x.max(0.0) as usize,
                right: (bounds.max.x.max(0.0) as usize).min(ink.width),
            });
        }
        if let Style::Dots(dots) = self.style {
            self.dotted(ink, dots);
        }
        signs
    }

    /// As a print head with few needles does it.
    fn dotted(&self, ink: &mut Canvas, dots: usize) {
        let cell = self.capital / dots as f32;
        let before = std::mem::replace(&mut ink.grey, vec![0.0; ink.width * ink.height]);
        let full =
            Canvas { width: ink.width, height: ink.height, grey: before, hidden: Vec::new() };
        let radius = cell * 0.56;
        let rows = (ink.height as f32 / cell) as usize;
        let columns = (ink.width as f32 / cell) as usize;
        for row in 0..rows {
            for column in 0..columns {
                let (cx, cy) = ((column as f32 + 0.5) * cell, (row as f32 + 0.5) * cell);
                if full.sample(cx, cy) > 0.45 {
                    ink.stroke((cx, cy), (cx, cy), radius * 2.0, |c, at, part| {
                        c.grey[at] = c.grey[at].max(part);
                    });
                }
            }
        }
    }
}

/// Lays the print on the paper: heavier or lighter, blotched, broken.
fn ink_over(canvas: &mut Canvas, ink: &Canvas, tone: f32, fade: f32, capital: f32, rng: &mut Rng) {
    let clouds = Clouds::new(canvas.width, canvas.height, capital * between(rng, 0.08, 0.5), rng);
    let uneven = if rng.bool() { between(rng, 0.0, 0.5) } else { 0.0 };
    let weight = between(rng, -0.35, 0.35);
    let soft = (rng.u32(0..3) == 0).then(|| {
        let mut soft = Canvas::new(ink.width, ink.height, 0.0);
        soft.grey.copy_from_slice(&ink.grey);
        optics::defocus(&mut soft, capital * between(rng, 0.02, 0.06));
        soft
    });
    let source = soft.as_ref().map_or(&ink.grey, |soft| &soft.grey);
    let gaps = if rng.u32(0..8) == 0 { between(rng, 0.0, 0.35) } else { 0.0 };
    for (at, raw) in source.iter().enumerate() {
        if *raw < 0.02 {
            continue;
        }
        let mut cover = *raw;
        if soft.is_some() {
            cover = ((cover - 0.5 + weight) * 2.5 + 0.5).clamp(0.0, 1.0);
        }
        let cloud = clouds.at(at % canvas.width, at / canvas.width);
        cover *= (1.0 - uneven * (0.5 + 0.5 * cloud)) * fade;
        if gaps > 0.0 && rng.f32() < gaps {
            cover *= 0.2;
        }
        canvas.ink(at, tone, cover.clamp(0.0, 1.0));
    }
}

fn damage(canvas: &mut Canvas, capital: f32, paper: f32, level: u32, fonts: &Fonts, rng: &mut Rng) {
    // Each fault's chance in a hundred at level 1; twice at 2, three times at 3.
    let strikes = |rng: &mut Rng, percent: u32| rng.u32(0..100) < percent * level;
    if strikes(rng, 16) {
        faults::crease(canvas, capital, paper, rng);
    }
    if strikes(rng, 10) {
        faults::stain(canvas, capital, rng);
    }
    if strikes(rng, 22) {
        faults::stamp(canvas, capital, &fonts.japanese, rng);
    }
    if strikes(rng, 8) {
        faults::crease(canvas, capital, paper, rng);
    }
    if strikes(rng, 13) {
        faults::pen(canvas, capital, rng);
    }
    if strikes(rng, 3) {
        faults::marker(canvas, capital, rng);
    }
    if strikes(rng, 4) {
        faults::tear(canvas, capital, rng);
    }
    if strikes(rng, 5) {
        faults::glare(canvas, capital, rng);
    }
}

/// How the picture was taken.
fn see(canvas: &mut Canvas, capital: f32, level: u32, rng: &mut Rng) {
    if rng.u32(0..100) < 35 + 15 * level {
        let most = 0.035 + 0.03 * level as f32;
        optics::defocus(canvas, capital * between(rng, 0.01, most));
    }
    if rng.u32(0..100) < 6 + 10 * level {
        let most = 0.1 + 0.1 * level as f32;
        let length = capital * between(rng, 0.04, most);
        optics::motion(canvas, length, rng.f32() * std::f32::consts::TAU);
    }
    optics::expose(canvas, rng);
    if rng.u32(0..3) == 0 {
        let quality = between(rng, 25.0, 92.0);
        optics::compress(canvas, quality, rng);
    }
}

/// The classes of the signs that can still be seen; `None` if one is half hidden.
fn labels(signs: &[Sign], ink: &Canvas, canvas: &Canvas) -> Option<Vec<usize>> {
    let mut labels = Vec::new();
    for sign in signs {
        let Some(class) = sign.class else {
            continue;
        };
        let (mut all, mut lost) = (0.0, 0.0);
        for y in 0..ink.height {
            let row = y * ink.width;
            for x in sign.left..sign.right {
                all += ink.grey[row + x];
                lost += ink.grey[row + x] * canvas.hidden[row + x];
            }
        }
        let seen = 1.0 - lost / all.max(1e-3);
        if seen > 0.62 {
            labels.push(class);
        } else if seen > 0.3 {
            return None;
        }
    }
    Some(labels)
}

/// A part of a barcode.
fn bars(canvas: &mut Canvas, capital: f32, rng: &mut Rng) {
    let unit = capital * between(rng, 0.05, 0.2);
    let tone = between(rng, 0.0, 70.0);
    let (top, bottom) =
        (canvas.height as f32 * between(rng, -0.2, 0.4), canvas.height as f32 * 1.1);
    let mut x = rng.f32() * unit;
    while x < canvas.width as f32 {
        let bar = unit * (1 + rng.usize(0..3)) as f32;
        let middle = x + bar / 2.0;
        canvas.stroke((middle, top), (middle, bottom), bar, |c, at, part| c.ink(at, tone, part));
        x += bar + unit * (1 + rng.usize(0..3)) as f32;
    }
}

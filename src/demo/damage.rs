//! What happens to a voucher between the printer and the counting room: stamps, creases, stains,
//! scribble, fading, tears. Everything is drawn by a seeded generator, so it comes out the same.

use super::draw_canvas::{Ink, Rect, line};
use super::draw_capture::Paper;
use super::draw_face::{PX_PER_MM, Template};
use super::fonts::{Fonts, Role, Typeface, Words};
use fastrand::Rng;
use std::f32::consts::TAU;

/// The part of the face that is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// Where shops are asked to stamp.
    Free,
    Number,
    Barcode,
}

/// One damage.
#[derive(Clone, Debug, PartialEq)]
pub enum Damage {
    /// A shop's round seal.
    Seal {
        spot: Spot,
        name: Words,
    },
    /// A shop's rectangular stamp: name and a line below.
    Box {
        spot: Spot,
        name: Words,
        below: Words,
    },
    Crease,
    Coffee,
    /// A pen's line back and forth.
    Scribble(Spot),
    /// Two broad strokes of a marker from top to bottom, as shops cancel a barcode.
    Strike(Spot),
    /// A broad black marker; nothing can be read below it.
    Marker(Spot),
    /// Print bleached; 0 is untouched, 1 is white.
    Fade(f32),
    /// The part is torn away, from the nearer long edge.
    Tear(Spot),
}

/// The red of seal ink, and the others that shops use.
const INKS: [Ink; 4] = [[205, 38, 46], [196, 30, 58], [214, 60, 40], [104, 52, 150]];

/// Does it to the paper.
pub fn apply(
    paper: &mut Paper,
    template: &Template,
    damage: &Damage,
    fonts: &Fonts,
    rng: &mut Rng,
) {
    match damage {
        Damage::Seal { spot, name } => {
            let mask = seal(fonts.get(Role::Title), fonts.write(Role::Title, name));
            let at = aim(template, *spot, rng);
            press(paper, &mask, at, (rng.f32() - 0.5) * 0.5, rng);
        }
        Damage::Box { spot, name, below } => {
            let size = box_size(template, *spot);
            let lines = [fonts.write(Role::Text, name), fonts.write(Role::Text, below)];
            let mask = stamp_box(fonts.get(Role::Text), lines, size);
            let at = match spot {
                Spot::Barcode => place(template, *spot).centre(),
                Spot::Free | Spot::Number => aim(template, *spot, rng),
            };
            press(paper, &mask, at, (rng.f32() - 0.5) * 0.09, rng);
        }
        Damage::Crease => crease(paper, rng),
        Damage::Coffee => coffee(paper, template, rng),
        Damage::Scribble(spot) => scribble(paper, place(template, *spot), rng),
        Damage::Strike(spot) => strike(paper, place(template, *spot), rng),
        Damage::Marker(spot) => marker(paper, place(template, *spot), rng),
        Damage::Fade(share) => {
            let share = (share.clamp(0.0, 1.0) * 256.0) as u32;
            for value in &mut paper.canvas.data {
                *value = ((u32::from(*value) * (256 - share) + 252 * share) >> 8) as u8;
            }
        }
        Damage::Tear(spot) => tear(paper, place(template, *spot), rng),
    }
}

fn place(template: &Template, spot: Spot) -> Rect {
    let (x, y) = template.free;
    let free =
        Rect::new(x - 10.0 * PX_PER_MM, y - 7.0 * PX_PER_MM, 20.0 * PX_PER_MM, 14.0 * PX_PER_MM);
    match spot {
        Spot::Free => free,
        Spot::Number => template.number,
        Spot::Barcode => template.barcode.unwrap_or(template.number),
    }
}

/// About the middle of the spot, as a hand hits it.
fn aim(template: &Template, spot: Spot, rng: &mut Rng) -> (f32, f32) {
    let rect = place(template, spot);
    let (cx, cy) = rect.centre();
    (cx + (rng.f32() - 0.5) * rect.w * 0.34, cy + (rng.f32() - 0.5) * rect.h * 0.34)
}

fn box_size(template: &Template, spot: Spot) -> (usize, usize) {
    let rect = place(template, spot);
    let (w, h) = match spot {
        Spot::Barcode => (rect.w * 0.94, rect.h * 1.08),
        Spot::Number | Spot::Free => (44.0 * PX_PER_MM, 15.0 * PX_PER_MM),
    };
    (w as usize, h as usize)
}

/// Ink cover of a stamp before it is pressed.
struct Mask {
    width: usize,
    height: usize,
    cover: Vec<f32>,
}

impl Mask {
    fn new(width: usize, height: usize) -> Mask {
        Mask { width, height, cover: vec![0.0; width * height] }
    }

    fn add(&mut self, x: i32, y: i32, cover: f32) {
        let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y)) else {
            return;
        };
        if x < self.width && y < self.height {
            let value = &mut self.cover[y * self.width + x];
            *value = value.max(cover);
        }
    }

    fn text(&mut self, face: &Typeface, text: &str, size: f32, at: (f32, f32)) {
        face.each_pixel(text, size, 0.0, at, |x, y, cover| self.add(x, y, cover));
    }

    fn at(&self, x: f32, y: f32) -> f32 {
        if x < 0.0 || y < 0.0 {
            return 0.0;
        }
        let (left, top) = (x as usize, y as usize);
        if left + 1 >= self.width || top + 1 >= self.height {
            return 0.0;
        }
        let (fx, fy) = (x - left as f32, y - top as f32);
        let at = top * self.width + left;
        let upper = self.cover[at] * (1.0 - fx) + self.cover[at + 1] * fx;
        let lower = self.cover[at + self.width] * (1.0 - fx) + self.cover[at + self.width + 1] * fx;
        upper * (1.0 - fy) + lower * fy
    }
}

/// A round seal, 21 mm: two rings; the name from top to bottom in columns, right to left.
fn seal(face: &Typeface, name: &str) -> Mask {
    let side = (21.0 * PX_PER_MM) as usize;
    let mut mask = Mask::new(side, side);
    let middle = side as f32 / 2.0;
    let radius = middle - 3.0;
    for y in 0..side {
        for x in 0..side {
            let away = (x as f32 - middle).hypot(y as f32 - middle);
            let ring =
                line((away - radius).abs(), 4.5).max(line((away - radius * 0.86).abs(), 1.4));
            mask.add(x as i32, y as i32, ring);
        }
    }
    let letters = name.chars().filter(|c| *c != ' ').collect::<Vec<_>>();
    if letters.iter().all(char::is_ascii) {
        let size = face.fit(name, side as f32 * 0.2, 0.0, side as f32 * 0.70);
        let width = face.width(name, size, 0.0);
        mask.text(face, name, size, (middle - width / 2.0, middle + size / 2.0));
        return mask;
    }
    let columns = if letters.len() <= 2 { 1 } else { 2 };
    let rows = letters.len().div_ceil(columns);
    let cell = (radius * 1.32 / rows as f32).min(radius * 1.2 / columns as f32);
    // A kanji stands a quarter higher than a digit.
    let size = cell * 0.70;
    for (turn, letter) in letters.iter().enumerate() {
        let (column, row) = (turn / rows, turn % rows);
        let cx = middle + (columns as f32 / 2.0 - 0.5 - column as f32) * cell * 1.02;
        let cy = middle + (row as f32 + 0.5 - rows as f32 / 2.0) * cell;
        let text = letter.to_string();
        let width = face.width(&text, size, 0.0);
        mask.text(face, &text, size, (cx - width / 2.0, cy + size * 0.52));
    }
    mask
}

/// A frame with two lines.
fn stamp_box(face: &Typeface, lines: [&str; 2], (width, height): (usize, usize)) -> Mask {
    let mut mask = Mask::new(width, height);
    let (w, h) = (width as f32, height as f32);
    for y in 0..height {
        for x in 0..width {
            let (fx, fy) = (x as f32, y as f32);
            let away = fx.min(w - 1.0 - fx).min(fy).min(h - 1.0 - fy);
            mask.add(x as i32, y as i32, line((away - 4.0).abs(), 4.5));
        }
    }
    let [upper, lower] = lines;
    for (text, share, baseline) in [(upper, 0.31, 0.52), (lower, 0.17, 0.83)] {
        let size = face.fit(text, h * share, 0.0, w * 0.86);
        let left = (w - face.width(text, size, 0.0)) / 2.0;
        mask.text(face, text, size, (left, h * baseline));
    }
    mask
}

/// Presses a stamp: turned, with ink that is uneven and thin towards one side.
fn press(paper: &mut Paper, mask: &Mask, (cx, cy): (f32, f32), turn: f32, rng: &mut Rng) {
    let ink = INKS[if rng.u8(0..10) < 8 { rng.usize(0..3) } else { 3 }];
    let strength = 0.72 + rng.f32() * 0.26;
    let thin = rng.f32() * TAU;
    let wave = (0.05 + rng.f32() * 0.06, rng.f32() * TAU);
    let (sin, cos) = turn.sin_cos();
    let (half_w, half_h) = (mask.width as f32 / 2.0, mask.height as f32 / 2.0);
    let reach_x = half_w * cos.abs() + half_h * sin.abs();
    let reach_y = half_w * sin.abs() + half_h * cos.abs();
    for y in (cy - reach_y) as i32..=(cy + reach_y) as i32 {
        for x in (cx - reach_x) as i32..=(cx + reach_x) as i32 {
            let (dx, dy) = (x as f32 - cx, y as f32 - cy);
            let (mx, my) = (dx * cos + dy * sin, -dx * sin + dy * cos);
            let cover = mask.at(mx + half_w, my + half_h);
            if cover <= 0.0 {
                continue;
            }
            let side = (mx * thin.cos() / half_w + my * thin.sin() / half_h) * 0.16;
            let blot = ((mx * wave.0 + wave.1).sin() * (my * wave.0 * 1.3).cos()) * 0.12;
            let speck = (f32::from(rng.u8(..)) / 255.0 - 0.5) * 0.22;
            let dense = (strength + side + blot + speck).clamp(0.25, 1.0);
            paper.canvas.stain(x, y, ink, cover * dense);
        }
    }
}

/// A fold from edge to edge: the print is broken along it, one side catches the light.
fn crease(paper: &mut Paper, rng: &mut Rng) {
    let (w, h) = (paper.canvas.width as f32, paper.canvas.height as f32);
    let middle = (w * (0.2 + rng.f32() * 0.6), h * (0.3 + rng.f32() * 0.4));
    let angle = if rng.bool() { TAU / 4.0 + (rng.f32() - 0.5) * 0.5 } else { rng.f32() * TAU };
    let (sin, cos) = angle.sin_cos();
    let wobble = rng.f32() * TAU;
    for y in 0..paper.canvas.height as i32 {
        for x in 0..paper.canvas.width as i32 {
            let (dx, dy) = (x as f32 - middle.0, y as f32 - middle.1);
            let away = -dx * sin + dy * cos;
            if away.abs() > 12.0 {
                continue;
            }
            let along = dx * cos + dy * sin;
            let away = away + (along * 0.02 + wobble).sin() * 1.5;
            let broken = line(away.abs(), 1.6);
            let slope = (1.0 - away.abs() / 9.0).max(0.0);
            paper.canvas.shade(
                x,
                y,
                if away < 0.0 { 1.0 - 0.13 * slope } else { 1.0 + 0.05 * slope },
            );
            paper.canvas.blend(x, y, [244, 242, 238], broken * 0.55);
        }
    }
}

/// The ring of a cup and a few drops.
fn coffee(paper: &mut Paper, template: &Template, rng: &mut Rng) {
    let (w, h) = (paper.canvas.width as f32, paper.canvas.height as f32);
    let spread = rng.f32() * TAU;
    let (fx, fy) = template.free;
    let ring = (
        (fx + (rng.f32() - 0.5) * w * 0.5).clamp(0.0, w),
        (fy + (rng.f32() - 0.5) * h * 0.8).clamp(0.0, h),
        (17.0 + rng.f32() * 9.0) * PX_PER_MM,
    );
    let drops = (0..4).map(|_| {
        let (angle, far) = (rng.f32() * TAU, 1.1 + rng.f32() * 0.4);
        (
            ring.0 + ring.2 * far * angle.cos(),
            ring.1 + ring.2 * far * angle.sin(),
            (0.8 + rng.f32() * 2.2) * PX_PER_MM,
        )
    });
    let spots = std::iter::once(ring).chain(drops).collect::<Vec<_>>();
    for (turn, (cx, cy, radius)) in spots.into_iter().enumerate() {
        let reach = radius * 1.12;
        for y in (cy - reach) as i32..=(cy + reach) as i32 {
            for x in (cx - reach) as i32..=(cx + reach) as i32 {
                let (dx, dy) = (x as f32 - cx, y as f32 - cy);
                let angle = dy.atan2(dx);
                let uneven = 1.0
                    + 0.03 * (angle * 3.0 + spread).sin()
                    + 0.015 * (angle * 11.0 + spread).sin();
                let away = dx.hypot(dy) / (radius * uneven);
                if away > 1.0 {
                    continue;
                }
                let rim = ((away - 0.90) / 0.10).clamp(0.0, 1.0)
                    * (1.0 - ((away - 0.97) / 0.03).max(0.0));
                let broken = 0.55 + 0.45 * (angle + spread).sin();
                let inside = if turn == 0 { 0.10 } else { 0.34 };
                let cover = inside * (0.5 + 0.5 * away) + rim * broken * 0.5;
                paper.canvas.stain(x, y, [164, 112, 60], cover);
            }
        }
    }
}

/// A ballpoint back and forth over the spot.
fn scribble(paper: &mut Paper, rect: Rect, rng: &mut Rng) {
    let ink = [[38, 52, 150], [40, 40, 52]][rng.usize(0..2)];
    let turns = 7 + rng.usize(0..5);
    let mut from = (rect.x, rect.y + rect.h / 2.0);
    for turn in 1..=turns {
        let across = turn as f32 / turns as f32;
        let high = if turn % 2 == 0 { 0.04 } else { 0.96 };
        let to = (
            rect.x + rect.w * across + (rng.f32() - 0.5) * rect.w * 0.05,
            rect.y + rect.h * (high + (rng.f32() - 0.5) * 0.16),
        );
        paper.canvas.stroke(from, to, 3.4, ink, 0.9);
        from = to;
    }
}

/// Two broad slanting strokes; what they hide, they hide at every height.
fn strike(paper: &mut Paper, rect: Rect, rng: &mut Rng) {
    let ink = [[34, 36, 48], [36, 44, 116], [120, 24, 34]][rng.usize(0..3)];
    let thick = (rect.w * 0.11).max(4.2 * PX_PER_MM);
    for middle in [0.34, 0.62] {
        let x = rect.x + rect.w * (middle + (rng.f32() - 0.5) * 0.1);
        let lean = thick * (0.2 + rng.f32() * 0.2);
        let from = (x + lean, rect.y - PX_PER_MM * rng.f32());
        let to = (x - lean, rect.y + rect.h + PX_PER_MM * (rng.f32() - 0.4));
        paper.canvas.cover(from, to, thick, ink);
    }
}

/// Broad strokes side by side over the whole spot.
fn marker(paper: &mut Paper, rect: Rect, rng: &mut Rng) {
    let rect = rect.grown(1.2 * PX_PER_MM);
    let thick = 3.6 * PX_PER_MM;
    let rows = (rect.h / (thick * 0.78)).ceil().max(1.0);
    for row in 0..rows as usize {
        let y = rect.y + rect.h * (row as f32 + 0.5) / rows;
        let lean = (rng.f32() - 0.5) * thick * 0.5;
        let from = (rect.x + rng.f32() * thick, y - lean);
        let to = (rect.x + rect.w - rng.f32() * thick, y + lean);
        paper.canvas.cover(from, to, thick, [30, 30, 38]);
    }
}

/// Tears the spot away, with a ragged white edge.
fn tear(paper: &mut Paper, rect: Rect, rng: &mut Rng) {
    let (width, height) = (paper.canvas.width, paper.canvas.height);
    let from_below = rect.centre().1 > height as f32 / 2.0;
    let depth = if from_below { height as f32 - rect.y } else { rect.y + rect.h } + 1.5 * PX_PER_MM;
    let slope = 22.0 * PX_PER_MM;
    if paper.gone.is_empty() {
        paper.gone = vec![0; width * height];
    }
    let waves = (0..4).map(|turn| (0.01 * 2.3_f32.powi(turn), rng.f32() * TAU)).collect::<Vec<_>>();
    for x in 0..width {
        let fx = x as f32;
        let outside = (rect.x - fx).max(fx - rect.x - rect.w).max(0.0);
        let ragged = waves
            .iter()
            .enumerate()
            .map(|(turn, (pace, phase))| (fx * pace + phase).sin() * 6.0 / (turn + 1) as f32)
            .sum::<f32>()
            + (rng.f32() - 0.5) * 1.6;
        let reach = depth * (1.0 - (outside / slope).powi(2)) + ragged;
        if reach <= 0.0 {
            continue;
        }
        let fibre = 2.5 + rng.f32() * 4.0;
        for step in 0..(reach + fibre) as usize {
            if step >= height {
                break;
            }
            let y = if from_below { height - 1 - step } else { step };
            if (step as f32) < reach {
                paper.gone[y * width + x] = 255;
            } else {
                paper.canvas.blend(x as i32, y as i32, [250, 249, 246], 0.9);
            }
        }
    }
}

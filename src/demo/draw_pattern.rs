//! The backgrounds of vouchers: fine interlaced lines, rosettes, and Japanese patterns. Drawn once
//! for each design, so they may be slow.

use super::draw_canvas::{Canvas, Ink, line};
use fastrand::Rng;
use std::f32::consts::TAU;

/// The large pattern of a design.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motif {
    /// Ridges of mountains with a sun.
    Mountains,
    /// 青海波
    Seigaiha,
    /// 七宝
    Shippo,
    /// 桜
    Sakura,
    /// 流水
    Stream,
    /// 市松
    Ichimatsu,
}

/// Paper with a soft wash, two families of interlaced waves, and the motif.
pub fn background(canvas: &mut Canvas, motif: Motif, tint: Ink, px_per_mm: f32) {
    let (width, height) = (canvas.width as i32, canvas.height as i32);
    for y in 0..height {
        for x in 0..width {
            let across = x as f32 / width as f32;
            let down = y as f32 / height as f32;
            let wash = 0.07 + 0.09 * (0.5 + 0.5 * (TAU * (across * 0.9 + down * 0.35)).sin());
            canvas.blend(x, y, tint, wash);
        }
    }
    match motif {
        Motif::Mountains => mountains(canvas, tint),
        Motif::Seigaiha => seigaiha(canvas, tint, 7.0 * px_per_mm),
        Motif::Shippo => shippo(canvas, tint, 6.0 * px_per_mm),
        Motif::Sakura => sakura(canvas, tint, px_per_mm),
        Motif::Stream => stream(canvas, tint, px_per_mm),
        Motif::Ichimatsu => ichimatsu(canvas, tint, 6.5 * px_per_mm),
    }
    interlace(canvas, tint, px_per_mm);
}

/// Two families of waves that swell and cross each other.
fn interlace(canvas: &mut Canvas, tint: Ink, px_per_mm: f32) {
    let period = 3.1 * px_per_mm;
    for (turn, sign) in [(0.0_f32, 1.0_f32), (0.37, -1.0)] {
        for x in 0..canvas.width {
            let mm = x as f32 / px_per_mm;
            let swell = 2.2 + 1.7 * (TAU * (mm / 71.0 + turn)).sin();
            let phase = TAU * (mm / 17.0 + turn);
            let offset = sign * swell * phase.sin() * px_per_mm;
            let slope = swell * phase.cos() * TAU / 17.0;
            let steep = (1.0 + slope * slope).sqrt();
            for y in 0..canvas.height {
                let place = (y as f32 + offset).rem_euclid(period);
                let away = place.min(period - place) / steep;
                let cover = line(away, 0.5);
                if cover > 0.0 {
                    canvas.blend(x as i32, y as i32, tint, cover * 0.26);
                }
            }
        }
    }
}

/// A rosette as on banknotes: rings of petals, each turned a little against the last.
pub fn rosette(canvas: &mut Canvas, centre: (f32, f32), radius: f32, petals: f32, ink: Ink) {
    const RINGS: usize = 12;
    let (cx, cy) = centre;
    let top = (cy - radius) as i32;
    for y in top..=(cy + radius) as i32 {
        for x in (cx - radius) as i32..=(cx + radius) as i32 {
            let (dx, dy) = (x as f32 - cx, y as f32 - cy);
            let away = dx.hypot(dy);
            if away > radius || away < radius * 0.12 {
                continue;
            }
            let angle = dy.atan2(dx);
            let mut cover = 0.0_f32;
            for ring in 0..RINGS {
                let turn = ring as f32 / RINGS as f32;
                let (sin, cos) = (petals * angle + TAU * turn).sin_cos();
                let at = radius * (0.57 + 0.40 * cos);
                let slope = radius * 0.40 * petals * sin / away;
                cover = cover.max(line((away - at).abs() / slope.hypot(1.0), 0.7));
            }
            canvas.blend(x, y, ink, cover * 0.42);
        }
    }
}

fn mountains(canvas: &mut Canvas, tint: Ink) {
    let (width, height) = (canvas.width as f32, canvas.height as f32);
    let (sun_x, sun_y, sun) = (width * 0.86, height * 0.24, height * 0.15);
    for layer in 0..4 {
        let depth = layer as f32;
        for x in 0..canvas.width {
            let across = x as f32 / width;
            let ridge = (TAU * (across * 1.3 + depth * 0.29)).sin() * 0.09
                + (TAU * (across * 3.1 + depth * 0.63)).sin() * 0.05
                + (TAU * (across * 8.7 + depth * 0.17)).sin().abs() * 0.03;
            let top = (height * (0.42 + depth * 0.14 - ridge)) as i32;
            for y in top.max(0)..canvas.height as i32 {
                let below = (y - top) as f32 / height;
                canvas.blend(x as i32, y, tint, (0.14 - below * 0.22).max(0.025));
            }
        }
    }
    for y in (sun_y - sun) as i32..=(sun_y + sun) as i32 {
        for x in (sun_x - sun) as i32..=(sun_x + sun) as i32 {
            let away = (x as f32 - sun_x).hypot(y as f32 - sun_y);
            canvas.blend(x, y, [214, 84, 62], line(away, 2.0 * sun) * 0.20);
        }
    }
}

/// Fans of concentric circles; a lower row covers the row above it.
fn seigaiha(canvas: &mut Canvas, tint: Ink, radius: f32) {
    let rise = radius / 2.0;
    for y in 0..canvas.height {
        for x in 0..canvas.width {
            let (fx, fy) = (x as f32, y as f32);
            let lowest = (fy / rise).floor() as i32 + 2;
            for row in (lowest - 4..=lowest).rev() {
                let shift = if row.rem_euclid(2) == 0 { 0.0 } else { radius };
                let column = ((fx - shift) / (2.0 * radius)).round();
                let (dx, dy) = (fx - (column * 2.0 * radius + shift), fy - row as f32 * rise);
                let away = dx.hypot(dy);
                if away <= radius {
                    let cover = [1.0_f32, 0.74, 0.48, 0.22]
                        .iter()
                        .map(|part| line((away - radius * part).abs(), 1.2))
                        .fold(0.0, f32::max);
                    canvas.blend(x as i32, y as i32, tint, cover * 0.26);
                    break;
                }
            }
        }
    }
}

/// Circles that overlap by a quarter.
fn shippo(canvas: &mut Canvas, tint: Ink, radius: f32) {
    for y in 0..canvas.height {
        for x in 0..canvas.width {
            let (fx, fy) = (x as f32, y as f32);
            let (column, row) = ((fx / radius) as i32, (fy / radius) as i32);
            let mut cover = 0.0_f32;
            for near_row in row - 1..=row + 2 {
                for near in column - 1..=column + 2 {
                    if (near + near_row).rem_euclid(2) == 0 {
                        let away = (fx - near as f32 * radius).hypot(fy - near_row as f32 * radius);
                        cover = cover.max(line((away - radius).abs(), 1.3));
                        cover = cover.max(line(away, 2.2) * 0.8);
                    }
                }
            }
            canvas.blend(x as i32, y as i32, tint, cover * 0.24);
        }
    }
}

/// Blossoms of five petals, scattered.
fn sakura(canvas: &mut Canvas, tint: Ink, px_per_mm: f32) {
    let mut rng = Rng::with_seed(20_260_401);
    let (width, height) = (canvas.width as f32, canvas.height as f32);
    for flower in 0..26 {
        let size = (3.0 + rng.f32() * 6.0) * px_per_mm;
        let cx = (flower as f32 + rng.f32()) / 26.0 * width;
        let cy = rng.f32() * height;
        let turned = rng.f32() * TAU;
        for y in (cy - size) as i32..=(cy + size) as i32 {
            for x in (cx - size) as i32..=(cx + size) as i32 {
                let (dx, dy) = (x as f32 - cx, y as f32 - cy);
                let away = dx.hypot(dy);
                let fifth = ((dy.atan2(dx) + turned) * 5.0 / TAU).rem_euclid(1.0) - 0.5;
                let notch = (1.0 - fifth.abs() * 9.0).max(0.0) * 0.16;
                let edge = size * ((1.0 - (fifth * 2.0).powi(2) * 0.62).max(0.0) - notch);
                let inside = (edge - away + 0.5).clamp(0.0, 1.0);
                let outline = line((edge - away).abs(), 1.2);
                let heart = line((away - size * 0.2).abs(), 1.0) * 0.6;
                let cover = inside * 0.13 + outline * 0.17 + inside * heart * 0.2;
                canvas.blend(x, y, tint, cover);
            }
        }
    }
}

/// Bands of running water.
fn stream(canvas: &mut Canvas, tint: Ink, px_per_mm: f32) {
    for x in 0..canvas.width {
        let mm = x as f32 / px_per_mm;
        for band in 0..5 {
            let depth = band as f32;
            let middle = canvas.height as f32 * (0.12 + depth * 0.2)
                + px_per_mm * 4.0 * (TAU * (mm / 58.0 + depth * 0.31)).sin();
            let thick = px_per_mm * (2.6 + 1.6 * (TAU * (mm / 37.0 + depth * 0.21)).cos());
            for y in (middle - thick) as i32..=(middle + thick) as i32 {
                let away = (y as f32 - middle).abs();
                canvas.blend(x as i32, y, tint, line(away, 2.0 * thick) * 0.12);
            }
        }
    }
}

/// A chequered pattern.
fn ichimatsu(canvas: &mut Canvas, tint: Ink, side: f32) {
    for y in 0..canvas.height {
        for x in 0..canvas.width {
            let odd = ((x as f32 / side) as i32 + (y as f32 / side) as i32).rem_euclid(2) == 1;
            if odd {
                canvas.blend(x as i32, y as i32, tint, 0.11);
            }
        }
    }
}

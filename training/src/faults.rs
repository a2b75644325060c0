//! What happens to a printed line before it is read: stamps, pens, folds, stains, tears, glare, print of the
//! neighbourhood. Sizes are in digit heights.

use crate::canvas::{Canvas, Clouds};
use ab_glyph::{Font, FontVec, PxScale, point};
use fastrand::Rng;
use std::f32::consts::TAU;

fn between(rng: &mut Rng, low: f32, high: f32) -> f32 {
    low + rng.f32() * (high - low)
}

/// A point near the line; most of the faults that matter lie on it.
fn near(canvas: &Canvas, rng: &mut Rng) -> (f32, f32) {
    let (w, h) = (canvas.width as f32, canvas.height as f32);
    (rng.f32() * w, h * between(rng, -0.1, 1.1))
}

/// The paper's own print: fine waves, a fall of light, some grain.
pub fn ground(canvas: &mut Canvas, unit: f32, rng: &mut Rng) {
    if rng.u32(0..2) == 0 {
        let slope = (between(rng, -0.25, 0.25), between(rng, -0.4, 0.4));
        let (w, h) = (canvas.width as f32, canvas.height as f32);
        for y in 0..canvas.height {
            for x in 0..canvas.width {
                let fall = slope.0 * (x as f32 / w - 0.5) + slope.1 * (y as f32 / h - 0.5);
                canvas.grey[y * canvas.width + x] *= 1.0 + fall;
            }
        }
    }
    if rng.u32(0..3) == 0 {
        let clouds = Clouds::new(canvas.width, canvas.height, unit * between(rng, 0.3, 2.0), rng);
        let depth = between(rng, 0.02, 0.1);
        for y in 0..canvas.height {
            for x in 0..canvas.width {
                canvas.grey[y * canvas.width + x] *= 1.0 + depth * clouds.at(x, y);
            }
        }
    }
    if rng.u32(0..3) > 0 {
        // Waves as on securities.
        let lines = 1 + rng.usize(0..6);
        let tone = between(rng, 120.0, 220.0);
        let cover = between(rng, 0.1, 0.5);
        for _ in 0..lines {
            let (base, tall) = (rng.f32() * canvas.height as f32, unit * between(rng, 0.1, 1.2));
            let (pace, phase) = (TAU / (unit * between(rng, 2.0, 14.0)), rng.f32() * TAU);
            let thick = unit * between(rng, 0.02, 0.07);
            let mut from = (0.0, base + tall * phase.sin());
            let step = unit * 0.5;
            while from.0 < canvas.width as f32 {
                let x = from.0 + step;
                let to = (x, base + tall * (phase + x * pace).sin());
                canvas.stroke(from, to, thick, |c, at, part| c.stain(at, tone, part * cover));
                from = to;
            }
        }
    }
}

/// Frames and print above and below, and a label's edge.
pub fn neighbours(canvas: &mut Canvas, middle: f32, unit: f32, fonts: &[FontVec], rng: &mut Rng) {
    if rng.u32(0..4) == 0 {
        let y = middle + unit * between(rng, 0.75, 1.3) * if rng.bool() { 1.0 } else { -1.0 };
        let tone = between(rng, 30.0, 190.0);
        let slope = between(rng, -0.02, 0.02) * canvas.width as f32;
        let to = (canvas.width as f32, y + slope);
        canvas.stroke((0.0, y), to, unit * between(rng, 0.04, 0.15), |c, at, part| {
            c.ink(at, tone, part);
        });
    }
    if rng.u32(0..5) == 0 {
        // The edge of a white label: beyond it the paper is darker.
        let edge = middle + unit * between(rng, 0.65, 1.2) * if rng.bool() { 1.0 } else { -1.0 };
        let dim = between(rng, 0.7, 0.97);
        for y in 0..canvas.height {
            let beyond = if edge > middle { y as f32 > edge } else { (y as f32) < edge };
            if beyond {
                let row = y * canvas.width..(y + 1) * canvas.width;
                canvas.grey[row].iter_mut().for_each(|v| *v *= dim);
            }
        }
    }
    if rng.u32(0..6) == 0 && !fonts.is_empty() {
        let font = &fonts[rng.usize(0..fonts.len())];
        let size = unit * between(rng, 0.5, 1.3);
        let up = rng.bool();
        let away = unit * between(rng, 0.72, 1.2);
        let base = if up { middle - away } else { middle + away + size };
        let x = rng.f32() * canvas.width as f32 * 0.5;
        let tone = between(rng, 20.0, 150.0);
        words(
            canvas,
            font,
            "有効期限2021年12月31日までつり銭はでません",
            (x, base),
            size,
            tone,
            rng,
        );
    }
}

/// A few signs of a text, from a random one on.
fn words(
    canvas: &mut Canvas,
    font: &FontVec,
    text: &str,
    (mut x, base): (f32, f32),
    size: f32,
    tone: f32,
    rng: &mut Rng,
) {
    let signs: Vec<char> = text.chars().collect();
    let first = rng.usize(0..signs.len());
    for sign in signs.iter().cycle().skip(first).take(3 + rng.usize(0..14)) {
        let scale = PxScale::from(size * 1.3);
        let glyph = font.glyph_id(*sign).with_scale_and_position(scale, point(x, base));
        if let Some(outline) = font.outline_glyph(glyph) {
            paint(canvas, &outline, |c, at, cover| c.ink(at, tone, cover));
        }
        x += size * 1.05;
    }
}

/// Calls `act` with index and cover of each pixel of a glyph that lies in the canvas.
pub fn paint(
    canvas: &mut Canvas,
    outline: &ab_glyph::OutlinedGlyph,
    mut act: impl FnMut(&mut Canvas, usize, f32),
) {
    let bounds = outline.px_bounds();
    let (left, top) = (bounds.min.x as i32, bounds.min.y as i32);
    outline.draw(|x, y, cover| {
        let (x, y) = (left + x as i32, top + y as i32);
        if cover > 0.0
            && let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y))
            && x < canvas.width
            && y < canvas.height
        {
            act(canvas, y * canvas.width + x, cover.min(1.0));
        }
    });
}

/// A shop's seal or box: rings or frames, and signs in them.
pub fn stamp(canvas: &mut Canvas, unit: f32, fonts: &[FontVec], rng: &mut Rng) {
    let (cx, cy) = near(canvas, rng);
    let tone = between(rng, 40.0, 190.0);
    let cover = between(rng, 0.25, 0.9);
    let size = unit * between(rng, 0.8, 3.2);
    let thick = size * between(rng, 0.05, 0.13);
    let turn = between(rng, -0.5, 0.5);
    let clouds = Clouds::new(canvas.width, canvas.height, unit * 0.4, rng);
    let mut press = |c: &mut Canvas, at: usize, part: f32| {
        let blot = 1.0 + 0.35 * clouds.at(at % c.width, at / c.width);
        c.stain(at, tone, (part * cover * blot).clamp(0.0, 1.0));
    };
    let spun = |x: f32, y: f32| {
        (cx + x * turn.cos() - y * turn.sin(), cy + x * turn.sin() + y * turn.cos())
    };
    let mut ring = |canvas: &mut Canvas, radius: f32, thick: f32| {
        let pieces = 28;
        for i in 0..pieces {
            let at = |i: usize| {
                let angle = i as f32 / pieces as f32 * TAU;
                (cx + radius * angle.cos(), cy + radius * angle.sin())
            };
            canvas.stroke(at(i), at(i + 1), thick, &mut press);
        }
    };
    match rng.u32(0..4) {
        0 => {
            let (w, h) = (size * between(rng, 0.8, 1.8), size * between(rng, 0.4, 0.8));
            let corners = [spun(-w, -h), spun(w, -h), spun(w, h), spun(-w, h)];
            for i in 0..4 {
                canvas.stroke(corners[i], corners[(i + 1) % 4], thick, &mut press);
            }
        }
        1 => {
            ring(canvas, size, thick);
            ring(canvas, size * 0.85, thick * 0.4);
        }
        _ => ring(canvas, size, thick),
    }
    if fonts.is_empty() {
        return;
    }
    let font = &fonts[rng.usize(0..fonts.len())];
    let signs: Vec<char> = "信濃屋長野松本市商店登録食堂印済山田川村本".chars().collect();
    let cell = size * between(rng, 0.55, 0.85);
    for (x, y) in [(-0.5, -0.5), (0.5, -0.5), (-0.5, 0.5), (0.5, 0.5)] {
        if rng.u32(0..6) == 0 {
            continue;
        }
        let sign = signs[rng.usize(0..signs.len())];
        let (px, py) = spun(x * cell - cell * 0.5, y * cell + cell * 0.42);
        let scale = PxScale::from(cell * 1.25);
        let glyph = font.glyph_id(sign).with_scale_and_position(scale, point(px, py));
        if let Some(outline) = font.outline_glyph(glyph) {
            paint(canvas, &outline, &mut press);
        }
    }
}

/// A ballpoint: back and forth, a curl, or one line.
pub fn pen(canvas: &mut Canvas, unit: f32, rng: &mut Rng) {
    let tone = between(rng, 20.0, 130.0);
    let cover = between(rng, 0.5, 0.95);
    let thick = unit * between(rng, 0.05, 0.16);
    let turns = 1 + rng.usize(0..9);
    let mut from = near(canvas, rng);
    let long = unit * between(rng, 0.5, 2.5);
    for turn in 0..turns {
        let way = if turn % 2 == 0 { 1.0 } else { -1.0 };
        let to =
            (from.0 + unit * between(rng, 0.0, 0.9), from.1 + way * long * between(rng, 0.5, 1.1));
        canvas.stroke(from, to, thick, |c, at, part| {
            let ink = part * cover;
            c.ink(at, tone, ink);
            c.hidden[at] = c.hidden[at].max(ink * 0.5);
        });
        from = to;
    }
}

/// A broad marker: what it covers is lost.
pub fn marker(canvas: &mut Canvas, unit: f32, rng: &mut Rng) {
    let tone = between(rng, 15.0, 120.0);
    let cover = if rng.bool() { 1.0 } else { between(rng, 0.4, 0.8) };
    let thick = unit * between(rng, 0.4, 1.2);
    let from = near(canvas, rng);
    let to = (from.0 + unit * between(rng, -3.0, 3.0), from.1 + unit * between(rng, -2.0, 2.0));
    canvas.stroke(from, to, thick, |c, at, part| {
        if cover > 0.9 { c.hide(at, tone, part) } else { c.stain(at, tone, part * cover) }
    });
}

/// A fold: print broken along it, one side lighter.
pub fn crease(canvas: &mut Canvas, unit: f32, paper: f32, rng: &mut Rng) {
    let middle = near(canvas, rng);
    let angle = rng.f32() * TAU;
    let long = canvas.width as f32;
    let ends =
        |way: f32| (middle.0 + way * long * angle.cos(), middle.1 + way * long * angle.sin());
    let (from, to) = (ends(-1.0), ends(1.0));
    let thick = unit * between(rng, 0.04, 0.14);
    let cover = between(rng, 0.2, 0.9);
    let tone = if rng.u32(0..3) == 0 { paper * between(rng, 0.4, 0.8) } else { paper * 1.05 };
    let dim = between(rng, 0.8, 1.0);
    let aside = unit * between(rng, 0.1, 0.4);
    let (ox, oy) = (-angle.sin() * aside / 2.0, angle.cos() * aside / 2.0);
    let moved = |p: (f32, f32)| (p.0 + ox, p.1 + oy);
    canvas.stroke(moved(from), moved(to), aside, |c, at, part| {
        c.grey[at] *= 1.0 - (1.0 - dim) * part;
    });
    canvas.stroke(from, to, thick, |c, at, part| c.ink(at, tone, part * cover));
}

/// Coffee, grease, water: a soft dark spot with or without a rim.
pub fn stain(canvas: &mut Canvas, unit: f32, rng: &mut Rng) {
    let (cx, cy) = near(canvas, rng);
    let (rx, ry) = (unit * between(rng, 0.5, 3.0), unit * between(rng, 0.4, 1.6));
    let tone = between(rng, 40.0, 170.0);
    let cover = between(rng, 0.15, 0.85);
    let rim = rng.f32();
    let clouds = Clouds::new(canvas.width, canvas.height, unit * 0.5, rng);
    for y in 0..canvas.height {
        for x in 0..canvas.width {
            let away = ((x as f32 - cx) / rx).hypot((y as f32 - cy) / ry) + 0.12 * clouds.at(x, y);
            if away < 1.0 {
                let edge = ((1.0 - away) / 0.12).min(1.0);
                let inside = 1.0 - rim * ((1.0 - away) / 0.3).min(1.0) * 0.6;
                let at = y * canvas.width + x;
                canvas.stain(at, tone, cover * edge * inside);
            }
        }
    }
}

/// A part is gone, with a ragged edge; behind it lies the desk.
pub fn tear(canvas: &mut Canvas, unit: f32, rng: &mut Rng) {
    let ground =
        if rng.u32(0..3) == 0 { between(rng, 150.0, 255.0) } else { between(rng, 10.0, 110.0) };
    let from = near(canvas, rng);
    let angle = rng.f32() * TAU;
    let (nx, ny) = (angle.cos(), angle.sin() * 1.6);
    let waves: Vec<(f32, f32, f32)> = (0..3)
        .map(|i| {
            let pace = TAU / (unit * between(rng, 0.5, 3.0) * (i + 1) as f32);
            (pace, rng.f32() * TAU, unit * between(rng, 0.02, 0.25))
        })
        .collect();
    for y in 0..canvas.height {
        for x in 0..canvas.width {
            let (dx, dy) = (x as f32 - from.0, y as f32 - from.1);
            let along = dx * -ny + dy * nx;
            let ragged: f32 = waves.iter().map(|(p, f, a)| a * (along * p + f).sin()).sum();
            let away = dx * nx + dy * ny + ragged;
            if away > 0.0 {
                let rim = unit * 0.05;
                let tone = if away < rim { 235.0 } else { ground };
                canvas.hide(y * canvas.width + x, tone, away.min(1.0));
            }
        }
    }
}

/// A lamp's reflection: white, and what is below it lost.
pub fn glare(canvas: &mut Canvas, unit: f32, rng: &mut Rng) {
    let (cx, cy) = near(canvas, rng);
    let (rx, ry) = (unit * between(rng, 1.0, 6.0), unit * between(rng, 0.8, 4.0));
    let strong = between(rng, 60.0, 400.0);
    for y in 0..canvas.height {
        for x in 0..canvas.width {
            let away = ((x as f32 - cx) / rx).powi(2) + ((y as f32 - cy) / ry).powi(2);
            let light = strong * (-away * 2.0).exp();
            if light > 1.0 {
                let at = y * canvas.width + x;
                canvas.grey[at] += light;
                // Print is lost where ink and paper both saturate.
                canvas.hidden[at] = canvas.hidden[at].max(((light - 130.0) / 90.0).clamp(0.0, 1.0));
            }
        }
    }
}

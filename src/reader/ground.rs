//! What isn't ground: the picture made small, a model of the ground from its rim, and the distance of
//! each pixel from it.

use crate::picture::Picture;

/// A small picture: means of blocks of `factor` x `factor` pixels.
pub(super) struct Small {
    pub width: usize,
    pub height: usize,
    pub factor: usize,
    /// Luma, and for coloured pictures blue and red less luma.
    pub channels: Vec<Vec<f32>>,
}

/// About 256 pixels on the longer side; `None` for pictures too small to hold a sheet.
pub(super) fn small(picture: &Picture) -> Option<Small> {
    let luma = &picture.luma;
    let factor = luma.width.max(luma.height).div_ceil(256).max(1);
    let (width, height) = (luma.width / factor, luma.height / factor);
    if width < 24 || height < 24 {
        return None;
    }
    // Four pixels of a block stand for it: reading all of them would take longer than all the rest.
    let (near, far) = (factor / 4, (3 * factor / 4).min(factor - 1));
    let pixels = width * height;
    let channels = if let Some(rgb) = &picture.rgb {
        let mut channels = vec![vec![0.0f32; pixels]; 3];
        if let [luma_of, blue_of, red_of] = channels.as_mut_slice() {
            for y in 0..height {
                let rows = [near, far].map(|dy| &rgb[(y * factor + dy) * luma.width * 3..]);
                let out = y * width..(y + 1) * width;
                let cells = luma_of[out.clone()]
                    .iter_mut()
                    .zip(&mut blue_of[out.clone()])
                    .zip(&mut red_of[out]);
                for (x, ((grey, blue), red)) in cells.enumerate() {
                    let (left, right) = ((x * factor + near) * 3, (x * factor + far) * 3);
                    let mut sum = [0u32; 3];
                    for row in rows {
                        for at in [left, right] {
                            for (total, value) in sum.iter_mut().zip(&row[at..at + 3]) {
                                *total += u32::from(*value);
                            }
                        }
                    }
                    let [r, g, b] = sum.map(|total| total as f32 / 4.0);
                    *grey = 0.3 * r + 0.59 * g + 0.11 * b;
                    *blue = b - *grey;
                    *red = r - *grey;
                }
            }
        }
        channels
    } else {
        let mut values = Vec::with_capacity(pixels);
        for y in 0..height {
            let rows = [near, far].map(|dy| luma.row(y * factor + dy));
            values.extend((0..width).map(|x| {
                let (left, right) = (x * factor + near, x * factor + far);
                let sum = rows.map(|row| u32::from(row[left]) + u32::from(row[right]));
                (sum[0] + sum[1]) as f32 / 4.0
            }));
        }
        vec![values]
    };
    Some(Small { width, height, factor, channels })
}

/// For each pixel of the small picture how many deviations it is away from the ground, row by row.
pub(super) fn distances(small: &Small) -> Vec<f32> {
    let mut squares = vec![0.0f32; small.width * small.height];
    let rim = rim(small);
    for (index, channel) in small.channels.iter().enumerate() {
        // Differences below these are paper grain, vignetting and JPEG.
        let least = if index == 0 { 3.0 } else { 1.3 };
        let (model, deviation) = ground(&rim, channel);
        let scale = 1.0 / deviation.max(least);
        for (y, row) in squares.chunks_exact_mut(small.width).enumerate() {
            // In one row the model is a parabola over x.
            let [c, x1, y1, xx, xy, yy] = model.map(|term| term as f32);
            let v = 2.0 * y as f32 / (small.height - 1) as f32 - 1.0;
            let (flat, slope) = (c + y1 * v + yy * v * v, x1 + xy * v);
            let step = 2.0 / (small.width - 1) as f32;
            let values = &channel[y * small.width..(y + 1) * small.width];
            for (x, (square, value)) in row.iter_mut().zip(values).enumerate() {
                let u = x as f32 * step - 1.0;
                let away = (value - flat - (slope + xx * u) * u) * scale;
                *square += away * away;
            }
        }
    }
    for square in &mut squares {
        *square = square.sqrt();
    }
    squares
}

/// Terms of the ground's model: a plane and its bend, from -1 to 1 over the picture.
fn terms(small: &Small, x: usize, y: usize) -> [f64; 6] {
    let x = 2.0 * x as f64 / (small.width - 1) as f64 - 1.0;
    let y = 2.0 * y as f64 / (small.height - 1) as f64 - 1.0;
    [1.0, x, y, x * x, x * y, y * y]
}

fn at(model: &[f64; 6], terms: &[f64; 6]) -> f64 {
    terms.iter().zip(model).map(|(term, weight)| term * weight).sum()
}

/// Places on the rim of the small picture, some hundred: as indices, and their terms.
fn rim(small: &Small) -> Vec<(usize, [f64; 6])> {
    let (width, height) = (small.width, small.height);
    let every = (2 * (width + height) / 300).max(1);
    let along = |x: usize, y: usize| (y * width + x, terms(small, x, y));
    let mut rim = Vec::new();
    for (i, x) in (0..width).step_by(every).enumerate() {
        // By turns the outermost row and the next.
        rim.push(along(x, i % 2));
        rim.push(along(x, height - 1 - i % 2));
    }
    for (i, y) in (2..height.saturating_sub(2)).step_by(every).enumerate() {
        rim.push(along(i % 2, y));
        rim.push(along(width - 1 - i % 2, y));
    }
    rim
}

/// The model from the rim's pixels without those that the sheet covers, and their deviation.
fn ground(rim: &[(usize, [f64; 6])], channel: &[f32]) -> ([f64; 6], f32) {
    let values: Vec<f64> = rim.iter().map(|(at, _)| f64::from(channel[*at])).collect();
    let mut scratch: Vec<f32> = values.iter().map(|value| *value as f32).collect();
    let mut model = [0.0; 6];
    model[0] = f64::from(median(&mut scratch));
    let mut deviation = 0.0;
    for round in 0..5 {
        let away: Vec<f32> = rim
            .iter()
            .zip(&values)
            .map(|((_, terms), value)| (value - at(&model, terms)).abs() as f32)
            .collect();
        scratch.clone_from(&away);
        deviation = 1.48 * median(&mut scratch);
        let limit = (2.5 * deviation).max(if round == 0 { 10.0 } else { 4.0 });
        let near = rim
            .iter()
            .zip(&values)
            .zip(&away)
            .filter(|(_, away)| **away <= limit)
            .map(|(((_, terms), value), _)| (terms, *value));
        // A plane first: the bend would follow a sheet that covers the rim.
        match solve(near, if round < 2 { 3 } else { 6 }) {
            Some(better) => model = better,
            None => break,
        }
    }
    (model, deviation)
}

/// Least squares over the first `count` terms, by elimination.
fn solve<'a>(samples: impl Iterator<Item = (&'a [f64; 6], f64)>, count: usize) -> Option<[f64; 6]> {
    let mut matrix = [[0.0f64; 7]; 6];
    for (terms, value) in samples {
        for i in 0..count {
            for j in 0..count {
                matrix[i][j] += terms[i] * terms[j];
            }
            matrix[i][6] += terms[i] * value;
        }
    }
    for i in 0..count {
        let pivot =
            (i..count).max_by(|a, b| matrix[*a][i].abs().total_cmp(&matrix[*b][i].abs()))?;
        matrix.swap(i, pivot);
        if matrix[i][i].abs() < 1e-6 {
            return None;
        }
        let row = matrix[i];
        for (j, other) in matrix.iter_mut().enumerate().take(count) {
            if j != i {
                let factor = other[i] / row[i];
                for (cell, value) in other.iter_mut().zip(row) {
                    *cell -= factor * value;
                }
            }
        }
    }
    let mut model = [0.0; 6];
    for i in 0..count {
        model[i] = matrix[i][6] / matrix[i][i];
    }
    Some(model)
}

pub(super) fn median(values: &mut [f32]) -> f32 {
    if values.is_empty() {
        return 0.0;
    }
    let middle = values.len() / 2;
    *values.select_nth_unstable_by(middle, f32::total_cmp).1
}

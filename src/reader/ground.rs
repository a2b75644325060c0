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

/// About 320 pixels on the longer side; `None` for pictures too small to hold a sheet.
pub(super) fn small(picture: &Picture) -> Option<Small> {
    let factor = picture.luma.width.max(picture.luma.height).div_ceil(320);
    if let Some((width, height, rgb)) = picture.shrink_rgb(factor) {
        let pixels = rgb.chunks_exact(3).map(|p| [p[0], p[1], p[2]].map(f32::from));
        let mut channels = vec![Vec::new(); 3];
        for [r, g, b] in pixels {
            let y = 0.3 * r + 0.59 * g + 0.11 * b;
            channels[0].push(y);
            channels[1].push(b - y);
            channels[2].push(r - y);
        }
        large_enough(width, height).then_some(Small { width, height, factor, channels })
    } else {
        let luma = picture.luma.shrink(factor);
        large_enough(luma.width, luma.height).then(|| Small {
            width: luma.width,
            height: luma.height,
            factor,
            channels: vec![luma.data.iter().map(|p| f32::from(*p)).collect()],
        })
    }
}

fn large_enough(width: usize, height: usize) -> bool {
    width >= 24 && height >= 24
}

/// For each pixel of the small picture how many deviations it is away from the ground, row by row.
pub(super) fn distances(small: &Small) -> Vec<f32> {
    let mut squares = vec![0.0f32; small.width * small.height];
    for (index, channel) in small.channels.iter().enumerate() {
        // Differences below these are paper grain, vignetting and JPEG.
        let least = if index == 0 { 3.0 } else { 1.3 };
        let (model, deviation) = ground(small, channel);
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
    squares.iter().map(|square| square.sqrt()).collect()
}

/// Terms of the ground's model: a plane and its bend, from -1 to 1 over the picture.
fn terms(small: &Small, x: usize, y: usize) -> [f64; 6] {
    let x = 2.0 * x as f64 / (small.width - 1) as f64 - 1.0;
    let y = 2.0 * y as f64 / (small.height - 1) as f64 - 1.0;
    [1.0, x, y, x * x, x * y, y * y]
}

fn at(model: &[f64; 6], small: &Small, x: usize, y: usize) -> f32 {
    terms(small, x, y).iter().zip(model).map(|(term, weight)| term * weight).sum::<f64>() as f32
}

/// The model from the rim's pixels without those that the sheet covers, and their deviation.
fn ground(small: &Small, channel: &[f32]) -> ([f64; 6], f32) {
    // Every second pixel of the rim is enough.
    let rim: Vec<(usize, usize, f32)> = (0..small.height)
        .flat_map(|y| (y % 2..small.width).step_by(2).map(move |x| (x, y)))
        .filter(|(x, y)| *x < 2 || *y < 2 || *x + 2 >= small.width || *y + 2 >= small.height)
        .map(|(x, y)| (x, y, channel[y * small.width + x]))
        .collect();
    let mut values: Vec<f32> = rim.iter().map(|pixel| pixel.2).collect();
    let mut model = [0.0; 6];
    model[0] = f64::from(median(&mut values));
    let mut deviation = 0.0;
    for round in 0..6 {
        let mut away: Vec<f32> =
            rim.iter().map(|(x, y, value)| (value - at(&model, small, *x, *y)).abs()).collect();
        deviation = 1.48 * median(&mut away);
        let limit = (2.5 * deviation).max(if round == 0 { 10.0 } else { 4.0 });
        let near =
            rim.iter().filter(|(x, y, value)| (value - at(&model, small, *x, *y)).abs() <= limit);
        // A plane first: the bend would follow a sheet that covers the rim.
        let count = if round < 2 { 3 } else { 6 };
        match solve(near.map(|(x, y, value)| (terms(small, *x, *y), f64::from(*value))), count) {
            Some(better) => model = better,
            None => break,
        }
    }
    (model, deviation)
}

/// Least squares over the first `count` terms, by elimination.
fn solve(samples: impl Iterator<Item = ([f64; 6], f64)>, count: usize) -> Option<[f64; 6]> {
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

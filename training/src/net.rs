//! The net: convolutions and rectifiers only, so that any width works, and its backward pass.

use ndarray::linalg::general_mat_mul;
use ndarray::{ArrayView2, ArrayViewMut2, ShapeBuilder};

/// One convolution; the last one has no rectifier.
#[derive(Clone, Copy, Debug)]
pub struct Conv {
    pub inputs: usize,
    pub outputs: usize,
    pub kernel: (usize, usize),
    pub stride: (usize, usize),
    pub pad: (usize, usize),
    pub relu: bool,
}

impl Conv {
    /// Weights of one output.
    fn taps(&self) -> usize {
        self.inputs * self.kernel.0 * self.kernel.1
    }

    /// Weights and biases.
    pub fn weights(&self) -> usize {
        self.outputs * (self.taps() + 1)
    }

    fn out_size(&self, (h, w): (usize, usize)) -> (usize, usize) {
        (
            (h + 2 * self.pad.0 - self.kernel.0) / self.stride.0 + 1,
            (w + 2 * self.pad.1 - self.kernel.1) / self.stride.1 + 1,
        )
    }
}

const fn conv(
    inputs: usize,
    outputs: usize,
    kernel: (usize, usize),
    stride: (usize, usize),
    pad: (usize, usize),
    relu: bool,
) -> Conv {
    Conv { inputs, outputs, kernel, stride, pad, relu }
}

/// From 1 x 32 x W to CLASSES x 1 x W / 4. The (2, 5) kernel eats the last two rows.
pub const LAYERS: [Conv; 7] = [
    conv(1, 16, (5, 5), (2, 2), (2, 2), true),
    conv(16, 32, (3, 3), (2, 2), (1, 1), true),
    conv(32, 64, (3, 3), (2, 1), (1, 1), true),
    conv(64, 96, (3, 3), (2, 1), (1, 1), true),
    conv(96, 128, (2, 5), (1, 1), (0, 2), true),
    conv(128, 128, (1, 3), (1, 1), (0, 1), true),
    conv(128, crate::line::CLASSES, (1, 1), (1, 1), (0, 0), false),
];

/// All weights and biases in order of the layers: weights (output, input, row, column), then biases.
pub fn count() -> usize {
    LAYERS.iter().map(Conv::weights).sum()
}

/// He's start: the spread keeps the strength of the signal through rectifiers.
pub fn fresh(seed: u64) -> Vec<f32> {
    let mut rng = fastrand::Rng::with_seed(seed);
    let mut weights = Vec::with_capacity(count());
    for layer in &LAYERS {
        let spread = (2.0 / layer.taps() as f32).sqrt();
        for _ in 0..layer.outputs * layer.taps() {
            // Twelve evens make a normal.
            let normal: f32 = (0..12).map(|_| rng.f32()).sum::<f32>() - 6.0;
            weights.push(normal * spread);
        }
        weights.extend(std::iter::repeat_n(0.0, layer.outputs));
    }
    weights
}

/// Values of one line on its way through the net, kept for the way back.
#[derive(Default)]
pub struct Pass {
    /// Input of each layer, and the net's answer last.
    values: Vec<Vec<f32>>,
    sizes: Vec<(usize, usize)>,
    columns: Vec<Vec<f32>>,
    slope: Vec<f32>,
    below: Vec<f32>,
    spread: Vec<f32>,
}

impl Pass {
    /// The net's answer for one line: CLASSES rows of `width / 4` numbers.
    pub fn forward(&mut self, weights: &[f32], line: &[f32], width: usize) -> &[f32] {
        self.values.resize_with(LAYERS.len() + 1, Vec::new);
        self.columns.resize_with(LAYERS.len(), Vec::new);
        self.sizes.clear();
        self.sizes.push((crate::line::HEIGHT, width));
        self.values[0].clear();
        self.values[0].extend_from_slice(line);
        let mut at = 0;
        for (i, layer) in LAYERS.iter().enumerate() {
            let size = self.sizes[i];
            let out = layer.out_size(size);
            let (taps, n) = (layer.taps(), out.0 * out.1);
            let (before, after) = self.values.split_at_mut(i + 1);
            gather(layer, &before[i], size, out, &mut self.columns[i]);
            let w = &weights[at..at + layer.outputs * taps];
            let bias = &weights[at + layer.outputs * taps..at + layer.weights()];
            let result = &mut after[0];
            result.clear();
            for b in bias {
                result.extend(std::iter::repeat_n(*b, n));
            }
            product(layer.outputs, taps, n, w, (taps, 1), &self.columns[i], (n, 1), result);
            if layer.relu {
                for v in result.iter_mut() {
                    *v = v.max(0.0);
                }
            }
            self.sizes.push(out);
            at += layer.weights();
        }
        &self.values[LAYERS.len()]
    }

    /// Adds to `gradient` what this line's loss says, given the loss's slope at the net's answer.
    pub fn backward(&mut self, weights: &[f32], slope: &[f32], gradient: &mut [f32]) {
        self.slope.clear();
        self.slope.extend_from_slice(slope);
        let mut end = weights.len();
        for (i, layer) in LAYERS.iter().enumerate().rev() {
            let (size, out) = (self.sizes[i], self.sizes[i + 1]);
            let (taps, n) = (layer.taps(), out.0 * out.1);
            let start = end - layer.weights();
            if layer.relu {
                for (s, v) in self.slope.iter_mut().zip(&self.values[i + 1]) {
                    if *v <= 0.0 {
                        *s = 0.0;
                    }
                }
            }
            let middle = start + layer.outputs * taps;
            for (o, g) in gradient[middle..end].iter_mut().enumerate() {
                *g += self.slope[o * n..(o + 1) * n].iter().sum::<f32>();
            }
            let columns = &self.columns[i];
            product(
                layer.outputs,
                n,
                taps,
                &self.slope,
                (n, 1),
                columns,
                (1, n),
                &mut gradient[start..middle],
            );
            if i > 0 {
                self.spread.clear();
                self.spread.resize(taps * n, 0.0);
                let w = &weights[start..middle];
                product(
                    taps,
                    layer.outputs,
                    n,
                    w,
                    (1, taps),
                    &self.slope,
                    (n, 1),
                    &mut self.spread,
                );
                scatter(layer, &self.spread, size, out, &mut self.below);
                std::mem::swap(&mut self.slope, &mut self.below);
            }
            end = start;
        }
    }
}

/// `c += a * b`; a is m x k, b k x n, c m x n row by row; strides as (row, column).
#[expect(clippy::too_many_arguments, reason = "that is what a matrix product takes")]
fn product(
    m: usize,
    k: usize,
    n: usize,
    a: &[f32],
    (ar, ac): (usize, usize),
    b: &[f32],
    (br, bc): (usize, usize),
    c: &mut [f32],
) {
    let a = ArrayView2::from_shape((m, k).strides((ar, ac)), a);
    let b = ArrayView2::from_shape((k, n).strides((br, bc)), b);
    let c = ArrayViewMut2::from_shape((m, n), c);
    let (Ok(a), Ok(b), Ok(mut c)) = (a, b, c) else {
        unreachable!("the sizes follow from the layers")
    };
    general_mat_mul(1.0, &a, &b, 1.0, &mut c);
}

/// The input's values under the kernel: one row for each tap, one column for each place of the output.
fn gather(
    layer: &Conv,
    input: &[f32],
    (h, w): (usize, usize),
    (oh, ow): (usize, usize),
    columns: &mut Vec<f32>,
) {
    columns.clear();
    columns.resize(layer.taps() * oh * ow, 0.0);
    each_run(layer, (h, w), (oh, ow), |from, to, run| {
        let stride = layer.stride.1;
        for x in 0..run {
            columns[to + x] = input[from + x * stride];
        }
    });
}

/// The way back of `gather`: sums what lies on the same place of the input.
fn scatter(
    layer: &Conv,
    columns: &[f32],
    (h, w): (usize, usize),
    (oh, ow): (usize, usize),
    input: &mut Vec<f32>,
) {
    input.clear();
    input.resize(layer.inputs * h * w, 0.0);
    each_run(layer, (h, w), (oh, ow), |from, to, run| {
        let stride = layer.stride.1;
        for x in 0..run {
            input[from + x * stride] += columns[to + x];
        }
    });
}

/// Each row of output places under one tap that lies inside of the input: where it begins in the input,
/// where in the columns, and how long it is.
fn each_run(
    layer: &Conv,
    (h, w): (usize, usize),
    (oh, ow): (usize, usize),
    mut act: impl FnMut(usize, usize, usize),
) {
    let (sh, sw) = layer.stride;
    let (ph, pw) = layer.pad;
    for c in 0..layer.inputs {
        for ky in 0..layer.kernel.0 {
            for kx in 0..layer.kernel.1 {
                let tap = (c * layer.kernel.0 + ky) * layer.kernel.1 + kx;
                // Places x with 0 <= x * sw + kx - pw < w.
                let first = pw.saturating_sub(kx).div_ceil(sw);
                let last = ((w + pw).saturating_sub(kx)).div_ceil(sw).min(ow);
                if first >= last {
                    continue;
                }
                for y in 0..oh {
                    let Some(row) = (y * sh + ky).checked_sub(ph).filter(|row| *row < h) else {
                        continue;
                    };
                    let from = (c * h + row) * w + first * sw + kx - pw;
                    act(from, (tap * oh + y) * ow + first, last - first);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slopes_are_those_of_small_steps() {
        let weights = fresh(3);
        let width = 24;
        let mut rng = fastrand::Rng::with_seed(5);
        let line: Vec<f32> = (0..32 * width).map(|_| rng.f32() * 2.0 - 1.0).collect();
        let mut pass = Pass::default();
        let answer = pass.forward(&weights, &line, width).to_vec();
        assert_eq!(answer.len(), crate::line::CLASSES * width / 4);
        // The loss is a fixed mix of the answer.
        let mix: Vec<f32> = answer.iter().map(|_| rng.f32() - 0.5).collect();
        let mut gradient = vec![0.0; count()];
        pass.backward(&weights, &mix, &mut gradient);
        let loss = |w: &[f32]| -> f64 {
            let mut pass = Pass::default();
            let out = pass.forward(w, &line, width);
            out.iter().zip(&mix).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum()
        };
        let mut off = 0;
        for _ in 0..60 {
            let i = rng.usize(0..count());
            let (mut up, mut down) = (weights.clone(), weights.clone());
            up[i] += 1e-3;
            down[i] -= 1e-3;
            let slope = (loss(&up) - loss(&down)) / 2e-3;
            let near = (slope - f64::from(gradient[i])).abs() < 2e-3 + 0.03 * slope.abs();
            off += usize::from(!near);
        }
        // A step over a rectifier's corner may differ.
        assert!(off <= 3, "{off}");
    }
}

//! The line recogniser's net: the only file that names rten.

use super::decode::Answer;
use super::line::{COLUMN, HEIGHT, normalised};
use crate::picture::Luma;
use rten::{Model, ModelOptions, RunOptions, ThreadPool, ValueOrView, op_registry};
use rten_tensor::prelude::*;
use rten_tensor::{NdTensorView, Tensor};
use std::cell::OnceCell;
use std::sync::{Arc, OnceLock};

/// Made by the package in `training/`.
static WEIGHTS: &[u8] = include_bytes!("../../../assets/reader/number.onnx");

/// The net of this program. `None` only if its weights were built broken, which a test would show.
fn shared() -> Option<&'static Model> {
    static NET: OnceLock<Option<Model>> = OnceLock::new();
    NET.get_or_init(|| {
        let operators = op_registry!(Conv, Relu);
        ModelOptions::with_ops(operators).load_static_slice(WEIGHTS).ok()
    })
    .as_ref()
}

thread_local! {
    // One thread for each reader: readers run side by side already, one sheet each.
    static POOL: OnceCell<Arc<ThreadPool>> = const { OnceCell::new() };
}

/// Reads a line of `HEIGHT` rows, whose width is a multiple of `COLUMN`. `None` for other sizes.
pub(super) fn read(line: &Luma) -> Option<Answer> {
    logits(line).map(|logits| Answer::new(&logits))
}

/// The net's numbers, classes x columns.
pub(super) fn logits(line: &Luma) -> Option<Vec<f32>> {
    if line.height != HEIGHT || line.width < 4 * COLUMN || !line.width.is_multiple_of(COLUMN) {
        return None;
    }
    let greys = normalised(&line.data);
    let input = NdTensorView::from_data([1, 1, HEIGHT, line.width], greys.as_slice());
    let pool = POOL
        .with(|pool| Arc::clone(pool.get_or_init(|| Arc::new(ThreadPool::with_num_threads(1)))));
    let options = RunOptions::default().with_thread_pool(Some(pool));
    let answer = shared()?.run_one(ValueOrView::from(input), Some(options)).ok()?;
    let tensor: Tensor<f32> = answer.try_into().ok()?;
    Some(tensor.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The trainer computes with other products on another package's code: both must mean the same net.
    #[test]
    fn it_says_what_the_trainer_said() {
        let text = include_str!("../../../tests/golden/number-lines.json");
        let lines: serde_json::Value = serde_json::from_str(text).unwrap();
        let numbers = |value: &serde_json::Value| -> Vec<f64> {
            value.as_array().unwrap().iter().map(|v| v.as_f64().unwrap()).collect()
        };
        assert_eq!(lines.as_array().unwrap().len(), 3);
        for one in lines.as_array().unwrap() {
            let width = one["width"].as_u64().unwrap() as usize;
            let data = numbers(&one["greys"]).into_iter().map(|v| v as u8).collect();
            let said = logits(&Luma { width, height: HEIGHT, data }).unwrap();
            let wanted = numbers(&one["classes"]);
            assert_eq!(said.len(), wanted.len());
            for (ours, theirs) in said.iter().zip(wanted) {
                let off = (f64::from(*ours) - theirs).abs();
                assert!(off <= 1e-4 * theirs.abs().max(1.0), "{ours} {theirs}");
            }
        }
    }

    #[test]
    fn odd_lines_are_no_lines() {
        for (width, height) in [(0, HEIGHT), (12, HEIGHT), (33, HEIGHT), (64, 31), (0, 0)] {
            assert!(logits(&Luma::flat(width, height, 200)).is_none(), "{width} {height}");
        }
        // The narrowest and a very wide one.
        assert!(logits(&Luma::flat(16, HEIGHT, 200)).is_some());
        assert!(logits(&Luma::flat(4000, HEIGHT, 200)).is_some());
    }
}

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

//! The loop: draw, read, compare, step. Resumes from its last checkpoint and repeats bit for bit.

use crate::fonts::Fonts;
use crate::line::{CLASSES, normalised};
use crate::net::{Pass, count, fresh};
use crate::{ctc, draw};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Lines for one step, in shards whose sums are added in order, whatever the number of threads.
const BATCH: usize = 32;
const SHARDS: usize = 4;

pub struct Plan {
    pub steps: usize,
    pub rate: f32,
    pub seed: u64,
    pub threads: usize,
    pub folder: PathBuf,
}

/// Weights and what Adam (Kingma and Ba 2015) knows of their slopes.
pub struct State {
    pub step: usize,
    pub weights: Vec<f32>,
    mean: Vec<f32>,
    square: Vec<f32>,
}

impl State {
    fn fresh(seed: u64) -> State {
        State {
            step: 0,
            weights: fresh(seed),
            mean: vec![0.0; count()],
            square: vec![0.0; count()],
        }
    }

    /// `None` if there is no checkpoint, or one of another net.
    pub fn load(path: &Path) -> Option<State> {
        let bytes = fs::read(path).ok()?;
        let (step, rest) = bytes.split_at_checked(8)?;
        let numbers: Vec<f32> = rest
            .chunks_exact(4)
            .filter_map(|b| Some(f32::from_le_bytes(b.try_into().ok()?)))
            .collect();
        if numbers.len() != 3 * count() {
            return None;
        }
        Some(State {
            step: u64::from_le_bytes(step.try_into().ok()?) as usize,
            weights: numbers[..count()].to_vec(),
            mean: numbers[count()..2 * count()].to_vec(),
            square: numbers[2 * count()..].to_vec(),
        })
    }

    fn save(&self, path: &Path) -> std::io::Result<()> {
        let mut bytes = (self.step as u64).to_le_bytes().to_vec();
        for part in [&self.weights, &self.mean, &self.square] {
            bytes.extend(part.iter().flat_map(|v| v.to_le_bytes()));
        }
        let fresh = path.with_extension("new");
        fs::write(&fresh, bytes)?;
        fs::rename(fresh, path)
    }

    fn adam(&mut self, gradient: &[f32], rate: f32) {
        self.step += 1;
        let (b1, b2) = (0.9f32, 0.999f32);
        let t = self.step as i32;
        let (c1, c2) = (1.0 - b1.powi(t), 1.0 - b2.powi(t));
        for (i, g) in gradient.iter().enumerate() {
            self.mean[i] = b1 * self.mean[i] + (1.0 - b1) * g;
            self.square[i] = b2 * self.square[i] + (1.0 - b2) * g * g;
            let step = (self.mean[i] / c1) / ((self.square[i] / c2).sqrt() + 1e-8);
            self.weights[i] -= rate * step;
        }
    }
}

/// One thread's working memory.
#[derive(Default)]
struct Worker {
    pass: Pass,
    slope: Vec<f32>,
}

struct Sum {
    gradient: Vec<f32>,
    loss: f64,
    right: usize,
}

fn shard(worker: &mut Worker, weights: &[f32], fonts: &Fonts, seed: u64, first: u64) -> Sum {
    let mut sum = Sum { gradient: vec![0.0; count()], loss: 0.0, right: 0 };
    for i in 0..(BATCH / SHARDS) as u64 {
        let sample = draw::line(fonts, seed, first + i, false);
        let answer = worker.pass.forward(weights, &normalised(&sample.greys), sample.width);
        if let Some(loss) = ctc::loss(answer, CLASSES, &sample.labels, &mut worker.slope) {
            sum.right += usize::from(ctc::greedy(answer, CLASSES) == sample.labels);
            sum.loss += loss;
            worker.pass.backward(weights, &worker.slope, &mut sum.gradient);
        }
    }
    sum
}

/// Warm-up, then a cosine down to a fiftieth.
fn rate_at(plan: &Plan, step: usize) -> f32 {
    let warm = 200.0f32;
    let done = step as f32 / plan.steps as f32;
    let cosine = 0.02 + 0.98 * 0.5 * (1.0 + (done.min(1.0) * std::f32::consts::PI).cos());
    plan.rate * cosine * ((step + 1) as f32 / warm).min(1.0)
}

pub fn run(plan: &Plan, fonts: &Fonts) -> std::io::Result<State> {
    fs::create_dir_all(&plan.folder)?;
    let path = plan.folder.join("checkpoint.bin");
    let mut state = State::load(&path).unwrap_or_else(|| State::fresh(plan.seed));
    let mut workers: Vec<Worker> = (0..plan.threads).map(|_| Worker::default()).collect();
    let began = Instant::now();
    let (from, mut loss, mut right, mut lines) = (state.step, 0.0, 0, 0);
    while state.step < plan.steps {
        let first = (state.step * BATCH) as u64;
        let weights = &state.weights;
        let each = SHARDS.div_ceil(plan.threads);
        let mut sums: Vec<(usize, Sum)> = std::thread::scope(|scope| {
            let jobs: Vec<_> = workers
                .iter_mut()
                .enumerate()
                .map(|(thread, worker)| {
                    scope.spawn(move || {
                        (thread * each..((thread + 1) * each).min(SHARDS))
                            .map(|no| {
                                let begin = first + (no * BATCH / SHARDS) as u64;
                                (no, shard(worker, weights, fonts, plan.seed, begin))
                            })
                            .collect::<Vec<_>>()
                    })
                })
                .collect();
            jobs.into_iter().flat_map(|job| job.join().unwrap_or_default()).collect()
        });
        sums.sort_by_key(|(no, _)| *no);
        let mut gradient = vec![0.0f32; count()];
        for (_, sum) in &sums {
            for (g, part) in gradient.iter_mut().zip(&sum.gradient) {
                *g += part / BATCH as f32;
            }
            loss += sum.loss;
            right += sum.right;
        }
        lines += BATCH;
        let norm = gradient.iter().map(|g| f64::from(*g).powi(2)).sum::<f64>().sqrt();
        if norm > 20.0 {
            let less = (20.0 / norm) as f32;
            gradient.iter_mut().for_each(|g| *g *= less);
        }
        let rate = rate_at(plan, state.step);
        state.adam(&gradient, rate);
        if state.step.is_multiple_of(250) {
            let per_second = ((state.step - from) * BATCH) as f64 / began.elapsed().as_secs_f64();
            println!(
                "step {:6}  loss {:7.3}  right {:5.1} %  {per_second:.0} lines/s",
                state.step,
                loss / lines as f64,
                100.0 * right as f64 / lines as f64
            );
            (loss, right, lines) = (0.0, 0, 0);
        }
        if state.step.is_multiple_of(1000) || state.step == plan.steps {
            state.save(&path)?;
        }
    }
    Ok(state)
}

//! A machine that is slow: cores that have other work, and a window that stands still again and again.

use fastrand::Rng;
use rustix::process::{Pid, Signal, kill_process};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{Builder, JoinHandle, sleep};
use std::time::Duration;

/// Two threads a core that do nothing but work, until they are dropped.
pub struct Load {
    ends: Arc<AtomicBool>,
    threads: Vec<JoinHandle<()>>,
}

impl Load {
    pub fn start() -> Load {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        let ends = Arc::new(AtomicBool::new(false));
        let start = |no| {
            let ends = Arc::clone(&ends);
            let work = move || {
                while !ends.load(Ordering::Relaxed) {
                    std::hint::spin_loop();
                }
            };
            Builder::new().name(format!("load-{no}")).spawn(work).unwrap()
        };
        let threads = (0..2 * cores).map(start).collect();
        Load { ends, threads }
    }
}

impl Drop for Load {
    fn drop(&mut self) {
        self.ends.store(true, Ordering::Relaxed);
        for thread in self.threads.drain(..) {
            drop(thread.join());
        }
    }
}

/// Stops a process for 5 to 500 ms at random moments, until it is dropped.
pub struct Stutter {
    ends: Arc<AtomicBool>,
    calm: Arc<Mutex<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Stutter {
    pub fn start(process: Pid, seed: u64) -> Stutter {
        let ends = Arc::new(AtomicBool::new(false));
        let calm = Arc::new(Mutex::new(()));
        let (over, quiet) = (Arc::clone(&ends), Arc::clone(&calm));
        let mut rng = Rng::with_seed(seed);
        let work = move || {
            while !over.load(Ordering::Relaxed) {
                sleep(Duration::from_millis(rng.u64(10..250)));
                let _runs_on = quiet.lock().unwrap_or_else(PoisonError::into_inner);
                if kill_process(process, Signal::STOP).is_err() {
                    return;
                }
                // Short ones are as many as long ones.
                let longest = [50, 150, 500][rng.usize(..3)];
                sleep(Duration::from_millis(rng.u64(5..=longest)));
                if kill_process(process, Signal::CONT).is_err() {
                    return;
                }
            }
        };
        let thread = Builder::new().name("stutter".to_owned()).spawn(work).unwrap();
        Stutter { ends, calm, thread: Some(thread) }
    }

    /// As long as this is held the process runs.
    pub fn calm(&self) -> MutexGuard<'_, ()> {
        self.calm.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Stutter {
    fn drop(&mut self) {
        self.ends.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

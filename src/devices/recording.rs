//! Pictures that were there before, one after the other, as fast as they are asked for.

use super::camera::{CameraError, Frame, FrameSource};
use crate::picture::Luma;
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A list of pictures that counts as a camera, once. Its own time goes forward a step with each picture, so
/// what comes out of it doesn't depend on how fast it is read.
#[derive(Clone, Debug)]
pub struct Recording {
    name: String,
    pictures: VecDeque<Arc<Luma>>,
    step: Duration,
    at: Instant,
    no: u64,
}

impl Recording {
    /// `step` is the time from one picture to the next.
    pub fn new(name: &str, pictures: Vec<Arc<Luma>>, step: Duration) -> Recording {
        Recording {
            name: name.to_owned(),
            pictures: pictures.into(),
            step,
            at: Instant::now(),
            no: 0,
        }
    }
}

impl FrameSource for Recording {
    fn next_frame(&mut self) -> Result<Frame, CameraError> {
        let luma =
            self.pictures.pop_front().ok_or_else(|| CameraError::Ended(self.name.clone()))?;
        self.no += 1;
        self.at += self.step;
        Ok(Frame { no: self.no, luma, jpeg: None, at: self.at })
    }

    fn name(&self) -> String {
        self.name.clone()
    }
}

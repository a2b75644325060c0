//! A desk with a camera over it that isn't there: for training, and for tests. Sheets slide in under a hand, lie
//! still, and go; the camera hangs or vanishes when it is told to.

use super::camera::{CameraError, Frame, FrameSource, OpenCamera};
use crate::picture::Luma;
use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded, never};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

const NAME: &str = "Training desk";
/// 15 frames a second.
const FRAME: Duration = Duration::from_micros(66_667);
/// Frames in which a sheet comes or goes: 330 ms.
const SLIDE: u32 = 5;
/// Frames in which the hand goes away after it.
const HAND: u32 = 2;
/// Frames in which nothing moves between two movements: 600 ms, more than a sheet needs to be seen at rest.
const STILL: u32 = 9;
/// Frames of the empty desk before anything comes, so that it can be learned.
const FIRST: u32 = 24;
/// How many different grains the noise is made of.
const GRAIN: usize = 65_536;
/// Pixels by which a sheet lies beside the place of the last one: nobody lays two at the same place.
const BESIDE: [(isize, isize); 5] = [(0, 0), (14, -9), (-12, 7), (9, 12), (-15, -6)];

/// The desk. It may be opened again and again, as a camera that is plugged in anew.
#[derive(Debug)]
pub struct SimulatedDesk {
    scene: Arc<Mutex<Scene>>,
    moves: Receiver<Move>,
    faults: Receiver<Fault>,
    pace: Duration,
}

/// What a person does at the desk. Movements happen one after the other, each seen at rest; 64 of them may wait,
/// then the caller waits.
#[derive(Clone, Debug)]
pub struct DeskHandle {
    moves: Sender<Move>,
    faults: Sender<Fault>,
}

#[derive(Debug)]
enum Move {
    Lay(Arc<Luma>),
    TakeAway,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    None,
    Hang,
    Vanish,
}

impl DeskHandle {
    /// A hand slides a sheet in, on top of what lies there. It may be a picture of a whole desk, as a camera gives, or of a sheet
    /// alone, which comes to lie in the middle; what is larger than the camera's picture is cut off. `false` if there is no desk any more.
    pub fn lay(&self, sheet: Arc<Luma>) -> bool {
        self.moves.send(Move::Lay(sheet)).is_ok()
    }

    /// A hand takes everything off the desk.
    pub fn take_away(&self) -> bool {
        self.moves.send(Move::TakeAway).is_ok()
    }

    /// The camera stops giving frames without an error.
    pub fn hang(&self) -> bool {
        self.faults.send(Fault::Hang).is_ok()
    }

    /// The camera is pulled out.
    pub fn vanish(&self) -> bool {
        self.faults.send(Fault::Vanish).is_ok()
    }

    /// All is well again.
    pub fn back(&self) -> bool {
        self.faults.send(Fault::None).is_ok()
    }
}

impl SimulatedDesk {
    /// A desk of 1280 x 720 pixels.
    pub fn new() -> (SimulatedDesk, DeskHandle) {
        SimulatedDesk::sized(1_280, 720)
    }

    /// A desk of so many pixels, 64 x 36 at least.
    pub fn sized(width: usize, height: usize) -> (SimulatedDesk, DeskHandle) {
        let (to_moves, moves) = bounded(64);
        let (to_faults, faults) = bounded(64);
        let scene = Arc::new(Mutex::new(Scene::new(width.max(64), height.max(36))));
        let desk = SimulatedDesk { scene, moves, faults, pace: FRAME };
        (desk, DeskHandle { moves: to_moves, faults: to_faults })
    }

    /// The same desk in a hurry, for tests: frames still say that they are 1/15 of a second apart, but come faster.
    pub fn hurried(self, pace: Duration) -> SimulatedDesk {
        SimulatedDesk { pace, ..self }
    }

    /// # Errors
    /// While the camera is pulled out.
    pub fn open(&self) -> Result<SimulatedCamera, CameraError> {
        let mut scene = lock(&self.scene);
        while let Ok(fault) = self.faults.try_recv() {
            scene.fault = fault;
        }
        if scene.fault == Fault::Vanish {
            return Err(CameraError::NoCamera);
        }
        drop(scene);
        let (scene, now) = (Arc::clone(&self.scene), Instant::now());
        let (moves, faults) = (self.moves.clone(), self.faults.clone());
        Ok(SimulatedCamera { scene, moves, faults, pace: self.pace, due: now, shown: now, no: 0 })
    }

    /// As [`super::camera::Camera::start`] wants it.
    pub fn opener(self) -> OpenCamera {
        Box::new(move || Ok(Box::new(self.open()?)))
    }
}

/// The camera over a [`SimulatedDesk`].
#[derive(Debug)]
pub struct SimulatedCamera {
    scene: Arc<Mutex<Scene>>,
    moves: Receiver<Move>,
    faults: Receiver<Fault>,
    pace: Duration,
    /// When the next frame is due.
    due: Instant,
    /// When the last frame says it was.
    shown: Instant,
    no: u64,
}

impl FrameSource for SimulatedCamera {
    fn next_frame(&mut self) -> Result<Frame, CameraError> {
        self.due = (self.due + self.pace).max(Instant::now());
        loop {
            match self.fault() {
                Fault::Vanish => return Err(CameraError::Gone(NAME.to_owned())),
                Fault::Hang => {}
                Fault::None if Instant::now() >= self.due => break,
                Fault::None => {}
            }
        }
        self.no += 1;
        self.shown = (self.shown + FRAME).max(Instant::now());
        let mut scene = lock(&self.scene);
        if scene.may_move()
            && let Ok(next) = self.moves.try_recv()
        {
            scene.begin(next);
        }
        let luma = Arc::new(scene.frame());
        Ok(Frame { no: self.no, luma, jpeg: None, at: self.shown })
    }

    fn name(&self) -> String {
        NAME.to_owned()
    }
}

impl SimulatedCamera {
    /// Waits for a fault or for the next frame's time, and says which fault there is. A hanging camera waits for the next command
    /// without end; when nobody is left to give one, the fault is over.
    fn fault(&self) -> Fault {
        let hanging = lock(&self.scene).fault == Fault::Hang;
        let left = self.due.saturating_duration_since(Instant::now());
        let heard = if hanging {
            self.faults.recv().map_err(|_gone| RecvTimeoutError::Disconnected)
        } else {
            self.faults.recv_timeout(left)
        };
        let mut scene = lock(&self.scene);
        match heard {
            Ok(fault) => scene.fault = fault,
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => {
                scene.fault = Fault::None;
                drop(scene);
                // Nothing is sent here any more: this only waits.
                never::<()>().recv_timeout(left).ok();
                return Fault::None;
            }
        }
        scene.fault
    }
}

fn lock(scene: &Mutex<Scene>) -> MutexGuard<'_, Scene> {
    scene.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What the camera sees.
#[derive(Debug)]
struct Scene {
    fault: Fault,
    desk: Luma,
    /// The desk with all that lies still on it.
    lying: Luma,
    moving: Option<Moving>,
    /// Frames without a movement that are still to come.
    still: u32,
    laid: usize,
    grain: Vec<i8>,
    rng: fastrand::Rng,
}

#[derive(Debug)]
struct Moving {
    what: Move,
    /// Where the sheet will lie, pixels.
    to: (isize, isize),
    frame: u32,
}

impl Scene {
    fn new(width: usize, height: usize) -> Scene {
        let mut rng = fastrand::Rng::with_seed(0x6465736B);
        // A grey desk with a soft grain that runs along it.
        let mut desk = Luma::flat(width, height, 96);
        for row in desk.data.chunks_exact_mut(width) {
            let mut grey = 96.0f32;
            for pixel in row {
                grey += (96.0 - grey) * 0.02 + (rng.f32() - 0.5) * 3.0;
                *pixel = grey as u8;
            }
        }
        // Once round, and as much again as a row is long, so that a row may begin anywhere.
        let mut grain = (0..GRAIN).map(|_| rng.i8(-3..=3)).collect::<Vec<_>>();
        grain.extend_from_within(..width.min(GRAIN));
        let lying = desk.clone();
        Scene { fault: Fault::None, desk, lying, moving: None, still: FIRST, laid: 0, grain, rng }
    }

    fn may_move(&self) -> bool {
        self.moving.is_none() && self.still == 0
    }

    fn begin(&mut self, what: Move) {
        let (beside_x, beside_y) = BESIDE[self.laid % BESIDE.len()];
        let to = match &what {
            Move::Lay(sheet) => {
                self.laid += 1;
                let middle = |desk: usize, sheet: usize| (desk as isize - sheet as isize) / 2;
                (
                    middle(self.desk.width, sheet.width) + beside_x,
                    middle(self.desk.height, sheet.height) + beside_y,
                )
            }
            Move::TakeAway => (0, 0),
        };
        self.moving = Some(Moving { what, to, frame: 0 });
    }

    fn frame(&mut self) -> Luma {
        let mut picture = self.lying.clone();
        match self.moving.take() {
            Some(mut moving) => {
                moving.frame += 1;
                let (hand_x, hand_y) = self.draw(&moving, &mut picture);
                if moving.frame == SLIDE {
                    self.lying = picture.clone();
                }
                blob(&mut picture, hand_x, hand_y);
                if moving.frame < SLIDE + HAND {
                    self.moving = Some(moving);
                } else {
                    self.still = STILL;
                }
            }
            None => self.still = self.still.saturating_sub(1),
        }
        self.add_noise(&mut picture);
        picture
    }

    /// Draws a movement into what lies there; where the hand's middle is.
    fn draw(&self, moving: &Moving, picture: &mut Luma) -> (isize, isize) {
        let (width, height) = (self.desk.width as isize, self.desk.height as isize);
        let left = SLIDE.saturating_sub(moving.frame) as isize;
        let steps = SLIDE as isize;
        // The hand goes on to the lower edge when the sheet lies.
        let gone = moving.frame.saturating_sub(SLIDE) as isize * height / 3;
        match &moving.what {
            Move::Lay(sheet) if left > 0 || gone == 0 => {
                let (x, y) = moving.to;
                // In from the lower right.
                let (x, y) = (x + width * left / steps, y + height / 2 * left / steps);
                paste(picture, sheet, x, y);
                (width * 2 / 3 + width * left / steps, height * 2 / 3 + height / 2 * left / steps)
            }
            Move::TakeAway if left > 0 || gone == 0 => {
                // The lying picture goes off to the right, and the desk is under it.
                *picture = self.desk.clone();
                let far = width * (steps - left) / steps;
                paste(picture, &self.lying, far, 0);
                (width / 2 + far, height * 2 / 3)
            }
            Move::Lay(_) | Move::TakeAway => (width * 2 / 3, height * 2 / 3 + gone),
        }
    }

    fn add_noise(&mut self, picture: &mut Luma) {
        for row in picture.data.chunks_exact_mut(picture.width) {
            let start = self.rng.usize(0..GRAIN);
            for (pixel, grain) in row.iter_mut().zip(&self.grain[start..]) {
                *pixel = pixel.saturating_add_signed(*grain);
            }
        }
    }
}

/// Lays one picture on another with its upper left corner at a place that may be outside.
fn paste(onto: &mut Luma, sheet: &Luma, x: isize, y: isize) {
    let (left, top) = (x.max(0), y.max(0));
    let right = (x + sheet.width as isize).min(onto.width as isize);
    let bottom = (y + sheet.height as isize).min(onto.height as isize);
    if left >= right {
        return;
    }
    for row in top..bottom {
        let from = sheet.row((row - y) as usize).get((left - x) as usize..(right - x) as usize);
        let start = row as usize * onto.width;
        let to = onto.data.get_mut(start + left as usize..start + right as usize);
        if let (Some(from), Some(to)) = (from, to) {
            to.copy_from_slice(from);
        }
    }
}

/// A dark hand and its arm down to the edge.
fn blob(picture: &mut Luma, x: isize, y: isize) {
    let reach = (picture.width / 8).max(1) as isize;
    let width = picture.width;
    for (no, row) in picture.data.chunks_exact_mut(width).enumerate() {
        let off = no as isize - y;
        let half = if off > 0 { reach } else { reach * reach - off * off };
        let half = if off > 0 { half } else { (half.max(0) as f32).sqrt() as isize };
        let from = (x - half).clamp(0, width as isize) as usize;
        let to = (x + half).clamp(0, width as isize) as usize;
        row[from..to].fill(58);
    }
}

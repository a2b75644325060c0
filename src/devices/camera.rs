//! A camera over the desk: the newest picture for the window, and one picture for each sheet.
//!
//! Reading a frame may block for ever, so it has the thread `camera` to itself; `camera-watch` looks whether frames
//! still come, and is the only one that tells of [`Presence`], so that its news are never out of order.

use super::presence::{DeviceTrouble, Presence, Wake};
use super::rest::{CELLS, Rest, RestDetector};
use crate::picture::Luma;
use crossbeam_channel::{Receiver, RecvTimeoutError, SendTimeoutError, Sender, bounded};
use std::io;
use std::mem;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// One picture of the camera.
#[derive(Clone, Debug)]
pub struct Frame {
    /// From 1, one more with each, also over a camera that went and came back.
    pub no: u64,
    pub luma: Arc<Luma>,
    /// The file as the camera sent it, where it sends MJPEG.
    pub jpeg: Option<Arc<[u8]>>,
    /// When it came.
    pub at: Instant,
}

/// Something that gives pictures. It lives on the thread that opened it, so it need not be [`Send`]: nokhwa's camera is not.
pub trait FrameSource {
    /// The newest picture, at the camera's own pace. It may block for ever.
    ///
    /// # Errors
    /// If the camera has gone or fails. Then it must be opened anew.
    fn next_frame(&mut self) -> Result<Frame, CameraError>;

    /// For people.
    fn name(&self) -> String;
}

/// Finds a camera; asked again after each failure.
pub type OpenCamera = Box<dyn Fn() -> Result<Box<dyn FrameSource>, CameraError> + Send>;

/// Each a whole sentence that says what to do: it is shown as it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CameraError {
    #[error("No camera is found; plug one in.")]
    NoCamera,
    #[error("The camera {0} is not there; plug it in, or choose another one.")]
    Gone(String),
    #[error("{0} is no camera; choose another one.")]
    NotACamera(String),
    #[error(
        "This user may not use the camera {0}; add the user to the group video and log in again."
    )]
    NotAllowed(String),
    #[error("Another program is using the camera {0}; close it.")]
    Busy(String),
    #[error(
        "The USB port is too slow for the camera {0}; plug it into another port, without a hub."
    )]
    NoBandwidth(String),
    #[error("The camera {camera} doesn't offer {format}; choose another format.")]
    NoSuchFormat { camera: String, format: String },
    #[error("The camera {camera} fails ({why}); unplug it and plug it in again.")]
    Failed { camera: String, why: String },
    #[error("The camera gives no pictures; unplug it and plug it in again.")]
    Silent,
    #[error("The recording {0} is at its end; choose a camera.")]
    Ended(String),
}

/// What a camera has to say. The caller bounds the channel; the camera waits while it is full.
#[derive(Clone, Debug)]
pub enum CameraNews {
    /// It has changed. Only the newest is told where changes come faster than they are heard.
    Presence(Presence),
    /// A picture taken for a sheet; it is never dropped while somebody listens.
    Sheet { frame: Frame, by: Trigger },
}

/// Why a picture was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trigger {
    /// A sheet came to rest.
    Rest,
    /// Somebody pressed a key.
    Key,
}

/// How long things may take.
#[derive(Clone, Copy, Debug)]
struct Pace {
    /// Without a frame for so long the camera has stopped.
    silence: Duration,
    /// From a failure to the next attempt.
    again: Duration,
    /// What a stopping camera gets to end, and to hand over a picture.
    grace: Duration,
}

const PACE: Pace = Pace {
    silence: Duration::from_secs(3),
    again: Duration::from_secs(2),
    grace: Duration::from_secs(1),
};

/// While something moves the window is told of a new picture so often: 15 times a second, were the camera twice as quick.
const STIRRED: Duration = Duration::from_millis(60);
/// While nothing moves, so often: each picture that is shown draws the whole window, and none shows anything new.
const CALM: Duration = Duration::from_millis(250);

/// A camera that works for the station, until it is dropped.
///
/// Dropping ends both threads and waits for them, two seconds at most for the one that reads: a driver that never comes back can't
/// be interrupted. Then that thread is left behind, and ends by itself if the driver ever does come back. A picture that is
/// waiting to be sent has the same second, so the news should still be listened to meanwhile.
#[derive(Debug)]
pub struct Camera {
    shared: Arc<Shared>,
    /// Closed when the reading thread has come to its end.
    ended: Receiver<()>,
    reading: Option<JoinHandle<()>>,
    watching: Option<JoinHandle<()>>,
}

impl Camera {
    /// Opens the camera on a thread of its own, again and again until it is there, and takes a picture of each sheet.
    ///
    /// `news` bounds itself; `wake` is called after each news, and for frames as they are worth a look, up to 15 a second while
    /// something moves and four while nothing does, if the one before was looked at.
    ///
    /// # Errors
    /// If the system gives no thread. That there is no camera is no error but [`Presence::Trouble`].
    pub fn start(open: OpenCamera, news: Sender<CameraNews>, wake: Wake) -> io::Result<Camera> {
        Camera::start_at(PACE, open, news, wake)
    }

    fn start_at(
        pace: Pace,
        open: OpenCamera,
        news: Sender<CameraNews>,
        wake: Wake,
    ) -> io::Result<Camera> {
        let shared = Arc::new(Shared::new(pace));
        let (at_end, ended) = bounded(0);
        let worker =
            Worker { shared: Arc::clone(&shared), news: news.clone(), wake: Arc::clone(&wake) };
        let reading = thread::Builder::new().name("camera".to_owned()).spawn(move || {
            worker.work(open);
            drop(at_end);
        })?;
        let mut camera =
            Camera { shared: Arc::clone(&shared), ended, reading: Some(reading), watching: None };
        let watch = Worker { shared, news, wake };
        let watching =
            thread::Builder::new().name("camera-watch".to_owned()).spawn(move || watch.watch())?;
        camera.watching = Some(watching);
        Ok(camera)
    }

    /// Takes a picture by key: the next frame is sent as a sheet, at rest or not.
    ///
    /// `false`: refused, because the camera is not ready or paused. `true`: either the sheet comes, or [`Presence::Trouble`],
    /// with which the request is void. A second call before that frame is the same request.
    pub fn capture(&self) -> bool {
        let mut state = self.shared.lock();
        let can = state.presence == Presence::Ready && state.automatic == Automatic::Watching;
        state.key |= can;
        can
    }

    /// No new pictures for sheets from now on, neither by rest nor by key. One that is on its way still comes.
    /// The desk is looked at all the same, so a sheet that was taken is not taken again afterwards.
    pub fn pause(&self) {
        self.shared.lock().automatic = Automatic::Paused;
    }

    /// Ends a pause. What has come to rest meanwhile is taken at once. A camera begins like that.
    pub fn watch_for_sheets(&self) {
        self.shared.lock().automatic = Automatic::Watching;
    }

    /// What lies there now is the empty desk: for an operator's key, or when a picture turned out to show no sheet.
    pub fn desk_is_empty(&self) {
        self.shared.lock().forget = true;
    }

    /// The newest picture; none while the camera is not ready, because an old one would look like now.
    pub fn preview(&self) -> Option<Frame> {
        let mut state = self.shared.lock();
        state.looked_at = true;
        state.preview.clone()
    }

    /// For another thread that waits for frames, while the camera itself may be stopped.
    pub fn viewer(&self) -> Viewer {
        Viewer(Arc::clone(&self.shared))
    }

    /// How it is at this moment; the news may still say what was before.
    pub fn presence(&self) -> Presence {
        self.shared.lock().presence.clone()
    }

    /// What the camera that was opened last calls itself; empty before.
    pub fn name(&self) -> String {
        self.shared.lock().name.clone()
    }
}

/// Sees a camera's newest pictures. It doesn't keep the camera alive.
#[derive(Clone, Debug)]
pub struct Viewer(Arc<Shared>);

impl Viewer {
    /// The first frame after number `no` that comes before `until`.
    pub fn frame_after(&self, no: u64, until: Instant) -> Option<Frame> {
        // Frames come 15 to 60 times a second.
        const LOOK: Duration = Duration::from_millis(4);
        while Instant::now() < until {
            let newest = self.0.lock().preview.clone();
            if let Some(frame) = newest.filter(|frame| frame.no > no) {
                return Some(frame);
            }
            thread::sleep(LOOK);
        }
        None
    }
}

impl Drop for Camera {
    fn drop(&mut self) {
        self.shared.lock().stop = true;
        self.shared.changed.notify_all();
        // A thread that panicked has said so on standard error; there is nobody else to tell.
        if let Some(watching) = self.watching.take() {
            watching.join().ok();
        }
        // A little more than the thread itself takes to give up sending.
        let grace = self.shared.pace.grace.saturating_mul(2);
        let ended = self.ended.recv_timeout(grace) == Err(RecvTimeoutError::Disconnected);
        if let Some(reading) = self.reading.take()
            && ended
        {
            reading.join().ok();
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Automatic {
    Watching,
    Paused,
}

/// What both threads and the owner know. Never locked while anything blocks.
#[derive(Debug)]
struct Shared {
    pace: Pace,
    state: Mutex<State>,
    /// Rings for a change of presence and for the end.
    changed: Condvar,
}

#[derive(Debug)]
struct State {
    stop: bool,
    presence: Presence,
    /// Since when a frame is waited for; `None` while none is.
    reading_since: Option<Instant>,
    automatic: Automatic,
    /// A picture is asked for by key.
    key: bool,
    forget: bool,
    preview: Option<Frame>,
    looked_at: bool,
    name: String,
}

impl Shared {
    fn new(pace: Pace) -> Shared {
        let state = State {
            stop: false,
            presence: Presence::Searching,
            reading_since: None,
            automatic: Automatic::Watching,
            key: false,
            forget: false,
            preview: None,
            looked_at: true,
            name: String::new(),
        };
        Shared { pace, state: Mutex::new(state), changed: Condvar::new() }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for a ring, or for so long.
    fn wait<'a>(&self, state: MutexGuard<'a, State>, long: Duration) -> MutexGuard<'a, State> {
        self.changed.wait_timeout(state, long).unwrap_or_else(PoisonError::into_inner).0
    }

    fn stopped(&self) -> bool {
        self.lock().stop
    }
}

impl State {
    /// Nothing that belongs to a camera that works stays.
    fn trouble(&mut self, error: CameraError) {
        self.presence = Presence::Trouble(error.into());
        self.key = false;
        self.preview = None;
    }
}

/// The end was asked for, or nobody listens any more.
struct Stopped;

/// What a thread of the camera needs.
struct Worker {
    shared: Arc<Shared>,
    news: Sender<CameraNews>,
    wake: Wake,
}

/// What the reading thread keeps while cameras come and go.
struct Desk {
    rest: RestDetector,
    frames: u64,
    /// The first frame, from which the detector's time counts.
    began: Option<Instant>,
    /// What lay there in the frame before.
    was: Rest,
    /// When the frame came of which the window was told last.
    told: Option<Instant>,
}

impl Desk {
    /// Whether the frame of `at`, which shows `now`, is worth a look.
    fn worth_a_look(&mut self, now: Rest, at: Instant) -> bool {
        let stirs = matches!(now, Rest::Moving | Rest::Learning);
        let stirs = mem::replace(&mut self.was, now) != now || stirs;
        let pause = if stirs { STIRRED } else { CALM };
        self.told.is_none_or(|told| at.saturating_duration_since(told) >= pause)
    }
}

impl Worker {
    /// The thread `camera`.
    fn work(&self, open: OpenCamera) {
        // Kept over failures: a sheet that was taken before is not taken again after.
        let rest = RestDetector::new();
        let mut desk = Desk { rest, frames: 0, began: None, was: Rest::Learning, told: None };
        loop {
            let error = match open() {
                Ok(source) => match self.read(source, &mut desk) {
                    Ok(error) => error,
                    Err(Stopped) => return,
                },
                Err(error) => error,
            };
            if self.rest_after(&error).is_err() {
                return;
            }
        }
    }

    /// Reads frames until the camera fails, with the error that it had.
    fn read(
        &self,
        mut source: Box<dyn FrameSource>,
        desk: &mut Desk,
    ) -> Result<CameraError, Stopped> {
        self.shared.lock().name = source.name();
        loop {
            if self.shared.stopped() {
                return Err(Stopped);
            }
            self.shared.lock().reading_since = Some(Instant::now());
            let frame = source.next_frame();
            self.shared.lock().reading_since = None;
            match frame {
                Ok(frame) => self.see(frame, desk)?,
                Err(error) => return Ok(error),
            }
        }
    }

    fn see(&self, mut frame: Frame, desk: &mut Desk) -> Result<(), Stopped> {
        desk.frames += 1;
        frame.no = desk.frames;
        let began = *desk.began.get_or_insert(frame.at);
        let at_ms = frame.at.saturating_duration_since(began).as_millis() as u64;
        let thumb = frame.luma.fit(CELLS.0, CELLS.1);
        if mem::take(&mut self.shared.lock().forget) {
            desk.rest.forget();
        }
        let now = desk.rest.look(&thumb, at_ms);
        let worth = desk.worth_a_look(now, frame.at);
        let (by, tell) = self.show(&frame, now, worth);
        if tell {
            desk.told = Some(frame.at);
            (self.wake)();
        }
        let Some(by) = by else { return Ok(()) };
        desk.rest.taken();
        self.send_sheet(CameraNews::Sheet { frame, by })
    }

    /// Puts the frame before the window. Why it is to be taken, if it is, and whether the window is to be told: if the
    /// frame is worth it, and the last one that it was told of was looked at.
    fn show(&self, frame: &Frame, now: Rest, worth: bool) -> (Option<Trigger>, bool) {
        let mut state = self.shared.lock();
        let by = if mem::take(&mut state.key) {
            Some(Trigger::Key)
        } else if now == Rest::Due && state.automatic == Automatic::Watching {
            Some(Trigger::Rest)
        } else {
            None
        };
        state.preview = Some(frame.clone());
        if state.presence != Presence::Ready {
            state.presence = Presence::Ready;
            self.shared.changed.notify_all();
        }
        (by, worth && mem::take(&mut state.looked_at))
    }

    /// Waits as long as it must, and a little longer at the end, since a picture for a sheet is never dropped.
    fn send_sheet(&self, sheet: CameraNews) -> Result<(), Stopped> {
        let mut waiting = sheet;
        let mut end: Option<Instant> = None;
        loop {
            match self.news.send_timeout(waiting, TRY) {
                Ok(()) => break,
                Err(SendTimeoutError::Disconnected(_)) => return Err(Stopped),
                Err(SendTimeoutError::Timeout(back)) => waiting = back,
            }
            if self.shared.stopped() {
                let end = *end.get_or_insert_with(|| Instant::now() + self.shared.pace.grace);
                if Instant::now() >= end {
                    return Err(Stopped);
                }
            }
        }
        (self.wake)();
        Ok(())
    }

    /// Says what is wrong, and waits before the next attempt.
    fn rest_after(&self, error: &CameraError) -> Result<(), Stopped> {
        let mut state = self.shared.lock();
        state.trouble(error.clone());
        self.shared.changed.notify_all();
        let until = Instant::now() + self.shared.pace.again;
        while !state.stop {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(());
            }
            state = self.shared.wait(state, left);
        }
        Err(Stopped)
    }

    /// The thread `camera-watch`: tells of changes, and finds the camera that has gone silent.
    fn watch(&self) {
        let silence = self.shared.pace.silence;
        let mut told = Presence::Off;
        let mut state = self.shared.lock();
        while !state.stop {
            let silent_for = state.reading_since.map(|since| since.elapsed());
            if silent_for.is_some_and(|long| long >= silence) && !told_of_silence(&state.presence) {
                state.trouble(CameraError::Silent);
            }
            if state.presence != told {
                told = state.presence.clone();
                drop(state);
                if self.send_presence(&told).is_err() {
                    return;
                }
                state = self.shared.lock();
                continue;
            }
            let left = silence.saturating_sub(silent_for.unwrap_or_default());
            // A camera that is silent already is looked at no oftener than one that isn't.
            let left = if left.is_zero() { silence } else { left };
            state = self.shared.wait(state, left);
        }
    }

    fn send_presence(&self, presence: &Presence) -> Result<(), Stopped> {
        let mut waiting = CameraNews::Presence(presence.clone());
        loop {
            match self.news.send_timeout(waiting, TRY) {
                Ok(()) => break,
                Err(SendTimeoutError::Disconnected(_)) => return Err(Stopped),
                Err(SendTimeoutError::Timeout(back)) => waiting = back,
            }
            if self.shared.stopped() {
                return Err(Stopped);
            }
        }
        (self.wake)();
        Ok(())
    }
}

/// How often a thread that waits to send looks whether it shall end.
const TRY: Duration = Duration::from_millis(50);

fn told_of_silence(presence: &Presence) -> bool {
    matches!(presence, Presence::Trouble(DeviceTrouble::Camera(CameraError::Silent)))
}

#[cfg(test)]
#[path = "camera_tests.rs"]
mod tests;

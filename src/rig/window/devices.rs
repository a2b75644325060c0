//! The devices of the window, as the settings choose them: started, followed, stopped. What they bring
//! goes to the lane, how they are to the lights.

use super::folder_light::FolderLight;
use super::lane::{CameraSlot, Laid};
use super::lights::{self, Board};
use super::{Wake, faults, training};
use crate::devices::camera::{Camera, CameraNews, OpenCamera, Trigger};
use crate::devices::camera_format::{CameraSettings, Format};
use crate::devices::camera_v4l;
use crate::devices::presence::Presence;
use crate::devices::serial::{SerialNews, SerialScanner, SerialSettings, Terminator};
use crate::devices::simulated::SimulatedDesk;
use crate::flow::EnvelopeId;
use crate::rig::{Rig, RigError};
use crate::ui::fault::Fault;
use crate::ui::port::{Light, Preview};
use crate::ui::settings::{CameraSource, FolderSource, SerialSource, Settings};
use crossbeam_channel::{Receiver, Sender, bounded};
use std::convert::Infallible;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, MutexGuard, PoisonError};
use std::thread::JoinHandle;

/// News of a device that wait for the lane; then the device waits.
const NEWS: usize = 8;
/// A wider picture is halved for the eye.
const EYE_WIDTH: usize = 1_000;
/// What the settings call the camera of a training campaign.
pub const SIMULATED: &str = "simulated";

pub(super) struct Devices {
    camera: CameraSlot,
    laid: Sender<Laid>,
    board: Board,
    wake: Wake,
    camera_source: Option<CameraSource>,
    camera_news: Option<JoinHandle<()>>,
    /// Dropped to end `camera_news`: a camera whose driver hangs leaves its own channel open.
    camera_stop: Option<Sender<Infallible>>,
    by_rest: Arc<AtomicBool>,
    serial_source: Option<SerialSource>,
    serial: Option<SerialScanner>,
    serial_news: Option<JoinHandle<()>>,
    hand: Option<training::Hand>,
    folder_source: Option<FolderSource>,
    folder: Option<FolderLight>,
}

impl Devices {
    pub fn new(camera: CameraSlot, laid: Sender<Laid>, board: Board, wake: Wake) -> Devices {
        Devices {
            camera,
            laid,
            board,
            wake,
            camera_source: None,
            camera_news: None,
            camera_stop: None,
            by_rest: Arc::default(),
            serial_source: None,
            serial: None,
            serial_news: None,
            hand: None,
            folder_source: None,
            folder: None,
        }
    }

    /// Brings the devices to what the settings say; those that did not change go on.
    pub fn follow(&mut self, settings: &Settings, rig: &Rig) {
        let wedge = if settings.wedge.on { Light::Ready } else { Light::Off };
        self.board.change(|lights| lights.wedge = wedge);
        self.follow_folder(&settings.folder);
        self.by_rest.store(settings.camera.by_rest, Ordering::Relaxed);
        let device =
            |source: &CameraSource| (source.on, source.device.clone(), source.format.clone());
        if self.camera_source.as_ref().map(device) != Some(device(&settings.camera)) {
            self.camera_source = Some(settings.camera.clone());
            self.stop_camera();
            if settings.camera.on
                && let Err(error) = self.start_camera(&settings.camera, rig)
            {
                self.board.change(|lights| lights.camera = Light::Trouble(error));
            }
        }
        if self.serial_source.as_ref() != Some(&settings.serial) {
            self.serial_source = Some(settings.serial.clone());
            self.stop_serial();
            if settings.serial.on
                && let Err(error) = self.start_serial(&settings.serial)
            {
                let error = faults::of(&error);
                self.board.change(|lights| lights.serial = Light::Trouble(error));
            }
        }
    }

    fn follow_folder(&mut self, source: &FolderSource) {
        if self.folder_source.as_ref() == Some(source) {
            return;
        }
        self.folder_source = Some(source.clone());
        self.folder = None;
        self.board.change(|lights| lights.folder = Light::Searching);
        if source.on {
            match FolderLight::start(source, self.board.clone(), Arc::clone(&self.wake)) {
                Ok(light) => self.folder = Some(light),
                Err(error) => {
                    let trouble = Light::Trouble(faults::of(&error));
                    self.board.change(|lights| lights.folder = trouble);
                }
            }
        }
    }

    fn slot(&self) -> MutexGuard<'_, Option<Camera>> {
        self.camera.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn start_camera(&mut self, source: &CameraSource, rig: &Rig) -> Result<(), Fault> {
        if source.device == SIMULATED && !rig.training() {
            return Err(Fault::CameraForTraining);
        }
        self.watch(source, rig).map_err(|error| faults::of(&error))
    }

    fn watch(&mut self, source: &CameraSource, rig: &Rig) -> Result<(), RigError> {
        let open: OpenCamera = if source.device == SIMULATED {
            let (desk, handle) = SimulatedDesk::new();
            let views = rig.board().clone();
            let campaign = Arc::new(training::campaign()?);
            self.hand = Some(training::Hand::start(campaign, handle, move || views.view())?);
            desk.opener()
        } else {
            let format = parse_format(&source.format);
            let settings = CameraSettings { device: source.device.clone(), format };
            Box::new(move || camera_v4l::open(&settings))
        };
        let (news, heard) = bounded(NEWS);
        let camera =
            Camera::start(open, news, Arc::clone(&self.wake)).map_err(crate::rig::no_thread)?;
        // Nobody reads yet; the lane lets it watch.
        camera.pause();
        *self.slot() = Some(camera);
        let (laid, board, wake) = (self.laid.clone(), self.board.clone(), Arc::clone(&self.wake));
        let by_rest = Arc::clone(&self.by_rest);
        let (stop, stopped) = bounded(0);
        self.camera_stop = Some(stop);
        self.camera_news = Some(spawn("camera-news", move || {
            hear_camera(&heard, &stopped, &laid, &board, &by_rest, &wake);
        })?);
        Ok(())
    }

    fn stop_camera(&mut self) {
        let camera = self.slot().take();
        drop(camera);
        self.camera_stop = None;
        if let Some(thread) = self.camera_news.take() {
            crate::rig::join(thread);
        }
        self.hand = None;
        self.board.change(|lights| lights.camera = Light::Off);
    }

    fn start_serial(&mut self, source: &SerialSource) -> Result<(), RigError> {
        let terminator = match source.terminator.as_str() {
            "lf" => Terminator::Lf,
            "crlf" => Terminator::CrLf,
            "tab" => Terminator::Tab,
            _ => Terminator::Cr,
        };
        let settings = SerialSettings { port: source.port.clone(), baud: source.baud, terminator };
        let (news, heard) = bounded(NEWS);
        let scanner = SerialScanner::start(settings, news, Arc::clone(&self.wake))
            .map_err(crate::rig::no_thread)?;
        self.serial = Some(scanner);
        let (laid, board, wake) = (self.laid.clone(), self.board.clone(), Arc::clone(&self.wake));
        self.serial_news = Some(spawn("scanner-news", move || {
            hear_serial(&heard, &laid, &board, &wake);
        })?);
        Ok(())
    }

    fn stop_serial(&mut self) {
        self.serial = None;
        if let Some(thread) = self.serial_news.take() {
            crate::rig::join(thread);
        }
        self.board.change(|lights| lights.serial = Light::Off);
    }

    /// By key. False: no camera is ready.
    pub fn capture(&self) -> bool {
        self.slot().as_ref().is_some_and(Camera::capture)
    }

    /// In training: the made-up hand lays the next sheet of this envelope.
    pub fn lay_training_sheet(&self, envelope: EnvelopeId) -> bool {
        self.hand.as_ref().is_some_and(|hand| hand.lay(envelope))
    }

    /// What lies under the camera now, in full size, as no sheet. None: no camera is ready.
    pub fn frame(&self) -> Option<crate::picture::Luma> {
        self.slot().as_ref()?.preview().map(|frame| (*frame.luma).clone())
    }

    pub fn preview(&self, seen: u64) -> Option<Preview> {
        let frame = self.slot().as_ref()?.preview().filter(|frame| frame.no > seen)?;
        let half = (frame.luma.width > EYE_WIDTH).then(|| frame.luma.shrink(2));
        let luma = half.as_ref().unwrap_or(&frame.luma);
        Some(Preview {
            no: frame.no,
            width: luma.width,
            height: luma.height,
            luma: luma.data.clone().into(),
            outline: None,
        })
    }
}

impl Drop for Devices {
    fn drop(&mut self) {
        self.stop_serial();
        self.stop_camera();
    }
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, RigError> {
    let builder = std::thread::Builder::new().name(name.to_owned());
    builder.spawn(work).map_err(crate::rig::no_thread)
}

/// Ends when the camera is dropped. A picture for a sheet waits until the lane takes it.
fn hear_camera(
    heard: &Receiver<CameraNews>,
    stopped: &Receiver<Infallible>,
    laid: &Sender<Laid>,
    board: &Board,
    by_rest: &AtomicBool,
    wake: &Wake,
) {
    let mut worked = false;
    loop {
        // What came before the stop is heard first.
        let news = heard.try_recv().ok().or_else(|| {
            crossbeam_channel::select! {
                recv(heard) -> news => news.ok(),
                recv(stopped) -> _ => None,
            }
        });
        let Some(news) = news else { return };
        match news {
            CameraNews::Presence(presence) => {
                if gone(&mut worked, &presence) && laid.send(Laid::Alarm).is_err() {
                    return;
                }
                board.change(|lights| lights.camera = lights::light(&presence));
            }
            CameraNews::Sheet { by: Trigger::Rest, .. } if !by_rest.load(Ordering::Relaxed) => {}
            CameraNews::Sheet { frame, .. } => {
                if laid.send(Laid::Frame(frame)).is_err() {
                    return;
                }
            }
        }
        wake();
    }
}

fn hear_serial(heard: &Receiver<SerialNews>, laid: &Sender<Laid>, board: &Board, wake: &Wake) {
    let mut worked = false;
    for news in heard {
        let what = match news {
            SerialNews::Presence(presence) => {
                board.change(|lights| lights.serial = lights::light(&presence));
                gone(&mut worked, &presence).then_some(Laid::Alarm)
            }
            SerialNews::Code { text } => Some(Laid::Code(text)),
            SerialNews::Garbage { .. } => Some(Laid::Garbage),
        };
        if let Some(what) = what
            && laid.send(what).is_err()
        {
            return;
        }
        wake();
    }
}

/// Whether a device that worked does so no more. It is said once.
fn gone(worked: &mut bool, presence: &Presence) -> bool {
    let ready = *presence == Presence::Ready;
    std::mem::replace(worked, ready) && !ready
}

/// `1280x720@30 mjpeg` or `1280x720@30 raw`; anything else lets the station choose.
fn parse_format(text: &str) -> Option<Format> {
    let (size, rest) = text.trim().split_once('@')?;
    let (width, height) = size.split_once('x')?;
    let (fps, kind) = rest.split_once(' ').unwrap_or((rest, "raw"));
    Some(Format {
        width: width.parse().ok()?,
        height: height.parse().ok()?,
        fps: fps.parse().ok()?,
        mjpeg: kind == "mjpeg",
    })
}

/// The words of [`parse_format`] for a format.
pub(super) fn format_words(format: &Format) -> String {
    let kind = if format.mjpeg { "mjpeg" } else { "raw" };
    format!("{}x{}@{} {kind}", format.width, format.height, format.fps)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_that_goes_is_told_once() {
        let mut worked = false;
        let trouble = Presence::Trouble(crate::devices::camera::CameraError::Silent.into());
        let seen =
            [Presence::Searching, Presence::Ready, trouble.clone(), trouble, Presence::Ready];
        let told = seen.map(|presence| gone(&mut worked, &presence));
        assert_eq!(told, [false, false, true, false, false]);
    }

    #[test]
    fn a_format_is_read_as_it_is_written() {
        for text in ["1280x720@30 mjpeg", "640x480@15 raw"] {
            let format = parse_format(text).unwrap();
            assert_eq!(format_words(&format), text);
        }
        assert_eq!(parse_format("auto"), None);
        assert_eq!(parse_format("axb@c raw"), None);
        assert_eq!(parse_format(""), None);
    }
}

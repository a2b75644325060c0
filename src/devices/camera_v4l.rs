//! A USB camera through nokhwa (Video4Linux).
//!
//! What this works round, all seen in nokhwa 0.10: all video nodes are listed, also those that give no pictures; opening
//! changes the format; `Closest` and `AbsoluteHighest…` choose badly; rates are misread where a frame takes no whole
//! fraction of a second, so an offered format may be refused; frames lie in four buffers and come old to one who is slow; the
//! length of an MJPEG frame is lost; a vanished camera panics when it is dropped.

use super::camera::{CameraError, Frame, FrameSource};
use super::camera_format::{CameraInfo, CameraSettings, Format, Offer, Pixels, ranked};
use super::camera_pixels::convert;
use nokhwa::utils::{
    ApiBackend, CameraFormat, CameraIndex, FrameFormat, RequestedFormat, RequestedFormatType,
    Resolution,
};
use nokhwa::{Camera as Driver, NokhwaError};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// All that [`convert`] knows, the best first.
const FORMATS: [(FrameFormat, Pixels); 6] = [
    (FrameFormat::YUYV, Pixels::Yuyv),
    (FrameFormat::MJPEG, Pixels::Mjpeg),
    (FrameFormat::GRAY, Pixels::Grey),
    (FrameFormat::NV12, Pixels::Nv12),
    (FrameFormat::RAWRGB, Pixels::Rgb),
    (FrameFormat::RAWBGR, Pixels::Bgr),
];

/// A frame that had to be waited for less than this was in a buffer, and there may be a newer one.
const AT_ONCE: Duration = Duration::from_millis(2);
/// nokhwa's buffers.
const BUFFERS: usize = 4;
/// A second or two of frames that can't be used are no accident any more.
const MOST_BAD: usize = 30;

/// Cameras that are plugged in, with what they offer. It may block: call it from a thread. Nodes that give no pictures or that
/// this user may not open are left out.
pub fn cameras() -> Vec<CameraInfo> {
    let nodes = nodes().into_iter();
    let info = |(index, name): (u32, String)| {
        let offers = match open_node(index) {
            Ok(mut driver) => offers(&mut driver, index).ok()?,
            Err(CameraError::Busy(_)) => Vec::new(),
            Err(_) => return None,
        };
        let mut formats: Vec<Format> = Vec::new();
        for offer in ranked(&offers, None) {
            if !formats.contains(&offer.format) {
                formats.push(offer.format);
            }
        }
        Some(CameraInfo { device: path_of(index), name, formats })
    };
    nodes.filter_map(info).collect()
}

/// Opens the camera of the settings, or the first that works. It may block: call it from the camera's thread.
///
/// # Errors
/// If there is none, it can't be used, or it doesn't offer the format.
pub fn open(settings: &CameraSettings) -> Result<Box<dyn FrameSource>, CameraError> {
    let indices: Vec<u32> = match settings.device.trim() {
        "" => nodes().into_iter().map(|(index, _)| index).collect(),
        device => vec![index_of(device)?],
    };
    let any = settings.device.trim().is_empty();
    let mut first = None;
    for index in indices {
        match V4lCamera::open(index, settings.format) {
            Ok(camera) => return Ok(Box::new(camera)),
            // Every camera has a second node that gives no pictures.
            Err(CameraError::NotACamera(_)) if any => {}
            Err(error) => {
                first.get_or_insert(error);
            }
        }
    }
    Err(first.unwrap_or(CameraError::NoCamera))
}

/// A camera that is open.
struct V4lCamera {
    /// `None` only while it is dropped.
    driver: Option<Driver>,
    device: String,
    name: String,
    width: usize,
    height: usize,
    pixels: Pixels,
    frames: u64,
}

impl V4lCamera {
    fn open(index: u32, wanted: Option<Format>) -> Result<V4lCamera, CameraError> {
        let device = path_of(index);
        let mut driver = open_node(index)?;
        let name = driver.info().human_name();
        let offer = settle(&mut driver, index, wanted)?;
        guarded(|| driver.open_stream()).map_err(|why| told(&device, &why))?;
        let Offer { format, pixels } = offer;
        let (width, height) = (format.width as usize, format.height as usize);
        Ok(V4lCamera { driver: Some(driver), device, name, width, height, pixels, frames: 0 })
    }
}

impl FrameSource for V4lCamera {
    fn next_frame(&mut self) -> Result<Frame, CameraError> {
        let Some(driver) = &mut self.driver else {
            return Err(CameraError::Gone(self.device.clone()));
        };
        let (mut old, mut bad) = (0, 0);
        loop {
            let asked = Instant::now();
            let raw = guarded(|| driver.frame_raw()).map_err(|why| told(&self.device, &why))?;
            if asked.elapsed() < AT_ONCE && old < BUFFERS {
                old += 1;
                continue;
            }
            match convert(&raw, self.width, self.height, self.pixels) {
                Ok((luma, jpeg)) => {
                    self.frames += 1;
                    let at = Instant::now();
                    return Ok(Frame { no: self.frames, luma: Arc::new(luma), jpeg, at });
                }
                Err(why) => {
                    bad += 1;
                    if bad >= MOST_BAD {
                        return Err(CameraError::Failed {
                            camera: self.device.clone(),
                            why: why.to_string(),
                        });
                    }
                }
            }
        }
    }

    fn name(&self) -> String {
        self.name.clone()
    }
}

impl Drop for V4lCamera {
    fn drop(&mut self) {
        close(self.driver.take());
    }
}

/// nokhwa panics if it can't stop a stream, as with a camera that has failed.
fn close(driver: Option<Driver>) {
    catch_unwind(AssertUnwindSafe(move || drop(driver))).ok();
}

/// Runs something of nokhwa's, and makes its panics errors.
fn guarded<T>(run: impl FnOnce() -> Result<T, NokhwaError>) -> Result<T, String> {
    match catch_unwind(AssertUnwindSafe(run)) {
        Ok(answer) => answer.map_err(|error| error.to_string()),
        Err(_panic) => Err("its driver gave up".to_owned()),
    }
}

/// All video nodes with their names, the lowest number first.
fn nodes() -> Vec<(u32, String)> {
    let listed = guarded(|| nokhwa::query(ApiBackend::Video4Linux)).unwrap_or_default();
    let mut nodes: Vec<(u32, String)> = listed
        .iter()
        .filter_map(|info| Some((info.index().as_index().ok()?, info.human_name())))
        .collect();
    nodes.sort();
    nodes.dedup_by_key(|(index, _)| *index);
    nodes
}

fn path_of(index: u32) -> String {
    format!("/dev/video{index}")
}

/// The number of a node, also behind a link as in `/dev/v4l/by-id`.
fn index_of(device: &str) -> Result<u32, CameraError> {
    let number = |path: &Path| path.to_str()?.strip_prefix("/dev/video")?.parse().ok();
    let path = Path::new(device);
    if let Some(index) = number(path) {
        return Ok(index);
    }
    let target = path.canonicalize().map_err(|_missing| CameraError::Gone(device.to_owned()))?;
    number(&target).ok_or_else(|| CameraError::NotACamera(device.to_owned()))
}

/// Opens a node in any format. nokhwa must be asked for one, and fails if the camera then has another, for
/// which a misread rate is enough; so several are tried.
fn open_node(index: u32) -> Result<Driver, CameraError> {
    let size =
        |width, height| RequestedFormatType::HighestResolution(Resolution::new(width, height));
    let requests = [
        RequestedFormatType::None,
        size(1_920, 1_080),
        size(1_280, 720),
        size(640, 480),
        RequestedFormatType::AbsoluteHighestFrameRate,
    ];
    let known = FORMATS.map(|(format, _)| format);
    let mut first = None;
    for request in requests {
        let request = RequestedFormat::with_formats(request, &known);
        match guarded(|| Driver::new(CameraIndex::Index(index), request)) {
            Ok(driver) => return Ok(driver),
            Err(why) => {
                let error = told(&path_of(index), &why);
                let hopeless = !matches!(error, CameraError::Failed { .. });
                first.get_or_insert(error);
                if hopeless {
                    break;
                }
            }
        }
    }
    Err(first.unwrap_or(CameraError::NoCamera))
}

fn offers(driver: &mut Driver, index: u32) -> Result<Vec<Offer>, CameraError> {
    let formats = guarded(|| driver.compatible_camera_formats())
        .map_err(|why| told(&path_of(index), &why))?;
    let offer = |format: &CameraFormat| {
        let (_, pixels) = FORMATS.into_iter().find(|(known, _)| *known == format.format())?;
        Some(Offer::new(format.width(), format.height(), format.frame_rate(), pixels))
    };
    Ok(formats.iter().filter_map(offer).collect())
}

/// Sets the best of the offers that the camera takes.
fn settle(driver: &mut Driver, index: u32, wanted: Option<Format>) -> Result<Offer, CameraError> {
    const TRIES: usize = 12;
    let camera = path_of(index);
    let offers = ranked(&offers(driver, index)?, wanted);
    let mut refused = None;
    for offer in offers.into_iter().take(TRIES) {
        let Some((format, _)) = FORMATS.into_iter().find(|(_, pixels)| *pixels == offer.pixels)
        else {
            continue;
        };
        let Format { width, height, fps, .. } = offer.format;
        let exact = CameraFormat::new_from(width, height, format, fps);
        let formats = [format];
        let request = RequestedFormat::with_formats(RequestedFormatType::Exact(exact), &formats);
        match guarded(|| driver.set_camera_requset(request)) {
            Ok(_) => return Ok(offer),
            Err(why) => match told(&camera, &why) {
                error @ CameraError::Failed { .. } => {
                    refused.get_or_insert(error);
                }
                error => return Err(error),
            },
        }
    }
    Err(refused.unwrap_or_else(|| match wanted {
        Some(format) => CameraError::NoSuchFormat { camera, format: format.to_string() },
        None => CameraError::NotACamera(camera),
    }))
}

/// nokhwa's errors are texts; the system's number in them says what is the matter.
fn told(device: &str, why: &str) -> CameraError {
    let camera = device.to_owned();
    match os_error(why) {
        Some(2 | 6 | 19) => CameraError::Gone(camera),
        Some(1 | 13) => CameraError::NotAllowed(camera),
        Some(16) => CameraError::Busy(camera),
        Some(28) => CameraError::NoBandwidth(camera),
        // A node that knows nothing of pictures.
        Some(25) => CameraError::NotACamera(camera),
        // nokhwa's own, where a node offers no format.
        None if why.contains("Failed to Fufill") => CameraError::NotACamera(camera),
        _ => {
            // What the system said is the last of it.
            let why = why.rsplit(": ").next().unwrap_or(why).to_owned();
            CameraError::Failed { camera, why }
        }
    }
}

/// The 19 of `No such device (os error 19)`.
fn os_error(text: &str) -> Option<i32> {
    let (_, after) = text.rsplit_once("(os error ")?;
    after.split_once(')')?.0.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_say_what_to_do() {
        let told = |why: &str| told("/dev/video0", why);
        let camera = || "/dev/video0".to_owned();
        let gone = told("Could not capture frame: No such device (os error 19)");
        assert_eq!(gone, CameraError::Gone(camera()));
        let denied = "Could not open device 0: V4L2 Error: Permission denied (os error 13)";
        assert_eq!(told(denied), CameraError::NotAllowed(camera()));
        let busy = "Could not open device stream: Device or resource busy (os error 16)";
        assert_eq!(told(busy), CameraError::Busy(camera()));
        let full = "Could not capture frame: No space left on device (os error 28)";
        assert_eq!(told(full), CameraError::NoBandwidth(camera()));
        let none = "Could not get device property CameraFormat: Failed to Fufill";
        assert_eq!(told(none), CameraError::NotACamera(camera()));
        for why in ["Input/output error (os error 5)", "strange", "(os error )", "(os error 19"] {
            let failed = CameraError::Failed { camera: camera(), why: why.to_owned() };
            assert_eq!(told(why), failed);
        }
        let failed = told("Could not capture frame: Input/output error (os error 5)").to_string();
        assert!(failed.contains("fails (Input/output error (os error 5));"), "{failed}");
        for error in [gone, told(denied), told(busy), told(full), told(none), told("x")] {
            let sentence = error.to_string();
            assert!(sentence.ends_with('.') && sentence.contains(';'), "{sentence}");
        }
    }

    #[test]
    fn paths_and_links_to_nodes() {
        assert_eq!(index_of("/dev/video0"), Ok(0));
        assert_eq!(index_of("/dev/video12"), Ok(12));
        for missing in ["/dev/video", "/dev/videox", "/dev/v4l/by-id/none", "video0"] {
            assert_eq!(index_of(missing), Err(CameraError::Gone(missing.to_owned())));
        }
        assert_eq!(index_of("/dev/null"), Err(CameraError::NotACamera("/dev/null".to_owned())));
        // A link to a node that is unplugged.
        let folder = tempfile::tempdir().unwrap();
        let link = folder.path().join("usb-desk-camera");
        std::os::unix::fs::symlink("/dev/null", &link).unwrap();
        let link = link.display().to_string();
        assert_eq!(index_of(&link), Err(CameraError::NotACamera(link.clone())));
    }

    #[test]
    fn a_camera_that_is_not_there() {
        let settings = CameraSettings { device: "/dev/video4000".to_owned(), format: None };
        let error = open(&settings).err();
        assert_eq!(error, Some(CameraError::Gone("/dev/video4000".to_owned())));
    }

    #[test]
    fn panics_of_the_driver_are_errors() {
        assert!(guarded::<()>(|| panic!("from outside")).is_err());
    }
}

//! The lines of the settings and what a step to the left or right makes of each. Pure.

use crate::ui::port::DeviceList;
use crate::ui::settings::{Language, Look, Settings};

/// The device name of the made-up camera.
pub(super) const SIMULATED: &str = "simulated";

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum Line {
    #[default]
    Language,
    Look,
    Size,
    Volume,
    Folder,
    FolderPath,
    FolderSides,
    Wedge,
    WedgeScanner,
    WedgeLayout,
    WedgePrefix,
    WedgeShortest,
    Serial,
    SerialPort,
    SerialBaud,
    SerialEnd,
    Camera,
    CameraDevice,
    CameraFormat,
    CameraTakes,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    Screen,
    Sound,
    Folder,
    Wedge,
    Serial,
    Camera,
}

/// What a line needs to know besides the settings.
#[derive(Clone, Copy, Debug)]
pub(super) struct About<'a> {
    pub devices: &'a DeviceList,
    pub training: bool,
    /// Whose volume it is.
    pub person: &'a str,
}

impl Section {
    /// The two columns.
    pub const LEFT: [Section; 3] = [Section::Screen, Section::Sound, Section::Folder];
    pub const RIGHT: [Section; 3] = [Section::Wedge, Section::Serial, Section::Camera];

    /// The section's lines as things stand: a source that is off has only its switch.
    pub fn lines(self, settings: &Settings) -> &'static [Line] {
        let (lines, on): (&[Line], bool) = match self {
            Section::Screen => (&[Line::Language, Line::Look, Line::Size], true),
            Section::Sound => (&[Line::Volume], true),
            Section::Folder => {
                (&[Line::Folder, Line::FolderPath, Line::FolderSides], settings.folder.on)
            }
            Section::Wedge => (
                &[
                    Line::Wedge,
                    Line::WedgeScanner,
                    Line::WedgeLayout,
                    Line::WedgePrefix,
                    Line::WedgeShortest,
                ],
                settings.wedge.on,
            ),
            Section::Serial => (
                &[Line::Serial, Line::SerialPort, Line::SerialBaud, Line::SerialEnd],
                settings.serial.on,
            ),
            Section::Camera => (
                &[Line::Camera, Line::CameraDevice, Line::CameraFormat, Line::CameraTakes],
                settings.camera.on,
            ),
        };
        if on { lines } else { lines.get(..1).unwrap_or_default() }
    }
}

/// All lines, as up and down go through them.
pub(super) fn all(settings: &Settings) -> Vec<Line> {
    let sections = Section::LEFT.into_iter().chain(Section::RIGHT);
    sections.flat_map(|section| section.lines(settings)).copied().collect()
}

impl Line {
    /// It has values to go through; what has none is only typed.
    pub fn turns(self) -> bool {
        !matches!(self, Line::FolderPath | Line::WedgeScanner | Line::WedgePrefix)
    }

    /// A device stands in it: the list is asked for anew when the hand comes here.
    pub fn is_device(self) -> bool {
        matches!(self, Line::SerialPort | Line::CameraDevice | Line::CameraFormat)
    }
}

/// The settings after a step in this line: `by` is 1 or -1.
pub(super) fn change(line: Line, settings: &Settings, about: About<'_>, by: isize) -> Settings {
    let mut new = settings.clone();
    match line {
        Line::Language => {
            new.language = turn(&[Language::Ja, Language::En], &new.language, by);
        }
        Line::Look => {
            new.look = turn(&[Look::Light, Look::Dark, Look::Contrast], &new.look, by);
        }
        Line::Size => new.size = step(new.size, by, 25, 100, 200),
        Line::Volume => {
            let now = u16::from(new.volume_of(about.person));
            let volume = u8::try_from(step(now, by, 10, 0, 100)).unwrap_or(100);
            new.volumes.insert(about.person.to_owned(), volume);
        }
        Line::Folder => new.folder.on = !new.folder.on,
        Line::FolderPath => {}
        Line::FolderSides => new.folder.duplex = !new.folder.duplex,
        Line::Wedge => new.wedge.on = !new.wedge.on,
        Line::WedgeScanner | Line::WedgePrefix => {}
        Line::WedgeLayout => {
            let layouts = LAYOUTS.map(str::to_owned);
            new.wedge.layout = turn(&layouts, &new.wedge.layout, by);
        }
        Line::WedgeShortest => new.wedge.shortest = step(new.wedge.shortest, by, 1, 3, 32),
        Line::Serial => {
            new.serial.on = !new.serial.on;
            if new.serial.on && new.serial.port.is_empty() {
                // One scanner on the desk: there is nothing to choose.
                let first = about.devices.serial.first();
                new.serial.port = first.map(|(path, _)| path.clone()).unwrap_or_default();
            }
        }
        Line::SerialPort => new.serial.port = turn(&ports(about), &new.serial.port, by),
        Line::SerialBaud => new.serial.baud = turn(&BAUDS, &new.serial.baud, by),
        Line::SerialEnd => {
            let ends = ENDS.map(str::to_owned);
            new.serial.terminator = turn(&ends, &new.serial.terminator, by);
        }
        Line::Camera => new.camera.on = !new.camera.on,
        Line::CameraDevice => {
            let device = turn(&cameras(about), &new.camera.device, by);
            if device != new.camera.device {
                new.camera.format.clear();
            }
            new.camera.device = device;
        }
        Line::CameraFormat => {
            new.camera.format = turn(&formats(settings, about), &new.camera.format, by);
        }
        Line::CameraTakes => new.camera.by_rest = !new.camera.by_rest,
    }
    new
}

const BAUDS: [u32; 8] = [9600, 19_200, 38_400, 57_600, 115_200, 1200, 2400, 4800];
/// As this computer, or one of these countries' keyboards.
const LAYOUTS: [&str; 3] = ["", "us", "jp"];
const ENDS: [&str; 4] = ["cr", "lf", "crlf", "tab"];

fn ports(about: About<'_>) -> Vec<String> {
    about.devices.serial.iter().map(|(path, _)| path.clone()).collect()
}

/// The first that works, those that are there, and in training the made-up one.
fn cameras(about: About<'_>) -> Vec<String> {
    let there = about.devices.cameras.iter().map(|(path, _, _)| path.clone());
    let made_up = about.training.then(|| SIMULATED.to_owned());
    std::iter::once(String::new()).chain(there).chain(made_up).collect()
}

/// What the station chooses, and what the chosen camera can do.
fn formats(settings: &Settings, about: About<'_>) -> Vec<String> {
    let cameras = &about.devices.cameras;
    let chosen = cameras.iter().find(|(path, _, _)| *path == settings.camera.device);
    let formats = chosen.map(|(_, _, formats)| formats.clone()).unwrap_or_default();
    std::iter::once(String::new()).chain(formats).collect()
}

/// The next of several, round and round. What is none of them is kept until there is one.
fn turn<T: Clone + PartialEq>(options: &[T], now: &T, by: isize) -> T {
    let len = options.len();
    let next = match options.iter().position(|it| it == now) {
        Some(index) if by < 0 => (index + len - 1) % len,
        Some(index) => (index + 1) % len,
        None => 0,
    };
    options.get(next).unwrap_or(now).clone()
}

/// A number a step on, to its ends and no further.
fn step(now: u16, by: isize, step: u16, least: u16, most: u16) -> u16 {
    let next = if by < 0 { now.saturating_sub(step) } else { now.saturating_add(step) };
    next.clamp(least, most)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn devices() -> DeviceList {
        DeviceList {
            serial: vec![("/dev/ttyUSB0".to_owned(), "Scanner".to_owned())],
            cameras: vec![(
                "/dev/video0".to_owned(),
                "Desk".to_owned(),
                vec!["1280x720@30 yuyv".to_owned()],
            )],
        }
    }

    fn stepped(
        line: Line,
        settings: &Settings,
        times: usize,
        by: isize,
        training: bool,
    ) -> Settings {
        let devices = devices();
        let about = About { devices: &devices, training, person: "o1" };
        (0..times).fold(settings.clone(), |now, _| change(line, &now, about, by))
    }

    #[test]
    fn numbers_stop_at_their_ends() {
        let start = Settings::default();
        for (line, by, of) in [
            (Line::Size, 1, (|it| it.size) as fn(&Settings) -> u16),
            (Line::WedgeShortest, -1, |it| it.wedge.shortest),
            (Line::Volume, 1, |it| u16::from(it.volume_of("o1"))),
            (Line::Volume, -1, |it| u16::from(it.volume_of("o1"))),
        ] {
            let ended = stepped(line, &start, 100, by, false);
            assert_eq!(of(&ended), of(&stepped(line, &ended, 1, by, false)), "{line:?}");
            assert_ne!(of(&ended), of(&start), "{line:?}");
        }
        assert_eq!(stepped(Line::Size, &start, 1, 1, false).size, 125);
        assert_eq!(stepped(Line::Size, &start, 9, 1, false).size, 200);
    }

    #[test]
    fn a_volume_is_the_persons_own() {
        let louder = stepped(Line::Volume, &Settings::default(), 2, 1, false);
        assert_eq!((louder.volume_of("o1"), louder.volume_of("o2"), louder.volume), (80, 60, 60));
    }

    #[test]
    fn the_made_up_camera_is_only_there_in_training() {
        let seen = |training| {
            let start = Settings::default();
            let all = (0..6).map(|n| stepped(Line::CameraDevice, &start, n, 1, training));
            all.map(|it| it.camera.device).any(|it| it == SIMULATED)
        };
        assert!(seen(true) && !seen(false));
    }

    #[test]
    fn another_camera_has_other_formats() {
        let camera = stepped(Line::CameraDevice, &Settings::default(), 1, 1, false);
        assert_eq!(camera.camera.device, "/dev/video0");
        let format = stepped(Line::CameraFormat, &camera, 1, 1, false);
        assert_eq!(format.camera.format, "1280x720@30 yuyv");
        assert_eq!(stepped(Line::CameraDevice, &format, 1, 1, false).camera.format, "");
    }

    #[test]
    fn a_serial_scanner_that_is_there_is_taken() {
        let on = stepped(Line::Serial, &Settings::default(), 1, 1, false);
        assert_eq!(on.serial.port, "/dev/ttyUSB0");
        // A typed port that is not in the list stays until another is chosen.
        let mut typed = on.clone();
        typed.serial.port = "COM7".to_owned();
        assert_eq!(stepped(Line::SerialBaud, &typed, 1, 1, false).serial.port, "COM7");
        assert_eq!(stepped(Line::SerialPort, &typed, 1, 1, false).serial.port, "/dev/ttyUSB0");
    }

    #[test]
    fn there_and_back_is_where_one_was() {
        let mut start = Settings::default();
        start.folder.on = true;
        start.serial.on = true;
        start.serial.port = "/dev/ttyUSB0".to_owned();
        start.camera.on = true;
        start.volumes.insert("o1".to_owned(), 60);
        assert_eq!(all(&start).len(), 20);
        for line in all(&start) {
            let devices = devices();
            let about = About { devices: &devices, training: true, person: "o1" };
            let there = change(line, &start, about, 1);
            let back = change(line, &there, about, -1);
            if line == Line::Size || line == Line::CameraFormat {
                continue;
            }
            assert_eq!(back, start, "{line:?}");
        }
    }

    #[test]
    fn a_source_that_is_off_has_only_its_switch() {
        let off = Settings::default();
        assert!(!all(&off).contains(&Line::FolderPath) && all(&off).contains(&Line::Folder));
    }
}

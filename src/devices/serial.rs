//! A scanner on a serial port, or on USB as one. Codes come in whole lines, in the order of scanning.

use super::folder::natural;
use super::lines::{Line, Lines};
use super::presence::{Presence, Wake};
use crossbeam_channel::{
    Receiver, RecvTimeoutError, SendTimeoutError, Sender, TryRecvError, bounded,
};
use serde::{Deserialize, Serialize};
use serialport::{ErrorKind, SerialPortType};
use std::convert::Infallible;
use std::io::{self, ErrorKind as Io, Read};
use std::path::Path;
use std::thread::{Builder, JoinHandle};
use std::time::Duration;

/// A lost or busy port is tried again after so long.
const AGAIN: Duration = Duration::from_secs(1);

/// The longest that the thread looks at the port, or at a full queue, and not at whether to stop.
const LOOK: Duration = Duration::from_millis(100);

/// How a scanner ends a code. CR, LF and both are taken for one another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Terminator {
    #[default]
    Cr,
    Lf,
    CrLf,
    Tab,
}

/// Where the scanner is and how it talks: 8 bits, no parity, one stop bit, no handshake.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SerialSettings {
    /// As in `/dev/ttyACM0`; empty: there is no scanner.
    pub port: String,
    /// Bits a second. A scanner that is a USB device itself doesn't mind.
    pub baud: u32,
    pub terminator: Terminator,
}

impl Default for SerialSettings {
    fn default() -> SerialSettings {
        SerialSettings { port: String::new(), baud: 9_600, terminator: Terminator::Cr }
    }
}

/// A port to choose in the settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SerialPort {
    /// What [`SerialSettings::port`] takes.
    pub path: String,
    /// What a person knows it by: maker and product, or what kind of port it is.
    pub name: String,
}

/// Why a port can't be used, as what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SerialTrouble {
    #[error("Set the speed that the scanner's manual names; 9600 is usual.")]
    NoSpeed,
    #[error("Add this user to the group dialout and log in again, so that {0} can be used.")]
    NotAllowed(String),
    #[error("Close the other program that uses {0}, or choose another port.")]
    Busy(String),
    #[error("Plug the scanner in anew, or choose another port instead of {0}.")]
    Failed(String),
}

/// What a scanner has to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SerialNews {
    /// The light has changed.
    Presence(Presence),
    /// A whole code: printable ASCII, without end and spaces, never empty.
    Code { text: String },
    /// A line that is no code: bytes that can't be printed, no end for too long, or broken off.
    Garbage { bytes: usize },
}

/// The ports of this machine, USB first. Others (a link, a pseudo-terminal) can be used too, only not
/// listed.
pub fn serial_ports() -> Vec<SerialPort> {
    let mut found = serialport::available_ports().unwrap_or_default();
    found.sort_by(|a, b| {
        let rank = |kind: &SerialPortType| !matches!(kind, SerialPortType::UsbPort(_));
        let by_kind = rank(&a.port_type).cmp(&rank(&b.port_type));
        by_kind.then_with(|| natural(&a.port_name, &b.port_name))
    });
    let listed = found.iter().map(|port| SerialPort {
        path: steady(&port.port_name, Path::new("/dev/serial/by-id")),
        name: name(&port.port_name, &port.port_type),
    });
    listed.collect()
}

fn name(path: &str, kind: &SerialPortType) -> String {
    let what = match kind {
        SerialPortType::UsbPort(usb) => {
            let maker = printable(usb.manufacturer.as_deref());
            let product = printable(usb.product.as_deref());
            let both = if product.starts_with(&maker) {
                product
            } else {
                format!("{maker} {product}").trim().to_owned()
            };
            if both.is_empty() { format!("USB {:04x}:{:04x}", usb.vid, usb.pid) } else { both }
        }
        SerialPortType::BluetoothPort => "Bluetooth".to_owned(),
        SerialPortType::PciPort | SerialPortType::Unknown => "Serial port".to_owned(),
    };
    let short = path.rsplit('/').next().unwrap_or(path);
    format!("{what} ({short})")
}

/// Devices name themselves, with whatever bytes.
fn printable(text: Option<&str>) -> String {
    let kept: String = text.unwrap_or_default().chars().filter(|it| !it.is_control()).collect();
    kept.trim().to_owned()
}

/// The name that stays when the plug goes into another socket, where the system keeps such names.
fn steady(path: &str, by_id: &Path) -> String {
    let own = |link: &Path| Some(link.canonicalize().ok()? == Path::new(path).canonicalize().ok()?);
    let links = std::fs::read_dir(by_id).into_iter().flatten().flatten().map(|it| it.path());
    let found = links.filter(|link| own(link) == Some(true)).min();
    found.as_deref().and_then(Path::to_str).unwrap_or(path).to_owned()
}

/// A scanner that is listened to. It is looked for until it is there, and again after it was pulled
/// out.
#[derive(Debug)]
pub struct SerialScanner {
    /// Dropped to stop; nothing is ever sent.
    stop: Option<Sender<Infallible>>,
    thread: Option<JoinHandle<()>>,
}

impl SerialScanner {
    /// `news` is the caller's bounded queue. When it is full the scanner waits and the port holds what
    /// is scanned meanwhile; nothing is dropped. `wake` is called after each piece of news.
    ///
    /// Dropping it stops it within two tenths of a second, except while the system itself is busy
    /// opening the port (Bluetooth may take seconds). What is in the queue stays there.
    ///
    /// # Errors
    /// If the thread can't be made. A port that can't be opened is news, no error.
    pub fn start(
        settings: SerialSettings,
        news: Sender<SerialNews>,
        wake: Wake,
    ) -> io::Result<SerialScanner> {
        let (stop, stopped) = bounded(0);
        let mut listener = Listener { settings, news, wake, stopped, shown: None };
        let thread = Builder::new().name("scanner".to_owned()).spawn(move || {
            if let Err(Stopped) = listener.listen() {
                // That is how it ends.
            }
        })?;
        Ok(SerialScanner { stop: Some(stop), thread: Some(thread) })
    }
}

impl Drop for SerialScanner {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(Err(_panic)) = self.thread.take().map(JoinHandle::join) {
            // The panic hook has said it; there is nobody here to tell.
        }
    }
}

/// Nobody wants more.
struct Stopped;

/// What the thread has.
struct Listener {
    settings: SerialSettings,
    news: Sender<SerialNews>,
    wake: Wake,
    stopped: Receiver<Infallible>,
    shown: Option<Presence>,
}

impl Listener {
    fn listen(&mut self) -> Result<(), Stopped> {
        if self.settings.port.is_empty() {
            return self.show(Presence::Off);
        }
        self.show(Presence::Searching)?;
        loop {
            match self.open() {
                Ok(port) => {
                    self.show(Presence::Ready)?;
                    self.read(port)?;
                    self.show(Presence::Searching)?;
                }
                Err(presence) => self.show(presence)?,
            }
            match self.stopped.recv_timeout(AGAIN) {
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Err(Stopped),
            }
        }
    }

    fn open(&self) -> Result<Box<dyn serialport::SerialPort>, Presence> {
        let SerialSettings { port: path, baud, .. } = &self.settings;
        if *baud == 0 {
            // To the system it would mean: hang up.
            return Err(Presence::Trouble(SerialTrouble::NoSpeed.into()));
        }
        // Some scanners are silent until the line "terminal ready" is up. A port without that line
        // opens all the same.
        let asked = serialport::new(path, *baud).timeout(LOOK).dtr_on_open(true);
        let port = asked.open().map_err(|error| light(error.kind(), path))?;
        if port.clear(serialport::ClearBuffer::Input).is_err() {
            // What came in before the speed was set may be garbled; if it can't be thrown away it
            // is garbage or a code, as anything else.
        }
        Ok(port)
    }

    /// Until the port is gone.
    fn read(&self, mut port: impl Read) -> Result<(), Stopped> {
        let mut lines = Lines::new(self.settings.terminator);
        let mut bytes = [0; 512];
        loop {
            match port.read(&mut bytes) {
                Ok(0) => break,
                Ok(count) => {
                    for line in lines.feed(&bytes[..count]) {
                        self.tell(line)?;
                    }
                }
                Err(error) if [Io::TimedOut, Io::Interrupted].contains(&error.kind()) => {}
                Err(_gone) => break,
            }
            if self.stopped.try_recv() == Err(TryRecvError::Disconnected) {
                return Err(Stopped);
            }
        }
        lines.cut().map_or(Ok(()), |line| self.tell(line))
    }

    fn tell(&self, line: Line) -> Result<(), Stopped> {
        self.send(match line {
            Line::Code(text) => SerialNews::Code { text },
            Line::Garbage(bytes) => SerialNews::Garbage { bytes },
        })
    }

    /// Only changes are news.
    fn show(&mut self, presence: Presence) -> Result<(), Stopped> {
        if self.shown.as_ref() != Some(&presence) {
            self.shown = Some(presence.clone());
            self.send(SerialNews::Presence(presence))?;
        }
        Ok(())
    }

    /// Waits while the queue is full, but not when it is to stop.
    fn send(&self, mut news: SerialNews) -> Result<(), Stopped> {
        loop {
            match self.news.send_timeout(news, LOOK) {
                Ok(()) => {
                    (self.wake)();
                    return Ok(());
                }
                Err(SendTimeoutError::Disconnected(_)) => return Err(Stopped),
                Err(SendTimeoutError::Timeout(back)) => news = back,
            }
            if self.stopped.try_recv() == Err(TryRecvError::Disconnected) {
                return Err(Stopped);
            }
        }
    }
}

/// Why a port can't be opened.
fn light(error: ErrorKind, path: &str) -> Presence {
    let path = path.to_owned();
    let trouble = match error {
        ErrorKind::Io(Io::NotFound) => return Presence::Searching,
        ErrorKind::Io(Io::PermissionDenied) => SerialTrouble::NotAllowed(path),
        ErrorKind::NoDevice => SerialTrouble::Busy(path),
        ErrorKind::InvalidInput | ErrorKind::Unknown | ErrorKind::Io(_) => {
            SerialTrouble::Failed(path)
        }
    };
    Presence::Trouble(trouble.into())
}

#[cfg(test)]
#[path = "serial_tests.rs"]
mod tests;

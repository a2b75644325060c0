//! A pseudo-terminal stands in for the port: closing its master looks as pulling the plug does.

use super::*;
use crossbeam_channel::Receiver;
use rustix::fd::OwnedFd;
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use std::fs::File;
use std::io::Write;
use std::os::unix::fs::symlink;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// So long only where something is broken.
const PATIENCE: Duration = Duration::from_secs(30);

/// A scanner's end of the cable.
struct Plug {
    master: File,
    path: PathBuf,
}

impl Plug {
    fn new() -> Plug {
        // Closed in children, or a program started by another test would keep the plug in.
        let flags = OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC;
        let master: OwnedFd = openpt(flags).unwrap();
        grantpt(&master).unwrap();
        unlockpt(&master).unwrap();
        let path = ptsname(&master, Vec::new()).unwrap().into_string().unwrap();
        Plug { master: File::from(master), path: PathBuf::from(path) }
    }

    fn scan(&mut self, bytes: &[u8]) {
        self.master.write_all(bytes).unwrap();
    }
}

/// The link that stands for the socket, so that another plug can come into the same one.
struct Socket(tempfile::TempDir);

impl Socket {
    fn new() -> Socket {
        Socket(tempfile::tempdir().unwrap())
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("scanner")
    }

    fn plug_in(&self) -> Plug {
        let plug = Plug::new();
        symlink(&plug.path, self.path()).unwrap();
        plug
    }

    /// The link goes first: the number of a closed pseudo-terminal may at once be another test's.
    fn pull(&self, plug: Plug) {
        std::fs::remove_file(self.path()).unwrap();
        drop(plug);
    }

    fn settings(&self) -> SerialSettings {
        SerialSettings { port: self.path().to_str().unwrap().to_owned(), ..Default::default() }
    }
}

fn start(settings: SerialSettings, bound: usize) -> (SerialScanner, Receiver<SerialNews>) {
    let (news, heard) = bounded(bound);
    (SerialScanner::start(settings, news, Arc::new(|| ())).unwrap(), heard)
}

#[track_caller]
fn hears(heard: &Receiver<SerialNews>, expected: &SerialNews) {
    assert_eq!(&heard.recv_timeout(PATIENCE).unwrap(), expected);
}

#[track_caller]
fn shows(heard: &Receiver<SerialNews>, presence: Presence) {
    hears(heard, &SerialNews::Presence(presence));
}

#[track_caller]
fn troubled(heard: &Receiver<SerialNews>) -> String {
    match heard.recv_timeout(PATIENCE).unwrap() {
        SerialNews::Presence(Presence::Trouble(what)) => what.to_string(),
        other => panic!("{other:?}"),
    }
}

/// Starts on a port that is there.
#[track_caller]
fn ready(socket: &Socket) -> (SerialScanner, Receiver<SerialNews>) {
    let (scanner, heard) = start(socket.settings(), 16);
    shows(&heard, Presence::Searching);
    shows(&heard, Presence::Ready);
    (scanner, heard)
}

fn code(text: &str) -> SerialNews {
    SerialNews::Code { text: text.to_owned() }
}

/// Drops the scanner on another thread and waits for that, so that a hang is a failure.
#[track_caller]
fn stops(scanner: SerialScanner) {
    let (done, ended) = bounded(1);
    let dropper = Builder::new()
        .name("dropper".to_owned())
        .spawn(move || {
            drop(scanner);
            done.send(()).unwrap();
        })
        .unwrap();
    ended.recv_timeout(PATIENCE).expect("the scanner does not stop");
    dropper.join().unwrap();
}

#[test]
fn split_lines_and_two_codes_at_once() {
    let socket = Socket::new();
    let mut plug = socket.plug_in();
    let (scanner, heard) = ready(&socket);
    for piece in [&b"A69"[..], b"00602", b"672", b"\r"] {
        plug.scan(piece);
    }
    hears(&heard, &code("A6900602672"));
    plug.scan(b"0001\r\n]C0 0002 \r");
    hears(&heard, &code("0001"));
    hears(&heard, &code("0002"));
    stops(scanner);
    assert!(heard.recv().is_err(), "nothing more, and the queue is closed");
}

#[test]
fn garbage_is_said_and_the_next_code_is_whole() {
    let socket = Socket::new();
    let mut plug = socket.plug_in();
    let (_scanner, heard) = ready(&socket);
    // XON, XOFF, end of file, interrupt: a port that is not raw would eat them.
    plug.scan(b"\x11\x13\x04\x03\xff\x80\r0001\r");
    hears(&heard, &SerialNews::Garbage { bytes: 6 });
    hears(&heard, &code("0001"));
    plug.scan(&[b'7'; 600]);
    hears(&heard, &SerialNews::Garbage { bytes: 257 });
    plug.scan(b"\r0002\r");
    hears(&heard, &code("0002"));
}

#[test]
fn pulled_out_and_plugged_in_again() {
    let socket = Socket::new();
    let mut plug = socket.plug_in();
    let (_scanner, heard) = ready(&socket);
    plug.scan(b"0001\r");
    hears(&heard, &code("0001"));
    socket.pull(plug);
    // However quickly it is back, the light has gone out meanwhile.
    let mut plug = socket.plug_in();
    shows(&heard, Presence::Searching);
    shows(&heard, Presence::Ready);
    plug.scan(b"0002\r");
    hears(&heard, &code("0002"));
}

/// A port that gives these, one after another, and then is gone.
struct Recorded(Vec<io::Result<&'static [u8]>>);

impl Read for Recorded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.0.is_empty() {
            return Err(Io::BrokenPipe.into());
        }
        let bytes = self.0.remove(0)?;
        buffer[..bytes.len()].copy_from_slice(bytes);
        Ok(bytes.len())
    }
}

#[test]
fn a_code_goes_on_after_silence_and_a_broken_one_is_garbage() {
    let (news, heard) = bounded(16);
    let (_stop, stopped) = bounded(0);
    let wake: Wake = Arc::new(|| ());
    let listener =
        Listener { settings: SerialSettings::default(), news, wake, stopped, shown: None };
    let silence = || Err(Io::TimedOut.into());
    let pieces =
        [Ok(&b"00"[..]), silence(), Err(Io::Interrupted.into()), Ok(b"01\r0002\r00"), silence()];
    assert!(listener.read(Recorded(pieces.into())).is_ok());
    // An end of file is a port that is gone as well, and nothing of before is in the next code.
    assert!(listener.read(Recorded(vec![Ok(b"03\r"), Ok(b""), Ok(b"04\r")])).is_ok());
    let all: Vec<SerialNews> = heard.try_iter().collect();
    assert_eq!(all, [code("0001"), code("0002"), SerialNews::Garbage { bytes: 2 }, code("03")]);
}

#[test]
fn there_only_later() {
    let socket = Socket::new();
    let (_scanner, heard) = start(socket.settings(), 16);
    shows(&heard, Presence::Searching);
    let mut plug = socket.plug_in();
    shows(&heard, Presence::Ready);
    plug.scan(b"0001\r");
    hears(&heard, &code("0001"));
}

#[test]
fn no_port_is_off() {
    let (scanner, heard) = start(SerialSettings::default(), 16);
    shows(&heard, Presence::Off);
    stops(scanner);
    assert!(heard.recv().is_err());
}

#[test]
fn trouble_says_what_to_do() {
    let socket = Socket::new();
    let _plug = socket.plug_in();
    let (first, heard_first) = ready(&socket);
    let (_second, heard) = start(socket.settings(), 16);
    shows(&heard, Presence::Searching);
    assert!(troubled(&heard).starts_with("Close the other program that uses "));
    stops(first);
    assert!(heard_first.recv().is_err());
    shows(&heard, Presence::Ready);

    let no_port = Socket::new();
    std::fs::write(no_port.path(), "").unwrap();
    let (_scanner, heard) = start(no_port.settings(), 16);
    shows(&heard, Presence::Searching);
    assert!(troubled(&heard).starts_with("Plug the scanner in anew, "));

    let (_scanner, heard) = start(SerialSettings { baud: 0, ..socket.settings() }, 16);
    shows(&heard, Presence::Searching);
    assert!(troubled(&heard).starts_with("Set the speed "));

    let denied = light(ErrorKind::Io(Io::PermissionDenied), "/dev/ttyS0");
    assert!(matches!(denied, Presence::Trouble(what) if what.to_string().contains("dialout")));
}

#[test]
fn waits_while_the_queue_is_full_and_loses_nothing() {
    let socket = Socket::new();
    let mut plug = socket.plug_in();
    let (_scanner, heard) = start(socket.settings(), 1);
    shows(&heard, Presence::Searching);
    shows(&heard, Presence::Ready);
    let codes: Vec<String> = (0..200).map(|no| format!("{no:05}")).collect();
    plug.scan((codes.join("\r") + "\r").as_bytes());
    for text in codes {
        hears(&heard, &code(&text));
    }
}

#[test]
fn stops_while_the_queue_is_full() {
    let socket = Socket::new();
    let mut plug = socket.plug_in();
    let (scanner, heard) = start(socket.settings(), 1);
    shows(&heard, Presence::Searching);
    shows(&heard, Presence::Ready);
    plug.scan(b"1\r2\r3\r");
    stops(scanner);
    // One was in the queue at the most; the thread held the next one.
    assert!(heard.try_iter().count() <= 1);
    assert!(heard.recv().is_err());
}

#[test]
fn ends_when_nobody_listens() {
    let socket = Socket::new();
    let mut plug = socket.plug_in();
    let (scanner, heard) = ready(&socket);
    drop(heard);
    plug.scan(b"1\r");
    stops(scanner);
}

#[test]
fn wakes_after_each_piece_of_news() {
    let socket = Socket::new();
    let mut plug = socket.plug_in();
    let (news, heard) = bounded(16);
    let woken = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&woken);
    let wake: Wake = Arc::new(move || {
        counter.fetch_add(1, Ordering::SeqCst);
    });
    let scanner = SerialScanner::start(socket.settings(), news, wake).unwrap();
    shows(&heard, Presence::Searching);
    shows(&heard, Presence::Ready);
    plug.scan(b"1\r\x02\r");
    hears(&heard, &code("1"));
    hears(&heard, &SerialNews::Garbage { bytes: 1 });
    stops(scanner);
    assert_eq!(woken.load(Ordering::SeqCst), 4);
}

#[test]
fn settings_as_text() {
    let settings: SerialSettings =
        toml::from_str("port = \"COM3\"\nterminator = \"crlf\"").unwrap();
    let expected =
        SerialSettings { port: "COM3".to_owned(), baud: 9_600, terminator: Terminator::CrLf };
    assert_eq!(settings, expected);
    let text = toml::to_string(&SerialSettings::default()).unwrap();
    assert_eq!(text, "port = \"\"\nbaud = 9600\nterminator = \"cr\"\n");
    assert!(toml::from_str::<SerialSettings>("baut = 9600").is_err());
}

#[test]
fn ports_have_names_for_people() {
    let usb = |maker: Option<&str>, product: Option<&str>| {
        SerialPortType::UsbPort(serialport::UsbPortInfo {
            vid: 0x0403,
            pid: 0x6001,
            serial_number: None,
            manufacturer: maker.map(str::to_owned),
            product: product.map(str::to_owned),
        })
    };
    let named = |kind| name("/dev/ttyUSB0", &kind);
    assert_eq!(named(usb(Some("QEMU"), Some("USB SERIAL"))), "QEMU USB SERIAL (ttyUSB0)");
    assert_eq!(named(usb(Some("Denso"), Some("Denso AT20\0\n"))), "Denso AT20 (ttyUSB0)");
    assert_eq!(named(usb(Some("Denso"), None)), "Denso (ttyUSB0)");
    assert_eq!(named(usb(None, None)), "USB 0403:6001 (ttyUSB0)");
    assert_eq!(name("COM1", &SerialPortType::Unknown), "Serial port (COM1)");
    for port in serial_ports() {
        assert!(!port.path.is_empty() && !port.name.is_empty(), "{port:?}");
    }
}

#[test]
fn a_steady_name_is_preferred() {
    let dir = tempfile::tempdir().unwrap();
    let by_id = dir.path().join("by-id");
    let port = |name: &str| {
        let path = dir.path().join(name);
        std::fs::write(&path, "").unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (first, second) = (port("ttyACM0"), port("ttyACM1"));
    assert_eq!(steady(&first, &by_id), first);
    std::fs::create_dir(&by_id).unwrap();
    symlink("../ttyACM0", by_id.join("usb-Denso")).unwrap();
    symlink("../gone", by_id.join("usb-Gone")).unwrap();
    assert_eq!(steady(&first, &by_id), by_id.join("usb-Denso").to_str().unwrap());
    assert_eq!(steady(&second, &by_id), second);
}

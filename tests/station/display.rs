//! The real window on a real X server, driven by a real keyboard's events: an envelope from opening to
//! delivery, and then the audit. It needs Xvfb and xdotool; where CI runs they must be there.

use kenban::flow::event::Place;
use kenban::flow::state::Sheet;
use kenban::flow::{Event, State};
use kenban::rig::window::training;
use kenban::store::Reader;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// However slow the machine: longer than any step takes.
const PATIENCE: Duration = Duration::from_secs(60);

/// A process that ends with the test.
pub struct Ends(pub Child);

impl Drop for Ends {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

pub fn there(program: &str) -> bool {
    let found = Command::new("sh").args(["-c", &format!("command -v {program}")]).output();
    found.is_ok_and(|it| it.status.success())
}

/// An X server on a display of its own choice.
pub fn x_server() -> (Ends, String) {
    let mut server = Command::new("Xvfb")
        .args(["-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut line).unwrap();
    (Ends(server), format!(":{}", line.trim()))
}

struct Desk {
    display: String,
    data: PathBuf,
}

impl Desk {
    fn xdotool(&self, args: &[&str]) -> Option<String> {
        let output =
            Command::new("xdotool").args(args).env("DISPLAY", &self.display).output().unwrap();
        let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        (output.status.success() && !text.is_empty()).then_some(text)
    }

    fn key(&self, key: &str) {
        self.xdotool(&["key", key]);
    }

    /// As a person types: with pauses that no scanner makes.
    fn type_text(&self, text: &str) {
        self.xdotool(&["type", "--delay", "90", text]);
    }

    fn events(&self) -> Vec<Event> {
        let mut events = Vec::new();
        if let Ok(reader) = Reader::open(&self.data) {
            // A campaign that is just being made has no log yet.
            drop(reader.events(|recorded| events.push(recorded.event.clone())));
        }
        events
    }

    fn count(&self, wanted: fn(&Event) -> bool) -> usize {
        self.events().iter().filter(|event| wanted(event)).count()
    }

    fn state(&self) -> State {
        Reader::open(&self.data).unwrap().state().unwrap()
    }

    fn sheets(&self, wanted: fn(&Sheet) -> bool) -> Vec<Sheet> {
        let state = self.state();
        let sheets = state.envelopes.values().flat_map(|it| it.live().cloned());
        sheets.filter(wanted).collect()
    }

    /// Does something again and again, as a person would who sees that nothing happened.
    #[track_caller]
    fn until(&self, what: &str, mut act: impl FnMut(), done: impl Fn() -> bool) {
        let start = Instant::now();
        loop {
            act();
            let tried = Instant::now();
            while tried.elapsed() < Duration::from_secs(4) {
                if done() {
                    return;
                }
                sleep(Duration::from_millis(80));
            }
            if start.elapsed() > PATIENCE {
                self.picture();
                panic!("{what}: it did not come to be; the log has {} events", self.events().len());
            }
        }
    }

    /// What stood on the screen, for whoever reads a failure.
    fn picture(&self) {
        if let Some(folder) = std::env::var_os("KENBAN_SHOTS") {
            let path = Path::new(&folder).join("display.png");
            let shot = Command::new("import")
                .args(["-window", "root"])
                .arg(path)
                .env("DISPLAY", &self.display)
                .status();
            drop(shot);
        }
    }

    /// Changes the person: F9, the number in the list, Enter.
    fn person(&self, number: &str) {
        let signed = |event: &Event| matches!(event, Event::SignedIn { .. });
        let before = self.count(signed);
        self.until(
            &format!("person {number} signs in"),
            || {
                if before > 0 {
                    self.key("F9");
                    sleep(Duration::from_millis(600));
                }
                self.type_text(number);
                sleep(Duration::from_millis(600));
                self.key("Return");
            },
            || self.count(signed) > before,
        );
        sleep(Duration::from_millis(600));
    }
}

fn in_check(sheet: &Sheet) -> bool {
    matches!(sheet.place, Place::Check { .. })
}

fn in_entry(sheet: &Sheet) -> bool {
    sheet.place == Place::Entry
}

fn in_settle(sheet: &Sheet) -> bool {
    matches!(sheet.place, Place::Settle { .. })
}

/// Keys everything that waits for this person, from the paper's truth.
fn key_all(desk: &Desk, round: usize) {
    let campaign = training::campaign().unwrap();
    let keyed = |event: &Event| matches!(event, Event::SheetKeyed { .. });
    desk.key("F4");
    sleep(Duration::from_millis(900));
    for sheet in desk.sheets(in_entry) {
        if sheet.keyings.len() != round {
            continue;
        }
        let truth = &campaign.envelopes[0].sheets[sheet.id.ordinal as usize - 1].truth;
        let number = truth.number.as_ref().unwrap().to_string();
        let before = desk.count(keyed);
        desk.until(
            &format!("keying {number}"),
            || {
                // What a first try left in the boxes goes first.
                for _ in 0..number.len() {
                    desk.key("BackSpace");
                }
                desk.type_text(&number);
                sleep(Duration::from_millis(300));
                desk.key("Return");
            },
            || desk.count(keyed) > before,
        );
    }
}

/// The process that was started is the window, with the C library's setting that it can only be given at its start.
fn gives_memory_back(window: &Ends) {
    if cfg!(all(target_os = "linux", target_env = "gnu")) {
        let environ = std::fs::read(format!("/proc/{}/environ", window.0.id())).unwrap();
        let set = environ.split(|byte| *byte == 0);
        let set = set.filter(|it| it.starts_with(b"MALLOC_MMAP_THRESHOLD_=")).count();
        assert_eq!(set, 1, "each thread would keep what it once used");
    }
}

#[test]
fn a_shift_in_the_real_window() {
    if !there("Xvfb") || !there("xdotool") {
        assert!(std::env::var_os("CI").is_none(), "CI has no Xvfb or no xdotool; see packaging");
        println!("left out: Xvfb and xdotool are not installed");
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let (_server, display) = x_server();
    let (data, out, keys) =
        (dir.path().join("data"), dir.path().join("stick"), dir.path().join("keys"));
    let window = Command::new(env!("CARGO_BIN_EXE_kenban"))
        .args(["demo", "--data"])
        .arg(&data)
        .arg("--out")
        .arg(&out)
        .env("DISPLAY", &display)
        .env_remove("WAYLAND_DISPLAY")
        .env("KENBAN_KEYS", &keys)
        .env("LIBGL_ALWAYS_SOFTWARE", "1")
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let window = Ends(window);
    let desk = Desk { display, data: data.clone() };
    desk.until(
        "the window",
        || {},
        || desk.xdotool(&["search", "--name", "Kenban"]).is_some() && !desk.events().is_empty(),
    );
    gives_memory_back(&window);
    sleep(Duration::from_secs(2));
    // No window manager gives the focus here.
    let id = desk.xdotool(&["search", "--name", "Kenban"]).unwrap();
    let id = id.lines().last().unwrap().to_owned();
    desk.xdotool(&["windowfocus", &id]);
    desk.person("5");
    let opened = |event: &Event| matches!(event, Event::EnvelopeOpened { .. });
    desk.until(
        "the envelope is opened",
        || {
            desk.key("F11");
            sleep(Duration::from_millis(900));
            desk.key("Return");
        },
        || desk.count(opened) == 1,
    );
    let taken = |event: &Event| matches!(event, Event::SheetTaken(_));
    for sheet in 1..=12 {
        desk.until(
            &format!("sheet {sheet} is taken"),
            || desk.key("Return"),
            || desk.count(taken) >= sheet,
        );
    }
    // The last one may be a stop, whose paper goes to its tray.
    sleep(Duration::from_secs(1));
    desk.key("Return");
    assert_eq!(desk.count(taken), 12, "a sheet was counted that nobody laid");
    desk.key("F3");
    desk.until("all is checked", || desk.key("Return"), || desk.sheets(in_check).is_empty());
    key_all(&desk, 0);
    desk.person("1");
    key_all(&desk, 1);
    assert!(desk.sheets(in_entry).is_empty(), "the two keyed alike, and yet it is not settled");
    desk.person("6");
    desk.key("F8");
    desk.until(
        "all is settled",
        || {
            // 5 holds; Enter takes the prefilled reason.
            desk.type_text("5");
            sleep(Duration::from_millis(700));
            desk.key("Return");
        },
        || desk.sheets(in_settle).is_empty(),
    );
    desk.key("F5");
    let closed = |event: &Event| matches!(event, Event::EnvelopeClosed { .. });
    desk.until(
        "the envelope is closed",
        || {
            sleep(Duration::from_millis(600));
            desk.key("Return");
            sleep(Duration::from_millis(900));
            desk.type_text(".");
            sleep(Duration::from_millis(700));
            desk.key("Return");
        },
        || desk.count(closed) == 1,
    );
    desk.key("F6");
    let delivered = |event: &Event| matches!(event, Event::DeliveryDone { .. });
    desk.until(
        "the delivery is done",
        || {
            sleep(Duration::from_millis(1_500));
            desk.key("Return");
            sleep(Duration::from_millis(900));
            // The second person: izumi is the second in a list without takanashi.
            desk.type_text("2");
            sleep(Duration::from_millis(700));
            desk.key("Return");
        },
        || desk.count(delivered) == 1,
    );
    sleep(Duration::from_millis(500));
    drop(window);
    let kenban = |args: &[&std::ffi::OsStr]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kenban"));
        command.args(args).env("KENBAN_DATA", &data).env("KENBAN_KEYS", &keys);
        let output = command.output().unwrap();
        assert!(output.status.success(), "{args:?}: {output:?}");
    };
    kenban(&["audit".as_ref(), "--pictures".as_ref()]);
    let delivery = std::fs::read_dir(&out).unwrap().next().unwrap().unwrap().path();
    kenban(&["verify".as_ref(), delivery.as_os_str()]);
}

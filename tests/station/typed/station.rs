//! The real window on a display of its own, with an envelope open on Read, and hands that type into it.

use super::keyboard::{Heard, Keyboard, Layout, Locks, Stroke, sym};
use super::log::Log;
use super::scan::Boards;
use crate::display::{Ends, x_server};
use std::io::{BufRead, BufReader};
use std::process::{Command, Output, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

const PROFILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/station/typed/profile.toml");
/// However slow the machine: longer than any step takes.
const PATIENCE: Duration = Duration::from_secs(90);
/// The line that the window says for each scan that came torn.
const TORN: &str = "kenban: a scan was torn and not counted";
/// Shops with codes from S100 on.
pub const SHOPS: u32 = 900;

pub fn ms(count: u64) -> Duration {
    Duration::from_millis(count)
}

pub struct Station {
    pub keyboard: Keyboard,
    /// What the scanner believes the keyboard to be.
    pub scanner: Layout,
    /// What the server knows it to be.
    pub layout: Layout,
    pub locks: Locks,
    pub log: Log,
    told: Arc<AtomicU64>,
    window: Ends,
    _server: Ends,
    dir: tempfile::TempDir,
}

fn must(command: &mut Command) -> Output {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {output:?}");
    output
}

/// What the window finds.
#[derive(Clone, Debug, Default)]
pub struct Around {
    /// In its environment.
    pub vars: Vec<(String, String)>,
    /// In its data folder, if it isn't the campaign for typed scans.
    pub campaign: Option<Campaign>,
}

/// Another campaign, with the list of numbers that were issued.
#[derive(Clone, Debug)]
pub struct Campaign {
    pub profile: &'static str,
    pub issued: String,
}

impl Station {
    pub fn open(boards: Boards) -> Station {
        Station::with(boards, &Around::default())
    }

    pub fn with(boards: Boards, around: &Around) -> Station {
        let (server, display) = x_server();
        // A keyboard keeps its pace however busy the computer is; this one is the server.
        if rustix::process::setpriority_process(
            Some(rustix::process::Pid::from_child(&server.0)),
            -15,
        )
        .is_err()
        {
            println!("the keyboard can't be quicker than the machine");
        }
        Station::on(server, &display, boards, around)
    }

    /// Begins a campaign, starts the window and works until an envelope is open on Read.
    pub fn on(server: Ends, display: &str, boards: Boards, around: &Around) -> Station {
        let dir = tempfile::tempdir().unwrap();
        let (data, keys) = (dir.path().join("data"), dir.path().join("keys"));
        let program = |args: &[&str]| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_kenban"));
            command.args(args).env("KENBAN_DATA", &data).env("KENBAN_KEYS", &keys);
            command.env_remove("KENBAN_AS");
            command
        };
        let mut people = vec!["--person", "o1:田中:operator", "--person", "s1:佐藤:supervisor"];
        people.extend(["--person", "s2:鈴木:supervisor"]);
        let profile = around.campaign.as_ref().map_or(PROFILE, |it| it.profile);
        let init = ["init", "--training", "--profile", profile];
        must(&mut program(&[&init[..], &people[..]].concat()));
        let shops = dir.path().join("shops.csv");
        let lines = (100..100 + SHOPS).map(|no| format!("S{no},店{no},ミセ\n"));
        let words = "T1,食堂,ショクドウ\nT2,食堂2,ショクドウニ\n".to_owned();
        std::fs::write(&shops, lines.chain([words]).collect::<String>()).unwrap();
        must(&mut program(&["import", "shops", shops.to_str().unwrap(), "--as", "s1"]));
        if let Some(campaign) = &around.campaign {
            let issued = dir.path().join("issued.csv");
            std::fs::write(&issued, &campaign.issued).unwrap();
            must(&mut program(&["import", "issued", issued.to_str().unwrap(), "--as", "s1"]));
        }
        let keyboard = Keyboard::new(display);
        let mut scanner = keyboard.layout();
        if boards != Boards::Us {
            must(Command::new("setxkbmap").arg("jp").env("DISPLAY", display));
        }
        let layout = keyboard.layout();
        if boards == Boards::Jp {
            scanner = layout.clone();
        }
        let log = Log::open(&data);
        let mut command = program(&[]);
        command.env("DISPLAY", display).env("LIBGL_ALWAYS_SOFTWARE", "1").stderr(Stdio::piped());
        for other in ["WAYLAND_DISPLAY", "XMODIFIERS", "GTK_IM_MODULE"] {
            command.env_remove(other);
        }
        command.envs(around.vars.iter().map(|(name, value)| (name, value)));
        let mut window = Ends(command.spawn().unwrap());
        let told = listen(&mut window);
        let locks = Locks::default();
        let mut station =
            Station { keyboard, scanner, layout, locks, log, told, window, _server: server, dir };
        station.begin();
        station
    }

    /// The person signs in, and opens an envelope.
    fn begin(&mut self) {
        let start = Instant::now();
        while !self.keyboard.window("Kenban").is_some_and(|it| self.keyboard.focus(it)) {
            assert!(start.elapsed() < PATIENCE, "no window");
            sleep(ms(50));
        }
        sleep(ms(1_500));
        self.until("person.signed-in", |it| {
            it.type_text("1", 150);
            sleep(ms(500));
            it.tap(sym::RETURN);
        });
        sleep(ms(700));
        self.until("envelope.opened", |it| it.open_envelope("S100", "500"));
        sleep(ms(700));
    }

    /// A command on the same data, beside the window or after it.
    pub fn kenban(&self, args: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kenban"));
        command.args(args).env("KENBAN_DATA", self.dir.path().join("data"));
        must(command.env("KENBAN_KEYS", self.dir.path().join("keys")))
    }

    /// Fills Open's form as a person does.
    pub fn open_envelope(&mut self, shop: &str, count: &str) {
        self.tap(sym::F1);
        sleep(ms(700));
        self.type_text(shop, 150);
        sleep(ms(500));
        self.tap(sym::RETURN);
        sleep(ms(500));
        self.type_text(count, 150);
        for _ in 0..3 {
            sleep(ms(500));
            self.tap(sym::RETURN);
        }
    }

    /// Does something again and again until such an event comes, as a person would who sees that nothing
    /// happened.
    pub fn until(&mut self, kind: &str, mut act: impl FnMut(&mut Station)) {
        let start = Instant::now();
        loop {
            act(self);
            if self.log.wait_for(kind, ms(5_000)).is_some() {
                return;
            }
            assert!(start.elapsed() < PATIENCE, "{kind} did not come to be");
            self.tap(sym::ESCAPE);
        }
    }

    /// Lines so far that said that a scan was torn.
    pub fn told(&self) -> u64 {
        self.told.load(Ordering::SeqCst)
    }

    pub fn process(&self) -> rustix::process::Pid {
        rustix::process::Pid::from_child(&self.window.0)
    }

    /// A key that a person presses: down for 60 ms.
    pub fn tap(&self, sym: u32) -> Vec<Heard> {
        let code = self.layout.sym(sym).unwrap();
        self.keyboard
            .play(&[Stroke { wait: 0, code, down: true }, Stroke { wait: 60, code, down: false }])
    }

    /// As a person types: with pauses that no scanner makes.
    pub fn type_text(&self, text: &str, pause: u32) {
        let shift = self.layout.sym(sym::SHIFT).unwrap();
        let mut strokes = Vec::new();
        for char in text.chars() {
            let (code, shifted) = self.layout.key(char).unwrap();
            let mut stroke = |wait, code, down| strokes.push(Stroke { wait, code, down });
            if shifted {
                stroke(pause / 2, shift, true);
            }
            stroke(pause / 2, code, true);
            stroke(pause / 2, code, false);
            if shifted {
                stroke(pause / 2, shift, false);
            }
        }
        self.keyboard.play(&strokes);
    }

    pub fn lock(&mut self, wanted: Locks) {
        // A Japanese keyboard has Caps Lock only behind Shift, and nobody comes upon it by mistake.
        let caps = wanted.caps && self.layout.sym(sym::CAPS).is_some();
        let wanted = Locks { caps, ..wanted };
        if self.locks.caps != wanted.caps {
            self.tap(sym::CAPS);
        }
        if self.locks.num != wanted.num {
            self.tap(sym::NUM);
        }
        if self.locks != wanted {
            sleep(ms(400));
        }
        self.locks = wanted;
    }
}

/// Counts the lines that tell of a torn scan, until the window ends.
fn listen(window: &mut Ends) -> Arc<AtomicU64> {
    let told = Arc::new(AtomicU64::new(0));
    let (count, out) = (Arc::clone(&told), window.0.stderr.take().unwrap());
    let listens = move || {
        for line in BufReader::new(out).lines() {
            let Ok(line) = line else { return };
            if line.contains(TORN) {
                count.fetch_add(1, Ordering::SeqCst);
            }
        }
    };
    // It ends with the window's standard error.
    std::thread::Builder::new().name("told".to_owned()).spawn(listens).unwrap();
    told
}

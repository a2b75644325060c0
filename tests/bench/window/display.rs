//! The real program on an X server without a graphics card: how soon it is there, what it takes of the processor while
//! nobody does anything, and of memory after a thousand sheets.

use kenban::demo::{Campaign, Fonts, Studio};
use kenban::flow::Event;
use kenban::store::Reader;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Sheets that a folder's run brings.
const SHEETS: usize = 1_000;
/// How long a share of the processor is taken over.
const WATCH: Duration = Duration::from_secs(60);
/// However slow the machine.
const PATIENCE: Duration = Duration::from_secs(600);

/// A window on a display of its own; both end with it.
struct Shown {
    display: String,
    server: Child,
    window: Child,
}

impl Drop for Shown {
    fn drop(&mut self) {
        drop((self.window.kill(), self.window.wait(), self.server.kill(), self.server.wait()));
    }
}

impl Shown {
    /// Starts the program; `None` without Xvfb. It is seen when this returns.
    fn start(command: &mut Command, keys: &Path) -> Option<Shown> {
        let spawned = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1280x720x24", "-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        let Ok(mut server) = spawned else {
            println!("display   no Xvfb: left out");
            return None;
        };
        let mut line = String::new();
        BufReader::new(server.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let display = format!(":{}", line.trim());
        let window = command
            .env("DISPLAY", &display)
            .env_remove("WAYLAND_DISPLAY")
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .env("KENBAN_KEYS", keys)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let shown = Shown { display, server, window };
        let start = Instant::now();
        while shown.id().is_none() && start.elapsed() < Duration::from_secs(60) {
            sleep(Duration::from_millis(10));
        }
        Some(shown)
    }

    fn xdotool(&self, args: &[&str]) -> Option<String> {
        let output = Command::new("xdotool").args(args).env("DISPLAY", &self.display).output();
        let text = String::from_utf8_lossy(&output.ok()?.stdout).trim().to_owned();
        (!text.is_empty()).then_some(text)
    }

    fn id(&self) -> Option<String> {
        let found = self.xdotool(&["search", "--onlyvisible", "--name", "Kenban"])?;
        found.lines().last().map(str::to_owned)
    }

    fn key(&self, key: &str) {
        self.xdotool(&["key", key]);
        sleep(Duration::from_millis(900));
    }

    /// Presses keys again and again until it is so. False: it never was.
    fn until(&self, keys: &[&str], done: impl Fn() -> bool) -> bool {
        let start = Instant::now();
        while !done() {
            if start.elapsed() > Duration::from_secs(60) {
                return false;
            }
            keys.iter().for_each(|key| self.key(key));
            sleep(Duration::from_millis(600));
        }
        true
    }

    /// Resident memory, MB of 1,000,000 bytes.
    fn memory(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.window.id()));
        let status = status.unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
        kib.unwrap_or(f64::NAN) * 1_024.0 / 1e6
    }

    /// Processor time of all its threads, seconds.
    fn processor(&self) -> f64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.window.id()));
        let stat = stat.unwrap_or_default();
        // The name may hold blanks; what follows it does not.
        let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
        let ticks = fields.skip(11).take(2).filter_map(|it| it.parse::<f64>().ok()).sum::<f64>();
        // What Linux calls a tick has been a hundredth of a second on every machine that this runs on.
        ticks / 100.0
    }

    fn share(&self, what: &str, target: &str) {
        sleep(Duration::from_secs(2));
        let (before, start) = (self.processor(), Instant::now());
        sleep(WATCH);
        let share = 100.0 * (self.processor() - before) / start.elapsed().as_secs_f64();
        println!("weight    {what}: {share:.1} % of a core over {} s{target}", WATCH.as_secs());
    }
}

/// From its start until the window is seen, which is after its first frame, and its memory three seconds later.
pub fn start(data: &Path, keys: &Path) {
    let begin = Instant::now();
    let mut command = Command::new(env!("CARGO_BIN_EXE_kenban"));
    let Some(shown) = Shown::start(command.arg("--data").arg(data), keys) else { return };
    println!(
        "display   from start to a window with its first frame, software OpenGL: {:.0} ms (target 1,500)",
        begin.elapsed().as_secs_f64() * 1e3
    );
    sleep(Duration::from_secs(3));
    println!("display   memory of the program: {:.0} MB (target 250)", shown.memory());
}

/// Draws vouchers into a folder as a document scanner would.
pub fn draw(folder: &Path) {
    let campaign = Campaign::make(5, SHEETS).unwrap();
    let studio = Studio::new(&campaign.profile, Fonts::of_system().unwrap());
    std::fs::create_dir_all(folder).unwrap();
    let sheets = campaign.envelopes.iter().flat_map(|envelope| &envelope.sheets);
    for (no, sheet) in sheets.take(SHEETS).enumerate() {
        let picture = studio.draw(&sheet.drawing).unwrap();
        std::fs::write(folder.join(format!("{no:06}.jpg")), picture).unwrap();
    }
}

/// The training campaign in the window: idle on two stages, then a thousand sheets from a folder.
pub fn weight(place: &Path) {
    let folder: PathBuf = place.join("scans");
    let drawn = Command::new(std::env::current_exe().unwrap())
        .env("KENBAN_BENCH_DRAW", &folder)
        .status()
        .unwrap();
    assert!(drawn.success());
    let data = place.join("training");
    std::fs::create_dir_all(&data).unwrap();
    let settings = format!("[folder]\non = true\npath = {:?}\n", folder.display().to_string());
    std::fs::write(data.join("window.toml"), settings).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_kenban"));
    command.arg("demo").arg("--data").arg(&data).arg("--out").arg(place.join("stick"));
    let Some(shown) = Shown::start(&mut command, &place.join("training-keys")) else { return };
    let count = |wanted: fn(&Event) -> bool| {
        let mut count = 0;
        if let Ok(reader) = Reader::open(&data) {
            // A campaign that is just being made has no log yet.
            drop(reader.events(|recorded| count += usize::from(wanted(&recorded.event))));
        }
        count
    };
    let signed = |event: &Event| matches!(event, Event::SignedIn { .. });
    let opened = |event: &Event| matches!(event, Event::EnvelopeOpened { .. });
    let taken = |event: &Event| matches!(event, Event::SheetTaken(_));
    sleep(Duration::from_secs(4));
    if let Some(id) = shown.id() {
        // No window manager gives the focus here.
        shown.xdotool(&["windowfocus", &id]);
    }
    println!("weight    memory at the sign-in, training: {:.0} MB", shown.memory());
    let ready = shown.until(&["5", "Return"], || count(signed) > 0);
    shown.key("F1");
    shown.share("Open with a cursor", " (target 3)");
    if !ready || !shown.until(&["F11", "Return"], || count(opened) > 0) {
        println!("weight    the window doesn't do what its keys say: left out");
        return;
    }
    // A sheet lies there, and nothing moves.
    shown.until(&["Return"], || count(taken) > 0);
    shown.share("Read with the simulated camera", " (target 25)");
    shown.key("period");
    let start = Instant::now();
    while count(taken) <= SHEETS && start.elapsed() < PATIENCE {
        sleep(Duration::from_secs(1));
    }
    sleep(Duration::from_secs(5));
    let sheets = count(taken);
    println!("weight    memory after {sheets} sheets: {:.0} MB (target 220)", shown.memory());
}

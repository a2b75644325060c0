//! `cargo bench --bench window`: what a frame costs with 100,000 sheets in the store, stage by stage, how long it takes
//! from nothing to the first frame, and what the program weighs while nobody does anything and after a thousand sheets.
//! A frame is measured as the processor time of its logic and layout; drawing is the graphics card's.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench prints, and may stop at once"
)]

#[path = "window/display.rs"]
mod display;

use egui::{Key, Modifiers};
use egui_kittest::Harness;
use kenban::flow::event::{Capture, Mode, Slip, Source};
use kenban::flow::input::TakeSheet;
use kenban::flow::{EnvelopeId, Event, FeedId, Input, Person, PersonId, Role, Sha256};
use kenban::rig::window::StationPort;
use kenban::rig::{Beginning, Rig, begin};
use kenban::ui::{Kenban, fonts};
use kenban::voucher::{BarcodeFinding, KindId, Profile, Reading, Side, Symbology, profile_file};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

const PROFILE: &str = include_str!("../../assets/profiles/five-layouts.toml");
/// Sheets in one envelope.
const PILE: u64 = 108;
const FRAMES: usize = 120;

fn person(id: &str) -> PersonId {
    PersonId::new(id).unwrap()
}

fn sheet(profile: &Profile, envelope: EnvelopeId, no: u64, all: u64) -> Input {
    let serial = no.wrapping_mul(7_368_787) % all;
    let number = profile.layouts[0].number.compose("", serial).unwrap();
    let barcode = Some(BarcodeFinding { symbology: Symbology::Code128, text: number.to_string() });
    let name = format!("{no:06}.jpg");
    let sha256 = Sha256::of(name.as_bytes());
    let source = Source::File { feed: FeedId(1), name, size: 100_000, sha256 };
    let reading = Reading { barcode, ..Reading::default() };
    let captures = vec![Capture { side: Side::Front, source, reading }];
    Input::TakeSheet(TakeSheet { envelope, captures, operator_kind: None })
}

/// Envelopes of 108, as in the middle of a campaign: nine of ten are delivered; in the others every sheet waits
/// for an eye, since they came before the issue ledger did.
fn fill(data: &Path, sheets: u64) {
    let profile = profile_file::parse(PROFILE).unwrap();
    let people = ["s1", "s2", "o1"].map(|id| Person {
        id: person(id),
        name: id.to_owned(),
        role: Role::Supervisor,
    });
    let beginning = Beginning {
        profile_toml: PROFILE,
        station: "01",
        mode: Mode::Training,
        people: people.to_vec(),
    };
    let rig = begin(data, beginning).unwrap();
    let (by, with) = (person("s1"), person("s2"));
    let waiting = sheets / 10;
    for first in (0..sheets).step_by(PILE as usize) {
        if first >= waiting && first < waiting + PILE {
            issue(&rig, &profile, sheets);
        }
        let count = PILE.min(sheets - first);
        let envelope = open(&rig, first / PILE, count);
        take_all(&rig, &profile, envelope, first, count, sheets);
        if first >= waiting {
            rig.act(&by, None, Input::CloseEnvelope { envelope, reason: None }).unwrap();
        }
    }
    let out = data.with_file_name("delivered");
    std::fs::create_dir_all(&out).unwrap();
    kenban::rig::delivering::deliver(&rig, &by, Some(&with), &out, &mut |_| {}).unwrap();
    rig.close().unwrap();
}

fn open(rig: &Rig, no: u64, count: u64) -> EnvelopeId {
    let by = person("s1");
    let day = jiff::civil::date(2026, 5, 15);
    let slip = Slip::from([(KindId::new("1000"), u32::try_from(count).unwrap())]);
    let shop = format!("A{no:07}");
    let open = Input::OpenEnvelope { shop, slip, arrived: day, business_day: day };
    let envelope = envelope_of(&rig.act(&by, None, open).unwrap()).unwrap();
    let folder = "/scans".to_owned();
    rig.act(&by, None, Input::StartFeed { envelope, folder, sides: 1 }).unwrap();
    envelope
}

/// Every number of the bench is issued from here on.
fn issue(rig: &Rig, profile: &Profile, sheets: u64) {
    let number = |serial| profile.layouts[0].number.compose("", serial).unwrap();
    let mut ledger = kenban::voucher::IssueLedger::default();
    ledger.insert_range(profile, &number(0), &number(sheets)).unwrap();
    let bytes = ledger.to_bytes();
    let (list, rows) = (kenban::flow::event::List::Issued, ledger.len());
    let input = Input::ImportList { list, sha256: Sha256::of(&bytes), rows };
    rig.act_with(&person("s1"), None, input, bytes).unwrap();
}

fn envelope_of(events: &[kenban::flow::Recorded]) -> Option<EnvelopeId> {
    events.iter().find_map(|it| match it.event {
        Event::EnvelopeOpened { envelope, .. } => Some(envelope),
        _ => None,
    })
}

fn take_all(rig: &Rig, profile: &Profile, envelope: EnvelopeId, first: u64, count: u64, all: u64) {
    let act = |no| kenban::flow::Act {
        by: person("o1"),
        with: None,
        at: kenban::rig::now(),
        input: sheet(profile, envelope, no, all),
    };
    let pending = (first..first + count).map(|no| rig.desk.submit(act(no), Vec::new()));
    for pending in pending.collect::<Vec<_>>() {
        pending.wait().unwrap();
    }
}

fn percentile(times: &mut [f64], at: f64) -> f64 {
    times.sort_by(f64::total_cmp);
    times[((times.len() - 1) as f64 * at) as usize]
}

/// Processor time of this thread, milliseconds.
fn cpu_ms() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    time.tv_sec as f64 * 1e3 + time.tv_nsec as f64 / 1e6
}

fn press(window: &mut Harness<'static, Kenban>, key: Key) {
    window.key_press_modifiers(Modifiers::NONE, key);
    for _ in 0..60 {
        window.step();
        std::thread::sleep(Duration::from_millis(10));
    }
}

fn main() {
    let sheets =
        std::env::var("KENBAN_BENCH_SHEETS").ok().and_then(|it| it.parse().ok()).unwrap_or(100_000);
    // The station's key is found by the environment, which a program sets for its children only.
    if let Some(data) = std::env::var_os("KENBAN_BENCH_FILL") {
        fill(Path::new(&data), sheets);
        return;
    }
    if let Some(data) = std::env::var_os("KENBAN_BENCH_FRAMES") {
        frames(Path::new(&data), sheets);
        return;
    }
    if let Some(folder) = std::env::var_os("KENBAN_BENCH_DRAW") {
        display::draw(Path::new(&folder));
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let (data, keys) = (dir.path().join("data"), dir.path().join("keys"));
    let filled = Command::new(std::env::current_exe().unwrap())
        .env("KENBAN_BENCH_FILL", &data)
        .env("KENBAN_BENCH_SHEETS", sheets.to_string())
        .env("KENBAN_KEYS", &keys)
        .status()
        .unwrap();
    assert!(filled.success());
    display::start(&data, &keys);
    display::weight(dir.path());
    let measured = Command::new(std::env::current_exe().unwrap())
        .env("KENBAN_BENCH_FRAMES", &data)
        .env("KENBAN_BENCH_SHEETS", sheets.to_string())
        .env("KENBAN_KEYS", &keys)
        .status()
        .unwrap();
    assert!(measured.success());
}

fn frames(data: &Path, sheets: u64) {
    let start = Instant::now();
    let out = data.with_file_name("stick");
    let port = StationPort::training(data, &out, Arc::new(|| {})).unwrap();
    let opened = start.elapsed();
    let mut window =
        Harness::builder().with_size((1280.0, 720.0)).with_step_dt(0.016).build_eframe(|cc| {
            let (definitions, _) = fonts::load();
            cc.egui_ctx.set_fonts(definitions);
            Kenban::new(Box::new(port), fonts::Faces::Japanese)
        });
    window.step();
    let shown = start.elapsed();
    println!(
        "start     {sheets} sheets, a tenth of them not delivered: station open in {:.0} ms, first frame laid out in {:.0} ms (target 1,500 with the display)",
        opened.as_secs_f64() * 1e3,
        shown.as_secs_f64() * 1e3
    );
    // The people are by id: o1, s1, s2. Nobody needs a PIN in training.
    window.event(egui::Event::Text("1".to_owned()));
    press(&mut window, Key::F12);
    press(&mut window, Key::Enter);
    press(&mut window, Key::Enter);
    assert!(window.state().session().me.is_some(), "nobody is signed in");
    window.state_mut().put_on_desk(EnvelopeId(1));
    for (stage, key) in [
        ("open", Key::F1),
        ("read, simulated camera", Key::F2),
        ("check", Key::F3),
        ("entry", Key::F4),
        ("edit", Key::F5),
        ("deliver", Key::F6),
        ("supervisor", Key::F8),
    ] {
        press(&mut window, key);
        let mut times = Vec::new();
        for _ in 0..FRAMES {
            let before = cpu_ms();
            window.step();
            times.push(cpu_ms() - before);
        }
        let (median, high) = (percentile(&mut times, 0.5), percentile(&mut times, 0.95));
        println!(
            "frame     {stage:<24} median {median:.2} ms, 95th percentile {high:.2} ms (target median 16)"
        );
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    if let Some(line) = status.lines().find(|line| line.starts_with("VmRSS")) {
        println!("memory    of this bench, window and station in one: {}", line[6..].trim());
    }
}

//! `cargo bench --bench station`: what a sheet costs on the disk and in time. Figures of one run on
//! one machine; the ratios are against plain SQLite doing the least that could be called counting.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench prints, and may stop at once"
)]

use kenban::desk::{Desk, Office, SignedHead, Signing, start};
use kenban::flow::event::{Capture, Genesis, Mode, Slip, Source};
use kenban::flow::ids::{EnvelopeId, FeedId, Sha256, Stamp, Station};
use kenban::flow::input::TakeSheet;
use kenban::flow::{Act, Facts, Input, Person, PersonId, Role};
use kenban::store::{Reader, Writer};
use kenban::voucher::{
    BarcodeFinding, KindId, Number, Profile, Reading, Side, Symbology, profile_file,
};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

const PROFILE: &str = include_str!("../../assets/profiles/five-layouts.toml");

struct NoKey;

impl Signing for NoKey {
    fn sign(&self, _: &str) -> Result<String, String> {
        Ok("none".to_owned())
    }
    fn keep(&mut self, _: &SignedHead) -> Result<(), String> {
        Ok(())
    }
}

fn act(input: Input) -> Act {
    let by = PersonId::new("s1").unwrap();
    Act { by, with: None, at: Stamp { ms: 1_760_000_000_000, offset_min: 540 }, input }
}

fn begin(dir: &Path, profile: &Profile, sheets: u64) -> (Desk, std::thread::JoinHandle<()>) {
    let writer = Writer::create(dir, 0).unwrap();
    let office =
        Office { writer, profile: profile.clone(), signing: Box::new(NoKey), outcomes: None };
    let (desk, thread) = start(office).unwrap();
    let person = |id: &str| Person {
        id: PersonId::new(id).unwrap(),
        name: id.to_owned(),
        role: Role::Supervisor,
    };
    let genesis = Genesis {
        id: "0".repeat(32),
        campaign: profile.campaign.clone(),
        station: Station::new("01").unwrap(),
        mode: Mode::Training,
        revision: profile.revision,
        profile: Sha256::of(PROFILE.as_bytes()),
        key: "none".to_owned(),
        program: "bench".to_owned(),
    };
    let people = vec![person("s1"), person("s2")];
    let text: Arc<[u8]> = Arc::from(PROFILE.as_bytes());
    desk.ask_with(act(Input::Begin { genesis, people }), vec![text]).unwrap();
    let mut ledger = kenban::voucher::IssueLedger::default();
    let first = number(profile, 0);
    ledger.insert_range(profile, &first, &number(profile, sheets)).unwrap();
    let bytes = ledger.to_bytes();
    let import = Input::ImportList {
        list: kenban::flow::event::List::Issued,
        sha256: Sha256::of(&bytes),
        rows: ledger.len(),
    };
    desk.ask_with(act(import), vec![Arc::from(bytes)]).unwrap();
    (desk, thread)
}

fn number(profile: &Profile, serial: u64) -> Number {
    profile.layouts[0].number.compose("", serial).unwrap()
}

/// A serial for the n-th sheet, so that numbers come in no order, each once.
fn scattered(no: u64, sheets: u64) -> u64 {
    no.wrapping_mul(7_368_787) % sheets
}

fn sheet(profile: &Profile, envelope: EnvelopeId, no: u64, sheets: u64) -> Input {
    let number = number(profile, scattered(no, sheets));
    let barcode = Some(BarcodeFinding { symbology: Symbology::Code128, text: number.to_string() });
    let name = format!("20261124_{no:06}.jpg");
    let sha256 = Sha256::of(name.as_bytes());
    let source = Source::File { feed: FeedId(1), name, size: 100_000 + no % 50_000, sha256 };
    let reading = Reading { barcode, ..Reading::default() };
    let capture = Capture { side: Side::Front, source, reading };
    Input::TakeSheet(TakeSheet { envelope, captures: vec![capture], operator_kind: None })
}

fn size(dir: &Path) -> u64 {
    std::fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_name().to_string_lossy().starts_with("kenban.db"))
        .map(|entry| entry.metadata().unwrap().len())
        .sum()
}

/// 100,000 sheets in envelopes of 108, through the desk, closed and ended in order.
fn store(profile: &Profile, sheets: u64) {
    let dir = tempfile::tempdir().unwrap();
    let (desk, thread) = begin(dir.path(), profile, sheets);
    let start = Instant::now();
    let mut envelope = EnvelopeId(0);
    let day = jiff::civil::date(2026, 11, 24);
    let mut pending = Vec::new();
    for no in 0..sheets {
        if no % 108 == 0 {
            envelope = EnvelopeId(envelope.0 + 1);
            let slip = Slip::from([(KindId::new("1000"), 108)]);
            let shop = format!("A{:07}", envelope.0 % 4_184);
            desk.ask(act(Input::OpenEnvelope { shop, slip, arrived: day, business_day: day }))
                .unwrap();
            let folder = "/srv/scans/station01".to_owned();
            desk.ask(act(Input::StartFeed { envelope, folder, sides: 1 })).unwrap();
        }
        pending.push(desk.submit(act(sheet(profile, envelope, no, sheets)), Vec::new()));
        if pending.len() == 128 {
            pending.drain(..).for_each(|it| drop(it.wait().unwrap()));
        }
        if no % 108 == 107 {
            pending.drain(..).for_each(|it| drop(it.wait().unwrap()));
            desk.ask(act(Input::CloseEnvelope { envelope, reason: None })).unwrap();
        }
    }
    pending.drain(..).for_each(|it| drop(it.wait().unwrap()));
    let seconds = start.elapsed().as_secs_f64();
    drop(desk);
    thread.join().unwrap();
    // The write-ahead log is folded in when the last connection closes.
    let bytes = size(dir.path());
    println!(
        "store     {sheets} sheets in {envelopes} envelopes, decided, committed: {:.0} sheets/s",
        sheets as f64 / seconds,
        envelopes = envelope.0
    );
    println!(
        "store     {:.0} bytes a sheet, log included (target 500)",
        bytes as f64 / sheets as f64
    );
    look_ups(dir.path(), profile, sheets);
    start_up(dir.path());
}

fn percentile(times: &mut [f64], at: f64) -> f64 {
    times.sort_by(f64::total_cmp);
    times[((times.len() - 1) as f64 * at) as usize]
}

/// Duplicate and ledger check, as a decision asks them.
fn look_ups(dir: &Path, profile: &Profile, sheets: u64) {
    let mut writer = Writer::open(dir, 0).unwrap();
    let group = writer.group().unwrap();
    let facts = group.facts(profile);
    let mut times = Vec::new();
    for no in 0..20_000u64 {
        let number = number(profile, scattered(no * 31, sheets * 2));
        let start = Instant::now();
        let holders = facts.holders(&number, None).unwrap();
        let issued = facts.issued(&number).unwrap();
        times.push(start.elapsed().as_secs_f64() * 1e6);
        std::hint::black_box((holders, issued));
    }
    let (median, high) = (percentile(&mut times, 0.5), percentile(&mut times, 0.99));
    println!(
        "look-up   duplicate and ledger at {sheets} sheets: median {median:.1} us, 99th percentile {high:.1} us (target 1,000)"
    );
}

fn start_up(dir: &Path) {
    let start = Instant::now();
    let state = Reader::open(dir).unwrap().state().unwrap();
    println!(
        "start     state of {} undelivered envelopes read in {:.0} ms",
        state.envelopes.len(),
        start.elapsed().as_secs_f64() * 1e3
    );
}

/// The peer: bare SQLite, one row with a unique number for each sheet, groups of 128.
fn peer(profile: &Profile, sheets: u64) -> f64 {
    let dir = tempfile::tempdir().unwrap();
    let mut conn = rusqlite::Connection::open(dir.path().join("peer.db")).unwrap();
    conn.pragma_update(None, "journal_mode", "WAL").unwrap();
    conn.pragma_update(None, "synchronous", "FULL").unwrap();
    conn.execute_batch("CREATE TABLE sheet (envelope INTEGER, number TEXT UNIQUE) STRICT").unwrap();
    let numbers = (0..sheets).map(|no| number(profile, scattered(no, sheets))).collect::<Vec<_>>();
    let start = Instant::now();
    for group in numbers.chunks(128) {
        let tx = conn.transaction().unwrap();
        for number in group {
            tx.prepare_cached("INSERT INTO sheet VALUES (1, ?1)")
                .unwrap()
                .execute([number.as_str()])
                .unwrap();
        }
        tx.commit().unwrap();
    }
    sheets as f64 / start.elapsed().as_secs_f64()
}

/// A document scanner's folder of drawn JPEGs, counted by the real program to its end: start, decode,
/// read, crop, pictures and sheets committed, files put away.
fn folder(sheets: usize) {
    use kenban::demo::{Campaign, Fonts, Studio};
    let campaign = Campaign::make(1, sheets).unwrap();
    let Ok(fonts) = Fonts::of_system() else {
        println!("folder    no fonts to draw with: left out");
        return;
    };
    let studio = Studio::new(&campaign.profile, fonts);
    let dir = tempfile::tempdir().unwrap();
    let scans = dir.path().join("scans");
    std::fs::create_dir(&scans).unwrap();
    let long_ago = std::time::SystemTime::now() - std::time::Duration::from_secs(3_600);
    let mut bytes = 0;
    let piles = campaign.envelopes.iter().filter(|it| {
        it.sheets
            .iter()
            .all(|sheet| matches!(sheet.drawing.look.device, kenban::demo::Device::Scanner))
    });
    let mut drawn = 0;
    for sheet in piles.flat_map(|it| &it.sheets) {
        let jpeg = studio.draw(&sheet.drawing).unwrap();
        bytes += jpeg.len();
        drawn += 1;
        let path = scans.join(format!("scan{drawn:05}.jpg"));
        std::fs::write(&path, jpeg).unwrap();
        std::fs::File::options().write(true).open(path).unwrap().set_modified(long_ago).unwrap();
    }
    let profile = dir.path().join("demo.toml");
    std::fs::write(&profile, kenban::demo::PROFILE).unwrap();
    let issued = dir.path().join("issued.csv");
    std::fs::write(&issued, &campaign.issued_csv).unwrap();
    let run = |args: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_kenban"));
        command.args(args).env("KENBAN_DATA", dir.path().join("data"));
        command.env("KENBAN_KEYS", dir.path().join("keys"));
        let output = command.output().unwrap();
        assert!(output.status.success(), "{output:?}");
    };
    run(&["init", "--training", "--profile", profile.to_str().unwrap()]);
    run(&["import", "issued", issued.to_str().unwrap()]);
    let start = Instant::now();
    run(&["count", "--shop", "A1", "--slip", "1000=1", "--folder", scans.to_str().unwrap()]);
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "folder    {drawn} JPEGs of {} KB to committed sheets: {:.0} a minute (target 3,000)",
        bytes / drawn.max(1) / 1_000,
        drawn as f64 / seconds * 60.0
    );
}

fn main() {
    let profile = profile_file::parse(PROFILE).unwrap();
    let sheets =
        std::env::var("KENBAN_BENCH_SHEETS").ok().and_then(|it| it.parse().ok()).unwrap_or(100_000);
    store(&profile, sheets);
    folder(1_000);
    println!(
        "peer      bare SQLite, one unique row a sheet, same groups: {:.0} sheets/s",
        peer(&profile, sheets)
    );
}

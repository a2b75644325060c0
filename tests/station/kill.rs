//! kill -9 at random moments of `kenban count`: every flushed line is in the log, no sheet is lost
//! or doubled, and the audit holds.

use crate::common::{Site, text};
use kenban::flow::event::Event;
use kenban::store::Reader;
use kenban::store::audit::{Outside, audit};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::time::Duration;

/// Files in the folder: as many sheets, or half as many with front and back.
const FILES: u64 = 40;

/// Files of a one-sided folder that are cut off: papers that nobody has counted.
const BROKEN: u64 = 6;

/// One folder counted to its end with kills on the way; gives how many kills met a running count,
/// and how many lines had been told before a kill.
fn killed_count(seed: u64, whole: Duration) -> (u64, u64) {
    let mut rng = fastrand::Rng::with_seed(seed);
    let site = Site::begun();
    let duplex = seed.is_multiple_of(2);
    let sheets = if duplex { FILES / 2 } else { FILES };
    for no in 1..=FILES {
        site.scan(&format!("scan{no}.png"), seed * 1_000 + no);
    }
    let broken = if duplex { 0 } else { BROKEN };
    for no in 1..=broken {
        let whole = crate::common::small_picture(seed * 1_000 + 500 + no);
        // Between the others in the order of names.
        let path = site.path("scans").join(format!("scan{}.png.png", no * 6));
        std::fs::write(&path, &whole[..whole.len() / 2]).unwrap();
        crate::common::old(&path);
    }
    let scans = site.path("scans");
    let slip = format!("1000={sheets}");
    let args = ["count", "--shop", "A0001", "--slip", &slip, "--folder", text(&scans), "--json"];
    let args = if duplex { [&args[..], &["--duplex"]].concat() } else { args.to_vec() };
    let mut told = BTreeMap::new();
    let (mut kills, mut before_kill) = (0, 0);
    loop {
        let mut child = site
            .command(&args)
            .stdout(Stdio::piped())
            .stderr(std::fs::File::create(site.path("errors")).unwrap())
            .spawn()
            .unwrap();
        let stdout = child.stdout.take().unwrap();
        let lines = std::thread::Builder::new()
            .name("lines".to_owned())
            .spawn(move || BufReader::new(stdout).lines().map_while(Result::ok).collect::<Vec<_>>())
            .unwrap();
        let kill = kills < 4 && rng.u8(..) < 230;
        if kill {
            std::thread::sleep(whole.mul_f64(rng.f64() * 1.1));
            child.kill().unwrap();
        }
        let status = child.wait().unwrap();
        let lines = lines.join().unwrap();
        let errors = std::fs::read_to_string(site.path("errors")).unwrap();
        assert!(status.code().is_none_or(|it| it == 0), "seed {seed}: {errors}");
        if kill && !status.success() {
            kills += 1;
            before_kill += lines.len() as u64;
        }
        for line in lines {
            // The last line may be cut off by the kill; then it was not flushed whole.
            let Ok(line) = serde_json::from_str::<serde_json::Value>(&line) else {
                continue;
            };
            let file = line["file"].as_str().unwrap().to_owned();
            let sheet = line["sheet"].as_str().unwrap().to_owned();
            assert_eq!(told.insert(file.clone(), sheet), None, "seed {seed}: {file} told twice");
        }
        if status.success() {
            break;
        }
    }
    let reader = Reader::open(&site.data()).unwrap();
    let station = reader.genesis().unwrap().station;
    let mut logged = BTreeMap::new();
    let mut aside = Vec::new();
    reader
        .events(|recorded| {
            if let Event::FileAside { file, .. } = &recorded.event {
                aside.push(file.name.clone());
            }
            if let Event::SheetTaken(taken) = &recorded.event {
                for capture in &taken.captures {
                    let name = capture.source.name();
                    let earlier = logged.insert(name.to_owned(), station.sheet(taken.sheet));
                    assert_eq!(earlier, None, "seed {seed}: {name} is counted twice");
                }
            }
        })
        .unwrap();
    for (files, sheet) in &told {
        for file in files.split(" + ") {
            assert_eq!(logged.get(file), Some(sheet), "seed {seed}: told but not in the log");
        }
    }
    assert_eq!(logged.len() as u64, FILES, "seed {seed}: a file is lost");
    if duplex {
        for front in (1..FILES).step_by(2) {
            let sheet = |no: u64| &logged[&format!("scan{no}.png")];
            assert_eq!(sheet(front), sheet(front + 1), "seed {seed}: the sides are mispaired");
        }
    }
    // What was set aside is recorded once, moved, and keeps the envelope from closing.
    aside.sort();
    aside.dedup();
    let moved = std::fs::read_dir(scans.join("aside")).map_or(0, Iterator::count) as u64;
    let state = reader.state().unwrap();
    let open = state.envelopes.values().map(|it| it.open_asides().count() as u64).sum::<u64>();
    assert_eq!(
        (aside.len() as u64, moved, open),
        (broken, broken, broken),
        "seed {seed}: a paper is forgotten or told twice"
    );
    assert_eq!(reader.sheet_count().unwrap(), sheets, "seed {seed}");
    let left =
        std::fs::read_dir(&scans).unwrap().filter(|it| it.as_ref().unwrap().path().is_file());
    assert_eq!(left.count(), 0, "seed {seed}: files are left");
    let report = audit(&site.data(), &Outside::default(), None).unwrap();
    assert_eq!(report.findings, Vec::<String>::new(), "seed {seed}");
    (kills, before_kill)
}

fn undisturbed_count() -> Duration {
    let site = Site::begun();
    for no in 1..=FILES {
        site.scan(&format!("scan{no}.png"), no);
    }
    let start = std::time::Instant::now();
    site.count("A0001", "1000=40");
    start.elapsed()
}

fn kill_many(wanted: u64) {
    let first = std::env::var("KENBAN_SEED").ok().and_then(|it| it.parse().ok()).unwrap_or(1);
    let (mut kills, mut lines, mut seed) = (0, 0, first);
    // How long a count takes here and now, so that the kills fall all over it.
    let whole = undisturbed_count();
    while kills < wanted {
        let (more, told) = killed_count(seed, whole);
        kills += more;
        lines += told;
        seed += 1;
    }
    println!(
        "{kills} kills in {} counts, {lines} lines told before a kill, none lost or doubled",
        seed - first
    );
    assert!(lines > 0, "no kill came after a line: the test proves nothing");
}

#[test]
fn kill_nine() {
    kill_many(50);
}

/// kill -9 in the middle of a delivery: the next call brings the same delivery to its end, once.
#[test]
fn kill_nine_while_delivering() {
    let mut cut_short = 0;
    // The first one runs undisturbed and says how long a delivery takes here and now.
    let mut whole = None;
    for seed in 0..=30 {
        let mut rng = fastrand::Rng::with_seed(seed);
        let site = Site::begun();
        let envelope = crate::hands::keyed_envelope(&site, 1);
        site.ok(&["close", &envelope]);
        let stick = site.path("stick");
        let deliver = ["deliver", "--out", text(&stick), "--as", "s1", "--with", "s2"];
        let start = std::time::Instant::now();
        let mut child =
            site.command(&deliver).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let Some(whole) = whole else {
            assert!(child.wait().unwrap().success());
            whole = Some(start.elapsed());
            continue;
        };
        std::thread::sleep(whole.mul_f64(rng.f64()));
        child.kill().unwrap();
        child.wait().unwrap();
        let prepared = Reader::open(&site.data()).unwrap().state().unwrap().delivering.is_some();
        cut_short += u64::from(prepared);
        if prepared {
            // An operator may not take it along on the way.
            site.fails(2, &["deliver", "--out", text(&stick), "--as", "o1", "--with", "s2"]);
        }
        let again = site.run(&deliver);
        let (out, err) = crate::common::texts(&again);
        // Done already, or done now; never a second delivery of the same envelope.
        let done_before = err.contains("no closed envelope waits");
        assert!(again.status.success() || done_before, "seed {seed}: {err}");
        assert_eq!(prepared, out.contains("had been cut short"), "seed {seed}: {out}{err}");
        let left = std::fs::read_dir(&stick).unwrap().map(|it| it.unwrap().path());
        let left = left.collect::<Vec<_>>();
        assert_eq!(left.len(), 1, "seed {seed}: {left:?}");
        site.ok(&["verify", text(&left[0]), "--key", text(&site.public_key())]);
        let reader = Reader::open(&site.data()).unwrap();
        assert_eq!(reader.envelope_counts().unwrap()["delivered"], 1, "seed {seed}");
        assert_eq!(reader.state().unwrap().last_delivery, 1, "seed {seed}: a number was used up");
        site.ok(&["audit", "--key", text(&site.public_key())]);
    }
    println!("{cut_short} of 30 deliveries were cut short, each came to its end once");
    assert!(cut_short > 0, "no kill met a delivery: the test proves nothing");
}

#[test]
#[ignore = "long; `make soak`"]
fn soak_kill_nine() {
    kill_many(1_000);
}

//! A shift with nothing but a keyboard scanner and a person's keys: envelopes in, a verified delivery out.

use super::has_all;
use super::keyboard::sym;
use super::log::Came;
use super::scan::{Boards, Manner, strokes};
use super::station::{Around, Campaign, Station, ms};
use kenban::voucher::profile_file;
use std::path::Path;
use std::thread::sleep;

const PROFILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/profiles/five-layouts.toml");
const SHEETS: usize = 40;

/// Numbers of the first layout, which begin with a capital, and the ledger that has just these.
fn numbers(rng: &mut fastrand::Rng) -> Vec<String> {
    let profile = profile_file::parse(&std::fs::read_to_string(PROFILE).unwrap()).unwrap();
    let layout = &profile.layouts[0].number;
    let mut all: Vec<String> = Vec::new();
    while all.len() < SHEETS {
        let number = layout.compose("", rng.u64(..1_000_000_000)).unwrap().to_string();
        assert!(number.starts_with('A'), "{number} has no capital");
        if !all.contains(&number) {
            all.push(number);
        }
    }
    all
}

fn scan_all(station: &mut Station, rng: &mut fastrand::Rng, numbers: &[String]) {
    station.log.came();
    for number in numbers {
        let manner = Manner::random(rng);
        let all = strokes(rng, &station.scanner, manner, number, false);
        station.keyboard.play(&all);
        let body = station.log.wait_for("sheet.taken", ms(8_000));
        let body = body.unwrap_or_else(|| panic!("{number} typed as {manner:?} is no sheet"));
        let read = body["captures"][0]["barcode"]["code128"].as_str();
        assert_eq!(read, Some(number.as_str()), "{body}");
        assert!(body["place"].get("accepted").is_some(), "{number} waits for somebody: {body}");
        sleep(ms(150));
    }
    sleep(ms(600));
    assert_eq!(station.log.came(), Vec::<Came>::new(), "besides the sheets");
}

fn close(station: &mut Station) {
    station.tap(sym::F1 + 4);
    sleep(ms(900));
    station.until("envelope.closed", |it| {
        it.type_text(".", 150);
        sleep(ms(900));
        it.tap(sym::RETURN);
    });
}

/// The supervisor delivers to a folder whose path is typed, with a second person.
fn deliver(station: &mut Station, out: &Path) {
    station.tap(sym::F1 + 8);
    sleep(ms(700));
    station.until("person.signed-in", |it| {
        it.type_text("2", 150);
        sleep(ms(500));
        it.tap(sym::RETURN);
    });
    sleep(ms(700));
    station.tap(sym::F1 + 5);
    sleep(ms(1_500));
    station.type_text("0", 150);
    sleep(ms(500));
    station.type_text(out.to_str().unwrap(), 120);
    sleep(ms(400));
    station.tap(sym::RETURN);
    sleep(ms(900));
    station.until("delivery.done", |it| {
        it.tap(sym::RETURN);
        sleep(ms(900));
        it.type_text("1", 150);
        sleep(ms(600));
        it.tap(sym::RETURN);
    });
}

#[test]
fn a_shift_by_scanner_alone_ends_in_a_verified_delivery() {
    if !has_all(&["Xvfb"]) {
        return;
    }
    let mut rng = fastrand::Rng::with_seed(11);
    let numbers = numbers(&mut rng);
    let issued = format!("券番号\n{}\n", numbers.join("\n"));
    let around = Around { campaign: Some(Campaign { profile: PROFILE, issued }), vars: Vec::new() };
    let out = tempfile::tempdir().unwrap();
    let mut station = Station::with(Boards::Us, &around);
    station.until("envelope.opened", |it| it.open_envelope("S101", &SHEETS.to_string()));
    sleep(ms(700));
    scan_all(&mut station, &mut rng, &numbers);
    close(&mut station);
    deliver(&mut station, out.path());
    assert_eq!(station.told(), 0, "a scan was torn");
    let delivery = std::fs::read_dir(out.path()).unwrap().next().unwrap().unwrap().path();
    station.kenban(&["verify", delivery.to_str().unwrap()]);
    station.kenban(&["audit"]);
    let files = std::fs::read_dir(&delivery).unwrap().map(|it| it.unwrap().path());
    let sheets = files
        .filter(|it| it.extension().is_some_and(|it| it == "csv"))
        .map(|it| encoding_rs::SHIFT_JIS.decode(&std::fs::read(it).unwrap()).0.into_owned())
        .find(|text| text.contains(&numbers[0]))
        .expect("no file has the first number");
    for number in &numbers {
        assert!(sheets.contains(number.as_str()), "{number} was not delivered");
    }
}

//! Sets of pictures, read at every turn and held against the ratchet.

use super::drawn::{Easel, Forgery, Made, Wear, forged, forged_of, honest};
use super::ratchet::RATCHET;
use super::score::{Came, Tally, Truth, What};
use super::work::{in_parallel, turned};
use super::{five_layouts, load, pictures};
use kenban::picture::{Limits, Picture, decode};
use kenban::reader::read;
use kenban::voucher::{Layout, Profile, Reading, Side, Verdict};
use serde_json::Value;
use std::fs;

/// Threads of one test.
const JOBS: usize = 2;
/// Of so many pictures one is read turned: the whole must not take more than a minute.
const EVERY: usize = 3;

/// A picture's name, its pixels and what it shows.
struct Item {
    name: String,
    picture: Picture,
    truth: Truth,
}

/// The truth of a folder of vouchers, file by file.
fn truths(folder: &str) -> Option<Vec<(String, Truth)>> {
    let path = pictures(folder)?;
    let list: Value =
        serde_json::from_str(&fs::read_to_string(path.join("truth.json")).unwrap()).unwrap();
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let truth = |one: &Value| Truth {
        what: if one["forged"] == true { What::Forged } else { What::Honest },
        barcode: text(&one["barcode"]),
        printed: text(&one["printed"]),
        number: text(&one["number"]),
    };
    let list = list.as_array().unwrap();
    Some(list.iter().map(|one| (text(&one["file"]).unwrap(), truth(one))).collect())
}

/// Reads all pictures of a set at every turn, says what came of them, and holds it against the ratchet.
fn hold(set: &str, profile: &Profile, count: usize, item: impl Fn(usize) -> Item + Sync) {
    let readings = in_parallel(JOBS, count, |place| {
        let item = item(place);
        let look = |turn| read(&turned(&item.picture, turn), Side::Front, profile).reading;
        let turns = if place.is_multiple_of(EVERY) { 0..4 } else { 0..1 };
        let looks: Vec<Reading> = turns.map(look).collect();
        (item.name, item.truth, looks)
    });
    let mut short = Vec::new();
    for turn in 0..4 {
        let degrees = 90 * turn;
        let mut tally = Tally::default();
        let (mut barcodes, mut wrong_codes) = (0, Vec::new());
        for (name, truth, looks) in &readings {
            let Some(reading) = looks.get(turn) else {
                continue;
            };
            let code = reading.barcode.as_ref().map(|barcode| barcode.text.clone());
            barcodes += usize::from(code.is_some() && code == truth.barcode);
            if code.is_some() && code != truth.barcode {
                wrong_codes.push(format!("{name}: {code:?}, not {:?}", truth.barcode));
            }
            let (came, judged) = tally.add(profile, truth, reading);
            if came != Came::Right {
                eprintln!("{set} {degrees} {name}: {came:?}, {judged:?} {:?}", reading.printed);
            }
        }
        let accepted = tally.honest.accept;
        let wrong = tally.total(|counts| counts.wrong_proposals);
        let figures = [barcodes, tally.honest.right, accepted, tally.forged.stop, wrong];
        eprintln!("    least({set:?}, {degrees}, {figures:?}),");
        eprintln!("{set} {degrees}: {tally:?}");
        assert_eq!(wrong_codes, [] as [String; 0], "{set} {degrees}");
        assert_eq!(tally.total(|counts| counts.wrong_accepts), 0, "{set} {degrees}");
        let least = RATCHET.iter().find(|it| it.set == set && it.degrees == degrees).unwrap();
        let kept = barcodes >= least.barcodes
            && tally.honest.right >= least.right
            && accepted >= least.accepted
            && tally.forged.stop >= least.stopped
            && wrong <= least.wrong;
        if !kept {
            short.push(format!("{figures:?} of {least:?}"));
        }
    }
    assert_eq!(short, [] as [String; 0]);
}

fn hold_folder(folder: &str) {
    let Some(truths) = truths(folder) else {
        return;
    };
    let path = pictures(folder).unwrap();
    hold(folder, &five_layouts(), truths.len(), |place| {
        let (name, truth) = truths[place].clone();
        Item { picture: load(&path.join(&name)), name, truth }
    });
}

#[test]
fn corpus_camera_at_every_turn() {
    hold_folder("vouchers-camera");
}

#[test]
fn corpus_scan_at_every_turn() {
    hold_folder("vouchers-scan");
}

fn draw(easel: &Easel, made: Made, name: String) -> Item {
    let bytes = easel.studio.draw(&made.drawing).unwrap();
    let picture = decode(&bytes, &Limits::default()).unwrap();
    Item { name: format!("{name} {:?}", made.drawing), picture, truth: made.truth }
}

/// A seed of its own: what the long run reads is not what is held here.
const SEED: u64 = 20_260_515;

#[test]
fn corpus_drawn_at_every_turn() {
    let Some(easel) = Easel::new() else {
        return;
    };
    // Five layouts, two devices, two grounds: each once as it came from the printer, once worn.
    hold("drawn", &easel.profile, 40, |place| {
        let wear = if place < 20 { Wear::None } else { Wear::Any };
        draw(&easel, honest(&easel.profile, SEED, place as u64, wear), format!("{place}"))
    });
}

#[test]
fn corpus_drawn_forged_is_never_accepted() {
    let Some(easel) = Easel::new() else {
        return;
    };
    hold("drawn-forged", &easel.profile, 24, |place| {
        let how = Forgery::ALL[place / 4 % 3];
        let wear = if place < 18 { Wear::None } else { Wear::Any };
        let made = forged(&easel.profile, SEED, place as u64, wear, how);
        draw(&easel, made, format!("{place} {how:?}"))
    });
}

/// A clear sheet whose print is read and is not what its barcode says stops, by whatever way it was forged.
#[test]
fn corpus_forged_numbers_stop_where_both_are_read() {
    let Some(easel) = Easel::new() else {
        return;
    };
    let came = in_parallel(JOBS, 12, |place| {
        let how = Forgery::ALL[place / 4 % 3];
        let made = forged(&easel.profile, SEED + 1, place as u64, Wear::None, how);
        assert!(made.clear);
        let item = draw(&easel, made, String::new());
        let reading = read(&item.picture, Side::Front, &easel.profile).reading;
        let free = reading.printed.as_ref().map(|printed| printed.free.replace('-', ""));
        let both = free == item.truth.printed && reading.barcode.is_some();
        let judged = super::score::without_ledger(&easel.profile, &reading);
        (both, judged.verdict, format!("{place} {how:?} {reading:?}"))
    });
    let both = came.iter().filter(|(both, ..)| *both).count();
    eprintln!("both were read of {both} of {}", came.len());
    for (both, verdict, what) in came {
        assert_ne!(verdict, Verdict::Accept, "{what}");
        assert!(!both || verdict == Verdict::Stop, "{what}");
    }
}

/// A forged digit stays what is printed: a line is not looked at again until some look gives the one number near it
/// that has a right check digit, which is the honest one that the barcode says. The layout's zero has a dot and is
/// the likeliest to be taken for an eight.
#[test]
fn corpus_a_forged_digit_is_never_read_back() {
    let Some(easel) = Easel::new() else {
        return;
    };
    let back = in_parallel(JOBS, 120, |place| {
        let dotted = |layout: &Layout| layout.id.as_str() == "N";
        let how = [Forgery::OneDigit, Forgery::Swapped][place % 2];
        let made = forged_of(&easel.profile, SEED + 2, place as u64, Wear::Any, how, dotted);
        let item = draw(&easel, made, format!("{place} {how:?}"));
        let reading = read(&item.picture, Side::Front, &easel.profile).reading;
        let said = reading.printed.as_ref().and_then(|print| print.number.as_ref());
        let back = said.map(|number| number.as_str()) == item.truth.number.as_deref();
        back.then(|| format!("{} {:?}", item.name, reading.printed))
    });
    let back: Vec<String> = back.into_iter().flatten().collect();
    assert_eq!(back, [] as [String; 0]);
}

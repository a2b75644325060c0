//! Look-ups for the window: shops, searches, lists, preflight, crops; and that they stay quick.

mod scale;

use crate::desk::{Room, act, room, sheet};
use crate::world::{number, person, profile};
use kenban::flow::event::{Capture, Event, Keyed, List, Slip, Source};
use kenban::flow::found::{DeliveryState, EnvelopeFilter, PhaseWord, PlaceWord, PreflightPoint};
use kenban::flow::ids::{DeliveryId, EnvelopeId, Sha256, SheetId, Stamp};
use kenban::flow::input::{Settlement, TakeSheet};
use kenban::flow::rows::{BlockedEntry, ShopEntry};
use kenban::flow::search::SearchQuery;
use kenban::flow::{Act, Input, Recorded};
use kenban::store::Reader;
use kenban::store::pictures::{Entry, Pictures};
use kenban::voucher::{KindId, Reading, Side, Yen};
use std::sync::Arc;

const FIRST_DAY: i64 = 1_700_000_000_000;
const DAY: i64 = 24 * 3_600_000;

pub fn shops() -> Vec<ShopEntry> {
    let shop = |code: &str, name: &str, kana: &str| ShopEntry {
        code: code.to_owned(),
        name: name.to_owned(),
        kana: kana.to_owned(),
    };
    vec![
        shop("A0001", "そば処 しなの", "ソバドコロ シナノ"),
        shop("A0002", "髙島屋", "タカシマヤ"),
        shop("A0003", "Café あかり", "カフェ アカリ"),
        shop("B0001", "しなの食堂", "シナノショクドウ"),
        shop("A0321004", "ラーメン B0001番", "ラーメン"),
    ]
}

fn import<T: serde::Serialize>(room: &Room, list: List, rows: &[T]) {
    let bytes = serde_json::to_vec(rows).unwrap();
    let sha256 = Sha256::of(&bytes);
    let input = Input::ImportList { list, sha256, rows: rows.len() as u64 };
    room.desk.ask_with(act("s1", input), vec![Arc::from(bytes)]).unwrap();
}

fn at(day: i64, by: &str, input: Input) -> Act {
    Act { at: Stamp { ms: FIRST_DAY + day * DAY, offset_min: 540 }, ..act(by, input) }
}

fn ask(room: &Room, act: Act) -> Vec<Recorded> {
    room.desk.ask(act).unwrap().events
}

fn reader(room: &Room) -> Reader {
    Reader::open(room.dir.path()).unwrap()
}

fn open(room: &Room, shop: &str, sheets: u32) -> EnvelopeId {
    let day = jiff::civil::date(2023, 11, 15);
    let slip = Slip::from([(KindId::new("1000"), sheets)]);
    let open = Input::OpenEnvelope { shop: shop.to_owned(), slip, arrived: day, business_day: day };
    ask(room, act("o1", open))[0].event.envelope().unwrap()
}

fn by_hand(envelope: EnvelopeId) -> Input {
    let capture =
        Capture { side: Side::Front, source: Source::Hand {}, reading: Reading::default() };
    let operator_kind = Some(KindId::new("1000"));
    Input::TakeSheet(TakeSheet { envelope, captures: vec![capture], operator_kind })
}

fn with_camera(input: Input) -> Input {
    match input {
        Input::TakeSheet(mut take) => {
            let sha256 = *take.captures[0].picture().unwrap();
            take.captures[0].source = Source::Camera { size: 1, sha256 };
            Input::TakeSheet(take)
        }
        other => other,
    }
}

/// As a hand scanner sees it: no ledger vouches for it, so it waits for keying.
fn by_code(input: Input) -> Input {
    match input {
        Input::TakeSheet(mut take) => {
            take.captures[0].source = Source::Code {};
            take.captures[0].reading.printed = None;
            Input::TakeSheet(take)
        }
        other => other,
    }
}

fn settle(room: &Room, sheet: SheetId, decision: Settlement) {
    let reason = "確認済み".to_owned();
    let input = Input::Settle { sheet, decision, kind: None, reason };
    ask(room, Act { with: Some(person("o2")), ..act("s1", input) });
}

/// What a search finds, as `envelope-ordinal`.
fn found(room: &Room, change: impl FnOnce(&mut SearchQuery)) -> Vec<String> {
    let mut query = SearchQuery::default();
    change(&mut query);
    let found = reader(room).search(&query, 20).unwrap();
    found.iter().map(|it| format!("{}-{}", it.sheet.envelope.0, it.sheet.ordinal)).collect()
}

fn n(room: &Room, number: &str) -> Vec<String> {
    found(room, |query| query.number = Some(number.to_owned()))
}

#[test]
fn shops_as_they_are_typed() {
    let room = room(|_| {});
    import(&room, List::Shops, &shops());
    let reader = reader(&room);
    let codes = |text: &str| {
        let found = reader.shops(text, 10).unwrap();
        found.into_iter().map(|it| it.code).collect::<Vec<_>>().join(" ")
    };
    for (typed, wanted) in [
        ("", "A0001 A0002 A0003 A0321004 B0001"),
        ("A0", "A0001 A0002 A0003 A0321004"),
        ("a0", "A0001 A0002 A0003 A0321004"),
        ("Ａ０００", "A0001 A0002 A0003"),
        // By its code first, then where a name holds it.
        ("b0001", "B0001 A0321004"),
        ("しなの", "A0001 B0001"),
        ("シナノ", "A0001 B0001"),
        ("ｼﾅﾉ", "A0001 B0001"),
        ("しなのしょくどう", "B0001"),
        ("しなの そば", "A0001"),
        ("そば処しなの", "A0001"),
        ("高島屋", "A0002"),
        ("CAFÉ", "A0003"),
        ("nothing", ""),
        ("%", ""),
        ("_", ""),
    ] {
        assert_eq!(codes(typed), wanted, "{typed}");
    }
    assert_eq!(reader.shops("しなの", 1).unwrap().len(), 1);
    assert_eq!(reader.shops("", 0).unwrap(), []);
    assert_eq!(reader.shop("A0002").unwrap().unwrap().name, "髙島屋");
    assert_eq!(reader.shop("A0").unwrap(), None);
}

/// Three envelopes on three days: accepted, repeated, keyed, held, taken back.
fn busy() -> (Room, EnvelopeId, EnvelopeId) {
    let room = room(|_| {});
    let profile = profile();
    let no = |serial| number(&profile, "A", serial);
    let (two, three) = (open(&room, "B0001", 3), open(&room, "Z9999", 1));
    import(&room, List::Shops, &shops());
    let id = |envelope: EnvelopeId, ordinal| SheetId { envelope, ordinal };
    // 1-1 accepted, 1-2 taken back, 1-3 a repeat of 1-1, on the first day.
    ask(&room, at(0, "o1", sheet(room.envelope, 1, &no(100))));
    ask(&room, at(0, "o1", sheet(room.envelope, 2, &no(200))));
    ask(&room, at(0, "o1", Input::Undo { sheet: id(room.envelope, 2) }));
    ask(&room, at(0, "o2", sheet(room.envelope, 3, &no(100))));
    // 2-1 accepted on the second day, 2-2 keyed by two as the number of 1-1, 2-3 waits for keying.
    ask(&room, at(1, "o2", with_camera(sheet(two, 4, &no(300)))));
    ask(&room, at(1, "o2", by_hand(two)));
    ask(&room, at(2, "o2", by_code(sheet(two, 5, &no(400)))));
    for by in ["o1", "o3"] {
        let key = Input::Key { sheet: id(two, 2), answer: Keyed::Number(no(100)), kind: None };
        ask(&room, at(2, by, key));
    }
    let key = Input::Key { sheet: id(two, 3), answer: Keyed::Number(no(400)), kind: None };
    ask(&room, at(2, "o1", key));
    // 3-1 held by the supervisor, on the third day; 3-2 under a provisional number.
    ask(&room, at(2, "o1", by_hand(three)));
    settle(&room, id(three, 1), Settlement::Hold { defect: None });
    ask(&room, at(2, "o1", by_hand(three)));
    settle(&room, id(three, 2), Settlement::Provisional);
    (room, two, three)
}

#[test]
fn sheets_are_found_by_number() {
    let (room, ..) = busy();
    let whole = number(&profile(), "A", 100).to_string();
    // The one that counts, its repeat, and the one that two people keyed alike.
    assert_eq!(n(&room, &whole), ["1-1", "1-3", "2-2"]);
    assert_eq!(n(&room, &whole[..9]), ["1-1", "1-3", "2-2"]);
    let sheets = reader(&room)
        .search(&SearchQuery { number: Some(whole.clone()), ..SearchQuery::default() }, 20);
    let sheets = sheets.unwrap();
    assert_eq!(sheets[0].number, Some(whole.clone()));
    assert_eq!(sheets[0].kind, Some(KindId::new("1000")));
    assert_eq!((sheets[0].place, sheets[1].place), (PlaceWord::Accepted, PlaceWord::Settle));
    assert_eq!((sheets[1].position, sheets[1].shop_name.as_str()), (2, "そば処 しなの"));
    assert_eq!(sheets[1].arrived, jiff::civil::date(2026, 11, 20));
    // A part from the middle, newest first; from the beginning before the middle.
    let part = &number(&profile(), "A", 300).to_string()[5..];
    assert_eq!(n(&room, part), ["2-1"]);
    assert_eq!(n(&room, "A0000"), ["1-1", "1-3", "2-2", "2-1", "2-3"]);
    assert_eq!(n(&room, "0000"), ["3-2", "2-3", "2-2", "2-1", "1-3", "1-1"]);
    assert_eq!(
        reader(&room)
            .search(&SearchQuery { number: Some("0000".to_owned()), ..SearchQuery::default() }, 2)
            .unwrap()
            .len(),
        2
    );
    // 仮券番, whole and begun; one of another campaign.
    assert_eq!(n(&room, "K01-00003-002"), ["3-2"]);
    assert_eq!(n(&room, "K01-00003"), ["3-2"]);
    assert_eq!(n(&room, "X01-00003-002"), [""; 0]);
    // A number in printed groups that looks like a 仮券番 is found too.
    let groups = format!("{}-{}-{}", &whole[..3], &whole[3..8], &whole[8..]);
    assert_eq!(n(&room, &groups), ["1-1", "1-3", "2-2"]);
    // What is to be keyed blind is found by what a machine read, but not told; what was taken back is
    // not there.
    let blind = number(&profile(), "A", 400).to_string();
    assert_eq!(n(&room, &blind), ["2-3"]);
    let blind = SearchQuery { number: Some(blind), ..SearchQuery::default() };
    assert_eq!(reader(&room).search(&blind, 20).unwrap()[0].number, None);
    assert_eq!(n(&room, number(&profile(), "A", 200).as_str()), [""; 0]);
    // No number, but a shop's code.
    assert_eq!(n(&room, "B0001"), ["2-3", "2-2", "2-1"]);
    assert_eq!(n(&room, "B00"), ["2-3", "2-2", "2-1"]);
    assert_eq!(n(&room, "Z9999"), ["3-2", "3-1"]);
    for odd in ["%", "_", "' OR 1", "\u{10FFFF}", "\0"] {
        assert_eq!(n(&room, odd), [""; 0], "{odd}");
    }
}

#[test]
fn sheets_are_found_by_everything_else() {
    let (room, two, three) = busy();
    assert_eq!(found(&room, |it| it.envelope = Some(two)), ["2-3", "2-2", "2-1"]);
    let one = |ordinal| {
        found(&room, |it| (it.envelope, it.ordinal) = (Some(EnvelopeId(1)), Some(ordinal)))
    };
    // By its own id a sheet that was taken back is found, too.
    assert_eq!((one(1), one(2), one(9)), (vec!["1-1".to_owned()], vec!["1-2".to_owned()], vec![]));
    assert_eq!(found(&room, |it| it.ordinal = Some(2)), ["3-2", "2-2"]);
    let place = |place| found(&room, |it| it.place = Some(place));
    assert_eq!(place(PlaceWord::Accepted), ["3-2", "2-1", "1-1"]);
    assert_eq!(place(PlaceWord::Settle), ["2-2", "1-3"]);
    assert_eq!(place(PlaceWord::Entry), ["2-3"]);
    assert_eq!(place(PlaceWord::Held), ["3-1"]);
    assert_eq!(place(PlaceWord::Undone), ["1-2"]);
    assert_eq!(found(&room, |it| it.kind = Some(KindId::new("500"))), [""; 0]);
    let shop = |shop: &str| found(&room, |it| it.shop = Some(shop.to_owned()));
    assert_eq!(shop("しなの"), ["2-3", "2-2", "2-1", "1-3", "1-1"]);
    assert_eq!(shop("しなの食堂"), ["2-3", "2-2", "2-1"]);
    assert_eq!(shop("z99"), ["3-2", "3-1"]);
    assert_eq!(shop("高島屋"), [""; 0]);
    // Whoever took, keyed, took back or settled it, first or second.
    let who = |id: &str| found(&room, |it| it.person = Some(person(id)));
    assert_eq!(who("o3"), ["2-2"]);
    assert_eq!(who("s1"), ["3-2", "3-1"]);
    // The second one only where one was needed: a supervisor holds alone.
    assert_eq!(who("o2"), ["3-2", "2-3", "2-2", "2-1", "1-3"]);
    assert_eq!(who("d1"), [""; 0]);
    // Days are those of taking, by the clock at the station; what was done later is not.
    let day = |add: i64| Stamp { ms: FIRST_DAY + add * DAY, offset_min: 540 }.date();
    let days = |from: i64, until: i64| {
        found(&room, |it| (it.from, it.until) = (Some(day(from)), Some(day(until))))
    };
    assert_eq!(days(0, 0), ["1-3", "1-1"]);
    assert_eq!(days(1, 1), ["2-2", "2-1"]);
    assert_eq!(days(2, 2), ["3-2", "3-1", "2-3"]);
    assert_eq!(days(1, 9), ["3-2", "3-1", "2-3", "2-2", "2-1"]);
    assert_eq!(days(-9, -1), [""; 0]);
    assert_eq!(found(&room, |it| it.until = Some(day(0))), ["1-3", "1-1"]);
    // Everything together.
    let all = |it: &mut SearchQuery| {
        it.shop = Some("しなの".to_owned());
        it.person = Some(person("o2"));
        it.from = Some(day(1));
        it.place = Some(PlaceWord::Settle);
        it.number = Some(number(&profile(), "A", 100).to_string());
    };
    assert_eq!(found(&room, all), ["2-2"]);
    assert_eq!(
        found(&room, |it| {
            all(it);
            it.envelope = Some(three)
        }),
        [""; 0]
    );
    assert_eq!(found(&room, |_| {}).len(), 7);
    let query = SearchQuery { place: Some(PlaceWord::Entry), ..SearchQuery::default() };
    assert_eq!(reader(&room).search(&query, 1).unwrap()[0].number, None);
}

#[test]
fn lists_of_envelopes_and_deliveries() {
    let room = room(|_| {});
    let profile = profile();
    let lines = |filter, limit| {
        let lines = reader(&room).envelopes(filter, limit).unwrap();
        lines.into_iter().map(|it| (it.id.0, it.phase, it.sheets, it.amount)).collect::<Vec<_>>()
    };
    for no in 1..=5 {
        ask(&room, act("o1", sheet(room.envelope, no, &number(&profile, "A", no))));
    }
    let two = open(&room, "Z9999", 0);
    import(&room, List::Shops, &shops());
    ask(&room, act("o1", Input::CloseEnvelope { envelope: room.envelope, reason: None }));
    let (open, closed) = (PhaseWord::Open, PhaseWord::Closed);
    let paid = Some(Yen(5_000));
    assert_eq!(lines(EnvelopeFilter::Undelivered, 9), [(1, closed, 5, paid), (2, open, 0, None)]);
    assert_eq!(lines(EnvelopeFilter::Open, 9), [(2, open, 0, None)]);
    assert_eq!(lines(EnvelopeFilter::Closed, 9), [(1, closed, 5, paid)]);
    assert_eq!(lines(EnvelopeFilter::Undelivered, 1).len(), 1);
    let line = reader(&room).envelopes(EnvelopeFilter::Closed, 1).unwrap().remove(0);
    assert_eq!((line.shop_name.as_str(), line.declared, line.delivery), ("そば処 しなの", 5, None));
    // Re-opened and added to: what counts is what lies in it now.
    let reason = "再確認".to_owned();
    let reopen = Input::ReopenEnvelope { envelope: room.envelope, reason };
    ask(&room, Act { with: Some(person("o2")), ..act("s1", reopen) });
    ask(&room, act("o1", sheet(room.envelope, 6, &number(&profile, "A", 6))));
    assert_eq!(lines(EnvelopeFilter::Open, 9)[0], (1, open, 6, None));
    ask(&room, act("o1", Input::Undo { sheet: SheetId { envelope: room.envelope, ordinal: 6 } }));
    ask(&room, act("o1", Input::CloseEnvelope { envelope: room.envelope, reason: None }));

    let prepare = || {
        let date = jiff::civil::date(2026, 11, 30);
        let input = Input::PrepareDelivery { envelopes: None, date };
        ask(&room, Act { with: Some(person("s1")), ..act("d1", input) });
    };
    prepare();
    assert_eq!(lines(EnvelopeFilter::Undelivered, 9)[0].1, PhaseWord::Delivering);
    let fail = Input::FailDelivery { delivery: DeliveryId(1), why: "媒体".to_owned() };
    ask(&room, Act { with: Some(person("s1")), ..act("d1", fail) });
    prepare();
    let manifest = Sha256::of(b"manifest");
    ask(&room, act("d1", Input::FinishDelivery { delivery: DeliveryId(2), manifest }));
    ask(&room, act("o1", Input::CloseEnvelope { envelope: two, reason: None }));
    prepare();
    let rows = reader(&room).deliveries(9).unwrap();
    let states = rows.iter().map(|it| (it.id.0, it.state)).collect::<Vec<_>>();
    let wanted =
        [(3, DeliveryState::Prepared), (2, DeliveryState::Done), (1, DeliveryState::Failed)];
    assert_eq!(states, wanted);
    assert_eq!((rows[1].sheets, rows[1].amount, rows[1].manifest), (5, Yen(5_000), Some(manifest)));
    assert_eq!(rows[0].manifest, None);
    assert_eq!(reader(&room).deliveries(1).unwrap().len(), 1);
    let gone = reader(&room).envelopes(EnvelopeFilter::Delivered, 9).unwrap();
    assert_eq!((gone.len(), gone[0].delivery), (1, Some(DeliveryId(2))));
    let sheets = reader(&room)
        .search(&SearchQuery { envelope: Some(room.envelope), ..SearchQuery::default() }, 1);
    assert_eq!(sheets.unwrap()[0].delivered, Some(DeliveryId(2)));
}

#[test]
fn preflight_says_what_keeps_a_delivery_here() {
    let room = room(|_| {});
    let profile = profile();
    let id = |envelope: EnvelopeId, ordinal| SheetId { envelope, ordinal };
    let points = || reader(&room).preflight().unwrap();
    let still_open =
        |envelope, entry| PreflightPoint::StillOpen { envelope, check: 0, entry, settle: 0 };
    assert_eq!(points(), [PreflightPoint::NothingClosed, still_open(room.envelope, 0)]);
    for no in 1..=4 {
        ask(&room, act("o1", sheet(room.envelope, no, &number(&profile, "A", no))));
    }
    ask(&room, act("o1", by_hand(room.envelope)));
    assert_eq!(points(), [PreflightPoint::NothingClosed, still_open(room.envelope, 1)]);
    settle(&room, id(room.envelope, 5), Settlement::Hold { defect: None });
    ask(&room, act("o1", Input::CloseEnvelope { envelope: room.envelope, reason: None }));
    let two = open(&room, "A0002", 0);
    let unnamed = PreflightPoint::ShopUnnamed { envelope: room.envelope, shop: "A0001".to_owned() };
    let held = PreflightPoint::Held { envelope: room.envelope, ordinals: vec![5] };
    assert_eq!(points(), [unnamed, still_open(two, 0), held.clone()]);
    import(&room, List::Shops, &shops());
    assert_eq!(points(), [still_open(two, 0), held.clone()]);
    assert!(points().iter().all(|point| !point.blocks()));

    // Blocked since, but for one that two people let pass.
    let blocked = [1, 2].map(|serial| BlockedEntry {
        number: number(&profile, "A", serial),
        reason: "盗難".to_owned(),
    });
    import(&room, List::Blocked, &blocked);
    let reason = "確認".to_owned();
    let reopen = Input::ReopenEnvelope { envelope: room.envelope, reason };
    ask(&room, Act { with: Some(person("o2")), ..act("s1", reopen) });
    settle(&room, id(room.envelope, 1), Settlement::Accept(number(&profile, "A", 1)));
    settle(&room, id(room.envelope, 2), Settlement::Accept(number(&profile, "A", 2)));
    ask(&room, act("o1", Input::CloseEnvelope { envelope: room.envelope, reason: None }));
    assert!(points().iter().all(|point| !point.blocks()), "{:?}", points());
    let third = BlockedEntry { number: number(&profile, "A", 3), reason: "無効".to_owned() };
    import(&room, List::Blocked, &[third]);
    let sheet = id(room.envelope, 3);
    let wanted = PreflightPoint::BlockedMeanwhile { sheet, reason: "無効".to_owned() };
    assert_eq!(points()[0], wanted);
    assert!(points()[0].blocks());
    // The desk says the same.
    let date = jiff::civil::date(2026, 11, 30);
    let prepare = Act {
        with: Some(person("s1")),
        ..act("d1", Input::PrepareDelivery { envelopes: None, date })
    };
    let refused = room.desk.ask(prepare.clone()).unwrap_err();
    assert!(refused.to_string().contains("blocked by now"), "{refused}");
    let reopen = Input::ReopenEnvelope { envelope: room.envelope, reason: "再".to_owned() };
    ask(&room, Act { with: Some(person("o2")), ..act("s1", reopen) });
    settle(&room, sheet, Settlement::Hold { defect: None });
    ask(&room, act("o1", Input::CloseEnvelope { envelope: room.envelope, reason: None }));
    let prepared = ask(&room, prepare);
    assert!(matches!(prepared[0].event, Event::DeliveryPrepared { .. }));
    let held = PreflightPoint::Held { envelope: room.envelope, ordinals: vec![3, 5] };
    let unfinished = PreflightPoint::Unfinished { delivery: DeliveryId(1) };
    assert_eq!(points(), [unfinished, still_open(two, 0), held]);
}

#[test]
fn crops_without_the_whole_picture() {
    let dir = tempfile::tempdir().unwrap();
    let look = Pictures::open_read(dir.path());
    let hash = |no: u32| Sha256::of(&no.to_le_bytes());
    assert_eq!(look.crops(&[hash(1)]).unwrap(), [], "no folder yet, and none is made");
    assert!(!dir.path().join("pictures").exists());
    let mut pictures = Pictures::open(dir.path()).unwrap();
    let entry = |no: u32| Entry {
        sha256: hash(no),
        bytes: vec![7; 100_000],
        crop: no.to_le_bytes().to_vec(),
    };
    pictures.put("2026-11-20", &[entry(1), entry(2)]).unwrap();
    pictures.put("2026-11-21", &[entry(3)]).unwrap();
    let crops = |wanted: &[u32]| {
        let wanted = wanted.iter().map(|no| hash(*no)).collect::<Vec<_>>();
        let crops = look.crops(&wanted).unwrap();
        assert!(crops.iter().all(|(sha256, crop)| *sha256 == Sha256::of(crop)));
        crops
            .iter()
            .map(|(_, crop)| u32::from_le_bytes(crop[..].try_into().unwrap()))
            .collect::<Vec<_>>()
    };
    assert_eq!(crops(&[3, 9, 1, 2, 1]), [3, 1, 2, 1], "in the order asked for");
    // Written after this handle first looked, into a file that it has open and into a new one.
    pictures.put("2026-11-21", &[entry(4)]).unwrap();
    pictures.put("2026-11-22", &[entry(5)]).unwrap();
    assert_eq!(crops(&[5, 4]), [5, 4]);
    assert_eq!(look.crop(&hash(9)).unwrap(), None);
    assert_eq!(look.crop(&hash(2)).unwrap(), Some(2u32.to_le_bytes().to_vec()));
    assert_eq!(look.get(&hash(2)).unwrap().unwrap().bytes.len(), 100_000);
    assert_eq!(pictures.crop(&hash(2)).unwrap(), Some(2u32.to_le_bytes().to_vec()));
    let mut look = look;
    assert!(look.put("2026-11-23", &[entry(6)]).is_err());
    // A file without its table, as a kill may leave it, is no obstacle.
    std::fs::write(dir.path().join("pictures/2026-11-24.db"), b"").unwrap();
    assert_eq!(look.crop(&hash(1)).unwrap(), Some(1u32.to_le_bytes().to_vec()));
}

/// A file that an older version made: its crop stands behind the bytes.
#[test]
fn older_picture_files_are_read() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir(dir.path().join("pictures")).unwrap();
    let conn = rusqlite::Connection::open(dir.path().join("pictures/2026-11-20.db")).unwrap();
    conn.execute_batch(
        "CREATE TABLE picture (sha256 BLOB NOT NULL PRIMARY KEY, bytes BLOB NOT NULL, crop BLOB NOT NULL) STRICT",
    )
    .unwrap();
    let hash = Sha256::of(b"bytes");
    conn.execute(
        "INSERT INTO picture VALUES (?1, ?2, ?3)",
        rusqlite::params![hash.0, b"bytes", b"crop"],
    )
    .unwrap();
    let look = Pictures::open_read(dir.path());
    assert_eq!(look.crop(&hash).unwrap().unwrap(), b"crop");
    let mut pictures = Pictures::open(dir.path()).unwrap();
    let more = Entry { sha256: Sha256::of(b"2"), bytes: b"2".to_vec(), crop: b"c2".to_vec() };
    pictures.put("2026-11-20", &[more]).unwrap();
    assert_eq!(pictures.get(&Sha256::of(b"2")).unwrap().unwrap().crop, b"c2");
    assert_eq!(look.crop(&Sha256::of(b"2")).unwrap().unwrap(), b"c2");
}

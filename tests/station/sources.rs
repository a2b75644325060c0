//! Where sheets come from besides a folder: the desk camera, the hand scanner, a person's hand.

use crate::desk::{Room, act, room};
use crate::world::{number, profile};
use kenban::desk::DeskError;
use kenban::flow::event::{Capture, Event, Place, Source};
use kenban::flow::ids::{FeedId, Sha256};
use kenban::flow::input::TakeSheet;
use kenban::flow::{Input, Recorded, Refusal};
use kenban::store::Reader;
use kenban::store::audit::{Outside, audit};
use kenban::store::pictures::{Entry, Pictures};
use kenban::voucher::{BarcodeFinding, PrintedFinding, Reading, Reason, Side, Symbology, Verdict};

fn barcode(serial: u64) -> Reading {
    let number = number(&profile(), "A", serial);
    let barcode = BarcodeFinding { symbology: Symbology::Code128, text: number.to_string() };
    Reading { barcode: Some(barcode), ..Reading::default() }
}

fn printed(serial: u64) -> Option<PrintedFinding> {
    let number = number(&profile(), "A", serial);
    Some(PrintedFinding { free: number.to_string(), number: Some(number), confidence: 999 })
}

fn camera(bytes: &[u8]) -> Source {
    Source::Camera { size: bytes.len() as u64, sha256: Sha256::of(bytes) }
}

fn take(room: &Room, source: Source, reading: Reading) -> Result<Vec<Recorded>, DeskError> {
    let capture = Capture { side: Side::Front, source, reading };
    let take = TakeSheet { envelope: room.envelope, captures: vec![capture], operator_kind: None };
    room.desk.ask(act("o1", Input::TakeSheet(take))).map(|done| done.events)
}

fn taken(room: &Room, source: Source, reading: Reading) -> kenban::flow::event::SheetTaken {
    match take(room, source, reading).unwrap().remove(0).event {
        Event::SheetTaken(taken) => taken,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_no_one_can_see_is_keyed() {
    let room = room(|_| {});
    // One reading, and no ledger that knows it: with a picture a person looks, without one it is
    // keyed from the paper.
    let seen = taken(&room, camera(b"1"), barcode(1));
    assert!(matches!(seen.place, Place::Check { .. }), "{seen:?}");
    let scanned = taken(&room, Source::Code {}, barcode(2));
    assert_eq!((scanned.verdict, &scanned.place), (Verdict::Check, &Place::Entry));
    assert_eq!(scanned.read, Some(number(&profile(), "A", 2)), "what was read stays");
    let by_hand = taken(&room, Source::Hand {}, Reading::default());
    assert_eq!((by_hand.verdict, &by_hand.place), (Verdict::Unreadable, &Place::Entry));
    assert_eq!(by_hand.reasons, [Reason::NoBarcode, Reason::NothingRead]);
}

#[test]
fn a_source_reads_only_what_it_sees() {
    let room = room(|_| {});
    let both = Reading { printed: printed(1), ..barcode(1) };
    for (source, reading) in [
        (Source::Code {}, both.clone()),
        (Source::Hand {}, barcode(1)),
        (Source::Hand {}, Reading { printed: printed(1), ..Reading::default() }),
    ] {
        let refused = take(&room, source, reading).unwrap_err();
        assert!(matches!(refused, DeskError::Refused(Refusal::NotReadBySource)), "{refused}");
    }
    let accepted = taken(&room, camera(b"1"), both);
    assert!(matches!(accepted.place, Place::Accepted(_)));
}

#[test]
fn a_camera_that_gives_one_picture_twice_is_stopped() {
    let room = room(|_| {});
    taken(&room, camera(b"stuck"), barcode(1));
    let again = taken(&room, camera(b"stuck"), barcode(1));
    assert_eq!((again.verdict, &again.reasons[..]), (Verdict::Stop, &[Reason::SamePicture][..]));
    // A file with the same bytes, too; two sheets without pictures are just two sheets.
    let name = "scan1.jpg".to_owned();
    let sha256 = Sha256::of(b"stuck");
    let file = Source::File { feed: FeedId(1), name, size: 5, sha256 };
    assert_eq!(taken(&room, file, barcode(2)).reasons, [Reason::SamePicture]);
    for _ in 0..2 {
        let scanned = taken(&room, Source::Code {}, barcode(3));
        assert_eq!(scanned.place, Place::Entry);
    }
}

#[test]
fn pictures_of_the_camera_are_kept_and_audited() {
    let room = room(|_| {});
    let mut pictures = Pictures::open(room.dir.path()).unwrap();
    let entry = |bytes: &[u8]| Entry {
        sha256: Sha256::of(bytes),
        bytes: bytes.to_vec(),
        crop: b"crop".to_vec(),
    };
    pictures.put("2026-11-20", &[entry(b"named"), entry(b"orphan")]).unwrap();
    taken(&room, camera(b"named"), barcode(1));
    taken(&room, Source::Code {}, barcode(2));
    let swept = pictures.sweep(&Reader::open(room.dir.path()).unwrap()).unwrap();
    assert_eq!(swept, 1);
    assert!(pictures.get(&Sha256::of(b"named")).unwrap().is_some());
    let found = || audit(room.dir.path(), &Outside::default(), None).unwrap().findings;
    assert_eq!(found(), Vec::<String>::new());
    taken(&room, camera(b"never kept"), barcode(4));
    let found = found();
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains(&Sha256::of(b"never kept").to_string()), "{found:?}");
}

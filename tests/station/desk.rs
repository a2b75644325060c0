//! The desk and its store under faults: a failed commit, a full disk, two equal numbers in one
//! group, an answer only after the commit.

use crate::world::{PROFILE, genesis, number, people, person, profile};
use crossbeam_channel::Sender;
use kenban::desk::{Desk, DeskError, Office, Outcome, SignedHead, Signing, start};
use kenban::flow::event::{Capture, Event, Keyed, Place, Slip, Source};
use kenban::flow::ids::{EnvelopeId, FeedId, Sha256, SheetId, Stamp};
use kenban::flow::input::TakeSheet;
use kenban::flow::{Act, Input, Refusal, State};
use kenban::store::audit::{Outside, audit};
use kenban::store::{Reader, StoreError, Writer};
use kenban::voucher::{
    BarcodeFinding, KindId, Number, PrintedFinding, Reading, Reason, Side, Symbology,
};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread::JoinHandle;

/// A key that signs nothing worth checking; the real one is tested through the program.
struct NoKey;

impl Signing for NoKey {
    fn sign(&self, _: &str) -> Result<String, String> {
        Ok("none".to_owned())
    }
    fn keep(&mut self, _: &SignedHead) -> Result<(), String> {
        Ok(())
    }
}

pub struct Room {
    pub dir: tempfile::TempDir,
    pub desk: Desk,
    pub thread: JoinHandle<()>,
    pub envelope: EnvelopeId,
}

pub fn act(by: &str, input: Input) -> Act {
    Act { by: person(by), with: None, at: Stamp { ms: 1_700_000_000_000, offset_min: 540 }, input }
}

/// A desk over a new campaign with one open envelope; `prepare` may tamper with the writer once
/// all that is done.
pub fn room(prepare: impl FnOnce(&mut Writer)) -> Room {
    let dir = tempfile::tempdir().unwrap();
    let writer = Writer::create(dir.path(), 0).unwrap();
    let (desk, thread) = office(writer, None);
    let begin = Input::Begin { genesis: genesis(&profile()), people: people() };
    desk.ask_with(act("s1", begin), vec![Arc::from(PROFILE.as_bytes())]).unwrap();
    let day = jiff::civil::date(2026, 11, 20);
    let open = Input::OpenEnvelope {
        shop: "A0001".to_owned(),
        slip: Slip::from([(KindId::new("1000"), 5)]),
        arrived: day,
        business_day: day,
    };
    desk.ask(act("o1", open)).unwrap();
    let envelope = EnvelopeId(1);
    let feed = Input::StartFeed { envelope, folder: "in".to_owned(), sides: 1 };
    desk.ask(act("o1", feed)).unwrap();
    drop(desk);
    thread.join().unwrap();
    let mut writer = Writer::open(dir.path(), 0).unwrap();
    prepare(&mut writer);
    let (desk, thread) = office(writer, None);
    Room { dir, desk, thread, envelope }
}

/// A desk over a writer, with ears if there are any.
pub fn office(writer: Writer, outcomes: Option<Sender<Outcome>>) -> (Desk, JoinHandle<()>) {
    let office = Office { writer, profile: profile(), signing: Box::new(NoKey), outcomes };
    start(office).unwrap()
}

/// A sheet on which barcode and print both say this number.
pub fn sheet(envelope: EnvelopeId, no: u64, number: &Number) -> Input {
    let reading = Reading {
        barcode: Some(BarcodeFinding { symbology: Symbology::Code128, text: number.to_string() }),
        printed: Some(PrintedFinding {
            free: number.to_string(),
            number: Some(number.clone()),
            confidence: 999,
        }),
        ..Reading::default()
    };
    let name = format!("scan{no}.jpg");
    let source =
        Source::File { feed: FeedId(1), size: 80_000, sha256: Sha256::of(name.as_bytes()), name };
    let capture = Capture { side: Side::Front, source, reading };
    Input::TakeSheet(TakeSheet { envelope, captures: vec![capture], operator_kind: None })
}

fn holds(data: &Path) -> Reader {
    let report = audit(data, &Outside::default(), None).unwrap();
    assert_eq!(report.findings, Vec::<String>::new());
    Reader::open(data).unwrap()
}

fn places(reader: &Reader, envelope: EnvelopeId) -> Vec<Place> {
    let envelope = reader.envelope(envelope).unwrap().unwrap();
    envelope.sheets.into_iter().map(|sheet| sheet.place).collect()
}

#[test]
fn desk_answers_after_commit() {
    let room = room(|_| {});
    let profile = profile();
    for no in 1..=50 {
        let done =
            room.desk.ask(act("o1", sheet(room.envelope, no, &number(&profile, "A", no)))).unwrap();
        // Another connection sees it at once: it is on the disk, not on its way.
        let reader = Reader::open(room.dir.path()).unwrap();
        let seq = done.events.last().unwrap().seq;
        assert!(reader.head_at(seq).unwrap().is_some(), "answered before the commit");
        assert_eq!(reader.sheet_count().unwrap(), no);
    }
    let board = room.desk.board().clone();
    drop(room.desk);
    room.thread.join().unwrap();
    assert_eq!(board.view().envelopes[&room.envelope].tally.sum().taken, 50);
}

#[test]
fn two_equal_numbers_in_one_group() {
    let room = room(|_| {});
    let same = number(&profile(), "A", 7);
    // Submitted without waiting, so that they can meet in one group.
    let pending = (1..=20)
        .map(|no| room.desk.submit(act("o1", sheet(room.envelope, no, &same)), Vec::new()))
        .collect::<Vec<_>>();
    for answer in pending {
        answer.wait().unwrap();
    }
    let places = places(&holds(room.dir.path()), room.envelope);
    assert!(matches!(places[0], Place::Accepted(_)));
    for place in &places[1..] {
        let Place::Settle { reasons, others, .. } = place else { panic!("{place:?}") };
        assert_eq!(reasons, &[Reason::Duplicate]);
        assert_eq!(others, &[SheetId { envelope: room.envelope, ordinal: 1 }]);
    }
}

#[test]
fn failed_commit_rolls_the_whole_group_back() {
    let failing = Arc::new(AtomicU32::new(0));
    let gate = Arc::clone(&failing);
    let room = room(move |writer| {
        writer
            .fail_commits(move || {
                gate.try_update(Ordering::SeqCst, Ordering::SeqCst, |it| it.checked_sub(1)).is_ok()
            })
            .unwrap();
    });
    let profile = profile();
    let take = |no: u64| act("o1", sheet(room.envelope, no, &number(&profile, "A", no)));
    room.desk.ask(take(1)).unwrap();
    failing.store(1, Ordering::SeqCst);
    let pending = (2..=30).map(|no| room.desk.submit(take(no), Vec::new())).collect::<Vec<_>>();
    let answers = pending.into_iter().map(|it| it.wait()).collect::<Vec<_>>();
    let lost = answers.iter().filter(|it| matches!(it, Err(DeskError::NotSaved(_)))).count();
    assert!(lost >= 1, "no commit failed");
    let saved = answers.iter().filter(|it| it.is_ok()).count();
    assert_eq!(saved + lost, 29);
    // The station goes on, and what was not saved can be laid again.
    for (no, answer) in (2..=30).zip(&answers) {
        if answer.is_err() {
            room.desk.ask(take(no)).unwrap();
        }
    }
    let taken = room.desk.board().view().envelopes[&room.envelope].tally.sum().taken;
    assert_eq!(taken, 30);
    assert_eq!(holds(room.dir.path()).sheet_count().unwrap(), 30);
}

#[test]
fn full_disk_counts_nothing_that_is_not_saved() {
    let room = room(|writer| {
        let pages = writer.pages().unwrap();
        writer.limit_pages(pages + 12).unwrap();
    });
    let profile = profile();
    let mut saved = 0;
    let mut full = None;
    for no in 1..=2_000 {
        match room.desk.ask(act("o1", sheet(room.envelope, no, &number(&profile, "A", no)))) {
            Ok(_) => saved += 1,
            Err(error) => {
                full = Some(error.to_string());
                break;
            }
        }
    }
    let why = full.unwrap();
    assert!(why.contains("the disk is full"), "{why}");
    assert!(saved > 0);
    let taken = room.desk.board().view().envelopes[&room.envelope].tally.sum().taken;
    assert_eq!(taken, saved, "the screen shows what is on the disk");
    assert_eq!(holds(room.dir.path()).sheet_count().unwrap(), saved);
}

#[test]
fn waiting_acts_are_drained_before_the_desk_ends() {
    let room = room(|_| {});
    let profile = profile();
    let pending = (1..=100)
        .map(|no| {
            room.desk
                .submit(act("o1", sheet(room.envelope, no, &number(&profile, "A", no))), Vec::new())
        })
        .collect::<Vec<_>>();
    drop(room.desk);
    room.thread.join().unwrap();
    for answer in pending {
        answer.wait().unwrap();
    }
    assert_eq!(holds(room.dir.path()).sheet_count().unwrap(), 100);
}

#[test]
fn an_ended_desk_says_so() {
    let room = room(|_| {});
    let board = room.desk.board().clone();
    let Room { dir, desk, thread, .. } = room;
    let late = desk.clone();
    drop(desk);
    // `late` keeps it alive; only with the last handle it ends.
    late.ask(act("s1", Input::EndDay { business_day: jiff::civil::date(2026, 11, 20) })).unwrap();
    drop(late);
    thread.join().unwrap();
    assert_eq!(board.view().stopped, None);
    drop(dir);
}

#[test]
fn state_from_disk_is_state_from_replay() {
    let room = room(|_| {});
    let profile = profile();
    for no in 1..=30 {
        room.desk
            .ask(act("o1", sheet(room.envelope, no, &number(&profile, "A", no % 25))))
            .unwrap();
    }
    let reader = holds(room.dir.path());
    let mut replayed = State::default();
    reader.events(|recorded| kenban::flow::evolve(&mut replayed, recorded)).unwrap();
    assert_eq!(reader.state().unwrap(), replayed);
}

#[test]
fn log_refuses_update_and_delete() {
    let room = room(|_| {});
    room.desk.ask(act("o1", sheet(room.envelope, 1, &number(&profile(), "A", 1)))).unwrap();
    drop(room.desk);
    room.thread.join().unwrap();
    let conn = rusqlite::Connection::open(room.dir.path().join("kenban.db")).unwrap();
    for sql in [
        "UPDATE event SET body = '{}' WHERE seq = 1",
        "DELETE FROM event WHERE seq = 2",
        "DELETE FROM event",
        "UPDATE attachment SET bytes = x'00'",
        "DELETE FROM attachment",
        "INSERT OR REPLACE INTO event SELECT * FROM event WHERE seq = 1",
    ] {
        assert!(conn.execute(sql, []).is_err(), "{sql} was let through");
    }
}

#[test]
fn two_people_key_blind() {
    let room = room(|_| {});
    let profile = profile();
    let mut unreadable = sheet(room.envelope, 1, &number(&profile, "A", 1));
    if let Input::TakeSheet(take) = &mut unreadable {
        take.captures[0].reading = Reading::default();
    }
    room.desk.ask(act("o1", unreadable)).unwrap();
    let sheet = SheetId { envelope: room.envelope, ordinal: 1 };
    let key = |by: &str, serial: u64| {
        let answer = Keyed::Number(number(&profile, "A", serial));
        room.desk.ask(act(by, Input::Key { sheet, answer, kind: None }))
    };
    key("o1", 5).unwrap();
    let again = key("o1", 5).unwrap_err();
    assert!(matches!(again, DeskError::Refused(Refusal::KeyedAlready(_))), "{again}");
    key("o2", 6).unwrap();
    // A third operator may not decide between the two; a verifier may.
    let operator = key("o3", 5).unwrap_err();
    assert!(matches!(operator, DeskError::Refused(Refusal::NotAllowed { .. })), "{operator}");
    let done = key("v1", 5).unwrap();
    let Event::SheetKeyed { place: Place::Accepted(_), .. } = &done.events[0].event else {
        panic!("{done:?}")
    };
    // The view shows who keyed how often, never what.
    let shown = format!("{:?}", room.desk.board().view());
    assert!(!shown.contains(number(&profile, "A", 6).as_str()), "{shown}");
}

#[test]
fn damaged_database_is_refused() {
    let room = room(|_| {});
    let profile = profile();
    for no in 1..=200 {
        room.desk.ask(act("o1", sheet(room.envelope, no, &number(&profile, "A", no)))).unwrap();
    }
    drop(room.desk);
    room.thread.join().unwrap();
    let path = room.dir.path().join("kenban.db");
    let mut bytes = std::fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 4_096].fill(0xA5);
    bytes.truncate(bytes.len() - 8_192);
    std::fs::write(&path, bytes).unwrap();
    let opened = Writer::open(room.dir.path(), 0);
    assert!(matches!(opened, Err(StoreError::Damaged(_))), "{opened:?}");
}

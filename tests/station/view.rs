//! What the window sees: an envelope's work and figures, and the outcome of each sheet.

use crate::desk::{Room, act, office, room, sheet};
use crate::world::{number, person, profile};
use crossbeam_channel::bounded;
use kenban::desk::Via;
use kenban::flow::event::{Capture, Keyed, Place, Source};
use kenban::flow::ids::{Sha256, SheetId};
use kenban::flow::input::{Settlement, TakeSheet};
use kenban::flow::{Act, Input, View};
use kenban::store::{Reader, Writer};
use kenban::voucher::{KindId, Reading, Reason, Side, Yen};

/// The room's desk again, with ears.
fn with_ears(
    room: Room,
    ears: usize,
) -> (Room, crossbeam_channel::Receiver<kenban::desk::Outcome>) {
    let Room { dir, desk, thread, envelope } = room;
    drop(desk);
    thread.join().unwrap();
    let (tell, told) = bounded(ears);
    let (desk, thread) = office(Writer::open(dir.path(), 0).unwrap(), Some(tell));
    (Room { dir, desk, thread, envelope }, told)
}

fn without(room: &Room, source: Source) -> Input {
    let capture = Capture { side: Side::Front, source, reading: Reading::default() };
    Input::TakeSheet(TakeSheet {
        envelope: room.envelope,
        captures: vec![capture],
        operator_kind: Some(KindId::new("500")),
    })
}

#[test]
fn an_envelope_as_the_window_sees_it() {
    let room = room(|_| {});
    let profile = profile();
    let ask = |by: &str, input: Input| room.desk.ask(act(by, input)).unwrap();
    let id = |ordinal| SheetId { envelope: room.envelope, ordinal };
    let one = |input: Input| match input {
        Input::TakeSheet(mut take) => {
            take.captures[0].reading.printed = None;
            Input::TakeSheet(take)
        }
        other => other,
    };
    ask("o1", sheet(room.envelope, 1, &number(&profile, "A", 1)));
    ask("o1", sheet(room.envelope, 2, &number(&profile, "A", 2)));
    ask("o1", Input::Undo { sheet: id(2) });
    ask("o1", one(sheet(room.envelope, 3, &number(&profile, "A", 3))));
    ask("o1", sheet(room.envelope, 4, &number(&profile, "A", 1)));
    ask("o1", without(&room, Source::Hand {}));
    ask("o1", Input::Key { sheet: id(5), answer: Keyed::Cannot, kind: None });
    ask("o1", sheet(room.envelope, 6, &number(&profile, "A", 6)));
    let hold = Settlement::Hold { defect: None };
    let reason = "照会".to_owned();
    let settle = Input::Settle { sheet: id(6), decision: hold, kind: None, reason };
    let settle = Act { with: Some(person("o2")), ..act("s1", settle) };
    room.desk.ask(settle).unwrap();

    let view = room.desk.board().view();
    assert_eq!(*view, View::of(&Reader::open(room.dir.path()).unwrap().state().unwrap()));
    assert_eq!(view.revision, profile.revision);
    let seen = &view.envelopes[&room.envelope];
    assert!(seen.open && !seen.delivering && seen.closed_reason.is_none());
    assert_eq!((seen.last, seen.position, seen.undone), (Some(6), 5, 1));
    assert_eq!(seen.amount, Yen(1_000));
    assert_eq!(seen.slip.values().sum::<u32>(), 5);
    assert_eq!((seen.in_hand(), &seen.held[..]), (3, &[6][..]));

    let check = &seen.check[0];
    let picture = |no: u64| Some(Sha256::of(format!("scan{no}.jpg").as_bytes()));
    assert_eq!((check.ordinal, &check.number), (3, &number(&profile, "A", 3)));
    assert_eq!((check.picture, check.kind.as_ref()), (picture(3), Some(&KindId::new("1000"))));
    assert_eq!(check.layout.as_ref().unwrap().as_str(), "A");
    let settle = &seen.settle[0];
    assert_eq!((settle.ordinal, settle.position, settle.picture), (4, 3, picture(4)));
    assert_eq!((&settle.reasons[..], &settle.others[..]), (&[Reason::Duplicate][..], &[id(1)][..]));
    assert_eq!(settle.number, Some(number(&profile, "A", 1)));
    let entry = &seen.entry[0];
    assert_eq!((entry.ordinal, entry.position, entry.picture), (5, 4, None));
    assert_eq!(
        (&entry.keyed_by[..], entry.kind.as_ref()),
        (&[person("o1")][..], Some(&KindId::new("500")))
    );
}

#[test]
fn ears_hear_each_sheet_once_in_order() {
    let (room, told) = with_ears(room(|_| {}), 64);
    let profile = profile();
    let ask = |by: &str, input: Input| room.desk.ask(act(by, input)).unwrap();
    let id = |ordinal| SheetId { envelope: room.envelope, ordinal };
    ask("o1", sheet(room.envelope, 1, &number(&profile, "A", 1)));
    ask("o1", Input::Undo { sheet: id(1) });
    ask("o2", sheet(room.envelope, 2, &number(&profile, "A", 1)));
    ask("o1", without(&room, Source::Camera { size: 1, sha256: Sha256::of(b"1") }));
    ask("o1", without(&room, Source::Code {}));
    ask("o1", without(&room, Source::Hand {}));
    let heard = told.try_iter().collect::<Vec<_>>();
    assert!(heard.iter().map(|it| it.no).eq(1..=5), "an undo is no sheet");
    assert!(heard.iter().map(|it| it.position).eq([1, 1, 2, 3, 4]), "an undone sheet lies nowhere");
    let sources = heard.iter().map(|it| it.source).collect::<Vec<_>>();
    assert_eq!(sources, [Via::Folder, Via::Folder, Via::Camera, Via::Scanner, Via::Hand]);
    let second = &heard[1];
    assert!(matches!(second.place, Place::Accepted(_)));
    assert_eq!(second.number, Some(number(&profile, "A", 1)));
    assert_eq!((&second.by, second.sheet), (&person("o2"), id(2)));
    assert_eq!(second.picture, Some(Sha256::of(b"scan2.jpg")));
    assert_eq!((heard[3].picture, heard[3].number.clone()), (None, None));
    assert_eq!(heard[3].kind, Some(KindId::new("500")));
}

#[test]
fn ears_that_are_full_stop_nothing_and_are_told_of() {
    let (room, told) = with_ears(room(|_| {}), 1);
    let profile = profile();
    for no in 1..=3 {
        room.desk.ask(act("o1", sheet(room.envelope, no, &number(&profile, "A", no)))).unwrap();
    }
    let view = room.desk.board().view();
    assert!(view.ears_lost);
    assert_eq!(view.envelopes[&room.envelope].position, 3);
    assert_eq!(told.try_iter().map(|it| it.no).collect::<Vec<_>>(), [1]);
}

//! Corrections of sheets in an open envelope, and everything that takes a second person: without one
//! the answer is always the same, so that the window can ask for him.

use crate::desk::{Room, act, room, sheet};
use crate::world::{number, person, profile};
use kenban::desk::DeskError;
use kenban::flow::event::{Capture, Counted, Event, Keyed, Place, Source};
use kenban::flow::ids::{DeliveryId, Sha256, SheetId};
use kenban::flow::input::{Settlement, TakeSheet};
use kenban::flow::{Act, Input, Person, Recorded, Role};
use kenban::voucher::{KindId, Number, Reading, Side};

fn no(serial: u64) -> Number {
    number(&profile(), "A", serial)
}

fn try_with(
    room: &Room,
    by: &str,
    with: Option<&str>,
    input: Input,
) -> Result<Vec<Recorded>, DeskError> {
    room.desk.ask(Act { with: with.map(person), ..act(by, input) }).map(|done| done.events)
}

fn settle(sheet: SheetId, decision: Settlement) -> Input {
    Input::Settle { sheet, decision, kind: None, reason: "確認済み".to_owned() }
}

fn word(answer: Result<Vec<Recorded>, DeskError>) -> &'static str {
    match answer {
        Err(DeskError::Refused(refusal)) => refusal.word(),
        other => panic!("{other:?}"),
    }
}

/// Alone it is refused with the one word, beside oneself and beside someone who may not with theirs;
/// with a second person it is done.
fn takes_two(room: &Room, by: &str, with: &str, input: &Input) -> Vec<Recorded> {
    let role = |id: &str| {
        room.desk.board().view().people.iter().find(|it| it.id == person(id)).unwrap().role
    };
    let duty = input.second_duty().unwrap_or_else(|| panic!("{input:?} names no duty"));
    assert!(role(with).may(duty), "{input:?}");
    assert_eq!(word(try_with(room, by, None, input.clone())), "second_person_missing", "{input:?}");
    assert_eq!(word(try_with(room, by, Some(by), input.clone())), "same_person");
    assert!(!role("x1").may(duty));
    assert_eq!(word(try_with(room, by, Some("x1"), input.clone())), "not_allowed");
    try_with(room, by, Some(with), input.clone()).unwrap()
}

fn place(room: &Room, sheet: SheetId) -> Place {
    let state = kenban::store::Reader::open(room.dir.path()).unwrap().state().unwrap();
    state.sheet(sheet).unwrap().place.clone()
}

#[test]
fn an_accepted_sheet_is_corrected_by_two() {
    let room = room(|_| {});
    let id = |ordinal| SheetId { envelope: room.envelope, ordinal };
    for serial in 1..=5 {
        try_with(&room, "o1", None, sheet(room.envelope, serial, &no(serial))).unwrap();
    }
    let hold = Settlement::Hold { defect: None };
    let reject = |returned| Settlement::Reject { returned, defect: None };
    // Not without a reason, not by an operator, and to no number that is paid already.
    let mut silent = settle(id(1), Settlement::Accept(no(11)));
    if let Input::Settle { reason, .. } = &mut silent {
        *reason = " ".to_owned();
    }
    assert_eq!(word(try_with(&room, "s1", Some("o2"), silent)), "reason_missing");
    assert_eq!(word(try_with(&room, "o1", Some("s1"), settle(id(1), hold.clone()))), "not_allowed");
    let paid = settle(id(1), Settlement::Accept(no(2)));
    assert_eq!(word(try_with(&room, "s1", Some("o2"), paid)), "already_paid");
    let told = settle(id(1), Settlement::Provisional);
    assert_eq!(word(try_with(&room, "s1", Some("o2"), told)), "number_known");

    takes_two(&room, "s1", "o2", &settle(id(1), Settlement::Accept(no(11))));
    let Place::Accepted(accepted) = place(&room, id(1)) else { panic!("not accepted") };
    assert_eq!(accepted.number, Counted::Number(no(11)));
    takes_two(&room, "s1", "o2", &settle(id(2), reject(true)));
    assert!(matches!(place(&room, id(2)), Place::Rejected { returned: true, .. }));
    takes_two(&room, "s1", "o2", &settle(id(3), hold.clone()));
    assert!(matches!(place(&room, id(3)), Place::Held { .. }));
    takes_two(&room, "s1", "o2", &settle(id(4), Settlement::Rekey));
    assert_eq!(place(&room, id(4)), Place::Entry);
    takes_two(&room, "s1", "s2", &settle(id(5), Settlement::Same(id(1))));
    // A number that was given up may be paid again; both people key anew.
    try_with(&room, "o1", None, sheet(room.envelope, 6, &no(1))).unwrap();
    assert!(matches!(place(&room, id(6)), Place::Accepted(_)));
    for by in ["o1", "o2"] {
        let key = Input::Key { sheet: id(4), answer: Keyed::Number(no(4)), kind: None };
        try_with(&room, by, None, key).unwrap();
    }
    assert!(matches!(place(&room, id(4)), Place::Accepted(_)));
    // In a closed envelope nothing is corrected before it is re-opened.
    let close = Input::CloseEnvelope { envelope: room.envelope, reason: None };
    try_with(&room, "o1", None, close).unwrap();
    assert_eq!(word(try_with(&room, "s1", Some("o2"), settle(id(1), hold))), "closed");
}

#[test]
fn a_waiting_sheet_is_settled_alone_only_on_evidence() {
    let room = room(|_| {});
    let id = |ordinal| SheetId { envelope: room.envelope, ordinal };
    let by_hand = || {
        let source = Source::Hand {};
        let capture = Capture { side: Side::Front, source, reading: Reading::default() };
        let operator_kind = Some(KindId::new("1000"));
        let captures = vec![capture];
        Input::TakeSheet(TakeSheet { envelope: room.envelope, captures, operator_kind })
    };
    for _ in 0..4 {
        try_with(&room, "o1", None, by_hand()).unwrap();
    }
    // Nobody said so before, or one who is not the supervisor did.
    takes_two(&room, "s1", "o2", &settle(id(1), Settlement::Accept(no(1))));
    let key = Input::Key { sheet: id(2), answer: Keyed::Number(no(2)), kind: None };
    try_with(&room, "o1", None, key).unwrap();
    try_with(&room, "s1", None, settle(id(2), Settlement::Accept(no(2)))).unwrap();
    takes_two(&room, "s1", "o2", &settle(id(3), Settlement::Provisional));
    // To hold or to reject what doesn't count yet pays nobody.
    try_with(&room, "s1", None, settle(id(4), Settlement::Hold { defect: None })).unwrap();
}

#[test]
fn everything_else_that_takes_two() {
    let room = room(|_| {});
    try_with(&room, "o1", None, sheet(room.envelope, 1, &no(1))).unwrap();
    // The difference is told first; with its reason the second person is asked for.
    let close = |reason: Option<&str>| Input::CloseEnvelope {
        envelope: room.envelope,
        reason: reason.map(str::to_owned),
    };
    for with in [None, Some("o2")] {
        assert_eq!(word(try_with(&room, "o1", with, close(None))), "difference");
    }
    takes_two(&room, "o1", "o2", &close(Some("現物優先")));
    let reason = "再確認".to_owned();
    let reopen = Input::ReopenEnvelope { envelope: room.envelope, reason };
    takes_two(&room, "s1", "o1", &reopen);
    takes_two(&room, "o1", "o2", &close(Some("現物優先")));
    let date = jiff::civil::date(2026, 11, 30);
    takes_two(&room, "d1", "s1", &Input::PrepareDelivery { envelopes: None, date });
    let delivery = DeliveryId(1);
    takes_two(&room, "s2", "s1", &Input::ResumeDelivery { delivery });
    takes_two(&room, "d1", "s1", &Input::FailDelivery { delivery, why: "媒体".to_owned() });
    let new = Person { id: person("o9"), name: "新人".to_owned(), role: Role::Operator };
    takes_two(&room, "s1", "s2", &Input::AddPerson { person: new });
    let hash = "$argon2id$x".to_owned();
    takes_two(&room, "s1", "s2", &Input::SetPin { person: person("o9"), hash });
    let restored = Input::AcceptRestored {
        lost_seq: 1,
        lost_head: Sha256([0; 32]),
        last_envelope: 1,
        last_delivery: 1,
        reason: "媒体の故障".to_owned(),
    };
    takes_two(&room, "s1", "s2", &restored);
    let mut profile = profile();
    profile.revision += 1;
    let text = crate::world::PROFILE.replace("revision = 1", "revision = 2");
    let sha256 = Sha256::of(text.as_bytes());
    let adopt = Input::AdoptProfile { profile: Box::new(profile), sha256 };
    assert_eq!(word(try_with(&room, "s1", None, adopt.clone())), "second_person_missing");
    let with = Act { with: Some(person("s2")), ..act("s1", adopt) };
    let done = room.desk.ask_with(with, vec![std::sync::Arc::from(text.as_bytes())]).unwrap();
    assert!(matches!(done.events[0].event, Event::ProfileAdopted { revision: 2, .. }));
    assert_eq!(room.desk.board().view().revision, 2);
}

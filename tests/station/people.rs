//! PINs and sign-in: who may set what, and that no hash is shown.

use crate::desk::{Room, act, office, room};
use crate::world::{PROFILE, genesis, people, person, profile};
use kenban::desk::DeskError;
use kenban::flow::event::{Event, Genesis, Mode};
use kenban::flow::{Act, Input, Refusal};
use kenban::store::audit::{Outside, audit};
use kenban::store::{Reader, Writer};
use std::collections::BTreeSet;
use std::sync::Arc;

const HASH: &str = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0$YWJjZGVmZ2hpamtsbW5vcA";

fn set(room: &Room, by: &str, with: Option<&str>, whose: &str) -> Result<Event, DeskError> {
    let input = Input::SetPin { person: person(whose), hash: HASH.to_owned() };
    let act = Act { with: with.map(person), ..act(by, input) };
    room.desk.ask(act).map(|mut done| done.events.remove(0).event)
}

#[test]
fn who_may_set_a_pin() {
    let room = room(|_| {});
    // The own one, alone, whatever the role; a second person beside is no part of it.
    let event = set(&room, "o1", Some("s1"), "o1").unwrap();
    assert_eq!(event, Event::PinSet { person: person("o1"), hash: HASH.to_owned(), with: None });
    assert!(set(&room, "x1", None, "x1").is_ok());
    // Another's only a supervisor, with a second one.
    let event = set(&room, "s1", Some("s2"), "o2").unwrap();
    let with = Some(person("s2"));
    assert_eq!(event, Event::PinSet { person: person("o2"), hash: HASH.to_owned(), with });
    let words = [
        (set(&room, "o1", Some("s1"), "o2"), "not_allowed"),
        (set(&room, "s1", None, "o2"), "second_person_missing"),
        (set(&room, "s1", Some("s1"), "o2"), "same_person"),
        (set(&room, "s1", Some("o1"), "o2"), "not_allowed"),
        (set(&room, "s1", Some("s2"), "nobody"), "unknown_person"),
    ];
    for (answer, word) in words {
        let Err(DeskError::Refused(refusal)) = answer else { panic!("{answer:?}") };
        assert_eq!(refusal.word(), word);
    }
    let view = room.desk.board().view();
    assert_eq!(view.pins, BTreeSet::from(["o1", "o2", "x1"].map(person)));
    assert_eq!(view.people.len(), 8);
    assert!(!format!("{view:?}").contains("argon2"), "a view holds no hash");
    let state = Reader::open(room.dir.path()).unwrap().state().unwrap();
    assert_eq!(state.pins[&person("o1")], HASH);
    assert_eq!(audit(room.dir.path(), &Outside::default(), None).unwrap().findings, [""; 0]);
}

/// Whoever chooses a person's first PIN is that person from then on: in a campaign that pays a supervisor
/// stands beside, and only the first supervisor has nobody.
#[test]
fn a_first_pin_takes_a_supervisor() {
    let dir = tempfile::tempdir().unwrap();
    let (desk, thread) = office(Writer::create(dir.path(), 0).unwrap(), None);
    let genesis = Genesis { mode: Mode::Live, ..genesis(&profile()) };
    let begin = Input::Begin { genesis, people: people() };
    desk.ask_with(act("s1", begin), vec![Arc::from(PROFILE.as_bytes())]).unwrap();
    let set = |by: &str, with: Option<&str>| {
        let input = Input::SetPin { person: person(by), hash: HASH.to_owned() };
        let answer = desk.ask(Act { with: with.map(person), ..act(by, input) });
        match answer.map(|mut done| done.events.remove(0).event) {
            Ok(Event::PinSet { person, with, .. }) => Ok((person, with)),
            Ok(other) => panic!("{other:?}"),
            Err(DeskError::Refused(refusal)) => Err(refusal.word()),
            Err(other) => panic!("{other}"),
        }
    };
    assert_eq!(set("o1", None), Err("supervisor_pin_first"));
    assert_eq!(set("o1", Some("s1")), Err("supervisor_pin_first"));
    assert_eq!(set("s1", None), Ok((person("s1"), None)));
    // From here on everybody's, the other supervisor's too.
    assert_eq!(set("s2", None), Err("second_person_missing"));
    assert_eq!(set("o1", None), Err("second_person_missing"));
    assert_eq!(set("o1", Some("o2")), Err("not_allowed"));
    assert_eq!(set("s2", Some("s2")), Err("same_person"));
    assert_eq!(set("o1", Some("s1")), Ok((person("o1"), Some(person("s1")))));
    // One's own next PIN is one's own matter.
    assert_eq!(set("o1", None), Ok((person("o1"), None)));
    drop(desk);
    thread.join().unwrap();
}

#[test]
fn only_a_hash_is_kept() {
    let room = room(|_| {});
    let long = format!("$argon2id${}", "a".repeat(256));
    for hash in ["1234", "", "$2b$12$bcrypt", "$argon2id$ 1234\n", long.as_str()] {
        let input = Input::SetPin { person: person("o1"), hash: hash.to_owned() };
        let refused = room.desk.ask(act("o1", input)).unwrap_err();
        assert!(matches!(refused, DeskError::Refused(Refusal::NotAHash)), "{hash}: {refused}");
    }
}

#[test]
fn signing_in_is_in_the_log() {
    let room = room(|_| {});
    let events = |by: &str, input| room.desk.ask(act(by, input)).map(|done| done.events);
    let refused = Input::SignInRefused { person: person("o2"), tries: 3 };
    let refused = events("o1", refused).unwrap();
    assert_eq!(refused[0].event, Event::SignInRefused { person: person("o2"), tries: 3 });
    let signed_in = events("o2", Input::SignIn { person: person("o2") }).unwrap();
    assert_eq!(signed_in[0].event, Event::SignedIn { person: person("o2") });
    assert_eq!(signed_in[0].by, person("o2"));
    let other = events("o1", Input::SignIn { person: person("o2") }).unwrap_err();
    assert!(matches!(other, DeskError::Refused(Refusal::NotOneself)), "{other}");
    let conn = rusqlite::Connection::open(room.dir.path().join("kenban.db")).unwrap();
    let kinds = conn
        .prepare("SELECT kind || body FROM event WHERE kind LIKE 'person.sign%' ORDER BY seq")
        .unwrap()
        .query_map([], |row| row.get::<_, String>(0))
        .unwrap()
        .collect::<Result<Vec<_>, _>>()
        .unwrap();
    let expected = [
        r#"person.sign-in-refused{"person":"o2","tries":3}"#,
        r#"person.signed-in{"person":"o2"}"#,
    ];
    assert_eq!(kinds, expected);
}

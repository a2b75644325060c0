//! Every kind of event has its sentence, in both languages.

use super::*;
use crate::flow::aside::AsideFile;
use crate::flow::event::{Genesis, Mode};
use crate::flow::{Person, Role, Sha256, Station};
use crate::ui::settings::Language;
use crate::voucher::{Number, Verdict, Yen, profile_file};
use jiff::civil::date;

fn number() -> Number {
    Number::canonical("A6900602672")
}

fn sheet() -> SheetId {
    SheetId { envelope: EnvelopeId(124), ordinal: 37 }
}

fn person() -> PersonId {
    PersonId::new("s2").unwrap()
}

/// Events of an envelope and its sheets, one of each kind.
fn of_sheets() -> Vec<Event> {
    let reason = || "because".to_owned();
    let envelope = EnvelopeId(124);
    let accepted =
        Accepted { number: Counted::Number(number()), how: How::Settled, yen: Yen(1000) };
    let place = Place::Accepted(accepted);
    let moved = Moved { ordinal: 37, place: place.clone() };
    let kind = KindId::new("1000");
    vec![
        Event::EnvelopeOpened {
            envelope,
            shop: "A0321004".to_owned(),
            slip: BTreeMap::from([(kind.clone(), 70)]),
            arrived: date(2026, 11, 20),
            business_day: date(2026, 11, 24),
            bundle: 100,
        },
        Event::FeedStarted {
            envelope,
            feed: crate::flow::FeedId(1),
            folder: "in".to_owned(),
            sides: 1,
        },
        Event::FileAside {
            envelope,
            feed: crate::flow::FeedId(1),
            file: AsideFile {
                name: "x.pdf".to_owned(),
                sha256: None,
                why: crate::flow::NoSheet::Pdf,
                said: reason(),
                paper: false,
            },
            after: 1,
            end: None,
        },
        Event::AsideSettled {
            envelope,
            no: 1,
            end: AsideEnd::NoSheet { reason: reason() },
            with: Some(person()),
        },
        Event::SheetTaken(SheetTaken {
            sheet: sheet(),
            kind: Some(kind.clone()),
            layout: None,
            operator_kind: Some(kind.clone()),
            captures: Vec::new(),
            read: Some(number()),
            verdict: Verdict::Stop,
            reasons: vec![Reason::Duplicate],
            profile: 1,
            place: Place::Settle {
                reasons: vec![Reason::Duplicate],
                others: vec![sheet()],
                blocked: None,
            },
        }),
        Event::SheetUndone { sheet: sheet() },
        Event::SheetsChecked { envelope, right: vec![moved.clone()], wrong: vec![moved] },
        Event::SheetKeyed {
            sheet: sheet(),
            answer: Keyed::Number(number()),
            kind: Some(kind.clone()),
            settled_kind: None,
            place: place.clone(),
        },
        Event::SheetSettled {
            sheet: sheet(),
            kind: Some(kind),
            place,
            reason: reason(),
            over: vec![Reason::NotIssued],
            with: Some(person()),
        },
        Event::EnvelopeClosed {
            envelope,
            difference: BTreeMap::from([(String::new(), 1), ("1000".to_owned(), -1)]),
            reason: Some(reason()),
            with: Some(person()),
            held: vec![sheet()],
            sheets: 108,
            amount: Yen(89_000),
        },
        Event::EnvelopeReopened { envelope, reason: reason(), with: person() },
    ]
}

/// Events of deliveries and of the station itself, one of each kind.
fn of_the_station() -> Vec<Event> {
    let sha256 = Sha256::of(b"x");
    let id = person;
    let delivery = DeliveryId(7);
    let person = Person { id: id(), name: "山田".to_owned(), role: Role::Supervisor };
    vec![
        Event::DeliveryPrepared {
            delivery,
            envelopes: vec![EnvelopeId(124)],
            with: id(),
            date: date(2026, 11, 24),
            sheets: 108,
            amount: Yen(89_000),
            profile: 1,
            shops: BTreeMap::new(),
        },
        Event::DeliveryDone { delivery, manifest: sha256 },
        Event::DeliveryFailed { delivery, why: "pulled out".to_owned(), with: id() },
        Event::Genesis(Genesis {
            id: "0".repeat(32),
            campaign: "five-layouts".to_owned(),
            station: Station::new("01").unwrap(),
            mode: Mode::Training,
            revision: 1,
            profile: sha256,
            key: "none".to_owned(),
            program: "kenban".to_owned(),
        }),
        Event::ProfileAdopted { revision: 2, sha256, with: id() },
        Event::SessionStarted { program: "p".to_owned(), reader: "r".to_owned(), profile: 1 },
        Event::PersonAdded { person, with: Some(id()) },
        Event::PinSet { person: id(), hash: "secret".to_owned(), with: None },
        Event::SignedIn { person: id() },
        Event::SignInRefused { person: id(), tries: 2 },
        Event::ListImported { list: List::Blocked, sha256, rows: 12 },
        Event::DayEnded { business_day: date(2026, 11, 24) },
        Event::HeadSigned { seq: 9, head: sha256, signature: "s".to_owned() },
        Event::LogRestored {
            lost_seq: 9,
            lost_head: sha256,
            last_envelope: 1,
            last_delivery: 1,
            reason: "disk".to_owned(),
            with: id(),
        },
    ]
}

#[test]
fn every_event_is_told_in_both_languages() {
    let text = include_str!("../../../../assets/profiles/five-layouts.toml");
    let profile = profile_file::parse(text).unwrap();
    let view = View { station: Station::new("01").ok(), ..View::default() };
    let mut titles = Vec::new();
    for language in [Language::Ja, Language::En] {
        let words = Words::new(language);
        let teller =
            Teller { words: &words, profile: &profile, view: &view, sheet: None, blind: false };
        let teller = teller.about(sheet(), false);
        for event in of_sheets().into_iter().chain(of_the_station()) {
            let at = crate::flow::Stamp::default();
            let told = teller.tell(&Recorded { seq: 1, at, by: person(), event: event.clone() });
            assert!(!told.title.is_empty(), "{event:?}");
            let all = format!("{told:?}");
            assert!(!all.contains("secret"), "a PIN's hash is told");
            assert!(!all.contains("{$") && !all.contains("{ $"), "a word lacks something: {all}");
            titles.push(told.title);
        }
    }
    let half = titles.len() / 2;
    let differ = titles[..half].iter().zip(&titles[half..]).filter(|(ja, en)| ja != en);
    assert_eq!(differ.count(), half, "an event reads the same in both languages");
}

//! What a supervisor may say alone of a sheet, and what takes two: nobody alone goes against anything that
//! a machine read, that people keyed, or that was ever found on the paper.

use crate::world::{World, barcode_of, genesis, number, people, person, profile};
use kenban::flow::event::{Capture, Event, How, Keyed, Moved, Place, SheetTaken, Slip, Source};
use kenban::flow::ids::{EnvelopeId, Sha256, SheetId, Stamp};
use kenban::flow::input::Settlement;
use kenban::flow::{Act, Input, Recorded, Refusal, State, decide, evolve};
use kenban::voucher::profile::Profile;
use kenban::voucher::{KindId, Number, PrintedFinding, Reading, Reason, Side, Verdict};
use proptest::prelude::*;

/// A state with one open envelope for each that was named, and a world that knows nothing.
struct Table {
    profile: Profile,
    state: State,
    world: World,
}

fn id(envelope: u64, ordinal: u32) -> SheetId {
    SheetId { envelope: EnvelopeId(envelope), ordinal }
}

fn no(serial: u64) -> Number {
    number(&profile(), "A", serial)
}

fn printed(number: &Number, confidence: u16) -> PrintedFinding {
    PrintedFinding { free: number.to_string(), number: Some(number.clone()), confidence }
}

fn waits(reasons: Vec<Reason>) -> Place {
    Place::Settle { reasons, others: Vec::new(), blocked: None }
}

impl Table {
    fn new(envelopes: u64) -> Table {
        let profile = profile();
        let mut table = Table { state: State::default(), world: World::default(), profile };
        let begin = Input::Begin { genesis: genesis(&table.profile), people: people() };
        table.act("s1", None, begin).unwrap();
        for _ in 0..envelopes {
            let day = jiff::civil::date(2026, 11, 20);
            let open = Input::OpenEnvelope {
                shop: "A0001".to_owned(),
                slip: Slip::from([(KindId::new("1000"), 5)]),
                arrived: day,
                business_day: day,
            };
            table.act("o1", None, open).unwrap();
        }
        table
    }

    fn act(&mut self, by: &str, with: Option<&str>, input: Input) -> Result<Vec<Event>, Refusal> {
        let at = Stamp { ms: 0, offset_min: 540 };
        let act = Act { by: person(by), with: with.map(person), at, input };
        let events = decide(&self.state, &self.profile, &act, &self.world)?;
        for event in &events {
            self.happened(by, event.clone());
        }
        Ok(events)
    }

    /// What a log may hold, whoever wrote it.
    fn happened(&mut self, by: &str, event: Event) {
        let at = Stamp { ms: 0, offset_min: 540 };
        let recorded = Recorded { seq: self.state.seq + 1, at, by: person(by), event };
        evolve(&mut self.state, &recorded);
        self.world.apply(&recorded.event);
    }

    /// A sheet with its picture, what was read on it, and where that led.
    fn taken(&mut self, sheet: SheetId, looks: Looks, place: Place) {
        let bytes = format!("{sheet:?}");
        let sha256 = Sha256::of(bytes.as_bytes());
        let source = Source::Camera { size: 9, sha256 };
        let capture = Capture { side: Side::Front, source, reading: looks.reading };
        let taken = SheetTaken {
            sheet,
            kind: looks.kind.map(KindId::new),
            layout: None,
            operator_kind: None,
            captures: vec![capture],
            read: looks.read,
            verdict: Verdict::Stop,
            reasons: looks.reasons,
            profile: 1,
            place,
        };
        self.happened("o1", Event::SheetTaken(taken));
    }

    fn accepts(&mut self, with: Option<&str>, sheet: SheetId, number: &Number) -> Answer {
        self.settles(with, sheet, Settlement::Accept(number.clone()))
    }

    fn settles(&mut self, with: Option<&str>, sheet: SheetId, decision: Settlement) -> Answer {
        let reason = "現物で確認".to_owned();
        self.act("s1", with, Input::Settle { sheet, decision, kind: None, reason })
    }
}

type Answer = Result<Vec<Event>, Refusal>;

#[derive(Default)]
struct Looks {
    reading: Reading,
    read: Option<Number>,
    kind: Option<&'static str>,
    reasons: Vec<Reason>,
}

fn word(answer: Answer) -> &'static str {
    match answer {
        Err(refusal) => refusal.word(),
        Ok(events) => panic!("{events:?}"),
    }
}

/// What an accepting event overrode, and whether somebody stood beside.
fn over(answer: Answer) -> (Vec<Reason>, bool) {
    match answer.unwrap().pop() {
        Some(Event::SheetSettled { place: Place::Accepted(_), over, with, .. }) => {
            (over, with.is_some())
        }
        other => panic!("{other:?}"),
    }
}

/// Barcode and print each say a good number, and not the same.
fn forged(table: &mut Table, sheet: SheetId) {
    let reading = Reading {
        barcode: Some(barcode_of(&no(1))),
        printed: Some(printed(&no(2), 999)),
        ..Reading::default()
    };
    let reasons = vec![Reason::ReadingsDiffer];
    let looks = Looks { reading, read: Some(no(1)), kind: Some("1000"), reasons };
    table.taken(sheet, looks, waits(Vec::new()));
}

#[test]
fn neither_number_of_a_forged_sheet_is_taken_alone() {
    for number in [no(1), no(2), no(3)] {
        let mut table = Table::new(1);
        forged(&mut table, id(1, 1));
        assert_eq!(word(table.accepts(None, id(1, 1), &number)), "second_person_missing");
        assert_eq!(word(table.accepts(Some("s1"), id(1, 1), &number)), "same_person");
        let (over, two) = over(table.accepts(Some("o2"), id(1, 1), &number));
        assert!(two && over.contains(&Reason::ReadingsDiffer), "{over:?}");
    }
}

#[test]
fn what_was_found_stays_found_whatever_is_done_between() {
    // Sent to keying and taken back; handed over by an operator.
    let mut table = Table::new(1);
    forged(&mut table, id(1, 1));
    table.settles(None, id(1, 1), Settlement::Rekey).unwrap();
    assert_eq!(word(table.accepts(None, id(1, 1), &no(1))), "second_person_missing");
    let hold = Input::Hold { sheet: id(1, 1), reason: "変です".to_owned() };
    table.act("o1", None, hold).unwrap();
    assert_eq!(word(table.accepts(None, id(1, 1), &no(1))), "second_person_missing");

    // Three keyings that differ are gone after a re-keying was ordered; that they differed is not.
    let mut table = Table::new(1);
    let looks = Looks { read: Some(no(1)), kind: Some("1000"), ..Looks::default() };
    table.taken(id(1, 1), looks, Place::Entry);
    for (by, serial) in [("o1", 2), ("o2", 3), ("v1", 4)] {
        let answer = Keyed::Number(no(serial));
        let key = Input::Key { sheet: id(1, 1), answer, kind: None };
        table.act(by, None, key).unwrap();
    }
    assert_eq!(word(table.accepts(None, id(1, 1), &no(2))), "second_person_missing");
    table.settles(None, id(1, 1), Settlement::Rekey).unwrap();
    assert_eq!(word(table.accepts(None, id(1, 1), &no(1))), "second_person_missing");

    // Marked wrong beside its picture.
    let mut table = Table::new(1);
    let reading = Reading { printed: Some(printed(&no(1), 700)), ..Reading::default() };
    let looks = Looks { reading, read: Some(no(1)), kind: Some("1000"), ..Looks::default() };
    table.taken(id(1, 1), looks, Place::Check { number: no(1) });
    let wrong = vec![Moved { ordinal: 1, place: Place::Entry }];
    let checked = Event::SheetsChecked { envelope: EnvelopeId(1), right: Vec::new(), wrong };
    table.happened("o1", checked);
    assert_eq!(word(table.accepts(None, id(1, 1), &no(1))), "second_person_missing");
}

#[test]
fn a_sheet_that_is_held_keeps_why_it_was_stopped() {
    let mut table = Table::new(1);
    let looks = Looks { read: Some(no(1)), kind: Some("1000"), ..Looks::default() };
    let place = Place::Settle {
        reasons: vec![Reason::Duplicate, Reason::Blocked],
        others: vec![id(1, 7)],
        blocked: Some("盗難届".to_owned()),
    };
    table.taken(id(1, 1), looks, place);
    let hold = Input::Hold { sheet: id(1, 1), reason: "相談".to_owned() };
    table.act("o1", None, hold).unwrap();
    let expected = Place::Settle {
        reasons: vec![Reason::Duplicate, Reason::Blocked, Reason::HeldByPerson],
        others: vec![id(1, 7)],
        blocked: Some("盗難届".to_owned()),
    };
    assert_eq!(table.state.sheet(id(1, 1)).unwrap().place, expected);
}

#[test]
fn a_blocked_number_says_why_it_is_blocked() {
    let mut table = Table::new(1);
    table.world.blocked.insert(no(3));
    let looks = Looks { read: Some(no(3)), kind: Some("1000"), ..Looks::default() };
    table.taken(id(1, 1), looks, Place::Check { number: no(3) });
    let right = Input::Check { envelope: EnvelopeId(1), right: vec![1], wrong: Vec::new() };
    table.act("o1", None, right).unwrap();
    let Place::Settle { reasons, blocked, .. } = &table.state.sheet(id(1, 1)).unwrap().place else {
        panic!("not stopped")
    };
    assert_eq!((reasons.as_slice(), blocked.as_deref()), (&[Reason::Blocked][..], Some("盗難")));
}

/// Each reason for which a sheet can wait, with nothing else on it: it either stays against every number,
/// or only says that too little spoke for one, or is asked of the facts again.
#[test]
fn every_reason_either_stays_against_a_sheet_or_does_not() {
    let free = [
        Reason::NoBarcode,
        Reason::NothingRead,
        Reason::KindUnknown,
        Reason::OneReading,
        Reason::PictureIncomplete,
        Reason::NoCheckDigit,
        Reason::NotIssued,
        Reason::ProfileWantsPerson,
        Reason::Duplicate,
        Reason::Blocked,
        Reason::NotValidAtArrival,
        Reason::Sample,
        Reason::HeldByPerson,
    ];
    for reason in Reason::ALL {
        for at_taking in [true, false] {
            let mut table = Table::new(1);
            let reading = Reading { barcode: Some(barcode_of(&no(1))), ..Reading::default() };
            let (reasons, stops) =
                if at_taking { (vec![reason], Vec::new()) } else { (Vec::new(), vec![reason]) };
            let looks = Looks { reading, read: Some(no(1)), kind: Some("1000"), reasons };
            table.taken(id(1, 1), looks, waits(stops));
            let alone = table.accepts(None, id(1, 1), &no(1)).is_ok();
            assert_eq!(alone, free.contains(&reason), "{reason:?}, at taking: {at_taking}");
        }
    }
}

#[test]
fn a_kind_that_nobody_else_gave_takes_two() {
    // The kind of layout D stands on its face, not in its number.
    let profile = profile();
    let open = profile.layouts.iter().find(|layout| {
        let number = layout.number.compose("", 5).unwrap();
        profile.kind_of(&number, &layout.id).is_none()
    });
    let Some(layout) = open else { return };
    let number = layout.number.compose("", 5).unwrap();
    let mut table = Table::new(1);
    let looks = Looks { read: Some(number.clone()), ..Looks::default() };
    table.taken(id(1, 1), looks, waits(vec![Reason::KindUnknown]));
    let settle = |kind: Option<KindId>| Input::Settle {
        sheet: id(1, 1),
        decision: Settlement::Accept(number.clone()),
        kind,
        reason: "現物".to_owned(),
    };
    let kind = profile.kinds[0].id.clone();
    assert_eq!(word(table.act("s1", None, settle(None))), "kind_missing");
    assert_eq!(word(table.act("s1", None, settle(Some(kind.clone())))), "second_person_missing");
    table.act("s1", Some("o1"), settle(Some(kind))).unwrap();
}

#[test]
fn the_same_paper_may_lie_in_another_envelope() {
    let mut table = Table::new(2);
    let good = |serial| Looks { read: Some(no(serial)), kind: Some("1000"), ..Looks::default() };
    table.taken(id(1, 1), good(1), Place::Check { number: no(1) });
    table.taken(id(2, 1), good(1), waits(vec![Reason::SamePicture]));
    table.taken(id(2, 2), good(2), waits(vec![Reason::SamePicture]));
    for nowhere in [id(1, 9), id(9, 1), id(2, 1)] {
        let refused = table.settles(Some("o2"), id(2, 1), Settlement::Same(nowhere));
        assert_eq!(word(refused), "unknown_sheet", "{nowhere:?}");
    }
    let same = Settlement::Same(id(1, 1));
    assert_eq!(word(table.settles(None, id(2, 1), same.clone())), "second_person_missing");
    table.settles(Some("o2"), id(2, 1), same).unwrap();
    let place = &table.state.envelopes[&EnvelopeId(2)].sheets[0].place;
    assert_eq!(*place, Place::Same { sheet: id(1, 1) });
    // What is itself no paper of its own can't be pointed at, nor can it from another envelope.
    let refused = table.settles(Some("o2"), id(2, 2), Settlement::Same(id(2, 1)));
    assert_eq!(word(refused), "unknown_sheet");
}

#[test]
fn alike_are_decided_as_one_and_nothing_else_is() {
    let other_scheme = || Looks { reasons: vec![Reason::OtherScheme], ..Looks::default() };
    let mut table = Table::new(2);
    for sheet in [id(1, 1), id(1, 2), id(2, 1)] {
        table.taken(sheet, other_scheme(), waits(Vec::new()));
    }
    forged(&mut table, id(2, 2));
    table.taken(id(2, 3), Looks::default(), Place::Entry);
    let returned = || Settlement::Reject { returned: true, defect: None };
    let alike = |sheets: &[SheetId], decision, reason: &str| Input::SettleAlike {
        sheets: sheets.to_vec(),
        decision,
        reason: reason.to_owned(),
    };
    let all = [id(1, 1), id(1, 2), id(2, 1)];
    for (sheets, refused) in [
        ([id(1, 1), id(2, 2)], "not_alike"),
        ([id(1, 1), id(2, 3)], "not_waiting_for_this"),
        ([id(1, 1), id(1, 9)], "unknown_sheet"),
        ([id(1, 1), id(1, 1)], "sheet_twice"),
    ] {
        let before = table.state.clone();
        assert_eq!(word(table.act("s1", None, alike(&sheets, returned(), "他県の券"))), refused);
        assert_eq!(table.state, before, "all or none");
    }
    assert_eq!(word(table.act("s1", None, alike(&all, returned(), " "))), "reason_missing");
    assert_eq!(word(table.act("o1", None, alike(&all, returned(), "他県の券"))), "not_allowed");
    for one in [Settlement::Accept(no(1)), Settlement::Provisional, Settlement::Same(id(1, 1))] {
        assert_eq!(word(table.act("s1", Some("s2"), alike(&all, one, "理由"))), "one_by_one");
    }
    assert_eq!(table.act("s1", None, alike(&[], returned(), "他県の券")).unwrap(), []);
    let events = table.act("s1", None, alike(&all, returned(), "他県の券")).unwrap();
    let settled = events.iter().map(|event| match event {
        Event::SheetSettled {
            sheet,
            place: Place::Rejected { returned: true, .. },
            reason,
            ..
        } => (*sheet, reason.as_str()),
        other => panic!("{other:?}"),
    });
    assert_eq!(settled.collect::<Vec<_>>(), all.map(|sheet| (sheet, "他県の券")));
}

#[derive(Clone, Debug)]
struct Story {
    barcode: Option<u64>,
    beside: Option<u64>,
    printed: Option<(u64, u16)>,
    read: Option<u64>,
    /// Who keyed what; none: it can't be told.
    keyings: Vec<(&'static str, Option<u64>)>,
    marked: bool,
    rekeyed: bool,
    chosen: u64,
}

prop_compose! {
    fn stories()(
        barcode in proptest::option::of(1u64..3),
        beside in proptest::option::weighted(0.2, 1u64..3),
        printed in proptest::option::of((1u64..3, 300u16..1000)),
        read in proptest::option::of(1u64..3),
        keyings in proptest::collection::vec(
            (proptest::sample::select(vec!["o1", "o2", "s1"]), proptest::option::weighted(0.9, 1u64..3)), 0..3),
        marked in proptest::bool::weighted(0.2),
        rekeyed in proptest::bool::weighted(0.2),
        chosen in 1u64..3,
    ) -> Story {
        Story { barcode, beside, printed, read, keyings, marked, rekeyed, chosen }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Whatever was read, keyed and marked in whatever order: alone only if somebody else or a machine said
    /// so and nothing that was ever said is otherwise. With a second person, always.
    #[test]
    fn alone_only_with_all_evidence_and_none_against(story in stories()) {
        let mut table = Table::new(1);
        let reading = Reading {
            barcode: story.barcode.map(|serial| barcode_of(&no(serial))),
            others: story.beside.map(|serial| barcode_of(&no(serial))).into_iter().collect(),
            printed: story.printed.map(|(serial, sure)| printed(&no(serial), sure)),
            ..Reading::default()
        };
        let looks = Looks { reading, read: story.read.map(no), kind: Some("1000"), reasons: Vec::new() };
        table.taken(id(1, 1), looks, Place::Check { number: no(1) });
        if story.marked {
            let wrong = vec![Moved { ordinal: 1, place: Place::Entry }];
            let checked = Event::SheetsChecked { envelope: EnvelopeId(1), right: Vec::new(), wrong };
            table.happened("v1", checked);
        }
        for (by, serial) in &story.keyings {
            let answer = serial.map_or(Keyed::Cannot, |serial| Keyed::Number(no(serial)));
            let sheet = id(1, 1);
            let event =
                Event::SheetKeyed { sheet, answer, kind: None, settled_kind: None, place: Place::Entry };
            table.happened(by, event);
        }
        let agreed = table.state.sheet(id(1, 1)).unwrap().agreed.clone();
        if story.rekeyed {
            table.settles(None, id(1, 1), Settlement::Rekey).unwrap();
        }
        let keyings = if story.rekeyed { &[][..] } else { &story.keyings };
        let number = no(story.chosen);
        let said = [
            story.barcode, story.beside, story.printed.map(|(serial, _)| serial),
        ];
        let against = said.into_iter().flatten().any(|serial| serial != story.chosen)
            || keyings.iter().any(|(_, serial)| *serial != Some(story.chosen))
            || agreed.is_some_and(|agreed| agreed != number)
            || story.marked;
        let given = story.read == Some(story.chosen)
            || keyings.iter().any(|(by, serial)| *by != "s1" && *serial == Some(story.chosen));
        let mut beside = Table { profile: profile(), ..Table::new(0) };
        beside.state = table.state.clone();
        beside.world = table.world.clone();
        let alone = table.accepts(None, id(1, 1), &number);
        prop_assert_eq!(alone.is_ok(), given && !against, "{:?}", alone);
        let (over, two) = over(beside.accepts(Some("o3"), id(1, 1), &number));
        prop_assert_eq!(!over.is_empty(), against, "what was overridden stands in the event: {:?}", over);
        prop_assert_eq!(two, !given || against);
        let how = &beside.state.sheet(id(1, 1)).unwrap().place;
        prop_assert!(matches!(how, Place::Accepted(accepted) if accepted.how == How::Settled));
    }
}

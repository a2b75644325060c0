//! Thousands of random shifts in the pure flow. The laws are stated about the paper: every sheet
//! of paper that was laid down is somewhere, once, and is paid at most as often as it may be.

mod aside;
mod met;

use crate::world::{World, barcode_of, genesis, number, people, person, profile};
use kenban::flow::event::{Capture, Counted, How, Keyed, Place, Recorded, Slip, Source};
use kenban::flow::ids::{DeliveryId, EnvelopeId, FeedId, Sha256, SheetId, Stamp};
use kenban::flow::input::{Settlement, TakeSheet};
use kenban::flow::state::{Phase, State};
use kenban::flow::tally::Tally;
use kenban::flow::work::{entry_left, next_entry};
use kenban::flow::{Act, Event, Input, Person, Refusal, View, decide, evolve};
use kenban::voucher::profile::{Identified, Profile};
use kenban::voucher::{KindId, Number, PrintedFinding, Reading, Side, Yen};
use met::Met;
use std::collections::{BTreeMap, BTreeSet};

/// A piece of paper and what a camera will see of it.
#[derive(Clone, Debug)]
struct Paper {
    id: u64,
    /// What it is worth if it is honest and new.
    number: Number,
    barcode: Option<Number>,
    printed: Option<Number>,
}

struct Shift {
    seed: u64,
    rng: fastrand::Rng,
    profile: Profile,
    state: State,
    world: World,
    log: Vec<Recorded>,
    /// Paper laid down and not lifted again, by the sheet that stands for it. Kept by the test.
    laid: BTreeMap<SheetId, Paper>,
    papers: u64,
    delivered: BTreeSet<EnvelopeId>,
    first_read: BTreeMap<SheetId, (Option<Number>, Vec<Capture>)>,
    /// Files that were set aside, by envelope and number. Kept by the test.
    kept: BTreeMap<(EnvelopeId, u32), aside::Kept>,
}

impl Shift {
    fn new(seed: u64) -> Shift {
        let profile = profile();
        let mut shift = Shift {
            seed,
            rng: fastrand::Rng::with_seed(seed),
            state: State::default(),
            world: World::default(),
            log: Vec::new(),
            laid: BTreeMap::new(),
            papers: 0,
            delivered: BTreeSet::new(),
            first_read: BTreeMap::new(),
            kept: BTreeMap::new(),
            profile,
        };
        let serials = 0..40u64;
        if shift.rng.u8(..) < 200 {
            for layout in ["A", "B", "C", "D"] {
                for serial in serials.clone().filter(|it| it % 7 != 0) {
                    shift.world.issued.insert(number(&shift.profile, layout, serial));
                }
            }
        }
        shift.world.blocked.insert(number(&shift.profile, "A", 3));
        let begin = Input::Begin { genesis: genesis(&shift.profile), people: people() };
        shift.group(vec![("s1", None, begin)], false);
        shift
    }

    /// One group of acts: committed as a whole, or failed as a whole. Acts of one group are decided
    /// one after the other, as the desk does.
    fn group(
        &mut self,
        acts: Vec<(&str, Option<&str>, Input)>,
        fails: bool,
    ) -> Vec<Result<usize, Refusal>> {
        let (state, world, laid, log) =
            (self.state.clone(), self.world.clone(), self.laid.clone(), self.log.len());
        let mut answers = Vec::new();
        for (by, with, input) in acts {
            let act = Act {
                by: person(by),
                with: with.map(person),
                at: Stamp { ms: self.rng.i64(..), offset_min: 540 },
                input,
            };
            let decided = decide(&self.state, &self.profile, &act, &self.world);
            let events = match decided {
                Ok(events) => events,
                Err(refusal) => {
                    answers.push(Err(refusal));
                    continue;
                }
            };
            answers.push(Ok(events.len()));
            for event in events {
                let recorded =
                    Recorded { seq: self.state.seq + 1, at: act.at, by: act.by.clone(), event };
                self.law_before(&recorded);
                evolve(&mut self.state, &recorded);
                self.world.apply(&recorded.event);
                self.log.push(recorded);
            }
        }
        if fails {
            (self.state, self.world, self.laid) = (state, world, laid);
            self.log.truncate(log);
        }
        answers
    }

    fn fault(&mut self) -> bool {
        self.rng.u8(..) < 12
    }

    fn some_number(&mut self) -> Number {
        let layout = ["A", "B", "C", "D", "E"][self.rng.usize(..5)];
        number(&self.profile, layout, self.rng.u64(..45))
    }

    fn new_paper(&mut self) -> Paper {
        self.papers += 1;
        let number = self.some_number();
        let other = self.some_number();
        let has_barcode = !number.as_str().starts_with('E');
        let (barcode, printed) = match self.rng.u8(..10) {
            0 => (None, None),
            1 => (None, Some(number.clone())),
            2 if has_barcode => (Some(number.clone()), Some(other)),
            3..=5 if has_barcode => (Some(number.clone()), None),
            _ => (has_barcode.then(|| number.clone()), Some(number.clone())),
        };
        Paper { id: self.papers, number, barcode, printed }
    }

    fn lay(&mut self, envelope: EnvelopeId) {
        let mut paper = self.new_paper();
        let bytes = format!("{} {}", self.seed, paper.id);
        let size = bytes.len() as u64;
        let sha256 = Sha256::of(bytes.as_bytes());
        let name = format!("{}.jpg", paper.id);
        let source = match self.rng.u8(..8) {
            0 => Source::Camera { size, sha256 },
            1 => Source::Code {},
            2 => Source::Hand {},
            _ => Source::File { feed: FeedId(1), name, size, sha256 },
        };
        // A hand scanner sees no print, and a person who lays a sheet down by hand reads nothing.
        paper.printed = paper.printed.filter(|_| source.picture().is_some());
        paper.barcode = paper.barcode.filter(|_| source != Source::Hand {});
        let reading = Reading {
            barcode: paper.barcode.as_ref().map(barcode_of),
            printed: paper.printed.as_ref().map(|number| PrintedFinding {
                free: number.to_string(),
                number: Some(number.clone()),
                confidence: 990,
            }),
            ..Reading::default()
        };
        let capture = Capture { side: Side::Front, source, reading };
        let take = TakeSheet { envelope, captures: vec![capture], operator_kind: None };
        let fails = self.fault();
        let before = self.state.envelope(envelope).map_or(0, |it| it.sheets.len());
        // The same file may come twice in one group: a scanner's folder listed again. A code may not:
        // nothing tells it from a second sheet of paper.
        let twice = self.rng.u8(..) < 20 && matches!(take.captures[0].source, Source::File { .. });
        let mut acts = vec![("o1", None, Input::TakeSheet(take.clone()))];
        if twice {
            acts.push(("o1", None, Input::TakeSheet(take)));
        }
        let answers = self.group(acts, fails);
        if !fails && answers[0].is_ok() {
            let sheet = SheetId { envelope, ordinal: before as u32 + 1 };
            assert!(self.laid.insert(sheet, paper).is_none(), "seed {}", self.seed);
            let taken = self.state.sheet(sheet).unwrap();
            self.first_read.insert(sheet, (taken.read.clone(), taken.captures.clone()));
        }
    }

    fn some_envelope(&mut self) -> Option<EnvelopeId> {
        let ids = self.state.envelopes.keys().copied().collect::<Vec<_>>();
        self.rng.choice(ids)
    }

    fn some_sheet(&mut self) -> Option<SheetId> {
        let envelope = self.some_envelope()?;
        let sheets = self.state.envelope(envelope)?.live().map(|it| it.id).collect::<Vec<_>>();
        self.rng.choice(sheets)
    }

    fn anyone(&mut self) -> &'static str {
        ["s1", "s2", "o1", "o2", "o3", "v1", "d1", "x1"][self.rng.usize(..8)]
    }

    /// One random thing that someone does, sensible or not.
    fn step(&mut self) {
        let by = self.anyone();
        let second = self.anyone();
        let with = (self.rng.u8(..) < 200).then_some(second);
        let fails = self.fault();
        let day = jiff::civil::date(2026, 11, 20);
        match self.rng.u8(..100) {
            0..4 => {
                let shop = if self.rng.u8(..) < 10 { "unknown" } else { "A0001" };
                let kind = |kind: &str| KindId::new(kind);
                let slip = Slip::from([
                    (kind("1000"), self.rng.u32(..6)),
                    (kind("500"), self.rng.u32(..6)),
                ]);
                let open = Input::OpenEnvelope {
                    shop: shop.to_owned(),
                    slip,
                    arrived: day,
                    business_day: day,
                };
                let answers = self.group(vec![(by, None, open)], fails);
                if !fails && answers[0].is_ok() {
                    let envelope = EnvelopeId(self.state.last_envelope);
                    let feed = Input::StartFeed { envelope, folder: "in".to_owned(), sides: 1 };
                    self.group(vec![("o1", None, feed)], false);
                }
            }
            4..36 => {
                if let Some(envelope) = self.some_envelope() {
                    self.lay(envelope);
                }
            }
            36 => self.set_aside(by, fails),
            37 => self.settle_aside(by, with, fails),
            38..40 => self.finish(),
            40..50 => self.undo(by, fails),
            50..62 => self.check(by, fails),
            62..82 => self.key(by, fails),
            82..92 => self.settle(by, with, fails),
            92..96 => {
                if let Some(envelope) = self.some_envelope() {
                    let reason = (self.rng.u8(..) < 200).then(|| "現物優先".to_owned());
                    let close = Input::CloseEnvelope { envelope, reason };
                    self.group(vec![(by, with, close)], fails);
                }
            }
            96..98 => {
                // Any envelope that ever was, delivered ones too.
                let envelope = EnvelopeId(self.rng.u64(..=self.state.last_envelope + 1));
                let reopen = Input::ReopenEnvelope { envelope, reason: "再確認".to_owned() };
                let answers = self.group(vec![(by, with, reopen)], fails);
                assert!(
                    answers[0].is_err() || !self.delivered.contains(&envelope),
                    "seed {}",
                    self.seed
                );
            }
            _ => self.deliver(by, with, fails),
        }
    }

    /// An envelope is brought to its end: what waits is checked, keyed, held, and it is closed.
    fn finish(&mut self) {
        let Some(envelope) = self.some_envelope() else { return };
        self.settle_all_asides(envelope);
        self.check("o3", false);
        for by in ["o1", "o2", "v1"] {
            let waiting =
                self.state.envelopes[&envelope].live().filter(|it| it.place == Place::Entry);
            for sheet in waiting.map(|it| it.id).collect::<Vec<_>>() {
                let answer = Keyed::Number(self.laid[&sheet].number.clone());
                self.group(vec![(by, None, Input::Key { sheet, answer, kind: None })], false);
            }
        }
        let waiting = self.state.envelopes[&envelope].live().filter(|it| it.in_hand());
        for sheet in waiting.map(|it| it.id).collect::<Vec<_>>() {
            let hold = Settlement::Hold { defect: None };
            let reason = "照会中".to_owned();
            let settle = Input::Settle { sheet, decision: hold, kind: None, reason };
            self.group(vec![("s1", Some("s2"), settle)], false);
        }
        let close = Input::CloseEnvelope { envelope, reason: Some("現物優先".to_owned()) };
        self.group(vec![("o1", Some("o2"), close)], false);
    }

    fn undo(&mut self, by: &'static str, fails: bool) {
        let Some(sheet) = self.some_sheet() else { return };
        self.group(vec![(by, None, Input::Undo { sheet })], fails);
        self.lift(fails);
    }

    /// Paper that was lifted: the log says so, and only then is it off the pile. A sheet that is the
    /// same paper as another was never more than one piece.
    fn lift(&mut self, fails: bool) {
        let lifted = match self.log.last().map(|it| &it.event) {
            _ if fails => None,
            Some(Event::SheetUndone { sheet }) => Some(*sheet),
            Some(Event::SheetSettled { sheet, place: Place::Same { .. }, with, .. }) => {
                assert!(with.is_some(), "seed {}: law 6", self.seed);
                Some(*sheet)
            }
            _ => None,
        };
        if let Some(sheet) = lifted {
            self.laid.remove(&sheet);
            self.lifted_aside(sheet);
        }
    }

    fn check(&mut self, by: &'static str, fails: bool) {
        let Some(envelope) = self.some_envelope() else {
            return;
        };
        let waiting = self.state.envelopes[&envelope]
            .live()
            .filter_map(|it| match &it.place {
                Place::Check { number } => Some((it.id, number.clone())),
                _ => None,
            })
            .collect::<Vec<_>>();
        let (mut right, mut wrong) = (Vec::new(), Vec::new());
        for (sheet, number) in waiting {
            let slip = self.rng.u8(..) < 10;
            if (self.laid[&sheet].number == number) != slip {
                right.push(sheet.ordinal);
            } else {
                wrong.push(sheet.ordinal);
            }
        }
        if self.rng.u8(..) < 20 {
            right.push(self.rng.u32(..20));
        }
        self.group(vec![(by, None, Input::Check { envelope, right, wrong })], fails);
    }

    fn key(&mut self, by: &'static str, fails: bool) {
        let Some(sheet) = self.some_sheet() else {
            return;
        };
        let truth = self.laid[&sheet].number.clone();
        // A third of the unreadable paper really can't be told; then people say so, and its kind.
        let paper = &self.laid[&sheet];
        let lost = paper.barcode.is_none() && paper.printed.is_none() && paper.id.is_multiple_of(3);
        let (answer, kind) = match self.rng.u8(..20) {
            0 => (Keyed::Number(self.some_number()), None),
            1 => (Keyed::Cannot, None),
            _ if lost => (Keyed::Cannot, Some(KindId::new("500"))),
            _ => (Keyed::Number(truth), None),
        };
        self.group(vec![(by, None, Input::Key { sheet, answer, kind })], fails);
    }

    fn settle(&mut self, by: &'static str, with: Option<&'static str>, fails: bool) {
        let Some(sheet) = self.some_sheet() else {
            return;
        };
        let other = self.some_sheet();
        let decision = match self.rng.u8(..7) {
            0 => Settlement::Accept(self.laid[&sheet].number.clone()),
            1 => Settlement::Provisional,
            2 => Settlement::Reject { returned: true, defect: None },
            3 => Settlement::Reject { returned: false, defect: None },
            4 => Settlement::Hold { defect: None },
            5 => Settlement::Same(other.unwrap_or(sheet)),
            _ => Settlement::Rekey,
        };
        let kind = (self.rng.u8(..) < 100).then(|| KindId::new("500"));
        let reason = if self.rng.u8(..) < 20 { " " } else { "確認済み" }.to_owned();
        let answers =
            self.group(vec![(by, with, Input::Settle { sheet, decision, kind, reason })], fails);
        if answers[0].is_ok() {
            self.lift(fails);
        }
    }

    fn deliver(&mut self, by: &'static str, with: Option<&'static str>, fails: bool) {
        let date = jiff::civil::date(2026, 11, 30);
        let prepare = Input::PrepareDelivery { envelopes: None, date };
        self.group(vec![(by, with, prepare)], fails);
        let Some(delivering) = self.state.delivering.clone() else {
            return;
        };
        if self.rng.u8(..) < 60 {
            let fail = Input::FailDelivery {
                delivery: delivering.id,
                why: "媒体が抜かれた".to_owned(),
            };
            let alone = self.group(vec![("d1", None, fail.clone())], false);
            assert!(alone[0].is_err(), "seed {}: law 6", self.seed);
            self.group(vec![("d1", Some("s1"), fail)], false);
        } else {
            let manifest = Sha256::of(b"manifest");
            let finish = Input::FinishDelivery { delivery: delivering.id, manifest };
            self.group(vec![("d1", None, finish)], false);
            self.delivered.extend(&delivering.envelopes);
        }
        assert!(self.state.delivering.is_none());
        assert!(DeliveryId(self.state.last_delivery) == delivering.id);
    }

    /// Laws that an event must keep at the moment it is decided.
    fn law_before(&self, recorded: &Recorded) {
        let seed = self.seed;
        if let Some(envelope) = recorded.event.envelope() {
            assert!(
                !self.delivered.contains(&envelope),
                "seed {seed}: law 7, {:?}",
                recorded.event
            );
        }
        self.law_aside(recorded);
        match &recorded.event {
            Event::SheetTaken(taken) => {
                if let Place::Accepted(accepted) = &taken.place {
                    self.law_five(taken, &accepted.number);
                }
                let seen = taken.captures.iter().any(|it| it.picture().is_some());
                let to_look_at = matches!(taken.place, Place::Check { .. });
                assert!(seen || !to_look_at, "seed {seed}: nobody could see it, {taken:?}");
            }
            Event::SheetKeyed { sheet, place: Place::Accepted(accepted), .. } => {
                let earlier = &self.state.sheet(*sheet).unwrap().keyings;
                assert!(earlier.iter().all(|it| it.by != recorded.by), "seed {seed}: law 6");
                assert!(!earlier.is_empty() && accepted.how == How::Keyed, "seed {seed}: law 6");
            }
            Event::EnvelopeClosed { difference, reason, with, .. } => {
                assert_eq!(difference.is_empty(), with.is_none(), "seed {seed}: law 6");
                assert_eq!(difference.is_empty(), reason.is_none(), "seed {seed}: law 2");
                assert!(with.as_ref() != Some(&recorded.by), "seed {seed}: law 6");
            }
            Event::SheetSettled { sheet, place, over, with, .. } => {
                let before = self.state.sheet(*sheet).unwrap();
                let counted = matches!(before.place, Place::Accepted(_));
                assert!(with.as_ref() != Some(&recorded.by), "seed {seed}: law 6");
                assert!(with.is_some() || (over.is_empty() && !counted), "seed {seed}: law 6");
                if let Place::Accepted(accepted) = place {
                    let alone = with.is_none();
                    let Counted::Number(number) = &accepted.number else {
                        assert!(!alone, "seed {seed}: law 6");
                        return;
                    };
                    let keyed = Keyed::Number(number.clone());
                    let another =
                        before.keyings.iter().any(|it| it.by != recorded.by && it.answer == keyed);
                    assert!(
                        !alone || another || before.read.as_ref() == Some(number),
                        "seed {seed}: law 5"
                    );
                    assert!(!alone || !self.speaks_against(*sheet, number), "seed {seed}: law 6");
                }
            }
            Event::EnvelopeReopened { with, .. }
            | Event::DeliveryFailed { with, .. }
            | Event::DeliveryPrepared { with, .. } => {
                assert!(*with != recorded.by, "seed {seed}: law 6");
            }
            _ => {}
        }
    }

    /// Anything that the paper shows or that was ever said of it and is not this number; by the paper and the
    /// log, not by what the state remembers.
    fn speaks_against(&self, id: SheetId, number: &Number) -> bool {
        let paper = &self.laid[&id];
        let mut shown = [&paper.barcode, &paper.printed].into_iter().flatten();
        let said = |recorded: &Recorded| match &recorded.event {
            Event::SheetKeyed { sheet, answer, .. } if *sheet == id => {
                *answer != Keyed::Number(number.clone())
            }
            Event::SheetsChecked { envelope, wrong, .. } if *envelope == id.envelope => {
                wrong.iter().any(|moved| moved.ordinal == id.ordinal)
            }
            // Keyed anew: what was keyed before counts only if it came to something.
            _ => false,
        };
        let rekeyed = |recorded: &Recorded| matches!(&recorded.event, Event::SheetSettled { sheet, place: Place::Entry, .. } if *sheet == id);
        let since = self.log.iter().rposition(rekeyed).map_or(0, |at| at + 1);
        let marked =
            self.log.iter().any(|it| matches!(it.event, Event::SheetsChecked { .. }) && said(it));
        shown.any(|shown| shown != number) || marked || self.log[since..].iter().any(said)
    }

    fn law_five(&self, taken: &kenban::flow::event::SheetTaken, counted: &Counted) {
        let Counted::Number(number) = counted else { panic!("seed {}: law 5", self.seed) };
        let capture = &taken.captures[0];
        let barcode =
            capture.reading.barcode.as_ref().map(|it| match self.profile.identify_barcode(it) {
                Identified::Number { number, .. } => number,
                other => panic!("seed {}: {other:?}", self.seed),
            });
        let printed = capture.reading.printed.as_ref().and_then(|it| it.number.clone());
        let two = barcode.as_ref() == Some(number) && printed.as_ref() == Some(number);
        let one = barcode.is_none() != printed.is_none();
        let ledger = one && self.world.issued.contains(number);
        assert!(two || ledger, "seed {}: law 5, {taken:?}", self.seed);
    }

    /// Laws that hold between any two groups.
    fn laws(&self) {
        let seed = self.seed;
        let mut paper = BTreeMap::<EnvelopeId, u64>::new();
        for sheet in self.laid.keys() {
            *paper.entry(sheet.envelope).or_default() += 1;
        }
        for envelope in self.state.envelopes.values() {
            // Law 2, from the pile of paper.
            let tally = Tally::of(envelope);
            let sum = tally.sum();
            assert_eq!(
                sum.taken,
                paper.get(&envelope.id).copied().unwrap_or_default(),
                "seed {seed}: law 2"
            );
            for line in tally.lines.values() {
                let placed = line.accepted + line.rejected + line.held + line.in_hand;
                assert_eq!(line.taken, placed, "seed {seed}: law 2");
            }
            if envelope.phase != Phase::Open {
                assert_eq!(sum.in_hand, 0, "seed {seed}: law 2");
            }
        }
        for sheet in self.laid.keys() {
            let place = &self.world.place[sheet];
            assert!(place.is_live(), "seed {seed}: law 2, {sheet:?}");
            if let Some(sheet) = self.state.sheet(*sheet) {
                assert_eq!(sheet.place, *place, "seed {seed}: law 2");
                let (read, captures) = &self.first_read[&sheet.id];
                assert_eq!((&sheet.read, &sheet.captures), (read, captures), "seed {seed}: law 4");
            }
        }
        self.laws_aside();
        // Law 3, over everything that was ever accepted, by walking the places and not the index.
        let mut paid = BTreeMap::<&Number, u32>::new();
        let mut amount = Yen::ZERO;
        for place in self.world.place.values() {
            if let Place::Accepted(accepted) = place {
                amount = amount.plus(accepted.yen).unwrap();
                if let Counted::Number(number) = &accepted.number {
                    *paid.entry(number).or_default() += 1;
                    let face = if "ACac".contains(&number.as_str()[..1]) { 1000 } else { 500 };
                    assert_eq!(accepted.yen, Yen(face), "seed {seed}: money");
                }
            }
        }
        assert!(paid.values().all(|times| *times <= self.profile.copies), "seed {seed}: law 3");
        assert!(amount.0 <= 1_000 * self.laid.len() as i64, "seed {seed}: money");
    }

    /// Who is offered a sheet to key may key it; who is offered none may key none.
    fn work(&self) {
        let view = View::of(&self.state);
        for Person { id, role, .. } in people() {
            let may = |sheet: SheetId| {
                let input = Input::Key { sheet, answer: Keyed::Cannot, kind: None };
                let at = Stamp { ms: 0, offset_min: 0 };
                let act = Act { by: id.clone(), with: None, at, input };
                decide(&self.state, &self.profile, &act, &self.world).is_ok()
            };
            let sheets = view.envelopes.values().flat_map(|envelope| {
                let ordinals = envelope.entry.iter().map(|item| item.ordinal);
                ordinals.map(|ordinal| SheetId { envelope: envelope.id, ordinal })
            });
            let left = sheets.filter(|sheet| may(*sheet)).count();
            assert_eq!(entry_left(&view, &id, role), left, "seed {}: {id}", self.seed);
            let next = next_entry(&view, &id, role, &|_| false);
            assert_eq!(next.is_some(), left > 0, "seed {}: {id}", self.seed);
            assert!(next.is_none_or(may), "seed {}: {id}, {next:?}", self.seed);
        }
    }
}

#[test]
fn random_shifts() {
    let seeds = std::env::var("KENBAN_SEEDS").ok().and_then(|it| it.parse().ok()).unwrap_or(2_000);
    let first = std::env::var("KENBAN_SEED").ok().and_then(|it| it.parse().ok()).unwrap_or(0);
    println!("seeds {first} to {}", first + seeds);
    let mut met = Met::default();
    for seed in first..first + seeds {
        let mut shift = Shift::new(seed);
        for _ in 0..160 {
            shift.step();
            shift.laws();
        }
        shift.replay();
        shift.work();
        met.add(&shift.log);
    }
    let counts = met.counts();
    println!(
        "accepted, duplicates, keyed, provisional, scanned, by hand, closed, delivered, undone, \
         set aside, fed again, keyed from paper, no sheet: {counts:?}"
    );
    assert!(seeds < 2_000 || counts.iter().all(|count| *count > 50), "{counts:?}");
}

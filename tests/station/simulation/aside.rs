//! Papers whose files were set aside, as the test itself keeps them: each is uncounted, or lies in the
//! pile as a sheet, or two eyes have said that there is none.

use super::Shift;
use kenban::flow::aside::{AsideAnswer, AsideEnd, AsideFile};
use kenban::flow::event::Source;
use kenban::flow::ids::{EnvelopeId, FeedId, SheetId};
use kenban::flow::state::Phase;
use kenban::flow::{Event, Input, NoSheet, Recorded, View};
use std::collections::BTreeSet;

/// Where the paper of a file that was set aside is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lies {
    Uncounted,
    As(SheetId),
    Nowhere,
}

/// One of them, and how many sheets had been taken in its envelope before it.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    lies: Lies,
    after: usize,
}

impl Shift {
    pub(super) fn set_aside(&mut self, by: &'static str, fails: bool) {
        let Some(envelope) = self.some_envelope() else { return };
        let why = NoSheet::ALL[self.rng.usize(..NoSheet::ALL.len())];
        let file = AsideFile {
            name: format!("{}.jpg", self.papers),
            sha256: None,
            why,
            said: "cut off".to_owned(),
            paper: why != NoSheet::Foreign,
        };
        // Now and then only one side is spoiled: then the paper counts by its other side.
        let last = self.state.envelopes[&envelope].live().next_back().map(|it| it.id);
        let side_of = last.filter(|_| self.rng.u8(..) < 40);
        let after = self.state.envelopes[&envelope].sheets.len();
        let input = Input::SetAside {
            envelope,
            feed: FeedId(1),
            file,
            side_of: side_of.map(|sheet| sheet.ordinal),
        };
        let answers = self.group(vec![(by, None, input)], fails);
        if !fails && answers[0].is_ok() {
            let no = self.state.envelopes[&envelope].asides.len() as u32;
            let lies = if side_of.is_some() { Lies::Nowhere } else { Lies::Uncounted };
            self.kept.insert((envelope, no), Kept { lies, after });
        }
    }

    /// Somebody says something about one of them, true or not.
    pub(super) fn settle_aside(
        &mut self,
        by: &'static str,
        with: Option<&'static str>,
        fails: bool,
    ) {
        let Some(envelope) = self.some_envelope() else { return };
        let no = self.rng.u32(1..=self.state.envelopes[&envelope].asides.len() as u32 + 1);
        let answer = match self.rng.u8(..9) {
            0 | 1 => AsideAnswer::Fed(self.rng.u32(..20)),
            // Fed again just now.
            2 | 6..=8 => {
                self.lay(envelope);
                let last = self.state.envelopes[&envelope].live().next_back();
                AsideAnswer::Fed(last.map_or(1, |sheet| sheet.id.ordinal))
            }
            3 => AsideAnswer::FromPaper,
            4 => AsideAnswer::NoSheet(" ".to_owned()),
            _ => AsideAnswer::NoSheet("控えの紙".to_owned()),
        };
        self.say(envelope, no, answer, by, with, fails);
    }

    fn say(
        &mut self,
        envelope: EnvelopeId,
        no: u32,
        answer: AsideAnswer,
        by: &'static str,
        with: Option<&'static str>,
        fails: bool,
    ) {
        let seed = self.seed;
        let taken = self.state.envelopes[&envelope].sheets.len();
        let input = Input::SettleAside { envelope, no, answer: answer.clone(), kind: None };
        let done = self.group(vec![(by, with, input)], fails)[0].is_ok();
        if fails || !done {
            return;
        }
        let lies = match answer {
            AsideAnswer::Fed(ordinal) => Lies::As(SheetId { envelope, ordinal }),
            AsideAnswer::FromPaper => {
                let sheet = SheetId { envelope, ordinal: taken as u32 + 1 };
                let laid = self.state.sheet(sheet).expect("it was laid down by hand");
                assert!(matches!(laid.captures[0].source, Source::Hand {}), "seed {seed}");
                let read = (laid.read.clone(), laid.captures.clone());
                self.first_read.insert(sheet, read);
                let mut paper = self.new_paper();
                (paper.barcode, paper.printed) = (None, None);
                self.laid.insert(sheet, paper);
                Lies::As(sheet)
            }
            AsideAnswer::NoSheet(reason) => {
                assert!(!reason.trim().is_empty(), "seed {seed}: no reason");
                Lies::Nowhere
            }
        };
        if let Lies::As(sheet) = lies {
            assert!(self.laid.contains_key(&sheet), "seed {seed}: law 2, {sheet:?} is no paper");
            let twice = self.kept.values().any(|it| it.lies == lies);
            assert!(!twice, "seed {seed}: law 2, {sheet:?} stands for two papers");
        }
        let kept = self.kept.get_mut(&(envelope, no)).expect("only what was set aside");
        assert_eq!(kept.lies, Lies::Uncounted, "seed {seed}: settled twice");
        if let Lies::As(sheet) = lies {
            assert!(sheet.ordinal as usize > kept.after, "seed {seed}: counted before");
        }
        kept.lies = lies;
    }

    /// What is left of an envelope is keyed from the paper or said to be none.
    pub(super) fn settle_all_asides(&mut self, envelope: EnvelopeId) {
        for no in 1..=self.state.envelopes[&envelope].asides.len() as u32 {
            let answer = match self.rng.u8(..4) {
                0 => {
                    self.lay(envelope);
                    let last = self.state.envelopes[&envelope].live().next_back();
                    AsideAnswer::Fed(last.map_or(1, |sheet| sheet.id.ordinal))
                }
                1 | 2 => AsideAnswer::FromPaper,
                _ => AsideAnswer::NoSheet("控えの紙".to_owned()),
            };
            self.say(envelope, no, answer, "o1", Some("o2"), false);
        }
    }

    /// The paper of a sheet was lifted: if it stood for a file, that paper is uncounted again.
    pub(super) fn lifted_aside(&mut self, sheet: SheetId) {
        for kept in self.kept.values_mut() {
            if kept.lies == Lies::As(sheet) {
                kept.lies = Lies::Uncounted;
            }
        }
    }

    /// Law 6, and that a file said to be none is looked at by two where sheets are missing.
    pub(super) fn law_aside(&self, recorded: &Recorded) {
        let seed = self.seed;
        let Event::AsideSettled { envelope, end, with, .. } = &recorded.event else { return };
        assert!(with.as_ref() != Some(&recorded.by), "seed {seed}: law 6");
        let papers = self.laid.keys().filter(|sheet| sheet.envelope == *envelope).count();
        let declared = self.state.envelopes[envelope].slip.values().sum::<u32>() as usize;
        let none = matches!(end, AsideEnd::NoSheet { .. });
        assert_eq!(with.is_some(), none && papers < declared, "seed {seed}: law 6");
    }

    /// Law 2: what is uncounted stands at its envelope, each once, and no envelope is closed over it.
    pub(super) fn laws_aside(&self) {
        let seed = self.seed;
        let view = View::of(&self.state);
        for envelope in self.state.envelopes.values() {
            let own = self.kept.iter().filter(|((id, _), _)| *id == envelope.id);
            let uncounted = own
                .filter(|(_, kept)| kept.lies == Lies::Uncounted)
                .map(|((_, no), _)| *no)
                .collect::<BTreeSet<_>>();
            let seen = &view.envelopes[&envelope.id];
            let open = seen.aside.iter().map(|it| it.no).collect::<Vec<_>>();
            assert!(uncounted.iter().eq(&open), "seed {seed}: law 2, {uncounted:?} {open:?}");
            assert!(open.is_empty() || envelope.phase == Phase::Open, "seed {seed}: law 2");
            // Each paper of the pile has a place of its own.
            let places = envelope.live().map(|sheet| envelope.position(sheet.id.ordinal));
            let asides = envelope.asides.iter().filter_map(|aside| envelope.aside_place(aside));
            let all = places.chain(asides).collect::<Vec<_>>();
            let places = all.iter().copied().collect::<BTreeSet<_>>();
            assert!(places.iter().copied().eq(1..=all.len() as u32), "seed {seed}: {all:?}");
            assert_eq!(seen.fed as usize, all.len(), "seed {seed}");
        }
    }
}

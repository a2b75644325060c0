//! What was shown, what a person said of it, and what follows: the proposal and the profile. No drawing.

use super::typed::Typed;
use crate::ui::lesson::{Looked, MOST_PICTURES, SampleFault, SamplePicture, Tried};
use crate::voucher::profile::Area;
use crate::voucher::teach::{
    self, ByHand, Contradiction, Gap, LayoutProposal, Line, Sample, Scheme, Seen, Taught,
    TeachError,
};
use crate::voucher::{Profile, Side};
use egui::TextureHandle;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Tells a picture from all others that were shown; never given twice.
pub(super) type Key = u32;

/// A picture and what came of it.
pub(super) struct Shown<T> {
    pub key: Key,
    pub picture: SamplePicture,
    pub state: State<T>,
    pub texture: Option<TextureHandle>,
    /// How often the station could not answer.
    failures: u8,
}

pub(super) enum State<T> {
    Coming,
    Failed(SampleFault),
    Here(Box<T>),
}

/// So often a station that can't answer is asked about a picture.
pub(super) const ASKED: u8 = 3;

impl<T> Shown<T> {
    fn new(key: Key, picture: SamplePicture) -> Shown<T> {
        Shown { key, picture, state: State::Coming, texture: None, failures: 0 }
    }

    /// The station could not answer; it is asked again some times. True: no more.
    pub fn fails_for_good(&mut self, fault: SampleFault) -> bool {
        self.failures += 1;
        let for_good = self.failures >= ASKED;
        if for_good {
            self.state = State::Failed(fault);
        }
        for_good
    }

    pub fn here(&self) -> Option<&T> {
        match &self.state {
            State::Here(it) => Some(it),
            State::Coming | State::Failed(_) => None,
        }
    }

    /// The file's name; a picture of the camera has none.
    pub fn name(&self) -> Option<String> {
        match &self.picture {
            SamplePicture::File(path) => path.file_name().map(|it| it.to_string_lossy().into()),
            SamplePicture::Taken(_) => None,
        }
    }

    fn again(&mut self) {
        self.failures = 0;
        self.state = State::Coming;
        self.texture = None;
    }
}

/// What a person changed of the layout that has these samples.
struct Change {
    keys: BTreeSet<Key>,
    by_hand: ByHand,
}

/// What is still missing before there is a profile, most basic first.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum NotYet {
    Size,
    /// Pictures are still being looked at.
    Looking,
    Name,
    Id,
    Kinds,
    Contradiction(Contradiction),
    OneNumber,
    Gap(Gap),
    Teach(TeachError),
}

/// A profile as it would be saved.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Made {
    pub profile: Arc<Profile>,
    pub toml: String,
}

#[derive(Default)]
pub(super) struct Model {
    pub typed: Typed,
    pub side: Option<Side>,
    pub shown: Vec<Shown<Looked>>,
    /// The size and side with which pictures were looked at.
    looked_with: Option<((f32, f32), Side)>,
    /// Counts these changes: an answer to a question of before is of no use.
    pub looks: u32,
    /// What stands in a person's box for the number, by sample.
    boxed: BTreeMap<Key, Line>,
    changes: Vec<Change>,
    pub taught: Option<Result<Taught, TeachError>>,
    /// The samples that `taught` names by their places, and what was learned from them.
    pub named: Vec<Key>,
    samples: Vec<Sample>,
    pub made: Option<Result<Made, NotYet>>,
    /// Learned samples and further vouchers, read with the profile as it is now.
    pub trials: Vec<Shown<Tried>>,
    last_key: Key,
}

impl Model {
    pub fn side(&self) -> Side {
        self.side.unwrap_or(Side::Front)
    }

    /// No more room for pictures.
    pub fn is_full(&self, trying: bool) -> bool {
        (if trying { self.trials.len() } else { self.shown.len() }) >= MOST_PICTURES
    }

    /// A picture that was not shown yet. False: it was.
    pub fn show(&mut self, picture: SamplePicture) -> bool {
        if self.shown.iter().any(|one| one.picture == picture) {
            return false;
        }
        let key = self.next_key();
        self.trials.retain(|trial| trial.picture != picture);
        self.shown.push(Shown::new(key, picture));
        true
    }

    /// Every sample is tried, too: it must read as it was taught.
    pub fn try_learned(&mut self) {
        let untried = |one: &&Shown<Looked>| {
            one.here().is_some() && self.trials.iter().all(|trial| trial.key != one.key)
        };
        let samples = self.shown.iter().filter(untried);
        let samples: Vec<Shown<Tried>> =
            samples.map(|one| Shown::new(one.key, one.picture.clone())).collect();
        self.trials.splice(0..0, samples);
    }

    /// Whether a sample's face was straightened, so that a box means a place on it.
    pub fn is_straight(&self, key: Key) -> bool {
        let one = self.shown.iter().find(|one| one.key == key);
        one.and_then(Shown::here).is_some_and(|it| it.outlined)
    }

    /// Whether it is one of the samples.
    pub fn is_learned(&self, key: Key) -> bool {
        self.shown.iter().any(|one| one.key == key)
    }

    /// A further picture to try. False: it was learned from, or tried already.
    pub fn try_also(&mut self, picture: SamplePicture) -> bool {
        let known = self.shown.iter().any(|one| one.picture == picture)
            || self.trials.iter().any(|one| one.picture == picture);
        if !known {
            let key = self.next_key();
            self.trials.push(Shown::new(key, picture));
        }
        !known
    }

    fn next_key(&mut self) -> Key {
        self.last_key += 1;
        self.last_key
    }

    pub fn take_out(&mut self, key: Key) {
        self.shown.retain(|one| one.key != key);
        self.trials.retain(|one| one.key != key);
        self.boxed.remove(&key);
        self.learn();
    }

    /// With another size or side everything is looked at anew.
    pub fn follow_size(&mut self) {
        let Some(size) = self.typed.size() else { return };
        let with = Some((size, self.side()));
        if self.looked_with == with {
            return;
        }
        if self.looked_with.is_some_and(|(_, side)| side != self.side()) {
            // Boxes that were drawn are those of the other side of the paper.
            for change in &mut self.changes {
                (change.by_hand.number_area, change.by_hand.barcode_area) = (None, None);
            }
        }
        self.looked_with = with;
        self.looks += 1;
        for one in &mut self.shown {
            one.again();
        }
        self.boxed.clear();
        self.learn();
    }

    pub fn looking(&self) -> usize {
        self.shown.iter().filter(|one| matches!(one.state, State::Coming)).count()
    }

    /// The layouts as they are proposed and changed.
    pub fn layouts(&self) -> &[LayoutProposal] {
        match &self.taught {
            Some(Ok(taught)) => &taught.layouts,
            _ => &[],
        }
    }

    /// The samples of a layout.
    pub fn keys_of(&self, layout: &LayoutProposal) -> BTreeSet<Key> {
        layout.samples.iter().filter_map(|at| self.named.get(*at)).copied().collect()
    }

    /// What was learned as a sample's number.
    pub fn number_of(&self, key: Key) -> Option<&str> {
        let at = self.named.iter().position(|named| *named == key)?;
        let mut numbers = self.layouts().iter().flat_map(|layout| &layout.numbers);
        numbers.find(|(sample, _)| *sample == at).map(|(_, number)| number.as_str())
    }

    /// What was taken for a sample's number.
    pub fn sample(&self, key: Key) -> Option<Sample> {
        let at = self.named.iter().position(|named| *named == key)?;
        self.samples.get(at).cloned()
    }

    /// Whether a sample is read as another number than it was taught. Nothing read is no other number.
    pub fn differs(&self, key: Key, tried: &Tried) -> bool {
        let read = tried.judged.number.as_ref().map(|it| it.as_str());
        self.number_of(key).zip(read).is_some_and(|(taught, read)| taught != read)
    }

    /// Samples that read as they were taught, and all.
    pub fn learned_right(&self) -> (usize, usize) {
        let right = |one: &&Shown<Tried>| {
            let read = one.here().and_then(|it| it.judged.number.as_ref());
            read.is_some() && read.map(|it| it.as_str()) == self.number_of(one.key)
        };
        let learned = || self.trials.iter().filter(|one| self.is_learned(one.key));
        (learned().filter(right).count(), learned().count())
    }

    /// Whether this picture shows a voucher that the profile was not taught with.
    pub fn is_another(&self, trial: &Shown<Tried>) -> bool {
        let read = trial.here().and_then(|it| it.judged.number.as_ref());
        let taught = |number: &str| {
            let mut numbers = self.layouts().iter().flat_map(|layout| &layout.numbers);
            numbers.any(|(_, it)| it == number)
        };
        !self.is_learned(trial.key) && read.is_some_and(|number| !taught(number.as_str()))
    }

    /// Contradictions about a sample.
    pub fn against(&self, key: Key) -> Option<&Contradiction> {
        let Some(Ok(taught)) = &self.taught else { return None };
        let at = self.named.iter().position(|named| *named == key)?;
        taught.contradictions.iter().find(|it| it.sample() == at)
    }

    /// Changes a layout by hand, and learns anew.
    pub fn change(&mut self, layout: usize, change: impl FnOnce(&mut ByHand, &LayoutProposal)) {
        let Some(proposal) = self.layouts().get(layout).cloned() else { return };
        let keys = self.keys_of(&proposal);
        let mut by_hand = self.by_hand(&keys).cloned().unwrap_or_default();
        if by_hand.length != proposal.form.len() {
            by_hand.places.clear();
            by_hand.length = proposal.form.len();
        }
        change(&mut by_hand, &proposal);
        // Samples that have no layout just now come back to the one that they had; a sister layout that was
        // one with this keeps what was said of it.
        let elsewhere: BTreeSet<Key> = self
            .layouts()
            .iter()
            .flat_map(|it| self.keys_of(it))
            .filter(|it| !keys.contains(it))
            .collect();
        let mut all = keys.clone();
        for old in self.changes.iter().filter(|old| !old.keys.is_disjoint(&keys)) {
            all.extend(old.keys.difference(&elsewhere));
        }
        for old in &mut self.changes {
            old.keys.retain(|key| !all.contains(key));
        }
        self.changes.retain(|old| !old.keys.is_empty());
        self.changes.push(Change { keys: all, by_hand });
        self.learn();
    }

    fn by_hand(&self, keys: &BTreeSet<Key>) -> Option<&ByHand> {
        let shared = |change: &&Change| change.keys.intersection(keys).count();
        let best = self.changes.iter().max_by_key(shared)?;
        (shared(&best) > 0).then_some(&best.by_hand)
    }

    /// Faces whose box for the number was drawn by hand and not read yet.
    pub fn unread_boxes(&self) -> Option<(Area, Vec<Key>)> {
        self.changes.iter().find_map(|change| {
            let area = change.by_hand.number_area?;
            let unread = |key: &Key| self.boxed.get(key).is_none_or(|line| line.area != area);
            let faces = self.shown.iter().filter(|one| one.here().is_some_and(|it| it.outlined));
            let keys: Vec<Key> = faces
                .map(|one| one.key)
                .filter(|key| change.keys.contains(key) && unread(key))
                .collect();
            (!keys.is_empty()).then_some((area, keys))
        })
    }

    /// What stands in a box of these faces; where it could not be told, nothing.
    pub fn boxes_read(&mut self, area: Area, keys: &[Key], lines: &[Line]) {
        for (no, key) in keys.iter().enumerate() {
            if !self.is_learned(*key) {
                continue;
            }
            let line = lines.get(no).cloned();
            self.boxed.insert(*key, line.unwrap_or(Line { area, text: None, marks: 0 }));
        }
        self.learn();
    }

    /// Samples of the layout on which nothing could be read in the box that a person drew.
    pub fn empty_boxes(&self, layout: &LayoutProposal) -> usize {
        let keys = self.keys_of(layout);
        keys.iter().filter(|key| self.boxed.get(key).is_some_and(|it| it.text.is_none())).count()
    }

    /// Makes proposal and profile of all that is known now.
    pub fn learn(&mut self) {
        let mut named = Vec::new();
        let mut seen: Vec<Seen> = Vec::new();
        for one in &self.shown {
            if let Some(looked) = one.here() {
                named.push(one.key);
                // A box with nothing in it must not take the last away by which a sample is known.
                let coded = !looked.seen.codes.is_empty();
                let boxed = self.boxed.get(&one.key).filter(|it| coded || it.text.is_some());
                seen.push(Seen { boxed: boxed.cloned(), ..looked.seen.clone() });
            }
        }
        self.named = named;
        let samples = teach::samples(&seen);
        let mut taught = (!samples.is_empty()).then(|| teach::propose(&samples));
        if let Some(Ok(taught)) = &mut taught {
            for layout in &mut taught.layouts {
                if let Some(by_hand) = self.by_hand(&self.keys_of(layout)) {
                    by_hand.put_on(layout);
                }
            }
        }
        self.samples = samples;
        self.taught = taught;
        self.remake();
    }

    /// Makes the profile anew, after something was typed.
    pub fn remake(&mut self) {
        let made = self.make();
        // The same profile stays the same: what was tried with it counts.
        if self.made.as_ref() != Some(&made) {
            for trial in &mut self.trials {
                trial.again();
            }
            self.made = Some(made);
        }
    }

    fn make(&self) -> Result<Made, NotYet> {
        self.typed.size().ok_or(NotYet::Size)?;
        let with = self.typed.size().map(|size| (size, self.side()));
        if self.looking() > 0 || self.looked_with != with {
            return Err(NotYet::Looking);
        }
        let taught = match &self.taught {
            Some(Ok(taught)) => taught,
            Some(Err(error)) => return Err(NotYet::Teach(error.clone())),
            None => return Err(NotYet::Teach(TeachError::NoSamples)),
        };
        if let Some(first) = taught.contradictions.iter().find(|it| !it.is_nothing_read()) {
            return Err(NotYet::Contradiction(first.clone()));
        }
        for layout in &taught.layouts {
            let numbers: BTreeSet<&String> = layout.numbers.iter().map(|(_, it)| it).collect();
            if numbers.len() < 2 {
                return Err(NotYet::OneNumber);
            }
            if let Some(gap) = layout.gaps().into_iter().next() {
                return Err(NotYet::Gap(gap));
            }
        }
        if self.typed.name.trim().is_empty() {
            return Err(NotYet::Name);
        }
        let yen = self.typed.yen();
        if yen.is_empty() {
            return Err(NotYet::Kinds);
        }
        let id = self.typed.id().ok_or(NotYet::Id)?;
        let kinds = yen.iter().map(|yen| teach::kind(&yen.0.to_string(), *yen)).collect();
        let scheme = Scheme { id, name: self.typed.name.trim().to_owned(), kinds };
        let mut layouts = taught.layouts.clone();
        for layout in &mut layouts {
            // A face value may have been taken out after a layout was said to have it.
            layout.kind =
                layout.kind.take().filter(|it| scheme.kinds.iter().any(|kind| kind.id == *it));
        }
        let (profile, toml) = teach::profile(&scheme, &layouts).map_err(NotYet::Teach)?;
        Ok(Made { profile: Arc::new(profile), toml })
    }

    pub fn profile(&self) -> Option<&Made> {
        self.made.as_ref().and_then(|made| made.as_ref().ok())
    }
}

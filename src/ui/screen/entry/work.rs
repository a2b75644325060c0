//! One sheet under one person's hands, and its answers on their way to the disk.

use super::keying::{Keying, Standing};
use crate::flow::event::{Keyed, Place};
use crate::flow::view::EntryItem;
use crate::flow::{Input, PersonId, Sha256, SheetId, View};
use crate::ui::port::Ticket;
use crate::voucher::{KindId, Number, Profile};

/// The sheet that is being keyed. What was keyed lives here and nowhere else until it is on the disk.
#[derive(Clone, Debug)]
pub struct Work {
    pub sheet: SheetId,
    pub by: PersonId,
    /// Its picture, also after it has gone on: three keyings are compared beside it.
    pub picture: Option<Sha256>,
    pub keying: Keying,
    pub step: Step,
    /// The kind that the person named.
    pub kind: Option<Kind>,
    /// The whole sheet is shown instead of the crop.
    pub whole: bool,
    /// It came back: why.
    pub problem: Option<String>,
}

/// What a person says about the kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    Known(KindId),
    /// 券種不明: it can't be told either.
    Unknown,
}

#[derive(Clone, Debug)]
pub enum Step {
    Number,
    /// 判別不能
    Cannot,
    Hold(Holding),
    /// A third keying is on its way.
    Third(Ticket),
    /// A third keying is done.
    Told(Told),
}

/// Why a sheet is handed to the supervisor.
#[derive(Clone, Debug, Default)]
pub struct Holding {
    /// Place in the list of reasons.
    pub chosen: Option<usize>,
    pub typed: String,
    pub typing: bool,
    /// The field is to get the focus.
    pub focus: bool,
}

/// What a third keying came to.
#[derive(Clone, Debug)]
pub struct Told {
    pub place: Place,
    /// The question for the three answers.
    pub asked: Ticket,
    /// Who keyed what, in order.
    pub answers: Vec<(PersonId, Keyed, Option<KindId>)>,
}

/// An answer on its way; the whole work is kept, so that a refusal brings back what was keyed.
#[derive(Clone, Debug)]
pub struct Sent {
    pub ticket: Ticket,
    pub work: Work,
}

impl Work {
    pub fn new(profile: &Profile, sheet: SheetId, by: PersonId, item: &EntryItem) -> Work {
        Work {
            sheet,
            by,
            picture: item.picture,
            keying: Keying::new(profile, item.layout.as_ref()),
            step: Step::Number,
            kind: None,
            whole: false,
            problem: None,
        }
    }

    /// The person has put something into it.
    pub fn is_begun(&self) -> bool {
        self.keying.is_begun() || self.kind.is_some() || !matches!(self.step, Step::Number)
    }

    /// Whether the number alone leaves the kind open.
    pub fn kind_open(&self, profile: &Profile) -> bool {
        match self.keying.standing(profile) {
            Standing::Whole { number, layout } => profile.kind_of(&number, &layout).is_none(),
            _ => false,
        }
    }

    /// The kind as it stands: what the person named, else what is known of the sheet.
    pub fn kind_now(&self, item: &EntryItem) -> Option<Kind> {
        self.kind.clone().or_else(|| item.kind.clone().map(Kind::Known))
    }

    /// The number's answer, if it can be given.
    pub fn number(&self, profile: &Profile, item: &EntryItem) -> Result<Input, NotYet> {
        match self.keying.standing(profile) {
            Standing::Whole { number, layout } => {
                let by_number = profile.kind_of(&number, &layout);
                if by_number.is_none() && self.kind_now(item).is_none() {
                    return Err(NotYet::Kind);
                }
                let kind = if by_number.is_none() { self.named(item) } else { None };
                Ok(self.key(Keyed::Number(number), kind))
            }
            Standing::Missing(count) => Err(NotYet::Missing(count)),
            Standing::CheckDigit => Err(NotYet::CheckDigit),
            Standing::NeverPrinted => Err(NotYet::NeverPrinted),
            Standing::NoNumber => Err(NotYet::NoNumber),
        }
    }

    /// The answer that the number can't be told.
    pub fn cannot(&self, item: &EntryItem) -> Result<Input, NotYet> {
        match self.kind_now(item) {
            None => Err(NotYet::Kind),
            Some(_) => Ok(self.key(Keyed::Cannot, self.named(item))),
        }
    }

    /// The kind that goes with the answer: only what the station doesn't know already.
    fn named(&self, item: &EntryItem) -> Option<KindId> {
        match &self.kind {
            Some(Kind::Known(kind)) if item.kind.as_ref() != Some(kind) => Some(kind.clone()),
            _ => None,
        }
    }

    fn key(&self, answer: Keyed, kind: Option<KindId>) -> Input {
        Input::Key { sheet: self.sheet, answer, kind }
    }

    /// The next kind of the profile, for the Tab key.
    pub fn next_kind(&mut self, profile: &Profile, item: &EntryItem) {
        let now = match self.kind_now(item) {
            Some(Kind::Known(kind)) => profile.kinds.iter().position(|it| it.id == kind),
            _ => None,
        };
        let next = now.map_or(0, |now| (now + 1) % profile.kinds.len().max(1));
        self.kind = profile.kinds.get(next).map(|kind| Kind::Known(kind.id.clone()));
    }

    /// Chooses by digit: from 1 a kind of the profile, 0 that it can't be told. False: no such one.
    pub fn choose_kind(&mut self, profile: &Profile, digit: char) -> bool {
        let kind = match digit.to_digit(10) {
            Some(0) if matches!(self.step, Step::Cannot) => Some(Kind::Unknown),
            Some(digit) => {
                let at = (digit as usize).wrapping_sub(1);
                profile.kinds.get(at).map(|kind| Kind::Known(kind.id.clone()))
            }
            None => None,
        };
        let found = kind.is_some();
        if found {
            self.kind = kind;
        }
        found
    }
}

/// Why Enter sends nothing yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotYet {
    Missing(usize),
    CheckDigit,
    NeverPrinted,
    NoNumber,
    Kind,
    Reason,
}

/// The sheet as it waits to be keyed, if it still does.
pub fn item(view: &View, sheet: SheetId) -> Option<&EntryItem> {
    let envelope = view.envelopes.get(&sheet.envelope).filter(|envelope| envelope.open)?;
    // Work lists are by ordinal.
    let at = envelope.entry.binary_search_by_key(&sheet.ordinal, |item| item.ordinal).ok()?;
    envelope.entry.get(at)
}

/// The sheet as it waits for this person; none that the person has keyed.
pub fn item_for<'v>(view: &'v View, sheet: SheetId, by: &PersonId) -> Option<&'v EntryItem> {
    item(view, sheet).filter(|item| !item.keyed_by.contains(by))
}

/// What an answer says, in groups as printed.
pub fn number_of(answer: &Keyed) -> Option<&Number> {
    match answer {
        Keyed::Number(number) => Some(number),
        Keyed::Cannot => None,
    }
}

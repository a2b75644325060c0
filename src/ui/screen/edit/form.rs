//! A supervisor's decision about one sheet, step by step: what, then only what is still needed for
//! it, then the reason. What is known already stands ready, so that most decisions are a digit and
//! Enter.

use super::number;
use super::sending::Sending;
use super::why::{Choice, Why};
use crate::flow::input::Settlement;
use crate::flow::view::SettleItem;
use crate::flow::{EnvelopeId, Input, Recorded, SheetId};
use crate::ui::command::{Command, Pressed};
use crate::ui::port::{Heard, News, Order, SheetFile};
use crate::ui::screen::Cx;
use crate::ui::screen::entry::keying::Keying;
use crate::voucher::profile::{DefectOutcome, Identified};
use crate::voucher::{KindId, LayoutId, Number, Profile, Reason};
use egui::Key;

/// The classes of decisions, by their digit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    Same,
    Accept,
    Reject,
    Return,
    Hold,
    Rekey,
    Provisional,
}

impl Class {
    pub const ALL: [Class; 7] = [
        Class::Same,
        Class::Accept,
        Class::Reject,
        Class::Return,
        Class::Hold,
        Class::Rekey,
        Class::Provisional,
    ];

    pub fn command(self) -> Command {
        match self {
            Class::Same => Command::DecideSame,
            Class::Accept => Command::DecideAccept,
            Class::Reject => Command::DecideReject,
            Class::Return => Command::DecideReturn,
            Class::Hold => Command::DecideHold,
            Class::Rekey => Command::DecideRekey,
            Class::Provisional => Command::DecideProvisional,
        }
    }

    pub fn of(command: Command) -> Option<Class> {
        Class::ALL.into_iter().find(|class| class.command() == command)
    }

    fn steps(self) -> &'static [Step] {
        match self {
            Class::Same => &[Step::Sheet, Step::Why],
            Class::Accept => &[Step::Number, Step::Kind, Step::Why],
            Class::Provisional => &[Step::Kind, Step::Why],
            Class::Reject | Class::Return | Class::Hold | Class::Rekey => &[Step::Why],
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    What,
    Number,
    /// Which sheet it is the same paper as.
    Sheet,
    Kind,
    Why,
}

/// What is known of the sheet that is decided.
#[derive(Clone, Debug, PartialEq)]
pub struct About {
    pub sheet: SheetId,
    /// A number that a machine read or two people keyed alike.
    pub number: Option<Number>,
    pub kind: Option<KindId>,
    pub layout: Option<LayoutId>,
    pub others: Vec<SheetId>,
    pub reason: Option<Reason>,
}

impl About {
    pub fn item(envelope: EnvelopeId, item: &SettleItem, reason: Option<Reason>) -> About {
        About {
            sheet: SheetId { envelope, ordinal: item.ordinal },
            number: item.number.clone(),
            kind: item.kind.clone(),
            layout: None,
            others: item.others.clone(),
            reason,
        }
    }

    pub fn file(file: &SheetFile, others: Vec<SheetId>) -> About {
        let sheet = &file.sheet;
        // A number that counts is what a correction is against, so it is no proposal.
        let counts = sheet.place.word() == "accepted";
        let read = sheet.read.clone().or_else(|| sheet.agreed.clone());
        About {
            sheet: sheet.id,
            number: read.filter(|_| !counts),
            kind: sheet.kind.clone(),
            layout: sheet.layout.clone().or_else(|| sheet.looks_like().cloned()),
            others,
            reason: sheet.reasons.first().copied(),
        }
    }
}

#[derive(Debug)]
pub struct Form {
    pub about: About,
    pub class: Option<Class>,
    pub step: Step,
    pub number: Keying,
    /// The other sheet's place in the envelope, as typed.
    pub ordinal: String,
    pub kind: Option<KindId>,
    pub why: Why,
    pub sending: Sending,
}

impl Form {
    pub fn new(about: About, profile: &Profile) -> Form {
        let number = number::begin(profile, about.number.as_ref(), about.layout.as_ref());
        let envelope = about.sheet.envelope;
        let other = about.others.iter().find(|other| other.envelope == envelope);
        Form {
            number,
            ordinal: other.map(|it| it.ordinal.to_string()).unwrap_or_default(),
            kind: about.kind.clone(),
            class: None,
            step: Step::What,
            why: Why::asking(Vec::new()),
            sending: Sending::default(),
            about,
        }
    }

    pub fn offers(&self) -> Vec<Command> {
        match self.step {
            Step::What => {
                Class::ALL.map(Class::command).into_iter().chain([Command::Back]).collect()
            }
            Step::Number | Step::Sheet => vec![Command::Confirm, Command::Erase, Command::Back],
            Step::Kind | Step::Why => vec![Command::Confirm, Command::Back],
        }
    }

    pub fn choose(&mut self, class: Class, cx: &Cx<'_>) {
        self.sending.reconsider();
        self.class = Some(class);
        self.why = Why::proposing(choices(class, &self.about, cx));
        let steps = class.steps();
        let open = steps.iter().find(|step| !self.is_known(**step, cx));
        self.step = open.copied().unwrap_or(Step::Why);
    }

    /// Whether a step needs no asking. The reason is always asked.
    fn is_known(&self, step: Step, cx: &Cx<'_>) -> bool {
        match step {
            Step::What => true,
            Step::Number => number::whole(&self.number, cx.profile).is_some(),
            Step::Sheet => !self.ordinal.is_empty(),
            Step::Kind => self.kind_by_number(cx).is_some() || self.kind.is_some(),
            Step::Why => false,
        }
    }

    /// The kind that the number itself says; nobody chooses it then.
    pub fn kind_by_number(&self, cx: &Cx<'_>) -> Option<KindId> {
        if self.class != Some(Class::Accept) {
            return None;
        }
        match cx.profile.identify(self.number.text()) {
            Identified::Number { number, layout } => cx.profile.kind_of(&number, &layout),
            Identified::CheckDigitWrong { .. } | Identified::OtherScheme => None,
        }
    }

    /// Enter: the next step, or off it goes.
    pub fn confirm(&mut self, cx: &mut Cx<'_>) {
        if let Some(problem) = self.problem(cx) {
            self.sending.problem = Some(problem);
            cx.order(Order::Try(Heard::Refused));
            return;
        }
        self.sending.problem = None;
        let steps = self.class.map(Class::steps).unwrap_or_default();
        let here = steps.iter().position(|step| *step == self.step);
        let Some(here) = here else { return };
        if self.step == Step::Why {
            self.send(cx);
            return;
        }
        let rest = steps.get(here + 1..).unwrap_or_default();
        let by_number = self.kind_by_number(cx).is_some();
        let next = rest.iter().find(|step| **step != Step::Kind || !by_number);
        self.step = next.copied().unwrap_or(Step::Why);
    }

    /// What is missing or wrong at this step.
    fn problem(&self, cx: &Cx<'_>) -> Option<String> {
        let words = cx.words;
        match self.step {
            Step::What => None,
            Step::Number => number::problem(&self.number, cx.profile, words),
            Step::Sheet => {
                let other = self.other();
                let own = other.is_none_or(|other| other == self.about.sheet);
                own.then(|| words.edit_which_sheet())
            }
            Step::Kind => self.kind.is_none().then(|| words.refused_kind_missing()),
            Step::Why => self.why.reason().is_none().then(|| words.edit_reason_missing()),
        }
    }

    fn other(&self) -> Option<SheetId> {
        let ordinal = self.ordinal.parse().ok().filter(|ordinal| *ordinal > 0)?;
        Some(SheetId { envelope: self.about.sheet.envelope, ordinal })
    }

    /// Escape: one step back. False: there is none, the form is left.
    pub fn back(&mut self) -> bool {
        if self.step == Step::Why && self.why.leave_field() {
            return true;
        }
        self.sending.reconsider();
        if self.step == Step::What {
            return false;
        }
        let steps = self.class.map(Class::steps).unwrap_or_default();
        let here = steps.iter().position(|step| *step == self.step).unwrap_or(0);
        let before = here.checked_sub(1).and_then(|before| steps.get(before));
        self.step = before.copied().unwrap_or(Step::What);
        if self.step == Step::What {
            self.class = None;
        }
        true
    }

    /// A key that is no command.
    pub fn pressed(&mut self, pressed: Pressed, cx: &mut Cx<'_>) {
        let taken = match (self.step, pressed) {
            (Step::Number, Pressed::Char(char)) => self.number.put(cx.profile, char),
            (Step::Number, Pressed::Key(key @ (Key::ArrowDown | Key::ArrowUp))) => {
                self.number.turn(cx.profile, key == Key::ArrowUp)
            }
            (Step::Number, Pressed::Key(Key::Backspace)) => {
                self.erase(cx);
                true
            }
            (Step::Sheet, Pressed::Char(digit)) if digit.is_ascii_digit() => {
                if self.ordinal.len() < 5 {
                    self.ordinal.push(digit);
                }
                true
            }
            (Step::Sheet, Pressed::Key(Key::Backspace)) => {
                self.erase(cx);
                true
            }
            (Step::Kind, Pressed::Char(digit)) => {
                let index = digit.to_digit(10).and_then(|digit| (digit as usize).checked_sub(1));
                let kind = index.and_then(|index| cx.profile.kinds.get(index));
                self.kind = kind.map(|kind| kind.id.clone()).or(self.kind.take());
                kind.is_some()
            }
            (Step::Kind, Pressed::Key(Key::ArrowDown)) => self.step_kind(1, cx),
            (Step::Kind, Pressed::Key(Key::ArrowUp)) => self.step_kind(-1, cx),
            (Step::Why, pressed) => self.why.pressed(pressed),
            _ => false,
        };
        if taken {
            self.sending.reconsider();
        } else if matches!(pressed, Pressed::Char(_)) {
            cx.order(Order::Try(Heard::Refused));
        }
    }

    pub fn erase(&mut self, cx: &Cx<'_>) {
        match self.step {
            Step::Number => {
                self.number.erase(cx.profile);
            }
            Step::Sheet => {
                self.ordinal.pop();
            }
            _ => {}
        }
        self.sending.reconsider();
    }

    fn step_kind(&mut self, by: isize, cx: &Cx<'_>) -> bool {
        let kinds = &cx.profile.kinds;
        let here = self.kind.as_ref().and_then(|kind| kinds.iter().position(|it| it.id == *kind));
        let last = kinds.len().saturating_sub(1);
        let next = here.map_or(0, |here| here.saturating_add_signed(by).min(last));
        self.kind = kinds.get(next).map(|kind| kind.id.clone());
        true
    }

    fn send(&mut self, cx: &mut Cx<'_>) {
        let Some((input, what)) = self.act(cx) else { return };
        self.sending.send(input, what, cx);
    }

    /// The act that this form stands for, and the sentence for a second person.
    fn act(&self, cx: &Cx<'_>) -> Option<(Input, String)> {
        let class = self.class?;
        let why = self.why.reason()?;
        let defect = why.defect;
        let kind = self.kind.clone();
        let (decision, kind) = match class {
            Class::Same => (Settlement::Same(self.other()?), None),
            Class::Accept => {
                let number = number::whole(&self.number, cx.profile)?;
                (Settlement::Accept(number), self.kind_by_number(cx).or(kind))
            }
            Class::Reject => (Settlement::Reject { returned: false, defect }, None),
            Class::Return => (Settlement::Reject { returned: true, defect }, None),
            Class::Hold => (Settlement::Hold { defect }, None),
            Class::Rekey => (Settlement::Rekey, None),
            Class::Provisional => (Settlement::Provisional, kind),
        };
        let name = cx.sheet_name(self.about.sheet);
        let decided = self.decided(class, cx);
        let what = cx.words.edit_second_decides(name, decided, &why.text);
        let sheet = self.about.sheet;
        Some((Input::Settle { sheet, decision, kind, reason: why.text }, what))
    }

    /// What is decided, with its number.
    pub fn decided(&self, class: Class, cx: &Cx<'_>) -> String {
        let word = (class.command().info().word)(cx.words);
        match self.subject(class, cx) {
            Some(subject) => format!("{word} {subject}"),
            None => word,
        }
    }

    /// The number or the other sheet that the decision names.
    pub fn subject(&self, class: Class, cx: &Cx<'_>) -> Option<String> {
        match class {
            Class::Accept => {
                number::whole(&self.number, cx.profile).map(|it| cx.grouped(it.as_str()))
            }
            Class::Same => self.other().map(|other| cx.sheet_name(other)),
            _ => None,
        }
    }

    /// What was written, once it is.
    pub fn hear<'n>(&mut self, news: &'n News, cx: &mut Cx<'_>) -> Option<&'n [Recorded]> {
        self.sending.hear(news, cx)
    }
}

/// The usual reasons of a class; the one that fits what was found first, then the profile's 不備.
fn choices(class: Class, about: &About, cx: &Cx<'_>) -> Vec<Choice> {
    let words = cx.words;
    let mut texts = match class {
        Class::Same => vec![words.edit_why_same(), words.edit_why_same_scan()],
        Class::Accept => vec![
            words.edit_why_accept_seen(),
            words.edit_why_accept_print(),
            words.edit_why_accept_barcode(),
        ],
        Class::Reject => vec![words.edit_why_reject_paid(), words.edit_why_reject_void()],
        Class::Return => vec![words.edit_why_return_other(), words.edit_why_return_shop()],
        Class::Hold => vec![words.edit_why_hold_shop(), words.edit_why_hold_office()],
        Class::Rekey => vec![words.edit_why_rekey_differ(), words.edit_why_rekey_doubt()],
        Class::Provisional => vec![words.edit_why_provisional()],
    };
    let void = matches!(
        about.reason,
        Some(Reason::Blocked | Reason::NotIssued | Reason::NotValidAtArrival)
    );
    if class == Class::Reject && void {
        texts.reverse();
    }
    let mut choices = texts.into_iter().map(Choice::of).collect::<Vec<_>>();
    let outcome = match class {
        Class::Reject => Some(DefectOutcome::RejectedKept),
        Class::Return => Some(DefectOutcome::RejectedReturned),
        Class::Hold => Some(DefectOutcome::Held),
        Class::Same | Class::Accept | Class::Rekey | Class::Provisional => None,
    };
    let defects = cx.profile.defects.iter().filter(|defect| Some(defect.outcome) == outcome);
    choices.extend(
        defects.map(|defect| Choice { text: defect.name.clone(), defect: Some(defect.id.clone()) }),
    );
    choices
}

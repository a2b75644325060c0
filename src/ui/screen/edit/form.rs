//! A supervisor's decision about one sheet, step by step: what, then what it needs, then the reason. What
//! everything agrees on stands ready; where anything differs nothing does. Escape goes back one step, to
//! where the hand came from.

use super::said::{self, Said, Who};
use super::sending::Sending;
use super::why::Why;
use super::{number, reasons};
use crate::flow::event::Place;
use crate::flow::input::Settlement;
use crate::flow::stop;
use crate::flow::view::SettleItem;
use crate::flow::{EnvelopeId, Input, Recorded, SheetId};
use crate::ui::command::{Command, Pressed};
use crate::ui::port::{Heard, News, Order, SheetFile};
use crate::ui::screen::Cx;
use crate::ui::screen::entry::keying::Keying;
use crate::voucher::profile::Identified;
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

    /// The same as an answer to the question that the sheet asks.
    pub fn answer(self, reason: Option<Reason>) -> Command {
        match (self, reason) {
            (Class::Same, Some(Reason::SamePicture)) => Command::DecideOnePaper,
            (Class::Accept, Some(Reason::SamePicture)) => Command::DecideTwoPapers,
            _ => self.command(),
        }
    }

    pub fn of(command: Command) -> Option<Class> {
        match command {
            Command::DecideOnePaper => Some(Class::Same),
            Command::DecideTwoPapers => Some(Class::Accept),
            _ => Class::ALL.into_iter().find(|class| class.command() == command),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    What,
    /// Which of the numbers that were said, or another one.
    Which,
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
    /// Everything that said something about its number.
    pub said: Vec<Said>,
    /// Not all of it says the same, or it was marked wrong.
    pub differ: bool,
    pub kind: Option<KindId>,
    pub layout: Option<LayoutId>,
    pub others: Vec<SheetId>,
    /// Why it waits: what weighs most, and everything.
    pub reason: Option<Reason>,
    pub reasons: Vec<Reason>,
    /// Why the list of blocked numbers has it.
    pub blocked: Option<String>,
}

impl About {
    /// Of a sheet that waits: what is known before its file has come. Nothing stands ready by that.
    pub fn item(envelope: EnvelopeId, item: &SettleItem, reason: Reason) -> About {
        About {
            sheet: SheetId { envelope, ordinal: item.ordinal },
            said: Vec::new(),
            differ: true,
            kind: item.kind.clone(),
            layout: None,
            others: item.others.clone(),
            reason: Some(reason),
            reasons: item.reasons.clone(),
            blocked: item.blocked.clone(),
        }
    }

    pub fn file(file: &SheetFile, others: Vec<SheetId>, profile: &Profile) -> About {
        let sheet = &file.sheet;
        // A number that counts is what a correction is against, so it is no proposal.
        let counts = matches!(sheet.place, Place::Accepted(_));
        let (stops, blocked) = match &sheet.place {
            Place::Settle { reasons, blocked, .. } => (reasons.as_slice(), blocked.clone()),
            _ => (&[][..], None),
        };
        let reasons = stop::reasons(sheet, stops);
        // What waits for keying is keyed blind, by this person too.
        let blind = sheet.place == Place::Entry;
        let said = if blind { Vec::new() } else { said::said(sheet, profile) };
        let found = [&reasons[..], &sheet.stopped].concat();
        About {
            sheet: sheet.id,
            differ: counts || blind || said::differ(&said, &found),
            said,
            kind: sheet.kind.clone(),
            layout: sheet.layout.clone().or_else(|| sheet.looks_like().cloned()),
            others,
            reason: stop::of(sheet),
            reasons,
            blocked,
        }
    }

    /// Of many sheets that wait for the same reason: only that is known of each.
    pub fn alike(reason: Reason) -> About {
        About {
            sheet: SheetId { envelope: EnvelopeId(0), ordinal: 0 },
            said: Vec::new(),
            differ: true,
            kind: None,
            layout: None,
            others: Vec::new(),
            reason: Some(reason),
            reasons: vec![reason],
            blocked: None,
        }
    }

    /// Whether a print, or a barcode, was read: only then can it be named as what is right.
    pub fn by_print(&self) -> bool {
        self.said.iter().any(|said| matches!(said.who, Who::Print(_)))
    }

    pub fn by_barcode(&self) -> bool {
        self.said.iter().any(|said| matches!(said.who, Who::Barcode(_)))
    }
}

#[derive(Debug)]
pub struct Form {
    pub about: About,
    pub class: Option<Class>,
    pub step: Step,
    /// The steps that led here, the last one last.
    came: Vec<Step>,
    /// Among the numbers that were said; their count: another one is keyed.
    pub which: Option<usize>,
    pub number: Keying,
    /// The other sheet, as typed: its place in this envelope, or envelope and place.
    pub other: String,
    pub kind: Option<KindId>,
    pub why: Why,
    pub sending: Sending,
}

impl Form {
    pub fn new(about: About, profile: &Profile) -> Form {
        let numbers = said::numbers(&about.said).len();
        Form {
            which: (numbers == 1 && !about.differ).then_some(0),
            number: number::begin(profile, None, about.layout.as_ref()),
            other: String::new(),
            kind: about.kind.clone(),
            class: None,
            step: Step::What,
            came: Vec::new(),
            why: Why::asking(Vec::new()),
            sending: Sending::default(),
            about,
        }
    }

    pub fn offers(&self) -> Vec<Command> {
        match self.step {
            Step::What => {
                let answers = Class::ALL.map(|class| class.answer(self.about.reason));
                answers.into_iter().chain([Command::Back]).collect()
            }
            Step::Number | Step::Sheet => vec![Command::Confirm, Command::Erase, Command::Back],
            Step::Which | Step::Kind | Step::Why => vec![Command::Confirm, Command::Back],
        }
    }

    pub fn choose(&mut self, class: Class, cx: &Cx<'_>) {
        let about = std::mem::replace(&mut self.about, About::alike(Reason::HeldByPerson));
        *self = Form::new(about, cx.profile);
        self.class = Some(class);
        self.why = reasons::why(class, &self.about, cx);
        self.go_on(cx);
    }

    /// To the next step that this decision needs.
    fn go_on(&mut self, cx: &Cx<'_>) {
        let next = match (self.class, self.step) {
            (None, _) => return,
            (Some(Class::Accept), Step::What) if !self.numbers().is_empty() => Step::Which,
            (Some(Class::Accept), Step::What) => Step::Number,
            (Some(Class::Accept), Step::Which) if self.keys_another() => Step::Number,
            (Some(Class::Accept), Step::Which | Step::Number)
                if self.kind_by_number(cx).is_none() =>
            {
                Step::Kind
            }
            // The one other sheet that the stop is about needs no naming.
            (Some(Class::Same), Step::What) if self.about.others.len() != 1 => Step::Sheet,
            (Some(Class::Provisional), Step::What) => Step::Kind,
            _ => Step::Why,
        };
        self.came.push(self.step);
        self.step = next;
    }

    /// The numbers that were said, to choose among.
    pub fn numbers(&self) -> Vec<(Number, Vec<&Said>)> {
        said::numbers(&self.about.said)
    }

    /// None of the numbers that were said: another one is keyed.
    fn keys_another(&self) -> bool {
        self.which == Some(self.numbers().len())
    }

    /// The number that is accepted, as far as it is known.
    pub fn accepted(&self, profile: &Profile) -> Option<Number> {
        match self.which.and_then(|which| self.numbers().into_iter().nth(which)) {
            Some((number, _)) => Some(number),
            None => number::whole(&self.number, profile),
        }
    }

    /// The kind that the number itself says; nobody chooses it then.
    pub fn kind_by_number(&self, cx: &Cx<'_>) -> Option<KindId> {
        if self.class != Some(Class::Accept) {
            return None;
        }
        match cx.profile.identify(self.accepted(cx.profile)?.as_str()) {
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
        match self.step {
            Step::Why => self.send(cx),
            _ => self.go_on(cx),
        }
    }

    /// What is missing or wrong at this step.
    fn problem(&self, cx: &Cx<'_>) -> Option<String> {
        let words = cx.words;
        match self.step {
            Step::What => None,
            Step::Which => self.which.is_none().then(|| words.edit_which_missing()),
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

    /// The sheet that this is the same paper as.
    pub fn other(&self) -> Option<SheetId> {
        if self.other.is_empty() && self.about.others.len() == 1 {
            return self.about.others.first().copied();
        }
        let (envelope, ordinal) = match self.other.split_once('.') {
            Some((envelope, ordinal)) => (EnvelopeId(envelope.parse().ok()?), ordinal),
            None => (self.about.sheet.envelope, self.other.as_str()),
        };
        let ordinal = ordinal.parse().ok().filter(|ordinal| *ordinal > 0)?;
        Some(SheetId { envelope, ordinal })
    }

    /// Escape: one step back, to where the hand came from. False: there is none, the form is left.
    pub fn back(&mut self) -> bool {
        // What is being written can't be taken back by a key.
        if self.sending.on_its_way() || (self.step == Step::Why && self.why.leave_field()) {
            return true;
        }
        self.sending.reconsider();
        let Some(before) = self.came.pop() else { return false };
        self.step = before;
        if before == Step::What {
            self.class = None;
        }
        true
    }

    /// A key that is no command.
    pub fn pressed(&mut self, pressed: Pressed, cx: &mut Cx<'_>) {
        let taken = match (self.step, pressed) {
            (Step::Which, Pressed::Char(digit)) => self.pick(digit),
            (Step::Which, Pressed::Key(Key::ArrowDown)) => self.step_which(1),
            (Step::Which, Pressed::Key(Key::ArrowUp)) => self.step_which(-1),
            (Step::Number, Pressed::Char(char)) => self.number.put(cx.profile, char),
            (Step::Number, Pressed::Key(key @ (Key::ArrowDown | Key::ArrowUp))) => {
                self.number.turn(cx.profile, key == Key::ArrowUp)
            }
            (Step::Number, Pressed::Key(Key::Backspace)) => {
                self.erase(cx);
                true
            }
            (Step::Sheet, Pressed::Char(char)) => self.put_other(char),
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
                self.other.pop();
            }
            _ => {}
        }
        self.sending.reconsider();
    }

    /// A digit takes one of the numbers that were said, 0 that another one is keyed.
    fn pick(&mut self, digit: char) -> bool {
        let count = self.numbers().len();
        let which = match digit.to_digit(10).map(|digit| digit as usize) {
            Some(0) => Some(count),
            Some(digit) if digit <= count => Some(digit - 1),
            _ => None,
        };
        self.which = which.or(self.which);
        which.is_some()
    }

    fn step_which(&mut self, by: isize) -> bool {
        let last = self.numbers().len();
        let next = match self.which {
            Some(here) => here.saturating_add_signed(by).min(last),
            None if by > 0 => 0,
            None => last,
        };
        self.which = Some(next);
        true
    }

    /// One more character of the other sheet: digits, and one point between envelope and place.
    fn put_other(&mut self, char: char) -> bool {
        let part = self.other.rsplit('.').next().unwrap_or_default().len();
        let fits = match char {
            '.' => part > 0 && !self.other.contains('.'),
            char => char.is_ascii_digit() && part < 5,
        };
        if fits {
            self.other.push(char);
        }
        fits
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
                let number = self.accepted(cx.profile)?;
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
        let word = (class.answer(self.about.reason).info().word)(cx.words);
        match self.subject(class, cx) {
            Some(subject) => format!("{word} {subject}"),
            None => word,
        }
    }

    /// The number or the other sheet that the decision names.
    pub fn subject(&self, class: Class, cx: &Cx<'_>) -> Option<String> {
        match class {
            Class::Accept => self.accepted(cx.profile).map(|it| cx.grouped(it.as_str())),
            Class::Same => self.other().map(|other| cx.sheet_name(other)),
            _ => None,
        }
    }

    /// What was written, once it is.
    pub fn hear<'n>(&mut self, news: &'n News, cx: &mut Cx<'_>) -> Option<&'n [Recorded]> {
        self.sending.hear(news, cx)
    }
}

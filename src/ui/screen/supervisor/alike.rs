//! Many that wait for the same reason, decided as one: each is shown before, any can be left out, and
//! their count is typed before it is written.

use super::queue::{Waiting, queue};
use crate::flow::event::Event;
use crate::flow::input::Settlement;
use crate::flow::{Input, SheetId};
use crate::ui::command::{Command, Pressed};
use crate::ui::port::{Heard, News, Order};
use crate::ui::screen::Cx;
use crate::ui::screen::edit::form::Class;
use crate::ui::screen::edit::reasons::why_alike;
use crate::ui::screen::edit::sending::Sending;
use crate::ui::screen::edit::why::Why;
use crate::voucher::Reason;
use egui::Key;
use std::collections::BTreeSet;

/// What many can be decided to be: nothing that only one sheet can have.
pub(super) const CLASSES: [Class; 4] = [Class::Reject, Class::Return, Class::Hold, Class::Rekey];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Look,
    Why,
    Count,
}

#[derive(Debug)]
pub(super) struct Alike {
    pub reason: Reason,
    /// As they wait, those left out too.
    pub sheets: Vec<SheetId>,
    pub out: BTreeSet<SheetId>,
    /// Those that have stood on the screen.
    pub seen: BTreeSet<SheetId>,
    pub at: usize,
    /// Columns and sheets of a page, as they were drawn last.
    pub columns: usize,
    pub page: usize,
    pub step: Step,
    pub class: Option<Class>,
    pub why: Why,
    pub count: String,
    pub sending: Sending,
}

impl Alike {
    /// All that wait for this reason; none where that is not more than one.
    pub fn of(reason: Reason, cx: &Cx<'_>) -> Option<Alike> {
        let sheets = waiting(reason, cx);
        (sheets.len() > 1).then(|| Alike {
            reason,
            sheets,
            out: BTreeSet::new(),
            seen: BTreeSet::new(),
            at: 0,
            columns: 1,
            page: 1,
            step: Step::Look,
            class: None,
            why: Why::asking(Vec::new()),
            count: String::new(),
            sending: Sending::default(),
        })
    }

    /// Those that were decided meanwhile are no part of it any more; what came since is none either, as it
    /// was not there to be looked at.
    pub fn follow(&mut self, cx: &Cx<'_>) {
        if self.sending.on_its_way() {
            return;
        }
        let waiting = waiting(self.reason, cx);
        let before = self.sheets.len();
        self.sheets.retain(|sheet| waiting.contains(sheet));
        if self.sheets.len() != before {
            self.back_to_look();
        }
        self.at = self.at.min(self.sheets.len().saturating_sub(1));
    }

    fn back_to_look(&mut self) {
        self.step = Step::Look;
        self.class = None;
        self.count.clear();
        self.sending.reconsider();
    }

    /// Those that are decided, in order.
    pub fn chosen(&self) -> Vec<SheetId> {
        self.sheets.iter().copied().filter(|sheet| !self.out.contains(sheet)).collect()
    }

    /// How many of them have not stood on the screen yet.
    pub fn unseen(&self) -> usize {
        self.chosen().iter().filter(|sheet| !self.seen.contains(sheet)).count()
    }

    pub fn offers(&self) -> Vec<Command> {
        match self.step {
            Step::Look => {
                let decide = CLASSES.map(Class::command).into_iter();
                let rest = [
                    Command::LeaveOut,
                    Command::Zoom,
                    Command::Older,
                    Command::Newer,
                    Command::Back,
                ];
                decide.chain(rest).collect()
            }
            Step::Why => vec![Command::Confirm, Command::Back],
            Step::Count => vec![Command::Confirm, Command::Erase, Command::Back],
        }
    }

    /// False: it is left.
    pub fn command(&mut self, command: Command, cx: &mut Cx<'_>) -> bool {
        match command {
            Command::Back => return self.back(),
            Command::Confirm => self.confirm(cx),
            Command::Erase => {
                self.count.pop();
                self.sending.reconsider();
            }
            Command::LeaveOut => {
                if let Some(sheet) = self.sheets.get(self.at)
                    && !self.out.remove(sheet)
                {
                    self.out.insert(*sheet);
                }
            }
            Command::Older => self.to(self.at + self.page),
            Command::Newer => self.to(self.at.saturating_sub(self.page)),
            command => {
                if let Some(class) = Class::of(command).filter(|class| CLASSES.contains(class)) {
                    self.choose(class, cx);
                }
            }
        }
        true
    }

    /// One step back; false: there is none.
    fn back(&mut self) -> bool {
        if self.sending.on_its_way() || (self.step == Step::Why && self.why.leave_field()) {
            return true;
        }
        self.sending.reconsider();
        match self.step {
            Step::Look => return false,
            Step::Why => self.back_to_look(),
            Step::Count => {
                self.count.clear();
                self.step = Step::Why;
            }
        }
        true
    }

    fn choose(&mut self, class: Class, cx: &mut Cx<'_>) {
        let unseen = self.unseen();
        self.sending.problem = match unseen {
            0 if self.chosen().is_empty() => Some(cx.words.sup_alike_none()),
            0 => None,
            unseen => Some(cx.words.sup_alike_unseen(unseen)),
        };
        if self.sending.problem.is_some() {
            cx.order(Order::Try(Heard::Refused));
            return;
        }
        self.class = Some(class);
        self.why = why_alike(class, self.reason, cx);
        self.step = Step::Why;
    }

    pub fn confirm(&mut self, cx: &mut Cx<'_>) {
        let count = self.chosen().len();
        let problem = match self.step {
            Step::Look => return,
            Step::Why => self.why.reason().is_none().then(|| cx.words.edit_reason_missing()),
            Step::Count => {
                (self.count != count.to_string()).then(|| cx.words.sup_alike_count_wrong())
            }
        };
        if problem.is_some() {
            self.sending.problem = problem;
            cx.order(Order::Try(Heard::Refused));
            return;
        }
        self.sending.problem = None;
        match self.step {
            Step::Look => {}
            Step::Why => self.step = Step::Count,
            Step::Count => self.send(cx),
        }
    }

    fn send(&mut self, cx: &mut Cx<'_>) {
        let (Some(class), Some(why)) = (self.class, self.why.reason()) else { return };
        let defect = why.defect;
        let decision = match class {
            Class::Reject => Settlement::Reject { returned: false, defect },
            Class::Return => Settlement::Reject { returned: true, defect },
            Class::Hold => Settlement::Hold { defect },
            Class::Rekey => Settlement::Rekey,
            Class::Same | Class::Accept | Class::Provisional => return,
        };
        let sheets = self.chosen();
        let word = (class.command().info().word)(cx.words);
        let what = cx.words.sup_alike_second(sheets.len(), word, &why.text);
        let input = Input::SettleAlike { sheets, decision, reason: why.text };
        self.sending.send(input, what, cx);
    }

    pub fn pressed(&mut self, pressed: Pressed, cx: &mut Cx<'_>) {
        let taken = match (self.step, pressed) {
            (Step::Look, Pressed::Key(key)) => self.arrow(key),
            (Step::Why, pressed) => self.why.pressed(pressed),
            (Step::Count, Pressed::Char(digit)) if digit.is_ascii_digit() => {
                if self.count.len() < 5 {
                    self.count.push(digit);
                }
                true
            }
            (Step::Count, Pressed::Key(Key::Backspace)) => {
                self.count.pop();
                true
            }
            _ => false,
        };
        if taken {
            self.sending.reconsider();
        } else if matches!(pressed, Pressed::Char(_)) {
            cx.order(Order::Try(Heard::Refused));
        }
    }

    fn arrow(&mut self, key: Key) -> bool {
        match key {
            Key::ArrowRight => self.to(self.at + 1),
            Key::ArrowLeft => self.to(self.at.saturating_sub(1)),
            Key::ArrowDown => self.to(self.at + self.columns),
            Key::ArrowUp => self.to(self.at.saturating_sub(self.columns)),
            Key::Home => self.to(0),
            Key::End => self.to(usize::MAX),
            _ => return false,
        }
        true
    }

    pub fn to(&mut self, at: usize) {
        self.at = at.min(self.sheets.len().saturating_sub(1));
    }

    /// True: it is written, and over.
    pub fn hear(&mut self, news: &News, cx: &mut Cx<'_>) -> bool {
        let Some(events) = self.sending.hear(news, cx) else { return false };
        let mut places = events.iter().filter_map(|recorded| match &recorded.event {
            Event::SheetSettled { place, .. } => Some(place),
            _ => None,
        });
        let count = events.len();
        if let Some(place) = places.next() {
            cx.tell(cx.words.sup_alike_done(count, cx.words.paper(place, &[self.reason])));
        }
        true
    }
}

fn waiting(reason: Reason, cx: &Cx<'_>) -> Vec<SheetId> {
    let queue = queue(cx.view);
    queue.iter().filter(|it| it.reason == reason).map(Waiting::sheet).collect()
}

//! 手入力: one number after the other, twice and blind.

mod ask;
mod draw;
pub(super) mod keying;
mod third;
mod work;

use super::{Cx, Screen};
use crate::flow::event::Place;
use crate::flow::person::Duty;
use crate::flow::view::EntryItem;
use crate::flow::work::next_entry;
use crate::flow::{Event, Input, PersonId, Recorded, SheetId};
use crate::ui::command::{Command, Pressed};
use crate::ui::port::{Answer, Heard, News, Order, Query, Ticket, Trouble};
use crate::ui::session::Stage;
use egui::{Key, Ui};
use keying::Standing;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use work::{Holding, NotYet, Sent, Step, Told, Work, item_for};

#[derive(Debug, Default)]
pub struct Entry {
    work: Option<Work>,
    /// Came back and wait for their person: nobody else is ever shown them.
    back: VecDeque<Work>,
    sent: Vec<Sent>,
    /// Answered sheets that the view still shows as waiting.
    away: BTreeMap<SheetId, Away>,
    /// Sheets that somebody else has before them.
    others: BTreeSet<SheetId>,
    claimed: bool,
    /// Enter was pressed in the field for a reason.
    enter: bool,
    said: Option<String>,
    /// When a key was refused last, seconds.
    shaken: Option<f64>,
}

/// Who answered, and the log's length with the answer once it is on the disk.
#[derive(Debug)]
struct Away {
    by: PersonId,
    seq: Option<u64>,
}

impl Entry {
    fn refuse(&mut self, cx: &mut Cx<'_>, text: String) {
        cx.order(Order::Try(Heard::Refused));
        self.said = Some(text);
        self.shaken = Some(cx.now);
    }

    fn may(cx: &Cx<'_>) -> bool {
        cx.session.me.as_ref().is_some_and(|me| me.role.may(Duty::Key))
    }

    /// Takes the next sheet for who is signed in, if none is under the hands.
    fn advance(&mut self, cx: &mut Cx<'_>) {
        let Some(me) = cx.session.me.clone() else { return };
        self.forget_known(cx);
        if !Entry::may(cx) || cx.session.stage != Stage::Entry {
            return;
        }
        let untouched = |it: &Work| !it.is_begun() && it.problem.is_none();
        if self.work.as_ref().is_some_and(|it| self.is_gone(it, cx) && untouched(it)) {
            self.work = None;
        }
        if self.work.is_some() {
            return;
        }
        if let Some(at) = self.back.iter().position(|work| work.by == me.id) {
            self.work = self.back.remove(at);
        } else {
            let away = |sheet| self.away.contains_key(&sheet) || self.others.contains(&sheet);
            let next = next_entry(cx.view, &me.id, me.role, &away);
            let item = next.and_then(|sheet| Some((sheet, item_for(cx.view, sheet, &me.id)?)));
            self.work = item.map(|(sheet, item)| Work::new(cx.profile, sheet, me.id, item));
        }
        self.claim(cx);
    }

    /// Says which sheet is under the hands now.
    fn claim(&mut self, cx: &mut Cx<'_>) {
        let Some(by) = cx.session.my_id() else { return };
        match &self.work {
            Some(work) => {
                cx.order(Order::Claim { sheet: work.sheet, by });
                self.claimed = true;
            }
            None => self.release(cx),
        }
    }

    fn release(&mut self, cx: &mut Cx<'_>) {
        if let Some(by) = cx.session.my_id().filter(|_| self.claimed) {
            cx.order(Order::Unclaim { by });
        }
        self.claimed = false;
    }

    /// What the view knows by now needn't be remembered.
    fn forget_known(&mut self, cx: &Cx<'_>) {
        self.away.retain(|sheet, away| {
            let known = away.seq.is_some_and(|seq| cx.view.seq >= seq);
            !known && item_for(cx.view, *sheet, &away.by).is_some()
        });
    }

    /// The sheet does not wait for this person any more, and not by this person's own answer.
    fn is_gone(&self, work: &Work, cx: &Cx<'_>) -> bool {
        let mine = matches!(work.step, Step::Third(_) | Step::Told(_));
        !mine && item_for(cx.view, work.sheet, &work.by).is_none()
    }

    fn item<'v>(&self, cx: &Cx<'v>) -> Option<&'v EntryItem> {
        let work = self.work.as_ref()?;
        item_for(cx.view, work.sheet, &work.by)
    }

    fn send(&mut self, cx: &mut Cx<'_>, input: Input) {
        let third = matches!(input, Input::Key { .. })
            && self.item(cx).is_some_and(|item| item.keyed_by.len() >= 2);
        let Some(mut work) = self.work.take() else { return };
        let Some(ticket) = cx.act(input) else {
            self.work = Some(work);
            return;
        };
        work.problem = None;
        self.said = None;
        self.away.insert(work.sheet, Away { by: work.by.clone(), seq: None });
        self.sent.push(Sent { ticket, work: work.clone() });
        if third {
            work.step = Step::Third(ticket);
            self.work = Some(work);
        }
        self.advance(cx);
    }

    fn confirm(&mut self, cx: &mut Cx<'_>) {
        let Some(work) = &self.work else { return };
        let item = self.item(cx);
        let answer = match (&work.step, item) {
            (Step::Third(_), _) => return,
            (Step::Told(_), _) | (_, None) => {
                self.work = None;
                self.said = None;
                return self.advance(cx);
            }
            (Step::Number, Some(item)) => work.number(cx.profile, item),
            (Step::Cannot, Some(item)) => work.cannot(item),
            (Step::Hold(holding), Some(_)) => match ask::reason(cx, holding) {
                Some(reason) => Ok(Input::Hold { sheet: work.sheet, reason }),
                None => Err(NotYet::Reason),
            },
        };
        match answer {
            Ok(input) => self.send(cx, input),
            Err(why) => self.refuse(cx, not_yet(cx, why)),
        }
    }

    fn key(&mut self, char: char, cx: &mut Cx<'_>) {
        let item = self.item(cx);
        let Some((work, _)) = self.work.as_mut().zip(item) else { return };
        let kind = char.is_ascii_digit() && work.kind_open(cx.profile);
        let taken = match &mut work.step {
            Step::Number if kind => work.choose_kind(cx.profile, char),
            Step::Number => work.keying.put(cx.profile, char),
            Step::Cannot => work.choose_kind(cx.profile, char),
            Step::Hold(holding) => ask::choose(cx, holding, char),
            Step::Third(_) | Step::Told(_) => return,
        };
        self.said = None;
        if taken {
            return;
        }
        let full = matches!(work.step, Step::Number)
            && !matches!(work.keying.standing(cx.profile), Standing::Missing(_));
        let text = if full { cx.words.entry_full() } else { cx.words.entry_not_there() };
        self.refuse(cx, text);
    }

    fn erase(&mut self, cx: &mut Cx<'_>) {
        let Some(work) = self.work.as_mut().filter(|it| matches!(it.step, Step::Number)) else {
            return;
        };
        self.said = None;
        let erased = work.kind.take().is_some() || work.keying.erase(cx.profile);
        if !erased {
            cx.order(Order::Try(Heard::Refused));
            self.shaken = Some(cx.now);
        }
    }

    fn step(&mut self, step: Step) {
        self.said = None;
        if let Some(work) = &mut self.work {
            work.step = step;
        }
    }

    fn back(&mut self) {
        self.said = None;
        let Some(work) = &mut self.work else { return };
        match &mut work.step {
            Step::Hold(holding) if holding.typing => holding.typing = false,
            Step::Hold(_) | Step::Cannot => work.step = Step::Number,
            Step::Number => work.whole = false,
            Step::Third(_) | Step::Told(_) => {}
        }
    }

    /// An answer is on the disk.
    fn saved(&mut self, ticket: Ticket, events: &[Recorded], cx: &mut Cx<'_>) {
        let Some(at) = self.sent.iter().position(|sent| sent.ticket == ticket) else { return };
        let sent = self.sent.remove(at).work;
        if let Some(away) = self.away.get_mut(&sent.sheet) {
            away.seq = events.last().map(|recorded| recorded.seq);
        }
        let place = events.iter().find_map(|recorded| match &recorded.event {
            Event::SheetKeyed { sheet, place, .. } | Event::SheetSettled { sheet, place, .. } => {
                (*sheet == sent.sheet).then_some(place)
            }
            _ => None,
        });
        let waits = |it: &&mut Work| matches!(it.step, Step::Third(third) if third == ticket);
        match (self.work.as_mut().filter(waits), place) {
            (Some(work), Some(place)) => {
                let asked = cx.session.ticket();
                cx.order(Order::Ask { ticket: asked, query: Query::Sheet(sent.sheet) });
                work.step = Step::Told(Told { place: place.clone(), asked, answers: Vec::new() });
            }
            (Some(_), None) => self.work = None,
            (None, Some(place @ Place::Settle { .. })) if cx.session.my_id() == Some(sent.by) => {
                let what = cx.words.paper(place, &[]);
                let text = cx.words.entry_stop(cx.sheet_name(sent.sheet), what);
                cx.tell(text);
            }
            (None, _) => {}
        }
        if self.sent.is_empty() && self.claimed {
            self.release(cx);
            self.claim(cx);
        }
        self.advance(cx);
    }

    /// An answer came back: what was keyed is all there, and comes before its person again.
    fn not_saved(&mut self, ticket: Ticket, why: &Trouble, cx: &mut Cx<'_>) {
        let Some(at) = self.sent.iter().position(|sent| sent.ticket == ticket) else { return };
        let mut sent = self.sent.remove(at).work;
        self.away.remove(&sent.sheet);
        let why = cx.words.trouble(why);
        sent.problem = Some(cx.words.entry_refused(&why));
        if cx.session.my_id().as_ref() != Some(&sent.by) {
            self.back.push_back(sent);
            return;
        }
        cx.order(Order::Try(Heard::Refused));
        let third = |it: &Work| matches!(it.step, Step::Third(third) if third == ticket);
        let free = self.work.as_ref().is_none_or(|it| !it.is_begun() || third(it));
        if cx.session.stage == Stage::Entry && free {
            // A sheet that came back before goes behind this one, not away.
            let before = self.work.take().filter(|it| it.problem.is_some() && !third(it));
            self.back.extend(before);
            self.work = Some(sent);
            self.claim(cx);
        } else {
            // Nothing is pulled from under the hand.
            cx.warn(cx.words.entry_refused_later(cx.sheet_name(sent.sheet), why));
            self.back.push_back(sent);
        }
    }

    /// Somebody else was quicker: the next sheet.
    fn taken(&mut self, sheet: SheetId, cx: &mut Cx<'_>) {
        self.others.insert(sheet);
        let this = |it: &mut Work| it.sheet == sheet && !it.is_begun() && it.problem.is_none();
        if self.work.take_if(this).is_some() {
            self.advance(cx);
        }
    }

    /// The three answers, asked for after one's own third.
    fn answers(&mut self, ticket: Ticket, answer: &Answer) {
        let Some(Step::Told(told)) = self.work.as_mut().map(|work| &mut work.step) else { return };
        if let (true, Answer::Sheet(Some(file))) = (told.asked == ticket, answer) {
            let keyings = file.sheet.keyings.iter();
            told.answers =
                keyings.map(|it| (it.by.clone(), it.answer.clone(), it.kind.clone())).collect();
        }
    }
}

/// What a person must do before Enter sends something.
fn not_yet(cx: &Cx<'_>, why: NotYet) -> String {
    match why {
        NotYet::Missing(count) => cx.words.entry_missing(count),
        NotYet::CheckDigit => cx.words.entry_check_digit(),
        NotYet::NeverPrinted => cx.words.entry_never_printed(),
        NotYet::NoNumber => cx.words.entry_no_number(),
        NotYet::Kind => cx.words.entry_choose_kind(),
        NotYet::Reason => cx.words.entry_hold_choose(),
    }
}

impl Screen for Entry {
    fn offers(&self, cx: &Cx<'_>) -> Vec<Command> {
        let Some(work) = self.work.as_ref().filter(|_| Entry::may(cx)) else {
            return Vec::new();
        };
        if self.is_gone(work, cx) {
            return vec![Command::Confirm];
        }
        match &work.step {
            Step::Number => {
                let mut offers = vec![Command::Confirm, Command::CannotTell, Command::Hold];
                if self.item(cx).is_some_and(|item| item.picture.is_some()) {
                    offers.push(Command::WholeSheet);
                }
                offers.push(Command::Erase);
                if work.kind_open(cx.profile) {
                    offers.push(Command::NextKind);
                }
                offers
            }
            Step::Cannot => vec![Command::Confirm, Command::NextKind, Command::Back],
            Step::Hold(_) => vec![Command::Confirm, Command::Back],
            Step::Third(_) => Vec::new(),
            Step::Told(_) => vec![Command::Confirm],
        }
    }

    fn command(&mut self, command: Command, cx: &mut Cx<'_>) {
        match command {
            Command::Confirm => self.confirm(cx),
            Command::CannotTell => self.step(Step::Cannot),
            Command::Hold => self.step(Step::Hold(Holding::default())),
            Command::Erase => self.erase(cx),
            Command::Back => self.back(),
            Command::WholeSheet => {
                if let Some(work) = &mut self.work {
                    work.whole = !work.whole;
                }
            }
            Command::NextKind => {
                let item = self.item(cx);
                if let Some((work, item)) = self.work.as_mut().zip(item) {
                    work.next_kind(cx.profile, item);
                }
                self.said = None;
            }
            _ => {}
        }
    }

    fn pressed(&mut self, pressed: Pressed, cx: &mut Cx<'_>) {
        if !Entry::may(cx) {
            return;
        }
        match pressed {
            Pressed::Char(char) => self.key(char, cx),
            Pressed::Key(Key::Backspace) => self.erase(cx),
            Pressed::Key(key @ (Key::ArrowUp | Key::ArrowDown)) => {
                if let Some(work) = self.work.as_mut().filter(|it| matches!(it.step, Step::Number))
                {
                    work.keying.turn(cx.profile, key == Key::ArrowUp);
                }
            }
            Pressed::Key(_) => {}
        }
    }

    fn news(&mut self, news: &News, cx: &mut Cx<'_>) {
        match news {
            News::Done { ticket, events } => self.saved(*ticket, events, cx),
            News::Refused { ticket, why } => self.not_saved(*ticket, why, cx),
            News::Found { ticket, answer } => self.answers(*ticket, answer),
            News::Trouble(Trouble::Claimed(sheet)) => self.taken(*sheet, cx),
            _ => {}
        }
    }

    fn enter(&mut self, cx: &mut Cx<'_>) {
        self.others.clear();
        self.advance(cx);
    }

    /// Half a number is forgotten and the sheet is free for others; one that came back stays its
    /// person's.
    fn leave(&mut self, cx: &mut Cx<'_>) {
        self.back.extend(self.work.take().filter(|work| work.problem.is_some()));
        self.said = None;
        self.release(cx);
    }

    fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        self.advance(cx);
        draw::show(ui, cx, self);
    }
}

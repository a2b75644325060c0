//! 目視: contact sheets of forty numbers. One key says that all are right; two digits say which one
//! is wrong.

mod draw;
mod sheet;

use super::{Cx, Screen};
use crate::flow::event::Place;
use crate::flow::person::Duty;
use crate::flow::{EnvelopeId, Event, Input, PersonId, Recorded, SheetId, View};
use crate::ui::command::{Command, Pressed};
use crate::ui::port::{Heard, News, Order, Ticket, Trouble};
use egui::{Key, Ui};
use sheet::{ContactSheet, Grid, Seen, label};
use std::collections::BTreeSet;

/// No eye takes a page in faster, seconds. A second Enter before that is a key that bounced.
const A_GLANCE: f64 = 0.25;

#[derive(Debug, Default)]
pub struct Check {
    /// Whose marks these are.
    me: Option<PersonId>,
    page: Option<ContactSheet>,
    /// Marked wrong, on this page and on one that came back.
    wrong: BTreeSet<SheetId>,
    /// The first digit of a label.
    typed: Option<char>,
    /// Marked, clicked or looked at last.
    last: Option<SheetId>,
    zoom: Zoom,
    sent: Vec<Sent>,
    said: Option<Said>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Zoom {
    #[default]
    Closed,
    /// The next label says which.
    Asked,
    Open(SheetId),
}

/// A page on its way to the disk.
#[derive(Debug)]
struct Sent {
    ticket: Ticket,
    by: Option<PersonId>,
    envelope: EnvelopeId,
    grid: Grid,
    /// What the view still shows as work.
    sheets: BTreeSet<SheetId>,
    wrong: BTreeSet<SheetId>,
    saved: bool,
}

#[derive(Debug)]
struct Said {
    text: String,
    refused: bool,
}

impl Check {
    /// A key that does nothing says so.
    fn refuse(&mut self, cx: &mut Cx<'_>, text: String) {
        cx.order(Order::Try(Heard::Refused));
        self.said = Some(Said { text, refused: true });
    }

    fn hint(&mut self, text: String) {
        self.said = Some(Said { text, refused: false });
    }

    fn may(cx: &Cx<'_>) -> bool {
        cx.session.me.as_ref().is_some_and(|me| me.role.may(Duty::Check))
    }

    /// Everything that is sent and that the view still shows.
    fn away(&self) -> BTreeSet<SheetId> {
        self.sent.iter().flat_map(|sent| sent.sheets.iter().copied()).collect()
    }

    /// What the view knows by now needn't be remembered.
    fn forget_known(&mut self, view: &View) {
        for sent in &mut self.sent {
            let envelope = view.envelopes.get(&sent.envelope);
            sent.sheets.retain(|sheet| {
                envelope.is_some_and(|envelope| {
                    let by = |item: &crate::flow::view::CheckItem| item.ordinal;
                    envelope.check.binary_search_by_key(&sheet.ordinal, by).is_ok()
                })
            });
        }
        self.sent.retain(|sent| !sent.saved || !sent.sheets.is_empty());
    }

    /// The page that is shown, as long as something on it waits and it fits; else the next one.
    fn page(&mut self, cx: &Cx<'_>, grid: Grid, fits: impl Fn(&ContactSheet) -> bool) {
        let good = self.page.as_ref().is_some_and(|page| {
            fits(page) && (0..page.cells.len()).any(|index| page.waits(cx.view, index))
        });
        if !good {
            let away = self.away();
            self.page = ContactSheet::take(cx.view, cx.session.envelope, &away, grid);
            self.typed = None;
            self.zoom = Zoom::Closed;
        }
    }

    fn confirm(&mut self, cx: &mut Cx<'_>) {
        let Some(page) = &self.page else { return };
        if let Some(text) = self.not_yet(page, cx) {
            return self.refuse(cx, text);
        }
        let waiting = (0..page.cells.len()).filter(|index| page.waits(cx.view, *index));
        let sheets =
            waiting.filter_map(|index| page.cells.get(index)).map(|cell| cell.sheet).collect();
        let (envelope, grid) = (page.envelope, page.grid);
        self.send(cx, envelope, grid, sheets);
    }

    fn send(
        &mut self,
        cx: &mut Cx<'_>,
        envelope: EnvelopeId,
        grid: Grid,
        sheets: BTreeSet<SheetId>,
    ) {
        let (wrong, right): (BTreeSet<_>, BTreeSet<_>) =
            sheets.iter().copied().partition(|sheet| self.wrong.contains(sheet));
        let ordinals = |of: &BTreeSet<SheetId>| of.iter().map(|sheet| sheet.ordinal).collect();
        let input = Input::Check { envelope, right: ordinals(&right), wrong: ordinals(&wrong) };
        let Some(ticket) = cx.act(input) else { return };
        self.wrong.retain(|sheet| !wrong.contains(sheet));
        let by = cx.session.my_id();
        self.sent.push(Sent { ticket, by, envelope, grid, sheets, wrong, saved: false });
        self.page = None;
        self.last = None;
        self.said = None;
    }

    /// What a person must do before the page may be confirmed.
    fn not_yet(&self, page: &ContactSheet, cx: &Cx<'_>) -> Option<String> {
        if let Zoom::Open(_) = self.zoom {
            return Some(cx.words.check_close_first());
        }
        if let Some(digit) = self.typed {
            return Some(cx.words.check_second_digit(digit.to_string()));
        }
        let waiting = |index: &usize| page.waits(cx.view, *index);
        let seen = |index: usize| page.seen.get(index).copied().unwrap_or(Seen::Coming);
        if (0..page.cells.len()).filter(waiting).any(|index| seen(index) == Seen::Coming) {
            return Some(cx.words.check_wait());
        }
        let unseen = |index: &usize| {
            let cell = page.cells.get(*index);
            seen(*index) == Seen::Missing
                && cell.is_some_and(|cell| !self.wrong.contains(&cell.sheet))
        };
        if let Some(index) = (0..page.cells.len()).filter(waiting).find(unseen) {
            return Some(cx.words.check_mark_missing(label(index)));
        }
        let glance = page.whole_since.is_none_or(|since| cx.now - since < A_GLANCE);
        glance.then(|| cx.words.check_look_first())
    }

    fn digit(&mut self, digit: char, cx: &mut Cx<'_>) {
        let Some(page) = &self.page else { return };
        let Some(first) = self.typed.take() else {
            self.typed = Some(digit);
            return self.hint(cx.words.check_second_digit(digit.to_string()));
        };
        let typed = format!("{first}{digit}");
        let index = typed.parse().ok().filter(|index| page.waits(cx.view, *index));
        let cell = index.and_then(|index: usize| page.cells.get(index)).map(|cell| cell.sheet);
        match cell {
            Some(sheet) => self.labelled(sheet),
            None => self.refuse(cx, cx.words.check_no_label(typed)),
        }
    }

    /// A cell was named: it is shown where one was asked for, else marked.
    fn labelled(&mut self, sheet: SheetId) {
        self.said = None;
        match self.zoom {
            Zoom::Asked => self.look_at(sheet),
            Zoom::Open(shown) if shown != sheet => self.look_at(sheet),
            Zoom::Open(_) | Zoom::Closed => self.mark(sheet),
        }
    }

    /// A click marks, whatever digit was typed before.
    fn labelled_by_mouse(&mut self, sheet: SheetId) {
        self.typed = None;
        self.labelled(sheet);
    }

    fn look_at(&mut self, sheet: SheetId) {
        self.zoom = Zoom::Open(sheet);
        self.last = Some(sheet);
    }

    fn mark(&mut self, sheet: SheetId) {
        if !self.wrong.remove(&sheet) {
            self.wrong.insert(sheet);
        }
        self.last = Some(sheet);
        self.said = None;
    }

    fn whole_sheet(&mut self, cx: &Cx<'_>) {
        self.typed = None;
        self.said = None;
        let last =
            self.last.filter(|last| self.page.as_ref().is_some_and(|it| it.find(*last).is_some()));
        match (self.zoom, last) {
            (Zoom::Open(_), _) => self.zoom = Zoom::Closed,
            (_, Some(sheet)) => self.look_at(sheet),
            (Zoom::Asked, None) => self.zoom = Zoom::Closed,
            (Zoom::Closed, None) => {
                self.zoom = Zoom::Asked;
                self.hint(cx.words.check_type_label());
            }
        }
    }

    /// The next cell's whole sheet, or the one before.
    fn step(&mut self, back: bool) {
        let (Zoom::Open(shown), Some(page)) = (self.zoom, &self.page) else { return };
        let at = page.find(shown).unwrap_or_default();
        let next = if back { at.checked_sub(1) } else { at.checked_add(1) };
        if let Some(cell) = next.and_then(|next| page.cells.get(next)) {
            self.look_at(cell.sheet);
        }
    }

    fn back(&mut self) {
        self.typed = None;
        self.said = None;
        self.zoom = Zoom::Closed;
    }

    fn clear_marks(&mut self) {
        if let Some(page) = &self.page {
            self.wrong.retain(|sheet| page.find(*sheet).is_none());
        }
        self.back();
    }

    fn marked_on(&self, page: &ContactSheet) -> usize {
        page.cells.iter().filter(|cell| self.wrong.contains(&cell.sheet)).count()
    }

    /// The page is on the disk. Right numbers that may not count all the same are said.
    fn saved(&mut self, ticket: Ticket, events: &[Recorded], cx: &mut Cx<'_>) {
        let Some(sent) = self.sent.iter_mut().find(|sent| sent.ticket == ticket) else { return };
        sent.saved = true;
        let moved = events.iter().filter_map(|recorded| match &recorded.event {
            Event::SheetsChecked { right, .. } => Some(right),
            _ => None,
        });
        let settle = moved.flatten().filter(|moved| matches!(moved.place, Place::Settle { .. }));
        match settle.count() {
            0 => {}
            count => cx.warn(cx.words.check_to_settle(count)),
        }
        self.forget_known(cx.view);
    }

    /// The page comes back as it was sent, with its marks.
    fn not_saved(&mut self, ticket: Ticket, why: &Trouble, cx: &mut Cx<'_>) {
        let Some(at) = self.sent.iter().position(|sent| sent.ticket == ticket) else { return };
        let sent = self.sent.remove(at);
        if sent.by != cx.session.my_id() {
            return;
        }
        cx.warn(cx.words.trouble(why));
        self.wrong.extend(sent.wrong);
        let page = ContactSheet::again(cx.view, sent.envelope, &sent.sheets, sent.grid);
        self.page = page.or_else(|| self.page.take());
        self.back();
        self.refuse(cx, cx.words.check_refused());
    }
}

impl Screen for Check {
    fn offers(&self, cx: &Cx<'_>) -> Vec<Command> {
        if !Check::may(cx) || self.page.is_none() {
            return Vec::new();
        }
        if let Zoom::Open(_) = self.zoom {
            return vec![Command::Back, Command::WholeSheet, Command::Mark];
        }
        let mut offers = vec![Command::Confirm, Command::Mark, Command::WholeSheet];
        if self.page.as_ref().is_some_and(|page| self.marked_on(page) > 0) {
            offers.push(Command::ClearMarks);
        }
        offers
    }

    fn command(&mut self, command: Command, cx: &mut Cx<'_>) {
        match command {
            Command::Confirm => self.confirm(cx),
            Command::Mark => self.hint(cx.words.check_how_to_mark()),
            Command::WholeSheet => self.whole_sheet(cx),
            Command::ClearMarks => self.clear_marks(),
            Command::Back => self.back(),
            _ => {}
        }
    }

    fn pressed(&mut self, pressed: Pressed, cx: &mut Cx<'_>) {
        if !Check::may(cx) {
            return;
        }
        match pressed {
            Pressed::Char(digit) if digit.is_ascii_digit() => self.digit(digit, cx),
            Pressed::Key(Key::Backspace) => self.typed = None,
            Pressed::Key(Key::ArrowRight | Key::ArrowDown | Key::PageDown) => self.step(false),
            Pressed::Key(Key::ArrowLeft | Key::ArrowUp | Key::PageUp) => self.step(true),
            // Enter is offered only on the page itself.
            Pressed::Key(Key::Enter) if self.zoom != Zoom::Closed => self.confirm(cx),
            _ => {}
        }
    }

    fn news(&mut self, news: &News, cx: &mut Cx<'_>) {
        match news {
            News::Done { ticket, events } => self.saved(*ticket, events, cx),
            News::Refused { ticket, why } => self.not_saved(*ticket, why, cx),
            _ => {}
        }
    }

    /// Marks are one person's. The page is looked at anew.
    fn enter(&mut self, cx: &mut Cx<'_>) {
        if self.me != cx.session.my_id() {
            self.wrong.clear();
            self.me = cx.session.my_id();
        }
        self.page = None;
        self.last = None;
        self.back();
    }

    fn leave(&mut self, _cx: &mut Cx<'_>) {
        self.page = None;
        self.back();
    }

    fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        self.forget_known(cx.view);
        draw::show(ui, cx, self);
    }
}

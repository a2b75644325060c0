//! What is begun on a page, how it ends, and the way back.

use super::aside::AsideTask;
use super::explained::{self, Explained};
use super::form::{About, Form};
use super::story::{self, Change};
use super::task::{Ask, Task, Then};
use super::{Edit, Page, explained_ui, picture, sending};
use crate::flow::event::Place;
use crate::flow::{EnvelopeId, SheetId};
use crate::ui::command::Command;
use crate::ui::screen::Cx;
use egui::Ui;

impl Edit {
    pub(super) fn correct(&mut self, cx: &Cx<'_>) {
        let Some(Page::Sheet(id)) = self.page() else { return };
        let Some(file) = self.files.known_sheet(id) else { return };
        let task = match story::change(cx, &file) {
            Change::Decide => {
                let about = About::file(&file, picture::others(&file), cx.profile);
                Task::Decide(Box::new(Form::new(about, cx.profile)))
            }
            Change::HandOver => {
                let words = cx.words;
                let reasons = vec![
                    words.edit_why_hand_doubt(),
                    words.edit_why_hand_torn(),
                    words.edit_why_hand_copy(),
                ];
                Task::Hold { sheet: id, ask: Ask::asking(reasons) }
            }
            _ => return,
        };
        self.open(Page::Sheet(id));
        self.task = Some(task);
        self.hand.to_task = true;
    }

    /// Opens the page of how the shown sheet was read.
    pub(super) fn explain(&mut self, cx: &Cx<'_>) {
        let Some(Page::Sheet(id)) = self.page() else { return };
        let file = self.files.known_sheet(id);
        self.hand.explained = file
            .filter(|file| self.task.is_none() && explained::can_be(file))
            .map(|file| Explained::of(cx, &file));
    }

    /// Draws that page, if it is open.
    pub(super) fn explained_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) -> bool {
        let Some(sheet) = self.hand.explained.as_ref().map(|page| page.sheet) else { return false };
        // Looked up so that it is known when keying begins or ends meanwhile.
        self.files.sheet(sheet, cx);
        self.with_explained(|page, blind| explained_ui::show(ui, cx, page, blind));
        true
    }

    /// `blind`: the sheet waits for keying.
    pub(super) fn with_explained(&mut self, with: impl FnOnce(&mut Explained, bool)) {
        let blind = self.hand.explained.as_ref().is_some_and(|page| self.keyed_blind(page.sheet));
        if let Some(page) = &mut self.hand.explained {
            with(page, blind);
        }
    }

    fn keyed_blind(&self, sheet: SheetId) -> bool {
        let file = self.files.known_sheet(sheet);
        file.is_none_or(|file| file.sheet.place == Place::Entry)
    }

    pub(super) fn close_envelope(&mut self, cx: &mut Cx<'_>) {
        let Some(Page::Envelope(id)) = self.page() else { return };
        let Some(envelope) = cx.view.envelopes.get(&id) else { return };
        let in_hand = envelope.in_hand();
        if in_hand > 0 {
            cx.warn(cx.words.edit_in_hand_first(in_hand));
            return;
        }
        if !envelope.aside.is_empty() {
            cx.warn(cx.words.aside_first(envelope.aside.len()));
            self.settle_aside(cx);
            return;
        }
        let task = if envelope.tally.difference().is_empty() {
            Task::Close { envelope: id, sending: sending::Sending::default() }
        } else {
            let words = cx.words;
            let reasons = vec![
                words.edit_why_slip_wrong(),
                words.edit_why_asked_shop(),
                words.edit_why_counted_again(),
            ];
            Task::CloseWithDifference { envelope: id, ask: Ask::asking(reasons) }
        };
        self.open(Page::Envelope(id));
        self.task = Some(task);
        self.hand.to_task = true;
    }

    /// Asks about the first file that is set aside.
    pub(super) fn settle_aside(&mut self, cx: &Cx<'_>) {
        let Some(Page::Envelope(id)) = self.page() else { return };
        let envelope = cx.view.envelopes.get(&id).filter(|it| it.open);
        if let Some(task) = envelope.and_then(|envelope| AsideTask::first(envelope)) {
            self.open(Page::Envelope(id));
            self.task = Some(Task::Aside(Box::new(task)));
            self.hand.to_task = true;
        }
    }

    /// Somebody else has settled what this one was asked.
    pub(super) fn drop_settled_aside(&mut self, cx: &Cx<'_>) {
        if matches!(&self.task, Some(Task::Aside(aside)) if aside.is_void(cx)) {
            self.task = None;
        }
    }

    /// The key that closes closes nothing here: says why.
    pub(super) fn why_not_closed(&self, cx: &mut Cx<'_>) {
        let Some(Page::Envelope(id)) = self.page() else { return };
        let name = cx.envelope_name(id);
        let words = cx.words;
        cx.warn(match cx.view.envelopes.get(&id) {
            None => words.close_delivered(name),
            Some(envelope) if envelope.delivering => words.edit_delivering_what(),
            Some(envelope) if envelope.open => words.close_not_yours(),
            Some(_) => words.close_closed(name),
        });
    }

    pub(super) fn reopen(&mut self, cx: &Cx<'_>) {
        let Some(Page::Envelope(id)) = self.page() else { return };
        let words = cx.words;
        let reasons = vec![
            words.edit_why_reopen_found(),
            words.edit_why_reopen_wrong(),
            words.edit_why_reopen_shop(),
        ];
        self.open(Page::Envelope(id));
        self.task = Some(Task::Reopen { envelope: id, ask: Ask::asking(reasons) });
        self.hand.to_task = true;
    }

    pub(super) fn go_back(&mut self, cx: &mut Cx<'_>) {
        if self.hand.zoom {
            self.hand.zoom = false;
        } else if self.hand.explained.is_some() {
            self.hand.explained = None;
        } else if self.task.is_some() {
            self.act_on_task(Command::Back, cx);
        } else if self.search.leave_field() {
            // Only the field was left.
        } else if self.trail.is_empty() {
            self.search.set("", cx);
        } else {
            self.close_page();
        }
    }

    pub(super) fn act_on_task(&mut self, command: Command, cx: &mut Cx<'_>) {
        let Some(task) = &mut self.task else { return };
        let then = task.command(command, cx);
        self.then(then, cx);
    }

    pub(super) fn then(&mut self, then: Then, cx: &mut Cx<'_>) {
        match then {
            Then::Stay => {}
            Then::Over => {
                let closed = matches!(self.task, Some(Task::Closed(_)));
                self.task = None;
                if closed {
                    self.back_to_list();
                    self.on = next_envelope(cx).or(self.on);
                    self.cursor.follow = true;
                } else {
                    self.search.again(cx);
                }
            }
            Then::NextAside { envelope, not } => {
                let view = cx.view.envelopes.get(&envelope);
                let next = view.and_then(|view| AsideTask::another(view, not));
                self.task = next.map(|task| Task::Aside(Box::new(task)));
                self.hand.to_task = self.task.is_some();
            }
            Then::Next(closing) => self.task = Some(Task::Closed(closing)),
        }
    }
}

/// The next one to close, else the next open one.
fn next_envelope(cx: &Cx<'_>) -> Option<EnvelopeId> {
    let open = || cx.view.envelopes.values().filter(|it| it.open);
    let ready = open().find(|it| it.is_done() && it.position > 0);
    ready.or_else(|| open().next()).map(|it| it.id)
}

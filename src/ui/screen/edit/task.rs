//! What is being done to a page: one thing at a time, confirmed by Enter, left by Escape.

use super::aside::AsideTask;
use super::form::Form;
use super::sending::Sending;
use super::why::{Choice, Why};
use super::{form::Class, paint};
use crate::flow::event::Event;
use crate::flow::{EnvelopeId, Input, Recorded, SheetId, View};
use crate::ui::command::{Command, Pressed};
use crate::ui::port::{Heard, News, Order};
use crate::ui::screen::Cx;
use crate::ui::theme::{CORNER, GAP, GAP_WIDE, Theme};
use crate::ui::widgets::primary;
use crate::voucher::Yen;
use egui::{CornerRadius, Frame, Ui};
use std::collections::BTreeMap;

#[derive(Debug)]
pub enum Task {
    /// A supervisor decides about a sheet.
    Decide(Box<Form>),
    /// A waiting sheet is handed to the supervisor.
    Hold {
        sheet: SheetId,
        ask: Ask,
    },
    /// An envelope without a difference.
    Close {
        envelope: EnvelopeId,
        sending: Sending,
    },
    /// An envelope with one.
    CloseWithDifference {
        envelope: EnvelopeId,
        ask: Ask,
    },
    Reopen {
        envelope: EnvelopeId,
        ask: Ask,
    },
    /// What became of a file that was set aside.
    Aside(Box<AsideTask>),
    /// It is closed: to be looked at, until Enter.
    Closed(Closing),
}

/// What a closing came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Closing {
    pub envelope: EnvelopeId,
    pub accepted: u64,
    pub held: u64,
    pub rejected: u64,
    pub amount: Yen,
    pub difference: BTreeMap<String, i64>,
}

/// A question for a reason.
#[derive(Debug)]
pub struct Ask {
    pub why: Why,
    pub sending: Sending,
}

impl Ask {
    pub fn asking(texts: Vec<String>) -> Ask {
        let choices = texts.into_iter().map(Choice::of).collect();
        Ask { why: Why::asking(choices), sending: Sending::default() }
    }

    /// Draws it under a title. True: confirmed with the mouse or in the field.
    pub fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, title: &str, what: &str) -> bool {
        let theme = cx.theme;
        let mut confirmed = false;
        framed(ui, theme, |ui| {
            paint::told(ui, title, theme.heading(), theme.ink);
            paint::told(ui, what, theme.text(), theme.ink);
            ui.add_space(GAP);
            let salt = "ask";
            confirmed = self.why.ui(ui, cx, salt);
            self.sending_ui(ui, cx);
            ui.add_space(GAP);
            confirmed |= primary(ui, theme, &cx.words.edit_go_on(), "Enter").clicked();
        });
        confirmed
    }

    fn sending_ui(&self, ui: &mut Ui, cx: &Cx<'_>) {
        sending_ui(ui, cx, &self.sending);
    }

    /// The reason, or a word that it is missing.
    fn reason(&mut self, cx: &mut Cx<'_>) -> Option<String> {
        let reason = self.why.reason();
        if reason.is_none() {
            self.sending.problem = Some(cx.words.edit_reason_missing());
            cx.order(Order::Try(Heard::Refused));
        }
        reason.map(|choice| choice.text)
    }
}

pub fn sending_ui(ui: &mut Ui, cx: &Cx<'_>, sending: &Sending) {
    let theme = cx.theme;
    if let Some(problem) = &sending.problem {
        paint::told(ui, problem, theme.text(), theme.stop);
    }
    if sending.on_its_way() {
        paint::said(ui, &cx.words.edit_on_its_way(), theme.small(), theme.quiet);
    }
}

pub fn framed(ui: &mut Ui, theme: &Theme, contents: impl FnOnce(&mut Ui)) {
    let frame = Frame::new()
        .fill(theme.surface)
        .corner_radius(CornerRadius::same(CORNER))
        .inner_margin(GAP_WIDE as i8);
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        contents(ui);
    });
}

/// What an Enter or a piece of news led to.
#[derive(Debug, PartialEq)]
pub enum Then {
    /// The task goes on.
    Stay,
    /// It is over.
    Over,
    /// This comes after it.
    Next(Closing),
    /// One file is settled: the next one, which is not this one.
    NextAside { envelope: EnvelopeId, not: u32 },
}

impl Task {
    pub fn offers(&self) -> Vec<Command> {
        match self {
            Task::Decide(form) => form.offers(),
            Task::Aside(aside) => aside.offers(),
            Task::Closed(_) => vec![Command::Confirm],
            _ => vec![Command::Confirm, Command::Back],
        }
    }

    /// A command that is the task's own.
    pub fn command(&mut self, command: Command, cx: &mut Cx<'_>) -> Then {
        match (self, command) {
            (Task::Closed(_), Command::Confirm | Command::Back) => return Then::Over,
            (task, Command::Confirm) => task.confirm(cx),
            (Task::Decide(form), Command::Erase) => form.erase(cx),
            (Task::Decide(form), Command::Back) => {
                return if form.back() { Then::Stay } else { Then::Over };
            }
            (
                Task::Hold { ask, .. }
                | Task::CloseWithDifference { ask, .. }
                | Task::Reopen { ask, .. },
                Command::Back,
            ) => return if ask.why.leave_field() { Then::Stay } else { Then::Over },
            (Task::Aside(aside), Command::ChooseLine) => {
                aside.pressed(Pressed::Key(egui::Key::ArrowDown), cx);
            }
            (Task::Aside(aside), Command::Back) => {
                return if aside.back() { Then::Stay } else { Then::Over };
            }
            (Task::Close { .. }, Command::Back) => return Then::Over,
            (Task::Decide(form), command) => {
                if let Some(class) = Class::of(command) {
                    form.choose(class, cx);
                }
            }
            _ => {}
        }
        Then::Stay
    }

    pub fn confirm(&mut self, cx: &mut Cx<'_>) {
        match self {
            Task::Decide(form) => form.confirm(cx),
            Task::Aside(aside) => aside.confirm(cx),
            Task::Hold { sheet, ask } => {
                if let Some(reason) = ask.reason(cx) {
                    let input = Input::Hold { sheet: *sheet, reason };
                    ask.sending.send(input, String::new(), cx);
                }
            }
            Task::Close { envelope, sending } => {
                let input = Input::CloseEnvelope { envelope: *envelope, reason: None };
                sending.send(input, String::new(), cx);
            }
            Task::CloseWithDifference { envelope, ask } => {
                if let Some(reason) = ask.reason(cx) {
                    let name = cx.envelope_name(*envelope);
                    let difference = difference_of(cx, *envelope);
                    let what = cx.words.edit_second_closes(name, difference, &reason);
                    let reason = Some(reason);
                    let input = Input::CloseEnvelope { envelope: *envelope, reason };
                    ask.sending.send_with(input, what, cx);
                }
            }
            Task::Reopen { envelope, ask } => {
                if let Some(reason) = ask.reason(cx) {
                    let what = cx.words.edit_second_reopens(cx.envelope_name(*envelope), &reason);
                    let input = Input::ReopenEnvelope { envelope: *envelope, reason };
                    ask.sending.send_with(input, what, cx);
                }
            }
            Task::Closed(_) => {}
        }
    }

    pub fn pressed(&mut self, pressed: Pressed, cx: &mut Cx<'_>) {
        match self {
            Task::Decide(form) => form.pressed(pressed, cx),
            Task::Aside(aside) => aside.pressed(pressed, cx),
            Task::Hold { ask, .. }
            | Task::CloseWithDifference { ask, .. }
            | Task::Reopen { ask, .. } => {
                if ask.why.pressed(pressed) {
                    ask.sending.reconsider();
                }
            }
            Task::Close { .. } | Task::Closed(_) => {}
        }
    }

    pub fn hear(&mut self, news: &News, cx: &mut Cx<'_>) -> Then {
        let done = match self {
            Task::Decide(form) => form.hear(news, cx),
            Task::Aside(aside) => aside.hear(news, cx),
            Task::Hold { ask, .. }
            | Task::CloseWithDifference { ask, .. }
            | Task::Reopen { ask, .. } => ask.sending.hear(news, cx),
            Task::Close { sending, .. } => sending.hear(news, cx),
            Task::Closed(_) => None,
        };
        let Some(events) = done else { return Then::Stay };
        if let Task::Aside(aside) = self {
            return Then::NextAside { envelope: aside.envelope, not: aside.no };
        }
        match self {
            Task::Decide(form) => decided(cx, form.about.sheet, events),
            Task::Hold { sheet, .. } => {
                let name = cx.sheet_name(*sheet);
                cx.tell(cx.words.edit_handed_over(name));
            }
            Task::Reopen { envelope, .. } => {
                let name = cx.envelope_name(*envelope);
                cx.tell(cx.words.edit_reopened(name));
            }
            Task::Aside(_)
            | Task::Close { .. }
            | Task::CloseWithDifference { .. }
            | Task::Closed(_) => {}
        }
        events.iter().find_map(|it| closing(it, cx.view)).map_or(Then::Over, Then::Next)
    }
}

/// A decision is written: says so, and where the paper goes now.
pub fn decided(cx: &mut Cx<'_>, sheet: SheetId, events: &[Recorded]) {
    let name = cx.sheet_name(sheet);
    let place = events.iter().find_map(|recorded| match &recorded.event {
        Event::SheetSettled { place, .. } => Some(place),
        _ => None,
    });
    let text = match place {
        Some(place) if place.is_live() => {
            cx.words.edit_decided_paper(name, cx.words.paper(place, &[]))
        }
        _ => cx.words.edit_decided(name),
    };
    cx.tell(text);
}

fn closing(recorded: &Recorded, view: &View) -> Option<Closing> {
    match &recorded.event {
        Event::EnvelopeClosed { envelope, difference, held, sheets, amount, .. } => {
            let rejected = view.envelopes.get(envelope).map_or(0, |it| it.tally.sum().rejected);
            let held = held.len() as u64;
            Some(Closing {
                envelope: *envelope,
                accepted: u64::from(*sheets).saturating_sub(held + rejected),
                held,
                rejected,
                amount: *amount,
                difference: difference.clone(),
            })
        }
        _ => None,
    }
}

/// The difference of an envelope in words, by kind.
pub fn difference_of(cx: &Cx<'_>, envelope: EnvelopeId) -> String {
    let found = cx.view.envelopes.get(&envelope);
    let difference = found.map(|it| it.tally.difference()).unwrap_or_default();
    super::teller::Teller::new(cx).difference(&difference)
}

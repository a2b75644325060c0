//! A file that was set aside: what became of its paper. Fed again, keyed from the paper, or no sheet.

use super::paint;
use super::sending::Sending;
use super::task::{framed, sending_ui};
use super::why::{self, Choice, Why};
use crate::flow::aside::AsideAnswer;
use crate::flow::state::{Envelope, Sheet};
use crate::flow::view::{AsideItem, EnvelopeView};
use crate::flow::{EnvelopeId, Input, Recorded};
use crate::ui::command::{Command, Pressed};
use crate::ui::port::{Heard, News, Order};
use crate::ui::refusals;
use crate::ui::screen::Cx;
use crate::ui::theme::GAP;
use crate::ui::widgets::primary;
use egui::{Key, Ui};

/// So many sheets are offered, the newest first: what was fed again is among the last.
const OFFERED: usize = 6;

/// The question about one file.
#[derive(Debug)]
pub struct AsideTask {
    pub envelope: EnvelopeId,
    pub no: u32,
    step: Step,
    /// The sheets that were drawn last, by ordinal: what is confirmed is what was seen.
    offered: Vec<u32>,
    pub sending: Sending,
}

#[derive(Debug)]
enum Step {
    /// What became of it?
    Choose,
    /// Which sheet was counted for it? The newest is 0.
    Fed(usize),
    /// It is keyed from the paper.
    Paper,
    /// There is none: why?
    NoSheet(Why),
}

impl AsideTask {
    /// About the first one that is open; `None`: there is none.
    pub fn first(envelope: &EnvelopeView) -> Option<AsideTask> {
        AsideTask::another(envelope, 0)
    }

    /// About the first one that is not number `not`.
    pub fn another(envelope: &EnvelopeView, not: u32) -> Option<AsideTask> {
        let no = envelope.aside.iter().find(|it| it.no != not)?.no;
        let sending = Sending::default();
        let step = Step::Choose;
        Some(AsideTask { envelope: envelope.id, no, step, offered: Vec::new(), sending })
    }

    /// It is settled by now, and nothing of it is on its way.
    pub fn is_void(&self, cx: &Cx<'_>) -> bool {
        item(cx, self.envelope, self.no).is_none() && !self.sending.on_its_way()
    }

    pub fn offers(&self) -> Vec<Command> {
        match self.step {
            Step::Choose => vec![Command::Choose, Command::ChooseLine, Command::Back],
            _ => vec![Command::Confirm, Command::ChooseLine, Command::Back],
        }
    }

    /// One step back. False: out of it.
    pub fn back(&mut self) -> bool {
        self.sending.reconsider();
        if matches!(self.step, Step::Choose) {
            return false;
        }
        // Escape leaves the field for one's own words first.
        let in_field = match &mut self.step {
            Step::NoSheet(why) => why.leave_field(),
            _ => false,
        };
        if !in_field {
            self.step = Step::Choose;
        }
        true
    }

    pub fn pressed(&mut self, pressed: Pressed, cx: &mut Cx<'_>) {
        match &mut self.step {
            Step::Choose => match pressed {
                Pressed::Char('1') => self.step = Step::Fed(0),
                Pressed::Char('2') => self.step = Step::Paper,
                Pressed::Char('3') => self.step = Step::NoSheet(reasons(cx)),
                Pressed::Key(Key::ArrowDown) => self.other(1, cx),
                Pressed::Key(Key::ArrowUp) => self.other(-1, cx),
                _ => return,
            },
            Step::Fed(at) => match pressed {
                Pressed::Key(Key::ArrowDown) => *at = (*at + 1).min(OFFERED - 1),
                Pressed::Key(Key::ArrowUp) => *at = at.saturating_sub(1),
                _ => return,
            },
            Step::Paper => return,
            Step::NoSheet(why) => {
                if !why.pressed(pressed) {
                    return;
                }
            }
        }
        self.sending.reconsider();
    }

    /// The next file, or the one before.
    fn other(&mut self, by: isize, cx: &Cx<'_>) {
        let Some(view) = cx.view.envelopes.get(&self.envelope) else { return };
        let at = view.aside.iter().position(|it| it.no == self.no).unwrap_or_default();
        let last = view.aside.len().saturating_sub(1);
        if let Some(item) = view.aside.get(at.saturating_add_signed(by).min(last)) {
            self.no = item.no;
        }
    }

    pub fn confirm(&mut self, cx: &mut Cx<'_>) {
        let answer = match &self.step {
            Step::Choose => return,
            Step::Paper => Some(AsideAnswer::FromPaper),
            Step::Fed(at) => self.offered.get(*at).copied().map(AsideAnswer::Fed),
            Step::NoSheet(why) => why.reason().map(|choice| AsideAnswer::NoSheet(choice.text)),
        };
        let Some(answer) = answer else {
            let words = cx.words;
            self.sending.problem = Some(match self.step {
                Step::NoSheet(_) => words.edit_reason_missing(),
                _ => words.aside_feed_first(),
            });
            cx.order(Order::Try(Heard::Refused));
            return;
        };
        let name = cx.envelope_name(self.envelope);
        let what = match &answer {
            AsideAnswer::NoSheet(reason) => {
                let item = item(cx, self.envelope, self.no);
                let file = item.map(|it| it.name).unwrap_or_default();
                cx.words.aside_second(name, file, reason)
            }
            _ => String::new(),
        };
        let input = Input::SettleAside { envelope: self.envelope, no: self.no, answer, kind: None };
        self.sending.send(input, what, cx);
    }

    /// The events, once what was said is written.
    pub fn hear<'a>(&mut self, news: &'a News, cx: &mut Cx<'_>) -> Option<&'a [Recorded]> {
        let done = self.sending.hear(news, cx)?;
        let text = match self.step {
            Step::Paper => cx.words.aside_settled_paper(),
            _ => cx.words.aside_settled(),
        };
        cx.tell(text);
        Some(done)
    }

    /// Draws it. True: confirmed with the mouse or in the field.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, envelope: Option<&Envelope>) -> bool {
        let theme = cx.theme;
        let words = cx.words;
        let Some(item) = item(cx, self.envelope, self.no) else { return false };
        let view = cx.view.envelopes.get(&self.envelope);
        let count = view.map_or(0, |it| it.aside.len());
        let at = view.and_then(|it| it.aside.iter().position(|it| it.no == self.no));
        let mut confirmed = false;
        let mut chosen = None;
        framed(ui, theme, |ui| {
            let title = words.aside_title(at.unwrap_or_default() + 1, count, line(cx, &item));
            paint::told(ui, &title, theme.heading(), theme.ink);
            match &mut self.step {
                Step::Choose => {
                    paint::told(ui, &words.aside_what(), theme.text(), theme.ink);
                    ui.add_space(GAP);
                    let ways = [words.aside_fed(), words.aside_paper(), words.aside_none()];
                    for (key, way) in ["1", "2", "3"].into_iter().zip(ways) {
                        if why::row(ui, cx, key, &way, false) {
                            chosen = key.chars().next();
                        }
                    }
                }
                Step::Fed(at) => {
                    paint::told(ui, &words.aside_fed_what(), theme.text(), theme.ink);
                    ui.add_space(GAP);
                    let sheets = envelope.map(|it| fed_again(it, item.no).take(OFFERED));
                    let sheets = sheets.into_iter().flatten().collect::<Vec<_>>();
                    *at = (*at).min(sheets.len().saturating_sub(1));
                    self.offered = sheets.iter().map(|sheet| sheet.id.ordinal).collect();
                    if sheets.is_empty() {
                        paint::told(ui, &words.aside_feed_first(), theme.strong(), theme.stop);
                    }
                    for (index, sheet) in sheets.into_iter().enumerate() {
                        let position = envelope.map_or(0, |it| it.position(sheet.id.ordinal));
                        let text = candidate(cx, sheet, position);
                        if why::row(ui, cx, "", &text, index == *at) {
                            *at = index;
                        }
                    }
                }
                Step::Paper => {
                    paint::told(ui, &words.aside_paper_what(), theme.text(), theme.ink);
                }
                Step::NoSheet(why) => {
                    paint::told(ui, &words.aside_none_what(), theme.text(), theme.ink);
                    ui.add_space(GAP);
                    confirmed = why.ui(ui, cx, "aside");
                }
            }
            sending_ui(ui, cx, &self.sending);
            if !matches!(self.step, Step::Choose) {
                ui.add_space(GAP);
                confirmed |= primary(ui, theme, &words.edit_go_on(), "Enter").clicked();
            }
        });
        if let Some(key) = chosen {
            self.pressed(Pressed::Char(key), cx);
        }
        confirmed
    }
}

fn reasons(cx: &Cx<'_>) -> Why {
    let words = cx.words;
    let texts = [
        words.aside_why_none_note(),
        words.aside_why_none_twice(),
        words.aside_why_none_test(),
        words.aside_why_none_searched(),
    ];
    Why::asking(texts.into_iter().map(Choice::of).collect())
}

fn item(cx: &Cx<'_>, envelope: EnvelopeId, no: u32) -> Option<AsideItem> {
    cx.view.envelopes.get(&envelope)?.aside.iter().find(|it| it.no == no).cloned()
}

/// Sheets that may have been counted for it, the newest first.
fn fed_again(envelope: &Envelope, no: u32) -> impl Iterator<Item = &Sheet> {
    let after = envelope.aside(no).map_or(u32::MAX, |aside| aside.after);
    let free = move |sheet: &&Sheet| {
        sheet.id.ordinal > after && envelope.stood_for(sheet.id.ordinal).is_none()
    };
    envelope.live().rev().filter(free)
}

fn candidate(cx: &Cx<'_>, sheet: &Sheet, position: u32) -> String {
    let name = cx.sheet_name(sheet.id);
    let number = match &sheet.place {
        crate::flow::event::Place::Entry => None,
        _ => sheet.read.as_ref(),
    };
    let number = number.map(|it| cx.grouped(it.as_str())).unwrap_or_default();
    cx.words.aside_candidate(name, position, number)
}

/// Where it lay, its file, and why it was set aside.
pub fn line(cx: &Cx<'_>, item: &AsideItem) -> String {
    let words = cx.words;
    let place = item.position.map_or_else(|| words.pull_no_place(), |it| words.pull_place(it));
    words.aside_line(place, &item.name, refusals::no_sheet(words, item.why))
}

/// All that is aside in an envelope, on its page.
pub fn list(ui: &mut Ui, cx: &Cx<'_>, view: &EnvelopeView) {
    /// So many are shown; the rest is a number.
    const SHOWN: usize = 5;
    if view.aside.is_empty() {
        return;
    }
    let theme = cx.theme;
    let title = cx.words.aside_list(view.aside.len());
    paint::told(ui, &title, theme.strong(), theme.stop);
    for item in view.aside.iter().take(SHOWN) {
        paint::told(ui, &line(cx, item), theme.text(), theme.ink);
    }
    if view.aside.len() > SHOWN {
        let more = cx.words.aside_more(view.aside.len() - SHOWN);
        paint::told(ui, &more, theme.small(), theme.quiet);
    }
}

//! The one search field, and what it found.

use super::paint;
use super::rows::{self, Cursor, SheetRow};
use crate::flow::SheetId;
use crate::ui::fault::Fault;
use crate::ui::port::{Answer, FoundSheet, News, Query, Ticket};
use crate::ui::screen::Cx;
use crate::ui::screen::steps::{Step, take_steps};
use crate::ui::widgets::{TextField, empty};
use egui::text::{CCursor, CCursorRange};
use egui::text_edit::TextEditState;
use egui::{Id, Ui};

/// The field and its results. Nothing here is a truth: another search replaces it.
#[derive(Debug, Default)]
pub struct Search {
    pub text: String,
    /// The text for which `found` stands.
    answered: String,
    pub found: Vec<FoundSheet>,
    more: bool,
    failed: Option<Fault>,
    asked: Option<Ticket>,
    pub cursor: Cursor,
    focus: bool,
    /// The field had the focus when it was drawn last.
    typing: bool,
}

impl Search {
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// The results stand for what is in the field now.
    pub fn is_answered(&self) -> bool {
        self.answered == self.text.trim()
    }

    pub fn at_cursor(&self) -> Option<SheetId> {
        if self.is_empty() || !self.is_answered() {
            return None;
        }
        self.found.get(self.cursor.at).map(|found| found.sheet)
    }

    /// Puts a text into the field as if it had been typed.
    pub fn set(&mut self, text: &str, cx: &mut Cx<'_>) {
        text.clone_into(&mut self.text);
        self.changed(cx);
    }

    /// A character that was typed with no field focused: the search begins anew with the first; those
    /// that come before the field is drawn go on.
    pub fn begin(&mut self, char: char, cx: &mut Cx<'_>) {
        let mut text = if self.focus { std::mem::take(&mut self.text) } else { String::new() };
        text.push(char);
        self.set(&text, cx);
        self.focus = true;
    }

    pub fn focus(&mut self) {
        self.focus = true;
    }

    /// Escape leaves the field first. True if that was all.
    pub fn leave_field(&mut self) -> bool {
        self.focus = false;
        std::mem::take(&mut self.typing)
    }

    /// Asks again for the same text, as sheets have changed.
    pub fn again(&mut self, cx: &mut Cx<'_>) {
        if !self.is_empty() {
            self.ask(cx);
        }
    }

    fn changed(&mut self, cx: &mut Cx<'_>) {
        self.cursor = Cursor::default();
        if self.is_empty() {
            self.found.clear();
            self.answered.clear();
            self.failed = None;
            self.asked = None;
        } else {
            self.ask(cx);
        }
    }

    fn ask(&mut self, cx: &mut Cx<'_>) {
        self.asked = Some(cx.ask(Query::Search(self.text.trim().to_owned())));
    }

    pub fn hear(&mut self, news: &News) {
        let News::Found { ticket, answer } = news else { return };
        match answer {
            // An answer to what was in the field before is of no use.
            Answer::Search { text, found, more } if text.trim() == self.text.trim() => {
                self.found.clone_from(found);
                self.more = *more;
                self.failed = None;
                text.trim().clone_into(&mut self.answered);
                self.cursor.at = self.cursor.at.min(found.len().saturating_sub(1));
            }
            Answer::Failed(why) if self.asked == Some(*ticket) => {
                self.failed = Some(why.clone());
                self.found.clear();
                self.text.trim().clone_into(&mut self.answered);
            }
            _ => {}
        }
    }

    /// Draws the field. True: the hand goes down to the list.
    pub fn field(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) -> bool {
        let id = Id::unique("edit-search");
        let steps = if self.typing { take_steps(ui) } else { Vec::new() };
        let down = steps.iter().any(|step| matches!(step, Step::Enter | Step::Down));
        let field = TextField::new(&mut self.text, cx.words.edit_search()).asks();
        let field = field.hint(cx.words.edit_search_hint()).width(4000.0);
        let response = field.show(ui, cx.theme, id);
        if response.changed() {
            self.changed(cx);
        }
        if down {
            response.surrender_focus();
        }
        if std::mem::take(&mut self.focus) {
            cursor_at_end(ui, id, self.text.chars().count());
            response.request_focus();
            ui.ctx().request_repaint();
        }
        self.typing = response.has_focus();
        down
    }

    /// How many, in words.
    fn count(&self, cx: &Cx<'_>) -> String {
        let count = self.found.len();
        if self.more { cx.words.edit_found_more(count) } else { cx.words.edit_found(count) }
    }

    /// Draws the results. Gives the one that was clicked.
    pub fn results(&mut self, ui: &mut Ui, cx: &Cx<'_>, hand: bool) -> Option<usize> {
        let theme = cx.theme;
        if let Some(why) = &self.failed {
            empty(ui, theme, &cx.words.edit_failed(), &cx.words.fault(why));
            return None;
        }
        if self.found.is_empty() {
            if self.is_answered() {
                empty(ui, theme, &cx.words.edit_nothing(), &cx.words.edit_nothing_what());
            } else {
                paint::said(ui, &cx.words.edit_coming(), theme.small(), theme.quiet);
            }
            return None;
        }
        let count = self.count(cx);
        paint::said(ui, &count, theme.small(), theme.quiet);
        let (found, at) = (&self.found, self.cursor.at);
        let mut clicked = None;
        let height = rows::sheet_height(cx);
        rows::list(ui, "results", found.len(), height, &mut self.cursor, |ui, index, rect| {
            let Some(found) = found.get(index) else { return };
            let row = SheetRow::found(cx, found);
            if row.show(ui, cx, rect, index == at, hand) {
                clicked = Some(index);
            }
        });
        clicked
    }
}

/// What is typed next goes behind what is there.
fn cursor_at_end(ui: &Ui, id: Id, chars: usize) {
    let mut state = TextEditState::load(ui.ctx(), id).unwrap_or_default();
    state.cursor.set_char_range(Some(CCursorRange::one(CCursor::new(chars))));
    state.store(ui.ctx(), id);
}

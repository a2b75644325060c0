//! 編集: search, stories, corrections, the tie-out, closing.

mod aside;
mod doing;
mod envelope;
mod envelopes;
mod explained;
mod explained_note;
mod explained_ui;
pub(super) mod files;
pub(super) mod form;
pub(super) mod form_ui;
mod number;
pub(super) mod paint;
pub(super) mod picture;
pub(super) mod reasons;
pub(super) mod rows;
pub(super) mod said;
mod search;
pub(super) mod sending;
mod story;
pub(super) mod task;
pub(super) mod teller;
mod when;
pub(super) mod why;

use super::{Cx, Screen};
use crate::flow::{EnvelopeId, SheetId};
use crate::ui::command::{Command, Pressed};
use crate::ui::port::{News, Trouble};
use crate::ui::session::LookFor;
use crate::ui::wedge::scans::Code;
use crate::voucher::profile::Identified;
use crate::voucher::scanned;
use egui::{Key, Layout, Ui, Vec2};
use explained::Explained;
use files::Files;
use picture::Look;
use rows::Cursor;
use search::Search;
use task::Task;

/// A page of the right side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Page {
    Envelope(EnvelopeId),
    Sheet(SheetId),
}

/// Where the hand is on a page.
#[derive(Debug, Default)]
struct Hand {
    /// The page was opened: arrows move in it.
    inside: bool,
    /// A picture over the whole stage.
    zoom: bool,
    zoom_at: usize,
    /// How the sheet's pictures were read, over the whole stage.
    explained: Option<Explained>,
    /// What is being done is to be seen in the next frame.
    to_task: bool,
    /// Points to scroll in the next frame.
    scroll: Option<f32>,
    /// In the envelope's sheets.
    cursor: Cursor,
    /// How many sheets the envelope's page lists.
    sheets: usize,
}

#[derive(Debug, Default)]
pub struct Edit {
    search: Search,
    /// The envelope that the list's cursor stands on.
    on: Option<EnvelopeId>,
    cursor: Cursor,
    files: Files,
    /// Opened pages, the shown one last. Empty: the hand is in the list.
    trail: Vec<Page>,
    task: Option<Task>,
    hand: Hand,
    /// There is room for the list or a page, not both.
    narrow: bool,
}

impl Edit {
    /// The page that is shown: the opened one, else that of the list's cursor.
    fn page(&self) -> Option<Page> {
        if let Some(page) = self.trail.last() {
            return Some(*page);
        }
        if self.narrow {
            return None;
        }
        if self.search.is_empty() {
            self.on.map(Page::Envelope)
        } else {
            self.search.at_cursor().map(Page::Sheet)
        }
    }

    /// The envelope that is shown, or whose sheet is.
    fn shown_envelope(&self) -> Option<EnvelopeId> {
        match self.trail.last() {
            Some(Page::Envelope(id)) => Some(*id),
            Some(Page::Sheet(sheet)) => Some(sheet.envelope),
            None if self.search.is_empty() => self.on,
            None => None,
        }
    }

    fn open(&mut self, page: Page) {
        if self.trail.last() != Some(&page) {
            self.trail.push(page);
            self.hand = Hand::default();
        }
        self.hand.inside = true;
    }

    /// One page back, or into the list.
    fn close_page(&mut self) {
        self.trail.pop();
        self.hand = Hand { inside: !self.trail.is_empty(), ..Hand::default() };
    }

    fn back_to_list(&mut self) {
        self.trail.clear();
        self.task = None;
        self.hand = Hand::default();
    }

    /// The envelope's list follows what there is: envelopes come and go.
    fn follow(&mut self, cx: &Cx<'_>) {
        let ids = envelopes::order(cx.view);
        let here = self.on.and_then(|on| ids.iter().position(|id| *id == on));
        self.cursor.at = here.unwrap_or_else(|| self.cursor.at.min(ids.len().saturating_sub(1)));
        self.on = ids.get(self.cursor.at).copied();
    }

    fn step(&mut self, by: isize, cx: &Cx<'_>) {
        match self.trail.last() {
            None if self.search.is_empty() => {
                let ids = envelopes::order(cx.view);
                self.cursor.step(by, ids.len());
                self.on = ids.get(self.cursor.at).copied();
            }
            None => self.search.cursor.step(by, self.search.found.len()),
            Some(Page::Envelope(_)) => self.hand.cursor.step(by, self.hand.sheets),
            Some(Page::Sheet(_)) => self.hand.scroll = Some(by as f32 * -48.0),
        }
    }

    /// Enter: into what the cursor stands on.
    fn show(&mut self) {
        match self.trail.last() {
            None if self.search.is_empty() => {
                if let Some(on) = self.on {
                    self.open(Page::Envelope(on));
                }
            }
            None => {
                if let Some(sheet) = self.search.at_cursor() {
                    self.open(Page::Sheet(sheet));
                }
            }
            Some(Page::Envelope(id)) => {
                let envelope = self.files.known_envelope(*id);
                let sheet =
                    envelope.and_then(|it| it.live().nth(self.hand.cursor.at).map(|it| it.id));
                if let Some(sheet) = sheet {
                    let cursor = self.hand.cursor;
                    self.open(Page::Sheet(sheet));
                    self.hand.cursor = cursor;
                }
            }
            Some(Page::Sheet(sheet)) => {
                let envelope = Page::Envelope(sheet.envelope);
                if self.trail.contains(&envelope) {
                    self.close_page();
                } else {
                    self.open(envelope);
                }
            }
        }
    }

    /// Pictures that can be enlarged here: the sheet's own, then the other sheet's.
    fn looks(&self, cx: &Cx<'_>) -> Vec<Look> {
        let Some(Page::Sheet(id)) = self.page() else { return Vec::new() };
        let Some(file) = self.files.known_sheet(id) else { return Vec::new() };
        let mut looks = picture::looks(cx, &file);
        for other in picture::others(&file) {
            if let Some(other) = self.files.known_sheet(other) {
                looks.extend(picture::looks(cx, &other));
            }
        }
        looks
    }
}

impl Screen for Edit {
    fn offers(&self, cx: &Cx<'_>) -> Vec<Command> {
        if self.hand.zoom {
            return vec![Command::Zoom, Command::Back];
        }
        if self.hand.explained.is_some() {
            let scroll = [Command::Older, Command::Newer];
            return [&[Command::NextStep, Command::Choose, Command::Back], &scroll[..]].concat();
        }
        if let Some(task) = &self.task {
            return task.offers();
        }
        let page = self.page();
        let mut offers = match page {
            Some(Page::Envelope(id)) => envelope::offers(cx, id),
            Some(Page::Sheet(id)) => {
                let file = self.files.known_sheet(id);
                file.map_or_else(Vec::new, |file| story::offers(cx, &file))
            }
            None => Vec::new(),
        };
        if self.trail.is_empty() {
            offers.insert(0, Command::Show);
            offers.push(Command::Find);
        } else {
            offers.push(match page {
                Some(Page::Sheet(_)) => Command::Zoom,
                _ => Command::Find,
            });
            offers.push(Command::Show);
            offers.push(Command::Back);
        }
        offers.extend([Command::Older, Command::Newer]);
        offers
    }

    fn command(&mut self, command: Command, cx: &mut Cx<'_>) {
        match command {
            Command::Back => self.go_back(cx),
            Command::HowRead => self.explain(cx),
            command if self.hand.explained.is_some() => {
                self.with_explained(|page, blind| page.command(command, blind));
            }
            Command::Zoom => {
                self.hand.zoom = !self.hand.zoom && !self.looks(cx).is_empty();
                self.hand.zoom_at = 0;
            }
            command if self.task.is_some() => {
                self.act_on_task(command, cx);
                self.hand.to_task = true;
            }
            Command::Show => self.show(),
            Command::Find => {
                self.back_to_list();
                self.search.focus();
            }
            Command::Older => match self.trail.last() {
                Some(Page::Sheet(_)) => self.hand.scroll = Some(-300.0),
                _ => self.step(8, cx),
            },
            Command::Newer => match self.trail.last() {
                Some(Page::Sheet(_)) => self.hand.scroll = Some(300.0),
                _ => self.step(-8, cx),
            },
            Command::Correct | Command::Hold => self.correct(cx),
            Command::Close => self.close_envelope(cx),
            Command::SettleAside => self.settle_aside(cx),
            Command::Reopen => self.reopen(cx),
            _ => {}
        }
    }

    fn pressed(&mut self, pressed: Pressed, cx: &mut Cx<'_>) {
        if self.hand.zoom {
            let last = self.looks(cx).len().saturating_sub(1);
            match pressed {
                Pressed::Key(Key::ArrowRight) => {
                    self.hand.zoom_at = (self.hand.zoom_at + 1).min(last);
                }
                Pressed::Key(Key::ArrowLeft) => {
                    self.hand.zoom_at = self.hand.zoom_at.saturating_sub(1);
                }
                _ => {}
            }
            return;
        }
        if self.hand.explained.is_some() {
            match pressed {
                // The key that opened it.
                Pressed::Char('.') => self.hand.explained = None,
                pressed => self.with_explained(|page, blind| page.pressed(pressed, blind)),
            }
            return;
        }
        if let Some(task) = &mut self.task {
            task.pressed(pressed, cx);
            self.hand.to_task = true;
            return;
        }
        match pressed {
            // Where it closes nothing, it says why.
            Pressed::Char('.') => self.why_not_closed(cx),
            Pressed::Key(Key::ArrowDown) => self.step(1, cx),
            Pressed::Key(Key::ArrowUp) => self.step(-1, cx),
            Pressed::Key(Key::Home) => self.step(isize::MIN, cx),
            Pressed::Key(Key::End) => self.step(isize::MAX, cx),
            Pressed::Char(char) if char.is_alphanumeric() => {
                self.back_to_list();
                self.search.begin(char, cx);
            }
            _ => {}
        }
    }

    /// A scanned voucher is looked for; nothing is done to it.
    fn code(&mut self, code: &Code, cx: &mut Cx<'_>) -> bool {
        let code = code.text.as_str();
        if self.task.is_some() || self.hand.zoom || self.hand.explained.is_some() {
            return false;
        }
        let barcode = scanned(cx.profile, code).barcode;
        let number = barcode.and_then(|barcode| match cx.profile.identify_barcode(&barcode) {
            Identified::Number { number, .. } => Some(number.to_string()),
            Identified::CheckDigitWrong { .. } | Identified::OtherScheme => None,
        });
        self.back_to_list();
        self.search.set(number.as_deref().unwrap_or(code), cx);
        true
    }

    fn news(&mut self, news: &News, cx: &mut Cx<'_>) {
        self.search.hear(news);
        self.files.hear(news);
        if let Some(page) = &mut self.hand.explained {
            page.hear(news);
        }
        if let News::Trouble(Trouble::Busy) = news {
            self.files.ask_again();
        }
        if let Some(task) = &mut self.task {
            let then = task.hear(news, cx);
            self.then(then, cx);
        }
    }

    fn enter(&mut self, cx: &mut Cx<'_>) {
        match cx.session.look_for.take() {
            Some(LookFor::Sheet(sheet)) => {
                self.back_to_list();
                self.open(Page::Sheet(sheet));
            }
            Some(LookFor::Envelope(envelope)) => {
                self.back_to_list();
                self.on = Some(envelope);
                self.open(Page::Envelope(envelope));
            }
            Some(LookFor::Text(text)) => {
                self.back_to_list();
                self.search.set(&text, cx);
            }
            // The envelope on the desk is what the person comes for, whatever was looked at last.
            None => {
                let desk = cx.session.envelope.filter(|id| cx.view.envelopes.contains_key(id));
                if desk.is_some() && desk != self.shown_envelope() {
                    self.back_to_list();
                    self.search.set("", cx);
                    self.on = desk;
                    self.cursor.follow = true;
                }
            }
        }
    }

    /// What was begun and not confirmed is dropped: the next hand may be another's.
    fn leave(&mut self, _cx: &mut Cx<'_>) {
        if matches!(self.task, Some(Task::Closed(_))) {
            self.back_to_list();
        }
        self.task = None;
        self.hand.zoom = false;
        self.hand.explained = None;
    }

    fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        self.follow(cx);
        self.drop_settled_aside(cx);
        if self.hand.zoom {
            let looks = self.looks(cx);
            picture::large(ui, cx, &looks, self.hand.zoom_at);
            return;
        }
        if self.explained_ui(ui, cx) {
            return;
        }
        let width = ui.available_width();
        self.narrow = width / cx.theme.scale < 820.0;
        if self.narrow && !self.trail.is_empty() {
            self.page_ui(ui, cx);
            return;
        }
        if self.search.field(ui, cx) {
            self.trail.clear();
            self.hand = Hand::default();
        }
        if self.narrow {
            self.list_ui(ui, cx);
            return;
        }
        let height = ui.available_height();
        let left = (width * 0.38).min(cx.theme.size(520.0));
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            let layout = Layout::top_down(egui::Align::Min);
            ui.allocate_ui_with_layout(Vec2::new(left, height), layout, |ui| {
                ui.set_min_size(Vec2::new(left, height));
                ui.spacing_mut().item_spacing = Vec2::splat(crate::ui::theme::GAP);
                self.list_ui(ui, cx);
            });
            let gap = crate::ui::theme::GAP_STAGE;
            let (rule, _) = ui.allocate_exact_size(Vec2::new(gap, height), egui::Sense::HOVER);
            ui.painter().vline(rule.center().x, rule.y_range(), cx.theme.hairline());
            let right = ui.available_width();
            ui.allocate_ui_with_layout(Vec2::new(right, height), layout, |ui| {
                ui.set_min_size(Vec2::new(right, height));
                ui.spacing_mut().item_spacing = Vec2::splat(crate::ui::theme::GAP);
                self.page_ui(ui, cx);
            });
        });
    }
}

impl Edit {
    fn list_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let hand = self.trail.is_empty();
        if self.search.is_empty() {
            if let Some(envelope) = envelopes::show(ui, cx, &mut self.cursor, hand) {
                self.back_to_list();
                self.on = Some(envelope);
                self.open(Page::Envelope(envelope));
            }
        } else if let Some(index) = self.search.results(ui, cx, hand) {
            self.back_to_list();
            self.search.cursor.to(index);
            if let Some(sheet) = self.search.at_cursor() {
                self.open(Page::Sheet(sheet));
            }
        }
    }

    fn page_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        match self.page() {
            None => {}
            Some(Page::Sheet(id)) => {
                let task = &mut self.task;
                if story::show(ui, cx, &mut self.files, id, task, &mut self.hand)
                    && let Some(task) = task
                {
                    task.confirm(cx);
                }
            }
            Some(Page::Envelope(id)) => {
                let task = &mut self.task;
                let clicked = envelope::show(ui, cx, &mut self.files, id, task, &mut self.hand);
                if clicked.confirm {
                    self.act_on_task(Command::Confirm, cx);
                }
                if let Some(sheet) = clicked.sheet {
                    self.open(Page::Envelope(id));
                    self.open(Page::Sheet(sheet));
                }
                if let Some(command) = clicked.command {
                    self.command(command, cx);
                }
            }
        }
    }
}

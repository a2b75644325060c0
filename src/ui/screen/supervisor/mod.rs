//! 責任者: what waits for a decision, by reason, each with its pictures and one key for what is usual.

mod alike;
mod alike_ui;
mod evidence;
mod page;
mod places;
mod queue;

use super::edit::files::Files;
use super::edit::form::{About, Class, Form, Step};
use super::edit::picture;
use super::edit::picture::Look;
use super::edit::task::decided;
use super::teach::{Room, Teach};
use super::{Cx, Screen};
use crate::flow::SheetId;
use crate::flow::person::Duty;
use crate::ui::command::{Command, Pressed};
use crate::ui::port::{Light, News, Trouble};
use crate::ui::session::LookFor;
use alike::Alike;
use egui::{Key, Ui};
use places::Places;
use queue::{Waiting, groups, queue};

#[derive(Debug, Default)]
pub struct Supervisor {
    /// The sheet that is shown.
    at: Option<SheetId>,
    /// Its place in the queue: when it is decided, the next one comes there.
    index: usize,
    form: Option<Form>,
    files: Files,
    /// Where the shown sheet's numbers stand in its picture.
    places: Places,
    /// Many of one reason are looked at and decided as one.
    alike: Option<Alike>,
    /// Points that stood below the pictures when it was drawn last: the pictures take the rest.
    below: f32,
    /// The form has grown and is to be seen.
    to_form: bool,
    zoom: bool,
    zoom_at: usize,
    /// A scheme that is being taught; it stays while other stages are shown.
    teach: Teach,
    teaching: bool,
}

/// What the screen that teaches may use of the window.
fn room<'a>(cx: &'a mut Cx<'_>) -> Room<'a> {
    Room {
        theme: cx.theme,
        words: cx.words,
        camera: cx.lights.camera == Light::Ready,
        desk: cx.preview.clone(),
        session: cx.session,
    }
}

/// Whether the person who sits here may decide.
fn may_settle(cx: &Cx<'_>) -> bool {
    cx.session.me.as_ref().is_some_and(|me| me.role.may(Duty::Settle))
}

impl Supervisor {
    /// Finds the shown sheet in the queue again, or takes the one that has come to its place.
    fn follow(&mut self, cx: &Cx<'_>) {
        let queue = queue(cx.view);
        let here = self.at.and_then(|at| queue.iter().position(|it| it.sheet() == at));
        match here {
            Some(here) => self.index = here,
            // The answer to what was just decided is still on its way.
            None if self.form.as_ref().is_some_and(|form| form.sending.on_its_way()) => return,
            None => {
                self.index = self.index.min(queue.len().saturating_sub(1));
                self.at = queue.get(self.index).map(Waiting::sheet);
                self.form = None;
                self.zoom = false;
            }
        }
        if !may_settle(cx) {
            self.form = None;
            self.alike = None;
        } else if let Some(waiting) = queue.get(self.index) {
            let known = self.files.known_sheet(waiting.sheet());
            let about = match known {
                Some(file) => About::file(&file, waiting.item.others.clone(), cx.profile),
                None => About::item(waiting.envelope, waiting.item, waiting.reason),
            };
            // What is begun is not changed under the hand.
            let stale = |form: &Form| form.step == Step::What && form.about != about;
            if self.form.as_ref().is_none_or(stale) {
                self.form = Some(Form::new(about, cx.profile));
            }
        }
        if let Some(alike) = &mut self.alike {
            alike.follow(cx);
            if alike.sheets.is_empty() && !alike.sending.on_its_way() {
                self.alike = None;
            }
        }
    }

    /// How many wait for the shown sheet's reason.
    fn like_it(&self, cx: &Cx<'_>) -> usize {
        let queue = queue(cx.view);
        let reason = queue.get(self.index).map(|it| it.reason);
        queue.iter().filter(|it| Some(it.reason) == reason).count()
    }

    /// All of the shown sheet's reason, to be decided as one.
    fn begin_alike(&mut self, cx: &Cx<'_>) {
        let queue = queue(cx.view);
        let reason = queue.get(self.index).map(|it| it.reason);
        self.alike = reason.and_then(|reason| Alike::of(reason, cx));
    }

    /// To another sheet; what was begun for this one is dropped.
    fn to(&mut self, index: usize, cx: &Cx<'_>) {
        if self.form.as_ref().is_some_and(|form| form.sending.on_its_way()) {
            return;
        }
        let queue = queue(cx.view);
        self.index = index.min(queue.len().saturating_sub(1));
        self.at = queue.get(self.index).map(Waiting::sheet);
        self.form = None;
        self.follow(cx);
    }

    /// To the next or the one before among reasons.
    fn next_group(&mut self, by: isize, cx: &Cx<'_>) {
        let queue = queue(cx.view);
        let groups = groups(&queue);
        let here = groups.iter().rposition(|(_, _, first)| *first <= self.index).unwrap_or(0);
        let next = here.saturating_add_signed(by).min(groups.len().saturating_sub(1));
        if let Some((_, _, first)) = groups.get(next) {
            self.to(*first, cx);
        }
    }

    /// Keys that the key line names; a click on them does the same.
    fn teach_command(&mut self, command: Command, cx: &mut Cx<'_>) {
        let key = match command {
            Command::Back => {
                self.teaching = self.teach.back(cx.lights.camera == Light::Ready);
                return;
            }
            Command::TeachOn | Command::TeachKeep => Key::F12,
            Command::ChooseLine => Key::ArrowDown,
            Command::ChangeLine => Key::ArrowRight,
            _ => Key::Enter,
        };
        self.teach.pressed(Pressed::Key(key), &mut room(cx));
    }

    fn deciding(&self) -> bool {
        self.form.as_ref().is_some_and(|form| form.step != Step::What)
    }

    fn looks(&self, cx: &Cx<'_>) -> Vec<Look> {
        if let Some(alike) = &self.alike {
            return alike_look(alike, cx).into_iter().collect();
        }
        let Some(file) = self.at.and_then(|at| self.files.known_sheet(at)) else {
            return Vec::new();
        };
        let mut looks = picture::looks(cx, &file);
        for other in picture::others(&file) {
            if let Some(other) = self.files.known_sheet(other) {
                looks.extend(picture::looks(cx, &other));
            }
        }
        looks
    }
}

/// The whole picture of the sheet that the cursor stands on.
fn alike_look(alike: &Alike, cx: &Cx<'_>) -> Option<Look> {
    let sheet = *alike.sheets.get(alike.at)?;
    let queue = queue(cx.view);
    let item = queue.iter().find(|it| it.sheet() == sheet)?.item;
    let name = cx.words.edit_picture_of(cx.sheet_name(sheet), "").trim().to_owned();
    Some(Look { picture: item.picture?, name })
}

impl Screen for Supervisor {
    fn offers(&self, cx: &Cx<'_>) -> Vec<Command> {
        if self.teaching {
            let choose = [Command::ChooseLine, Command::ChangeLine, Command::NextField];
            let main = self.teach.main_command();
            return choose.into_iter().chain([main, Command::Back]).collect();
        }
        let teach = may_settle(cx).then_some(Command::Teach);
        if self.at.is_none() {
            return teach.into_iter().collect();
        }
        if self.zoom {
            return vec![Command::Zoom, Command::Back];
        }
        if let Some(alike) = &self.alike {
            return alike.offers();
        }
        let mut offers = match &self.form {
            Some(form) if form.step != Step::What => return form.offers(),
            Some(form) => Class::ALL.map(|class| class.answer(form.about.reason)).to_vec(),
            None => Vec::new(),
        };
        if self.form.is_some() && self.like_it(cx) > 1 {
            offers.push(Command::DecideAlike);
        }
        offers.extend([Command::Zoom, Command::Show, Command::Older, Command::Newer]);
        offers.extend(teach);
        offers
    }

    fn command(&mut self, command: Command, cx: &mut Cx<'_>) {
        if self.teaching {
            self.teach_command(command, cx);
            return;
        }
        match command {
            Command::Teach => {
                self.form = None;
                self.teaching = true;
            }
            Command::Back if self.zoom => self.zoom = false,
            Command::Zoom => {
                self.zoom = !self.zoom && !self.looks(cx).is_empty();
                self.zoom_at = 0;
            }
            Command::DecideAlike => self.begin_alike(cx),
            command if self.alike.is_some() => {
                let stays = self.alike.as_mut().is_some_and(|it| it.command(command, cx));
                if !stays {
                    self.alike = None;
                }
            }
            Command::Back => {
                if let Some(form) = &mut self.form {
                    form.back();
                }
            }
            Command::Show => {
                if let Some(at) = self.at {
                    cx.edit(LookFor::Sheet(at));
                }
            }
            Command::Older => self.next_group(1, cx),
            Command::Newer => self.next_group(-1, cx),
            Command::Confirm => {
                if let Some(form) = &mut self.form {
                    form.confirm(cx);
                    self.to_form = true;
                }
            }
            Command::Erase => {
                if let Some(form) = &mut self.form {
                    form.erase(cx);
                }
            }
            command => {
                if let (Some(form), Some(class)) = (&mut self.form, Class::of(command)) {
                    form.choose(class, cx);
                    self.to_form = true;
                }
            }
        }
    }

    fn pressed(&mut self, pressed: Pressed, cx: &mut Cx<'_>) {
        if self.teaching {
            self.teach.pressed(pressed, &mut room(cx));
            return;
        }
        if self.zoom {
            let last = self.looks(cx).len().saturating_sub(1);
            match pressed {
                Pressed::Key(Key::ArrowRight) => self.zoom_at = (self.zoom_at + 1).min(last),
                Pressed::Key(Key::ArrowLeft) => self.zoom_at = self.zoom_at.saturating_sub(1),
                _ => {}
            }
            return;
        }
        if let Some(alike) = &mut self.alike {
            alike.pressed(pressed, cx);
            return;
        }
        if self.deciding() {
            if let Some(form) = &mut self.form {
                form.pressed(pressed, cx);
                self.to_form = true;
            }
            return;
        }
        match pressed {
            Pressed::Key(Key::ArrowDown) => self.to(self.index + 1, cx),
            Pressed::Key(Key::ArrowUp) => self.to(self.index.saturating_sub(1), cx),
            Pressed::Key(Key::Home) => self.to(0, cx),
            Pressed::Key(Key::End) => self.to(usize::MAX, cx),
            _ => {}
        }
    }

    fn news(&mut self, news: &News, cx: &mut Cx<'_>) {
        self.teach.hear(news);
        self.files.hear(news);
        self.places.hear(news);
        if self.alike.as_mut().is_some_and(|alike| alike.hear(news, cx)) {
            self.alike = None;
        }
        if let News::Trouble(Trouble::Busy) = news {
            self.files.ask_again();
        }
        let done = self.form.as_mut().and_then(|form| form.hear(news, cx));
        if let (Some(events), Some(form)) = (done, &self.form) {
            decided(cx, form.about.sheet, events);
            self.form = None;
        }
    }

    fn enter(&mut self, cx: &mut Cx<'_>) {
        self.follow(cx);
    }

    /// What was begun and not confirmed is dropped: the next hand may be another's.
    fn leave(&mut self, _cx: &mut Cx<'_>) {
        self.form = None;
        self.alike = None;
        self.zoom = false;
        self.teaching = false;
    }

    fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        if self.teaching {
            self.teach.ui(ui, &mut room(cx), false);
            return;
        }
        self.follow(cx);
        if !self.zoom
            && let Some(alike) = &mut self.alike
        {
            alike_ui::show(ui, cx, alike);
            return;
        }
        page::show(ui, cx, self);
    }
}

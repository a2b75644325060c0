//! 読取: sheets one after the other. The last one's number stands large with its verdict; on a stop
//! there is one sentence, what to do with the paper.

mod going_on;
mod last;
mod pull;
mod source;
mod strip;

use super::{Cx, Screen};
use crate::flow::event::Place;
use crate::flow::outcome::Outcome;
use crate::flow::view::EnvelopeView;
use crate::flow::{EnvelopeId, Event, Input, NoSheet, SheetId};
use crate::ui::command::{Command, Pressed};
use crate::ui::fault::Fault;
use crate::ui::port::{FolderNews, Heard, Lane, Light, News, Order, Ticket};
use crate::ui::refusals;
use crate::ui::session::Stage;
use crate::ui::wedge::scans::Code;
use crate::ui::widgets;
use crate::voucher::KindId;
use egui::{Ui, Vec2};
use pull::PullList;
use std::collections::VecDeque;

/// Sheets that are kept for the strip.
const LAST: usize = 24;
/// Within so many seconds a second Enter is the same press, or the picture is still on its way.
const AGAIN: f64 = 0.6;
/// The flash lasts so long, seconds.
const FLASH: f64 = 0.16;
/// Below this height, points at 100 %, the strip shows nothing that could be told.
const STRIP_LOW: f32 = 64.0;

#[derive(Debug, Default)]
pub struct Read {
    /// The envelope of which everything here is.
    of: Option<EnvelopeId>,
    /// Newest first.
    last: VecDeque<Outcome>,
    /// The kind of the pile, where the operator sorted it.
    pile: Option<KindId>,
    zoom: bool,
    flash: Option<f64>,
    folder: Folder,
    /// Files that the folder's count left as not finished.
    unfinished: Vec<String>,
    /// The envelope that the folder is or was counted into.
    folder_into: Option<EnvelopeId>,
    /// The papers to pull, while they are shown.
    pulling: Option<PullList>,
    /// The envelope whose last sheets were asked for, and the question.
    fetched: Option<EnvelopeId>,
    asked: Option<Ticket>,
    undo: Option<(Ticket, SheetId)>,
    hold: Option<Ticket>,
    /// When a picture was asked for that has not become a sheet yet, or a stop was left, seconds: a
    /// second press of the same finger takes nothing.
    pressed_at: Option<f64>,
    /// Why the sheet in hand was not taken; until the next one is.
    refused: Option<String>,
}

/// How the folder's count stands.
#[derive(Debug, Default)]
enum Folder {
    #[default]
    Still,
    Running,
    Ended {
        sheets: u64,
    },
    Stopped(NoSheet),
    Failed(Fault),
}

impl Read {
    /// The stop whose paper is not in its tray yet.
    fn stop_open<'a>(&'a self, cx: &Cx<'_>) -> Option<&'a Outcome> {
        let open = cx.lights.stop_open?;
        self.last.iter().find(|outcome| outcome.sheet == open)
    }

    /// While nobody sees what a sheet comes to, none is taken.
    fn lane(&self, cx: &mut Cx<'_>) {
        let blind = self.pulling.is_some() || cx.session.resumed;
        let open = cx.envelope().filter(|envelope| envelope.open && !blind);
        let lane = open.zip(cx.session.my_id()).map(|(envelope, by)| Lane {
            envelope: envelope.id,
            by,
            kind: self.pile.clone(),
        });
        cx.order(Order::Lane(lane));
    }

    fn next_pile(&mut self, cx: &mut Cx<'_>) {
        let kinds = cx.profile.kinds.iter().map(|kind| kind.id.clone()).collect::<Vec<_>>();
        let index = self.pile.as_ref().and_then(|pile| kinds.iter().position(|it| it == pile));
        self.pile = match index {
            None => kinds.first().cloned(),
            Some(index) => kinds.get(index + 1).cloned(),
        };
        self.lane(cx);
    }

    fn undo(&mut self, cx: &mut Cx<'_>) {
        // The answer to the first press says which sheet is the last.
        if self.undo.is_some() {
            return;
        }
        let Some(envelope) = cx.envelope() else { return };
        match envelope.last {
            Some(ordinal) => {
                let sheet = SheetId { envelope: envelope.id, ordinal };
                self.undo = cx.act(Input::Undo { sheet }).map(|ticket| (ticket, sheet));
            }
            None => cx.warn(cx.words.read_nothing_to_undo()),
        }
    }

    fn hold(&mut self, cx: &mut Cx<'_>) {
        if self.hold.is_some() {
            return;
        }
        if let Some(last) = self.last.front() {
            let (sheet, reason) = (last.sheet, cx.words.read_hold_reason());
            self.hold = cx.act(Input::Hold { sheet, reason });
        }
    }

    fn hear_outcome(&mut self, outcome: &Outcome, cx: &Cx<'_>) {
        if cx.session.envelope != Some(outcome.sheet.envelope) {
            return;
        }
        self.last.push_front(outcome.clone());
        self.last.truncate(LAST);
        self.zoom = false;
        self.pressed_at = None;
        self.refused = None;
        self.flash = Some(cx.now + FLASH);
    }

    fn hear_folder(&mut self, news: &FolderNews, cx: &mut Cx<'_>) {
        self.folder_into = self.folder_into.or(cx.session.envelope);
        match news {
            FolderNews::Started => {
                self.folder = Folder::Running;
                self.unfinished.clear();
                self.folder_into = cx.session.envelope;
            }
            FolderNews::Unfinished { files } => self.unfinished.clone_from(files),
            FolderNews::Stopped { why } => {
                self.folder = Folder::Stopped(*why);
                self.pull_after_run(cx);
            }
            FolderNews::Aside { file, why } => {
                let why = refusals::no_sheet(cx.words, *why);
                cx.warn(cx.words.aside_told(file, why));
            }
            FolderNews::Already { file } => cx.warn(cx.words.read_already(file)),
            FolderNews::Ended { sheets } => {
                self.folder = Folder::Ended { sheets: *sheets };
                self.pull_after_run(cx);
            }
            FolderNews::Failed(why) => self.folder = Folder::Failed(why.clone()),
        }
    }
}

impl Read {
    /// A run has ended: the papers that do not belong on the pile are shown at once.
    fn pull_after_run(&mut self, cx: &mut Cx<'_>) {
        let here = cx.session.stage == Stage::Read && self.folder_into == cx.session.envelope;
        let some = cx.envelope().is_some_and(|it| it.open && !it.pull.is_empty());
        if here && some && cx.session.me.is_some() && cx.lights.stop_open.is_none() {
            self.open_pull(cx);
        }
    }

    fn open_pull(&mut self, cx: &mut Cx<'_>) {
        if let Some(envelope) = cx.envelope().filter(|it| it.open) {
            self.pulling = Some(PullList::open(cx, &envelope));
            self.lane(cx);
        }
    }

    fn close_pull(&mut self, cx: &mut Cx<'_>) {
        if self.pulling.take().is_some() {
            self.lane(cx);
        }
    }

    fn go_on(&mut self, cx: &mut Cx<'_>) {
        cx.session.resumed = false;
        self.lane(cx);
    }
}

impl Screen for Read {
    fn offers(&self, cx: &Cx<'_>) -> Vec<Command> {
        let Some(envelope) = cx.envelope().filter(|it| it.open) else {
            return Vec::new();
        };
        if self.waits_to_go_on(cx) {
            return vec![Command::Resume];
        }
        if self.pulling.is_some() {
            return PullList::offers();
        }
        let mut offers = Vec::new();
        if cx.lights.stop_open.is_some() {
            offers.push(Command::GoOn);
        } else {
            if cx.lights.camera == Light::Ready {
                offers.push(Command::Capture);
            }
            offers.push(Command::CannotRead);
        }
        if envelope.last.is_some() {
            offers.push(Command::Undo);
        }
        let waits = |it: &Outcome| matches!(it.place, Place::Check { .. } | Place::Entry);
        if self.last.front().is_some_and(waits) {
            offers.push(Command::Hold);
        }
        if !self.last.is_empty() {
            offers.push(Command::Zoom);
        }
        if cx.settings.folder.on {
            offers.push(Command::Folder);
        }
        if !envelope.pull.is_empty() {
            offers.push(Command::PullList);
        }
        offers.push(Command::NextKind);
        offers
    }

    fn command(&mut self, command: Command, cx: &mut Cx<'_>) {
        if let Some(list) = &mut self.pulling
            && let Some(envelope) = cx.envelope()
        {
            match command {
                Command::Back => self.close_pull(cx),
                command => list.command(command, &envelope, cx),
            }
            return;
        }
        match command {
            Command::Resume => self.go_on(cx),
            Command::PullList => self.open_pull(cx),
            Command::GoOn => {
                self.pressed_at = Some(cx.now);
                if let Some(sheet) = cx.lights.stop_open {
                    cx.order(Order::GoOn(sheet));
                }
            }
            Command::Capture if self.pressed_at.is_some_and(|at| cx.now - at < AGAIN) => {}
            Command::Capture if cx.settings.camera.device == "simulated" => {
                cx.order(Order::LayTrainingSheet);
            }
            Command::Capture => {
                self.pressed_at = Some(cx.now);
                cx.order(Order::Capture);
            }
            Command::CannotRead => cx.order(Order::CannotRead),
            Command::Undo => self.undo(cx),
            Command::Hold => self.hold(cx),
            Command::Zoom => self.zoom = !self.zoom,
            Command::Back => self.zoom = false,
            Command::NextKind => self.next_pile(cx),
            Command::Folder => match self.folder {
                Folder::Running => cx.order(Order::StopFolder),
                _ => cx.order(Order::StartFolder),
            },
            _ => {}
        }
    }

    fn pressed(&mut self, pressed: Pressed, cx: &mut Cx<'_>) {
        if let Some(list) = &mut self.pulling
            && let Some(envelope) = cx.envelope()
        {
            list.pressed(pressed, &envelope);
        }
    }

    fn code(&mut self, code: &Code, cx: &mut Cx<'_>) -> bool {
        let why = match (self.waits_to_go_on(cx), self.pulling.is_some()) {
            (true, _) => Some(cx.words.go_on_first()),
            (false, true) => Some(cx.words.pull_close_first()),
            (false, false) => None,
        };
        if let Some(why) = why {
            cx.order(Order::Try(Heard::Refused));
            cx.warn(why);
            return true;
        }
        cx.order(Order::Code(code.text.clone()));
        true
    }

    fn enter(&mut self, cx: &mut Cx<'_>) {
        let envelope = cx.session.envelope;
        self.last.retain(|outcome| Some(outcome.sheet.envelope) == envelope);
        if std::mem::replace(&mut self.of, envelope) != envelope {
            // What was said of another envelope's sheets and folder is no news of this one.
            self.refused = None;
            if !matches!(self.folder, Folder::Running) {
                self.folder = Folder::Still;
                self.unfinished.clear();
            }
        }
        if self.fetched != envelope {
            self.fetched = None;
        }
        self.pulling = None;
        self.fetch_last(cx);
        self.lane(cx);
    }

    /// Sheets that are laid while another stage is shown are not taken: nobody would see what they
    /// came to. The folder goes on.
    fn leave(&mut self, cx: &mut Cx<'_>) {
        self.pulling = None;
        cx.order(Order::Lane(None));
    }

    fn news(&mut self, news: &News, cx: &mut Cx<'_>) {
        self.hear_last(news, cx);
        if let Some(list) = &mut self.pulling {
            list.hear(news, cx);
        }
        match news {
            News::Outcome(outcome) => self.hear_outcome(outcome, cx),
            News::Folder(told) => self.hear_folder(told, cx),
            News::NotTaken(why) => {
                self.pressed_at = None;
                self.refused = Some(cx.words.not_taken(why));
            }
            News::Trouble(why) if cx.session.stage == Stage::Read => {
                self.pressed_at = None;
                self.refused = Some(cx.words.trouble(why));
            }
            News::Done { ticket, events } => {
                if let Some((_, sheet)) = self.undo.take_if(|(undo, _)| undo == ticket) {
                    self.last.retain(|outcome| outcome.sheet != sheet);
                    let name = cx.sheet_name(sheet);
                    cx.tell(cx.words.read_undone(name));
                    // The stop of a sheet that was taken back is over.
                    if cx.lights.stop_open == Some(sheet) {
                        cx.order(Order::GoOn(sheet));
                    }
                }
                if self.hold.take_if(|hold| hold == ticket).is_some() {
                    cx.tell(cx.words.read_held());
                    for recorded in events {
                        if let Event::SheetSettled { sheet, place, .. } = &recorded.event
                            && let Some(held) = self.last.iter_mut().find(|it| it.sheet == *sheet)
                        {
                            held.place = place.clone();
                        }
                    }
                }
            }
            News::Refused { ticket, why } => {
                let undo = self.undo.take_if(|(undo, _)| undo == ticket).is_some();
                let hold = self.hold.take_if(|hold| hold == ticket).is_some();
                if undo || hold {
                    cx.warn(cx.words.trouble(why));
                }
            }
            News::SignedIn(_) if cx.session.stage == Stage::Read => self.lane(cx),
            _ => {}
        }
    }

    fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let Some(envelope) = cx.envelope() else {
            widgets::empty(ui, cx.theme, &cx.words.read_no_envelope(), &cx.words.read_open_one());
            return;
        };
        if !envelope.open {
            let what = cx.words.read_closed_what();
            widgets::empty(ui, cx.theme, &cx.words.read_closed(), &what);
            return;
        }
        if let Some(list) = &mut self.pulling {
            if let Some(clicked) = list.ui(ui, cx, &envelope) {
                self.command(clicked, cx);
            }
            return;
        }
        self.flash(ui, cx);
        if ui.available_height() < cx.theme.size(300.0) {
            // Large type in a small window: the verdict and the paper come first.
            if self.zoom {
                source::show(ui, cx, self);
                return;
            }
            if self.waits_to_go_on(cx) {
                self.right(ui, cx, &envelope);
                return;
            }
            last::tight(ui, cx, self, &envelope);
            let left = ui.available_height();
            if left >= cx.theme.size(STRIP_LOW) {
                strip::show(ui, cx, &self.last, left.min(cx.theme.size(118.0)));
            }
            return;
        }
        let strip = cx.theme.size(118.0).min(ui.available_height() * 0.3);
        let height = ui.available_height() - strip - 8.0;
        let width = ui.available_width();
        ui.allocate_ui_with_layout(
            Vec2::new(width, height),
            egui::Layout::left_to_right(egui::Align::Min),
            |ui| {
                let left = if self.shows_picture(cx) { width * 0.46 } else { width * 0.28 };
                let size = Vec2::new(left, height);
                ui.allocate_ui_with_layout(size, egui::Layout::top_down(egui::Align::Min), |ui| {
                    ui.set_min_size(size);
                    source::show(ui, cx, self);
                });
                ui.add_space(16.0);
                let size = Vec2::new(ui.available_width(), height);
                ui.allocate_ui_with_layout(size, egui::Layout::top_down(egui::Align::Min), |ui| {
                    ui.set_min_size(size);
                    self.right(ui, cx, &envelope);
                });
            },
        );
        strip::show(ui, cx, &self.last, strip);
    }
}

impl Read {
    /// The last sheet, or what there is to go on with.
    fn right(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, envelope: &EnvelopeView) {
        if !self.waits_to_go_on(cx) {
            last::show(ui, cx, self, envelope);
        } else if going_on::show(ui, cx, self, envelope) {
            self.go_on(cx);
        }
    }

    fn shows_picture(&self, cx: &Cx<'_>) -> bool {
        self.zoom || cx.preview.is_some()
    }

    /// A frame in the sign's colour for those who don't hear.
    fn flash(&mut self, ui: &Ui, cx: &Cx<'_>) {
        let (Some(until), Some(last)) = (self.flash, self.last.front()) else { return };
        if cx.now >= until {
            self.flash = None;
            return;
        }
        let colour = widgets::Sign::of(&last.place).colour(cx.theme);
        let rect = ui.max_rect().expand(12.0);
        let stroke = egui::Stroke::new(8.0, colour);
        ui.painter().rect_stroke(rect, 0.0, stroke, egui::StrokeKind::Inside);
        ui.ctx().request_repaint_after_secs((until - cx.now) as f32);
    }
}

/// Sheets of the bundle that lies there now, and the bundle's number, from 1.
fn bundle(envelope: &EnvelopeView) -> (u32, u32) {
    let size = envelope.bundle.max(1);
    let place = envelope.fed;
    if place == 0 { (1, 0) } else { ((place - 1) / size + 1, (place - 1) % size + 1) }
}

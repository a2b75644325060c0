//! 納品: ready, what, where, from left to right; then the writing, step by step; below what left before.

mod asked;
mod earlier;
mod files;
mod ready;
mod run;
mod target;
mod trouble;
mod what;

use super::{Cx, Screen};
use crate::flow::person::Duty;
use crate::flow::view::EnvelopeView;
use crate::flow::{DeliveryId, View};
use crate::ui::command::{Command, Pressed};
use crate::ui::fault::Fault;
use crate::ui::port::{DeliveryLine, FileHead, News, PreflightPoint, Room, Target};
use crate::ui::session::Errand;
use crate::ui::theme::{GAP, GAP_STAGE, GAP_WIDE};
use crate::ui::widgets;
use crate::voucher::Yen;
use asked::{Asked, LOOK_EVERY};
use egui::{Key, Layout, Rect, ScrollArea, Ui, UiBuilder, Vec2};
use std::path::PathBuf;
use std::sync::Arc;

/// A narrower stage (points at 100 %) has its three columns below each other.
const THREE_COLUMNS: f32 = 820.0;

#[derive(Debug, Default)]
pub struct Deliver {
    /// `None` until the station has answered.
    points: Option<Vec<PreflightPoint>>,
    targets: Vec<Target>,
    files: Files,
    earlier: Vec<DeliveryLine>,
    asked: Asked,
    /// The preflight line that `.` mends; lines are counted as they stand.
    line: Option<usize>,
    /// The keys moved to another line, and it must be seen.
    show_line: bool,
    place: Place,
    work: Work,
    failure: Option<trouble::Failure>,
    giving_up: Option<trouble::GivingUp>,
    /// The file that is shown large.
    large: Option<usize>,
    /// Points to scroll in the next frame.
    scroll: f32,
    aside: f32,
}

#[derive(Debug, Default)]
enum Files {
    #[default]
    Coming,
    Here(Vec<FileHead>),
    /// The delivery could not be made as things stand.
    Failed(Fault),
}

/// Where it shall go.
#[derive(Debug, Default)]
struct Place {
    /// A listed one; `None`: the first that has room.
    chosen: Option<PathBuf>,
    /// A folder that was typed, once it is confirmed.
    typed: Option<PathBuf>,
    text: String,
    typing: bool,
    /// The field wants the focus.
    focus: bool,
    /// Where the delivery under way goes.
    going: Option<PathBuf>,
}

#[derive(Debug, Default)]
enum Work {
    #[default]
    Idle,
    Running(run::Run),
    Done(run::Done),
}

/// What leaves: the envelopes of the delivery that is prepared, else all that are closed.
fn leaving(view: &View) -> impl Iterator<Item = &Arc<EnvelopeView>> {
    let begun = view.delivering.is_some();
    view.envelopes.values().filter(move |it| if begun { it.delivering } else { !it.open })
}

/// Envelopes, sheets and yen of what leaves.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    envelopes: u64,
    sheets: u64,
    amount: Yen,
}

impl Sum {
    fn of(view: &View) -> Sum {
        leaving(view).fold(Sum::default(), |sum, envelope| Sum {
            envelopes: sum.envelopes + 1,
            sheets: sum.sheets + u64::from(envelope.position),
            amount: Yen(sum.amount.0.saturating_add(envelope.amount.0)),
        })
    }

    fn words(&self, cx: &Cx<'_>) -> String {
        let words = cx.words;
        words.deliver_sum(
            words.envelopes(self.envelopes),
            what::sheet_words(cx, self.sheets),
            words.yen(self.amount),
        )
    }
}

/// `01-0007`
fn delivery_name(cx: &Cx<'_>, id: DeliveryId) -> String {
    cx.view.station.as_ref().map_or_else(|| id.0.to_string(), |it| it.delivery(id))
}

/// Who is signed in may deliver.
fn may(cx: &Cx<'_>) -> bool {
    cx.session.me.as_ref().is_some_and(|me| me.role.may(Duty::Deliver))
}

impl Deliver {
    /// Where the delivery would go now.
    fn target(&self) -> Option<PathBuf> {
        if let Some(typed) = &self.place.typed {
            return Some(typed.clone());
        }
        let listed = self.place.chosen.as_ref();
        let chosen = listed.and_then(|path| self.targets.iter().find(|it| it.path == *path));
        let fits = |it: &&Target| it.room == Room::Enough;
        chosen.filter(fits).or_else(|| self.targets.iter().find(fits)).map(|it| it.path.clone())
    }

    /// The name of a place as the list has it, else its path.
    fn target_name(&self, path: &std::path::Path) -> String {
        let listed = self.targets.iter().find(|it| it.path == path);
        listed.map_or_else(|| path.display().to_string(), |it| it.name.clone())
    }

    /// Why Enter does nothing now, in one sentence; `None`: it delivers.
    fn not_yet(&self, cx: &Cx<'_>) -> Option<String> {
        let words = cx.words;
        if !ready::second_there(cx) {
            return Some(words.deliver_no_second());
        }
        let begun = cx.view.delivering.is_some();
        if !begun {
            match &self.points {
                None => return Some(words.deliver_checking()),
                Some(_) if Sum::of(cx.view).envelopes == 0 => {
                    return Some(words.deliver_nothing_closed());
                }
                Some(points) if points.iter().any(ready::blocks) => {
                    return Some(words.deliver_mend_first());
                }
                Some(_) => {}
            }
        }
        self.target().is_none().then(|| words.deliver_put_stick_in())
    }

    fn deliver(&mut self, cx: &mut Cx<'_>) {
        let Some(target) = self.target() else { return };
        let sum = Sum::of(cx.view).words(cx);
        let what = cx.words.deliver_second_for(self.target_name(&target), sum);
        self.place.going = Some(target.clone());
        self.asked.second = Some(cx.with_second(Errand::Deliver { target }, what));
    }

    fn choose(&mut self, index: usize, cx: &mut Cx<'_>) {
        let Some(target) = self.targets.get(index) else { return };
        if target.room == Room::Enough {
            self.place.chosen = Some(target.path.clone());
            self.place.typed = None;
        } else {
            cx.warn(target::room_words(cx, target));
        }
    }

    fn type_folder(&mut self, cx: &Cx<'_>) {
        if self.place.text.is_empty() {
            self.place.text.clone_from(&cx.settings.target);
        }
        self.place.typing = true;
        self.place.focus = true;
    }

    /// A field is open, with or without the focus.
    fn typing(&self) -> bool {
        self.place.typing || self.giving_up.is_some()
    }

    fn back(&mut self) {
        if self.large.take().is_some() || std::mem::take(&mut self.place.typing) {
            return;
        }
        if self.giving_up.take().is_none() && self.failure.take().is_none() {
            self.place.typed = None;
        }
    }
}

impl Screen for Deliver {
    fn offers(&self, cx: &Cx<'_>) -> Vec<Command> {
        if !may(cx) {
            return Vec::new();
        }
        match self.work {
            Work::Running(_) => return Vec::new(),
            Work::Done(_) => return vec![Command::Confirm],
            Work::Idle => {}
        }
        if self.typing() {
            return Vec::new();
        }
        if self.large.is_some() {
            return vec![Command::Preview, Command::Choose];
        }
        let mut offers = Vec::new();
        if self.not_yet(cx).is_none() {
            offers.push(Command::Deliver);
        }
        if cx.view.delivering.is_some() {
            offers.push(Command::Abandon);
        }
        if ready::mend(self, cx).is_some() {
            offers.push(Command::Mend);
        }
        if matches!(&self.files, Files::Here(files) if !files.is_empty()) {
            offers.push(Command::Preview);
        }
        offers.push(Command::OtherFolder);
        if !self.targets.is_empty() {
            offers.push(Command::Choose);
        }
        offers.extend([Command::Older, Command::Newer]);
        offers
    }

    fn command(&mut self, command: Command, cx: &mut Cx<'_>) {
        let page = cx.theme.size(160.0);
        match command {
            Command::Deliver => self.deliver(cx),
            Command::Confirm => self.work = Work::Idle,
            Command::Abandon => self.giving_up = Some(trouble::GivingUp::new()),
            Command::Mend => ready::go(ready::mend(self, cx), cx),
            Command::Preview => {
                self.large = if self.large.is_some() { None } else { Some(0) };
                self.aside = 0.0;
            }
            Command::OtherFolder => self.type_folder(cx),
            Command::Older => self.scroll = page,
            Command::Newer => self.scroll = -page,
            Command::Back => self.back(),
            _ => {}
        }
    }

    fn pressed(&mut self, pressed: Pressed, cx: &mut Cx<'_>) {
        if !may(cx) || !matches!(self.work, Work::Idle) {
            return;
        }
        if self.typing() {
            // The field was left by a click; keys that act stay asleep until it is closed.
            self.place.focus = true;
            if let Some(giving_up) = &mut self.giving_up {
                giving_up.focus = true;
            }
            return;
        }
        let sideways = cx.theme.size(240.0);
        match pressed {
            Pressed::Char(digit) if digit.is_ascii_digit() => {
                let Some(index) = digit.to_digit(10).and_then(|it| (it as usize).checked_sub(1))
                else {
                    return;
                };
                match (&mut self.large, &self.files) {
                    (Some(large), Files::Here(files)) if index < files.len() => *large = index,
                    (Some(_), _) => {}
                    (None, _) => self.choose(index, cx),
                }
            }
            Pressed::Key(Key::ArrowRight) => self.aside = sideways,
            Pressed::Key(Key::ArrowLeft) => self.aside = -sideways,
            Pressed::Key(Key::ArrowDown) => ready::step(self, cx, 1),
            Pressed::Key(Key::ArrowUp) => ready::step(self, cx, -1),
            Pressed::Key(Key::Enter) if self.large.is_none() => {
                if let Some(why) = self.not_yet(cx) {
                    cx.warn(why);
                }
            }
            _ => {}
        }
    }

    fn enter(&mut self, cx: &mut Cx<'_>) {
        // What was true when the screen was left may not be true now.
        let (second, give_up) = (self.asked.second, self.asked.give_up);
        self.asked = Asked { second, give_up, ..Asked::default() };
        self.line = None;
        if may(cx) {
            self.ask(cx);
        }
    }

    fn leave(&mut self, _cx: &mut Cx<'_>) {
        self.giving_up = None;
        self.large = None;
        self.place.typing = false;
    }

    fn news(&mut self, news: &News, cx: &mut Cx<'_>) {
        match news {
            News::Found { ticket, answer } => self.found(*ticket, answer),
            News::Vouched { ticket, .. }
                if self.asked.second.take_if(|it| it == ticket).is_some() =>
            {
                self.failure = None;
                self.work = Work::Running(run::Run::new(cx.now));
            }
            News::Delivering(step) => self.step(step, cx),
            News::Done { ticket, .. }
                if self.asked.give_up.take_if(|it| it == ticket).is_some() =>
            {
                self.giving_up = None;
                self.failure = None;
                cx.tell(cx.words.deliver_given_up());
            }
            News::Refused { ticket, why }
                if self.asked.give_up.take_if(|it| it == ticket).is_some() =>
            {
                cx.warn(cx.words.trouble(why));
            }
            _ => {}
        }
    }

    fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        if !may(cx) {
            let (title, what) = (cx.words.deliver_not_you(), cx.words.deliver_not_you_what());
            widgets::empty(ui, cx.theme, &title, &what);
            return;
        }
        match &self.work {
            Work::Running(run) => return run::running(ui, cx, run),
            Work::Done(done) => return run::done(ui, cx, done),
            Work::Idle => {}
        }
        self.ask(cx);
        ui.ctx().request_repaint_after_secs(LOOK_EVERY as f32);
        if let (Some(index), Files::Here(files)) = (self.large, &self.files) {
            if let Some(chosen) =
                files::large(ui, cx, files, index, std::mem::take(&mut self.aside))
            {
                self.large = Some(chosen);
            }
            return;
        }
        self.large = None;
        if ui.available_width() < cx.theme.size(THREE_COLUMNS) {
            self.stacked(ui, cx);
        } else {
            self.side_by_side(ui, cx);
        }
    }
}

/// Drawing.
impl Deliver {
    fn side_by_side(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        trouble::show(ui, cx, self);
        let all = ui.available_rect_before_wrap();
        // What left before takes no more than it needs; the columns have the rest.
        let most = (all.height() * 0.27).clamp(cx.theme.size(84.0), cx.theme.size(200.0));
        let below = earlier::height(cx.theme, self.earlier.len()).min(most);
        let columns = Rect::from_min_max(all.min, all.max - Vec2::new(0.0, below + GAP_WIDE));
        let width = (columns.width() - 2.0 * GAP_STAGE) / 3.0;
        for index in 0..3 {
            let left = columns.left() + index as f32 * (width + GAP_STAGE);
            let min = egui::pos2(left, columns.top());
            let column = Rect::from_min_size(min, Vec2::new(width, columns.height()));
            if index > 0 {
                let x = left - GAP_STAGE / 2.0;
                ui.painter().vline(x, column.y_range(), cx.theme.hairline());
            }
            let builder = UiBuilder::new().max_rect(column).layout(Layout::default());
            let mut ui = ui.new_child(builder);
            ui.set_clip_rect(column.expand(GAP / 2.0).intersect(ui.clip_rect()));
            let area = ScrollArea::vertical().id_salt(("column", index)).auto_shrink(false);
            area.show(&mut ui, |ui| self.column(ui, cx, index, false));
        }
        ui.advance_cursor_after_rect(columns);
        let builder = UiBuilder::new()
            .max_rect(Rect::from_min_max(egui::pos2(all.left(), all.bottom() - below), all.max));
        ui.scope_builder(builder, |ui| {
            let scroll = std::mem::take(&mut self.scroll);
            earlier::show(ui, cx, &self.earlier, scroll);
        });
    }

    /// Large type in a small window: what Enter does stays on top, the rest is scrolled.
    fn stacked(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        if self.giving_up.is_none() {
            target::summary(ui, cx, self);
        }
        let area = ScrollArea::vertical().id_salt("stacked").auto_shrink(false);
        area.show(ui, |ui| {
            ui.scroll_with_delta(Vec2::new(0.0, -std::mem::take(&mut self.scroll)));
            trouble::show(ui, cx, self);
            for index in 0..3 {
                self.column(ui, cx, index, true);
                ui.add_space(GAP_WIDE);
            }
            earlier::list(ui, cx, &self.earlier);
        });
    }

    fn column(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, index: usize, stacked: bool) {
        match index {
            0 => ready::show(ui, cx, self),
            1 => what::show(ui, cx, &self.files),
            _ => target::show(ui, cx, self, stacked),
        }
    }
}

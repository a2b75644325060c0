//! The papers to pull out of a pile that a document scanner has fed: each by its place and its tray, to
//! tick off with one key, and as a text to print.

use crate::flow::event::Place;
use crate::flow::paper::Tray;
use crate::flow::pull::{Pull, Pulled};
use crate::flow::view::EnvelopeView;
use crate::flow::{EnvelopeId, SheetId};
use crate::ui::command::{Command, Pressed};
use crate::ui::port::{Answer, News, Query, Ticket};
use crate::ui::refusals;
use crate::ui::screen::Cx;
use crate::ui::screen::edit::paint;
use crate::ui::screen::edit::rows::{self, Cursor};
use crate::ui::text::TextToKeep;
use crate::ui::theme::GAP;
use crate::ui::widgets::{Sign, button, empty, paint_sign};
use egui::{Align2, Key, Rect, Sense, Ui, Vec2, WidgetInfo, pos2};
use std::path::PathBuf;

/// Rows that PgDn goes over.
const PAGE: isize = 8;

/// The list while it is open.
#[derive(Debug, Default)]
pub(super) struct PullList {
    cursor: Cursor,
    /// The text is being written.
    kept: Option<Ticket>,
}

impl PullList {
    /// At the first paper that is still in the pile.
    pub fn open(cx: &Cx<'_>, envelope: &EnvelopeView) -> PullList {
        let mut list = PullList::default();
        list.cursor.to(next(cx, envelope, 0).unwrap_or_default());
        list
    }

    pub fn offers() -> Vec<Command> {
        vec![
            Command::TickPaper,
            Command::ChooseLine,
            Command::KeepList,
            Command::Back,
            Command::Older,
            Command::Newer,
        ]
    }

    pub fn command(&mut self, command: Command, envelope: &EnvelopeView, cx: &mut Cx<'_>) {
        let count = envelope.pull.len();
        match command {
            Command::TickPaper => self.tick(envelope, cx),
            Command::KeepList if self.kept.is_none() && count > 0 => {
                let text = text(cx, envelope);
                self.kept = Some(cx.ask(Query::KeepText(text)));
            }
            Command::ChooseLine => self.cursor.step(1, count),
            Command::Older => self.cursor.step(PAGE, count),
            Command::Newer => self.cursor.step(-PAGE, count),
            _ => {}
        }
    }

    pub fn pressed(&mut self, pressed: Pressed, envelope: &EnvelopeView) {
        let count = envelope.pull.len();
        match pressed {
            Pressed::Key(Key::ArrowUp) => self.cursor.step(-1, count),
            Pressed::Key(Key::Home) => self.cursor.step(isize::MIN, count),
            Pressed::Key(Key::End) => self.cursor.step(isize::MAX, count),
            _ => {}
        }
    }

    /// Ticks the paper under the cursor and goes to the next one that is still in the pile.
    fn tick(&mut self, envelope: &EnvelopeView, cx: &mut Cx<'_>) {
        let Some(pull) = envelope.pull.get(self.cursor.at) else { return };
        cx.session.pulled.tick(envelope.id, &pull.what);
        if cx.session.pulled.has(envelope.id, &pull.what) {
            self.cursor.to(next(cx, envelope, self.cursor.at).unwrap_or(self.cursor.at));
        }
    }

    pub fn hear(&mut self, news: &News, cx: &mut Cx<'_>) {
        let News::Found { ticket, answer } = news else { return };
        if self.kept.take_if(|kept| kept == ticket).is_none() {
            return;
        }
        match answer {
            Answer::Kept(path) => cx.tell(cx.words.pull_kept(path.display().to_string())),
            Answer::Failed(why) => cx.warn(cx.words.pull_not_kept(cx.words.fault(why))),
            _ => {}
        }
    }

    /// Draws it; gives a command that was clicked.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, envelope: &EnvelopeView) -> Option<Command> {
        let theme = cx.theme;
        let words = cx.words;
        if envelope.pull.is_empty() {
            empty(ui, theme, &words.pull_nothing(), &words.pull_nothing_what());
            return None;
        }
        self.cursor.at = self.cursor.at.min(envelope.pull.len() - 1);
        let mut clicked = None;
        let done = envelope.pull.iter().filter(|it| ticked(cx, envelope.id, it)).count();
        ui.horizontal(|ui| {
            let title = words.pull_title(envelope.pull.len(), done);
            paint::said(ui, &title, theme.heading(), theme.ink);
        });
        let narrow = ui.available_height() < theme.size(260.0);
        if !narrow {
            paint::told(ui, &words.pull_what(), theme.text(), theme.quiet);
            if button(ui, theme, &words.cmd_keep_list(), "+").clicked() {
                clicked = Some(Command::KeepList);
            }
            ui.add_space(GAP);
        }
        let at = self.cursor.at;
        let height = theme.size(46.0);
        rows::list(ui, "pull", envelope.pull.len(), height, &mut self.cursor, |ui, index, rect| {
            let Some(pull) = envelope.pull.get(index) else { return };
            if row(ui, cx, rect, envelope.id, pull, index == at) {
                cx.session.pulled.tick(envelope.id, &pull.what);
            }
        });
        clicked
    }
}

/// The first paper from here on that is still in the pile, else the first of all.
fn next(cx: &Cx<'_>, envelope: &EnvelopeView, from: usize) -> Option<usize> {
    let count = envelope.pull.len();
    let left = |index: &usize| {
        envelope.pull.get(*index).is_some_and(|pull| !ticked(cx, envelope.id, pull))
    };
    (from..count).chain(0..from).find(left)
}

fn ticked(cx: &Cx<'_>, envelope: EnvelopeId, pull: &Pull) -> bool {
    cx.session.pulled.has(envelope, &pull.what)
}

/// A paper: tick, place, tray, reason, file. True: clicked.
fn row(
    ui: &mut Ui,
    cx: &Cx<'_>,
    rect: Rect,
    envelope: EnvelopeId,
    pull: &Pull,
    chosen: bool,
) -> bool {
    let theme = cx.theme;
    let words = cx.words;
    let id = ui.scope_id().with(("pull", format!("{:?}", pull.what)));
    let response = ui.interact(rect, id, Sense::CLICK);
    paint::ground(ui, theme, rect, &response, chosen, true);
    let painter = ui.painter();
    let pulled = ticked(cx, envelope, pull);
    let ink = if pulled { theme.quiet } else { theme.ink };
    let inside = rect.shrink2(Vec2::new(theme.size(10.0), 2.0));
    let side = theme.size(22.0);
    let square = Rect::from_center_size(
        pos2(inside.left() + side / 2.0, inside.center().y),
        Vec2::splat(side),
    );
    painter.rect_stroke(square, 3.0, egui::Stroke::new(2.0, ink), egui::StrokeKind::Inside);
    if pulled {
        paint_sign(painter, Sign::Accepted, square.center(), side * 0.9, theme.accepted);
    }
    let mut left = square.right() + GAP;
    let mut cell = |width: f32| {
        let right = (left + width).min(inside.right());
        let cell = Rect::from_min_max(pos2(left, inside.top()), pos2(right, inside.bottom()));
        left = right + GAP;
        cell
    };
    let place = place(cx, pull);
    let tray = words.pull_tray(tray_no(pull.tray));
    let font = theme.heading();
    paint::line(painter, cell(theme.size(104.0)), Align2::RIGHT_CENTER, &place, font, ink);
    let font = theme.strong();
    paint::line(painter, cell(theme.size(104.0)), Align2::LEFT_CENTER, &tray, font, ink);
    let why = why(cx, envelope, pull);
    let rest = cell(f32::INFINITY);
    paint::line(painter, rest, Align2::LEFT_CENTER, &why, theme.text(), ink);
    let name = format!("{place} {tray} {why}");
    response.widget_info(|| WidgetInfo::selected(egui::Role::CheckBox, true, pulled, &name));
    response.clicked()
}

fn place(cx: &Cx<'_>, pull: &Pull) -> String {
    pull.place.map_or_else(|| cx.words.pull_no_place(), |place| cx.words.pull_place(place))
}

fn tray_no(tray: Tray) -> u32 {
    match tray {
        Tray::Done => 0,
        Tray::Entry => 1,
        Tray::Duplicate => 2,
        Tray::Supervisor => 3,
        Tray::Returned => 4,
    }
}

/// Why, in one sentence, with the file's name where that is all there is.
fn why(cx: &Cx<'_>, envelope: EnvelopeId, pull: &Pull) -> String {
    let words = cx.words;
    match &pull.what {
        Pulled::Aside { why, file, .. } => words.pull_aside(file, refusals::no_sheet(words, *why)),
        Pulled::Sheet { ordinal, place, reasons, .. } => {
            let sheet = cx.sheet_name(SheetId { envelope, ordinal: *ordinal });
            words.pull_sheet(sheet, sentence(cx, place, reasons))
        }
    }
}

fn sentence(cx: &Cx<'_>, place: &Place, reasons: &[crate::voucher::Reason]) -> String {
    let own = match place {
        Place::Settle { reasons, others, .. } => {
            if let Some(other) = others.first() {
                return cx.words.read_repeat(cx.sheet_name(*other));
            }
            reasons.first()
        }
        _ => None,
    };
    match own.or(reasons.first()) {
        Some(reason) => refusals::reason_sentence(cx.words, *reason),
        None => Sign::of(place).word(cx.words),
    }
}

/// The list as text, every paper on a line with a box to tick.
fn text(cx: &mut Cx<'_>, envelope: &EnvelopeView) -> TextToKeep {
    let shop = cx.shops.name(&envelope.shop, cx.session);
    let words = cx.words;
    let name = cx.envelope_name(envelope.id);
    let mut head = words.pull_text_title();
    if cx.view.training {
        head.push_str(&format!("  {}", words.training_band()));
    }
    head.push_str(&format!("\n{}  {shop} ({})", words.envelope_named(&name), envelope.shop));
    let mut body = format!("{}\n\n", words.pull_what());
    for pull in &envelope.pull {
        let tick = if ticked(cx, envelope.id, pull) { "x" } else { " " };
        let (place, tray) = (place(cx, pull), words.pull_tray(tray_no(pull.tray)));
        let why = why(cx, envelope.id, pull);
        body.push_str(&format!("[{tick}] {place}  {tray}  {why}\n"));
    }
    body.push_str(&format!("\n{}\n", words.sheets(envelope.pull.len())));
    TextToKeep {
        name: format!("pull-{name}.txt"),
        beside: PathBuf::from(&cx.settings.folder.path),
        head,
        body,
    }
}

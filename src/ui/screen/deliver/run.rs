//! A delivery under way, step by step, and its end.

use super::{delivery_name, what};
use crate::flow::DeliveryId;
use crate::ui::command::Command;
use crate::ui::port::DeliveryStep;
use crate::ui::screen::Cx;
use crate::ui::theme::{GAP, GAP_WIDE};
use crate::ui::widgets::{Segment, Sign, bar, paint_sign};
use crate::voucher::Yen;
use egui::{FontId, Label, RichText, ScrollArea, Sense, Ui, Vec2, WidgetInfo};
use std::path::PathBuf;

/// So long a step must have run before anyone says how long it still takes, seconds.
const SURE_AFTER: f64 = 2.0;

/// The steps in their order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    #[default]
    Preparing,
    Writing,
    Flushing,
    ReadingBack,
    Sealing,
}

impl Step {
    const ALL: [Step; 5] =
        [Step::Preparing, Step::Writing, Step::Flushing, Step::ReadingBack, Step::Sealing];
}

#[derive(Debug)]
pub(super) struct Run {
    id: Option<DeliveryId>,
    step: Step,
    done: u64,
    of: u64,
    /// Seconds since the window opened.
    since: f64,
    now: f64,
}

impl Run {
    pub fn new(now: f64) -> Run {
        Run { id: None, step: Step::default(), done: 0, of: 0, since: now, now }
    }

    pub fn step(&mut self, step: &DeliveryStep, now: f64) {
        let (step, done, of) = match step {
            DeliveryStep::Prepared { id } => {
                self.id = Some(*id);
                (Step::Writing, 0, 0)
            }
            DeliveryStep::Writing { sheets, of } => (Step::Writing, *sheets, *of),
            DeliveryStep::Flushing => (Step::Flushing, 0, 0),
            DeliveryStep::ReadingBack { bytes, of } if bytes < of => {
                (Step::ReadingBack, *bytes, *of)
            }
            DeliveryStep::ReadingBack { .. } => (Step::Sealing, 0, 0),
            DeliveryStep::Done { .. } | DeliveryStep::Failed { .. } => return,
        };
        if step != self.step {
            self.since = now;
        }
        (self.step, self.done, self.of, self.now) = (step, done, of, now);
    }

    /// Seconds that this step still takes, if it goes on as it went.
    fn left(&self) -> Option<u64> {
        let gone = self.now - self.since;
        if self.done == 0 || self.of == 0 || gone < SURE_AFTER {
            return None;
        }
        Some((gone * (self.of - self.done) as f64 / self.done as f64).ceil() as u64)
    }
}

#[derive(Debug)]
pub(super) struct Done {
    pub id: DeliveryId,
    pub folder: PathBuf,
    pub sheets: u64,
    pub amount: Yen,
}

pub(super) fn running(ui: &mut Ui, cx: &Cx<'_>, run: &Run) {
    let theme = cx.theme;
    let title = match run.id {
        Some(id) => cx.words.deliver_running(delivery_name(cx, id)),
        None => cx.words.deliver_preparing(),
    };
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.label(RichText::new(title).font(theme.heading()));
        let stay = RichText::new(cx.words.deliver_leave_in()).font(theme.strong());
        ui.label(stay.color(theme.look_at));
        ui.add_space(GAP);
        for step in Step::ALL {
            line(ui, cx, run, step);
        }
        ui.add_space(GAP_WIDE);
        let safe = RichText::new(cx.words.deliver_what_is_safe()).font(theme.text());
        ui.label(safe.color(theme.quiet));
    });
}

fn line(ui: &mut Ui, cx: &Cx<'_>, run: &Run, step: Step) {
    let theme = cx.theme;
    let word = match step {
        Step::Preparing => cx.words.deliver_step_prepare(),
        Step::Writing => cx.words.deliver_step_write(),
        Step::Flushing => cx.words.deliver_step_flush(),
        Step::ReadingBack => cx.words.deliver_step_read_back(),
        Step::Sealing => cx.words.deliver_step_seal(),
    };
    let (past, here) = (step < run.step, step == run.step);
    let ink = if past || here { theme.ink } else { theme.quiet };
    ui.horizontal(|ui| {
        ui.spacing_mut().interact_size.y = theme.size(34.0);
        let (rect, response) =
            ui.allocate_exact_size(Vec2::splat(theme.size(24.0)), Sense::hover());
        let painter = ui.painter();
        if past {
            let sign = Sign::Accepted;
            paint_sign(painter, sign, rect.center(), rect.width(), sign.colour(theme));
        } else {
            let radius = rect.width() * if here { 0.3 } else { 0.12 };
            let colour = if here { theme.accent } else { theme.quiet };
            painter.circle_filled(rect.center(), radius, colour);
        }
        let state = match (past, here) {
            (true, _) => cx.words.deliver_step_done(),
            (false, true) => cx.words.deliver_step_now(),
            (false, false) => cx.words.deliver_step_later(),
        };
        let name = format!("{word}: {state}");
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, &name));
        let font = if here { theme.strong() } else { theme.text() };
        // Only beside a bar is there too little room for the longest word.
        let part = if here && run.of > 0 { 0.28 } else { 0.9 };
        let width = theme.size(240.0).min(ui.available_width() * part);
        let size = Vec2::new(width, theme.size(34.0));
        ui.allocate_ui_with_layout(size, egui::Layout::left_to_right(egui::Align::Center), |ui| {
            ui.set_min_size(size);
            ui.add(Label::new(RichText::new(&word).font(font).color(ink)).truncate());
        });
        if here && run.of > 0 {
            let left = run.left().map(|seconds| cx.words.deliver_seconds_left(seconds));
            let room = theme.size(if left.is_some() { 250.0 } else { 60.0 });
            let width = (ui.available_width() - room).clamp(24.0, theme.size(520.0));
            let parts = [Segment { amount: run.done, colour: theme.accent }];
            let percent = run.done.saturating_mul(100) / run.of.max(1);
            let name = format!("{word} {percent} %");
            bar(ui, theme, &parts, run.of, Vec2::new(width, theme.size(16.0)), &name);
            let percent = RichText::new(format!("{percent} %")).font(theme.text());
            ui.add(Label::new(percent).truncate());
            if let Some(left) = left {
                let left = RichText::new(left).font(theme.small()).color(theme.quiet);
                ui.add(Label::new(left).truncate());
            }
        }
    });
}

/// The large face, made smaller until the text stands in one line, but no smaller than the other.
fn one_line(ui: &Ui, text: &str, large: FontId, least: &FontId) -> FontId {
    let ink = ui.visuals().text_color();
    let width = |font: &FontId| {
        let galley = ui.painter().layout_no_wrap(text.to_owned(), font.clone(), ink);
        galley.size().x + 1.5 * font.size
    };
    let fits = large.size * ui.available_width() / width(&large).max(1.0);
    let size = fits.floor().clamp(0.85 * least.size, large.size);
    FontId::new(size, large.family)
}

pub(super) fn done(ui: &mut Ui, cx: &Cx<'_>, done: &Done) {
    let theme = cx.theme;
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.add_space((ui.available_height() * 0.1).min(theme.size(60.0)));
        let text = cx.words.deliver_done(delivery_name(cx, done.id));
        let font = one_line(ui, &text, theme.verdict(), &theme.heading());
        ui.horizontal_top(|ui| {
            let size = Vec2::splat(font.size * 1.3);
            let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
            let sign = Sign::Accepted;
            paint_sign(ui.painter(), sign, rect.center(), rect.width(), sign.colour(theme));
            let word = cx.words.deliver_good();
            response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, &word));
            ui.vertical(|ui| {
                ui.label(RichText::new(text).font(font).color(theme.accepted));
            });
        });
        ui.add_space(GAP_WIDE);
        let sum = cx
            .words
            .deliver_sheets_and_yen(what::sheet_words(cx, done.sheets), cx.words.yen(done.amount));
        ui.add(Label::new(RichText::new(sum).font(theme.heading())).truncate());
        let folder = done.folder.display().to_string();
        let folder = RichText::new(folder).font(theme.small()).color(theme.quiet);
        ui.add(Label::new(folder).wrap());
        ui.add_space(GAP_WIDE);
        for next in [cx.words.deliver_next_hand_over(), cx.words.deliver_next_check()] {
            ui.label(RichText::new(next).font(theme.text()));
        }
        ui.add_space(GAP);
        let key = Command::Confirm.info().key;
        let then = RichText::new(cx.words.deliver_then(key)).font(theme.text());
        ui.label(then.color(theme.quiet));
    });
}

//! The last sheet: verdict, number, kind, place in the pile; on a stop the tray.

use super::{Folder, Read, bundle};
use crate::flow::event::Place;
use crate::flow::outcome::Outcome;
use crate::flow::pull::Pull;
use crate::flow::view::EnvelopeView;
use crate::ui::refusals;
use crate::ui::screen::Cx;
use crate::ui::theme::{CORNER, Theme};
use crate::ui::widgets::{Para, Sign, laid, paint_sign};
use crate::ui::words::Words;
use crate::voucher::Reason;
use egui::{Color32, CornerRadius, Frame, Label, RichText, Sense, Ui, Vec2, WidgetInfo};

pub(super) fn show(ui: &mut Ui, cx: &mut Cx<'_>, read: &Read, envelope: &EnvelopeView) {
    let open = read.stop_open(cx).or(read.last.front()).cloned();
    match &open {
        // A sheet that was not taken must not stand under the good word of the one before.
        _ if read.refused.is_some() && cx.lights.stop_open.is_none() => refused(ui, cx, read),
        Some(outcome) => sheet(ui, cx, outcome, envelope),
        None => ready(ui, cx),
    }
    notes(ui, cx, read, envelope);
}

/// Nothing was laid yet in this sitting.
fn ready(ui: &mut Ui, cx: &Cx<'_>) {
    let (theme, words) = (cx.theme, cx.words);
    let set = cx.settings;
    let (title, what) = match (set.camera.on, set.wedge.on || set.serial.on, set.folder.on) {
        (true, _, _) => (words.read_ready(), words.read_ready_what()),
        (false, true, true) => (words.read_ready_scan_or_folder(), words.read_by_hand()),
        (false, true, false) => (words.read_ready_scan(), words.read_by_hand()),
        (false, false, true) => (words.read_ready_folder(), words.read_by_hand()),
        (false, false, false) => (words.read_no_source(), words.read_by_hand()),
    };
    let high = ui.available_height();
    ui.add_space(high * if high < theme.size(260.0) { 0.05 } else { 0.2 });
    Para::new(&title, theme.verdict(), theme.ink).show(ui);
    Para::new(&what, theme.text(), theme.quiet).show(ui);
}

fn refused(ui: &mut Ui, cx: &Cx<'_>, read: &Read) {
    let theme = cx.theme;
    let title = RichText::new(cx.words.read_not_taken()).font(theme.verdict()).color(theme.stop);
    ui.add(Label::new(title).truncate());
    if let Some(why) = &read.refused {
        Para::new(why, theme.heading(), theme.ink).show(ui);
    }
}

/// Heights that a sheet's lines have in a low window, points at 100 %.
const TIGHT_TITLE: f32 = 40.0;
const TIGHT_NUMBER: std::ops::RangeInclusive<f32> = 26.0..=44.0;
const TIGHT_LINE: f32 = 38.0;
/// Height of the number's line as a part of its size.
const TIGHT_LEAD: f32 = 1.4;

/// Large type in a low window. The sign and what to do with the paper are always seen; then as much as there
/// is room for: the number, the reason, the kind and place, what lies under the camera. Gives what is left.
pub(super) fn tight(ui: &mut Ui, cx: &mut Cx<'_>, read: &Read, envelope: &EnvelopeView) {
    let open = read.stop_open(cx).or(read.last.front()).cloned();
    let theme = cx.theme;
    ui.spacing_mut().item_spacing.y = 2.0;
    ui.spacing_mut().interact_size.y = theme.size(18.0);
    let outcome = match open {
        _ if read.refused.is_some() && cx.lights.stop_open.is_none() => {
            return refused(ui, cx, read);
        }
        Some(outcome) => outcome,
        None => return ready(ui, cx),
    };
    let waits = cx.lights.stop_open == Some(outcome.sheet);
    let width = ui.available_width();
    let paper =
        (Sign::of(&outcome.place) != Sign::Accepted).then(|| Paper::of(cx, &outcome, waits));
    let must = paper.as_ref().map_or(0.0, |paper| paper.height(ui, theme, width, false) + 2.0);
    let mut left = ui.available_height() - theme.size(TIGHT_TITLE) - must;
    let number =
        (left - 2.0).clamp(theme.size(*TIGHT_NUMBER.start()), theme.size(*TIGHT_NUMBER.end()));
    left -= number * TIGHT_LEAD;
    let story = paper.as_ref().is_some_and(|paper| {
        let more = paper.height(ui, theme, width, true) + 2.0 - must;
        (more <= left).then(|| left -= more).is_some()
    });
    let line = left >= theme.size(TIGHT_LINE);
    // What lies under the camera stands beside the number, as high as the lines are.
    let high = theme.size(TIGHT_TITLE)
        + number * TIGHT_LEAD
        + if line { theme.size(TIGHT_LINE) } else { 0.0 };
    let aside = cx.preview.clone().map(|preview| (preview.size_vec2(), preview));
    let aside = aside.map(|(size, preview)| (size.x * high / size.y.max(1.0), preview));
    let text = width - aside.as_ref().map_or(0.0, |(wide, _)| wide.min(width * 0.36) + 16.0);
    let whole = ui.available_rect_before_wrap();
    let lines = whole.with_max_x(whole.left() + text).with_max_y(whole.top() + high);
    ui.scope_builder(egui::UiBuilder::new().max_rect(lines), |ui| {
        ui.set_min_height(high);
        title_line(ui, cx, &outcome, waits, TIGHT_TITLE);
        number_line(ui, cx, &outcome, number / theme.scale);
        if line {
            kind_line(ui, cx, &outcome, envelope);
        }
    });
    if let Some((_, preview)) = aside {
        let beside = egui::Rect::from_min_max(
            egui::pos2(lines.right() + 16.0, whole.top()),
            egui::pos2(whole.right(), whole.top() + high),
        );
        ui.scope_builder(egui::UiBuilder::new().max_rect(beside), |ui| {
            super::source::live(ui, cx, &preview, 0.0);
        });
    }
    if let Some(paper) = paper {
        paper.show(ui, theme, cx.words, (story, 8.0));
    }
    notes(ui, cx, read, envelope);
}

fn sheet(ui: &mut Ui, cx: &mut Cx<'_>, outcome: &Outcome, envelope: &EnvelopeView) {
    let waits = cx.lights.stop_open == Some(outcome.sheet);
    ui.spacing_mut().interact_size.y = cx.theme.size(18.0);
    title_line(ui, cx, outcome, waits, 56.0);
    number_line(ui, cx, outcome, 64.0);
    kind_line(ui, cx, outcome, envelope);
    ui.add_space(8.0);
    if Sign::of(&outcome.place) != Sign::Accepted {
        Paper::of(cx, outcome, waits).show(ui, cx.theme, cx.words, (true, 16.0));
    }
}

/// The sign and its word; `points` high at 100 %.
fn title_line(ui: &mut Ui, cx: &Cx<'_>, outcome: &Outcome, waits: bool, points: f32) {
    let theme = cx.theme;
    let sign = Sign::of(&outcome.place);
    let colour = sign.colour(theme);
    ui.horizontal(|ui| {
        let size = theme.size(points);
        let (rect, response) = ui.allocate_exact_size(Vec2::splat(size), Sense::hover());
        if waits {
            ui.painter().rect_filled(rect, CornerRadius::same(CORNER), colour);
            paint_sign(ui.painter(), sign, rect.center(), size * 0.8, theme.on_sign);
        } else {
            paint_sign(ui.painter(), sign, rect.center(), size, colour);
        }
        let word = sign.word(cx.words);
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, &word));
        let title = title(cx, outcome, &word);
        let font = if points < 50.0 { theme.heading() } else { theme.verdict() };
        ui.add(Label::new(RichText::new(title).font(font).color(colour)).truncate());
    });
}

fn kind_line(ui: &mut Ui, cx: &Cx<'_>, outcome: &Outcome, envelope: &EnvelopeView) {
    let theme = cx.theme;
    let kind = cx.kind_name(outcome.kind.as_ref());
    let (no, in_bundle) = bundle(envelope);
    let place = cx.words.read_place(outcome.position, no, in_bundle);
    ui.horizontal(|ui| {
        ui.add(Label::new(RichText::new(kind).font(theme.heading())).truncate());
        ui.add_space(8.0);
        ui.add(Label::new(RichText::new(place).font(theme.text()).color(theme.quiet)).truncate());
    });
}

/// The reason where there is one that an operator should know, else the verdict's word.
fn title(cx: &Cx<'_>, outcome: &Outcome, word: &str) -> String {
    match &outcome.place {
        Place::Settle { reasons, .. } => {
            let main = main_reason(reasons).or_else(|| main_reason(&outcome.reasons));
            main.map_or_else(|| word.to_owned(), |reason| refusals::reason(cx.words, reason))
        }
        _ => word.to_owned(),
    }
}

/// A repeat before all others, then as they come.
fn main_reason(reasons: &[Reason]) -> Option<Reason> {
    let repeat = reasons.iter().find(|reason| **reason == Reason::Duplicate);
    repeat.or(reasons.first()).copied()
}

/// The number as large as the width lets it be, in groups as printed; where there is none, what was read.
fn number_line(ui: &mut Ui, cx: &Cx<'_>, outcome: &Outcome, points: f32) {
    let theme = cx.theme;
    let number = match (&outcome.number, &outcome.place) {
        (Some(number), _) => cx.grouped(number.as_str()),
        // Of the same picture the other sheet has the number.
        (None, Place::Settle { others, .. }) => {
            others.first().map_or_else(|| cx.words.read_no_number(), |other| cx.sheet_name(*other))
        }
        (None, _) => cx.words.read_no_number(),
    };
    let room = ui.available_width();
    let full = theme.digits(points);
    let width = number.chars().count() as f32 * full.size * 0.61;
    let size = if width > room { full.size * room / width } else { full.size };
    let font = egui::FontId::new(size.max(theme.size(20.0)), full.family);
    ui.add(Label::new(RichText::new(number).font(font)).truncate());
    if let Some(read) = &outcome.read {
        let read = RichText::new(cx.words.read_text(read)).font(theme.text()).color(theme.quiet);
        ui.add(Label::new(read).truncate());
    }
}

/// What to do with the paper, and why.
struct Paper {
    story: Option<String>,
    sentence: &'static str,
    fill: Color32,
    ink: Color32,
    /// The station waits until it is done.
    waits: bool,
}

impl Paper {
    fn of(cx: &Cx<'_>, outcome: &Outcome, waits: bool) -> Paper {
        let theme = cx.theme;
        let colour = Sign::of(&outcome.place).colour(theme);
        Paper {
            story: story(cx, outcome),
            sentence: cx.words.paper(&outcome.place, &outcome.reasons),
            fill: if waits { colour } else { theme.surface },
            ink: if waits { theme.on_sign } else { theme.ink },
            waits,
        }
    }

    /// In a low window, points.
    fn height(&self, ui: &Ui, theme: &Theme, width: f32, story: bool) -> f32 {
        let line = |text: &str, font| laid(ui, text, font, self.ink, width - 16.0).size().y;
        let told = self.story.as_ref().filter(|_| story);
        let told = told.map_or(0.0, |story| line(story, theme.text()) + 2.0);
        told + line(self.sentence, theme.heading()) + 16.0
    }

    fn show(&self, ui: &mut Ui, theme: &Theme, words: &Words, (story, margin): (bool, f32)) {
        let frame = Frame::new().fill(self.fill).corner_radius(CornerRadius::same(CORNER));
        frame.inner_margin(margin).show(ui, |ui| {
            ui.set_width(ui.available_width());
            if let Some(story) = self.story.as_ref().filter(|_| story) {
                Para::new(story, theme.text(), self.ink).show(ui);
            }
            Para::new(self.sentence, theme.heading(), self.ink).show(ui);
            // With little room the key line says it alone.
            if self.waits && margin > 8.0 {
                Para::new(&words.read_then_enter(), theme.text(), self.ink).show(ui);
            }
        });
    }
}

/// A repeat is told as a story: where the number was counted before.
fn story(cx: &Cx<'_>, outcome: &Outcome) -> Option<String> {
    let Place::Settle { others, reasons, .. } = &outcome.place else {
        let reason = outcome.reasons.first()?;
        return Some(refusals::reason_sentence(cx.words, *reason));
    };
    let reason = main_reason(reasons).or_else(|| main_reason(&outcome.reasons));
    match (others.first(), reason) {
        (Some(other), Some(Reason::Duplicate)) => Some(cx.words.read_repeat(cx.sheet_name(*other))),
        (Some(other), _) => Some(cx.words.read_same_picture(cx.sheet_name(*other))),
        (None, reason) => Some(refusals::reason_sentence(cx.words, reason?)),
    }
}

/// Bundle full, count over, folder: as they happen.
fn notes(ui: &mut Ui, cx: &Cx<'_>, read: &Read, envelope: &EnvelopeView) {
    let theme = cx.theme;
    let mut notes = Vec::new();
    let (no, in_bundle) = bundle(envelope);
    if envelope.fed > 0 && in_bundle == envelope.bundle {
        notes.push((theme.accent, cx.words.read_bundle_full(no)));
    }
    for (kind, difference) in envelope.tally.difference() {
        // Sheets whose kind is not known yet are on nobody's slip.
        if difference > 0 && !kind.is_empty() {
            let name = cx.kind_name(Some(&crate::voucher::KindId::new(&kind)));
            notes.push((theme.stop, cx.words.read_over(difference, name)));
        }
    }
    let here = read.folder_into == Some(envelope.id);
    match &read.folder {
        _ if !here => {}
        Folder::Still => {}
        Folder::Running => notes.push((theme.accent, cx.words.read_folder_running())),
        Folder::Ended { sheets } => notes.push((theme.accent, cx.words.read_folder_ended(*sheets))),
        Folder::Stopped(why) => {
            let why = refusals::no_sheet(cx.words, *why);
            notes.push((theme.stop, cx.words.read_folder_stopped(why)));
        }
        Folder::Failed(why) => {
            notes.push((theme.stop, cx.words.read_folder_failed(cx.words.fault(why))));
        }
    }
    if here && !read.unfinished.is_empty() {
        let files = read.unfinished.join(&cx.words.list_comma());
        notes.push((theme.stop, cx.words.read_unfinished(files)));
    }
    if !envelope.pull.is_empty() {
        let ticked = |it: &&Pull| cx.session.pulled.has(envelope.id, &it.what);
        let left = envelope.pull.len() - envelope.pull.iter().filter(ticked).count();
        if left > 0 {
            notes.push((theme.stop, cx.words.pull_note(left)));
        }
    }
    for light in [&cx.lights.camera, &cx.lights.serial] {
        if let crate::ui::port::Light::Trouble(what) = light {
            notes.push((theme.stop, cx.words.fault(what)));
        }
    }
    if notes.is_empty() {
        return;
    }
    ui.add_space(8.0);
    for (colour, note) in notes {
        Para::new(&note, theme.strong(), colour).show(ui);
    }
}

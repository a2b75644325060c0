//! The last sheet: verdict, number, kind, place in the pile; on a stop the tray.

use super::{Folder, Read, bundle};
use crate::flow::event::Place;
use crate::flow::outcome::Outcome;
use crate::flow::view::EnvelopeView;
use crate::ui::refusals;
use crate::ui::screen::Cx;
use crate::ui::theme::CORNER;
use crate::ui::widgets::{Sign, paint_sign};
use crate::voucher::Reason;
use egui::{CornerRadius, Frame, Label, RichText, Sense, Ui, Vec2, WidgetInfo};

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
    ui.add_space(ui.available_height() * 0.2);
    ui.label(RichText::new(title).font(theme.verdict()));
    ui.label(RichText::new(what).font(theme.text()).color(theme.quiet));
}

fn refused(ui: &mut Ui, cx: &Cx<'_>, read: &Read) {
    let theme = cx.theme;
    let title = RichText::new(cx.words.read_not_taken()).font(theme.verdict()).color(theme.stop);
    ui.add(Label::new(title).truncate());
    if let Some(why) = &read.refused {
        ui.label(RichText::new(why).font(theme.heading()));
    }
}

fn sheet(ui: &mut Ui, cx: &mut Cx<'_>, outcome: &Outcome, envelope: &EnvelopeView) {
    let theme = cx.theme;
    let sign = Sign::of(&outcome.place);
    let colour = sign.colour(theme);
    let waits = cx.lights.stop_open == Some(outcome.sheet);
    let low = ui.available_height() < theme.size(260.0);
    ui.spacing_mut().interact_size.y = theme.size(18.0);
    if low {
        ui.spacing_mut().item_spacing.y = 4.0;
    }
    ui.horizontal(|ui| {
        let size = theme.size(if low { 40.0 } else { 56.0 });
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
        let font = if low { theme.heading() } else { theme.verdict() };
        ui.add(Label::new(RichText::new(title).font(font).color(colour)).truncate());
    });
    number(ui, cx, outcome, if low { 40.0 } else { 64.0 });
    let kind = cx.kind_name(outcome.kind.as_ref());
    let (no, in_bundle) = bundle(envelope);
    let place = cx.words.read_place(outcome.position, no, in_bundle);
    ui.horizontal(|ui| {
        ui.add(Label::new(RichText::new(kind).font(theme.heading())).truncate());
        ui.add_space(8.0);
        ui.add(Label::new(RichText::new(place).font(theme.text()).color(theme.quiet)).truncate());
    });
    if !low {
        ui.add_space(8.0);
    }
    if sign != Sign::Accepted {
        paper(ui, cx, outcome, waits, if low { 8.0 } else { 16.0 });
    }
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

/// The number as large as the width lets it be, in groups as printed.
fn number(ui: &mut Ui, cx: &Cx<'_>, outcome: &Outcome, points: f32) {
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
}

/// What to do with the paper, and why.
fn paper(ui: &mut Ui, cx: &mut Cx<'_>, outcome: &Outcome, waits: bool, margin: f32) {
    let theme = cx.theme;
    let colour = Sign::of(&outcome.place).colour(theme);
    let frame = Frame::new()
        .fill(if waits { colour } else { theme.surface })
        .corner_radius(CornerRadius::same(CORNER))
        .inner_margin(margin);
    let ink = if waits { theme.on_sign } else { theme.ink };
    let sentence = cx.words.paper(&outcome.place, &outcome.reasons);
    let story = story(cx, outcome);
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        if let Some(story) = story {
            ui.label(RichText::new(story).font(theme.text()).color(ink));
        }
        ui.label(RichText::new(sentence).font(theme.heading()).color(ink));
        // With little room the key line says it alone.
        if waits && margin > 8.0 {
            let then = cx.words.read_then_enter();
            ui.label(RichText::new(then).font(theme.text()).color(ink));
        }
    });
}

/// A repeat is told as a story: where the number was counted before.
fn story(cx: &Cx<'_>, outcome: &Outcome) -> Option<String> {
    let Place::Settle { others, reasons } = &outcome.place else {
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
    if envelope.position > 0 && in_bundle == envelope.bundle {
        notes.push((theme.accent, cx.words.read_bundle_full(no)));
    }
    for (kind, difference) in envelope.tally.difference() {
        // Sheets whose kind is not known yet are on nobody's slip.
        if difference > 0 && !kind.is_empty() {
            let name = cx.kind_name(Some(&crate::voucher::KindId::new(&kind)));
            notes.push((theme.stop, cx.words.read_over(difference, name)));
        }
    }
    match &read.folder {
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
    if !read.unfinished.is_empty() {
        let files = read.unfinished.join(&cx.words.list_comma());
        notes.push((theme.stop, cx.words.read_unfinished(files)));
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
        ui.label(RichText::new(note).font(theme.strong()).color(colour));
    }
}

//! The second page: the profile's file, what it says, or which lines are wrong.

use super::{Desk, FirstStart, Item, Page, SAMPLES};
use crate::ui::port::{BadProfile, ProfileSource, ProfileSummary};
use crate::ui::theme::{CORNER, GAP, GAP_WIDE, Theme};
use crate::ui::widgets::{Para, TextField, choice, primary, ring};
use crate::ui::words::{Words, thousands};
use crate::voucher::grammar::{Grammar, Part};
use crate::voucher::profile::{KindRule, Layout};
use egui::text::{LayoutJob, TextFormat};
use egui::{CornerRadius, Frame, Grid, Label, RichText, Ui, Vec2};
use std::iter::repeat_n;

impl FirstStart {
    pub(super) fn profile(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        let (theme, words) = (desk.theme, desk.words);
        Para::new(&words.first_profile_what(), theme.text(), theme.quiet).show(ui);
        ui.add_space(GAP);
        let field = TextField::new(&mut self.path, words.first_path())
            .hint(words.first_path_hint())
            .width(ui.available_width() / theme.scale);
        let response = field.show(ui, theme, Item::Path.id());
        if response.changed() {
            // What was checked was another file.
            self.problem = None;
            self.checked = None;
            self.source = None;
        }
        if response.clicked() || response.gained_focus() {
            self.at = Item::Path;
        }
        self.problem_at(ui, theme, Item::Path);
        ui.label(RichText::new(words.first_samples()).font(theme.small()).color(theme.quiet));
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = Vec2::new(GAP_WIDE, GAP_WIDE);
            for (index, name) in SAMPLES.into_iter().enumerate() {
                let shown = self.source == Some(ProfileSource::Sample(name));
                let response = choice(ui, theme, name, shown);
                if self.at == Item::Sample(index) {
                    ring(ui, theme, response.rect);
                }
                if response.clicked() {
                    self.go_to(Item::Sample(index));
                    self.enter(desk);
                }
            }
        });
        ui.add_space(GAP_WIDE);
        let teach = choice(ui, theme, &words.first_teach(), false);
        if self.at == Item::Teach {
            ring(ui, theme, teach.rect);
        }
        if teach.clicked() {
            self.go_to(Item::Teach);
            self.enter(desk);
        }
        ui.add_space(GAP_WIDE);
        self.answer(ui, desk);
        ui.add_space(GAP_WIDE);
        ui.label(RichText::new(words.first_keys_back()).font(theme.small()).color(theme.quiet));
    }

    fn answer(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        let (theme, words) = (desk.theme, desk.words);
        if self.asked.is_some() {
            ui.label(RichText::new(words.first_checking()).font(theme.text()).color(theme.quiet));
            return;
        }
        match &self.checked {
            None => {}
            Some(Ok(summary)) => {
                said(ui, theme, words, summary);
                ui.add_space(GAP_WIDE);
                let key = if self.at == Item::Next { "Enter" } else { "" };
                let response = primary(ui, theme, &words.first_next(), key);
                if self.at == Item::Next {
                    ring(ui, theme, response.rect);
                    if std::mem::take(&mut self.moved) {
                        response.scroll_to_me(None);
                    }
                }
                if response.clicked() {
                    self.show_page(Page::Station, words);
                }
            }
            Some(Err(BadProfile::File(why))) => {
                let text = RichText::new(words.fault(why)).font(theme.strong());
                ui.label(text.color(theme.stop));
            }
            Some(Err(BadProfile::Mistakes(problems))) => {
                let title = words.first_wrong(problems.len());
                ui.label(RichText::new(title).font(theme.strong()).color(theme.stop));
                for problem in problems {
                    let text = RichText::new(words.problem(problem)).font(theme.text());
                    ui.add(Label::new(text).wrap().selectable(true));
                }
            }
        }
    }
}

/// What the profile says, so that a person sees at a glance whether it is the right one.
fn said(ui: &mut Ui, theme: &Theme, words: &Words, summary: &ProfileSummary) {
    let profile = &summary.profile;
    let frame = Frame::new()
        .fill(theme.surface)
        .corner_radius(CornerRadius::same(CORNER))
        .inner_margin(theme.size(16.0));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.add(Label::new(RichText::new(&profile.name).font(theme.heading())).truncate());
        let id = words.first_campaign(&profile.campaign, profile.revision);
        ui.label(RichText::new(id).font(theme.small()).color(theme.quiet));
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = GAP_WIDE;
            for kind in &profile.kinds {
                let text = words.first_kind(&kind.name, words.yen(kind.face));
                ui.label(RichText::new(text).font(theme.strong()));
            }
        });
        let bundle = words.first_bundle(thousands(i64::from(profile.bundle)));
        ui.label(RichText::new(bundle).font(theme.text()));
        ui.add_space(GAP);
        Grid::new("layouts").min_row_height(0.0).spacing(Vec2::new(GAP_WIDE, 4.0)).show(ui, |ui| {
            for layout in &profile.layouts {
                ui.label(RichText::new(layout.id.as_str()).font(theme.text()));
                ui.label(form(theme, &layout.number));
                ui.label(RichText::new(about(words, layout)).font(theme.small()));
                ui.end_row();
            }
        });
    });
}

/// Length, check digit and barcode of a layout's number.
fn about(words: &Words, layout: &Layout) -> String {
    let mut parts = vec![words.first_characters(layout.number.len())];
    parts.push(match layout.number.has_check_digit() {
        true => words.first_check_digit(),
        false => words.first_no_check_digit(),
    });
    if let KindRule::Fixed(kind) = &layout.kind {
        parts.push(kind.to_string());
    }
    parts.push(match &layout.barcode {
        Some((rule, _)) => {
            rule.symbologies.iter().map(|it| it.word()).collect::<Vec<_>>().join(", ")
        }
        None => words.first_no_barcode(),
    });
    parts.join(" · ")
}

/// The number's form in groups as printed, in the signs of teaching: # a digit, ? a letter, C the check digit,
/// which stands in another colour, since a number may have a C of its own.
fn form(theme: &Theme, number: &Grammar) -> LayoutJob {
    let mut places = Vec::new();
    for part in number.parts() {
        match part {
            Part::Literal(literal) => places.extend(literal.chars().map(|char| (char, theme.ink))),
            Part::Letters { count, .. } => places.extend(repeat_n(('?', theme.ink), *count)),
            Part::Digits { count, .. } => places.extend(repeat_n(('#', theme.ink), *count)),
            Part::Check { .. } => places.push(('C', theme.accent)),
        }
    }
    let mut ends = Vec::new();
    for group in number.groups() {
        ends.push(ends.last().copied().unwrap_or(0_usize) + group);
    }
    let mut job = LayoutJob::default();
    for (at, (char, ink)) in places.into_iter().enumerate() {
        if at > 0 && ends.contains(&at) {
            job.append(" ", 0.0, TextFormat::simple(theme.digits(18.0), theme.ink));
        }
        job.append(char.encode_utf8(&mut [0; 4]), 0.0, TextFormat::simple(theme.digits(18.0), ink));
    }
    job
}

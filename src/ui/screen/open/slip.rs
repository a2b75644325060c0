//! The slip's counts, the dates, and the last Enter.

use super::form::{COUNT_DIGITS, Field};
use super::{Open, days, field_id};
use crate::ui::keys::half_width;
use crate::ui::screen::Cx;
use crate::ui::theme::{CORNER, GAP, GAP_WIDE, Theme};
use crate::ui::widgets::{NumberField, elided, paint_line, primary};
use crate::ui::words::thousands;
use egui::{Align2, Color32, CornerRadius, Event, RichText, Sense, Stroke, StrokeKind, Ui, Vec2};
use jiff::civil::{Date, Weekday};

/// Width of a field with its label, points at 100 %.
const CELL: f32 = 186.0;
/// The least width of the sum beside the counts, points at 100 %.
const SUM: f32 = 170.0;

impl Open {
    pub(super) fn slip(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let theme = cx.theme;
        ui.label(RichText::new(cx.words.open_slip()).font(theme.strong()));
        let cell = theme.size(CELL);
        let kinds = cx.profile.kinds.iter().enumerate().collect::<Vec<_>>();
        let room = ui.available_width() - kinds.len() as f32 * (cell + GAP_WIDE);
        // Where all counts stand in one row, their sum stands at its end.
        let beside = room >= theme.size(SUM);
        for row in kinds.chunks(a_row(ui, cell)) {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = GAP_WIDE;
                for (index, kind) in row {
                    ui.vertical(|ui| {
                        ui.set_width(cell);
                        caption(ui, theme, &kind.name);
                        self.count(ui, cx, *index, &kind.name);
                    });
                }
                if beside {
                    ui.vertical(|ui| self.sum(ui, cx, true));
                }
            });
        }
        for index in 0..cx.profile.kinds.len() {
            self.problem_at(ui, cx, Field::Count(index));
        }
        if !beside {
            self.sum(ui, cx, false);
        }
        ui.add_space(GAP);
    }

    fn count(&mut self, ui: &mut Ui, cx: &Cx<'_>, index: usize, kind: &str) {
        let field = Field::Count(index);
        self.replace(ui, field);
        let Some(value) = self.form.counts.get_mut(index) else { return };
        let name = cx.words.open_count_of(kind);
        let shown = NumberField::new(value, name, COUNT_DIGITS).sized(CELL, 30.0);
        let response = shown.show(ui, cx.theme, field_id(field));
        self.landed(ui, &response, field);
    }

    /// The first digit typed into a field that was come to replaces what stands there.
    fn replace(&mut self, ui: &Ui, field: Field) {
        if self.at != field || !self.fresh {
            return;
        }
        let digit = |event: &Event| match event {
            Event::Text(text) => text.chars().map(half_width).any(|char| char.is_ascii_digit()),
            _ => false,
        };
        let edits = |event: &Event| matches!(event, Event::Key { key, pressed: true, .. } if *key == egui::Key::Backspace);
        let (typed, edited) =
            ui.input(|input| (input.events.iter().any(digit), input.events.iter().any(edits)));
        if typed && ui.memory(|memory| memory.has_focus(field_id(field))) {
            match field {
                Field::Count(index) => {
                    if let Some(count) = self.form.counts.get_mut(index) {
                        count.clear();
                    }
                }
                Field::Arrived => self.form.arrived.clear(),
                Field::BusinessDay => self.form.business_day.clear(),
                Field::Shop | Field::Ready | Field::Away => {}
            }
        }
        self.fresh = !(typed || edited);
    }

    /// What a field's answer means for the hand.
    fn landed(&mut self, ui: &Ui, response: &egui::Response, field: Field) {
        if response.changed() {
            self.problem = None;
        }
        if (response.clicked() || response.gained_focus()) && self.at != field {
            self.go_to(field);
        }
        if response.gained_focus() {
            // With what is said of it above and below.
            let around = Vec2::new(0.0, ui.spacing().interact_size.y);
            ui.scroll_to_rect(response.rect.expand2(around), None);
        }
    }

    /// All kinds together, as the slip's last line says it; and the bundles to be made.
    /// `beside`: at the end of the counts' row, where the bundles have a line of their own.
    fn sum(&self, ui: &mut Ui, cx: &Cx<'_>, beside: bool) {
        let theme = cx.theme;
        let sheets = self.form.sheets();
        let count = thousands(i64::try_from(sheets).unwrap_or(i64::MAX));
        let amount = self.form.amount(cx.profile).map(|yen| cx.words.yen(yen)).unwrap_or_default();
        let bundle = cx.profile.bundle.max(1);
        let bundles = cx.words.bundled(sheets, bundle);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = Vec2::new(theme.size(20.0), 2.0);
            ui.spacing_mut().interact_size.y = theme.size(20.0);
            ui.label(RichText::new(cx.words.open_sum(count)).font(theme.heading()));
            ui.label(RichText::new(amount).font(theme.heading()));
            if beside {
                ui.end_row();
            }
            let of = cx.words.open_bundles(bundles, bundle);
            ui.label(RichText::new(of).font(theme.text()).color(theme.quiet));
        });
    }

    pub(super) fn dates(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let theme = cx.theme;
        let cell = theme.size(1.5 * CELL).min((ui.available_width() - GAP_WIDE) / 2.0);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = GAP_WIDE;
            for field in [Field::Arrived, Field::BusinessDay] {
                ui.vertical(|ui| {
                    ui.set_width(cell);
                    self.date(ui, cx, field);
                });
            }
        });
        self.problem_at(ui, cx, Field::Arrived);
        self.problem_at(ui, cx, Field::BusinessDay);
        let arrived = days::meant(&self.form.arrived, cx.today);
        if arrived.is_some_and(|day| !cx.profile.valid_at(day)) {
            let text = RichText::new(cx.words.open_not_valid()).font(theme.text());
            ui.label(text.color(theme.stop));
        }
        ui.add_space(GAP);
    }

    fn date(&mut self, ui: &mut Ui, cx: &Cx<'_>, field: Field) {
        self.replace(ui, field);
        let (value, name) = match field {
            Field::Arrived => (&mut self.form.arrived, cx.words.open_arrived()),
            _ => (&mut self.form.business_day, cx.words.open_business_day()),
        };
        let day = days::meant(value, cx.today);
        // The day that is meant stands in the line above, so that the form is a line lower.
        ui.horizontal(|ui| {
            ui.spacing_mut().interact_size.y = cx.theme.size(18.0);
            caption(ui, cx.theme, &name);
            if let Some(day) = day {
                let (said, colour) = day_words(cx, day);
                told(ui, cx.theme, &said, colour);
            }
        });
        let shown = NumberField::new(value, name, 4).sized(124.0, 24.0);
        let response = shown.show(ui, cx.theme, field_id(field));
        if day.is_none() {
            told(ui, cx.theme, &cx.words.open_no_such_day(), cx.theme.stop);
        }
        self.landed(ui, &response, field);
    }

    pub(super) fn ready(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let theme = cx.theme;
        let word = match self.sent {
            Some(_) => cx.words.open_opening(),
            None => cx.words.cmd_open_envelope(),
        };
        let key = if self.at == Field::Ready { "Enter" } else { "" };
        let response = primary(ui, theme, &word, key);
        if self.at == Field::Ready {
            let around = response.rect.expand(4.0);
            let line = Stroke::new(3.0, theme.accent);
            let corner = CornerRadius::same(CORNER + 3);
            ui.painter().rect_stroke(around, corner, line, StrokeKind::Inside);
            if std::mem::take(&mut self.fresh) {
                response.scroll_to_me(None);
            }
        }
        if response.clicked() {
            self.open(cx);
        }
        self.problem_at(ui, cx, Field::Ready);
    }
}

/// How many cells of this width stand in one row.
fn a_row(ui: &Ui, cell: f32) -> usize {
    (((ui.available_width() + GAP_WIDE) / (cell + GAP_WIDE)) as usize).max(1)
}

fn caption(ui: &mut Ui, theme: &Theme, text: &str) {
    let text = RichText::new(text).font(theme.small());
    ui.add(egui::Label::new(text).truncate());
}

/// A small line, shortened where it must be.
fn told(ui: &mut Ui, theme: &Theme, text: &str, colour: Color32) {
    let galley = elided(ui, text, theme.small(), colour, ui.available_width());
    let (rect, response) = ui.allocate_exact_size(galley.size(), Sense::hover());
    paint_line(ui, galley, Align2::LEFT_TOP, rect.min);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, text));
}

/// The day in full, and how far it is from today: near ones are quiet.
fn day_words(cx: &Cx<'_>, day: Date) -> (String, Color32) {
    let words = cx.words;
    let weekday = match day.weekday() {
        Weekday::Monday => words.weekday_monday(),
        Weekday::Tuesday => words.weekday_tuesday(),
        Weekday::Wednesday => words.weekday_wednesday(),
        Weekday::Thursday => words.weekday_thursday(),
        Weekday::Friday => words.weekday_friday(),
        Weekday::Saturday => words.weekday_saturday(),
        Weekday::Sunday => words.weekday_sunday(),
    };
    let date = day.strftime("%Y/%m/%d").to_string();
    let ahead = days::ahead(day, cx.today);
    let (far, colour) = match ahead {
        0 => (words.day_today(), cx.theme.quiet),
        -1 => (words.day_yesterday(), cx.theme.quiet),
        1 => (words.day_tomorrow(), cx.theme.look_at),
        ahead if ahead > 0 => (words.days_ahead(ahead), cx.theme.look_at),
        ahead if ahead >= -60 => (words.days_ago(-ahead), cx.theme.quiet),
        ahead => (words.days_ago(-ahead), cx.theme.look_at),
    };
    (words.open_day(date, weekday, far), colour)
}

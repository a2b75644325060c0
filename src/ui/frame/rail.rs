//! The stage rail: the flow as a picture. A line joins the stages; what waits at one stands on it.

use crate::flow::View;
use crate::ui::session::Stage;
use crate::ui::theme::{GAP, Theme};
use crate::ui::words::Words;
use egui::{
    Align2, Color32, CornerRadius, Pos2, Rect, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo,
};

/// What a stage shows on the rail.
struct Stop {
    stage: Stage,
    key: &'static str,
    word: String,
    count: usize,
    /// Somebody should act on it.
    urgent: bool,
}

/// Draws the rail; gives the stage that was clicked. `narrow` leaves the words out.
pub fn rail(
    ui: &mut Ui,
    theme: &Theme,
    words: &Words,
    view: &View,
    current: Stage,
    narrow: Narrow,
) -> Option<Stage> {
    let counts = view.counts;
    let stop = |stage, key, word, count, urgent| Stop { stage, key, word, count, urgent };
    let stops = [
        stop(Stage::Open, "F1", words.stage_open(), counts.open, false),
        stop(Stage::Read, "F2", words.stage_read(), 0, false),
        stop(Stage::Check, "F3", words.stage_check(), counts.check, counts.check > 0),
        stop(Stage::Entry, "F4", words.stage_entry(), counts.entry, counts.entry > 0),
        stop(Stage::Edit, "F5", words.stage_edit(), counts.edit, counts.edit > 0),
        stop(Stage::Deliver, "F6", words.stage_deliver(), counts.deliver, false),
        stop(Stage::Dispose, "F7", words.stage_dispose(), 0, false),
    ];
    let mut chosen = None;
    let line_x = ui.available_rect_before_wrap().left() + dot_x(theme, narrow);
    // Nine rows and the line between them, in whatever height there is.
    let height = ((ui.available_height() - 24.0) / 9.0 - 2.0).clamp(24.0, theme.size(44.0));
    let mut centres = Vec::new();
    for stop in &stops {
        let (rect, clicked) = row(ui, theme, stop, current, narrow, height);
        centres.push(rect.center().y);
        if clicked {
            chosen = Some(stop.stage);
        }
    }
    join(ui, theme, line_x, &centres);
    ui.add_space(GAP);
    let (line, _) = ui.allocate_exact_size(Vec2::new(ui.available_width(), 1.0), Sense::hover());
    ui.painter().hline(line.x_range(), line.center().y, theme.hairline());
    ui.add_space(GAP);
    let settle =
        stop(Stage::Supervisor, "F8", words.stage_supervisor(), counts.settle, counts.settle > 0);
    let settings = stop(Stage::Settings, "F10", words.cmd_settings(), 0, false);
    for stop in [settle, settings] {
        if row(ui, theme, &stop, current, narrow, height).1 {
            chosen = Some(stop.stage);
        }
    }
    chosen
}

/// Whether there is room for words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Narrow {
    Words,
    Signs,
}

/// Where the dots stand, from the left.
fn dot_x(theme: &Theme, narrow: Narrow) -> f32 {
    theme.size(if narrow == Narrow::Words { 20.0 } else { 13.0 })
}

fn row(
    ui: &mut Ui,
    theme: &Theme,
    stop: &Stop,
    current: Stage,
    narrow: Narrow,
    height: f32,
) -> (Rect, bool) {
    let (rect, response) =
        ui.allocate_exact_size(Vec2::new(ui.available_width(), height), Sense::CLICK);
    let here = stop.stage == current;
    let painter = ui.painter();
    let ink = if here { theme.on_accent } else { theme.ink };
    if here || response.hovered() {
        let fill = if here { theme.accent } else { theme.paper };
        painter.rect_filled(rect, CornerRadius::same(6), fill);
    }
    let dot = Pos2::new(rect.left() + dot_x(theme, narrow), rect.center().y);
    let radius = theme.size(13.0).min(height / 2.0 - 1.0);
    let ground = if here { theme.on_accent } else { theme.surface };
    let on_ground = if here { theme.accent } else { theme.ink };
    painter.circle(dot, radius, ground, Stroke::new(1.5, if here { ground } else { theme.quiet }));
    // As on the key: three characters are set closer.
    let points = if stop.key.len() > 2 { 11.0 } else { 13.0 };
    painter.text(dot, Align2::CENTER_CENTER, stop.key, theme.digits(points), on_ground);
    if narrow == Narrow::Words {
        let at = Pos2::new(dot.x + theme.size(22.0), rect.center().y);
        painter.text(at, Align2::LEFT_CENTER, &stop.word, theme.text(), ink);
    }
    if stop.count > 0 {
        count(ui, theme, rect, stop, here, narrow);
    }
    let name = format!("{} {} {}", stop.key, stop.word, stop.count);
    response.widget_info(|| WidgetInfo::selected(egui::Role::Button, true, here, &name));
    (rect, response.clicked())
}

/// What waits here: filled where someone should act, else outlined.
fn count(ui: &Ui, theme: &Theme, row: Rect, stop: &Stop, here: bool, narrow: Narrow) {
    let painter = ui.painter();
    let text = short(stop.count);
    let points = if narrow == Narrow::Words { 16.0 } else { 12.0 };
    let width = theme.size(points * 0.62 * text.len() as f32 + points * 0.9);
    let size = Vec2::new(width.max(theme.size(points + 8.0)), theme.size(points + 8.0));
    let inset = if narrow == Narrow::Words { 6.0 } else { 1.0 };
    let right = Pos2::new(row.right() - inset, row.center().y);
    let pill = Rect::from_center_size(right - Vec2::new(size.x / 2.0, 0.0), size);
    let (fill, line, ink) = match (here, stop.urgent) {
        (true, _) => (theme.on_accent, theme.on_accent, theme.accent),
        (false, true) => (theme.look_at, theme.look_at, theme.on_sign),
        (false, false) => (Color32::TRANSPARENT, theme.quiet, theme.ink),
    };
    let radius = CornerRadius::same((size.y / 2.0) as u8);
    painter.rect(pill, radius, fill, Stroke::new(1.5, line), StrokeKind::Inside);
    painter.text(pill.center(), Align2::CENTER_CENTER, text, theme.digits(points), ink);
}

/// The line of the flow, between the dots.
fn join(ui: &Ui, theme: &Theme, x: f32, centres: &[f32]) {
    let gap = theme.size(13.0) + 1.0;
    for pair in centres.windows(2) {
        if let [upper, lower] = pair
            && lower - upper > 2.0 * gap
        {
            let line = Stroke::new(1.5, theme.quiet);
            ui.painter().vline(x, upper + gap..=lower - gap, line);
        }
    }
}

/// 12, 9999, 12k
fn short(count: usize) -> String {
    if count > 9_999 { format!("{}k", count / 1000) } else { count.to_string() }
}

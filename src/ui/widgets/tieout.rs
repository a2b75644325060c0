//! The tie-out drawn: of each kind the slip's column beside the found one, and a scale that is level
//! when they agree. All of it is grey; only the difference has a colour.

use crate::flow::tally::Line;
use crate::ui::theme::{CORNER, GAP, Theme};
use crate::ui::words::Words;
use egui::{
    Align2, Color32, CornerRadius, FontId, Painter, Pos2, Rect, Response, Sense, Stroke,
    StrokeKind, Ui, Vec2, WidgetInfo, pos2,
};

/// One kind's two columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub name: String,
    pub line: Line,
}

/// Found less declared. Positive: more sheets than the slip says.
pub fn difference(line: &Line) -> i64 {
    line.taken.cast_signed() - line.declared.cast_signed()
}

/// `+1`, `−1`, `±0`
pub fn signed(difference: i64) -> String {
    match difference {
        0 => "±0".to_owned(),
        more if more > 0 => format!("+{more}"),
        less => format!("−{}", less.unsigned_abs()),
    }
}

/// A piece of a found column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece {
    Accepted,
    InHand,
    Held,
    Rejected,
}

impl Piece {
    /// From the foot of the column up.
    const ALL: [Piece; 4] = [Piece::Accepted, Piece::InHand, Piece::Held, Piece::Rejected];

    fn of(self, line: &Line) -> u64 {
        match self {
            Piece::Accepted => line.accepted,
            Piece::InHand => line.in_hand,
            Piece::Held => line.held,
            Piece::Rejected => line.rejected,
        }
    }

    fn word(self, words: &Words, count: u64) -> String {
        match self {
            Piece::Accepted => words.tie_accepted(count),
            Piece::InHand => words.tie_in_hand(count),
            Piece::Held => words.tie_held(count),
            Piece::Rejected => words.tie_rejected(count),
        }
    }

    fn paint(self, painter: &Painter, theme: &Theme, rect: Rect) {
        match self {
            Piece::Accepted => {
                painter.rect_filled(rect, CornerRadius::ZERO, theme.quiet);
            }
            Piece::InHand => {
                painter.rect_filled(rect, CornerRadius::ZERO, theme.surface);
                hatch(painter, theme, rect);
            }
            Piece::Held => {
                painter.rect_filled(rect, CornerRadius::ZERO, theme.surface);
                dots(painter, theme, rect);
            }
            Piece::Rejected => {
                painter.rect_filled(rect, CornerRadius::ZERO, theme.paper);
            }
        }
        let line = Stroke::new(1.0, theme.quiet);
        painter.rect_stroke(rect, CornerRadius::ZERO, line, StrokeKind::Inside);
    }
}

fn hatch(painter: &Painter, theme: &Theme, rect: Rect) {
    let painter = painter.with_clip_rect(rect.intersect(painter.clip_rect()));
    let step = theme.size(7.0);
    let mut x = rect.left() - rect.height();
    while x < rect.right() {
        let from = pos2(x, rect.bottom());
        let to = pos2(x + rect.height(), rect.top());
        painter.line_segment([from, to], Stroke::new(1.5, theme.quiet));
        x += step;
    }
}

fn dots(painter: &Painter, theme: &Theme, rect: Rect) {
    let painter = painter.with_clip_rect(rect.intersect(painter.clip_rect()));
    let step = theme.size(7.0);
    let mut y = rect.top() + step / 2.0;
    while y < rect.bottom() {
        let mut x = rect.left() + step / 2.0;
        while x < rect.right() {
            painter.circle_filled(pos2(x, y), theme.size(1.5), theme.quiet);
            x += step;
        }
        y += step;
    }
}

/// Draws columns, scale and legend; as high as `height` where the columns have room for it.
pub fn tie_out(ui: &mut Ui, theme: &Theme, words: &Words, columns: &[Column], height: f32) {
    let sum = total(columns);
    let width = ui.available_width();
    let scale_width = theme.size(220.0);
    let beside = width > scale_width * 2.2;
    ui.horizontal_top(|ui| {
        let room = if beside { width - scale_width - theme.size(24.0) } else { width };
        drawn(ui, theme, words, columns, Vec2::new(room, height));
        if beside {
            ui.add_space(GAP);
            scale(ui, theme, words, &sum, Vec2::new(scale_width, height));
        }
    });
    if !beside {
        scale(ui, theme, words, &sum, Vec2::new(width.min(scale_width), theme.size(130.0)));
    }
    legend(ui, theme, words, &sum);
}

fn total(columns: &[Column]) -> Line {
    columns.iter().fold(Line::default(), |sum, Column { line, .. }| Line {
        declared: sum.declared + line.declared,
        taken: sum.taken + line.taken,
        accepted: sum.accepted + line.accepted,
        rejected: sum.rejected + line.rejected,
        held: sum.held + line.held,
        in_hand: sum.in_hand + line.in_hand,
    })
}

/// All kinds side by side on one ground line, drawn to one measure.
fn drawn(ui: &mut Ui, theme: &Theme, words: &Words, columns: &[Column], size: Vec2) -> Response {
    let (rect, response) = ui.allocate_exact_size(size, Sense::HOVER);
    let painter = ui.painter().with_clip_rect(rect.expand(1.0).intersect(ui.clip_rect()));
    let most = columns.iter().map(|it| it.line.declared.max(it.line.taken)).max().unwrap_or(0);
    let foot = theme.size(30.0);
    let head = theme.size(30.0);
    let ground = rect.bottom() - foot;
    let measure = (ground - rect.top() - head).max(1.0) / most.max(1) as f32;
    let each = (rect.width() / columns.len().max(1) as f32).min(theme.size(260.0));
    for (index, column) in columns.iter().enumerate() {
        let left = rect.left() + each * index as f32;
        let place = Rect::from_min_max(pos2(left, rect.top()), pos2(left + each, rect.bottom()));
        kind(&painter, theme, column, place, Ground { y: ground, measure });
    }
    let line = Stroke::new(1.5, theme.quiet);
    painter.hline(rect.left()..=rect.left() + each * columns.len() as f32, ground, line);
    let name = spoken(words, columns);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Image, true, &name));
    response
}

/// Where columns stand, and points a sheet.
#[derive(Clone, Copy)]
struct Ground {
    y: f32,
    measure: f32,
}

fn kind(painter: &Painter, theme: &Theme, column: &Column, place: Rect, ground: Ground) {
    let line = &column.line;
    let wide = (place.width() * 0.26).min(theme.size(64.0));
    let middle = place.center().x - theme.size(10.0);
    let tall = |count: u64| (count as f32 * ground.measure).max(if count > 0 { 3.0 } else { 0.0 });
    let column_at = |left: f32, from: f32, height: f32| {
        Rect::from_min_max(pos2(left, from - height), pos2(left + wide, from))
    };
    let slip = column_at(middle - wide - 2.0, ground.y, tall(line.declared));
    let outline = Stroke::new(1.5, theme.quiet);
    painter.rect(slip, CornerRadius::ZERO, theme.surface, outline, StrokeKind::Inside);
    let left = middle + 2.0;
    let mut top = ground.y;
    for piece in Piece::ALL {
        let count = piece.of(line);
        if count > 0 {
            let rect = column_at(left, top, tall(count));
            piece.paint(painter, theme, rect);
            top = rect.top();
        }
    }
    let difference = difference(line);
    let found_top = top;
    if difference != 0 {
        // A thin difference is still seen.
        let least = theme.size(8.0);
        let height = tall(difference.unsigned_abs()).max(least);
        let from = if difference > 0 { (top + height).min(ground.y) } else { top };
        let rect = column_at(left, from, height);
        painter.rect_filled(rect, CornerRadius::ZERO, theme.stop);
        top = top.min(rect.top());
        let font = theme.strong();
        // Beside it, and where it is lower than its sign is, upon its foot: never into the ground line.
        let y = rect.center().y.min(ground.y - font.size * 0.62);
        let at = pos2(left + wide + theme.size(6.0), y);
        painter.text(at, Align2::LEFT_CENTER, signed(difference), font, theme.stop);
    }
    let above = |x: f32, y: f32, count: u64| {
        let font = theme.digits(fitting(count, wide, theme));
        painter.text(pos2(x, y - 3.0), Align2::CENTER_BOTTOM, count, font, theme.ink);
    };
    above(slip.center().x, slip.top(), line.declared);
    above(left + wide / 2.0, top.min(found_top), line.taken);
    let at = pos2(place.left() + 4.0, ground.y + theme.size(5.0));
    let width = place.width() - 8.0;
    elided(painter, at, width, &column.name, theme.small(), theme.ink);
}

/// Points at which a count is no wider than its column and a half.
fn fitting(count: u64, wide: f32, theme: &Theme) -> f32 {
    let digits = count.to_string().len() as f32;
    (wide * 1.2 / (digits * 0.62) / theme.scale).clamp(13.0, 18.0)
}

/// Text centred below a column, with "…" where it is too long.
fn elided(painter: &Painter, at: Pos2, width: f32, text: &str, font: FontId, colour: Color32) {
    let mut job = egui::text::LayoutJob::simple_singleline(text.to_owned(), font, colour);
    job.wrap = egui::text::TextWrapping::truncate_at_width(width);
    let galley = painter.layout_job(job);
    let indent = ((width - galley.size().x) / 2.0).max(0.0);
    painter.galley(at + Vec2::new(indent, 0.0), galley, colour);
}

/// What is drawn, for those who don't see it.
fn spoken(words: &Words, columns: &[Column]) -> String {
    let sum = total(columns);
    let mut said = vec![words.tie_total(sum.declared, sum.taken, signed(difference(&sum)))];
    for Column { name, line } in columns {
        said.push(words.tie_kind(name, line.declared, line.taken, signed(difference(line))));
    }
    said.join(" · ")
}

/// A balance: the slip in the left pan, what was found in the right one.
fn scale(ui: &mut Ui, theme: &Theme, words: &Words, sum: &Line, size: Vec2) -> Response {
    let (rect, response) = ui.allocate_exact_size(size, Sense::HOVER);
    let painter = ui.painter();
    let difference = difference(sum);
    let slope = lean(difference, sum.declared);
    let middle = pos2(rect.center().x, rect.top() + rect.height() * 0.2);
    let half = rect.width() * 0.34;
    let line = Stroke::new(2.5, theme.ink);
    let foot = rect.bottom() - theme.size(32.0);
    painter.line_segment([middle, pos2(middle.x, foot)], line);
    let wide = theme.size(22.0);
    painter.line_segment([pos2(middle.x - wide, foot), pos2(middle.x + wide, foot)], line);
    painter.circle_filled(middle, theme.size(4.0), theme.ink);
    let arm = Vec2::new(half * slope.cos(), half * slope.sin());
    painter.line_segment([middle - arm, middle + arm], line);
    let pans = [
        (middle - arm, words.tie_slip(), sum.declared),
        (middle + arm, words.tie_found(), sum.taken),
    ];
    for (end, word, count) in pans {
        pan(painter, theme, end, &word, count);
    }
    let (text, colour) = if difference == 0 {
        (words.tie_level(), theme.ink)
    } else {
        (words.tie_difference(signed(difference)), theme.stop)
    };
    let at = pos2(rect.center().x, rect.bottom());
    painter.text(at, Align2::CENTER_BOTTOM, &text, theme.strong(), colour);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Image, true, &text));
    response
}

fn pan(painter: &Painter, theme: &Theme, end: Pos2, word: &str, count: u64) {
    let wide = theme.size(40.0);
    let drop = theme.size(26.0);
    let thin = Stroke::new(1.0, theme.quiet);
    let y = end.y + drop;
    painter.line_segment([end, pos2(end.x - wide, y)], thin);
    painter.line_segment([end, pos2(end.x + wide, y)], thin);
    let plate = Stroke::new(2.5, theme.ink);
    painter.line_segment([pos2(end.x - wide, y), pos2(end.x + wide, y)], plate);
    let on = pos2(end.x, y - 3.0);
    let font = theme.digits(fitting(count, wide * 1.4, theme));
    painter.text(on, Align2::CENTER_BOTTOM, count, font, theme.ink);
    let under = pos2(end.x, y + 4.0);
    painter.text(under, Align2::CENTER_TOP, word, theme.small(), theme.quiet);
}

/// How far the beam leans, radians: level only at zero, and never so far that it says how much.
fn lean(difference: i64, declared: u64) -> f32 {
    if difference == 0 {
        return 0.0;
    }
    let share = difference.unsigned_abs() as f32 / declared.max(1) as f32;
    let angle = (0.10 + share).min(0.26);
    if difference > 0 { angle } else { -angle }
}

/// What the greys mean, of those that are there.
fn legend(ui: &mut Ui, theme: &Theme, words: &Words, sum: &Line) {
    ui.horizontal_wrapped(|ui| {
        for piece in Piece::ALL {
            let count = piece.of(sum);
            if count == 0 {
                continue;
            }
            let text = piece.word(words, count);
            let galley = ui.painter().layout_no_wrap(text.clone(), theme.small(), theme.ink);
            let swatch = theme.size(14.0);
            let size = Vec2::new(swatch + GAP + galley.size().x + GAP, galley.size().y.max(swatch));
            let (rect, response) = ui.allocate_exact_size(size, Sense::HOVER);
            let at = Rect::from_center_size(
                pos2(rect.left() + swatch / 2.0, rect.center().y),
                Vec2::splat(swatch),
            );
            piece.paint(ui.painter(), theme, at);
            let from = pos2(at.right() + GAP, rect.center().y - galley.size().y / 2.0);
            ui.painter().galley(from, galley, theme.ink);
            response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, &text));
        }
    });
}

/// The same in a list: the slip's bar above the found one, the difference coloured.
pub fn tie_out_small(painter: &Painter, theme: &Theme, sum: &Line, rect: Rect) {
    let most = sum.declared.max(sum.taken).max(1) as f32;
    let measure = rect.width() / most;
    let thick = ((rect.height() - 3.0) / 2.0).max(2.0);
    let bar = |y: f32, from: f32, to: f32| {
        Rect::from_min_max(pos2(rect.left() + from, y), pos2(rect.left() + to, y + thick))
    };
    let outline = Stroke::new(1.0, theme.quiet);
    let radius = CornerRadius::same(CORNER.min((thick / 3.0) as u8));
    let slip = bar(rect.top(), 0.0, sum.declared as f32 * measure);
    painter.rect(slip, radius, theme.surface, outline, StrokeKind::Inside);
    let y = rect.top() + thick + 3.0;
    let mut x = 0.0;
    for piece in Piece::ALL {
        let count = piece.of(sum);
        if count > 0 {
            let wide = (count as f32 * measure).max(2.0);
            let part = bar(y, x, (x + wide).min(rect.width()));
            // A hatch can't be told in a bar this thin: what counts is filled, the rest is not.
            let fill = if piece == Piece::Accepted { theme.quiet } else { theme.surface };
            painter.rect(part, CornerRadius::ZERO, fill, outline, StrokeKind::Inside);
            x += wide;
        }
    }
    let difference = difference(sum);
    if difference != 0 {
        let wide = (difference.unsigned_abs() as f32 * measure).max(4.0);
        let taken = sum.taken as f32 * measure;
        let from = if difference > 0 { taken - wide } else { taken };
        let from = from.clamp(0.0, rect.width() - wide.min(rect.width()));
        painter.rect_filled(bar(y, from, from + wide), CornerRadius::ZERO, theme.stop);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_beam_is_level_only_at_zero() {
        assert_eq!(lean(0, 108), 0.0);
        assert!(lean(1, 99_999) > 0.05, "one sheet of many is still seen");
        assert!(lean(-1, 108) < 0.0);
        assert!(lean(99_999, 1) <= 0.3, "it never falls over");
    }

    #[test]
    fn differences_have_a_sign() {
        let line = |declared, taken| Line { declared, taken, ..Line::default() };
        assert_eq!(signed(difference(&line(70, 69))), "−1");
        assert_eq!(signed(difference(&line(38, 40))), "+2");
        assert_eq!(signed(difference(&line(5, 5))), "±0");
    }
}

//! The page as it looks: a strip of cells between hairlines, each a picture with its number beneath.

use super::sheet::{Cells, ContactSheet, Grid, Seen, label, least_cell};
use super::{Check, Zoom};
use crate::flow::SheetId;
use crate::flow::work::ContactCell;
use crate::ui::gallery::Shown;
use crate::ui::screen::Cx;
use crate::ui::session::Stage;
use crate::ui::theme::{GAP, GAP_WIDE};
use crate::ui::widgets::{Sign, empty, paint_sign, primary};
use egui::{
    Align, Align2, FontId, Image, Label, Layout, Painter, Pos2, Rect, RichText, Sense, Stroke,
    StrokeKind, TextureHandle, Ui, Vec2, WidgetInfo, pos2,
};

/// A page that is squeezed by a band below it stays as it is down to this part of the least cell.
const SQUEEZE: f32 = 0.82;

pub(super) fn show(ui: &mut Ui, cx: &mut Cx<'_>, check: &mut Check) {
    if !Check::may(cx) {
        let what = cx.words.check_not_yours_what();
        return empty(ui, cx.theme, &cx.words.check_not_yours(), &what);
    }
    let head = cx.theme.size(34.0);
    let room = ui.available_size() - Vec2::new(0.0, head + GAP);
    let least = least_cell(cx.theme, longest_number(ui, cx));
    let grid = Grid::fit(room, cx.theme, longest_number(ui, cx));
    let fits = |page: &ContactSheet| {
        let rows = page.cells.len().div_ceil(page.grid.across.max(1)).max(1);
        room.y / rows as f32 >= least.y * SQUEEZE
            && room.x / page.grid.across as f32 >= least.x * SQUEEZE
    };
    check.page(cx, grid, fits);
    let Some(mut page) = check.page.take() else {
        return nothing(ui, cx, check);
    };
    let size = Vec2::new(ui.available_width(), head);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_size(size);
        header(ui, cx, check, &page);
    });
    match check.zoom {
        Zoom::Open(sheet) if page.find(sheet).is_some() => zoomed(ui, cx, check, &page, sheet),
        Zoom::Open(_) | Zoom::Asked | Zoom::Closed => cells(ui, cx, check, &mut page),
    }
    for picture in &page.following {
        cx.gallery.crop(picture);
    }
    check.page = Some(page);
}

/// Width of the longest number of the campaign at the smallest size, with its gaps.
fn longest_number(ui: &Ui, cx: &Cx<'_>) -> f32 {
    let length = |layout: &crate::voucher::Layout| {
        layout.number.len() + layout.number.groups().len().saturating_sub(1)
    };
    let longest = cx.profile.layouts.iter().map(length).max().unwrap_or(1);
    width(ui.painter(), &"0".repeat(longest), cx.theme.digits(15.0))
}

fn width(painter: &Painter, text: &str, font: FontId) -> f32 {
    painter.layout_no_wrap(text.to_owned(), font, egui::Color32::PLACEHOLDER).size().x
}

/// What to do where there is nothing to look at.
fn nothing(ui: &mut Ui, cx: &mut Cx<'_>, check: &Check) {
    let counts = cx.view.counts;
    let (what, go) = match counts {
        it if it.entry > 0 => (cx.words.check_none_entry(it.entry), (Stage::Entry, "F4")),
        it if it.settle > 0 => (cx.words.check_none_settle(it.settle), (Stage::Supervisor, "F8")),
        it if it.edit > 0 => (cx.words.check_none_edit(it.edit), (Stage::Edit, "F5")),
        _ => (cx.words.check_none_read(), (Stage::Read, "F2")),
    };
    empty(ui, cx.theme, &cx.words.check_none(), &what);
    let word = match go.0 {
        Stage::Entry => cx.words.stage_entry(),
        Stage::Supervisor => cx.words.stage_supervisor(),
        Stage::Edit => cx.words.stage_edit(),
        _ => cx.words.stage_read(),
    };
    ui.vertical_centered(|ui| {
        ui.add_space(GAP);
        if primary(ui, cx.theme, &word, go.1).clicked() {
            cx.go(go.0);
        }
        let saving = check.away().len();
        if saving > 0 {
            let text = RichText::new(cx.words.check_saving(saving)).font(cx.theme.small());
            ui.label(text.color(cx.theme.quiet));
        }
        if let Some(said) = &check.said {
            let colour = if said.refused { cx.theme.stop } else { cx.theme.quiet };
            ui.label(RichText::new(&said.text).font(cx.theme.strong()).color(colour));
        }
    });
}

fn header(ui: &mut Ui, cx: &Cx<'_>, check: &Check, page: &ContactSheet) {
    let theme = cx.theme;
    let away = check.away();
    let left = cx.view.counts.check.saturating_sub(away.len());
    let envelope = cx.words.check_envelope(cx.envelope_name(page.envelope));
    let left = cx.words.check_left(left);
    let here = match away.len() {
        0 => cx.words.check_here(page.cells.len(), check.marked_on(page)),
        saving => cx.words.check_saving(saving),
    };
    let painter = ui.painter();
    let told = width(painter, &envelope, theme.strong())
        + width(painter, &left, theme.strong())
        + width(painter, &here, theme.small())
        + 3.0 * GAP_WIDE;
    let said = check.said.as_ref().map(|said| {
        let colour = if said.refused { theme.stop } else { theme.accent };
        let room = told + width(painter, &said.text, theme.strong());
        (RichText::new(&said.text).font(theme.strong()).color(colour), room)
    });
    ui.spacing_mut().item_spacing.x = GAP_WIDE;
    // Where both don't fit, what was said goes first.
    if said.as_ref().is_none_or(|(_, room)| *room <= ui.available_width()) {
        let strong = |text: String| RichText::new(text).font(theme.strong());
        ui.add(Label::new(strong(envelope)).truncate());
        ui.add(Label::new(strong(left)).truncate());
        let here = RichText::new(here).font(theme.small()).color(theme.quiet);
        ui.add(Label::new(here).truncate());
    }
    if let Some((text, _)) = said {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add(Label::new(text).truncate());
        });
    }
}

fn cells(ui: &mut Ui, cx: &mut Cx<'_>, check: &mut Check, page: &mut ContactSheet) {
    let theme = cx.theme;
    let room = ui.available_rect_before_wrap();
    let least = least_cell(theme, longest_number(ui, cx));
    let across = page.grid.across_for(page.cells.len(), room.size(), least);
    let rows = page.cells.len().div_ceil(across).max(1);
    let Cells { wide, high } = Cells::of(across, rows, room.size(), least);
    let mut whole = true;
    for index in 0..page.cells.len() {
        let (row, column) = (index / across, index % across);
        let min = pos2(room.left() + column as f32 * wide, room.top() + row as f32 * high);
        let rect = Rect::from_min_size(min, Vec2::new(wide, high));
        let Some(cell) = page.cells.get(index).cloned() else { continue };
        let waits = page.waits(cx.view, index);
        let at = Cell { rect, index, cell, waits, wrong: false };
        let seen = one(ui, cx, check, at);
        whole &= !waits || seen != Seen::Coming;
        if let Some(slot) = page.seen.get_mut(index) {
            *slot = seen;
        }
    }
    page.whole_since = match (whole, page.whole_since) {
        (false, _) => None,
        (true, None) => Some(cx.now),
        (true, since) => since,
    };
    lines(ui.painter(), room, theme.hairline(), (across, page.cells.len()), (wide, high));
}

/// The hairlines between cells, each drawn once.
fn lines(
    painter: &Painter,
    room: Rect,
    line: Stroke,
    (across, count): (usize, usize),
    (wide, high): (f32, f32),
) {
    let rows = count.div_ceil(across);
    for row in 0..=rows {
        let above = count.saturating_sub(row.saturating_sub(1) * across).min(across);
        let x = room.left()..=room.left() + above as f32 * wide;
        painter.hline(x, room.top() + row as f32 * high, line);
    }
    for column in 0..=across.min(count) {
        // Rows that have a cell at the left of this line.
        let down = (count + across).saturating_sub(column.max(1)) / across;
        let y = room.top()..=room.top() + down.min(rows) as f32 * high;
        painter.vline(room.left() + column as f32 * wide, y, line);
    }
}

struct Cell {
    rect: Rect,
    index: usize,
    cell: ContactCell,
    waits: bool,
    wrong: bool,
}

/// Draws a cell and hears the mouse. Gives what of its picture is on the screen now.
fn one(ui: &mut Ui, cx: &mut Cx<'_>, check: &mut Check, mut at: Cell) -> Seen {
    let sheet = at.cell.sheet;
    let id = ui.scope_id().with(("cell", sheet.envelope.0, sheet.ordinal));
    let response = ui.interact(at.rect, id, Sense::CLICK);
    if at.waits && response.clicked() {
        check.labelled_by_mouse(sheet);
    }
    if at.waits && response.secondary_clicked() {
        check.look_at(sheet);
    }
    at.wrong = at.waits && check.wrong.contains(&sheet);
    let picked =
        check.last == Some(sheet) || check.typed.is_some_and(|it| label(at.index).starts_with(it));
    let number = cx.grouped(at.cell.number.as_str());
    let (wrong, waits) = (at.wrong, at.waits);
    let name = match (at.waits, at.wrong) {
        (false, _) => format!("{} {}", label(at.index), cx.words.check_gone()),
        (true, false) => format!("{} {number}", label(at.index)),
        (true, true) => format!("{} {number} {}", label(at.index), cx.words.check_wrong()),
    };
    response.widget_info(|| WidgetInfo::selected(egui::Role::Button, waits, wrong, &name));
    if response.hovered() || picked {
        ui.painter().rect_filled(at.rect, 0.0, cx.theme.surface);
    }
    paint(ui, cx, &at, &number)
}

fn paint(ui: &Ui, cx: &mut Cx<'_>, at: &Cell, number: &str) -> Seen {
    let theme = cx.theme;
    let inner = at.rect.shrink2(Vec2::new(theme.size(6.0), 4.0));
    let painter = ui.painter().with_clip_rect(at.rect);
    // On a large window the number grows with its picture.
    let foot = (at.rect.height() * 0.3).clamp(theme.size(22.0), theme.size(52.0));
    let y = inner.bottom() - foot / 2.0;
    let quiet = if at.wrong { theme.stop } else { theme.quiet };
    let marker = label(at.index);
    painter.text(pos2(inner.left(), y), Align2::LEFT_CENTER, marker, theme.digits(15.0), quiet);
    if !at.waits {
        let gone = cx.words.check_gone();
        let font = theme.small();
        painter.text(at.rect.center(), Align2::CENTER_CENTER, gone, font, theme.quiet);
        return Seen::Missing;
    }
    let left = inner.left() + theme.size(26.0);
    let large = FontId::new(foot, egui::FontFamily::Monospace);
    let font = fitting(&painter, number, large, inner.right() - left);
    let ink = if at.wrong { theme.stop } else { theme.ink };
    painter.text(pos2(left, y), Align2::LEFT_CENTER, number, font, ink);
    let frame = Rect::from_min_max(inner.min, pos2(inner.right(), inner.bottom() - foot));
    let shown = at.cell.picture.map_or(Shown::Missing, |picture| cx.gallery.crop(&picture));
    let seen = match shown {
        Shown::Ready(texture) => {
            picture(ui, &texture, frame);
            Seen::Picture
        }
        Shown::Coming => {
            let font = theme.small();
            painter.text(frame.center(), Align2::CENTER_CENTER, "…", font, theme.quiet);
            Seen::Coming
        }
        Shown::Missing => {
            let text = cx.words.check_no_picture(cx.sheet_name(at.cell.sheet));
            let font = fitting(&painter, &text, theme.small(), frame.width());
            painter.text(frame.center(), Align2::CENTER_CENTER, text, font, theme.stop);
            Seen::Missing
        }
    };
    if at.wrong {
        cross(&painter, cx, frame.center(), frame.height().min(theme.size(64.0)));
        let line = Stroke::new(2.0, theme.stop);
        painter.rect_stroke(at.rect.shrink(2.0), 0.0, line, StrokeKind::Inside);
    }
    seen
}

/// The ✕ of a wrong number, on a ground of its own: a picture may be of any colour.
fn cross(painter: &Painter, cx: &Cx<'_>, centre: Pos2, size: f32) {
    painter.circle_filled(centre, size * 0.45, cx.theme.paper);
    paint_sign(painter, Sign::Stop, centre, size * 0.75, cx.theme.stop);
}

/// A face in which the text is no wider than the room: no digit is ever cut.
fn fitting(painter: &Painter, text: &str, font: FontId, room: f32) -> FontId {
    let needed = width(painter, text, font.clone());
    let scale = (room / needed.max(1.0)).min(1.0);
    FontId::new((font.size * scale).floor().max(8.0), font.family)
}

/// As large as it gets, its sides in proportion.
fn picture(ui: &Ui, texture: &TextureHandle, frame: Rect) {
    let wanted = texture.size_vec2();
    let scale = (frame.width() / wanted.x).min(frame.height() / wanted.y);
    let at = Rect::from_center_size(frame.center(), wanted * scale);
    Image::new(texture).paint_at(ui, at);
}

/// One cell's whole sheet, with its number beneath.
fn zoomed(ui: &mut Ui, cx: &mut Cx<'_>, check: &Check, page: &ContactSheet, sheet: SheetId) {
    let Some((index, cell)) = page.find(sheet).and_then(|at| Some((at, page.cells.get(at)?)))
    else {
        return;
    };
    let theme = cx.theme;
    let foot = theme.size(60.0) + theme.size(28.0);
    let size = Vec2::new(ui.available_width(), (ui.available_height() - foot - GAP).max(40.0));
    let (frame, response) = ui.allocate_exact_size(size, Sense::hover());
    let name = cx.words.check_zoomed(label(index));
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Image, true, &name));
    let shown = match cell.picture {
        Some(it) => cx.gallery.whole(&it, cx.session),
        None => Shown::Missing,
    };
    let say = |text: String| {
        let font = theme.text();
        ui.painter().text(frame.center(), Align2::CENTER_CENTER, text, font, theme.quiet);
    };
    match shown {
        Shown::Ready(texture) => picture(ui, &texture, frame),
        Shown::Coming => say(cx.words.picture_coming()),
        Shown::Missing => say(cx.words.check_no_picture(cx.sheet_name(sheet))),
    }
    let wrong = check.wrong.contains(&sheet);
    if wrong {
        let size = theme.size(64.0).min(frame.height());
        let corner = frame.right_top() + Vec2::new(-size / 2.0, size / 2.0);
        cross(ui.painter(), cx, corner, size);
    }
    let ink = if wrong { theme.stop } else { theme.ink };
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GAP_WIDE;
        let quiet = |text: String| RichText::new(text).font(theme.digits(22.0)).color(theme.quiet);
        ui.label(quiet(label(index)));
        let number = RichText::new(cx.grouped(cell.number.as_str())).font(theme.digits(40.0));
        ui.add(Label::new(number.color(ink)).truncate());
        let kind = RichText::new(cx.kind_name(cell.kind.as_ref())).font(theme.text());
        ui.add(Label::new(kind).truncate());
    });
    let how = RichText::new(cx.words.check_zoom_mark(label(index))).font(theme.small());
    ui.add(Label::new(how.color(theme.quiet)).truncate());
}

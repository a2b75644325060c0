//! How many alike look: a page of them, each with its picture or what was read, and one question below.

use super::alike::{Alike, CLASSES, Step};
use super::queue::queue;
use crate::flow::SheetId;
use crate::flow::view::SettleItem;
use crate::ui::refusals;
use crate::ui::screen::Cx;
use crate::ui::screen::edit::picture::{self, Wanted};
use crate::ui::screen::edit::task::{framed, sending_ui};
use crate::ui::screen::edit::{form_ui, paint};
use crate::ui::theme::{CORNER, GAP};
use crate::ui::widgets::{Boxes, number_boxes, primary};
use egui::{
    Align2, CornerRadius, Rect, Sense, Stroke, StrokeKind, Ui, UiBuilder, Vec2, WidgetInfo, pos2,
    vec2,
};
use std::collections::BTreeMap;

pub(super) fn show(ui: &mut Ui, cx: &mut Cx<'_>, alike: &mut Alike) {
    let theme = cx.theme;
    let area = ui.available_rect_before_wrap();
    let id = ui.scope_id().with(("alike form", alike.step as u8));
    let below = ui.data(|data| data.get_temp::<f32>(id)).unwrap_or(theme.size(150.0));
    head(ui, cx, alike);
    let top = ui.cursor().top();
    let end = (area.bottom() - below - GAP).max(top + theme.size(60.0)).min(area.bottom());
    cells(ui, cx, alike, Rect::from_min_max(pos2(area.left(), top), pos2(area.right(), end)));
    let form = Rect::from_min_max(pos2(area.left(), end + GAP), area.max);
    let used = ui.scope_builder(UiBuilder::new().max_rect(form), |ui| {
        question(ui, cx, alike);
        ui.min_rect().height()
    });
    let used = used.inner.min(area.height() * 0.8);
    if (used - below).abs() > 0.5 {
        ui.data_mut(|data| data.insert_temp(id, used));
        ui.ctx().request_repaint();
    }
}

fn head(ui: &mut Ui, cx: &Cx<'_>, alike: &Alike) {
    let theme = cx.theme;
    let word = refusals::reason(cx.words, alike.reason);
    let title = cx.words.sup_alike_title(word, alike.chosen().len(), alike.sheets.len());
    paint::told(ui, &title, theme.heading(), theme.ink);
    let text = match alike.unseen() {
        0 => cx.words.sup_alike_all_seen(),
        unseen => cx.words.sup_alike_unseen(unseen),
    };
    paint::told(ui, &text, theme.small(), theme.quiet);
    ui.add_space(GAP);
}

/// One page of them, the cursor's.
fn cells(ui: &mut Ui, cx: &mut Cx<'_>, alike: &mut Alike, area: Rect) {
    let theme = cx.theme;
    let least = vec2(theme.size(230.0).min(area.width()), theme.size(112.0).min(area.height()));
    let columns = ((area.width() + GAP) / (least.x + GAP)).floor().max(1.0);
    let rows = ((area.height() + GAP) / (least.y + GAP)).floor().max(1.0);
    let size = vec2(
        (area.width() - GAP * (columns - 1.0)) / columns,
        ((area.height() - GAP * (rows - 1.0)) / rows).min(theme.size(220.0)),
    );
    alike.columns = columns as usize;
    alike.page = (columns * rows) as usize;
    let first = alike.at / alike.page * alike.page;
    let view = cx.view;
    let items = queue(view).into_iter().map(|it| (it.sheet(), it.item)).collect::<BTreeMap<_, _>>();
    let page = alike.sheets.iter().copied().enumerate().skip(first).take(alike.page);
    let mut clicked = None;
    for (index, sheet) in page.collect::<Vec<_>>() {
        let (column, row) = ((index - first) % alike.columns, (index - first) / alike.columns);
        let at = area.min + vec2(column as f32 * (size.x + GAP), row as f32 * (size.y + GAP));
        let rect = Rect::from_min_size(at, size);
        let out = alike.out.contains(&sheet);
        if cell(ui, cx, items.get(&sheet).copied(), sheet, rect, index == alike.at, out) {
            clicked = Some(index);
        }
        alike.seen.insert(sheet);
    }
    if let Some(index) = clicked {
        alike.to(index);
    }
}

fn cell(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    item: Option<&SettleItem>,
    sheet: SheetId,
    rect: Rect,
    here: bool,
    out: bool,
) -> bool {
    let theme = cx.theme;
    let line = if here { Stroke::new(3.0, theme.accent) } else { theme.hairline() };
    let radius = CornerRadius::same(CORNER);
    ui.painter().rect(rect, radius, theme.surface, line, StrokeKind::Inside);
    let inside = rect.shrink(6.0);
    let foot = theme.size(24.0);
    let name = cx.sheet_name(sheet);
    let read = item.and_then(|item| match (&item.number, &item.code) {
        (Some(number), _) => Some(cx.grouped(number.as_str())),
        (None, Some(code)) => Some(code.clone()),
        (None, None) => None,
    });
    let at = Rect::from_min_max(inside.min, pos2(inside.right(), inside.bottom() - 2.0 * foot));
    match item.and_then(|item| item.picture) {
        Some(picture) => {
            let spoken = cx.words.edit_picture_of(&name, "");
            let builder = UiBuilder::new().max_rect(at);
            ui.scope_builder(builder, |ui| {
                picture::paint(ui, cx, Some(&picture), at.size(), Wanted::Crop, spoken.trim());
            });
        }
        None => {
            let word = cx.words.edit_no_picture();
            paint::line(ui.painter(), at, Align2::CENTER_CENTER, &word, theme.small(), theme.quiet);
        }
    }
    let read = read.unwrap_or_else(|| "—".to_owned());
    let text = Rect::from_min_max(
        pos2(inside.left(), at.bottom()),
        pos2(inside.right(), at.bottom() + foot),
    );
    paint::line(ui.painter(), text, Align2::LEFT_CENTER, &read, theme.digits(18.0), theme.ink);
    let low = Rect::from_min_max(pos2(inside.left(), text.bottom()), inside.max);
    paint::line(ui.painter(), low, Align2::LEFT_CENTER, &name, theme.small(), theme.quiet);
    let mut spoken = format!("{name} {read}");
    if out {
        let word = cx.words.sup_alike_out();
        ui.painter().rect_filled(at, radius, theme.paper.gamma_multiply(0.8));
        paint::line(ui.painter(), at, Align2::CENTER_CENTER, &word, theme.strong(), theme.stop);
        spoken = format!("{spoken} {word}");
    }
    let response = ui.interact(rect, ui.scope_id().with(("alike", sheet)), Sense::CLICK);
    response.widget_info(|| WidgetInfo::selected(egui::Role::Button, true, here, &spoken));
    response.clicked()
}

fn question(ui: &mut Ui, cx: &mut Cx<'_>, alike: &mut Alike) {
    let theme = cx.theme;
    let mut enter = false;
    let mut command = None;
    framed(ui, theme, |ui| {
        match (alike.step, alike.class) {
            (Step::Look, _) | (_, None) => {
                ui.horizontal_wrapped(|ui| {
                    ui.spacing_mut().item_spacing = Vec2::splat(GAP);
                    for class in CLASSES {
                        if form_ui::key(ui, cx, class.command(), false) {
                            command = Some(class.command());
                        }
                    }
                });
                paint::told(ui, &cx.words.sup_alike_what(), theme.small(), theme.quiet);
            }
            (Step::Why, Some(class)) => {
                form_ui::key(ui, cx, class.command(), true);
                paint::told(ui, &cx.words.edit_ask_reason(), theme.text(), theme.ink);
                enter = alike.why.ui(ui, cx, "alike");
                enter |= primary(ui, theme, &cx.words.edit_go_on(), "Enter").clicked();
            }
            (Step::Count, Some(class)) => {
                let count = alike.chosen().len();
                let word = (class.command().info().word)(cx.words);
                let reason = alike.why.reason().map(|why| why.text).unwrap_or_default();
                let text = cx.words.sup_alike_second(count, word, reason);
                paint::told(ui, &text, theme.strong(), theme.ink);
                paint::told(ui, &cx.words.sup_alike_count(), theme.text(), theme.ink);
                let name = cx.words.sup_alike_count_field();
                let groups = [count.to_string().len()];
                let next = alike.count.len();
                let text = alike.count.as_str();
                let boxes = Boxes { text, groups: &groups, next, shake: 0, name: &name };
                ui.scope(|ui| {
                    ui.set_max_width(theme.size(60.0) * groups[0] as f32 + theme.size(8.0));
                    number_boxes(ui, theme, &boxes);
                });
                enter |= primary(ui, theme, &cx.words.edit_go_on(), "Enter").clicked();
            }
        }
        sending_ui(ui, cx, &alike.sending);
    });
    if let Some(command) = command {
        alike.command(command, cx);
    }
    if enter {
        alike.confirm(cx);
    }
}

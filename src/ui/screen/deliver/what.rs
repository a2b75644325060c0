//! What leaves: sheets and yen large, then by kind, then the files.

use super::{Files, Sum, leaving, ready};
use crate::flow::tally::Line;
use crate::ui::screen::Cx;
use crate::ui::theme::GAP;
use crate::ui::words::thousands;
use crate::voucher::KindId;
use egui::{FontId, Label, RichText, Sense, Ui, Vec2, WidgetInfo};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn show(ui: &mut Ui, cx: &mut Cx<'_>, files: &Files) {
    let theme = cx.theme;
    let sum = Sum::of(cx.view);
    ready::heading(ui, cx, None, &cx.words.deliver_what());
    if sum.envelopes == 0 {
        let text = RichText::new(cx.words.deliver_nothing_what());
        ui.label(text.font(theme.text()).color(theme.quiet));
        return;
    }
    ui.spacing_mut().item_spacing.y = 2.0;
    let sheets = RichText::new(sheet_words(cx, sum.sheets)).font(theme.verdict());
    ui.add(Label::new(sheets).truncate());
    let amount = RichText::new(cx.words.yen(sum.amount)).font(theme.heading());
    ui.add(Label::new(amount).truncate());
    let shops = leaving(cx.view).map(|it| it.shop.as_str()).collect::<BTreeSet<_>>().len();
    let text = cx.words.deliver_envelopes_and_shops(
        cx.words.envelopes(sum.envelopes),
        cx.words.deliver_shops(shops),
    );
    let text = RichText::new(text).font(theme.text()).color(theme.quiet);
    ui.add(Label::new(text).truncate());
    ui.add_space(GAP);
    by_kind(ui, cx);
    ui.add_space(GAP);
    let (line, _) = ui.allocate_exact_size(Vec2::new(ui.available_width(), 1.0), Sense::hover());
    ui.painter().hline(line.x_range(), line.center().y, theme.hairline());
    ui.add_space(GAP);
    list(ui, cx, files);
}

/// Accepted sheets by kind; then what is in the envelopes and not paid.
fn by_kind(ui: &mut Ui, cx: &Cx<'_>) {
    let mut kinds: BTreeMap<&str, Line> = BTreeMap::new();
    for envelope in leaving(cx.view) {
        for (kind, line) in &envelope.tally.lines {
            let sum = kinds.entry(kind).or_default();
            sum.accepted += line.accepted;
            sum.held += line.held;
            sum.rejected += line.rejected;
        }
    }
    // The profile's order, which is the slip's; unknown kinds last.
    let place = |kind: &str| cx.profile.kinds.iter().position(|it| it.id.as_str() == kind);
    let mut order = kinds.keys().copied().collect::<Vec<_>>();
    order.sort_by_key(|kind| place(kind).unwrap_or(usize::MAX));
    for kind in order {
        let accepted = kinds.get(kind).map_or(0, |line| line.accepted);
        let id = (!kind.is_empty()).then(|| KindId::new(kind));
        if accepted > 0 || id.is_some() {
            pair(ui, cx, &cx.kind_name(id.as_ref()), &sheet_words(cx, accepted));
        }
    }
    let held = kinds.values().map(|line| line.held).sum::<u64>();
    let rejected = kinds.values().map(|line| line.rejected).sum::<u64>();
    if held > 0 {
        pair(ui, cx, &cx.words.deliver_of_these_held(), &sheet_words(cx, held));
    }
    if rejected > 0 {
        pair(ui, cx, &cx.words.deliver_of_these_rejected(), &sheet_words(cx, rejected));
    }
}

fn list(ui: &mut Ui, cx: &Cx<'_>, files: &Files) {
    let theme = cx.theme;
    match files {
        Files::Coming => {
            let text = RichText::new(cx.words.deliver_files_coming());
            ui.label(text.font(theme.small()).color(theme.quiet));
        }
        Files::Here(files) if files.is_empty() => {
            let text = RichText::new(cx.words.deliver_files_too_many());
            ui.label(text.font(theme.small()).color(theme.quiet));
        }
        Files::Here(files) => {
            for file in files {
                pair_in(ui, cx, short_name(&file.name), &row_words(cx, file.rows), theme.small());
            }
        }
        Files::Failed(why) => {
            let text = RichText::new(cx.words.deliver_files_failed());
            ui.label(text.font(theme.text()).color(theme.stop));
            ui.label(RichText::new(cx.words.fault(why)).font(theme.small()).color(theme.quiet));
        }
    }
}

/// 100,215 sheets
pub(super) fn sheet_words(cx: &Cx<'_>, sheets: u64) -> String {
    cx.words.deliver_sheets(sheets, thousands(i64::try_from(sheets).unwrap_or(i64::MAX)))
}

/// 100,215 rows
pub(super) fn row_words(cx: &Cx<'_>, rows: u64) -> String {
    cx.words.deliver_rows(rows, thousands(i64::try_from(rows).unwrap_or(i64::MAX)))
}

/// A file's name without what all of them share; the window's band says that it is training.
pub(super) fn short_name(name: &str) -> &str {
    let name = name.strip_prefix("TRAINING_").unwrap_or(name);
    name.strip_suffix(".csv").unwrap_or(name)
}

fn pair(ui: &mut Ui, cx: &Cx<'_>, name: &str, number: &str) {
    pair_in(ui, cx, name, number, cx.theme.text());
}

/// A name at the left, shortened where it must be; a number at the right, never shortened.
fn pair_in(ui: &mut Ui, cx: &Cx<'_>, name: &str, number: &str, font: FontId) {
    let theme = cx.theme;
    let height = font.size * 1.5;
    let right = ui.painter().layout_no_wrap(number.to_owned(), font.clone(), theme.ink);
    let size = Vec2::new(ui.available_width(), height);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let room = (rect.width() - right.size().x - 2.0 * GAP).max(0.0);
    let format = egui::TextFormat::simple(font, theme.quiet);
    let mut job = egui::text::LayoutJob::single_section(name.to_owned(), format);
    job.wrap = egui::text::TextWrapping::truncate_at_width(room);
    let left = ui.painter().layout_job(job);
    let painter = ui.painter();
    let y = |height: f32| rect.center().y - height / 2.0;
    painter.galley(egui::pos2(rect.left(), y(left.size().y)), left, theme.quiet);
    let x = rect.right() - right.size().x;
    painter.galley(egui::pos2(x, y(right.size().y)), right, theme.ink);
    let full = format!("{name} {number}");
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, &full));
}

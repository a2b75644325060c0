//! What leaves: sheets and yen large, then by kind, then the files.

use super::{Files, Sum, leaving, ready};
use crate::flow::tally::Line;
use crate::ui::screen::Cx;
use crate::ui::theme::GAP;
use crate::ui::words::thousands;
use crate::voucher::KindId;
use egui::{Align2, Label, RichText, Sense, Ui, Vec2, WidgetInfo};
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
    let sheets = RichText::new(cx.words.sheets(sum.sheets)).font(theme.verdict());
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
            pair(ui, cx, &cx.kind_name(id.as_ref()), &cx.words.sheets(accepted));
        }
    }
    let held = kinds.values().map(|line| line.held).sum::<u64>();
    let rejected = kinds.values().map(|line| line.rejected).sum::<u64>();
    if held > 0 {
        pair(ui, cx, &cx.words.deliver_of_these_held(), &cx.words.sheets(held));
    }
    if rejected > 0 {
        pair(ui, cx, &cx.words.deliver_of_these_rejected(), &cx.words.sheets(rejected));
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
                let rows = i64::try_from(file.rows).unwrap_or(i64::MAX);
                let rows = cx.words.deliver_rows(file.rows, thousands(rows));
                pair(ui, cx, &file.name, &rows);
            }
        }
        Files::Failed(why) => {
            let text = RichText::new(cx.words.deliver_files_failed());
            ui.label(text.font(theme.text()).color(theme.stop));
            ui.label(RichText::new(why).font(theme.small()).color(theme.quiet));
        }
    }
}

/// A name at the left, shortened where it must be; a number at the right, never shortened.
fn pair(ui: &mut Ui, cx: &Cx<'_>, name: &str, number: &str) {
    let theme = cx.theme;
    let right = ui.painter().layout_no_wrap(number.to_owned(), theme.text(), theme.ink);
    let size = Vec2::new(ui.available_width(), theme.size(28.0));
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let room = (rect.width() - right.size().x - 2.0 * GAP).max(0.0);
    let left = short(ui, cx, name, room);
    let painter = ui.painter();
    let y = |height: f32| rect.center().y - height / 2.0;
    painter.galley(egui::pos2(rect.left(), y(left.size().y)), left, theme.quiet);
    let x = rect.right() - right.size().x;
    painter.galley(egui::pos2(x, y(right.size().y)), right, theme.ink);
    let full = format!("{name} {number}");
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, &full));
}

/// One line of text that ends in … where it is too long.
pub(super) fn short(ui: &Ui, cx: &Cx<'_>, text: &str, width: f32) -> std::sync::Arc<egui::Galley> {
    let format = egui::TextFormat::simple(cx.theme.text(), cx.theme.quiet);
    let mut job = egui::text::LayoutJob::single_section(text.to_owned(), format);
    job.wrap = egui::text::TextWrapping::truncate_at_width(width);
    job.halign = Align2::LEFT_TOP.x();
    ui.painter().layout_job(job)
}

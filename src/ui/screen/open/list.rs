//! The envelopes that are open, newest first: what is there, what is missing, what waits.

use crate::flow::EnvelopeId;
use crate::flow::tally::Line;
use crate::flow::view::EnvelopeView;
use crate::ui::screen::Cx;
use crate::ui::theme::{CORNER, GAP, GAP_WIDE, Theme};
use crate::ui::widgets::{Segment, bar, elided, paint_line};
use egui::{
    Align2, CornerRadius, Rect, RichText, ScrollArea, Sense, Stroke, StrokeKind, Ui, UiBuilder,
    Vec2, WidgetInfo,
};
use std::sync::Arc;

/// Height of a row, points at 100 %.
const ROW: f32 = 68.0;

/// The marked envelope, and where the list is scrolled to.
#[derive(Debug, Default)]
pub(super) struct Chosen {
    id: Option<EnvelopeId>,
    moved: bool,
    top: f32,
}

impl Chosen {
    /// Marks the envelope on the desk, or none: nobody goes on with one by a stray Enter.
    pub fn mark(&mut self, on_desk: Option<EnvelopeId>) {
        self.id = on_desk;
    }

    /// The marked envelope, if it is open still.
    pub fn chosen(&self, cx: &Cx<'_>) -> Option<EnvelopeId> {
        self.id.filter(|id| cx.view.envelopes.get(id).is_some_and(|it| it.open))
    }

    pub fn step(&mut self, cx: &Cx<'_>, by: isize) {
        let open = open(cx);
        let now = self.id.and_then(|id| open.iter().position(|it| it.id == id));
        let next = match (now, by) {
            (None, _) => 0,
            (Some(index), by) if by < 0 => index.saturating_sub(by.unsigned_abs()),
            (Some(index), by) => index + by.unsigned_abs(),
        };
        if let Some(envelope) = open.get(next.min(open.len().saturating_sub(1))) {
            self.id = Some(envelope.id);
            self.moved = true;
        }
    }

    /// Draws the list; gives the envelope that was clicked. The marked row is accented while Enter
    /// would go on with it.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        height: f32,
        enters: bool,
    ) -> Option<EnvelopeId> {
        let theme = cx.theme;
        let open = open(cx);
        let title = cx.words.open_list(cx.words.envelopes(open.len()));
        ui.label(RichText::new(title).font(theme.strong()));
        if open.is_empty() {
            let text = RichText::new(cx.words.open_list_empty()).font(theme.text());
            ui.label(text.color(theme.quiet));
            return None;
        }
        let how = RichText::new(cx.words.open_list_how()).font(theme.small());
        ui.label(how.color(theme.quiet));
        let (row, gap) = (theme.size(ROW), 4.0);
        ui.spacing_mut().item_spacing.y = gap;
        let left = (height - theme.size(64.0)).max(2.0 * row);
        let mut follow = None;
        let mut area = ScrollArea::vertical()
            .id_salt("open-envelopes")
            .max_height(left)
            .min_scrolled_height(left);
        if std::mem::take(&mut self.moved)
            && let Some(index) = open.iter().position(|it| Some(it.id) == self.id)
        {
            // A row may not be drawn yet: its place follows from its number.
            let top = index as f32 * (row + gap);
            let height = left.min(open.len() as f32 * (row + gap) - gap);
            let seen = self.top.min(top).max(top + row - height);
            area = area.vertical_scroll_offset(seen.max(0.0));
            follow = Some(top);
        }
        let mut clicked = None;
        let list = ui.cursor().min;
        let shown = area.auto_shrink([false, true]).show_rows(ui, row, open.len(), |ui, range| {
            for envelope in open.get(range).into_iter().flatten() {
                let marked = enters && self.id == Some(envelope.id);
                if line(ui, cx, envelope, marked) {
                    clicked = Some(envelope.id);
                }
            }
        });
        if let Some(top) = follow {
            // Where the list stands below the form, the form makes room for it.
            let at = list + Vec2::new(0.0, top - shown.state.clamped_offset().y);
            ui.scroll_to_rect(Rect::from_min_size(at, Vec2::new(1.0, row)), None);
        }
        self.top = shown.state.clamped_offset().y;
        clicked
    }
}

/// Newest first.
fn open(cx: &Cx<'_>) -> Vec<Arc<EnvelopeView>> {
    cx.view.envelopes.values().rev().filter(|it| it.open).cloned().collect()
}

fn line(ui: &mut Ui, cx: &mut Cx<'_>, envelope: &EnvelopeView, marked: bool) -> bool {
    let theme = cx.theme;
    let size = Vec2::new(ui.available_width(), theme.size(ROW));
    let (rect, response) = ui.allocate_exact_size(size, Sense::CLICK);
    let fill = if marked || response.hovered() { theme.surface } else { theme.paper };
    let line = if marked { Stroke::new(3.0, theme.accent) } else { theme.hairline() };
    let painter = ui.painter();
    painter.rect(rect, CornerRadius::same(CORNER), fill, line, StrokeKind::Inside);
    let inner = rect.shrink2(Vec2::new(theme.size(12.0), theme.size(8.0)));
    let id = cx.envelope_name(envelope.id);
    let shop = cx.shops.name(&envelope.shop, cx.session);
    let number = elided(ui, &id, theme.digits(16.0), theme.quiet, inner.width() * 0.4);
    let left = number.size().x + GAP_WIDE;
    let middle = inner.top() + theme.size(12.0);
    paint_line(ui, number, Align2::LEFT_CENTER, egui::pos2(inner.left(), middle));
    let name = elided(ui, &shop, theme.text(), theme.ink, inner.width() - left);
    paint_line(ui, name, Align2::LEFT_CENTER, egui::pos2(inner.left() + left, middle));
    let sum = envelope.tally.sum();
    let waits = waits(cx, envelope, &sum);
    progress(ui, cx, &sum, &waits, inner);
    let spoken = format!("{id} {shop} {}", said(cx, &sum, &waits));
    response.widget_info(|| WidgetInfo::selected(egui::Role::Button, true, marked, &spoken));
    response.clicked()
}

fn said(cx: &Cx<'_>, sum: &Line, waits: &str) -> String {
    format!("{} {waits}", cx.words.declared_and_taken(sum.declared, sum.taken))
}

/// The bar against the slip, its figures, and what waits.
fn progress(ui: &mut Ui, cx: &Cx<'_>, sum: &Line, waits: &str, inner: Rect) {
    let theme = cx.theme;
    let height = theme.size(12.0);
    let middle = inner.bottom() - theme.size(10.0);
    let width = theme.size(100.0).min(inner.width() * 0.26);
    let place = Rect::from_min_size(
        egui::pos2(inner.left(), middle - height / 2.0),
        Vec2::new(width, height),
    );
    let mut child = ui.new_child(UiBuilder::new().max_rect(place));
    let name = said(cx, sum, waits);
    bar(&mut child, theme, &parts(theme, sum), sum.declared, place.size(), &name);
    let figures = format!("{}/{}", sum.taken, sum.declared);
    let colour = if sum.taken > sum.declared { theme.stop } else { theme.ink };
    let at = place.right() + GAP;
    let figures = elided(ui, &figures, theme.digits(15.0), colour, inner.right() - at);
    let after = at + figures.size().x + GAP_WIDE;
    paint_line(ui, figures, Align2::LEFT_CENTER, egui::pos2(at, middle));
    let waits = elided(ui, waits, theme.small(), theme.quiet, inner.right() - after);
    paint_line(ui, waits, Align2::RIGHT_CENTER, egui::pos2(inner.right(), middle));
}

/// Accepted, in hand, held, rejected.
fn parts(theme: &Theme, sum: &Line) -> [Segment; 4] {
    let part = |amount, colour| Segment { amount, colour };
    [
        part(sum.accepted, theme.accepted),
        part(sum.in_hand, theme.look_at),
        part(sum.held, theme.stop),
        part(sum.rejected, theme.quiet),
    ]
}

/// What is to be done with it next.
fn waits(cx: &Cx<'_>, envelope: &EnvelopeView, sum: &Line) -> String {
    let words = cx.words;
    let mut waits = Vec::new();
    if !envelope.check.is_empty() {
        waits.push(words.open_to_check(envelope.check.len()));
    }
    if !envelope.entry.is_empty() {
        waits.push(words.open_to_key(envelope.entry.len()));
    }
    if !envelope.settle.is_empty() {
        waits.push(words.open_to_settle(envelope.settle.len()));
    }
    if sum.taken > sum.declared {
        waits.push(words.over(sum.taken - sum.declared));
    } else if sum.taken < sum.declared && sum.taken > 0 {
        waits.push(words.left(sum.declared - sum.taken));
    } else if sum.taken == 0 {
        waits.push(words.open_untouched());
    } else if waits.is_empty() {
        waits.push(words.open_to_close());
    }
    waits.join(" · ")
}

//! The envelopes that are not delivered: what the list shows while nothing is searched for.

use super::paint;
use super::rows::{self, Cursor};
use crate::flow::view::EnvelopeView;
use crate::flow::{EnvelopeId, View};
use crate::ui::screen::Cx;
use crate::ui::theme::GAP;
use crate::ui::widgets::{difference, empty, signed, tie_out_small};
use egui::{Align2, Color32, Rect, Sense, Ui, Vec2, WidgetInfo, pos2};
use std::sync::Arc;

/// In the order of the list: open ones, then closed ones, each by number.
pub fn order(view: &View) -> Vec<EnvelopeId> {
    let mut ids = view.envelopes.iter().map(|(id, it)| (!it.open, *id)).collect::<Vec<_>>();
    ids.sort_unstable();
    ids.into_iter().map(|(_, id)| id).collect()
}

/// Draws the list. Gives the envelope that was clicked.
pub fn show(ui: &mut Ui, cx: &mut Cx<'_>, cursor: &mut Cursor, hand: bool) -> Option<EnvelopeId> {
    let theme = cx.theme;
    let ids = order(cx.view);
    if ids.is_empty() {
        empty(ui, theme, &cx.words.edit_no_envelopes(), &cx.words.edit_no_envelopes_what());
        return None;
    }
    paint::said(ui, &cx.words.edit_envelopes(ids.len()), theme.small(), theme.quiet);
    let at = cursor.at;
    let mut clicked = None;
    rows::list(ui, "envelopes", ids.len(), theme.size(72.0), cursor, |ui, index, rect| {
        let envelope = ids.get(index).and_then(|id| cx.view.envelopes.get(id)).map(Arc::clone);
        if let Some(envelope) = envelope
            && row(ui, cx, rect, &envelope, index == at, hand)
        {
            clicked = Some(envelope.id);
        }
    });
    clicked
}

/// What an envelope's state is, and its colour.
pub fn state(cx: &Cx<'_>, envelope: &EnvelopeView) -> (String, Color32) {
    let theme = cx.theme;
    let words = cx.words;
    let sum = envelope.tally.sum();
    match (envelope.open, envelope.delivering) {
        (_, true) => (words.edit_state_delivering(), theme.quiet),
        (false, false) => (words.edit_state_closed(), theme.quiet),
        (true, false) => match (envelope.in_hand(), difference(&sum)) {
            (0, _) if !envelope.aside.is_empty() => {
                (words.aside_head(envelope.aside.len()), theme.stop)
            }
            (0, 0) if envelope.tally.difference().is_empty() => {
                (words.edit_state_ready(), theme.accepted)
            }
            (0, 0) => (words.edit_state_kinds(), theme.stop),
            (0, difference) => (words.edit_state_differs(signed(difference)), theme.stop),
            (in_hand, _) => (words.edit_state_in_hand(in_hand), theme.ink),
        },
    }
}

fn row(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    rect: Rect,
    envelope: &EnvelopeView,
    chosen: bool,
    hand: bool,
) -> bool {
    let theme = cx.theme;
    let id = ui.scope_id().with(("envelope", envelope.id.0));
    let response = ui.interact(rect, id, Sense::CLICK);
    paint::ground(ui, theme, rect, &response, chosen, hand);
    let name = cx.envelope_name(envelope.id);
    let shop = cx.shops.name(&envelope.shop, cx.session);
    let (state, colour) = state(cx, envelope);
    let inside = rect.shrink2(Vec2::new(theme.size(10.0), 3.0));
    let third = theme.size(24.0);
    let upper = inside.with_max_y(inside.top() + third);
    let middle = Rect::from_min_max(pos2(inside.left(), upper.bottom()), inside.max);
    let middle = middle.with_max_y(upper.bottom() + theme.size(22.0));
    let painter = ui.painter();
    let right = upper.with_min_x(upper.left() + upper.width() * 0.4);
    let font = theme.small();
    let taken = paint::line(painter, right, Align2::RIGHT_CENTER, &state, font, colour);
    let left = upper.with_max_x(upper.right() - taken - GAP);
    paint::line(painter, left, Align2::LEFT_CENTER, &name, theme.digits(18.0), theme.ink);
    paint::line(painter, middle, Align2::LEFT_CENTER, &shop, theme.small(), theme.quiet);
    let sum = envelope.tally.sum();
    let bars = Rect::from_min_max(pos2(inside.left(), middle.bottom() + 2.0), inside.max);
    tie_out_small(painter, theme, &sum, bars.with_max_y(bars.bottom() - 3.0));
    let spoken = format!("{name} {shop} {state}");
    response.widget_info(|| WidgetInfo::selected(egui::Role::Button, true, chosen, &spoken));
    response.clicked()
}

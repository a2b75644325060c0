//! The shop: one large field, and what it finds.

use super::form::Field;
use super::{Open, field_id};
use crate::flow::rows::ShopEntry;
use crate::ui::screen::Cx;
use crate::ui::theme::{CORNER, GAP, GAP_WIDE};
use crate::ui::widgets::{TextField, elided, paint_line};
use egui::text::{CCursor, CCursorRange};
use egui::{
    Align2, CornerRadius, Id, Rect, Response, RichText, Sense, StrokeKind, Ui, Vec2, WidgetInfo,
};

/// Size of the shop's name, points.
const SHOP: f32 = 24.0;
/// More hits than these nobody reads: one types on.
const MOST: usize = 50;

impl Open {
    pub(super) fn shop_field(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let theme = cx.theme;
        ui.label(RichText::new(cx.words.open_shop()).font(theme.strong()));
        match &self.form.shop {
            Some(shop) if self.at != Field::Shop => {
                if chosen_shop(ui, cx, shop) {
                    self.go_to(Field::Shop);
                }
            }
            _ => self.shop_text(ui, cx),
        }
        self.problem_at(ui, cx, Field::Shop);
        let nothing = self.form.shop.is_none() && self.form.text.trim().is_empty();
        if nothing && self.problem.is_none() {
            let hint = RichText::new(cx.words.open_shop_how()).font(theme.small());
            ui.label(hint.color(theme.quiet));
        }
        ui.add_space(GAP);
    }

    fn shop_text(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let id = field_id(Field::Shop);
        if self.at == Field::Shop && std::mem::take(&mut self.fresh) && self.form.shop.is_some() {
            // The person came back to choose another: what is typed replaces this one.
            select_all(ui, id, &self.form.text);
        }
        let field = TextField::new(&mut self.form.text, cx.words.open_shop())
            .asks()
            .hint(cx.words.open_shop_hint())
            .width(ui.available_width() / cx.theme.scale)
            .points(SHOP);
        let response = field.show(ui, cx.theme, id);
        if response.changed() {
            self.shop_typed(cx);
        }
        if response.clicked() || response.gained_focus() {
            self.at = Field::Shop;
        }
    }

    /// What stands in the field is another text now.
    pub(super) fn shop_typed(&mut self, cx: &mut Cx<'_>) {
        self.form.shop = None;
        self.problem = None;
        let text = self.form.text.clone();
        self.search.changed(&text, cx);
    }

    /// The shops that fit, in place of the rest of the form.
    pub(super) fn hits(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let theme = cx.theme;
        if self.search.current() && self.search.hits.is_empty() && self.problem.is_none() {
            let text = RichText::new(cx.words.open_no_hits()).font(theme.text());
            ui.label(text.color(theme.stop));
            return;
        }
        let follow = std::mem::take(&mut self.search.moved);
        let mut clicked = None;
        ui.spacing_mut().item_spacing.y = 2.0;
        for (index, shop) in self.search.hits.iter().enumerate().take(MOST) {
            let marked = index == self.search.cursor;
            let response = hit(ui, cx, shop, marked);
            if marked && follow {
                response.scroll_to_me(None);
            }
            if response.clicked() {
                clicked = Some(shop.clone());
            }
        }
        if let Some(shop) = clicked {
            self.choose(shop, cx);
        }
    }
}

/// The chosen shop, as large as a field; a click changes it.
fn chosen_shop(ui: &mut Ui, cx: &Cx<'_>, shop: &ShopEntry) -> bool {
    let theme = cx.theme;
    let height = theme.hit().max(theme.size(SHOP) * 1.4 + 16.0);
    let size = Vec2::new(ui.available_width(), height);
    let (rect, response) = ui.allocate_exact_size(size, Sense::CLICK);
    let line = if response.hovered() { theme.hovered() } else { theme.hairline() };
    let painter = ui.painter();
    painter.rect(rect, CornerRadius::same(CORNER), theme.paper, line, StrokeKind::Inside);
    let inks = (theme.ink, theme.quiet);
    shop_line(ui, cx, shop, rect.shrink2(Vec2::new(12.0, 0.0)), theme.heading(), inks);
    let name = format!("{} {} {}", cx.words.open_shop(), shop.name, shop.code);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &name));
    response.clicked()
}

/// Name at the left, code at the right.
fn shop_line(
    ui: &Ui,
    cx: &Cx<'_>,
    shop: &ShopEntry,
    rect: Rect,
    font: egui::FontId,
    (ink, quiet): (egui::Color32, egui::Color32),
) {
    let theme = cx.theme;
    let code = elided(ui, &shop.code, theme.digits(16.0), quiet, rect.width() * 0.5);
    let room = rect.width() - code.size().x - GAP_WIDE;
    paint_line(ui, code, Align2::RIGHT_CENTER, rect.right_center());
    let name = if shop.name.is_empty() { &shop.code } else { &shop.name };
    let name = elided(ui, name, font, ink, room);
    paint_line(ui, name, Align2::LEFT_CENTER, rect.left_center());
}

fn hit(ui: &mut Ui, cx: &Cx<'_>, shop: &ShopEntry, marked: bool) -> Response {
    let theme = cx.theme;
    let size = Vec2::new(ui.available_width(), theme.hit());
    let (rect, response) = ui.allocate_exact_size(size, Sense::CLICK);
    let (fill, ink, quiet) = match (marked, response.hovered()) {
        (true, _) => (theme.accent, theme.on_accent, theme.on_accent),
        (false, true) => (theme.surface, theme.ink, theme.quiet),
        (false, false) => (theme.paper, theme.ink, theme.quiet),
    };
    ui.painter().rect_filled(rect, CornerRadius::same(CORNER), fill);
    let inner = rect.shrink2(Vec2::new(12.0, 0.0));
    shop_line(ui, cx, shop, inner, theme.strong(), (ink, quiet));
    let name = format!("{} {}", shop.name, shop.code);
    response.widget_info(|| WidgetInfo::selected(egui::Role::Button, true, marked, &name));
    response
}

fn select_all(ui: &Ui, id: Id, text: &str) {
    let mut state = egui::TextEdit::load_state(ui.ctx(), id).unwrap_or_default();
    let range = CCursorRange::two(CCursor::new(0), CCursor::new(text.chars().count()));
    state.cursor.set_char_range(Some(range));
    egui::TextEdit::store_state(ui.ctx(), id, state);
}

//! Lists of any length: only the rows that are seen are built.

use super::paint;
use crate::flow::SheetId;
use crate::flow::event::{Counted, Place};
use crate::flow::state::Sheet;
use crate::ui::port::FoundSheet;
use crate::ui::refusals;
use crate::ui::screen::Cx;
use crate::ui::theme::GAP;
use crate::ui::widgets::{Sign, paint_sign};
use egui::style::ScrollAnimation;
use egui::{Align2, Rect, ScrollArea, Sense, Ui, Vec2, WidgetInfo, pos2};

/// Where the eye is in a list, and whether the list should follow it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cursor {
    pub at: usize,
    pub follow: bool,
}

impl Cursor {
    pub fn step(&mut self, by: isize, count: usize) {
        self.at = self.at.saturating_add_signed(by).min(count.saturating_sub(1));
        self.follow = true;
    }

    pub fn to(&mut self, at: usize) {
        self.at = at;
        self.follow = true;
    }
}

/// A scrolling list of rows of one height. `row` draws a row into its box.
pub fn list(
    ui: &mut Ui,
    salt: &str,
    count: usize,
    height: f32,
    cursor: &mut Cursor,
    mut row: impl FnMut(&mut Ui, usize, Rect),
) {
    let area = ScrollArea::vertical().id_salt(salt).auto_shrink([false, false]);
    area.show_viewport(ui, |ui, viewport| {
        ui.set_height(height * count as f32);
        let top = ui.max_rect().top();
        let width = ui.available_width() - GAP;
        let left = ui.max_rect().left();
        let at = |index: usize| {
            let min = pos2(left, top + height * index as f32);
            Rect::from_min_size(min, Vec2::new(width, height - 1.0))
        };
        for index in seen(viewport.top(), viewport.bottom(), height, count) {
            row(ui, index, at(index));
        }
        if std::mem::take(&mut cursor.follow) && cursor.at < count {
            ui.scroll_to_rect_animation(at(cursor.at), None, ScrollAnimation::none());
        }
    });
}

/// The same as a part of a page that scrolls itself.
pub fn within(
    ui: &mut Ui,
    count: usize,
    height: f32,
    cursor: &mut Cursor,
    mut row: impl FnMut(&mut Ui, usize, Rect),
) {
    let size = Vec2::new(ui.available_width(), height * count as f32);
    let (rect, _) = ui.allocate_exact_size(size, Sense::HOVER);
    let at = |index: usize| {
        let min = pos2(rect.left(), rect.top() + height * index as f32);
        Rect::from_min_size(min, Vec2::new(rect.width(), height - 1.0))
    };
    let clip = ui.clip_rect();
    for index in seen(clip.top() - rect.top(), clip.bottom() - rect.top(), height, count) {
        row(ui, index, at(index));
    }
    if std::mem::take(&mut cursor.follow) && cursor.at < count {
        ui.scroll_to_rect_animation(at(cursor.at), None, ScrollAnimation::none());
    }
}

/// Rows between two heights of the list.
fn seen(top: f32, bottom: f32, height: f32, count: usize) -> std::ops::Range<usize> {
    let first = (top / height).floor().max(0.0) as usize;
    let last = (bottom / height).ceil().max(0.0) as usize;
    first.min(count)..last.min(count)
}

/// One sheet as a row shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct SheetRow {
    pub sign: Sign,
    pub number: String,
    pub state: String,
    /// Name, of what it is a repeat, kind, shop.
    pub about: String,
}

impl SheetRow {
    pub fn found(cx: &Cx<'_>, found: &FoundSheet) -> SheetRow {
        let place = refusals::named_place(cx.words, &found.place);
        let state = if found.delivered.is_some() { cx.words.edit_delivered() } else { place };
        let kind = cx.kind_name(found.kind.as_ref());
        let shop = if found.shop_name.is_empty() { &found.shop } else { &found.shop_name };
        let number = found.number.as_deref();
        SheetRow {
            sign: sign_of(&found.place),
            number: number.map_or_else(|| "—".to_owned(), |it| cx.grouped(it)),
            state,
            about: about(cx, found.sheet, found.repeats, &format!("{kind} · {shop}")),
        }
    }

    pub fn sheet(cx: &Cx<'_>, sheet: &Sheet) -> SheetRow {
        let number = match &sheet.place {
            Place::Accepted(accepted) => match &accepted.number {
                Counted::Number(number) => cx.grouped(number.as_str()),
                Counted::Provisional(number) => number.clone(),
            },
            _ => {
                let known = sheet.read.as_ref().or(sheet.agreed.as_ref());
                known.map_or_else(|| "—".to_owned(), |number| cx.grouped(number.as_str()))
            }
        };
        let kind = cx.kind_name(sheet.kind.as_ref());
        SheetRow {
            sign: Sign::of(&sheet.place),
            number,
            state: refusals::place_word(cx.words, &sheet.place),
            about: about(cx, sheet.id, sheet.repeats, &kind),
        }
    }

    /// Draws it; true: clicked. `hand`: the keys are here.
    pub fn show(&self, ui: &mut Ui, cx: &Cx<'_>, rect: Rect, chosen: bool, hand: bool) -> bool {
        let theme = cx.theme;
        let id = ui.scope_id().with(("sheet", &self.about));
        let response = ui.interact(rect, id, Sense::CLICK);
        paint::ground(ui, theme, rect, &response, chosen, hand);
        let painter = ui.painter();
        let inside = rect.shrink2(Vec2::new(theme.size(8.0), 2.0));
        let mark = theme.size(24.0);
        let upper = Rect::from_min_max(inside.min, pos2(inside.right(), inside.center().y));
        let lower = Rect::from_min_max(pos2(inside.left(), inside.center().y), inside.max);
        let centre = pos2(upper.left() + mark / 2.0, inside.center().y);
        paint_sign(painter, self.sign, centre, mark * 0.9, self.sign.colour(theme));
        let text = |rect: Rect| rect.with_min_x(rect.left() + mark + GAP);
        let right = text(upper);
        let colour = self.sign.colour(theme);
        let state = right.with_min_x(right.left() + right.width() * 0.45);
        let font = theme.small();
        let taken = paint::line(painter, state, Align2::RIGHT_CENTER, &self.state, font, colour);
        let number = right.with_max_x(right.right() - taken - GAP);
        let font = theme.digits(18.0);
        paint::line(painter, number, Align2::LEFT_CENTER, &self.number, font, theme.ink);
        let font = theme.small();
        paint::line(painter, text(lower), Align2::LEFT_CENTER, &self.about, font, theme.quiet);
        let name = format!("{} {} {}", self.state, self.number, self.about);
        response.widget_info(|| WidgetInfo::selected(egui::Role::Button, true, chosen, &name));
        response.clicked()
    }
}

/// Its name, of which sheet it is a repeat, and the rest.
fn about(cx: &Cx<'_>, sheet: SheetId, repeats: Option<SheetId>, rest: &str) -> String {
    let name = cx.sheet_name(sheet);
    match repeats {
        Some(other) => {
            format!("{name} · {} · {rest}", cx.words.edit_repeats(cx.sheet_name(other)))
        }
        None => format!("{name} · {rest}"),
    }
}

/// The height of a sheet's row.
pub fn sheet_height(cx: &Cx<'_>) -> f32 {
    cx.theme.size(54.0)
}

/// By `Place::word`.
fn sign_of(word: &str) -> Sign {
    match word {
        "accepted" => Sign::Accepted,
        "check" => Sign::Look,
        "entry" => Sign::ToKey,
        "settle" | "held" => Sign::Stop,
        _ => Sign::Away,
    }
}

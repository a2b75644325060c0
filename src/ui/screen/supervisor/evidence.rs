//! What everything said of a number, under each other: the characters that differ stand out, each reading
//! has its place in the picture beneath it, and the whole sheet stands beside, upright.

use super::places::{Place, Places};
use crate::ui::gallery::Shown;
use crate::ui::port::SheetFile;
use crate::ui::screen::Cx;
use crate::ui::screen::edit::form_ui::who;
use crate::ui::screen::edit::said::{self, Said, Who};
use crate::ui::screen::edit::{paint, picture};
use crate::ui::theme::{CORNER, GAP, GAP_WIDE};
use crate::voucher::steps::Step;
use egui::{
    Align2, CornerRadius, Image, Rect, Sense, StrokeKind, TextureHandle, Ui, Vec2, WidgetInfo,
    pos2, vec2,
};

/// Draws it into `size`. True: the whole sheet was clicked.
pub(super) fn show(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    places: &mut Places,
    file: &SheetFile,
    said: &[Said],
    size: Vec2,
) -> bool {
    let name = cx.sheet_name(file.sheet.id);
    let spoken = cx.words.edit_picture_of(&name, "");
    let whole = file.sheet.picture().copied();
    let mut clicked = false;
    let beside = size.x / cx.theme.scale > 560.0;
    let mut whole_sheet = |ui: &mut Ui, cx: &mut Cx<'_>, size: Vec2| {
        let wanted = picture::Wanted::Whole;
        clicked = picture::paint(ui, cx, whole.as_ref(), size, wanted, spoken.trim()).clicked();
    };
    if beside {
        let left = (size.x - GAP_WIDE) * 0.56;
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = GAP_WIDE;
            readings(ui, cx, places, file, said, vec2(left, size.y));
            whole_sheet(ui, cx, vec2(size.x - GAP_WIDE - left, size.y));
        });
    } else {
        let high = (size.y - GAP) * 0.6;
        readings(ui, cx, places, file, said, vec2(size.x, high));
        whole_sheet(ui, cx, vec2(size.x, size.y - GAP - high));
    }
    clicked
}

fn readings(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    places: &mut Places,
    file: &SheetFile,
    said: &[Said],
    size: Vec2,
) {
    let theme = cx.theme;
    let (area, _) = ui.allocate_exact_size(size, Sense::HOVER);
    let texts = said.iter().map(|said| said.text.as_deref().unwrap_or_default());
    let marks = said::marks(&texts.collect::<Vec<_>>());
    let count = said.len().max(1) as f32;
    let line = theme.size(40.0).min(area.height() / count);
    let machines = said.iter().filter(|said| place_of(said).is_some()).count().max(1) as f32;
    // What the lines of text leave is the pictures'.
    let high = ((area.height() - line * count) / machines - GAP).min(theme.size(120.0));
    let mut top = area.top();
    for (said, marks) in said.iter().zip(&marks) {
        let rect = Rect::from_min_size(pos2(area.left(), top), vec2(area.width(), line));
        reading(ui, cx, said, marks, rect);
        top += line;
        let Some(step) = place_of(said).filter(|_| high > theme.size(14.0)) else { continue };
        let left = area.left() + label_width(cx, area.width());
        let frame = Rect::from_min_max(pos2(left, top), pos2(area.right(), top + high));
        place(ui, cx, places, file, said, step, frame);
        top += high + GAP;
    }
}

/// What shows where a reading was read.
fn place_of(said: &Said) -> Option<Step> {
    match said.who {
        Who::Barcode(_) => Some(Step::Barcode),
        Who::Print(_) => Some(Step::Line),
        Who::Beside(_) | Who::Second(_) | Who::Person(_) => None,
    }
}

/// The numbers stand under each other, so the words before them are all as wide.
fn label_width(cx: &Cx<'_>, width: f32) -> f32 {
    cx.theme.size(150.0).min(width * 0.34)
}

/// Who said it, and the number large; what differs is turned round in colour.
fn reading(ui: &Ui, cx: &Cx<'_>, said: &Said, marks: &[bool], rect: Rect) {
    let theme = cx.theme;
    let left = rect.left() + label_width(cx, rect.width());
    let by = who(cx, said);
    let label = Rect::from_min_max(rect.min, pos2(left - GAP, rect.bottom()));
    let painter = ui.painter();
    paint::line(painter, label, Align2::LEFT_CENTER, &by, theme.small(), theme.quiet);
    let text = said.text.clone().unwrap_or_else(|| cx.words.entry_cannot_told());
    let number = Rect::from_min_max(pos2(left, rect.top()), rect.max);
    if said.text.is_none() {
        paint::line(painter, number, Align2::LEFT_CENTER, &text, theme.text(), theme.ink);
    } else {
        // No character is cut: the face gets smaller instead.
        let most = number.width() / text.chars().count().max(1) as f32 / 0.62;
        let font =
            theme.digits((theme.size(34.0).min(most).min(rect.height() * 0.85)) / theme.scale);
        let step = painter.layout_no_wrap("0".to_owned(), font.clone(), theme.ink).size().x;
        for (at, char) in text.chars().enumerate() {
            let centre = pos2(left + step * (at as f32 + 0.5), rect.center().y);
            let marked = marks.get(at).copied().unwrap_or(false);
            if marked {
                let cell = Rect::from_center_size(centre, vec2(step, font.size * 1.15));
                painter.rect_filled(cell, CornerRadius::same(3), theme.stop);
            }
            let ink = if marked { theme.on_sign } else { theme.ink };
            painter.text(centre, Align2::CENTER_CENTER, char, font.clone(), ink);
        }
    }
    let id = ui.scope_id().with(("said", rect.top().to_bits()));
    let response = ui.interact(rect, id, Sense::HOVER);
    let name = format!("{by} {text}");
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, &name));
}

/// The place in the picture, as large as the frame lets it be.
fn place(
    ui: &Ui,
    cx: &mut Cx<'_>,
    places: &mut Places,
    file: &SheetFile,
    said: &Said,
    step: Step,
    frame: Rect,
) {
    let theme = cx.theme;
    ui.painter().rect(
        frame,
        CornerRadius::same(CORNER),
        theme.surface,
        theme.hairline(),
        StrokeKind::Inside,
    );
    let mut found = places.of(ui, said.side, step);
    // The number's crop is kept: it stands in until the line comes.
    if step == Step::Line
        && !matches!(found, Place::Here(_))
        && let Some(picture) = file.sheet.picture()
        && let Shown::Ready(texture) = cx.gallery.crop(picture)
    {
        found = Place::Here(texture);
    }
    let word = match found {
        Place::Here(texture) => {
            fitted(ui, &texture, frame.shrink(4.0));
            None
        }
        Place::Coming => Some(cx.words.edit_picture_coming()),
        Place::Nowhere => Some(cx.words.sup_no_place()),
    };
    if let Some(word) = word {
        let inside = frame.shrink(GAP);
        paint::line(ui.painter(), inside, Align2::CENTER_CENTER, &word, theme.small(), theme.quiet);
    }
    let name = match step {
        Step::Barcode => cx.words.sup_place_barcode(),
        _ => cx.words.sup_place_print(),
    };
    let id = ui.scope_id().with(("place", frame.top().to_bits()));
    let response = ui.interact(frame, id, Sense::HOVER);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Image, true, &name));
}

fn fitted(ui: &Ui, texture: &TextureHandle, inside: Rect) {
    let own = texture.size_vec2();
    let scale = (inside.width() / own.x.max(1.0)).min(inside.height() / own.y.max(1.0));
    // At the left, as the numbers stand.
    let at = Align2::LEFT_CENTER.align_size_within_rect(own * scale, inside);
    Image::new(texture).paint_at(ui, at);
}

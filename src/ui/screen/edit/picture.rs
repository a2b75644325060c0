//! Pictures of sheets, small and large; two side by side where two sheets are the question.

use super::paint;
use super::teller::Teller;
use super::when;
use crate::flow::event::{Event, Place};
use crate::flow::{Sha256, SheetId};
use crate::ui::gallery::Shown;
use crate::ui::port::SheetFile;
use crate::ui::screen::Cx;
use crate::ui::theme::{CORNER, GAP, GAP_WIDE};
use crate::ui::widgets::{Sign, paint_sign};
use egui::{
    Align2, CornerRadius, Image, Rect, Response, Sense, StrokeKind, Ui, Vec2, WidgetInfo, pos2,
};

/// How much of a picture is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// The number alone: for passing by.
    Crop,
    Whole,
}

/// A picture and what it is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    pub picture: Sha256,
    pub name: String,
}

/// Paints a picture into `size`, as large as it fits; what is not there yet says so.
pub fn paint(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    picture: Option<&Sha256>,
    size: Vec2,
    wanted: Wanted,
    name: &str,
) -> Response {
    let theme = cx.theme;
    let (rect, response) = ui.allocate_exact_size(size, Sense::CLICK);
    let shown = picture.map(|picture| match wanted {
        Wanted::Crop => cx.gallery.crop(picture),
        // Until the whole one comes, the crop stands in.
        Wanted::Whole => match cx.gallery.whole(picture, cx.session) {
            Shown::Coming => cx.gallery.crop(picture),
            other => other,
        },
    });
    let painter = ui.painter();
    let radius = CornerRadius::same(CORNER);
    painter.rect(rect, radius, theme.surface, theme.hairline(), StrokeKind::Inside);
    let word = match shown {
        Some(Shown::Ready(texture)) => {
            let inside = rect.shrink(4.0);
            let own = texture.size_vec2();
            let scale = (inside.width() / own.x.max(1.0)).min(inside.height() / own.y.max(1.0));
            let at = Rect::from_center_size(inside.center(), own * scale);
            Image::new(&texture).paint_at(ui, at);
            None
        }
        Some(Shown::Coming) => Some(cx.words.edit_picture_coming()),
        Some(Shown::Missing) => Some(cx.words.edit_picture_missing()),
        None => Some(cx.words.edit_no_picture()),
    };
    if let Some(word) = word {
        let inside = rect.shrink(8.0);
        let font = theme.small();
        paint::line(ui.painter(), inside, Align2::CENTER_CENTER, &word, font, theme.quiet);
    }
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Image, true, name));
    response
}

/// Every picture of a sheet, by side.
pub fn looks(cx: &Cx<'_>, file: &SheetFile) -> Vec<Look> {
    let teller = Teller::new(cx);
    let name = teller.sheet_name(file.sheet.id);
    let looks = file.sheet.captures.iter().filter_map(|capture| {
        let side = teller.side(capture.side);
        Some(Look { picture: *capture.picture()?, name: cx.words.edit_picture_of(&name, side) })
    });
    looks.collect()
}

/// The number enlarged and the whole sheet beside it, for each side of one sheet, as high as told. True:
/// one was clicked.
pub fn beside(ui: &mut Ui, cx: &mut Cx<'_>, looks: &[Look], high: f32) -> bool {
    let sides = looks.len().clamp(1, 2) as f32;
    let high = ((high - GAP * (sides - 1.0)) / sides).max(cx.theme.size(40.0));
    let wide = ui.available_width();
    let beside = wide / cx.theme.scale > 560.0;
    let mut clicked = false;
    for look in looks.iter().take(2) {
        let picture = Some(&look.picture);
        if !beside {
            let size = Vec2::new(wide, high);
            clicked |= paint(ui, cx, picture, size, Wanted::Whole, &look.name).clicked();
            continue;
        }
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = GAP_WIDE;
            let crop = (wide - GAP_WIDE) * 0.42;
            let name = cx.words.edit_number_of(&look.name);
            let size = Vec2::new(crop, high.min(crop * 0.5));
            clicked |= paint(ui, cx, picture, size, Wanted::Crop, &name).clicked();
            let size = Vec2::new(wide - GAP_WIDE - crop, high);
            clicked |= paint(ui, cx, picture, size, Wanted::Whole, &look.name).clicked();
        });
    }
    clicked
}

/// The pictures of one sheet beside each other, the number alone: for passing by.
pub fn strip(ui: &mut Ui, cx: &mut Cx<'_>, looks: &[Look], most_high: f32) -> bool {
    let count = looks.len().clamp(1, 4) as f32;
    let gaps = GAP_WIDE * (count - 1.0);
    let width = ((ui.available_width() - gaps) / count).min(cx.theme.size(300.0)).max(60.0);
    let mut clicked = false;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = Vec2::splat(GAP_WIDE);
        for look in looks.iter().take(8) {
            let size = Vec2::new(width, (width * 0.22).min(most_high));
            clicked |= paint(ui, cx, Some(&look.picture), size, Wanted::Crop, &look.name).clicked();
        }
    });
    clicked
}

/// Two sheets side by side: the one in question, and the newest of `count` others. True: clicked.
pub fn pair(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    [own, other]: [&SheetFile; 2],
    count: usize,
    size: Vec2,
    wanted: Wanted,
) -> bool {
    let mut clicked = false;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = GAP_WIDE;
        let title = cx.words.edit_this_sheet();
        clicked |= card(ui, cx, own, size, wanted, &title);
        let title = match count {
            1 => cx.words.edit_other_sheet(),
            count => cx.words.edit_other_sheets(count),
        };
        clicked |= card(ui, cx, other, size, wanted, &title);
    });
    clicked
}

/// One of two sheets that are the question: its picture, where it lies, when and by whom it was taken.
fn card(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    file: &SheetFile,
    size: Vec2,
    wanted: Wanted,
    title: &str,
) -> bool {
    let width = size.x;
    let theme = cx.theme;
    let mut clicked = false;
    ui.vertical(|ui| {
        ui.set_width(width);
        paint::said(ui, title, theme.small(), theme.quiet);
        let name = cx.sheet_name(file.sheet.id);
        let spoken = cx.words.edit_picture_of(&name, "");
        let picture = file.sheet.picture().copied();
        clicked = paint(ui, cx, picture.as_ref(), size, wanted, spoken.trim()).clicked();
        sign_line(ui, cx, &name, &file.sheet.place);
        if wanted == Wanted::Crop {
            return;
        }
        let shop = format!("{} ({})", shop_name(file), file.shop);
        paint::said(ui, &shop, theme.text(), theme.ink);
        let teller = Teller::new(cx);
        if let Some(recorded) = file.story.iter().find(|it| is_taken(&it.event)) {
            let time = when::clock(recorded.at, cx.today);
            let person = teller.person(&recorded.by);
            let text = cx.words.edit_taken_when(time, person, file.position);
            paint::told(ui, &text, theme.small(), theme.quiet);
        }
        if let Some(delivery) = file.delivered {
            let text = cx.words.edit_delivered_in(teller.delivery(delivery));
            paint::told(ui, &text, theme.small(), theme.quiet);
        }
    });
    clicked
}

fn is_taken(event: &Event) -> bool {
    matches!(event, Event::SheetTaken(_))
}

pub fn shop_name(file: &SheetFile) -> &str {
    if file.shop_name.is_empty() { &file.shop } else { &file.shop_name }
}

fn sign_line(ui: &mut Ui, cx: &Cx<'_>, name: &str, place: &Place) {
    let theme = cx.theme;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        let size = theme.size(20.0);
        let high = Vec2::new(size, theme.size(28.0));
        let (rect, _) = ui.allocate_exact_size(high, Sense::HOVER);
        let sign = Sign::of(place);
        paint_sign(ui.painter(), sign, rect.center(), size, sign.colour(theme));
        let word = crate::ui::refusals::place_word(cx.words, place);
        paint::said(ui, &format!("{name}  {word}"), theme.strong(), theme.ink);
    });
}

/// The other sheets that a sheet's story is about: who counts under its number, or is the same paper.
pub fn others(file: &SheetFile) -> Vec<SheetId> {
    let named = |place: &Place| match place {
        Place::Settle { others, .. } if !others.is_empty() => Some(others.clone()),
        Place::Same { sheet } => Some(vec![*sheet]),
        _ => None,
    };
    let place = |event: &Event| match event {
        Event::SheetTaken(taken) => named(&taken.place),
        Event::SheetKeyed { place, .. } | Event::SheetSettled { place, .. } => named(place),
        Event::SheetsChecked { right, wrong, .. } => {
            let mut own = right.iter().chain(wrong);
            own.find(|moved| moved.ordinal == file.sheet.id.ordinal)
                .and_then(|moved| named(&moved.place))
        }
        _ => None,
    };
    let now = named(&file.sheet.place);
    now.or_else(|| file.story.iter().rev().find_map(|it| place(&it.event))).unwrap_or_default()
}

/// One picture over the whole stage, with what it is of beneath.
pub fn large(ui: &mut Ui, cx: &mut Cx<'_>, looks: &[Look], at: usize) {
    let theme = cx.theme;
    let Some(look) = looks.get(at) else { return };
    let foot = theme.size(30.0);
    let size = Vec2::new(ui.available_width(), ui.available_height() - foot - GAP);
    paint(ui, cx, Some(&look.picture), size, Wanted::Whole, &look.name);
    let (rect, caption) =
        ui.allocate_exact_size(Vec2::new(ui.available_width(), foot), Sense::HOVER);
    let text = match looks.len() {
        1 => look.name.clone(),
        count => cx.words.edit_picture_no(&look.name, at + 1, count),
    };
    let inside = Rect::from_min_max(rect.min, pos2(rect.right() - 8.0, rect.bottom()));
    let font = theme.text();
    paint::line(ui.painter(), inside, Align2::LEFT_CENTER, &text, font, theme.ink);
    caption.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, &text));
}

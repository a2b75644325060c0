//! The last sheets as pictures, the newest at the left.

use crate::flow::outcome::Outcome;
use crate::ui::gallery::Shown;
use crate::ui::screen::Cx;
use crate::ui::theme::CORNER;
use crate::ui::widgets::{Sign, elided, paint_line, paint_sign};
use egui::{Align2, CornerRadius, Image, Rect, Sense, StrokeKind, Ui, Vec2, WidgetInfo, pos2};
use std::collections::VecDeque;

pub(super) fn show(ui: &mut Ui, cx: &mut Cx<'_>, last: &VecDeque<Outcome>, height: f32) {
    let width = cx.theme.size(176.0);
    ui.horizontal(|ui| {
        for outcome in last {
            if ui.available_width() < width {
                break;
            }
            cell(ui, cx, outcome, Vec2::new(width, height - 8.0));
        }
    });
}

fn cell(ui: &mut Ui, cx: &mut Cx<'_>, outcome: &Outcome, size: Vec2) {
    let theme = cx.theme;
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let sign = Sign::of(&outcome.place);
    let painter = ui.painter().with_clip_rect(rect);
    let radius = CornerRadius::same(CORNER);
    painter.rect(rect, radius, theme.surface, theme.hairline(), StrokeKind::Inside);
    let foot = theme.size(30.0);
    let picture =
        Rect::from_min_max(rect.min, pos2(rect.right(), rect.bottom() - foot)).shrink(6.0);
    let crop = outcome.picture.map(|sha256| cx.gallery.crop(&sha256));
    let number = outcome.number.as_ref().map(|it| cx.grouped(it.as_str()));
    let read = number.clone().or_else(|| outcome.read.clone());
    if let Some(Shown::Ready(texture)) = &crop {
        let wanted = texture.size_vec2();
        let scale = (picture.width() / wanted.x).min(picture.height() / wanted.y);
        let at = Rect::from_center_size(picture.center(), wanted * scale);
        Image::new(texture).paint_at(ui, at);
    } else if crop.is_none_or(|shown| matches!(shown, Shown::Missing)) {
        // A sheet of a hand scanner or of a hand has no picture: what was read stands there.
        let text = read.clone().unwrap_or_else(|| cx.words.read_no_picture());
        let full = theme.digits(18.0);
        let wide = text.chars().count() as f32 * full.size * 0.62;
        let size = (full.size * (picture.width() / wide.max(1.0)).min(1.0)).max(theme.size(11.0));
        let font = egui::FontId::new(size, full.family);
        let galley = elided(ui, &text, font, theme.ink, picture.width());
        paint_line(ui, galley, Align2::CENTER_CENTER, picture.center());
    }
    let y = rect.bottom() - foot / 2.0 - 2.0;
    let colour = sign.colour(theme);
    let mark = pos2(rect.left() + theme.size(16.0), y);
    paint_sign(&painter, sign, mark, theme.size(18.0), colour);
    let number = number.unwrap_or_else(|| cx.words.read_no_number());
    let at = pos2(rect.left() + theme.size(30.0), y);
    painter.text(at, Align2::LEFT_CENTER, &number, theme.digits(13.0), theme.ink);
    let name = format!("{} {} {number}", outcome.position, sign.word(cx.words));
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, &name));
}

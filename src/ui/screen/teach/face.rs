//! The straightened face with its boxes, moved by the mouse or by the arrows.

use crate::ui::theme::{CORNER, Theme};
use crate::voucher::Side;
use crate::voucher::profile::Area;
use egui::{
    Align2, Color32, CornerRadius, CursorIcon, Image, Pos2, Rect, Sense, Stroke, StrokeKind,
    TextureHandle, Ui, Vec2, WidgetInfo, pos2, vec2,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    Number,
    Barcode,
}

/// How a box follows the hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Grip {
    Move,
    /// Left, top, right and bottom.
    Sides([bool; 4]),
    /// From the point where the hand came down to where it is.
    New,
}

/// No box is smaller, as a fraction of the face.
const LEAST: f32 = 0.01;
/// So near to an edge it is the edge that is held, points.
const NEAR: f32 = 9.0;
/// One press of an arrow, as a fraction of the face.
const STEP: f32 = 0.0025;

/// A box on its way.
#[derive(Clone, Debug)]
pub(super) struct Drag {
    pub which: Which,
    grip: Grip,
    /// As it was when the hand took it.
    start: Area,
    pub area: Area,
}

/// A box as it is drawn.
pub(super) struct Drawn {
    pub which: Which,
    pub area: Option<Area>,
    pub name: String,
    pub colour: Color32,
    pub chosen: bool,
}

/// A face with its boxes.
pub(super) struct Face<'a> {
    pub texture: &'a TextureHandle,
    pub name: &'a str,
    pub side: Side,
    pub boxes: &'a [Drawn],
}

/// Draws the face in the whole width, at most `height` points high. What comes back is a box that the
/// hand has let go of.
pub(super) fn show(
    ui: &mut Ui,
    theme: &Theme,
    face: &Face<'_>,
    height: f32,
    drag: &mut Option<Drag>,
) -> Option<(Which, Area)> {
    let Face { texture, name, side, boxes } = *face;
    let own = texture.size_vec2();
    let scale = (ui.available_width() / own.x.max(1.0)).min(height / own.y.max(1.0));
    let size = own * scale;
    let (rect, response) = ui.allocate_exact_size(size, Sense::CLICK | Sense::DRAG);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Image, true, name));
    Image::new(texture).paint_at(ui, rect);
    ui.painter().rect_stroke(rect, CornerRadius::ZERO, theme.hairline(), StrokeKind::Outside);
    if let Some(at) = response.hover_pos() {
        ui.ctx().set_cursor_icon(cursor(boxes, rect, at));
    }
    if response.drag_started()
        && let Some(at) = ui.input(|input| input.pointer.press_origin())
    {
        *drag = take(boxes, rect, at, side);
    }
    if let Some(drag) = drag.as_mut()
        && response.dragged()
        && let (Some(from), Some(to)) =
            ui.input(|input| (input.pointer.press_origin(), input.pointer.interact_pos()))
    {
        let by = (to - from) / rect.size();
        drag.area = moved(&drag.start, drag.grip, by);
    }
    let done = if response.drag_stopped() { drag.take() } else { None };
    if !response.dragged() {
        // Let go of where nobody saw it: outside, or while another page was shown.
        *drag = None;
    }
    for one in boxes {
        let held = drag.as_ref().filter(|drag| drag.which == one.which).map(|drag| drag.area);
        if let Some(area) = held.or(one.area) {
            paint(ui, theme, on_screen(&area, rect), one);
        }
    }
    done.map(|drag| (drag.which, drag.area))
}

fn paint(ui: &Ui, theme: &Theme, at: Rect, one: &Drawn) {
    let painter = ui.painter();
    let line = Stroke::new(if one.chosen { 3.0 } else { 2.0 }, one.colour);
    // A light rim keeps the line apart from dark print.
    let rim = Stroke::new(line.width + 2.0, Color32::from_white_alpha(170));
    painter.rect_stroke(at, CornerRadius::same(2), rim, StrokeKind::Outside);
    painter.rect_stroke(at, CornerRadius::same(2), line, StrokeKind::Outside);
    if one.chosen {
        for corner in [at.left_top(), at.right_top(), at.left_bottom(), at.right_bottom()] {
            painter.rect_filled(Rect::from_center_size(corner, Vec2::splat(9.0)), 2, one.colour);
        }
    }
    let galley = painter.layout_no_wrap(one.name.clone(), theme.small(), Color32::WHITE);
    let size = galley.size() + vec2(10.0, 2.0);
    let above = at.top() - size.y - 3.0;
    let top = if above < ui.clip_rect().top() { at.bottom() + 3.0 } else { above };
    let plate = Rect::from_min_size(pos2(at.left(), top), size);
    // The names' colours are the ground's, so that white stands on each of them.
    painter.rect_filled(plate, CornerRadius::same(CORNER), one.colour);
    let text = Align2::CENTER_CENTER.anchor_size(plate.center(), galley.size()).min;
    painter.galley(text, galley, Color32::WHITE);
}

fn on_screen(area: &Area, face: Rect) -> Rect {
    let at = |x: f32, y: f32| face.min + vec2(x * face.width(), y * face.height());
    Rect::from_min_max(at(area.x, area.y), at(area.x + area.w, area.y + area.h))
}

/// What the hand takes at a point: an edge or a corner of a box, a box, or a new one in place of the
/// chosen one.
fn take(boxes: &[Drawn], face: Rect, at: Pos2, side: Side) -> Option<Drag> {
    let chosen_first =
        boxes.iter().filter(|it| it.chosen).chain(boxes.iter().filter(|it| !it.chosen));
    for one in chosen_first {
        let Some(area) = one.area else { continue };
        if let Some(grip) = grip(on_screen(&area, face), at) {
            return Some(Drag { which: one.which, grip, start: area, area });
        }
    }
    let which = boxes.iter().find(|it| it.chosen)?.which;
    let at = (at - face.min) / face.size();
    let (x, y) = (at.x.clamp(0.0, 1.0 - LEAST), at.y.clamp(0.0, 1.0 - LEAST));
    let area = Area { side, x, y, w: LEAST, h: LEAST };
    Some(Drag { which, grip: Grip::New, start: area, area })
}

fn grip(rect: Rect, at: Pos2) -> Option<Grip> {
    if !rect.expand(NEAR).contains(at) {
        return None;
    }
    let near = |one: f32, two: f32| (one - two).abs() <= NEAR;
    let sides = [
        near(at.x, rect.left()),
        near(at.y, rect.top()),
        near(at.x, rect.right()),
        near(at.y, rect.bottom()),
    ];
    Some(if sides.contains(&true) { Grip::Sides(sides) } else { Grip::Move })
}

fn cursor(boxes: &[Drawn], face: Rect, at: Pos2) -> CursorIcon {
    let over = boxes.iter().filter_map(|one| grip(on_screen(&one.area?, face), at)).next();
    match over {
        None | Some(Grip::New) => CursorIcon::Crosshair,
        Some(Grip::Move) => CursorIcon::Move,
        Some(Grip::Sides([left, top, right, bottom])) => match (left || right, top || bottom) {
            (true, false) => CursorIcon::ResizeHorizontal,
            (false, true) => CursorIcon::ResizeVertical,
            _ if (left && top) || (right && bottom) => CursorIcon::ResizeNwSe,
            _ => CursorIcon::ResizeNeSw,
        },
    }
}

/// The box moved or sized by a fraction of the face; it stays inside and never turns inside out.
fn moved(start: &Area, grip: Grip, by: Vec2) -> Area {
    let (mut left, mut top) = (start.x, start.y);
    let (mut right, mut bottom) = (start.x + start.w, start.y + start.h);
    match grip {
        Grip::Move => {
            let dx = by.x.clamp(-left, (1.0 - right).max(-left));
            let dy = by.y.clamp(-top, (1.0 - bottom).max(-top));
            return Area { x: left + dx, y: top + dy, ..*start };
        }
        Grip::New => {
            let to = |from: f32, by: f32| (from + by).clamp(0.0, 1.0);
            let (x, y) = (to(left, by.x), to(top, by.y));
            (left, right) = (left.min(x), left.max(x).max(left.min(x) + LEAST).min(1.0));
            (top, bottom) = (top.min(y), top.max(y).max(top.min(y) + LEAST).min(1.0));
        }
        Grip::Sides(sides) => {
            if sides[0] {
                left = (left + by.x).clamp(0.0, (right - LEAST).max(0.0));
            }
            if sides[2] {
                right = (right + by.x).clamp((left + LEAST).min(1.0), 1.0);
            }
            if sides[1] {
                top = (top + by.y).clamp(0.0, (bottom - LEAST).max(0.0));
            }
            if sides[3] {
                bottom = (bottom + by.y).clamp((top + LEAST).min(1.0), 1.0);
            }
        }
    }
    Area { side: start.side, x: left, y: top, w: right - left, h: bottom - top }
}

/// By an arrow: `right` and `down` are steps, `sizes` changes the lower right corner instead of the place.
pub(super) fn nudged(area: &Area, right: i8, down: i8, sizes: bool) -> Area {
    let by = vec2(f32::from(right) * STEP, f32::from(down) * STEP);
    let grip = if sizes { Grip::Sides([false, false, true, true]) } else { Grip::Move };
    moved(area, grip, by)
}

/// A box in the middle, for one that is not known yet.
pub(super) fn fresh(side: Side) -> Area {
    Area { side, x: 0.3, y: 0.4, w: 0.4, h: 0.2 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(x: f32, y: f32, w: f32, h: f32) -> Area {
        Area { side: Side::Front, x, y, w, h }
    }

    fn near(one: &Area, two: &Area) -> bool {
        let off = [one.x - two.x, one.y - two.y, one.w - two.w, one.h - two.h];
        off.iter().all(|it| it.abs() < 1e-5)
    }

    #[test]
    fn a_box_stays_on_the_face() {
        let start = area(0.6, 0.7, 0.3, 0.2);
        let out = moved(&start, Grip::Move, vec2(0.5, -2.0));
        assert!(near(&out, &area(0.7, 0.0, 0.3, 0.2)), "{out:?}");
        let wide = moved(&start, Grip::Sides([false, false, true, true]), vec2(9.0, 9.0));
        assert!(near(&wide, &area(0.6, 0.7, 0.4, 0.3)), "{wide:?}");
        let thin = moved(&start, Grip::Sides([true, false, false, false]), vec2(9.0, 0.0));
        assert!(near(&thin, &area(0.89, 0.7, LEAST, 0.2)), "{thin:?}");
    }

    #[test]
    fn a_new_box_goes_to_any_side() {
        let start = area(0.5, 0.5, LEAST, LEAST);
        let up = moved(&start, Grip::New, vec2(-0.2, -0.1));
        assert!(near(&up, &area(0.3, 0.4, 0.2, 0.1)), "{up:?}");
        let out = moved(&start, Grip::New, vec2(3.0, 0.0));
        assert!(near(&out, &area(0.5, 0.5, 0.5, LEAST)), "{out:?}");
    }

    #[test]
    fn an_edge_is_taken_before_the_inside() {
        let rect = Rect::from_min_max(pos2(100.0, 100.0), pos2(300.0, 160.0));
        assert_eq!(grip(rect, pos2(200.0, 130.0)), Some(Grip::Move));
        assert_eq!(grip(rect, pos2(104.0, 130.0)), Some(Grip::Sides([true, false, false, false])));
        assert_eq!(grip(rect, pos2(303.0, 158.0)), Some(Grip::Sides([false, false, true, true])));
        assert_eq!(grip(rect, pos2(320.0, 130.0)), None);
    }

    #[test]
    fn an_arrow_moves_or_sizes() {
        let start = area(0.2, 0.2, 0.1, 0.1);
        assert!(near(&nudged(&start, 4, 0, false), &area(0.21, 0.2, 0.1, 0.1)));
        assert!(near(&nudged(&start, 0, -4, true), &area(0.2, 0.2, 0.1, 0.09)));
    }
}

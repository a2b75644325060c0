//! The page of how a sheet was read: its steps as a list, the chosen one large beside it.

use super::explained::{Explained, Look, Shown, Told};
use super::{explained_note, paint};
use crate::ui::port::Unread;
use crate::ui::screen::Cx;
use crate::ui::theme::{CORNER, GAP, GAP_STAGE, GAP_WIDE};
use crate::voucher::steps::{Note, Step};
use egui::style::ScrollAnimation;
use egui::{
    Align2, Color32, ColorImage, CornerRadius, Image, Layout, Rect, ScrollArea, Sense, StrokeKind,
    TextureHandle, TextureOptions, Ui, Vec2, WidgetInfo, pos2,
};

/// Draws the page.
pub fn show(ui: &mut Ui, cx: &mut Cx<'_>, page: &mut Explained, blind: bool) {
    page.ask(cx);
    let lines = page.lines(blind);
    page.at = page.at.min(lines.len().saturating_sub(1));
    let theme = cx.theme;
    let width = ui.available_width();
    if width / theme.scale < 820.0 {
        narrow(ui, cx, page, &lines, blind);
        return;
    }
    let title = cx.words.explain_title(cx.sheet_name(page.sheet));
    paint::said(ui, &title, theme.heading(), theme.ink);
    let height = ui.available_height();
    let left = (width * 0.38).min(theme.size(480.0));
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = GAP_STAGE;
        let layout = Layout::top_down(egui::Align::Min);
        ui.allocate_ui_with_layout(Vec2::new(left, height), layout, |ui| {
            ui.set_min_size(Vec2::new(left, height));
            let area = ScrollArea::vertical().id_salt("explained").auto_shrink([false, false]);
            area.show(ui, |ui| {
                if let Some(delta) = page.scroll.take() {
                    ui.scroll_with_delta(Vec2::new(0.0, delta));
                }
                ui.set_max_width(ui.available_width() - GAP);
                list(ui, cx, page, &lines, blind);
            });
        });
        let right = ui.available_width();
        ui.allocate_ui_with_layout(Vec2::new(right, height), layout, |ui| {
            ui.set_min_size(Vec2::new(right, height));
            large(ui, cx, page, &lines, height);
        });
    });
}

/// Large type: the picture first, then its words.
fn narrow(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    page: &mut Explained,
    lines: &[(usize, usize)],
    blind: bool,
) {
    let theme = cx.theme;
    let room = ui.available_height();
    let area = ScrollArea::vertical().id_salt("explained").auto_shrink([false, false]);
    area.show(ui, |ui| {
        if let Some(delta) = page.scroll.take() {
            ui.scroll_with_delta(Vec2::new(0.0, delta));
        }
        ui.set_max_width(ui.available_width() - GAP);
        paint::calm(ui, theme);
        if let Some((look, step)) = lines.get(page.at).copied()
            && let Told::Here { steps, .. } = &page.looks[look].told
        {
            let it = &steps[step].it;
            let no = cx.words.explain_step_no(page.at + 1, lines.len());
            let title = format!("{no} · {}", explained_note::title(cx.words, it.step));
            let note = it.note.clone();
            paint::said(ui, &title, theme.strong(), theme.ink);
            // Rows that can be read come before a whole picture that can be seen at once.
            let rows = match &note {
                Note::Answer { rows, .. } => rows.len() as f32 * theme.size(20.0) + room * 0.3,
                _ => 0.0,
            };
            large(ui, cx, page, lines, rows.max(room * 0.6));
            for text in explained_note::sentences(cx, &note, blind) {
                paint::told(ui, &text, theme.text(), theme.ink);
            }
            ui.add_space(GAP);
        }
        for look in &page.looks {
            standing(ui, cx, look);
        }
        paint::told(ui, &cx.words.explain_now(), theme.small(), theme.quiet);
    });
}

/// What there is to say of a picture besides its steps.
fn standing(ui: &mut Ui, cx: &Cx<'_>, look: &Look) {
    let theme = cx.theme;
    let words = cx.words;
    let (text, colour) = match &look.told {
        Told::Coming => (words.explain_coming(), theme.quiet),
        Told::Unread(Unread::Gone) => (words.explain_gone(), theme.ink),
        Told::Unread(Unread::Broken) => (words.explain_broken(), theme.ink),
        Told::Failed(why) => (words.fault(why), theme.ink),
        Told::Here { differs: true, .. } => (words.explain_differs(), theme.look_at),
        Told::Here { differs: false, .. } => return,
    };
    paint::told(ui, &text, theme.text(), colour);
}

/// The steps of all pictures, with what each found.
fn list(ui: &mut Ui, cx: &mut Cx<'_>, page: &mut Explained, lines: &[(usize, usize)], blind: bool) {
    let theme = cx.theme;
    paint::calm(ui, theme);
    let mut clicked = None;
    for (no, look) in page.looks.iter().enumerate() {
        if page.looks.len() > 1 {
            paint::said(ui, &look.name, theme.strong(), theme.quiet);
        }
        standing(ui, cx, look);
        let Told::Here { steps, .. } = &look.told else { continue };
        for (index, (_, step)) in lines.iter().enumerate().filter(|(_, line)| line.0 == no) {
            let chosen = index == page.at;
            let row = line(ui, cx, &steps[*step], index + 1, chosen, blind);
            if row.clicked() {
                clicked = Some(index);
            }
            if chosen && std::mem::take(&mut page.follow) {
                ui.scroll_to_rect_animation(row.rect, None, ScrollAnimation::none());
            }
        }
        ui.add_space(GAP);
    }
    if let Some(index) = clicked {
        page.at = index;
    }
    paint::told(ui, &cx.words.explain_now(), theme.small(), theme.quiet);
}

/// One step: a button that is named by all that it says.
fn line(
    ui: &mut Ui,
    cx: &Cx<'_>,
    shown: &Shown,
    no: usize,
    chosen: bool,
    blind: bool,
) -> egui::Response {
    let theme = cx.theme;
    let title = format!("{no}  {}", explained_note::title(cx.words, shown.it.step));
    let told = explained_note::sentences(cx, &shown.it.note, blind).join("\n");
    let (across, down) = (theme.size(12.0), theme.size(7.0));
    let width = ui.available_width() - 2.0 * across;
    let painter = ui.painter();
    let heading = painter.layout(title.clone(), theme.strong(), theme.ink, width);
    let body = painter.layout(told.clone(), theme.small(), theme.ink, width);
    let high = heading.size().y + body.size().y + 2.0 * down;
    let size = Vec2::new(ui.available_width(), high);
    let (rect, response) = ui.allocate_exact_size(size, Sense::CLICK);
    paint::ground(ui, theme, rect, &response, chosen, true);
    let at = rect.min + Vec2::new(across, down);
    let below = at + Vec2::new(0.0, heading.size().y);
    ui.painter().galley(at, heading, theme.ink);
    ui.painter().galley(below, body, theme.ink);
    let name = format!("{title}: {}", told.replace('\n', " "));
    response.widget_info(|| WidgetInfo::selected(egui::Role::Button, true, chosen, &name));
    response
}

/// The chosen step's picture in `height` points, with what its colours are beneath.
fn large(ui: &mut Ui, cx: &Cx<'_>, page: &mut Explained, lines: &[(usize, usize)], height: f32) {
    let theme = cx.theme;
    let Some((look, step)) = lines.get(page.at).copied() else { return };
    let Told::Here { steps, .. } = &mut page.looks[look].told else { return };
    let legend = if steps[step].it.marks.is_empty() { 0.0 } else { theme.size(28.0) + GAP };
    let size = Vec2::new(ui.available_width(), (height - legend).max(theme.size(80.0)));
    let (rect, response) = ui.allocate_exact_size(size, Sense::HOVER);
    let radius = CornerRadius::same(CORNER);
    ui.painter().rect(rect, radius, theme.surface, theme.hairline(), StrokeKind::Inside);
    let inside = rect.shrink(GAP);
    let title = explained_note::title(cx.words, steps[step].it.step);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Image, true, &title));
    let note = steps[step].it.note.clone();
    match note {
        Note::Answer { rows, .. } => {
            let above = steps.iter().position(|shown| shown.it.step == Step::Line);
            let above = above.and_then(|at| texture(ui, &mut steps[at]));
            if let Some(bars) = texture(ui, &mut steps[step]) {
                answer(ui, cx, inside, above.as_ref(), &bars, &rows);
            }
        }
        _ => {
            if let Some(texture) = texture(ui, &mut steps[step]) {
                let own = texture.size_vec2();
                let scale = (inside.width() / own.x.max(1.0)).min(inside.height() / own.y.max(1.0));
                let at = Rect::from_center_size(inside.center(), own * scale);
                Image::new(&texture).paint_at(ui, at);
            }
        }
    }
    let marks = steps[step].it.marks.clone();
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        for mark in marks {
            let size = theme.size(14.0);
            let (rect, _) = ui.allocate_exact_size(Vec2::splat(size), Sense::HOVER);
            let [r, g, b] = mark.colour();
            ui.painter().rect_filled(rect, CornerRadius::same(2), Color32::from_rgb(r, g, b));
            let word = explained_note::mark(cx.words, mark);
            paint::told(ui, &word, theme.small(), theme.ink);
            ui.add_space(GAP_WIDE);
        }
    });
}

/// The line of print, and under each of its places a bar for each character that the machine sees there.
fn answer(
    ui: &Ui,
    cx: &Cx<'_>,
    inside: Rect,
    line: Option<&TextureHandle>,
    bars: &TextureHandle,
    rows: &[char],
) {
    let theme = cx.theme;
    let gutter = theme.size(26.0);
    let width = inside.width() - gutter;
    let line = line.map(|line| (line, line.size_vec2()));
    let line_high = line.map_or(0.0, |(_, own)| own.y * width / own.x.max(1.0));
    let line_high = line_high.min(inside.height() * 0.4);
    let count = rows.len().max(1) as f32;
    let row = ((inside.height() - line_high - GAP) / count).clamp(1.0, theme.size(24.0));
    let top = inside.center().y - (line_high + GAP + row * count) / 2.0;
    let left = inside.left() + gutter;
    if let Some((line, _)) = line {
        let at = Rect::from_min_size(pos2(left, top), Vec2::new(width, line_high));
        Image::new(line).paint_at(ui, at);
    }
    let first = top + line_high + GAP;
    let at = Rect::from_min_size(pos2(left, first), Vec2::new(width, row * count));
    Image::new(bars).paint_at(ui, at);
    for (index, character) in rows.iter().enumerate() {
        let y = first + row * (index as f32 + 0.5);
        let font = theme.digits((row * 0.8 / theme.scale).min(18.0));
        let at = pos2(left - GAP, y);
        let painter = ui.painter();
        painter.text(at, Align2::RIGHT_CENTER, character.to_string(), font, theme.ink);
        painter.hline(inside.x_range(), y + row / 2.0, theme.hairline());
    }
}

/// The step's pixels on the graphics card, brought there when they are first seen.
fn texture(ui: &Ui, shown: &mut Shown) -> Option<TextureHandle> {
    if shown.texture.is_none() {
        let pixels = &shown.it.pixels;
        if pixels.width == 0 || pixels.rgb.len() != pixels.width * pixels.height * 3 {
            return None;
        }
        let image = ColorImage::from_rgb([pixels.width, pixels.height], &pixels.rgb);
        let name = format!("step {}", shown.it.step.word());
        shown.texture = Some(ui.ctx().load_texture(name, image, TextureOptions::LINEAR));
    }
    shown.texture.clone()
}

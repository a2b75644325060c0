//! Where sheets come from: the live picture, or what to use; and the pile's kind.

use super::Read;
use crate::ui::gallery::Shown;
use crate::ui::port::Light;
use crate::ui::screen::Cx;
use crate::ui::theme::CORNER;
use egui::{CornerRadius, Image, Label, Rect, RichText, Sense, StrokeKind, Ui, Vec2, WidgetInfo};

pub(super) fn show(ui: &mut Ui, cx: &mut Cx<'_>, read: &Read) {
    let picture = read.last.front().and_then(|last| last.picture);
    if read.zoom
        && let Some(picture) = picture
    {
        let shown = cx.gallery.whole(&picture, cx.session);
        large(ui, cx, &shown);
        return;
    }
    match &cx.preview {
        Some(preview) => live(ui, cx, preview, cx.theme.size(40.0)),
        None => sources(ui, cx),
    }
    pile(ui, cx, read);
}

/// The picture under the camera, with a faint frame where to lay the sheet.
/// `below`: room that stays free beneath it, points.
pub(super) fn live(ui: &mut Ui, cx: &Cx<'_>, preview: &egui::TextureHandle, below: f32) {
    let theme = cx.theme;
    let size = preview.size_vec2();
    let room = Vec2::new(ui.available_width(), ui.available_height() - below);
    let scale = (room.x / size.x).min(room.y / size.y);
    let (rect, response) = ui.allocate_exact_size(size * scale, Sense::hover());
    Image::new(preview).paint_at(ui, rect);
    let painter = ui.painter();
    let ready = cx.lights.camera == Light::Ready;
    let line = egui::Stroke::new(2.0, if ready { theme.line } else { theme.stop });
    painter.rect_stroke(rect, CornerRadius::same(CORNER), line, StrokeKind::Inside);
    let target = Rect::from_center_size(rect.center(), rect.size() * Vec2::new(0.82, 0.72));
    let faint = egui::Stroke::new(1.0, theme.line);
    painter.rect_stroke(target, CornerRadius::same(CORNER), faint, StrokeKind::Inside);
    let name = cx.words.read_live();
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Image, true, &name));
}

/// Without a camera: what sheets can come by.
fn sources(ui: &mut Ui, cx: &Cx<'_>) {
    let theme = cx.theme;
    ui.label(RichText::new(cx.words.read_sources()).font(theme.strong()));
    let lights = [
        (cx.words.read_by_wedge(), &cx.lights.wedge, cx.settings.wedge.on),
        (cx.words.read_by_serial(), &cx.lights.serial, cx.settings.serial.on),
        (cx.words.read_by_camera(), &cx.lights.camera, cx.settings.camera.on),
        (cx.words.read_by_folder(), &cx.lights.folder, cx.settings.folder.on),
    ];
    let mut any = false;
    for (word, light, on) in lights {
        if !on {
            continue;
        }
        any = true;
        let state = match light {
            Light::Off | Light::Ready | Light::Waits => String::new(),
            Light::Missing => cx.words.light_missing(),
            Light::Searching => cx.words.light_searching(),
            Light::Trouble(what) => cx.words.fault(what),
        };
        ui.label(RichText::new(format!("· {word}")).font(theme.text()));
        if !state.is_empty() {
            ui.label(RichText::new(state).font(theme.small()).color(theme.quiet));
        }
    }
    if !any {
        ui.label(RichText::new(cx.words.read_no_source()).font(theme.text()).color(theme.stop));
    }
    ui.add_space(8.0);
    ui.label(RichText::new(cx.words.read_by_hand()).font(theme.small()).color(theme.quiet));
}

fn pile(ui: &mut Ui, cx: &Cx<'_>, read: &Read) {
    let theme = cx.theme;
    ui.add_space(8.0);
    let text = match &read.pile {
        Some(kind) => cx.words.read_pile(cx.kind_name(Some(kind))),
        None => cx.words.read_pile_mixed(),
    };
    ui.add(Label::new(RichText::new(text).font(theme.small()).color(theme.quiet)).truncate());
}

fn large(ui: &mut Ui, cx: &Cx<'_>, shown: &Shown) {
    match shown {
        Shown::Ready(texture) => {
            let size = texture.size_vec2();
            let room = ui.available_size();
            let scale = (room.x / size.x).min(room.y / size.y);
            let (rect, response) = ui.allocate_exact_size(size * scale, Sense::hover());
            Image::new(texture).paint_at(ui, rect);
            let name = cx.words.read_last_picture();
            response.widget_info(|| WidgetInfo::labeled(egui::Role::Image, true, &name));
        }
        Shown::Coming => {
            ui.label(RichText::new(cx.words.picture_coming()).font(cx.theme.text()));
        }
        Shown::Missing => {
            ui.label(RichText::new(cx.words.picture_missing()).font(cx.theme.text()));
        }
    }
}

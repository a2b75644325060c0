//! How a line looks: its label, its value between two arrows, and what is said of it.

use super::lines::{Line, SIMULATED, Section};
use crate::ui::port::{DeviceList, Light};
use crate::ui::screen::Cx;
use crate::ui::settings::{Language, Look};
use crate::ui::theme::{CORNER, GAP};
use crate::ui::widgets::{Sign, elided, paint_line, paint_sign};
use crate::ui::words::Words;
use egui::{
    Align2, Color32, CornerRadius, Pos2, Rect, Response, RichText, Sense, Shape, Stroke,
    StrokeKind, Ui, Vec2, WidgetInfo,
};

pub(super) struct Row<'a> {
    pub line: Line,
    /// The hand is here.
    pub here: bool,
    pub devices: &'a DeviceList,
}

/// What the mouse did to a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turned {
    By(isize),
    /// As by Enter.
    Entered,
}

impl Row<'_> {
    pub fn show(&self, ui: &mut Ui, cx: &Cx<'_>) -> (Response, Option<Turned>) {
        let theme = cx.theme;
        let size = Vec2::new(ui.available_width(), theme.hit());
        let (rect, response) = ui.allocate_exact_size(size, Sense::CLICK);
        let fill = if self.here || response.hovered() { theme.surface } else { theme.paper };
        let line = if self.here { Stroke::new(3.0, theme.accent) } else { theme.hairline() };
        let corner = CornerRadius::same(CORNER);
        ui.painter().rect(rect, corner, fill, line, StrokeKind::Inside);
        let label = label(cx.words, self.line);
        let value = value(cx, self.line, self.devices);
        let inner = rect.shrink2(Vec2::new(theme.size(12.0), 0.0));
        let half = inner.width() * 0.36;
        let galley = elided(ui, &label, theme.text(), theme.ink, half);
        paint_line(ui, galley, Align2::LEFT_CENTER, inner.left_center());
        let place = inner.with_min_x(inner.left() + half + GAP);
        let turns = self.line.turns();
        let arrows = if turns { theme.size(24.0) } else { 0.0 };
        let room = place.width() - 2.0 * arrows;
        let galley = elided(ui, &value, theme.strong(), theme.ink, room);
        paint_line(ui, galley, Align2::CENTER_CENTER, place.center());
        if turns {
            let ink = if self.here { theme.accent } else { theme.quiet };
            arrow(ui, place.left_center(), arrows, -1.0, ink);
            arrow(ui, place.right_center(), arrows, 1.0, ink);
        }
        let name = format!("{label}: {value}");
        response.widget_info(|| WidgetInfo::selected(egui::Role::Button, true, self.here, &name));
        let at = response.interact_pointer_pos();
        let turned = response.clicked().then(|| turned(place, arrows, at));
        (response, turned)
    }
}

/// A click on the left arrow goes back, on the right one on; elsewhere it is Enter.
fn turned(place: Rect, arrows: f32, at: Option<Pos2>) -> Turned {
    let wide = arrows * 1.5;
    match at {
        Some(at) if arrows > 0.0 && (place.left() - GAP..place.left() + wide).contains(&at.x) => {
            Turned::By(-1)
        }
        Some(at) if arrows > 0.0 && at.x > place.right() - wide => Turned::By(1),
        _ => Turned::Entered,
    }
}

/// A small triangle that points away from the value.
fn arrow(ui: &Ui, edge: Pos2, room: f32, towards: f32, ink: Color32) {
    let half = room * 0.22;
    let centre = edge - Vec2::new(towards * room * 0.4, 0.0);
    let corners = vec![
        centre + Vec2::new(towards * half, 0.0),
        centre + Vec2::new(-towards * half, -half * 1.2),
        centre + Vec2::new(-towards * half, half * 1.2),
    ];
    ui.painter().add(Shape::convex_polygon(corners, ink, Stroke::NONE));
}

/// A section's title; for a source its light and, in trouble, what to do.
pub(super) fn heading(ui: &mut Ui, cx: &Cx<'_>, section: Section) {
    let (theme, words) = (cx.theme, cx.words);
    let (title, light) = match section {
        Section::Screen => (words.settings_screen(), None),
        Section::Sound => (words.settings_sound(), Some(&cx.lights.sound)),
        Section::Folder => (words.settings_folder(), Some(&cx.lights.folder)),
        Section::Wedge => (words.settings_wedge(), Some(&cx.lights.wedge)),
        Section::Serial => (words.settings_serial(), Some(&cx.lights.serial)),
        Section::Camera => (words.settings_camera(), Some(&cx.lights.camera)),
    };
    ui.horizontal(|ui| {
        ui.label(RichText::new(&title).font(theme.strong()));
        if let Some(light) = light {
            lamp(ui, cx, light);
        }
    });
    if let Some(Light::Trouble(what)) = light {
        ui.label(RichText::new(words.fault(what)).font(theme.small()).color(theme.stop));
    }
}

fn lamp(ui: &mut Ui, cx: &Cx<'_>, light: &Light) {
    let (theme, words) = (cx.theme, cx.words);
    let size = theme.size(16.0);
    let (rect, _) = ui.allocate_exact_size(Vec2::splat(size), Sense::hover());
    let (centre, painter) = (rect.center(), ui.painter());
    let (word, colour) = match light {
        Light::Off => (words.light_off(), theme.quiet),
        Light::Searching => (words.light_searching(), theme.look_at),
        Light::Ready => (words.light_ready(), theme.accepted),
        Light::Waits => (words.light_waits(), theme.accepted),
        Light::Missing => (words.light_missing(), theme.stop),
        Light::Trouble(_) => (words.settings_trouble(), theme.stop),
    };
    match light {
        Light::Ready => {
            painter.circle_filled(centre, size * 0.4, colour);
        }
        Light::Trouble(_) | Light::Missing => paint_sign(painter, Sign::Stop, centre, size, colour),
        Light::Off | Light::Searching | Light::Waits => {
            painter.circle_stroke(centre, size * 0.4, Stroke::new(2.0, colour));
        }
    }
    ui.label(RichText::new(word).font(theme.small()).color(colour));
}

pub(super) fn label(words: &Words, line: Line) -> String {
    match line {
        Line::Language => words.settings_language(),
        Line::Look => words.settings_look(),
        Line::Size => words.settings_size(),
        Line::Volume => words.settings_volume(),
        Line::Folder | Line::Wedge | Line::Serial | Line::Camera => words.settings_use(),
        Line::FolderPath => words.settings_folder_path(),
        Line::FolderSides => words.settings_folder_sides(),
        Line::WedgeScanner => words.settings_wedge_scanner(),
        Line::WedgeLayout => words.settings_wedge_layout(),
        Line::WedgePrefix => words.settings_wedge_prefix(),
        Line::WedgeShortest => words.settings_wedge_shortest(),
        Line::SerialPort => words.settings_serial_port(),
        Line::SerialBaud => words.settings_serial_baud(),
        Line::SerialEnd => words.settings_serial_end(),
        Line::CameraDevice => words.settings_camera_device(),
        Line::CameraFormat => words.settings_camera_format(),
        Line::CameraTakes => words.settings_camera_takes(),
    }
}

/// One sentence about the line under the hand.
pub(super) fn hint(words: &Words, line: Line) -> String {
    match line {
        Line::Language => words.settings_language_hint(),
        Line::Look => words.settings_look_hint(),
        Line::Size => words.settings_size_hint(),
        Line::Volume => words.settings_volume_hint(),
        Line::Folder => words.settings_folder_hint(),
        Line::FolderPath => words.settings_folder_path_hint(),
        Line::FolderSides => words.settings_folder_sides_hint(),
        Line::Wedge => words.settings_wedge_hint(),
        Line::WedgeScanner => words.settings_wedge_scanner_hint(),
        Line::WedgeLayout => words.settings_wedge_layout_hint(),
        Line::WedgePrefix => words.settings_wedge_prefix_hint(),
        Line::WedgeShortest => words.settings_wedge_shortest_hint(),
        Line::Serial => words.settings_serial_hint(),
        Line::SerialPort => words.settings_serial_port_hint(),
        Line::SerialBaud => words.settings_serial_baud_hint(),
        Line::SerialEnd => words.settings_serial_end_hint(),
        Line::Camera => words.settings_camera_hint(),
        Line::CameraDevice => words.settings_camera_device_hint(),
        Line::CameraFormat => words.settings_camera_format_hint(),
        Line::CameraTakes => words.settings_camera_takes_hint(),
    }
}

/// What is written into an empty field.
pub(super) fn typing_hint(words: &Words, line: Line) -> String {
    match line {
        Line::SerialPort => words.settings_serial_port_example(),
        Line::WedgePrefix => words.settings_wedge_prefix_example(),
        _ => words.settings_folder_path_example(),
    }
}

fn value(cx: &Cx<'_>, line: Line, devices: &DeviceList) -> String {
    let (words, settings) = (cx.words, cx.settings);
    let switch = |on| if on { words.settings_on() } else { words.settings_off() };
    match line {
        // In its own language, so that it is found by who reads no other.
        Line::Language => match settings.language {
            Language::Ja => "日本語".to_owned(),
            Language::En => "English".to_owned(),
        },
        Line::Look => match settings.look {
            Look::Light => words.settings_light(),
            Look::Dark => words.settings_dark(),
            Look::Contrast => words.settings_contrast(),
        },
        Line::Size => words.settings_percent(settings.size),
        Line::Volume => {
            let me = cx.session.my_id();
            match settings.volume_of(me.as_ref().map_or("", |me| me.as_str())) {
                0 => words.settings_silent(),
                volume => words.settings_percent(volume),
            }
        }
        Line::Folder => switch(settings.folder.on),
        Line::FolderPath => or(&settings.folder.path, words.settings_not_set()),
        Line::FolderSides if settings.folder.duplex => words.settings_two_sides(),
        Line::FolderSides => words.settings_one_side(),
        Line::Wedge => switch(settings.wedge.on),
        Line::WedgeScanner => or(&settings.wedge.device, words.settings_wedge_by_pace()),
        Line::WedgeLayout => match settings.wedge.layout.as_str() {
            "us" => words.settings_wedge_us(),
            "jp" => words.settings_wedge_jp(),
            _ => words.settings_wedge_computer(),
        },
        Line::WedgePrefix => or(&settings.wedge.prefix, words.settings_wedge_no_prefix()),
        Line::WedgeShortest => words.settings_characters(settings.wedge.shortest),
        Line::Serial => switch(settings.serial.on),
        Line::SerialPort => {
            let port = &settings.serial.port;
            let known = devices.serial.iter().find(|(path, _)| path == port);
            let name = known.map(|(path, name)| named(path, name));
            name.unwrap_or_else(|| or(port, words.settings_not_set()))
        }
        Line::SerialBaud => settings.serial.baud.to_string(),
        Line::SerialEnd => match settings.serial.terminator.as_str() {
            "cr" => "CR".to_owned(),
            "lf" => "LF".to_owned(),
            "crlf" => "CR LF".to_owned(),
            "tab" => "Tab".to_owned(),
            other => other.to_owned(),
        },
        Line::Camera => switch(settings.camera.on),
        Line::CameraDevice => camera(words, &settings.camera.device, devices),
        Line::CameraFormat => or(&settings.camera.format, words.settings_automatic()),
        Line::CameraTakes if settings.camera.by_rest => words.settings_by_rest(),
        Line::CameraTakes => words.settings_by_key(),
    }
}

fn camera(words: &Words, device: &str, devices: &DeviceList) -> String {
    match device {
        "" => words.settings_first_camera(),
        SIMULATED => words.settings_simulated(),
        device => {
            let known = devices.cameras.iter().find(|(path, _, _)| path == device);
            known.map_or_else(|| device.to_owned(), |(path, name, _)| named(path, name))
        }
    }
}

fn named(path: &str, name: &str) -> String {
    if name.is_empty() || name == path { path.to_owned() } else { format!("{name} ({path})") }
}

fn or(text: &str, else_: String) -> String {
    if text.is_empty() { else_ } else { text.to_owned() }
}

//! Where to: sticks that are put in, the last folder, or one that is typed; and the one button.

use super::{Deliver, Sum, ready};
use crate::ui::command::Command;
use crate::ui::frame::fresh_enter;
use crate::ui::port::{Room, Target};
use crate::ui::screen::{Cx, Screen};
use crate::ui::theme::{CORNER, GAP};
use crate::ui::widgets::{Sign, TextField, paint_sign, primary};
use egui::{Align2, CornerRadius, Id, Label, RichText, Sense, StrokeKind, Ui, Vec2, WidgetInfo};
use std::path::PathBuf;

/// 14.6 GB, as sticks are sold.
pub(super) fn size_words(bytes: u64) -> String {
    let (unit, word) = match bytes {
        1_000_000_000_000.. => (1_000_000_000_000, "TB"),
        1_000_000_000.. => (1_000_000_000, "GB"),
        1_000_000.. => (1_000_000, "MB"),
        _ => (1_000, "KB"),
    };
    let (whole, tenth) = (bytes / unit, bytes % unit * 10 / unit);
    if whole >= 100 { format!("{whole} {word}") } else { format!("{whole}.{tenth} {word}") }
}

/// Whether it has room, in words.
pub(super) fn room_words(cx: &Cx<'_>, target: &Target) -> String {
    match target.room {
        Room::Enough => cx.words.deliver_free(size_words(target.free)),
        Room::TooFull { needed } => {
            cx.words.deliver_too_full(size_words(target.free), size_words(needed))
        }
        Room::NotWritable => cx.words.deliver_not_writable(),
    }
}

/// `stacked`: below the headline of the narrow page.
pub(super) fn show(ui: &mut Ui, cx: &mut Cx<'_>, screen: &mut Deliver, stacked: bool) {
    let chosen = screen.target();
    let sign = chosen.as_ref().map(|_| Sign::Accepted);
    ready::heading(ui, cx, sign, &cx.words.deliver_where());
    let targets = screen.targets.clone();
    let missing = targets.is_empty() && screen.place.typed.is_none();
    // Where the columns stand below each other the headline asks for it.
    if missing && !(stacked && screen.not_yet(cx) == Some(cx.words.deliver_put_stick_in())) {
        let text = RichText::new(cx.words.deliver_put_stick_in());
        ui.label(text.font(cx.theme.text()).color(cx.theme.quiet));
    }
    for (index, target) in targets.iter().enumerate() {
        let here = chosen.as_ref() == Some(&target.path);
        let key = (index < 9).then_some(index + 1);
        let line = Place {
            key,
            name: &target.name,
            path: &target.path.display().to_string(),
            room: &room_words(cx, target),
            sign: (target.room != Room::Enough).then_some(Sign::Stop),
        };
        if place(ui, cx, &line, here) {
            screen.choose(index, cx);
        }
    }
    typed(ui, cx, screen, chosen.as_ref());
    ui.add_space(GAP);
    button(ui, cx, screen, chosen.is_some());
}

/// A folder that was typed, or is being typed.
fn typed(ui: &mut Ui, cx: &mut Cx<'_>, screen: &mut Deliver, chosen: Option<&PathBuf>) {
    let words = cx.words;
    if !screen.place.typing {
        let path = screen.place.typed.as_ref().map(|it| it.display().to_string());
        let line = Place {
            key: Some(0),
            name: &words.deliver_other_folder(),
            path: path.as_deref().unwrap_or(""),
            room: "",
            sign: None,
        };
        let here = screen.place.typed.is_some() && screen.place.typed.as_ref() == chosen;
        if place(ui, cx, &line, here) {
            screen.type_folder(cx);
        }
        return;
    }
    let id = Id::unique("deliver-folder");
    let field = TextField::new(&mut screen.place.text, words.deliver_other_folder());
    let response = field.hint(words.deliver_folder_hint()).show(ui, cx.theme, id);
    if std::mem::take(&mut screen.place.focus) {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    let what = RichText::new(words.deliver_folder_what()).font(cx.theme.small());
    ui.label(what.color(cx.theme.quiet));
    // A field of one line lets go of the focus with Enter.
    if (response.has_focus() || response.lost_focus()) && fresh_enter(ui) {
        let path = PathBuf::from(screen.place.text.trim());
        if path.is_absolute() {
            screen.place.typed = Some(path);
            screen.place.typing = false;
        } else {
            cx.warn(words.deliver_folder_whole());
            screen.place.focus = true;
        }
    }
}

/// A line to choose from.
struct Place<'p> {
    key: Option<usize>,
    name: &'p str,
    path: &'p str,
    room: &'p str,
    sign: Option<Sign>,
}

/// True if it was clicked.
fn place(ui: &mut Ui, cx: &Cx<'_>, line: &Place<'_>, here: bool) -> bool {
    let theme = cx.theme;
    let (fill, ink, quiet) = if here {
        (theme.accent, theme.on_accent, theme.on_accent)
    } else {
        (theme.surface, theme.ink, theme.quiet)
    };
    let (mark, pad) = (theme.size(42.0), GAP);
    let room = ui.available_width() - mark - pad;
    // What is wrong with it must be read whole; names and paths may end in ….
    let texts = [
        (line.name, theme.text(), ink, 1),
        (line.room, theme.small(), quiet, 3),
        (line.path, theme.small(), quiet, 1),
    ];
    let texts = texts.into_iter().filter(|(text, ..)| !text.is_empty());
    let galleys = texts.map(|(text, font, colour, rows)| {
        let format = egui::TextFormat::simple(font, colour);
        let mut job = egui::text::LayoutJob::single_section(text.to_owned(), format);
        job.wrap = egui::text::TextWrapping::wrap_at_width(room);
        job.wrap.max_rows = rows;
        job.wrap.break_anywhere = rows == 1;
        ui.painter().layout_job(job)
    });
    let galleys = galleys.collect::<Vec<_>>();
    let text_height = galleys.iter().map(|galley| galley.size().y).sum::<f32>();
    let height = (text_height + 2.0 * pad).max(theme.hit());
    let size = Vec2::new(ui.available_width(), height);
    let (rect, response) = ui.allocate_exact_size(size, Sense::CLICK);
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    let stroke = if response.hovered() { theme.hovered() } else { theme.hairline() };
    painter.rect(rect, CornerRadius::same(CORNER), fill, stroke, StrokeKind::Inside);
    let at = egui::pos2(rect.left() + mark / 2.0, rect.center().y);
    if let Some(sign) = line.sign {
        paint_sign(&painter, sign, at, theme.size(20.0), sign.colour(theme));
    } else if let Some(key) = line.key {
        let ink = if here { theme.on_accent } else { theme.accent };
        painter.text(at, Align2::CENTER_CENTER, key, theme.digits(20.0), ink);
    }
    let mut y = rect.center().y - text_height / 2.0;
    for galley in galleys {
        let height = galley.size().y;
        painter.galley(egui::pos2(rect.left() + mark, y), galley, ink);
        y += height;
    }
    let key = line.key.map(|key| format!("{key} ")).unwrap_or_default();
    let name = format!("{key}{} {} {}", line.name, line.room, line.path);
    let name = name.trim().to_owned();
    response.widget_info(|| WidgetInfo::selected(egui::Role::Button, true, here, &name));
    response.clicked()
}

fn button(ui: &mut Ui, cx: &mut Cx<'_>, screen: &mut Deliver, chosen: bool) {
    let theme = cx.theme;
    let begun = cx.view.delivering;
    if let Some(why) = screen.not_yet(cx) {
        // What is missing there is said there.
        if Sum::of(cx.view).envelopes > 0 && chosen {
            ui.label(RichText::new(why).font(theme.text()).color(theme.quiet));
        }
        return;
    }
    let word = match begun {
        Some(id) => cx.words.deliver_finish(super::delivery_name(cx, id)),
        None => cx.words.cmd_deliver(),
    };
    if primary(ui, theme, &word, Command::Deliver.info().key).clicked() {
        screen.command(Command::Deliver, cx);
    }
}

/// What Enter does, in one line.
pub(super) fn summary(ui: &mut Ui, cx: &Cx<'_>, screen: &Deliver) {
    let theme = cx.theme;
    let not_yet = screen.not_yet(cx);
    let (sign, text) = match (&not_yet, screen.target()) {
        // A sentence that stands in the list below is not said twice.
        (Some(why), _) if ready::says(screen, cx, why) => {
            (Sign::Stop, cx.words.deliver_ready_not())
        }
        (Some(why), _) => (Sign::Stop, why.clone()),
        (None, target) => {
            let to = target.map(|it| screen.target_name(&it)).unwrap_or_default();
            (Sign::Accepted, cx.words.deliver_summary(Sum::of(cx.view).words(cx), to))
        }
    };
    ui.horizontal(|ui| {
        ui.spacing_mut().interact_size.y = theme.size(24.0);
        let (rect, _) = ui.allocate_exact_size(Vec2::splat(theme.size(22.0)), Sense::hover());
        paint_sign(ui.painter(), sign, rect.center(), rect.width(), sign.colour(theme));
        ui.add(Label::new(RichText::new(text).font(theme.strong())).truncate());
    });
}

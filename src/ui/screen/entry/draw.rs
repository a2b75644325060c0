//! The sheet as it looks: its picture as large as it gets, the boxes beneath, and one line that says
//! what is next.

use super::keying::{Choices, Standing};
use super::work::{Kind, Step, Work, item, item_for};
use super::{Entry, ask, third};
use crate::flow::view::EntryItem;
use crate::flow::work::entry_left;
use crate::ui::gallery::Shown;
use crate::ui::refusals;
use crate::ui::screen::Cx;
use crate::ui::session::Stage;
use crate::ui::theme::{CORNER, GAP, GAP_WIDE};
use crate::ui::widgets::{Boxes, Sign, choice, empty, number_boxes, paint_sign, primary};
use egui::{
    Align, Align2, CornerRadius, Image, Label, Layout, Rect, Response, RichText, Sense, StrokeKind,
    Ui, UiBuilder, Vec2, WidgetInfo, pos2,
};

/// So long a box shakes, seconds, and so far, points.
const SHAKE: f64 = 0.12;
const SHAKE_FAR: f64 = 6.0;

pub(super) fn show(ui: &mut Ui, cx: &mut Cx<'_>, entry: &mut Entry) {
    if !Entry::may(cx) {
        let what = cx.words.entry_not_yours_what();
        return empty(ui, cx.theme, &cx.words.entry_not_yours(), &what);
    }
    let Some(mut work) = entry.work.take() else {
        return nothing(ui, cx, entry);
    };
    let item = item(cx.view, work.sheet);
    header(ui, cx, entry, &work, item);
    let gone = entry.is_gone(&work, cx);
    let room = ui.available_rect_before_wrap();
    // The lower part takes what it needs, as it needed it in the last frame; the picture the rest.
    let (step, guess) = match &work.step {
        Step::Number => (0, 0.45),
        Step::Cannot => (1, 0.35),
        // A list says how long it is only where it has all the room.
        Step::Hold(holding) if !holding.typing => (2, 1.0),
        Step::Hold(_) => (3, 0.35),
        Step::Third(_) | Step::Told(_) => (4, 0.45),
    };
    let id = ui.scope_id().with(("lower part", step));
    let lower = ui.data(|data| data.get_temp::<f32>(id)).unwrap_or(room.height() * guess);
    let picture = (room.height() - lower - GAP).max(0.0);
    if picture > cx.theme.size(36.0) {
        let frame = Rect::from_min_size(room.min, Vec2::new(room.width(), picture));
        look(ui, cx, &work, item, frame);
    }
    let top = if picture > cx.theme.size(36.0) { picture + GAP } else { 0.0 };
    let below = Rect::from_min_max(pos2(room.left(), room.top() + top), room.max);
    let used = ui.scope_builder(UiBuilder::new().max_rect(below), |ui| {
        match &mut work.step {
            Step::Number => number(ui, cx, entry, &mut work, gone),
            Step::Cannot => ask::cannot(ui, cx, entry, &mut work),
            Step::Hold(_) => ask::hold(ui, cx, entry, &mut work),
            Step::Third(_) | Step::Told(_) => third::show(ui, cx, &work),
        }
        ui.min_rect().height()
    });
    let used = used.inner.min(room.height());
    if (used - lower).abs() > 0.5 {
        ui.data_mut(|data| data.insert_temp(id, used));
        ui.ctx().request_repaint();
    }
    // What was done below may have sent the sheet.
    if entry.work.is_none() {
        entry.work = Some(work);
    }
    if std::mem::take(&mut entry.enter) {
        entry.confirm(cx);
    }
}

/// What to do where there is nothing to key.
fn nothing(ui: &mut Ui, cx: &mut Cx<'_>, entry: &Entry) {
    let counts = cx.view.counts;
    let others = counts.entry.saturating_sub(entry.away.len());
    let (what, go) = match counts {
        _ if others > 0 => (cx.words.entry_none_others(others), None),
        it if it.check > 0 => (
            cx.words.entry_none_check(it.check),
            Some((Stage::Check, "F3", cx.words.stage_check())),
        ),
        it if it.settle > 0 => (
            cx.words.check_none_settle(it.settle),
            Some((Stage::Supervisor, "F8", cx.words.stage_supervisor())),
        ),
        it if it.edit > 0 => {
            (cx.words.check_none_edit(it.edit), Some((Stage::Edit, "F5", cx.words.stage_edit())))
        }
        _ => (cx.words.check_none_read(), Some((Stage::Read, "F2", cx.words.stage_read()))),
    };
    empty(ui, cx.theme, &cx.words.entry_none(), &what);
    ui.vertical_centered(|ui| {
        ui.add_space(GAP);
        if let Some((stage, key, word)) = go
            && primary(ui, cx.theme, &word, key).clicked()
        {
            cx.go(stage);
        }
        if !entry.sent.is_empty() {
            let text = cx.words.entry_saving(entry.sent.len());
            ui.label(RichText::new(text).font(cx.theme.small()).color(cx.theme.quiet));
        }
    });
}

fn header(ui: &mut Ui, cx: &Cx<'_>, entry: &Entry, work: &Work, item: Option<&EntryItem>) {
    let theme = cx.theme;
    let me = cx.session.me.as_ref();
    let left = me.map_or(0, |me| {
        let away = entry.away.keys().filter(|it| item_for(cx.view, **it, &me.id).is_some());
        entry_left(cx.view, &me.id, me.role).saturating_sub(away.count())
    });
    let keyed = match &work.step {
        // One's own third stands among them by now.
        Step::Third(_) | Step::Told(_) => 2,
        _ => item.map_or(0, |item| item.keyed_by.len()),
    };
    let nth = match keyed {
        0 if large(cx) => cx.words.entry_first_short(),
        0 => cx.words.entry_first(),
        1 => cx.words.entry_second(),
        _ => cx.words.entry_third(),
    };
    let position = item.map_or(work.sheet.ordinal, |item| item.position);
    let sheet = cx.words.entry_sheet(cx.envelope_name(work.sheet.envelope), position);
    let size = Vec2::new(ui.available_width(), theme.size(32.0));
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
        ui.set_min_size(size);
        ui.spacing_mut().item_spacing.x = GAP_WIDE;
        let count = RichText::new(cx.words.entry_left(left)).font(theme.strong());
        ui.add(Label::new(count).truncate());
        if !entry.sent.is_empty() && !large(cx) {
            let saving = RichText::new(cx.words.entry_saving(entry.sent.len()));
            let saving = saving.font(theme.small()).color(theme.quiet);
            ui.add(Label::new(saving).truncate());
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.add(Label::new(RichText::new(sheet).font(theme.strong())).truncate());
            let nth = RichText::new(nth).font(theme.text()).color(theme.accent);
            ui.add(Label::new(nth).truncate());
        });
    });
}

/// The picture: the crop, or the whole sheet; without one, where the paper lies.
fn look(ui: &mut Ui, cx: &mut Cx<'_>, work: &Work, item: Option<&EntryItem>, frame: Rect) {
    let theme = cx.theme;
    let id = ui.scope_id().with("picture");
    let response = ui.interact(frame, id, Sense::hover());
    let painter = ui.painter().with_clip_rect(frame);
    painter.rect(
        frame,
        CornerRadius::same(CORNER),
        theme.surface,
        theme.hairline(),
        StrokeKind::Inside,
    );
    let picture = work.picture;
    let name = match (picture, work.whole) {
        (None, _) => cx.words.picture_missing(),
        (Some(_), false) => cx.words.entry_crop(),
        (Some(_), true) => cx.words.entry_whole_sheet(),
    };
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Image, true, &name));
    let shown = match (picture, work.whole) {
        (None, _) => Shown::Missing,
        (Some(picture), false) => cx.gallery.crop(&picture),
        (Some(picture), true) => cx.gallery.whole(&picture, cx.session),
    };
    match shown {
        Shown::Ready(texture) => {
            let inner = frame.shrink(GAP);
            let wanted = texture.size_vec2();
            let scale = (inner.width() / wanted.x).min(inner.height() / wanted.y);
            let at = Rect::from_center_size(inner.center(), wanted * scale);
            Image::new(&texture).paint_at(ui, at);
        }
        Shown::Coming => {
            let text = cx.words.picture_coming();
            painter.text(frame.center(), Align2::CENTER_CENTER, text, theme.text(), theme.quiet);
        }
        Shown::Missing => paper(ui, cx, work, item, frame),
    }
}

/// The number is keyed from the paper: which one.
fn paper(ui: &mut Ui, cx: &Cx<'_>, work: &Work, item: Option<&EntryItem>, frame: Rect) {
    let theme = cx.theme;
    let position = item.map_or(work.sheet.ordinal, |item| item.position);
    let which = cx.words.entry_paper(cx.envelope_name(work.sheet.envelope), position);
    let inner = UiBuilder::new().max_rect(frame.shrink(GAP_WIDE));
    ui.scope_builder(inner, |ui| {
        ui.vertical_centered(|ui| {
            ui.add_space((ui.available_height() * 0.5 - theme.size(44.0)).max(0.0));
            let font = if large(cx) { theme.strong() } else { theme.heading() };
            ui.add(Label::new(RichText::new(which).font(font)).truncate());
            let what = RichText::new(cx.words.entry_paper_what()).font(theme.text());
            ui.add(Label::new(what.color(theme.quiet)).truncate());
        });
    });
}

/// The boxes with what stands below them.
fn number(ui: &mut Ui, cx: &mut Cx<'_>, entry: &mut Entry, work: &mut Work, gone: bool) {
    let theme = cx.theme;
    let item = item(cx.view, work.sheet);
    came_back(ui, cx, work, gone);
    let standing = work.keying.standing(cx.profile);
    let response = boxes(ui, cx, entry, work);
    choices(ui, cx, work, &response);
    if let Standing::Whole { .. } = standing {
        let centre = pos2(response.rect.right() + theme.size(34.0), response.rect.center().y);
        paint_sign(ui.painter(), Sign::Accepted, centre, theme.size(34.0), theme.accepted);
    }
    let (text, colour) = match (&entry.said, &standing) {
        (Some(said), _) => (said.clone(), theme.stop),
        (None, Standing::Missing(count)) => (cx.words.entry_missing(*count), theme.quiet),
        (None, Standing::Whole { .. }) if work.kind_open(cx.profile) && work.kind.is_none() => {
            (cx.words.entry_choose_kind(), theme.ink)
        }
        (None, Standing::Whole { .. }) if work.keying.has_check_digit(cx.profile) => {
            (cx.words.entry_fits(), theme.accepted)
        }
        (None, Standing::Whole { .. }) => (cx.words.entry_is_whole(), theme.accepted),
        (None, Standing::CheckDigit) => (cx.words.entry_check_digit(), theme.stop),
        (None, Standing::NeverPrinted) => (cx.words.entry_never_printed(), theme.stop),
        (None, Standing::NoNumber) => (cx.words.entry_no_number(), theme.stop),
    };
    ui.vertical_centered(|ui| {
        ui.add(Label::new(RichText::new(text).font(theme.strong()).color(colour)).wrap());
    });
    if work.kind_open(cx.profile) {
        if let Some(item) = item {
            kinds(ui, cx, work, item);
        }
    } else if let Standing::Whole { number, layout } = &standing {
        let kind = cx.profile.kind_of(number, layout);
        line(ui, cx, cx.words.entry_kind(cx.kind_name(kind.as_ref())));
    } else if !large(cx) {
        line(ui, cx, item.map_or_else(String::new, |item| reasons(cx, item)));
    }
}

/// With large type what is said beside the point gives way to the picture.
pub(super) fn large(cx: &Cx<'_>) -> bool {
    cx.theme.scale >= 1.5
}

/// A quiet line in the middle.
pub(super) fn line(ui: &mut Ui, cx: &Cx<'_>, text: String) {
    ui.vertical_centered(|ui| {
        let text = RichText::new(text).font(cx.theme.small()).color(cx.theme.quiet);
        ui.add(Label::new(text).truncate());
    });
}

/// Why it came back, or that it waits no more.
fn came_back(ui: &mut Ui, cx: &Cx<'_>, work: &Work, gone: bool) {
    let gone = gone.then(|| cx.words.entry_gone());
    for text in work.problem.iter().cloned().chain(gone) {
        ui.vertical_centered(|ui| {
            let text = RichText::new(text).font(cx.theme.strong()).color(cx.theme.stop);
            ui.add(Label::new(text).wrap());
        });
    }
}

fn boxes(ui: &mut Ui, cx: &Cx<'_>, entry: &mut Entry, work: &Work) -> Response {
    let theme = cx.theme;
    let groups = work.keying.groups(cx.profile);
    let count = groups.iter().sum::<usize>();
    let next = work.keying.text().len();
    let name = cx.words.entry_number();
    let boxes = Boxes {
        text: work.keying.text(),
        groups,
        next: if next < count { next } else { usize::MAX },
        shake: shake(ui, cx, entry),
        name: &name,
    };
    // Room for the sign at both sides, and no higher than a fifth of what there is.
    let room = ui.available_width() - theme.size(2.0 * 60.0);
    let high = ui.ctx().content_rect().height() * 0.14;
    let most = count as f32 * (high / 1.35 + 6.0) + theme.size(20.0) * groups.len() as f32;
    let width = room.min(most).max(100.0);
    ui.vertical_centered(|ui| {
        ui.set_max_width(width);
        number_boxes(ui, theme, &boxes)
    })
    .inner
}

/// Where the boxes are now, of the short shake after a refused key.
fn shake(ui: &Ui, cx: &Cx<'_>, entry: &mut Entry) -> i8 {
    let Some(since) = entry.shaken.map(|at| cx.now - at) else { return 0 };
    if since >= SHAKE {
        entry.shaken = None;
        return 0;
    }
    ui.ctx().request_repaint();
    let turn = (since / SHAKE) * 3.0 * std::f64::consts::PI;
    ((turn + 1.0).sin() * SHAKE_FAR * (1.0 - since / SHAKE)) as i8
}

/// What a digit chooses, under the box that it fills.
fn choices(ui: &mut Ui, cx: &Cx<'_>, work: &Work, boxes: &Response) {
    let theme = cx.theme;
    let (text, at) = match work.keying.choices(cx.profile) {
        // The room is kept, so that nothing moves while digits are keyed.
        Choices::None if large(cx) => return,
        Choices::None => (String::new(), 0),
        Choices::ByDigit(letters) => {
            let choice = |(at, char): (usize, &char)| format!("{} {char}", (at + 1) % 10);
            let choices = letters.iter().take(10).enumerate().map(choice).collect::<Vec<_>>();
            (choices.join("   "), work.keying.text().len())
        }
        Choices::ByArrow(signs) => {
            let signs = signs.iter().map(char::to_string).collect::<Vec<_>>().join(" ");
            (cx.words.entry_arrows(signs), work.keying.text().len())
        }
    };
    let groups = work.keying.groups(cx.profile);
    let galley = ui.painter().layout_no_wrap(text.clone(), theme.digits(18.0), theme.accent);
    let (rect, response) =
        ui.allocate_exact_size(Vec2::new(ui.available_width(), galley.size().y), Sense::hover());
    let width = galley.size().x;
    let left = box_left(boxes.rect, groups, at, theme.size(20.0));
    let left = left.clamp(rect.left(), (rect.right() - width).max(rect.left()));
    ui.painter().galley(pos2(left, rect.top()), galley, theme.accent);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, &text));
}

/// The left edge of a box, as the boxes are laid out over their whole width.
fn box_left(rect: Rect, groups: &[usize], at: usize, between: f32) -> f32 {
    let count = groups.iter().sum::<usize>().max(1);
    let gaps = groups.len().saturating_sub(1) as f32;
    let pitch = (rect.width() - gaps * between) / count as f32;
    let mut ends = 0;
    let before = groups.iter().filter(|size| {
        ends += **size;
        ends <= at
    });
    rect.left() + before.count() as f32 * between + at as f32 * pitch
}

/// The kinds to choose from, each with its digit.
pub(super) fn kinds(ui: &mut Ui, cx: &Cx<'_>, work: &mut Work, item: &EntryItem) {
    let now = work.kind_now(item);
    let mut list =
        cx.profile.kinds.iter().map(|kind| Kind::Known(kind.id.clone())).collect::<Vec<_>>();
    if matches!(work.step, Step::Cannot) {
        list.push(Kind::Unknown);
    }
    let word = |(index, kind): (usize, &Kind)| match kind {
        Kind::Known(kind) if index < 9 => format!("{} {}", index + 1, cx.kind_name(Some(kind))),
        Kind::Known(kind) => cx.kind_name(Some(kind)),
        Kind::Unknown => format!("0 {}", cx.words.kind_unknown()),
    };
    let words = list.iter().enumerate().map(word).collect::<Vec<_>>();
    ui.horizontal_wrapped(|ui| {
        let wide = words.iter().map(|word| {
            let text = ui.painter().layout_no_wrap(word.clone(), cx.theme.text(), cx.theme.ink);
            text.size().x + 2.0 * ui.spacing().button_padding.x + GAP
        });
        let wide = wide.sum::<f32>();
        // In the middle where one line holds them all.
        ui.add_space(((ui.available_width() - wide) / 2.0).max(0.0));
        for (word, kind) in words.into_iter().zip(list) {
            if choice(ui, cx.theme, &word, now.as_ref() == Some(&kind)).clicked() {
                work.kind = Some(kind);
            }
        }
    });
}

fn reasons(cx: &Cx<'_>, item: &EntryItem) -> String {
    let words = item.reasons.iter().map(|reason| refusals::reason(cx.words, *reason));
    words.collect::<Vec<_>>().join(" · ")
}

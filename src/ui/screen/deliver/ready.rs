//! Ready? Each line is good, worth knowing, or in the way; the last two lead to where it is mended.

use super::{Deliver, Sum, delivery_name};
use crate::flow::person::Duty;
use crate::ui::port::PreflightPoint;
use crate::ui::screen::Cx;
use crate::ui::session::{LookFor, Stage};
use crate::ui::theme::{CORNER, GAP};
use crate::ui::widgets::{Sign, laid, paint_sign};
use egui::{CornerRadius, Label, Rect, Response, RichText, Sense, Ui, Vec2, WidgetInfo};

/// Where a line is mended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Mend {
    Go(Stage),
    Edit(LookFor),
}

struct Line {
    sign: Sign,
    text: String,
    mend: Option<Mend>,
}

/// Nothing can leave before this is mended.
pub(super) fn blocks(point: &PreflightPoint) -> bool {
    match point {
        PreflightPoint::Unfinished(_)
        | PreflightPoint::NothingClosed
        | PreflightPoint::Blocked(_) => true,
        PreflightPoint::NoShopName(_)
        | PreflightPoint::InHand { .. }
        | PreflightPoint::Open(_)
        | PreflightPoint::Held(_) => false,
    }
}

/// Somebody else may stand beside.
pub(super) fn second_there(cx: &Cx<'_>) -> bool {
    let me = cx.session.my_id();
    let fits = |id| Some(id) != me.as_ref();
    cx.view.people.iter().any(|it| fits(&it.id) && it.role.may(Duty::Deliver))
}

fn good(text: String) -> Line {
    Line { sign: Sign::Accepted, text, mend: None }
}

fn note(text: String, mend: Mend) -> Line {
    Line { sign: Sign::Look, text, mend: Some(mend) }
}

fn bad(text: String, mend: Mend) -> Line {
    Line { sign: Sign::Stop, text, mend: Some(mend) }
}

fn no_second(cx: &Cx<'_>) -> Line {
    bad(cx.words.deliver_no_second(), Mend::Go(Stage::Supervisor))
}

/// The lines in the order in which they matter.
fn lines(screen: &Deliver, cx: &Cx<'_>) -> Vec<Line> {
    let words = cx.words;
    let Some(points) = &screen.points else { return Vec::new() };
    let find = |is: fn(&PreflightPoint) -> bool| points.iter().find(|point| is(point));
    let mut lines = Vec::new();
    if let Some(id) = cx.view.delivering {
        let text = words.deliver_unfinished(delivery_name(cx, id));
        lines.push(Line { sign: Sign::Look, text, mend: None });
        // What is in it was looked at when it was begun, and is fixed.
        lines.extend((!second_there(cx)).then(|| no_second(cx)));
        return lines;
    }
    let closed = Sum::of(cx.view).envelopes;
    lines.push(if closed > 0 {
        good(words.deliver_closed(closed))
    } else {
        bad(words.deliver_nothing_closed(), Mend::Go(Stage::Edit))
    });
    lines.extend((!second_there(cx)).then(|| no_second(cx)));
    lines.push(match find(|it| matches!(it, PreflightPoint::Blocked(_))) {
        Some(PreflightPoint::Blocked(sheets)) => {
            let first = sheets.first().copied();
            let mend = first.map_or(Mend::Go(Stage::Edit), |it| Mend::Edit(LookFor::Sheet(it)));
            bad(words.deliver_blocked(sheets.len()), mend)
        }
        _ => good(words.deliver_none_blocked()),
    });
    lines.push(match find(|it| matches!(it, PreflightPoint::NoShopName(_))) {
        Some(PreflightPoint::NoShopName(shops)) => {
            let first = shops.first().map_or("", String::as_str);
            note(words.deliver_no_shop_name(shops.len(), first), Mend::Go(Stage::Supervisor))
        }
        _ => good(words.deliver_shops_named()),
    });
    lines.push(match find(|it| matches!(it, PreflightPoint::Held(_))) {
        Some(PreflightPoint::Held(held)) => {
            let mend = Mend::Edit(LookFor::Text(words.deliver_find_held()));
            note(words.deliver_held(*held), mend)
        }
        _ => good(words.deliver_none_held()),
    });
    lines.extend(staying(points, cx));
    lines
}

/// What is still being worked on, and so does not leave.
fn staying(points: &[PreflightPoint], cx: &Cx<'_>) -> [Line; 2] {
    let words = cx.words;
    let in_hand = points.iter().find_map(|point| match point {
        PreflightPoint::InHand { check, entry, settle } => Some((*check, *entry, *settle)),
        _ => None,
    });
    let in_hand = in_hand.map(|(check, entry, settle)| {
        let stage = match (check, entry) {
            (0, 0) => Stage::Supervisor,
            (0, _) => Stage::Entry,
            _ => Stage::Check,
        };
        note(words.deliver_in_hand(check + entry + settle), Mend::Go(stage))
    });
    let open = points.iter().find_map(|point| match point {
        PreflightPoint::Open(envelopes) => Some(envelopes),
        _ => None,
    });
    let open = open.and_then(|envelopes| {
        let first = *envelopes.first()?;
        let text = words.deliver_open(envelopes.len(), cx.envelope_name(first));
        Some(note(text, Mend::Edit(LookFor::Envelope(first))))
    });
    [
        in_hand.unwrap_or_else(|| good(words.deliver_none_in_hand())),
        open.unwrap_or_else(|| good(words.deliver_none_open())),
    ]
}

/// A line says it already.
pub(super) fn says(screen: &Deliver, cx: &Cx<'_>, text: &str) -> bool {
    lines(screen, cx).iter().any(|line| line.text == text)
}

/// The line that `.` mends: the chosen one, else the first that needs it.
fn chosen(screen: &Deliver, lines: &[Line]) -> Option<usize> {
    let mendable = |index: &usize| lines.get(*index).is_some_and(|line| line.mend.is_some());
    let worst = |sign: Sign| lines.iter().position(|it| it.sign == sign && it.mend.is_some());
    screen.line.filter(mendable).or_else(|| worst(Sign::Stop)).or_else(|| worst(Sign::Look))
}

pub(super) fn mend(screen: &Deliver, cx: &Cx<'_>) -> Option<Mend> {
    let mut lines = lines(screen, cx);
    let chosen = chosen(screen, &lines)?;
    lines.swap_remove(chosen).mend
}

pub(super) fn go(mend: Option<Mend>, cx: &mut Cx<'_>) {
    match mend {
        Some(Mend::Go(stage)) => cx.go(stage),
        Some(Mend::Edit(what)) => cx.edit(what),
        None => {}
    }
}

/// The next line down or up that can be mended, round and round.
pub(super) fn step(screen: &mut Deliver, cx: &Cx<'_>, by: isize) {
    let lines = lines(screen, cx);
    let mendable = (0..lines.len()).filter(|index| lines[*index].mend.is_some());
    let mendable = mendable.collect::<Vec<_>>();
    let Some(count) = isize::try_from(mendable.len()).ok().filter(|count| *count > 0) else {
        return;
    };
    let now = chosen(screen, &lines);
    let at = mendable.iter().position(|index| Some(*index) == now).unwrap_or_default();
    let next = (at.cast_signed() + by).rem_euclid(count);
    screen.line = mendable.get(next.unsigned_abs()).copied();
    screen.show_line = true;
}

/// The heading of a column, with how far it is.
pub(super) fn heading(ui: &mut Ui, cx: &Cx<'_>, sign: Option<Sign>, text: &str) {
    let theme = cx.theme;
    ui.horizontal(|ui| {
        ui.spacing_mut().interact_size.y = theme.size(28.0);
        if let Some(sign) = sign {
            let (rect, _) = ui.allocate_exact_size(Vec2::splat(theme.size(26.0)), Sense::hover());
            paint_sign(ui.painter(), sign, rect.center(), rect.width(), sign.colour(theme));
        }
        ui.add(Label::new(RichText::new(text).font(theme.heading())).truncate());
    });
}

pub(super) fn show(ui: &mut Ui, cx: &mut Cx<'_>, screen: &mut Deliver) {
    let lines = lines(screen, cx);
    if lines.is_empty() {
        heading(ui, cx, None, &cx.words.deliver_ready());
        let text = RichText::new(cx.words.deliver_checking());
        ui.label(text.font(cx.theme.text()).color(cx.theme.quiet));
        return;
    }
    let stop = lines.iter().any(|line| line.sign == Sign::Stop);
    let (sign, text) = match (stop, cx.view.delivering) {
        (true, _) => (Sign::Stop, cx.words.deliver_ready_not()),
        (false, None) => (Sign::Accepted, cx.words.deliver_ready_yes()),
        (false, Some(_)) => (Sign::Look, cx.words.deliver_ready_to_finish()),
    };
    heading(ui, cx, Some(sign), &text);
    ui.spacing_mut().item_spacing.y = 2.0;
    let chosen = chosen(screen, &lines);
    for (index, line) in lines.iter().enumerate() {
        let here = chosen == Some(index);
        let response = row(ui, cx, line, here);
        if here && std::mem::take(&mut screen.show_line) {
            response.scroll_to_me(None);
        }
        if response.clicked() && line.mend.is_some() {
            screen.line = Some(index);
            go(line.mend.clone(), cx);
        }
    }
}

fn row(ui: &mut Ui, cx: &Cx<'_>, line: &Line, chosen: bool) -> Response {
    let theme = cx.theme;
    let quiet = line.sign == Sign::Accepted;
    let (font, ink) = if quiet { (theme.small(), theme.quiet) } else { (theme.text(), theme.ink) };
    let (mark, pad) = (theme.size(20.0), GAP);
    let room = ui.available_width();
    let key = if chosen { theme.size(20.0) + GAP } else { 0.0 };
    let text_width = (room - mark - 3.0 * pad - key).max(theme.size(60.0));
    let galley = laid(ui, &line.text, font, ink, text_width);
    let height = (galley.size().y + GAP).max(theme.size(32.0));
    let (rect, response) = ui.allocate_exact_size(Vec2::new(room, height), Sense::CLICK);
    let painter = ui.painter();
    if line.mend.is_some() && (chosen || response.hovered()) {
        painter.rect_filled(rect, CornerRadius::same(CORNER), theme.surface);
    }
    if chosen {
        let bar = Rect::from_min_size(rect.min, Vec2::new(4.0, rect.height()));
        painter.rect_filled(bar, CornerRadius::ZERO, theme.accent);
        let at = egui::pos2(rect.right() - pad, rect.center().y);
        let font = theme.digits(18.0);
        painter.text(at, egui::Align2::RIGHT_CENTER, "›", font, theme.accent);
    }
    let centre = egui::pos2(rect.left() + pad + mark / 2.0, rect.center().y);
    paint_sign(painter, line.sign, centre, mark, line.sign.colour(theme));
    let at = egui::pos2(rect.left() + 2.0 * pad + mark, rect.center().y - galley.size().y / 2.0);
    painter.galley(at, galley, ink);
    let state = match line.sign {
        Sign::Accepted => cx.words.deliver_good(),
        Sign::Look => cx.words.deliver_note(),
        _ => cx.words.deliver_bad(),
    };
    let name = format!("{state}: {}", line.text);
    let role = if line.mend.is_some() { egui::Role::Button } else { egui::Role::Label };
    response.widget_info(|| WidgetInfo::selected(role, true, chosen, &name));
    response
}

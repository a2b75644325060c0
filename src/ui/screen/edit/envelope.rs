//! An envelope's page: its tie-out drawn, what is still in hand, what is held, its sheets, and the
//! way to close it.

use super::files::{Files, Found};
use super::rows::{self, SheetRow};
use super::task::{self, Closing, Task};
use super::teller::Teller;
use super::{Hand, aside, envelopes, paint};
use crate::flow::person::Duty;
use crate::flow::view::EnvelopeView;
use crate::flow::{EnvelopeId, SheetId};
use crate::ui::command::Command;
use crate::ui::screen::Cx;
use crate::ui::session::{Ask, Stage};
use crate::ui::theme::GAP;
use crate::ui::widgets::{Column, button, empty, primary, tie_out};
use crate::ui::words::{in_groups, thousands};
use crate::voucher::{KindId, Yen};
use egui::{Label, RichText, ScrollArea, Ui};
use std::sync::Arc;

/// So many held sheets are named; the rest is a number.
const NAMED: usize = 12;

/// What was clicked on the page.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Clicked {
    pub confirm: bool,
    pub sheet: Option<SheetId>,
    pub command: Option<Command>,
}

pub fn offers(cx: &Cx<'_>, id: EnvelopeId) -> Vec<Command> {
    let Some(envelope) = cx.view.envelopes.get(&id) else { return Vec::new() };
    let me = cx.session.me.as_ref();
    let may = |duty| me.is_some_and(|me| me.role.may(duty));
    match (envelope.open, envelope.delivering) {
        (true, _) if may(Duty::Close) && !envelope.aside.is_empty() => {
            vec![Command::SettleAside, Command::Close]
        }
        (true, _) if may(Duty::Close) => vec![Command::Close],
        (false, false) if may(Duty::Reopen) => vec![Command::Reopen],
        _ => Vec::new(),
    }
}

/// The columns of its tie-out, in the order of the profile, 券種不明 last.
pub fn columns(cx: &Cx<'_>, envelope: &EnvelopeView) -> Vec<Column> {
    let place = |kind: &str| {
        let found = cx.profile.kinds.iter().position(|it| it.id.as_str() == kind);
        found.unwrap_or(usize::MAX)
    };
    let mut lines = envelope.tally.lines.iter().collect::<Vec<_>>();
    lines.sort_by_key(|(kind, _)| (kind.is_empty(), place(kind)));
    let name = |kind: &str| {
        let id = (!kind.is_empty()).then(|| KindId::new(kind));
        cx.kind_name(id.as_ref())
    };
    lines.into_iter().map(|(kind, line)| Column { name: name(kind), line: *line }).collect()
}

pub fn show(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    files: &mut Files,
    id: EnvelopeId,
    task: &mut Option<Task>,
    hand: &mut Hand,
) -> Clicked {
    let found = files.envelope(id, cx);
    let view = cx.view.envelopes.get(&id).map(Arc::clone);
    let view = match (view, &found) {
        (Some(view), _) => view,
        (None, Found::Here(envelope)) => Arc::new(EnvelopeView::of(envelope)),
        (None, Found::Coming) => {
            paint::said(ui, &cx.words.edit_coming(), cx.theme.text(), cx.theme.quiet);
            return Clicked::default();
        }
        (None, Found::Nowhere) => {
            let name = cx.envelope_name(id);
            let title = cx.words.edit_no_envelope_named(name);
            empty(ui, cx.theme, &title, &cx.words.edit_no_sheet_what());
            return Clicked::default();
        }
        (None, Found::Failed(why)) => {
            empty(ui, cx.theme, &cx.words.edit_failed(), &cx.words.fault(why));
            return Clicked::default();
        }
    };
    if let Some(Task::Closed(closing)) = task {
        return Clicked { confirm: closed(ui, cx, closing), ..Clicked::default() };
    }
    let mut clicked = Clicked::default();
    let height = (ui.available_height() * 0.38).clamp(cx.theme.size(120.0), cx.theme.size(300.0));
    let area = ScrollArea::vertical().id_salt(("envelope", id.0)).auto_shrink([false, false]);
    area.show(ui, |ui| {
        if let Some(delta) = hand.scroll.take() {
            ui.scroll_with_delta(egui::Vec2::new(0.0, delta));
        }
        ui.set_max_width(ui.available_width() - GAP);
        paint::calm(ui, cx.theme);
        head(ui, cx, &view);
        let top = ui.cursor().min;
        clicked.confirm = doing(ui, cx, &view, &found, task);
        if std::mem::take(&mut hand.to_task) {
            paint::into_view(ui, top);
        }
        tie_out(ui, cx.theme, cx.words, &columns(cx, &view), height);
        ui.add_space(GAP);
        clicked.command = next(ui, cx, &view, task.is_some());
        held(ui, cx, &view);
        ui.add_space(GAP);
        clicked.sheet = sheets(ui, cx, &found, hand);
    });
    clicked
}

fn head(ui: &mut Ui, cx: &mut Cx<'_>, view: &EnvelopeView) {
    let theme = cx.theme;
    let name = cx.envelope_name(view.id);
    let shop = cx.shops.name(&view.shop, cx.session);
    let (state, colour) = if cx.view.envelopes.contains_key(&view.id) {
        envelopes::state(cx, view)
    } else {
        (cx.words.edit_delivered(), theme.quiet)
    };
    ui.horizontal(|ui| {
        ui.label(RichText::new(cx.words.envelope_named(name)).font(theme.heading()));
        ui.add(Label::new(RichText::new(state).font(theme.strong()).color(colour)).truncate());
    });
    let day = cx.words.arrived_on(view.arrived.strftime("%m/%d").to_string());
    let text = format!("{shop} ({}) · {day}", view.shop);
    paint::said(ui, &text, theme.text(), theme.quiet);
    ui.add_space(GAP);
}

/// The task that is open on this page. True: confirmed with the mouse or in its field.
fn doing(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    view: &EnvelopeView,
    found: &Found<crate::flow::state::Envelope>,
    task: &mut Option<Task>,
) -> bool {
    let words = cx.words;
    let confirmed = match task {
        Some(Task::Close { envelope, sending }) if *envelope == view.id => {
            let theme = cx.theme;
            let mut confirmed = false;
            task::framed(ui, theme, |ui| {
                paint::told(ui, &words.edit_close_title(), theme.heading(), theme.ink);
                let line = view.tally.sum();
                let counted = counted(cx, line.accepted, line.held, line.rejected);
                let text = words.edit_close_what(counted, words.yen(view.amount));
                paint::told(ui, &text, theme.text(), theme.ink);
                paint::told(ui, &words.close_empty(), theme.strong(), theme.ink);
                task::sending_ui(ui, cx, sending);
                ui.add_space(GAP);
                confirmed = primary(ui, theme, &words.close_empty_now(), "Enter").clicked();
            });
            confirmed
        }
        Some(Task::CloseWithDifference { envelope, ask }) if *envelope == view.id => {
            let difference = task::difference_of(cx, view.id);
            let title = words.edit_close_differs(difference);
            ask.ui(ui, cx, &title, &words.close_empty_differs())
        }
        Some(Task::Aside(aside)) if aside.envelope == view.id => {
            let envelope = match found {
                Found::Here(envelope) => Some(&**envelope),
                _ => None,
            };
            aside.ui(ui, cx, envelope)
        }
        Some(Task::Reopen { envelope, ask }) if *envelope == view.id => {
            ask.ui(ui, cx, &words.edit_reopen_title(), &words.edit_reopen_what())
        }
        _ => return false,
    };
    ui.add_space(GAP);
    confirmed
}

/// What comes next for this envelope, with a way there. Gives a command that was clicked.
fn next(ui: &mut Ui, cx: &mut Cx<'_>, view: &EnvelopeView, busy: bool) -> Option<Command> {
    let theme = cx.theme;
    let words = cx.words;
    let mut command = None;
    let amount = words.edit_amount_so_far(words.yen(view.amount));
    paint::told(ui, &amount, theme.strong(), theme.ink);
    if view.open {
        aside::list(ui, cx, view);
        if !view.aside.is_empty()
            && !busy
            && button(ui, theme, &words.cmd_settle_aside(), "*").clicked()
        {
            command = Some(Command::SettleAside);
        }
    }
    if view.in_hand() > 0 && view.open {
        let ways = [
            (Stage::Check, view.check.len(), words.stage_check(), "F3"),
            (Stage::Entry, view.entry.len(), words.stage_entry(), "F4"),
            (Stage::Supervisor, view.settle.len(), words.stage_supervisor(), "F8"),
        ];
        paint::told(ui, &words.edit_in_hand_what(), theme.text(), theme.ink);
        ui.horizontal_wrapped(|ui| {
            for (stage, count, word, key) in ways {
                let text = words.edit_waits_at(word, count);
                if count > 0 && button(ui, theme, &text, key).clicked() {
                    cx.session.asks.push(Ask::Take(view.id));
                    cx.go(stage);
                }
            }
        });
    } else if !busy {
        let offers = offers(cx, view.id);
        if offers.contains(&Command::Close) {
            let word = words.cmd_close();
            if primary(ui, theme, &word, ".").clicked() {
                command = Some(Command::Close);
            }
        }
        if offers.contains(&Command::Reopen)
            && button(ui, theme, &words.cmd_reopen(), "-").clicked()
        {
            command = Some(Command::Reopen);
        }
    }
    if !view.open {
        if let Some(reason) = &view.closed_reason {
            paint::told(ui, &words.edit_closed_reason(reason), theme.text(), theme.ink);
        }
        let delivered = !cx.view.envelopes.contains_key(&view.id);
        let text = match (delivered, view.delivering) {
            (true, _) => words.edit_frozen(),
            (false, true) => words.edit_delivering_what(),
            (false, false) => words.edit_waits_for_delivery(),
        };
        paint::told(ui, &text, theme.text(), theme.quiet);
    }
    command
}

/// Held sheets by name, and what is not paid because of them.
fn held(ui: &mut Ui, cx: &Cx<'_>, view: &EnvelopeView) {
    if view.held.is_empty() {
        return;
    }
    let theme = cx.theme;
    let sheet = |ordinal: &u32| {
        let id = SheetId { envelope: view.id, ordinal: *ordinal };
        Teller::new(cx).sheet_name(id)
    };
    let names = view.held.iter().take(NAMED).map(sheet).collect::<Vec<_>>();
    let mut names = names.join(&cx.words.list_comma());
    if view.held.len() > NAMED {
        names = cx.words.edit_and_more(names, view.held.len() - NAMED);
    }
    let unpaid = cx.words.yen(unpaid(cx, view));
    let text = cx.words.edit_held_unpaid(view.held.len(), unpaid);
    paint::told(ui, &text, theme.strong(), theme.ink);
    paint::told(ui, &names, theme.small(), theme.quiet);
}

/// Face value of the held sheets whose kind is known.
fn unpaid(cx: &Cx<'_>, view: &EnvelopeView) -> Yen {
    let amounts = view.tally.lines.iter().filter_map(|(kind, line)| {
        let face = cx.profile.face(&KindId::new(kind))?;
        face.times(line.held).ok()
    });
    Yen::sum(amounts).unwrap_or(Yen::ZERO)
}

/// Its sheets, newest last. Gives one that was clicked.
fn sheets(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    found: &Found<crate::flow::state::Envelope>,
    hand: &mut Hand,
) -> Option<SheetId> {
    let theme = cx.theme;
    let Found::Here(envelope) = found else {
        paint::said(ui, &cx.words.edit_coming(), theme.small(), theme.quiet);
        return None;
    };
    let sheets = envelope.live().collect::<Vec<_>>();
    hand.sheets = sheets.len();
    paint::said(ui, &cx.words.edit_sheets(sheets.len()), theme.small(), theme.quiet);
    let mut clicked = None;
    let (at, inside) = (hand.cursor.at, hand.inside);
    rows::within(ui, sheets.len(), rows::sheet_height(cx), &mut hand.cursor, |ui, index, rect| {
        let Some(sheet) = sheets.get(index) else { return };
        let row = SheetRow::sheet(cx, sheet);
        if row.show(ui, cx, rect, inside && index == at, inside) {
            clicked = Some(sheet.id);
        }
    });
    clicked
}

/// To be noted on paper: what an audit is held against.
fn head_of_log(ui: &mut Ui, cx: &Cx<'_>) {
    let Some(head) = cx.view.signed else { return };
    let theme = cx.theme;
    ui.add_space(GAP);
    let seq = thousands(head.seq.cast_signed());
    paint::told(ui, &cx.words.edit_closed_head(seq), theme.text(), theme.ink);
    // In eights, as one copies them.
    let text = in_groups(&head.hash.to_string(), &[8; 8]);
    paint::told(ui, &text, theme.digits(16.0), theme.ink);
}

/// 受付14枚、保留1枚: what is not paid is not in one figure with what is.
fn counted(cx: &Cx<'_>, accepted: u64, held: u64, rejected: u64) -> String {
    let words = cx.words;
    let mut parts = vec![words.edit_counted(accepted)];
    parts.extend((held > 0).then(|| words.edit_counted_held(held)));
    parts.extend((rejected > 0).then(|| words.edit_counted_rejected(rejected)));
    parts.join(&words.list_comma())
}

/// It is closed: large and calm, with what comes next. True: Enter was clicked.
fn closed(ui: &mut Ui, cx: &Cx<'_>, closing: &Closing) -> bool {
    let theme = cx.theme;
    let words = cx.words;
    let mut clicked = false;
    ui.vertical_centered(|ui| {
        ui.add_space(ui.available_height() * 0.12);
        let name = words.envelope_named(cx.envelope_name(closing.envelope));
        paint::said(ui, &name, theme.heading(), theme.quiet);
        paint::said(ui, &words.edit_closed(), theme.verdict(), theme.accepted);
        let counted = counted(cx, closing.accepted, closing.held, closing.rejected);
        let sum = words.edit_closed_sum(counted, words.yen(closing.amount));
        paint::said(ui, &sum, theme.heading(), theme.ink);
        if !closing.difference.is_empty() {
            let difference = Teller::new(cx).difference(&closing.difference);
            paint::told(ui, &words.story_difference(difference), theme.text(), theme.ink);
        }
        if closing.held > 0 {
            paint::told(ui, &words.edit_closed_held(closing.held), theme.text(), theme.ink);
        }
        head_of_log(ui, cx);
        ui.add_space(GAP);
        let open = cx.view.envelopes.values().filter(|it| it.open).count();
        let next = match open {
            0 => words.edit_closed_deliver(),
            open => words.edit_closed_next(open),
        };
        paint::told(ui, &next, theme.text(), theme.ink);
        ui.add_space(GAP);
        clicked = primary(ui, theme, &words.edit_go_on(), "Enter").clicked();
    });
    clicked
}

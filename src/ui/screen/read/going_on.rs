//! Going on with an envelope: its last sheets are fetched from the log, and after a start the person says
//! that the pile before them is the one on the screen.

use super::{LAST, Read};
use crate::flow::outcome::Outcome;
use crate::flow::state::Envelope;
use crate::flow::view::EnvelopeView;
use crate::ui::port::{Answer, News, Query};
use crate::ui::screen::Cx;
use crate::ui::screen::edit::paint;
use crate::ui::theme::GAP;
use crate::ui::widgets::primary;
use egui::Ui;

impl Read {
    /// Asks for the last sheets, where there are some that this window has not seen.
    pub(super) fn fetch_last(&mut self, cx: &mut Cx<'_>) {
        let Some(envelope) = cx.envelope() else { return };
        if self.last.is_empty() && envelope.position > 0 && self.fetched != Some(envelope.id) {
            self.fetched = Some(envelope.id);
            self.asked = Some(cx.ask(Query::Envelope(envelope.id)));
        }
    }

    pub(super) fn hear_last(&mut self, news: &News, cx: &Cx<'_>) {
        let News::Found { ticket, answer } = news else { return };
        if self.asked.take_if(|asked| asked == ticket).is_none() {
            return;
        }
        let Answer::Envelope(Some(envelope)) = answer else {
            self.fetched = None;
            return;
        };
        // Sheets that were laid meanwhile are the newer ones.
        if cx.session.envelope == Some(envelope.id) && self.last.is_empty() {
            self.last.extend(last(envelope, cx));
        }
    }

    /// After a start: nothing is read before somebody has said to go on.
    pub(super) fn waits_to_go_on(&self, cx: &Cx<'_>) -> bool {
        cx.session.resumed && cx.envelope().is_some_and(|it| it.open)
    }
}

/// The last sheets of an envelope as they are now, newest first.
fn last(envelope: &Envelope, cx: &Cx<'_>) -> Vec<Outcome> {
    let Some(me) = cx.session.my_id() else { return Vec::new() };
    let sheets = envelope.live().rev().take(LAST);
    sheets.map(|sheet| Outcome::of_sheet(envelope, sheet, me.clone())).collect()
}

/// What there is to go on with. True: Enter was clicked.
pub(super) fn show(ui: &mut Ui, cx: &mut Cx<'_>, read: &Read, envelope: &EnvelopeView) -> bool {
    let theme = cx.theme;
    let words = cx.words;
    ui.add_space((ui.available_height() * 0.12).min(theme.size(60.0)));
    let name = cx.envelope_name(envelope.id);
    let title = words.go_on_with(&name, envelope.fed + 1);
    paint::told(ui, &title, theme.verdict(), theme.ink);
    if let Some(last) = read.last.front() {
        let number = last.number.as_ref().map(|it| cx.grouped(it.as_str()));
        let number = number.unwrap_or_else(|| words.read_no_number());
        paint::told(ui, &words.go_on_last(last.position, number), theme.heading(), theme.ink);
        let paper = words.paper(&last.place, &last.reasons);
        paint::told(ui, paper, theme.text(), theme.ink);
    }
    paint::told(ui, &words.go_on_what(), theme.text(), theme.quiet);
    ui.add_space(GAP);
    primary(ui, theme, &words.cmd_resume(), "Enter").clicked()
}

//! Where the work is: found again at the start, and kept for the next one.

use super::{Kenban, Now};
use crate::ui::port::Order;
use crate::ui::resume::Desk;
use crate::ui::session::Stage;

impl Kenban {
    /// The first who signs in finds the desk as it was left.
    pub(super) fn resume(&mut self, now: &Now) {
        let Some(desk) = self.at_start.take() else { return };
        let session = &mut self.session;
        session.envelope = desk.open_envelope(&now.view);
        let fed = |id| now.view.envelopes.get(&id).is_some_and(|it| it.fed > 0);
        session.resumed = session.envelope.is_some_and(fed);
        session.stage = match desk.stage {
            Stage::Settings => Stage::Open,
            Stage::Read if session.envelope.is_none() => Stage::Open,
            stage => stage,
        };
        session.pulled = desk.pulled;
        session.pulled.keep_open(&now.view);
    }

    /// Keeps where the work is, when that has changed.
    pub(super) fn remember(&mut self) {
        if self.at_start.is_some() {
            return;
        }
        let desk = Desk::of(&self.session);
        if desk != self.remembered {
            self.remembered = desk.clone();
            self.session.orders.push(Order::Remember(desk));
        }
    }
}

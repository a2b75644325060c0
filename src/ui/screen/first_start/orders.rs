//! What the first start asks of the station: a profile's check, and a beginning.

use super::{Desk, FirstStart, Item, people};
use crate::flow::event::Mode;
use crate::flow::ids::Station;
use crate::ui::port::{Beginning, Order, ProfileSource, Query};
use crate::ui::session::Session;

impl FirstStart {
    pub(super) fn check(&mut self, session: &mut Session, source: ProfileSource) {
        self.problem = None;
        self.checked = None;
        self.source = Some(source.clone());
        let ticket = session.ticket();
        let query = Query::CheckProfile(source);
        session.orders.push(Order::Ask { ticket, query });
        self.asked = Some(ticket);
    }

    /// A sample is only for training: nobody pays by it.
    pub(super) fn may_be_live(&self) -> bool {
        matches!(self.source, Some(ProfileSource::File(_)))
    }

    pub(super) fn begin_training(&mut self, desk: &mut Desk<'_>) {
        self.send(
            desk,
            Beginning {
                profile_toml: String::new(),
                station: "01".to_owned(),
                mode: Mode::Training,
                people: Vec::new(),
                made_up: true,
            },
        );
    }

    pub(super) fn begin(&mut self, desk: &mut Desk<'_>) {
        let Some(Ok(summary)) = &self.checked else { return };
        let profile_toml = summary.toml.clone();
        let station = people::plain(&self.code).to_ascii_uppercase();
        if Station::new(&station).is_err() {
            self.fault(Item::Code, desk.words.first_code_wrong());
            return;
        }
        match people::named(&self.people) {
            Ok(people) => {
                let mode = if self.may_be_live() { self.mode } else { Mode::Training };
                let made_up = false;
                self.send(desk, Beginning { profile_toml, station, mode, people, made_up });
            }
            Err((at, fault)) => {
                let item = at.map_or(Item::Begin, |(row, part)| Item::Person(row, part));
                self.fault(item, fault.words(desk.words));
            }
        }
    }

    fn fault(&mut self, item: Item, text: String) {
        self.problem = Some((item, text));
        self.go_to(item);
    }

    fn send(&mut self, desk: &mut Desk<'_>, beginning: Beginning) {
        if !self.begun {
            self.begun = true;
            self.problem = None;
            desk.session.orders.push(Order::Begin(beginning));
        }
    }
}

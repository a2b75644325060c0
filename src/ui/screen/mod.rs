//! One screen a stage. A screen holds what its eye and hand are at, never a truth; it asks through
//! [`Cx`] and hears [`News`].

mod check;
mod deliver;
mod dispose;
mod edit;
mod entry;
mod first_start;
mod open;
mod read;
mod settings;
mod steps;
mod supervisor;
mod teach;

pub use check::Check;
pub use deliver::Deliver;
pub use dispose::Dispose;
pub use edit::Edit;
pub use entry::Entry;
pub use first_start::FirstStart;
pub use open::Open;
pub use read::Read;
pub use settings::SettingsScreen;
pub use supervisor::Supervisor;

use super::command::{Command, Pressed};
use super::gallery::Gallery;
use super::port::{Lights, News, Order, Query, Ticket};
use super::session::{Ask, Errand, LookFor, Session, Stage, Told};
use super::settings::Settings;
use super::shops::ShopNames;
use super::theme::Theme;
use super::wedge::scans::Code;
use super::words::Words;
use crate::flow::view::EnvelopeView;
use crate::flow::{EnvelopeId, Input, SheetId, View};
use crate::voucher::{KindId, Profile};
use egui::Ui;
use jiff::civil::Date;
use std::sync::Arc;

/// What a screen may see and ask.
#[expect(missing_debug_implementations, reason = "it is lent for the time of one call")]
pub struct Cx<'a> {
    pub view: &'a View,
    pub profile: &'a Profile,
    pub words: &'a Words,
    pub theme: &'a Theme,
    pub settings: &'a Settings,
    pub lights: &'a Lights,
    pub session: &'a mut Session,
    pub gallery: &'a mut Gallery,
    pub shops: &'a mut ShopNames,
    /// The newest picture of the desk camera, where there is one.
    pub preview: Option<egui::TextureHandle>,
    pub today: Date,
    /// Seconds since the window opened.
    pub now: f64,
}

pub trait Screen {
    /// The screen's commands as things stand, most used first. They make the key line.
    fn offers(&self, cx: &Cx<'_>) -> Vec<Command>;
    fn command(&mut self, command: Command, cx: &mut Cx<'_>);
    /// A key that is no offered command.
    fn pressed(&mut self, _pressed: Pressed, _cx: &mut Cx<'_>) {}
    /// A scanner's code came. False: this screen has no use for it, and the window says so.
    fn code(&mut self, _code: &Code, _cx: &mut Cx<'_>) -> bool {
        false
    }
    fn news(&mut self, _news: &News, _cx: &mut Cx<'_>) {}
    /// The stage is shown now, or was left.
    fn enter(&mut self, _cx: &mut Cx<'_>) {}
    fn leave(&mut self, _cx: &mut Cx<'_>) {}
    fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>);
}

impl Cx<'_> {
    /// Sends an act in the name of who is signed in. `None`: nobody is.
    pub fn act(&mut self, input: Input) -> Option<Ticket> {
        let by = self.session.my_id()?;
        let ticket = self.session.ticket();
        self.session.orders.push(Order::Act { ticket, by, with: None, input });
        Some(ticket)
    }

    /// Sends an act that takes two: the window asks for the second person first. `what` says to them,
    /// in one sentence, what it is that they stand beside.
    pub fn act_with_second(&mut self, input: Input, what: String) -> Ticket {
        self.with_second(Errand::Act(Box::new(input)), what)
    }

    /// The same for anything that takes two.
    pub fn with_second(&mut self, errand: Errand, what: String) -> Ticket {
        let ticket = self.session.ticket();
        self.session.asks.push(Ask::Second { ticket, errand, what });
        ticket
    }

    pub fn ask(&mut self, query: Query) -> Ticket {
        let ticket = self.session.ticket();
        self.session.orders.push(Order::Ask { ticket, query });
        ticket
    }

    pub fn order(&mut self, order: Order) {
        self.session.orders.push(order);
    }

    /// Edit with this on it.
    pub fn edit(&mut self, what: LookFor) {
        self.session.asks.push(Ask::Edit(what));
    }

    pub fn go(&mut self, stage: Stage) {
        self.session.asks.push(Ask::Go(stage));
    }

    /// A sentence where the eye is, for some seconds.
    pub fn tell(&mut self, text: String) {
        self.session.asks.push(Ask::Tell(Told { text, good: true }));
    }

    /// The same for something that was refused.
    pub fn warn(&mut self, text: String) {
        self.session.asks.push(Ask::Tell(Told { text, good: false }));
    }

    /// The envelope on the desk.
    pub fn envelope(&self) -> Option<Arc<EnvelopeView>> {
        self.view.envelopes.get(&self.session.envelope?).cloned()
    }

    /// `01-00124`
    pub fn envelope_name(&self, id: EnvelopeId) -> String {
        self.view.station.as_ref().map_or_else(|| id.0.to_string(), |it| it.envelope(id))
    }

    /// `01-00124-037`
    pub fn sheet_name(&self, id: SheetId) -> String {
        let station = self.view.station.as_ref();
        station.map_or_else(|| format!("{}-{}", id.envelope.0, id.ordinal), |it| it.sheet(id))
    }

    /// The kind's name, or 券種不明.
    pub fn kind_name(&self, kind: Option<&KindId>) -> String {
        let known = kind.and_then(|kind| self.profile.kind(kind));
        known.map_or_else(|| self.words.kind_unknown(), |kind| kind.name.clone())
    }

    /// A number in groups as printed.
    pub fn grouped(&self, number: &str) -> String {
        super::words::grouped(self.profile, number)
    }
}

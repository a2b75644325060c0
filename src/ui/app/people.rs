//! Who sits at the window: signing in, standing beside, and leaving the seat.

use super::{Kenban, Now, Overlay, cx};
use crate::flow::{Person, PersonId};
use crate::ui::command::{Command, Pressed};
use crate::ui::frame::{Chooser, Purpose, Wish};
use crate::ui::port::{Order, Ticket};
use crate::ui::screen::Cx;
use egui::Key;

/// Who left the seat by a wrong key is back by Esc within so many seconds, without a PIN, if nothing else
/// was pressed. No longer: then somebody else may sit there.
const BACK_FOR: f64 = 3.0;

/// Who has just left the seat, and is not yet signed out.
#[derive(Debug)]
pub(super) struct Left {
    person: Person,
    until: f64,
}

impl Left {
    pub(super) fn name(&self) -> &str {
        &self.person.name
    }
}

impl Kenban {
    pub(super) fn signed_in(&mut self, person: &PersonId, now: &Now) {
        // An answer that comes after its person has gone signs nobody in.
        let Overlay::SignIn(chooser) = &self.overlay else { return };
        if !chooser.waits_for(person) {
            return;
        }
        self.session.me = now.view.people.iter().find(|it| it.id == *person).cloned();
        self.overlay = Overlay::None;
        self.resume(now);
        let stage = self.session.stage;
        self.go(stage, now);
    }

    /// Sends the act that waited for its second person. False: none waits any more.
    pub(super) fn vouched(&mut self, ticket: Ticket, person: &PersonId) -> bool {
        let by = self.session.my_id();
        match (std::mem::take(&mut self.overlay), by) {
            (Overlay::Second { ticket: waiting, errand, chooser }, Some(by))
                if waiting == ticket && chooser.waits_for(person) =>
            {
                self.session.orders.push(errand.order(ticket, by, person.clone()));
                true
            }
            (other, _) => {
                self.overlay = other;
                false
            }
        }
    }

    /// The next person sits down: the stage and the envelope stay, claims and drafts don't. Nothing more
    /// is taken or done from here on; the station is told once it is no mistake.
    pub(super) fn change_person(&mut self, now: &Now) {
        self.slash = None;
        let stage = self.session.stage;
        let mut cx = cx!(self, now);
        self.screens.of(stage).leave(&mut cx);
        let until = now.time + BACK_FOR;
        self.left = self.session.me.take().map(|person| Left { person, until });
        self.overlay = Overlay::SignIn(Chooser::new(Purpose::SignIn));
    }

    /// Tells the station who has gone, as soon as they can't come back by Esc.
    pub(super) fn see_off(&mut self, ctx: &egui::Context, time: f64) {
        let Some(left) = &self.left else { return };
        let begun = match &self.overlay {
            Overlay::SignIn(chooser) => chooser.begun(),
            _ => true,
        };
        if begun || time >= left.until {
            self.leave_for_good();
        } else {
            ctx.request_repaint_after_secs((left.until - time) as f32);
        }
    }

    fn leave_for_good(&mut self) {
        if let Some(left) = self.left.take() {
            self.session.orders.push(Order::Unclaim { by: left.person.id });
            self.session.orders.push(Order::SignOut);
        }
    }

    /// A key while somebody is asked for.
    pub(super) fn key_for_chooser(&mut self, pressed: Pressed, now: &Now) {
        if self.left.is_some() {
            if pressed == Pressed::Key(Key::Escape) {
                self.come_back(now);
                return;
            }
            self.leave_for_good();
        }
        if let Overlay::SignIn(chooser) | Overlay::Second { chooser, .. } = &mut self.overlay {
            let wish = chooser.pressed(pressed, &now.view, &self.words);
            self.grant(wish);
        }
    }

    /// It was a mistake: the same person sits here, as if nothing had been.
    fn come_back(&mut self, now: &Now) {
        let Some(left) = self.left.take() else { return };
        self.session.me = Some(left.person);
        self.overlay = Overlay::None;
        let stage = self.session.stage;
        self.go(stage, now);
    }

    /// What the keys do while the stage is covered. `None`: it isn't.
    pub(super) fn offered_over(&self) -> Option<Vec<Command>> {
        match &self.overlay {
            Overlay::None => None,
            Overlay::Help => Some(vec![Command::Back]),
            Overlay::SignIn(chooser) => Some(chooser.offers(self.left.is_some())),
            Overlay::Second { chooser, .. } => Some(chooser.offers(true)),
        }
    }

    /// A command of the key line was clicked while the stage is covered.
    pub(super) fn run_over(&mut self, command: Command, now: &Now) {
        if matches!(self.overlay, Overlay::Help) {
            self.overlay = Overlay::None;
            return;
        }
        match command {
            Command::Back => self.key_for_chooser(Pressed::Key(Key::Escape), now),
            Command::GoIn => self.key_for_chooser(Pressed::Key(Key::Enter), now),
            _ => {}
        }
    }

    pub(super) fn grant(&mut self, wish: Option<Wish>) {
        let Some(wish) = wish else { return };
        let order = match (wish, &self.overlay) {
            (Wish::Leave, Overlay::Second { .. }) => {
                self.overlay = Overlay::None;
                return;
            }
            (Wish::SignIn { person, pin }, Overlay::Second { ticket, .. }) => {
                Order::Vouch { ticket: *ticket, person, pin }
            }
            (Wish::SignIn { person, pin }, _) => Order::SignIn { person, pin },
            (Wish::ChoosePin { person, pin, beside }, _) => {
                Order::ChoosePin { person, pin, beside }
            }
            (Wish::Leave, _) => return,
        };
        self.session.orders.push(order);
    }
}

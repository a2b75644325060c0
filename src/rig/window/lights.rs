//! The devices' lights, as the threads set them and the window sees them.

use super::faults;
use crate::devices::presence::Presence;
use crate::ui::port::{Light, Lights};
use std::sync::{Arc, Mutex, PoisonError};

#[derive(Clone, Debug, Default)]
pub(super) struct Board(Arc<Mutex<Lights>>);

impl Board {
    pub fn change(&self, change: impl FnOnce(&mut Lights)) {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }

    pub fn lights(&self) -> Lights {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

pub(super) fn light(presence: &Presence) -> Light {
    match presence {
        Presence::Off => Light::Off,
        Presence::Searching => Light::Searching,
        Presence::Ready => Light::Ready,
        Presence::Trouble(what) => Light::Trouble(faults::device(what)),
    }
}

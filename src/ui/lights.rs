//! How the devices are, at a glance.

use super::fault::Fault;
use crate::flow::SheetId;

/// The devices' lights.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lights {
    pub camera: Light,
    pub serial: Light,
    pub wedge: Light,
    pub folder: Light,
    pub sound: Light,
    /// The station's own key is not on this machine: nothing can be signed, so nothing closed.
    pub key_missing: bool,
    /// The lane waits until the paper of this sheet is in its tray.
    pub stop_open: Option<SheetId>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Light {
    #[default]
    Off,
    Searching,
    Ready,
    /// All is well; it begins when a key is pressed.
    Waits,
    /// There is no such folder.
    Missing,
    Trouble(Fault),
}

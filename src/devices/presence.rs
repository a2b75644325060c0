//! The light of a device: whether it is there, and what to do when it isn't.

use super::camera::CameraError;
use super::serial::SerialTrouble;
use super::sound::Unheard;
use std::sync::Arc;

/// Tells the window that there is something to look at. Called from a device's thread, so it must
/// return at once.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// What every device's light is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Presence {
    /// Not asked for.
    #[default]
    Off,
    /// Not there yet, or not there any more; the device is looked for until it comes.
    Searching,
    /// It works.
    Ready,
    /// It can't work before somebody does something.
    Trouble(DeviceTrouble),
}

/// What is wrong with a device. Its words are one plain English sentence of what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DeviceTrouble {
    #[error(transparent)]
    Camera(#[from] CameraError),
    #[error(transparent)]
    Serial(#[from] SerialTrouble),
    #[error(transparent)]
    Sound(#[from] Unheard),
}

//! Where pictures and codes come from, and where sounds go: a document scanner's folder, a camera over
//! the desk, a serial scanner, the outcome's sound.

pub mod camera;
pub mod camera_format;
mod camera_pixels; // whatever a camera sends to grey
pub mod camera_v4l;
pub mod folder;
pub mod keyboard;
mod lines; // bytes of a scanner to codes
pub mod presence;
pub mod recording;
pub mod rest; // when a sheet has come to rest
pub mod serial;
pub mod simulated;
pub mod sound;

//! Where pictures and codes come from, and where sounds go: a document scanner's folder, a serial
//! scanner, the outcome's sound.

pub mod folder;
mod lines; // bytes of a scanner to codes
pub mod presence;
pub mod serial;
pub mod sound;

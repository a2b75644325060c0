//! Where pictures come from: a folder that a document scanner fills, or has filled, and a camera over the desk.

pub mod camera;
pub mod camera_format;
mod camera_pixels;
pub mod camera_v4l;
pub mod folder;
pub mod presence;
pub mod recording;
pub mod rest;
pub mod simulated;

//! The window, driven by its accessible names and by keys, without a display.

mod edit;
mod files;
mod fixture;
mod frame;
mod read;
mod supervisor;

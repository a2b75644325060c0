//! The window, driven by its accessible names and by keys, without a display.

mod check;
mod entry;
mod deliver;
mod fixture;
mod frame;
mod open;
mod read;
mod settings;

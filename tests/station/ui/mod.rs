//! The window, driven by its accessible names and by keys, without a display.

mod aside;
mod check;
mod closed;
mod deliver;
mod edit;
mod entry;
mod explained;
mod files;
mod first_start;
mod fixture;
mod frame;
mod going_on;
mod large;
mod open;
mod people;
mod printed;
mod pull;
mod read;
mod settings;
mod snapshots;
mod supervisor;
mod teach;

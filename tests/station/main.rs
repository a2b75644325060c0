//! The whole station, from outside and from inside.

// Clippy lets tests unwrap and print; this says that the helpers are tests too.
#![cfg(test)]

mod aside;
mod audit;
mod common;
mod corpus;
mod corrections;
mod delivery;
mod desk;
mod display;
mod evidence;
mod explained;
mod forms;
mod hands;
mod kill;
mod lookups;
mod people;
mod simulation;
mod sources;
mod teach;
mod tidy;
mod typed;
mod ui;
mod view;
mod whole;
mod window;
mod world;

//! The whole station, from outside and from inside.

mod common;
mod corpus;
mod delivery;
mod desk;
mod kill;
mod simulation;
mod tidy;
mod whole;

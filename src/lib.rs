//! Kenban (券番), the scanning station of a counting room. The map, in reading order;
//! `ARCHITECTURE.md` has the laws and who may use whom.

pub mod cli; // the headless commands
pub mod delivery; // rows to files: data sets, manifest, signature, read-back
pub mod demo; // made-up campaigns, voucher pictures and shifts
pub mod desk; // the one writer thread: input, facts, decide, commit, publish
pub mod devices; // where pictures come from: a document scanner's folder, a camera over the desk
pub mod flow; // what may happen: inputs, events, decide, evolve, View
pub mod fonts; // the system's font files, mapped
pub mod lists; // shops, issued and blocked numbers from CSV
pub mod picture; // pixels from outside made safe
pub mod reader; // pixels to findings
pub mod rig; // the only wiring
pub mod store; // the only SQL: log, projections, pictures, audit, backup
pub mod ui; // the window
pub mod voucher; // nouns and laws of the paper: profile, number, check digits, ledger, verdict

//! What stands around every stage: rail, header, key line, help, and the asking for persons.

mod header;
mod help;
mod keyline;
mod person;
mod rail;

pub use header::header;
pub use help::help;
pub use keyline::KeyLine;
pub use person::{Chooser, Purpose, Wish, fresh_enter};
pub use rail::{Narrow, rail};

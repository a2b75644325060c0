//! Nouns and laws of the paper. Pure: no clock, disk, thread or chance.

pub mod barcode;
pub mod check_digit;
pub mod grammar;
pub mod ledger;
pub mod number;
mod print;
pub mod profile;
pub mod profile_file;
pub mod reading;
#[cfg(test)]
pub(crate) mod samples;
pub mod scan;
pub mod steps;
pub mod teach;
pub mod verdict;
pub mod yen;

pub use grammar::Grammar;
pub use ledger::{IssueLedger, Issued};
pub use number::{KindId, LayoutId, Number};
pub use profile::{Kind, Layout, Profile};
pub use reading::{BarcodeFinding, PrintedFinding, Reading, Side, Symbology};
pub use scan::scanned;
pub use verdict::{Judgement, Reason, Verdict, judge};
pub use yen::Yen;

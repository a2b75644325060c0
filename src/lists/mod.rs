//! Lists from CSV: shops, issued and blocked numbers. All or nothing, with line numbers.

use crate::voucher::{IssueLedger, Number, Profile};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shop {
    pub code: String,
    pub name: String,
    pub kana: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blocked {
    pub number: Number,
    pub reason: String,
}

/// One mistake in a list; `line` counts from 1, 0 means the file as a whole.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {mistake}")]
pub struct ListProblem {
    pub line: u64,
    pub mistake: String,
}

pub fn shops(bytes: &[u8]) -> Result<Vec<Shop>, Vec<ListProblem>> {
    let _ = bytes;
    todo!("helper lists")
}

/// Numbers one a line, or ranges from, to.
pub fn issued(bytes: &[u8], profile: &Profile) -> Result<IssueLedger, Vec<ListProblem>> {
    let _ = (bytes, profile);
    todo!("helper lists")
}

pub fn blocked(bytes: &[u8], profile: &Profile) -> Result<Vec<Blocked>, Vec<ListProblem>> {
    let _ = (bytes, profile);
    todo!("helper lists")
}

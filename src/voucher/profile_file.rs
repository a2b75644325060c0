//! A profile's TOML file: raw form, every mistake with its line and its mend, then a right `Profile`.

use super::Profile;

/// One mistake in a profile file. `line` counts from 1; 0 means the file as a whole.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {mistake}; {mend}")]
pub struct Problem {
    pub line: usize,
    pub mistake: String,
    pub mend: String,
}

/// Parses and checks a profile. All mistakes that can be seen together are given together.
pub fn parse(toml: &str) -> Result<Profile, Vec<Problem>> {
    let _ = toml;
    todo!("helper voucher")
}

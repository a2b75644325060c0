//! The grammar of a number, position by position.

use super::Number;
use super::check_digit::CheckScheme;

/// One part of a number, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Exactly this text, such as a prefix letter.
    Literal(String),
    /// One of these letters.
    Letters { of: String, count: usize },
    /// So many digits, named so that a check digit can say what it covers.
    Digits { count: usize, name: String },
    /// The check character, computed over the named parts.
    Check { scheme: CheckScheme, covers: Vec<String> },
}

/// What a number looks like: its parts and the groups in which it is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grammar {
    parts: Vec<Part>,
    /// Lengths of the printed groups; their sum is the number's length.
    groups: Vec<usize>,
    /// What is printed between groups: a space, a hyphen, or nothing.
    separator: String,
}

/// Why a text is not a number of this grammar.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GrammarError {
    #[error("{got} characters where the number has {want}")]
    Length { want: usize, got: usize },
    /// `position` counts from 1.
    #[error("'{found}' can't stand at position {position}")]
    Character { position: usize, found: char },
    #[error("the check digit is {found} but should be {want}")]
    CheckDigit { want: char, found: char },
}

impl Grammar {
    /// Text from people, lists or readers: full-width forms, spaces, hyphens and lower case are
    /// mapped to the canonical form, then every position and the check digit are checked.
    pub fn parse(&self, text: &str) -> Result<Number, GrammarError> {
        let _ = text;
        todo!("helper voucher")
    }
    /// Like [`Grammar::parse`], but the check digit may be wrong.
    pub fn fits_but_for_check(&self, text: &str) -> bool {
        let _ = text;
        todo!("helper voucher")
    }
    /// Canonical length in characters.
    pub fn len(&self) -> usize {
        todo!("helper voucher")
    }
    pub fn has_check_digit(&self) -> bool {
        self.parts.iter().any(|part| matches!(part, Part::Check { .. }))
    }
    /// The form as printed: groups joined by the separator.
    pub fn printed(&self, number: &Number) -> String {
        let _ = (number, &self.groups, &self.separator);
        todo!("helper voucher")
    }
    /// The canonical number with this serial (all digits but the check digit, zero-filled);
    /// `letters` fills the letter positions in order. `None` if it doesn't fit.
    pub fn compose(&self, letters: &str, serial: u64) -> Option<Number> {
        let _ = (letters, serial);
        todo!("helper voucher")
    }
}

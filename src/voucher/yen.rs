//! Money: whole yen, checked arithmetic, no floats.

use serde::{Deserialize, Serialize};
use std::fmt;

/// An amount of whole yen; negative only in differences.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Yen(pub i64);

/// An amount left the range of 64 bits: the input is wrong, never the paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an amount of yen is too large to be true; check the counts and face values")]
pub struct YenOverflow;

impl Yen {
    pub const ZERO: Yen = Yen(0);

    pub fn plus(self, other: Yen) -> Result<Yen, YenOverflow> {
        self.0.checked_add(other.0).map(Yen).ok_or(YenOverflow)
    }

    pub fn minus(self, other: Yen) -> Result<Yen, YenOverflow> {
        self.0.checked_sub(other.0).map(Yen).ok_or(YenOverflow)
    }

    /// `count` sheets of this face value.
    pub fn times(self, count: u64) -> Result<Yen, YenOverflow> {
        let count = i64::try_from(count).ok().ok_or(YenOverflow)?;
        self.0.checked_mul(count).map(Yen).ok_or(YenOverflow)
    }

    /// The sum of many amounts.
    pub fn sum(amounts: impl IntoIterator<Item = Yen>) -> Result<Yen, YenOverflow> {
        amounts.into_iter().try_fold(Yen::ZERO, Yen::plus)
    }
}

/// Thousands grouped by commas, as on a slip: `12,345`.
impl fmt::Display for Yen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.0.unsigned_abs().to_string();
        let mut text = String::with_capacity(digits.len() + digits.len() / 3 + 1);
        if self.0 < 0 {
            text.push('-');
        }
        for (i, digit) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                text.push(',');
            }
            text.push(digit);
        }
        f.pad(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arithmetic_is_checked() {
        assert_eq!(Yen(i64::MAX).plus(Yen(1)), Err(YenOverflow));
        assert_eq!(Yen(i64::MIN).minus(Yen(1)), Err(YenOverflow));
        assert_eq!(Yen(1000).times(u64::MAX), Err(YenOverflow));
        assert_eq!(Yen::sum([Yen(1000), Yen(500)]), Ok(Yen(1500)));
    }

    #[test]
    fn grouped_by_thousands() {
        assert_eq!(Yen(12_000_000_000).to_string(), "12,000,000,000");
        assert_eq!(Yen(-1_500).to_string(), "-1,500");
        assert_eq!(Yen(0).to_string(), "0");
        assert_eq!(format!("{:>8}", Yen(500)), "     500");
    }
}

//! The shop's fee, in whole yen. Rounded once, where the profile says: at each sheet, at each
//! envelope, or at the closing (one delivery's total of a shop).

use super::totals::Control;
use crate::flow::event::Place;
use crate::flow::rows::SheetRow;
use crate::voucher::Yen;
use crate::voucher::profile::{Fee, FeePer, FeeRate, Rounding};
use crate::voucher::yen::YenOverflow;

/// The fee on one amount and so many paid sheets, rounded once.
///
/// # Errors
/// If it leaves the range of yen.
pub fn on(fee: &Fee, amount: Yen, paid: u64) -> Result<Yen, YenOverflow> {
    let points = match fee.rate {
        FeeRate::YenPerSheet(yen) => return yen.times(paid),
        FeeRate::BasisPoints(points) => i128::from(points),
    };
    let exact = i128::from(amount.0) * points; // in ten-thousandths of a yen
    let (whole, rest) = (exact.div_euclid(10_000), exact.rem_euclid(10_000));
    let up = match fee.rounding {
        Rounding::Down => false,
        Rounding::HalfUp => rest >= 5_000,
        Rounding::Up => rest > 0,
    };
    let rounded = whole + i128::from(up);
    i64::try_from(rounded).map(Yen).ok().ok_or(YenOverflow)
}

/// An envelope's fee; `None` if the fee is only made at the closing.
pub(super) fn of_envelope(
    fee: &Fee,
    counted: &Control,
    rows: &[SheetRow],
) -> Result<Option<Yen>, YenOverflow> {
    match fee.per {
        FeePer::Closing => Ok(None),
        FeePer::Envelope => on(fee, counted.amount, counted.paid).map(Some),
        FeePer::Sheet => rows
            .iter()
            .filter_map(|row| match &row.place {
                Place::Accepted(accepted) if accepted.yen != Yen::ZERO => Some(accepted.yen),
                _ => None,
            })
            .try_fold(Yen::ZERO, |sum, yen| sum.plus(on(fee, yen, 1)?))
            .map(Some),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fee(points: u32, rounding: Rounding) -> Fee {
        Fee { rate: FeeRate::BasisPoints(points), rounding, per: FeePer::Envelope }
    }

    #[test]
    fn rounding_is_the_profiles() {
        // 2.5 % of 1,020 yen is 25.5
        assert_eq!(on(&fee(250, Rounding::Down), Yen(1020), 1), Ok(Yen(25)));
        assert_eq!(on(&fee(250, Rounding::HalfUp), Yen(1020), 1), Ok(Yen(26)));
        assert_eq!(on(&fee(250, Rounding::HalfUp), Yen(1000), 1), Ok(Yen(25)));
        assert_eq!(on(&fee(249, Rounding::HalfUp), Yen(1000), 1), Ok(Yen(25)));
        assert_eq!(on(&fee(241, Rounding::HalfUp), Yen(1000), 1), Ok(Yen(24)));
        assert_eq!(on(&fee(241, Rounding::Up), Yen(1000), 1), Ok(Yen(25)));
        assert_eq!(on(&fee(300, Rounding::Up), Yen(1000), 1), Ok(Yen(30)));
        assert_eq!(on(&fee(u32::MAX, Rounding::Up), Yen(i64::MAX), 1), Err(YenOverflow));
    }

    #[test]
    fn yen_a_sheet_counts_paid_sheets() {
        let fee = Fee {
            rate: FeeRate::YenPerSheet(Yen(7)),
            rounding: Rounding::Down,
            per: FeePer::Closing,
        };
        assert_eq!(on(&fee, Yen(3500), 5), Ok(Yen(35)));
    }
}

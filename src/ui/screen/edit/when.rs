//! Times as the wall clock of the station showed them.

use crate::flow::Stamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};

/// Local time of a stamp; `None` for what no calendar has.
pub fn local(stamp: Stamp) -> Option<DateTime> {
    let offset = Offset::from_seconds(i32::from(stamp.offset_min) * 60).ok()?;
    let time = Timestamp::UNIX_EPOCH.checked_add(SignedDuration::from_millis(stamp.ms)).ok()?;
    Some(offset.to_datetime(time))
}

/// `11/24 14:05`, with the year where it is another one than today's.
pub fn clock(stamp: Stamp, today: Date) -> String {
    let Some(time) = local(stamp) else { return "—".to_owned() };
    let form = if time.year() == today.year() { "%m/%d %H:%M" } else { "%Y/%m/%d %H:%M" };
    time.strftime(form).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_stamp_is_local_time() {
        let stamp = Stamp { ms: 1_795_496_700_000, offset_min: 540 };
        assert_eq!(clock(stamp, date(2026, 11, 24)), "11/24 14:05");
        assert_eq!(clock(stamp, date(2027, 1, 4)), "2026/11/24 14:05");
        let west = Stamp { offset_min: -480, ..stamp };
        assert_eq!(clock(west, date(2026, 11, 24)), "11/23 21:05");
    }

    #[test]
    fn no_stamp_is_too_strange() {
        for ms in [i64::MIN, i64::MAX] {
            for offset_min in [i16::MIN, i16::MAX] {
                assert_eq!(clock(Stamp { ms, offset_min }, date(2026, 1, 1)), "—");
            }
        }
    }
}

//! A day typed as four digits, month and day, in the year that makes sense: the last
//! one that has come, or that comes within weeks.

use jiff::civil::Date;

/// Days that a typed day may lie ahead.
const WEEKS_AHEAD: i32 = 31;

/// `1124`
pub(super) fn typed(day: Date) -> String {
    format!("{:02}{:02}", day.month(), day.day())
}

/// The day meant. Nothing typed is today; `None`: there is no such day.
pub(super) fn meant(text: &str, today: Date) -> Option<Date> {
    if text.is_empty() {
        return Some(today);
    }
    if !(3..=4).contains(&text.len()) {
        return None;
    }
    let (month, day) = text.split_at(text.len() - 2);
    let (month, day) = (month.parse::<i8>().ok()?, day.parse::<i8>().ok()?);
    let years = [today.year() - 1, today.year(), today.year() + 1];
    let days = years.into_iter().filter_map(|year| Date::new(year, month, day).ok());
    // What has arrived, or will within weeks; nothing arrives next summer.
    days.filter(|it| ahead(*it, today) <= WEEKS_AHEAD).max()
}

/// How many days `day` lies after `today`; negative: before it.
pub(super) fn ahead(day: Date, today: Date) -> i32 {
    day.since(today).map_or(0, |span| span.get_days())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_year_is_the_last_that_has_come() {
        let autumn = date(2026, 11, 24);
        assert_eq!(meant("1124", autumn), Some(autumn));
        assert_eq!(meant("1120", autumn), Some(date(2026, 11, 20)));
        assert_eq!(meant("1125", autumn), Some(date(2026, 11, 25)));
        assert_eq!(meant("0801", autumn), Some(date(2026, 8, 1)));
        let new_year = date(2027, 1, 4);
        assert_eq!(meant("0801", new_year), Some(date(2026, 8, 1)));
        assert_eq!(meant("1228", new_year), Some(date(2026, 12, 28)));
        assert_eq!(meant("0104", new_year), Some(new_year));
        assert_eq!(meant("0105", date(2026, 12, 30)), Some(date(2027, 1, 5)));
    }

    #[test]
    fn three_digits_are_a_month_below_ten() {
        assert_eq!(meant("105", date(2027, 1, 10)), Some(date(2027, 1, 5)));
    }

    #[test]
    fn nothing_typed_is_today_and_no_day_is_none() {
        let today = date(2026, 11, 24);
        assert_eq!(meant("", today), Some(today));
        for wrong in ["1", "12", "1340", "1131", "0000", "9999", "0230"] {
            assert_eq!(meant(wrong, today), None, "{wrong}");
        }
        // The day that only some years have.
        assert_eq!(meant("0229", date(2028, 3, 1)), Some(date(2028, 2, 29)));
        assert_eq!(meant("0229", date(2027, 3, 1)), None);
        assert_eq!(meant("0229", date(2026, 3, 1)), None);
        assert_eq!(typed(date(2026, 3, 1)), "0301");
    }
}

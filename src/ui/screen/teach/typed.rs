//! What no picture tells, as it is typed.

use crate::ui::keys::half_width;
use crate::voucher::{Yen, teach};

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Typed {
    pub name: String,
    pub id: String,
    /// Face values in yen, with anything between them.
    pub kinds: String,
    /// Millimetres.
    pub width: String,
    pub height: String,
}

impl Typed {
    /// The id that was typed, or one made of the name.
    pub fn id(&self) -> Option<String> {
        let typed = half(&self.id);
        let typed = typed.trim();
        if typed.is_empty() { teach::id_of(&self.name) } else { Some(typed.to_owned()) }
    }

    /// Each face value once, as they were typed. The window shows them again, so that nobody takes
    /// two for one.
    pub fn yen(&self) -> Vec<Yen> {
        let half = half(&self.kinds).replace('、', " ");
        let words = half.split(|it: char| !it.is_ascii_digit() && it != ',');
        let mut yen: Vec<Yen> = Vec::new();
        for value in words.flat_map(values).filter(|value| *value > 0).map(Yen) {
            if !yen.contains(&value) {
                yen.push(value);
            }
        }
        yen
    }

    /// Width and height, where both can be a voucher's.
    pub fn size(&self) -> Option<(f32, f32)> {
        let side = |text: &str| {
            let number = half(text).trim().parse::<f32>().ok();
            number.filter(|it| (20.0..=500.0).contains(it))
        };
        side(&self.width).zip(side(&self.height))
    }
}

/// Lengths of printed groups as they are typed: `1 4 4 2`.
pub(super) fn groups(text: &str) -> Vec<usize> {
    let half = half(text);
    let parts = half.split(|it: char| !it.is_ascii_digit()).filter(|it| !it.is_empty());
    // What is no length of anything is no group that fits.
    parts.map(|it| it.parse().unwrap_or(usize::MAX)).collect()
}

fn half(text: &str) -> String {
    text.chars().map(half_width).collect()
}

/// `1,000` is one value; of `1000,500`, which has no thousands so, each part is one.
fn values(word: &str) -> Vec<i64> {
    let parts: Vec<&str> = word.split(',').filter(|it| !it.is_empty()).collect();
    let thousands = parts.len() > 1
        && parts.first().is_some_and(|first| first.len() <= 3)
        && parts.iter().skip(1).all(|part| part.len() == 3);
    if thousands {
        return parts.concat().parse().into_iter().collect();
    }
    parts.iter().filter_map(|part| part.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn face_values_are_read_as_people_write_them() {
        for (text, wanted) in [
            ("1000 500", vec![1000, 500]),
            ("1,000円、500円", vec![1000, 500]),
            ("１０００，５００", vec![1000, 500]),
            ("1000,500 1000", vec![1000, 500]),
            ("1,000/500", vec![1000, 500]),
            ("0 ,, 円", vec![]),
            ("99999999999999999999", vec![]),
        ] {
            let typed = Typed { kinds: text.to_owned(), ..Typed::default() };
            let yen: Vec<i64> = typed.yen().iter().map(|it| it.0).collect();
            assert_eq!(yen, wanted, "{text}");
        }
    }

    #[test]
    fn sizes_are_those_of_vouchers() {
        let size = |width: &str, height: &str| {
            let (width, height) = (width.to_owned(), height.to_owned());
            Typed { width, height, ..Typed::default() }.size()
        };
        assert_eq!(size("150", "70.5"), Some((150.0, 70.5)));
        assert_eq!(size("１５０", "７０"), Some((150.0, 70.0)));
        for (width, height) in [("", "70"), ("150", "7"), ("NaN", "70"), ("1e9", "70")] {
            assert_eq!(size(width, height), None, "{width} x {height}");
        }
    }

    #[test]
    fn groups_that_are_no_lengths_fit_nothing() {
        assert_eq!(groups("1 4-4,２"), [1, 4, 4, 2]);
        assert_eq!(groups(" "), [] as [usize; 0]);
        for text in ["18446744073709551615 2", "99999999999999999999 1", "0 11"] {
            assert!(!teach::fits(&groups(text), 11), "{text}");
        }
    }
}

//! A number that a supervisor keys: the boxes of Entry, begun with what is known.

use crate::ui::screen::entry::keying::{Choices, Keying, Standing};
use crate::ui::words::Words;
use crate::voucher::profile::Identified;
use crate::voucher::{LayoutId, Number, Profile};

/// Boxes with this number in them, or empty ones of the layout that the paper has or looks like.
pub fn begin(profile: &Profile, number: Option<&Number>, hint: Option<&LayoutId>) -> Keying {
    let Some(number) = number else { return Keying::new(profile, hint) };
    let layout = match profile.identify(number.as_str()) {
        Identified::Number { layout, .. } => Some(layout),
        Identified::CheckDigitWrong { .. } | Identified::OtherScheme => None,
    };
    let mut keying = Keying::new(profile, layout.as_ref().or(hint));
    for (at, char) in number.as_str().chars().enumerate() {
        // What has filled itself is not keyed again.
        if at >= keying.text().chars().count() && !keying.put(profile, char) {
            return Keying::new(profile, hint);
        }
    }
    keying
}

/// The number, if it is one.
pub fn whole(keying: &Keying, profile: &Profile) -> Option<Number> {
    match keying.standing(profile) {
        Standing::Whole { number, .. } => Some(number),
        _ => None,
    }
}

/// Why it is none, in words. Never which check digit would be right: that is read from the paper.
pub fn problem(keying: &Keying, profile: &Profile, words: &Words) -> Option<String> {
    match keying.standing(profile) {
        Standing::Whole { .. } => None,
        Standing::Missing(count) => Some(words.edit_number_missing(count)),
        Standing::CheckDigit => Some(words.edit_number_check()),
        Standing::NeverPrinted | Standing::NoNumber => Some(words.edit_number_none()),
    }
}

/// By which keys the next box is filled, where digits don't stand for themselves.
pub fn choices(keying: &Keying, profile: &Profile) -> Option<String> {
    match keying.choices(profile) {
        Choices::None => None,
        Choices::ByDigit(letters) => {
            let choice = |(at, char): (usize, &char)| format!("{} {char}", (at + 1) % 10);
            Some(letters.iter().take(10).enumerate().map(choice).collect::<Vec<_>>().join("   "))
        }
        Choices::ByArrow(signs) => {
            let signs = signs.iter().map(|sign| format!("↑↓ {sign}")).collect::<Vec<_>>();
            Some(signs.join("   "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::voucher::profile_file;

    #[test]
    fn boxes_begin_with_the_number_that_is_known() {
        let text = include_str!("../../../../assets/profiles/five-layouts.toml");
        let profile = profile_file::parse(text).unwrap();
        let hint = LayoutId::new("A");
        for layout in &profile.layouts {
            let number = layout.number.compose("", 690_060_267).unwrap();
            let keying = begin(&profile, Some(&number), Some(&hint));
            assert_eq!(whole(&keying, &profile), Some(number), "{:?}", layout.id);
        }
        let keying = begin(&profile, None, Some(&hint));
        assert_eq!((keying.text(), whole(&keying, &profile)), ("A", None));
    }
}

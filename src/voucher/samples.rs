//! Profiles and readings for the tests of this folder.

use super::{Number, Profile, profile_file};

pub(crate) const FIVE: &str = include_str!("../../assets/profiles/five-layouts.toml");
pub(crate) const TWELVE: &str = include_str!("../../assets/profiles/twelve-digits-nw7.toml");
pub(crate) const FOURTEEN: &str = include_str!("../../assets/profiles/fourteen-digits.toml");
pub(crate) const BOOK: &str = include_str!("../../assets/profiles/book-and-branch.toml");

/// Every file of `assets/profiles`; a test compares this list with the folder.
pub(crate) const ALL: [(&str, &str); 5] = [
    ("book-and-branch.toml", BOOK),
    ("demo.toml", include_str!("../../assets/profiles/demo.toml")),
    ("five-layouts.toml", FIVE),
    ("fourteen-digits.toml", FOURTEEN),
    ("twelve-digits-nw7.toml", TWELVE),
];

pub(crate) fn profile(toml: &str) -> Profile {
    match profile_file::parse(toml) {
        Ok(profile) => profile,
        Err(problems) => panic!("{problems:?}"),
    }
}

/// The number of a layout with this serial.
pub(crate) fn number(profile: &Profile, layout: &str, serial: u64) -> Number {
    let layout = profile.layouts.iter().find(|l| l.id.as_str() == layout);
    layout.unwrap().number.compose("", serial).unwrap()
}

//! From the net's own chances to the share of readings that are right: measured on lines in fonts that the
//! net never saw, see `training/README.md`.

/// The chance that a free reading is right, from the net's chance of it.
pub(super) fn free(chance: f64) -> f64 {
    chance
}

/// The chance that a number is right, from the net's chance of its text and that chance's part of those of
/// all numbers that the grammars take.
pub(super) fn formed(chance: f64, part: f64) -> f64 {
    // Without a clear text neither the grammar nor the check digit makes one.
    part * chance.sqrt()
}

//! What recognition has to reach, a line a set and turn. The figures are only ever raised: what was read once is
//! read by every later version. Wrong numbers that a person sees are held down in the same way, and none is ever
//! accepted.

/// What a set of pictures must give, all turned clockwise by so many degrees.
#[derive(Debug)]
pub struct Least {
    pub set: &'static str,
    pub degrees: usize,
    /// Barcodes read as they are.
    pub barcodes: usize,
    /// Honest sheets whose number is accepted or proposed.
    pub right: usize,
    /// Of these, accepted without a person and without a ledger.
    pub accepted: usize,
    /// Forged ones that are stopped.
    pub stopped: usize,
    /// At most so many numbers that are shown to a person and stand nowhere on the sheet.
    pub wrong: usize,
}

const fn least(
    set: &'static str,
    degrees: usize,
    [barcodes, right, accepted, stopped, wrong]: [usize; 5],
) -> Least {
    Least { set, degrees, barcodes, right, accepted, stopped, wrong }
}

/// `cargo test --test station corpus_ -- --nocapture` prints what each set gives now. The drawn sets are held a little
/// below that: they vary with the fonts of a machine.
pub const RATCHET: [Least; 16] = [
    // sets, degrees, barcodes, right, accepted, stopped, wrong at most
    least("vouchers-camera", 0, [36, 47, 33, 2, 0]),
    least("vouchers-camera", 90, [12, 15, 11, 0, 0]),
    least("vouchers-camera", 180, [12, 15, 11, 0, 0]),
    least("vouchers-camera", 270, [12, 15, 11, 0, 0]),
    least("vouchers-scan", 0, [23, 27, 19, 3, 0]),
    least("vouchers-scan", 90, [8, 9, 6, 1, 0]),
    least("vouchers-scan", 180, [8, 9, 6, 1, 0]),
    least("vouchers-scan", 270, [8, 9, 6, 1, 0]),
    least("drawn", 0, [27, 37, 25, 0, 1]),
    least("drawn", 90, [8, 11, 7, 0, 1]),
    least("drawn", 180, [8, 11, 7, 0, 1]),
    least("drawn", 270, [8, 12, 7, 0, 1]),
    least("drawn-forged", 0, [22, 0, 0, 19, 1]),
    least("drawn-forged", 90, [7, 0, 0, 6, 1]),
    least("drawn-forged", 180, [7, 0, 0, 6, 1]),
    least("drawn-forged", 270, [7, 0, 0, 5, 1]),
];

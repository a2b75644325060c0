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

/// `cargo test --test station corpus_ -- --nocapture` prints what each set gives now.
pub const RATCHET: [Least; 16] = [
    // sets, degrees, barcodes, right, accepted, stopped, wrong at most
    least("vouchers-camera", 0, [34, 43, 25, 1, 1]),
    least("vouchers-camera", 90, [12, 14, 9, 0, 1]),
    least("vouchers-camera", 180, [11, 14, 9, 0, 1]),
    least("vouchers-camera", 270, [11, 14, 9, 0, 1]),
    least("vouchers-scan", 0, [22, 25, 15, 1, 1]),
    least("vouchers-scan", 90, [7, 8, 5, 0, 1]),
    least("vouchers-scan", 180, [7, 8, 5, 0, 1]),
    least("vouchers-scan", 270, [7, 8, 5, 0, 1]),
    least("drawn", 0, [22, 35, 17, 0, 1]),
    least("drawn", 90, [7, 11, 5, 0, 1]),
    least("drawn", 180, [7, 11, 5, 0, 1]),
    least("drawn", 270, [7, 11, 5, 0, 1]),
    least("drawn-forged", 0, [20, 0, 0, 15, 1]),
    least("drawn-forged", 90, [6, 0, 0, 5, 1]),
    least("drawn-forged", 180, [7, 0, 0, 5, 1]),
    least("drawn-forged", 270, [6, 0, 0, 5, 1]),
];

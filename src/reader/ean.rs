//! EAN-13 and EAN-8: four widths of seven modules a digit between guards, and a check digit.

use super::linear::{Decoded, Widths, nearest};

/// Digits with odd parity (first ten) and even parity, space first, in modules.
const LEFT: [[u8; 4]; 20] = [
    [3, 2, 1, 1],
    [2, 2, 2, 1],
    [2, 1, 2, 2],
    [1, 4, 1, 1],
    [1, 1, 3, 2],
    [1, 2, 3, 1],
    [1, 1, 1, 4],
    [1, 3, 1, 2],
    [1, 2, 1, 3],
    [3, 1, 1, 2],
    [1, 1, 2, 3],
    [1, 2, 2, 2],
    [2, 2, 1, 2],
    [1, 1, 4, 1],
    [2, 3, 1, 1],
    [1, 3, 2, 1],
    [4, 1, 1, 1],
    [2, 1, 3, 1],
    [3, 1, 2, 1],
    [2, 1, 1, 3],
];

/// Parities of the six left digits, even as 1, for each first digit.
const FIRST: [u8; 10] = [
    0b000000, 0b001011, 0b001101, 0b001110, 0b010011, 0b011001, 0b011100, 0b010101, 0b010110,
    0b011010,
];

/// Sum of squared differences in modules up to which a digit is believed.
const AWAY: f32 = 1.0;

/// How much nearer than the next one the best digit must be.
const CLEAR: f32 = 0.2;

pub(super) fn decode_13(widths: &Widths, at: usize) -> Option<Decoded> {
    let (digits, parities) = decode(widths, at, 6)?;
    let first = FIRST.iter().position(|parity| *parity == parities)? as u8;
    let text: String =
        std::iter::once(first).chain(digits).map(|digit| char::from(b'0' + digit)).collect();
    checked(&text).then_some((text, 59))
}

pub(super) fn decode_8(widths: &Widths, at: usize) -> Option<Decoded> {
    let (digits, parities) = decode(widths, at, 4)?;
    let text: String = digits.into_iter().map(|digit| char::from(b'0' + digit)).collect();
    (parities == 0 && checked(&text)).then_some((text, 43))
}

/// Digits, `half` on each side of the middle guard, and the parities of the left ones.
fn decode(widths: &Widths, at: usize, half: usize) -> Option<(Vec<u8>, u8)> {
    let count = 3 + 4 * half + 5 + 4 * half + 3;
    let code = widths.some(at, count)?;
    let module = code.iter().sum::<f32>() / (3 + 7 * half + 5 + 7 * half + 3) as f32;
    let (begin, end) = (&code[..3], &code[count - 3..]);
    let middle = &code[3 + 4 * half..8 + 4 * half];
    let quiet = widths.before(at) >= 3.0 * module && widths.space(at + count) >= 2.0 * module;
    if !quiet && !widths.framed(at, at + count, module) {
        return None;
    }
    // Guards are bars and spaces of one module.
    for guard in [begin, middle, end] {
        let whole = guard.iter().sum::<f32>() / guard.len() as f32;
        if !(0.7..1.4).contains(&(whole / module)) {
            return None;
        }
    }
    let mut spread = (begin[0] + begin[2] + end[0] + end[2]) / (4.0 * module) - 1.0;
    spread -= ((begin[1] + end[1]) / (2.0 * module) - 1.0).clamp(-0.5, 0.5);
    spread = (spread / 2.0).clamp(-0.5, 0.5);
    let mut digits = Vec::with_capacity(2 * half);
    let mut parities = 0;
    for i in 0..2 * half {
        let from = 3 + 4 * i + if i < half { 0 } else { 5 };
        let four = &code[from..from + 4];
        if !(0.7..1.4).contains(&(four.iter().sum::<f32>() / (7.0 * module))) {
            return None;
        }
        // A left digit begins with a space, so what bars are wider there spaces are.
        let (digit, away, clear) = if i < half {
            nearest(four, 7.0, -spread, &LEFT)?
        } else {
            nearest(four, 7.0, spread, LEFT.first_chunk::<10>()?)?
        };
        if away > AWAY || clear < CLEAR {
            return None;
        }
        if i < half {
            parities = parities << 1 | u8::from(digit >= 10);
        }
        digits.push((digit % 10) as u8);
    }
    Some((digits, parities))
}

/// Modulus 10 with weight 3 from the right.
fn checked(text: &str) -> bool {
    let sum: u32 = text
        .bytes()
        .rev()
        .enumerate()
        .map(|(i, digit)| u32::from(digit - b'0') * if i % 2 == 0 { 1 } else { 3 })
        .sum();
    sum.is_multiple_of(10)
}

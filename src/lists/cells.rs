//! One cell: what it may hold, and a plain account of why it may not.

use crate::voucher::profile::Identified;
use crate::voucher::{Number, Profile};

/// No cell of any list is longer, in characters.
const CELL_MAX: usize = 1000;
const NUMBER_MAX: usize = 64;
const CODE_MAX: usize = 20;
/// How many lost leading zeros are looked for, only to word the message.
const ZEROS_MAX: usize = 6;

/// Why a cell may stand in no list, whatever its column.
pub(super) fn unfit(cell: &str) -> Option<String> {
    if cell.len() > CELL_MAX && cell.chars().count() > CELL_MAX {
        return Some(format!("a cell has more than {CELL_MAX} characters; is a quote not closed?"));
    }
    if let Some(control) = cell.chars().find(|c| c.is_control()) {
        return Some(format!(
            "a cell holds a control character (U+{:04X}); take it out",
            u32::from(control)
        ));
    }
    if is_formula(cell.trim()) {
        return Some(format!("the cell '{}' is a formula; put its value there", shortened(cell)));
    }
    None
}

/// What a spreadsheet would run rather than show.
fn is_formula(cell: &str) -> bool {
    match cell.as_bytes().first() {
        Some(b'=') => true,
        Some(b'@' | b'+' | b'-') => cell.contains(['(', '!']),
        _ => false,
    }
}

pub(super) fn limited(what: &str, cell: &str, max: usize) -> Result<String, String> {
    let length = cell.chars().count();
    if length > max {
        return Err(format!("the {what} has {length} characters; at most {max} fit"));
    }
    Ok(cell.to_owned())
}

/// 1 to 20 letters, digits, hyphens and underscores.
pub(super) fn shop_code(cell: &str) -> Result<String, String> {
    if cell.is_empty() {
        return Err("the shop's code is empty".to_owned());
    }
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if let Some(stranger) = cell.chars().find(|c| !fits(*c)) {
        return Err(format!(
            "'{stranger}' can't stand in a shop's code; use half-width letters, digits, - and _ ('{}')",
            shortened(cell)
        ));
    }
    if cell.len() > CODE_MAX {
        return Err(format!(
            "the shop's code has {} characters; at most {CODE_MAX} fit",
            cell.len()
        ));
    }
    Ok(cell.to_owned())
}

/// A voucher number of this profile.
pub(super) fn number(profile: &Profile, cell: &str) -> Result<Number, String> {
    if cell.is_empty() {
        return Err("the number is empty".to_owned());
    }
    if cell.len() > NUMBER_MAX {
        return Err(format!("'{}' is too long for a number", shortened(cell)));
    }
    match profile.identify(cell) {
        Identified::Number { number, .. } => Ok(number),
        Identified::CheckDigitWrong { .. } | Identified::OtherScheme => {
            Err(why_no_number(profile, cell))
        }
    }
}

fn why_no_number(profile: &Profile, cell: &str) -> String {
    if is_rounded(cell) {
        return format!(
            "'{cell}' is a number that a spreadsheet rounded, and its digits are lost; export the \
             numbers again with the column as text"
        );
    }
    let why = profile.explain(cell);
    let zeros_lost = (1..=ZEROS_MAX).any(|count| {
        let filled = format!("{}{cell}", "0".repeat(count));
        matches!(profile.identify(&filled), Identified::Number { .. })
    });
    if zeros_lost && cell.bytes().all(|byte| byte.is_ascii_digit()) {
        format!(
            "'{cell}' is no number of this profile: {why}; it would be one with leading zeros, \
             which spreadsheets drop: export the column as text"
        )
    } else {
        format!("'{cell}' is no number of this profile: {why}")
    }
}

/// `6.9E+10`
fn is_rounded(cell: &str) -> bool {
    let Some((mantissa, exponent)) = cell.split_once(['E', 'e']) else {
        return false;
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let mantissa_fits = match mantissa.split_once('.') {
        Some((whole, part)) => digits(whole) && digits(part),
        None => digits(mantissa),
    };
    mantissa_fits && exponent.strip_prefix('+').is_some_and(digits)
}

/// The start of a cell, for a message.
fn shortened(cell: &str) -> String {
    let mut chars = cell.chars();
    let start = chars.by_ref().take(40).collect::<String>();
    if chars.next().is_some() { format!("{start}…") } else { start }
}

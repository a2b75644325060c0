//! Bytes to text: UTF-8, else CP932, and nothing doubtful.

use super::ListProblem;
use super::table::Problems;
use encoding_rs::SHIFT_JIS;
use std::borrow::Cow;

/// No list of vouchers is larger.
const BYTES_MAX: usize = 512 << 20;
const UTF8_BOM: &[u8] = b"\xEF\xBB\xBF";

/// UTF-8 (with or without its mark), or else CP932 without one malformed byte. UTF-8 is borrowed.
pub(super) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Vec<ListProblem>> {
    let whole = |mistake: String| vec![ListProblem { line: 0, mistake }];
    if bytes.len() > BYTES_MAX {
        return Err(whole(format!(
            "the file has {} MiB; at most {} can be read, so split it",
            bytes.len() >> 20,
            BYTES_MAX >> 20
        )));
    }
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return Err(whole(
            "the file is UTF-16 ('Unicode text'); save it as CSV UTF-8 and import it again"
                .to_owned(),
        ));
    }
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        return Err(vec![ListProblem {
            line: line_of(bytes, at),
            mistake: "there is a NUL byte, so this is no CSV file; export the list again"
                .to_owned(),
        }]);
    }
    let body = bytes.strip_prefix(UTF8_BOM).unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(body) {
        return Ok(Cow::Borrowed(text));
    }
    let marked = body.len() < bytes.len();
    if !marked
        && let Some(text) = SHIFT_JIS.decode_without_bom_handling_and_without_replacement(body)
    {
        return Ok(text);
    }
    Err(malformed_lines(body, marked))
}

/// The lines that are no text, for the message. No byte of a longer character is a line feed in
/// either encoding, so lines can be tried one by one.
fn malformed_lines(body: &[u8], marked: bool) -> Vec<ListProblem> {
    let right = |line: &[u8]| {
        if marked {
            std::str::from_utf8(line).is_ok()
        } else {
            SHIFT_JIS.decode_without_bom_handling_and_without_replacement(line).is_some()
        }
    };
    let mistake = if marked {
        "the file says it is UTF-8, but this line is not; export the list again"
    } else {
        "this line is neither UTF-8 nor CP932 (Shift_JIS); export the list again"
    };
    let mut problems = Problems::default();
    for (line, bytes) in (1..).zip(body.split(|byte| *byte == b'\n')) {
        if !right(bytes) {
            problems.add(line, || mistake.to_owned());
        }
    }
    problems.into_list()
}

/// The line of a byte, from 1.
fn line_of(bytes: &[u8], at: usize) -> u64 {
    let before = bytes.iter().take(at);
    1 + before.filter(|byte| **byte == b'\n').count() as u64
}

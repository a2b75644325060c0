//! Code 128: six widths of eleven modules a symbol, and a check over all.

use super::linear::{Decoded, Widths, nearest};

/// Bars and spaces of the symbols 0 to 105 in modules; 103, 104 and 105 are the starts A, B and C.
const SYMBOLS: &[u8] = b"212222222122222221121223121322131222122213122312132212221213221312231212112232\
122132122231113222123122123221223211221132221231213212223112312131311222321122321221312212322112322211\
212123212321232121111323131123131321112313132113132311211313231113231311112133112331132131113123113321\
133121313121211331231131213113213311213131311123311321331121312113312311332111314111221411431111111224\
111422121124121421141122141221112214112412122114122411142112142211241211221114413111241112134111111242\
121142121241114212124112124211411212421112421211212141214121412121111143111341131141114113114311411113\
411311113141114131311141411131211412211214211232";

const STOP: [[u8; 7]; 1] = [[2, 3, 3, 1, 1, 1, 2]];

const PATTERNS: [[u8; 6]; 106] = patterns();

const fn patterns() -> [[u8; 6]; 106] {
    let mut patterns = [[0u8; 6]; 106];
    let mut i = 0;
    while i < 106 * 6 {
        patterns[i / 6][i % 6] = SYMBOLS[i] - b'0';
        i += 1;
    }
    patterns
}

/// Sum of squared differences in modules up to which a symbol is believed. Two symbols differ by 2 at
/// least, so below a half no other is nearer; the check makes up for a little more.
const AWAY: f32 = 0.8;

/// How much nearer than the next one the best symbol must be.
const CLEAR: f32 = 0.25;

/// A code that starts at this bar.
pub(super) fn decode(widths: &Widths, at: usize) -> Option<Decoded> {
    let first = widths.some(at, 6)?;
    let module = first.iter().sum::<f32>() / 11.0;
    // Four modules are the widest space inside of a code.
    if !widths.may_begin(at, 4.5 * module, module) {
        return None;
    }
    // The start's own bars say how far ink and threshold have spread them.
    let starts = [[2, 1, 1, 4, 1, 2], [2, 1, 1, 2, 1, 4], [2, 1, 1, 2, 3, 2]];
    let bars = (first[0] + first[2] + first[4]) / module;
    let mut spread = (bars - if bars < 5.0 { 4.0 } else { 6.0 }) / 3.0;
    let (start, away, _) = nearest(first, 11.0, spread, &starts)?;
    if away > AWAY || spread.abs() > 0.5 {
        return None;
    }
    let mut symbols = vec![103 + start as u8];
    let mut last = module;
    let mut next = at + 6;
    loop {
        let six = widths.some(next, 6)?;
        let module = six.iter().sum::<f32>() / 11.0;
        // The stop has a seventh width: its first six look like no symbol.
        if let Some(seven) = widths.some(next, 7)
            && let Some((_, away, _)) = nearest(seven, 13.0, spread, &STOP)
            && away < AWAY
            && widths.stands_free(at, next + 7, 4.5 * module, module)
        {
            let text = checked(&symbols)?;
            return Some((text, next + 7 - at));
        }
        if !(0.75..1.33).contains(&(module / last)) || symbols.len() > 100 {
            return None;
        }
        let (symbol, away, clear) = nearest(six, 11.0, spread, &PATTERNS)?;
        if away > AWAY || clear < CLEAR || symbol >= 103 {
            return None;
        }
        let bars = (six[0] + six[2] + six[4]) / module;
        let drawn = PATTERNS[symbol];
        let too_wide = bars - f32::from(drawn[0] + drawn[2] + drawn[4]);
        spread += 0.3 * (too_wide / 3.0 - spread);
        last = module;
        symbols.push(symbol as u8);
        next += 6;
    }
}

/// The text, if the last symbol is the check of those before.
fn checked(symbols: &[u8]) -> Option<String> {
    let (check, body) = symbols.split_last()?;
    if body.len() < 2 {
        return None;
    }
    let sum: usize =
        body.iter().enumerate().map(|(i, symbol)| i.max(1) * usize::from(*symbol)).sum();
    (sum % 103 == usize::from(*check)).then(|| text(body)).flatten()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Set {
    A,
    B,
    C,
}

/// Symbols from the start on to text. An FNC1 is a group separator, but not at the begin, where it only says
/// that the content is GS1's; FNC4 adds 128, and so gives Latin letters.
fn text(symbols: &[u8]) -> Option<String> {
    let (start, body) = symbols.split_first()?;
    let mut set = match start {
        103 => Set::A,
        104 => Set::B,
        _ => Set::C,
    };
    let mut text = String::new();
    let mut shifted = None;
    let (mut high, mut high_once) = (false, false);
    for (i, symbol) in body.iter().enumerate() {
        let now = shifted.take().unwrap_or(set);
        match (now, *symbol) {
            (Set::C, 0..=99) => text.push_str(&format!("{symbol:02}")),
            (Set::A | Set::B, 0..=95) => {
                let byte = match now {
                    Set::A if *symbol >= 64 => symbol - 64,
                    _ => symbol + 32,
                };
                let raised = high != std::mem::take(&mut high_once);
                text.push(char::from(if raised { byte + 128 } else { byte }));
            }
            (_, 102) if i > 0 => text.push('\u{1d}'),
            (Set::A | Set::B, 96 | 97) | (_, 102) => {}
            (Set::A, 98) => shifted = Some(Set::B),
            (Set::B, 98) => shifted = Some(Set::A),
            (Set::A | Set::B, 99) => set = Set::C,
            (Set::A, 101) | (Set::B, 100) => {
                // Twice is for all that follow.
                if high_once {
                    (high, high_once) = (!high, false);
                } else {
                    high_once = true;
                }
            }
            (_, 100) => set = Set::B,
            (_, 101) => set = Set::A,
            _ => return None,
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_have_eleven_modules_and_are_different() {
        for (i, pattern) in PATTERNS.iter().enumerate() {
            assert_eq!(pattern.iter().sum::<u8>(), 11, "{i}");
            assert!(!PATTERNS[..i].contains(pattern), "{i}");
            assert_eq!((pattern[0] + pattern[2] + pattern[4]) % 2, 0, "{i}");
        }
    }

    #[test]
    fn sets_shifts_and_latin_letters() {
        assert_eq!(text(&[104, 33, 34]).as_deref(), Some("AB"));
        assert_eq!(text(&[105, 12, 34, 100, 33]).as_deref(), Some("1234A"));
        assert_eq!(text(&[105, 102, 12, 102, 34]).as_deref(), Some("12\u{1d}34"));
        assert_eq!(text(&[103, 33, 98, 65, 33]).as_deref(), Some("AaA"));
        assert_eq!(text(&[104, 100, 83, 65]).as_deref(), Some("óa"));
        assert_eq!(text(&[104, 100, 100, 83, 100, 65]).as_deref(), Some("óa"));
    }
}

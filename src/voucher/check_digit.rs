//! Check digit schemes (検査数字): one character computed over others, so that a slip shows.
//!
//! The definitions are those that barcode makers and printers in Japan publish; every example in
//! the tests was computed by hand. "From the right" means that the last covered character has the
//! first weight. Whether a prefix letter takes part is the scheme owner's choice and stands in the
//! profile's `covers`.

/// A way to compute one check character over the covered characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CheckScheme {
    /// モジュラス10 ウェイト3 (JAN, ITF): weights 3, 1, 3, 1… from the right.
    Modulus10Weight3,
    /// モジュラス10 ウェイト2・1 分割 (Luhn): weights 2, 1… from the right, products' digits added.
    Luhn,
    /// モジュラス10 ウェイト2・1 一括: the same weights, products added whole.
    Modulus10Weight21Whole,
    /// モジュラス11: weights `low`, `low`+1 … `high`, `low`… from the right.
    Modulus11 { low: u8, high: u8, rule: Modulus11Rule },
    /// 7チェック DR: the number modulo 7.
    SevenDr,
    /// 7チェック DSR: 7 less that; a remainder of 0 gives 7.
    SevenDsr,
    /// 9チェック DR: the sum of the digits modulo 9.
    NineDr,
    /// 9チェック DSR: 9 less that; a remainder of 0 gives 9.
    NineDsr,
    /// NW-7 (Codabar) モジュラス16: the start and stop letters are part of the sum.
    Nw7Modulus16 { start: char, stop: char },
    /// CODE39 モジュラス43, without the `*`.
    Code39Modulus43,
}

/// What stands for the two remainders r of modulus 11 that 11 − r makes no digit of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Modulus11Rule {
    /// "03": r = 0 gives 1, r = 1 gives 0.
    Rule03,
    /// "04": both give 0.
    Rule04,
    /// r = 0 gives 0, r = 1 gives X (ISBN-10).
    X,
    /// r = 0 gives 0; numbers with r = 1 are never printed.
    Skip,
}

impl Modulus11Rule {
    pub const ALL: [Modulus11Rule; 4] =
        [Modulus11Rule::Rule03, Modulus11Rule::Rule04, Modulus11Rule::X, Modulus11Rule::Skip];

    /// The word that profiles use.
    pub fn word(self) -> &'static str {
        match self {
            Modulus11Rule::Rule03 => "03",
            Modulus11Rule::Rule04 => "04",
            Modulus11Rule::X => "x",
            Modulus11Rule::Skip => "skip",
        }
    }
}

/// Why no check character can be computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckError {
    #[error("there is nothing to compute a check digit over")]
    Empty,
    #[error("'{0}' can't take part in this check digit")]
    Character(char),
    /// Modulus 11 with rule "skip": this number is never printed.
    #[error("no check digit exists for this number, so it was never printed")]
    NoneExists,
    #[error("the weights of modulus 11 must be 1 to 10 and rise")]
    Weights,
    #[error("start and stop letters of NW-7 are A to D")]
    StartStop,
}

const DIGITS: &str = "0123456789";
/// Values 0 to 15 of NW-7's data characters, in order.
const NW7: &str = "0123456789-$:/.+";
/// Values 0 to 42 of CODE39's data characters, in order.
const CODE39: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%";

impl CheckScheme {
    /// All schemes; those with parameters have their usual ones.
    pub const ALL: [CheckScheme; 10] = [
        CheckScheme::Modulus10Weight3,
        CheckScheme::Luhn,
        CheckScheme::Modulus10Weight21Whole,
        CheckScheme::Modulus11 { low: 2, high: 7, rule: Modulus11Rule::Rule04 },
        CheckScheme::SevenDr,
        CheckScheme::SevenDsr,
        CheckScheme::NineDr,
        CheckScheme::NineDsr,
        CheckScheme::Nw7Modulus16 { start: 'A', stop: 'A' },
        CheckScheme::Code39Modulus43,
    ];

    /// The word that profiles use.
    pub fn word(self) -> &'static str {
        match self {
            CheckScheme::Modulus10Weight3 => "modulus10-weight3",
            CheckScheme::Luhn => "luhn",
            CheckScheme::Modulus10Weight21Whole => "modulus10-weight21-whole",
            CheckScheme::Modulus11 { .. } => "modulus11",
            CheckScheme::SevenDr => "7dr",
            CheckScheme::SevenDsr => "7dsr",
            CheckScheme::NineDr => "9dr",
            CheckScheme::NineDsr => "9dsr",
            CheckScheme::Nw7Modulus16 { .. } => "nw7-modulus16",
            CheckScheme::Code39Modulus43 => "code39-modulus43",
        }
    }

    /// The scheme with its usual parameters.
    pub fn from_word(word: &str) -> Option<CheckScheme> {
        CheckScheme::ALL.into_iter().find(|scheme| scheme.word() == word)
    }

    /// Characters that may be covered.
    pub fn covers(self) -> &'static str {
        match self {
            CheckScheme::Nw7Modulus16 { .. } => NW7,
            CheckScheme::Code39Modulus43 => CODE39,
            _ => DIGITS,
        }
    }

    /// Characters that may stand at the check position of a number, right or wrong.
    pub fn alphabet(self) -> &'static str {
        match self {
            CheckScheme::Modulus11 { rule: Modulus11Rule::X, .. } => "0123456789X",
            _ => self.covers(),
        }
    }

    /// The check character over `body`. Total: any text gets an answer.
    pub fn compute(self, body: &str) -> Result<char, CheckError> {
        if body.is_empty() {
            return Err(CheckError::Empty);
        }
        match self {
            CheckScheme::Modulus10Weight3 => {
                let sum = weighted(body, &[3, 1], |product| product)?;
                digit((10 - sum % 10) % 10)
            }
            CheckScheme::Luhn => {
                let sum = weighted(body, &[2, 1], |product| product / 10 + product % 10)?;
                digit((10 - sum % 10) % 10)
            }
            CheckScheme::Modulus10Weight21Whole => {
                let sum = weighted(body, &[2, 1], |product| product)?;
                digit((10 - sum % 10) % 10)
            }
            CheckScheme::Modulus11 { low, high, rule } => {
                if low == 0 || low > high || high > 10 {
                    return Err(CheckError::Weights);
                }
                let weights: Vec<u64> = (low..=high).map(u64::from).collect();
                modulus11(weighted(body, &weights, |product| product)? % 11, rule)
            }
            CheckScheme::SevenDr => digit(remainder(body, 7)?),
            CheckScheme::SevenDsr => digit(7 - remainder(body, 7)?),
            CheckScheme::NineDr => digit(weighted(body, &[1], |product| product)? % 9),
            CheckScheme::NineDsr => digit(9 - weighted(body, &[1], |product| product)? % 9),
            CheckScheme::Nw7Modulus16 { start, stop } => {
                let ends = start_stop_value(start)? + start_stop_value(stop)?;
                let sum = ends + value_sum(body, NW7)?;
                nth(NW7, (16 - sum % 16) % 16)
            }
            CheckScheme::Code39Modulus43 => nth(CODE39, value_sum(body, CODE39)? % 43),
        }
    }
}

fn value_of(found: char, alphabet: &str) -> Result<u64, CheckError> {
    (0u64..)
        .zip(alphabet.chars())
        .find_map(|(value, known)| (known == found).then_some(value))
        .ok_or(CheckError::Character(found))
}

fn value_sum(body: &str, alphabet: &str) -> Result<u64, CheckError> {
    body.chars().try_fold(0u64, |sum, found| Ok(sum.saturating_add(value_of(found, alphabet)?)))
}

/// The sum over digits from the right with the weights in turn; `shape` is applied to each product.
fn weighted(body: &str, weights: &[u64], shape: fn(u64) -> u64) -> Result<u64, CheckError> {
    body.chars().rev().zip(weights.iter().cycle()).try_fold(0u64, |sum, (found, weight)| {
        Ok(sum.saturating_add(shape(value_of(found, DIGITS)? * weight)))
    })
}

/// The digits as one number, modulo a small divisor.
fn remainder(body: &str, divisor: u64) -> Result<u64, CheckError> {
    body.chars().try_fold(0u64, |rest, found| Ok((rest * 10 + value_of(found, DIGITS)?) % divisor))
}

fn modulus11(rest: u64, rule: Modulus11Rule) -> Result<char, CheckError> {
    match (rest, rule) {
        (0, Modulus11Rule::Rule03) => Ok('1'),
        (0, _) => Ok('0'),
        (1, Modulus11Rule::Rule03 | Modulus11Rule::Rule04) => Ok('0'),
        (1, Modulus11Rule::X) => Ok('X'),
        (1, Modulus11Rule::Skip) => Err(CheckError::NoneExists),
        _ => digit(11 - rest),
    }
}

fn start_stop_value(letter: char) -> Result<u64, CheckError> {
    match letter {
        'A' => Ok(16),
        'B' => Ok(17),
        'C' => Ok(18),
        'D' => Ok(19),
        _ => Err(CheckError::StartStop),
    }
}

fn digit(value: u64) -> Result<char, CheckError> {
    nth(DIGITS, value)
}

fn nth(alphabet: &str, value: u64) -> Result<char, CheckError> {
    usize::try_from(value)
        .ok()
        .and_then(|at| alphabet.chars().nth(at))
        .ok_or(CheckError::NoneExists)
}

#[cfg(test)]
mod tests {
    use super::*;
    use CheckScheme::*;
    use proptest::prelude::*;

    const M11_04: CheckScheme = Modulus11 { low: 2, high: 7, rule: Modulus11Rule::Rule04 };

    fn m11(low: u8, high: u8, rule: Modulus11Rule) -> CheckScheme {
        Modulus11 { low, high, rule }
    }

    #[test]
    fn published_examples() {
        let nw7 = |start, stop| Nw7Modulus16 { start, stop };
        let r03 = Modulus11Rule::Rule03;
        for (scheme, body, want) in [
            (Modulus10Weight3, "491234567890", '4'),
            (Modulus10Weight3, "1456995111617", '6'),
            (Modulus10Weight3, "4901234", '7'),
            (Luhn, "12345678", '2'),
            (Luhn, "20151119", '3'),
            (Modulus10Weight21Whole, "12345678", '4'),
            (M11_04, "12345678", '5'),
            (M11_04, "10000004", '0'),
            (M11_04, "10000013", '0'),
            (m11(2, 7, r03), "12345678", '5'),
            (m11(2, 7, r03), "10000004", '1'),
            (m11(2, 7, r03), "10000013", '0'),
            (m11(2, 7, Modulus11Rule::X), "10000004", '0'),
            (m11(2, 7, Modulus11Rule::X), "10000013", 'X'),
            (m11(2, 10, Modulus11Rule::X), "488380478", 'X'),
            (SevenDr, "123456", '4'),
            (SevenDr, "12345678", '2'),
            (SevenDr, "99991234567", '0'),
            (SevenDsr, "123456", '3'),
            (SevenDsr, "12345678", '5'),
            (SevenDsr, "99991234567", '7'),
            (NineDr, "123456", '3'),
            (NineDsr, "123456", '6'),
            (NineDr, "12345678", '0'),
            (NineDsr, "12345678", '9'),
            (nw7('A', 'B'), "37859", '+'),
            (nw7('A', 'A'), "789", '8'),
            (nw7('A', 'A'), "00000", '0'),
            (Code39Modulus43, "ABCD1234+", 'B'),
            (Code39Modulus43, "123ABC", '$'),
        ] {
            assert_eq!(scheme.compute(body), Ok(want), "{scheme:?} over {body}");
        }
    }

    #[test]
    fn remainder_ten_is_one_and_skip_has_no_digit() {
        // 9 × 2 = 18, 18 mod 11 = 7; 5 × 2 = 10 leaves 10.
        assert_eq!(M11_04.compute("5"), Ok('1'));
        assert_eq!(m11(2, 7, Modulus11Rule::Rule03).compute("5"), Ok('1'));
        let skip = m11(2, 7, Modulus11Rule::Skip);
        assert_eq!(skip.compute("10000013"), Err(CheckError::NoneExists));
        assert_eq!(skip.compute("10000004"), Ok('0'));
    }

    #[test]
    fn what_cannot_be_computed_is_an_error() {
        for scheme in CheckScheme::ALL {
            assert_eq!(scheme.compute(""), Err(CheckError::Empty));
            assert_eq!(scheme.compute("1あ"), Err(CheckError::Character('あ')));
            assert_eq!(CheckScheme::from_word(scheme.word()), Some(scheme));
        }
        assert_eq!(Luhn.compute("12A4"), Err(CheckError::Character('A')));
        let odd = Nw7Modulus16 { start: 'E', stop: 'A' };
        assert_eq!(odd.compute("1"), Err(CheckError::StartStop));
        assert_eq!(m11(5, 2, Modulus11Rule::X).compute("1"), Err(CheckError::Weights));
        assert_eq!(CheckScheme::from_word("modulus10"), None);
    }

    /// The body with another digit at `at`; `None` if it is the same digit.
    fn with_digit(body: &str, at: usize, digit: char) -> Option<String> {
        let mut chars: Vec<char> = body.chars().collect();
        let at = at % chars.len();
        (chars[at] != digit).then(|| {
            chars[at] = digit;
            chars.into_iter().collect()
        })
    }

    /// The body with the neighbours at `at` swapped; `None` if they are the same digit.
    fn with_swap(body: &str, at: usize) -> Option<(String, char, char)> {
        let mut chars: Vec<char> = body.chars().collect();
        let at = at % (chars.len() - 1);
        chars.swap(at, at + 1);
        (chars[at] != chars[at + 1]).then(|| {
            let (left, right) = (chars[at], chars[at + 1]);
            (chars.into_iter().collect(), left, right)
        })
    }

    fn apart(one: char, two: char) -> u32 {
        one.to_digit(10).zip(two.to_digit(10)).map_or(0, |(a, b)| a.abs_diff(b))
    }

    proptest! {
        #[test]
        fn every_single_wrong_digit_is_caught(body in "[0-9]{1,18}", at in 0usize..18, digit in "[0-9]") {
            let digit = digit.chars().next().unwrap();
            if let Some(wrong) = with_digit(&body, at, digit) {
                for scheme in [Modulus10Weight3, Luhn, m11(2, 7, Modulus11Rule::X),
                    m11(2, 10, Modulus11Rule::X), m11(2, 7, Modulus11Rule::Rule03)] {
                    // "03" gives 1 for r = 0 and for r = 10, and 0 for r = 1: one pair is missed
                    if scheme == m11(2, 7, Modulus11Rule::Rule03) && scheme.compute(&body) == Ok('1') {
                        continue;
                    }
                    prop_assert_ne!(scheme.compute(&body), scheme.compute(&wrong), "{:?}", scheme);
                }
            }
        }

        #[test]
        fn seven_misses_exactly_digits_seven_apart(body in "[0-9]{1,18}", at in 0usize..18, digit in "[0-9]") {
            let digit = digit.chars().next().unwrap();
            if let Some(wrong) = with_digit(&body, at, digit) {
                let old = body.chars().nth(at % body.len()).unwrap();
                let missed = apart(old, digit) == 7;
                for scheme in [SevenDr, SevenDsr] {
                    prop_assert_eq!(scheme.compute(&body) == scheme.compute(&wrong), missed);
                }
            }
        }

        #[test]
        fn nine_misses_exactly_zero_and_nine_and_every_swap(
            body in "[0-9]{2,18}", at in 0usize..18, digit in "[0-9]"
        ) {
            let digit = digit.chars().next().unwrap();
            for scheme in [NineDr, NineDsr] {
                if let Some(wrong) = with_digit(&body, at, digit) {
                    let old = body.chars().nth(at % body.len()).unwrap();
                    let missed = apart(old, digit) == 9;
                    prop_assert_eq!(scheme.compute(&body) == scheme.compute(&wrong), missed);
                }
                if let Some((swapped, _, _)) = with_swap(&body, at) {
                    prop_assert_eq!(scheme.compute(&body), scheme.compute(&swapped));
                }
            }
        }

        #[test]
        fn swaps_that_are_missed(body in "[0-9]{2,18}", at in 0usize..18) {
            if let Some((swapped, left, right)) = with_swap(&body, at) {
                let missed = |scheme: CheckScheme| scheme.compute(&body) == scheme.compute(&swapped);
                prop_assert_eq!(missed(Modulus10Weight3), apart(left, right) == 5);
                prop_assert_eq!(missed(Luhn), apart(left, right) == 9);
                prop_assert!(!missed(Modulus10Weight21Whole));
                prop_assert!(!missed(m11(2, 10, Modulus11Rule::X)) || body.len() > 9);
            }
        }

        #[test]
        fn whole_misses_exactly_five_apart_under_weight_two(
            body in "[0-9]{1,18}", at in 0usize..18, digit in "[0-9]"
        ) {
            let digit = digit.chars().next().unwrap();
            if let Some(wrong) = with_digit(&body, at, digit) {
                let at = at % body.len();
                let old = body.chars().nth(at).unwrap();
                let doubled = (body.len() - 1 - at).is_multiple_of(2);
                let missed = doubled && apart(old, digit) == 5;
                prop_assert_eq!(
                    Modulus10Weight21Whole.compute(&body) == Modulus10Weight21Whole.compute(&wrong),
                    missed
                );
            }
        }

        #[test]
        fn nw7_and_code39_catch_every_single_wrong_character(
            body in "[0-9:/.+$-]{1,12}", at in 0usize..12, other in "[0-9:/.+$-]"
        ) {
            let other = other.chars().next().unwrap();
            if let Some(wrong) = with_digit(&body, at, other) {
                let nw7 = Nw7Modulus16 { start: 'C', stop: 'D' };
                prop_assert_ne!(nw7.compute(&body).unwrap(), nw7.compute(&wrong).unwrap());
                let (one, two) = (body.replace(':', "A"), wrong.replace(':', "A"));
                prop_assert_ne!(
                    Code39Modulus43.compute(&one).unwrap(),
                    Code39Modulus43.compute(&two).unwrap()
                );
            }
        }

        #[test]
        fn any_text_gets_an_answer_within_the_alphabet(body in ".{0,40}", digits in "[0-9]{1,40}") {
            for scheme in CheckScheme::ALL {
                if let Ok(check) = scheme.compute(&body) {
                    prop_assert!(scheme.alphabet().contains(check));
                }
                prop_assert!(scheme.compute(&digits).is_ok());
            }
        }
    }
}

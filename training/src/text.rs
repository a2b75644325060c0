//! What stands in a line: numbers as vouchers have them, and what must be read as nothing.

use fastrand::Rng;

/// A line's text, and what is to be read of it.
pub enum Text {
    /// All of it is read.
    Number(String),
    /// Digits with a currency sign or word; the digits are read.
    Value(String),
    /// Letters of another kind: nothing is read.
    Words(String),
    /// Bars of a barcode: nothing.
    Bars,
    /// Nothing printed.
    Empty,
    /// A number upside down: nothing.
    Turned(String),
}

const LETTERS: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZ";

pub fn draw(rng: &mut Rng) -> Text {
    match rng.u32(0..100) {
        0..68 => Text::Number(number(rng)),
        68..80 => Text::Number(mixed(rng)),
        80..86 => Text::Value(value(rng)),
        86..90 => Text::Words(words(rng)),
        90..92 => Text::Bars,
        92..95 => Text::Empty,
        _ => Text::Turned(turned(rng)),
    }
}

fn digits(rng: &mut Rng, count: usize) -> String {
    // Serial numbers have zeros in front more often than chance.
    let zeros = if rng.u32(0..6) == 0 { rng.usize(0..=count / 2) } else { 0 };
    (0..count).map(|i| if i < zeros { '0' } else { char::from(rng.u8(b'0'..=b'9')) }).collect()
}

fn letters(rng: &mut Rng, count: usize) -> String {
    (0..count).map(|_| char::from(LETTERS[rng.usize(0..LETTERS.len())])).collect()
}

/// Letters in front, digits, perhaps in groups, perhaps a letter at the end.
fn number(rng: &mut Rng) -> String {
    let prefix = [0, 0, 0, 1, 1, 1, 1, 2, 3][rng.usize(0..9)];
    let count = 5 + rng.usize(0..8);
    let mut text = letters(rng, prefix);
    text += &digits(rng, count);
    if rng.u32(0..12) == 0 {
        text += &letters(rng, 1);
    }
    if rng.u32(0..4) == 0 {
        let group = 3 + rng.usize(0..3);
        let separator = [" ", "-", "-", "  "][rng.usize(0..4)];
        let chars: Vec<char> = text.chars().collect();
        text = chars
            .chunks(group)
            .map(|piece| piece.iter().collect::<String>())
            .collect::<Vec<_>>()
            .join(separator);
    }
    text
}

fn mixed(rng: &mut Rng) -> String {
    let count = 3 + rng.usize(0..12);
    (0..count).map(|_| if rng.bool() { letters(rng, 1) } else { digits(rng, 1) }).collect()
}

fn value(rng: &mut Rng) -> String {
    let plain = ["500", "1000", "2000", "100", "300", "5000", "10000", "250", "700"];
    let mut digits = plain[rng.usize(0..plain.len())].to_owned();
    if digits.len() > 3 && rng.u32(0..4) > 0 {
        digits.insert(digits.len() - 3, ',');
    }
    match rng.u32(0..6) {
        0 => format!("¥{digits}"),
        1 => format!("{digits}円券"),
        2 => digits,
        _ => format!("{digits}円"),
    }
}

fn words(rng: &mut Rng) -> String {
    const JAPANESE: &str = "食事券登録飲食店有効期限年月日県内商品見本控印無発行者市町村利用可お釣りはでませんのみくださいプレミアムクーポン会員委員会事務局お問合せ先裏面注意換金";
    const LATIN: &str = "abdefghkmnpqrstuvwyz";
    let count = 3 + rng.usize(0..10);
    let pick: Vec<char> =
        if rng.u32(0..4) > 0 { JAPANESE.chars() } else { LATIN.chars() }.collect();
    (0..count).map(|_| pick[rng.usize(0..pick.len())]).collect()
}

/// Has signs that are nothing upside down.
fn turned(rng: &mut Rng) -> String {
    loop {
        let text = number(rng);
        if text.chars().filter(|c| "23457ABCDEFGJKLPQRTUVY".contains(*c)).count() >= 3 {
            return text;
        }
    }
}

/// A number as the reader's own samples have it: a letter, nine digits, and a check digit over them.
pub fn checked(rng: &mut Rng) -> Text {
    let serial: String = (0..9).map(|_| char::from(rng.u8(b'0'..=b'9'))).collect();
    let letter = letters(rng, 1);
    Text::Number(format!("{letter}{serial}{}", check_digit(&serial)))
}

/// Modulus 10 with weights 3 and 1 from the right.
pub fn check_digit(digits: &str) -> u32 {
    let sum: u32 = digits
        .bytes()
        .rev()
        .zip([3, 1].into_iter().cycle())
        .map(|(digit, weight)| u32::from(digit - b'0') * weight)
        .sum();
    (10 - sum % 10) % 10
}

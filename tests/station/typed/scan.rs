//! Random codes as a keyboard scanner types them: all that such scanners do with Shift, the keypad, doubled
//! digits and the end of a line.

use super::keyboard::{Layout, Stroke, sym};
use fastrand::Rng;

const CAPITALS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
/// The provisional numbers' prefix and the NW-7 numbers' letter begin no number.
const FIRST: &str = "ABCDEFGHIJLMNOPQRSTUVXYZ";
const SIGNS: &str = "-.$/+%: ";
/// Both layouts have them on the same keys.
const SIGNS_ALIKE: &str = "-.$/% ";

/// Which keyboard the scanner believes to be, and which the server has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Boards {
    Us,
    Jp,
    /// The scanner is set to US and the server is Japanese.
    UsIntoJp,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Letter,
    Turns,
    Pairs,
    Mixed,
    Letters,
    Digits,
    Ean,
    Hyphens,
    Signs,
    Address,
    Nw7,
    /// Of another scheme: it stops the lane.
    Foreign,
}

const USUAL: [Kind; 11] = [
    Kind::Letter,
    Kind::Turns,
    Kind::Pairs,
    Kind::Mixed,
    Kind::Letters,
    Kind::Digits,
    Kind::Ean,
    Kind::Hyphens,
    Kind::Signs,
    Kind::Address,
    Kind::Nw7,
];

fn one(rng: &mut Rng, of: &str) -> char {
    char::from(of.as_bytes()[rng.usize(..of.len())])
}

fn some(rng: &mut Rng, of: &str, count: usize) -> String {
    (0..count).map(|_| one(rng, of)).collect()
}

/// Digits of which some stand twice, since a scanner may not let a key go between them.
fn digits(rng: &mut Rng, count: usize) -> String {
    let mut last = '0';
    let mut next = || {
        if rng.u8(..4) > 0 {
            last = one(rng, "0123456789");
        }
        last
    };
    (0..count).map(|_| next()).collect()
}

impl Kind {
    /// One of those that the profile takes.
    pub fn usual(rng: &mut Rng, boards: Boards) -> Kind {
        loop {
            let kind = USUAL[rng.usize(..USUAL.len())];
            // Its signs lie elsewhere on the other keyboard.
            if kind != Kind::Address || boards != Boards::UsIntoJp {
                return kind;
            }
        }
    }

    pub fn text(self, rng: &mut Rng, boards: Boards) -> String {
        let signs = if boards == Boards::UsIntoJp { SIGNS_ALIKE } else { SIGNS };
        let inner = signs.replace(['%', ' '], "");
        match self {
            Kind::Letter => format!("{}{}", one(rng, FIRST), digits(rng, 10)),
            Kind::Turns => {
                (0..6).map(|_| format!("{}{}", one(rng, CAPITALS), digits(rng, 1))).collect()
            }
            Kind::Pairs => {
                let small = rng.bool();
                let pair = |_| {
                    let letters = some(rng, CAPITALS, 2);
                    let letters = if small { letters.to_lowercase() } else { letters };
                    format!("{letters}{}", digits(rng, 2))
                };
                (0..3).map(pair).collect()
            }
            Kind::Mixed => {
                let (a, b, c) = (one(rng, CAPITALS), one(rng, CAPITALS), one(rng, CAPITALS));
                format!("{a}{}{b}{}{c}", digits(rng, 2), digits(rng, 7))
            }
            Kind::Letters => {
                let letters = some(rng, CAPITALS, 10);
                let mut turned =
                    |char: char| if rng.u8(..5) > 0 { char } else { char.to_ascii_lowercase() };
                letters.chars().map(&mut turned).collect()
            }
            Kind::Digits => digits(rng, 16),
            Kind::Ean => digits(rng, 13),
            Kind::Hyphens => {
                let mut text = format!("{}{}", some(rng, CAPITALS, 2), digits(rng, 10));
                for _ in 0..2 {
                    let at = rng.usize(1..text.len());
                    text.insert(at, one(rng, "--- "));
                }
                text
            }
            Kind::Signs => {
                let count = rng.usize(4..10);
                let before = some(rng, &format!("{CAPITALS}0123456789{inner}{inner}"), count);
                format!("{before}%{}{}", one(rng, FIRST), digits(rng, 9))
            }
            Kind::Address => {
                let after = match rng.u8(..3) {
                    0 => String::new(),
                    1 => format!("&s={}", digits(rng, 3)),
                    _ => format!("&t={}", some(rng, "0aB-.$/+:", 5)),
                };
                format!("https://ex.jp/v?n={}{}{after}", one(rng, FIRST), digits(rng, 10))
            }
            Kind::Nw7 => {
                let ends = ["", "ABCD", "abcd"][rng.usize(..3)];
                let number = digits(rng, 10);
                match ends {
                    "" => number,
                    ends => format!("{}{number}{}", one(rng, ends), one(rng, ends)),
                }
            }
            Kind::Foreign => {
                let count = rng.usize(4..18);
                let all = format!("{CAPITALS}abcdefghij0123456789{signs}{inner}{inner}");
                let (first, last) = (one(rng, "-.$/0A9z"), one(rng, "-.$/0A9z"));
                format!("{first}{}{last}", some(rng, &all, count))
            }
        }
    }
}

/// What a scanner sends after a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Return,
    KpEnter,
    Tab,
    ReturnLinefeed,
    /// Line feed as Ctrl and J.
    ReturnCtrlJ,
}

const ENDS: [End; 8] = [
    End::Return,
    End::Return,
    End::Return,
    End::KpEnter,
    End::KpEnter,
    End::Tab,
    End::ReturnLinefeed,
    End::ReturnCtrlJ,
];

/// How Shift goes with a capital.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shifts {
    /// Round each key.
    Round,
    /// Released before the key is.
    Early,
    /// Held over several in a row.
    Held,
}

/// How one scanner types, for one scan.
#[derive(Clone, Copy, Debug)]
pub struct Manner {
    /// Milliseconds a key.
    period: u32,
    shifts: Shifts,
    /// No release between two equal digits.
    joined: bool,
    /// Digits as keys of the keypad.
    pad: bool,
    end: End,
}

impl Manner {
    pub fn random(rng: &mut Rng) -> Manner {
        Manner {
            period: rng.u32(2..=30),
            shifts: [Shifts::Round, Shifts::Early, Shifts::Held][rng.usize(..3)],
            joined: rng.u8(..3) == 0,
            pad: rng.u8(..5) == 0,
            end: ENDS[rng.usize(..ENDS.len())],
        }
    }
}

/// Writes strokes; `due` is what is still to be waited before the next.
struct Pen<'a> {
    rng: &'a mut Rng,
    layout: &'a Layout,
    manner: Manner,
    strokes: Vec<Stroke>,
    due: u32,
    shift: bool,
}

/// The strokes of one code with its end.
pub fn strokes(
    rng: &mut Rng,
    layout: &Layout,
    manner: Manner,
    text: &str,
    num: bool,
) -> Vec<Stroke> {
    let mut pen = Pen { rng, layout, manner, strokes: Vec::new(), due: 0, shift: false };
    let chars = text.chars().collect::<Vec<_>>();
    for (at, char) in chars.iter().enumerate() {
        let next = chars.get(at + 1).copied();
        pen.char(*char, next, num);
    }
    pen.end();
    pen.strokes
}

impl Pen<'_> {
    fn stroke(&mut self, code: u8, down: bool) {
        let wait = std::mem::take(&mut self.due);
        self.strokes.push(Stroke { wait, code, down });
    }

    fn shift(&mut self, down: bool) {
        if self.shift != down {
            let code = self.layout.sym(sym::SHIFT).unwrap();
            self.stroke(code, down);
            self.shift = down;
        }
    }

    /// The key of a character, and whether Shift goes with it.
    fn key(&self, char: char, num: bool) -> (u8, bool) {
        match self.layout.pad(char).filter(|_| self.manner.pad) {
            Some(code) => (code, !num),
            None => self.layout.key(char).unwrap_or_else(|| panic!("no key types {char:?}")),
        }
    }

    fn char(&mut self, char: char, next: Option<char>, num: bool) {
        let (code, shift) = self.key(char, num);
        let again = next.filter(|_| self.manner.joined && char.is_ascii_digit()) == Some(char);
        // All that happens to this key takes its period together.
        let whole = self.manner.period;
        let dwell = whole / 2 - whole / 8;
        let part = if shift { whole / 8 } else { 0 };
        self.due += whole - dwell - 2 * part;
        if !shift {
            self.shift(false);
        } else if !self.shift {
            self.shift(true);
            self.due += part;
        }
        self.stroke(code, true);
        if again {
            self.due += dwell;
            return;
        }
        if shift && self.manner.shifts == Shifts::Early {
            self.due += part;
            self.shift(false);
        }
        self.due += dwell;
        self.stroke(code, false);
        let held = next.is_some_and(|next| self.key(next, num).1);
        if shift && !(self.manner.shifts == Shifts::Held && held) {
            self.due += part;
            self.shift(false);
        }
    }

    fn tap(&mut self, code: u8) {
        self.due += self.manner.period / 2;
        self.stroke(code, true);
        self.due += self.manner.period / 2;
        self.stroke(code, false);
    }

    fn end(&mut self) {
        self.shift(false);
        let sym_of = |sym| self.layout.sym(sym).unwrap();
        let (first, linefeed) = match self.manner.end {
            End::Return => (sym_of(sym::RETURN), None),
            End::KpEnter => (sym_of(sym::KP_ENTER), None),
            End::Tab => (sym_of(sym::TAB), None),
            End::ReturnLinefeed => (sym_of(sym::RETURN), self.layout.sym(sym::LINEFEED)),
            End::ReturnCtrlJ => {
                let (j, control) = (self.key('j', false).0, sym_of(sym::CONTROL));
                self.tap(sym_of(sym::RETURN));
                self.due += self.rng.u32(0..=self.manner.period);
                self.stroke(control, true);
                self.tap(j);
                self.stroke(control, false);
                return;
            }
        };
        self.tap(first);
        if let Some(linefeed) = linefeed {
            self.tap(linefeed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kenban::voucher::profile::Identified;
    use kenban::voucher::{profile_file, scanned};

    /// What is judged as silently lost must not be the profile's fault.
    #[test]
    fn the_profile_takes_what_the_run_types() {
        let profile = profile_file::parse(include_str!("profile.toml")).unwrap();
        let mut rng = Rng::with_seed(1);
        for _ in 0..5_000 {
            let boards = [Boards::Us, Boards::Jp, Boards::UsIntoJp][rng.usize(..3)];
            let kind = Kind::usual(&mut rng, boards);
            let text = kind.text(&mut rng, boards);
            let barcode = scanned(&profile, &text).barcode.unwrap();
            let known = profile.identify_barcode(&barcode);
            assert!(matches!(known, Identified::Number { .. }), "{kind:?} {text}: {known:?}");
        }
    }
}

//! The grammar of a number, position by position.

use super::Number;
use super::check_digit::{CheckError, CheckScheme};

/// One part of a number, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Exactly this text, such as a prefix letter. A check digit that covers it names this text.
    Literal(String),
    /// So many letters, each one of these; named so that a check digit can say what it covers.
    Letters { of: String, count: usize, name: String },
    /// So many digits, named so that a check digit can say what it covers.
    Digits { count: usize, name: String },
    /// The check character, computed over the named parts.
    Check { scheme: CheckScheme, covers: Vec<String> },
}

/// What may stand at one position.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Slot {
    Literal(char),
    /// Index of the part that says which letters.
    Letter(usize),
    Digit,
    Check(CheckScheme),
}

/// What a number looks like: its parts and the groups in which it is printed.
/// Every character of a number is ASCII, so positions are bytes and characters alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grammar {
    parts: Vec<Part>,
    /// Lengths of the printed groups; their sum is the number's length.
    groups: Vec<usize>,
    /// What is printed between groups: a space, a hyphen, or nothing.
    separator: String,
    slots: Vec<Slot>,
    /// The check position, its scheme, and the positions that it covers in order.
    check: Option<(usize, CheckScheme, Vec<usize>)>,
}

/// Why a text is not a number of this grammar.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GrammarError {
    #[error("{got} characters where the number has {want}")]
    Length { want: usize, got: usize },
    /// `position` counts from 1.
    #[error("'{found}' can't stand at position {position}")]
    Character { position: usize, found: char },
    #[error("the check digit is {found} but should be {want}")]
    CheckDigit { want: char, found: char },
    /// The scheme skips numbers like this one.
    #[error("no check digit exists for this number, so it was never printed")]
    NeverPrinted,
}

/// Why parts make no grammar.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GrammarMistake {
    #[error("a number without parts")]
    Empty,
    #[error("a number of {0} characters")]
    TooLong(usize),
    #[error("a part of no characters")]
    EmptyPart,
    #[error("'{0}' in a fixed text")]
    Literal(char),
    #[error("'{0}' among the letters of a part")]
    Letters(char),
    #[error("{0} digits besides the check digit")]
    TooManyDigits(usize),
    #[error("the name {0:?} stands for two parts")]
    NameTwice(String),
    #[error("a part without a name")]
    NoName,
    #[error("two check digits in one number")]
    SeveralChecks,
    #[error("a check digit that covers nothing")]
    CoversNothing,
    #[error("the check digit covers {0:?}, but no part has that name")]
    CoversUnknown(String),
    #[error("the check digit covers {0:?} twice")]
    CoversTwice(String),
    #[error("the check digit covers {0:?}, whose characters its scheme can't add")]
    CoversWrongCharacters(String),
    #[error("{0}")]
    Scheme(CheckError),
    #[error("the printed groups make {got} characters, but the number has {want}")]
    Groups { want: usize, got: usize },
    #[error("a printed group of no characters")]
    EmptyGroup,
    #[error("the separator {0:?}")]
    Separator(String),
}

impl GrammarMistake {
    /// What to write instead.
    pub fn mend(&self) -> String {
        match self {
            GrammarMistake::Empty => {
                "write parts, such as { digits = 9, name = \"serial\" }".into()
            }
            GrammarMistake::TooLong(_) => format!("a number has at most {MAX_LENGTH} characters"),
            GrammarMistake::EmptyPart => "give each part at least one character".into(),
            GrammarMistake::Literal(_) => {
                "use only the letters A to Z and digits; spaces and hyphens belong to the separator"
                    .into()
            }
            GrammarMistake::Letters(_) => "list letters A to Z, each once".into(),
            GrammarMistake::TooManyDigits(_) => {
                format!("have at most {MAX_DIGITS}; write what never changes as a literal")
            }
            GrammarMistake::NameTwice(_) => "give each part its own name".into(),
            GrammarMistake::NoName => "add name = \"…\"".into(),
            GrammarMistake::SeveralChecks => "keep one check part".into(),
            GrammarMistake::CoversNothing => {
                "name the parts that it is computed over: covers = [\"serial\"]".into()
            }
            GrammarMistake::CoversUnknown(_) => {
                "name a digits or letters part, or a literal by its text".into()
            }
            GrammarMistake::CoversTwice(_) => "name it once".into(),
            GrammarMistake::CoversWrongCharacters(_) => {
                "leave it out of covers, or use code39-modulus43, which has values for letters"
                    .into()
            }
            GrammarMistake::Scheme(CheckError::StartStop) => "write start and stop as A to D".into(),
            GrammarMistake::Scheme(_) => "write the weights as [lowest, highest], such as [2, 7]".into(),
            GrammarMistake::Groups { .. } => "make the groups add up to the number's length".into(),
            GrammarMistake::EmptyGroup => "give each group at least one character".into(),
            GrammarMistake::Separator(_) => {
                "use a space, a hyphen or \"\"; \"\" where code39-modulus43 is the check, because its check character may itself be one"
                    .into()
            }
        }
    }
}

/// Longest number in characters.
pub const MAX_LENGTH: usize = 64;
/// Most digits besides the check digit, so that a serial fits in 64 bits.
pub const MAX_DIGITS: usize = 19;

/// One character as it counts: full-width forms made half-width, letters upper case, all hyphens
/// `-`, all spaces a space. Other characters stay as they are.
pub fn plain(found: char) -> char {
    let half = match found {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(found) - 0xFEE0).unwrap_or(found),
        _ => found,
    };
    match half {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2043}' | '\u{FE58}' | '\u{FE63}' => '-',
        // the long-vowel mark and box line that a Japanese keyboard gives for a hyphen
        '\u{30FC}' | '\u{FF70}' | '\u{2500}' | '\u{00AD}' => '-',
        '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' => ' ',
        _ if half.is_whitespace() => ' ',
        _ => half.to_ascii_uppercase(),
    }
}

fn is_separator(found: char) -> bool {
    found == '-' || found == ' '
}

impl Grammar {
    /// Checks everything that can be wrong with parts; `groups` empty means one group.
    pub fn new(
        parts: Vec<Part>,
        groups: Vec<usize>,
        separator: &str,
    ) -> Result<Grammar, GrammarMistake> {
        let slots = slots_of(&parts)?;
        let check = check_of(&parts)?;
        let groups = if groups.is_empty() { vec![slots.len()] } else { groups };
        if groups.contains(&0) {
            return Err(GrammarMistake::EmptyGroup);
        }
        let got = groups.iter().fold(0usize, |sum, n| sum.saturating_add(*n));
        if got != slots.len() {
            let want = slots.len();
            return Err(GrammarMistake::Groups { want, got });
        }
        let blurs = matches!(check, Some((_, CheckScheme::Code39Modulus43, _)));
        let plain_separator = separator.chars().all(|c| is_separator(plain(c)));
        if !plain_separator || separator.chars().count() > 3 || (blurs && !separator.is_empty()) {
            return Err(GrammarMistake::Separator(separator.to_owned()));
        }
        Ok(Grammar { parts, groups, separator: separator.to_owned(), slots, check })
    }

    /// Text from people, lists or readers: full-width forms, spaces, hyphens and lower case are
    /// mapped to the canonical form, then every position and the check digit are checked.
    pub fn parse(&self, text: &str) -> Result<Number, GrammarError> {
        let chars = self.form(text)?;
        if let Some((at, ..)) = self.check {
            let found = chars.get(at).copied().unwrap_or(' ');
            match self.check_character(&chars) {
                Some(want) if want == found => {}
                Some(want) => return Err(GrammarError::CheckDigit { want, found }),
                None => return Err(GrammarError::NeverPrinted),
            }
        }
        Ok(Number::canonical(&chars.iter().collect::<String>()))
    }

    /// Like [`Grammar::parse`], but the check digit may be wrong.
    pub fn fits_but_for_check(&self, text: &str) -> bool {
        self.form(text).is_ok()
    }

    /// Canonical length in characters.
    #[expect(clippy::len_without_is_empty, reason = "a grammar has always a character")]
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    pub fn has_check_digit(&self) -> bool {
        self.check.is_some()
    }

    /// The parts in order.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// Lengths of the printed groups, in order.
    pub fn groups(&self) -> &[usize] {
        &self.groups
    }

    /// What is printed between groups; may be empty.
    pub fn separator(&self) -> &str {
        &self.separator
    }

    /// The characters that may stand at `index`, which counts from 0; empty past the end.
    pub fn allowed_at(&self, index: usize) -> String {
        match self.slots.get(index) {
            None => String::new(),
            Some(Slot::Literal(only)) => only.to_string(),
            Some(Slot::Letter(part)) => self.letters(*part).to_owned(),
            Some(Slot::Digit) => "0123456789".to_owned(),
            Some(Slot::Check(scheme)) => scheme.alphabet().to_owned(),
        }
    }

    /// Whether some text has the form of both grammars (check digits aside).
    pub fn overlaps(&self, other: &Grammar) -> bool {
        self.len() == other.len()
            && (0..self.len()).all(|at| {
                let theirs = other.allowed_at(at);
                self.allowed_at(at).chars().any(|c| theirs.contains(c))
            })
    }

    /// The form as printed: groups joined by the separator.
    pub fn printed(&self, number: &Number) -> String {
        let mut chars = number.as_str().chars();
        let mut text = String::with_capacity(self.len() + self.groups.len());
        for group in &self.groups {
            let piece: String = chars.by_ref().take(*group).collect();
            if !text.is_empty() && !piece.is_empty() {
                text.push_str(&self.separator);
            }
            text.push_str(&piece);
        }
        text.extend(chars);
        text
    }

    /// Whether `text` is a number in the very groups in which it is printed. Other grouping is
    /// worth a warning (forgeries had it), never a refusal.
    pub fn grouped_as_printed(&self, text: &str) -> bool {
        let even = |text: &str| text.chars().map(plain).collect::<String>();
        self.parse(text)
            .is_ok_and(|number| even(text).trim() == even(&self.printed(&number)).trim())
    }

    /// The canonical number with this serial (all digits but the check digit, zero-filled);
    /// `letters` fills the letter positions in order. `None` if it doesn't fit.
    pub fn compose(&self, letters: &str, serial: u64) -> Option<Number> {
        let width = self.slots.iter().filter(|s| **s == Slot::Digit).count();
        let digits =
            if width == 0 && serial == 0 { String::new() } else { format!("{serial:0width$}") };
        if digits.len() != width {
            return None;
        }
        let (mut digits, mut letters) = (digits.chars(), letters.chars().map(plain));
        let mut chars = Vec::with_capacity(self.len());
        for slot in &self.slots {
            chars.push(match slot {
                Slot::Literal(only) => *only,
                Slot::Letter(part) => {
                    letters.next().filter(|c| self.letters(*part).contains(*c))?
                }
                Slot::Digit => digits.next()?,
                Slot::Check(_) => '0',
            });
        }
        if letters.next().is_some() {
            return None;
        }
        if let Some((at, ..)) = self.check {
            *chars.get_mut(at)? = self.check_character(&chars)?;
        }
        Some(Number::canonical(&chars.iter().collect::<String>()))
    }

    /// The letters of a number of this grammar, in order: what [`Grammar::compose`] takes.
    pub fn letters_of(&self, number: &Number) -> String {
        self.slots
            .iter()
            .zip(number.as_str().chars())
            .filter_map(|(slot, found)| matches!(slot, Slot::Letter(_)).then_some(found))
            .collect()
    }

    /// The number's series and serial. The serial is all digits but the check digit, as an integer.
    /// The series is the number with its serial digits as `#` and its check character as `*`,
    /// followed by the check scheme's word, so numbers of unlike grammars never share a series.
    /// `None` if the number isn't of this grammar or has no serial digits.
    pub fn series_of(&self, number: &Number) -> Option<(String, u64)> {
        if number.as_str().len() != self.slots.len() {
            return None;
        }
        let mut series = String::with_capacity(self.slots.len() + 16);
        let mut serial = None;
        for ((index, slot), found) in self.slots.iter().enumerate().zip(number.as_str().chars()) {
            if !self.fits(index, found) {
                return None;
            }
            match slot {
                Slot::Digit => {
                    let digit = u64::from(found.to_digit(10)?);
                    let before: u64 = serial.unwrap_or(0);
                    serial = Some(before.checked_mul(10)?.checked_add(digit)?);
                    series.push('#');
                }
                Slot::Check(_) => series.push('*'),
                Slot::Literal(_) | Slot::Letter(_) => series.push(found),
            }
        }
        if let Some((_, scheme, _)) = &self.check {
            series.push(' ');
            series.push_str(scheme.word());
        }
        serial.map(|serial| (series, serial))
    }

    fn letters(&self, part: usize) -> &str {
        match self.parts.get(part) {
            Some(Part::Letters { of, .. }) => of,
            _ => "",
        }
    }

    fn fits(&self, index: usize, found: char) -> bool {
        match self.slots.get(index) {
            None => false,
            Some(Slot::Literal(only)) => *only == found,
            Some(Slot::Letter(part)) => self.letters(*part).contains(found),
            Some(Slot::Digit) => found.is_ascii_digit(),
            Some(Slot::Check(scheme)) => scheme.alphabet().contains(found),
        }
    }

    /// The canonical characters of a text that has this grammar's form.
    fn form(&self, text: &str) -> Result<Vec<char>, GrammarError> {
        let dropped = || text.chars().map(plain).filter(|c| !is_separator(*c));
        let first = self.positions(dropped());
        // a check character may itself be a hyphen or a space: then the first one at its
        // position counts
        let blurs = self
            .check
            .as_ref()
            .is_some_and(|(_, scheme, _)| scheme.alphabet().contains(is_separator));
        if first.is_ok() || !blurs {
            return first;
        }
        let mut taken = 0;
        let kept = text.chars().map(plain).filter(|found| {
            let keep = !is_separator(*found)
                || matches!(self.slots.get(taken), Some(Slot::Check(scheme)) if scheme.alphabet().contains(*found));
            taken += usize::from(keep);
            keep
        });
        self.positions(kept).or(first)
    }

    fn positions(&self, found: impl Iterator<Item = char>) -> Result<Vec<char>, GrammarError> {
        let want = self.len();
        let mut chars = Vec::with_capacity(want);
        let mut got = 0;
        for c in found {
            got += 1;
            if got <= want {
                chars.push(c);
            }
        }
        if got != want {
            return Err(GrammarError::Length { want, got });
        }
        match chars.iter().enumerate().find(|(at, c)| !self.fits(*at, **c)) {
            Some((at, &found)) => Err(GrammarError::Character { position: at + 1, found }),
            None => Ok(chars),
        }
    }

    fn check_character(&self, chars: &[char]) -> Option<char> {
        let (_, scheme, covered) = self.check.as_ref()?;
        let body: String = covered.iter().filter_map(|at| chars.get(*at)).collect();
        scheme.compute(&body).ok()
    }
}

fn slots_of(parts: &[Part]) -> Result<Vec<Slot>, GrammarMistake> {
    let length = parts.iter().map(part_length).fold(0usize, usize::saturating_add);
    if parts.is_empty() {
        return Err(GrammarMistake::Empty);
    }
    if parts.iter().any(|part| part_length(part) == 0) {
        return Err(GrammarMistake::EmptyPart);
    }
    if length > MAX_LENGTH {
        return Err(GrammarMistake::TooLong(length));
    }
    let mut slots = Vec::with_capacity(length);
    for (index, part) in parts.iter().enumerate() {
        match part {
            Part::Literal(text) => {
                for found in text.chars() {
                    if !found.is_ascii_uppercase() && !found.is_ascii_digit() {
                        return Err(GrammarMistake::Literal(found));
                    }
                    slots.push(Slot::Literal(found));
                }
            }
            Part::Letters { of, count, .. } => {
                for (at, found) in of.chars().enumerate() {
                    if !found.is_ascii_uppercase() || of.chars().take(at).any(|c| c == found) {
                        return Err(GrammarMistake::Letters(found));
                    }
                }
                slots.extend((0..*count).map(|_| Slot::Letter(index)));
            }
            Part::Digits { count, .. } => slots.extend((0..*count).map(|_| Slot::Digit)),
            Part::Check { scheme, .. } => slots.push(Slot::Check(*scheme)),
        }
    }
    let digits = slots.iter().filter(|slot| **slot == Slot::Digit).count();
    if digits > MAX_DIGITS {
        return Err(GrammarMistake::TooManyDigits(digits));
    }
    Ok(slots)
}

fn part_length(part: &Part) -> usize {
    match part {
        Part::Literal(text) => text.chars().count(),
        Part::Letters { of, .. } if of.is_empty() => 0,
        Part::Letters { count, .. } | Part::Digits { count, .. } => *count,
        Part::Check { .. } => 1,
    }
}

type CheckPlan = (usize, CheckScheme, Vec<usize>);

/// What `covers` calls each part, with its first position and the characters it may hold.
fn check_of(parts: &[Part]) -> Result<Option<CheckPlan>, GrammarMistake> {
    let mut named: Vec<(&str, usize, usize, &str)> = Vec::new();
    let mut start = 0;
    let mut check = None;
    for part in parts {
        let count = part_length(part);
        let (name, characters) = match part {
            Part::Literal(text) => (text.as_str(), text.as_str()),
            Part::Letters { of, name, .. } => (name.as_str(), of.as_str()),
            Part::Digits { name, .. } => (name.as_str(), "0123456789"),
            Part::Check { scheme, covers } => {
                if check.replace((start, *scheme, covers)).is_some() {
                    return Err(GrammarMistake::SeveralChecks);
                }
                start += count;
                continue;
            }
        };
        if name.is_empty() {
            return Err(GrammarMistake::NoName);
        }
        // a literal may be repeated, as long as no check digit has to tell which is meant
        let literal = matches!(part, Part::Literal(_));
        if !literal && named.iter().any(|(other, ..)| *other == name) {
            return Err(GrammarMistake::NameTwice(name.to_owned()));
        }
        named.push((name, start, count, characters));
        start += count;
    }
    let Some((at, scheme, covers)) = check else {
        return Ok(None);
    };
    if covers.is_empty() {
        return Err(GrammarMistake::CoversNothing);
    }
    let mut covered = Vec::new();
    for (index, cover) in covers.iter().enumerate() {
        if covers.iter().take(index).any(|other| other == cover) {
            return Err(GrammarMistake::CoversTwice(cover.clone()));
        }
        let mut found = named.iter().filter(|(name, ..)| name == cover);
        let Some((_, first, count, characters)) = found.next() else {
            return Err(GrammarMistake::CoversUnknown(cover.clone()));
        };
        if found.next().is_some() {
            return Err(GrammarMistake::NameTwice(cover.clone()));
        }
        if characters.chars().any(|c| !scheme.covers().contains(c)) {
            return Err(GrammarMistake::CoversWrongCharacters(cover.clone()));
        }
        covered.extend(*first..first + count);
    }
    match scheme.compute(&"0".repeat(covered.len())) {
        Ok(_) | Err(CheckError::NoneExists) => Ok(Some((at, scheme, covered))),
        Err(error) => Err(GrammarMistake::Scheme(error)),
    }
}

#[cfg(test)]
#[path = "grammar_tests.rs"]
mod tests;

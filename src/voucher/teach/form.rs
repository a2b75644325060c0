//! What the numbers look like, place by place, and the grammar that says so.

use super::checks::CheckFit;
use super::content::{Learned, Print, most_common};
use super::said::{Contradiction, Gap, Guess, TeachError};
use crate::voucher::check_digit::CheckScheme;
use crate::voucher::grammar::{Grammar, MAX_DIGITS, Part};
use std::collections::BTreeSet;

/// What may stand at one place of a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The same on every voucher.
    Literal(char),
    /// One of these letters.
    Letters(String),
    Digit,
    /// Only a check character can be so: what was seen there.
    Mixed(String),
}

/// The number's places and its printed groups. A check digit is a place like any other here; which
/// it is, is said when the grammar is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    pub places: Vec<Place>,
    /// Lengths of the printed groups; empty means one group.
    pub groups: Vec<usize>,
    /// What is printed between them.
    pub separator: String,
}

/// Letters of which more were seen at one place are taken to run through the alphabet.
const FEW_LETTERS: usize = 2;

impl Form {
    /// `None` without a number.
    pub(super) fn of(
        learned: &Learned,
        guesses: &mut Vec<Guess>,
        contradictions: &mut Vec<Contradiction>,
    ) -> Option<Form> {
        let numbers: Vec<(usize, Vec<char>)> =
            learned.numbers.iter().map(|(at, text)| (*at, text.chars().collect())).collect();
        let length = numbers.first()?.1.len();
        let odd = odd_characters(&numbers, length);
        let believed = || numbers.iter().filter(|(at, _)| odd.iter().all(|it| it.sample() != *at));
        let seen = |place: usize| -> BTreeSet<char> {
            believed().filter_map(|(_, number)| number.get(place)).copied().collect()
        };
        let mut places: Vec<Place> = (0..length).map(|at| place(at, &seen(at), guesses)).collect();
        let constant: Vec<Option<char>> = (0..length)
            .map(|at| seen(at).first().copied().filter(|_| seen(at).len() == 1))
            .collect();
        contradictions.extend(odd);
        fix_digits(&mut places, &constant, guesses);
        same_start(&places, &constant, numbers.len(), guesses);
        let (groups, separator) = printed_groups(&learned.prints, length, guesses);
        Some(Form { places, groups, separator })
    }

    /// Characters of a number.
    #[expect(clippy::len_without_is_empty, reason = "a number has always a character")]
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// What no grammar can say.
    pub(super) fn gaps(&self, check: Option<&CheckFit>) -> Vec<Gap> {
        let places = self.places.iter().enumerate();
        places
            .filter(|(at, _)| check.is_none_or(|check| check.place != *at))
            .filter_map(|(position, place)| match place {
                Place::Mixed(seen) => match seen.chars().find(|c| !c.is_ascii_alphanumeric()) {
                    Some(found) => Some(Gap::Character { position, found }),
                    None => Some(Gap::Mixed { position, seen: seen.clone() }),
                },
                Place::Literal(found) if !found.is_ascii_alphanumeric() => {
                    Some(Gap::Character { position, found: *found })
                }
                _ => None,
            })
            .collect()
    }

    /// For people: the letters that never change, `#` for a digit, `*` for the check digit, and the
    /// letters of a place in brackets.
    pub fn pattern(&self, check: Option<&CheckFit>) -> String {
        let mut pattern = String::new();
        for (at, place) in self.places.iter().enumerate() {
            match place {
                _ if check.is_some_and(|check| check.place == at) => pattern.push('*'),
                Place::Literal(only) => pattern.push(*only),
                Place::Digit => pattern.push('#'),
                Place::Letters(of) if of.len() == 26 => pattern.push_str("[A-Z]"),
                Place::Letters(of) | Place::Mixed(of) => pattern.push_str(&format!("[{of}]")),
            }
        }
        pattern
    }

    /// The grammar, with the check digit if there is one.
    pub fn grammar(&self, check: Option<&CheckFit>) -> Result<Grammar, TeachError> {
        if let Some(gap) = self.gaps(check).into_iter().next() {
            return Err(TeachError::Gap(gap));
        }
        let segments = self.segments(check);
        let digits = |it: &&Segment| matches!(it.place, Place::Digit) && !it.check;
        let longest = segments.iter().filter(digits).map(|it| it.count).max().unwrap_or(0);
        let (mut serial, mut no) = (false, 0);
        let mut name = |word: &str, count: usize| {
            if word == "digits" && count == longest && !serial {
                serial = true;
                return "serial".to_owned();
            }
            no += 1;
            format!("{word}{no}")
        };
        let mut parts = Vec::new();
        let mut covers = Vec::new();
        for segment in segments {
            let (part, called) = match segment.place {
                _ if segment.check => match check {
                    Some(check) => {
                        let (scheme, covers) = (check.scheme, Vec::new());
                        parts.push(Part::Check { scheme, covers });
                        continue;
                    }
                    None => continue,
                },
                Place::Literal(_) => (Part::Literal(segment.text.clone()), segment.text),
                Place::Letters(of) => {
                    let name = name("letters", segment.count);
                    (Part::Letters { of, count: segment.count, name: name.clone() }, name)
                }
                Place::Digit | Place::Mixed(_) => {
                    let name = name("digits", segment.count);
                    (Part::Digits { count: segment.count, name: name.clone() }, name)
                }
            };
            parts.push(part);
            if segment.covered {
                covers.push(called);
            }
        }
        if let Some(Part::Check { covers: empty, .. }) =
            parts.iter_mut().find(|part| matches!(part, Part::Check { .. }))
        {
            *empty = covers;
        }
        // This scheme's check character may itself be a hyphen or a space.
        let blurs = check.is_some_and(|it| it.scheme == CheckScheme::Code39Modulus43);
        let separator = if blurs { "" } else { &self.separator };
        Ok(Grammar::new(parts, self.groups.clone(), separator)?)
    }

    /// Neighbours that go into one part of the grammar.
    fn segments(&self, check: Option<&CheckFit>) -> Vec<Segment> {
        let mut segments: Vec<Segment> = Vec::new();
        for (at, place) in self.places.iter().enumerate() {
            let is_check = check.is_some_and(|check| check.place == at);
            let covered = check.is_some_and(|check| check.cover.contains(&at));
            let text = match place {
                Place::Literal(only) => only.to_string(),
                _ => String::new(),
            };
            match segments.last_mut() {
                Some(last)
                    if !last.check
                        && !is_check
                        && last.covered == covered
                        && joins(&last.place, place) =>
                {
                    last.count += 1;
                    last.text.push_str(&text);
                }
                _ => segments.push(Segment {
                    place: place.clone(),
                    text,
                    count: 1,
                    check: is_check,
                    covered,
                }),
            }
        }
        segments
    }
}

struct Segment {
    place: Place,
    /// Of a literal.
    text: String,
    count: usize,
    check: bool,
    covered: bool,
}

fn joins(one: &Place, two: &Place) -> bool {
    match (one, two) {
        (Place::Literal(_), Place::Literal(_)) | (Place::Digit, Place::Digit) => true,
        (Place::Letters(one), Place::Letters(two)) => one == two,
        _ => false,
    }
}

/// What stands at one place, by what was seen there. Letters that never changed are the scheme's;
/// digits are left open even where they never changed, because serials begin alike.
fn place(position: usize, seen: &BTreeSet<char>, guesses: &mut Vec<Guess>) -> Place {
    let all: String = seen.iter().collect();
    if seen.iter().all(char::is_ascii_digit) {
        return Place::Digit;
    }
    if !seen.iter().all(char::is_ascii_uppercase) {
        return match (seen.first(), seen.len()) {
            (Some(only), 1) => Place::Literal(*only),
            _ => Place::Mixed(all),
        };
    }
    match (seen.first(), seen.len()) {
        (Some(only), 1) => Place::Literal(*only),
        (_, count) => {
            let allowed: String =
                if count > FEW_LETTERS { ('A'..='Z').collect() } else { all.clone() };
            guesses.push(Guess::Letters { position, seen: all, allowed: allowed.clone() });
            Place::Letters(allowed)
        }
    }
}

/// Samples that alone have a digit where all others have a letter, or the other way round. At the
/// last place a check character may be so.
fn odd_characters(numbers: &[(usize, Vec<char>)], length: usize) -> Vec<Contradiction> {
    let mut odd = Vec::new();
    if numbers.len() < 3 {
        return odd;
    }
    for position in 0..length.saturating_sub(1) {
        for (digits, want) in [(true, "letters"), (false, "digits")] {
            let mut unlike = numbers.iter().filter_map(|(at, number)| {
                let found = *number.get(position)?;
                let is = if digits { found.is_ascii_digit() } else { !found.is_ascii_digit() };
                is.then_some((*at, number, found))
            });
            if let (Some((sample, number, found)), None) = (unlike.next(), unlike.next()) {
                let text = number.iter().collect();
                odd.push(Contradiction::Character { sample, text, position, found, want });
            }
        }
    }
    odd
}

/// Too many digits for a serial: those that never changed become fixed, from the left.
fn fix_digits(places: &mut [Place], constant: &[Option<char>], guesses: &mut Vec<Guess>) {
    let mut open = places.iter().filter(|place| **place == Place::Digit).count();
    let mut digits = String::new();
    for (place, constant) in places.iter_mut().zip(constant) {
        if let (Place::Digit, Some(only)) = (&place, constant)
            && open > MAX_DIGITS
        {
            digits.push(*only);
            *place = Place::Literal(*only);
            open -= 1;
        }
    }
    if !digits.is_empty() {
        guesses.push(Guess::FixedDigits { digits });
    }
}

/// Digits at the beginning that never changed, if enough vouchers were seen to wonder.
fn same_start(
    places: &[Place],
    constant: &[Option<char>],
    samples: usize,
    guesses: &mut Vec<Guess>,
) {
    let start = places.iter().zip(constant).skip_while(|(place, _)| **place != Place::Digit);
    let digits: String =
        start.map_while(|(place, constant)| constant.filter(|_| *place == Place::Digit)).collect();
    if samples > 2 && !digits.is_empty() {
        guesses.push(Guess::SameDigits { digits });
    }
}

/// Groups and separator, if all prints that were read whole agree.
fn printed_groups(
    prints: &[(usize, Print)],
    length: usize,
    guesses: &mut Vec<Guess>,
) -> (Vec<usize>, String) {
    let whole: Vec<&(usize, Print)> =
        prints.iter().filter(|(_, print)| print.compact.chars().count() == length).collect();
    let Some((_, first)) = whole.first() else {
        return (Vec::new(), String::new());
    };
    if whole.iter().any(|(_, print)| print.groups != first.groups) {
        let seen = whole.iter().map(|(at, print)| (*at, print.groups.clone())).collect();
        guesses.push(Guess::Groups { seen });
        return (Vec::new(), String::new());
    }
    if first.groups.len() < 2 {
        return (Vec::new(), String::new());
    }
    // How wide a gap is does not matter, only what fills it.
    let separators = whole.iter().filter_map(|(_, print)| print.separator.as_deref());
    let shape = |text: &str| if text.contains('-') { "-" } else { " " };
    let separator = most_common(separators.map(shape)).unwrap_or(" ");
    (first.groups.clone(), separator.to_owned())
}

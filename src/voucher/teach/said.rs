//! What a proposal says to people: contradictions, gaps, guesses and errors, each in plain words that
//! say what to do. Samples and positions count from 1 in words, from 0 in data.

use super::checks::{CheckFit, Standing};
use crate::voucher::Symbology;
use crate::voucher::barcode::ContentPart;
use crate::voucher::check_digit::CheckScheme;
use crate::voucher::grammar::GrammarMistake;
use crate::voucher::profile_file::Problem;
use std::collections::BTreeMap;
use std::fmt;

/// Why there is no proposal or no profile.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum TeachError {
    #[error("there is no sample; show at least two vouchers with different numbers")]
    NoSamples,
    #[error(
        "neither a barcode nor a number was read on any sample; lay each voucher flat and whole on a plain ground, in even light"
    )]
    NothingRead,
    #[error(transparent)]
    Gap(#[from] Gap),
    #[error("the number can't be written down: {mistake}; {}", mistake.mend())]
    Grammar {
        #[from]
        mistake: GrammarMistake,
    },
    #[error("there is no layout yet; show some vouchers first")]
    NoLayout,
    #[error("there is no kind of voucher; name each with its face value")]
    NoKind,
    /// What `profile check` would say; the first is told.
    #[error("the profile would be refused: {}", first(.0))]
    Profile(Vec<Problem>),
}

fn first(problems: &[Problem]) -> String {
    problems.first().map(|it| format!("{}; {}", it.mistake, it.mistake.mend())).unwrap_or_default()
}

/// What a proposal still lacks.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Gap {
    #[error("it isn't known where the number is printed; draw its box")]
    NumberArea,
    #[error("it isn't known where the barcode is; draw its box")]
    BarcodeArea,
    #[error(
        "position {} holds letters on some vouchers and digits on others ({seen}), which a profile can't say; if one was misread, take its sample out", position + 1
    )]
    Mixed { position: usize, seen: String },
    #[error(
        "position {} holds '{found}', but a number has only letters A to Z and digits; if a check digit is there, show more vouchers to prove it", position + 1
    )]
    Character { position: usize, found: char },
}

/// Two samples can't both be right, or a sample shows nothing.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Contradiction {
    #[error(
        "sample {}: neither a barcode nor a number was read; show it again, flat and in even light", sample + 1
    )]
    NothingRead { sample: usize },
    #[error(
        "sample {}: it is like no other sample: {unlike}; take it out, or show more vouchers of its sort", sample + 1
    )]
    Alone { sample: usize, unlike: Unlike },
    #[error(
        "sample {}: its barcode says {text:?}, which has not the form of the others ({part}); take it out, or show more of its sort", sample + 1
    )]
    Content { sample: usize, text: String, part: String },
    #[error(
        "sample {}: its number {text} has {got} characters, the others have {want}; take it out, or show more of its sort", sample + 1
    )]
    Length { sample: usize, text: String, got: usize, want: usize },
    #[error(
        "sample {}: the print says {print}, the barcode {barcode}; look at the paper, and take it out if it was misread", sample + 1
    )]
    PrintDiffers { sample: usize, print: String, barcode: String },
    #[error(
        "sample {}: the print has {got:?} before the barcode's number, the others have {want:?}; teach each prefix as a layout of its own", sample + 1
    )]
    Prefix { sample: usize, got: String, want: String },
    #[error(
        "sample {}: at position {} of {text} stands '{found}', where the others have {want}; look at the paper, and take it out if it was misread", sample + 1, position + 1
    )]
    Character { sample: usize, text: String, position: usize, found: char, want: &'static str },
    #[error(
        "sample {}: by {scheme} its check digit should be {want}, but it is {found} in {text}; the check digits of all others are right, so look at the paper", sample + 1
    )]
    CheckDigit { sample: usize, text: String, scheme: &'static str, want: char, found: char },
    #[error(
        "sample {}: its barcode is in another place than on the others; take it out, or show more of its sort", sample + 1
    )]
    BarcodePlace { sample: usize },
    #[error(
        "sample {}: its number is in another place than on the others; take it out, or correct its box", sample + 1
    )]
    NumberPlace { sample: usize },
}

impl Contradiction {
    /// The sample that it is about.
    pub fn sample(&self) -> usize {
        match self {
            Contradiction::NothingRead { sample }
            | Contradiction::Alone { sample, .. }
            | Contradiction::Content { sample, .. }
            | Contradiction::Length { sample, .. }
            | Contradiction::PrintDiffers { sample, .. }
            | Contradiction::Prefix { sample, .. }
            | Contradiction::Character { sample, .. }
            | Contradiction::CheckDigit { sample, .. }
            | Contradiction::BarcodePlace { sample }
            | Contradiction::NumberPlace { sample } => *sample,
        }
    }

    /// Whether it only says that a sample shows nothing; the others may still agree.
    pub fn is_nothing_read(&self) -> bool {
        matches!(self, Contradiction::NothingRead { .. })
    }
}

/// How a sample that stands alone differs from the others.
#[derive(Clone, Debug, PartialEq)]
pub enum Unlike {
    /// Symbologies; `None` is a sample without barcode.
    Symbology { is: Option<Symbology>, others: Option<Symbology> },
    /// The face's size.
    Size,
    /// Where its barcode is, or what form its number has.
    Place,
}

impl fmt::Display for Unlike {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = |symbology: &Option<Symbology>| symbology.map_or("no barcode", Symbology::word);
        match self {
            Unlike::Symbology { is, others } => {
                write!(f, "it has {}, where others have {}", word(is), word(others))
            }
            Unlike::Size => f.write_str("its face has another size"),
            Unlike::Place => f.write_str("its barcode or number is in another place"),
        }
    }
}

/// What the proposal takes to be so without proof; the person looks at each.
#[derive(Clone, Debug, PartialEq)]
pub enum Guess {
    /// One voucher can't tell what changes from voucher to voucher.
    OneSample,
    /// Two samples show the same number, which counts once.
    SameNumber { samples: Vec<usize>, number: String },
    /// Letters change here; these were seen, and these are let pass.
    Letters { position: usize, seen: String, allowed: String },
    /// Digits that were the same on all samples are left open, as numbers mostly begin alike.
    SameDigits { digits: String },
    /// The same, but there are too many digits, so these are taken as fixed.
    FixedDigits { digits: String },
    /// The print has these characters before what the barcode says, on so many samples.
    PrefixFromPrint { prefix: String, samples: usize },
    /// Two parts of the content could be the number; the first is taken.
    Part { taken: ContentPart, other: ContentPart },
    /// Codabar's start and stop letters differ from sample to sample, so any are let pass.
    StartStop,
    /// Nothing printed was read, so a prefix and the printed groups aren't known.
    NoPrint,
    /// The printed groups differ from sample to sample, so none are taken.
    Groups { seen: Vec<(usize, Vec<usize>)> },
    /// This sample's barcode was not read, its number is the print's.
    BarcodeUnread { sample: usize },
}

impl fmt::Display for Guess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Guess::OneSample => f.write_str(
                "one number can't tell what changes from voucher to voucher; show at least one more",
            ),
            Guess::SameNumber { samples, number } => {
                let samples: Vec<String> = samples.iter().map(|it| (it + 1).to_string()).collect();
                write!(
                    f,
                    "samples {} show the same number {number}, so they count as one",
                    samples.join(" and ")
                )
            }
            Guess::Letters { position, seen, allowed } => write!(
                f,
                "at position {} stood {}; let pass {}: add or take out what your vouchers have",
                position + 1,
                spaced(seen),
                if allowed.len() == 26 { "is any letter".into() } else { format!("are {allowed}") }
            ),
            Guess::SameDigits { digits } => write!(
                f,
                "all samples begin with the digits {digits}; they are left open, in case others begin otherwise"
            ),
            Guess::FixedDigits { digits } => write!(
                f,
                "the digits {digits} are taken to be the same on every voucher, because a number may have at most 19 that change"
            ),
            Guess::PrefixFromPrint { prefix, samples } => write!(
                f,
                "the print has {prefix} before what the barcode says (seen on {samples}); taken to be so on every voucher"
            ),
            Guess::Part { taken, other } => write!(
                f,
                "the number in the barcode is taken to be {}; it could be {}",
                words_of(taken),
                words_of(other)
            ),
            Guess::StartStop => f.write_str(
                "the start and stop letters of the barcode differ from voucher to voucher, so any are let pass",
            ),
            Guess::NoPrint => f.write_str(
                "nothing printed was read: if the print has a prefix or groups that the barcode has not, add them",
            ),
            Guess::Groups { seen } => {
                let seen: Vec<String> = seen
                    .iter()
                    .map(|(sample, groups)| {
                        let groups: Vec<String> = groups.iter().map(usize::to_string).collect();
                        format!("{} on sample {}", groups.join("-"), sample + 1)
                    })
                    .collect();
                write!(f, "the printed groups were read as {}; none are taken", seen.join(", "))
            }
            Guess::BarcodeUnread { sample } => write!(
                f,
                "sample {}: its barcode was not read, so only its print counts",
                sample + 1
            ),
        }
    }
}

fn spaced(letters: &str) -> String {
    letters.chars().map(String::from).collect::<Vec<_>>().join(" and ")
}

impl fmt::Display for CheckFit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.scheme.word())?;
        match self.scheme {
            CheckScheme::Modulus11 { low, high, rule } => {
                write!(f, " (weights {low} to {high}, rule {})", rule.word())?;
            }
            CheckScheme::Nw7Modulus16 { start, stop } => write!(f, " (with {start} and {stop})")?,
            _ => {}
        }
        write!(f, " at position {} over {}", self.place + 1, runs(&self.cover))
    }
}

/// Positions from 1, neighbours as "2 to 10".
fn runs(places: &[usize]) -> String {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for place in places {
        match runs.last_mut() {
            Some((_, last)) if *last == *place => *last += 1,
            _ => runs.push((place + 1, place + 1)),
        }
    }
    let words = runs.iter().map(|(first, last)| match first == last {
        true => first.to_string(),
        false => format!("{first} to {last}"),
    });
    words.collect::<Vec<_>>().join(" and ")
}

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Standing::NoneFits => f.write_str("no check digit that is known fits all samples"),
            Standing::Proven => f.write_str("proven"),
            Standing::NotProven { more: 1 } => {
                f.write_str("not proven: it may be chance; one more number would prove it")
            }
            Standing::NotProven { more } => {
                write!(f, "not proven: it may be chance; {more} more numbers would prove it")
            }
            Standing::Several { fits, more } => write!(
                f,
                "one of the first {fits}: they differ on few numbers only; about {more} more would tell which, or the printer's papers do"
            ),
        }
    }
}

/// A part of a barcode's content in words.
pub fn words_of(part: &ContentPart) -> String {
    match part {
        ContentPart::Whole => "the whole content".to_owned(),
        ContentPart::Query(field) => format!("the field {field:?} of the web address"),
        ContentPart::LastSegment => "the last segment of the web address".to_owned(),
        ContentPart::After(before) => format!("what follows {before:?}"),
    }
}

/// Numbers that were shown more than once.
pub(super) fn same_numbers(numbers: &[(usize, String)]) -> Vec<Guess> {
    let mut by_number: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (sample, number) in numbers {
        by_number.entry(number).or_default().push(*sample);
    }
    by_number
        .into_iter()
        .filter(|(_, samples)| samples.len() > 1)
        .map(|(number, samples)| Guess::SameNumber { samples, number: number.to_owned() })
        .collect()
}

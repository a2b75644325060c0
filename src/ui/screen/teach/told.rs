//! What a proposal says, in the window's words. Samples and places count from 1.

use super::model::NotYet;
use crate::ui::lesson::{KeepFault, SampleFault};
use crate::ui::refusals;
use crate::ui::words::Words;
use crate::voucher::barcode::ContentPart;
use crate::voucher::check_digit::CheckScheme;
use crate::voucher::teach::{
    CheckFit, Contradiction, Form, Gap, Guess, Place, Standing, TeachError,
};

pub(super) fn fault(words: &Words, fault: &SampleFault) -> String {
    match fault {
        SampleFault::NotThere => words.teach_fault_not_there(),
        SampleFault::NoPictures => words.teach_fault_no_pictures(),
        SampleFault::NotAPicture => words.teach_fault_not_a_picture(),
        SampleFault::TooLarge => words.teach_fault_too_large(),
        SampleFault::Broken => words.teach_fault_broken(),
        SampleFault::OfKind(kind) => refusals::no_sheet(words, *kind),
        SampleFault::Unreadable(why) => words.fault(why),
        SampleFault::NoCamera => words.teach_fault_no_camera(),
    }
}

pub(super) fn keep_fault(words: &Words, fault: &KeepFault) -> String {
    match fault {
        KeepFault::AlreadyThere(path) => words.teach_keep_already(path.display().to_string()),
        KeepFault::NoFolder(path) => words.teach_keep_no_folder(path.display().to_string()),
        KeepFault::Wrong(problem) => words.teach_bad_profile(words.problem(problem)),
        KeepFault::Failed(why) => words.fault(why),
    }
}

/// `sample`: where the screen shows the sample that a proposal names.
pub(super) fn not_yet(
    words: &Words,
    not_yet: &NotYet,
    looking: usize,
    sample: &dyn Fn(usize) -> usize,
) -> String {
    match not_yet {
        NotYet::Size => words.teach_need_size(),
        NotYet::Looking => words.teach_need_looking(looking),
        NotYet::Name => words.teach_need_name(),
        NotYet::Id => words.teach_need_id(),
        NotYet::Kinds => words.teach_need_kinds(),
        NotYet::OneNumber => words.teach_need_another(),
        NotYet::Contradiction(it) => {
            let no = sample(it.sample());
            format!("{}: {}", words.teach_sample(no), contradiction(words, it))
        }
        NotYet::Gap(it) => gap(words, it),
        NotYet::Teach(error) => match error {
            TeachError::NoSamples | TeachError::NoLayout => words.teach_need_samples(),
            TeachError::NothingRead => words.teach_need_readable(),
            TeachError::Gap(it) => gap(words, it),
            TeachError::NoKind => words.teach_need_kinds(),
            TeachError::Grammar { mistake } => {
                words.teach_bad_number(words.number_mistake(mistake))
            }
            TeachError::Profile(problems) => {
                let first = problems.first().map(|it| words.mistake(&it.mistake));
                words.teach_bad_profile(first.unwrap_or_default())
            }
        },
    }
}

pub(super) fn gap(words: &Words, gap: &Gap) -> String {
    match gap {
        Gap::NumberArea => words.teach_gap_number_area(),
        Gap::BarcodeArea => words.teach_gap_barcode_area(),
        Gap::Mixed { position, seen } => words.teach_gap_mixed(position + 1, seen),
        Gap::Character { position, found } => {
            words.teach_gap_character(position + 1, found.to_string())
        }
    }
}

pub(super) fn contradiction(words: &Words, told: &Contradiction) -> String {
    match told {
        Contradiction::NothingRead { .. } => words.teach_not_nothing_read(),
        Contradiction::Alone { .. } => words.teach_not_alone(),
        Contradiction::Content { text, .. } => words.teach_not_content(text),
        Contradiction::Length { text, got, want, .. } => words.teach_not_length(text, got, want),
        Contradiction::PrintDiffers { print, barcode, .. } => words.teach_not_print(print, barcode),
        Contradiction::Prefix { got, want, .. } => words.teach_not_prefix(got, want),
        Contradiction::Character { text, position, found, .. } => {
            words.teach_not_character(position + 1, text, found.to_string())
        }
        Contradiction::CheckDigit { text, scheme, want, found, .. } => {
            words.teach_not_check(*scheme, want.to_string(), found.to_string(), text)
        }
        Contradiction::BarcodePlace { .. } => words.teach_not_barcode_place(),
        Contradiction::NumberPlace { .. } => words.teach_not_number_place(),
    }
}

/// `sample`: as in [`not_yet`].
pub(super) fn guess(words: &Words, guess: &Guess, sample: &dyn Fn(usize) -> usize) -> String {
    match guess {
        Guess::OneSample => words.teach_guess_one_sample(),
        Guess::SameNumber { samples, number } => {
            let samples: Vec<String> = samples.iter().map(|at| sample(*at).to_string()).collect();
            words.teach_guess_same_number(samples.join(&words.list_comma()), number)
        }
        Guess::Letters { position, seen, allowed } => {
            let allowed = letters(words, allowed);
            words.teach_guess_letters(position + 1, spaced(seen), allowed)
        }
        Guess::SameDigits { digits } => words.teach_guess_same_digits(digits),
        Guess::FixedDigits { digits } => words.teach_guess_fixed_digits(digits),
        Guess::PrefixFromPrint { prefix, samples } => words.teach_guess_prefix(prefix, samples),
        Guess::Part { taken, other } => {
            words.teach_guess_part(part(words, taken), part(words, other))
        }
        Guess::StartStop => words.teach_guess_start_stop(),
        Guess::NoPrint => words.teach_guess_no_print(),
        Guess::Groups { .. } => words.teach_guess_groups(),
        Guess::BarcodeUnread { sample: at } => words.teach_guess_barcode_unread(sample(*at)),
    }
}

pub(super) fn part(words: &Words, part: &ContentPart) -> String {
    match part {
        ContentPart::Whole => words.teach_part_whole(),
        ContentPart::Query(field) => words.teach_part_query(field),
        ContentPart::LastSegment => words.teach_part_segment(),
        ContentPart::After(before) => words.teach_part_after(before),
    }
}

pub(super) fn standing(words: &Words, standing: Standing) -> String {
    match standing {
        Standing::NoneFits => words.teach_check_none_fits(),
        Standing::Proven => words.teach_check_proven(),
        Standing::NotProven { more } => words.teach_check_not_proven(more),
        Standing::Several { fits, more } => words.teach_check_several(fits, more),
    }
}

/// The scheme by its own name, which is the same in every language, and where it stands.
pub(super) fn check(words: &Words, fit: &CheckFit) -> String {
    let scheme = match fit.scheme {
        CheckScheme::Modulus11 { low, high, rule } => {
            format!("{} ({low}–{high}, {})", fit.scheme.word(), rule.word())
        }
        scheme => scheme.word().to_owned(),
    };
    words.teach_check_is(scheme, fit.place + 1, runs(&fit.cover))
}

/// What may stand at a place.
pub(super) fn place(words: &Words, place: &Place) -> String {
    match place {
        Place::Literal(only) => words.teach_place_fixed(only.to_string()),
        Place::Digit => words.teach_place_digit(),
        Place::Letters(of) => letters(words, of),
        Place::Mixed(seen) => words.teach_place_mixed(spaced(seen)),
    }
}

/// The form in its groups, a sign a place: a letter or digit that never changes, # any digit, ? one of several, C
/// the check digit.
pub(super) fn signs(form: &Form, check: Option<&CheckFit>) -> Vec<char> {
    let sign = |(at, place): (usize, &Place)| match place {
        _ if check.is_some_and(|check| check.place == at) => 'C',
        Place::Literal(only) => *only,
        Place::Digit => '#',
        Place::Letters(_) | Place::Mixed(_) => '?',
    };
    form.places.iter().enumerate().map(sign).collect()
}

fn letters(words: &Words, of: &str) -> String {
    if of.len() == 26 {
        words.teach_place_any_letter()
    } else {
        words.teach_place_letters(spaced(of))
    }
}

fn spaced(characters: &str) -> String {
    characters.chars().map(String::from).collect::<Vec<_>>().join(" ")
}

/// Places from 1, neighbours as 2–10.
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
        false => format!("{first}–{last}"),
    });
    words.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_that_are_neighbours_are_one_run() {
        assert_eq!(runs(&[1, 2, 3, 5, 8, 9]), "2–4, 6, 9–10");
        assert_eq!(runs(&[]), "");
    }
}

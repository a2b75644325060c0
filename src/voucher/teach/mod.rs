//! A new scheme out of a few sample vouchers, so that it needs no programmer.
//!
//! A person shows vouchers; the reader says what it saw on each ([`Sample`]); [`propose`] says what a
//! layout that has them all looks like: barcode, number, check digit, boxes. A proposal tells what is
//! proven, what is a guess and what is still missing. Samples that contradict each other are named,
//! never averaged away. The person changes what is wrong ([`ByHand`]), and [`profile`] makes the
//! profile of it.
//!
//! `seen` picks the number's barcode and line, `alike` sorts the samples, `content` finds the number in
//! the barcode, `form` what numbers look like, `checks` the check digit, `boxes` and `lines` where
//! things are, `scheme` the profile.

mod alike;
mod boxes;
mod by_hand;
mod checks;
mod content;
mod form;
mod lines;
#[cfg(test)]
mod property_tests;
mod said;
mod scheme;
mod seen;
#[cfg(test)]
mod tests;

pub use by_hand::{ByHand, CheckChoice, fits};
pub use checks::{CheckFit, Checks, Standing};
pub use form::{Form, Place};
pub use lines::{Coded, Line};
pub use said::{Contradiction, Gap, Guess, TeachError, Unlike, words_of};
pub use scheme::{Scheme, id_of, kind, profile};
pub use seen::{Seen, samples};

use super::barcode::BarcodeRule;
use super::grammar::Grammar;
use super::profile::{Area, KindRule};
use super::{BarcodeFinding, KindId, Layout, LayoutId};

/// What was seen on one voucher that a person showed.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    pub barcode: Option<BarcodeFinding>,
    /// The printed number as it was read without any grammar, with its spaces and hyphens.
    pub printed: Option<String>,
    /// Width and height of the face in millimetres.
    pub face_mm: (f32, f32),
    pub barcode_area: Option<Area>,
    pub number_area: Option<Area>,
}

/// All that the samples tell. Samples are named by their places in what was given, from 0.
#[derive(Clone, Debug, PartialEq)]
pub struct Taught {
    /// One proposal for each sort of samples, the one with the most samples first.
    pub layouts: Vec<LayoutProposal>,
    /// What can't be true of one scheme; each is to be cleared up by a person.
    pub contradictions: Vec<Contradiction>,
}

/// A layout as far as the samples tell. Everything in it may be changed by a person.
#[derive(Clone, Debug, PartialEq)]
pub struct LayoutProposal {
    /// The samples that it is made from.
    pub samples: Vec<usize>,
    /// The number of each sample, in canonical form; repeated if a voucher was shown twice.
    pub numbers: Vec<(usize, String)>,
    pub size_mm: (f32, f32),
    /// `None` if the samples have no barcode.
    pub barcode: Option<BarcodeRule>,
    pub barcode_area: Option<Area>,
    pub number_area: Option<Area>,
    pub form: Form,
    /// Check digit schemes that fit all samples.
    pub checks: Checks,
    /// Which of `checks.fits` is taken; at first the best, if it is proven.
    pub check: Option<usize>,
    /// The kind of all its vouchers; `None` if that isn't known.
    pub kind: Option<KindId>,
    pub guesses: Vec<Guess>,
}

/// What the samples have in common. No samples at all, or none on which anything was read, is an
/// error; everything else is told in what comes back.
pub fn propose(samples: &[Sample]) -> Result<Taught, TeachError> {
    if samples.is_empty() {
        return Err(TeachError::NoSamples);
    }
    let mut contradictions = Vec::new();
    let groups = alike::groups(samples, &mut contradictions);
    if groups.is_empty() && contradictions.iter().all(Contradiction::is_nothing_read) {
        return Err(TeachError::NothingRead);
    }
    let mut layouts: Vec<LayoutProposal> =
        groups.iter().filter_map(|group| of_group(samples, group, &mut contradictions)).collect();
    layouts.sort_by_key(|layout| std::cmp::Reverse(layout.samples.len()));
    contradictions.sort_by_key(Contradiction::sample);
    Ok(Taught { layouts, contradictions })
}

/// `None` if nothing of the group can be believed; then the contradictions say why.
fn of_group(
    samples: &[Sample],
    group: &[usize],
    contradictions: &mut Vec<Contradiction>,
) -> Option<LayoutProposal> {
    let mut guesses = Vec::new();
    let learned = content::learn(samples, group, &mut guesses, contradictions);
    let form = Form::of(&learned, &mut guesses, contradictions)?;
    let numbers: Vec<(usize, String)> = learned
        .numbers
        .into_iter()
        .filter(|(sample, _)| !contradictions.iter().any(|it| it.sample() == *sample))
        .collect();
    let ends = learned.rule.as_ref().and_then(|rule| rule.start_stop);
    let by_symbology = learned.rule.as_ref().is_some_and(content::checked_by_symbology);
    let checks = checks::search(&form, &numbers, ends, by_symbology, contradictions);
    let check = (checks.standing() == Standing::Proven).then_some(0);
    let first = samples.get(*group.first()?)?;
    let size_mm = first.face_mm;
    let barcode_area = boxes::barcode_area(samples, group, size_mm, contradictions);
    let number_area = boxes::number_area(samples, group, size_mm, contradictions);
    guesses.extend(said::same_numbers(&numbers));
    if numbers.len() < 2 {
        guesses.push(Guess::OneSample);
    }
    Some(LayoutProposal {
        samples: group.to_vec(),
        numbers,
        size_mm,
        barcode_area: barcode_area.filter(|_| learned.rule.is_some()),
        barcode: learned.rule,
        number_area,
        form,
        checks,
        check,
        kind: None,
        guesses,
    })
}

impl LayoutProposal {
    /// The check digit that is taken.
    pub fn check_taken(&self) -> Option<&CheckFit> {
        self.checks.fits.get(self.check?)
    }

    /// What is still missing before this can be a layout; empty if nothing is.
    pub fn gaps(&self) -> Vec<Gap> {
        let mut gaps = self.form.gaps(self.check_taken());
        if self.number_area.is_none() {
            gaps.push(Gap::NumberArea);
        }
        if self.barcode.is_some() && self.barcode_area.is_none() {
            gaps.push(Gap::BarcodeArea);
        }
        gaps
    }

    /// The number's grammar with the check digit that is taken.
    pub fn grammar(&self) -> Result<Grammar, TeachError> {
        self.form.grammar(self.check_taken())
    }

    /// The layout, if nothing is missing.
    pub fn layout(&self, id: LayoutId, kind: KindRule) -> Result<Layout, TeachError> {
        if let Some(gap) = self.gaps().into_iter().next() {
            return Err(TeachError::Gap(gap));
        }
        let barcode = self.barcode.clone().zip(self.barcode_area);
        Ok(Layout {
            id,
            kind,
            size_mm: self.size_mm,
            number: self.grammar()?,
            number_area: self.number_area.ok_or(Gap::NumberArea)?,
            barcode,
            second: None,
            kind_area: None,
        })
    }
}

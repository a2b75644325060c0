//! What a person changes in a proposal. It is kept apart from it, so that it stays when more vouchers
//! are shown and the proposal is made anew.

use super::checks::CheckFit;
use super::{LayoutProposal, Place};
use crate::voucher::KindId;
use crate::voucher::check_digit::CheckScheme;
use crate::voucher::profile::Area;
use std::collections::{BTreeMap, BTreeSet};

/// Changes to one layout; what is `None` or not there is left as it was proposed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ByHand {
    /// What stands at these places, of a number with `length` characters.
    pub places: BTreeMap<usize, Place>,
    pub length: usize,
    /// Lengths of the printed groups; empty means one group.
    pub groups: Option<Vec<usize>>,
    pub check: Option<CheckChoice>,
    pub number_area: Option<Area>,
    pub barcode_area: Option<Area>,
    /// `Some(None)`: the operator sorts the kinds.
    pub kind: Option<Option<KindId>>,
}

/// Which check digit a person wants.
#[derive(Clone, Debug, PartialEq)]
pub enum CheckChoice {
    None,
    /// This scheme at this place over these.
    Scheme(CheckScheme, usize, Vec<usize>),
}

impl CheckChoice {
    pub fn of(fit: &CheckFit) -> CheckChoice {
        CheckChoice::Scheme(fit.scheme, fit.place, fit.cover.clone())
    }

    fn is(&self, fit: &CheckFit) -> bool {
        matches!(self, CheckChoice::Scheme(scheme, place, cover)
            if *scheme == fit.scheme && *place == fit.place && *cover == fit.cover)
    }
}

impl ByHand {
    /// Changes the proposal. What does not fit it any more (a place of a number that now has another
    /// length, a check digit that the newer samples disprove) is left out.
    pub fn put_on(&self, layout: &mut LayoutProposal) {
        let same_length = self.length == layout.form.len();
        for (at, place) in self.places.iter().filter(|_| same_length) {
            if layout.may_stand(*at).contains(place)
                && let Some(now) = layout.form.places.get_mut(*at)
            {
                now.clone_from(place);
            }
        }
        if let Some(groups) = &self.groups
            && fits(groups, layout.form.len())
        {
            layout.form.groups.clone_from(groups);
        }
        match &self.check {
            Some(CheckChoice::None) => layout.check = None,
            Some(choice) => {
                let at = layout.checks.fits.iter().position(|fit| choice.is(fit));
                layout.check = at.or(layout.check);
            }
            None => {}
        }
        layout.number_area = self.number_area.or(layout.number_area);
        if layout.barcode.is_some() {
            layout.barcode_area = self.barcode_area.or(layout.barcode_area);
        }
        if let Some(kind) = &self.kind {
            layout.kind.clone_from(kind);
        }
    }
}

/// Whether groups of these lengths hold a number of so many characters.
pub fn fits(groups: &[usize], characters: usize) -> bool {
    let can_be = |group: &usize| (1..=characters).contains(group);
    groups.is_empty()
        || groups.len() <= characters
            && groups.iter().all(can_be)
            && groups.iter().sum::<usize>() == characters
}

impl LayoutProposal {
    /// What may be said of one place of the number without contradicting a sample, what is proposed by
    /// itself first.
    pub fn may_stand(&self, at: usize) -> Vec<Place> {
        let seen: BTreeSet<char> =
            self.numbers.iter().filter_map(|(_, number)| number.chars().nth(at)).collect();
        let all: String = seen.iter().collect();
        let only = seen.first().copied().filter(|_| seen.len() == 1);
        let every = || Place::Letters(('A'..='Z').collect());
        if seen.iter().all(char::is_ascii_digit) {
            return [Some(Place::Digit), only.map(Place::Literal)].into_iter().flatten().collect();
        }
        if !seen.iter().all(char::is_ascii_uppercase) {
            return vec![Place::Mixed(all)];
        }
        match only {
            Some(only) => vec![Place::Literal(only), every()],
            None => vec![Place::Letters(all), every()],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Sample, propose};
    use super::*;
    use crate::voucher::Side;

    fn sample(text: &str) -> Sample {
        let area = Area { side: Side::Front, x: 0.5, y: 0.7, w: 0.3, h: 0.1 };
        Sample {
            barcode: None,
            printed: Some(text.to_owned()),
            face_mm: (150.0, 70.0),
            barcode_area: None,
            number_area: Some(area),
        }
    }

    fn layout(texts: &[&str]) -> LayoutProposal {
        let samples: Vec<Sample> = texts.iter().map(|text| sample(text)).collect();
        propose(&samples).unwrap().layouts.remove(0)
    }

    const NUMBERS: [&str; 4] = ["A1204", "A1317", "A1921", "B1555"];

    #[test]
    fn what_a_person_says_stays_when_more_is_shown() {
        let mut by_hand = ByHand { length: 5, ..ByHand::default() };
        by_hand.places.insert(1, Place::Literal('1'));
        by_hand.groups = Some(vec![1, 4]);
        by_hand.kind = Some(Some(KindId::new("1000")));
        for shown in 3..=4 {
            let mut layout = layout(&NUMBERS[..shown]);
            by_hand.put_on(&mut layout);
            assert_eq!(layout.form.places[1], Place::Literal('1'), "{shown}");
            assert_eq!(layout.form.groups, [1, 4]);
            assert_eq!(layout.kind, Some(KindId::new("1000")));
        }
    }

    #[test]
    fn a_sample_that_shows_otherwise_wins() {
        let mut by_hand = ByHand { length: 5, ..ByHand::default() };
        by_hand.places.insert(1, Place::Literal('1'));
        let mut layout = layout(&["A1204", "A1317", "A2921"]);
        by_hand.put_on(&mut layout);
        assert_eq!(layout.form.places[1], Place::Digit);
        // Nor does it count for numbers of another length.
        by_hand.groups = Some(vec![2, 4]);
        by_hand.put_on(&mut layout);
        assert!(layout.form.groups.is_empty());
    }

    #[test]
    fn a_place_offers_only_what_all_samples_allow() {
        let layout = layout(&NUMBERS);
        let every = Place::Letters(('A'..='Z').collect());
        assert_eq!(layout.may_stand(0), [Place::Letters("AB".to_owned()), every]);
        assert_eq!(layout.may_stand(1), [Place::Digit, Place::Literal('1')]);
        assert_eq!(layout.may_stand(2), [Place::Digit]);
    }
}

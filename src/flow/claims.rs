//! Who has which sheet before him just now. In memory only: a claim keeps two people from the same
//! crop, it decides nothing; whether a keying counts is `decide`'s business.

use super::ids::SheetId;
use super::person::PersonId;
use std::collections::BTreeMap;

/// At most one person for each sheet; a person may have many.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Claims(BTreeMap<SheetId, PersonId>);

impl Claims {
    /// Takes a sheet for a person. False if another has it; then nothing changes.
    pub fn claim(&mut self, sheet: SheetId, person: &PersonId) -> bool {
        self.0.entry(sheet).or_insert_with(|| person.clone()) == person
    }

    /// Gives back everything that this person has: another stage, signed out, or done.
    pub fn release(&mut self, person: &PersonId) {
        self.0.retain(|_, claimer| claimer != person);
    }

    pub fn claimed_by_other(&self, sheet: SheetId, person: &PersonId) -> bool {
        self.0.get(&sheet).is_some_and(|claimer| claimer != person)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow::ids::EnvelopeId;
    use proptest::prelude::*;

    #[derive(Clone, Debug)]
    enum Step {
        Claim(u32, usize),
        Release(usize),
    }

    fn step() -> impl Strategy<Value = Step> {
        prop_oneof![
            4 => (0u32..6, 0usize..3).prop_map(|(sheet, person)| Step::Claim(sheet, person)),
            1 => (0usize..3).prop_map(Step::Release),
        ]
    }

    proptest! {
        /// Whatever people do, a sheet is never two people's, and who released has nothing.
        #[test]
        fn a_sheet_is_one_persons(steps in proptest::collection::vec(step(), 0..60)) {
            let people = ["a", "b", "c"].map(|id| PersonId::new(id).unwrap());
            let sheet = |ordinal| SheetId { envelope: EnvelopeId(1), ordinal };
            let mut claims = Claims::default();
            // What a clerk with a list would write down.
            let mut list = [None; 6];
            for step in steps {
                match step {
                    Step::Claim(no, who) => {
                        let at = usize::try_from(no).unwrap();
                        let free = list[at].is_none_or(|has| has == who);
                        prop_assert_eq!(claims.claim(sheet(no), &people[who]), free);
                        if free {
                            list[at] = Some(who);
                        }
                    }
                    Step::Release(who) => {
                        claims.release(&people[who]);
                        list.iter_mut().filter(|has| **has == Some(who)).for_each(|it| *it = None);
                    }
                }
                for (no, has) in (0..).zip(list) {
                    for (who, person) in people.iter().enumerate() {
                        let other = has.is_some_and(|has| has != who);
                        prop_assert_eq!(claims.claimed_by_other(sheet(no), person), other);
                    }
                }
            }
        }
    }
}

//! Which work comes next, for whom: what to key, what lies on one contact sheet. Pure; who works on
//! what at this moment is [`Claims`](super::claims::Claims)' business.

use super::ids::{EnvelopeId, Sha256, SheetId};
use super::person::{Duty, PersonId, Role};
use super::view::{EntryItem, EnvelopeView, View};
use crate::voucher::{KindId, LayoutId, Number, Reason};

/// One cell of a contact sheet (目視).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactCell {
    pub sheet: SheetId,
    pub number: Number,
    pub kind: Option<KindId>,
    pub layout: Option<LayoutId>,
    pub reasons: Vec<Reason>,
    pub picture: Option<Sha256>,
}

/// The sheet that this person keys next, if any. Never one that the person has keyed already; one
/// that two have keyed differently only for a role that may arbitrate; none that `claimed` says
/// someone else has before him. Third keyings come first, then second ones, then first ones, since
/// an envelope waits for them in this order; within each alike layouts together, then by envelope and
/// ordinal.
pub fn next_entry(
    view: &View,
    person: &PersonId,
    role: Role,
    claimed: &dyn Fn(SheetId) -> bool,
) -> Option<SheetId> {
    let free = for_person(view, person, role).filter(|(sheet, _)| !claimed(*sheet));
    let order = |(sheet, item): &(SheetId, &EntryItem)| {
        (3usize.saturating_sub(item.keyed_by.len()), item.layout.clone(), *sheet)
    };
    free.min_by_key(order).map(|(sheet, _)| sheet)
}

/// How many sheets wait for this person's keying, those that others have before them too.
pub fn entry_left(view: &View, person: &PersonId, role: Role) -> usize {
    for_person(view, person, role).count()
}

/// The next contact sheet: at most `size` cells of one envelope, the given one or else the oldest
/// with sheets to look at. Alike stand together: by layout, kind, the number's length, ordinal.
pub fn contact_sheet(view: &View, envelope: Option<EnvelopeId>, size: usize) -> Vec<ContactCell> {
    let chosen = match envelope {
        Some(id) => view.envelopes.get(&id),
        None => view.envelopes.values().find(|envelope| !envelope.check.is_empty()),
    };
    let mut cells = chosen.map(|envelope| cells(envelope)).unwrap_or_default();
    cells.sort_by(|one, two| order(one).cmp(&order(two)));
    cells.truncate(size);
    cells
}

fn order(cell: &ContactCell) -> (&Option<LayoutId>, &Option<KindId>, usize, u32) {
    (&cell.layout, &cell.kind, cell.number.as_str().chars().count(), cell.sheet.ordinal)
}

fn cells(envelope: &EnvelopeView) -> Vec<ContactCell> {
    let cell = |item: &super::view::CheckItem| ContactCell {
        sheet: SheetId { envelope: envelope.id, ordinal: item.ordinal },
        number: item.number.clone(),
        kind: item.kind.clone(),
        layout: item.layout.clone(),
        reasons: item.reasons.clone(),
        picture: item.picture,
    };
    envelope.check.iter().map(cell).collect()
}

/// Everything that this person may key now.
fn for_person<'v>(
    view: &'v View,
    person: &'v PersonId,
    role: Role,
) -> impl Iterator<Item = (SheetId, &'v EntryItem)> {
    let items = view.envelopes.values().filter(|envelope| envelope.open).flat_map(|envelope| {
        envelope
            .entry
            .iter()
            .map(|item| (SheetId { envelope: envelope.id, ordinal: item.ordinal }, item))
    });
    items.filter(move |(_, item)| {
        let duty = if item.keyed_by.len() < 2 { Duty::Key } else { Duty::Arbitrate };
        role.may(duty) && !item.keyed_by.contains(person)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow::tally::Tally;
    use crate::voucher::Yen;
    use jiff::civil::date;
    use proptest::prelude::*;
    use std::sync::Arc;

    fn person(no: usize) -> PersonId {
        PersonId::new(&format!("p{no}")).unwrap()
    }

    fn envelope(id: u64) -> EnvelopeView {
        EnvelopeView {
            id: EnvelopeId(id),
            shop: "A0001".to_owned(),
            slip: crate::flow::event::Slip::new(),
            arrived: date(2026, 11, 20),
            business_day: date(2026, 11, 20),
            bundle: 100,
            open: true,
            delivering: false,
            closed_reason: None,
            last: None,
            position: 0,
            fed: 0,
            amount: Yen::ZERO,
            tally: Tally::default(),
            check: Vec::new(),
            entry: Vec::new(),
            settle: Vec::new(),
            held: Vec::new(),
            aside: Vec::new(),
            pull: Vec::new(),
            undone: 0,
        }
    }

    fn entry(ordinal: u32, keyed_by: &[usize], layout: Option<&str>) -> EntryItem {
        EntryItem {
            ordinal,
            position: ordinal,
            keyed_by: keyed_by.iter().map(|no| person(*no)).collect(),
            kind: None,
            layout: layout.map(LayoutId::new),
            reasons: Vec::new(),
            picture: None,
        }
    }

    fn view(envelopes: Vec<EnvelopeView>) -> View {
        let envelopes = envelopes.into_iter().map(|it| (it.id, Arc::new(it))).collect();
        View { envelopes, ..View::default() }
    }

    /// All that a person keys in a row, each sheet once.
    fn in_order(view: &View, no: usize, role: Role) -> Vec<(u64, u32)> {
        let mut done = Vec::new();
        while let Some(next) = next_entry(view, &person(no), role, &|it| done.contains(&it)) {
            done.push(next);
        }
        done.iter().map(|it| (it.envelope.0, it.ordinal)).collect()
    }

    #[test]
    fn third_keyings_first_then_second_then_alike_layouts() {
        let mut one = envelope(1);
        one.entry = vec![
            entry(1, &[], Some("B")),
            entry(2, &[], Some("A")),
            entry(3, &[1], Some("B")),
            entry(4, &[1, 2], Some("B")),
            entry(5, &[], Some("B")),
            entry(6, &[], None),
        ];
        let mut two = envelope(2);
        two.entry = vec![entry(1, &[], Some("A")), entry(2, &[1], Some("A")), entry(3, &[3], None)];
        let view = view(vec![one, two]);
        let all = in_order(&view, 9, Role::Verifier);
        let firsts = [(1, 6), (1, 2), (2, 1), (1, 1), (1, 5)];
        let seconds = [(2, 3), (2, 2), (1, 3)];
        assert_eq!(all, [&[(1, 4)][..], &seconds, &firsts].concat());
        // An operator doesn't arbitrate; who has keyed keys no second time; a role without keys none.
        assert_eq!(in_order(&view, 9, Role::Operator), [&seconds[..], &firsts].concat());
        assert_eq!(in_order(&view, 1, Role::Verifier), [&[(2, 3)][..], &firsts].concat());
        assert_eq!(in_order(&view, 9, Role::Delivery), []);
        assert_eq!(entry_left(&view, &person(9), Role::Verifier), 9);
        assert_eq!(entry_left(&view, &person(1), Role::Operator), 6);
    }

    #[test]
    fn a_contact_sheet_is_of_one_envelope_and_alike_stand_together() {
        let check = |ordinal, number: &str, layout: &str, kind: Option<&str>| {
            crate::flow::view::CheckItem {
                ordinal,
                number: Number::canonical(number),
                kind: kind.map(KindId::new),
                layout: Some(LayoutId::new(layout)),
                reasons: Vec::new(),
                picture: None,
            }
        };
        let mut two = envelope(2);
        two.check = vec![
            check(1, "B12", "B", Some("500")),
            check(2, "A1234", "A", Some("1000")),
            check(3, "A123", "A", Some("1000")),
            check(4, "A124", "A", None),
            check(5, "A125", "A", Some("1000")),
        ];
        let mut three = envelope(3);
        three.check = vec![check(7, "A1", "A", None)];
        let view = view(vec![envelope(1), two, three]);
        let ordinals = |envelope, size| {
            contact_sheet(&view, envelope, size)
                .into_iter()
                .map(|cell| (cell.sheet.envelope.0, cell.sheet.ordinal))
                .collect::<Vec<_>>()
        };
        assert_eq!(ordinals(None, 40), [(2, 4), (2, 3), (2, 5), (2, 2), (2, 1)]);
        assert_eq!(ordinals(None, 2), [(2, 4), (2, 3)]);
        assert_eq!(ordinals(Some(EnvelopeId(3)), 40), [(3, 7)]);
        assert_eq!(ordinals(Some(EnvelopeId(1)), 40), []);
        assert_eq!(ordinals(Some(EnvelopeId(9)), 40), []);
    }

    proptest! {
        /// Whatever waits: each person is offered everything that may be keyed, each sheet once, and
        /// nothing else.
        #[test]
        fn everyone_is_offered_all_that_may_be_keyed(
            sheets in proptest::collection::vec(
                (1u64..4, proptest::collection::btree_set(0usize..4, 0..3), 0usize..3), 0..24),
            no in 0usize..5,
            role in proptest::sample::select(Role::ALL.to_vec()),
        ) {
            let mut envelopes = (1..4).map(envelope).collect::<Vec<_>>();
            let mut expected = Vec::new();
            for (ordinal, (id, keyed, layout)) in (1..).zip(&sheets) {
                let keyed = keyed.iter().copied().collect::<Vec<_>>();
                let layout = [None, Some("A"), Some("B")][*layout];
                let duty = if keyed.len() < 2 { Duty::Key } else { Duty::Arbitrate };
                if role.may(duty) && !keyed.contains(&no) {
                    expected.push((*id, ordinal));
                }
                let at = usize::try_from(*id - 1).unwrap();
                envelopes[at].entry.push(entry(ordinal, &keyed, layout));
            }
            let view = view(envelopes);
            let mut offered = in_order(&view, no, role);
            prop_assert_eq!(entry_left(&view, &person(no), role), offered.len());
            offered.sort_unstable();
            expected.sort_unstable();
            prop_assert_eq!(offered, expected);
        }
    }
}

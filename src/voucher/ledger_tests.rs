use super::*;
use crate::voucher::samples::{FIVE, number, profile};
use proptest::prelude::*;
use std::time::{Duration, Instant};

#[test]
fn only_what_was_issued_is_held() {
    let five = profile(FIVE);
    let a = |serial| number(&five, "A", serial);
    let mut ledger = IssueLedger::default();
    assert_eq!(ledger.holds(&five, &a(1)), Issued::NoLedger);
    ledger.insert(&five, &a(0)).unwrap();
    assert_eq!(ledger.insert_range(&five, &a(100), &a(199)), Ok(100));
    assert_eq!(ledger.insert_range(&five, &a(190), &a(209)), Ok(10));
    assert_eq!(ledger.len(), 111);
    for (serial, want) in [
        (0, Issued::Yes),
        (1, Issued::No),
        (99, Issued::No),
        (100, Issued::Yes),
        (209, Issued::Yes),
        (210, Issued::No),
    ] {
        assert_eq!(ledger.holds(&five, &a(serial)), want, "{serial}");
        assert_eq!(ledger.holds(&five, &number(&five, "B", serial)), Issued::No);
    }
    let foreign = Number::canonical("12");
    assert_eq!(ledger.holds(&five, &foreign), Issued::No);
    assert_eq!(ledger.insert(&five, &foreign), Err(LedgerError::NotOfProfile("12".into())));
}

#[test]
fn a_range_stays_in_its_series_and_runs_forwards() {
    let five = profile(FIVE);
    let mut ledger = IssueLedger::default();
    for (from, to) in [
        (number(&five, "A", 1), number(&five, "B", 2)),
        (number(&five, "A", 2), number(&five, "A", 1)),
    ] {
        let refused = ledger.insert_range(&five, &from, &to);
        assert!(matches!(refused, Err(LedgerError::Range { .. })), "{refused:?}");
    }
    assert!(ledger.is_empty());
    assert_eq!(ledger.holds(&five, &number(&five, "A", 1)), Issued::NoLedger);
}

#[test]
fn fifteen_million_are_instant_and_small() {
    let five = profile(FIVE);
    let mut ledger = IssueLedger::default();
    let (from, to) = (number(&five, "A", 1), number(&five, "A", 15_000_000));
    let start = Instant::now();
    assert_eq!(ledger.insert_range(&five, &from, &to), Ok(15_000_000));
    let bytes = ledger.to_bytes();
    assert_eq!(IssueLedger::from_bytes(&bytes), Ok(ledger));
    // one by one would take many seconds
    assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
    assert!(bytes.len() < 4_000_000, "{}", bytes.len());
}

#[test]
fn damage_is_found() {
    let five = profile(FIVE);
    let mut ledger = IssueLedger::default();
    ledger.insert_range(&five, &number(&five, "A", 1), &number(&five, "A", 9)).unwrap();
    ledger.insert(&five, &number(&five, "B", 3)).unwrap();
    let bytes = ledger.to_bytes();
    for short in 0..bytes.len() {
        assert_eq!(IssueLedger::from_bytes(&bytes[..short]), Err(LedgerError::Damaged));
    }
    let long = [&bytes[..], b"\0"].concat();
    assert_eq!(IssueLedger::from_bytes(&long), Err(LedgerError::Damaged));
    assert_eq!(
        IssueLedger::from_bytes(&IssueLedger::default().to_bytes()),
        Ok(IssueLedger::default())
    );
}

proptest! {
    #[test]
    fn stored_and_merged_ledgers_hold_the_same(
        ones in proptest::collection::btree_set(0u64..1_000_000_000, 0..40),
        twos in proptest::collection::btree_set(0u64..1_000_000_000, 0..40),
    ) {
        let five = profile(FIVE);
        let (mut one, mut two) = (IssueLedger::default(), IssueLedger::default());
        for serial in &ones {
            one.insert(&five, &number(&five, "A", *serial)).unwrap();
        }
        for serial in &twos {
            two.insert(&five, &number(&five, "A", *serial)).unwrap();
        }
        let back = IssueLedger::from_bytes(&two.to_bytes()).unwrap();
        prop_assert_eq!(&back, &two);
        one.merge(&back);
        let both: std::collections::BTreeSet<_> = ones.union(&twos).collect();
        prop_assert_eq!(one.len(), both.len() as u64);
        for serial in both {
            prop_assert_eq!(one.holds(&five, &number(&five, "A", *serial)), Issued::Yes);
        }
    }

    #[test]
    fn any_bytes_get_an_answer(
        bytes in proptest::collection::vec(any::<u8>(), 0..200),
        at in any::<proptest::sample::Index>(),
        value in any::<u8>(),
    ) {
        let _answer = IssueLedger::from_bytes(&bytes);
        let _answer = IssueLedger::from_bytes(&[MAGIC, &bytes[..]].concat());
        let five = profile(FIVE);
        let mut ledger = IssueLedger::default();
        ledger.insert_range(&five, &number(&five, "A", 1), &number(&five, "A", 70_000)).unwrap();
        let mut changed = ledger.to_bytes();
        let at = at.index(changed.len());
        changed[at] = value;
        let _answer = IssueLedger::from_bytes(&changed);
    }
}

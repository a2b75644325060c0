//! What a run of random shifts came across.

use super::Shift;
use kenban::flow::aside::AsideEnd;
use kenban::flow::event::{Counted, Place, Source};
use kenban::flow::{Event, Recorded, State, evolve};

/// What 2,000 shifts must have met, so that the test can't become empty unseen.
#[derive(Default)]
pub struct Met {
    accepted: u64,
    duplicates: u64,
    keyed: u64,
    provisional: u64,
    /// Accepted on a hand scanner's word and the ledger's.
    scanned: u64,
    by_hand: u64,
    closed: u64,
    delivered: u64,
    undone: u64,
    aside: u64,
    fed: u64,
    from_paper: u64,
    none: u64,
}

impl Met {
    pub fn add(&mut self, log: &[Recorded]) {
        for recorded in log {
            match &recorded.event {
                Event::SheetTaken(taken) => {
                    let source = &taken.captures[0].source;
                    self.by_hand += u64::from(*source == Source::Hand {});
                    match &taken.place {
                        Place::Accepted(_) if *source == (Source::Code {}) => self.scanned += 1,
                        Place::Accepted(_) => self.accepted += 1,
                        Place::Settle { others, .. } if !others.is_empty() => self.duplicates += 1,
                        _ => {}
                    }
                }
                Event::SheetKeyed { place: Place::Accepted(accepted), .. } => match accepted.number
                {
                    Counted::Number(_) => self.keyed += 1,
                    Counted::Provisional(_) => self.provisional += 1,
                },
                Event::EnvelopeClosed { .. } => self.closed += 1,
                Event::DeliveryDone { .. } => self.delivered += 1,
                Event::SheetUndone { .. } => self.undone += 1,
                Event::FileAside { .. } => self.aside += 1,
                Event::AsideSettled { end, .. } => match end {
                    AsideEnd::Fed { .. } => self.fed += 1,
                    AsideEnd::Keyed { .. } => self.from_paper += 1,
                    AsideEnd::NoSheet { .. } => self.none += 1,
                    AsideEnd::SideOf { .. } => {}
                },
                _ => {}
            }
        }
    }

    /// In the order of the fields.
    pub fn counts(&self) -> [u64; 13] {
        [
            self.accepted,
            self.duplicates,
            self.keyed,
            self.provisional,
            self.scanned,
            self.by_hand,
            self.closed,
            self.delivered,
            self.undone,
            self.aside,
            self.fed,
            self.from_paper,
            self.none,
        ]
    }
}

impl Shift {
    /// Replay of the log gives the state.
    pub(super) fn replay(&self) {
        let mut replayed = State::default();
        for recorded in &self.log {
            evolve(&mut replayed, recorded);
        }
        assert_eq!(replayed, self.state, "seed {}: replay", self.seed);
        let seqs = self.log.iter().map(|it| it.seq);
        assert!(seqs.eq(1..=self.log.len() as u64), "seed {}: law 4", self.seed);
    }
}

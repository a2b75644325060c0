//! What a window or a command may see of the flow: computed from the state, never the other way.
//! It holds no one's keying, so a second person can't be shown the first one's.

use super::event::{Mode, Place};
use super::ids::{DeliveryId, EnvelopeId, Station};
use super::state::{Envelope, Phase, State};
use super::tally::Tally;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The station at a glance.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct View {
    pub station: Option<Station>,
    pub campaign: String,
    pub training: bool,
    pub counts: StageCounts,
    pub envelopes: BTreeMap<EnvelopeId, Arc<EnvelopeView>>,
    pub delivering: Option<DeliveryId>,
    /// The log's length: rises with every commit.
    pub seq: u64,
    /// Outcomes could not be told to the ears: they are gone or far behind.
    pub ears_lost: bool,
    /// Why the last signed head could not be kept outside the data folder.
    pub head_not_kept: Option<String>,
    /// Set when the station can't go on; never a count that has quietly ceased.
    pub stopped: Option<String>,
}

/// What waits at each stage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StageCounts {
    /// Envelopes that are open.
    pub open: usize,
    /// Sheets to look at.
    pub check: usize,
    /// Sheets to key.
    pub entry: usize,
    /// Sheets that wait for a supervisor.
    pub settle: usize,
    /// Open envelopes with nothing in hand.
    pub edit: usize,
    /// Closed envelopes that wait for delivery.
    pub deliver: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub struct EnvelopeView {
    pub id: EnvelopeId,
    pub shop: String,
    pub open: bool,
    pub tally: Tally,
    pub check: Vec<u32>,
    /// Ordinals to key, with how many have keyed each.
    pub entry: Vec<(u32, usize)>,
    pub settle: Vec<u32>,
    pub held: Vec<u32>,
    /// How many were taken back.
    pub undone: u32,
}

impl View {
    pub fn of(state: &State) -> View {
        let mut view = View::default();
        view.refresh(state, &state.envelopes.keys().copied().collect());
        view
    }

    /// Brings the view up to a state in which only `touched` envelopes changed.
    pub fn refresh(&mut self, state: &State, touched: &BTreeSet<EnvelopeId>) {
        for id in touched {
            if let Some(envelope) = state.envelope(*id) {
                self.envelopes.insert(*id, Arc::new(EnvelopeView::of(envelope)));
            }
        }
        self.envelopes.retain(|id, _| state.envelopes.contains_key(id));
        self.counts = StageCounts::default();
        for envelope in self.envelopes.values() {
            self.counts.add(envelope);
        }
        let genesis = state.genesis.as_ref();
        self.station = genesis.map(|genesis| genesis.station.clone());
        self.campaign = genesis.map(|genesis| genesis.campaign.clone()).unwrap_or_default();
        self.training = genesis.is_some_and(|genesis| genesis.mode == Mode::Training);
        self.delivering = state.delivering.as_ref().map(|delivering| delivering.id);
        self.seq = state.seq;
    }
}

impl StageCounts {
    fn add(&mut self, envelope: &EnvelopeView) {
        self.check += envelope.check.len();
        self.entry += envelope.entry.len();
        self.settle += envelope.settle.len();
        if envelope.open {
            self.open += 1;
            self.edit += usize::from(envelope.in_hand() == 0);
        } else {
            self.deliver += 1;
        }
    }
}

impl EnvelopeView {
    pub fn of(envelope: &Envelope) -> EnvelopeView {
        let mut view = EnvelopeView {
            id: envelope.id,
            shop: envelope.shop.clone(),
            open: envelope.phase == Phase::Open,
            tally: Tally::of(envelope),
            check: Vec::new(),
            entry: Vec::new(),
            settle: Vec::new(),
            held: Vec::new(),
            undone: u32::try_from(envelope.sheets.len() - envelope.live().count())
                .unwrap_or(u32::MAX),
        };
        for sheet in envelope.live() {
            let ordinal = sheet.id.ordinal;
            match sheet.place {
                Place::Check { .. } => view.check.push(ordinal),
                Place::Entry => view.entry.push((ordinal, sheet.keyings.len())),
                Place::Settle { .. } => view.settle.push(ordinal),
                Place::Held { .. } => view.held.push(ordinal),
                Place::Accepted(_)
                | Place::Rejected { .. }
                | Place::Same { .. }
                | Place::Undone => {}
            }
        }
        view
    }

    pub fn in_hand(&self) -> usize {
        self.check.len() + self.entry.len() + self.settle.len()
    }
}

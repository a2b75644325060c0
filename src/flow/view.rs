//! What a window or a command may see of the flow: computed from the state, never the other way.
//! It holds no one's keying, so a second person can't be shown the first one's.

use super::event::{Mode, Place};
use super::ids::{DeliveryId, EnvelopeId, Station};
use super::state::{Envelope, Phase, State};
use super::tally::Tally;

/// The station at a glance.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct View {
    pub station: Option<Station>,
    pub campaign: String,
    pub training: bool,
    pub counts: StageCounts,
    pub envelopes: Vec<EnvelopeView>,
    pub delivering: Option<DeliveryId>,
    /// The log's length: rises with every commit.
    pub seq: u64,
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
}

impl View {
    pub fn of(state: &State) -> View {
        let mut counts = StageCounts::default();
        let envelopes = state
            .envelopes
            .values()
            .map(EnvelopeView::of)
            .collect::<Vec<_>>();
        for envelope in &envelopes {
            counts.check += envelope.check.len();
            counts.entry += envelope.entry.len();
            counts.settle += envelope.settle.len();
            if envelope.open {
                counts.open += 1;
                counts.edit += usize::from(envelope.in_hand() == 0);
            } else {
                counts.deliver += 1;
            }
        }
        View {
            station: state
                .genesis
                .as_ref()
                .map(|genesis| genesis.station.clone()),
            campaign: state
                .genesis
                .as_ref()
                .map(|genesis| genesis.campaign.clone())
                .unwrap_or_default(),
            training: state
                .genesis
                .as_ref()
                .is_some_and(|genesis| genesis.mode == Mode::Training),
            counts,
            envelopes,
            delivering: state.delivering.as_ref().map(|delivering| delivering.id),
            seq: state.seq,
            stopped: None,
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
        };
        for sheet in envelope.live() {
            let ordinal = sheet.id.ordinal;
            match sheet.place {
                Place::Check { .. } => view.check.push(ordinal),
                Place::Entry => view.entry.push((ordinal, sheet.keyings.len())),
                Place::Settle { .. } => view.settle.push(ordinal),
                Place::Held { .. } => view.held.push(ordinal),
                Place::Accepted(_) | Place::Rejected { .. } | Place::Undone => {}
            }
        }
        view
    }

    pub fn in_hand(&self) -> usize {
        self.check.len() + self.entry.len() + self.settle.len()
    }
}

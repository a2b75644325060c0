//! What a window or a command may see of the flow: computed from the state, never the other way.
//! It holds no one's keying, so a second person can't be shown the first one's, and no PIN's hash.

use super::event::{Mode, Place, Slip};
use super::ids::{DeliveryId, EnvelopeId, Sha256, SheetId, Station};
use super::no_sheet::NoSheet;
use super::person::{Person, PersonId};
use super::pull::{self, Fed, Pull};
use super::state::{Envelope, LogHead, Phase, Sheet, State};
use super::stop;
use super::tally::Tally;
use crate::voucher::{KindId, LayoutId, Number, Reason, Yen};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The station at a glance.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct View {
    pub station: Option<Station>,
    pub campaign: String,
    pub training: bool,
    /// The profile's revision in force.
    pub revision: u32,
    /// Everyone who is registered, by id.
    pub people: Vec<Person>,
    /// Who has set a PIN.
    pub pins: BTreeSet<PersonId>,
    pub counts: StageCounts,
    pub envelopes: BTreeMap<EnvelopeId, Arc<EnvelopeView>>,
    pub delivering: Option<DeliveryId>,
    /// The log's length: rises with every commit.
    pub seq: u64,
    /// The head of the log that was signed last: at a closing it is noted on the closing sheet.
    pub signed: Option<LogHead>,
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
    /// Closed envelopes that wait for delivery, those in a prepared delivery too.
    pub deliver: usize,
}

/// An envelope that is not delivered, with its work. Work lists are by ordinal.
#[derive(Clone, Debug, PartialEq)]
pub struct EnvelopeView {
    pub id: EnvelopeId,
    pub shop: String,
    pub slip: Slip,
    /// 受付日
    pub arrived: Date,
    /// 営業日
    pub business_day: Date,
    /// Sheets in one bundle (束).
    pub bundle: u32,
    pub open: bool,
    /// In a delivery that is prepared and neither done nor failed.
    pub delivering: bool,
    /// The reason of a closing with a difference.
    pub closed_reason: Option<String>,
    /// The ordinal of the last sheet of the pile: what undo takes back.
    pub last: Option<u32>,
    /// How many sheets lie on the pile.
    pub position: u32,
    /// How many papers were fed so far: the sheets, and the papers whose files were set aside.
    pub fed: u32,
    /// What the accepted sheets are worth so far.
    pub amount: Yen,
    pub tally: Tally,
    pub check: Vec<CheckItem>,
    pub entry: Vec<EntryItem>,
    pub settle: Vec<SettleItem>,
    pub held: Vec<u32>,
    /// Files set aside of which nobody has said what became of the paper.
    pub aside: Vec<AsideItem>,
    /// Papers to pull out of a pile that was fed from a folder, in the order of the pile.
    pub pull: Vec<Pull>,
    /// How many were taken back, or are the same paper as another.
    pub undone: u32,
}

/// A sheet to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckItem {
    pub ordinal: u32,
    /// What the machine read: right or not?
    pub number: Number,
    pub kind: Option<KindId>,
    pub layout: Option<LayoutId>,
    pub reasons: Vec<Reason>,
    pub picture: Option<Sha256>,
}

/// A sheet to key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryItem {
    pub ordinal: u32,
    /// Place in the pile, from 1.
    pub position: u32,
    /// Who has keyed it, in order; never what. Two: a third must key.
    pub keyed_by: Vec<PersonId>,
    pub kind: Option<KindId>,
    /// What it is, or only looks like: a hint for the boxes to type into.
    pub layout: Option<LayoutId>,
    pub reasons: Vec<Reason>,
    /// `None`: keyed from the paper in tray 1.
    pub picture: Option<Sha256>,
}

/// A file that was set aside: a paper that nobody has counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AsideItem {
    /// In its envelope, from 1.
    pub no: u32,
    pub name: String,
    pub why: NoSheet,
    /// Place in the pile, from 1; `None`: nobody can tell that there was a paper.
    pub position: Option<u32>,
    /// The ordinal of the last sheet that was taken before it; 0: none.
    pub after: u32,
}

/// A sheet that waits for a supervisor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettleItem {
    pub ordinal: u32,
    /// Place in the pile, from 1.
    pub position: u32,
    /// Everything that was found, and why it was stopped.
    pub reasons: Vec<Reason>,
    /// The sheets that already count under its number, or are the same picture.
    pub others: Vec<SheetId>,
    /// Why the list of blocked numbers has its number.
    pub blocked: Option<String>,
    /// What the machine read, else what two people keyed alike.
    pub number: Option<Number>,
    /// What its barcode said, letter by letter.
    pub code: Option<String>,
    pub kind: Option<KindId>,
    pub picture: Option<Sha256>,
}

impl View {
    pub fn of(state: &State) -> View {
        let mut view = View::default();
        view.refresh(state, &state.envelopes.keys().copied().collect());
        view
    }

    /// Brings the view up to a state in which only `touched` envelopes changed. Costs the sheets of
    /// those, and a step for each envelope that is not delivered.
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
        self.revision = state.revision;
        // Nobody is ever dropped or renamed, and a PIN only ever replaced.
        if self.people.len() != state.people.len() {
            self.people = state.people.values().cloned().collect();
        }
        if self.pins.len() != state.pins.len() {
            self.pins = state.pins.keys().cloned().collect();
        }
        self.delivering = state.delivering.as_ref().map(|delivering| delivering.id);
        self.seq = state.seq;
        self.signed = state.signed;
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
            slip: envelope.slip.clone(),
            arrived: envelope.arrived,
            business_day: envelope.business_day,
            bundle: envelope.bundle,
            open: envelope.phase == Phase::Open,
            delivering: matches!(envelope.phase, Phase::Delivering { .. }),
            closed_reason: match &envelope.phase {
                Phase::Open => None,
                Phase::Closed { reason } | Phase::Delivering { reason, .. } => reason.clone(),
            },
            last: None,
            position: 0,
            fed: 0,
            amount: Yen::ZERO,
            tally: Tally::of(envelope),
            check: Vec::new(),
            entry: Vec::new(),
            settle: Vec::new(),
            held: Vec::new(),
            aside: Vec::new(),
            pull: Vec::new(),
            undone: 0,
        };
        pull::walk(envelope, |place, fed| {
            view.fed = view.fed.max(place.unwrap_or_default());
            match fed {
                Fed::Sheet(sheet) => {
                    view.position += 1;
                    view.last = Some(sheet.id.ordinal);
                    view.add(sheet);
                    view.pull.extend(pull::of_sheet(place, sheet));
                }
                Fed::Aside(aside) if envelope.is_open(aside) => {
                    view.aside.push(AsideItem {
                        no: aside.no,
                        name: aside.file.name.clone(),
                        why: aside.file.why,
                        position: place,
                        after: aside.after,
                    });
                    view.pull.push(pull::of_aside(place, aside));
                }
                Fed::Aside(_) => {}
            }
        });
        let taken = u32::try_from(envelope.sheets.len()).unwrap_or(u32::MAX);
        view.undone = taken.saturating_sub(view.position);
        view
    }

    pub fn in_hand(&self) -> usize {
        self.check.len() + self.entry.len() + self.settle.len()
    }

    /// Nothing is in hand and nothing set aside: it may be closed.
    pub fn is_done(&self) -> bool {
        self.in_hand() == 0 && self.aside.is_empty()
    }

    /// One more sheet of the pile; `self.fed` is its place.
    fn add(&mut self, sheet: &Sheet) {
        let ordinal = sheet.id.ordinal;
        let position = self.fed;
        let kind = || sheet.kind.clone();
        let picture = || sheet.picture().copied();
        match &sheet.place {
            Place::Check { number } => self.check.push(CheckItem {
                ordinal,
                number: number.clone(),
                kind: kind(),
                layout: sheet.layout.clone(),
                reasons: sheet.reasons.clone(),
                picture: picture(),
            }),
            Place::Entry => self.entry.push(EntryItem {
                ordinal,
                position,
                keyed_by: sheet.keyings.iter().map(|keying| keying.by.clone()).collect(),
                kind: kind(),
                layout: sheet.layout.clone().or_else(|| sheet.looks_like().cloned()),
                reasons: sheet.reasons.clone(),
                picture: picture(),
            }),
            Place::Settle { reasons: stops, others, blocked } => {
                self.settle.push(SettleItem {
                    ordinal,
                    position,
                    reasons: stop::reasons(sheet, stops),
                    others: others.clone(),
                    blocked: blocked.clone(),
                    number: sheet.read.clone().or_else(|| sheet.agreed.clone()),
                    code: sheet.barcode().map(|barcode| barcode.text.clone()),
                    kind: kind(),
                    picture: picture(),
                });
            }
            Place::Held { .. } => self.held.push(ordinal),
            // The log's own yen; a sum that doesn't fit is refused at closing.
            Place::Accepted(accepted) => {
                self.amount = Yen(self.amount.0.saturating_add(accepted.yen.0));
            }
            Place::Rejected { .. } | Place::Same { .. } | Place::Undone => {}
        }
    }
}

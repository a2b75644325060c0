//! A training shift: made-up people take a made-up campaign through every stage, by the same acts
//! that real people's keys give.

use super::counting::{self, Job};
use super::delivering::{self, Delivered};
use super::importing;
use super::{Beginning, Rig, RigError};
use crate::demo::{
    Campaign, DrawError, Envelope, Fonts, People, Studio, Trick, Truth, closing_reason,
};
use crate::devices::folder::Patience;
use crate::flow::event::{Accepted, Counted, How, Mode, Place};
use crate::flow::input::Settlement;
use crate::flow::state::Sheet;
use crate::flow::tally::{Tally, difference_words};
use crate::flow::{EnvelopeId, Event, FeedId, Input, Recorded, SheetId};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

/// So many crops lie on one contact sheet.
const CONTACT_SHEET: usize = 40;

/// What a shift needs.
#[derive(Clone, Debug)]
pub struct Plan {
    pub vouchers: usize,
    pub seed: u64,
    pub data: PathBuf,
    pub out: PathBuf,
    pub readers: usize,
    pub far: Far,
}

/// How far a shift goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Far {
    /// All envelopes are delivered.
    ToTheEnd,
    /// Something waits at every stage: for pictures of the screens.
    Everywhere,
}

/// What a shift that leaves work everywhere does with the n-th envelope.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Done {
    Read,
    Settled,
    Closed,
    Delivered,
}

/// What a shift came to.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    pub envelopes: u64,
    pub sheets: u64,
    /// Accepted sheets by who made sure of the number.
    pub by_how: BTreeMap<How, u64>,
    pub provisional: u64,
    pub rejected: u64,
    pub returned: u64,
    pub held: u64,
    pub amount: i64,
    /// Keyings that the station refused at once, since they were no numbers.
    pub refused_keys: u64,
    /// Sheets on which the first two keyings differed.
    pub differing_keys: u64,
    /// For each trick, how many sheets ended in which place.
    pub tricks: BTreeMap<Trick, BTreeMap<&'static str, u64>>,
    /// Envelopes closed with a difference to the slip, each in words.
    pub differences: Vec<String>,
    /// Sheets accepted under a number that is not the paper's own.
    pub wrong: u64,
    pub delivery: Option<PathBuf>,
}

fn no_drawing(error: DrawError) -> RigError {
    RigError::Input(format!("a voucher can't be drawn: {error}"))
}

/// Plays a whole shift; `tell` gets a line of progress for each step.
pub fn play(plan: &Plan, tell: &mut dyn FnMut(String)) -> Result<Outcome, RigError> {
    let campaign = match plan.far {
        Far::ToTheEnd => Campaign::make(plan.seed, plan.vouchers)
            .map_err(|error| RigError::Input(error.to_string()))?,
        // The window's own, so that its made-up hand can go on.
        Far::Everywhere => super::window::training::campaign()?,
    };
    let fonts = Fonts::of_system().map_err(|error| RigError::Input(error.to_string()))?;
    let studio = Studio::new(&campaign.profile, fonts);
    let people = People::make(plan.seed)
        .ok_or_else(|| RigError::Input("the made-up people have no right ids".to_owned()))?;
    let rig = super::begin(
        &plan.data,
        Beginning {
            profile_toml: crate::demo::PROFILE,
            station: "01",
            mode: Mode::Training,
            people: people.all(),
        },
    )?;
    let mut shift = Shift { rig, campaign, studio, people, outcome: Outcome::default(), tell };
    let played = shift.whole(plan);
    let Shift { rig, outcome, .. } = shift;
    rig.close()?;
    played.map(|()| outcome)
}

struct Shift<'a> {
    rig: Rig,
    campaign: Campaign,
    studio: Studio,
    people: People,
    outcome: Outcome,
    tell: &'a mut dyn FnMut(String),
}

impl Shift<'_> {
    fn whole(&mut self, plan: &Plan) -> Result<(), RigError> {
        self.import()?;
        let scans = plan.data.join("demo-scans");
        let all = self.campaign.envelopes.len();
        for index in 0..all {
            let done = match (plan.far, index) {
                (Far::ToTheEnd, _) | (Far::Everywhere, 0) => Done::Delivered,
                (Far::Everywhere, 1) => Done::Closed,
                (Far::Everywhere, 2) => Done::Settled,
                (Far::Everywhere, _) => Done::Read,
            };
            // The last one stays on the table, for whoever comes next.
            if plan.far == Far::Everywhere && index + 1 == all {
                break;
            }
            let made = self.campaign.envelopes[index].clone();
            let id = self.open(&made)?;
            self.read(id, &made, &scans.join(format!("{:04}", index + 1)), plan.readers)?;
            if done >= Done::Settled {
                self.check(id, &made)?;
                self.key(id, &made)?;
                self.settle(id, &made)?;
            }
            if done >= Done::Closed {
                self.close(id, &made)?;
            }
            if plan.far == Far::Everywhere && done == Done::Delivered {
                self.deliver(&plan.out)?;
            }
        }
        std::fs::remove_dir_all(&scans).map_err(|source| RigError::Io {
            what: "the drawn scans can't be cleared away".to_owned(),
            source,
        })?;
        if plan.far == Far::Everywhere {
            return Ok(());
        }
        let delivered = self.deliver(&plan.out)?;
        self.outcome.delivery = Some(delivered.written.dir);
        Ok(())
    }

    fn import(&mut self) -> Result<(), RigError> {
        let [shops, blocked, issued] = importing::made_up(&self.rig, &self.people, &self.campaign)?;
        (self.tell)(format!(
            "training campaign: {shops} shops, {issued} issued numbers, {blocked} blocked, {} envelopes",
            self.campaign.envelopes.len()
        ));
        Ok(())
    }

    fn open(&mut self, made: &Envelope) -> Result<EnvelopeId, RigError> {
        let input = Input::OpenEnvelope {
            shop: made.shop.clone(),
            slip: made.slip.clone(),
            arrived: made.arrived,
            business_day: self.campaign.business_day,
        };
        let by = self.people.operators[0].person.id.clone();
        let events = self.rig.act(&by, None, input)?;
        events
            .iter()
            .find_map(|it| it.event.envelope())
            .ok_or_else(|| RigError::Input("the envelope could not be opened".to_owned()))
    }

    /// The pile goes through the document scanner, and the folder is counted.
    fn read(
        &mut self,
        id: EnvelopeId,
        made: &Envelope,
        folder: &Path,
        readers: usize,
    ) -> Result<(), RigError> {
        draw_all(&self.studio, made, folder, readers)?;
        let by = self.people.operators[0].person.id.clone();
        let folder_text = folder.display().to_string();
        let input = Input::StartFeed { envelope: id, folder: folder_text, sides: 1 };
        self.rig.act(&by, None, input)?;
        let job = Job {
            envelope: id,
            feed: FeedId(1),
            folder: folder.to_owned(),
            sides: 1,
            by,
            kind: None,
            patience: Patience { settle: std::time::Duration::ZERO, ..Patience::default() },
            readers,
            stop: std::sync::Arc::default(),
        };
        let counted = counting::count(&self.rig, &job, &mut |_| {})?;
        let view = self.rig.board().view();
        let waits = view
            .envelopes
            .get(&id)
            .map_or((0, 0, 0), |it| (it.check.len(), it.entry.len(), it.settle.len()));
        (self.tell)(format!(
            "envelope {} of {}: {} sheets read; {} to check, {} to key, {} to settle",
            self.rig.genesis.station.envelope(id),
            made.shop,
            counted.sheets,
            waits.0,
            waits.1,
            waits.2
        ));
        Ok(())
    }

    /// The envelope's sheets that wait in a place, with the paper that each stands for.
    fn waiting(
        &self,
        id: EnvelopeId,
        made: &Envelope,
        wanted: fn(&Place) -> bool,
    ) -> Result<Vec<(Sheet, Truth)>, RigError> {
        let state = self.rig.reader()?.state()?;
        let envelope = state.envelope(id).into_iter().flat_map(|it| it.live());
        let waiting = envelope.filter(|sheet| wanted(&sheet.place));
        Ok(waiting
            .filter_map(|sheet| Some((sheet.clone(), truth_of(made, sheet.id)?.clone())))
            .collect())
    }

    /// 目視: contact sheets of forty; right ones by one key, wrong ones marked.
    fn check(&mut self, id: EnvelopeId, made: &Envelope) -> Result<(), RigError> {
        let waiting = self.waiting(id, made, |place| matches!(place, Place::Check { .. }))?;
        for contact_sheet in waiting.chunks(CONTACT_SHEET) {
            let (mut right, mut wrong) = (Vec::new(), Vec::new());
            let operator = &mut self.people.operators[1];
            for (sheet, truth) in contact_sheet {
                let Place::Check { number } = &sheet.place else { continue };
                let pile = if operator.look(truth, number) { &mut right } else { &mut wrong };
                pile.push(sheet.id.ordinal);
            }
            let by = operator.person.id.clone();
            self.rig.act(&by, None, Input::Check { envelope: id, right, wrong })?;
        }
        Ok(())
    }

    /// 手入力: the first and the second key blind, a third where they differ.
    fn key(&mut self, id: EnvelopeId, made: &Envelope) -> Result<(), RigError> {
        for round in 0..3 {
            let waiting = self.waiting(id, made, |place| *place == Place::Entry)?;
            if round == 2 {
                self.outcome.differing_keys += waiting.len() as u64;
            }
            for (sheet, truth) in waiting {
                let worker = match round {
                    0 | 1 => &mut self.people.operators[round],
                    _ => &mut self.people.verifier,
                };
                let answer = worker.key(&truth, &self.campaign.profile);
                self.outcome.refused_keys += u64::from(answer.mistyped.is_some());
                let by = worker.person.id.clone();
                let input =
                    Input::Key { sheet: sheet.id, answer: answer.answer, kind: answer.kind };
                self.rig.act(&by, None, input)?;
            }
        }
        Ok(())
    }

    /// 編集: a supervisor settles what is stopped, the second one beside.
    fn settle(&mut self, id: EnvelopeId, made: &Envelope) -> Result<(), RigError> {
        let waiting = self.waiting(id, made, |place| matches!(place, Place::Settle { .. }))?;
        for (sheet, truth) in waiting {
            let mut reasons = sheet.reasons.clone();
            if let Place::Settle { reasons: stops, .. } = &sheet.place {
                reasons.extend(stops);
            }
            let [settles, beside] = &mut self.people.supervisors;
            let decision = settles.settle(&truth, &reasons);
            let (by, with) = (settles.person.id.clone(), beside.person.id.clone());
            let settle = |decision, kind| Input::Settle {
                sheet: sheet.id,
                decision,
                kind,
                reason: String::new(),
            };
            let mut input = settle(decision.decision.clone(), decision.kind.clone());
            if let Input::Settle { reason, .. } = &mut input {
                *reason = decision.reason.clone();
            }
            let settled = self.rig.act(&by, Some(&with), input);
            if settled.is_err()
                && matches!(decision.decision, Settlement::Accept(_) | Settlement::Provisional)
            {
                // The station knows more than the paper says (a number that is paid already, or told
                // by the barcode): then the sheet is held.
                let input = Input::Settle {
                    sheet: sheet.id,
                    decision: Settlement::Hold { defect: None },
                    kind: decision.kind,
                    reason: "受付できないため保留。事務局へ照会".to_owned(),
                };
                self.rig.act(&by, Some(&with), input)?;
            } else {
                settled?;
            }
        }
        Ok(())
    }

    fn close(&mut self, id: EnvelopeId, made: &Envelope) -> Result<(), RigError> {
        let state = self.rig.reader()?.state()?;
        let Some(envelope) = state.envelope(id) else { return Ok(()) };
        let tally = Tally::of(envelope);
        let sum = tally.sum();
        let differs = !tally.difference().is_empty();
        let difference = sum.taken.cast_signed() - sum.declared.cast_signed();
        let reason = differs.then(|| closing_reason(difference));
        let by = self.people.operators[0].person.id.clone();
        let with = self.people.supervisors[0].person.id.clone();
        let with = differs.then_some(&with);
        let events = self.rig.act(&by, with, Input::CloseEnvelope { envelope: id, reason })?;
        self.reckon(made, envelope.live(), &events);
        Ok(())
    }

    /// Adds a closed envelope to the outcome.
    fn reckon<'s>(
        &mut self,
        made: &Envelope,
        sheets: impl Iterator<Item = &'s Sheet>,
        events: &[Recorded],
    ) {
        let outcome = &mut self.outcome;
        outcome.envelopes += 1;
        for recorded in events {
            if let Event::EnvelopeClosed { envelope, amount, difference, .. } = &recorded.event {
                outcome.amount += amount.0;
                if !difference.is_empty() {
                    let name = self.rig.genesis.station.envelope(*envelope);
                    let words = difference_words(difference);
                    outcome
                        .differences
                        .push(format!("envelope {name}, {}: {words}", made.miscount.english()));
                }
            }
        }
        for sheet in sheets {
            outcome.sheets += 1;
            let truth = truth_of(made, sheet.id);
            match &sheet.place {
                Place::Accepted(Accepted { number, how, .. }) => {
                    *outcome.by_how.entry(*how).or_default() += 1;
                    match number {
                        Counted::Provisional(_) => outcome.provisional += 1,
                        Counted::Number(number) => {
                            let own = truth.and_then(|it| it.number.as_ref()) == Some(number);
                            outcome.wrong += u64::from(!own);
                        }
                    }
                }
                Place::Rejected { returned: true, .. } => outcome.returned += 1,
                Place::Rejected { returned: false, .. } => outcome.rejected += 1,
                Place::Held { .. } => outcome.held += 1,
                _ => {}
            }
            if let Some(truth) = truth.filter(|it| it.trick != Trick::None) {
                let places = outcome.tricks.entry(truth.trick).or_default();
                *places.entry(came_to(&sheet.place)).or_default() += 1;
            }
        }
    }

    fn deliver(&mut self, out: &Path) -> Result<Delivered, RigError> {
        let by = self.people.delivery.person.id.clone();
        let with = self.people.supervisors[1].person.id.clone();
        let delivered = delivering::deliver(&self.rig, &by, Some(&with), out, &mut |_| {})?;
        (self.tell)(format!(
            "delivery {}: written, flushed and read back",
            self.rig.genesis.station.delivery(delivered.id)
        ));
        Ok(delivered)
    }
}

/// The n-th sheet taken is the n-th of the pile.
fn truth_of(made: &Envelope, id: SheetId) -> Option<&Truth> {
    let index = usize::try_from(id.ordinal).ok()?.checked_sub(1)?;
    made.sheets.get(index).map(|sheet| &sheet.truth)
}

fn came_to(place: &Place) -> &'static str {
    match place {
        Place::Accepted(Accepted { number: Counted::Provisional(_), .. }) => {
            "accepted, provisional number"
        }
        Place::Accepted(Accepted { how: How::Machine, .. }) => "accepted by machine",
        Place::Accepted(Accepted { how: How::Eye, .. }) => "accepted by eye",
        Place::Accepted(Accepted { how: How::Keyed, .. }) => "accepted, keyed by two",
        Place::Accepted(Accepted { how: How::Settled, .. }) => "accepted, settled",
        Place::Rejected { returned: true, .. } => "returned to the shop",
        Place::Rejected { returned: false, .. } => "rejected, kept",
        Place::Held { .. } => "held, not paid",
        other => other.word(),
    }
}

/// Draws an envelope's pile into a folder, on as many threads as there are readers.
fn draw_all(
    studio: &Studio,
    made: &Envelope,
    folder: &Path,
    threads: usize,
) -> Result<(), RigError> {
    std::fs::create_dir_all(folder).map_err(|source| RigError::Io {
        what: format!("{} can't be made", folder.display()),
        source,
    })?;
    let next = AtomicUsize::new(0);
    let draw = || -> Result<(), RigError> {
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(sheet) = made.sheets.get(index) else { return Ok(()) };
            let bytes = studio.draw(&sheet.drawing).map_err(no_drawing)?;
            let path = folder.join(format!("scan{:04}.jpg", index + 1));
            std::fs::write(&path, bytes).map_err(|source| RigError::Io {
                what: format!("{} can't be written", path.display()),
                source,
            })?;
        }
    };
    std::thread::scope(|scope| {
        let mut drawers = Vec::new();
        for no in 0..threads.max(1) {
            let drawer = std::thread::Builder::new()
                .name(format!("drawer-{no}"))
                .spawn_scoped(scope, draw)
                .map_err(|source| RigError::Io {
                    what: "a thread can't be started".to_owned(),
                    source,
                })?;
            drawers.push(drawer);
        }
        drawers.into_iter().try_for_each(|drawer| {
            drawer.join().unwrap_or_else(|_| Err(RigError::Input("drawing gave up".to_owned())))
        })
    })
}

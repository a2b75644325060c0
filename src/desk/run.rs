//! The desk's thread.

use super::ports::{ACTS, Answer, Board, Desk, DeskError, Done, Request, SignedHead, Signing};
use crate::flow::event::Event;
use crate::flow::ids::EnvelopeId;
use crate::flow::outcome::Outcome;
use crate::flow::{Act, Recorded, Refusal, State, View, decide};
use crate::store::{Group, StoreError, Writer, head_message};
use crate::voucher::Profile;
use crossbeam_channel::{Receiver, Sender, bounded};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::thread::JoinHandle;

/// The most acts in one commit: a few milliseconds of work.
const GROUP: usize = 128;

/// What the desk works with.
pub struct Office {
    pub writer: Writer,
    /// The profile in force; for a campaign that is about to begin, the one it begins with.
    pub profile: Profile,
    pub signing: Box<dyn Signing>,
    /// The ears' queue, bounded; when it is full or they are gone, the board says so and the desk goes
    /// on.
    pub outcomes: Option<Sender<Outcome>>,
}

impl std::fmt::Debug for Office {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Office").field("writer", &self.writer).finish_non_exhaustive()
    }
}

/// Starts the desk. Join the handle after the last [`Desk`] is dropped.
///
/// # Errors
/// If the state can't be read or the thread can't be made.
pub fn start(mut office: Office) -> Result<(Desk, JoinHandle<()>), StoreError> {
    let (acts, queue) = bounded(ACTS);
    let board = Board::default();
    let state = office.writer.reload()?;
    let view = View::of(&state);
    board.put(view.clone());
    let mut room = Room { office, state, view, board: board.clone(), outcome_no: 0 };
    let handle = std::thread::Builder::new()
        .name("desk".to_owned())
        .spawn(move || {
            let mut guard = StopGuard { board: room.board.clone(), clean: false };
            guard.clean = room.work(&queue);
        })
        .map_err(StoreError::io("the desk's thread can't be started"))?;
    Ok((Desk { acts, board }, handle))
}

/// Puts "stopped" on the board if the thread ends by a panic.
struct StopGuard {
    board: Board,
    clean: bool,
}

impl Drop for StopGuard {
    fn drop(&mut self) {
        if !self.clean && self.board.view().stopped.is_none() {
            let mut view = (*self.board.view()).clone();
            view.stopped =
                Some("an inner fault; start it again and tell the supervisor".to_owned());
            self.board.put(view);
        }
    }
}

struct Room {
    office: Office,
    state: State,
    view: View,
    board: Board,
    outcome_no: u64,
}

/// What one act of a group came to, before the commit.
type Tentative = Result<Vec<Recorded>, Refusal>;

impl Room {
    /// Until all senders are gone. False if the station had to stop.
    fn work(&mut self, queue: &Receiver<Request>) -> bool {
        while let Ok(first) = queue.recv() {
            let mut requests = vec![first];
            requests.extend(queue.try_iter().take(GROUP - 1));
            match self.group(&requests) {
                Ok((tentative, heads)) => self.publish(requests, tentative, &heads),
                Err(error) => {
                    let on = self.roll_back(&error);
                    let why = Arc::new(error);
                    for request in requests {
                        answer(&request, Err(DeskError::NotSaved(Arc::clone(&why))));
                    }
                    if !on {
                        return false;
                    }
                }
            }
        }
        true
    }

    /// Decides, appends and commits all acts. On an error nothing of the group is on the disk, and
    /// the state must be read again.
    fn group(
        &mut self,
        requests: &[Request],
    ) -> Result<(Vec<Tentative>, Vec<SignedHead>), StoreError> {
        let mut profile = None;
        let mut group = self.office.writer.group()?;
        let mut tentative = Vec::with_capacity(requests.len());
        let mut heads = Vec::new();
        for request in requests {
            let rules = profile.as_ref().unwrap_or(&self.office.profile);
            let decided = decide(&self.state, rules, &request.act, &group.facts(rules));
            let events = match decided {
                Ok(events) => events,
                Err(Refusal::Facts(error)) => return Err(StoreError::Refused(error.to_string())),
                Err(refusal) => {
                    tentative.push(Err(refusal));
                    continue;
                }
            };
            // Only what is let in leaves anything behind.
            for bytes in &request.attachments {
                group.attach(bytes)?;
            }
            let mut recorded = Vec::with_capacity(events.len());
            for event in events {
                if let Event::ProfileAdopted { sha256, .. } = &event {
                    profile = Some(group.profile(sha256)?);
                }
                recorded.push(group.append(
                    &mut self.state,
                    request.act.at,
                    &request.act.by,
                    event,
                )?);
            }
            if recorded.iter().any(|it| wants_signature(&it.event)) {
                heads.push(sign(&mut group, &mut self.state, &*self.office.signing, &request.act)?);
            }
            tentative.push(Ok(recorded));
        }
        group.commit()?;
        if let Some(profile) = profile {
            self.office.profile = profile;
        }
        Ok((tentative, heads))
    }

    /// After the commit: heads to their place outside, outcomes to the ears, the view to the board,
    /// answers to the callers.
    fn publish(&mut self, requests: Vec<Request>, tentative: Vec<Tentative>, heads: &[SignedHead]) {
        for head in heads {
            if let Err(why) = self.office.signing.keep(head) {
                self.view.head_not_kept = Some(why);
            }
        }
        let mut touched = BTreeSet::new();
        for recorded in tentative.iter().flatten().flatten() {
            self.touch(&recorded.event, &mut touched);
            self.tell(recorded);
        }
        self.view.refresh(&self.state, &touched);
        self.board.put(self.view.clone());
        let head = self.office.writer.head();
        for (request, tentative) in requests.into_iter().zip(tentative) {
            let answer = tentative.map(|events| Done { events, head }).map_err(DeskError::Refused);
            self::answer(&request, answer);
        }
    }

    fn touch(&self, event: &Event, touched: &mut BTreeSet<EnvelopeId>) {
        match event {
            Event::DeliveryPrepared { envelopes, .. } => touched.extend(envelopes),
            Event::DeliveryFailed { .. } => touched.extend(self.state.envelopes.keys()),
            _ => touched.extend(event.envelope()),
        }
    }

    fn tell(&mut self, recorded: &Recorded) {
        let Some(ears) = &self.office.outcomes else { return };
        let Some(outcome) = Outcome::of(self.outcome_no + 1, recorded, &self.state) else {
            return;
        };
        self.outcome_no += 1;
        if ears.try_send(outcome).is_err() {
            self.view.ears_lost = true;
        }
    }

    /// Reads the state from the disk again. False if even that fails: the station stops.
    fn roll_back(&mut self, error: &StoreError) -> bool {
        let stopped = match self.office.writer.reload() {
            Ok(_) if matches!(error, StoreError::Damaged(_)) => Some(error.to_string()),
            Ok(state) => {
                self.state = state;
                None
            }
            Err(reload) => Some(reload.to_string()),
        };
        let on = stopped.is_none();
        self.view = View::of(&self.state);
        self.view.stopped = stopped;
        self.board.put(self.view.clone());
        on
    }
}

/// One answer in a slot of one: it always fits; a caller that no longer waits needs none.
fn answer(request: &Request, answer: Answer) {
    if request.reply.try_send(answer).is_err() {}
}

fn wants_signature(event: &Event) -> bool {
    matches!(
        event,
        Event::EnvelopeClosed { .. }
            | Event::DeliveryDone { .. }
            | Event::DayEnded { .. }
            | Event::LogRestored { .. }
    )
}

fn sign(
    group: &mut Group<'_>,
    state: &mut State,
    signing: &dyn Signing,
    act: &Act,
) -> Result<SignedHead, StoreError> {
    let at = group.head();
    let genesis = state
        .genesis
        .as_ref()
        .ok_or_else(|| StoreError::Refused("the log has no beginning".to_owned()))?;
    let message = head_message(genesis, at.seq, &at.hash);
    let signature = signing.sign(&message).map_err(StoreError::Key)?;
    let signed = SignedHead {
        seq: at.seq,
        head: at.hash,
        signature: signature.clone(),
        last_envelope: state.last_envelope,
        last_delivery: state.last_delivery,
    };
    let event = Event::HeadSigned { seq: at.seq, head: at.hash, signature };
    group.append(state, act.at, &act.by, event)?;
    Ok(signed)
}

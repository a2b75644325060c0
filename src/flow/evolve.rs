//! The only thing that is replayed: one event changes the state. It asks nothing but the event.

use super::aside::Aside;
use super::event::{Event, Keyed, Moved, Place, Recorded, SheetTaken};
use super::ids::{EnvelopeId, SheetId};
use super::state::{Delivering, Envelope, Feed, Keying, LogHead, Phase, Sheet, State};
use crate::voucher::Reason;

/// Applies one recorded event. Events about envelopes that the state does not hold (delivered long
/// ago, and so left out when a station starts) change nothing but the counters.
pub fn evolve(state: &mut State, recorded: &Recorded) {
    state.seq = recorded.seq;
    match &recorded.event {
        Event::Genesis(genesis) => {
            state.revision = genesis.revision;
            state.genesis = Some(genesis.clone());
        }
        Event::ProfileAdopted { revision, .. } => state.revision = *revision,
        Event::PersonAdded { person, .. } => {
            state.people.insert(person.id.clone(), person.clone());
        }
        Event::PinSet { person, hash, .. } => {
            state.pins.insert(person.clone(), hash.clone());
        }
        Event::SessionStarted { .. }
        | Event::SignedIn { .. }
        | Event::SignInRefused { .. }
        | Event::ListImported { .. }
        | Event::DayEnded { .. } => {}
        Event::HeadSigned { seq, head, .. } => {
            state.signed = Some(LogHead { seq: *seq, hash: *head });
        }
        Event::LogRestored { last_envelope, last_delivery, .. } => {
            state.last_envelope = state.last_envelope.max(*last_envelope);
            state.last_delivery = state.last_delivery.max(*last_delivery);
        }
        Event::EnvelopeOpened { envelope, shop, slip, arrived, business_day, bundle } => {
            state.last_envelope = state.last_envelope.max(envelope.0);
            let opened = Envelope {
                id: *envelope,
                shop: shop.clone(),
                slip: slip.clone(),
                arrived: *arrived,
                business_day: *business_day,
                bundle: *bundle,
                phase: Phase::Open,
                feeds: Vec::new(),
                sheets: Vec::new(),
                asides: Vec::new(),
            };
            state.envelopes.insert(*envelope, opened);
        }
        Event::FeedStarted { envelope, folder, sides, .. } => {
            if let Some(envelope) = state.envelopes.get_mut(envelope) {
                envelope.feeds.push(Feed { folder: folder.clone(), sides: *sides });
            }
        }
        Event::FileAside { envelope, feed, file, after, end } => {
            if let Some(envelope) = state.envelopes.get_mut(envelope) {
                let no = u32::try_from(envelope.asides.len() + 1).unwrap_or(u32::MAX);
                let (file, end) = (file.clone(), end.clone());
                envelope.asides.push(Aside { no, feed: *feed, file, after: *after, end });
            }
        }
        Event::AsideSettled { envelope, no, end, .. } => {
            let index = usize::try_from(*no).unwrap_or_default().wrapping_sub(1);
            let envelope = state.envelopes.get_mut(envelope);
            if let Some(aside) = envelope.and_then(|it| it.asides.get_mut(index)) {
                aside.end = Some(end.clone());
            }
        }
        Event::SheetTaken(taken) => take(state, taken),
        Event::SheetUndone { sheet } => {
            if let Some(sheet) = sheet_mut(state, *sheet) {
                sheet.place = Place::Undone;
            }
        }
        Event::SheetsChecked { envelope, right, wrong } => {
            let id = |moved: &Moved| SheetId { envelope: *envelope, ordinal: moved.ordinal };
            for moved in right {
                move_to(state, id(moved), &moved.place);
            }
            for moved in wrong {
                move_to(state, id(moved), &moved.place);
                if let Some(sheet) = sheet_mut(state, id(moved)) {
                    sheet.reasons.push(Reason::MarkedWrong);
                }
            }
        }
        Event::SheetKeyed { sheet, answer, kind, settled_kind, place } => {
            move_to(state, *sheet, place);
            if let Some(sheet) = sheet_mut(state, *sheet) {
                let alike = sheet.keyings.iter().any(|keying| keying.answer == *answer);
                if let (true, Keyed::Number(number)) = (alike, answer) {
                    sheet.agreed = Some(number.clone());
                }
                sheet.keyings.push(Keying {
                    by: recorded.by.clone(),
                    answer: answer.clone(),
                    kind: kind.clone(),
                });
                if settled_kind.is_some() {
                    sheet.kind = settled_kind.clone();
                }
            }
        }
        Event::SheetSettled { sheet, kind, place, over, .. } => {
            move_to(state, *sheet, place);
            if let Some(sheet) = sheet_mut(state, *sheet) {
                if kind.is_some() {
                    sheet.kind = kind.clone();
                }
                if *place == Place::Entry {
                    sheet.keyings.clear();
                }
                sheet.over = over.clone();
            }
        }
        Event::EnvelopeClosed { envelope, reason, .. } => {
            set_phase(state, *envelope, Phase::Closed { reason: reason.clone() });
        }
        Event::EnvelopeReopened { envelope, .. } => set_phase(state, *envelope, Phase::Open),
        Event::DeliveryPrepared { delivery, envelopes, with, date, profile, shops, .. } => {
            state.last_delivery = state.last_delivery.max(delivery.0);
            for id in envelopes {
                if let Some(envelope) = state.envelopes.get_mut(id)
                    && let Phase::Closed { reason } = &envelope.phase
                {
                    envelope.phase =
                        Phase::Delivering { delivery: *delivery, reason: reason.clone() };
                }
            }
            state.delivering = Some(Delivering {
                id: *delivery,
                by: recorded.by.clone(),
                with: with.clone(),
                date: *date,
                envelopes: envelopes.clone(),
                seq: recorded.seq,
                revision: *profile,
                shops: shops.clone(),
            });
        }
        Event::DeliveryDone { .. } => {
            if let Some(delivering) = state.delivering.take() {
                for id in &delivering.envelopes {
                    state.envelopes.remove(id);
                }
            }
        }
        Event::DeliveryFailed { .. } => {
            if let Some(delivering) = state.delivering.take() {
                for id in &delivering.envelopes {
                    if let Some(envelope) = state.envelopes.get_mut(id)
                        && let Phase::Delivering { reason, .. } = &envelope.phase
                    {
                        envelope.phase = Phase::Closed { reason: reason.clone() };
                    }
                }
            }
        }
    }
}

fn take(state: &mut State, taken: &SheetTaken) {
    if let Some(envelope) = state.envelopes.get_mut(&taken.sheet.envelope) {
        envelope.sheets.push(Sheet {
            id: taken.sheet,
            kind: taken.kind.clone(),
            layout: taken.layout.clone(),
            captures: taken.captures.clone(),
            read: taken.machine_read().cloned(),
            verdict: taken.verdict,
            reasons: taken.reasons.clone(),
            revision: taken.profile,
            place: taken.place.clone(),
            keyings: Vec::new(),
            touched: false,
            agreed: None,
            over: Vec::new(),
            repeats: repeated(None, &taken.place),
            stopped: stops(&taken.place).to_vec(),
        });
    }
}

/// For what a sheet waits there for a supervisor, beside what was found when it was taken.
fn stops(place: &Place) -> &[Reason] {
    match place {
        Place::Settle { reasons, .. } => reasons,
        _ => &[],
    }
}

fn sheet_mut(state: &mut State, id: SheetId) -> Option<&mut Sheet> {
    let index = usize::try_from(id.ordinal).ok()?.checked_sub(1)?;
    state.envelopes.get_mut(&id.envelope)?.sheets.get_mut(index)
}

fn move_to(state: &mut State, id: SheetId, place: &Place) {
    if let Some(sheet) = sheet_mut(state, id) {
        sheet.repeats = repeated(sheet.repeats, place);
        sheet.place = place.clone();
        sheet.touched = true;
        let new = stops(place).iter().filter(|reason| !sheet.stopped.contains(reason));
        let new = new.copied().collect::<Vec<_>>();
        sheet.stopped.extend(new);
    }
}

/// Of which sheet one in this place is a repeat. A sheet that is held or rejected stays the repeat that
/// it was when somebody decided so; one that counts, or that is looked at once more, is none.
fn repeated(before: Option<SheetId>, place: &Place) -> Option<SheetId> {
    match place {
        Place::Settle { others, .. } => others.last().copied(),
        Place::Held { .. } | Place::Rejected { .. } => before,
        Place::Accepted(_)
        | Place::Check { .. }
        | Place::Entry
        | Place::Same { .. }
        | Place::Undone => None,
    }
}

fn set_phase(state: &mut State, id: EnvelopeId, phase: Phase) {
    if let Some(envelope) = state.envelopes.get_mut(&id) {
        envelope.phase = phase;
    }
}

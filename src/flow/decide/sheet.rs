//! A sheet is taken, looked at, keyed, settled. Every way to "accepted" goes through [`Admission`].

use super::Ctx;
use crate::flow::event::{
    Accepted, Capture, Counted, Event, How, Keyed, Moved, Place, SheetTaken, Source, front_picture,
};
use crate::flow::facts::Seen;
use crate::flow::ids::{EnvelopeId, Sha256, SheetId};
use crate::flow::input::TakeSheet;
use crate::flow::person::Duty;
use crate::flow::refusal::Refusal;
use crate::flow::state::{Envelope, Keying, Sheet};
use crate::voucher::profile::{EyeCheck, Identified};
use crate::voucher::reading::Fault;
use crate::voucher::{KindId, Number, Reading, Reason, Verdict, Yen, judge};
use std::cell::RefCell;

pub(super) fn take(ctx: &Ctx<'_>, taken: &TakeSheet) -> Result<Vec<Event>, Refusal> {
    ctx.duty(Duty::Take)?;
    let envelope = ctx.open_envelope(taken.envelope)?;
    if taken.captures.is_empty() {
        return Err(Refusal::NoCapture);
    }
    let mut reading = Reading::of(taken.captures.iter().map(|capture| &capture.reading));
    let mut same = Vec::new();
    for capture in &taken.captures {
        could_read(capture)?;
        let folder = match &capture.source {
            Source::File { feed, .. } => {
                Some(envelope.feed(*feed).ok_or(Refusal::UnknownFeed)?.folder.as_str())
            }
            Source::Camera { .. } | Source::Code {} | Source::Hand {} => None,
        };
        match ctx.facts.seen(folder, capture)? {
            Seen::New => {}
            Seen::SameFile(sheet) => return Err(Refusal::AlreadyTaken(sheet)),
            Seen::SamePicture(sheet) => {
                reading.faults.push(Fault::SamePicture);
                same.push(sheet);
            }
        }
    }
    let id = SheetId {
        envelope: envelope.id,
        ordinal: u32::try_from(envelope.sheets.len() + 1)
            .ok()
            .ok_or(Refusal::SlipTooLarge(u64::MAX))?,
    };
    // The ledger is asked before the verdict; a fact that can't be read ends the act.
    let trouble = RefCell::new(None);
    let issued = |number: &Number| match ctx.facts.issued(number) {
        Ok(issued) => issued,
        Err(error) => {
            trouble.replace(Some(error));
            crate::voucher::Issued::No
        }
    };
    let judged = judge(ctx.profile, &reading, &issued, taken.operator_kind.as_ref());
    if let Some(error) = trouble.into_inner() {
        return Err(Refusal::Facts(error));
    }
    let mut reasons = judged.reasons;
    let mut admission = Admission::new(ctx, envelope);
    let look = || look_at(front_picture(&taken.captures), judged.number.as_ref());
    let place = match (judged.verdict, &judged.number) {
        (Verdict::Stop, _) => Place::Settle { reasons: Vec::new(), others: same, blocked: None },
        (Verdict::Unreadable, _) => Place::Entry,
        (Verdict::Check, _) => look(),
        (Verdict::Accept, Some(_)) if eye_check_too(ctx, id, &mut reasons) => look(),
        (Verdict::Accept, Some(number)) => {
            admission.admit(id, number, judged.kind.as_ref(), How::Machine, &[])?
        }
        (Verdict::Accept, None) => Place::Entry,
    };
    Ok(vec![Event::SheetTaken(SheetTaken {
        sheet: id,
        kind: judged.kind,
        layout: judged.layout,
        operator_kind: taken.operator_kind.clone(),
        captures: taken.captures.clone(),
        read: judged.number.filter(|_| !matches!(place, Place::Accepted(_))),
        verdict: judged.verdict,
        reasons,
        profile: ctx.state.revision,
        place,
    })])
}

/// A source says only what it can have seen: a hand scanner no print, a person's hand nothing at all.
/// Otherwise one reading could pass for two (law 5).
fn could_read(capture: &Capture) -> Result<(), Refusal> {
    let reading = &capture.reading;
    let could = match &capture.source {
        Source::File { .. } | Source::Camera { .. } => true,
        Source::Code {} => {
            let text = reading.printed.is_none() && reading.kind_text.is_none();
            text && reading.looks_like.is_none()
        }
        Source::Hand {} => *reading == Reading::default(),
    };
    if could { Ok(()) } else { Err(Refusal::NotReadBySource) }
}

/// A person looks at the number beside the picture. Without a picture nobody could see it on a contact
/// sheet, so it is keyed from the paper.
fn look_at(picture: Option<&Sha256>, number: Option<&Number>) -> Place {
    match (picture, number) {
        (Some(_), Some(number)) => Place::Check { number: number.clone() },
        _ => Place::Entry,
    }
}

/// Whether the profile wants a person's look at a sheet that the machine would accept.
fn eye_check_too(ctx: &Ctx<'_>, id: SheetId, reasons: &mut Vec<Reason>) -> bool {
    match ctx.profile.eye_check {
        EyeCheck::Doubtful => false,
        EyeCheck::All => {
            reasons.push(Reason::ProfileWantsPerson);
            true
        }
        EyeCheck::Sample(every) => {
            // Spread over envelopes, so that nobody can tell beforehand which one it will be.
            let turn = id.envelope.0.wrapping_mul(7_919).wrapping_add(u64::from(id.ordinal));
            let sampled = turn.is_multiple_of(u64::from(every.max(1)));
            if sampled {
                reasons.push(Reason::Sample);
            }
            sampled
        }
    }
}

pub(super) fn undo(ctx: &Ctx<'_>, id: SheetId) -> Result<Vec<Event>, Refusal> {
    ctx.duty(Duty::Take)?;
    let envelope = ctx.open_envelope(id.envelope)?;
    let last = envelope.live().next_back().ok_or(Refusal::NothingToUndo)?;
    if last.id != id {
        return Err(Refusal::NotTheLast(last.id));
    }
    if last.touched {
        return Err(Refusal::UndoTooLate);
    }
    Ok(vec![Event::SheetUndone { sheet: id }])
}

pub(super) fn check(
    ctx: &Ctx<'_>,
    id: EnvelopeId,
    right: &[u32],
    wrong: &[u32],
) -> Result<Vec<Event>, Refusal> {
    ctx.duty(Duty::Check)?;
    let envelope = ctx.open_envelope(id)?;
    let mut named = right.iter().chain(wrong).copied().collect::<Vec<u32>>();
    named.sort_unstable();
    if named.windows(2).any(|pair| pair[0] == pair[1]) {
        return Err(Refusal::SheetTwice);
    }
    let waiting = |ordinal: u32| {
        let id = SheetId { envelope: id, ordinal };
        let sheet = envelope.sheet(ordinal).ok_or(Refusal::UnknownSheet(id))?;
        match &sheet.place {
            Place::Check { number } => Ok((sheet, number)),
            _ => Err(Refusal::NotWaitingForThis(id)),
        }
    };
    let mut admission = Admission::new(ctx, envelope);
    let mut confirmed = Vec::with_capacity(right.len());
    for ordinal in right {
        let (sheet, number) = waiting(*ordinal)?;
        let place = admission.admit(sheet.id, number, sheet.kind.as_ref(), How::Eye, &[])?;
        confirmed.push(Moved { ordinal: *ordinal, place });
    }
    let mut marked = Vec::with_capacity(wrong.len());
    for ordinal in wrong {
        waiting(*ordinal)?;
        marked.push(Moved { ordinal: *ordinal, place: Place::Entry });
    }
    if confirmed.is_empty() && marked.is_empty() {
        return Ok(Vec::new());
    }
    Ok(vec![Event::SheetsChecked { envelope: id, right: confirmed, wrong: marked }])
}

/// What a keying leads to, before it becomes an event.
enum KeyingOutcome {
    Waits,
    Agreed,
    Differ,
}

pub(super) fn key(
    ctx: &Ctx<'_>,
    id: SheetId,
    answer: &Keyed,
    kind: Option<&KindId>,
) -> Result<Vec<Event>, Refusal> {
    let (envelope, sheet) = ctx.open_sheet(id)?;
    if sheet.place != Place::Entry {
        return Err(Refusal::NotWaitingForThis(id));
    }
    if sheet.keyings.iter().any(|keying| keying.by == ctx.act.by) {
        return Err(Refusal::KeyedAlready(ctx.act.by.clone()));
    }
    ctx.duty(if sheet.keyings.len() < 2 { Duty::Key } else { Duty::Arbitrate })?;
    ctx.kind_known(kind)?;
    let kind = kind_of_keyed(ctx, sheet, answer, kind)?;
    let agrees = |earlier: &&Keying| earlier.answer == *answer && earlier.kind == kind;
    let outcome = match (sheet.keyings.len(), sheet.keyings.iter().find(agrees)) {
        (0, _) => KeyingOutcome::Waits,
        (_, Some(_)) => KeyingOutcome::Agreed,
        (1, None) => KeyingOutcome::Waits,
        (_, None) => KeyingOutcome::Differ,
    };
    let (place, settled_kind) = match outcome {
        KeyingOutcome::Waits => (Place::Entry, None),
        KeyingOutcome::Differ => (settle_for(vec![Reason::KeyingsDiffer]), None),
        KeyingOutcome::Agreed => agreed(ctx, envelope, sheet, answer, kind.as_ref())?,
    };
    Ok(vec![Event::SheetKeyed { sheet: id, answer: answer.clone(), kind, settled_kind, place }])
}

/// The kind that an answer stands for: the number's own, else what was keyed, else the sheet's.
pub(super) fn kind_of_keyed(
    ctx: &Ctx<'_>,
    sheet: &Sheet,
    answer: &Keyed,
    keyed: Option<&KindId>,
) -> Result<Option<KindId>, Refusal> {
    let by_number = match answer {
        Keyed::Cannot => None,
        Keyed::Number(number) => match ctx.profile.identify(number.as_str()) {
            Identified::Number { number: same, layout } if same == *number => {
                ctx.profile.kind_of(number, &layout)
            }
            _ => {
                return Err(Refusal::NotANumber {
                    text: number.to_string(),
                    why: ctx.profile.explain(number.as_str()).to_string(),
                });
            }
        },
    };
    match (by_number, keyed) {
        (Some(number), Some(said)) if number != *said => {
            Err(Refusal::KindDiffers { number: number.to_string(), said: said.to_string() })
        }
        (Some(number), _) => Ok(Some(number)),
        (None, Some(said)) => Ok(Some(said.clone())),
        (None, None) => Ok(sheet.kind.clone()),
    }
}

/// Two people said the same.
fn agreed(
    ctx: &Ctx<'_>,
    envelope: &Envelope,
    sheet: &Sheet,
    answer: &Keyed,
    kind: Option<&KindId>,
) -> Result<(Place, Option<KindId>), Refusal> {
    let barcode = sheet.barcode_number(ctx.profile);
    let mut stops = Vec::new();
    if let (Some(before), Some(now)) = (&sheet.kind, kind)
        && before != now
    {
        stops.push(Reason::KindConflict);
    }
    match answer {
        Keyed::Number(number) => {
            if barcode.is_some_and(|barcode| barcode != *number) {
                stops.push(Reason::KeyedDiffersFromBarcode);
            }
            let place =
                Admission::new(ctx, envelope).admit(sheet.id, number, kind, How::Keyed, &stops)?;
            Ok((place, kind.cloned()))
        }
        Keyed::Cannot => {
            // A barcode that says a good number is no ground to pay under a provisional one.
            if barcode.is_some() || sheet.agreed.is_some() {
                stops.push(Reason::CannotBeTold);
            }
            if kind.is_none() {
                stops.extend([Reason::CannotBeTold, Reason::KindUnknown]);
            }
            if !ctx.profile.valid_at(envelope.arrived) {
                stops.push(Reason::NotValidAtArrival);
            }
            stops.sort_unstable();
            stops.dedup();
            match kind {
                Some(kind) if stops.is_empty() => {
                    Ok((provisional(ctx, sheet.id, kind, How::Keyed)?, Some(kind.clone())))
                }
                _ => Ok((settle_for(stops), kind.cloned())),
            }
        }
    }
}

pub(super) fn settle_for(reasons: Vec<Reason>) -> Place {
    Place::Settle { reasons, others: Vec::new(), blocked: None }
}

/// 仮券番: the profile's prefix and the sheet's own id, so it is never given twice.
pub(super) fn provisional(
    ctx: &Ctx<'_>,
    id: SheetId,
    kind: &KindId,
    how: How,
) -> Result<Place, Refusal> {
    let rule = &ctx.profile.provisional;
    let station = ctx.state.genesis.as_ref().ok_or(Refusal::NotBegun)?.station.clone();
    let face = ctx.profile.kind(kind).ok_or_else(|| Refusal::UnknownKind(kind.to_string()))?.face;
    Ok(Place::Accepted(Accepted {
        number: Counted::Provisional(format!("{}{}", rule.prefix, station.sheet(id))),
        how,
        yen: if rule.paid { face } else { Yen::ZERO },
    }))
}

/// The one gate to "accepted": asks the facts, and knows what this same decision already let in.
pub(super) struct Admission<'a> {
    ctx: &'a Ctx<'a>,
    envelope: &'a Envelope,
    let_in: Vec<((Number, Option<KindId>), SheetId)>,
}

impl<'a> Admission<'a> {
    pub(super) fn new(ctx: &'a Ctx<'a>, envelope: &'a Envelope) -> Admission<'a> {
        Admission { ctx, envelope, let_in: Vec::new() }
    }

    /// Accepted, or to the supervisor with everything that speaks against it. `stops` are reasons
    /// that the caller already has.
    pub(super) fn admit(
        &mut self,
        id: SheetId,
        number: &Number,
        kind: Option<&KindId>,
        how: How,
        stops: &[Reason],
    ) -> Result<Place, Refusal> {
        let profile = self.ctx.profile;
        let facts = self.ctx.facts;
        let key = (number.clone(), profile.identity_kind(kind).cloned());
        let mut reasons = stops.to_vec();
        let mut holders = facts
            .holders(&key.0, key.1.as_ref())?
            .into_iter()
            .map(|holder| holder.sheet)
            .collect::<Vec<_>>();
        holders.extend(self.let_in.iter().filter(|(let_in, _)| *let_in == key).map(|(_, id)| *id));
        holders.retain(|holder| *holder != id);
        let repeated = holders.len() >= usize::try_from(profile.copies).unwrap_or(usize::MAX);
        if repeated {
            reasons.push(Reason::Duplicate);
        }
        let blocked = facts.blocked(number)?;
        if blocked.is_some() {
            reasons.push(Reason::Blocked);
        }
        if facts.issued(number)? == crate::voucher::Issued::No {
            reasons.push(Reason::NotIssued);
        }
        if !profile.valid_at(self.envelope.arrived) {
            reasons.push(Reason::NotValidAtArrival);
        }
        if kind.is_none() {
            reasons.push(Reason::KindUnknown);
        }
        if reasons.is_empty() {
            self.let_in.push((key, id));
            return self.accepted(number, kind, how);
        }
        reasons.sort_unstable();
        reasons.dedup();
        if !repeated {
            holders.clear();
        }
        Ok(Place::Settle { reasons, others: holders, blocked })
    }

    pub(super) fn accepted(
        &self,
        number: &Number,
        kind: Option<&KindId>,
        how: How,
    ) -> Result<Place, Refusal> {
        let profile = self.ctx.profile;
        let face = kind.and_then(|kind| profile.kind(kind)).ok_or(Refusal::KindMissing)?.face;
        Ok(Place::Accepted(Accepted { number: Counted::Number(number.clone()), how, yen: face }))
    }
}

//! What a supervisor decides about a sheet. Who was the second and what was overridden stands in the
//! event.

use super::sheet::{Admission, kind_of_keyed, provisional};
use super::{Ctx, evidence, reason_given};
use crate::flow::event::{Event, How, Keyed, Place};
use crate::flow::ids::SheetId;
use crate::flow::input::Settlement;
use crate::flow::person::{Duty, PersonId};
use crate::flow::refusal::Refusal;
use crate::flow::state::{Envelope, Sheet};
use crate::flow::stop;
use crate::voucher::profile::DefectOutcome;
use crate::voucher::{KindId, Number, Reason};

/// An operator hands a sheet to the supervisor. Why it waits for one already stays beside that.
pub(super) fn hold(ctx: &Ctx<'_>, id: SheetId, reason: &str) -> Result<Vec<Event>, Refusal> {
    ctx.duty(Duty::Take)?;
    let (_, sheet) = ctx.open_sheet(id)?;
    if !sheet.in_hand() {
        return Err(Refusal::NotWaitingForThis(id));
    }
    let (mut reasons, others, blocked) = match &sheet.place {
        Place::Settle { reasons, others, blocked } => {
            (reasons.clone(), others.clone(), blocked.clone())
        }
        _ => Default::default(),
    };
    reasons.push(Reason::HeldByPerson);
    reasons.sort_unstable();
    reasons.dedup();
    Ok(vec![Event::SheetSettled {
        sheet: id,
        kind: None,
        place: Place::Settle { reasons, others, blocked },
        reason: reason_given(reason)?,
        over: Vec::new(),
        with: None,
    }])
}

/// A decision with what it overrode and whom it took.
struct Decided {
    place: Place,
    kind: Option<KindId>,
    over: Vec<Reason>,
    with: Option<PersonId>,
}

pub(super) fn settle(
    ctx: &Ctx<'_>,
    id: SheetId,
    decision: &Settlement,
    kind: Option<&KindId>,
    reason: &str,
) -> Result<Vec<Event>, Refusal> {
    ctx.duty(Duty::Settle)?;
    let (envelope, sheet) = ctx.open_sheet(id)?;
    let reason = reason_given(reason)?;
    ctx.kind_known(kind)?;
    let known = kind.or(sheet.kind.as_ref()).cloned();
    let mut decided = match decision {
        Settlement::Accept(number) => accept(ctx, envelope, sheet, number, kind)?,
        Settlement::Provisional => unnumbered(ctx, envelope, sheet, known)?,
        Settlement::Same(other) => same(ctx, envelope, sheet, *other)?,
        Settlement::Reject { returned, defect } => {
            let place = refused(ctx, defect.as_deref(), &reason, |reason, defect| {
                Place::Rejected { reason, defect, returned: *returned }
            })?;
            Decided { place, kind: known, over: Vec::new(), with: None }
        }
        Settlement::Hold { defect } => {
            let place = refused(ctx, defect.as_deref(), &reason, |reason, defect| Place::Held {
                reason,
                defect,
            })?;
            Decided { place, kind: known, over: Vec::new(), with: None }
        }
        Settlement::Rekey => {
            Decided { place: Place::Entry, kind: known, over: Vec::new(), with: None }
        }
    };
    // What counts already is not undone by one person alone.
    if matches!(sheet.place, Place::Accepted(_)) && decided.with.is_none() {
        decided.with = Some(ctx.second(Duty::Check)?);
    }
    Ok(vec![Event::SheetSettled {
        sheet: id,
        kind: decided.kind,
        place: decided.place,
        reason,
        over: decided.over,
        with: decided.with,
    }])
}

/// Many that wait for the same reason are decided as one: each gets its own event.
pub(super) fn settle_alike(
    ctx: &Ctx<'_>,
    ids: &[SheetId],
    decision: &Settlement,
    reason: &str,
) -> Result<Vec<Event>, Refusal> {
    if !decision.fits_many() {
        return Err(Refusal::OneByOne);
    }
    let mut named = ids.to_vec();
    named.sort_unstable();
    if named.windows(2).any(|pair| pair[0] == pair[1]) {
        return Err(Refusal::SheetTwice);
    }
    let mut all = Vec::with_capacity(ids.len());
    let mut alike = None;
    for id in ids {
        let (_, sheet) = ctx.open_sheet(*id)?;
        let waits = stop::of(sheet).ok_or(Refusal::NotWaitingForThis(*id))?;
        if *alike.get_or_insert(waits) != waits {
            return Err(Refusal::NotAlike(*id));
        }
        all.extend(settle(ctx, *id, decision, None, reason)?);
    }
    Ok(all)
}

/// A number is accepted. Alone only if a machine or another person said the same number and nothing
/// speaks against it; never over a number that is paid already (law 3).
fn accept(
    ctx: &Ctx<'_>,
    envelope: &Envelope,
    sheet: &Sheet,
    number: &Number,
    kind: Option<&KindId>,
) -> Result<Decided, Refusal> {
    let keyed = Keyed::Number(number.clone());
    let kind = kind_of_keyed(ctx, sheet, &keyed, kind)?;
    let stops = evidence::against(ctx, sheet, number, kind.as_ref());
    let mut admission = Admission::new(ctx, envelope);
    let admitted = admission.admit(sheet.id, number, kind.as_ref(), How::Settled, &stops)?;
    let over = match admitted {
        Place::Settle { reasons, others, .. } if reasons.contains(&Reason::Duplicate) => {
            return Err(Refusal::AlreadyPaid(others.last().copied().unwrap_or(sheet.id)));
        }
        Place::Settle { reasons, .. } => reasons,
        _ => Vec::new(),
    };
    if kind.is_none() {
        return Err(Refusal::KindMissing);
    }
    let with = if over.is_empty() && evidence::supported(ctx, sheet, number, kind.as_ref())? {
        None
    } else {
        Some(ctx.second(Duty::Check)?)
    };
    let place = admission.accepted(number, kind.as_ref(), How::Settled)?;
    Ok(Decided { place, kind, over, with })
}

/// Under a provisional number, by two people, and only if no machine and no two people told the
/// number.
fn unnumbered(
    ctx: &Ctx<'_>,
    envelope: &Envelope,
    sheet: &Sheet,
    kind: Option<KindId>,
) -> Result<Decided, Refusal> {
    let read = sheet.read.clone().or_else(|| sheet.barcode_number(ctx.profile));
    let read = read.or_else(|| sheet.agreed.clone());
    if let Some(number) = read {
        return Err(Refusal::NumberKnown(number.to_string()));
    }
    let settled = kind.ok_or(Refusal::KindMissing)?;
    let with = Some(ctx.second(Duty::Check)?);
    let over = if ctx.profile.valid_at(envelope.arrived) {
        Vec::new()
    } else {
        vec![Reason::NotValidAtArrival]
    };
    let place = provisional(ctx, sheet.id, &settled, How::Settled)?;
    Ok(Decided { place, kind: Some(settled), over, with })
}

/// The paper was laid twice: this one is no sheet of its own. Two people, since a sheet less is a
/// voucher less.
fn same(
    ctx: &Ctx<'_>,
    envelope: &Envelope,
    sheet: &Sheet,
    other: SheetId,
) -> Result<Decided, Refusal> {
    let here = other.envelope == envelope.id && envelope.sheet(other.ordinal).is_some();
    // It may lie in another envelope, even in one that is delivered.
    let exists = here || (other.envelope != envelope.id && ctx.facts.is_sheet(other)?);
    if !exists || other == sheet.id {
        return Err(Refusal::UnknownSheet(other));
    }
    let with = Some(ctx.second(Duty::Check)?);
    Ok(Decided {
        place: Place::Same { sheet: other },
        kind: sheet.kind.clone(),
        over: Vec::new(),
        with,
    })
}

/// A 不備 of the profile decides what becomes of the sheet; without one the supervisor's word does.
fn refused(
    ctx: &Ctx<'_>,
    defect: Option<&str>,
    reason: &str,
    otherwise: impl FnOnce(String, Option<String>) -> Place,
) -> Result<Place, Refusal> {
    let reason = reason.to_owned();
    let Some(id) = defect else {
        return Ok(otherwise(reason, None));
    };
    let known = ctx.profile.defects.iter().find(|it| it.id == id);
    let known = known.ok_or_else(|| Refusal::UnknownDefect(id.to_owned()))?;
    let defect = Some(id.to_owned());
    Ok(match known.outcome {
        DefectOutcome::RejectedKept => Place::Rejected { reason, defect, returned: false },
        DefectOutcome::RejectedReturned => Place::Rejected { reason, defect, returned: true },
        DefectOutcome::Held => Place::Held { reason, defect },
    })
}

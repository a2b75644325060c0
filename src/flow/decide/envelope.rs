//! Opening, closing, re-opening.

use super::{Ctx, reason_given};
use crate::flow::event::{Event, Place, Slip};
use crate::flow::ids::{EnvelopeId, FeedId, SheetId};
use crate::flow::person::Duty;
use crate::flow::refusal::Refusal;
use crate::flow::state::{Envelope, Phase};
use crate::flow::tally::{self, Tally};
use crate::voucher::Reason;
use jiff::civil::Date;

/// No envelope is thicker; a larger number is a slip of the finger.
const MOST_SHEETS: u64 = 99_999;

const MIB: u64 = 1 << 20;

pub(super) fn open(
    ctx: &Ctx<'_>,
    shop: &str,
    slip: &Slip,
    arrived: Date,
    business_day: Date,
) -> Result<Vec<Event>, Refusal> {
    ctx.duty(Duty::Open)?;
    if let Some(kind) = slip.keys().find(|kind| ctx.profile.kind(kind).is_none()) {
        return Err(Refusal::UnknownKind(kind.to_string()));
    }
    let declared = tally::declared(slip);
    if declared > MOST_SHEETS {
        return Err(Refusal::SlipTooLarge(declared));
    }
    if !ctx.facts.shop_known(shop)? {
        return Err(Refusal::UnknownShop(shop.to_owned()));
    }
    let (free, floor) = ctx.facts.free_space()?;
    if free < floor {
        return Err(Refusal::NoSpace { free: free / MIB, floor: floor / MIB });
    }
    Ok(vec![Event::EnvelopeOpened {
        envelope: EnvelopeId(ctx.state.last_envelope + 1),
        shop: shop.to_owned(),
        slip: slip.clone(),
        arrived,
        business_day,
        bundle: ctx.profile.bundle,
    }])
}

pub(super) fn start_feed(
    ctx: &Ctx<'_>,
    envelope: EnvelopeId,
    folder: &str,
    sides: u8,
) -> Result<Vec<Event>, Refusal> {
    ctx.duty(Duty::Take)?;
    let open = ctx.open_envelope(envelope)?;
    let feed = FeedId(open.feeds.len() as u64 + 1);
    Ok(vec![Event::FeedStarted { envelope, feed, folder: folder.to_owned(), sides }])
}

/// Accepted sheets of this envelope that a list has blocked since, and that nobody has let pass.
pub(super) fn not_blocked_meanwhile(
    envelope: &Envelope,
    blocked: &[SheetId],
) -> Result<(), Refusal> {
    let let_pass = |id: &&SheetId| {
        envelope.sheet(id.ordinal).is_some_and(|sheet| sheet.over.contains(&Reason::Blocked))
    };
    let mut own = blocked.iter().filter(|id| id.envelope == envelope.id);
    match own.find(|id| !let_pass(id)) {
        Some(id) => Err(Refusal::BlockedMeanwhile(*id)),
        None => Ok(()),
    }
}

pub(super) fn close(
    ctx: &Ctx<'_>,
    id: EnvelopeId,
    reason: Option<&str>,
) -> Result<Vec<Event>, Refusal> {
    ctx.duty(Duty::Close)?;
    let envelope = ctx.open_envelope(id)?;
    nothing_in_hand(envelope)?;
    nothing_aside(envelope)?;
    not_blocked_meanwhile(envelope, &ctx.facts.blocked_holders()?)?;
    let difference = Tally::of(envelope).difference();
    let (reason, with) = if difference.is_empty() {
        (None, None)
    } else {
        ctx.duty(Duty::CloseWithDifference)?;
        // First the difference is told; whoever has given its reason is asked for the second person.
        let words = || Refusal::Difference(tally::difference_words(&difference));
        let reason = reason_given(reason.unwrap_or_default()).ok().ok_or_else(words)?;
        (Some(reason), Some(ctx.second(Duty::CloseWithDifference)?))
    };
    let totals = tally::totals(envelope)?;
    let held = envelope
        .live()
        .filter(|sheet| matches!(sheet.place, Place::Held { .. }))
        .map(|sheet| sheet.id)
        .collect::<Vec<SheetId>>();
    Ok(vec![Event::EnvelopeClosed {
        envelope: id,
        difference,
        reason,
        with,
        held,
        sheets: u32::try_from(totals.sheets()).unwrap_or(u32::MAX),
        amount: totals.amount,
    }])
}

fn nothing_in_hand(envelope: &Envelope) -> Result<(), Refusal> {
    let count =
        |wanted: fn(&Place) -> bool| envelope.live().filter(|sheet| wanted(&sheet.place)).count();
    let check = count(|place| matches!(place, Place::Check { .. }));
    let entry = count(|place| matches!(place, Place::Entry));
    let settle = count(|place| matches!(place, Place::Settle { .. }));
    let in_hand = check + entry + settle;
    if in_hand == 0 { Ok(()) } else { Err(Refusal::InHand { in_hand, check, entry, settle }) }
}

/// A file set aside may be a sheet that nobody has counted.
fn nothing_aside(envelope: &Envelope) -> Result<(), Refusal> {
    let names = envelope.open_asides().map(|aside| aside.file.name.clone()).collect::<Vec<_>>();
    if names.is_empty() { Ok(()) } else { Err(Refusal::AsideOpen(names)) }
}

pub(super) fn reopen(ctx: &Ctx<'_>, id: EnvelopeId, reason: &str) -> Result<Vec<Event>, Refusal> {
    ctx.duty(Duty::Reopen)?;
    let envelope = ctx.envelope(id)?;
    match envelope.phase {
        Phase::Closed { .. } => {}
        Phase::Open => return Err(Refusal::StillOpen(id)),
        Phase::Delivering { delivery, .. } => return Err(Refusal::BeingDelivered(id, delivery)),
    }
    let reason = reason_given(reason)?;
    let with = ctx.second(Duty::CloseWithDifference)?;
    Ok(vec![Event::EnvelopeReopened { envelope: id, reason, with }])
}

//! Preparing a delivery freezes its envelopes; then it is written, and done or failed.

use super::Ctx;
use crate::flow::event::Event;
use crate::flow::ids::{DeliveryId, EnvelopeId, Sha256};
use crate::flow::person::Duty;
use crate::flow::refusal::Refusal;
use crate::flow::state::Phase;
use crate::flow::tally;
use crate::voucher::Yen;
use jiff::civil::Date;
use std::collections::BTreeMap;

pub(super) fn prepare(
    ctx: &Ctx<'_>,
    chosen: Option<&[EnvelopeId]>,
    date: Date,
) -> Result<Vec<Event>, Refusal> {
    ctx.duty(Duty::Deliver)?;
    if let Some(delivering) = &ctx.state.delivering {
        return Err(Refusal::DeliveryPending(delivering.id));
    }
    let with = ctx.second(Duty::Deliver)?;
    let closed = |id: &EnvelopeId| {
        ctx.state.envelope(*id).is_some_and(|it| matches!(it.phase, Phase::Closed { .. }))
    };
    let envelopes = match chosen {
        None => ctx.state.envelopes.keys().copied().filter(closed).collect(),
        Some(chosen) => {
            let mut chosen = chosen.to_vec();
            chosen.sort_unstable();
            chosen.dedup();
            for id in &chosen {
                ctx.envelope(*id)?;
                if !closed(id) {
                    return Err(Refusal::StillOpen(*id));
                }
            }
            chosen
        }
    };
    if envelopes.is_empty() {
        return Err(Refusal::NothingToDeliver);
    }
    let blocked = ctx.facts.blocked_holders()?;
    let mut shops = BTreeMap::new();
    let mut sheets = 0;
    let mut amount = Yen::ZERO;
    for id in &envelopes {
        let envelope = ctx.envelope(*id)?;
        super::envelope::not_blocked_meanwhile(envelope, &blocked)?;
        if let Some(name) = ctx.facts.shop_name(&envelope.shop)? {
            shops.insert(envelope.shop.clone(), name);
        }
        let totals = tally::totals(envelope)?;
        sheets += totals.sheets();
        amount = amount.plus(totals.amount)?;
    }
    let delivery = DeliveryId(ctx.state.last_delivery + 1);
    Ok(vec![Event::DeliveryPrepared {
        delivery,
        envelopes,
        with,
        date,
        sheets,
        amount,
        profile: ctx.state.revision,
        shops,
    }])
}

/// Going on with a prepared delivery takes the same two people's right as beginning one.
pub(super) fn resume(ctx: &Ctx<'_>, delivery: DeliveryId) -> Result<Vec<Event>, Refusal> {
    ctx.duty(Duty::Deliver)?;
    pending(ctx, delivery)?;
    ctx.second(Duty::Deliver)?;
    Ok(Vec::new())
}

pub(super) fn finish(
    ctx: &Ctx<'_>,
    delivery: DeliveryId,
    manifest: Sha256,
) -> Result<Vec<Event>, Refusal> {
    ctx.duty(Duty::Deliver)?;
    pending(ctx, delivery)?;
    Ok(vec![Event::DeliveryDone { delivery, manifest }])
}

pub(super) fn fail(ctx: &Ctx<'_>, delivery: DeliveryId, why: &str) -> Result<Vec<Event>, Refusal> {
    ctx.duty(Duty::Deliver)?;
    pending(ctx, delivery)?;
    let with = ctx.second(Duty::Deliver)?;
    Ok(vec![Event::DeliveryFailed { delivery, why: super::reason_given(why)?, with }])
}

fn pending(ctx: &Ctx<'_>, delivery: DeliveryId) -> Result<(), Refusal> {
    match &ctx.state.delivering {
        Some(delivering) if delivering.id == delivery => Ok(()),
        _ => Err(Refusal::NoSuchDelivery(delivery)),
    }
}

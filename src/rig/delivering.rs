//! A delivery from the log to the stick: prepared and frozen in the log, written, read back, done.
//!
//! A crash at any point leaves either no delivery folder or a whole one, and in the log a prepared
//! delivery that the next `deliver` finishes under the same number with the same content.

use super::keys::StationKey;
use super::{Rig, RigError};
use crate::delivery::{self, DeliveryError, Disk, Progress, Written};
use crate::flow::event::Place;
use crate::flow::rows::{DeliveryHead, EnvelopeRow, SheetRow};
use crate::flow::state::{Delivering, Envelope, Phase};
use crate::flow::tally;
use crate::flow::{DeliveryId, EnvelopeId, Input, PersonId, State};
use crate::store::Reader;
use crate::voucher::Yen;
use std::path::{Path, PathBuf};

/// A row of a delivery file is at most about so many bytes, in both data sets together.
const BYTES_A_SHEET: u64 = 400;

/// A delivery that is on the medium, read back and recorded.
#[derive(Debug)]
pub struct Delivered {
    pub id: DeliveryId,
    pub head: DeliveryHead,
    pub written: Written,
    /// A delivery that was cut short before was finished, rather than a new one begun.
    pub resumed: bool,
}

/// Why there is no delivery, or not yet.
#[derive(Debug, thiserror::Error)]
pub enum DeliverError {
    #[error(transparent)]
    Rig(#[from] RigError),
    #[error("{} is no folder; is the stick in its place?", .0.display())]
    NoFolder(PathBuf),
    #[error(
        "{} has {} KiB free and the delivery may need {} KiB; use an emptier medium",
        out.display(), free >> 10, needed >> 10
    )]
    TooFull { out: PathBuf, free: u64, needed: u64 },
    /// It is recorded as failed, and its envelopes are free again.
    #[error("{source}{also}")]
    Failed { source: DeliveryError, also: String },
    #[error(
        "{source}. Delivery {delivery} stays prepared: deliver again with the same or another medium, or give it up with --abandon"
    )]
    StaysPrepared { delivery: String, source: DeliveryError },
}

impl From<DeliverError> for RigError {
    fn from(error: DeliverError) -> RigError {
        match error {
            DeliverError::Rig(error) => error,
            other => RigError::Input(other.to_string()),
        }
    }
}

/// How far a delivery is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// Its envelopes are frozen; it may have been prepared by an earlier call.
    Prepared(DeliveryId),
    Progress(Progress),
}

/// Delivers all closed envelopes into a new folder under `out`.
///
/// # Errors
/// If nothing is to be delivered, a second person is missing, the totals don't close, or the
/// medium fails. After a failing medium the delivery stays prepared, and the next call goes on with
/// it; after any other error it is recorded as failed and its envelopes are free again.
pub fn deliver(
    rig: &Rig,
    by: &PersonId,
    with: Option<&PersonId>,
    out: &Path,
    tell: &mut dyn FnMut(Told),
) -> Result<Delivered, DeliverError> {
    if !out.is_dir() {
        return Err(DeliverError::NoFolder(out.to_owned()));
    }
    let reader = rig.reader()?;
    let state = reader.state().map_err(RigError::from)?;
    let resumed = state.delivering.is_some();
    if let Some(prepared) = state.delivering {
        rig.act(by, with, Input::ResumeDelivery { delivery: prepared.id })?;
    } else {
        enough_room(&state, out)?;
        let input = Input::PrepareDelivery { envelopes: None, date: super::today() };
        rig.act(by, with, input)?;
    }
    let state = reader.state().map_err(RigError::from)?;
    let delivering = state
        .delivering
        .clone()
        .ok_or_else(|| RigError::Input("no delivery is prepared".to_owned()))?;
    tell(Told::Prepared(delivering.id));
    let head = head(rig, &reader, &state, &delivering)?;
    let progress = &mut |progress| tell(Told::Progress(progress));
    match write(rig, &state, &delivering, &head, out, progress) {
        Ok(written) => {
            let input =
                Input::FinishDelivery { delivery: delivering.id, manifest: written.manifest };
            rig.act(by, with, input)?;
            Ok(Delivered { id: delivering.id, head, written, resumed })
        }
        // A medium, of this try or an earlier one, may hold the whole delivery all the same: only the
        // same delivery may follow, so it stays prepared and its envelopes frozen.
        Err(source)
            if resumed
                || source.may_be_there()
                || matches!(source, DeliveryError::ReadBack { .. }) =>
        {
            let delivery = rig.genesis.station.delivery(delivering.id);
            Err(DeliverError::StaysPrepared { delivery, source })
        }
        Err(source) => {
            let why = source.to_string();
            let freed = rig.act(by, with, Input::FailDelivery { delivery: delivering.id, why });
            let also = freed.err().map(|it| format!(" (and: {it})")).unwrap_or_default();
            Err(DeliverError::Failed { source, also })
        }
    }
}

/// Gives a prepared delivery up, by two people: nothing of it may have left the room.
pub fn abandon(
    rig: &Rig,
    by: &PersonId,
    with: Option<&PersonId>,
    why: &str,
) -> Result<DeliveryId, RigError> {
    let delivering = rig.reader()?.state()?.delivering;
    let delivery =
        delivering.ok_or_else(|| RigError::Input("no delivery is prepared".to_owned()))?.id;
    rig.act(by, with, Input::FailDelivery { delivery, why: why.to_owned() })?;
    Ok(delivery)
}

/// So many bytes a medium must have free for a delivery of so many sheets.
pub fn room_for(sheets: u64) -> u64 {
    (1 << 20) + sheets.saturating_mul(BYTES_A_SHEET)
}

fn enough_room(state: &State, out: &Path) -> Result<(), DeliverError> {
    let closed = |it: &&Envelope| matches!(it.phase, Phase::Closed { .. });
    let sheets =
        state.envelopes.values().filter(closed).map(|it| it.sheets.len() as u64).sum::<u64>();
    let needed = room_for(sheets);
    let free = crate::store::free_space(out).map_err(RigError::from)?;
    if free < needed {
        return Err(DeliverError::TooFull { out: out.to_owned(), free, needed });
    }
    Ok(())
}

pub(super) fn lost(id: EnvelopeId) -> RigError {
    RigError::Input(format!("envelope {} is not in the state", id.0))
}

fn write(
    rig: &Rig,
    state: &State,
    delivering: &Delivering,
    head: &DeliveryHead,
    out: &Path,
    progress: &mut dyn FnMut(Progress),
) -> Result<Written, DeliveryError> {
    let key = StationKey::find(&rig.genesis.station, &rig.genesis.key)
        .map_err(|error| DeliveryError::Sign(error.to_string()))?;
    let mut envelopes = delivering.envelopes.iter().map(|id| {
        let envelope = state.envelope(*id).ok_or_else(|| lost(*id))?;
        rows(envelope, delivering.shops.get(&envelope.shop).cloned().unwrap_or_default())
    });
    let comment = format!("kenban delivery {}", rig.genesis.station.delivery(delivering.id));
    delivery::write(
        &Disk,
        out,
        head,
        &rig.profile,
        &mut envelopes,
        &|bytes| key.sign_bytes(bytes, &comment),
        progress,
    )
}

fn head(
    rig: &Rig,
    reader: &Reader,
    state: &State,
    delivering: &Delivering,
) -> Result<DeliveryHead, RigError> {
    let log = reader
        .head_at(delivering.seq)?
        .ok_or_else(|| RigError::Input("the log has lost the delivery's beginning".to_owned()))?;
    let mut sheets = 0;
    let mut amount = Yen::ZERO;
    for id in &delivering.envelopes {
        let totals = state.envelope(*id).map(tally::totals).transpose();
        let totals =
            totals.map_err(|error| RigError::Input(error.to_string()))?.unwrap_or_default();
        sheets += totals.sheets();
        amount = amount.plus(totals.amount).map_err(|error| RigError::Input(error.to_string()))?;
    }
    Ok(DeliveryHead {
        delivery: delivering.id,
        station: rig.genesis.station.clone(),
        campaign: rig.genesis.campaign.clone(),
        campaign_id: rig.genesis.id.clone(),
        training: rig.training(),
        date: delivering.date,
        by: delivering.by.clone(),
        with: delivering.with.clone(),
        profile_revision: delivering.revision,
        log_seq: log.seq,
        log_head: log.hash,
        key: rig.genesis.key.clone(),
        sheets,
        amount,
    })
}

/// An envelope's rows as a delivery has them. `shop_name` is empty where no list names the shop.
pub(super) fn rows(
    envelope: &Envelope,
    shop_name: String,
) -> Result<(EnvelopeRow, Vec<SheetRow>), RigError> {
    let totals = tally::totals(envelope).map_err(|error| RigError::Input(error.to_string()))?;
    let sheets = envelope
        .live()
        .zip(1..)
        .map(|(sheet, position)| SheetRow {
            sheet: sheet.id,
            position,
            kind: sheet.kind.clone(),
            read: sheet.read.clone(),
            keyed: sheet.agreed.clone(),
            repeats: sheet.repeats,
            place: sheet.place.clone(),
        })
        .collect::<Vec<_>>();
    debug_assert!(sheets.iter().all(|row| row.place != Place::Undone));
    let difference_reason = match &envelope.phase {
        Phase::Closed { reason } | Phase::Delivering { reason, .. } => reason.clone(),
        Phase::Open => None,
    };
    let pile = u32::try_from(sheets.len()).unwrap_or(u32::MAX);
    let bundle = envelope.bundle.max(1);
    let row = EnvelopeRow {
        envelope: envelope.id,
        shop: envelope.shop.clone(),
        shop_name,
        arrived: envelope.arrived,
        business_day: envelope.business_day,
        slip: envelope.slip.clone(),
        totals,
        bundles: pile / bundle,
        loose: pile % bundle,
        difference_reason,
    };
    Ok((row, sheets))
}

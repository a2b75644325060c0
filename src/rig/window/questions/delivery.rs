//! What a delivery would be, and where it can go.

use crate::delivery::preview::{self, Beginning};
use crate::delivery::stick::{self, Space};
use crate::flow::found;
use crate::flow::rows::DeliveryHead;
use crate::flow::view::EnvelopeView;
use crate::flow::{DeliveryId, Sha256, View};
use crate::rig::delivering::{lost, room_for, rows};
use crate::rig::window::{faults, keep};
use crate::rig::{Rig, RigError, today};
use crate::store::Reader;
use crate::ui::fault::Fault;
use crate::ui::port::{
    Answer, DeliveryLine, DeliveryState, FileHead, PreflightPoint, Room, Target,
};
use crate::voucher::Yen;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// So many lines of each file are shown.
const LINES: usize = 12;
/// More sheets than this take too long to go through only to be shown.
const MOST_SHEETS: u64 = 300_000;

pub(super) fn line(row: found::DeliveryRow) -> DeliveryLine {
    DeliveryLine {
        id: row.id,
        date: row.date,
        state: match row.state {
            found::DeliveryState::Prepared => DeliveryState::Prepared,
            found::DeliveryState::Done => DeliveryState::Done,
            found::DeliveryState::Failed => DeliveryState::Failed,
        },
        sheets: row.sheets,
        amount: row.amount,
    }
}

/// One point of each sort, with all that belongs to it.
pub(super) fn preflight(points: &[found::PreflightPoint]) -> Vec<PreflightPoint> {
    use found::PreflightPoint as Found;
    let mut out = Vec::new();
    let (mut blocked, mut nameless, mut open) = (Vec::new(), Vec::new(), Vec::new());
    let (mut waits, mut held) = ((0, 0, 0), 0);
    for point in points {
        match point {
            Found::Unfinished { delivery } => out.push(PreflightPoint::Unfinished(*delivery)),
            Found::NothingClosed => out.push(PreflightPoint::NothingClosed),
            Found::BlockedMeanwhile { sheet, .. } => blocked.push(*sheet),
            Found::ShopUnnamed { shop, .. } => nameless.push(shop.clone()),
            Found::StillOpen { envelope, check, entry, settle } => {
                open.push(*envelope);
                let add = |sum: &mut usize, count: u32| *sum += count as usize;
                add(&mut waits.0, *check);
                add(&mut waits.1, *entry);
                add(&mut waits.2, *settle);
            }
            Found::Held { ordinals, .. } => held += ordinals.len() as u64,
        }
    }
    nameless.sort();
    nameless.dedup();
    if !blocked.is_empty() {
        out.push(PreflightPoint::Blocked(blocked));
    }
    if !nameless.is_empty() {
        out.push(PreflightPoint::NoShopName(nameless));
    }
    let (check, entry, settle) = waits;
    if check + entry + settle > 0 {
        out.push(PreflightPoint::InHand { check, entry, settle });
    }
    if !open.is_empty() {
        out.push(PreflightPoint::Open(open));
    }
    if held > 0 {
        out.push(PreflightPoint::Held(held));
    }
    out
}

/// Envelopes of the delivery that is prepared; else all that are closed.
fn leaving(view: &View) -> impl Iterator<Item = &Arc<EnvelopeView>> {
    let begun = view.delivering.is_some();
    view.envelopes.values().filter(move |it| if begun { it.delivering } else { !it.open })
}

/// Sticks first, then the folder of the last delivery, if it is still there.
pub(super) fn targets(rig: &Rig) -> Vec<Target> {
    let sheets = leaving(&rig.board().view()).map(|it| u64::from(it.position)).sum();
    let needed = room_for(sheets);
    let sticks = stick::sticks().into_iter();
    let sticks = sticks.map(|stick| (stick.path, stick.name, true));
    let mut targets = sticks.filter_map(|stick| target(stick, needed)).collect::<Vec<_>>();
    let last = PathBuf::from(keep::read_settings(&rig.data).target);
    if last.is_absolute() && targets.iter().all(|target| target.path != last) {
        targets.extend(target((last.clone(), name(&last), false), needed));
    }
    targets
}

fn name(folder: &Path) -> String {
    folder.file_name().unwrap_or(folder.as_os_str()).to_string_lossy().into_owned()
}

/// `None` if there is no such folder.
fn target((path, name, removable): (PathBuf, String, bool), needed: u64) -> Option<Target> {
    let Space { free, writable } = stick::space(&path)?;
    let room = match (writable, free >= needed) {
        (false, _) => Room::NotWritable,
        (true, false) => Room::TooFull { needed },
        (true, true) => Room::Enough,
    };
    Some(Target { path, name, removable, free, room })
}

/// The first lines of each file, without preparing anything. None of them where there is too much to
/// go through, or where nothing is closed.
///
/// # Errors
/// Whatever would keep such a delivery from being made.
pub(super) fn first_lines(rig: &Rig, reader: &Reader) -> Result<Answer, Fault> {
    let view = rig.board().view();
    let sheets = leaving(&view).map(|it| u64::from(it.position)).sum::<u64>();
    if sheets > MOST_SHEETS || leaving(&view).next().is_none() {
        return Ok(Answer::FirstLines(Vec::new()));
    }
    let head = head(rig, reader, &view).map_err(|error| faults::of(&error))?;
    let mut envelopes = leaving(&view).map(|it| {
        let envelope = reader.envelope(it.id)?.ok_or_else(|| lost(it.id))?;
        let shop = reader.shop(&envelope.shop)?;
        rows(&envelope, shop.map(|shop| shop.name).unwrap_or_default())
    });
    let files = preview::preview(&head, &rig.profile, &mut envelopes, LINES)
        .map_err(|error| faults::delivery(&error))?;
    let file = |it: Beginning| FileHead { name: it.name, lines: it.lines, rows: it.rows };
    Ok(Answer::FirstLines(files.into_iter().map(file).collect()))
}

/// As it would be prepared now, as far as it shows in a file or its name.
fn head(rig: &Rig, reader: &Reader, view: &View) -> Result<DeliveryHead, RigError> {
    let nobody = rig.first_person()?;
    let newest = reader.deliveries(1)?.first().map_or(0, |row| row.id.0);
    Ok(DeliveryHead {
        delivery: view.delivering.unwrap_or(DeliveryId(newest + 1)),
        station: rig.genesis.station.clone(),
        campaign: rig.genesis.campaign.clone(),
        campaign_id: rig.genesis.id.clone(),
        training: rig.training(),
        date: today(),
        by: nobody.clone(),
        with: nobody,
        profile_revision: view.revision,
        log_seq: view.seq,
        log_head: Sha256([0; 32]),
        key: rig.genesis.key.clone(),
        sheets: 0,
        amount: Yen::ZERO,
    })
}

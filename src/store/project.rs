//! One event into the projections, from the state after it. Used when writing and when replaying.

use super::StoreError;
use crate::flow::event::{Capture, Counted, Event, List, Place};
use crate::flow::found::PlaceWord;
use crate::flow::ids::{EnvelopeId, Sha256, SheetId};
use crate::flow::rows::{BlockedEntry, ShopEntry};
use crate::flow::state::Sheet;
use crate::flow::tally::declared;
use crate::flow::{PersonId, Recorded, State};
use rusqlite::{Connection, params};

/// Place codes of `sheet.place`; part of the projections' version.
pub(super) const ACCEPTED: i64 = 0;
pub(super) const CHECK: i64 = 1;
pub(super) const ENTRY: i64 = 2;
pub(super) const SETTLE: i64 = 3;
const KEPT: i64 = 4;
const RETURNED: i64 = 5;
pub(super) const HELD: i64 = 6;
/// From here on a row is no sheet of the envelope any more.
pub(super) const UNDONE: i64 = 7;
pub(super) const SAME: i64 = 8;

pub(super) fn place_code(place: PlaceWord) -> i64 {
    match place {
        PlaceWord::Accepted => ACCEPTED,
        PlaceWord::Check => CHECK,
        PlaceWord::Entry => ENTRY,
        PlaceWord::Settle => SETTLE,
        PlaceWord::Rejected => KEPT,
        PlaceWord::Returned => RETURNED,
        PlaceWord::Held => HELD,
        PlaceWord::Undone => UNDONE,
        PlaceWord::Same => SAME,
    }
}

/// The table holds no other codes.
pub(super) fn place_of(code: i64) -> PlaceWord {
    let all = PlaceWord::ALL.into_iter();
    all.into_iter().find(|place| place_code(*place) == code).unwrap_or(PlaceWord::Undone)
}

/// Gives the bytes of an attachment by hash.
pub(super) type Attachments<'a> = &'a dyn Fn(&Sha256) -> Result<Vec<u8>, StoreError>;

pub(super) fn project(
    conn: &Connection,
    after: &State,
    recorded: &Recorded,
    attachments: Attachments<'_>,
) -> Result<(), StoreError> {
    let seq = recorded.seq.cast_signed();
    match &recorded.event {
        Event::Genesis(_)
        | Event::ProfileAdopted { .. }
        | Event::SessionStarted { .. }
        | Event::PinSet { .. }
        | Event::SignedIn { .. }
        | Event::SignInRefused { .. }
        | Event::DayEnded { .. }
        | Event::FeedStarted { .. }
        | Event::FileAside { .. }
        | Event::LogRestored { .. }
        | Event::HeadSigned { .. } => {}
        Event::PersonAdded { person, .. } => {
            conn.prepare_cached("INSERT INTO person (id, name, role) VALUES (?1, ?2, ?3)")?
                .execute(params![person.id.as_str(), person.name, person.role.word()])?;
        }
        Event::ListImported { list, sha256, rows } => {
            import(conn, seq, *list, sha256, *rows, attachments)?;
        }
        Event::EnvelopeOpened { envelope, shop, slip, arrived, business_day, .. } => {
            conn.prepare_cached(
                "INSERT INTO envelope (id, shop, arrived, day, declared, phase, sheets, amount)
                 VALUES (?1, ?2, ?3, ?4, ?5, 'open', 0, 0)",
            )?
            .execute(params![
                envelope.0.cast_signed(),
                shop,
                arrived.to_string(),
                business_day.to_string(),
                declared(slip).cast_signed()
            ])?;
        }
        Event::AsideSettled { envelope, with, .. } => {
            worked(conn, recorded, *envelope, with.as_ref())?;
        }
        Event::SheetTaken(taken) => {
            for sha256 in taken.captures.iter().filter_map(Capture::picture) {
                conn.prepare_cached("INSERT OR IGNORE INTO file (head, seq) VALUES (?1, ?2)")?
                    .execute(params![sha256.head(), seq])?;
            }
            write_sheet(conn, after, taken.sheet)?;
            worked(conn, recorded, taken.sheet.envelope, None)?;
        }
        Event::SheetUndone { sheet } | Event::SheetKeyed { sheet, .. } => {
            write_sheet(conn, after, *sheet)?;
            worked(conn, recorded, sheet.envelope, None)?;
        }
        Event::SheetSettled { sheet, with, .. } => {
            write_sheet(conn, after, *sheet)?;
            worked(conn, recorded, sheet.envelope, with.as_ref())?;
        }
        Event::SheetsChecked { envelope, right, wrong } => {
            worked(conn, recorded, *envelope, None)?;
            for moved in right.iter().chain(wrong) {
                write_sheet(conn, after, SheetId { envelope: *envelope, ordinal: moved.ordinal })?;
            }
        }
        Event::EnvelopeClosed { envelope, sheets, amount, .. } => {
            conn.prepare_cached(
                "UPDATE envelope SET phase = 'closed', sheets = ?2, amount = ?3 WHERE id = ?1",
            )?
            .execute(params![envelope.0.cast_signed(), sheets, amount.0])?;
        }
        Event::EnvelopeReopened { envelope, .. } => set_phase(conn, *envelope, "open", None)?,
        Event::DeliveryPrepared { delivery, envelopes, date, sheets, amount, .. } => {
            let id = delivery.0.cast_signed();
            conn.prepare_cached(
                "INSERT INTO delivery (id, date, state, sheets, amount)
                 VALUES (?1, ?2, 'prepared', ?3, ?4)",
            )?
            .execute(params![id, date.to_string(), sheets.cast_signed(), amount.0])?;
            for envelope in envelopes {
                set_phase(conn, *envelope, "delivering", Some(id))?;
            }
        }
        Event::DeliveryDone { delivery, manifest } => {
            let id = delivery.0.cast_signed();
            conn.execute(
                "UPDATE delivery SET state = 'done', manifest = ?2 WHERE id = ?1",
                params![id, manifest.0],
            )?;
            conn.execute(
                "UPDATE envelope SET phase = 'delivered' WHERE phase = 'delivering' AND delivery = ?1",
                params![id],
            )?;
        }
        Event::DeliveryFailed { delivery, .. } => {
            let id = delivery.0.cast_signed();
            conn.execute("UPDATE delivery SET state = 'failed' WHERE id = ?1", params![id])?;
            conn.execute(
                "UPDATE envelope SET phase = 'closed', delivery = NULL
                 WHERE phase = 'delivering' AND delivery = ?1",
                params![id],
            )?;
        }
    }
    Ok(())
}

fn set_phase(
    conn: &Connection,
    envelope: EnvelopeId,
    phase: &str,
    delivery: Option<i64>,
) -> Result<(), StoreError> {
    conn.prepare_cached("UPDATE envelope SET phase = ?2, delivery = ?3 WHERE id = ?1")?
        .execute(params![envelope.0.cast_signed(), phase, delivery])?;
    Ok(())
}

fn write_sheet(conn: &Connection, after: &State, id: SheetId) -> Result<(), StoreError> {
    // An envelope that the state doesn't hold has no sheets that can move.
    let index = usize::try_from(id.ordinal).unwrap_or_default().saturating_sub(1);
    let Some(sheet) = after.envelope(id.envelope).and_then(|it| it.sheets.get(index)) else {
        return Ok(());
    };
    let place = place_code(PlaceWord::of(&sheet.place));
    conn.prepare_cached(
        "INSERT INTO sheet (envelope, ordinal, place, kind, number, repeats_envelope, repeats_ordinal)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (envelope, ordinal)
         DO UPDATE SET place = excluded.place, kind = excluded.kind, number = excluded.number,
         repeats_envelope = excluded.repeats_envelope, repeats_ordinal = excluded.repeats_ordinal",
    )?
    .execute(params![
        id.envelope.0.cast_signed(),
        id.ordinal,
        place,
        sheet.kind.as_ref().map(|kind| kind.as_str()),
        number(sheet),
        sheet.repeats.map(|it| it.envelope.0.cast_signed()),
        sheet.repeats.map(|it| it.ordinal)
    ])?;
    Ok(())
}

/// The number under which a sheet is found: for an accepted one the number that counts, else what the
/// machine read or two people keyed alike. One that waits for keying only by what the machine read.
fn number(sheet: &Sheet) -> Option<&str> {
    let read = sheet.read.as_ref();
    let told = || read.or(sheet.agreed.as_ref()).map(|number| number.as_str());
    match &sheet.place {
        Place::Accepted(accepted) => Some(match &accepted.number {
            Counted::Number(number) => number.as_str(),
            Counted::Provisional(provisional) => provisional,
        }),
        Place::Entry => read.map(|number| number.as_str()),
        Place::Check { .. }
        | Place::Settle { .. }
        | Place::Rejected { .. }
        | Place::Held { .. } => told(),
        Place::Same { .. } | Place::Undone => None,
    }
}

/// Who acted on sheets of an envelope, on which days: it leads a search to the envelopes in whose log
/// it finds the rest.
fn worked(
    conn: &Connection,
    recorded: &Recorded,
    envelope: EnvelopeId,
    with: Option<&PersonId>,
) -> Result<(), StoreError> {
    let mut insert = conn.prepare_cached(
        "INSERT OR IGNORE INTO worked (envelope, person, day) VALUES (?1, ?2, ?3)",
    )?;
    let day = recorded.at.date().to_string();
    for person in [Some(&recorded.by), with].into_iter().flatten() {
        insert.execute(params![envelope.0.cast_signed(), person.as_str(), day])?;
    }
    Ok(())
}

fn import(
    conn: &Connection,
    seq: i64,
    list: List,
    sha256: &Sha256,
    rows: u64,
    attachments: Attachments<'_>,
) -> Result<(), StoreError> {
    let bad = |_: serde_json::Error| StoreError::Attachment(sha256.to_string());
    let word = match list {
        List::Shops => "shops",
        List::Issued => "issued",
        List::Blocked => "blocked",
    };
    conn.execute(
        "INSERT INTO list_import (seq, list, sha256, rows) VALUES (?1, ?2, ?3, ?4)",
        params![seq, word, sha256.0, rows.cast_signed()],
    )?;
    match list {
        // The ledger is kept in memory, from the attachment.
        List::Issued => {}
        List::Shops => {
            let shops: Vec<ShopEntry> =
                serde_json::from_slice(&attachments(sha256)?).map_err(bad)?;
            let mut insert = conn.prepare_cached(
                "INSERT INTO shop (code, name, kana) VALUES (?1, ?2, ?3)
                 ON CONFLICT (code) DO UPDATE SET name = excluded.name, kana = excluded.kana",
            )?;
            for shop in shops {
                insert.execute(params![shop.code, shop.name, shop.kana])?;
            }
        }
        List::Blocked => {
            let blocked: Vec<BlockedEntry> =
                serde_json::from_slice(&attachments(sha256)?).map_err(bad)?;
            let mut insert = conn.prepare_cached(
                "INSERT INTO blocked (number, reason) VALUES (?1, ?2)
                 ON CONFLICT (number) DO UPDATE SET reason = excluded.reason",
            )?;
            for entry in blocked {
                insert.execute(params![entry.number.as_str(), entry.reason])?;
            }
        }
    }
    Ok(())
}

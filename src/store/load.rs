//! What the station has in memory, read from the disk: the state, the ledger, the profile.

use super::codec::Row;
use super::{StoreError, project, schema};
use crate::flow::event::Event;
use crate::flow::ids::Sha256;
use crate::flow::{State, evolve};
use crate::voucher::{IssueLedger, Profile, profile_file};
use rusqlite::{Connection, OptionalExtension};

/// The state: all events about no envelope, and those about envelopes that are not delivered.
pub(super) fn state(conn: &Connection) -> Result<State, StoreError> {
    let mut state = State::default();
    let mut query = conn.prepare(
        "SELECT * FROM event WHERE seq IN (
             SELECT seq FROM event WHERE envelope IS NULL AND kind <> 'head.signed'
             UNION ALL
             SELECT e.seq FROM envelope v JOIN event e ON e.envelope = v.id WHERE v.phase <> 'delivered'
         ) ORDER BY seq",
    )?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        evolve(&mut state, &Row::from_sql(row)?.decode()?);
    }
    let last = |sql: &str| -> Result<u64, StoreError> {
        let last: Option<i64> = conn.query_row(sql, [], |row| row.get(0))?;
        Ok(last.unwrap_or_default().cast_unsigned())
    };
    state.last_envelope = state.last_envelope.max(last("SELECT max(id) FROM envelope")?);
    state.seq = last("SELECT max(seq) FROM event")?;
    Ok(state)
}

/// All issued lists together.
pub(super) fn ledger(conn: &Connection) -> Result<IssueLedger, StoreError> {
    let mut query =
        conn.prepare("SELECT sha256 FROM list_import WHERE list = 'issued' ORDER BY seq")?;
    let hashes =
        query.query_map([], |row| row.get(0).map(Sha256))?.collect::<Result<Vec<_>, _>>()?;
    let mut ledger = IssueLedger::default();
    for hash in hashes {
        let part = IssueLedger::from_bytes(&attachment(conn, &hash)?)
            .map_err(|error| StoreError::Damaged(error.to_string()))?;
        ledger.merge(&part);
    }
    Ok(ledger)
}

/// The profile in force, from the log's own copy of its text.
pub(super) fn profile(conn: &Connection) -> Result<Option<Profile>, StoreError> {
    let row = conn
        .query_row(
            "SELECT * FROM event WHERE envelope IS NULL AND kind IN ('genesis', 'profile.adopted')
             ORDER BY seq DESC LIMIT 1",
            [],
            Row::from_sql,
        )
        .optional()?;
    let Some(row) = row else { return Ok(None) };
    let hash = match row.decode()?.event {
        Event::Genesis(genesis) => genesis.profile,
        Event::ProfileAdopted { sha256, .. } => sha256,
        _ => return Ok(None),
    };
    parse_profile(&attachment(conn, &hash)?).map(Some)
}

pub(super) fn parse_profile(bytes: &[u8]) -> Result<Profile, StoreError> {
    let text =
        std::str::from_utf8(bytes).map_err(|error| StoreError::Profile(error.to_string()))?;
    profile_file::parse(text).map_err(|problems| {
        StoreError::Profile(problems.first().map(ToString::to_string).unwrap_or_default())
    })
}

/// Bytes that the log names by their hash; a copy that doesn't have the hash is refused.
pub(super) fn attachment(conn: &Connection, hash: &Sha256) -> Result<Vec<u8>, StoreError> {
    let bytes: Option<Vec<u8>> = conn
        .prepare_cached("SELECT bytes FROM attachment WHERE sha256 = ?1")?
        .query_row([hash.0], |row| row.get(0))
        .optional()?;
    match bytes {
        Some(bytes) if Sha256::of(&bytes) == *hash => Ok(bytes),
        _ => Err(StoreError::Attachment(hash.to_string())),
    }
}

/// Drops the projections and replays the whole log into new ones, in one transaction.
pub(super) fn rebuild(conn: &mut Connection) -> Result<(), StoreError> {
    // Dropping tables in any order needs the foreign keys off, which SQLite does only outside.
    conn.pragma_update(None, "foreign_keys", false)?;
    let tx = conn.transaction()?;
    schema::drop_projections(&tx)?;
    schema::create_projections(&tx)?;
    replay(&tx, |_, recorded, state| {
        project::project(&tx, state, recorded, &|hash| attachment(&tx, hash))
    })?;
    tx.commit()?;
    conn.pragma_update(None, "foreign_keys", true)?;
    Ok(())
}

/// Replays every event of the log in order; `each` sees the row, the event and the state after it.
pub(super) fn replay(
    conn: &Connection,
    mut each: impl FnMut(&Row, &crate::flow::Recorded, &State) -> Result<(), StoreError>,
) -> Result<State, StoreError> {
    let mut state = State::default();
    let mut query = conn.prepare("SELECT * FROM event ORDER BY seq")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let row = Row::from_sql(row)?;
        let recorded = row.decode()?;
        evolve(&mut state, &recorded);
        each(&row, &recorded, &state)?;
    }
    Ok(state)
}

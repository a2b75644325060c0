//! Tables. The log is never altered; the projections are dropped and replayed when their version
//! changes, so every earlier version migrates the same way.

use super::StoreError;
use rusqlite::Connection;

/// Version of the projections below, kept in `user_version`. Raise it with any change to them.
pub(super) const VERSION: i64 = 3;

/// The log and what it names. Never changed once a campaign exists.
pub(super) const LOG: &str = "
CREATE TABLE IF NOT EXISTS event (
  seq      INTEGER PRIMARY KEY CHECK (seq > 0),
  station  TEXT    NOT NULL,
  at       INTEGER NOT NULL,
  tz       INTEGER NOT NULL,
  by       TEXT    NOT NULL,
  envelope INTEGER,
  kind     TEXT    NOT NULL,
  v        INTEGER NOT NULL,
  body     TEXT    NOT NULL,
  hash     BLOB    NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE INDEX IF NOT EXISTS event_envelope ON event (envelope);
CREATE TABLE IF NOT EXISTS attachment (
  sha256 BLOB NOT NULL PRIMARY KEY CHECK (length(sha256) = 32),
  bytes  BLOB NOT NULL
) STRICT;
CREATE TRIGGER IF NOT EXISTS event_no_update BEFORE UPDATE ON event
  BEGIN SELECT RAISE(ABORT, 'the log is never changed'); END;
CREATE TRIGGER IF NOT EXISTS event_no_delete BEFORE DELETE ON event
  BEGIN SELECT RAISE(ABORT, 'the log is never shortened'); END;
CREATE TRIGGER IF NOT EXISTS event_only_next BEFORE INSERT ON event
  WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM event)
  BEGIN SELECT RAISE(ABORT, 'the log only grows at its end'); END;
CREATE TRIGGER IF NOT EXISTS attachment_no_update BEFORE UPDATE ON attachment
  BEGIN SELECT RAISE(ABORT, 'what the log names is never changed'); END;
CREATE TRIGGER IF NOT EXISTS attachment_no_delete BEFORE DELETE ON attachment
  BEGIN SELECT RAISE(ABORT, 'what the log names is never dropped'); END;
CREATE TRIGGER IF NOT EXISTS attachment_no_replace BEFORE INSERT ON attachment
  WHEN EXISTS (SELECT 1 FROM attachment WHERE sha256 = NEW.sha256 AND bytes <> NEW.bytes)
  BEGIN SELECT RAISE(ABORT, 'what the log names is never changed'); END;
";

/// Names of the projection tables with the columns that order them, for audit and migration.
pub(super) const PROJECTIONS: [(&str, &str); 9] = [
    ("file", "head, seq"),
    ("sheet", "envelope, ordinal"),
    ("envelope", "id"),
    ("worked", "envelope, person, day"),
    ("delivery", "id"),
    ("person", "id"),
    ("shop", "code"),
    ("blocked", "number"),
    ("list_import", "seq"),
];

pub(super) const TABLES: &str = "
CREATE TABLE person (
  id   TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  role TEXT NOT NULL
) STRICT;
CREATE TABLE shop (
  code TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  kana TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE blocked (
  number TEXT NOT NULL PRIMARY KEY,
  reason TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE list_import (
  seq    INTEGER PRIMARY KEY,
  list   TEXT    NOT NULL,
  sha256 BLOB    NOT NULL REFERENCES attachment (sha256),
  rows   INTEGER NOT NULL
) STRICT;
CREATE TABLE envelope (
  id       INTEGER PRIMARY KEY,
  shop     TEXT    NOT NULL,
  arrived  TEXT    NOT NULL,
  day      TEXT    NOT NULL,
  declared INTEGER NOT NULL,
  phase    TEXT    NOT NULL CHECK (phase IN ('open', 'closed', 'delivering', 'delivered')),
  sheets   INTEGER NOT NULL,
  amount   INTEGER NOT NULL,
  delivery INTEGER
) STRICT;
CREATE INDEX envelope_shop ON envelope (shop);
CREATE INDEX envelope_undelivered ON envelope (phase) WHERE phase <> 'delivered';
CREATE TABLE sheet (
  envelope INTEGER NOT NULL REFERENCES envelope (id),
  ordinal  INTEGER NOT NULL,
  place    INTEGER NOT NULL CHECK (place BETWEEN 0 AND 8),
  kind     TEXT,
  number   TEXT,
  repeats_envelope INTEGER,
  repeats_ordinal  INTEGER,
  PRIMARY KEY (envelope, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX sheet_number ON sheet (number) WHERE number IS NOT NULL;
CREATE TABLE worked (
  envelope INTEGER NOT NULL,
  person   TEXT    NOT NULL,
  day      TEXT    NOT NULL,
  PRIMARY KEY (envelope, person, day)
) STRICT, WITHOUT ROWID;
CREATE TABLE file (
  head INTEGER NOT NULL,
  seq  INTEGER NOT NULL,
  PRIMARY KEY (head, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE delivery (
  id       INTEGER PRIMARY KEY,
  date     TEXT    NOT NULL,
  state    TEXT    NOT NULL CHECK (state IN ('prepared', 'done', 'failed')),
  sheets   INTEGER NOT NULL,
  amount   INTEGER NOT NULL,
  manifest BLOB
) STRICT;
";

/// Pages of the log that its writer keeps in memory, KiB: numbers are looked up all over it.
pub(super) const LOG_CACHE: u32 = 65_536;
/// The same of pictures, KiB: each is written once and seldom read, so a large cache would only fill up.
pub(super) const PICTURE_CACHE: u32 = 2_048;
/// And of each day's pictures that were looked into.
pub(super) const LOOKED_CACHE: u32 = 256;

/// Settings that every connection of a writer needs. `cache`: KiB.
pub(super) fn pragmas(conn: &Connection, cache: u32) -> Result<(), StoreError> {
    conn.pragma_update(None, "journal_mode", "WAL")?;
    conn.pragma_update(None, "synchronous", "FULL")?;
    conn.pragma_update(None, "foreign_keys", true)?;
    self::cache(conn, cache)?;
    conn.busy_timeout(std::time::Duration::from_secs(5))?;
    Ok(())
}

/// How much of a file a connection keeps in memory, KiB.
pub(super) fn cache(conn: &Connection, kib: u32) -> Result<(), StoreError> {
    // Below zero it is KiB, above it would be pages.
    Ok(conn.pragma_update(None, "cache_size", -i64::from(kib))?)
}

pub(super) fn version(conn: &Connection) -> Result<i64, StoreError> {
    Ok(conn.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// Makes the log and, empty, the projections.
pub(super) fn create(conn: &Connection) -> Result<(), StoreError> {
    conn.execute_batch(LOG)?;
    create_projections(conn)
}

pub(super) fn create_projections(conn: &Connection) -> Result<(), StoreError> {
    conn.execute_batch(TABLES)?;
    conn.pragma_update(None, "user_version", VERSION)?;
    Ok(())
}

/// Whether there is a log with a beginning.
pub(super) fn has_log(conn: &Connection) -> Result<bool, StoreError> {
    let table: bool = conn.query_row(
        "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'event')",
        [],
        |row| row.get(0),
    )?;
    Ok(table && conn.query_row("SELECT EXISTS (SELECT 1 FROM event)", [], |row| row.get(0))?)
}

/// Drops every table that isn't the log's, whatever version it came from.
pub(super) fn drop_projections(conn: &Connection) -> Result<(), StoreError> {
    let mut names = conn.prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table'
         AND name NOT IN ('event', 'attachment') AND name NOT LIKE 'sqlite_%'",
    )?;
    let names =
        names.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
    for name in names {
        conn.execute_batch(&format!("DROP TABLE \"{}\"", name.replace('"', "\"\"")))?;
    }
    Ok(())
}

//! The log attacked by whoever owns the file: each attack is found, or it is said that it can't be.

use crate::common::{Site, text};
use crate::hands::{database, head, keyed_envelope};

#[test]
fn audit_finds_a_changed_event() {
    let site = Site::begun();
    keyed_envelope(&site, 1);
    let conn = database(&site);
    conn.execute_batch(
        "DROP TRIGGER event_no_update;
         UPDATE event SET body = replace(body, '\"yen\":1000', '\"yen\":9000')
         WHERE seq = (SELECT max(seq) FROM event WHERE body LIKE '%\"yen\":1000%')",
    )
    .unwrap();
    let found = site.fails(1, &["audit"]);
    assert!(found.contains("was changed") && found.contains("event_no_update"), "{found}");
}

#[test]
fn audit_finds_an_event_dropped_in_the_middle() {
    let site = Site::begun();
    keyed_envelope(&site, 1);
    let conn = database(&site);
    conn.execute_batch("DROP TRIGGER event_no_delete; DELETE FROM event WHERE seq = 12").unwrap();
    let found = site.fails(1, &["audit"]);
    assert!(found.contains("gap"), "{found}");
}

/// Re-computes the chain from `from` on, as the owner of the file could.
fn rechain(conn: &rusqlite::Connection, from: i64) {
    conn.execute_batch("DROP TRIGGER IF EXISTS event_no_update").unwrap();
    let mut previous: Vec<u8> = conn
        .query_row("SELECT hash FROM event WHERE seq = ?1", [from - 1], |row| row.get(0))
        .unwrap();
    let mut query = conn
        .prepare("SELECT seq, station, at, tz, by, envelope, kind, v, body FROM event WHERE seq >= ?1 ORDER BY seq")
        .unwrap();
    type Columns = (i64, String, i64, i64, String, Option<i64>, String, i64, String);
    let rows = query
        .query_map([from], |row| {
            Ok((
                row.get(0)?,
                row.get(1)?,
                row.get(2)?,
                row.get(3)?,
                row.get(4)?,
                row.get(5)?,
                row.get(6)?,
                row.get(7)?,
                row.get(8)?,
            ))
        })
        .unwrap()
        .collect::<Result<Vec<Columns>, _>>()
        .unwrap();
    for (seq, station, at, tz, by, envelope, kind, v, body) in rows {
        let hex = previous.iter().map(|it| format!("{it:02x}")).collect::<String>();
        let envelope = envelope.map(|it| it.to_string()).unwrap_or_default();
        let text =
            format!("{hex}\n{station}\n{seq}\n{at}\n{tz}\n{by}\n{envelope}\n{kind}\n{v}\n{body}\n");
        previous = kenban::flow::Sha256::of(text.as_bytes()).0.to_vec();
        conn.execute("UPDATE event SET hash = ?2 WHERE seq = ?1", rusqlite::params![seq, previous])
            .unwrap();
    }
}

/// Puts the triggers back that an attacker had to drop, from an untouched database.
fn repair_schema(site: &Site, conn: &rusqlite::Connection) {
    let clean = Site::begun();
    let theirs = database(&clean);
    let mut query =
        theirs.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").unwrap();
    let triggers = query
        .query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))
        .unwrap()
        .collect::<Result<Vec<_>, _>>()
        .unwrap();
    for (name, sql) in triggers {
        conn.execute_batch(&format!("DROP TRIGGER IF EXISTS {name}; {sql}")).unwrap();
    }
    assert!(site.data().exists());
}

/// Drops every projection, so that the program replays them from the log as it is now.
fn forget_projections(conn: &rusqlite::Connection) {
    conn.execute_batch("PRAGMA user_version = 0").unwrap();
}

#[test]
fn audit_finds_an_end_that_was_cut_off_and_rechained() {
    let site = Site::begun();
    let envelope = keyed_envelope(&site, 1);
    site.ok(&["close", &envelope]);
    let noted = head(&site);
    let conn = database(&site);
    // The closing, its signed head, and whatever came after it: gone; then the file is made whole.
    let closed: i64 = conn
        .query_row("SELECT seq FROM event WHERE kind = 'envelope.closed'", [], |row| row.get(0))
        .unwrap();
    conn.execute_batch("DROP TRIGGER event_no_delete").unwrap();
    conn.execute("DELETE FROM event WHERE seq >= ?1", [closed]).unwrap();
    rechain(&conn, 2);
    repair_schema(&site, &conn);
    forget_projections(&conn);
    drop(conn);
    // With the heads at hand the station itself refuses to go on.
    let refused = site.fails(2, &["end-day", "--as", "s1"]);
    assert!(refused.contains("which this station has signed"), "{refused}");
    // Whoever cut it off can hide the heads too, but not those on paper or kept elsewhere.
    let heads = site.public_key().with_extension("heads");
    let hidden = site.path("heads");
    std::fs::rename(&heads, &hidden).unwrap();
    site.ok(&["end-day", "--as", "s1"]);
    let alone = site.ok(&["audit"]);
    assert!(alone.contains("does not prove"), "{alone}");
    std::fs::rename(&hidden, &heads).unwrap();
    let by_head = site.fails(1, &["audit", "--head", &noted]);
    assert!(by_head.contains("dropped at the end"), "{by_head}");
    let by_key = site.fails(1, &["audit", "--key", text(&site.public_key())]);
    assert!(by_key.contains("kept outside"), "{by_key}");
}

#[test]
fn audit_finds_a_rewritten_log_by_its_signed_heads() {
    let site = Site::begun();
    let envelope = keyed_envelope(&site, 1);
    site.ok(&["close", &envelope]);
    let conn = database(&site);
    conn.execute_batch(
        "DROP TRIGGER event_no_update;
         UPDATE event SET body = replace(body, 'A0321004', 'A0666004') WHERE kind = 'envelope.opened'",
    )
    .unwrap();
    rechain(&conn, 2);
    repair_schema(&site, &conn);
    forget_projections(&conn);
    drop(conn);
    let key = site.public_key();
    let found = site.fails(1, &["audit", "--key", text(&key)]);
    assert!(found.contains("re-computed"), "{found}");
}

#[test]
fn audit_finds_tables_that_the_log_does_not_give() {
    let site = Site::begun();
    keyed_envelope(&site, 1);
    let conn = database(&site);
    conn.execute_batch("UPDATE sheet SET kind = '500' WHERE ordinal = 3").unwrap();
    let found = site.fails(1, &["audit"]);
    assert!(found.contains("'sheet' is not what the log gives"), "{found}");
}

#[test]
fn projections_of_another_version_are_replayed() {
    let site = Site::begun();
    keyed_envelope(&site, 1);
    let conn = database(&site);
    // An older version had other tables; whatever they were, the log gives the present ones.
    conn.execute_batch(
        "PRAGMA foreign_keys = OFF; DROP TABLE sheet; DROP TABLE file; ALTER TABLE shop RENAME TO shops_old;
         CREATE TABLE voucher (old TEXT); PRAGMA user_version = 0",
    )
    .unwrap();
    drop(conn);
    site.ok(&["end-day", "--as", "s1"]);
    site.ok(&["audit"]);
    let conn = database(&site);
    conn.execute_batch("PRAGMA user_version = 99").unwrap();
    drop(conn);
    assert!(site.fails(2, &["close", "1"]).contains("newer Kenban"));
}

/// A database as version 1 had it: without the table that leads to days and people, and with fewer
/// numbers.
fn as_version_1(conn: &rusqlite::Connection) {
    conn.execute_batch("DROP TABLE worked; PRAGMA user_version = 1").unwrap();
}

#[test]
fn version_1_is_replayed() {
    let site = Site::begun();
    let envelope = keyed_envelope(&site, 1);
    let log = |site: &Site| -> Vec<(i64, Vec<u8>)> {
        let conn = database(site);
        let mut query = conn.prepare("SELECT seq, hash FROM event ORDER BY seq").unwrap();
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        rows.collect::<Result<_, _>>().unwrap()
    };
    let before = log(&site);
    as_version_1(&database(&site));
    // Until it is opened the log is audited all the same, and so is what guards it.
    let audited = site.ok(&["audit"]);
    assert!(audited.contains("tables are of an older version"), "{audited}");
    let file = site.path("old.kenban");
    site.ok(&["backup", text(&file)]);
    database(&site).execute_batch("DROP TRIGGER event_no_delete").unwrap();
    assert!(site.fails(1, &["audit"]).contains("event_no_delete"));
    repair_schema(&site, &database(&site));

    site.ok(&["close", &envelope]);
    let audited = site.ok(&["audit"]);
    assert!(!audited.contains("older version"), "{audited}");
    let worked: i64 = database(&site)
        .query_row("SELECT count(*) FROM worked WHERE person IN ('o1', 'o2')", [], |row| row.get(0))
        .unwrap();
    assert_eq!(worked, 2);
    let after = log(&site);
    assert_eq!(after[..before.len()], before[..], "the log is never touched");
    // A backup that the older version made comes back, too.
    let other = site.path("other");
    site.ok(&["restore", text(&file), "--data", text(&other)]);
    let audited = site.ok(&["audit", "--data", text(&other)]);
    assert!(!audited.contains("older version"), "{audited}");
}

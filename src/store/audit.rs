//! Does the log hold, and does replay give what the tables say?

use super::codec::{Row, head_message};
use super::{Reader, StoreError, load, pictures::Pictures, project, schema};
use crate::flow::event::Event;
use crate::flow::ids::Sha256;
use crate::flow::{State, evolve};
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension};
use std::path::Path;

/// What stands outside the data folder and is held against the log.
#[derive(Clone, Debug, Default)]
pub struct Outside {
    /// A head that was printed or noted; the log must still contain it.
    pub head: Option<Sha256>,
    /// Signed heads that were kept: sequence number and hash. The log must still contain each.
    pub heads: Vec<(u64, Sha256)>,
    /// Also read every picture and hash it.
    pub pictures: bool,
}

/// Checks a signature of a message; given by the caller, who has the station's public key.
pub type Verify<'a> = &'a dyn Fn(&str, &str) -> Result<(), String>;

/// What the audit looked at and what it found.
#[derive(Clone, Debug, Default)]
pub struct Report {
    pub events: u64,
    pub head: Option<Sha256>,
    pub signed_heads: u64,
    pub pictures: u64,
    /// The log is training's (law 8).
    pub training: bool,
    /// What is right and should be known all the same.
    pub notes: Vec<String>,
    /// Everything that is not as it must be; empty means the data is right.
    pub findings: Vec<String>,
}

/// So many findings tell the story; a damaged file has thousands.
const MOST_FINDINGS: usize = 50;

impl Report {
    fn find(&mut self, finding: impl Into<String>) {
        if self.findings.len() < MOST_FINDINGS {
            self.findings.push(finding.into());
        }
    }
}

/// Audits a data folder. `verify` checks signed heads, if the station's key is at hand.
///
/// # Errors
/// Only if the data can't be read at all; everything wrong that can be read is a finding.
pub fn audit(
    data: &Path,
    outside: &Outside,
    verify: Option<Verify<'_>>,
) -> Result<Report, StoreError> {
    let reader = Reader::open(data)?;
    // One snapshot for everything below.
    let tx = reader.conn.unchecked_transaction()?;
    let mut report = Report::default();
    let word: String = tx.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if word != "ok" {
        report.find(format!("the database is damaged: {word}"));
    }
    let older = schema::version(&tx)? < schema::VERSION;
    schema_is_ours(&tx, older, &mut report)?;
    let replayed = Connection::open("")?;
    // Its tables stand alone: the attachments that they would point to stay in the audited file.
    replayed.pragma_update(None, "foreign_keys", false)?;
    replayed.execute_batch(schema::TABLES)?;
    let whole = chain_and_replay(&tx, &replayed, outside, verify, &mut report)?;
    if older {
        report.notes.push(
            "the tables are of an older version and were not compared: they are made anew from the log \
             when the station is next opened"
                .to_owned(),
        );
    } else if whole {
        compare_projections(&tx, &replayed, &mut report)?;
    }
    audit_pictures(data, &tx, outside.pictures, &mut report)?;
    Ok(report)
}

/// The tables and triggers that guard the log are those of this program, and the projections' too
/// where they are not of an older version.
fn schema_is_ours(conn: &Connection, older: bool, report: &mut Report) -> Result<(), StoreError> {
    let ours = Connection::open_in_memory()?;
    if older {
        ours.execute_batch(schema::LOG)?;
    } else {
        schema::create(&ours)?;
    }
    let mut query =
        ours.prepare("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let (kind, name, sql): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let theirs: Option<String> = conn
            .query_row(
                "SELECT sql FROM sqlite_schema WHERE type = ?1 AND name = ?2",
                [&kind, &name],
                |row| row.get(0),
            )
            .optional()?;
        if theirs.as_deref() != Some(sql.as_str()) {
            report.find(format!("the {kind} '{name}' was dropped or changed"));
        }
    }
    Ok(())
}

/// Walks the log. True if every event could be understood, so that replay is complete.
fn chain_and_replay(
    conn: &Connection,
    replayed: &Connection,
    outside: &Outside,
    verify: Option<Verify<'_>>,
    report: &mut Report,
) -> Result<bool, StoreError> {
    replayed.execute_batch("BEGIN")?;
    let mut state = State::default();
    let mut previous = Sha256([0; 32]);
    let mut hashes = Hashes::new(outside);
    let mut query = conn.prepare("SELECT * FROM event ORDER BY seq")?;
    let mut rows = query.query([])?;
    let mut whole = true;
    while let Some(row) = rows.next()? {
        let row = Row::from_sql(row)?;
        report.events += 1;
        if row.seq != report.events {
            report.find(format!("before event {} the log has a gap: events are missing", row.seq));
            report.events = row.seq;
        }
        if row.expected_hash(&previous) != row.hash {
            report.find(format!(
                "event {} was changed, or one before it was dropped or put in",
                row.seq
            ));
        }
        previous = row.hash;
        hashes.see(row.seq, &row.hash);
        let recorded = match row.decode() {
            Ok(recorded) => recorded,
            Err(error) => {
                report.find(error.to_string());
                whole = false;
                continue;
            }
        };
        if let Event::LogRestored { lost_head, .. } = &recorded.event {
            // Two people have said in the log that everything up to there was lost and why.
            hashes.forgive(lost_head);
        }
        station_is_one(&row, &state, report);
        signature_holds(&recorded.event, &row, &state, conn, verify, report)?;
        evolve(&mut state, &recorded);
        if let Err(error) =
            project::project(replayed, &state, &recorded, &|hash| load::attachment(conn, hash))
        {
            report.find(format!("event {} can't be replayed: {error}", row.seq));
            whole = false;
        }
    }
    replayed.execute_batch("COMMIT")?;
    report.head = (report.events > 0).then_some(previous);
    report.training = state
        .genesis
        .as_ref()
        .is_some_and(|genesis| genesis.mode == crate::flow::event::Mode::Training);
    if state.genesis.is_none() {
        report.find("the log has no beginning");
    }
    hashes.missing(report);
    Ok(whole)
}

fn station_is_one(row: &Row, state: &State, report: &mut Report) {
    if let Some(genesis) = &state.genesis
        && genesis.station.as_str() != row.station
    {
        report.find(format!("event {} is of station {}, not of this one", row.seq, row.station));
    }
}

fn signature_holds(
    event: &Event,
    row: &Row,
    state: &State,
    conn: &Connection,
    verify: Option<Verify<'_>>,
    report: &mut Report,
) -> Result<(), StoreError> {
    let Event::HeadSigned { seq, head, signature } = event else {
        return Ok(());
    };
    report.signed_heads += 1;
    let stands: Option<[u8; 32]> = conn
        .query_row("SELECT hash FROM event WHERE seq = ?1", [seq.cast_signed()], |row| row.get(0))
        .optional()?;
    if stands != Some(head.0) {
        report.find(format!(
            "event {} signs a head of event {seq} that is not there any more: the log was re-computed",
            row.seq
        ));
    }
    if let (Some(verify), Some(genesis)) = (verify, &state.genesis) {
        let message = head_message(genesis, *seq, head);
        if let Err(why) = verify(&message, signature) {
            report.find(format!("the signature in event {} is not the station's: {why}", row.seq));
        }
    }
    Ok(())
}

/// Heads from outside, ticked off as the log is walked.
struct Hashes {
    /// So many of the kept heads, from the first, the log itself says were lost.
    forgiven: usize,
    /// Kept heads in their order, ticked off where the log has them.
    head: Option<Sha256>,
    heads: Vec<((u64, Sha256), bool)>,
}

impl Hashes {
    fn new(outside: &Outside) -> Hashes {
        Hashes {
            forgiven: 0,
            head: outside.head,
            heads: outside.heads.iter().map(|head| (*head, false)).collect(),
        }
    }

    fn see(&mut self, seq: u64, hash: &Sha256) {
        if self.head.as_ref() == Some(hash) {
            self.head = None;
        }
        for (kept, stands) in &mut self.heads {
            *stands |= *kept == (seq, *hash);
        }
    }

    /// Kept heads up to the one that the log says was the last of the lost part.
    fn forgive(&mut self, lost_head: &Sha256) {
        let last = self.heads.iter().rposition(|((_, head), _)| head == lost_head);
        self.forgiven = self.forgiven.max(last.map_or(0, |last| last + 1));
    }

    fn missing(self, report: &mut Report) {
        if let Some(head) = self.head {
            report.find(format!(
                "the head {head} is not in the log: events were dropped at the end, or the log was re-computed"
            ));
        }
        for (no, ((seq, head), stands)) in self.heads.into_iter().enumerate() {
            if stands {
                continue;
            }
            if no < self.forgiven {
                report.notes.push(format!(
                    "the head of event {seq} was lost with a backup that was brought back, as the log says"
                ));
                continue;
            }
            report.find(format!(
                "the signed head {head} of event {seq}, kept outside, is not in the log: \
                 events were dropped at the end, or the log was re-computed"
            ));
        }
    }
}

fn compare_projections(
    conn: &Connection,
    replayed: &Connection,
    report: &mut Report,
) -> Result<(), StoreError> {
    for (table, order) in schema::PROJECTIONS {
        let sql = format!("SELECT * FROM {table} ORDER BY {order}");
        let (mut ours, mut theirs) = (conn.prepare(&sql)?, replayed.prepare(&sql)?);
        let columns = ours.column_count();
        if columns != theirs.column_count() {
            report.find(format!("the table '{table}' has other columns than the log gives it"));
            continue;
        }
        let (mut ours, mut theirs) = (ours.query([])?, theirs.query([])?);
        loop {
            let stored = values(ours.next()?, columns)?;
            let from_log = values(theirs.next()?, columns)?;
            if stored != from_log {
                let row = stored.as_ref().or(from_log.as_ref()).map(|row| format!("{row:?}"));
                report.find(format!(
                    "the table '{table}' is not what the log gives, first at {}",
                    row.unwrap_or_default()
                ));
                break;
            }
            if stored.is_none() {
                break;
            }
        }
    }
    Ok(())
}

fn values(row: Option<&rusqlite::Row<'_>>, columns: usize) -> rusqlite::Result<Option<Vec<Value>>> {
    row.map(|row| (0..columns).map(|column| row.get(column)).collect()).transpose()
}

/// Every picture that an event names is kept, and its bytes are the ones received.
fn audit_pictures(
    data: &Path,
    conn: &Connection,
    deep: bool,
    report: &mut Report,
) -> Result<(), StoreError> {
    let mut kept = std::collections::BTreeSet::new();
    for (hash, right) in Pictures::open(data)?.hashes(deep)? {
        report.pictures += 1;
        if !right {
            report.find(format!("the picture {hash} is not what was received"));
        }
        kept.insert(hash);
    }
    let mut query = conn.prepare("SELECT * FROM event WHERE kind = 'sheet.taken' ORDER BY seq")?;
    let mut rows = query.query([])?;
    let mut missing = Vec::new();
    let mut named = 0;
    while let Some(row) = rows.next()? {
        let row = Row::from_sql(row)?;
        let Ok(recorded) = row.decode() else { continue };
        let Event::SheetTaken(taken) = recorded.event else { continue };
        for capture in &taken.captures {
            let Some(sha256) = capture.picture() else { continue };
            named += 1;
            if !kept.contains(sha256) {
                let which = match capture.source.name() {
                    "" => sha256.to_string(),
                    name => format!("'{name}'"),
                };
                missing.push(format!("the picture {which} of event {} is missing", row.seq));
            }
        }
    }
    if named > 0 && kept.is_empty() {
        // As after a backup without pictures: one thing to know, not one for each sheet.
        report.notes.push(format!("none of the {named} pictures that the log names is here"));
        missing.clear();
    }
    missing.into_iter().for_each(|finding| report.find(finding));
    Ok(())
}

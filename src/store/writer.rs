//! The one writer: groups of events, each group one transaction.

use super::codec::Row;
use super::facts::StoreFacts;
use super::{DATABASE, StoreError, load, project, schema};
use crate::flow::event::{Event, List};
use crate::flow::ids::{Sha256, Stamp, Station};
use crate::flow::person::PersonId;
use crate::flow::{Recorded, State, evolve};
use crate::voucher::{IssueLedger, Profile};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use std::path::{Path, PathBuf};

/// The log's last event and its hash; 64 zeros before the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    pub seq: u64,
    pub hash: Sha256,
}

impl Head {
    pub(super) const NONE: Head = Head { seq: 0, hash: Sha256([0; 32]) };
}

/// The writing side of a data folder's database.
#[derive(Debug)]
pub struct Writer {
    conn: Connection,
    data: PathBuf,
    head: Head,
    ledger: IssueLedger,
    free_floor: u64,
}

impl Writer {
    /// Makes the database of a new campaign in an empty folder.
    ///
    /// # Errors
    /// If there is one already, or the folder can't be written.
    pub fn create(data: &Path, free_floor: u64) -> Result<Writer, StoreError> {
        let mut conn = Connection::open(data.join(DATABASE))?;
        // Rows of 300 to 400 bytes leave less of a larger page unused; only a new file takes this.
        conn.pragma_update(None, "page_size", 8_192)?;
        schema::pragmas(&conn, schema::LOG_CACHE)?;
        if schema::has_log(&conn)? {
            return Err(StoreError::Refused(format!(
                "{} already holds a campaign; use another folder",
                data.display()
            )));
        }
        // A file without a first event was left by a start that was cut short.
        if schema::version(&conn)? == 0 {
            let tx = conn.transaction()?;
            schema::create(&tx)?;
            tx.commit()?;
        }
        Writer::over(conn, data, free_floor)
    }

    /// Opens a campaign. Projections of another version are replayed from the log; after an
    /// unclean end the database is checked before anything is counted.
    pub fn open(data: &Path, free_floor: u64) -> Result<Writer, StoreError> {
        let path = data.join(DATABASE);
        if !path.exists() {
            return Err(StoreError::NoCampaign(data.display().to_string()));
        }
        // A write-ahead log that is still there tells that the last end was not a clean one.
        let unclean = data.join(format!("{DATABASE}-wal")).metadata().is_ok_and(|it| it.len() > 0);
        let mut conn = Connection::open(&path)?;
        schema::pragmas(&conn, schema::LOG_CACHE)?;
        if unclean {
            quick_check(&conn)?;
        }
        let found = schema::version(&conn)?;
        if found > schema::VERSION {
            return Err(StoreError::Newer { found, known: schema::VERSION });
        }
        if !schema::has_log(&conn)? {
            return Err(StoreError::NoCampaign(data.display().to_string()));
        }
        if found < schema::VERSION {
            load::rebuild(&mut conn)?;
        }
        let writer = Writer::over(conn, data, free_floor)?;
        writer.check_tail()?;
        Ok(writer)
    }

    fn over(conn: Connection, data: &Path, free_floor: u64) -> Result<Writer, StoreError> {
        let mut writer = Writer {
            conn,
            data: data.to_owned(),
            head: Head::NONE,
            ledger: IssueLedger::default(),
            free_floor,
        };
        writer.reload()?;
        Ok(writer)
    }

    /// Reads head and ledger from the disk again; gives the state. After a failed commit this is
    /// what the station goes on from.
    pub fn reload(&mut self) -> Result<State, StoreError> {
        self.head = head(&self.conn)?;
        self.ledger = load::ledger(&self.conn)?;
        load::state(&self.conn)
    }

    pub fn head(&self) -> Head {
        self.head
    }

    /// The profile in force; `None` before the first event.
    pub fn profile(&self) -> Result<Option<Profile>, StoreError> {
        load::profile(&self.conn)
    }

    /// The newest thousand events hold together; the whole log is `audit`'s matter.
    fn check_tail(&self) -> Result<(), StoreError> {
        let mut query = self.conn.prepare("SELECT * FROM event ORDER BY seq DESC LIMIT 1001")?;
        let rows = query.query_map([], Row::from_sql)?.collect::<Result<Vec<_>, _>>()?;
        for pair in rows.windows(2) {
            let [row, before] = pair else { continue };
            if row.seq != before.seq + 1 || row.expected_hash(&before.hash) != row.hash {
                return Err(StoreError::Damaged(format!(
                    "the log does not hold together at event {}",
                    row.seq
                )));
            }
        }
        Ok(())
    }

    /// Begins a group: all of it is committed, or none.
    pub fn group(&mut self) -> Result<Group<'_>, StoreError> {
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        Ok(Group {
            tx,
            data: &self.data,
            free_floor: self.free_floor,
            written: self.head,
            head: &mut self.head,
            ledger: &mut self.ledger,
        })
    }

    /// Makes commits fail from now on while `fails` says so; for proving what a failed commit does.
    pub fn fail_commits(
        &mut self,
        fails: impl FnMut() -> bool + Send + 'static,
    ) -> Result<(), StoreError> {
        Ok(self.conn.commit_hook(Some(fails))?)
    }

    /// Limits the database to so many pages, as a disk that becomes full would.
    pub fn limit_pages(&mut self, pages: u32) -> Result<(), StoreError> {
        Ok(self.conn.pragma_update(None, "max_page_count", pages)?)
    }

    /// Pages in use, for [`Writer::limit_pages`].
    pub fn pages(&self) -> Result<u32, StoreError> {
        Ok(self.conn.pragma_query_value(None, "page_count", |row| row.get(0))?)
    }
}

fn quick_check(conn: &Connection) -> Result<(), StoreError> {
    let word: String = conn.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if word == "ok" { Ok(()) } else { Err(StoreError::Damaged(word)) }
}

fn head(conn: &Connection) -> Result<Head, StoreError> {
    let last = conn
        .query_row("SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1", [], |row| {
            Ok(Head { seq: row.get::<_, i64>(0)?.cast_unsigned(), hash: Sha256(row.get(1)?) })
        })
        .optional()?;
    Ok(last.unwrap_or(Head::NONE))
}

/// An open transaction. Dropped without [`Group::commit`] it leaves no trace on the disk; the
/// state that it evolved must then be thrown away ([`Writer::reload`]).
#[derive(Debug)]
pub struct Group<'a> {
    tx: Transaction<'a>,
    data: &'a Path,
    free_floor: u64,
    head: &'a mut Head,
    written: Head,
    ledger: &'a mut IssueLedger,
}

impl Group<'_> {
    pub fn facts<'b>(&'b self, profile: &'b Profile) -> StoreFacts<'b> {
        StoreFacts {
            conn: &self.tx,
            ledger: self.ledger,
            profile,
            data: self.data,
            free_floor: self.free_floor,
        }
    }

    /// The head with this group's events.
    pub fn head(&self) -> Head {
        self.written
    }

    /// Stores bytes that an event of this group will name.
    pub fn attach(&self, bytes: &[u8]) -> Result<Sha256, StoreError> {
        let hash = Sha256::of(bytes);
        self.tx.execute(
            "INSERT INTO attachment (sha256, bytes) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
            params![hash.0, bytes],
        )?;
        Ok(hash)
    }

    /// The profile with this hash, of which the text was attached.
    pub fn profile(&self, hash: &Sha256) -> Result<Profile, StoreError> {
        load::parse_profile(&load::attachment(&self.tx, hash)?)
    }

    /// Appends an event, evolves the state by it and writes the projections.
    pub fn append(
        &mut self,
        state: &mut State,
        at: Stamp,
        by: &PersonId,
        event: Event,
    ) -> Result<Recorded, StoreError> {
        let recorded = Recorded { seq: self.written.seq + 1, at, by: by.clone(), event };
        let station = match (&recorded.event, &state.genesis) {
            (Event::Genesis(genesis), _) | (_, Some(genesis)) => genesis.station.clone(),
            _ => return Err(StoreError::Refused("the log has no beginning".to_owned())),
        };
        let row = Row::of(&station, &recorded, &self.written.hash)?;
        insert(&self.tx, &row, &station)?;
        evolve(state, &recorded);
        let tx = &self.tx;
        project::project(tx, state, &recorded, &|hash| load::attachment(tx, hash))?;
        if let Event::ListImported { list: List::Issued, sha256, .. } = &recorded.event {
            let part = IssueLedger::from_bytes(&load::attachment(tx, sha256)?)
                .map_err(|error| StoreError::Damaged(error.to_string()))?;
            self.ledger.merge(&part);
        }
        self.written = Head { seq: row.seq, hash: row.hash };
        Ok(recorded)
    }

    /// On the disk, or an error and nothing on the disk.
    pub fn commit(self) -> Result<(), StoreError> {
        self.tx.commit()?;
        *self.head = self.written;
        Ok(())
    }
}

fn insert(tx: &Transaction<'_>, row: &Row, station: &Station) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO event (seq, station, at, tz, by, envelope, kind, v, body, hash)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?
    .execute(params![
        row.seq.cast_signed(),
        station.as_str(),
        row.at,
        row.tz,
        row.by,
        row.envelope.map(u64::cast_signed),
        row.kind,
        row.v,
        row.body,
        row.hash.0
    ])?;
    Ok(())
}

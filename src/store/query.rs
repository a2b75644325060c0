//! Look-ups over a read-only connection; any number of them beside the one writer.

use super::codec::Row;
use super::{DATABASE, Head, StoreError, load, schema};
use crate::flow::event::{Event, Genesis};
use crate::flow::found::EventRow;
use crate::flow::ids::{EnvelopeId, Sha256, SheetId};
use crate::flow::state::Envelope;
use crate::flow::{PersonId, Recorded, State, evolve};
use crate::voucher::Profile;
use rusqlite::{Connection, OpenFlags, OptionalExtension, params};
use std::collections::BTreeMap;
use std::path::Path;

/// A read-only view of a data folder's database.
#[derive(Debug)]
pub struct Reader {
    pub(super) conn: Connection,
}

impl Reader {
    pub fn open(data: &Path) -> Result<Reader, StoreError> {
        let path = data.join(DATABASE);
        if !path.exists() {
            return Err(StoreError::NoCampaign(data.display().to_string()));
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        // Reading a write-ahead log needs to map its index, so not SQLITE_OPEN_READ_ONLY.
        let conn = Connection::open_with_flags(&path, flags)?;
        conn.pragma_update(None, "query_only", true)?;
        conn.busy_timeout(std::time::Duration::from_secs(5))?;
        let found = schema::version(&conn)?;
        if found > schema::VERSION {
            return Err(StoreError::Newer { found, known: schema::VERSION });
        }
        Ok(Reader { conn })
    }

    pub fn genesis(&self) -> Result<Genesis, StoreError> {
        let first = self
            .conn
            .query_row("SELECT * FROM event WHERE seq = 1", [], Row::from_sql)
            .optional()?
            .map(|row| row.decode())
            .transpose()?;
        match first.map(|recorded| recorded.event) {
            Some(Event::Genesis(genesis)) => Ok(genesis),
            _ => Err(StoreError::Damaged("the log has no beginning".to_owned())),
        }
    }

    pub fn profile(&self) -> Result<Profile, StoreError> {
        load::profile(&self.conn)?
            .ok_or_else(|| StoreError::Damaged("the log has no beginning".to_owned()))
    }

    /// Who was registered first: acts for scripts that name nobody.
    pub fn first_person(&self) -> Result<Option<PersonId>, StoreError> {
        let id: Option<String> = self
            .conn
            .query_row("SELECT id FROM person ORDER BY rowid LIMIT 1", [], |row| row.get(0))
            .optional()?;
        Ok(id.as_deref().and_then(PersonId::new))
    }

    /// The hash of each person's PIN, as it was set last. Reads the events that belong to no envelope.
    pub fn pins(&self) -> Result<BTreeMap<PersonId, String>, StoreError> {
        let mut query = self.conn.prepare_cached(
            "SELECT * FROM event WHERE envelope IS NULL AND kind = 'person.pin' ORDER BY seq",
        )?;
        let rows = query.query_map([], Row::from_sql)?.collect::<Result<Vec<_>, _>>()?;
        let mut pins = BTreeMap::new();
        for row in rows {
            if let Event::PinSet { person, hash, .. } = row.decode()?.event {
                pins.insert(person, hash);
            }
        }
        Ok(pins)
    }

    /// The newest head that the log itself says was lost with a backup.
    pub fn lost_head(&self) -> Result<Option<Sha256>, StoreError> {
        let row = self
            .conn
            .query_row(
                "SELECT * FROM event WHERE envelope IS NULL AND kind = 'log.restored'
                 ORDER BY seq DESC LIMIT 1",
                [],
                Row::from_sql,
            )
            .optional()?;
        match row.map(|row| row.decode()).transpose()?.map(|recorded| recorded.event) {
            Some(Event::LogRestored { lost_head, .. }) => Ok(Some(lost_head)),
            _ => Ok(None),
        }
    }

    /// The whole state, as the writer has it.
    pub fn state(&self) -> Result<State, StoreError> {
        load::state(&self.conn)
    }

    /// The hash of one event.
    pub fn head_at(&self, seq: u64) -> Result<Option<Head>, StoreError> {
        Ok(self
            .conn
            .query_row("SELECT hash FROM event WHERE seq = ?1", [seq.cast_signed()], |row| {
                Ok(Head { seq, hash: Sha256(row.get(0)?) })
            })
            .optional()?)
    }

    /// The last event's hash.
    pub fn head(&self) -> Result<Option<Head>, StoreError> {
        let last: Option<i64> =
            self.conn.query_row("SELECT max(seq) FROM event", [], |row| row.get(0))?;
        last.map_or(Ok(None), |seq| self.head_at(seq.cast_unsigned()))
    }

    /// Any envelope with its sheets, delivered ones too, by replay of its own events. The phase
    /// of a delivered one reads as closed.
    pub fn envelope(&self, id: EnvelopeId) -> Result<Option<Envelope>, StoreError> {
        let mut state = State::default();
        for row in self.envelope_rows(id)? {
            evolve(&mut state, &row.decode()?);
        }
        Ok(state.envelopes.remove(&id))
    }

    fn envelope_rows(&self, id: EnvelopeId) -> Result<Vec<Row>, StoreError> {
        let mut query =
            self.conn.prepare_cached("SELECT * FROM event WHERE envelope = ?1 ORDER BY seq")?;
        let rows = query.query_map([id.0.cast_signed()], Row::from_sql)?;
        Ok(rows.collect::<Result<Vec<_>, _>>()?)
    }

    /// Everything that happened in one envelope, oldest first.
    pub(super) fn envelope_events(&self, id: EnvelopeId) -> Result<Vec<Recorded>, StoreError> {
        self.envelope_rows(id)?.iter().map(Row::decode).collect()
    }

    /// Everything that happened to one sheet, oldest first: what people keyed, too. Reads the
    /// envelope's events.
    pub fn story(&self, sheet: SheetId) -> Result<Vec<EventRow>, StoreError> {
        let mut story = Vec::new();
        for row in self.envelope_rows(sheet.envelope)? {
            let recorded = row.decode()?;
            if concerns(&recorded.event, sheet) {
                story.push(EventRow { seq: row.seq, kind: row.kind, body: row.body, recorded });
            }
        }
        Ok(story)
    }

    /// Accepted sheets whose number is blocked: what a newly imported list says of the past.
    pub fn blocked_but_accepted(&self) -> Result<Vec<(SheetId, String)>, StoreError> {
        blocked_but_accepted(&self.conn)
    }

    /// So many quarter turns clockwise stand a kept picture upright, as the reader saw it when its sheet was
    /// taken; 0 for a picture that no sheet names.
    pub fn turn(&self, picture: &Sha256) -> Result<u8, StoreError> {
        let mut query = self.conn.prepare_cached(
            "SELECT e.* FROM file f JOIN event e ON e.seq = f.seq WHERE f.head = ?1",
        )?;
        let rows = query.query_map([picture.head()], Row::from_sql)?;
        for row in rows {
            if let Event::SheetTaken(taken) = row?.decode()?.event
                && let Some(own) = taken.captures.iter().find(|it| it.picture() == Some(picture))
            {
                return Ok(own.reading.turn % 4);
            }
        }
        Ok(0)
    }

    /// Envelopes by phase word.
    pub fn envelope_counts(&self) -> Result<BTreeMap<String, u64>, StoreError> {
        let mut query = self.conn.prepare("SELECT phase, count(*) FROM envelope GROUP BY phase")?;
        let rows =
            query.query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.cast_unsigned())))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Sheets that are in envelopes: taken, not undone, of paper of their own.
    pub fn sheet_count(&self) -> Result<u64, StoreError> {
        let count: i64 = self.conn.query_row(
            "SELECT count(*) FROM sheet WHERE place < ?1",
            params![super::project::UNDONE],
            |row| row.get(0),
        )?;
        Ok(count.cast_unsigned())
    }

    /// All events in order, without the state.
    pub fn events(&self, mut each: impl FnMut(&Recorded)) -> Result<(), StoreError> {
        load::replay(&self.conn, |_, recorded, _| {
            each(recorded);
            Ok(())
        })?;
        Ok(())
    }
}

fn concerns(event: &Event, sheet: SheetId) -> bool {
    match event {
        Event::SheetTaken(taken) => taken.sheet == sheet,
        Event::SheetUndone { sheet: id }
        | Event::SheetKeyed { sheet: id, .. }
        | Event::SheetSettled { sheet: id, .. } => *id == sheet,
        Event::SheetsChecked { right, wrong, .. } => {
            right.iter().chain(wrong).any(|moved| moved.ordinal == sheet.ordinal)
        }
        Event::AsideSettled { end, .. } => end.sheet() == Some(sheet.ordinal),
        _ => false,
    }
}

/// Accepted sheets whose number is blocked, with the reason.
pub(super) fn blocked_but_accepted(
    conn: &Connection,
) -> Result<Vec<(SheetId, String)>, StoreError> {
    // From the blocked numbers to their sheets: the other way round is a walk over all sheets.
    let mut query = conn.prepare_cached(
        "SELECT s.envelope, s.ordinal, b.reason FROM blocked b CROSS JOIN sheet s ON s.number = b.number
         WHERE s.place = ?1 ORDER BY s.envelope, s.ordinal",
    )?;
    let rows = query.query_map([super::project::ACCEPTED], |row| {
        let envelope = EnvelopeId(row.get::<_, i64>(0)?.cast_unsigned());
        Ok((SheetId { envelope, ordinal: row.get(1)? }, row.get(2)?))
    })?;
    Ok(rows.collect::<Result<Vec<_>, _>>()?)
}

//! Facts for a decision, read inside the group's transaction.

use super::codec::Row;
use super::project::{ACCEPTED, SAME, UNDONE};
use super::{StoreError, space};
use crate::flow::event::{Capture, Event, Source};
use crate::flow::facts::{FactError, Facts, Holder, Seen};
use crate::flow::ids::{EnvelopeId, FeedId, SheetId};
use crate::voucher::{IssueLedger, Issued, KindId, Number, Profile};
use rusqlite::{Connection, OptionalExtension, params};
use std::path::Path;

/// The store's answers, over one connection and its open transaction.
#[derive(Debug)]
pub struct StoreFacts<'a> {
    pub(super) conn: &'a Connection,
    pub(super) ledger: &'a IssueLedger,
    pub(super) profile: &'a Profile,
    pub(super) data: &'a Path,
    pub(super) free_floor: u64,
}

fn told(error: impl Into<StoreError>) -> FactError {
    FactError(error.into().to_string())
}

impl Facts for StoreFacts<'_> {
    fn holders(&self, number: &Number, kind: Option<&KindId>) -> Result<Vec<Holder>, FactError> {
        let mut query = self
            .conn
            .prepare_cached(
                "SELECT envelope, ordinal FROM sheet
                 WHERE number = ?1 AND place = ?2 AND (?3 IS NULL OR kind = ?3)
                 ORDER BY envelope, ordinal",
            )
            .map_err(told)?;
        let rows = query
            .query_map(params![number.as_str(), ACCEPTED, kind.map(KindId::as_str)], |row| {
                let envelope = EnvelopeId(row.get::<_, i64>(0)?.cast_unsigned());
                Ok(Holder { sheet: SheetId { envelope, ordinal: row.get(1)? } })
            })
            .map_err(told)?;
        rows.collect::<Result<Vec<_>, _>>().map_err(told)
    }

    fn issued(&self, number: &Number) -> Result<Issued, FactError> {
        Ok(self.ledger.holds(self.profile, number))
    }

    fn blocked(&self, number: &Number) -> Result<Option<String>, FactError> {
        self.conn
            .prepare_cached("SELECT reason FROM blocked WHERE number = ?1")
            .and_then(|mut query| query.query_row([number.as_str()], |row| row.get(0)).optional())
            .map_err(told)
    }

    fn blocked_holders(&self) -> Result<Vec<SheetId>, FactError> {
        super::query::blocked_but_accepted(self.conn)
            .map(|found| found.into_iter().map(|(sheet, _)| sheet).collect())
            .map_err(|error| FactError(error.to_string()))
    }

    fn shop_name(&self, code: &str) -> Result<Option<String>, FactError> {
        self.conn
            .prepare_cached("SELECT name FROM shop WHERE code = ?1")
            .and_then(|mut query| query.query_row([code], |row| row.get(0)).optional())
            .map_err(told)
    }

    fn shop_known(&self, code: &str) -> Result<bool, FactError> {
        // Without a list of shops every code is taken as it comes.
        self.conn
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM shop WHERE code = ?1) OR NOT EXISTS (SELECT 1 FROM shop)",
            )
            .and_then(|mut query| query.query_row([code], |row| row.get(0)))
            .map_err(told)
    }

    fn seen(&self, folder: Option<&str>, capture: &Capture) -> Result<Seen, FactError> {
        let Some(sha256) = capture.picture() else { return Ok(Seen::New) };
        let mut query = self
            .conn
            .prepare_cached(
                "SELECT e.* FROM file f JOIN event e ON e.seq = f.seq WHERE f.head = ?1",
            )
            .map_err(told)?;
        let rows = query
            .query_map([sha256.head()], Row::from_sql)
            .and_then(Iterator::collect::<Result<Vec<_>, _>>)
            .map_err(told)?;
        let mut seen = Seen::New;
        for row in rows {
            let Event::SheetTaken(taken) = row.decode().map_err(told)?.event else {
                continue;
            };
            if self.undone(taken.sheet)? {
                continue;
            }
            for earlier in &taken.captures {
                if earlier.picture() != Some(sha256) {
                    continue;
                }
                if let Some(feed) = same_name(&earlier.source, &capture.source)
                    && self.folder(taken.sheet.envelope, feed)?.as_deref() == folder
                {
                    return Ok(Seen::SameFile(taken.sheet));
                }
                seen = Seen::SamePicture(taken.sheet);
            }
        }
        Ok(seen)
    }

    fn is_sheet(&self, sheet: SheetId) -> Result<bool, FactError> {
        Ok(self.place(sheet)?.is_some_and(|place| place != UNDONE && place != SAME))
    }

    fn free_space(&self) -> Result<(u64, u64), FactError> {
        Ok((space::free_space(self.data).map_err(told)?, self.free_floor))
    }
}

/// The earlier file's feed, if both are files of the same name and size.
fn same_name(earlier: &Source, now: &Source) -> Option<FeedId> {
    match (earlier, now) {
        (
            Source::File { feed, name: earlier_name, size: earlier_size, .. },
            Source::File { name, size, .. },
        ) if earlier_name == name && earlier_size == size => Some(*feed),
        _ => None,
    }
}

impl StoreFacts<'_> {
    fn undone(&self, sheet: SheetId) -> Result<bool, FactError> {
        Ok(self.place(sheet)? == Some(UNDONE))
    }

    /// A sheet's place as its projection has it.
    fn place(&self, sheet: SheetId) -> Result<Option<i64>, FactError> {
        self.conn
            .prepare_cached("SELECT place FROM sheet WHERE envelope = ?1 AND ordinal = ?2")
            .and_then(|mut query| {
                query
                    .query_row(params![sheet.envelope.0.cast_signed(), sheet.ordinal], |row| {
                        row.get(0)
                    })
                    .optional()
            })
            .map_err(told)
    }

    /// The folder of an envelope's feed.
    fn folder(&self, envelope: EnvelopeId, feed: FeedId) -> Result<Option<String>, FactError> {
        let mut query = self
            .conn
            .prepare_cached(
                "SELECT * FROM event WHERE envelope = ?1 AND kind = 'feed.started' ORDER BY seq",
            )
            .map_err(told)?;
        let rows = query
            .query_map([envelope.0.cast_signed()], Row::from_sql)
            .and_then(Iterator::collect::<Result<Vec<_>, _>>)
            .map_err(told)?;
        for row in rows {
            if let Event::FeedStarted { feed: id, folder, .. } = row.decode().map_err(told)?.event
                && id == feed
            {
                return Ok(Some(folder));
            }
        }
        Ok(None)
    }
}

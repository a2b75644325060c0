//! Pictures, in database files of their own by the day of first write: the bytes as received and a
//! small crop of the number, under the SHA-256 of the bytes.

use super::StoreError;
use crate::flow::ids::Sha256;
use rusqlite::{Connection, OpenFlags, OptionalExtension, params};
use std::path::{Path, PathBuf};

const TABLE: &str = "CREATE TABLE IF NOT EXISTS picture (
  sha256 BLOB NOT NULL PRIMARY KEY CHECK (length(sha256) = 32),
  bytes  BLOB NOT NULL,
  crop   BLOB NOT NULL
) STRICT";

/// A picture on its way to the disk.
#[derive(Clone, Debug)]
pub struct Entry {
    pub sha256: Sha256,
    /// As received.
    pub bytes: Vec<u8>,
    /// A JPEG of the number.
    pub crop: Vec<u8>,
}

/// A picture from the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub bytes: Vec<u8>,
    pub crop: Vec<u8>,
}

#[derive(Debug)]
pub struct Pictures {
    folder: PathBuf,
    today: Option<(String, Connection)>,
}

impl Pictures {
    pub fn open(data: &Path) -> Result<Pictures, StoreError> {
        let folder = data.join("pictures");
        std::fs::create_dir_all(&folder)
            .map_err(StoreError::io(format!("{} can't be made", folder.display())))?;
        Ok(Pictures { folder, today: None })
    }

    /// Stores pictures in the file of `day` (YYYY-MM-DD); when it returns they are on the disk, so
    /// an event may name them.
    pub fn put(&mut self, day: &str, entries: &[Entry]) -> Result<(), StoreError> {
        if self.today.as_ref().is_none_or(|(open, _)| open != day) {
            let conn = Connection::open(self.file(day))?;
            super::schema::pragmas(&conn)?;
            conn.execute_batch(TABLE)?;
            self.today = Some((day.to_owned(), conn));
        }
        let Some((_, conn)) = &mut self.today else {
            return Ok(());
        };
        let tx = conn.transaction()?;
        for entry in entries {
            tx.prepare_cached(
                "INSERT INTO picture (sha256, bytes, crop) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
            )?
            .execute(params![entry.sha256.0, entry.bytes, entry.crop])?;
        }
        Ok(tx.commit()?)
    }

    /// The days that have a file, newest first.
    pub fn days(&self) -> Result<Vec<String>, StoreError> {
        let listed = std::fs::read_dir(&self.folder)
            .map_err(StoreError::io(format!("{} can't be read", self.folder.display())))?;
        let mut days = Vec::new();
        for entry in listed {
            let entry = entry.map_err(StoreError::io("the pictures can't be listed"))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if let Some(day) = name.strip_suffix(".db") {
                days.push(day.to_owned());
            }
        }
        days.sort_unstable_by(|a, b| b.cmp(a));
        Ok(days)
    }

    pub(super) fn file(&self, day: &str) -> PathBuf {
        self.folder.join(format!("{day}.db"))
    }

    fn read(&self, day: &str) -> Result<Connection, StoreError> {
        let conn = Connection::open_with_flags(self.file(day), OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        // A kill may have come between the file and its table.
        conn.execute_batch(TABLE)?;
        Ok(conn)
    }

    /// Looks in the newest files first.
    pub fn get(&self, sha256: &Sha256) -> Result<Option<Kept>, StoreError> {
        for day in self.days()? {
            let kept = self
                .read(&day)?
                .query_row("SELECT bytes, crop FROM picture WHERE sha256 = ?1", [sha256.0], |row| {
                    Ok(Kept { bytes: row.get(0)?, crop: row.get(1)? })
                })
                .optional()?;
            if kept.is_some() {
                return Ok(kept);
            }
        }
        Ok(None)
    }

    /// Every picture's hash, with whether its bytes have it when `deep`.
    pub fn hashes(&self, deep: bool) -> Result<Vec<(Sha256, bool)>, StoreError> {
        let mut hashes = Vec::new();
        for day in self.days()? {
            let conn = self.read(&day)?;
            let sql = if deep {
                "SELECT sha256, bytes FROM picture"
            } else {
                "SELECT sha256, NULL FROM picture"
            };
            let mut query = conn.prepare(sql)?;
            let mut rows = query.query([])?;
            while let Some(row) = rows.next()? {
                let hash = Sha256(row.get(0)?);
                let bytes: Option<Vec<u8>> = row.get(1)?;
                hashes.push((hash, bytes.is_none_or(|bytes| Sha256::of(&bytes) == hash)));
            }
        }
        Ok(hashes)
    }

    /// Drops pictures of the newest day that no event names: a crash came between picture and
    /// event. Older days were swept when they were the newest.
    pub fn sweep(&mut self, reader: &super::Reader) -> Result<u64, StoreError> {
        let Some(day) = self.days()?.into_iter().next() else {
            return Ok(0);
        };
        let conn = self.read(&day)?;
        let mut query = conn.prepare("SELECT sha256 FROM picture")?;
        let hashes =
            query.query_map([], |row| row.get(0).map(Sha256))?.collect::<Result<Vec<_>, _>>()?;
        let mut swept = 0;
        for hash in hashes {
            let named: bool = reader
                .conn
                .prepare_cached("SELECT EXISTS (SELECT 1 FROM file WHERE head = ?1)")?
                .query_row([hash.head()], |row| row.get(0))?;
            if !named {
                conn.execute("DELETE FROM picture WHERE sha256 = ?1", [hash.0])?;
                swept += 1;
            }
        }
        Ok(swept)
    }
}

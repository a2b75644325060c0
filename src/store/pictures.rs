//! Pictures, in database files of their own by the day of first write: the bytes as received and a
//! small crop of the number, under the SHA-256 of the bytes.

use super::{StoreError, schema};
use crate::flow::ids::Sha256;
use rusqlite::{Connection, OpenFlags, OptionalExtension, params};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The crop comes before the bytes, so that it is read without them.
const TABLE: &str = "CREATE TABLE IF NOT EXISTS picture (
  sha256 BLOB NOT NULL PRIMARY KEY CHECK (length(sha256) = 32),
  crop   BLOB NOT NULL,
  bytes  BLOB NOT NULL
) STRICT";

/// So many days' files are kept open by one handle.
const MOST_OPEN: usize = 32;

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

/// The pictures of a data folder: the one that writes, or any number that only look.
#[derive(Debug)]
pub struct Pictures {
    folder: PathBuf,
    today: Option<(String, Connection)>,
    /// Days that were looked into by a handle that only looks.
    looked: RefCell<BTreeMap<String, Connection>>,
    may_write: bool,
}

impl Pictures {
    pub fn open(data: &Path) -> Result<Pictures, StoreError> {
        let folder = data.join("pictures");
        std::fs::create_dir_all(&folder)
            .map_err(StoreError::io(format!("{} can't be made", folder.display())))?;
        Ok(Pictures { folder, today: None, looked: RefCell::default(), may_write: true })
    }

    /// A handle that only looks, for use beside the one that writes, from another thread if need be.
    /// It keeps the files open that it has looked into, so a second look is quick. Makes nothing: a
    /// folder without pictures has none.
    pub fn open_read(data: &Path) -> Pictures {
        Pictures {
            folder: data.join("pictures"),
            today: None,
            looked: RefCell::default(),
            may_write: false,
        }
    }

    /// Stores pictures in the file of `day` (YYYY-MM-DD); when it returns they are on the disk, so
    /// an event may name them.
    ///
    /// # Errors
    /// Also if the handle only looks.
    pub fn put(&mut self, day: &str, entries: &[Entry]) -> Result<(), StoreError> {
        self.writes()?;
        if self.today.as_ref().is_none_or(|(open, _)| open != day) {
            let conn = Connection::open(self.file(day))?;
            schema::pragmas(&conn, schema::PICTURE_CACHE)?;
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
        let listed = match std::fs::read_dir(&self.folder) {
            Err(error) if !self.may_write && error.kind() == std::io::ErrorKind::NotFound => {
                return Ok(Vec::new());
            }
            listed => listed
                .map_err(StoreError::io(format!("{} can't be read", self.folder.display())))?,
        };
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

    fn writes(&self) -> Result<(), StoreError> {
        if self.may_write {
            return Ok(());
        }
        Err(StoreError::Refused("this handle only looks at pictures".to_owned()))
    }

    /// Looks in the newest files first.
    pub fn get(&self, sha256: &Sha256) -> Result<Option<Kept>, StoreError> {
        let mut kept = None;
        self.each_day(|conn| {
            kept = conn
                .prepare_cached("SELECT bytes, crop FROM picture WHERE sha256 = ?1")?
                .query_row([sha256.0], |row| Ok(Kept { bytes: row.get(0)?, crop: row.get(1)? }))
                .optional()?;
            Ok(kept.is_some())
        })?;
        Ok(kept)
    }

    /// The crop of the number alone, without reading the whole picture.
    pub fn crop(&self, sha256: &Sha256) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.crops(&[*sha256])?.pop().map(|(_, crop)| crop))
    }

    /// The crops of many pictures, in the order asked for; those that are not kept are left out. A
    /// look-up for each in each day's file from the newest until all are found: a contact sheet of
    /// forty takes a few milliseconds.
    pub fn crops(&self, wanted: &[Sha256]) -> Result<Vec<(Sha256, Vec<u8>)>, StoreError> {
        let mut found = BTreeMap::new();
        let mut missing = wanted.iter().copied().collect::<BTreeSet<_>>();
        self.each_day(|conn| {
            let mut query = conn.prepare_cached("SELECT crop FROM picture WHERE sha256 = ?1")?;
            for hash in &missing {
                let crop: Option<Vec<u8>> =
                    query.query_row([hash.0], |row| row.get(0)).optional()?;
                found.extend(crop.map(|crop| (*hash, crop)));
            }
            missing.retain(|hash| !found.contains_key(hash));
            Ok(missing.is_empty())
        })?;
        let crop = |hash: &Sha256| found.get(hash).map(|crop| (*hash, crop.clone()));
        Ok(wanted.iter().filter_map(crop).collect())
    }

    /// Every day's file from the newest, until `look` says that it has found what it looks for.
    fn each_day(
        &self,
        mut look: impl FnMut(&Connection) -> Result<bool, StoreError>,
    ) -> Result<(), StoreError> {
        let mut looked = self.looked.borrow_mut();
        for day in self.days()? {
            if self.may_write {
                if look(&self.read(&day)?)? {
                    break;
                }
                continue;
            }
            if !looked.contains_key(&day) {
                let Some(conn) = self.look_into(&day)? else { continue };
                if looked.len() == MOST_OPEN {
                    looked.pop_first();
                }
                looked.insert(day.clone(), conn);
            }
            if let Some(conn) = looked.get(&day)
                && look(conn)?
            {
                break;
            }
        }
        Ok(())
    }

    /// `None` where a kill came between a file and its table.
    fn look_into(&self, day: &str) -> Result<Option<Connection>, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        // Reading a write-ahead log needs to map its index, so not SQLITE_OPEN_READ_ONLY.
        let conn = Connection::open_with_flags(self.file(day), flags)?;
        conn.pragma_update(None, "query_only", true)?;
        schema::cache(&conn, schema::LOOKED_CACHE)?;
        conn.busy_timeout(std::time::Duration::from_secs(5))?;
        let table: bool = conn.query_row(
            "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'picture')",
            [],
            |row| row.get(0),
        )?;
        Ok(table.then_some(conn))
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
        self.writes()?;
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

#[cfg(test)]
mod tests {
    use super::*;

    fn cache(conn: &Connection) -> i64 {
        conn.pragma_query_value(None, "cache_size", |row| row.get(0)).unwrap()
    }

    /// What was written stays in the cache until it is full: it must not be large enough to be felt.
    #[test]
    fn a_shift_of_pictures_fills_no_cache() {
        let dir = tempfile::tempdir().unwrap();
        let mut writes = Pictures::open(dir.path()).unwrap();
        let bytes = b"picture".to_vec();
        let entry = Entry { sha256: Sha256::of(&bytes), bytes, crop: Vec::new() };
        writes.put("2026-11-30", std::slice::from_ref(&entry)).unwrap();
        let (_, conn) = writes.today.as_ref().unwrap();
        assert_eq!(cache(conn), -2_048);
        let looks = Pictures::open_read(dir.path());
        assert!(looks.get(&entry.sha256).unwrap().is_some());
        let looked = looks.looked.borrow();
        assert!(cache(&looked["2026-11-30"]) * MOST_OPEN as i64 >= -8_192);
    }
}

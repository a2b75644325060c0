//! One file that holds a campaign, and the way back.

use super::pictures::Pictures;
use super::{DATABASE, Lock, Reader, StoreError, audit, load, schema};
use rusqlite::{Connection, OpenFlags, params};
use std::path::{Path, PathBuf};

/// What a backup holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    pub events: u64,
    pub sheets: u64,
    /// `None` if the backup was made without pictures.
    pub pictures: Option<u64>,
}

/// Writes the whole campaign to a new file. The station may go on meanwhile. The file is whole or
/// not there: it is written under another name first.
pub fn backup(data: &Path, file: &Path, with_pictures: bool) -> Result<Held, StoreError> {
    if file.exists() {
        return Err(StoreError::Refused(format!(
            "{} is there already; a backup never overwrites, give another name",
            file.display()
        )));
    }
    let part = with_ending(file, "part");
    remove(&part)?;
    let made = write_part(data, &part, with_pictures);
    match made {
        Ok(held) => {
            sync(&part)?;
            std::fs::rename(&part, file)
                .map_err(StoreError::io(format!("{} can't be named", file.display())))?;
            if let Some(folder) = file.parent().filter(|it| !it.as_os_str().is_empty()) {
                sync(folder)?;
            }
            Ok(held)
        }
        Err(error) => {
            remove(&part)?;
            Err(error)
        }
    }
}

fn write_part(data: &Path, part: &Path, with_pictures: bool) -> Result<Held, StoreError> {
    let reader = Reader::open(data)?;
    reader.conn.pragma_update(None, "query_only", false)?;
    let name = part.to_str().ok_or_else(|| {
        StoreError::Refused(format!("{} is no name that can be written", part.display()))
    })?;
    // A consistent copy of one moment, while others write.
    reader.conn.execute("VACUUM INTO ?1", [name])?;
    let mut copy = Connection::open(part)?;
    copy.pragma_update(None, "journal_mode", "DELETE")?;
    let events: i64 = copy.query_row("SELECT count(*) FROM event", [], |row| row.get(0))?;
    let sheets: i64 =
        copy.query_row("SELECT count(*) FROM sheet WHERE place < 7", [], |row| row.get(0))?;
    let pictures = if with_pictures { Some(copy_pictures(data, &mut copy)?) } else { None };
    copy.execute_batch(
        "CREATE TABLE backup (events INTEGER, sheets INTEGER, pictures INTEGER) STRICT",
    )?;
    copy.execute(
        "INSERT INTO backup (events, sheets, pictures) VALUES (?1, ?2, ?3)",
        params![events, sheets, pictures.map(u64::cast_signed)],
    )?;
    Ok(Held { events: events.cast_unsigned(), sheets: sheets.cast_unsigned(), pictures })
}

fn copy_pictures(data: &Path, copy: &mut Connection) -> Result<u64, StoreError> {
    let pictures = Pictures::open(data)?;
    copy.execute_batch(
        "CREATE TABLE backup_picture (day TEXT NOT NULL, sha256 BLOB NOT NULL, bytes BLOB NOT NULL,
         crop BLOB NOT NULL) STRICT",
    )?;
    let mut copied = 0;
    for day in pictures.days()? {
        let from =
            Connection::open_with_flags(pictures.file(&day), OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        let mut query = from.prepare("SELECT sha256, bytes, crop FROM picture")?;
        let mut rows = query.query([])?;
        let tx = copy.transaction()?;
        while let Some(row) = rows.next()? {
            let (hash, bytes, crop): (Vec<u8>, Vec<u8>, Vec<u8>) =
                (row.get(0)?, row.get(1)?, row.get(2)?);
            tx.prepare_cached("INSERT INTO backup_picture VALUES (?1, ?2, ?3, ?4)")?
                .execute(params![day, hash, bytes, crop])?;
            copied += 1;
        }
        tx.commit()?;
    }
    Ok(copied)
}

/// Brings a backup into a folder without a campaign. The backup is audited before it is put in
/// place; one that doesn't hold is refused and nothing is written.
pub fn restore(file: &Path, data: &Path) -> Result<Held, StoreError> {
    if !file.is_file() {
        return Err(StoreError::Refused(format!("there is no backup {}", file.display())));
    }
    std::fs::create_dir_all(data)
        .map_err(StoreError::io(format!("{} can't be made", data.display())))?;
    let _lock = Lock::take(data)?;
    let left = ["", "-wal", "-shm"].map(|end| data.join(format!("{DATABASE}{end}")));
    if left.iter().any(|file| file.exists()) {
        return Err(StoreError::Refused(format!(
            "{} holds live data; restore goes only into a folder without a campaign",
            data.display()
        )));
    }
    let trial = data.join("restore.part");
    clear(&trial)?;
    std::fs::create_dir_all(&trial)
        .map_err(StoreError::io(format!("{} can't be made", trial.display())))?;
    let put = unpack(file, &trial).and_then(|held| {
        move_in(&trial, data)?;
        Ok(held)
    });
    clear(&trial)?;
    put
}

fn unpack(file: &Path, trial: &Path) -> Result<Held, StoreError> {
    let path = trial.join(DATABASE);
    std::fs::copy(file, &path)
        .map_err(StoreError::io(format!("{} can't be copied", file.display())))?;
    let mut conn = Connection::open(&path)?;
    let held = conn
        .query_row("SELECT events, sheets, pictures FROM backup", [], |row| {
            Ok(Held {
                events: row.get::<_, i64>(0)?.cast_unsigned(),
                sheets: row.get::<_, i64>(1)?.cast_unsigned(),
                pictures: row.get::<_, Option<i64>>(2)?.map(i64::cast_unsigned),
            })
        })
        .map_err(|error| {
            StoreError::Refused(format!("{} is no backup of Kenban: {error}", file.display()))
        })?;
    if schema::version(&conn)? > schema::VERSION {
        return Err(StoreError::Newer { found: schema::version(&conn)?, known: schema::VERSION });
    }
    if held.pictures.is_some() {
        unpack_pictures(&conn, trial)?;
    }
    conn.execute_batch("DROP TABLE backup; DROP TABLE IF EXISTS backup_picture; VACUUM;")?;
    if schema::version(&conn)? < schema::VERSION {
        // Made by an older Kenban: its tables are made anew, so that they can be held against the log.
        load::rebuild(&mut conn)?;
    }
    schema::pragmas(&conn, schema::LOG_CACHE)?;
    drop(conn);
    let report = audit::audit(trial, &audit::Outside::default(), None)?;
    match report.findings.first() {
        Some(finding) => Err(StoreError::Refused(format!("the backup does not hold: {finding}"))),
        None => Ok(held),
    }
}

fn unpack_pictures(conn: &Connection, trial: &Path) -> Result<(), StoreError> {
    let mut pictures = Pictures::open(trial)?;
    let mut query =
        conn.prepare("SELECT day, sha256, bytes, crop FROM backup_picture ORDER BY day, rowid")?;
    let mut rows = query.query([])?;
    let mut batch = Vec::new();
    let mut of_day = String::new();
    while let Some(row) = rows.next()? {
        let day: String = row.get(0)?;
        if !day.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') {
            return Err(StoreError::Refused("the backup names a day that is none".to_owned()));
        }
        if day != of_day || batch.len() >= 64 {
            pictures.put(&of_day_or(&of_day, &day), &batch)?;
            batch.clear();
            of_day = day;
        }
        let sha256 = crate::flow::ids::Sha256(row.get(1)?);
        batch.push(super::pictures::Entry { sha256, bytes: row.get(2)?, crop: row.get(3)? });
    }
    if !batch.is_empty() {
        pictures.put(&of_day, &batch)?;
    }
    Ok(())
}

/// The first batch is empty and has no day yet.
fn of_day_or(of_day: &str, day: &str) -> String {
    if of_day.is_empty() { day.to_owned() } else { of_day.to_owned() }
}

/// Pictures first, the database last: until then the folder counts as empty.
fn move_in(trial: &Path, data: &Path) -> Result<(), StoreError> {
    let rename = |name: &str| {
        let from = trial.join(name);
        if !from.exists() {
            return Ok(());
        }
        std::fs::rename(&from, data.join(name))
            .map_err(StoreError::io(format!("{name} can't be moved into {}", data.display())))
    };
    if data.join("pictures").exists() {
        // Left by the campaign that was lost; kept, never overwritten.
        let free = (1..).map(|no| data.join(format!("pictures.before-restore-{no}")));
        let aside =
            free.into_iter().find(|it| !it.exists()).unwrap_or_else(|| data.join("pictures.lost"));
        std::fs::rename(data.join("pictures"), &aside)
            .map_err(StoreError::io(format!("{} can't be made", aside.display())))?;
    }
    rename("pictures")?;
    rename(&format!("{DATABASE}-wal"))?;
    rename(DATABASE)?;
    sync(data)
}

fn with_ending(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

fn remove(file: &Path) -> Result<(), StoreError> {
    match std::fs::remove_file(file) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(StoreError::io(format!("{} can't be removed", file.display()))(error))
        }
        _ => Ok(()),
    }
}

fn clear(folder: &Path) -> Result<(), StoreError> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(StoreError::io(format!("{} can't be removed", folder.display()))(error))
        }
        _ => Ok(()),
    }
}

fn sync(path: &Path) -> Result<(), StoreError> {
    std::fs::File::open(path)
        .and_then(|file| file.sync_all())
        .map_err(StoreError::io(format!("{} can't be flushed", path.display())))
}

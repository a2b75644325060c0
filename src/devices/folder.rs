//! A document scanner's folder: complete files only, in the order of their names, nothing lost.
//!
//! A file is complete when it has not grown for [`Patience::settle`]. Done files go to `done/`, files
//! that are no whole pictures to `aside/`, both inside the folder; nothing is ever deleted.

use crate::flow::NoSheetGroup;
use crate::flow::aside::AsideFile;
use crate::flow::{NoSheet, Sha256};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering as Memory};
use std::time::{Duration, SystemTime};

/// Where counted files go, in their folder.
pub const DONE: &str = "done";
/// Where files go that can't be sheets, in their folder.
pub const ASIDE: &str = "aside";

/// How long to wait for a scanner.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// A file that has not changed for so long is complete.
    pub settle: Duration,
    /// With nothing new for so long the folder is done; zero means: what is there now.
    pub idle: Duration,
}

impl Default for Patience {
    fn default() -> Patience {
        Patience { settle: Duration::from_millis(1_000), idle: Duration::ZERO }
    }
}

/// A complete file as it was read.
#[derive(Clone, PartialEq, Eq)]
pub struct Scan {
    pub name: String,
    pub bytes: Vec<u8>,
    pub sha256: Sha256,
}

impl std::fmt::Debug for Scan {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Scan({}, {} bytes)", self.name, self.bytes.len())
    }
}

/// The next thing that the folder gives.
#[derive(Debug)]
pub enum Next {
    Scan(Scan),
    /// A file that can't be a sheet, and what the disk said of it; it is still where it was.
    NoSheet(AsideFile),
    /// Nothing more.
    End,
}

#[derive(Debug, thiserror::Error)]
#[error("the folder {folder} can't be read: {source}")]
pub struct FolderError {
    pub folder: String,
    pub source: io::Error,
}

/// Walks a folder in the natural order of names (`scan2` before `scan10`).
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    patience: Patience,
    max_bytes: u64,
    /// Set by whoever wants no more.
    stop: Arc<AtomicBool>,
    given: BTreeSet<OsString>,
    sizes: BTreeMap<OsString, (u64, SystemTime)>,
}

/// Names that programs give to files that they have not finished.
fn unfinished(name: &str) -> bool {
    let lower = name.to_lowercase();
    [".part", ".tmp", ".temp", ".partial", ".crdownload"].iter().any(|it| lower.ends_with(it))
}

/// Names of files that belong to the system.
fn hidden(name: &str) -> bool {
    name.starts_with(['.', '~']) || name.ends_with('~')
}

impl Folder {
    /// # Errors
    /// If the folder can't be listed.
    pub fn open(path: &Path, patience: Patience, max_bytes: u64) -> Result<Folder, FolderError> {
        let mut folder = Folder {
            path: path.to_owned(),
            patience,
            max_bytes,
            stop: Arc::default(),
            given: BTreeSet::new(),
            sizes: BTreeMap::new(),
        };
        folder.list()?;
        Ok(folder)
    }

    /// Lets someone else's word end it too.
    #[must_use]
    pub fn stopped_by(mut self, stop: Arc<AtomicBool>) -> Folder {
        self.stop = stop;
        self
    }

    /// Set it, and the folder gives no more, within a tenth of a second.
    pub fn stop(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.stop)
    }

    /// Waits for the next complete file. Files are given in the order of their names among those
    /// that are there; a file that is still growing holds back those after it.
    pub fn take_next(&mut self) -> Result<Next, FolderError> {
        let mut idle = Duration::ZERO;
        const LOOK: Duration = Duration::from_millis(100);
        loop {
            if self.stop.load(Memory::Relaxed) {
                return Ok(Next::End);
            }
            let Some(name) = self.list()?.into_iter().next() else {
                if idle >= self.patience.idle {
                    return Ok(Next::End);
                }
                std::thread::sleep(LOOK);
                idle += LOOK;
                continue;
            };
            idle = Duration::ZERO;
            if !self.settled(&name) {
                std::thread::sleep(LOOK);
                continue;
            }
            self.given.insert(name.clone());
            if let Some(next) = self.read(&name) {
                return Ok(next);
            }
        }
    }

    /// Files whose names say that they are not finished, in order. They are never given.
    pub fn unfinished(&self) -> Result<Vec<String>, FolderError> {
        let mut names: Vec<String> = self
            .names()?
            .iter()
            .map(|name| name.to_string_lossy().into_owned())
            .filter(|name| unfinished(name) && !hidden(name))
            .collect();
        names.sort_by(|a, b| natural(a, b));
        Ok(names)
    }

    fn names(&self) -> Result<Vec<OsString>, FolderError> {
        let bad = |source| FolderError { folder: self.path.display().to_string(), source };
        let mut names = Vec::new();
        for entry in fs::read_dir(&self.path).map_err(bad)? {
            let entry = entry.map_err(bad)?;
            if entry.file_type().is_ok_and(|kind| kind.is_file()) {
                names.push(entry.file_name());
            }
        }
        Ok(names)
    }

    /// Files not yet given, in order. A name is free again when its file has been put away, since
    /// scanners begin their numbering anew.
    fn list(&mut self) -> Result<Vec<OsString>, FolderError> {
        let mut names = self.names()?;
        names.retain(|name| {
            let name = name.to_string_lossy();
            !unfinished(&name) && !hidden(&name)
        });
        self.given.retain(|name| names.contains(name));
        names.retain(|name| !self.given.contains(name));
        names.sort_by(|a, b| natural(&a.to_string_lossy(), &b.to_string_lossy()));
        Ok(names)
    }

    /// Old enough, or of the same size and time at two looks that far apart.
    fn settled(&mut self, name: &OsString) -> bool {
        let Ok(meta) = fs::metadata(self.path.join(name)) else {
            // Gone between listing and looking: `read` says so.
            return true;
        };
        let modified = meta.modified().unwrap_or(SystemTime::UNIX_EPOCH);
        let age = SystemTime::now().duration_since(modified).unwrap_or_default();
        // A clock that was set back makes files of the future; then only size and time can tell.
        if age >= self.patience.settle {
            return true;
        }
        let now = SystemTime::now();
        match self.sizes.get(name) {
            Some((size, since)) if *size == meta.len() => {
                now.duration_since(*since).unwrap_or_default() >= self.patience.settle
            }
            _ => {
                self.sizes.insert(name.clone(), (meta.len(), now));
                false
            }
        }
    }

    /// `None` if the file has gone meanwhile.
    fn read(&self, name: &OsString) -> Option<Next> {
        let shown = name.to_string_lossy().into_owned();
        let Some(name) = name.to_str() else {
            let said = "its name is no text".to_owned();
            return Some(Next::NoSheet(no_sheet(shown, None, NoSheet::NotOpened, said)));
        };
        let path = self.path.join(name);
        let none = |why, said| Some(Next::NoSheet(no_sheet(shown.clone(), None, why, said)));
        let mut file = match fs::File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
            Err(error) => return none(NoSheet::NotOpened, error.to_string()),
        };
        let mut bytes = Vec::new();
        match file.by_ref().take(self.max_bytes + 1).read_to_end(&mut bytes) {
            Err(error) => none(NoSheet::NotOpened, error.to_string()),
            Ok(0) => {
                let (sha256, said) = (Some(Sha256::of(&[])), String::new());
                Some(Next::NoSheet(no_sheet(shown.clone(), sha256, NoSheet::Empty, said)))
            }
            Ok(_) if bytes.len() as u64 > self.max_bytes => {
                none(NoSheet::TooLarge, format!("more than {} MiB", self.max_bytes >> 20))
            }
            Ok(_) => {
                let sha256 = Sha256::of(&bytes);
                Some(Next::Scan(Scan { name: name.to_owned(), bytes, sha256 }))
            }
        }
    }
}

/// A file that can't be a sheet. It was a paper of the pile unless it looks like no picture at all.
pub fn no_sheet(name: String, sha256: Option<Sha256>, why: NoSheet, said: String) -> AsideFile {
    let paper = why.group() != NoSheetGroup::Foreign || named_like_picture(&name);
    AsideFile { name, sha256, why, said, paper }
}

/// Whether a name says that it is a picture, though its content may be none.
pub fn named_like_picture(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    let endings =
        ["png", "jpg", "jpeg", "tif", "tiff", "webp", "bmp", "pnm", "pbm", "pgm", "ppm", "pam"];
    endings.contains(&ending.as_str())
}

/// Moves a file into a folder beside it (`done`, `aside`), under another name if that one is taken.
pub fn put_away(folder: &Path, name: &str, into: &Path) -> io::Result<PathBuf> {
    fs::create_dir_all(into)?;
    // There is always a free one: a folder holds fewer files than there are numbers.
    let target = names(into, name).find(|path| path.symlink_metadata().is_err());
    let target = target.unwrap_or_else(|| into.join(name));
    fs::rename(folder.join(name), &target)?;
    Ok(target)
}

/// The files that a name has been put away as, so far.
pub fn put_away_as(into: &Path, name: &str) -> impl Iterator<Item = PathBuf> {
    names(into, name).take_while(|path| path.symlink_metadata().is_ok())
}

/// `x.jpg`, `x.jpg.2`, `x.jpg.3` …
fn names(into: &Path, name: &str) -> impl Iterator<Item = PathBuf> {
    let first = into.join(name);
    let (into, name) = (into.to_owned(), name.to_owned());
    std::iter::once(first).chain((2_u64..).map(move |copy| into.join(format!("{name}.{copy}"))))
}

/// Runs of digits compare as numbers, everything else by character.
pub fn natural(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a.chars().peekable(), b.chars().peekable());
    loop {
        match (left.peek().copied(), right.peek().copied()) {
            (None, None) => return a.cmp(b),
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some(l), Some(r)) if l.is_ascii_digit() && r.is_ascii_digit() => {
                let (l, r) = (digits(&mut left), digits(&mut right));
                let order = l.len().cmp(&r.len()).then_with(|| l.cmp(&r));
                if order != Ordering::Equal {
                    return order;
                }
            }
            (Some(l), Some(r)) if l != r => return l.cmp(&r),
            _ => {
                left.next();
                right.next();
            }
        }
    }
}

/// Takes a run of digits off, without its leading zeros.
fn digits(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) -> String {
    let mut run = String::new();
    while let Some(digit) = chars.next_if(char::is_ascii_digit) {
        if !(run.is_empty() && digit == '0') {
            run.push(digit);
        }
    }
    run
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quick() -> Patience {
        Patience { settle: Duration::from_millis(150), idle: Duration::ZERO }
    }

    #[test]
    fn names_in_natural_order() {
        let mut names = vec!["scan10.jpg", "scan2.jpg", "scan1.jpg", "Scan3.jpg", "scan002.jpg"];
        names.sort_by(|a, b| natural(a, b));
        assert_eq!(names, ["Scan3.jpg", "scan1.jpg", "scan002.jpg", "scan2.jpg", "scan10.jpg"]);
    }

    #[test]
    fn order_is_total() {
        let names = ["a", "a1", "a01", "a1b", "a10", "", "1", "01", "b", "a0", "a00"];
        for a in names {
            assert_eq!(natural(a, a), Ordering::Equal);
            for b in names {
                assert_eq!(natural(a, b), natural(b, a).reverse(), "{a} {b}");
            }
        }
    }

    #[test]
    fn gives_complete_files_in_order_and_ends() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["p2.jpg", "p10.jpg", ".hidden", "p3.jpg.part", "p1.jpg"] {
            fs::write(dir.path().join(name), name).unwrap();
        }
        fs::create_dir(dir.path().join("done")).unwrap();
        let mut folder = Folder::open(dir.path(), quick(), 1 << 20).unwrap();
        let mut names = Vec::new();
        loop {
            match folder.take_next().unwrap() {
                Next::Scan(scan) => names.push(scan.name),
                Next::NoSheet(file) => panic!("{file:?}"),
                Next::End => break,
            }
        }
        assert_eq!(names, ["p1.jpg", "p2.jpg", "p10.jpg"]);
        assert_eq!(folder.unfinished().unwrap(), ["p3.jpg.part"]);
    }

    #[test]
    fn waits_for_a_file_that_grows() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("growing.jpg");
        fs::write(&path, "first").unwrap();
        let writer = {
            let path = path.clone();
            std::thread::Builder::new()
                .name("scanner".to_owned())
                .spawn(move || {
                    for _ in 0..5 {
                        std::thread::sleep(Duration::from_millis(60));
                        let mut file = fs::OpenOptions::new().append(true).open(&path).unwrap();
                        io::Write::write_all(&mut file, b" more").unwrap();
                    }
                })
                .unwrap()
        };
        let mut folder = Folder::open(dir.path(), quick(), 1 << 20).unwrap();
        let Next::Scan(scan) = folder.take_next().unwrap() else { panic!("no scan") };
        writer.join().unwrap();
        assert_eq!(scan.bytes, b"first more more more more more");
    }

    #[test]
    fn names_what_can_not_be_a_sheet() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("a.jpg"), "").unwrap();
        fs::write(dir.path().join("b.jpg"), [0; 2_000]).unwrap();
        let mut folder = Folder::open(dir.path(), quick(), 1_000).unwrap();
        for (file, reason) in [("a.jpg", NoSheet::Empty), ("b.jpg", NoSheet::TooLarge)] {
            assert!(matches!(folder.take_next().unwrap(),
                Next::NoSheet(it) if it.name == file && it.why == reason && it.paper));
        }
        assert!(matches!(folder.take_next().unwrap(), Next::End));
    }

    #[test]
    fn puts_away_without_overwriting() {
        let dir = tempfile::tempdir().unwrap();
        let done = dir.path().join("done");
        for content in ["one", "two"] {
            fs::write(dir.path().join("a.jpg"), content).unwrap();
            put_away(dir.path(), "a.jpg", &done).unwrap();
        }
        assert_eq!(fs::read_to_string(done.join("a.jpg")).unwrap(), "one");
        assert_eq!(fs::read_to_string(done.join("a.jpg.2")).unwrap(), "two");
        let all = put_away_as(&done, "a.jpg").collect::<Vec<_>>();
        assert_eq!(all, [done.join("a.jpg"), done.join("a.jpg.2")]);
        assert_eq!(put_away_as(&done, "b.jpg").count(), 0);
    }
}

//! Where a delivery's files go. Everything that touches the medium goes through [`Medium`], so that
//! a stick pulled out at any moment can be tried in a test.

use super::platform;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// A file being written.
pub trait Output: Write {
    /// Everything written so far is on the medium when this returns.
    fn sync(&mut self) -> io::Result<()>;
}

/// A folder tree that may fail at any call.
pub trait Medium {
    fn exists(&self, path: &Path) -> io::Result<bool>;
    fn create_dir(&self, path: &Path) -> io::Result<()>;
    /// A new file; one that is already there is an error.
    fn create(&self, path: &Path) -> io::Result<Box<dyn Output>>;
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// The folder's entries are on the medium when this returns.
    fn sync_dir(&self, path: &Path) -> io::Result<()>;
    /// Opens a file so that it is read from the medium and not from memory, as far as possible.
    fn open(&self, path: &Path) -> io::Result<Box<dyn Read>>;
    /// The names in a folder, sorted.
    fn list(&self, path: &Path) -> io::Result<Vec<String>>;
    fn remove_dir_all(&self, path: &Path) -> io::Result<()>;
    /// Free bytes, to tell a full medium from one that is gone; `None` if it can't be told.
    fn free(&self, path: &Path) -> Option<u64>;
}

/// The real thing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Disk;

impl Output for File {
    fn sync(&mut self) -> io::Result<()> {
        self.sync_all()
    }
}

impl Medium for Disk {
    fn exists(&self, path: &Path) -> io::Result<bool> {
        match std::fs::symlink_metadata(path) {
            Ok(_) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }

    fn create_dir(&self, path: &Path) -> io::Result<()> {
        std::fs::create_dir(path)
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn Output>> {
        Ok(Box::new(File::create_new(path)?))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        std::fs::rename(from, to)
    }

    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        platform::sync_dir(path)
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn Read>> {
        let file = File::open(path)?;
        platform::forget_cached(&file);
        Ok(Box::new(file))
    }

    fn list(&self, path: &Path) -> io::Result<Vec<String>> {
        let mut names = std::fs::read_dir(path)?
            .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
            .collect::<io::Result<Vec<_>>>()?;
        names.sort();
        Ok(names)
    }

    fn remove_dir_all(&self, path: &Path) -> io::Result<()> {
        std::fs::remove_dir_all(path)
    }

    fn free(&self, path: &Path) -> Option<u64> {
        platform::free(path)
    }
}

/// What is wrong with the medium, as far as it changes what a person should do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("the medium is full; use an emptier one and deliver again")]
    Full,
    #[error("the medium is gone; put it back and deliver again")]
    Gone,
    #[error("the medium is write-protected; move its switch or use another one, and deliver again")]
    ReadOnly,
    #[error("this user may not write there; choose another folder or medium and deliver again")]
    NotAllowed,
    #[error(
        "the medium fails: it was pulled out or is worn out; use another one and deliver again"
    )]
    Failing,
}

/// A call to the medium that failed.
#[derive(Debug, thiserror::Error)]
#[error("{fault} ({} {what}: {source})", path.display())]
pub struct MediumError {
    pub fault: Fault,
    /// The file or folder, and what should have been done with it.
    pub path: PathBuf,
    pub what: &'static str,
    pub source: io::Error,
}

/// With so much room left, "no space" is the answer of a medium that is no longer there.
const NOT_FULL: u64 = 16 << 20;

/// Tells faults apart; `out` is the folder that holds the deliveries.
pub(super) fn classify(medium: &dyn Medium, out: &Path, source: &io::Error) -> Fault {
    use io::ErrorKind as Kind;
    let gone = || !medium.exists(out).unwrap_or(false);
    match source.kind() {
        Kind::StorageFull | Kind::QuotaExceeded => match medium.free(out) {
            Some(free) if free >= NOT_FULL => Fault::Failing,
            _ => Fault::Full,
        },
        Kind::ReadOnlyFilesystem => Fault::ReadOnly,
        Kind::PermissionDenied => Fault::NotAllowed,
        Kind::NotFound
        | Kind::NotADirectory
        | Kind::NotConnected
        | Kind::StaleNetworkFileHandle => Fault::Gone,
        _ if platform::no_device(source) || gone() => Fault::Gone,
        _ => Fault::Failing,
    }
}

//! What only Linux says this way.

use rustix::fs::{Advice, fadvise, statvfs};
use rustix::io::Errno;
use std::fs::File;
use std::io;
use std::path::Path;

/// A folder's entries are on the medium when this returns.
pub(super) fn sync_dir(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

/// Drops the file's clean pages from memory, so that it is read from the medium. Only advice: if
/// the system doesn't take it, reading back still compares what the system holds.
pub(super) fn forget_cached(file: &File) {
    if fadvise(file, 0, None, Advice::DontNeed).is_err() {
        // Nothing to do: some file systems have no such cache.
    }
}

pub(super) fn free(path: &Path) -> Option<u64> {
    let stat = statvfs(path).ok()?;
    Some(stat.f_bavail.saturating_mul(stat.f_frsize))
}

/// The device behind the file system is not there any more.
pub(super) fn no_device(error: &io::Error) -> bool {
    let codes = [Errno::NODEV, Errno::NXIO, Errno::NOMEDIUM];
    let code = error.raw_os_error();
    codes.iter().any(|errno| code == Some(errno.raw_os_error()))
}

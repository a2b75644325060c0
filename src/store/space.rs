//! Free space where the data is.

use super::StoreError;
use std::path::Path;

/// Bytes that an ordinary user may still write on the file system of `path`.
pub fn free_space(path: &Path) -> Result<u64, StoreError> {
    let stat = rustix::fs::statvfs(path).map_err(|error| {
        StoreError::io(format!("the free space of {} can't be told", path.display()))(error.into())
    })?;
    Ok(stat.f_bavail.saturating_mul(stat.f_frsize))
}

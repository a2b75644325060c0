//! Sticks and cards that are put into this machine now, so that nobody has to type where they are.

use super::platform;
use std::path::{Path, PathBuf};

/// A mounted medium that can be pulled out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stick {
    /// Where it is mounted.
    pub path: PathBuf,
    /// The medium's own name where it has one, and its maker's word for it.
    pub name: String,
}

/// What a folder says of itself, as far as a delivery asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Space {
    pub free: u64,
    /// Neither write-protected nor another user's.
    pub writable: bool,
}

/// All sticks that are mounted now, by their place. Where the system does not tell, there are none.
pub fn sticks() -> Vec<Stick> {
    platform::sticks()
}

/// `None` if there is no such folder.
pub fn space(folder: &Path) -> Option<Space> {
    if !folder.is_dir() {
        return None;
    }
    let free = platform::free(folder)?;
    Some(Space { free, writable: platform::writable(folder) })
}

//! Files that the log has as set aside and that still lie in their folder: a run was ended between the
//! event and the move. They are moved, and never recorded twice.

use super::{Rig, RigError};
use crate::devices::folder::{ASIDE, put_away_as};
use crate::flow::Sha256;
use crate::flow::aside::AsideFile;
use std::collections::BTreeMap;
use std::path::Path;

/// How many files of a name and content are recorded more often than they were moved.
#[derive(Debug, Default)]
pub(super) struct NotMoved(BTreeMap<(String, Option<Sha256>), usize>);

impl NotMoved {
    /// Compares the log with what lies in the folder's `aside/`. Of every envelope that is not delivered:
    /// the run that was ended may have gone into another one.
    ///
    /// # Errors
    /// If the station's data can't be read.
    pub fn of(rig: &Rig, folder: &Path) -> Result<NotMoved, RigError> {
        let state = rig.reader()?.state()?;
        let mut recorded = BTreeMap::new();
        for envelope in state.envelopes.values() {
            let ours = envelope.asides.iter().filter(|aside| {
                let feed = envelope.feed(aside.feed);
                feed.is_some_and(|feed| folder.to_str() == Some(feed.folder.as_str()))
            });
            for aside in ours {
                let key = (aside.file.name.clone(), aside.file.sha256);
                *recorded.entry(key).or_default() += 1;
            }
        }
        let into = folder.join(ASIDE);
        for ((name, sha256), times) in &mut recorded {
            let moved = put_away_as(&into, name).filter(|path| is(path, sha256.as_ref())).count();
            *times = usize::saturating_sub(*times, moved);
        }
        Ok(NotMoved(recorded))
    }

    /// Whether this file is one of them; each is told once.
    pub fn take(&mut self, file: &AsideFile) -> bool {
        let left = self.0.get_mut(&(file.name.clone(), file.sha256)).filter(|left| **left > 0);
        left.is_some_and(|left| {
            *left -= 1;
            true
        })
    }
}

/// Whether a file has these bytes. Of one whose bytes nobody could read the name is all there is.
fn is(path: &Path, sha256: Option<&Sha256>) -> bool {
    let Some(sha256) = sha256 else { return true };
    std::fs::read(path).is_ok_and(|bytes| Sha256::of(&bytes) == *sha256)
}

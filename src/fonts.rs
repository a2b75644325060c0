//! The system's font files, mapped into memory and never copied: a Japanese one has twenty megabytes, and the
//! window and the training desk's drawings use the same few.

use fontdb::{Database, FaceInfo, Source};
use fontique::{SourceCache, SourceId, SourceInfo, SourceKind};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// The files that are in use, each mapped once and until the program ends.
static MAPPED: Mutex<BTreeMap<PathBuf, &'static [u8]>> = Mutex::new(BTreeMap::new());

/// All fonts of the system, by name and weight.
pub fn of_system() -> Database {
    let mut found = Database::new();
    found.load_system_fonts();
    found
}

/// The bytes of the file that has this face, at `face.index`. `None` if it is in no file, or can't be read any more.
pub fn bytes(face: &FaceInfo) -> Option<&'static [u8]> {
    let Source::File(path) = &face.source else { return None };
    let mut mapped = MAPPED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(bytes) = mapped.get(path) {
        return Some(bytes);
    }
    let bytes = map(path)?;
    mapped.insert(path.clone(), bytes);
    Some(bytes)
}

fn map(path: &Path) -> Option<&'static [u8]> {
    let source = SourceInfo::new(SourceId::new(), SourceKind::Path(path.into()));
    let blob = SourceCache::default().get(&source)?;
    // Fonts are used to the end; a package that is brought up to date puts a new file beside the mapped one.
    let kept: &'static _ = Box::leak(Box::new(blob));
    Some(kept.as_ref())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_mapped_once_whoever_asks() {
        let found = of_system();
        let Some(face) = found.faces().next() else { return };
        let (one, two) = (bytes(face).unwrap(), bytes(face).unwrap());
        assert!(std::ptr::eq(one, two), "the file is in memory twice");
        let Source::File(path) = &face.source else { return };
        assert_eq!(one, std::fs::read(path).unwrap());
        let gone = FaceInfo { source: Source::File("/nowhere/at/all.ttf".into()), ..face.clone() };
        assert!(bytes(&gone).is_none());
    }
}

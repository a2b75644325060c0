//! What lay on the desk, kept beside the settings for the next start. It is no truth: whatever can't be
//! read is as if there were none, and what can't be written is written at the next change.

use crate::ui::resume::Desk;
use std::io::{self, Read, Write};
use std::path::Path;

const DESK: &str = "desk.toml";
/// A longer file is none of ours.
const MOST_BYTES: u64 = 1 << 20;

pub(super) fn read(data: &Path) -> Desk {
    let mut text = String::new();
    let read = std::fs::File::open(data.join(DESK))
        .and_then(|file| file.take(MOST_BYTES).read_to_string(&mut text));
    read.ok().and_then(|_| toml::from_str(&text).ok()).unwrap_or_default()
}

/// Keeps it; what can't be kept now is kept at the next change, as only convenience hangs on it.
pub(super) fn keep(data: &Path, desk: &Desk) {
    match write(data, desk) {
        Ok(()) | Err(_) => {}
    }
}

/// Replaces it, whole or not at all. It is not flushed: a power cut may bring back an older one, which
/// does no harm.
///
/// # Errors
/// If the data folder can't be written.
fn write(data: &Path, desk: &Desk) -> io::Result<()> {
    let text = toml::to_string(desk).map_err(io::Error::other)?;
    let path = data.join(DESK);
    let part = path.with_extension("toml.part");
    std::fs::File::create(&part)?.write_all(text.as_bytes())?;
    std::fs::rename(&part, &path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow::pull::Pulled;
    use crate::flow::{EnvelopeId, NoSheet};
    use crate::ui::session::Stage;

    #[test]
    fn the_desk_is_read_as_it_was_written() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(read(dir.path()), Desk::default());
        let mut desk = Desk { stage: Stage::Read, envelope: Some(3), ..Desk::default() };
        let file = "x.jpg".to_owned();
        let aside = Pulled::Aside { no: 2, why: NoSheet::Broken, file };
        desk.pulled.tick(EnvelopeId(3), &aside);
        write(dir.path(), &desk).unwrap();
        assert_eq!(read(dir.path()), desk);
        assert!(read(dir.path()).pulled.has(EnvelopeId(3), &aside));
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1, "a part is left over");
    }

    #[test]
    fn a_desk_that_is_none_does_no_harm() {
        let dir = tempfile::tempdir().unwrap();
        for wrong in [&b"stage = \"moon\""[..], b"\xFF\xFE", b"envelope = -1", b"[[["] {
            std::fs::write(dir.path().join(DESK), wrong).unwrap();
            assert_eq!(read(dir.path()), Desk::default());
        }
        std::fs::write(dir.path().join(DESK), "envelope = 7").unwrap();
        assert_eq!(read(dir.path()), Desk { envelope: Some(7), ..Desk::default() });
    }
}

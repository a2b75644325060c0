//! A text to print, written where a person finds it.

use crate::flow::Stamp;
use crate::ui::text::TextToKeep;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Writes it beside the scanner's folder (never into it: there it would be taken for a scan), or into
/// the data folder where that can't be. An older text of the same name is replaced.
///
/// # Errors
/// If neither folder can be written.
pub(super) fn keep(text: &TextToKeep, data: &Path, time: &str) -> io::Result<PathBuf> {
    let whole = format!("{}\n{time}\n\n{}", text.head, text.body);
    let beside = text.beside.parent().filter(|_| text.beside.is_dir());
    if let Some(path) = beside.and_then(|folder| write(folder, &text.name, &whole).ok()) {
        return Ok(path);
    }
    write(data, &text.name, &whole)
}

/// `2026-11-30 17:12`, as the station's clock says.
pub(super) fn time(at: Stamp) -> String {
    let local = at.ms.saturating_add(i64::from(at.offset_min) * 60_000);
    let at = jiff::Timestamp::from_millisecond(local).unwrap_or_default();
    at.strftime("%Y-%m-%d %H:%M").to_string()
}

fn write(folder: &Path, name: &str, text: &str) -> io::Result<PathBuf> {
    let path = folder.join(name);
    let part = folder.join(format!("{name}.part"));
    let mut file = std::fs::File::create(&part)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    std::fs::rename(&part, &path)?;
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_goes_beside_the_folder_or_to_the_data() {
        let dir = tempfile::tempdir().unwrap();
        let (scans, data) = (dir.path().join("scans"), dir.path().join("data"));
        std::fs::create_dir(&data).unwrap();
        let text = TextToKeep {
            name: "pull-01-00003.txt".to_owned(),
            beside: scans.clone(),
            head: "封筒 01-00003".to_owned(),
            body: "[ ] 3枚目\n".to_owned(),
        };
        // There is no such folder: into the data folder.
        assert_eq!(keep(&text, &data, "17:12").unwrap(), data.join(&text.name));
        std::fs::create_dir(&scans).unwrap();
        let path = keep(&text, &data, "17:13").unwrap();
        assert_eq!(path, dir.path().join(&text.name));
        let written = std::fs::read_to_string(path).unwrap();
        assert_eq!(written, "封筒 01-00003\n17:13\n\n[ ] 3枚目\n");
        assert_eq!(std::fs::read_dir(&scans).unwrap().count(), 0);
    }

    #[test]
    fn the_time_is_that_of_the_station() {
        let at = Stamp { ms: 1_795_496_700_000, offset_min: 540 };
        assert_eq!(time(at), "2026-11-24 14:05");
    }
}

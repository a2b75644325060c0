//! Profiles, before a campaign is begun with one.

use crate::rig::window::faults;
use crate::ui::fault::{Fault, Io};
use crate::ui::port::{Answer, BadProfile, ProfileSource, ProfileSummary};
use crate::voucher::profile_file;
use std::io::Read;
use std::path::Path;

/// A longer file is no profile, bytes.
const MOST: u64 = 1 << 20;

/// Profiles that come with the program, by name.
const SAMPLES: [(&str, &str); 5] = [
    ("demo", include_str!("../../../../assets/profiles/demo.toml")),
    ("five-layouts", include_str!("../../../../assets/profiles/five-layouts.toml")),
    ("twelve-digits-nw7", include_str!("../../../../assets/profiles/twelve-digits-nw7.toml")),
    ("fourteen-digits", include_str!("../../../../assets/profiles/fourteen-digits.toml")),
    ("book-and-branch", include_str!("../../../../assets/profiles/book-and-branch.toml")),
];

/// What the profile says, or every line that is wrong.
pub(super) fn check(source: &ProfileSource) -> Answer {
    let text = match source {
        ProfileSource::File(path) => read(path),
        ProfileSource::Sample(name) => SAMPLES
            .iter()
            .find(|(sample, _)| sample == name)
            .map(|(_, text)| (*text).to_owned())
            .ok_or_else(|| Fault::File { path: (*name).to_owned(), why: Io::NotThere }),
    };
    let checked = text.map_err(BadProfile::File).and_then(|toml| {
        let profile = profile_file::parse(&toml).map_err(BadProfile::Mistakes)?;
        Ok(Box::new(ProfileSummary { toml, profile }))
    });
    Answer::Profile(checked)
}

fn read(path: &Path) -> Result<String, Fault> {
    let unreadable = |error: std::io::Error| faults::file(path, &error);
    let named = || path.display().to_string();
    let file = std::fs::File::open(path).map_err(unreadable)?;
    let mut bytes = Vec::new();
    file.take(MOST + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > MOST {
        return Err(Fault::FileTooLarge(named()));
    }
    String::from_utf8(bytes).map_err(|_bytes| Fault::FileNotText(named()))
}

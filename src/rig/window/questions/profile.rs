//! Profiles, before a campaign is begun with one.

use crate::ui::port::{Answer, ProfileSource, ProfileSummary};
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
            .ok_or_else(|| format!("no sample is called '{name}'")),
    };
    let checked = text.map_err(|why| vec![why]).and_then(|toml| {
        let profile = profile_file::parse(&toml)
            .map_err(|problems| problems.iter().map(ToString::to_string).collect::<Vec<_>>())?;
        Ok(Box::new(ProfileSummary { toml, profile }))
    });
    Answer::Profile(checked)
}

fn read(path: &Path) -> Result<String, String> {
    let unreadable = |error: std::io::Error| format!("{} can't be read: {error}", path.display());
    let file = std::fs::File::open(path).map_err(unreadable)?;
    let mut bytes = Vec::new();
    file.take(MOST + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > MOST {
        return Err(format!("{} is larger than 1 MiB; that is no profile", path.display()));
    }
    String::from_utf8(bytes)
        .map_err(|_bytes| format!("{} is no UTF-8 text; save it as UTF-8", path.display()))
}

//! `profile check`, `profile adopt`; `profile new` is in `teach`.

use super::args::{Profile, ProfileCommand};
use super::campaign::read_text;
use super::{CliError, End, Who, say, teach};
use crate::flow::{Input, Sha256};
use crate::voucher::profile_file;
use std::path::Path;

pub(super) fn run(who: &Who, args: &Profile) -> Result<End, CliError> {
    match &args.command {
        ProfileCommand::Check { file } => check(file),
        ProfileCommand::New(new) => teach::run(new),
        ProfileCommand::Adopt { file } => {
            let text = read_text(file)?;
            let profile = parse(file, &text)?;
            let (rig, by) = who.open()?;
            let sha256 = Sha256::of(text.as_bytes());
            let revision = profile.revision;
            let input = Input::AdoptProfile { profile: Box::new(profile), sha256 };
            rig.act_with(&by, who.with.as_ref(), input, text.into_bytes())?;
            rig.close()?;
            say_line!("revision {revision} is in force");
            Ok(End::Done)
        }
    }
}

/// All mistakes, each with its line and mend; status 2, since the input is wrong.
fn check(file: &Path) -> Result<End, CliError> {
    let profile = parse(file, &read_text(file)?)?;
    say_line!(
        "{} is right: {} (revision {}), {} kinds, {} layouts",
        file.display(),
        profile.campaign,
        profile.revision,
        profile.kinds.len(),
        profile.layouts.len()
    );
    Ok(End::Done)
}

fn parse(file: &Path, text: &str) -> Result<crate::voucher::Profile, CliError> {
    profile_file::parse(text).map_err(|problems| {
        let lines =
            problems.iter().map(|it| format!("{}: {it}", file.display())).collect::<Vec<_>>();
        say(lines.join("\n"))
    })
}

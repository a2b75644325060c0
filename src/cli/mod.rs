//! The headless commands. Exit status 0: done. 1: the answer is no. 2: the call or its input is
//! wrong, one clear line on standard error, nothing written.

/// A line on standard output.
macro_rules! say_line {
    ($($text:tt)*) => { $crate::cli::line(std::io::stdout().lock(), format_args!($($text)*)) };
}

/// A line on standard error, for people.
macro_rules! note {
    ($($text:tt)*) => { $crate::cli::line(std::io::stderr().lock(), format_args!($($text)*)) };
}

mod args;
mod aside;
mod campaign;
mod count;
mod data;
mod deliver;
mod demo;
mod explain;
mod hand;
#[cfg(all(target_os = "linux", target_env = "gnu"))]
mod linux;
mod profile;
mod read;
#[cfg(feature = "screens")]
mod screens;
mod teach;

use crate::flow::PersonId;
use crate::rig::{self, Rig, RigError};
use crate::ui::Guide;
use args::{Args, Command};
use clap::Parser;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Done,
    /// It worked, and the answer is no.
    No,
}

/// Why a command could not be done: one line for people.
#[derive(Debug, thiserror::Error)]
enum CliError {
    #[error(transparent)]
    Rig(#[from] RigError),
    #[error(transparent)]
    Store(#[from] crate::store::StoreError),
    #[error("{0}")]
    Say(String),
    #[error("the output can't be written: {0}")]
    Output(#[from] std::io::Error),
}

/// Set when standard output took no more, other than by a reader who had enough.
static OUTPUT_LOST: AtomicBool = AtomicBool::new(false);

/// What a command does never depends on who reads it: a line that can't be written changes nothing
/// but the status at the end.
fn line(mut out: impl std::io::Write, text: std::fmt::Arguments<'_>) {
    match writeln!(out, "{text}").and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            OUTPUT_LOST.store(true, Ordering::Relaxed);
        }
        _ => {}
    }
}

fn say(text: impl Into<String>) -> CliError {
    CliError::Say(text.into())
}

pub fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            // Help and version are no mistakes.
            let status = u8::try_from(error.exit_code()).unwrap_or(2);
            if error.print().is_err() {
                return ExitCode::from(2);
            }
            return ExitCode::from(status);
        }
    };
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    if args.command.as_ref().is_none_or(|command| matches!(command, Command::Demo(_))) {
        linux::give_memory_back();
    }
    match run(args) {
        Ok(End::Done) if OUTPUT_LOST.load(Ordering::Relaxed) => ExitCode::from(2),
        Ok(End::Done) => ExitCode::SUCCESS,
        Ok(End::No) => ExitCode::from(1),
        // Whoever read the output has had enough of it.
        Err(CliError::Output(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => {
            ExitCode::SUCCESS
        }
        Err(error) => {
            note!("kenban: {error}");
            ExitCode::from(2)
        }
    }
}

/// Who acts, and where the data is.
#[derive(Clone, Debug)]
struct Who {
    data: PathBuf,
    by: Option<PersonId>,
    with: Option<PersonId>,
}

impl Who {
    fn open(&self) -> Result<(Rig, PersonId), CliError> {
        let rig = rig::open(&self.data, self.by.as_ref())?;
        let by = match &self.by {
            Some(by) => by.clone(),
            None => rig.first_person()?,
        };
        if rig.training() {
            note!("kenban: this is a TRAINING campaign");
        }
        Ok((rig, by))
    }
}

fn run(args: Args) -> Result<End, CliError> {
    let person = |id: Option<String>| {
        id.map(|id| PersonId::new(&id).ok_or_else(|| say(format!("'{id}' is no person's id"))))
            .transpose()
    };
    let data_given = args.data.clone();
    let who = Who {
        data: args.data.map_or_else(default_data, Ok)?,
        by: person(args.by)?,
        with: person(args.with)?,
    };
    match args.command {
        None => window(&who.data),
        Some(Command::Demo(demo)) => demo::run(&demo, data_given),
        Some(Command::Init(init)) => campaign::init(&who, &init),
        Some(Command::Person(person)) => campaign::person(&who, &person),
        Some(Command::Profile(profile)) => profile::run(&who, &profile),
        Some(Command::Read(read)) => read::run(&read),
        Some(Command::Import(import)) => campaign::import(&who, &import),
        Some(Command::Count(count)) => count::run(&who, &count),
        Some(Command::Aside(aside)) => aside::run(&who, &aside),
        Some(Command::Queue(queue)) => hand::queue(&who, &queue),
        Some(Command::Check(check)) => hand::check(&who, &check),
        Some(Command::Key(key)) => hand::key(&who, &key),
        Some(Command::Hold(hold)) => hand::hold(&who, &hold),
        Some(Command::Settle(settle)) => hand::settle(&who, &settle),
        Some(Command::Undo(undo)) => hand::undo(&who, &undo),
        Some(Command::Story(story)) => hand::story(&who, &story),
        Some(Command::Close(close)) => hand::close(&who, &close),
        Some(Command::Reopen(reopen)) => hand::reopen(&who, &reopen),
        Some(Command::Deliver(deliver)) => deliver::run(&who, &deliver),
        Some(Command::Verify(verify)) => deliver::verify(&verify),
        Some(Command::Audit(audit)) => data::audit(&who, &audit),
        Some(Command::EndDay) => data::end_day(&who),
        Some(Command::Restored(restored)) => data::restored(&who, &restored),
        Some(Command::Backup(backup)) => data::backup(&who, &backup),
        Some(Command::Restore(restore)) => data::restore(&who, &restore),
    }
}

/// The station's window, on the campaign in `data` or on the first start.
fn window(data: &Path) -> Result<End, CliError> {
    crate::ui::run("券番 Kenban", Guide::Nobody, |host| {
        let mut port = rig::window::StationPort::open(data, host.wake)
            .map_err(|error| rig::window::not_opened(data, &error))?;
        port.listen(host.x11_window);
        Ok(Box::new(port))
    })
    .map_err(|error| say(error.to_string()))?;
    Ok(End::Done)
}

/// Closes the station and says if a signed head could not be kept outside the data folder.
fn finish(rig: Rig) -> Result<(), CliError> {
    let not_kept = rig.board().view().head_not_kept.clone();
    rig.close()?;
    if let Some(why) = not_kept {
        note!("kenban: the signed head is in the log but not beside the key: {why}");
    }
    Ok(())
}

fn default_data() -> Result<PathBuf, CliError> {
    let share = std::env::var_os("XDG_DATA_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".local/share")));
    share
        .map(|share| share.join("kenban"))
        .ok_or_else(|| say("there is no home folder; say where the data is with --data DIR"))
}

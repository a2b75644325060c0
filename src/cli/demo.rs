//! temp
use super::{CliError, End, say};
pub(super) fn run(_: &super::args::Demo, _: Option<std::path::PathBuf>) -> Result<End, CliError> {
    Err(say("temp"))
}

//! Texts that people print.

use std::path::PathBuf;

/// A text to print. Between its head and its body the station writes the time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextToKeep {
    /// The file's name.
    pub name: String,
    /// The folder beside which it goes.
    pub beside: PathBuf,
    pub head: String,
    pub body: String,
}

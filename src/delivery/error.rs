//! Why there is no delivery. Each says what to do; after any of them nothing counts as delivered.

use super::encoding::Unmappable;
use super::medium::MediumError;
use super::signature::SignatureError;
use super::totals::TotalsError;
use std::path::PathBuf;

#[derive(Debug, thiserror::Error)]
pub enum DeliveryError {
    #[error(transparent)]
    Medium(#[from] MediumError),
    #[error("the control totals don't close, so nothing is delivered: {0}")]
    Totals(#[from] TotalsError),
    #[error(
        "{file}, row {row}, {column} '{text}': {source}; correct the text, or deliver in UTF-8 by the profile"
    )]
    Unwritable {
        file: String,
        /// From 1, the header not counted.
        row: u64,
        column: String,
        text: String,
        source: Unmappable,
    },
    #[error(
        "'{0}' can't be a file's name on every medium; change the profile's delivery file names"
    )]
    BadName(String),
    #[error(
        "two of the delivery's files would be named '{0}'; change the profile's delivery file names"
    )]
    SameName(String),
    #[error("the rows could not be read from the station's data: {0}")]
    Rows(String),
    #[error("the manifest could not be signed: {0}")]
    Sign(String),
    #[error("the manifest's signature is not of the station's public key: {0}")]
    Key(#[from] SignatureError),
    #[error("the manifest could not be made: {0}")]
    Manifest(#[from] serde_json::Error),
    #[error(
        "{} is already there and is not this delivery ({what}); move it away, or use another medium, and deliver again",
        dir.display()
    )]
    AlreadyThere { dir: PathBuf, what: String },
    #[error(
        "{file} reads back from the medium differently from what was written; the folder was set aside as {aside}: use another medium and deliver again"
    )]
    ReadBack { file: String, aside: String },
    /// The only error after which a folder of the delivery's name may be on the medium, whole or
    /// not: it must not be delivered again under another number before that is known.
    #[error(
        "{} may be on the medium, but it could not be read back to the end ({source}); put the same medium back and deliver again, and it is checked byte by byte",
        dir.display()
    )]
    Uncertain { dir: PathBuf, source: Box<DeliveryError> },
}

impl DeliveryError {
    /// Whether a folder with the delivery's name may be left on the medium all the same.
    pub fn may_be_there(&self) -> bool {
        matches!(self, DeliveryError::Uncertain { .. })
    }
}

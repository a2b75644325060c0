//! What can go wrong with the data, in plain words.

use rusqlite::ErrorCode;

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("the disk is full; make room, nothing that was shown as counted is lost")]
    Full,
    #[error("the database is damaged ({0}); count no further, restore the last backup")]
    Damaged(String),
    #[error("another station works on this data folder; close it or choose another folder")]
    InUse,
    #[error("there is no campaign in {0}; start one with `kenban init`")]
    NoCampaign(String),
    #[error(
        "the data was written by a newer Kenban (schema {found}, this one knows {known}); install that version"
    )]
    Newer { found: i64, known: i64 },
    #[error("event {seq} of the log can't be understood: {why}")]
    Event { seq: u64, why: String },
    #[error("the attachment {0} is missing or not what the log says; restore the last backup")]
    Attachment(String),
    #[error("the profile in the log is not right any more: {0}")]
    Profile(String),
    #[error("{what}: {source}")]
    Io { what: String, source: std::io::Error },
    #[error("the station's key can't sign: {0}")]
    Key(String),
    #[error("the database refused: {0}")]
    Sql(rusqlite::Error),
    #[error("{0}")]
    Refused(String),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> StoreError {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => StoreError::Full,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                StoreError::Damaged(error.to_string())
            }
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::InUse,
            _ => StoreError::Sql(error),
        }
    }
}

impl StoreError {
    /// For `map_err` on files: what was being done.
    pub fn io(what: impl Into<String>) -> impl FnOnce(std::io::Error) -> StoreError {
        let what = what.into();
        move |source| match source.kind() {
            std::io::ErrorKind::StorageFull => StoreError::Full,
            _ => StoreError::Io { what, source },
        }
    }
}

//! What a decision needs to know of the world, read inside the write transaction after the
//! previous event of the same group.

use super::event::Capture;
use super::ids::SheetId;
use crate::voucher::{Issued, KindId, Number};

/// A fact could not be read; the whole group is rolled back.
#[derive(Debug, thiserror::Error)]
#[error("the station's data can't be read: {0}")]
pub struct FactError(pub String);

/// One sheet that counts under a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holder {
    pub sheet: SheetId,
}

/// Has a picture come before, and as what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    New,
    /// The very same file (folder, name, size, SHA-256): it is already counted.
    SameFile(SheetId),
    /// Another file with the same bytes.
    SamePicture(SheetId),
}

pub trait Facts {
    /// Sheets, of this and earlier deliveries, that count under this number, by envelope and ordinal.
    /// `kind` is given only where the profile makes it a part of the number's identity.
    fn holders(&self, number: &Number, kind: Option<&KindId>) -> Result<Vec<Holder>, FactError>;
    fn issued(&self, number: &Number) -> Result<Issued, FactError>;
    /// Why this number is blocked (stolen, void, in reserve), if it is.
    fn blocked(&self, number: &Number) -> Result<Option<String>, FactError>;
    /// Accepted sheets, of any envelope, whose number is blocked.
    fn blocked_holders(&self) -> Result<Vec<SheetId>, FactError>;
    fn shop_name(&self, code: &str) -> Result<Option<String>, FactError>;
    fn shop_known(&self, code: &str) -> Result<bool, FactError>;
    /// Seen as a capture of a sheet that was not undone. `folder` is the feed's folder, for a file.
    /// A capture without a picture is always new.
    fn seen(&self, folder: Option<&str>, capture: &Capture) -> Result<Seen, FactError>;
    /// Whether there is such a sheet, in whatever envelope: one that was not taken back and is paper of
    /// its own.
    fn is_sheet(&self, sheet: SheetId) -> Result<bool, FactError>;
    /// Free bytes where the data is, and the floor below which no envelope is opened.
    fn free_space(&self) -> Result<(u64, u64), FactError>;
}

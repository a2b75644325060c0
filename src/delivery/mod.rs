//! Rows to files: the two data sets, totals, manifest, signature, read-back. A delivery is absent
//! or whole.

mod columns; // which field stands where in each file
mod csv_file; // one CSV file being written: encoding, hash, count
pub mod encoding; // UTF-8 or CP932, never a silent replacement
pub mod error;
pub mod fee;
pub mod manifest;
pub mod medium; // where files go: a real disk, or a faulty one in tests
#[cfg(target_os = "linux")]
#[path = "linux.rs"]
mod platform;
pub mod preview; // the first lines, before anything is begun
mod produce; // rows to the files of one delivery, wherever they go
mod readme; // one page for whoever receives it
mod recount; // the files counted again, from their own bytes
pub mod signature;
pub mod stick; // what is put into this machine now
pub mod totals;
pub mod verify;
pub mod write;

pub use error::DeliveryError;
pub use manifest::Manifest;
pub use medium::{Disk, Medium};
pub use verify::{Report, VerifyError, verify};
pub use write::{Progress, Written, write};

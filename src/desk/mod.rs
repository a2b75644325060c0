//! The one writer thread: act → facts → decide → commit → publish.
//!
//! Acts that are waiting are committed together as one group. An answer leaves only after the
//! commit that holds it (law 1). A group that can't be committed leaves no trace: the state is read
//! again from the disk and every act of the group is answered with the failure.

mod ports;
mod run;

pub use crate::flow::outcome::{Outcome, Via};
pub use ports::{Answer, Board, Desk, DeskError, Done, Pending, SignedHead, Signing};
pub use run::{Office, start};

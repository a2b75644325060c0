//! What went wrong, as the window is told.

use super::{faults, keep};
use crate::desk::DeskError;
use crate::rig::RigError;
use crate::store::StoreError;
use crate::ui::not_opened::{Cause, NotOpened};
use crate::ui::port::Trouble;
use std::path::Path;
use std::sync::Arc;

/// Why the station in `data` can't be opened, as the window says it.
pub fn not_opened(data: &Path, error: &RigError) -> Box<NotOpened> {
    let cause = match error {
        RigError::Store(StoreError::InUse) => Cause::InUse,
        RigError::Store(StoreError::Full) => Cause::DiskFull,
        RigError::Store(
            StoreError::Damaged(_)
            | StoreError::Event { .. }
            | StoreError::Attachment(_)
            | StoreError::Profile(_),
        ) => Cause::Damaged,
        RigError::Store(StoreError::Newer { .. }) => Cause::Newer,
        RigError::Restored { .. } => Cause::Restored,
        _ => Cause::Other,
    };
    let (said, place) = (error.to_string(), data.to_owned());
    Box::new(NotOpened { cause, said, settings: keep::read_settings(data), place })
}

pub(super) fn trouble(error: RigError) -> Trouble {
    match error {
        RigError::Desk(error) => why(error),
        error => Trouble::Other(faults::of(&error)),
    }
}

pub(super) fn why(error: DeskError) -> Trouble {
    match error {
        DeskError::Refused(refusal) => Trouble::Refused(Arc::new(refusal)),
        DeskError::NotSaved(why) => Trouble::NotSaved(faults::store(&why)),
        DeskError::Stopped(why) => Trouble::Stopped(why.to_string()),
        DeskError::Busy => Trouble::Busy,
    }
}

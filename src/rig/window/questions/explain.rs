//! How a kept picture is read, for people who ask why.

use super::picture::{LONGEST, fitted};
use crate::flow::Sha256;
use crate::picture::{Limits, decode};
use crate::reader::{self, Stage};
use crate::store::StoreError;
use crate::store::pictures::Pictures;
use crate::ui::port::{Answer, Explained, ReadStep, Unread};
use crate::voucher::{Profile, Side};

/// Reads it once more, as the reader and the profile are now.
pub(super) fn steps(
    profile: &Profile,
    pictures: &Pictures,
    wanted: Sha256,
    side: Side,
) -> Result<Answer, StoreError> {
    let Some(kept) = pictures.get(&wanted)? else {
        return Ok(Answer::Explained(Err(Unread::Gone)));
    };
    let explained = decode(&kept.bytes, &Limits::default())
        .map(|picture| reader::explain(&picture, side, profile))
        .map(|explained| {
            let steps = explained.stages.into_iter().map(step).collect();
            Box::new(Explained { reading: explained.findings.reading, steps })
        });
    Ok(Answer::Explained(explained.map_err(|_why| Unread::Broken)))
}

fn step(stage: Stage) -> ReadStep {
    ReadStep {
        step: stage.step,
        note: stage.note,
        pixels: fitted(&stage.picture, LONGEST),
        marks: stage.marks,
    }
}

//! Files of a folder that could not be taken for sheets. Each may be a paper that nobody has counted,
//! so it stands at its envelope, by a number of its own, until somebody says what became of it.

use super::ids::{FeedId, Sha256};
use super::no_sheet::NoSheet;
use super::state::Envelope;
use serde::{Deserialize, Serialize};

/// A file as it was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AsideFile {
    pub name: String,
    /// Of its bytes, where they could be read: with the name it tells the file from another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<Sha256>,
    pub why: NoSheet,
    /// What the decoder or the disk said, in its own words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub said: String,
    /// As far as one can tell it was a piece of the pile: it has a place in it.
    pub paper: bool,
}

/// What became of it. Sheets are named by their ordinal in the envelope.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AsideEnd {
    /// Known from the beginning: the other side of the paper is this sheet.
    SideOf { sheet: u32 },
    /// Fed again: this sheet was counted for it.
    Fed { sheet: u32 },
    /// Laid down by hand, to be keyed from the paper, as this sheet.
    Keyed { sheet: u32 },
    /// There is no sheet of paper for it.
    NoSheet { reason: String },
}

impl AsideEnd {
    /// The sheet that stands for its paper.
    pub fn sheet(&self) -> Option<u32> {
        match self {
            AsideEnd::SideOf { sheet } | AsideEnd::Fed { sheet } | AsideEnd::Keyed { sheet } => {
                Some(*sheet)
            }
            AsideEnd::NoSheet { .. } => None,
        }
    }
}

/// What a person says about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AsideAnswer {
    /// Fed again; this sheet, by its ordinal, was counted for it.
    Fed(u32),
    /// It is keyed from the paper: a sheet is laid down by hand for it.
    FromPaper,
    NoSheet(String),
}

/// A file of an envelope that was set aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aside {
    /// In its envelope, from 1.
    pub no: u32,
    pub feed: FeedId,
    pub file: AsideFile,
    /// The ordinal of the last sheet that was taken before it; 0: none.
    pub after: u32,
    pub end: Option<AsideEnd>,
}

impl Aside {
    /// Whether it takes a place in the pile as it was fed.
    pub(super) fn has_place(&self) -> bool {
        let no_paper = matches!(self.end, Some(AsideEnd::SideOf { .. } | AsideEnd::NoSheet { .. }));
        self.file.paper && !no_paper
    }
}

impl Envelope {
    pub fn aside(&self, no: u32) -> Option<&Aside> {
        self.asides.get(usize::try_from(no).ok()?.checked_sub(1)?)
    }

    /// Those of which nobody has said what became of the paper. One whose sheet was taken back, or found
    /// to be another sheet seen again, is open once more.
    pub fn open_asides(&self) -> impl Iterator<Item = &Aside> {
        self.asides.iter().filter(|aside| self.is_open(aside))
    }

    pub fn is_open(&self, aside: &Aside) -> bool {
        match &aside.end {
            None => true,
            Some(AsideEnd::Fed { sheet } | AsideEnd::Keyed { sheet }) => {
                self.sheet(*sheet).is_none()
            }
            Some(AsideEnd::SideOf { .. } | AsideEnd::NoSheet { .. }) => false,
        }
    }

    /// The one that this sheet was counted for.
    pub fn stood_for(&self, ordinal: u32) -> Option<&Aside> {
        let stands = |end: &AsideEnd| {
            matches!(end, AsideEnd::Fed { .. } | AsideEnd::Keyed { .. })
                && end.sheet() == Some(ordinal)
        };
        self.asides.iter().find(|aside| aside.end.as_ref().is_some_and(stands))
    }

    /// The place in the pile, from 1, at which the paper of one lay when it was fed; `None` where nobody
    /// can tell that there was a paper.
    pub fn aside_place(&self, aside: &Aside) -> Option<u32> {
        let before = self.asides.iter().filter(|it| it.has_place() && it.no < aside.no).count();
        let before = u32::try_from(before).unwrap_or(u32::MAX);
        aside.has_place().then(|| self.live_up_to(aside.after).saturating_add(before) + 1)
    }

    /// How many of them had a place in the pile before this sheet.
    pub(super) fn asides_before(&self, ordinal: u32) -> u32 {
        let before = |aside: &&Aside| aside.has_place() && aside.after < ordinal;
        u32::try_from(self.asides.iter().filter(before).count()).unwrap_or(u32::MAX)
    }
}

//! What a decoder refuses, in the words of the log.

use crate::flow::NoSheet;
use crate::picture::{DecodeError, UnreadableKind};

/// The word, and what the decoder said.
pub fn no_sheet(error: DecodeError) -> (NoSheet, String) {
    match error {
        DecodeError::Foreign => (NoSheet::Foreign, String::new()),
        DecodeError::TooLarge(said) => (NoSheet::TooLarge, said),
        DecodeError::Broken(said) => (NoSheet::Broken, said),
        DecodeError::Unreadable(kind, said) => (of_kind(kind), said),
    }
}

/// The word for a kind that can't be read.
pub(super) fn of_kind(kind: UnreadableKind) -> NoSheet {
    match kind {
        UnreadableKind::SeveralPages => NoSheet::SeveralPages,
        UnreadableKind::Pdf => NoSheet::Pdf,
        UnreadableKind::OtherFormat => NoSheet::OtherFormat,
        UnreadableKind::Jpeg12Bit => NoSheet::Jpeg12Bit,
        UnreadableKind::JpegLossless => NoSheet::JpegLossless,
        UnreadableKind::JpegArithmetic => NoSheet::JpegArithmetic,
        UnreadableKind::JpegOther => NoSheet::JpegOther,
        UnreadableKind::TiffCompression => NoSheet::TiffCompression,
        UnreadableKind::TiffSamples => NoSheet::TiffSamples,
    }
}

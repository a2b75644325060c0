//! Why a file of the scanner's folder is no sheet: fixed words for the log, and what to do about it.

use serde::{Deserialize, Serialize};

/// Why a file was set aside and not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoSheet {
    /// No picture at all, such as a list that the scanner writes.
    Foreign,
    Empty,
    /// It can't be opened or read, or its name is no text.
    NotOpened,
    /// More bytes or pixels than one sheet can have.
    TooLarge,
    /// A picture that is damaged or cut off.
    Broken,
    /// The reader ended on it.
    GaveUp,
    // A whole file of a kind that can't be read here: every file of that scanner is like it.
    SeveralPages,
    Pdf,
    /// GIF, JPEG 2000, HEIF, JPEG XL.
    OtherFormat,
    #[serde(rename = "jpeg_12_bit")]
    Jpeg12Bit,
    JpegLossless,
    JpegArithmetic,
    JpegOther,
    TiffCompression,
    TiffSamples,
}

/// What kind of trouble it is, and so what it asks of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoSheetGroup {
    /// Most likely there is no paper for it.
    Foreign,
    /// There is a paper, and it must be fed again.
    Broken,
    /// The scanner's setting is to be changed; the paper and the file are whole.
    UnreadableKind,
}

impl NoSheetGroup {
    pub fn word(self) -> &'static str {
        match self {
            NoSheetGroup::Foreign => "foreign",
            NoSheetGroup::Broken => "broken",
            NoSheetGroup::UnreadableKind => "unreadable_kind",
        }
    }
}

impl NoSheet {
    pub const ALL: [NoSheet; 15] = [
        NoSheet::Foreign,
        NoSheet::Empty,
        NoSheet::NotOpened,
        NoSheet::TooLarge,
        NoSheet::Broken,
        NoSheet::GaveUp,
        NoSheet::SeveralPages,
        NoSheet::Pdf,
        NoSheet::OtherFormat,
        NoSheet::Jpeg12Bit,
        NoSheet::JpegLossless,
        NoSheet::JpegArithmetic,
        NoSheet::JpegOther,
        NoSheet::TiffCompression,
        NoSheet::TiffSamples,
    ];

    /// The word that commands and logs use.
    pub fn word(self) -> &'static str {
        match self {
            NoSheet::Foreign => "foreign",
            NoSheet::Empty => "empty",
            NoSheet::NotOpened => "not_opened",
            NoSheet::TooLarge => "too_large",
            NoSheet::Broken => "broken",
            NoSheet::GaveUp => "gave_up",
            NoSheet::SeveralPages => "several_pages",
            NoSheet::Pdf => "pdf",
            NoSheet::OtherFormat => "other_format",
            NoSheet::Jpeg12Bit => "jpeg_12_bit",
            NoSheet::JpegLossless => "jpeg_lossless",
            NoSheet::JpegArithmetic => "jpeg_arithmetic",
            NoSheet::JpegOther => "jpeg_other",
            NoSheet::TiffCompression => "tiff_compression",
            NoSheet::TiffSamples => "tiff_samples",
        }
    }

    pub fn group(self) -> NoSheetGroup {
        match self {
            NoSheet::Foreign => NoSheetGroup::Foreign,
            NoSheet::Empty | NoSheet::NotOpened | NoSheet::Broken | NoSheet::GaveUp => {
                NoSheetGroup::Broken
            }
            NoSheet::TooLarge
            | NoSheet::SeveralPages
            | NoSheet::Pdf
            | NoSheet::OtherFormat
            | NoSheet::Jpeg12Bit
            | NoSheet::JpegLossless
            | NoSheet::JpegArithmetic
            | NoSheet::JpegOther
            | NoSheet::TiffCompression
            | NoSheet::TiffSamples => NoSheetGroup::UnreadableKind,
        }
    }

    /// What it is and what to do, for commands; the window has its own words.
    pub fn sentence_en(self) -> &'static str {
        match self {
            NoSheet::Foreign => "It is no picture.",
            NoSheet::Empty => "The file is empty. Feed its sheet again.",
            NoSheet::NotOpened => "The file can't be read. Feed its sheet again.",
            NoSheet::TooLarge => "The picture is too large. Scan at 200 to 300 dpi.",
            NoSheet::Broken => "The picture is broken. Feed its sheet again.",
            NoSheet::GaveUp => "The reader ended on this picture. Feed its sheet again.",
            NoSheet::SeveralPages => {
                "It has several pages. Set the scanner to one file for each page."
            }
            NoSheet::Pdf => "It is a PDF. Set the scanner to JPEG or TIFF, one file for each page.",
            NoSheet::OtherFormat => {
                "Pictures of this kind can't be read here. Set the scanner to JPEG, TIFF or PNG."
            }
            NoSheet::Jpeg12Bit => {
                "JPEG of 12 bits can't be read here. Set the scanner to 8-bit grey or 24-bit colour."
            }
            NoSheet::JpegLossless => {
                "Lossless JPEG can't be read here. Set the scanner to ordinary JPEG, or to TIFF."
            }
            NoSheet::JpegArithmetic => {
                "JPEG with arithmetic coding can't be read here. Set the scanner to ordinary JPEG, or to TIFF."
            }
            NoSheet::JpegOther => {
                "JPEG of this kind can't be read here. Set the scanner to ordinary JPEG, or to TIFF."
            }
            NoSheet::TiffCompression => {
                "TIFF compressed like this can't be read here. Set the scanner's TIFF to G4, LZW or no compression."
            }
            NoSheet::TiffSamples => {
                "TIFF with colours like these can't be read here. Set the scanner to black and white, 8-bit grey or 24-bit colour."
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_the_log() {
        for reason in NoSheet::ALL {
            assert_eq!(serde_json::to_value(reason).unwrap(), reason.word());
        }
    }

    #[test]
    fn every_reason_says_what_to_do() {
        for reason in NoSheet::ALL {
            let says = reason.sentence_en();
            match reason.group() {
                NoSheetGroup::Foreign => {}
                NoSheetGroup::Broken => assert!(says.contains("Feed its sheet again."), "{says}"),
                NoSheetGroup::UnreadableKind => {
                    assert!(says.contains("Set the scanner") || says.contains("Scan at"), "{says}");
                }
            }
        }
    }
}

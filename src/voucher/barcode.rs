//! How a barcode's content maps to the number.

use super::Symbology;

/// Which part of the content is the number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ContentPart {
    Whole,
    /// The value of this query field of a web address.
    Query(String),
    /// The last path segment of a web address.
    LastSegment,
    /// What follows this text.
    After(String),
}

/// The barcodes that carry a number, and how their content becomes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BarcodeRule {
    pub symbologies: Vec<Symbology>,
    /// Codabar's start and stop letters, when the scheme fixes them.
    pub start_stop: Option<(char, char)>,
    pub part: ContentPart,
    /// Exact length in characters of the part, after start and stop are taken off.
    pub length: usize,
    pub digits_only: bool,
    /// Put before the part to make the canonical number.
    pub add_prefix: String,
}

impl BarcodeRule {
    /// The text to give to the number's grammar; `None` if this content isn't this scheme's.
    /// Codabar text carries its start and stop letters.
    pub fn number_text(&self, symbology: Symbology, text: &str) -> Option<String> {
        let _ = (symbology, text);
        todo!("helper voucher")
    }
}

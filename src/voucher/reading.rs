//! What barcode and print each said, before anyone believed either.

use super::{KindId, LayoutId, Number};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Which side of the paper a box or a look is about.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    #[default]
    Front,
    Back,
}

/// A barcode type, by the word that profiles, commands and logs use for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Symbology {
    Codabar,
    Code128,
    Code39,
    Itf,
    Ean13,
    Ean8,
    QrCode,
    DataMatrix,
}

impl Symbology {
    pub const ALL: [Symbology; 8] = [
        Symbology::Codabar,
        Symbology::Code128,
        Symbology::Code39,
        Symbology::Itf,
        Symbology::Ean13,
        Symbology::Ean8,
        Symbology::QrCode,
        Symbology::DataMatrix,
    ];

    pub fn word(self) -> &'static str {
        match self {
            Symbology::Codabar => "codabar",
            Symbology::Code128 => "code128",
            Symbology::Code39 => "code39",
            Symbology::Itf => "itf",
            Symbology::Ean13 => "ean13",
            Symbology::Ean8 => "ean8",
            Symbology::QrCode => "qrcode",
            Symbology::DataMatrix => "datamatrix",
        }
    }

    pub fn from_word(word: &str) -> Option<Symbology> {
        Symbology::ALL.into_iter().find(|symbology| symbology.word() == word)
    }
}

/// What a barcode said: its type and exact content (Codabar with its start and stop letters).
/// What the content means is the profile's business, see [`judge`](super::judge).
/// In the log it is `{"code128":"A6900602672"}`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "BTreeMap<Symbology, String>", try_from = "BTreeMap<Symbology, String>")]
pub struct BarcodeFinding {
    pub symbology: Symbology,
    pub text: String,
}

impl From<BarcodeFinding> for BTreeMap<Symbology, String> {
    fn from(finding: BarcodeFinding) -> BTreeMap<Symbology, String> {
        BTreeMap::from([(finding.symbology, finding.text)])
    }
}

impl TryFrom<BTreeMap<Symbology, String>> for BarcodeFinding {
    type Error = &'static str;

    fn try_from(map: BTreeMap<Symbology, String>) -> Result<BarcodeFinding, &'static str> {
        let mut all = map.into_iter();
        match (all.next(), all.next()) {
            (Some((symbology, text)), None) => Ok(BarcodeFinding { symbology, text }),
            _ => Err("a barcode has one symbology and one text"),
        }
    }
}

/// What the printed number said. `free` was read without the number's grammar; `number` is the
/// reading that fits it, `confidence` in 0..=1000 (thousandths).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PrintedFinding {
    pub free: String,
    pub number: Option<Number>,
    pub confidence: u16,
}

impl PrintedFinding {
    /// From here on (thousandths) two readings that differ contradict each other.
    const CLEAR: u16 = 500;

    /// Two looks at one print: the surer one, and whether they contradict each other. A look that made
    /// nothing out doesn't take a number away, and a guess doesn't contradict a clear reading.
    fn of_two(
        one: Option<PrintedFinding>,
        two: Option<PrintedFinding>,
    ) -> (Option<PrintedFinding>, bool) {
        let (Some(one), Some(two)) = (one.clone(), two.clone()) else {
            return (one.or(two), false);
        };
        let clear = |print: &PrintedFinding| {
            print.confidence >= Self::CLEAR && (print.number.is_some() || print.free.len() > 3)
        };
        let differ = one.number != two.number && clear(&one) && clear(&two);
        let rank =
            |print: &PrintedFinding| (clear(print), print.number.is_some(), print.confidence);
        (Some(if rank(&two) > rank(&one) { two } else { one }), differ)
    }
}

/// Something about the look itself that a person must know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// The picture could not be decoded.
    BrokenPicture,
    /// The file has its end, but not all of its pixels; what is missing is grey.
    PictureIncomplete,
    /// Nothing is printed on what was seen.
    Blank,
    /// Barcodes with different contents in one picture: two sheets, or a sheet over another.
    SeveralBarcodes,
    /// A square code that holds a part of its content only (structured append), and not all its parts are there.
    PartOfCode,
    /// Two sheets lie in one picture.
    SeveralSheets,
    /// A sheet with print, but with none of a voucher's where a voucher has it: its back, or no voucher.
    FaceDown,
    /// One side of the sheet was not captured.
    SideMissing,
    /// Byte for byte the same picture was already taken for another sheet.
    SamePicture,
    /// Two looks at one sheet read different things.
    LooksDiffer,
}

/// Everything that was read of one sheet, over all its captures.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub barcode: Option<BarcodeFinding>,
    /// Barcodes beside it with other contents, or parts of one that is not whole.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<BarcodeFinding>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub printed: Option<PrintedFinding>,
    /// The second number of schemes that print two, as its barcode said it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second: Option<BarcodeFinding>,
    /// The kind that the face's text states, where the profile names its box.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind_text: Option<KindId>,
    /// The layout that the picture looked like; only a hint for cutting boxes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub looks_like: Option<LayoutId>,
    /// So many quarter turns clockwise stand the picture upright, as far as the reader could tell.
    #[serde(default, skip_serializing_if = "stands_upright")]
    pub turn: u8,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<Fault>,
}

fn stands_upright(turn: &u8) -> bool {
    *turn == 0
}

impl Reading {
    /// This reading and that of another side or look together. What differs is a fault, never a
    /// choice.
    #[must_use]
    pub fn with(mut self, other: Reading) -> Reading {
        fn differ<T: PartialEq>(one: Option<&T>, two: Option<&T>) -> bool {
            matches!((one, two), (Some(one), Some(two)) if one != two)
        }
        if differ(self.barcode.as_ref(), other.barcode.as_ref()) {
            self.faults.push(Fault::SeveralBarcodes);
            self.others.extend(other.barcode.clone());
        }
        let (printed, prints_differ) = PrintedFinding::of_two(self.printed, other.printed);
        if prints_differ
            || differ(self.second.as_ref(), other.second.as_ref())
            || differ(self.kind_text.as_ref(), other.kind_text.as_ref())
        {
            self.faults.push(Fault::LooksDiffer);
        }
        self.barcode = self.barcode.or(other.barcode);
        self.others.extend(other.others);
        self.printed = printed;
        self.second = self.second.or(other.second);
        self.kind_text = self.kind_text.or(other.kind_text);
        self.looks_like = self.looks_like.or(other.looks_like);
        // A side may be blank; the sheet is only if every side is.
        let blank = self.faults.contains(&Fault::Blank) && other.faults.contains(&Fault::Blank);
        self.faults.extend(other.faults);
        self.faults.retain(|fault| *fault != Fault::Blank);
        if blank {
            self.faults.push(Fault::Blank);
        }
        // Another look, or the other side, has a whole one.
        if self.barcode.is_some() {
            self.faults.retain(|fault| *fault != Fault::PartOfCode);
        }
        self.faults.sort_unstable();
        self.faults.dedup();
        self
    }

    /// Several looks as one.
    pub fn of<'a>(looks: impl IntoIterator<Item = &'a Reading>) -> Reading {
        looks.into_iter().cloned().reduce(Reading::with).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn print(free: &str, number: Option<&str>, confidence: u16) -> Reading {
        let printed =
            PrintedFinding { free: free.into(), number: number.map(Number::canonical), confidence };
        Reading { printed: Some(printed), ..Reading::default() }
    }

    #[test]
    fn the_surer_of_two_looks_counts() {
        let sure = print("A5807302159", Some("A5807302159"), 960);
        let faint = print("A580730215", Some("A5807302159"), 420);
        let guess = print("A580730285", Some("A5807302852"), 350);
        let nothing = print("", None, 970);
        for other in [&faint, &guess, &nothing, &Reading::default()] {
            for pair in [[&sure, other], [other, &sure]] {
                let both = Reading::of(pair);
                assert_eq!(both.printed, sure.printed);
                assert_eq!(both.faults, []);
            }
        }
        assert_eq!(Reading::of([&nothing, &faint]).printed, faint.printed);
    }

    #[test]
    fn clear_looks_that_say_different_things_are_a_fault() {
        let one = print("A5807302159", Some("A5807302159"), 960);
        let another = print("A5807302852", Some("A5807302852"), 600);
        // read clearly, but with a wrong check digit: no number, and still another text
        let wrong = print("A5807302153", None, 940);
        for other in [&another, &wrong] {
            assert_eq!(Reading::of([&one, other]).faults, [Fault::LooksDiffer]);
            assert_eq!(Reading::of([other, &one]).faults, [Fault::LooksDiffer]);
        }
    }
}

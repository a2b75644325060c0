//! The steps of a reading and what each found, for people who ask why. Commands say it in English, the window
//! in its own words.

use super::{BarcodeFinding, KindId, LayoutId, Number};
use std::fmt;

/// One step on the way from a picture to a reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// The picture with the sheet's outline, the code and the number's line.
    Outline,
    /// The sheet straightened, with the layout's boxes.
    Face,
    /// The barcode as it was cut out.
    Barcode,
    /// The line of print as the net gets it.
    Line,
    /// What the net says: a column for each place of the line, a row for each character.
    Answer,
}

impl Step {
    /// Part of a file's name.
    pub fn word(self) -> &'static str {
        match self {
            Step::Outline => "outline",
            Step::Face => "face",
            Step::Barcode => "barcode",
            Step::Line => "line",
            Step::Answer => "answer",
        }
    }
}

/// What is drawn on a step's picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    Sheet,
    Barcode,
    Number,
    Kind,
}

impl Mark {
    /// Red, green, blue: colours that colour-blind eyes tell apart too (Okabe and Ito 2008).
    pub fn colour(self) -> [u8; 3] {
        match self {
            Mark::Sheet => [0, 158, 115],
            Mark::Barcode => [0, 114, 178],
            Mark::Number => [213, 94, 0],
            Mark::Kind => [204, 121, 167],
        }
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Mark::Sheet => "the sheet in green",
            Mark::Barcode => "the barcode in blue",
            Mark::Number => "the number in red",
            Mark::Kind => "the kind in pink",
        })
    }
}

/// What a step found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// The whole picture is searched.
    NoOutline,
    Outline {
        /// All four sides stand out clearly.
        firm: bool,
        /// Something else lies in the picture.
        beside: bool,
    },
    /// Which way up the sheet lies is a guess.
    NoLayout,
    Layout {
        layout: LayoutId,
        /// Not by the outline: the face was laid round its barcode.
        by_code: bool,
        /// What the face's text says.
        kind: Option<KindId>,
    },
    NoBarcode,
    Barcode {
        found: BarcodeFinding,
        /// So many scans said the same.
        votes: usize,
        /// In the layout's box.
        in_box: bool,
    },
    /// Read without the number's grammar; empty if nothing was.
    Line {
        free: String,
    },
    Answer {
        /// Characters of the picture's rows, from the top.
        rows: Vec<char>,
        /// Numbers that a grammar takes, with their confidence in thousandths, the best first.
        numbers: Vec<(Number, u16)>,
        /// The print says the best one by itself, without a grammar's help.
        firm: bool,
    },
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Note::NoOutline => f.write_str("no outline found: the whole picture is searched"),
            Note::Outline { firm, beside } => {
                f.write_str(if *firm { "an outline, firm" } else { "an outline, not firm" })?;
                f.write_str(if *beside { "; something lies beside it" } else { "" })
            }
            Note::NoLayout => f.write_str("upright only by guess: no layout is certain"),
            Note::Layout { layout, by_code, kind } => {
                write!(f, "layout {layout}")?;
                f.write_str(if *by_code { ", laid by its barcode alone" } else { "" })?;
                kind.as_ref().map_or(Ok(()), |kind| write!(f, ", its text says {kind}"))
            }
            Note::NoBarcode => f.write_str("no barcode was read"),
            Note::Barcode { found, votes, in_box } => {
                let place = if *in_box { "in its box" } else { "outside of its box" };
                let reads = if *votes == 1 { "read" } else { "equal reads" };
                let symbology = found.symbology.word();
                write!(f, "{symbology} {} ({votes} {reads}, {place})", found.text)
            }
            Note::Line { free } if free.is_empty() => {
                f.write_str("read without the grammar: nothing")
            }
            Note::Line { free } => write!(f, "read without the grammar: {free}"),
            Note::Answer { rows, numbers, firm } => {
                match (numbers.is_empty(), firm) {
                    (true, _) => f.write_str("no number of this profile")?,
                    (false, true) => f.write_str("by print alone: ")?,
                    (false, false) => f.write_str("only by the grammar, not by print alone: ")?,
                }
                for (index, (number, confidence)) in numbers.iter().enumerate() {
                    let comma = if index == 0 { "" } else { ", " };
                    write!(f, "{comma}{number} {}.{} %", confidence / 10, confidence % 10)?;
                }
                write!(f, "; rows from the top: {}", rows.iter().collect::<String>())
            }
        }
    }
}

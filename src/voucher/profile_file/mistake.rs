//! Everything that can be wrong with a profile's file. What it is and how to mend it are English here,
//! as commands say them; the window says them in its own language.

use super::MAX_BYTES;
use super::walk::quoted;
use crate::voucher::Symbology;
use crate::voucher::grammar::GrammarMistake;
use jiff::civil::Date;
use std::fmt;
use toml::de::DeValue;

const LAW_FIVE: &str = "law 5 can only be tightened: a sheet counts without a person only on two \
                        readings that agree, or on one with a valid check digit and its number in the issue ledger";

/// One thing that is wrong. Keys and sections are as they stand in the file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Mistake {
    #[error("the file has {0} bytes")]
    TooLarge(usize),
    /// In the words of the TOML reader.
    #[error("this is not TOML: {0}")]
    NotToml(String),
    #[error("the profile is incomplete")]
    Incomplete,
    #[error("format {0} is not known")]
    Format(i64),
    #[error("there is no [campaign]")]
    NoCampaign,
    #[error("there is no [[kind]]")]
    NoKind,
    #[error("there is no [[layout]]")]
    NoLayout,
    #[error(
        "there is no [provisional]: nothing says whether a sheet whose number can't be told is paid"
    )]
    NoProvisional,
    #[error("{} has no {key}", named(.section))]
    Missing { section: String, key: String, like: String },
    #[error("{section} has no {key}")]
    NoBox { section: String, key: &'static str },
    #[error("{} has no {}", named(.section), quoted(.key))]
    Unknown { section: String, key: String, choice: Choice },
    #[error("[accept] has no {}; {}", quoted(.key), LAW_FIVE)]
    Looser { key: String, choice: Choice },
    #[error("the rule {} is refused; {}", quoted(.found), LAW_FIVE)]
    Rule { found: String, choice: Choice },
    #[error("{name} must be a table, not {got}")]
    NoTable { name: String, got: Shape },
    #[error("{0} must be a list of tables")]
    NoTables(String),
    #[error("there are {count} [[{key}]]")]
    TooMany { key: String, count: usize, most: usize },
    #[error("{key} must be {want}, not {got}")]
    Shape { key: String, want: Want, got: Shape, like: String },
    #[error("{key} must be {want}")]
    Unfit { key: String, want: Want, like: String },
    #[error("{key} = {found} is out of bounds")]
    Bounds { key: String, found: i64, least: i64, most: i64 },
    #[error("{key} can't be {}", quoted(.found))]
    Word { key: String, found: String, choice: Choice },
    #[error("{} is not a safe {key}", quoted(.found))]
    Id { key: String, found: String },
    #[error("this name is empty, too long or has control characters")]
    Name,
    #[error("the id {} is given twice", quoted(.0))]
    Twice(String),
    #[error("valid needs 1 to 100 periods")]
    Periods,
    #[error("a period from {from} until {until} is empty")]
    Period { from: Date, until: Date },
    #[error("eye_check = \"sample\" doesn't say how many")]
    SampleOfWhat,
    #[error("sample_every has no meaning without eye_check = \"sample\"")]
    SampleOfNone,
    #[error("the prefix can't be {}", quoted(.0))]
    Prefix(String),
    #[error("a fee is either a percentage or yen for each sheet")]
    FeeWays,
    #[error("[fee] has no per: over what is the percentage rounded?")]
    FeePer,
    #[error("{} is no percentage", quoted(.0))]
    Percent(String),
    #[error("the file name {} {why}", quoted(.found))]
    FileName { found: String, why: BadFileName, like: &'static str },
    #[error("{0} names the same file as another")]
    SameFile(&'static str),
    #[error("the kind is to be read from text, but nothing says where")]
    KindTextNowhere,
    #[error("there is no [[kind]] with the id {}", quoted(.id))]
    KindUnknown { id: String, choice: Choice },
    #[error("a kind is known in exactly one way")]
    KindWays,
    #[error("no number tells its kind here")]
    KindByNothing,
    #[error("{0} must be x, y, width and height, all within the face")]
    BoxOutside(String),
    #[error("no number of this layout starts with {}", quoted(.0))]
    KindStart(String),
    #[error("only Codabar has start and stop letters")]
    StartStop,
    #[error("symbology names none")]
    NoSymbology,
    #[error("the number is in exactly one part of the content")]
    ContentWays,
    #[error("the second number must be the same as the first, but has another form")]
    SecondDiffers,
    #[error("{0}")]
    Number(GrammarMistake),
    #[error("a part is one of literal, letters, digits and check")]
    PartWays,
    #[error(
        "numbers of the layouts {} and {} look alike, but their kinds are known in different ways",
        quoted(.one), quoted(.two)
    )]
    LayoutsAlike { one: String, two: String },
    #[error(
        "a provisional number with the prefix {} would look like a number of the layout {}",
        quoted(.prefix), quoted(.layout)
    )]
    ProvisionalAlike { prefix: String, layout: String },
    #[error(
        "the prefix and {content} characters of content make {made}, but the number has {number}"
    )]
    ContentLength { content: usize, made: usize, number: usize, right: usize },
    #[error("no number of this layout starts with {}", quoted(.0))]
    ContentStart(String),
    #[error("the content is digits only, but the number needs letters there")]
    ContentLetters,
    #[error("{} can't carry {length} characters", .symbology.word())]
    SymbologyLength { symbology: Symbology, length: usize },
}

/// The file as a whole has no name of its own.
fn named(section: &str) -> &str {
    if section.is_empty() { "the profile" } else { section }
}

/// What may stand there instead: the word that was most likely meant, or all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    Near(String),
    Among(Vec<String>),
}

/// What a value must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Want {
    Text,
    /// Anything but nothing.
    SomeText,
    QuotedText,
    Whole,
    List,
    Truth,
    True,
    Date,
    Letters,
    TextOrTable,
    PartNames,
    Lengths,
    Weights,
    Size,
}

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Text,
    Whole,
    Point,
    Truth,
    Date,
    List,
    Table,
}

/// Why a name can't be a file's on a stick for any computer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadFileName {
    #[error("is empty or too long")]
    Length,
    #[error("has something else in braces than {{date}} and {{no}}")]
    Braces,
    #[error("has a character that is not safe in file names")]
    Character,
    #[error("starts or ends badly")]
    Ends,
    #[error("is a device's name on Windows")]
    Device,
}

impl Mistake {
    /// What to write instead.
    pub fn mend(&self) -> String {
        match self {
            Mistake::TooLarge(_) => {
                format!("a profile has at most {MAX_BYTES} bytes; is this a profile?")
            }
            Mistake::NotToml(_) => {
                "write it as name = value, with text in \"quotes\" and headings in [brackets]".into()
            }
            Mistake::Incomplete => "compare it with a sample profile".into(),
            Mistake::Format(_) => "write format = 1".into(),
            Mistake::NoCampaign => "add [campaign] with id and name".into(),
            Mistake::NoKind => {
                "add [[kind]] with id, name and face for each kind of voucher".into()
            }
            Mistake::NoLayout => "add [[layout]] for each kind of face".into(),
            Mistake::NoProvisional => {
                "add [provisional] with prefix = \"K\" and paid = true or paid = false".into()
            }
            Mistake::Missing { like, .. } => format!("add {like}"),
            Mistake::NoBox { key, .. } => {
                format!("add {key} = [0.6, 0.7, 0.4, 0.2], fractions of the face from its top left")
            }
            Mistake::Unknown { choice: Choice::Near(near), .. } => format!("did you mean {near}?"),
            Mistake::Unknown { choice: Choice::Among(known), .. } => {
                format!("take it out; known here are {}", known.join(", "))
            }
            Mistake::Looser { choice, .. }
            | Mistake::Rule { choice, .. }
            | Mistake::Word { choice, .. }
            | Mistake::KindUnknown { choice, .. } => choice.to_string(),
            Mistake::NoTable { name, .. } => {
                format!("write it under a heading [{name}] or as {{ name = value }}")
            }
            Mistake::NoTables(key) => format!("write the heading as [[{key}]], with two brackets"),
            Mistake::TooMany { most, .. } => format!("have at most {most}"),
            Mistake::Shape { like, .. } | Mistake::Unfit { like, .. } => {
                format!("write it like {like}")
            }
            Mistake::Bounds { least, most, .. } => {
                format!("write a number from {least} to {most}")
            }
            Mistake::Id { .. } => "use 1 to 40 letters A to Z, digits, - and _".into(),
            Mistake::Name => "write one line of at most 100 characters".into(),
            Mistake::Twice(_) => "give each its own id".into(),
            Mistake::Periods => "leave valid out if any arrival date is paid".into(),
            Mistake::Period { .. } => "swap the dates; until is the last day that is paid".into(),
            Mistake::SampleOfWhat => "add sample_every = 100".into(),
            Mistake::SampleOfNone => "take it out, or write eye_check = \"sample\"".into(),
            Mistake::Prefix(_) => "use 1 to 4 letters A to Z".into(),
            Mistake::FeeWays => "give one of percent = \"2.5\" and yen_per_sheet = 30".into(),
            Mistake::FeePer => {
                "add per = \"sheet\", per = \"envelope\" or per = \"closing\"".into()
            }
            Mistake::Percent(_) => {
                "write 0 to 100 with at most two places, such as \"2.5\"".into()
            }
            Mistake::FileName { like, .. } => {
                format!("write a plain name like \"{like}\", without ending")
            }
            Mistake::SameFile(_) => "give each file its own name".into(),
            Mistake::KindTextNowhere => "add kind_box = [x, y, width, height]".into(),
            Mistake::KindWays => {
                "write one of { fixed = \"1000\" }, { number = { A = \"1000\" } }, { text = true } and { operator = true }".into()
            }
            Mistake::KindByNothing => {
                "write first characters and kind, such as { A = \"1000\" }".into()
            }
            Mistake::BoxOutside(_) => {
                "write fractions from 0 to 1 with x + width and y + height at most 1".into()
            }
            Mistake::KindStart(_) => {
                "write the first characters as they are on the voucher, without hyphens".into()
            }
            Mistake::StartStop => "take start_stop out, or add \"codabar\" to symbology".into(),
            Mistake::NoSymbology => "write it like symbology = [\"codabar\"]".into(),
            Mistake::ContentWays => {
                "write part = \"whole\" or one of query, last_segment and after".into()
            }
            Mistake::SecondDiffers => "write the same parts for both, or same = false".into(),
            Mistake::Number(mistake) => mistake.mend(),
            Mistake::PartWays => {
                "write { literal = \"A\" }, { letters = \"ABC\", name = \"area\" }, { digits = 9, name = \"serial\" } or { check = \"luhn\", covers = [\"serial\"] }".into()
            }
            Mistake::LayoutsAlike { .. } => {
                "tell them apart by a literal or the length, or give both the same kind".into()
            }
            Mistake::ProvisionalAlike { .. } => {
                "choose letters with which no number starts".into()
            }
            Mistake::ContentLength { right, .. } => {
                format!("write length = {right}, without start and stop letters")
            }
            Mistake::ContentStart(_) => {
                "write the characters that stand before the barcode's part of the number".into()
            }
            Mistake::ContentLetters => {
                "write digits_only = false, or add the letters by add_prefix".into()
            }
            Mistake::SymbologyLength { .. } => {
                "ean13 carries 13, ean8 carries 8, itf an even number of digits".into()
            }
        }
    }
}

impl fmt::Display for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Choice::Near(near) => write!(f, "did you mean \"{near}\"?"),
            Choice::Among(known) if known.is_empty() => {
                f.write_str("there is nothing to choose from yet")
            }
            Choice::Among(known) => write!(f, "choose one of \"{}\"", known.join("\", \"")),
        }
    }
}

impl fmt::Display for Want {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Want::Text => "text",
            Want::SomeText => "some text",
            Want::QuotedText => "text in quotes",
            Want::Whole => "a whole number",
            Want::List => "a list",
            Want::Truth => "true or false",
            Want::True => "true",
            Want::Date => "a date",
            Want::Letters => "two letters A to D",
            Want::TextOrTable => "text or a table",
            Want::PartNames => "names of parts",
            Want::Lengths => "lengths",
            Want::Weights => "the lowest and the highest, from 1 to 10",
            Want::Size => "width and height, each 20 to 500 millimetres",
        })
    }
}

impl Shape {
    pub(super) fn of(value: &DeValue<'_>) -> Shape {
        match value {
            DeValue::String(_) => Shape::Text,
            DeValue::Integer(_) => Shape::Whole,
            DeValue::Float(_) => Shape::Point,
            DeValue::Boolean(_) => Shape::Truth,
            DeValue::Datetime(_) => Shape::Date,
            DeValue::Array(_) => Shape::List,
            DeValue::Table(_) => Shape::Table,
        }
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Shape::Text => "text",
            Shape::Whole => "this whole number",
            Shape::Point => "a number with a point",
            Shape::Truth => "true or false",
            Shape::Date => "a date",
            Shape::List => "a list",
            Shape::Table => "a table",
        })
    }
}

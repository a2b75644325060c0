//! Everything that is special to one scheme. Made only by `profile_file`, so right by construction.

use super::barcode::BarcodeRule;
use super::grammar::{Grammar, GrammarError};
use super::yen::YenOverflow;
use super::{BarcodeFinding, KindId, LayoutId, Number, Side, Yen};
use jiff::civil::Date;

/// One campaign's profile (one TOML file, one revision).
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    pub campaign: String,
    pub name: String,
    pub revision: u32,
    pub kinds: Vec<Kind>,
    pub layouts: Vec<Layout>,
    /// Namespace of the number's identity; schemes that share numbers get different ones.
    pub namespace: String,
    /// Whether the kind is part of a number's identity.
    pub kind_in_identity: bool,
    /// How often one number is printed; 1 for all but a few schemes.
    pub copies: u32,
    /// Arrival dates (受付日) that are paid, both ends included; empty means any.
    pub validity: Vec<(Date, Date)>,
    pub accept: AcceptRule,
    pub eye_check: EyeCheck,
    pub provisional: Provisional,
    /// Sheets in a bundle (束).
    pub bundle: u32,
    pub defects: Vec<Defect>,
    pub fee: Option<Fee>,
    pub delivery: DeliveryForm,
}

/// A kind of voucher (券種).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kind {
    pub id: KindId,
    pub name: String,
    pub face: Yen,
}

/// One layout of the face: number, barcode, and where they are.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    pub id: LayoutId,
    pub kind: KindRule,
    /// Width and height of the face in millimetres.
    pub size_mm: (f32, f32),
    pub number: Grammar,
    pub number_area: Area,
    pub barcode: Option<(BarcodeRule, Area)>,
    pub second: Option<SecondNumber>,
    /// The box of the text that states the kind, if any.
    pub kind_area: Option<Area>,
}

/// A box as fractions of the face, from its top left.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    pub side: Side,
    pub x: f32,
    pub y: f32,
    pub w: f32,
    pub h: f32,
}

/// How a sheet's kind is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KindRule {
    /// Every voucher of this layout has this kind.
    Fixed(KindId),
    /// By the number's first characters; the longest prefix that fits.
    ByNumber(Vec<(String, KindId)>),
    /// By the text of the region `kind_area`.
    ByText,
    /// By the operator, who sorts piles.
    ByOperator,
}

/// A second number on the voucher (such as a purchase number beside a QR code).
#[derive(Clone, Debug, PartialEq)]
pub struct SecondNumber {
    pub number: Grammar,
    pub area: Area,
    pub barcode: Option<BarcodeRule>,
    /// The two must be the same number; a difference is a stop.
    pub same: bool,
}

/// Law 5 or something stricter; nothing looser can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AcceptRule {
    /// Two readings that agree, or one with a valid check digit that stands in the ledger.
    Standard,
    /// Only two readings that agree.
    TwoReadings,
    /// Never without a person.
    Person,
}

/// Which accepted sheets a person looks at as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EyeCheck {
    All,
    Doubtful,
    /// Doubtful ones and every n-th accepted sheet.
    Sample(u32),
}

/// Provisional numbers (仮券番).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provisional {
    pub prefix: String,
    pub paid: bool,
}

/// A reason for 不備 and what becomes of the sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Defect {
    pub id: String,
    pub name: String,
    pub outcome: DefectOutcome,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DefectOutcome {
    RejectedKept,
    RejectedReturned,
    Held,
}

/// The shop's fee.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fee {
    pub rate: FeeRate,
    pub rounding: Rounding,
    pub per: FeePer,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeeRate {
    /// Hundredths of a percent: 250 is 2.5 %.
    BasisPoints(u32),
    YenPerSheet(Yen),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// 切捨て
    Down,
    /// 四捨五入
    HalfUp,
    /// 切上げ
    Up,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeePer {
    Sheet,
    Envelope,
    Closing,
}

/// How delivery files are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryForm {
    pub encoding: Encoding,
    pub header: bool,
    /// File names without ending; `{date}` (YYYYMMDD) and `{no}` (four digits) are filled in.
    pub numbers_file: String,
    pub results_file: String,
    pub shops_file: String,
    pub envelopes_file: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    /// With a byte order mark, by which Excel knows it.
    Utf8Bom,
    Cp932,
}

/// What text was, seen through all layouts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Identified {
    Number {
        number: Number,
        layout: LayoutId,
    },
    /// It has a layout's form, but the check digit is wrong.
    CheckDigitWrong {
        layout: LayoutId,
    },
    /// No layout of this profile has such numbers.
    OtherScheme,
}

impl Area {
    /// Whether the two have a place of the paper in common.
    pub fn overlaps(&self, other: &Area) -> bool {
        let along =
            |at: f32, long: f32, from: f32, other: f32| at < from + other && from < at + long;
        self.side == other.side
            && along(self.x, self.w, other.x, other.w)
            && along(self.y, self.h, other.y, other.h)
    }
}

impl Profile {
    pub fn kind(&self, id: &KindId) -> Option<&Kind> {
        self.kinds.iter().find(|kind| kind.id == *id)
    }
    pub fn layout(&self, id: &LayoutId) -> Option<&Layout> {
        self.layouts.iter().find(|layout| layout.id == *id)
    }
    /// The face value of a kind.
    pub fn face(&self, id: &KindId) -> Option<Yen> {
        self.kind(id).map(|kind| kind.face)
    }
    /// Characters of the longest number of any layout: how wide a keying field must be.
    pub fn longest_number(&self) -> usize {
        let lengths = self.layouts.iter().map(|layout| layout.number.len());
        lengths.max().unwrap_or(0)
    }
    /// Text keyed by a person, from a list, or read from print.
    pub fn identify(&self, text: &str) -> Identified {
        let mut close = None;
        for layout in &self.layouts {
            match layout.number.parse(text) {
                Ok(number) => {
                    let layout = layout.id.clone();
                    return Identified::Number { number, layout };
                }
                Err(GrammarError::CheckDigit { .. } | GrammarError::NeverPrinted) => {
                    close.get_or_insert(&layout.id);
                }
                Err(_) => {}
            }
        }
        wrong_check_or_other(close)
    }
    /// The best account of why `text` is no number here, for a person who keyed it: from the layout
    /// that it comes closest to.
    pub fn explain(&self, text: &str) -> GrammarError {
        let errors = self.layouts.iter().filter_map(|layout| layout.number.parse(text).err());
        let nothing =
            GrammarError::Length { want: self.longest_number(), got: text.chars().count() };
        errors.max_by_key(closeness).unwrap_or(nothing)
    }
    /// A barcode's content through the layouts' barcode rules.
    pub fn identify_barcode(&self, finding: &BarcodeFinding) -> Identified {
        let mut close = None;
        for layout in &self.layouts {
            let Some((rule, _)) = &layout.barcode else {
                continue;
            };
            let Some(text) = rule.number_text(finding.symbology, &finding.text) else {
                continue;
            };
            match layout.number.parse(&text) {
                Ok(number) => {
                    let layout = layout.id.clone();
                    return Identified::Number { number, layout };
                }
                Err(GrammarError::CheckDigit { .. } | GrammarError::NeverPrinted) => {
                    close.get_or_insert(&layout.id);
                }
                Err(_) => {}
            }
        }
        wrong_check_or_other(close)
    }
    /// The kind that a number of a layout has by the number alone.
    pub fn kind_of(&self, number: &Number, layout: &LayoutId) -> Option<KindId> {
        match &self.layout(layout)?.kind {
            KindRule::Fixed(kind) => Some(kind.clone()),
            KindRule::ByNumber(prefixes) => prefixes
                .iter()
                .filter(|(prefix, _)| number.as_str().starts_with(prefix.as_str()))
                .max_by_key(|(prefix, _)| prefix.len())
                .map(|(_, kind)| kind.clone()),
            KindRule::ByText | KindRule::ByOperator => None,
        }
    }
    /// The kind as a part of the number's identity: only where the profile says so.
    pub fn identity_kind<'a>(&self, kind: Option<&'a KindId>) -> Option<&'a KindId> {
        kind.filter(|_| self.kind_in_identity)
    }
    pub fn valid_at(&self, arrived: Date) -> bool {
        self.validity.is_empty()
            || self.validity.iter().any(|(from, until)| *from <= arrived && arrived <= *until)
    }
}

fn wrong_check_or_other(close: Option<&LayoutId>) -> Identified {
    close.map_or(Identified::OtherScheme, |layout| Identified::CheckDigitWrong {
        layout: layout.clone(),
    })
}

/// How close a text came to a number: higher is closer.
fn closeness(error: &GrammarError) -> (u8, isize) {
    let signed = |n: usize| isize::try_from(n).unwrap_or(isize::MAX);
    match error {
        GrammarError::Length { want, got } => (0, -signed(want.abs_diff(*got))),
        GrammarError::Character { position, .. } => (1, signed(*position)),
        GrammarError::NeverPrinted => (2, 0),
        GrammarError::CheckDigit { .. } => (3, 0),
    }
}

impl Fee {
    /// The fee on `sheets` sheets of one face value.
    pub fn apply(&self, face: Yen, sheets: u64) -> Result<Yen, YenOverflow> {
        self.of([(face, sheets)])
    }

    /// The fee on so many sheets of each face value. Per sheet, each sheet's fee is rounded; per
    /// envelope or closing the sum is, so give all lines of that envelope or closing at once.
    pub fn of(&self, lines: impl IntoIterator<Item = (Yen, u64)>) -> Result<Yen, YenOverflow> {
        let mut fee = Yen::ZERO;
        let mut amount = Yen::ZERO;
        for (face, sheets) in lines {
            match (self.rate, self.per) {
                (FeeRate::YenPerSheet(each), _) => fee = fee.plus(each.times(sheets)?)?,
                (FeeRate::BasisPoints(points), FeePer::Sheet) => {
                    fee = fee.plus(self.share(face, points)?.times(sheets)?)?;
                }
                (FeeRate::BasisPoints(_), FeePer::Envelope | FeePer::Closing) => {
                    amount = amount.plus(face.times(sheets)?)?;
                }
            }
        }
        match (self.rate, self.per) {
            (FeeRate::BasisPoints(points), FeePer::Envelope | FeePer::Closing) => {
                self.share(amount, points)
            }
            _ => Ok(fee),
        }
    }

    /// So many hundredths of a percent of an amount, rounded by the rule. A negative amount (a
    /// correction) gives the same fee with the other sign, so that the two cancel.
    fn share(&self, amount: Yen, points: u32) -> Result<Yen, YenOverflow> {
        const WHOLE: i128 = 10_000;
        let exact = i128::from(amount.0.unsigned_abs()) * i128::from(points);
        let up = match self.rounding {
            Rounding::Down => 0,
            Rounding::HalfUp => WHOLE / 2,
            Rounding::Up => WHOLE - 1,
        };
        let size = i64::try_from((exact + up) / WHOLE).ok().ok_or(YenOverflow)?;
        Ok(Yen(if amount.0 < 0 { -size } else { size }))
    }
}

#[cfg(test)]
#[path = "profile_tests.rs"]
mod tests;

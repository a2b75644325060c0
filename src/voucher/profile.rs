//! Everything that is special to one scheme. Made only by `profile_file`, so right by construction.

use super::barcode::BarcodeRule;
use super::grammar::{Grammar, GrammarError};
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

impl Profile {
    pub fn kind(&self, id: &KindId) -> Option<&Kind> {
        self.kinds.iter().find(|kind| kind.id == *id)
    }
    pub fn layout(&self, id: &LayoutId) -> Option<&Layout> {
        self.layouts.iter().find(|layout| layout.id == *id)
    }
    /// Text keyed by a person, from a list, or read from print.
    pub fn identify(&self, text: &str) -> Identified {
        let _ = text;
        todo!("helper voucher")
    }
    /// The best account of why `text` is no number here, for a person who keyed it.
    pub fn explain(&self, text: &str) -> GrammarError {
        let _ = text;
        todo!("helper voucher")
    }
    /// A barcode's content through the layouts' barcode rules.
    pub fn identify_barcode(&self, finding: &BarcodeFinding) -> Identified {
        let _ = finding;
        todo!("helper voucher")
    }
    /// The kind that a number of a layout has by the number alone.
    pub fn kind_of(&self, number: &Number, layout: &LayoutId) -> Option<KindId> {
        let _ = (number, layout);
        todo!("helper voucher")
    }
    /// The key under which a number is paid once: namespace, kind if the profile says so, number.
    pub fn identity(&self, number: &Number, kind: Option<&KindId>) -> String {
        let _ = (number, kind);
        todo!("helper voucher")
    }
    pub fn valid_at(&self, arrived: Date) -> bool {
        self.validity.is_empty()
            || self.validity.iter().any(|(from, until)| *from <= arrived && arrived <= *until)
    }
}

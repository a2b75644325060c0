//! What is not as it should be with a sheet or an envelope, so that every way through the station
//! is walked in the demo.

/// What a sheet is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Trick {
    /// An honest voucher, perhaps with a stamp and a crease.
    None,
    /// A stamp over the barcode: honest, but it must be keyed.
    StampedBarcode,
    /// Neither number nor barcode can be read: 判別不能.
    Unreadable,
    /// A number that already came in the same envelope.
    RepeatedHere,
    /// A number that already came in an earlier envelope.
    RepeatedElsewhere,
    /// A number outside the issue ledger.
    NeverIssued,
    /// A number on the list of stolen vouchers.
    Blocked,
    /// A voucher of the neighbouring scheme.
    OtherScheme,
    /// Barcode and print say different numbers.
    Forged,
    /// A blank sheet of paper.
    Blank,
}

impl Trick {
    /// All but [`Trick::None`], the most telling first: that is their order where few fit.
    pub const ALL: [Trick; 9] = [
        Trick::StampedBarcode,
        Trick::RepeatedHere,
        Trick::Unreadable,
        Trick::NeverIssued,
        Trick::OtherScheme,
        Trick::Forged,
        Trick::Blank,
        Trick::Blocked,
        Trick::RepeatedElsewhere,
    ];

    /// How many of 1,000 sheets are this.
    pub(super) fn per_mille(self) -> usize {
        match self {
            Trick::None => 0,
            Trick::StampedBarcode => 45,
            Trick::Unreadable => 14,
            Trick::RepeatedHere | Trick::OtherScheme => 10,
            Trick::NeverIssued | Trick::Blocked | Trick::RepeatedElsewhere => 8,
            Trick::Forged | Trick::Blank => 6,
        }
    }

    /// In plain English.
    pub fn english(self) -> &'static str {
        match self {
            Trick::None => "honest",
            Trick::StampedBarcode => "stamp over the barcode",
            Trick::Unreadable => "number and barcode can't be read",
            Trick::RepeatedHere => "same number twice in one envelope",
            Trick::RepeatedElsewhere => "number already came in another envelope",
            Trick::NeverIssued => "never issued",
            Trick::Blocked => "stolen and blocked",
            Trick::OtherScheme => "another scheme's voucher",
            Trick::Forged => "barcode and print differ",
            Trick::Blank => "blank paper",
        }
    }

    /// In plain Japanese.
    pub fn japanese(self) -> &'static str {
        match self {
            Trick::None => "正常",
            Trick::StampedBarcode => "バーコードに押印",
            Trick::Unreadable => "券番号もバーコードも判別不能",
            Trick::RepeatedHere => "同じ封筒で重複",
            Trick::RepeatedElsewhere => "別の封筒と重複",
            Trick::NeverIssued => "未発行",
            Trick::Blocked => "盗難・無効券",
            Trick::OtherScheme => "対象外券(他の事業)",
            Trick::Forged => "偽造の疑い(バーコードと印字が相違)",
            Trick::Blank => "白紙",
        }
    }
}

/// Whether the shop counted its sheets rightly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Miscount {
    #[default]
    None,
    /// One sheet less in the envelope than on the slip.
    Short,
    /// One sheet more in the envelope than on the slip.
    Over,
}

impl Miscount {
    /// In plain English.
    pub fn english(self) -> &'static str {
        match self {
            Miscount::None => "sheets of another kind or scheme in it",
            Miscount::Short => "one sheet short",
            Miscount::Over => "one sheet over",
        }
    }
}

/// How many sheets of each trick a campaign of `vouchers` sheets has. From 100 sheets every trick
/// is there; below that, as many as fit into a quarter of the sheets.
pub(super) fn mix(vouchers: usize) -> Vec<(Trick, usize)> {
    let mut room = vouchers / 4;
    let mut counts = Vec::new();
    for trick in Trick::ALL {
        let usual = (vouchers * trick.per_mille() + 500) / 1000;
        let count = usual.max(1).min(room);
        room -= count;
        counts.push((trick, count));
    }
    counts
}

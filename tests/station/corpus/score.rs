//! What a reading was worth, held against the truth.

use kenban::voucher::{Issued, Judgement, Profile, Reading, Verdict, judge};
use serde::{Deserialize, Serialize};

/// What a picture really shows.
#[derive(Clone, Debug)]
pub struct Truth {
    pub what: What,
    /// The barcode's exact content.
    pub barcode: Option<String>,
    /// What is printed, letters and digits alone.
    pub printed: Option<String>,
    /// The number under which an honest sheet is paid; of a forged one what its barcode says.
    pub number: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    Honest,
    /// Barcode and print say different things.
    Forged,
    /// Of another scheme.
    Foreign,
    Blank,
}

/// Without an issue ledger, as whoever reads a picture alone has none.
pub fn without_ledger(profile: &Profile, reading: &Reading) -> Judgement {
    judge(profile, reading, &|_| Issued::NoLedger, None)
}

/// As if every number there can be were issued: what a single reading is worth by itself.
pub fn all_issued(profile: &Profile, reading: &Reading) -> Judgement {
    judge(profile, reading, &|_| Issued::Yes, None)
}

/// What came of one sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Came {
    /// Its number, accepted or proposed, or of a forged, foreign or blank one: that it is none to be paid.
    Right,
    /// To a person, without a number, or one that barcode or print really says.
    Nothing,
    /// A number that stands nowhere on it, shown to a person.
    WrongProposal,
    /// Counted without a person, and wrongly.
    WrongAccept,
}

pub fn came(truth: &Truth, judged: &Judgement) -> Came {
    let said = judged.number.as_ref().map(|number| number.as_str());
    let is = |wanted: &Option<String>| said.is_some() && said == wanted.as_deref();
    match (truth.what, judged.verdict) {
        (What::Honest, Verdict::Accept) if is(&truth.number) => Came::Right,
        (_, Verdict::Accept) => Came::WrongAccept,
        (What::Honest, Verdict::Check) if is(&truth.number) => Came::Right,
        (What::Forged, Verdict::Check) if is(&truth.number) || is(&truth.printed) => Came::Nothing,
        (_, Verdict::Check) => Came::WrongProposal,
        (What::Honest, Verdict::Unreadable | Verdict::Stop) => Came::Nothing,
        (What::Forged, Verdict::Stop) => Came::Right,
        (What::Forged, Verdict::Unreadable) => Came::Nothing,
        (What::Foreign | What::Blank, Verdict::Unreadable | Verdict::Stop) => Came::Right,
    }
}

/// Counts of one kind of sheet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    pub sheets: usize,
    pub accept: usize,
    pub check: usize,
    pub unreadable: usize,
    pub stop: usize,
    pub right: usize,
    pub wrong_proposals: usize,
    pub wrong_accepts: usize,
    /// Accepted wrongly if every number that there can be were issued.
    pub wrong_by_ledger: usize,
}

/// Counts by what the sheets are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    pub honest: Counts,
    /// Those of the honest ones that have a barcode.
    pub with_barcode: Counts,
    pub forged: Counts,
    pub foreign: Counts,
    pub blank: Counts,
}

impl Counts {
    fn add(&mut self, verdict: Verdict, came: Came, wrong_by_ledger: bool) {
        self.sheets += 1;
        *match verdict {
            Verdict::Accept => &mut self.accept,
            Verdict::Check => &mut self.check,
            Verdict::Unreadable => &mut self.unreadable,
            Verdict::Stop => &mut self.stop,
        } += 1;
        self.right += usize::from(came == Came::Right);
        self.wrong_proposals += usize::from(came == Came::WrongProposal);
        self.wrong_accepts += usize::from(came == Came::WrongAccept);
        self.wrong_by_ledger += usize::from(wrong_by_ledger);
    }
}

impl Tally {
    /// Counts one sheet, and says what came of it.
    pub fn add(
        &mut self,
        profile: &Profile,
        truth: &Truth,
        reading: &Reading,
    ) -> (Came, Judgement) {
        let judged = without_ledger(profile, reading);
        let came = came(truth, &judged);
        let by_ledger = self::came(truth, &all_issued(profile, reading)) == Came::WrongAccept;
        let counts = match truth.what {
            What::Honest => &mut self.honest,
            What::Forged => &mut self.forged,
            What::Foreign => &mut self.foreign,
            What::Blank => &mut self.blank,
        };
        counts.add(judged.verdict, came, by_ledger);
        if truth.what == What::Honest && truth.barcode.is_some() {
            self.with_barcode.add(judged.verdict, came, by_ledger);
        }
        (came, judged)
    }

    /// Of sheets of all kinds.
    pub fn total(&self, count: impl Fn(&Counts) -> usize) -> usize {
        [&self.honest, &self.forged, &self.foreign, &self.blank].into_iter().map(count).sum()
    }
}

//! Made-up people: what they see, key and decide, with slips of the finger. Each has a generator of
//! their own, so the same seed and the same order of questions give the same answers.
//!
//! Where a sheet waits for a person, one function answers for its input:
//!
//! | place | input | function |
//! |---|---|---|
//! | `Place::Check` | `Input::Check`: the ordinal goes to `right` or `wrong` | [`Worker::look`] |
//! | `Place::Entry` | `Input::Key`: `answer`, `kind` | [`Worker::key`] |
//! | `Place::Settle` | `Input::Settle`: `decision`, `kind`, `reason` | [`Worker::settle`] |
//! | a difference to the slip | `Input::CloseEnvelope`: `reason` | [`closing_reason`] |

use super::campaign::Truth;
use super::trick::Trick;
use crate::flow::event::Keyed;
use crate::flow::input::Settlement;
use crate::flow::person::{Person, PersonId, Role};
use crate::voucher::profile::Identified;
use crate::voucher::{KindId, Number, Profile, Reason};
use fastrand::Rng;

/// One made-up person.
#[derive(Clone, Debug)]
pub struct Worker {
    pub person: Person,
    /// Of 1,000 numbers keyed, how many have a slip of the finger.
    pub slips: u16,
    /// Of 1,000 looks, how many miss a mark that should have been set.
    pub misses: u16,
    rng: Rng,
}

/// Who works the shift.
#[derive(Clone, Debug)]
pub struct People {
    /// First and second keying.
    pub operators: [Worker; 2],
    /// Third keying.
    pub verifier: Worker,
    /// The first settles; the second is the second person where two must act.
    pub supervisors: [Worker; 2],
    pub delivery: Worker,
}

/// What a person keys for a sheet that waits in Entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// What was keyed first, if that is no number at all: the station refuses it at once.
    pub mistyped: Option<String>,
    pub answer: Keyed,
    pub kind: Option<KindId>,
}

/// What a supervisor decides about a sheet that waits in Settle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    pub decision: Settlement,
    pub kind: Option<KindId>,
    /// In plain Japanese.
    pub reason: String,
}

/// Id, name, role, slips and misses.
const STAFF: [(&str, &str, Role, u16, u16); 6] = [
    ("sakura", "佐倉 みのり", Role::Operator, 90, 30),
    ("endo", "遠藤 大地", Role::Operator, 140, 60),
    ("mizuno", "水野 志保", Role::Verifier, 15, 10),
    ("takanashi", "高梨 啓介", Role::Supervisor, 10, 10),
    ("izumi", "和泉 聡子", Role::Supervisor, 10, 10),
    ("kitamura", "北村 亮", Role::Delivery, 0, 0),
];

impl People {
    /// The six, the same for every seed; the seed says when they slip.
    pub fn make(seed: u64) -> Option<People> {
        let mut workers = Vec::with_capacity(STAFF.len());
        for (place, (id, name, role, slips, misses)) in STAFF.into_iter().enumerate() {
            workers.push(Worker {
                person: Person { id: PersonId::new(id)?, name: name.to_owned(), role },
                slips,
                misses,
                rng: Rng::with_seed(seed.wrapping_add(0x9E37_79B9 * (place as u64 + 1))),
            });
        }
        let [first, second, verifier, settles, stands_by, delivery] = workers.try_into().ok()?;
        Some(People {
            operators: [first, second],
            verifier,
            supervisors: [settles, stands_by],
            delivery,
        })
    }

    /// All of them, supervisors first, as the station's first act wants them.
    pub fn all(&self) -> Vec<Person> {
        let [settles, stands_by] = &self.supervisors;
        let [first, second] = &self.operators;
        [settles, stands_by, first, second, &self.verifier, &self.delivery]
            .map(|worker| worker.person.clone())
            .to_vec()
    }
}

impl Worker {
    fn happens(&mut self, per_mille: u16) -> bool {
        self.rng.u16(..1000) < per_mille
    }

    /// Compares the proposed number with the picture: true is "right". A person may overlook that
    /// it is wrong, and never marks a right one.
    pub fn look(&mut self, truth: &Truth, proposed: &Number) -> bool {
        let right = truth.legible && truth.number.as_ref() == Some(proposed);
        let missed = self.happens(self.misses);
        right || missed
    }

    /// Keys what is printed, or says that it can't be told. A slip that is no number of the profile
    /// is refused by the station and keyed again at once; one that is a number goes through.
    pub fn key(&mut self, truth: &Truth, profile: &Profile) -> Answer {
        let Some(number) = truth.number.as_ref().filter(|_| truth.legible) else {
            return Answer { mistyped: None, answer: Keyed::Cannot, kind: truth.kind.clone() };
        };
        let right = Answer { mistyped: None, answer: Keyed::Number(number.clone()), kind: None };
        if !self.happens(self.slips) {
            return right;
        }
        let text = slip(number.as_str(), &mut self.rng);
        match profile.identify(&text) {
            Identified::Number { number: mistaken, .. } => {
                Answer { answer: Keyed::Number(mistaken), ..right }
            }
            Identified::CheckDigitWrong { .. } | Identified::OtherScheme => {
                Answer { mistyped: Some(text), ..right }
            }
        }
    }

    /// Decides with the paper in hand. What the station knows goes before what the paper says, so
    /// the answer is never one that the station must refuse.
    pub fn settle(&mut self, truth: &Truth, reasons: &[Reason]) -> Decision {
        let (decision, reason) = decide(truth, reasons);
        let kind = match &decision {
            // The number itself says the kind.
            Settlement::Accept(_) => None,
            Settlement::Provisional
            | Settlement::Reject { .. }
            | Settlement::Hold { .. }
            | Settlement::Same(_)
            | Settlement::Rekey => Some(truth.counted_as.clone()),
        };
        Decision { decision, kind, reason: reason.to_owned() }
    }
}

/// Rejected, as the profile's 不備 of this id says.
fn rejected(defect: &str, returned: bool) -> Settlement {
    Settlement::Reject { returned, defect: Some(defect.to_owned()) }
}

fn held(defect: &str) -> Settlement {
    Settlement::Hold { defect: Some(defect.to_owned()) }
}

fn decide(truth: &Truth, reasons: &[Reason]) -> (Settlement, &'static str) {
    match truth.trick {
        Trick::OtherScheme => {
            return (rejected("foreign", true), "となり町のクーポン。対象外のため店舗へ返却");
        }
        Trick::Blank => return (rejected("blank", true), "白紙が混入。店舗へ返却"),
        Trick::Forged => {
            let why = "バーコードと印字の番号が違う。偽造の疑いがあるため保留";
            return (held("forged"), why);
        }
        _ => {}
    }
    if reasons.contains(&Reason::Duplicate) {
        let why = "同じ券番号がすでに受付済み。重複券として保管";
        return (rejected("duplicate", false), why);
    }
    if reasons.contains(&Reason::Blocked) || truth.trick == Trick::Blocked {
        return (held("blocked"), "盗難届のある券番号。事務局へ照会中");
    }
    if reasons.contains(&Reason::NotIssued) || truth.trick == Trick::NeverIssued {
        return (held("not-issued"), "発行台帳にない券番号。事務局へ照会中");
    }
    if reasons.contains(&Reason::NotValidAtArrival) {
        return (rejected("late", true), "受付期間の外に届いた券。店舗へ返却");
    }
    match (&truth.number, truth.legible) {
        (Some(number), true) => (Settlement::Accept(number.clone()), "現物で券番号を確認した"),
        _ => (Settlement::Provisional, "券番号は判別不能。券種は確認できるため仮券番で受付"),
    }
}

/// Why an envelope is closed though it differs from the slip; `difference` is found less declared.
pub fn closing_reason(difference: i64) -> String {
    let sheets = difference.unsigned_abs();
    match difference {
        ..0 => format!("二人で数え直したが、伝票より{sheets}枚少ない。店舗へ電話で連絡した"),
        0 => "券種ごとの枚数が伝票と違う。二人で数え直した".to_owned(),
        1.. => format!("二人で数え直したが、伝票より{sheets}枚多い。現物の枚数で処理する"),
    }
}

/// One slip of the finger: a neighbouring digit on the ten-key pad, or two digits swapped. Never
/// the same text.
fn slip(text: &str, rng: &mut Rng) -> String {
    let mut keys = text.chars().collect::<Vec<_>>();
    let digits = (0..keys.len()).filter(|place| keys[*place].is_ascii_digit()).collect::<Vec<_>>();
    let swaps = digits
        .windows(2)
        .filter(|pair| keys[pair[0]] != keys[pair[1]])
        .map(|pair| (pair[0], pair[1]))
        .collect::<Vec<_>>();
    if !swaps.is_empty() && rng.bool() {
        let (left, right) = swaps[rng.usize(..swaps.len())];
        keys.swap(left, right);
    } else if let Some(place) = rng.choice(digits) {
        let near = match keys[place] {
            '0' => "12",
            '1' => "024",
            '2' => "0135",
            '3' => "26",
            '4' => "157",
            '5' => "2468",
            '6' => "359",
            '7' => "48",
            '8' => "579",
            _ => "68",
        };
        let near = near.as_bytes();
        keys[place] = char::from(near[rng.usize(..near.len())]);
    } else {
        keys.push('0');
    }
    keys.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_never_the_truth() {
        let mut rng = Rng::with_seed(7);
        for text in ["M2040000017", "N1111111111", "R0000000000", "ABC", "W9"] {
            for _ in 0..300 {
                assert_ne!(slip(text, &mut rng), text);
            }
        }
    }

    #[test]
    fn the_closing_reason_names_the_difference() {
        assert!(closing_reason(-1).contains("1枚少ない"));
        assert!(closing_reason(2).contains("2枚多い"));
    }
}

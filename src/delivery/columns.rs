//! Which field stands where. The fields that a re-count needs stand first and never move; the
//! columns by kind come after them, as a profile may have any number of kinds. What is new is added at
//! the end, so that nobody's reading of a file breaks.

use super::totals::Control;
use crate::flow::event::{Counted, How, Place};
use crate::flow::ids::Station;
use crate::flow::rows::{EnvelopeRow, SheetRow};
use crate::voucher::profile::{Fee, Profile};
use crate::voucher::yen::YenOverflow;
use crate::voucher::{KindId, Yen};
use std::collections::BTreeMap;

/// 読取券番号データ
pub(super) const NUMBERS: [&str; 4] = ["封筒番号", "位置", "券ID", "読取券番号"];

/// 回収券読取結果データ
pub(super) const RESULTS: [&str; 15] = [
    "封筒番号",
    "店舗コード",
    "受付日",
    "位置",
    "券種",
    "額面",
    "券番号",
    "仮券番",
    "結果",
    "理由",
    "確定方法",
    "金額",
    "券ID",
    "読取券番号",
    "関連券ID",
];

/// Places of the results' fields, for the re-count.
pub(super) mod result {
    pub(crate) const ENVELOPE: usize = 0;
    pub(crate) const SHOP: usize = 1;
    pub(crate) const POSITION: usize = 3;
    pub(crate) const KIND: usize = 4;
    pub(crate) const NUMBER: usize = 6;
    pub(crate) const PROVISIONAL: usize = 7;
    pub(crate) const RESULT: usize = 8;
    pub(crate) const HOW: usize = 10;
    pub(crate) const AMOUNT: usize = 11;
    pub(crate) const SHEET: usize = 12;
    pub(crate) const READ: usize = 13;
    pub(crate) const REPEATS: usize = 14;
}

pub(super) const ACCEPTED: &str = "受付";
pub(super) const REJECTED: &str = "却下";
pub(super) const RETURNED: &str = "返却";
pub(super) const HELD: &str = "保留";

/// 確定方法: how a counted number was made sure of. By the machine, by one person's eye beside the
/// picture, keyed alike by two, or settled by a supervisor.
pub(super) const HOWS: [(How, &str); 4] =
    [(How::Machine, "機械"), (How::Eye, "目視"), (How::Keyed, "手入力"), (How::Settled, "責任者")];

fn how_word(how: How) -> &'static str {
    HOWS.iter().find(|(it, _)| *it == how).map_or("", |(_, word)| *word)
}

const SHOPS: [&str; 12] = [
    "店舗コード",
    "店舗名",
    "封筒数",
    "伝票枚数",
    "読取枚数",
    "受付",
    "うち仮券番",
    "却下",
    "返却",
    "保留",
    "差異",
    "金額",
];

/// Places of the shops' fields, for the re-count.
pub(super) mod shop {
    pub(crate) const CODE: usize = 0;
    pub(crate) const ENVELOPES: usize = 2;
    pub(crate) const SHEETS: usize = 4;
    pub(crate) const ACCEPTED: usize = 5;
    pub(crate) const AMOUNT: usize = 11;
}

const ENVELOPES: [&str; 16] = [
    "封筒番号",
    "店舗コード",
    "店舗名",
    "受付日",
    "営業日",
    "束数",
    "伝票枚数",
    "読取枚数",
    "受付",
    "うち仮券番",
    "却下",
    "返却",
    "保留",
    "差異",
    "差異理由",
    "金額",
];

/// Places of the envelopes' fields, for the re-count.
pub(super) mod envelope {
    pub(crate) const ENVELOPE: usize = 0;
    pub(crate) const SHOP: usize = 1;
    pub(crate) const SHEETS: usize = 7;
    pub(crate) const ACCEPTED: usize = 8;
    pub(crate) const AMOUNT: usize = 15;
}

/// 束数 counts full bundles; what lies beside them.
const LOOSE: &str = "端数枚数";

/// Sheets whose kind is unknown or no longer in the profile.
const OTHER_KIND: &str = "その他・不明";
const FEE: [&str; 2] = ["手数料", "支払額"];

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn kind_names<'p>(profile: &'p Profile, prefix: &'p str) -> impl Iterator<Item = String> + 'p {
    let ids = profile.kinds.iter().map(|kind| kind.id.as_str());
    ids.chain([OTHER_KIND]).map(move |kind| format!("{prefix}_{kind}"))
}

pub(super) fn numbers_header() -> Vec<String> {
    owned(&NUMBERS)
}

pub(super) fn results_header() -> Vec<String> {
    owned(&RESULTS)
}

pub(super) fn shops_header(profile: &Profile) -> Vec<String> {
    let mut names = owned(&SHOPS);
    if profile.fee.is_some() {
        names.extend(owned(&FEE));
    }
    names.extend(kind_names(profile, "受付"));
    names
}

pub(super) fn envelopes_header(profile: &Profile) -> Vec<String> {
    let mut names = owned(&ENVELOPES);
    if profile.fee.is_some() {
        names.extend(owned(&FEE));
    }
    names.extend(kind_names(profile, "伝票"));
    names.extend(kind_names(profile, "受付"));
    names.push(LOOSE.to_owned());
    names
}

/// One sheet as the machine read it; the number is blank where it read none.
pub(super) fn numbers_row(station: &Station, row: &SheetRow) -> Vec<String> {
    vec![
        station.envelope(row.sheet.envelope),
        row.position.to_string(),
        station.sheet(row.sheet),
        row.read.as_ref().map(ToString::to_string).unwrap_or_default(),
    ]
}

/// One sheet's final result, with what was read on it, by the machine or else by two people, and of
/// which sheet it is a repeat. A sheet in hand never gets here; its result would be blank.
pub(super) fn results_row(
    station: &Station,
    profile: &Profile,
    envelope: &EnvelopeRow,
    row: &SheetRow,
) -> Vec<String> {
    let (mut number, mut provisional, mut how) = (String::new(), String::new(), "");
    let mut yen = Yen::ZERO;
    let (result, reason, defect) = match &row.place {
        Place::Accepted(accepted) => {
            match &accepted.number {
                Counted::Number(text) => number = text.to_string(),
                Counted::Provisional(text) => provisional.clone_from(text),
            }
            how = how_word(accepted.how);
            yen = accepted.yen;
            (ACCEPTED, "", None)
        }
        Place::Rejected { reason, defect, returned } => {
            let result = if *returned { RETURNED } else { REJECTED };
            (result, reason.as_str(), defect.as_ref())
        }
        Place::Held { reason, defect } => (HELD, reason.as_str(), defect.as_ref()),
        Place::Check { .. }
        | Place::Entry
        | Place::Settle { .. }
        | Place::Same { .. }
        | Place::Undone => ("", "", None),
    };
    // The profile's name of the 不備 first, then what the supervisor typed.
    let defect = profile.defects.iter().find(|it| Some(&it.id) == defect);
    let reason = match defect {
        // A reason chosen from the list is often the name itself.
        Some(defect) if reason.trim().is_empty() || reason.trim() == defect.name => {
            defect.name.clone()
        }
        Some(defect) => format!("{}：{reason}", defect.name),
        None => reason.to_owned(),
    };
    vec![
        station.envelope(row.sheet.envelope),
        envelope.shop.clone(),
        envelope.arrived.to_string(),
        row.position.to_string(),
        row.kind.as_ref().map(ToString::to_string).unwrap_or_default(),
        face(profile, row.kind.as_ref(), yen),
        number,
        provisional,
        result.to_owned(),
        reason,
        how.to_owned(),
        yen.0.to_string(),
        station.sheet(row.sheet),
        row.read.as_ref().or(row.keyed.as_ref()).map(ToString::to_string).unwrap_or_default(),
        row.repeats.map(|sheet| station.sheet(sheet)).unwrap_or_default(),
    ]
}

/// What was paid is the face value at the sheet's own profile revision; an unpaid sheet has the
/// face value of today's.
fn face(profile: &Profile, kind: Option<&KindId>, paid: Yen) -> String {
    let known = kind.and_then(|kind| profile.kind(kind)).map(|kind| kind.face);
    let face = if paid == Yen::ZERO { known } else { Some(paid) };
    face.map(|yen| yen.0.to_string()).unwrap_or_default()
}

/// What totals of an envelope or shop have in common.
#[derive(Clone, Debug, Default)]
pub(super) struct Sum {
    pub(super) counted: Control,
    pub(super) envelopes: u64,
    pub(super) declared: BTreeMap<String, u64>,
    /// The fee of what was summed, where envelopes have one.
    pub(super) fee: Yen,
}

impl Sum {
    fn declared(&self) -> u64 {
        self.declared.values().sum()
    }

    /// Found less declared; all sheets that were in the envelope are found, whatever became of them.
    fn difference(&self) -> i128 {
        i128::from(self.counted.sheets) - i128::from(self.declared())
    }

    fn counts(&self) -> [String; 6] {
        let it = &self.counted;
        [it.sheets, it.accepted, it.provisional, it.rejected_kept, it.rejected_returned, it.held]
            .map(|count| count.to_string())
    }
}

/// Fee and what is paid after it; blank where the fee is only made at the closing.
fn fee_fields(
    profile: &Profile,
    amount: Yen,
    fee: Option<Yen>,
) -> Result<Vec<String>, YenOverflow> {
    match (profile.fee.as_ref(), fee) {
        (None, _) => Ok(Vec::new()),
        (Some(Fee { .. }), None) => Ok(vec![String::new(); 2]),
        (Some(Fee { .. }), Some(fee)) => {
            Ok(vec![fee.0.to_string(), amount.minus(fee)?.0.to_string()])
        }
    }
}

/// The count of each of the profile's kinds, then of all others.
fn by_kind(profile: &Profile, counts: &BTreeMap<String, u64>) -> Vec<String> {
    let of = |kind: &str| counts.get(kind).copied().unwrap_or_default();
    let known = profile.kinds.iter().map(|kind| of(kind.id.as_str())).collect::<Vec<_>>();
    let other = counts.values().sum::<u64>().saturating_sub(known.iter().sum());
    known.into_iter().chain([other]).map(|count| count.to_string()).collect()
}

fn accepted_by_kind(profile: &Profile, counted: &Control) -> Vec<String> {
    let counts = counted.by_kind.iter().map(|(kind, total)| (kind.clone(), total.sheets));
    by_kind(profile, &counts.collect())
}

pub(super) fn envelopes_row(
    station: &Station,
    profile: &Profile,
    row: &EnvelopeRow,
    sum: &Sum,
    fee: Option<Yen>,
) -> Result<Vec<String>, YenOverflow> {
    let mut fields = vec![
        station.envelope(row.envelope),
        row.shop.clone(),
        row.shop_name.clone(),
        row.arrived.to_string(),
        row.business_day.to_string(),
        row.bundles.to_string(),
        sum.declared().to_string(),
    ];
    fields.extend(sum.counts());
    fields.push(sum.difference().to_string());
    fields.push(row.difference_reason.clone().unwrap_or_default());
    fields.push(sum.counted.amount.0.to_string());
    fields.extend(fee_fields(profile, sum.counted.amount, fee)?);
    fields.extend(by_kind(profile, &sum.declared));
    fields.extend(accepted_by_kind(profile, &sum.counted));
    fields.push(row.loose.to_string());
    Ok(fields)
}

pub(super) fn shops_row(
    profile: &Profile,
    code: &str,
    name: &str,
    sum: &Sum,
    fee: Option<Yen>,
) -> Result<Vec<String>, YenOverflow> {
    let mut fields = vec![
        code.to_owned(),
        name.to_owned(),
        sum.envelopes.to_string(),
        sum.declared().to_string(),
    ];
    fields.extend(sum.counts());
    fields.push(sum.difference().to_string());
    fields.push(sum.counted.amount.0.to_string());
    fields.extend(fee_fields(profile, sum.counted.amount, fee)?);
    fields.extend(accepted_by_kind(profile, &sum.counted));
    Ok(fields)
}

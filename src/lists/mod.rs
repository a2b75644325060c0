//! Lists from CSV: shops, issued and blocked numbers. All or nothing, with line numbers.

mod cells;
mod table;
mod text;

use crate::voucher::{IssueLedger, Number, Profile};
use cells::{limited, number, shop_code};
use std::collections::BTreeMap;
use table::{Problems, Table};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shop {
    pub code: String,
    pub name: String,
    pub kana: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blocked {
    pub number: Number,
    pub reason: String,
}

/// One mistake in a list; `line` counts from 1, 0 means the file as a whole.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {mistake}")]
pub struct ListProblem {
    pub line: u64,
    pub mistake: String,
}

/// The longest shop name or kana, in characters.
const NAME_MAX: usize = 200;
/// The longest reason, in characters.
const REASON_MAX: usize = 500;
/// The widest issued range that is believed, as the difference of its ends' digits (a check
/// digit at the end makes it ten times the count of numbers).
const RANGE_MAX: u128 = 2_000_000_000;

/// Shops: code, name and perhaps kana, with or without a header line. In code order.
///
/// # Errors
/// Every mistake with its line, the first twenty in full; then nothing of the list counts.
pub fn shops(bytes: &[u8]) -> Result<Vec<Shop>, Vec<ListProblem>> {
    let text = text::decode(bytes)?;
    let mut problems = Problems::default();
    let mut shops: BTreeMap<String, (u64, Shop)> = BTreeMap::new();
    let mut table = Table::open(
        &text,
        &[
            ("code", &["店舗コード", "code"], true),
            ("name", &["店舗名", "name"], true),
            ("kana", &["カナ", "kana"], false),
        ],
    )?;
    while let Some(row) = table.next(&mut problems) {
        let line = row.line;
        let parsed = shop_code(row.cell(0)).and_then(|code| {
            Ok(Shop {
                code,
                name: limited("name", row.cell(1), NAME_MAX)?,
                kana: limited("kana", row.cell(2), NAME_MAX)?,
            })
        });
        let shop = match parsed {
            Ok(shop) if shop.name.is_empty() => {
                problems.add(line, || "the shop's name is empty".to_owned());
                continue;
            }
            Ok(shop) => shop,
            Err(mistake) => {
                problems.add(line, || mistake);
                continue;
            }
        };
        match shops.get(&shop.code) {
            Some((first, known)) if *known != shop => problems.add(line, || {
                format!(
                    "shop {} stands in line {first} as '{}' and here as '{}'",
                    shop.code, known.name, shop.name
                )
            }),
            Some(_) => {}
            None => {
                shops.insert(shop.code.clone(), (line, shop));
            }
        }
    }
    problems.end(shops.is_empty(), "shop")?;
    Ok(shops.into_values().map(|(_, shop)| shop).collect())
}

/// Issued numbers one a line, or ranges from, to; both ends belong to a range.
///
/// # Errors
/// Every mistake with its line, the first twenty in full; then nothing of the list counts.
pub fn issued(bytes: &[u8], profile: &Profile) -> Result<IssueLedger, Vec<ListProblem>> {
    let text = text::decode(bytes)?;
    let mut problems = Problems::default();
    let mut ledger = IssueLedger::default();
    let mut table = Table::open(
        &text,
        &[("number", &["券番号", "number", "開始", "from"], true), ("to", &["終了", "to"], false)],
    )?;
    while let Some(row) = table.next(&mut problems) {
        if let Err(mistake) = issue(&mut ledger, profile, row.cell(0), row.cell(1)) {
            problems.add(row.line, || mistake);
        }
    }
    problems.end(ledger.is_empty(), "number")?;
    Ok(ledger)
}

fn issue(ledger: &mut IssueLedger, profile: &Profile, from: &str, to: &str) -> Result<(), String> {
    let from = number(profile, from)?;
    if to.is_empty() {
        return ledger.insert(profile, &from).map_err(|error| error.to_string());
    }
    let to = number(profile, to)?;
    if to.digits_value().saturating_sub(from.digits_value()) > RANGE_MAX {
        return Err(format!(
            "the range {from} to {to} is wider than any print run; check both ends"
        ));
    }
    ledger.insert_range(profile, &from, &to).map(|_| ()).map_err(|error| error.to_string())
}

/// Blocked numbers, each perhaps with a reason. In order of numbers; a number that stands twice
/// keeps both reasons.
///
/// # Errors
/// Every mistake with its line, the first twenty in full; then nothing of the list counts.
pub fn blocked(bytes: &[u8], profile: &Profile) -> Result<Vec<Blocked>, Vec<ListProblem>> {
    let text = text::decode(bytes)?;
    let mut problems = Problems::default();
    let mut blocked: BTreeMap<Number, String> = BTreeMap::new();
    let mut table = Table::open(
        &text,
        &[("number", &["券番号", "number"], true), ("reason", &["理由", "reason"], false)],
    )?;
    while let Some(row) = table.next(&mut problems) {
        let parsed = number(profile, row.cell(0))
            .and_then(|number| Ok((number, limited("reason", row.cell(1), REASON_MAX)?)));
        match parsed {
            Ok((number, reason)) => {
                let known = blocked.entry(number).or_default();
                if known.is_empty() {
                    *known = reason;
                } else if !reason.is_empty() && *known != reason {
                    *known = format!("{known}／{reason}");
                }
            }
            Err(mistake) => problems.add(row.line, || mistake),
        }
    }
    problems.end(blocked.is_empty(), "number")?;
    let entry = |(number, reason)| Blocked { number, reason };
    Ok(blocked.into_iter().map(entry).collect())
}

/// The list in its canonical form, which [`shops`] reads back as the same list.
pub fn shops_csv(shops: &[Shop]) -> String {
    let rows = shops.iter().map(|shop| [&*shop.code, &shop.name, &shop.kana]);
    table::canonical(["code", "name", "kana"], rows)
}

/// The list in its canonical form, which [`blocked`] reads back as the same list.
pub fn blocked_csv(blocked: &[Blocked]) -> String {
    let rows = blocked.iter().map(|entry| [entry.number.as_str(), &entry.reason]);
    table::canonical(["number", "reason"], rows)
}

#[cfg(test)]
mod tests;

#[cfg(test)]
mod number_tests;

//! The data files counted again from their own bytes, by code that shares nothing with the writing
//! but the places of the columns.

use super::columns::{self, ACCEPTED, HELD, HOWS, REJECTED, RETURNED};
use super::encoding;
use super::manifest::{Amounts, Counts, Holds};
use super::totals::Control;
use super::verify::Finding;
use crate::voucher::profile::Encoding;
use crate::voucher::{Number, Yen};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// What the files come to.
#[derive(Debug, Default)]
pub(super) struct Recount {
    pub(super) counts: Counts,
    pub(super) amounts: Amounts,
    pub(super) hash_total: u128,
    /// Rows of each file, headers not counted.
    pub(super) rows: BTreeMap<Holds, u64>,
    pub(super) findings: Vec<Finding>,
}

/// One envelope or shop, from its sheets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Part {
    shop: String,
    sheets: u64,
    accepted: u64,
    amount: Yen,
}

/// So many findings of one file are told.
const TOLD: usize = 20;

/// A CSV file read row by row, every field decoded.
struct Rows {
    name: String,
    encoding: Encoding,
    csv: csv::Reader<File>,
    row: u64,
}

impl Rows {
    fn open(path: &Path, name: &str, encoding: Encoding, header: bool) -> Result<Rows, Finding> {
        let unreadable = |what: String| Finding::Unreadable { file: name.to_owned(), what };
        let io = |error: std::io::Error| unreadable(error.to_string());
        let mut file = File::open(path).map_err(io)?;
        let mark = encoding::mark(encoding);
        let mut begins = vec![0; mark.len()];
        if !mark.is_empty() && (file.read_exact(&mut begins).is_err() || begins != mark) {
            return Err(unreadable(format!("is not {}", encoding::word(encoding))));
        }
        let csv = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(file);
        let mut rows = Rows { name: name.to_owned(), encoding, csv, row: 0 };
        if header && rows.next()?.is_none() {
            return Err(unreadable("it has no header line".to_owned()));
        }
        rows.row = 0;
        Ok(rows)
    }

    fn next(&mut self) -> Result<Option<Vec<String>>, Finding> {
        let mut record = csv::ByteRecord::new();
        let more = self.csv.read_byte_record(&mut record);
        if !more.map_err(|error| self.wrong(format!("is no CSV: {error}")))? {
            return Ok(None);
        }
        self.row += 1;
        let decode = |field| encoding::decode(field, self.encoding).map(|text| text.into_owned());
        let fields = record.iter().map(decode).collect::<Option<Vec<_>>>();
        let word = encoding::word(self.encoding);
        fields.map(Some).ok_or_else(|| self.wrong(format!("is not {word}")))
    }

    fn wrong(&self, what: String) -> Finding {
        Finding::Row { file: self.name.clone(), row: self.row, what }
    }
}

fn field(fields: &[String], place: usize) -> &str {
    fields.get(place).map(String::as_str).unwrap_or_default()
}

fn count(fields: &[String], place: usize) -> Option<u64> {
    field(fields, place).parse().ok()
}

fn yen(fields: &[String], place: usize) -> Option<Yen> {
    field(fields, place).parse().ok().map(Yen)
}

/// Counts all four files; `names` gives the file that holds each.
pub(super) fn recount(
    dir: &Path,
    names: &BTreeMap<Holds, String>,
    encoding: Encoding,
    header: bool,
) -> Recount {
    let mut recount = Recount::default();
    if let Err(finding) = recount.all(dir, names, encoding, header) {
        recount.findings.push(finding);
    }
    recount
}

impl Recount {
    fn tell(&mut self, finding: Finding) {
        if self.findings.len() < TOLD {
            self.findings.push(finding);
        }
    }

    fn all(
        &mut self,
        dir: &Path,
        names: &BTreeMap<Holds, String>,
        encoding: Encoding,
        header: bool,
    ) -> Result<(), Finding> {
        let open = |holds: Holds| {
            let name = names.get(&holds).map(String::as_str).unwrap_or_default();
            Rows::open(&dir.join(name), name, encoding, header)
        };
        let (numbers, results) = (open(Holds::Numbers)?, open(Holds::Results)?);
        let envelopes = self.sheets(numbers, results)?;
        self.envelopes(open(Holds::Envelopes)?, &envelopes)?;
        self.shops(open(Holds::Shops)?, &envelopes)
    }

    /// Both data sets side by side: the same sheets in the same order.
    fn sheets(
        &mut self,
        mut numbers: Rows,
        mut results: Rows,
    ) -> Result<Vec<(String, Part)>, Finding> {
        let mut control = Control::default();
        let mut envelopes: Vec<(String, Part)> = Vec::new();
        loop {
            let (number, result) = (numbers.next()?, results.next()?);
            let Some(result) = result else {
                if number.is_some() {
                    self.tell(numbers.wrong("is a sheet that has no result".to_owned()));
                }
                break;
            };
            let place = |fields: &[String]| [0, 1, 2].map(|i| field(fields, i).to_owned());
            let wanted = [
                field(&result, columns::result::ENVELOPE).to_owned(),
                field(&result, columns::result::POSITION).to_owned(),
                field(&result, columns::result::SHEET).to_owned(),
            ];
            if number.as_deref().map(place) != Some(wanted) {
                self.tell(results.wrong("has no equal sheet in the numbers' file".to_owned()));
            }
            let machine = number.as_deref().map_or("", |number| field(number, 3));
            if !machine.is_empty() && machine != field(&result, columns::result::READ) {
                self.tell(
                    results.wrong("says another 読取券番号 than the numbers' file".to_owned()),
                );
            }
            match add(&mut control, &result) {
                Some(yen) => {
                    let name = field(&result, columns::result::ENVELOPE);
                    if envelopes.last().is_none_or(|(last, _)| last != name) {
                        let shop = field(&result, columns::result::SHOP).to_owned();
                        envelopes.push((name.to_owned(), Part { shop, ..Part::default() }));
                    }
                    if let Some((_, part)) = envelopes.last_mut() {
                        part.sheets += 1;
                        part.accepted +=
                            u64::from(field(&result, columns::result::RESULT) == ACCEPTED);
                        part.amount = Yen(part.amount.0.saturating_add(yen.0));
                    }
                }
                None => self.tell(results.wrong("states no possible result".to_owned())),
            }
        }
        self.rows.insert(Holds::Numbers, numbers.row);
        self.rows.insert(Holds::Results, results.row);
        self.counts = Counts::of(&control, 0, 0);
        self.amounts = Amounts::of(&control);
        self.hash_total = control.hash_total;
        Ok(envelopes)
    }

    fn envelopes(&mut self, mut rows: Rows, sheets: &[(String, Part)]) -> Result<(), Finding> {
        use columns::envelope as at;
        let by_name =
            sheets.iter().map(|(name, part)| (name.as_str(), part)).collect::<BTreeMap<_, _>>();
        let mut with_sheets = 0;
        while let Some(fields) = rows.next()? {
            let none = Part { shop: field(&fields, at::SHOP).to_owned(), ..Part::default() };
            let known = by_name.get(field(&fields, at::ENVELOPE)).copied();
            with_sheets += usize::from(known.is_some());
            let stated = (|| {
                Some(Part {
                    shop: field(&fields, at::SHOP).to_owned(),
                    sheets: count(&fields, at::SHEETS)?,
                    accepted: count(&fields, at::ACCEPTED)?,
                    amount: yen(&fields, at::AMOUNT)?,
                })
            })();
            if stated.as_ref() != Some(known.unwrap_or(&none)) {
                self.tell(rows.wrong("is not what its sheets come to".to_owned()));
            }
        }
        if with_sheets != sheets.len() {
            self.tell(rows.wrong("is the last, but not every envelope has exactly one".to_owned()));
        }
        self.counts.envelopes = rows.row;
        self.rows.insert(Holds::Envelopes, rows.row);
        Ok(())
    }

    fn shops(&mut self, mut rows: Rows, sheets: &[(String, Part)]) -> Result<(), Finding> {
        use columns::shop as at;
        let mut by_shop: BTreeMap<&str, Part> = BTreeMap::new();
        for (_, part) in sheets {
            let sum = by_shop.entry(part.shop.as_str()).or_default();
            sum.sheets += part.sheets;
            sum.accepted += part.accepted;
            sum.amount = Yen(sum.amount.0.saturating_add(part.amount.0));
        }
        let mut envelopes = 0;
        let mut with_sheets = 0;
        while let Some(fields) = rows.next()? {
            let known = by_shop.get(field(&fields, at::CODE));
            with_sheets += usize::from(known.is_some());
            envelopes += count(&fields, at::ENVELOPES).unwrap_or_default();
            let stated = (|| {
                Some(Part {
                    shop: String::new(),
                    sheets: count(&fields, at::SHEETS)?,
                    accepted: count(&fields, at::ACCEPTED)?,
                    amount: yen(&fields, at::AMOUNT)?,
                })
            })();
            if stated.as_ref() != Some(known.unwrap_or(&Part::default())) {
                self.tell(rows.wrong("is not what its envelopes come to".to_owned()));
            }
        }
        if with_sheets != by_shop.len() || envelopes != self.counts.envelopes {
            self.tell(rows.wrong("is the last, but not every envelope is in one shop".to_owned()));
        }
        self.counts.shops = rows.row;
        self.rows.insert(Holds::Shops, rows.row);
        Ok(())
    }
}

/// Adds one result's row; `None` if it can't be.
fn add(control: &mut Control, fields: &[String]) -> Option<Yen> {
    use columns::result as at;
    let yen = yen(fields, at::AMOUNT)?;
    control.sheets += 1;
    match field(fields, at::RESULT) {
        ACCEPTED => {
            let (number, provisional) = (field(fields, at::NUMBER), field(fields, at::PROVISIONAL));
            if number.is_empty() == provisional.is_empty() {
                return None;
            }
            control.accepted += 1;
            control.provisional += u64::from(number.is_empty());
            control.amount = control.amount.plus(yen).ok()?;
            let total = control.by_kind.entry(field(fields, at::KIND).to_owned()).or_default();
            total.sheets += 1;
            total.amount = total.amount.plus(yen).ok()?;
            control.add_hash(Number::canonical(number).digits_value()).ok()?;
        }
        REJECTED => control.rejected_kept += 1,
        RETURNED => control.rejected_returned += 1,
        HELD => control.held += 1,
        _ => return None,
    }
    let counts = field(fields, at::RESULT) == ACCEPTED;
    let how = field(fields, at::HOW);
    let made_sure = HOWS.iter().any(|(_, word)| *word == how);
    // What counts is nobody's repeat, and what doesn't was not made sure of.
    let repeats = field(fields, at::REPEATS);
    let fits = if counts {
        made_sure && repeats.is_empty()
    } else {
        how.is_empty() && repeats != field(fields, at::SHEET) && yen == Yen::ZERO
    };
    fits.then_some(yen)
}

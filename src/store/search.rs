//! Finding sheets by anything: what became of this number, of this shop's envelope, of that day.

use super::overview::{date, delivery_id};
use super::project::{UNDONE, place_code, place_of};
use super::{Reader, StoreError};
use crate::flow::event::{Event, Moved};
use crate::flow::found::{FoundSheet, PlaceWord};
use crate::flow::ids::{EnvelopeId, SheetId};
use crate::flow::search::SearchQuery;
use crate::flow::{PersonId, Recorded};
use crate::voucher::KindId;
use jiff::civil::Date;
use rusqlite::types::Value;
use rusqlite::{Row, params, params_from_iter};
use std::collections::BTreeSet;

/// A shop's name finds at most so many shops.
const MOST_SHOPS: usize = 500;

/// A number's beginning that more sheets share is looked for among the newest sheets first.
const MOST_BY_INDEX: i64 = 10_000;

const COLUMNS: &str = "SELECT s.envelope, s.ordinal, s.place, s.kind, s.number, v.shop,
    coalesce(h.name, ''), v.arrived, CASE v.phase WHEN 'delivered' THEN v.delivery END,
    s.repeats_envelope, s.repeats_ordinal";

/// From the number's index to its sheets.
const BY_NUMBER: &str = "FROM sheet s CROSS JOIN envelope v ON v.id = s.envelope
    LEFT JOIN shop h ON h.code = v.shop";
const IN_ORDER: &str = "ORDER BY s.number, s.envelope, s.ordinal";

/// From the newest envelope to the oldest, so that it stops as soon as enough is found. A plus keeps
/// SQLite from an index by which everything would have to be sorted first. What is asked of an envelope
/// is a subquery with a limit, never EXISTS: that SQLite makes a join of, and asks it for each sheet.
const BY_ENVELOPE: &str = "FROM envelope v CROSS JOIN sheet s ON s.envelope = v.id
    LEFT JOIN shop h ON h.code = v.shop";
const NEWEST_FIRST: &str = "ORDER BY v.id DESC, s.ordinal DESC";

/// How a number is looked for.
#[derive(Clone, Copy)]
enum Numbered<'q> {
    Not,
    Begins(&'q str),
    Holds(&'q str),
}

impl Reader {
    /// Sheets for which all of the query holds, at most `limit`: those whose number is or begins with
    /// the number asked for, then, unless it is a whole one, those whose number holds it; everything
    /// else is newest first. As a shop's code looks like a part of a number, what is just a code finds
    /// that shop's sheets instead of the latter, and what no number holds is tried as a shop. Sheets
    /// that were taken back are found only by their own id, or if they are asked for.
    ///
    /// Cost: numbers from their beginning, sheets and envelopes are look-ups. A shop, a person or days
    /// walk the envelopes, the last two also the log of those that fit. A part of a number that is not
    /// its beginning, a kind, or a place such as held walk all sheets until `limit` are found: about a
    /// twentieth of a second for a million, so never on the thread that draws.
    pub fn search(&self, query: &SearchQuery, limit: usize) -> Result<Vec<FoundSheet>, StoreError> {
        let Some(number) = &query.number else {
            return self.find(query, Numbered::Not, limit);
        };
        let mut found = self.find(query, Numbered::Begins(number), limit)?;
        let plain = number.replace('-', "");
        if found.is_empty() && plain != *number {
            // It looked like a 仮券番 and is a number in printed groups.
            found = self.find(query, Numbered::Begins(&plain), limit)?;
        }
        let whole = found.iter().any(|it| it.number.as_ref() == Some(number));
        if found.len() == limit || whole {
            return Ok(found);
        }
        let as_shop = SearchQuery { number: None, shop: Some(number.clone()), ..query.clone() };
        let may_be_shop = query.shop.is_none();
        if may_be_shop && self.shop(number)?.is_some() {
            add(&mut found, self.find(&as_shop, Numbered::Not, limit)?, limit);
            return Ok(found);
        }
        add(&mut found, self.find(query, Numbered::Holds(number), limit)?, limit);
        if found.is_empty() && may_be_shop {
            return self.find(&as_shop, Numbered::Not, limit);
        }
        Ok(found)
    }

    fn find(
        &self,
        query: &SearchQuery,
        number: Numbered<'_>,
        limit: usize,
    ) -> Result<Vec<FoundSheet>, StoreError> {
        let mut acted = Acted::new(query);
        let asked = self.asked(query, number)?;
        let mut statement = self.conn.prepare_cached(&asked.sql())?;
        let mut rows = statement.query(params_from_iter(&asked.values))?;
        let mut found = Vec::new();
        while found.len() < limit
            && let Some(row) = rows.next()?
        {
            let sheet = found_sheet(row)?;
            if acted.holds(self, sheet.sheet)? {
                found.push(FoundSheet { position: self.position(sheet.sheet)?, ..sheet });
            }
        }
        Ok(found)
    }

    /// The conditions that SQL can check; of days and people it says which envelopes to look into.
    fn asked(&self, query: &SearchQuery, number: Numbered<'_>) -> Result<Asked, StoreError> {
        let mut asked = Asked::default();
        match number {
            Numbered::Not => {}
            Numbered::Holds(part) => asked.and("instr(s.number, ?) > 0", [part.to_owned().into()]),
            Numbered::Begins(part) => {
                asked.by_number = query.envelope.is_none() && self.few(part)?;
                let range = [part.to_owned().into(), after(part).into()];
                if asked.by_number {
                    asked.and("s.number >= ? AND s.number < ?", range);
                } else {
                    asked.and("+s.number >= ? AND +s.number < ?", range);
                }
            }
        }
        let by_its_id = query.envelope.is_some() && query.ordinal.is_some();
        if !by_its_id && query.place.is_none_or(|place| place_code(place) < UNDONE) {
            asked.and("s.place < ?", [UNDONE.into()]);
        }
        if let Some(envelope) = query.envelope {
            asked.and("v.id = ?", [envelope.0.cast_signed().into()]);
        }
        if let Some(ordinal) = query.ordinal {
            asked.and("s.ordinal = ?", [ordinal.into()]);
        }
        if let Some(place) = query.place {
            asked.and("s.place = ?", [place_code(place).into()]);
            if place.in_hand() {
                asked.and("v.phase <> 'delivered'", []);
            }
        }
        if let Some(kind) = &query.kind {
            asked.and("s.kind = ?", [kind.to_string().into()]);
        }
        if let Some(shop) = &query.shop {
            let codes = self.shops(shop, MOST_SHOPS)?.into_iter().map(|shop| shop.code);
            let codes = serde_json::Value::from(codes.collect::<Vec<_>>()).to_string();
            // An envelope of a shop that no list names is found by its code.
            let code = shop.to_uppercase();
            asked.and(
                "(+v.shop IN (SELECT value FROM json_each(?)) OR +v.shop >= ? AND +v.shop < ?)",
                [codes.into(), code.clone().into(), after(&code).into()],
            );
        }
        if let Some(person) = &query.person {
            asked.and(
                "(SELECT 1 FROM worked w WHERE w.envelope = v.id AND w.person = ? LIMIT 1) = 1",
                [person.to_string().into()],
            );
        }
        if let Some((from, until)) = days(query) {
            asked.and(
                "(SELECT 1 FROM worked w WHERE w.envelope = v.id AND w.day >= ? AND w.day <= ? LIMIT 1) = 1",
                [from.to_string().into(), until.to_string().into()],
            );
        }
        Ok(asked)
    }

    /// Whether not too many sheets have a number with this beginning.
    fn few(&self, beginning: &str) -> Result<bool, StoreError> {
        let mut query = self.conn.prepare_cached(
            "SELECT count(*) FROM
             (SELECT 1 FROM sheet WHERE number >= ?1 AND number < ?2 LIMIT ?3)",
        )?;
        let count: i64 = query
            .query_row(params![beginning, after(beginning), MOST_BY_INDEX + 1], |row| row.get(0))?;
        Ok(count <= MOST_BY_INDEX)
    }

    /// The place in the pile: the ordinal less the sheets before it that are none any more.
    fn position(&self, sheet: SheetId) -> Result<u32, StoreError> {
        let mut query = self.conn.prepare_cached(
            "SELECT count(*) FROM sheet WHERE envelope = ?1 AND ordinal < ?2 AND place >= ?3",
        )?;
        let gone: u32 = query
            .query_row(params![sheet.envelope.0.cast_signed(), sheet.ordinal, UNDONE], |row| {
                row.get(0)
            })?;
        Ok(sheet.ordinal.saturating_sub(gone))
    }
}

/// A question in SQL.
#[derive(Default)]
struct Asked {
    by_number: bool,
    conditions: Vec<&'static str>,
    values: Vec<Value>,
}

impl Asked {
    fn and<const N: usize>(&mut self, condition: &'static str, values: [Value; N]) {
        self.conditions.push(condition);
        self.values.extend(values);
    }

    fn sql(&self) -> String {
        let (from, order) =
            if self.by_number { (BY_NUMBER, IN_ORDER) } else { (BY_ENVELOPE, NEWEST_FIRST) };
        let conditions = self.conditions.iter().fold("1".to_owned(), |all, it| all + " AND " + it);
        format!("{COLUMNS} {from} WHERE {conditions} {order}")
    }
}

/// Adds what is not there yet, up to `limit`.
fn add(found: &mut Vec<FoundSheet>, more: Vec<FoundSheet>, limit: usize) {
    let known = found.iter().map(|it| it.sheet).collect::<BTreeSet<_>>();
    found.extend(more.into_iter().filter(|it| !known.contains(&it.sheet)));
    found.truncate(limit);
}

/// Comes after every text with this beginning.
fn after(beginning: &str) -> String {
    format!("{beginning}\u{10FFFF}")
}

fn days(query: &SearchQuery) -> Option<(Date, Date)> {
    let any = query.from.is_some() || query.until.is_some();
    any.then(|| (query.from.unwrap_or(Date::MIN), query.until.unwrap_or(Date::MAX)))
}

fn found_sheet(row: &Row<'_>) -> Result<FoundSheet, StoreError> {
    let place = place_of(row.get(2)?);
    // What waits for keying is keyed blind.
    let number: Option<String> = row.get(4)?;
    Ok(FoundSheet {
        sheet: SheetId {
            envelope: EnvelopeId(row.get::<_, i64>(0)?.cast_unsigned()),
            ordinal: row.get(1)?,
        },
        position: 0,
        number: number.filter(|_| place != PlaceWord::Entry),
        kind: row.get::<_, Option<String>>(3)?.map(|kind| KindId::new(&kind)),
        place,
        shop: row.get(5)?,
        shop_name: row.get(6)?,
        arrived: date(&row.get::<_, String>(7)?)?,
        delivered: delivery_id(row, 8)?,
        repeats: match (row.get::<_, Option<i64>>(9)?, row.get(10)?) {
            (Some(envelope), Some(ordinal)) => {
                Some(SheetId { envelope: EnvelopeId(envelope.cast_unsigned()), ordinal })
            }
            _ => None,
        },
    })
}

/// Which sheets of an envelope were taken on these days and acted on by this person: read from the log,
/// one envelope at a time, as rows come.
struct Acted<'q> {
    days: Option<(Date, Date)>,
    person: Option<&'q PersonId>,
    envelope: Option<EnvelopeId>,
    taken: BTreeSet<u32>,
    by_person: BTreeSet<u32>,
}

impl<'q> Acted<'q> {
    fn new(query: &'q SearchQuery) -> Acted<'q> {
        Acted {
            days: days(query),
            person: query.person.as_ref(),
            envelope: None,
            taken: BTreeSet::new(),
            by_person: BTreeSet::new(),
        }
    }

    fn holds(&mut self, reader: &Reader, sheet: SheetId) -> Result<bool, StoreError> {
        if self.days.is_none() && self.person.is_none() {
            return Ok(true);
        }
        if self.envelope != Some(sheet.envelope) {
            self.envelope = Some(sheet.envelope);
            self.taken.clear();
            self.by_person.clear();
            for recorded in reader.envelope_events(sheet.envelope)? {
                self.see(&recorded);
            }
        }
        let day = self.days.is_none() || self.taken.contains(&sheet.ordinal);
        Ok(day && (self.person.is_none() || self.by_person.contains(&sheet.ordinal)))
    }

    fn see(&mut self, recorded: &Recorded) {
        let mut second = None;
        let sheets: Vec<u32> = match &recorded.event {
            Event::SheetTaken(taken) => {
                let day = recorded.at.date();
                if self.days.is_some_and(|(from, until)| from <= day && day <= until) {
                    self.taken.insert(taken.sheet.ordinal);
                }
                vec![taken.sheet.ordinal]
            }
            Event::SheetSettled { sheet, with, .. } => {
                second = with.as_ref();
                vec![sheet.ordinal]
            }
            Event::SheetUndone { sheet } | Event::SheetKeyed { sheet, .. } => vec![sheet.ordinal],
            Event::SheetsChecked { right, wrong, .. } => {
                right.iter().chain(wrong).map(|moved: &Moved| moved.ordinal).collect()
            }
            _ => return,
        };
        if self.person == Some(&recorded.by) || second.is_some() && self.person == second {
            self.by_person.extend(sheets);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::schema;
    use rusqlite::Connection;

    /// Nothing is sorted before it is found: else a search in 15 million sheets would not stop early.
    #[test]
    fn nothing_is_sorted_first() {
        let conn = Connection::open_in_memory().unwrap();
        schema::create(&conn).unwrap();
        let reader = Reader { conn };
        let day = jiff::civil::date(2026, 11, 20);
        let query = |change: fn(&mut SearchQuery)| {
            let mut query = SearchQuery::default();
            change(&mut query);
            query
        };
        let with_days = SearchQuery { from: Some(day), ..SearchQuery::default() };
        let queries = [
            query(|_| {}),
            query(|it| it.shop = Some("A".to_owned())),
            query(|it| it.place = Some(PlaceWord::Held)),
            query(|it| it.kind = Some(KindId::new("1000"))),
            query(|it| it.person = PersonId::new("o1")),
            query(|it| it.envelope = Some(EnvelopeId(1))),
            with_days,
        ];
        for query in queries {
            for number in [Numbered::Not, Numbered::Begins("A1"), Numbered::Holds("1")] {
                let mut asked = reader.asked(&query, number).unwrap();
                for by_number in [asked.by_number, false] {
                    asked.by_number = by_number;
                    let sql = format!("EXPLAIN QUERY PLAN {}", asked.sql());
                    let mut plan = reader.conn.prepare(&sql).unwrap();
                    let steps = plan
                        .query_map(params_from_iter(&asked.values), |row| row.get(3))
                        .unwrap()
                        .collect::<Result<Vec<String>, _>>()
                        .unwrap();
                    let first = if by_number { "SEARCH s USING INDEX sheet_number" } else { "v" };
                    assert!(steps[0].contains(first), "{sql}\n{steps:#?}");
                    let sorted = steps.iter().any(|step| step.contains("ORDER BY"));
                    assert!(!sorted, "{sql}\n{steps:#?}");
                }
            }
        }
    }
}

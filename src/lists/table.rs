//! Text to rows: header or not, which cell is which column, and what no cell may hold.

use super::ListProblem;
use super::cells;

/// So many mistakes are shown in full; of the rest only the count.
const SHOWN: usize = 20;

/// The mistakes of one file.
#[derive(Debug, Default)]
pub(super) struct Problems {
    shown: Vec<ListProblem>,
    count: u64,
}

impl Problems {
    /// `mistake` is only worded if it will be shown.
    pub(super) fn add(&mut self, line: u64, mistake: impl FnOnce() -> String) {
        self.count += 1;
        if self.shown.len() < SHOWN {
            let mistake = mistake();
            self.shown.push(ListProblem { line, mistake });
        }
    }

    pub(super) fn into_list(mut self) -> Vec<ListProblem> {
        let hidden = self.count - self.shown.len() as u64;
        if hidden > 0 {
            self.shown.push(ListProblem {
                line: 0,
                mistake: format!("and {hidden} more mistakes in other lines"),
            });
        }
        self.shown
    }

    /// All or nothing: any mistake, or an empty list, refuses the file.
    pub(super) fn end(mut self, empty: bool, what: &str) -> Result<(), Vec<ListProblem>> {
        if empty && self.count == 0 {
            self.add(0, || format!("there is no {what} in this file"));
        }
        if self.count == 0 { Ok(()) } else { Err(self.into_list()) }
    }
}

/// A column: the word for messages, the names a header may give it, and whether it must be there.
pub(super) type Column<'a> = (&'a str, &'a [&'a str], bool);

/// A CSV text read row by row; only one row is in memory.
#[derive(Debug)]
pub(super) struct Table<'t> {
    text: &'t [u8],
    csv: csv::Reader<&'t [u8]>,
    record: csv::StringRecord,
    /// For each column the cell it is in.
    places: Vec<Option<usize>>,
    /// Cells from here on must be empty; `None` if a header named them.
    end: Option<usize>,
    /// The record in hand was already read to see whether it is a header.
    waiting: bool,
    line: u64,
    counted: usize,
}

/// One row, its cells by column.
#[derive(Debug)]
pub(super) struct Row<'r> {
    pub(super) line: u64,
    record: &'r csv::StringRecord,
    places: &'r [Option<usize>],
}

impl<'r> Row<'r> {
    /// The trimmed cell of a column; empty if the row has none.
    pub(super) fn cell(&self, column: usize) -> &'r str {
        let place = self.places.get(column).copied().flatten();
        let cell = place.and_then(|place| self.record.get(place));
        cell.map(str::trim).unwrap_or_default()
    }
}

impl<'t> Table<'t> {
    /// Looks at the first line: a header if one of its cells is a known name, else already a row
    /// with its cells in the order of the columns.
    pub(super) fn open(text: &'t str, columns: &[Column<'_>]) -> Result<Self, Vec<ListProblem>> {
        let csv = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let mut table = Table {
            text: text.as_bytes(),
            csv,
            record: csv::StringRecord::new(),
            places: (0..columns.len()).map(Some).collect(),
            end: Some(columns.len()),
            waiting: false,
            line: 1,
            counted: 0,
        };
        table.waiting = table.advance()?;
        let names = |names: &[&str], cell: &str| {
            let cell = cell.trim();
            names.iter().any(|name| name.eq_ignore_ascii_case(cell))
        };
        let found = |known: &[&str]| table.record.iter().position(|cell| names(known, cell));
        let places = columns.iter().map(|(_, known, _)| found(known)).collect::<Vec<_>>();
        if !table.waiting || places.iter().all(Option::is_none) {
            return Ok(table);
        }
        for ((word, known, needed), place) in columns.iter().zip(&places) {
            if *needed && place.is_none() {
                return Err(vec![ListProblem {
                    line: table.line,
                    mistake: format!(
                        "the header names no column for the {word}; call it {}",
                        known.join(" or ")
                    ),
                }]);
            }
        }
        table.places = places;
        table.end = None;
        table.waiting = false;
        Ok(table)
    }

    /// The next row whose cells are fit to be looked at; the mistakes of others are noted.
    pub(super) fn next(&mut self, problems: &mut Problems) -> Option<Row<'_>> {
        loop {
            if !std::mem::take(&mut self.waiting) {
                match self.advance() {
                    Ok(true) => {}
                    Ok(false) => return None,
                    Err(mistakes) => {
                        for mistake in mistakes {
                            problems.add(mistake.line, || mistake.mistake);
                        }
                        return None;
                    }
                }
            }
            if self.record.iter().all(|cell| cell.trim().is_empty()) {
                continue; // a spreadsheet's empty rows: only commas
            }
            let surplus =
                |end: usize| self.record.iter().skip(end).any(|cell| !cell.trim().is_empty());
            if self.end.is_some_and(surplus) {
                let cells = self.record.len();
                problems.add(self.line, || {
                    format!("there are {cells} cells, more than this list has; put cells that hold commas in quotes")
                });
            } else if let Some(mistake) = self.record.iter().find_map(cells::unfit) {
                problems.add(self.line, || mistake);
            } else {
                break;
            }
        }
        Some(Row { line: self.line, record: &self.record, places: &self.places })
    }

    /// Reads a record and keeps its line number; the parser's own is wrong after empty lines.
    fn advance(&mut self) -> Result<bool, Vec<ListProblem>> {
        let start = usize::try_from(self.csv.position().byte()).unwrap_or(usize::MAX);
        let more = self.csv.read_record(&mut self.record);
        let skipped = self.text.iter().skip(start).take_while(|byte| matches!(byte, b'\r' | b'\n'));
        let start = (start + skipped.count()).min(self.text.len());
        let passed = self.text.get(self.counted..start).unwrap_or_default();
        self.line += passed.iter().filter(|byte| **byte == b'\n').count() as u64;
        self.counted = start;
        more.map_err(|error| {
            vec![ListProblem { line: self.line, mistake: format!("this is no CSV: {error}") }]
        })
    }
}

/// Rows as CSV with a header line.
pub(super) fn canonical<'a, const N: usize>(
    header: [&str; N],
    rows: impl Iterator<Item = [&'a str; N]>,
) -> String {
    let mut text = String::new();
    put(&mut text, &header);
    for row in rows {
        put(&mut text, &row);
    }
    text
}

fn put(text: &mut String, row: &[&str]) {
    for (i, cell) in row.iter().enumerate() {
        if i > 0 {
            text.push(',');
        }
        if cell.contains(['"', ',', '\n', '\r']) {
            text.push('"');
            text.push_str(&cell.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(cell);
        }
    }
    text.push('\n');
}

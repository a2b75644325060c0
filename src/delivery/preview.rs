//! What a delivery would hold, before anybody begins one: the same rows by the same way into the same
//! columns, but only the first lines are kept, and nothing is written anywhere.

use super::encoding;
use super::error::DeliveryError;
use super::medium::Output;
use super::produce::{Names, Target, fill};
use crate::flow::rows::{DeliveryHead, EnvelopeRow, SheetRow};
use crate::voucher::Profile;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::rc::Rc;

/// The beginning of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beginning {
    pub name: String,
    /// The header among them, where the profile wants one; without line ends.
    pub lines: Vec<String>,
    /// Rows of the whole file, the header not counted.
    pub rows: u64,
}

/// The first `lines` lines of each data file that these envelopes would give, in the order in which a
/// delivery has them. The head's totals are not looked at.
///
/// # Errors
/// Whatever would keep such a delivery from being made: a text that the encoding has not, sheets in
/// hand, a file's name that no medium takes.
pub fn preview<E: std::fmt::Display>(
    head: &DeliveryHead,
    profile: &Profile,
    envelopes: &mut dyn Iterator<Item = Result<(EnvelopeRow, Vec<SheetRow>), E>>,
    lines: usize,
) -> Result<Vec<Beginning>, DeliveryError> {
    let names = Names::new(head, profile)?;
    let kept: RefCell<BTreeMap<String, Bytes>> = RefCell::default();
    let target = Target {
        create: &|name| {
            let bytes = Bytes::default();
            kept.borrow_mut().insert(name.to_owned(), Rc::clone(&bytes));
            Ok(Box::new(FirstLines { bytes, left: lines }))
        },
        fault: &|name, error| DeliveryError::Rows(format!("{name}: {error}")),
    };
    let filled = fill(&target, &names, head, profile, envelopes, &mut |_| {})?;
    let entries = filled.finish(&target, profile)?;
    let kept = kept.borrow();
    let beginning = |name: String, rows: u64| {
        let bytes = kept.get(&name).map(|bytes| bytes.borrow().clone()).unwrap_or_default();
        let encoding = profile.delivery.encoding;
        let bytes = bytes.strip_prefix(encoding::mark(encoding)).unwrap_or(&bytes);
        let text = encoding::decode(bytes, encoding).unwrap_or_default();
        let lines = text.lines().map(str::to_owned).collect();
        Beginning { name, lines, rows }
    };
    Ok(entries.into_iter().map(|entry| beginning(entry.name, entry.rows)).collect())
}

type Bytes = Rc<RefCell<Vec<u8>>>;

/// Keeps so many lines and lets the rest go. A line end never stands inside a field: control
/// characters are spaces by then, see [`encoding::normalised`].
struct FirstLines {
    bytes: Bytes,
    left: usize,
}

impl Write for FirstLines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            if self.left == 0 {
                break;
            }
            self.bytes.borrow_mut().extend_from_slice(line);
            self.left -= usize::from(line.ends_with(b"\n"));
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Output for FirstLines {
    fn sync(&mut self) -> io::Result<()> {
        Ok(())
    }
}

//! One CSV file being written: fields encoded, rows counted, bytes hashed on their way.

use super::encoding::{self, Unmappable};
use super::manifest::{FileEntry, Holds};
use super::medium::Output;
use crate::flow::ids::Sha256;
use crate::voucher::profile::Encoding;
use csv::{Terminator, WriterBuilder};
use sha2::Digest;
use std::io::{self, Write};

/// So much is handed to the medium at once.
const BUFFER: usize = 1 << 16;

/// Counts and hashes what goes through.
pub(super) struct Hashing<W> {
    out: W,
    hash: sha2::Sha256,
    bytes: u64,
}

impl<W: Write> Hashing<W> {
    pub(super) fn new(out: W) -> Self {
        Hashing { out, hash: sha2::Sha256::new(), bytes: 0 }
    }

    /// What was written to, the SHA-256 and the count of the bytes.
    pub(super) fn finish(self) -> (W, Sha256, u64) {
        (self.out, Sha256(self.hash.finalize().into()), self.bytes)
    }
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.hash.update(bytes.get(..written).unwrap_or_default());
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// The medium failed, or the text doesn't fit the encoding.
#[derive(Debug)]
pub(super) enum RowError {
    Io(io::Error),
    Text { row: u64, field: usize, source: Unmappable },
}

pub(super) struct CsvFile {
    pub(super) name: String,
    pub(super) columns: Vec<String>,
    holds: Holds,
    encoding: Encoding,
    csv: csv::Writer<Hashing<Box<dyn Output>>>,
    rows: u64,
}

impl CsvFile {
    pub(super) fn new(
        name: String,
        holds: Holds,
        columns: Vec<String>,
        encoding: Encoding,
        out: Box<dyn Output>,
    ) -> io::Result<CsvFile> {
        let mut out = Hashing::new(out);
        out.write_all(encoding::mark(encoding))?;
        let csv = WriterBuilder::new()
            .terminator(Terminator::CRLF)
            .flexible(false)
            .buffer_capacity(BUFFER)
            .from_writer(out);
        Ok(CsvFile { name, columns, holds, encoding, csv, rows: 0 })
    }

    /// The header line is not a row.
    pub(super) fn header(&mut self) -> Result<(), RowError> {
        let columns = self.columns.clone();
        self.put(&columns)
    }

    pub(super) fn row(&mut self, fields: &[String]) -> Result<(), RowError> {
        self.rows += 1;
        self.put(fields)
    }

    fn put(&mut self, fields: &[String]) -> Result<(), RowError> {
        // CP932 has neither quote, comma, CR nor LF within a character, so CSV works on its bytes.
        let csv = |error: csv::Error| RowError::Io(io_error(error));
        for (field, text) in fields.iter().enumerate() {
            let bytes = encoding::encode(text, self.encoding).map_err(|source| RowError::Text {
                row: self.rows,
                field,
                source,
            })?;
            self.csv.write_field(bytes).map_err(csv)?;
        }
        self.csv.write_record(None::<&[u8]>).map_err(csv)
    }

    /// Flushes to the medium and closes.
    pub(super) fn finish(mut self) -> Result<FileEntry, io::Error> {
        self.csv.flush()?;
        let hashing = self.csv.into_inner().map_err(|error| error.into_error())?;
        let (mut out, sha256, bytes) = hashing.finish();
        out.flush()?;
        out.sync()?;
        Ok(FileEntry { name: self.name, holds: self.holds, bytes, rows: self.rows, sha256 })
    }
}

/// The medium's own error, with its code.
fn io_error(error: csv::Error) -> io::Error {
    let words = error.to_string();
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        _ => io::Error::other(words),
    }
}

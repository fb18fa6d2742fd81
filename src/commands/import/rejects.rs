//! The rows that were not taken, as they stood, ready to be corrected and fed in again.

use std::borrow::Cow;
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::file::draft_beside;
use crate::domain::guarded;
use crate::error::Error;
use crate::exchange::{self, PlannedRow, REJECTED_BECAUSE, TableFile};

/// A table that is there whole or not at all: a workbook where its name ends in `.xlsx`, else CSV. Its headings are known last,
/// so that the rows wait in a file of their own.
pub(super) struct Rejects {
    path: PathBuf,
    draft: NamedTempFile,
    rows: csv::Writer<BufWriter<File>>,
    waiting: NamedTempFile,
    headings: Vec<String>,
    count: u64,
    /// What a CSV file begins with.
    mark: &'static [u8],
}

impl Rejects {
    pub(super) fn open(path: &Path, mark: &'static [u8]) -> Result<Self, Error> {
        let failed = |cause| Error::File {
            path: path.to_owned(),
            cause,
        };
        let beside = || draft_beside(path).map_err(failed);
        let (waiting, draft) = (beside()?, beside()?);
        let rows = waiting.reopen().map_err(failed)?;
        Ok(Self {
            path: path.to_owned(),
            draft,
            rows: csv::WriterBuilder::new()
                .flexible(true)
                .from_writer(BufWriter::new(rows)),
            waiting,
            headings: Vec::new(),
            count: 0,
            mark,
        })
    }

    pub(super) fn headings(&mut self, headings: &[String]) {
        self.headings = headings.to_vec();
    }

    /// Adds rows. The reason comes first here and last in the file, whose width is not known yet.
    pub(super) fn add(&mut self, rows: &[PlannedRow], why: &str) -> Result<(), Error> {
        for row in rows {
            let cells = row.cells().map(harmless);
            let cells = std::iter::once(Cow::Borrowed(why)).chain(cells);
            self.rows
                .write_record(cells.map(Cow::into_owned))
                .map_err(|error| self.failed(error.into()))?;
            self.count += 1;
        }
        Ok(())
    }

    /// Writes everything, before the batch is recorded: where there is no room for it, nothing is.
    pub(super) fn complete(&mut self) -> Result<(), Error> {
        self.write().map_err(|error| match error {
            exchange::Error::Write(cause) => self.failed(cause),
            error => error.into(),
        })
    }

    /// Puts the file in its place, and answers how many rows it has.
    pub(super) fn finish(self) -> Result<u64, Error> {
        let (path, count) = (self.path, self.count);
        let placed = self.draft.persist(&path);
        placed.map_err(|error| Error::File {
            path,
            cause: error.error,
        })?;
        Ok(count)
    }

    fn write(&mut self) -> Result<(), exchange::Error> {
        self.rows.flush()?;
        let width = self.headings.len();
        let headings = self.headings.iter().map(String::as_str);
        let headings: Vec<&str> = headings.chain([REJECTED_BECAUSE]).collect();
        let file = self.draft.reopen()?;
        let mut out = TableFile::begin(file, &self.path, "rejects", &headings, self.mark)?;
        let mut rows = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_path(self.waiting.path())?;
        for row in rows.records() {
            let row = row?;
            let why = row.get(0).unwrap_or_default();
            let cells = (1..=width).map(|place| row.get(place).unwrap_or_default());
            out.row(cells.chain([why]))?;
        }
        out.finish()
    }

    fn failed(&self, cause: std::io::Error) -> Error {
        Error::File {
            path: self.path.clone(),
            cause,
        }
    }
}

/// The cell as it stood, with a guard in front where a spreadsheet would take it for a formula. One that has a guard keeps it.
fn harmless(cell: &str) -> Cow<'_, str> {
    if cell.starts_with('\'') || !cell.contains(char::is_alphanumeric) {
        Cow::Borrowed(cell)
    } else {
        guarded(cell)
    }
}

//! The rows that were not taken, as they stood, ready to be corrected and fed in again.

use std::borrow::Cow;
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use crate::domain::guarded;
use crate::error::Error;
use crate::exchange::{PlanItem, REJECTED_BECAUSE};

/// A CSV file that is there whole or not at all. Its headings are known last, so that the rows wait in a file of their own.
pub(super) struct Rejects {
    path: PathBuf,
    draft: PathBuf,
    rows: csv::Writer<BufWriter<File>>,
    waiting: PathBuf,
    headings: Vec<String>,
    count: u64,
    is_done: bool,
}

impl Rejects {
    pub(super) fn open(path: &Path) -> Result<Self, Error> {
        let beside = |ending: &str| {
            let mut name = std::ffi::OsString::from(".");
            name.push(path.file_name().unwrap_or_default());
            name.push(format!(".{}.{ending}", std::process::id()));
            path.with_file_name(name)
        };
        let waiting = beside("rows");
        let file = File::create(&waiting).map_err(|cause| Error::File {
            path: path.to_owned(),
            cause,
        })?;
        Ok(Self {
            path: path.to_owned(),
            draft: beside("new"),
            rows: csv::WriterBuilder::new()
                .flexible(true)
                .from_writer(BufWriter::new(file)),
            waiting,
            headings: Vec::new(),
            count: 0,
            is_done: false,
        })
    }

    pub(super) fn headings(&mut self, headings: &[String]) -> Result<(), Error> {
        self.headings = headings.to_vec();
        Ok(())
    }

    /// Adds the rows of a project. The reason comes first here and last in the file, whose width is not known yet.
    pub(super) fn add(&mut self, item: &PlanItem, why: &str) -> Result<(), Error> {
        for row in &item.original {
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
        self.write().map_err(|error| self.failed(error))
    }

    /// Puts the file in its place, and answers how many rows it has.
    pub(super) fn finish(mut self) -> Result<u64, Error> {
        let placed = std::fs::rename(&self.draft, &self.path);
        placed.map_err(|error| self.failed(error))?;
        self.is_done = true;
        Ok(self.count)
    }

    fn write(&mut self) -> std::io::Result<()> {
        self.rows.flush()?;
        let mut out = csv::Writer::from_writer(BufWriter::new(File::create(&self.draft)?));
        let width = self.headings.len();
        out.write_record(
            self.headings
                .iter()
                .map(String::as_str)
                .chain([REJECTED_BECAUSE]),
        )?;
        let mut rows = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_path(&self.waiting)?;
        for row in rows.records() {
            let row = row?;
            let why = row.get(0).unwrap_or_default();
            let cells = (1..=width).map(|place| row.get(place).unwrap_or_default());
            out.write_record(cells.chain([why]))?;
        }
        out.flush()
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

impl Drop for Rejects {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.waiting);
        if !self.is_done {
            let _ = std::fs::remove_file(&self.draft);
        }
    }
}

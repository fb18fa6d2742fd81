//! Foreign rows as projects: a table in some file, read row by row, and what each row says of a project.
//!
//! [`read`] finds out what the file is (its encoding, its delimiter, where its headings stand) and says so in [`Intake`]. A row
//! is either one of our own project sheet, or understood through a [`Mapping`]. Nothing is guessed: what a cell does not say
//! clearly is a [`CellFinding`].

mod cell;
mod decoded;
mod delimited;
mod draft;
mod encoding;
mod incoming;
mod json;
mod mapping;
mod people;
mod references;
mod sheet;
mod table;
mod workbook;

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::Path;

pub(crate) use incoming::*;
pub(crate) use mapping::Mapping;
pub(crate) use references::References;

use super::Error;

/// The column that `tpmc import apply --rejects` adds, so that what it wrote can be corrected and fed in again.
pub(crate) const REJECTED_BECAUSE: &str = "rejected_because";

/// What is asked about a file where it is not to be found out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct IntakeOptions {
    /// A label of the Encoding Standard: `gb18030`, `shift_jis`, `windows-1252`.
    pub(crate) encoding: Option<String>,
    pub(crate) delimiter: Option<char>,
    /// The row in which the headings stand, from 1.
    pub(crate) header_row: Option<u64>,
    /// How many rows the headings fill.
    pub(crate) header_rows: Option<usize>,
    /// The sheet of a workbook, by name.
    pub(crate) sheet: Option<String>,
}

/// What a file turned out to be, and how much of it was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub(crate) struct Intake {
    /// `csv`, `xlsx`, `xls`, `ods`, `json` or `ndjson`.
    pub(crate) format: &'static str,
    pub(crate) encoding: Option<&'static str>,
    pub(crate) delimiter: Option<char>,
    pub(crate) quote: Option<char>,
    pub(crate) sheet: Option<String>,
    /// The row in which the headings stand, from 1.
    pub(crate) header_row: u64,
    pub(crate) headings: Vec<String>,
    /// Rows with something in them, headings left out.
    pub(crate) rows_read: u64,
    /// Those of them that the mapping leaves aside.
    pub(crate) rows_skipped: u64,
}

/// Feeds every project of `file` to `each`, in the order of the file, until it answers false. Without a mapping the file is a
/// project sheet.
///
/// # Errors
/// When the file cannot be read as a table: it is refused whole, with the place. What is wrong with a row is a finding of it.
pub(crate) fn read(
    file: &Path,
    options: &IntakeOptions,
    references: &References,
    mapping: Option<&Mapping>,
    each: &mut dyn FnMut(Incoming) -> bool,
) -> Result<Intake, Error> {
    unchanged(file, |opened| match mapping {
        None => table(opened, options, &mut sheet::Sheet::new(references, each)),
        Some(mapping) => mapped(opened, options, references, mapping, each),
    })
}

/// Runs `work` on `file`, which must not change meanwhile.
fn unchanged<T>(
    file: &Path,
    work: impl FnOnce(&mut File) -> Result<T, String>,
) -> Result<T, Error> {
    let name = || file.display().to_string();
    let mut opened = File::open(file)?;
    let before = state(&opened);
    let done = work(&mut opened);
    if state(&opened) != before {
        return Err(Error::Changed(name()));
    }
    done.map_err(|why| Error::Refused { file: name(), why })
}

fn mapped(
    opened: &mut File,
    options: &IntakeOptions,
    references: &References,
    mapping: &Mapping,
    each: &mut dyn FnMut(Incoming) -> bool,
) -> Result<Intake, String> {
    let options = mapping.options(options);
    let mut taker = mapping::Mapped::new(mapping, references, each);
    let mut intake = table(opened, &options, &mut taker)?;
    if taker.wants_more() {
        intake = table(opened, &options, &mut taker)?;
    }
    intake.rows_skipped = taker.skipped;
    Ok(intake)
}

/// A first draft of a mapping for `file`, as TOML.
///
/// # Errors
/// When the file cannot be read as a table.
pub(crate) fn draft(
    file: &Path,
    options: &IntakeOptions,
    references: &References,
) -> Result<String, Error> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let mut draft = draft::Draft::default();
    let intake = unchanged(file, |opened| table(opened, options, &mut draft))?;
    Ok(draft.write(&name, &intake, options, references))
}

/// Reads the table in `file`, whatever its format.
fn table(
    file: &mut File,
    options: &IntakeOptions,
    taker: &mut dyn table::Taker,
) -> Result<Intake, String> {
    let mut start = Vec::new();
    rewind(file)?;
    (&mut *file)
        .take(64)
        .read_to_end(&mut start)
        .map_err(|error| error.to_string())?;
    if start.starts_with(workbook::ZIP) || start.starts_with(workbook::COMPOUND) {
        workbook::read(file, options, taker)
    } else if json::is_json(&start) {
        json::read(file, options, taker)
    } else {
        delimited::read(file, options, taker)
    }
}

fn rewind(file: &mut File) -> Result<(), String> {
    let moved = file.seek(SeekFrom::Start(0));
    moved.map(|_| ()).map_err(|error| error.to_string())
}

/// By what a change of the file is noticed.
fn state(file: &File) -> Option<(u64, Option<std::time::SystemTime>)> {
    let metadata = file.metadata().ok()?;
    Some((metadata.len(), metadata.modified().ok()))
}

#[cfg(test)]
pub(super) mod tests {
    pub(in crate::exchange) use super::references::tests::some;
}

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
mod figures;
mod garbled;
mod incoming;
mod joined;
mod json;
mod mapping;
mod party_rows;
mod people;
mod references;
mod sheet;
mod table;
mod workbook;

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::Path;

pub(super) use draft::quoted;
pub(crate) use figures::IncomingFigure;
pub(crate) use incoming::*;
pub(crate) use mapping::Mapping;
pub(crate) use party_rows::IncomingParty;
pub(crate) use references::References;
pub(super) use table::letters;

use super::Error;
use crate::input::explained;
use crate::message::{Message, Phrases};
use crate::report::LeftOut;

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
    /// What becomes of hidden rows, columns and sheets; they are left out otherwise.
    pub(crate) hidden: Option<Hidden>,
    /// What becomes of struck-out text; it is left out otherwise.
    pub(crate) struck: Option<Leave>,
    /// What becomes of rows of totals; they are left out otherwise.
    pub(crate) totals: Option<Leave>,
}

/// What becomes of what a workbook hides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Hidden {
    /// Leave it out, and count it
    Skip,
    /// Read hidden columns; leave hidden rows and sheets out
    Columns,
    /// Read it
    Take,
}

/// What becomes of something that is left out by default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Leave {
    /// Leave it out, and count it
    Skip,
    /// Read it
    Take,
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
    /// Those of them that are left out, here or by the mapping.
    pub(crate) rows_skipped: u64,
    /// Whether the sheet is hidden.
    pub(crate) sheet_is_hidden: bool,
    /// Whether the format does not say what is hidden or struck out.
    pub(crate) visibility_unknown: bool,
    pub(crate) left_out: LeftOut,
}

impl Intake {
    /// Returns what was not read, in sentences.
    pub(crate) fn left_out(&self) -> Vec<Message> {
        let left = &self.left_out;
        let mut said = Vec::new();
        if left.rows() > 0 || left.struck_cells > 0 {
            said.push(message!(
                "draft-left-out",
                hidden = left.hidden_rows.count,
                struck = left.struck_rows.count,
                cells = left.struck_cells,
                totals = left.totals.count,
                headings = left.repeated_headings.count
            ));
        }
        let hidden = left.hidden_columns.iter();
        said.extend(hidden.map(|column| message!("draft-hidden", column = quoted(column))));
        said
    }
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

/// Whether `file` is a party sheet, by its headings.
pub(crate) fn is_party_sheet(file: &Path, options: &IntakeOptions) -> bool {
    let mut looking = party_rows::Looking::default();
    let _ = unchanged(file, |opened| table(opened, options, &mut looking));
    looking.found
}

/// Feeds every party of the party sheet `file` to `each`, in the order of the file, until it answers false.
///
/// # Errors
/// When the file cannot be read as a party sheet.
pub(crate) fn read_parties(
    file: &Path,
    options: &IntakeOptions,
    references: &References,
    each: &mut dyn FnMut(IncomingParty) -> bool,
) -> Result<Intake, Error> {
    let mut rows = party_rows::PartyRows::new(references, each);
    unchanged(file, |opened| table(opened, options, &mut rows))
}

/// Feeds every row of the sheet of figures `file` to `each`, in the order of the file.
///
/// # Errors
/// When the file cannot be read as a sheet of figures.
pub(crate) fn read_figures(
    file: &Path,
    options: &IntakeOptions,
    each: &mut dyn FnMut(IncomingFigure),
) -> Result<Intake, Error> {
    let mut rows = figures::FigureRows::new(each);
    unchanged(file, |opened| table(opened, options, &mut rows))
}

/// Runs `work` on `file`, which must not change meanwhile.
fn unchanged<T>(
    file: &Path,
    work: impl FnOnce(&mut File) -> Result<T, Message>,
) -> Result<T, Error> {
    let name = || file.display().to_string();
    let mut opened = crate::input::open(file).map_err(Error::Read)?;
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
) -> Result<Intake, Message> {
    let options = mapping.options(options);
    let mut taker = mapping::Mapped::new(mapping, references, each);
    let mut intake = table(opened, &options, &mut taker)?;
    if taker.wants_more() {
        intake = table(opened, &options, &mut taker)?;
    }
    intake.rows_skipped += taker.skipped;
    Ok(intake)
}

/// A first draft of a mapping for `file`, as TOML with remarks in the language of the phrases.
///
/// # Errors
/// When the file cannot be read as a table.
pub(crate) fn draft(
    file: &Path,
    options: &IntakeOptions,
    words: (&References, &Phrases),
) -> Result<String, Error> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let mut draft = draft::Draft::default();
    let intake = unchanged(file, |opened| table(opened, options, &mut draft))?;
    Ok(draft.write(&name, &intake, options, words))
}

/// Reads the table in `file`, whatever its format.
fn table(
    file: &mut File,
    options: &IntakeOptions,
    taker: &mut dyn table::Taker,
) -> Result<Intake, Message> {
    let mut start = Vec::new();
    rewind(file)?;
    (&mut *file)
        .take(64)
        .read_to_end(&mut start)
        .map_err(|error| explained(&error))?;
    if start.starts_with(workbook::ZIP) || start.starts_with(workbook::COMPOUND) {
        workbook::read(file, options, taker)
    } else if json::is_json(&start) {
        json::read(file, options, taker)
    } else {
        delimited::read(file, options, taker)
    }
}

fn rewind(file: &mut File) -> Result<(), Message> {
    let moved = file.seek(SeekFrom::Start(0));
    moved.map(|_| ()).map_err(|error| explained(&error))
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

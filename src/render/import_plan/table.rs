//! A plan as a table of data: every project, a line for each change and each note.

use std::io::Write;

use super::Cell;
use crate::render::record_change::{COLUMNS, data_cells};
use crate::render::{Error, csv::value};
use crate::report::ImportItem;

/// The headings of the table.
pub(super) const HEADINGS: [&str; 13] = [
    "action",
    "rows",
    "decision",
    "code",
    "title",
    "matched_by",
    COLUMNS[0],
    COLUMNS[1],
    COLUMNS[2],
    COLUMNS[3],
    COLUMNS[4],
    COLUMNS[5],
    "note",
];

/// The lines of a project: one for each change and each note, and at least one.
pub(super) fn lines<'a>(
    action: &'a str,
    item: &'a ImportItem,
) -> impl Iterator<Item = Vec<Cell>> + use<'a> {
    let start = move || {
        vec![
            Cell::from(action),
            Cell::list(&item.rows),
            Cell::from(item.decision.as_str()),
            Cell::or_not_stated(item.code.as_ref()),
            Cell::or_not_stated(item.title.as_ref()),
            Cell::or_not_stated(item.matched_by),
        ]
    };
    let line = move |change: [Cell; 6], note: Cell| {
        let mut cells = start();
        cells.extend(change);
        cells.push(note);
        cells
    };
    let blank = || [const { Cell::Blank }; 6];
    let changes = item.changes.iter();
    let changes = changes.map(move |change| line(data_cells(change), Cell::Blank));
    let notes = item
        .words()
        .map(move |note| line(blank(), Cell::from(note)));
    let is_bare = item.changes.is_empty() && item.words().next().is_none();
    let bare = is_bare.then(|| line(blank(), Cell::Blank));
    changes.chain(notes).chain(bare)
}

/// Writes the table as CSV, project after project, so that memory does not grow with the plan.
pub(crate) struct PlanTable<W: Write> {
    writer: ::csv::Writer<W>,
}

/// Bytes that wait until they are written.
const BUFFER: usize = 1 << 10;

impl<W: Write> PlanTable<W> {
    /// Writes the headings.
    ///
    /// # Errors
    /// When `out` takes no more.
    pub(crate) fn begin(out: W) -> Result<Self, Error> {
        let mut table = Self::resume(out);
        table.writer.write_record(HEADINGS)?;
        Ok(table)
    }

    /// Goes on after the headings.
    pub(crate) fn resume(out: W) -> Self {
        let mut builder = ::csv::WriterBuilder::new();
        Self {
            writer: builder.buffer_capacity(BUFFER).from_writer(out),
        }
    }

    /// Writes the lines of a project.
    ///
    /// # Errors
    /// When `out` takes no more.
    pub(crate) fn add(&mut self, action: &str, item: &ImportItem) -> Result<(), Error> {
        for line in lines(action, item) {
            self.writer.write_record(line.iter().map(value))?;
        }
        Ok(())
    }

    /// Writes what waits.
    ///
    /// # Errors
    /// When `out` takes no more.
    pub(crate) fn finish(mut self) -> Result<(), Error> {
        Ok(self.writer.flush().map_err(::csv::Error::from)?)
    }
}

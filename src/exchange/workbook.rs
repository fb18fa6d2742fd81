//! A workbook: one sheet a table, typed cells, frozen headings, filters.
//!
//! Text is written as text and never as a formula, and guarded all the same, so that it stays harmless where the workbook is
//! saved as CSV. What is longer than a cell can hold is cut, and named in the loss report.

use std::io::{Seek, Write};

use rust_xlsxwriter::{Format, Workbook as Book, Worksheet};

use super::cells::{cell, item, items};
use super::loss::Losses;
use super::table_file::{broken, workbook};
use super::tables::{Column, Holds, Table};
use super::{Error, Exporter, Loss, Provided};
use crate::domain::guarded;
use crate::store::{Document, Kind};

/// The longest text of a cell, in UTF-16 units (Excel specifications and limits).
const LONGEST: usize = 32_767;

/// Writes a workbook.
pub(crate) struct Workbook {
    book: Book,
    tables: Vec<Sheet>,
    losses: Vec<Loss>,
}

/// A sheet and the row that comes next.
struct Sheet {
    table: &'static Table,
    place: usize,
    row: u32,
}

impl Workbook {
    pub(crate) fn new() -> Result<Self, Error> {
        let mut book = workbook()?;
        let heading = Format::new().set_bold();
        let mut tables = Vec::new();
        for (place, table) in Table::all().enumerate() {
            let sheet = book.add_worksheet_with_constant_memory().map_err(broken)?;
            sheet.set_name(sheet_name(table)).map_err(broken)?;
            sheet.set_freeze_panes(1, 0).map_err(broken)?;
            for (column, name) in (0..).zip(table.headings()) {
                let width = if matches!(name, "number" | "code") {
                    12.0
                } else {
                    20.0
                };
                sheet.set_column_width(column, width).map_err(broken)?;
                sheet
                    .write_with_format(0, column, name, &heading)
                    .map_err(broken)?;
            }
            tables.push(Sheet {
                table,
                place,
                row: 1,
            });
        }
        Ok(Self {
            book,
            tables,
            losses: Vec::new(),
        })
    }

    /// Writes the finished workbook.
    pub(crate) fn save(mut self, to: impl Write + Seek + Send) -> Result<(), Error> {
        for sheet in &self.tables {
            let last = u16::try_from(sheet.table.headings().len()).unwrap_or(u16::MAX);
            let written = self
                .book
                .worksheet_from_index(sheet.place)
                .map_err(broken)?;
            written
                .autofilter(0, 0, sheet.row.saturating_sub(1), last.saturating_sub(1))
                .map_err(broken)?;
        }
        self.book.save_to_writer(to).map_err(broken)
    }
}

/// A sheet's name has at most 31 characters.
fn sheet_name(table: &Table) -> &'static str {
    table.name.get(..31).unwrap_or(table.name)
}

impl Exporter for Workbook {
    fn wants(&self, _kind: Kind) -> bool {
        true
    }

    fn record(&mut self, document: &Document, _provided: &Provided) -> Result<(), Error> {
        let value = document.to_value()?;
        let mut losses = Losses {
            code: document.code(),
            found: &mut self.losses,
        };
        for sheet in self
            .tables
            .iter_mut()
            .filter(|sheet| sheet.table.kind == document.kind())
        {
            let written = self
                .book
                .worksheet_from_index(sheet.place)
                .map_err(broken)?;
            let columns = sheet.table.columns;
            let Some(list) = &sheet.table.list else {
                for (place, column) in (0..).zip(columns) {
                    let text = cell(column, value.get(column.name));
                    put(written, sheet.row, place, column, &text, &mut losses)?;
                }
                sheet.row += 1;
                continue;
            };
            for (place, value) in items(value.get(list.field)).iter().enumerate() {
                let (number, field) = item(list, place, value);
                written
                    .write(sheet.row, 0, guarded(document.code()).as_ref())
                    .map_err(broken)?;
                let number: f64 = number.parse().unwrap_or_default();
                written.write(sheet.row, 1, number).map_err(broken)?;
                for (place, column) in (2..).zip(columns) {
                    put(
                        written,
                        sheet.row,
                        place,
                        column,
                        &field(column),
                        &mut losses,
                    )?;
                }
                sheet.row += 1;
            }
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<(), Error> {
        Ok(())
    }

    fn take_losses(&mut self) -> Vec<Loss> {
        std::mem::take(&mut self.losses)
    }
}

/// Writes a cell by what its column holds. Whole numbers beyond the 15 digits that a spreadsheet keeps stay text.
fn put(
    sheet: &mut Worksheet,
    row: u32,
    place: u16,
    column: &Column,
    text: &str,
    losses: &mut Losses<'_>,
) -> Result<(), Error> {
    if text.is_empty() {
        return Ok(());
    }
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let number = match column.holds {
        Holds::Integer | Holds::Decimal if digits <= 15 => text.parse::<f64>().ok(),
        _ => None,
    };
    let written = match (column.holds, number) {
        (_, Some(number)) => sheet.write(row, place, number),
        (Holds::Flag, None) => sheet.write(row, place, text == "true"),
        (_, None) => sheet.write(row, place, cut(text, column, losses)),
    };
    written.map(drop).map_err(broken)
}

/// As much of a text as a cell can hold.
fn cut<'a>(text: &'a str, column: &Column, losses: &mut Losses<'_>) -> &'a str {
    if text.encode_utf16().count() <= LONGEST {
        return text;
    }
    losses.note(column.name, message!("loss-cut", most = LONGEST));
    let mut units = 0;
    let end = text.char_indices().find(|(_, letter)| {
        units += letter.len_utf16();
        units > LONGEST
    });
    end.and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}

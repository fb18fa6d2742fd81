//! CSV as RFC 4180 has it: UTF-8, LF line ends, one header row, an empty field for what is not stated.
//! Text that a spreadsheet would take for a formula is guarded: see [`crate::domain::guarded`].

use ::csv::{IntoInnerError, QuoteStyle, WriterBuilder};

use super::{Cell, Error, Sheet};
use crate::domain::guarded;

/// The table as CSV.
pub(super) fn write(sheet: &Sheet) -> Result<Vec<u8>, Error> {
    let headings = sheet.columns.iter().map(|column| column.heading.as_str());
    // Excel takes a file whose first letters are ID for another format (SYLK).
    let style = if headings
        .clone()
        .next()
        .is_some_and(|first| first.starts_with("ID"))
    {
        QuoteStyle::Always
    } else {
        QuoteStyle::Necessary
    };
    let mut heading = WriterBuilder::new()
        .quote_style(style)
        .from_writer(Vec::new());
    heading.write_record(headings)?;
    let heading = heading.into_inner().map_err(unwritten)?;
    let mut writer = ::csv::Writer::from_writer(heading);
    for row in &sheet.rows {
        writer.write_record(row.iter().map(value))?;
    }
    writer.into_inner().map_err(unwritten)
}

fn unwritten<W>(error: IntoInnerError<W>) -> Error {
    Error::Csv(error.into_error().into())
}

/// A cell as CSV has it.
pub(super) fn value(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => guarded(text).into_owned(),
        Cell::Count(number) => number.to_string(),
        Cell::Days(days) => days.to_string(),
        Cell::Share(share) | Cell::Bar(share) => share.to_string(),
        Cell::Amount(amount) => amount.to_string(),
        Cell::Linked(cell, _) => value(cell),
        Cell::Blank | Cell::Offers(_) | Cell::NotStated => String::new(),
    }
}

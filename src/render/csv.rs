//! CSV as RFC 4180 has it: UTF-8, LF line ends, one header row, an empty field for what is not stated.
//! Text that a spreadsheet would take for a formula is guarded: see [`crate::domain::guarded`].

use super::{Cell, Error, Sheet};
use crate::domain::guarded;

/// The table as CSV.
pub(super) fn write(sheet: &Sheet) -> Result<Vec<u8>, Error> {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    writer.write_record(sheet.columns.iter().map(|column| &column.heading))?;
    for row in &sheet.rows {
        writer.write_record(row.iter().map(value))?;
    }
    writer
        .into_inner()
        .map_err(|error| Error::Csv(error.into_error().into()))
}

fn value(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => guarded(text).into_owned(),
        Cell::Count(number) => number.to_string(),
        Cell::Share(share) | Cell::Bar(share) => share.to_string(),
        Cell::Amount(amount) => amount.to_string(),
        Cell::Blank | Cell::NotStated => String::new(),
    }
}

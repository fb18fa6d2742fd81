//! A plain table as a file: CSV, or a workbook with one sheet, row by row.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

use super::Error;
use crate::message::Message;

/// Writes a table whose headings come first. What kind of file it is follows from the name that the file will have.
pub(crate) enum TableFile {
    Csv(csv::Writer<BufWriter<File>>),
    /// The workbook, where it goes, and the row that comes next.
    Xlsx(Box<Workbook>, File, u32),
}

/// What went wrong with a workbook.
pub(super) fn broken(error: XlsxError) -> Error {
    match error {
        XlsxError::IoError(error) => Error::Write(error),
        XlsxError::MaxStringLengthExceeded => Error::Workbook(message!("why-long-cell")),
        XlsxError::RowColumnLimitError => Error::Workbook(message!("why-too-many-rows")),
        error => Error::Workbook(Message::foreign(error)),
    }
}

/// A new workbook: the same content gives the same bytes.
///
/// # Errors
/// When the library refuses the date.
pub(super) fn workbook() -> Result<Workbook, Error> {
    let mut book = Workbook::new();
    // The time of making would be different each time.
    let created = ExcelDateTime::from_ymd(2018, 10, 26).map_err(broken)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&created));
    Ok(book)
}

/// Whether the name of a file says that it is a workbook.
fn is_workbook(name: &Path) -> bool {
    let extension = name.extension();
    extension.is_some_and(|extension| extension.eq_ignore_ascii_case("xlsx"))
}

impl TableFile {
    /// Begins the table with its headings in `file`; `name` is what the file will be called, `sheet` the name of its
    /// sheet, and `mark` what a CSV file begins with.
    ///
    /// # Errors
    /// When the file takes nothing.
    pub(crate) fn begin(
        file: File,
        name: &Path,
        sheet: &str,
        headings: &[impl AsRef<str>],
        mark: &[u8],
    ) -> Result<Self, Error> {
        if !is_workbook(name) {
            let mut file = BufWriter::new(file);
            file.write_all(mark)?;
            let mut writer = csv::Writer::from_writer(file);
            writer.write_record(headings.iter().map(AsRef::as_ref))?;
            return Ok(Self::Csv(writer));
        }
        let mut book = Box::new(workbook()?);
        let bold = Format::new().set_bold();
        let page = book.add_worksheet_with_constant_memory().map_err(broken)?;
        page.set_name(sheet).map_err(broken)?;
        page.set_freeze_panes(1, 0).map_err(broken)?;
        for (column, heading) in (0..).zip(headings) {
            page.set_column_width(column, 20.0).map_err(broken)?;
            page.write_with_format(0, column, heading.as_ref(), &bold)
                .map_err(broken)?;
        }
        Ok(Self::Xlsx(book, file, 1))
    }

    /// Writes a row. In a workbook every cell is a text, so that a spreadsheet changes nothing of it.
    ///
    /// # Errors
    /// When the file takes no more, or a workbook cannot hold it.
    pub(crate) fn row(
        &mut self,
        cells: impl IntoIterator<Item = impl AsRef<str>>,
    ) -> Result<(), Error> {
        match self {
            Self::Csv(writer) => {
                for cell in cells {
                    writer.write_field(cell.as_ref())?;
                }
                Ok(writer.write_record(None::<&[u8]>)?)
            }
            Self::Xlsx(book, _, row) => {
                let page = book.worksheet_from_index(0).map_err(broken)?;
                for (column, cell) in (0..).zip(cells) {
                    let cell = cell.as_ref();
                    if !cell.is_empty() {
                        page.write_string(*row, column, cell).map_err(broken)?;
                    }
                }
                *row += 1;
                Ok(())
            }
        }
    }

    /// Writes what waits.
    ///
    /// # Errors
    /// When the file takes no more.
    pub(crate) fn finish(self) -> Result<(), Error> {
        match self {
            Self::Csv(mut writer) => Ok(writer.flush()?),
            Self::Xlsx(mut book, file, _) => book.save_to_writer(file).map_err(broken),
        }
    }
}

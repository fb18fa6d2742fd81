//! A sheet to fill in: the headings that an import reads, with drop-down lists, and a second sheet that explains them.

use std::io::{Seek, Write};

use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, Format, Formula, Note, Worksheet};

use super::Error;
use super::table_file::{broken, workbook};

/// The name of the sheet that explains the columns. An import leaves it aside.
pub(super) const EXPLANATION: &str = "columns";

/// Rows that have drop-down lists.
const ROWS: u32 = 5000;

/// The first column of the words on the second sheet.
const WORDS: u16 = 4;

/// A column of a sheet to fill in.
#[derive(Debug)]
pub(crate) struct TemplateColumn {
    pub(crate) heading: &'static str,
    /// What belongs into it, for people.
    pub(crate) about: String,
    /// The words to choose from; none where anything can be written.
    pub(crate) words: Vec<String>,
    /// Whether a cell may hold several words, or others.
    pub(crate) is_open: bool,
}

/// A sheet to fill in.
#[derive(Debug)]
pub(crate) struct Template {
    /// The name of the sheet.
    pub(crate) sheet: &'static str,
    pub(crate) columns: Vec<TemplateColumn>,
    /// Headings of the second sheet: the column, what belongs into it, and its words.
    pub(crate) headings: [String; 2],
}

impl Template {
    /// Writes the headings as CSV.
    ///
    /// # Errors
    /// When `out` takes no more.
    pub(crate) fn csv(&self, out: impl Write) -> Result<(), Error> {
        let mut writer = csv::Writer::from_writer(out);
        writer.write_record(self.columns.iter().map(|column| column.heading))?;
        Ok(writer.flush()?)
    }

    /// Writes the workbook.
    ///
    /// # Errors
    /// When `out` takes no more.
    pub(crate) fn xlsx(&self, out: impl Write + Seek + Send) -> Result<(), Error> {
        let mut book = workbook()?;
        let sheet = book.add_worksheet();
        sheet.set_name(self.sheet).map_err(broken)?;
        self.fill(sheet)?;
        let sheet = book.add_worksheet();
        sheet.set_name(EXPLANATION).map_err(broken)?;
        self.explain(sheet)?;
        book.save_to_writer(out).map_err(broken)
    }

    /// The sheet to fill in: headings with notes, and lists below them.
    fn fill(&self, sheet: &mut Worksheet) -> Result<(), Error> {
        let bold = Format::new().set_bold();
        sheet.set_freeze_panes(1, 0).map_err(broken)?;
        let mut list = WORDS;
        for (place, column) in (0..).zip(&self.columns) {
            sheet.set_column_width(place, 18.0).map_err(broken)?;
            sheet
                .write_with_format(0, place, column.heading, &bold)
                .map_err(broken)?;
            let note = Note::new(column.about.as_str()).add_author_prefix(false);
            sheet.insert_note(0, place, &note).map_err(broken)?;
            if column.words.is_empty() {
                continue;
            }
            let letters = super::intake::letters(usize::from(list));
            let range = format!(
                "={EXPLANATION}!${letters}$2:${letters}${}",
                column.words.len() + 1
            );
            let mut choice = DataValidation::new().allow_list_formula(Formula::new(range));
            if column.is_open {
                choice = choice.show_error_message(false);
            } else {
                choice = choice.set_error_style(DataValidationErrorStyle::Stop);
            }
            sheet
                .add_data_validation(1, place, ROWS, place, &choice)
                .map_err(broken)?;
            list += 1;
        }
        Ok(())
    }

    /// The sheet that explains: a row for each column, and beside it the words of the lists.
    fn explain(&self, sheet: &mut Worksheet) -> Result<(), Error> {
        let bold = Format::new().set_bold();
        sheet.set_freeze_panes(1, 0).map_err(broken)?;
        for (place, heading) in (0..).zip(&self.headings) {
            sheet
                .write_with_format(0, place, heading, &bold)
                .map_err(broken)?;
        }
        sheet.set_column_width(0, 18.0).map_err(broken)?;
        sheet.set_column_width(1, 70.0).map_err(broken)?;
        let mut list = WORDS;
        for (row, column) in (1..).zip(&self.columns) {
            sheet.write(row, 0, column.heading).map_err(broken)?;
            sheet.write(row, 1, column.about.as_str()).map_err(broken)?;
            if column.words.is_empty() {
                continue;
            }
            sheet
                .write_with_format(0, list, column.heading, &bold)
                .map_err(broken)?;
            for (row, word) in (1..).zip(&column.words) {
                sheet.write(row, list, word.as_str()).map_err(broken)?;
            }
            list += 1;
        }
        Ok(())
    }
}

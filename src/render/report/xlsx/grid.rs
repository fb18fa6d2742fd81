//! A sheet that is filled row by row: a frozen heading, a filter, columns as wide as what is in them, ready for A4 across.
//!
//! The first rows say how wide the columns must be, so they wait until there are enough of them. Where all columns together would be
//! too wide for paper, the widest become narrower and their text is folded.

use chrono::{Datelike as _, NaiveDate};
use rust_xlsxwriter::{
    ExcelDateTime, Format, FormatAlign, FormatBorder, IntoExcelData, Workbook, Worksheet,
};

use super::field::{Field, GAP, folded, widths};
use super::sheet_name;
use crate::domain::guarded;
use crate::render::{Column, Error, Labels, Sheet, printable};

/// The longest text of a cell, in UTF-16 units (Excel specifications and limits).
const LONGEST: usize = 32_767;
/// Rows of a sheet, its heading aside (same place).
const MOST: u32 = 1_048_575;
/// So many rows say how wide the columns are.
const SAMPLE: usize = 400;

/// Makes a sheet that is printed on A4 across, on one page in width, with its name at the top.
pub(super) fn on_paper(sheet: &mut Worksheet, name: &str, place: &Place) -> Result<(), Error> {
    sheet.set_name(sheet_name(name))?;
    sheet.set_landscape();
    sheet.set_paper_size(9); // A4
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.4, 0.4, 0.7, 0.7, 0.3, 0.3);
    let escaped = |text: &str| text.replace('&', "&&");
    sheet.set_header(format!("&L{}&R&A", escaped(&place.title)));
    sheet.set_footer(format!("&L{}&R&P / &N", escaped(&place.origin)));
    Ok(())
}

/// What every sheet says where it is printed.
pub(super) struct Place {
    pub(super) title: String,
    pub(super) origin: String,
}

/// A sheet being filled.
pub(super) struct Grid<'a> {
    sheet: &'a mut Worksheet,
    row: u32,
    heads: Vec<String>,
    /// The first rows, until the columns have their widths.
    waiting: Vec<Vec<Field>>,
    widths: Vec<usize>,
    /// How cells look that say nothing else, by column: as the first one in it.
    looks: Vec<Option<Look>>,
}

/// How a cell looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    Heading,
    Text,
    Number,
    /// Text that is longer than its column is folded in it.
    Folded,
    /// Money without decimals, and with them.
    Whole,
    Decimals,
    Percent,
    Day,
    Unknown,
}

impl Look {
    fn format(self) -> Format {
        let top = Format::new().set_align(FormatAlign::Top);
        // Apart from a number that ends in the column before.
        let text = top.clone().set_align(FormatAlign::Left).set_indent(1);
        match self {
            Self::Heading => text
                .set_bold()
                .set_text_wrap()
                .set_border_bottom(FormatBorder::Thin),
            Self::Text => text,
            Self::Folded => text.set_text_wrap(),
            Self::Number => top,
            Self::Whole => top.set_num_format("#,##0"),
            Self::Decimals => top.set_num_format("#,##0.00##"),
            Self::Percent => top.set_num_format("0.0%"),
            Self::Day => text.set_num_format(r"yyyy\-mm\-dd"),
            Self::Unknown => text
                .set_text_wrap()
                .set_italic()
                .set_font_color(0x0054_606C_u32),
        }
    }
}

/// Returns the headings of a table: over durations with their unit.
pub(super) fn headings(table: &Sheet, labels: &Labels) -> Vec<String> {
    let heading = |column: &Column| match column.is_duration {
        true => labels.noted(&column.heading, &labels.text("unit-days")),
        false => column.heading.clone(),
    };
    table.columns.iter().map(heading).collect()
}

impl<'a> Grid<'a> {
    pub(super) fn new(book: &'a mut Workbook, name: &str, place: &Place) -> Result<Self, Error> {
        let sheet = book.add_worksheet_with_constant_memory()?;
        on_paper(sheet, name, place)?;
        sheet.set_freeze_panes(1, 1)?;
        sheet.set_repeat_rows(0, 0)?;
        Ok(Self {
            sheet,
            row: 1,
            heads: Vec::new(),
            waiting: Vec::new(),
            widths: Vec::new(),
            looks: Vec::new(),
        })
    }

    /// The row that comes next.
    pub(super) fn row(&self) -> u32 {
        self.row + u32::try_from(self.waiting.len()).unwrap_or(MOST)
    }

    pub(super) fn heads(&mut self, heads: &[String]) {
        self.heads = heads.iter().map(|head| printable(head)).collect();
    }

    /// Adds a row; a sheet that is full stays as it is.
    pub(super) fn line(&mut self, fields: Vec<Field>) -> Result<(), Error> {
        if !self.widths.is_empty() {
            return self.write_row(fields);
        }
        self.waiting.push(fields);
        if self.waiting.len() < SAMPLE {
            return Ok(());
        }
        self.settle()
    }

    /// Gives the columns their widths and writes the rows that have waited for them.
    fn settle(&mut self) -> Result<(), Error> {
        self.widths = widths(&self.heads, &self.waiting);
        for (column, width) in (0..).zip(&self.widths) {
            let width = u32::try_from(width + GAP).unwrap_or(20);
            self.sheet.set_column_width(column, f64::from(width))?;
        }
        let format = Look::Heading.format();
        let heads = self.heads.iter().zip(&self.widths);
        let lines = heads.map(|(head, width)| folded(head, *width)).max();
        self.sheet
            .set_row_height(0, height(lines.unwrap_or(1).max(2)))?;
        for (column, head) in (0..).zip(&self.heads) {
            self.sheet.write_with_format(0, column, head, &format)?;
        }
        let waiting = std::mem::take(&mut self.waiting);
        waiting.into_iter().try_for_each(|row| self.write_row(row))
    }

    fn write_row(&mut self, fields: Vec<Field>) -> Result<(), Error> {
        if self.row > MOST {
            return Ok(());
        }
        let lines = fields.iter().zip(&self.widths);
        let lines = lines.map(|(field, width)| field.lines(*width)).max();
        if let Some(lines) = lines.filter(|lines| *lines > 1) {
            // Not every program fits the height of a row to what is folded in it.
            self.sheet.set_row_height(self.row, height(lines))?;
        }
        for (column, field) in (0..).zip(fields) {
            self.put(column, field)?;
        }
        self.row += 1;
        Ok(())
    }

    pub(super) fn lines(
        &mut self,
        lines: impl IntoIterator<Item = Vec<Field>>,
    ) -> Result<(), Error> {
        lines.into_iter().try_for_each(|line| self.line(line))
    }

    /// Takes over a whole table.
    pub(super) fn fill(mut self, table: &Sheet, labels: &Labels) -> Result<(), Error> {
        self.heads(&headings(table, labels));
        for row in &table.rows {
            self.line(row.iter().map(|cell| Field::of(cell, labels)).collect())?;
        }
        self.finish().map(drop)
    }

    /// Writes what still waits, and sets the filter.
    pub(super) fn finish(mut self) -> Result<&'a mut Worksheet, Error> {
        if self.widths.is_empty() {
            self.settle()?;
        }
        let last = u16::try_from(self.widths.len())
            .unwrap_or(u16::MAX)
            .saturating_sub(1);
        self.sheet
            .autofilter(0, 0, self.row.saturating_sub(1), last)?;
        Ok(self.sheet)
    }

    fn put(&mut self, column: u16, field: Field) -> Result<(), Error> {
        let width = self.widths.get(usize::from(column)).copied();
        let is_folded = field.lines(width.unwrap_or(usize::MAX)) > 1;
        match field {
            Field::Text(text) if text.is_empty() => Ok(()),
            Field::Text(text) if is_folded => self.write(column, harmless(&text), Look::Folded),
            Field::Text(text) => self.write(column, harmless(&text), Look::Text),
            Field::Flag(text) => self.write(column, text, Look::Text),
            Field::Number(number) => self.write(column, number, Look::Number),
            Field::Amount(amount) => {
                let is_whole = amount.fract() == 0.0;
                let look = if is_whole {
                    Look::Whole
                } else {
                    Look::Decimals
                };
                self.write(column, amount, look)
            }
            Field::Share(share) => self.write(column, share, Look::Percent),
            Field::Day(day) => self.write(column, exact(day)?, Look::Day),
            Field::Unknown(text) => self.write(column, text, Look::Unknown),
            Field::Blank => Ok(()),
        }
    }

    /// The first usual cell of a column gives the column its look. A cell that looks like its column needs no format of its own, and
    /// looking formats up would take longer than all else in a large sheet.
    fn write<V: IntoExcelData>(&mut self, column: u16, value: V, look: Look) -> Result<(), Error> {
        let place = usize::from(column);
        if self.looks.len() <= place {
            self.looks.resize(place + 1, None);
        }
        let row = self.row;
        match self.looks.get_mut(place) {
            Some(Some(own)) if *own == look => {
                self.sheet.write(row, column, value)?;
            }
            Some(own @ None) if !matches!(look, Look::Folded | Look::Unknown) => {
                *own = Some(look);
                self.sheet.set_column_format(column, &look.format())?;
                self.sheet.write(row, column, value)?;
            }
            _ => {
                let format = look.format();
                self.sheet.write_with_format(row, column, value, &format)?;
            }
        }
        Ok(())
    }
}

/// Returns the height of a row of so many lines, in points.
pub(super) fn height(lines: usize) -> f64 {
    f64::from(u32::try_from(lines.min(25)).unwrap_or(25)) * 15.0
}

/// `text` as a cell can hold it: nothing that is obeyed, nothing that is too long.
pub(super) fn harmless(text: &str) -> String {
    let text = printable(text);
    let guarded = guarded(&text);
    if guarded.len() <= LONGEST {
        return guarded.into_owned();
    }
    let mut units = 0;
    let fits = |letter: &char| {
        units += letter.len_utf16();
        units <= LONGEST
    };
    guarded.chars().take_while(fits).collect()
}

fn exact(day: NaiveDate) -> Result<ExcelDateTime, Error> {
    let (month, of_month) = (u8::try_from(day.month()), u8::try_from(day.day()));
    let year = u16::try_from(day.year()).unwrap_or(1900);
    Ok(ExcelDateTime::from_ymd(
        year,
        month.unwrap_or(1),
        of_month.unwrap_or(1),
    )?)
}

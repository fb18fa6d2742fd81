//! A sheet that is filled row by row: a frozen heading, a filter, columns as wide as what is in them, ready for A4.

use chrono::{Datelike as _, NaiveDate};
use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet};

use super::sheet_name;
use crate::domain::{PartialDate, guarded};
use crate::render::layout::width_of;
use crate::render::{Cell, Error, Labels, Sheet, printable};

/// The longest text of a cell, in UTF-16 units (Excel specifications and limits).
const LONGEST: usize = 32_767;
/// Rows of a sheet, its heading aside (same place).
const MOST: u32 = 1_048_575;
/// Widths of columns, in characters.
const NARROW: usize = 8;
const WIDE: usize = 44;

/// What every sheet says where it is printed.
pub(super) struct Place {
    pub(super) title: String,
    pub(super) origin: String,
}

/// A typed cell.
pub(super) enum Field {
    Text(String),
    Number(f64),
    /// Money, in units of its currency.
    Amount(f64),
    /// From 0 to 1.
    Share(f64),
    Day(NaiveDate),
    Flag(String),
    /// The words for "not stated".
    Unknown(String),
    Blank,
}

impl Field {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub(super) fn count(count: usize) -> Self {
        Self::Number(u32::try_from(count).map_or(f64::from(u32::MAX), f64::from))
    }

    /// Text that may not be stated.
    pub(super) fn stated(text: Option<impl Into<String>>, labels: &Labels) -> Self {
        text.map_or_else(|| Self::Unknown(labels.text("not-stated")), Self::text)
    }

    /// A date as it is given, and the last day that it can mean.
    pub(super) fn date(date: Option<PartialDate>, labels: &Labels) -> [Self; 2] {
        let day = date.map_or(Self::Blank, |date| Self::Day(date.last_day()));
        [Self::stated(date.map(|date| date.to_string()), labels), day]
    }

    /// How many lines it takes in a column of the greatest width.
    fn lines(&self) -> usize {
        match self {
            // No text is wider than it has bytes.
            Self::Text(text) if text.len() > WIDE - 2 => width_of(text).div_ceil(WIDE - 2),
            _ => 1,
        }
    }

    pub(super) fn of(cell: &Cell, labels: &Labels) -> Self {
        match cell {
            Cell::Text(text) => Self::text(text),
            Cell::Count(count) => Self::count(*count),
            Cell::Share(share) => Self::Share(*share),
            Cell::Blank => Self::Blank,
            Cell::NotStated => Self::Unknown(labels.text("not-stated")),
        }
    }
}

/// A sheet being filled.
pub(super) struct Grid<'a> {
    sheet: &'a mut Worksheet,
    row: u32,
    widths: Vec<usize>,
    heading: Format,
    /// Text that is longer than its column is folded in it.
    folded: Format,
    plain: Format,
    amount: Format,
    percent: Format,
    day: Format,
    unknown: Format,
}

impl<'a> Grid<'a> {
    pub(super) fn new(book: &'a mut Workbook, name: &str, place: &Place) -> Result<Self, Error> {
        let sheet = book.add_worksheet_with_constant_memory()?;
        sheet.set_name(sheet_name(name))?;
        sheet.set_freeze_panes(1, 1)?;
        sheet.set_landscape();
        sheet.set_paper_size(9); // A4
        sheet.set_print_fit_to_pages(1, 0);
        sheet.set_margins(0.4, 0.4, 0.7, 0.7, 0.3, 0.3);
        sheet.set_repeat_rows(0, 0)?;
        let escaped = |text: &str| text.replace('&', "&&");
        sheet.set_header(format!("&L{}&R&A", escaped(&place.title)));
        sheet.set_footer(format!("&L{}&R&P / &N", escaped(&place.origin)));
        // Headings have two lines.
        sheet.set_row_height(0, 32)?;
        let top = Format::new().set_align(FormatAlign::Top);
        Ok(Self {
            sheet,
            row: 0,
            widths: Vec::new(),
            heading: top
                .clone()
                .set_bold()
                .set_text_wrap()
                .set_border_bottom(FormatBorder::Thin),
            folded: top.clone().set_text_wrap(),
            amount: top.clone().set_num_format("#,##0.##"),
            percent: top.clone().set_num_format("0.0%"),
            day: top
                .clone()
                .set_num_format(r"yyyy\-mm\-dd")
                .set_align(FormatAlign::Left),
            unknown: top.clone().set_italic().set_font_color(0x0054_606C_u32),
            plain: top,
        })
    }

    /// The row that comes next.
    pub(super) fn row(&self) -> u32 {
        self.row
    }

    pub(super) fn heads(&mut self, heads: &[String]) -> Result<(), Error> {
        for (column, head) in (0..).zip(heads) {
            self.sheet
                .write_with_format(self.row, column, printable(head), &self.heading)?;
            // A heading is folded rather than that it makes a column of numbers wide.
            self.widen(column, width_of(head).min(14));
        }
        self.row += 1;
        Ok(())
    }

    /// Writes a row; a sheet that is full stays as it is.
    pub(super) fn line(&mut self, fields: Vec<Field>) -> Result<(), Error> {
        if self.row > MOST {
            return Ok(());
        }
        let lines = fields.iter().map(Field::lines).max().unwrap_or(1);
        if let Some(lines) = u32::try_from(lines).ok().filter(|lines| *lines > 1) {
            // Not every program fits the height of a row to what is folded in it.
            let height = f64::from(lines.min(25)) * 15.0;
            self.sheet.set_row_height(self.row, height)?;
        }
        for (column, field) in (0..).zip(fields) {
            let width = self.put(column, field)?;
            self.widen(column, width);
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
        let heads: Vec<String> = table
            .columns
            .iter()
            .map(|column| column.heading.clone())
            .collect();
        self.heads(&heads)?;
        for row in &table.rows {
            self.line(row.iter().map(|cell| Field::of(cell, labels)).collect())?;
        }
        self.finish().map(drop)
    }

    /// Sets the filter and the widths.
    pub(super) fn finish(self) -> Result<&'a mut Worksheet, Error> {
        let last = u16::try_from(self.widths.len())
            .unwrap_or(u16::MAX)
            .saturating_sub(1);
        self.sheet
            .autofilter(0, 0, self.row.saturating_sub(1), last)?;
        for (column, width) in (0..).zip(&self.widths) {
            let width = u32::try_from((*width).clamp(NARROW, WIDE) + 2).unwrap_or(20);
            self.sheet.set_column_width(column, f64::from(width))?;
        }
        Ok(self.sheet)
    }

    /// Writes a cell; answers how wide it is.
    fn put(&mut self, column: u16, field: Field) -> Result<usize, Error> {
        let (sheet, row) = (&mut *self.sheet, self.row);
        match field {
            Field::Text(text) => {
                let width = width_of(&text);
                let format = if width > WIDE {
                    &self.folded
                } else {
                    &self.plain
                };
                if !text.is_empty() {
                    sheet.write_string_with_format(row, column, harmless(&text), format)?;
                }
                return Ok(width);
            }
            Field::Flag(text) => sheet.write_string_with_format(row, column, text, &self.plain)?,
            Field::Number(number) => {
                sheet.write_number_with_format(row, column, number, &self.plain)?
            }
            Field::Amount(amount) => {
                sheet.write_number_with_format(row, column, amount, &self.amount)?;
                return Ok(18);
            }
            Field::Share(share) => {
                sheet.write_number_with_format(row, column, share, &self.percent)?
            }
            Field::Day(day) => {
                sheet.write_datetime_with_format(row, column, &exact(day)?, &self.day)?
            }
            Field::Unknown(text) => {
                sheet.write_string_with_format(row, column, text, &self.unknown)?
            }
            Field::Blank => return Ok(0),
        };
        Ok(10)
    }

    fn widen(&mut self, column: u16, width: usize) {
        let column = usize::from(column);
        if self.widths.len() <= column {
            self.widths.resize(column + 1, 0);
        }
        if let Some(widest) = self.widths.get_mut(column) {
            *widest = width.max(*widest);
        }
    }
}

/// `text` as a cell can hold it: nothing that is obeyed, nothing that is too long.
fn harmless(text: &str) -> String {
    let text = printable(text);
    let guarded = guarded(&text);
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

//! A sheet that is filled row by row: a frozen heading, a filter, columns as wide as what is in them, ready for A4.

use chrono::{Datelike as _, NaiveDate};
use rust_xlsxwriter::{
    ExcelDateTime, Format, FormatAlign, FormatBorder, IntoExcelData, Workbook, Worksheet,
};

use super::sheet_name;
use crate::domain::{Decimal, PartialDate, guarded};
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

    /// Money. Beyond the 15 digits that a spreadsheet keeps it stays text.
    pub(super) fn money(amount: Decimal) -> Self {
        let text = amount.0.normalize().to_string();
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        match text.parse() {
            Ok(number) if digits <= 15 => Self::Amount(number),
            _ => Self::Text(text),
        }
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
            Cell::Share(share) | Cell::Bar(share) => Self::Share(*share),
            Cell::Amount(amount) => Self::money(*amount),
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
            Self::Unknown => text.set_italic().set_font_color(0x0054_606C_u32),
        }
    }
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
        Ok(Self {
            sheet,
            row: 0,
            widths: Vec::new(),
            looks: Vec::new(),
        })
    }

    /// The row that comes next.
    pub(super) fn row(&self) -> u32 {
        self.row
    }

    pub(super) fn heads(&mut self, heads: &[String]) -> Result<(), Error> {
        let format = Look::Heading.format();
        for (column, head) in (0..).zip(heads) {
            self.sheet
                .write_with_format(self.row, column, printable(head), &format)?;
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
        match field {
            Field::Text(text) => {
                let known = self.widths.get(usize::from(column)).copied();
                // No text is wider than it has bytes: most need not be measured.
                let is_narrow = text.len() <= known.unwrap_or(0).min(WIDE);
                let width = if is_narrow { 0 } else { width_of(&text) };
                let look = if width > WIDE {
                    Look::Folded
                } else {
                    Look::Text
                };
                if !text.is_empty() {
                    self.write(column, harmless(&text), look)?;
                }
                return Ok(width);
            }
            Field::Flag(text) => self.write(column, text, Look::Text)?,
            Field::Number(number) => self.write(column, number, Look::Number)?,
            Field::Amount(amount) => {
                let is_whole = amount.fract() == 0.0;
                let look = if is_whole {
                    Look::Whole
                } else {
                    Look::Decimals
                };
                self.write(column, amount, look)?;
                return Ok(18);
            }
            Field::Share(share) => self.write(column, share, Look::Percent)?,
            Field::Day(day) => self.write(column, exact(day)?, Look::Day)?,
            Field::Unknown(text) => self.write(column, text, Look::Unknown)?,
            Field::Blank => return Ok(0),
        }
        Ok(10)
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

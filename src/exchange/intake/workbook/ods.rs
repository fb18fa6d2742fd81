//! What the library does not tell of an ODS workbook: merged cells, how dates and numbers are shown, what is hidden and what is
//! struck out.

mod styles;

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::rc::Rc;

use calamine::Dimensions;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use styles::Styles;

use super::cells::{Look, NumberLook, Shown};
use super::survey::{Rich, Survey, attribute, referred};
use super::unreadable;
use crate::message::Message;

/// The most cells with something in them that are read.
const MOST_CELLS: u64 = 30_000_000;

/// The most blanks that one sign stands for.
const MOST_BLANKS: u64 = 1_000_000;

/// Looks through the workbook, sheet by sheet.
pub(super) fn survey(file: &mut File) -> Result<HashMap<String, Survey>, Message> {
    let mut archive =
        zip::ZipArchive::new(BufReader::new(file)).map_err(|error| unreadable(&error))?;
    let mut content = Content::default();
    for part in ["styles.xml", "content.xml"] {
        if part == "styles.xml" && archive.index_for_name(part).is_none() {
            continue;
        }
        let entry = archive.by_name(part).map_err(|error| unreadable(&error))?;
        let mut reader = Reader::from_reader(BufReader::new(entry));
        let config = reader.config_mut();
        config.check_end_names = false;
        config.expand_empty_elements = true;
        while content.event(&mut reader)? {}
    }
    Ok(content.sheets)
}

#[derive(Default)]
struct Content {
    sheets: HashMap<String, Survey>,
    sheet: Survey,
    /// How deep in tables: a table within a cell is no sheet.
    depth: usize,
    name: String,
    /// The place of the next cell.
    row: u64,
    column: u64,
    rows_repeated: u64,
    cells: u64,
    styles: Styles,
    /// How the columns look where their cells do not say it.
    columns: Vec<(u64, Rc<Look>)>,
    /// Groups of rows and of columns that are folded, from outside.
    folded: Vec<bool>,
    cell: Cell,
    text: Vec<u8>,
}

/// The text of the present cell, and where it stands.
#[derive(Default)]
struct Cell {
    is_open: bool,
    place: (u64, u64),
    columns_repeated: u64,
    /// A note beside it is no part of it.
    notes: usize,
    paragraphs: usize,
    /// What the spans around the present piece say, from outside.
    spans: Vec<Option<bool>>,
    rich: Rich,
    /// How much of it there is, in bytes.
    length: u64,
}

impl Content {
    /// Takes the next piece of the document; answers whether there are more.
    fn event<R: BufRead>(&mut self, reader: &mut Reader<R>) -> Result<bool, Message> {
        let mut text = std::mem::take(&mut self.text);
        text.clear();
        let event = reader.read_event_into(&mut text);
        let more = match event.map_err(|error| unreadable(&error))? {
            Event::Eof => false,
            Event::Start(tag) => {
                if !self.styles.start(&tag)? {
                    self.start(&tag)?;
                }
                true
            }
            Event::End(tag) => {
                self.styles.end(tag.name().as_ref());
                self.end(tag.name().as_ref());
                true
            }
            Event::Text(text) => {
                self.styles.text(&text.xml10_content());
                self.piece(&text.xml10_content());
                true
            }
            Event::GeneralRef(name) => {
                let letter = referred(name.as_ref()).map(String::from);
                self.piece(&letter.unwrap_or_default());
                true
            }
            _ => true,
        };
        self.text = text;
        Ok(more)
    }

    fn start(&mut self, tag: &BytesStart<'_>) -> Result<(), Message> {
        match tag.name().as_ref() {
            "table:table" => {
                self.depth += 1;
                if self.depth == 1 {
                    self.name = attribute(tag, "table:name")?;
                    (self.row, self.column, self.columns) = (0, 0, Vec::new());
                    self.folded.clear();
                }
            }
            "table:table-row-group" | "table:table-column-group" if self.depth == 1 => {
                self.folded
                    .push(attribute(tag, "table:display")? == "false");
            }
            "table:table-column" if self.depth == 1 => {
                let look = self
                    .styles
                    .look(&attribute(tag, "table:default-cell-style-name")?);
                let columns = count(tag, "table:number-columns-repeated")?;
                if self.is_hidden(tag)? {
                    self.sheet.hidden_columns.add(self.column, columns);
                }
                self.column = self.column.saturating_add(columns);
                self.columns.push((columns, look.unwrap_or_default()));
            }
            "table:table-row" if self.depth == 1 => {
                self.column = 0;
                self.rows_repeated = count(tag, "table:number-rows-repeated")?;
                if self.is_hidden(tag)? {
                    self.sheet.hidden_rows.add(self.row, self.rows_repeated);
                }
            }
            "table:table-cell" | "table:covered-table-cell" if self.depth == 1 => self.cell(tag)?,
            "office:annotation" => self.cell.notes += 1,
            "text:p" if self.cell.is_open && self.cell.notes == 0 => {
                if self.cell.paragraphs > 0 {
                    self.piece("\n");
                }
                self.cell.paragraphs += 1;
            }
            "text:span" => {
                let style = attribute(tag, "text:style-name")?;
                self.cell.spans.push(self.styles.struck_text(&style));
            }
            "text:tab" => self.piece("\t"),
            "text:line-break" => self.piece("\n"),
            "text:s" => {
                let blanks = count(tag, "text:c")?;
                if blanks > MOST_BLANKS {
                    return Err(message!(
                        "why-workbook-blanks",
                        row = self.row + 1,
                        most = MOST_BLANKS
                    ));
                }
                self.piece(&" ".repeat(usize::try_from(blanks).unwrap_or(1)));
            }
            _ => {}
        }
        Ok(())
    }

    /// Whether a row or a column is hidden: itself, by a filter, or with the group that it is in.
    fn is_hidden(&self, tag: &BytesStart<'_>) -> Result<bool, Message> {
        let visibility = attribute(tag, "table:visibility")?;
        let itself = matches!(visibility.as_str(), "collapse" | "filter");
        Ok(itself || self.folded.contains(&true))
    }

    /// A piece of the text of the present cell.
    fn piece(&mut self, text: &str) {
        let cell = &mut self.cell;
        let fits = cell.length < MOST_BLANKS;
        if cell.is_open && cell.notes == 0 && cell.paragraphs > 0 && fits {
            cell.length += text.len() as u64;
            let struck = cell.spans.iter().rev().find_map(|span| *span);
            cell.rich.push(text, struck);
        }
    }

    fn end(&mut self, tag: &str) {
        match tag {
            "table:table-cell" | "table:covered-table-cell" if self.depth == 1 => {
                let cell = std::mem::take(&mut self.cell);
                if cell.rich.is_mixed() {
                    let rich = Rc::new(cell.rich);
                    for place in places(cell.place, self.rows_repeated, cell.columns_repeated) {
                        self.sheet.rich.insert(place, Rc::clone(&rich));
                    }
                }
            }
            "text:span" => drop(self.cell.spans.pop()),
            "office:annotation" => self.cell.notes = self.cell.notes.saturating_sub(1),
            "table:table-row-group" | "table:table-column-group" if self.depth == 1 => {
                self.folded.pop();
            }
            "table:table-row" if self.depth == 1 => {
                self.row = self.row.saturating_add(self.rows_repeated);
            }
            "table:table" => {
                self.depth = self.depth.saturating_sub(1);
                if self.depth == 0 {
                    let name = std::mem::take(&mut self.name);
                    self.sheets.insert(name, std::mem::take(&mut self.sheet));
                }
            }
            _ => {}
        }
    }

    fn cell(&mut self, tag: &BytesStart<'_>) -> Result<(), Message> {
        let repeated = count(tag, "table:number-columns-repeated")?;
        let is_stated = !attribute(tag, "office:value-type")?.is_empty();
        if is_stated {
            self.cells = self
                .cells
                .saturating_add(repeated.saturating_mul(self.rows_repeated));
            if self.cells > MOST_CELLS {
                return Err(message!("why-workbook-cells", most = MOST_CELLS));
            }
        }
        let rows = count(tag, "table:number-rows-spanned")?;
        let columns = count(tag, "table:number-columns-spanned")?;
        let place = |row: u64, column: u64| {
            let small = |number| u32::try_from(number).unwrap_or(u32::MAX);
            (small(row), small(column))
        };
        let start = place(self.row, self.column);
        if rows > 1 || columns > 1 {
            let end = place(
                self.row.saturating_add(rows - 1),
                self.column.saturating_add(columns - 1),
            );
            self.sheet.merged.push(Dimensions { start, end });
        }
        let own = self.styles.look(&attribute(tag, "table:style-name")?);
        let look = own.unwrap_or_else(|| self.of_column());
        let date = attribute(tag, "office:date-value")?;
        let is_number = !attribute(tag, "office:value")?.is_empty();
        let tells = look.struck
            || (is_number && look.number != NumberLook::Plain)
            || (!date.is_empty() && (look.shown != Shown::Day || date.contains('T')));
        if is_stated && tells && *look != Look::default() {
            // Repeated cells were counted above.
            for place in places((self.row, self.column), self.rows_repeated, repeated) {
                self.sheet.looks.insert(place, Rc::clone(&look));
            }
        }
        self.cell = Cell {
            is_open: is_stated && attribute(tag, "office:string-value")?.is_empty(),
            place: (self.row, self.column),
            columns_repeated: repeated,
            ..Cell::default()
        };
        self.column = self.column.saturating_add(repeated);
        Ok(())
    }

    fn of_column(&self) -> Rc<Look> {
        let mut end = 0_u64;
        for (columns, look) in &self.columns {
            end = end.saturating_add(*columns);
            if end > self.column {
                return Rc::clone(look);
            }
        }
        Rc::default()
    }
}

/// The places of a cell that stands several times.
fn places((row, column): (u64, u64), rows: u64, columns: u64) -> impl Iterator<Item = (u32, u32)> {
    let small = |number| u32::try_from(number).unwrap_or(u32::MAX);
    let rows = row..row.saturating_add(rows);
    rows.flat_map(move |row| {
        let columns = column..column.saturating_add(columns);
        columns.map(move |column| (small(row), small(column)))
    })
}

/// The attribute as a number of 1 or more; 1 where there is none.
pub(super) fn count(tag: &BytesStart<'_>, name: &str) -> Result<u64, Message> {
    let text = attribute(tag, name)?;
    Ok(text.parse().unwrap_or(1).max(1))
}

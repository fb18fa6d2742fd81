//! What the library does not tell of an ODS workbook: merged cells, and dates of which only a part is shown.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader};

use calamine::Dimensions;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::cells::Shown;

/// The most cells with something in them that are read.
const MOST_CELLS: u64 = 30_000_000;

/// The most blanks that one sign stands for.
const MOST_BLANKS: u64 = 1_000_000;

/// What is to be known of a sheet.
#[derive(Debug, Default)]
pub(super) struct Survey {
    pub(super) merged: Vec<Dimensions>,
    /// How much of a date is shown, for the cells that do not show a whole one.
    pub(super) shown: HashMap<(u32, u32), Shown>,
}

/// Looks through the workbook, sheet by sheet.
pub(super) fn survey(file: &mut File) -> Result<HashMap<String, Survey>, String> {
    let broken = |error: &dyn std::fmt::Display| format!("the workbook cannot be read: {error}");
    let mut archive = zip::ZipArchive::new(BufReader::new(file)).map_err(|error| broken(&error))?;
    let mut content = Content::default();
    for part in ["styles.xml", "content.xml"] {
        if part == "styles.xml" && archive.index_for_name(part).is_none() {
            continue;
        }
        let entry = archive.by_name(part).map_err(|error| broken(&error))?;
        let mut reader = Reader::from_reader(BufReader::new(entry));
        let config = reader.config_mut();
        config.check_end_names = false;
        config.expand_empty_elements = true;
        while content.event(&mut reader).map_err(|why| broken(&why))? {}
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
    /// How much the formats of dates show, by their names; and the styles, by theirs.
    formats: HashMap<String, Shown>,
    styles: HashMap<String, Shown>,
    format: Option<(String, [bool; 4])>,
    /// What the columns show where their cells do not say it.
    columns: Vec<(u64, Shown)>,
    text: Vec<u8>,
}

impl Content {
    /// Takes the next piece of the document; answers whether there are more.
    fn event<R: BufRead>(&mut self, reader: &mut Reader<R>) -> Result<bool, String> {
        let mut text = std::mem::take(&mut self.text);
        text.clear();
        let event = reader.read_event_into(&mut text);
        let more = match event.map_err(|error| error.to_string())? {
            Event::Eof => false,
            Event::Start(tag) => {
                self.start(&tag)?;
                true
            }
            Event::End(tag) => {
                self.end(tag.name().as_ref());
                true
            }
            _ => true,
        };
        self.text = text;
        Ok(more)
    }

    fn start(&mut self, tag: &BytesStart<'_>) -> Result<(), String> {
        match tag.name().as_ref() {
            "number:date-style" => {
                self.format = Some((attribute(tag, "style:name")?, [false; 4]));
            }
            "number:year" | "number:era" => self.shows(0),
            "number:month" => self.shows(1),
            "number:day" => self.shows(2),
            "number:hours" | "number:seconds" => self.shows(3),
            "style:style" => {
                let format = attribute(tag, "style:data-style-name")?;
                if let Some(shown) = self.formats.get(&format) {
                    self.styles.insert(attribute(tag, "style:name")?, *shown);
                }
            }
            "table:table" => {
                self.depth += 1;
                if self.depth == 1 {
                    self.name = attribute(tag, "table:name")?;
                    (self.row, self.columns) = (0, Vec::new());
                }
            }
            "table:table-column" if self.depth == 1 => {
                let shown = self.style(&attribute(tag, "table:default-cell-style-name")?);
                let columns = count(tag, "table:number-columns-repeated")?;
                self.columns.push((columns, shown.unwrap_or_default()));
            }
            "table:table-row" if self.depth == 1 => {
                self.column = 0;
                self.rows_repeated = count(tag, "table:number-rows-repeated")?;
            }
            "table:table-cell" | "table:covered-table-cell" if self.depth == 1 => self.cell(tag)?,
            "text:s" if count(tag, "text:c")? > MOST_BLANKS => {
                return Err(format!(
                    "row {} has a text with more than {MOST_BLANKS} blanks",
                    self.row + 1
                ));
            }
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, tag: &str) {
        match tag {
            "number:date-style" => {
                if let Some((name, [year, month, day, time])) = self.format.take() {
                    let shown = Shown::of_parts(year, month, day, time);
                    self.formats.insert(name, shown);
                }
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

    fn cell(&mut self, tag: &BytesStart<'_>) -> Result<(), String> {
        let repeated = count(tag, "table:number-columns-repeated")?;
        let is_stated = !attribute(tag, "office:value-type")?.is_empty();
        if is_stated {
            self.cells = self
                .cells
                .saturating_add(repeated.saturating_mul(self.rows_repeated));
            if self.cells > MOST_CELLS {
                return Err(format!("it has more than {MOST_CELLS} cells"));
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
        if is_stated && !attribute(tag, "office:date-value")?.is_empty() {
            let own = self.style(&attribute(tag, "table:style-name")?);
            let shown = own.unwrap_or_else(|| self.of_column());
            if shown != Shown::Whole {
                // Repeated cells were counted above.
                for row in 0..self.rows_repeated {
                    for column in 0..repeated {
                        let place = place(self.row + row, self.column + column);
                        self.sheet.shown.insert(place, shown);
                    }
                }
            }
        }
        self.column = self.column.saturating_add(repeated);
        Ok(())
    }

    /// None: the style is not told of, or there is none.
    fn style(&self, name: &str) -> Option<Shown> {
        (!name.is_empty()).then(|| self.styles.get(name).copied().unwrap_or_default())
    }

    fn of_column(&self) -> Shown {
        let mut end = 0_u64;
        for (columns, shown) in &self.columns {
            end = end.saturating_add(*columns);
            if end > self.column {
                return *shown;
            }
        }
        Shown::Whole
    }

    fn shows(&mut self, part: usize) {
        let parts = self.format.as_mut().map(|(_, parts)| parts);
        if let Some(shown) = parts.and_then(|parts| parts.get_mut(part)) {
            *shown = true;
        }
    }
}

/// The attribute; empty where there is none.
fn attribute(tag: &BytesStart<'_>, name: &str) -> Result<String, String> {
    let found = tag
        .try_get_attribute(name)
        .map_err(|error| error.to_string())?;
    match found {
        None => Ok(String::new()),
        Some(found) => found
            .normalized_value(quick_xml::XmlVersion::Implicit1_0)
            .map(std::borrow::Cow::into_owned)
            .map_err(|error| error.to_string()),
    }
}

/// The attribute as a number of 1 or more; 1 where there is none.
fn count(tag: &BytesStart<'_>, name: &str) -> Result<u64, String> {
    let text = attribute(tag, name)?;
    Ok(text.parse().unwrap_or(1).max(1))
}

//! Workbooks: XLSX, XLS and ODS. One sheet is read as it shows; formulas give the values that were kept with them.

mod cells;
mod guard;
mod merged;
mod ods;
mod survey;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_of_looks;
mod xlsx;

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufReader, Seek as _, SeekFrom};

use calamine::{DataRef, Ods, Reader as _, SheetVisible, Sheets, Xls, Xlsx};
use cells::{Look, borrowed, owned};
use csv::StringRecord;
use merged::Merged;
use survey::Survey;

use super::table::{About, FirstRows, Headed, Taker, letters};
use super::{Hidden, Intake, IntakeOptions, Leave};
use crate::exchange::template::EXPLANATION;
use crate::input::explained;
use crate::message::Message;
use crate::report::LeftOut;

/// The last column of a sheet, counted from 0.
const LAST_COLUMN: u32 = 16_383;

const PROTECTED: &str = "why-workbook-password";

/// The signs with which packed workbooks begin.
pub(super) const ZIP: &[u8] = b"PK\x03\x04";

/// The signs with which older workbooks begin, and those with a password.
pub(super) const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0";

/// Reads the rows of one sheet.
pub(super) fn read(
    file: &mut File,
    options: &IntakeOptions,
    taker: &mut dyn Taker,
) -> Result<Intake, Message> {
    // The library adds up what a damaged file says without looking whether it fits, and may panic.
    let attempt = std::panic::AssertUnwindSafe(|| read_book(file, options, taker));
    std::panic::catch_unwind(attempt).unwrap_or_else(|_| Err("why-workbook-damaged".into()))
}

fn read_book(
    file: &mut File,
    options: &IntakeOptions,
    taker: &mut dyn Taker,
) -> Result<Intake, Message> {
    let kind = guard::guard(file)?;
    let mut surveys = match kind.format {
        "ods" => ods::survey(file)?,
        _ => HashMap::new(),
    };
    let mut book = opened(file, kind.format)?;
    let chosen = chosen(&mut book, options)?;
    let survey = match &mut book {
        Sheets::Xlsx(book) => {
            if kind.has_formulas {
                refuse_uncalculated(book, &chosen.name)?;
            }
            let merged = book
                .merge_cells_by_sheet_name(&chosen.name)
                .map_err(broken)?;
            Survey {
                merged,
                ..xlsx::survey(file, &chosen.name)?
            }
        }
        Sheets::Xls(book) => {
            let regions = book.merge_cells_by_sheet_name(&chosen.name);
            let merged = regions.map_err(|error| why(&error.into()))?;
            Survey {
                merged,
                ..Survey::default()
            }
        }
        _ => surveys.remove(&chosen.name).unwrap_or_default(),
    };
    let rows = Rows {
        survey: &survey,
        options,
    };
    let mut first = FirstRows::default();
    rows.each(&mut book, &chosen.name, &mut |line, row, about| {
        Ok(first.push(u64::from(line) + 1, row, about.hidden))
    })?;
    let place = first.place(taker, options)?;
    let intake = Intake {
        format: kind.format,
        sheet: Some(chosen.name.clone()),
        sheet_is_hidden: chosen.is_hidden,
        visibility_unknown: kind.format == "xls",
        left_out: LeftOut {
            hidden_sheets: chosen.hidden_sheets,
            ..LeftOut::default()
        },
        ..Intake::default()
    };
    let mut headed = Headed::new(taker, options, place, intake);
    let mut merged = Merged::new(survey.merged.clone());
    rows.each(&mut book, &chosen.name, &mut |line, row, mut about| {
        // A row that somebody names as the headings is read, hidden or not.
        about.hidden &= u64::from(line) + 1 != place.row;
        merged.hand_on(&mut headed, line, row, about)
    })?;
    headed.finish()
}

fn opened(file: &mut File, format: &str) -> Result<Sheets<BufReader<File>>, Message> {
    file.seek(SeekFrom::Start(0))
        .map_err(|error| explained(&error))?;
    let copy = file.try_clone().map_err(|error| explained(&error))?;
    let copy = BufReader::new(copy);
    let opened = match format {
        "xlsx" => Xlsx::new(copy)
            .map(Sheets::Xlsx)
            .map_err(calamine::Error::from),
        "ods" => Ods::new(copy)
            .map(Sheets::Ods)
            .map_err(calamine::Error::from),
        _ => Xls::new(copy)
            .map(Sheets::Xls)
            .map_err(calamine::Error::from),
    };
    opened.map_err(|error| why(&error))
}

fn why(error: &calamine::Error) -> Message {
    let why = error.to_string();
    if why.contains("password protected") {
        PROTECTED.into()
    } else {
        unreadable(&why)
    }
}

fn unreadable(why: &dyn std::fmt::Display) -> Message {
    message!("why-workbook", why = Message::foreign(why))
}

/// The sheet that is read, and what is to be said of the others.
#[derive(Default)]
struct Chosen {
    name: String,
    is_hidden: bool,
    /// Hidden sheets with something in them.
    hidden_sheets: Vec<String>,
}

/// The sheet that is meant: the one that was named, else the only one with something in it. Hidden ones count where what is
/// hidden is taken.
fn chosen(book: &mut Sheets<BufReader<File>>, options: &IntakeOptions) -> Result<Chosen, Message> {
    let sheets = book.sheets_metadata().to_vec();
    let is_hidden = |sheet: &calamine::Sheet| sheet.visible != SheetVisible::Visible;
    if let Some(named) = options.sheet.as_deref() {
        let found = sheets.iter().find(|sheet| sheet.name == named);
        let found = found.ok_or_else(|| {
            let names: Vec<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
            message!("why-workbook-sheet", name = named, sheets = names)
        })?;
        return Ok(Chosen {
            name: named.to_owned(),
            is_hidden: is_hidden(found),
            ..Chosen::default()
        });
    }
    let (mut filled, mut hidden_sheets) = (Vec::new(), Vec::new());
    for sheet in &sheets {
        if !has_something(book, &sheet.name)? {
            continue;
        }
        if is_hidden(sheet) && options.hidden != Some(Hidden::Take) {
            hidden_sheets.push(sheet.name.clone());
        } else {
            filled.push(sheet);
        }
    }
    match &filled[..] {
        // A sheet to fill in brings one that explains it.
        [only, explanation] if explanation.name == EXPLANATION => Ok(Chosen {
            name: only.name.clone(),
            is_hidden: is_hidden(only),
            hidden_sheets,
        }),
        [only] => Ok(Chosen {
            name: only.name.clone(),
            is_hidden: is_hidden(only),
            hidden_sheets,
        }),
        [] if !hidden_sheets.is_empty() => Err(message!(
            "why-workbook-hidden-sheets",
            sheets = hidden_sheets
        )),
        [] => Err("why-workbook-empty".into()),
        _ => {
            let names: Vec<&str> = filled.iter().map(|sheet| sheet.name.as_str()).collect();
            Err(message!("why-workbook-several-sheets", sheets = names))
        }
    }
}

fn has_something(book: &mut Sheets<BufReader<File>>, name: &str) -> Result<bool, Message> {
    if let Sheets::Xlsx(book) = book {
        // A sheet of charts has no cells.
        let Ok(mut cells) = book.worksheet_cells_reader(name) else {
            return Ok(false);
        };
        while let Ok(Some(cell)) = cells.next_cell() {
            if !borrowed(cell.get_value(), &Look::default())
                .trim()
                .is_empty()
            {
                return Ok(true);
            }
        }
        return Ok(false);
    }
    let range = book.worksheet_range(name).map_err(|error| why(&error))?;
    Ok(range
        .used_cells()
        .any(|(_, _, cell)| !owned(cell, &Look::default()).trim().is_empty()))
}

/// Refuses a sheet with a formula of which nobody kept the value: the program that wrote it does not calculate.
fn refuse_uncalculated(book: &mut Xlsx<BufReader<File>>, sheet: &str) -> Result<(), Message> {
    let mut cells = book.worksheet_cells_reader(sheet).map_err(broken)?;
    while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(broken)? {
        if cell.formula.is_some() && cell.value == DataRef::Empty {
            let (row, column) = cell.pos;
            let cell = format!("{}{}", letters(column as usize), row + 1);
            return Err(message!("why-workbook-formula", cell));
        }
    }
    Ok(())
}

fn broken(error: calamine::XlsxError) -> Message {
    why(&error.into())
}

/// What takes a row: its place from 0, its cells, and what else there is to know of it. False stops.
type Each<'e> = dyn FnMut(u32, &StringRecord, About) -> Result<bool, Message> + 'e;

/// The rows of a sheet as they show.
struct Rows<'a> {
    survey: &'a Survey,
    options: &'a IntakeOptions,
}

impl Rows<'_> {
    fn each(
        &self,
        book: &mut Sheets<BufReader<File>>,
        sheet: &str,
        each: &mut Each<'_>,
    ) -> Result<(), Message> {
        match book {
            Sheets::Xlsx(book) => self.streamed(book, sheet, each),
            book => self.held(book, sheet, each),
        }
    }

    /// Gives the rows of a sheet that is held in memory.
    fn held(
        &self,
        book: &mut Sheets<BufReader<File>>,
        sheet: &str,
        each: &mut Each<'_>,
    ) -> Result<(), Message> {
        let range = book.worksheet_range(sheet).map_err(|error| why(&error))?;
        let first = range.start().unwrap_or_default();
        let plain = Look::default();
        for (line, cells) in (first.0..).zip(range.rows()) {
            let mut row = Line::new(line);
            for (column, cell) in (first.1..).zip(cells) {
                let look = self.survey.looks.get(&(line, column));
                let look = look.map_or(&plain, std::rc::Rc::as_ref);
                self.add(&mut row, column, owned(cell, look), look.struck);
            }
            if !each(line, &row.cells, self.about(row.line, row.about))? {
                break;
            }
        }
        Ok(())
    }

    /// Gives the rows of a sheet as they come, without holding the sheet in memory.
    fn streamed(
        &self,
        book: &mut Xlsx<BufReader<File>>,
        sheet: &str,
        each: &mut Each<'_>,
    ) -> Result<(), Message> {
        let mut cells = book.worksheet_cells_reader(sheet).map_err(broken)?;
        let looks: Vec<Look> = cells.styles().iter().map(Look::of_style).collect();
        let plain = Look::default();
        let mut current: Option<Line> = None;
        while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(broken)? {
            let (line, column) = cell.get_position();
            if let Some(before) = current.take_if(|before| before.line != line)
                && !each(
                    before.line,
                    &before.cells,
                    self.about(before.line, before.about),
                )?
            {
                return Ok(());
            }
            if column > LAST_COLUMN {
                return Err(message!("why-workbook-last-column", row = line + 1));
            }
            let row = current.get_or_insert_with(|| Line::new(line));
            let look = looks.get(style).unwrap_or(&plain);
            self.add(row, column, borrowed(cell.get_value(), look), look.struck);
        }
        match current {
            Some(last) => each(last.line, &last.cells, self.about(last.line, last.about)).map(drop),
            None => Ok(()),
        }
    }

    /// Adds a cell as it shows.
    fn add(&self, row: &mut Line, column: u32, text: String, struck: bool) {
        let place = column as usize;
        while row.cells.len() < place {
            row.cells.push_field("");
        }
        if text.is_empty() {
            return row.cells.push_field("");
        }
        let is_hidden = self
            .options
            .hidden
            .is_none_or(|hidden| hidden == Hidden::Skip)
            && self.survey.hidden_columns.contains(column);
        if is_hidden {
            if !text.trim().is_empty() {
                row.about.hidden_cells.push((place, text.trim().to_owned()));
            }
            return row.cells.push_field("");
        }
        if self.options.struck == Some(Leave::Take) {
            return row.cells.push_field(&text);
        }
        let kept = match self.survey.rich.get(&(row.line, column)) {
            Some(rich) => rich.kept(struck),
            None => (struck && !text.trim().is_empty()).then(String::new),
        };
        row.about.struck += u64::from(kept.is_some());
        row.cells.push_field(kept.as_deref().unwrap_or(&text));
    }

    fn about(&self, line: u32, about: About) -> About {
        let is_hidden = self.survey.hidden_rows.contains(line);
        About {
            hidden: is_hidden && self.options.hidden != Some(Hidden::Take),
            ..about
        }
    }
}

/// A row of a sheet, being read.
struct Line {
    line: u32,
    cells: StringRecord,
    about: About,
}

impl Line {
    fn new(line: u32) -> Self {
        Self {
            line,
            cells: StringRecord::new(),
            about: About::default(),
        }
    }
}

//! Workbooks: XLSX, XLS and ODS. One sheet is read; formulas give the values that were kept with them.

mod cells;
mod guard;
mod merged;
mod ods;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufReader, Seek as _, SeekFrom};

use calamine::{DataRef, Ods, Reader as _, Sheets, Xls, Xlsx};
use cells::{Shown, borrowed, owned};
use csv::StringRecord;
use merged::Merged;

use super::table::{Headed, Taker, letters};
use super::{Intake, IntakeOptions};

/// The last column of a sheet, counted from 0.
const LAST_COLUMN: u32 = 16_383;

const PROTECTED: &str = "it is protected by a password; save a copy without one";

/// The signs with which packed workbooks begin.
pub(super) const ZIP: &[u8] = b"PK\x03\x04";

/// The signs with which older workbooks begin, and those with a password.
pub(super) const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0";

/// Reads the rows of one sheet.
pub(super) fn read(
    file: &mut File,
    options: &IntakeOptions,
    taker: &mut dyn Taker,
) -> Result<Intake, String> {
    // The library adds up what a damaged file says without looking whether it fits, and may panic.
    let attempt = std::panic::AssertUnwindSafe(|| read_book(file, options, taker));
    std::panic::catch_unwind(attempt)
        .unwrap_or_else(|_| Err("the workbook cannot be read: it is damaged".to_owned()))
}

fn read_book(
    file: &mut File,
    options: &IntakeOptions,
    taker: &mut dyn Taker,
) -> Result<Intake, String> {
    let kind = guard::guard(file)?;
    let mut surveys = match kind.format {
        "ods" => ods::survey(file)?,
        _ => HashMap::new(),
    };
    file.seek(SeekFrom::Start(0))
        .map_err(|error| error.to_string())?;
    let copy = file.try_clone().map_err(|error| error.to_string())?;
    let copy = BufReader::new(copy);
    let opened = match kind.format {
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
    let mut book = opened.map_err(|error| why(&error))?;
    let sheet = sheet_of(&mut book, options.sheet.as_deref())?;
    let intake = Intake {
        format: kind.format,
        sheet: Some(sheet.clone()),
        ..Intake::default()
    };
    let mut headed = Headed::new(taker, options, intake);
    match &mut book {
        Sheets::Xlsx(book) => {
            if kind.has_formulas {
                refuse_uncalculated(book, &sheet)?;
            }
            streamed(book, &sheet, &mut headed)?;
        }
        book => {
            let mut survey = surveys.remove(&sheet).unwrap_or_default();
            if let Sheets::Xls(book) = book {
                let regions = book.merge_cells_by_sheet_name(&sheet);
                survey.merged = regions.map_err(|error| why(&error.into()))?;
            }
            held(book, &sheet, survey, &mut headed)?;
        }
    }
    headed.finish()
}

fn why(error: &calamine::Error) -> String {
    let why = error.to_string();
    if why.contains("password protected") {
        PROTECTED.to_owned()
    } else {
        format!("the workbook cannot be read: {why}")
    }
}

/// The sheet that is meant: the one that was named, else the only one with something in it.
fn sheet_of(book: &mut Sheets<BufReader<File>>, named: Option<&str>) -> Result<String, String> {
    let names = book.sheet_names();
    if let Some(named) = named {
        let found = names.iter().find(|name| *name == named).cloned();
        return found.ok_or_else(|| {
            format!(
                "it has no sheet {named:?}; its sheets are {}",
                names.join(", ")
            )
        });
    }
    let mut filled = Vec::new();
    for name in &names {
        if has_something(book, name)? {
            filled.push(name.clone());
        }
    }
    match &filled[..] {
        [only] => Ok(only.clone()),
        [] => Err("no sheet of it has anything in it".to_owned()),
        _ => Err(format!(
            "several sheets have something in them: {}; name one with --sheet",
            filled.join(", ")
        )),
    }
}

fn has_something(book: &mut Sheets<BufReader<File>>, name: &str) -> Result<bool, String> {
    if let Sheets::Xlsx(book) = book {
        // A sheet of charts has no cells.
        let Ok(mut cells) = book.worksheet_cells_reader(name) else {
            return Ok(false);
        };
        while let Ok(Some(cell)) = cells.next_cell() {
            if !borrowed(cell.get_value(), Shown::Whole).trim().is_empty() {
                return Ok(true);
            }
        }
        return Ok(false);
    }
    let range = book.worksheet_range(name).map_err(|error| why(&error))?;
    Ok(range
        .used_cells()
        .any(|(_, _, cell)| !owned(cell, Shown::Whole).trim().is_empty()))
}

/// Refuses a sheet with a formula of which nobody kept the value: the program that wrote it does not calculate.
fn refuse_uncalculated(book: &mut Xlsx<BufReader<File>>, sheet: &str) -> Result<(), String> {
    let mut cells = book.worksheet_cells_reader(sheet).map_err(broken)?;
    while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(broken)? {
        if cell.formula.is_some() && cell.value == DataRef::Empty {
            let (row, column) = cell.pos;
            return Err(format!(
                "the cell {}{} has a formula without a value; open it in a spreadsheet, and save it there",
                letters(column as usize),
                row + 1
            ));
        }
    }
    Ok(())
}

fn broken(error: calamine::XlsxError) -> String {
    why(&error.into())
}

/// Hands on the rows of a sheet that is held in memory.
fn held(
    book: &mut Sheets<BufReader<File>>,
    sheet: &str,
    survey: ods::Survey,
    headed: &mut Headed<'_>,
) -> Result<(), String> {
    let mut merged = Merged::new(survey.merged);
    let range = book.worksheet_range(sheet).map_err(|error| why(&error))?;
    let first = range.start().unwrap_or_default();
    let mut row = StringRecord::new();
    for (line, cells) in (first.0..).zip(range.rows()) {
        row.clear();
        (0..first.1).for_each(|_| row.push_field(""));
        for (column, cell) in (first.1..).zip(cells) {
            let shown = survey.shown.get(&(line, column));
            row.push_field(&owned(cell, shown.copied().unwrap_or_default()));
        }
        if !merged.hand_on(headed, line, &row)? {
            break;
        }
    }
    Ok(())
}

/// Hands on the rows of a sheet as they come, without holding the sheet in memory.
fn streamed(
    book: &mut Xlsx<BufReader<File>>,
    sheet: &str,
    headed: &mut Headed<'_>,
) -> Result<(), String> {
    let mut merged = Merged::new(book.merge_cells_by_sheet_name(sheet).map_err(broken)?);
    let mut cells = book.worksheet_cells_reader(sheet).map_err(broken)?;
    let shown: Vec<Shown> = cells.styles().iter().map(Shown::of_style).collect();
    let mut row = StringRecord::new();
    let mut current = None;
    while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(broken)? {
        let (line, column) = cell.get_position();
        if let Some(before) = current.filter(|before| *before != line) {
            if !merged.hand_on(headed, before, &row)? {
                return Ok(());
            }
            row.clear();
        }
        if column > LAST_COLUMN {
            return Err(format!(
                "row {} has a cell beyond the last column",
                line + 1
            ));
        }
        current = Some(line);
        while row.len() < column as usize {
            row.push_field("");
        }
        let shown = shown.get(style).copied().unwrap_or_default();
        row.push_field(&borrowed(cell.get_value(), shown));
    }
    match current {
        Some(line) => merged.hand_on(headed, line, &row).map(|_| ()),
        None => Ok(()),
    }
}

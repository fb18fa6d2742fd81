//! Workbooks: XLSX, XLS and ODS. One sheet is read; formulas give the values that were kept with them.

use std::fs::File;
use std::io::{BufReader, Read, Seek as _, SeekFrom};

use calamine::{Data, DataRef, Dimensions, ExcelDateTime, Ods, Reader as _, Sheets, Xls, Xlsx};
use csv::StringRecord;

use super::table::{Headed, Taker, letters};
use super::{Intake, IntakeOptions};

/// How much a workbook may hold when it is unpacked, in bytes: far more than a sheet of a million rows.
const UNPACKED: u64 = 2 << 30;

/// The signs with which packed workbooks begin.
pub(super) const ZIP: &[u8] = b"PK\x03\x04";

/// The signs with which older workbooks begin, and those with a password.
pub(super) const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0";

/// Reads the rows of one sheet.
pub(super) fn read(
    file: &mut File,
    options: &IntakeOptions,
    deep: usize,
    taker: &mut dyn Taker,
) -> Result<Intake, String> {
    // The library adds up what a damaged file says without looking whether it fits, and may panic.
    let attempt = std::panic::AssertUnwindSafe(|| read_book(file, options, deep, taker));
    std::panic::catch_unwind(attempt)
        .unwrap_or_else(|_| Err("the workbook cannot be read: it is damaged".to_owned()))
}

fn read_book(
    file: &mut File,
    options: &IntakeOptions,
    deep: usize,
    taker: &mut dyn Taker,
) -> Result<Intake, String> {
    let kind = guard(file)?;
    file.seek(SeekFrom::Start(0))
        .map_err(|error| error.to_string())?;
    let copy = file.try_clone().map_err(|error| error.to_string())?;
    let copy = BufReader::new(copy);
    let opened = match kind {
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
        format: kind,
        sheet: Some(sheet.clone()),
        ..Intake::default()
    };
    let mut headed = Headed::new(taker, options.header_row, deep, intake);
    match &mut book {
        Sheets::Xlsx(book) => streamed(book, &sheet, &mut headed)?,
        book => {
            let range = book.worksheet_range(&sheet).map_err(|error| why(&error))?;
            let first = range.start().unwrap_or_default();
            let mut row = StringRecord::new();
            for (index, cells) in range.rows().enumerate() {
                row.clear();
                (0..first.1).for_each(|_| row.push_field(""));
                cells.iter().for_each(|cell| row.push_field(&text(cell)));
                if !headed.push(u64::from(first.0) + index as u64 + 1, &row)? {
                    break;
                }
            }
        }
    }
    headed.finish()
}

fn why(error: &calamine::Error) -> String {
    let why = error.to_string();
    if why.contains("password protected") {
        "it is protected by a password; save a copy without one".to_owned()
    } else {
        format!("the workbook cannot be read: {why}")
    }
}

/// Answers what the workbook is; refuses what is protected by a password, and what unpacks to more than anybody can read.
fn guard(file: &mut File) -> Result<&'static str, String> {
    file.seek(SeekFrom::Start(0))
        .map_err(|error| error.to_string())?;
    let mut start = [0; 4];
    file.read_exact(&mut start)
        .map_err(|error| error.to_string())?;
    file.seek(SeekFrom::Start(0))
        .map_err(|error| error.to_string())?;
    if start != ZIP {
        let mut bytes = Vec::new();
        (&mut *file)
            .take(1 << 20)
            .read_to_end(&mut bytes)
            .map_err(|error| error.to_string())?;
        let protected: Vec<u8> = "EncryptedPackage"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let found = memchr::memmem::find(&bytes, &protected).is_some();
        return if found {
            Err("it is protected by a password; save a copy without one".to_owned())
        } else {
            Ok("xls")
        };
    }
    let broken = |error: &dyn std::fmt::Display| format!("the workbook cannot be read: {error}");
    let mut archive =
        zip::ZipArchive::new(BufReader::new(&mut *file)).map_err(|error| broken(&error))?;
    let mut total = 0;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(|error| broken(&error))?;
        let rest = UNPACKED - total + 1;
        total += std::io::copy(&mut entry.take(rest), &mut std::io::sink())
            .map_err(|error| broken(&error))?;
        if total > UNPACKED {
            return Err(format!(
                "it unpacks to more than {} GB: no workbook for reading does",
                UNPACKED >> 30
            ));
        }
    }
    if archive.index_for_name("xl/workbook.xml").is_some() {
        Ok("xlsx")
    } else if archive.index_for_name("content.xml").is_some() {
        Ok("ods")
    } else {
        Err("it is a packed file, and no workbook".to_owned())
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
            if !shown(cell.get_value()).trim().is_empty() {
                return Ok(true);
            }
        }
        return Ok(false);
    }
    let range = book.worksheet_range(name).map_err(|error| why(&error))?;
    Ok(range
        .used_cells()
        .any(|(_, _, cell)| !text(cell).trim().is_empty()))
}

/// Hands on the rows of a sheet as they come, without holding the sheet in memory.
fn streamed(
    book: &mut Xlsx<BufReader<File>>,
    sheet: &str,
    headed: &mut Headed<'_>,
) -> Result<(), String> {
    let broken = |error: calamine::XlsxError| format!("the workbook cannot be read: {error}");
    let merged = book.merge_cells_by_sheet_name(sheet).map_err(broken)?;
    let mut reader = book.worksheet_cells_reader(sheet).map_err(broken)?;
    let mut row = StringRecord::new();
    let mut current = None;
    while let Some(cell) = reader.next_cell().map_err(broken)? {
        let (line, column) = cell.get_position();
        if current.is_some_and(|current| current != line) {
            if !hand_on(headed, &merged, current, &row)? {
                return Ok(());
            }
            row.clear();
        }
        current = Some(line);
        while row.len() < column as usize {
            row.push_field("");
        }
        row.push_field(&shown(cell.get_value()));
    }
    hand_on(headed, &merged, current, &row).map(|_| ())
}

fn hand_on(
    headed: &mut Headed<'_>,
    merged: &[Dimensions],
    line: Option<u32>,
    row: &StringRecord,
) -> Result<bool, String> {
    let Some(line) = line else { return Ok(true) };
    if headed.has_headings()
        && let Some(region) = merged
            .iter()
            .find(|region| region.start.0 != region.end.0 && region.contains(line, region.start.1))
    {
        let cell = |(row, column): (u32, u32)| format!("{}{}", letters(column as usize), row + 1);
        return Err(format!(
            "the cells {}:{} are merged: it is not clear for which rows they speak; split them, and fill each",
            cell(region.start),
            cell(region.end)
        ));
    }
    headed.push(u64::from(line) + 1, row)
}

fn text(cell: &Data) -> String {
    match cell {
        Data::Float(number) => float(*number),
        Data::DateTime(moment) => date(moment),
        Data::DateTimeIso(text) => day(text).to_owned(),
        other => other.to_string(),
    }
}

fn shown(cell: &DataRef<'_>) -> String {
    match cell {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => float(*number),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(flag) => flag.to_string(),
        DataRef::DateTime(moment) => date(moment),
        DataRef::DateTimeIso(text) => day(text).to_owned(),
        DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

/// The fewest digits that say the number, without an exponent. A spreadsheet keeps 15 digits; what is beyond them is how the
/// number was kept, not what was typed.
fn float(number: f64) -> String {
    let digits = format!("{number:.14e}");
    let rounded: f64 = digits.parse().unwrap_or(number);
    rounded.to_string()
}

/// A date as ISO 8601, with its time where it has one.
fn date(moment: &ExcelDateTime) -> String {
    match moment.as_datetime().filter(|_| moment.is_datetime()) {
        Some(time) if time.time() == chrono::NaiveTime::MIN => time.date().to_string(),
        Some(time) => time.format("%Y-%m-%dT%H:%M:%S").to_string(),
        None => float(moment.as_f64()),
    }
}

/// A moment in ISO 8601 as a day, where it is midnight.
fn day(text: &str) -> &str {
    text.strip_suffix("T00:00:00").unwrap_or(text)
}

#[cfg(test)]
mod tests;

//! CSV and its kin: which sign stands between the cells, and the rows.

use std::fs::File;
use std::io::Read;
use std::rc::Rc;

use csv::{ReaderBuilder, StringRecord};
use encoding_rs::Encoding;

use super::decoded::{Decoded, END, LONGEST_ROW, Told};
use super::table::{About, FirstRows, Headed, Taker};
use super::{Intake, IntakeOptions, encoding, rewind};
use crate::input::explained;
use crate::message::Message;

/// Signs that may stand between cells.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// How much of the text is looked at to find the delimiter.
const HEAD: u64 = 1 << 18;

/// The longest cell, in bytes: the longest text of the registry, in letters of four bytes.
const LONGEST_CELL: usize = 4 * crate::domain::LONGEST_TEXT;

/// Reads the rows of a delimited text.
pub(super) fn read(
    file: &mut File,
    options: &IntakeOptions,
    taker: &mut dyn Taker,
) -> Result<Intake, Message> {
    let encoding = encoding::encoding_of(file, options.encoding.as_deref())?;
    let head = head(file, encoding)?;
    let delimiter = match options.delimiter {
        Some(delimiter) => u8::try_from(delimiter)
            .ok()
            .filter(u8::is_ascii)
            .ok_or_else(|| message!("why-list-delimiter", sign = delimiter))?,
        None => delimiter_of(&head, b'"', taker),
    };
    let quote = quote_of(&head, delimiter);
    let delimiter = match options.delimiter {
        None if quote != b'"' => delimiter_of(&head, quote, taker),
        _ => delimiter,
    };
    let intake = Intake {
        format: "csv",
        encoding: Some(encoding.name()),
        delimiter: Some(char::from(delimiter)),
        quote: Some(char::from(quote)),
        ..Intake::default()
    };
    let signs = (delimiter, quote);
    let mut first = FirstRows::default();
    rows(file, encoding, signs, &mut |number, row| {
        Ok(first.push(number, row, false))
    })?;
    let place = first.place(taker, options)?;
    let mut headed = Headed::new(taker, options, place, intake);
    rows(file, encoding, signs, &mut |number, row| {
        headed.push(number, row, About::default())
    })?;
    headed.finish()
}

/// The beginning of the text, up to the end of a line.
fn head(file: &mut File, encoding: &'static Encoding) -> Result<Vec<u8>, Message> {
    rewind(file)?;
    let mut text = Vec::new();
    Decoded::new(&mut *file, encoding, Rc::default())
        .take(HEAD)
        .read_to_end(&mut text)
        .map_err(|error| explained(&error))?;
    let is_whole = text.len() < usize::try_from(HEAD).unwrap_or(usize::MAX);
    if let Some(end) = memchr::memrchr(b'\n', &text).filter(|_| !is_whole) {
        text.truncate(end + 1);
    }
    Ok(text)
}

/// The delimiter with which the most headings are known, else the one that cuts the most rows into the same number of cells.
fn delimiter_of(head: &[u8], quote: u8, taker: &dyn Taker) -> u8 {
    let mut known = (0, b',');
    let mut best = (0, 0, b',');
    for delimiter in DELIMITERS {
        let reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .quote(quote)
            .has_headers(false)
            .flexible(true)
            .from_reader(head);
        let rows = reader.into_records().take(200).map_while(Result::ok);
        let rows: Vec<StringRecord> = rows.filter(|row| row.len() > 1).collect();
        let scores = taker.scores(rows.get(..30).unwrap_or(&rows));
        let score = scores.into_iter().max().unwrap_or_default();
        if score > known.0 {
            known = (score, delimiter);
        }
        let mut widths = std::collections::BTreeMap::<usize, usize>::new();
        for row in &rows {
            *widths.entry(row.len()).or_default() += 1;
        }
        let Some((width, count)) = widths.into_iter().max_by_key(|(_, count)| *count) else {
            continue;
        };
        best = best.max((count, width, delimiter));
    }
    if known.0 > 0 { known.1 } else { best.2 }
}

/// The sign that encloses cells: an apostrophe where nothing is enclosed otherwise, and all cells of the first wide row are so.
fn quote_of(head: &[u8], delimiter: u8) -> u8 {
    if memchr::memchr(b'"', head).is_some() {
        return b'"';
    }
    let is_enclosed =
        |cell: &&[u8]| cell.len() > 1 && cell.starts_with(b"'") && cell.ends_with(b"'");
    let lines = head.split(|byte| matches!(byte, b'\r' | b'\n'));
    let mut rows = lines.map(|line| line.split(|byte| *byte == delimiter).collect::<Vec<_>>());
    match rows.find(|cells| cells.len() > 1) {
        Some(cells) if cells.iter().all(is_enclosed) => b'\'',
        _ => b'"',
    }
}

/// Hands every row to `each`, by the number that a spreadsheet shows, until it answers false.
fn rows(
    file: &mut File,
    encoding: &'static Encoding,
    (delimiter, quote): (u8, u8),
    each: &mut dyn FnMut(u64, &StringRecord) -> Result<bool, Message>,
) -> Result<(), Message> {
    rewind(file)?;
    let told = Rc::<Told>::default();
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .quote(quote)
        .has_headers(false)
        .flexible(true)
        .buffer_capacity(1 << 16)
        .from_reader(Decoded::new(file, encoding, Rc::clone(&told)));
    let mut row = StringRecord::new();
    let mut numbers = Numbers::default();
    loop {
        told.since_row.set(0);
        match reader.read_record(&mut row) {
            Ok(true) => {}
            Ok(false) => return Ok(()),
            Err(error) => return Err(failed(numbers.last, &error)),
        }
        if row.len() == 1 && row.get(0) == Some(END) {
            return Ok(());
        }
        let number = numbers.next(told.lines_before(reader.position().byte()), &row);
        if row
            .as_slice()
            .strip_suffix('\n')
            .is_some_and(|text| text.ends_with(END))
        {
            return Err(never_closed(number + 1, &row)); // its own end is within it
        }
        let is_long = row.as_slice().len() > LONGEST_CELL;
        if let Some(place) = row
            .iter()
            .position(|cell| is_long && cell.len() > LONGEST_CELL)
        {
            return Err(message!(
                "why-list-long-cell",
                row = number,
                cell = place + 1,
                most = LONGEST_CELL
            ));
        }
        if !each(number, &row)? {
            return Ok(());
        }
    }
}

fn failed(last: u64, error: &csv::Error) -> Message {
    match error.kind() {
        csv::ErrorKind::Io(cause) if cause.kind() == std::io::ErrorKind::InvalidData => {
            message!("why-list-long-row", row = last, most = LONGEST_ROW)
        }
        csv::ErrorKind::Io(cause) => explained(cause),
        _ => message!("why-list-row-not-utf-8", row = last),
    }
}

fn never_closed(number: u64, row: &StringRecord) -> Message {
    let cell = row.iter().next_back().unwrap_or_default();
    let end = cell.rfind(END).unwrap_or(cell.len());
    let begins: String = cell
        .get(..end)
        .unwrap_or_default()
        .trim_end()
        .replace("\r\n", "\n")
        .replace(['\r', '\n'], "↵")
        .chars()
        .take(30)
        .collect();
    message!(
        "why-list-never-closed",
        row = number,
        cell = row.len(),
        begins
    )
}

/// Row numbers as a spreadsheet shows them: a line break within a cell is no new row, an empty line is a row.
#[derive(Default)]
struct Numbers {
    last: u64,
}

impl Numbers {
    /// The number of a row with which `lines` more lines ended.
    fn next(&mut self, lines: u64, row: &StringRecord) -> u64 {
        self.last = (self.last + lines).saturating_sub(breaks_in(row));
        self.last
    }
}

/// Line breaks within the cells of a row.
fn breaks_in(row: &StringRecord) -> u64 {
    if memchr::memchr2(b'\r', b'\n', row.as_slice().as_bytes()).is_none() {
        return 0;
    }
    let in_cell = |cell: &str| {
        let ends = cell.bytes().filter(|byte| matches!(byte, b'\r' | b'\n'));
        ends.count() - cell.matches("\r\n").count()
    };
    row.iter().map(in_cell).sum::<usize>() as u64
}

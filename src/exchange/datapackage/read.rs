//! A Data Package of ours read back: the rows of the lists are merged with those of their records, in the order in which both
//! stand, so that memory does not grow with the package.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use serde_json::{Map, Value};

use super::{DESCRIPTOR, NAME, file_name, schema, zipped};
use crate::domain::unguarded;
use crate::exchange::Error;
use crate::exchange::cells::{read_item, value};
use crate::exchange::records::document;
use crate::exchange::tables::Table;
use crate::input::{self, Pace, Paced};
use crate::message::Message;
use crate::store::{Document, Kind};

/// Rows of one table.
struct Rows {
    table: &'static Table,
    reader: csv::Reader<BufReader<Paced<File>>>,
    pace: Pace,
    /// The row that was read and not used yet.
    next: Option<csv::StringRecord>,
}

impl Rows {
    fn open(folder: &Path, table: &'static Table) -> Result<Self, Error> {
        let file = input::open(&folder.join(file_name(table))).map_err(Error::Read)?;
        let (file, pace) = Paced::new(file);
        let reader = csv::Reader::from_reader(BufReader::new(file));
        let mut rows = Self {
            table,
            reader,
            pace,
            next: None,
        };
        let headings = match rows.reader.headers() {
            Ok(headings) => headings,
            Err(error) => {
                return Err(rows.refuse(1, Message::foreign(error)));
            }
        };
        if !headings.iter().eq(table.headings()) {
            let wanted = table.headings().join(",");
            return Err(rows.refuse(1, message!("why-other-columns", wanted)));
        }
        rows.advance()?;
        Ok(rows)
    }

    fn refuse(&self, line: u64, why: Message) -> Error {
        Error::Line {
            file: file_name(self.table),
            line,
            why,
        }
    }

    /// What is wrong with the row at hand.
    fn refuse_row(&self, row: &csv::StringRecord, why: Message) -> Error {
        let line = row.position().map_or(0, csv::Position::line);
        self.refuse(line, why)
    }

    fn advance(&mut self) -> Result<Option<csv::StringRecord>, Error> {
        let mut row = csv::StringRecord::new();
        self.pace.next();
        let is_row = match self.reader.read_record(&mut row) {
            Ok(is_row) => is_row,
            Err(error) => {
                let line = self.reader.position().line();
                return Err(self.refuse(line, Message::foreign(error)));
            }
        };
        Ok(std::mem::replace(&mut self.next, is_row.then_some(row)))
    }

    /// The next row, when it belongs to the record `code`.
    fn next_of(&mut self, code: &str) -> Result<Option<csv::StringRecord>, Error> {
        let owner = self.next.as_ref().and_then(|row| row.get(0));
        match owner.map(unguarded) {
            Some(owner) if owner == code => self.advance(),
            _ => Ok(None),
        }
    }
}

/// Reads the package in a folder; `take` gets its records one by one, and may end the reading.
pub(crate) fn read_folder(
    folder: &Path,
    take: &mut dyn FnMut(Document) -> bool,
) -> Result<(), Error> {
    let descriptor = input::read(&folder.join(DESCRIPTOR), input::LONGEST_TEXT);
    let descriptor: Value = serde_json::from_slice(&descriptor.map_err(Error::Read)?)?;
    let said = |name: &str| descriptor.get(name).and_then(Value::as_str);
    if said("name") != Some(NAME) || said("version") != Some(schema::VERSION) {
        return Err(Error::NotOurs {
            file: DESCRIPTOR.to_owned(),
            why: message!(
                "why-describes-no-table",
                name = NAME,
                version = schema::VERSION
            ),
        });
    }
    for kind in Kind::ALL.iter().copied() {
        if !read_kind(folder, kind, take)? {
            break;
        }
    }
    Ok(())
}

/// Reads the package in an archive, which is unpacked into the new folder `folder` first.
pub(crate) fn read_zip(
    archive: &Path,
    folder: &Path,
    take: &mut dyn FnMut(Document) -> bool,
) -> Result<(), Error> {
    let files = schema::tables(true).map(file_name);
    zipped::unpack(archive, folder, files.chain([DESCRIPTOR.to_owned()]))?;
    read_folder(folder, take)
}

fn read_kind(
    folder: &Path,
    kind: Kind,
    take: &mut dyn FnMut(Document) -> bool,
) -> Result<bool, Error> {
    let Some(table) = Table::of(kind) else {
        return Ok(true);
    };
    let mut rows = Rows::open(folder, table)?;
    let mut lists = Vec::new();
    for (table, list) in Table::lists_of(kind) {
        lists.push((list, Rows::open(folder, table)?));
    }
    while let Some(row) = rows.advance()? {
        let refuse = |why| rows.refuse_row(&row, why);
        let mut fields = Map::new();
        for (column, cell) in table.columns.iter().zip(&row) {
            fields.insert(column.name.to_owned(), value(column, cell).map_err(refuse)?);
        }
        let code = row.get(0).map(unguarded).unwrap_or_default();
        for (list, items) in &mut lists {
            let mut found = Vec::new();
            while let Some(row) = items.next_of(code)? {
                let (number, cells) = (row.get(1).unwrap_or_default(), row.iter().skip(2));
                let item = read_item(items.table, list, number, cells);
                found.push(item.map_err(|why| items.refuse_row(&row, why))?);
            }
            fields.insert(list.field.to_owned(), found.into());
        }
        if !take(document(kind, fields.into()).map_err(refuse)?) {
            return Ok(false);
        }
    }
    for (_, items) in &lists {
        if let Some(row) = &items.next {
            let why = message!("why-row-of-nothing", kind);
            return Err(items.refuse_row(row, why));
        }
    }
    Ok(true)
}

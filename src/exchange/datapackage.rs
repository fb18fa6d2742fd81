//! A Data Package (datapackage.org, version 2): a folder with one CSV a table and `datapackage.json`, which says what the
//! columns hold, which of them are keys, and what they refer to. A `.zip` holds the same files.
//!
//! Rows stand in the order of the records' codes. An empty field is what is not stated; free text is guarded as
//! [`crate::domain::guarded`] says. The tables `provenance` and `named_source` follow from the others.

mod read;
mod schema;
mod zipped;

use std::fs::{self, File};
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::cells::{cell, item, items};
use super::tables::Table;
use super::{Error, Exporter, Provided};
use crate::store::{Document, Kind};
pub(crate) use read::{read_folder, read_zip};
pub(crate) use zipped::pack;

/// The files of a package without the tables that follow from others, its description first.
pub(super) fn package_files() -> impl Iterator<Item = String> {
    [DESCRIPTOR.to_owned()]
        .into_iter()
        .chain(Table::all().map(file_name))
}

/// The file that describes the others.
pub(super) const DESCRIPTOR: &str = "datapackage.json";
/// What a package of ours is called.
const NAME: &str = "tpmc-registry";

/// What the file says that describes the others.
pub(super) fn descriptor_bytes(is_whole: bool) -> Result<Vec<u8>, Error> {
    let mut bytes = serde_json::to_vec_pretty(&schema::descriptor(is_whole))?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Writes a Data Package into a folder.
pub(crate) struct DataPackage {
    folder: PathBuf,
    tables: Vec<(&'static Table, csv::Writer<BufWriter<File>>)>,
    is_whole: bool,
}

fn file_name(table: &Table) -> String {
    format!("{}.csv", table.name)
}

impl DataPackage {
    /// Begins a package in the new folder `folder`.
    pub(crate) fn new(folder: &Path) -> Result<Self, Error> {
        Self::begin(folder, true)
    }

    /// Begins a package without the tables that follow from others.
    pub(crate) fn of_records(folder: &Path) -> Result<Self, Error> {
        Self::begin(folder, false)
    }

    fn begin(folder: &Path, is_whole: bool) -> Result<Self, Error> {
        fs::create_dir(folder)?;
        let open = |table: &'static Table| -> Result<_, Error> {
            let file = BufWriter::new(File::create(folder.join(file_name(table)))?);
            let mut writer = csv::Writer::from_writer(file);
            writer.write_record(table.headings())?;
            Ok((table, writer))
        };
        Ok(Self {
            folder: folder.to_owned(),
            tables: schema::tables(is_whole)
                .map(open)
                .collect::<Result<_, _>>()?,
            is_whole,
        })
    }

    fn write(
        &mut self,
        kind: Kind,
        code: &str,
        value: &Value,
        is_derived: bool,
    ) -> Result<(), Error> {
        let tables = self
            .tables
            .iter_mut()
            .filter(|(table, _)| table.kind == kind && schema::is_derived(table) == is_derived);
        for (table, writer) in tables {
            let Some(list) = &table.list else {
                let cells = table
                    .columns
                    .iter()
                    .map(|column| cell(column, value.get(column.name)));
                writer.write_record(cells.map(|cell| cell.into_owned().into_bytes()))?;
                continue;
            };
            for (place, value) in items(value.get(list.field)).iter().enumerate() {
                let (number, field) = item(list, place, value);
                let owner = crate::domain::guarded(code).into_owned();
                let cells = table
                    .columns
                    .iter()
                    .map(|column| field(column).into_owned());
                writer.write_record([owner, number].into_iter().chain(cells))?;
            }
        }
        Ok(())
    }
}

impl Exporter for DataPackage {
    fn wants(&self, _kind: Kind) -> bool {
        true
    }

    fn record(&mut self, document: &Document, provided: &Provided) -> Result<(), Error> {
        self.write(
            document.kind(),
            document.code(),
            &document.to_value()?,
            false,
        )?;
        if let (Document::Project(project), true) = (document, self.is_whole) {
            let mut derived = serde_json::to_value(provided.provenance(project))?;
            if let Some(fields) = derived.as_object_mut() {
                fields.insert("project".to_owned(), document.code().into());
            }
            self.write(Kind::Project, document.code(), &derived, true)?;
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<(), Error> {
        for (_, writer) in &mut self.tables {
            writer.flush()?;
        }
        let descriptor = descriptor_bytes(self.is_whole)?;
        Ok(fs::write(self.folder.join(DESCRIPTOR), descriptor)?)
    }
}

//! Foreign formats: the records as others read them, and our own exports read back.
//!
//! An [`Exporter`] takes one record at a time, in the order of [`Kind::ALL`], so that memory does not grow with the registry.
//! [`tables`] says once which columns every list of a record has; the project sheet, the data package and the workbook are
//! made from it, and read back by it.

mod archive;
mod bundle;
mod cells;
mod datapackage;
mod error;
mod iati;
mod intake;
mod loss;
mod oc4ids;
mod party_sheet;
mod plan;
mod project_sheet;
mod provided;
mod read;
mod records;
mod reporter;
mod table_file;
mod tables;
mod template;
mod workbook;

use std::io::Write;

pub(crate) use bundle::{
    BundleReport, BundleWriter, Current, check as check_bundle, entry_document,
    tiles as bundle_tiles,
};
pub(crate) use datapackage::{DataPackage, pack};
pub(crate) use error::Error;
pub(crate) use iati::Iati;
#[allow(unused_imports, reason = "the commands that read come with the plan")]
pub(crate) use intake::*;
pub(crate) use loss::Loss;
pub(crate) use oc4ids::Oc4ids;
pub(crate) use party_sheet::{PARTY_COLUMNS, party_cells};
pub(crate) use plan::*;
pub(crate) use project_sheet::ProjectSheet;
pub(crate) use provided::Provided;
pub(crate) use read::Import;
pub(crate) use records::{JsonRecords, NdjsonRecords};

pub(crate) use reporter::{Reporter, web_address};
pub(crate) use table_file::TableFile;
pub(crate) use tables::fields_of_projects;
pub(crate) use template::{Template, TemplateColumn};
pub(crate) use workbook::Workbook;

use crate::store::{Document, Kind};

/// A format that records are written in.
pub(crate) trait Exporter {
    /// Whether records of this kind have a place in the format.
    fn wants(&self, kind: Kind) -> bool;

    /// Writes one record. `provided` holds what it refers to.
    fn record(&mut self, document: &Document, provided: &Provided) -> Result<(), Error>;

    /// Writes what comes after the last record.
    fn finish(&mut self) -> Result<(), Error>;

    /// What the records written since the last call lost.
    fn take_losses(&mut self) -> Vec<Loss> {
        Vec::new()
    }
}

/// Where an export goes.
pub(crate) type Sink<'a> = &'a mut dyn Write;

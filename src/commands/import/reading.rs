//! How a foreign file is read: the options, and the mapping, which is a file or one that the registry keeps.

use std::path::Path;

use clap::Args;

use super::ImportError;
use crate::error::Error;
use crate::exchange::{self, IntakeOptions, PlannedMapping};
use crate::store::{self, Reader};

/// What is not to be found out from the file.
#[derive(Debug, Args)]
#[command(next_help_heading = "Reading the file")]
pub(crate) struct ReadingArgs {
    /// Its encoding, where it is not to be found out: utf-8, gb18030, shift_jis, windows-1252 …
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// What separates its cells, where it is not to be found out
    #[arg(long, value_name = "CHARACTER")]
    delimiter: Option<char>,
    /// The row in which its headings stand
    #[arg(long, value_name = "NUMBER")]
    header_row: Option<u64>,
    /// How many rows its headings fill
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    header_rows: usize,
    /// The sheet of a workbook, by name
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
}

impl ReadingArgs {
    pub(crate) fn options(&self) -> IntakeOptions {
        IntakeOptions {
            encoding: self.encoding.clone(),
            delimiter: self.delimiter,
            header_row: self.header_row,
            header_rows: self.header_rows,
            sheet: self.sheet.clone(),
        }
    }
}

/// The mapping that `named` is: a file of that name, else one that the registry keeps.
pub(super) fn mapping(named: &str, reader: &mut Reader<'_>) -> Result<PlannedMapping, Error> {
    let path = Path::new(named);
    if path.is_file() {
        let text = std::fs::read_to_string(path).map_err(|cause| Error::Read {
            path: path.to_owned(),
            cause,
        })?;
        return Ok(PlannedMapping {
            name: named.to_owned(),
            text,
        });
    }
    let kept = reader.find::<store::Mapping>(named)?;
    let kept = kept.ok_or_else(|| ImportError::NoMapping(named.to_owned()))?;
    Ok(PlannedMapping {
        name: kept.code,
        text: kept.text,
    })
}

/// The mapping as the reader of files needs it.
pub(super) fn parsed(mapping: &PlannedMapping) -> Result<exchange::Mapping, Error> {
    Ok(exchange::Mapping::from_toml(&mapping.name, &mapping.text)?)
}

//! `tpmc import map`

use std::path::PathBuf;

use clap::Args;

use super::file::refuse_to_overwrite;
use crate::context::Context;
use crate::domain::Invalid;
use crate::error::Error;
use crate::exchange::{self, Hidden, IntakeOptions, Leave, References};
use crate::store::{Country, Currency};

/// Draft a mapping for a table of others
///
/// A mapping is a TOML file that says what the columns of a table mean. The draft names the key, the title and the host where the
/// table makes them plain, and lists every column with its most frequent values as comments. It is to be read and completed by a
/// person: what no line names is not imported.
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc import map list.xlsx --sheet Projects -o list.toml")]
pub(crate) struct Map {
    /// The table: CSV, TSV, XLSX, XLS, ODS, JSON or NDJSON
    file: PathBuf,
    #[command(flatten)]
    reading: ReadingArgs,
}

/// How a table is read, where it is not to be found out.
#[derive(Debug, Args)]
pub(crate) struct ReadingArgs {
    /// Encoding: utf-8, utf-16le, utf-16be, gb18030, shift_jis, windows-1252; the default is found out from the whole file
    #[arg(long, value_name = "NAME")]
    pub(crate) encoding: Option<String>,
    /// What stands between cells: a comma, a semicolon, a tab, …; the default is found out
    #[arg(long, value_name = "SIGN", value_parser = delimiter)]
    pub(crate) delimiter: Option<char>,
    /// The row in which the headings stand, from 1; the default is found out
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) header_row: Option<u64>,
    /// How many rows the headings fill; names of the upper ones stand in front, as in "Money / Currency"
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=10))]
    pub(crate) header_rows: Option<u8>,
    /// The sheet of a workbook; needed where several have something in them
    #[arg(long, value_name = "NAME")]
    pub(crate) sheet: Option<String>,
    /// Hidden rows, columns and sheets of a workbook: left out and counted by default
    #[arg(long, value_name = "HOW", value_enum)]
    pub(crate) hidden: Option<Hidden>,
    /// Struck-out text of a workbook: left out and counted by default
    #[arg(long, value_name = "HOW", value_enum)]
    pub(crate) struck: Option<Leave>,
    /// Rows of totals: left out and counted by default
    #[arg(long, value_name = "HOW", value_enum)]
    pub(crate) totals: Option<Leave>,
}

fn delimiter(text: &str) -> Result<char, Invalid> {
    let mut letters = text.chars();
    match (text, letters.next(), letters.next()) {
        ("tab" | "\\t", ..) => Ok('\t'),
        (_, Some(sign), None) => Ok(sign),
        _ => Err(Invalid::new("what-delimiter", text, "why-delimiter")),
    }
}

impl ReadingArgs {
    pub(crate) fn options(&self) -> IntakeOptions {
        IntakeOptions {
            encoding: self.encoding.clone(),
            delimiter: self.delimiter,
            header_row: self.header_row,
            header_rows: self.header_rows.map(usize::from),
            sheet: self.sheet.clone(),
            hidden: self.hidden,
            struck: self.struck,
            totals: self.totals,
        }
    }
}

impl Map {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        refuse_to_overwrite(&self.file, context.output())?;
        let references = context.read(|reader| {
            let (countries, currencies) = (reader.all::<Country>()?, reader.all::<Currency>()?);
            Ok(References::new(countries, currencies))
        })?;
        let words = (&references, context.out.phrases());
        let draft = exchange::draft(&self.file, &self.reading.options(), words);
        let draft = draft.map_err(|error| Error::of_file(&self.file, error))?;
        context.out.data(draft.as_bytes())
    }
}

//! `tpmc export parties`: the party sheet, which `tpmc import plan` reads back.

use std::fs::File;
use std::io::Write;
use std::path::Path;

use serde_json::{Map, Value};

use super::Export;
use super::pages::PAGE;
use crate::context::Context;
use crate::error::Error;
use crate::exchange::{self, PARTY_COLUMNS, TableFile, party_cells};
use crate::render::{self, Format};
use crate::store::{Document, Kind, Party, Reader};

impl Export {
    /// Writes all parties: CSV, JSON or a workbook, as --format or the name of the file says.
    pub(super) fn parties(&self, context: &Context) -> Result<(), Error> {
        self.refuse_a_part(context, "why-parties-whole")?;
        let format = match (context.named_format(), context.output()) {
            (None, None) => Format::Csv,
            _ => context.format()?,
        };
        match format {
            Format::Csv => context.read(|reader| {
                context.out.stream_csv(|sink| {
                    let mut writer = csv::Writer::from_writer(sink);
                    let written = writer.write_record(PARTY_COLUMNS);
                    written.map_err(exchange::Error::from)?;
                    each(reader, |cells| {
                        Ok(writer.write_record(cells).map_err(exchange::Error::from)?)
                    })?;
                    Ok(writer.flush()?)
                })
            }),
            Format::Json => context.read(|reader| context.out.stream(|sink| json(reader, sink))),
            Format::Xlsx => {
                let workbook = |draft: &Path| {
                    let file = File::create(draft)?;
                    let name = Path::new("parties.xlsx");
                    let mut table = TableFile::begin(file, name, "parties", &PARTY_COLUMNS, b"")?;
                    context.read(|reader| each(reader, |cells| Ok(table.row(cells)?)))?;
                    Ok(table.finish()?)
                };
                return context.out.place(workbook);
            }
            other => return Err(render::Error::NotAs(other).into()),
        }
        .map(drop)
    }
}

/// Hands the cells of every party to `take`.
fn each(
    reader: &mut Reader<'_>,
    mut take: impl FnMut(&[String]) -> Result<(), Error>,
) -> Result<(), Error> {
    each_party(reader, |party| take(&party_cells(party)?))
}

fn each_party(
    reader: &mut Reader<'_>,
    mut take: impl FnMut(&Party) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut after = None::<String>;
    loop {
        let page = reader.page(Kind::Party, after.as_deref(), PAGE)?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        after = Some(last.code().to_owned());
        for document in &page {
            if let Document::Party(party) = document {
                take(party)?;
            }
        }
    }
}

/// An array of objects: the cells of the sheet by their headings, those that say something.
fn json(reader: &mut Reader<'_>, sink: &mut dyn Write) -> Result<(), Error> {
    let mut separator = "[\n";
    each(reader, |cells| {
        let cells = PARTY_COLUMNS.iter().zip(cells);
        let stated = cells.filter(|(_, cell)| !cell.is_empty());
        let object: Map<String, Value> = stated
            .map(|(name, cell)| ((*name).to_owned(), Value::from(cell.as_str())))
            .collect();
        let object = serde_json::to_string(&object).map_err(exchange::Error::from)?;
        write!(sink, "{separator}{object}")?;
        separator = ",\n";
        Ok(())
    })?;
    let end = if separator == "[\n" { "[]\n" } else { "\n]\n" };
    Ok(sink.write_all(end.as_bytes())?)
}

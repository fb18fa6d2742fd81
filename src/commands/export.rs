//! `tpmc export`

mod feed;
mod losses;
mod pages;
mod parties;
mod titles;

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::filter::FilterArgs;
use crate::args::words;
use crate::context::Context;
use crate::domain::{Invalid, Language};
use crate::error::Error;
use crate::exchange::{self, DataPackage, Exporter, Provided, Reporter, Sink};
use crate::store::{self, Access, Filter, Reader};
use feed::Feed;

/// Write the records in a format that others read
///
/// The same registry gives the same bytes. With filters, the file holds the chosen projects and what they refer to; with
/// --as-of, what had happened by that day.
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc export csv --country TH -o projects.csv")]
pub(crate) struct Export {
    /// The format
    // Its own id: the global --format is about reports.
    #[arg(value_enum, id = "export_format", value_name = "FORMAT")]
    format: Format,
    /// With ndjson: the journal instead of the records, entries byte for byte
    #[arg(long)]
    journal: bool,
    /// With titles: the language that is to be filled in
    #[arg(long, value_name = "LANGUAGE", value_parser = words::<Language>())]
    to: Option<Language>,
    #[command(flatten)]
    filter: FilterArgs,
    /// Write what the format cannot hold to a CSV file instead of standard error
    #[arg(long, value_name = "FILE", help_heading = "Standards")]
    loss: Option<PathBuf>,
    /// With iati and oc4ids: identifier of who publishes, from org-id.guide where it has one; it begins every identifier
    #[arg(long, value_name = "REF", default_value = "TPMC-REGISTRY", value_parser = reference, help_heading = "Standards")]
    reporting_org: String,
    /// With iati and oc4ids: name of who publishes
    #[arg(
        long,
        value_name = "NAME",
        default_value = "Registry of China-Japan third-party market cooperation",
        help_heading = "Standards"
    )]
    reporting_name: String,
}

/// A reference that may begin identifiers.
fn reference(text: &str) -> Result<String, Invalid> {
    let allowed = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
    if text.is_empty() || !text.chars().all(allowed) {
        let why = "why-reference";
        return Err(Invalid::new("what-reference", text, why));
    }
    Ok(text.to_owned())
}

/// A format of others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// The project sheet: one row a project, lists in one cell
    Csv,
    /// All records as one JSON document
    Json,
    /// One record a line
    Ndjson,
    /// One CSV a table with a description of every column: a folder, or a .zip
    Datapackage,
    /// A workbook: one sheet a table
    Xlsx,
    /// Activities of the IATI standard 2.03; what it cannot hold is listed
    Iati,
    /// A project package of the standard OC4IDS 0.9.5; what it cannot hold is listed
    Oc4ids,
    /// The party sheet: one row a party, as CSV, JSON or XLSX
    Parties,
    /// The titles that a language lacks (--to), to be filled in and read back by `tpmc import plan`: CSV or XLSX
    Titles,
    /// A copy of the registry file, made while others may write
    Sqlite,
}

impl Export {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        if self.journal && self.format != Format::Ndjson {
            return Err(Error::OutOfPlace {
                option: "--journal",
                why: "why-journal-in-ndjson",
            });
        }
        if self.to.is_some() && self.format != Format::Titles {
            return Err(Error::OutOfPlace {
                option: "--to",
                why: "why-to-of-titles",
            });
        }
        match self.format {
            Format::Sqlite => self.copy(context),
            Format::Datapackage => self.package(context),
            Format::Ndjson if self.journal => self.entries(context),
            Format::Xlsx => self.workbook(context),
            Format::Parties => self.parties(context),
            Format::Titles => self.titles(context),
            Format::Csv | Format::Json | Format::Ndjson | Format::Iati | Format::Oc4ids => {
                self.stream(context)
            }
        }
    }

    /// Writes what an exporter makes of the chosen records.
    fn stream(&self, context: &Context) -> Result<(), Error> {
        context.read(|reader| {
            let feed = Feed::new(context, reader, &self.filter, self.loss.as_deref())?;
            let work = |sink: &mut dyn Write| {
                let mut exporter = self.exporter(sink, feed.provided())?;
                feed.run(&mut *exporter)
            };
            match self.format {
                Format::Csv => context.out.stream_csv(work),
                _ => context.out.stream(work),
            }
        })?;
        Ok(())
    }

    /// The exporter of a format that is one stream of bytes.
    fn exporter<'a>(
        &self,
        sink: Sink<'a>,
        provided: &Provided,
    ) -> Result<Box<dyn Exporter + 'a>, exchange::Error> {
        let reporter = Reporter {
            reference: self.reporting_org.clone(),
            name: self.reporting_name.clone(),
        };
        Ok(match self.format {
            Format::Csv => Box::new(exchange::ProjectSheet::new(sink)?),
            Format::Json => Box::new(exchange::JsonRecords::new(sink, provided)?),
            Format::Iati => Box::new(exchange::Iati::new(sink, reporter, provided)?),
            Format::Oc4ids => Box::new(exchange::Oc4ids::new(sink, reporter, provided)?),
            _ => Box::new(exchange::NdjsonRecords::new(sink)),
        })
    }

    /// A workbook.
    fn workbook(&self, context: &Context) -> Result<(), Error> {
        context.read(|reader| {
            let feed = Feed::new(context, reader, &self.filter, self.loss.as_deref())?;
            context.out.place(|draft| {
                let mut workbook = exchange::Workbook::new()?;
                feed.run(&mut workbook)?;
                let file = std::fs::File::create(draft)?;
                Ok(workbook.save(std::io::BufWriter::new(file))?)
            })
        })
    }

    /// A Data Package: a folder, or an archive when the name ends so.
    fn package(&self, context: &Context) -> Result<(), Error> {
        let target = context.out.file().ok_or(Error::NoOutput)?;
        if target.is_dir() {
            return Err(store::Error::Exists(target.to_owned()).into());
        }
        let is_zip = target
            .extension()
            .is_some_and(|extension| extension.eq_ignore_ascii_case("zip"));
        context.read(|reader| {
            let feed = Feed::new(context, reader, &self.filter, self.loss.as_deref())?;
            context.out.place(|draft| {
                let folder = if is_zip {
                    draft.with_extension("folder")
                } else {
                    draft.to_owned()
                };
                let mut package = DataPackage::new(&folder)?;
                let written = feed.run(&mut package);
                if !is_zip {
                    return written;
                }
                let packed = written.and_then(|()| Ok(exchange::pack(&folder, draft)?));
                let _ = std::fs::remove_dir_all(&folder);
                packed
            })
        })
    }

    /// The journal, an entry a line.
    fn entries(&self, context: &Context) -> Result<(), Error> {
        self.refuse_a_part(context, "why-journal-whole")?;
        context.read(|reader: &mut Reader<'_>| {
            context.out.stream(|sink| {
                let mut next = 0;
                loop {
                    let entries = reader.entries(next, pages::PAGE)?;
                    for bytes in &entries {
                        writeln!(sink, "{bytes}")?;
                        next += 1;
                    }
                    if entries.is_empty() {
                        return Ok(());
                    }
                }
            })
        })?;
        Ok(())
    }

    /// A copy of the file.
    fn copy(&self, context: &Context) -> Result<(), Error> {
        self.refuse_a_part(context, "why-copy-whole")?;
        let store = context.store(Access::Read)?;
        context.out.place(|draft| Ok(store.copy_to(draft)?))
    }

    /// Refuses options that ask for a part, where only the whole is written.
    fn refuse_a_part(&self, context: &Context, why: &'static str) -> Result<(), Error> {
        let filter = context.read(|reader| self.filter.resolve(reader))?;
        let asked = [
            ("a filter", filter != Filter::default()),
            ("--as-of", context.asks_for_a_day()),
            ("--known-at", context.known_at.is_some()),
        ];
        match asked.into_iter().find(|(_, asked)| *asked) {
            Some((option, _)) => Err(Error::OutOfPlace { option, why }),
            None => Ok(()),
        }
    }
}

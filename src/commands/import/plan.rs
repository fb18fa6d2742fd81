//! `tpmc import plan`

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::file::{Witnessed, refuse_to_overwrite};
use super::map::ReadingArgs;
use super::planning::Planner;
use super::preparing::{Planned, Preparer};
use super::reading::{mapping, parsed};
use super::summing::Summing;
use super::{ImportError, interrupt, stages};
use crate::context::Context;
use crate::domain::Language;
use crate::error::Error;
use crate::exchange::{
    self, Effect, PLAN_FORM, PlanHeader, PlanItem, PlanLine, PlanWriter, PlannedRegistry,
    References,
};
use crate::language::Labels;
use crate::output::Output;
use crate::render::{self, Format, ImportPlanView};
use crate::report::ImportReading;
use crate::store::{Access, Country, Currency, Reader, Store};

/// Show what a table of others would do to the registry, and record nothing
///
/// Every project of the file is added, changes one that is there (field by field), is left alone, may be one that is there
/// already, or is rejected with the reason. With -o, the plan is written to a file for `tpmc import apply`: one JSON object a
/// line, in which decisions can be changed by hand or with `tpmc import decide`. Without a mapping, the file is a project sheet
/// as `tpmc export csv` writes it.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: tpmc import plan ministry.xlsx --map ministry -o plan.json\n         tpmc import plan projects.csv -o plan.json"
)]
pub(crate) struct Plan {
    /// The table: CSV, TSV, XLSX, XLS, ODS, JSON or NDJSON
    file: PathBuf,
    /// What its columns mean: a file in TOML, or the name of a mapping that the registry keeps
    #[arg(long, value_name = "MAPPING")]
    map: Option<String>,
    #[command(flatten)]
    reading: ReadingArgs,
}

impl Plan {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        interrupt::watch();
        refuse_to_overwrite(&self.file, context.output())?;
        let file = Witnessed::of(&self.file)?;
        let mut store = context.store(Access::Read)?;
        let (mapping, references, registry, preparer, planner) = store.read(|reader| {
            let mapping = self.map.as_deref().map(|named| mapping(named, reader));
            let mapping = mapping.transpose()?;
            let text = mapping.as_ref().map_or("", |mapping| mapping.text.as_str());
            let preparer = Preparer::new(reader, text)?;
            let planner = Planner::new(reader, context.now())?;
            let references = References::new(reader.all::<Country>()?, reader.all::<Currency>()?);
            let registry = registry(reader)?;
            Ok::<_, Error>((mapping, references, registry, preparer, planner))
        })?;
        let mut work = Work {
            plan: &self,
            context,
            file: &file,
            references,
            header: PlanHeader {
                form: PLAN_FORM,
                made_at: context.now(),
                file: file.said.clone(),
                mapping,
                registry,
            },
            preparer,
            planner,
        };
        let Some(output) = context.output() else {
            if context.named_format() == Some(Format::Json) {
                return context
                    .out
                    .stream(|out| work.write(out, &mut store))
                    .map(drop);
            }
            let summing = work.write(&mut std::io::sink(), &mut store)?;
            return self.show(context, summing, file.said.name);
        };
        let summing = context.out.stream(|out| {
            work.write(out, &mut store).map_err(|error| match error {
                Error::Exchange(exchange::Error::Write(cause)) => Error::File {
                    path: output.to_owned(),
                    cause,
                },
                error => error,
            })
        })?;
        let summing = summing.unwrap_or_default();
        self.show(context, summing, file.said.name)
    }

    /// Shows the plan for reading, on standard output, wherever the plan itself goes.
    fn show(&self, context: &Context, summing: Summing, file: String) -> Result<(), Error> {
        let (labels, glossary) = context.read(|reader| {
            Ok((
                context.labels(reader)?,
                summing.glossary(reader, context.language)?,
            ))
        })?;
        let format = context.named_format().unwrap_or_default();
        let report = summing.report(file);
        let view = ImportPlanView { report, glossary };
        Output::print(&render::bytes(&view, &labels, format, context.width())?)
    }
}

/// The registry as the plan finds it.
fn registry(reader: &mut Reader<'_>) -> Result<PlannedRegistry, Error> {
    let entries = reader.journal_size(None)?;
    let last = reader.batches(i64::MAX, Some(1))?;
    Ok(PlannedRegistry {
        origin: reader.origin().ok(),
        entries,
        root: reader.root(entries)?.to_string(),
        batch: last.first().map_or(0, |batch| batch.number),
    })
}

/// A plan being made.
struct Work<'a> {
    plan: &'a Plan,
    context: &'a Context,
    file: &'a Witnessed,
    references: References,
    header: PlanHeader,
    preparer: Preparer,
    planner: Planner,
}

impl Work<'_> {
    /// Writes the plan, line by line.
    fn write(&mut self, out: &mut (dyn Write + Send), store: &mut Store) -> Result<Summing, Error> {
        let mapping = self.header.mapping.as_ref().map(parsed).transpose()?;
        PlanWriter::new(&mut *out).write(&PlanLine::Header(self.header.clone()))?;
        let mut summing = Summing::default();
        let bar = self.context.out.counter("rows");
        let (file, references) = (&self.plan.file, &self.references);
        let (preparer, planner) = (&mut self.preparer, &mut self.planner);
        let options = self.plan.reading.options();
        let intake = stages::run(
            |each| {
                let mut each = |incoming| each(preparer.prepare(incoming));
                exchange::read(file, &options, references, mapping.as_ref(), &mut each)
            },
            |planned| {
                let item = &mut planned.item;
                bar.inc(u64::try_from(item.rows.len()).unwrap_or(1));
                interrupt::check()?;
                stops_all(item)?;
                planner.plan(item, store)
            },
            |planned, text, spent| lines(planned, &mut PlanWriter::new(text), &mut summing, spent),
            out,
        );
        bar.finish_and_clear();
        let intake = intake?.map_err(|error| self.of_file(error))?;
        self.file.check_again()?;
        summing.counts.rows_read = intake.rows_read;
        summing.counts.rows_skipped = intake.rows_skipped;
        let found = summing.counts.rows_accounted_for();
        if found != intake.rows_read {
            let read = intake.rows_read;
            return Err(ImportError::DoesNotAddUp { read, found }.into());
        }
        summing.reading = ImportReading {
            read_as: intake.format.to_owned(),
            encoding: intake.encoding.map(str::to_owned),
            delimiter: intake.delimiter,
            quote: intake.quote,
            sheet: intake.sheet,
            header_row: intake.header_row,
        };
        let mut out = PlanWriter::new(out);
        out.write(&PlanLine::Intake(exchange::PlannedIntake {
            headings: intake.headings,
            reading: summing.reading.clone(),
        }))?;
        out.write(&PlanLine::Counts(summing.counts.clone()))?;
        Ok(summing)
    }

    fn of_file(&self, error: exchange::Error) -> Error {
        match error {
            exchange::Error::Write(cause) => Error::Read {
                path: self.plan.file.clone(),
                cause,
            },
            error => error.into(),
        }
    }
}

/// Refuses the file whole where the mapping says so.
fn stops_all(item: &PlanItem) -> Result<(), Error> {
    let grave = item
        .findings
        .iter()
        .find(|finding| finding.effect == Effect::Stop);
    match grave {
        None => Ok(()),
        Some(finding) => Err(ImportError::StopsAll {
            row: finding.row,
            column: finding.column.clone().unwrap_or_default(),
            message: finding
                .shown()
                .what(&Labels::new(Language::English, BTreeMap::new())),
        }
        .into()),
    }
}

fn lines<W: Write>(
    planned: Planned,
    out: &mut PlanWriter<W>,
    summing: &mut Summing,
    spent: &mut Vec<PlanLine>,
) -> Result<(), Error> {
    let mut write = |line| -> Result<(), Error> {
        out.write(&line)?;
        spent.push(line);
        Ok(())
    };
    for party in planned.parties {
        summing.party(&party);
        write(PlanLine::Party(party))?;
    }
    for source in planned.sources {
        summing.source(&source);
        write(PlanLine::Source(source))?;
    }
    summing.add(&planned.item)?;
    write(PlanLine::Project(planned.item))
}

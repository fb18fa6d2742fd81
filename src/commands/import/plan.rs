//! `tpmc import plan`

mod parties;

pub(super) use parties::weigh_party;

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::file::{Witnessed, refuse_to_overwrite};
use super::map::ReadingArgs;
use super::planning::Planner;
use super::preparing::{Planned, Preparer};
use super::reading::{mapping, parsed};
use super::summing::Summing;
use super::{ImportError, interrupt, show};
use crate::context::Context;
use crate::error::Error;
use crate::exchange::{
    self, Effect, MissingProject, PLAN_FORM, PlanHeader, PlanItem, PlanLine, PlanWriter,
    PlannedRegistry, References,
};
use crate::message::Explain as _;
use crate::output::{Bom, Output, Talk};
use crate::render::{Format, PlanTable};
use crate::report::ImportReading;
use crate::store::{Access, Country, Currency, Reader, Store};

/// Show what a table of others would do to the registry, and record nothing
///
/// Every project of the file is added, changes one that is there (field by field), is left alone, may be one that is there
/// already, or is rejected with the reason. With -o, the plan is written to a file for `tpmc import apply`: one JSON object a
/// line, in which decisions can be changed by hand or with `tpmc import decide`. Without a mapping, the file is a project sheet
/// as `tpmc export csv` writes it, or a party sheet as `tpmc export parties` writes it.
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
    /// The file is a party sheet, as `tpmc export parties` writes it; without this, its headings say so
    #[arg(long, conflicts_with = "map")]
    parties: bool,
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
            let list = mapping.as_ref().map(parsed).transpose()?;
            let list = list.as_ref().map(|list| (list.list_name(), list.has_key()));
            let planner = Planner::new(reader, list, context.today())?;
            let references = References::new(reader.all::<Country>()?, reader.all::<Currency>()?);
            let registry = registry(reader)?;
            Ok::<_, Error>((mapping, references, registry, preparer, planner))
        })?;
        let is_of_parties = self.parties
            || self.map.is_none() && exchange::is_party_sheet(&self.file, &self.reading.options());
        let mut work = Work {
            is_of_parties,
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
        let mapping = work.header.mapping.as_ref();
        let mapping = mapping.map(|mapping| mapping.text.clone());
        let named = context.named_format();
        let Some(output) = context.output() else {
            let form = match named {
                Some(Format::Json) => Form::Lines,
                Some(Format::Csv) => Form::Table,
                _ => {
                    let mut nowhere = std::io::sink();
                    let summing = work.write(Form::Lines, &mut nowhere, &mut store)?;
                    return show::print(context, summing, file.said.name, mapping.as_deref());
                }
            };
            let written = |out: &mut dyn Write| work.write(form, out, &mut store);
            return context.out.stream(written).map(drop);
        };
        let summing = context.out.stream(|out| {
            work.write(Form::Lines, out, &mut store)
                .map_err(|error| match error {
                    Error::Exchange(exchange::Error::Write(cause)) => Error::File {
                        path: output.to_owned(),
                        cause,
                    },
                    error => error,
                })
        })?;
        if named == Some(Format::Csv) {
            return Output::new(Talk::Quiet, None, Bom::Never, context.language)
                .stream(|out| show::table(output, out))
                .map(drop);
        }
        let summing = summing.unwrap_or_default();
        show::print(context, summing, file.said.name, mapping.as_deref())
    }
}

/// The registry as the plan finds it.
fn registry(reader: &mut Reader<'_>) -> Result<PlannedRegistry, Error> {
    let entries = reader.journal_size(None)?;
    let last = reader.last_batch()?;
    Ok(PlannedRegistry {
        origin: reader.origin().ok(),
        entries,
        root: reader.root(entries)?.to_string(),
        batch: last.map_or(0, |batch| batch.number),
    })
}

/// What a plan is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// A plan that can be decided on and applied: a JSON object a line.
    Lines,
    /// A table for spreadsheets, with every project.
    Table,
}

/// A plan being made.
struct Work<'a> {
    /// Whether the rows are about parties, not projects.
    is_of_parties: bool,
    plan: &'a Plan,
    context: &'a Context,
    file: &'a Witnessed,
    references: References,
    header: PlanHeader,
    preparer: Preparer,
    planner: Planner,
}

impl Work<'_> {
    /// Writes the plan, line by line, or as a table.
    fn write(
        &mut self,
        form: Form,
        out: &mut dyn Write,
        store: &mut Store,
    ) -> Result<Summing, Error> {
        let mapping = self.header.mapping.as_ref().map(parsed).transpose()?;
        match form {
            Form::Lines => {
                PlanWriter::new(&mut *out).write(&PlanLine::Header(self.header.clone()))?;
            }
            Form::Table => PlanTable::begin(&mut *out)?.finish()?,
        }
        if self.is_of_parties {
            return self.write_parties(form, out, store);
        }
        let mut summing = Summing::default();
        let bar = self.context.out.counter("progress-rows");
        let (file, references) = (&self.plan.file, &self.references);
        let (preparer, planner) = (&mut self.preparer, &mut self.planner);
        let options = self.plan.reading.options();
        let mut take = |planned: &mut Planned| -> Result<(), Error> {
            bar.inc(u64::try_from(planned.item.rows.len()).unwrap_or(1));
            interrupt::check()?;
            stops_all(&planned.item)?;
            if !planned.adds_up {
                let row = planned.item.rows.first().copied().unwrap_or(0);
                return Err(ImportError::MoneyDoesNotAddUp(row).into());
            }
            planner.plan(&mut planned.item, store)
        };
        let mut write = |planned: Planned| match form {
            Form::Lines => lines(planned, &mut PlanWriter::new(&mut *out), &mut summing),
            Form::Table => {
                summing.add(&planned.item)?;
                let mut table = PlanTable::resume(&mut *out);
                show::add_to(&mut table, &planned.item)?;
                Ok(table.finish()?)
            }
        };
        let mut failed = None;
        let mut each = |incoming| {
            let mut planned = preparer.prepare(incoming);
            let done = take(&mut planned).and_then(|()| write(planned));
            done.map_err(|error| failed = Some(error)).is_ok()
        };
        let intake = exchange::read(file, &options, references, mapping.as_ref(), &mut each);
        bar.finish_and_clear();
        if let Some(error) = failed {
            return Err(error);
        }
        let intake = intake.map_err(|error| Error::of_file(&self.plan.file, error))?;
        self.finish(form, intake, summing, out)
    }

    /// Writes what comes after the last row: what the file turned out to be, and the counts.
    fn finish(
        &mut self,
        form: Form,
        intake: exchange::Intake,
        mut summing: Summing,
        out: &mut dyn Write,
    ) -> Result<Summing, Error> {
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
            sheet_is_hidden: intake.sheet_is_hidden,
            visibility_unknown: intake.visibility_unknown,
            left_out: intake.left_out,
        };
        let missing: Vec<MissingProject> = self.planner.missing().collect();
        missing.iter().for_each(|missing| summing.missing(missing));
        if form == Form::Table {
            return Ok(summing);
        }
        let mut out = PlanWriter::new(out);
        for missing in missing {
            out.write(&PlanLine::Missing(missing))?;
        }
        out.write(&PlanLine::Intake(exchange::PlannedIntake {
            headings: intake.headings,
            reading: summing.reading.clone(),
        }))?;
        out.write(&PlanLine::Counts(summing.counts.clone()))?;
        Ok(summing)
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
            what: finding.said.message(),
        }
        .into()),
    }
}

fn lines<W: Write>(
    planned: Planned,
    out: &mut PlanWriter<W>,
    summing: &mut Summing,
) -> Result<(), Error> {
    for party in planned.parties {
        summing.party(&party);
        out.write(&PlanLine::Party(party))?;
    }
    for source in planned.sources {
        summing.source(&source);
        out.write(&PlanLine::Source(source))?;
    }
    summing.add(&planned.item)?;
    Ok(out.write(&PlanLine::Project(planned.item))?)
}

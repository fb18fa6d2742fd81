//! `tpmc import show`

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use super::decide::choice::{ChoiceArgs, Condition, Facts};
use super::interrupt;
use super::summing::{Summing, shown, shown_new, shown_party};
use crate::context::Context;
use crate::error::Error;
use crate::exchange::{Action, PlanItem, PlanLine, PlanReader, PlannedParty, merge};
use crate::language::Labels;
use crate::output::Output;
use crate::render::{self, Format, ImportChosenView, ImportPlanView, PlanTable};
use crate::report::{FieldChange, ImportChoice, ImportChosen, are_alike};
use crate::store::{Access, Kind, Project, Store};

/// Show a plan again, as it was decided on so far
///
/// The same as `tpmc import plan` shows. As CSV, it is the whole plan: every project, one line for each change and each note. With
/// --each, --where, --all or --finding it lists projects one by one.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: tpmc import show plan.json --format csv -o plan.csv\n         tpmc import show plan.json --where decision=open"
)]
pub(crate) struct Show {
    /// The plan
    plan: PathBuf,
    #[command(flatten)]
    choosing: ChoiceArgs,
    /// List the projects one by one, each with what would change and the decision so far; so does choosing some
    #[arg(long)]
    each: bool,
    /// Of the chosen projects, leave out so many before the first one
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    skip: u64,
    /// Show at most so many of the chosen projects
    #[arg(long, value_name = "NUMBER", default_value_t = 50)]
    limit: usize,
}

/// From this score on a candidate is very likely the same.
const LIKELY: f64 = 0.9;

impl Show {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        interrupt::watch();
        super::file::refuse_to_overwrite(&self.plan, context.output())?;
        let conditions = self.choosing.conditions();
        if self.each || !conditions.is_empty() {
            return self.chosen(&conditions, context);
        }
        let format = context.format()?;
        if format == Format::Csv {
            return context
                .out
                .stream_csv(|out| table(&self.plan, out))
                .map(drop);
        }
        let mut plan = open(&self.plan)?;
        let mut store = context.store(Access::Read)?;
        let mut summing = Summing::default();
        while let Some(line) = plan.next()? {
            interrupt::check()?;
            match line {
                PlanLine::Party(party) => summing.party(&party),
                PlanLine::Source(source) => summing.source(&source),
                PlanLine::Project(mut item) => {
                    complete(&mut item, &mut store)?;
                    summing.add(&item)?;
                }
                PlanLine::PartyRecord(item) => summing.party_record(&item),
                PlanLine::Intake(intake) => summing.reading = intake.reading,
                PlanLine::Counts(counts) => summing.counts = counts,
                PlanLine::Missing(missing) => summing.missing(&missing),
                PlanLine::Header(_) => {}
            }
        }
        let header = plan.header;
        let mapping = header.mapping.as_ref().map(|mapping| mapping.text.as_str());
        let (view, labels) = view(context, summing, header.file.name, mapping)?;
        context.show(&view, &labels)
    }
}

impl Show {
    /// Lists projects one by one.
    fn chosen(&self, conditions: &[Condition], context: &Context) -> Result<(), Error> {
        let mut plan = open(&self.plan)?;
        let mut store = context.store(Access::Read)?;
        let mut summing = Summing::default();
        let mut report = ImportChosen {
            records: Kind::Project,
            actions: BTreeMap::new(),
            open: 0,
            likely: 0,
            chosen: 0,
            skipped: self.skip,
            items: Vec::new(),
            parties: Vec::new(),
        };
        while let Some(line) = plan.next()? {
            interrupt::check()?;
            match line {
                PlanLine::Party(party) => {
                    let decision = party.decision.to_string();
                    if !party.similar.is_empty() && report.parties.len() < self.limit {
                        report.parties.push((shown_new(&party), decision));
                    }
                    summing.party(&party);
                }
                PlanLine::Source(source) => summing.source(&source),
                PlanLine::Project(mut item)
                    if self.takes(&Facts::from(&item), conditions, &mut report) =>
                {
                    complete(&mut item, &mut store)?;
                    report.items.push(ImportChoice {
                        action: item.action.word(),
                        reason: item.reason.clone(),
                        item: shown(&item, item.action == Action::Add)?,
                    });
                }
                PlanLine::PartyRecord(item) => {
                    report.records = Kind::Party;
                    if self.takes(&Facts::from(&item), conditions, &mut report) {
                        report.items.push(ImportChoice {
                            action: item.action.word(),
                            reason: item.reason.clone(),
                            item: shown_party(&item, item.action == Action::Add),
                        });
                    }
                }
                _ => {}
            }
        }
        let (labels, glossary) = context.read(|reader| {
            let items = report.items.iter().map(|choice| &choice.item);
            Ok((
                context.labels(reader)?,
                summing.glossary_of(items, reader, context.language)?,
            ))
        })?;
        let is_page = context.is_page();
        let view = ImportChosenView {
            report,
            glossary,
            is_page,
        };
        context.show(&view, &labels)
    }

    /// Counts a project, and tells whether it is among those to be shown.
    fn takes(
        &self,
        facts: &Facts<'_>,
        conditions: &[Condition],
        report: &mut ImportChosen,
    ) -> bool {
        *report.actions.entry(facts.action.word()).or_default() += 1;
        report.open += u64::from(facts.decision == "open");
        report.likely += u64::from(facts.score.is_some_and(|score| score >= LIKELY));
        if !conditions.iter().all(|condition| condition.holds(facts)) {
            return false;
        }
        report.chosen += 1;
        report.chosen > self.skip && report.items.len() < self.limit
    }
}

/// Gives the changes of a project what a plan does not keep of them and a reader needs: the currency of an amount, say. Where the
/// registry is not what it was, they stay as they are.
fn complete(item: &mut PlanItem, store: &mut Store) -> Result<(), Error> {
    let is_within = |change: &FieldChange| change.list.is_some() && change.field.is_some();
    let Some(code) = item
        .code
        .as_ref()
        .filter(|_| item.changes.iter().any(is_within))
    else {
        return Ok(());
    };
    let before = store.read(|reader| reader.find::<Project>(code.as_str()))?;
    if let Some(before) = before {
        let merged = merge(&item.proposed, Ok(&before), item.accept_backward);
        let changes = merged.changes(Some(&before));
        if are_alike(&changes, &item.changes) {
            item.changes = changes;
        }
    }
    Ok(())
}

/// Shows a plan for reading on standard output, wherever the plan itself went.
pub(super) fn print(
    context: &Context,
    summing: Summing,
    file: String,
    mapping: Option<&str>,
) -> Result<(), Error> {
    if context.is_page() {
        return Ok(()); // the web desk shows the plan from its file
    }
    let format = context.named_format().unwrap_or_default();
    let (view, labels) = view(context, summing, file, mapping)?;
    Output::print(&render::bytes(&view, &labels, format, context.width())?)
}

fn view(
    context: &Context,
    summing: Summing,
    file: String,
    mapping: Option<&str>,
) -> Result<(ImportPlanView, Labels), Error> {
    let (labels, glossary) = context.read(|reader| {
        Ok((
            context.labels(reader)?,
            summing.glossary(reader, context.language)?,
        ))
    })?;
    let report = summing.report(file, mapping);
    Ok((ImportPlanView { report, glossary }, labels))
}

pub(super) fn open(path: &Path) -> Result<PlanReader<BufReader<File>>, Error> {
    let file = crate::input::open(path).map_err(|cause| Error::Read {
        path: path.to_owned(),
        cause,
    })?;
    let name = path.display().to_string();
    let file = BufReader::with_capacity(1 << 16, file);
    Ok(PlanReader::open(&name, file)?)
}

/// Writes the plan in the file `path` as a table.
pub(super) fn table(path: &Path, out: &mut dyn Write) -> Result<(), Error> {
    let mut plan = open(path)?;
    let mut table = PlanTable::begin(out)?;
    while let Some(line) = plan.next()? {
        interrupt::check()?;
        match line {
            PlanLine::Project(item) => add_to(&mut table, &item)?,
            PlanLine::PartyRecord(item) => add_party_to(&mut table, &item)?,
            _ => {}
        }
    }
    Ok(table.finish()?)
}

/// Writes a row about a party into a table.
pub(super) fn add_party_to<W: Write>(
    table: &mut PlanTable<W>,
    item: &PlannedParty,
) -> Result<(), Error> {
    let is_new = item.action == Action::Add;
    Ok(table.add(item.action.word(), &shown_party(item, is_new))?)
}

/// Writes a project of a plan into a table: of a new one, all that it would be.
pub(super) fn add_to<W: Write>(table: &mut PlanTable<W>, item: &PlanItem) -> Result<(), Error> {
    let is_new = item.action == Action::Add;
    Ok(table.add(item.action.word(), &shown(item, is_new)?)?)
}

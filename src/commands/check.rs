//! `tpmc check`: findings here, waivers in their own files.

mod waive;
mod waivers;

use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand};

use crate::args::words;
use crate::context::Context;
use crate::domain::Severity;
use crate::error::Error;
use crate::language::Labels;
use crate::report::{CheckReport, CheckWorld, Choice, RULES};
use crate::store::{
    Currency, GuidelineCase, IndicatorObservation, Judgement, MechanismEvent, Party, Project,
    Reader, Source, Waiver,
};

/// Check the records by named rules, and accept findings for a time
///
/// Prints all findings at once. Errors are contradictions, warnings something missing or unlikely, notes worth knowing. The exit
/// status is 1 when an error stands that nobody has accepted with `tpmc check waive`.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
#[command(
    after_help = "Example: tpmc check --severity warning\n         tpmc check --record P-0004"
)]
pub(crate) struct Check {
    #[command(subcommand)]
    verb: Option<Verb>,
    /// Apply only this rule (can be repeated, or take values separated by commas)
    #[arg(long, value_name = "ID", value_delimiter = ',', value_parser = rule_ids())]
    rule: Vec<String>,
    /// Show findings of this severity and graver ones
    #[arg(long, value_parser = words::<Severity>(), value_name = "SEVERITY", default_value = "note")]
    severity: Severity,
    /// Only the findings about this record (can be repeated)
    #[arg(long, value_name = "CODE")]
    record: Vec<String>,
    /// Show findings that somebody has accepted, too
    #[arg(long)]
    waived: bool,
}

#[derive(Debug, Subcommand)]
enum Verb {
    Waive(waive::Waive),
    Waivers(waivers::Waivers),
}

/// The identifiers of the rules, listed in the help.
fn rule_ids() -> PossibleValuesParser {
    PossibleValuesParser::new(RULES.iter().map(|rule| rule.id))
}

impl Check {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        match self.verb {
            Some(Verb::Waive(command)) => return command.run(context),
            Some(Verb::Waivers(command)) => return command.run(context),
            None => {}
        }
        let choice = Choice {
            rules: &self.rule,
            least: self.severity,
        };
        let (report, labels) = context.read(|reader| {
            for code in &self.record {
                must_exist(code, reader)?;
            }
            let labels = context.labels(reader)?;
            let mut report = findings(context, reader, &choice)?;
            let is_of = |found: &str| {
                self.record
                    .iter()
                    .any(|code| code.eq_ignore_ascii_case(found))
            };
            report
                .findings
                .retain(|finding| self.record.is_empty() || is_of(&finding.record));
            finish(&mut report, reader, &labels)?;
            if !self.waived {
                report.findings.retain(|finding| finding.waiver.is_none());
            }
            Ok((report, labels))
        })?;
        context.show(&report, &labels)?;
        match report.errors() {
            0 => Ok(()),
            errors => Err(Error::ErrorsStand(errors)),
        }
    }
}

/// A finding about a record that is not there would be missed without a word.
///
/// Returns the code as it is recorded.
pub(crate) fn must_exist(code: &str, reader: &mut Reader<'_>) -> Result<String, Error> {
    for code in [code, &code.to_ascii_uppercase(), &code.to_ascii_lowercase()] {
        if !reader.kinds_with(code)?.is_empty() {
            return Ok(code.to_owned());
        }
    }
    Err(reader.no_record(None, code)?.into())
}

/// The findings by the chosen rules, in words, with who accepts them.
pub(crate) fn found(
    context: &Context,
    reader: &mut Reader<'_>,
    choice: &Choice<'_>,
    labels: &Labels,
) -> Result<CheckReport, Error> {
    let mut report = findings(context, reader, choice)?;
    finish(&mut report, reader, labels)?;
    Ok(report)
}

fn finish(report: &mut CheckReport, reader: &mut Reader<'_>, labels: &Labels) -> Result<(), Error> {
    report.finish(&reader.all::<Waiver>()?, |key, values| {
        let said = values.iter().map(|(name, value)| match value.parse() {
            Ok(days) if *name == "days" => ("time", labels.duration(days).into()),
            _ => (*name, value.as_str().into()),
        });
        labels.with(key, &said.collect::<Vec<_>>())
    });
    Ok(())
}

fn findings(
    context: &Context,
    reader: &mut Reader<'_>,
    choice: &Choice<'_>,
) -> Result<CheckReport, Error> {
    let horizon = context.horizon(reader)?;
    let parties = reader.all::<Party>()?;
    let homes = reader.homes()?;
    let mut world = CheckWorld::new(horizon, homes, reader.all::<Currency>()?, &parties);
    reader.each::<Project>(|project| world.note(project))?;
    reader.each::<Source>(|source| world.note_source(source))?;
    reader.each::<Judgement>(|judgement| world.note_judgement(judgement))?;
    reader.each::<MechanismEvent>(|event| world.use_sources(event.sources.iter().cloned()))?;
    reader.each::<GuidelineCase>(|case| world.use_sources(case.sources.iter().cloned()))?;
    reader.each::<IndicatorObservation>(|figure| world.use_sources([figure.source.clone()]))?;
    for forum in reader.all::<crate::store::Forum>()? {
        world.use_sources(forum.source);
    }
    let mut report = CheckReport::new(horizon.report_day(), context.known_at, choice);
    reader.each::<Project>(|project| report.project(project, &world, choice))?;
    parties
        .iter()
        .for_each(|party| report.party(party, &world, choice));
    reader.each::<Source>(|source| report.source(source, &world, choice))?;
    reader.each::<Waiver>(|waiver| report.waiver(waiver, &world, choice))?;
    Ok(report)
}

//! `tpmc log`

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser as _};

use super::journal::{batches, glossary, record_change};
use super::period::{Point, last_second, second_before};
use crate::context::Context;
use crate::error::Error;
use crate::render::HistoryView;
use crate::report::{BatchLine, HistoryStep, RecordHistory};
use crate::store::{BatchChoice, Kind, Reader};

/// List what was recorded, or one record's history: when, who, why, what
///
/// Without a code: the batches, the newest first, each with what it did in a sentence. With the code of a project, a party, a source or any other record: what
/// each batch changed in it, field by field. Removed records are found too. --actor, typed here, chooses the batches that somebody
/// recorded.
#[derive(Debug, Args)]
#[command(
    group = clap::ArgGroup::new("which").args(["code", "record"]),
    after_help = "Example: tpmc log F1-001 --limit 5\n         tpmc log --actor li --since 2026-11 --command project"
)]
pub(crate) struct Log {
    /// The record whose history is wanted
    code: Option<String>,
    /// What the record is, when its code alone does not tell
    #[arg(long, requires = "which", value_parser = kinds())]
    kind: Option<Kind>,
    /// Only what was recorded since: 2026-11-23, 2026-11, 2026, -30d, last-meeting, or 2026-11-23T22:00:00Z
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    since: Option<Point>,
    /// Only what was recorded until then, that day, month or year included
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    until: Option<Point>,
    /// Only batches of this command, like "project set", or of this group of commands, like project
    #[arg(long, value_name = "COMMAND")]
    command: Option<String>,
    /// Only batches that changed this record
    #[arg(long, value_name = "CODE")]
    record: Option<String>,
    /// Show at most this many
    #[arg(long, value_name = "NUMBER")]
    limit: Option<usize>,
}

fn kinds() -> impl clap::builder::TypedValueParser<Value = Kind> {
    PossibleValuesParser::new(Kind::ALL.iter().map(|kind| kind.word()))
        .try_map(|word| word.parse::<Kind>())
}

impl Log {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let Some(code) = &self.code else {
            let (report, labels) = context.read_journal(|reader, until| {
                let wanted = self.wanted(context, reader)?;
                let list = batches(&wanted, until, self.limit, context, reader)?;
                Ok((list, context.labels(reader)?))
            })?;
            return context.show(&report, &labels);
        };
        let (report, labels) = context.read_journal(|reader, until| {
            let (kind, code) = self.record(code, reader)?;
            let wanted = self.wanted(context, reader)?;
            let found = reader.history(kind, &code, &wanted, until, self.limit)?;
            let glossary = glossary(found.iter().map(|(_, step)| step), context, reader)?;
            let mut steps = Vec::new();
            for (batch, step) in &found {
                let undone_by = reader.undone_by(batch.number, until)?;
                steps.push(HistoryStep {
                    batch: BatchLine::of(batch.clone(), undone_by),
                    record: record_change(step, context),
                });
            }
            let history = RecordHistory { kind, code, steps };
            Ok((HistoryView { history, glossary }, context.labels(reader)?))
        })?;
        context.show(&report, &labels)
    }

    /// Which batches are asked for.
    fn wanted(&self, context: &Context, reader: &mut Reader<'_>) -> Result<BatchChoice, Error> {
        let record = self.record.as_deref();
        let (mut after, mut by) = (None, None);
        if let Some(since) = self.since {
            after = Some(second_before(since, context, reader)?);
        }
        if let Some(until) = self.until {
            by = Some(last_second(until, context, reader)?);
        }
        Ok(BatchChoice {
            actor: context.named_actor.clone(),
            command: self.command.clone(),
            after,
            by,
            record: record.map(|code| self.record(code, reader)).transpose()?,
        })
    }

    /// The one record that is meant. Codes of projects, countries and currencies are found in either case.
    fn record(&self, code: &str, reader: &mut Reader<'_>) -> Result<(Kind, String), Error> {
        let mut codes = vec![
            code.to_owned(),
            code.to_ascii_uppercase(),
            code.to_ascii_lowercase(),
        ];
        codes.dedup();
        for code in codes {
            let mut kinds = reader.kinds_with(&code)?;
            kinds.retain(|kind| self.kind.is_none_or(|wanted| *kind == wanted));
            match kinds[..] {
                [] => {}
                [kind] => return Ok((kind, code)),
                _ => return Err(crate::store::Error::SeveralKinds { code, kinds }.into()),
            }
        }
        Err(reader.no_record(self.kind, code)?.into())
    }
}

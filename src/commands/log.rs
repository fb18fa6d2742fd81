//! `tpmc log`

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser as _};

use super::journal::{glossary, record_change};
use crate::context::Context;
use crate::error::Error;
use crate::render::HistoryView;
use crate::report::{BatchLine, BatchList, HistoryStep, RecordHistory};
use crate::store::{Kind, Reader};

/// List what was recorded, or one record's history: when, who, why, what
///
/// Without a code: the batches, the newest first. With the code of a project, a party, a source or any other record: what
/// each batch changed in it, field by field. Removed records are found too.
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc log F1-001 --limit 5")]
pub(crate) struct Log {
    /// The record whose history is wanted
    code: Option<String>,
    /// What the record is, when its code alone does not tell
    #[arg(long, requires = "code", value_parser = kinds())]
    kind: Option<Kind>,
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
                Ok((self.batches(reader, until)?, context.labels(reader)?))
            })?;
            return context.show(&report, &labels);
        };
        let (report, labels) = context.read_journal(|reader, until| {
            let (kind, code) = self.record(code, reader)?;
            let found = reader.history(kind, &code, until, self.limit)?;
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

    fn batches(&self, reader: &mut Reader<'_>, until: i64) -> Result<BatchList, Error> {
        let mut batches = Vec::new();
        for batch in reader.batches(until, self.limit)? {
            let undone_by = reader.undone_by(batch.number, until)?;
            batches.push(BatchLine::of(batch, undone_by));
        }
        let left_out = batches.last().map_or(until, |line| line.batch.number - 1);
        Ok(BatchList { batches, left_out })
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

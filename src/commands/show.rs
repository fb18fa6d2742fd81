//! `tpmc show`

use clap::Args;

use super::journal::{glossary, record_change};
use crate::context::Context;
use crate::error::Error;
use crate::render::BatchView;
use crate::report::{BatchLine, BatchReport};

/// Show what a batch changed, field by field
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc show 12")]
pub(crate) struct Show {
    /// Its number in `tpmc log`
    batch: i64,
    /// Show every record field by field, however many
    #[arg(long)]
    all: bool,
}

impl Show {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let (report, labels) = context.read_journal(|reader, until| {
            // One that was recorded later was not there.
            let number = if self.batch > until { 0 } else { self.batch };
            let batch = reader.batch(number).map_err(|error| match error {
                crate::store::Error::NotFound { what, nearest, .. } => {
                    crate::store::Error::NotFound {
                        what,
                        code: self.batch.to_string(),
                        nearest,
                    }
                }
                error => error,
            })?;
            let undone_by = reader.undone_by(self.batch, until)?;
            let steps = reader.steps_of(self.batch)?;
            let report = BatchReport {
                batch: Some(BatchLine::of(batch, undone_by)),
                dry_run: false,
                records: steps
                    .iter()
                    .map(|step| record_change(step, context))
                    .collect(),
            };
            let glossary = glossary(&steps, context, reader)?;
            let view = BatchView {
                report,
                glossary,
                all: self.all,
            };
            Ok((view, context.labels(reader)?))
        })?;
        context.show(&report, &labels)
    }
}

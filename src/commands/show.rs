//! `tpmc show`

use clap::Args;

use super::journal::Telling;
use crate::context::Context;
use crate::error::Error;
use crate::report::BatchLine;

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
        let mut telling = Telling::new(self.all, context)?;
        let (told, line) = context.read_journal(|reader, until| {
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
            let touched = reader.touched_by(self.batch)?;
            for place in touched.places() {
                telling.trace(reader.trace(&touched, place)?)?;
            }
            Ok((telling.told(reader)?, BatchLine::of(batch, undone_by)))
        })?;
        told.show(Some(line), false)
    }
}

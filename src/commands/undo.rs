//! `tpmc undo`

use clap::Args;

use super::{WriteArgs, journal};
use crate::context::Context;
use crate::error::Error;

/// Take a whole batch back, as a batch of its own
///
/// Nothing is erased: every record that the batch touched is recorded again as it was before, and the journal keeps both.
/// Refused when a later batch changed the same records, or when others refer to what would go; both are named. Repeated, it
/// goes back batch by batch. An undo can be undone by its number, or with `tpmc redo`.
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc undo 12 --reason 'typed into the wrong project' --dry-run")]
pub(crate) struct Undo {
    /// Its number in `tpmc log`; without one, the last batch that is not undone itself, if you recorded it
    batch: Option<i64>,
    #[command(flatten)]
    write: WriteArgs,
}

impl Undo {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let actor = context.actor();
        let done = ["receipt-undone", "receipt-would-undo"];
        journal::take_back("undo", done, &self.write, context, |writer, telling| {
            writer.undo(self.batch, &actor, |trace| telling.trace(trace))
        })
    }
}

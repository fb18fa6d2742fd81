//! `tpmc redo`

use clap::Args;

use super::{WriteArgs, journal};
use crate::context::Context;
use crate::error::Error;

/// Undo the last undo that is in effect
///
/// It must be yours; another's is undone by its number, with `tpmc undo`. Repeated, it brings back batch by batch what was undone, the last undone first.
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc redo --dry-run")]
pub(crate) struct Redo {
    #[command(flatten)]
    write: WriteArgs,
}

impl Redo {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let actor = context.actor();
        let done = ["receipt-redone", "receipt-would-redo"];
        journal::take_back("redo", done, &self.write, context, |writer, telling| {
            writer.redo(&actor, |trace| telling.trace(trace))
        })
    }
}

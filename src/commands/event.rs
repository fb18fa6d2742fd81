//! `tpmc event`: what happened to a project, one verb a file.

mod add;
mod set;

use clap::Subcommand;

use super::parts::{ListArgs, RemoveArgs};
use crate::context::Context;
use crate::error::Error;
use crate::report::Shown;
use crate::store::Event as Record;

/// Record and correct what happened to a project
///
/// A status is recorded with `tpmc status`; corrected and removed it is here. Numbers stay.
#[derive(Debug, Subcommand)]
pub(crate) enum Event {
    Add(add::Add),
    /// List the events of a project
    #[command(after_help = "Example: tpmc event list P-0001")]
    List(ListArgs),
    Set(set::Set),
    /// Take an event out of a project; the journal keeps it
    #[command(after_help = "Example: tpmc event remove P-0001 4 --reason 'another project'")]
    Remove(RemoveArgs),
}

const COLUMNS: &[Shown] = &[
    Shown::plain("number", "field-number"),
    Shown::plain("on_date", "field-date"),
    Shown::plain("due_on", "field-due").optional(),
    Shown::word("kind", "field-kind", "event-kind"),
    Shown::word("status", "field-status", "status").optional(),
    Shown::plain("text", "field-event"),
    Shown::plain("source", "field-source").optional(),
];

impl Event {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        match self {
            Self::Add(command) => command.run(context),
            Self::List(command) => command.run::<Record>(context, COLUMNS, |_, _| Ok(Vec::new())),
            Self::Set(command) => command.run(context),
            Self::Remove(command) => command.run::<Record>(context, "event remove"),
        }
    }
}

//! `tpmc risk`: risks to a project, one verb a file.

mod add;
mod set;

use clap::Subcommand;

use super::parts::{ListArgs, RemoveArgs};
use crate::context::Context;
use crate::error::Error;
use crate::report::Shown;
use crate::store::Risk as Record;

/// Record and correct the risks to a project
#[derive(Debug, Subcommand)]
pub(crate) enum Risk {
    Add(add::Add),
    /// List the risks to a project
    #[command(after_help = "Example: tpmc risk list P-0004")]
    List(ListArgs),
    Set(set::Set),
    /// Take a risk out of a project; the journal keeps it
    #[command(after_help = "Example: tpmc risk remove P-0004 1 --reason 'entered twice'")]
    Remove(RemoveArgs),
}

const COLUMNS: &[Shown] = &[
    Shown::plain("number", "field-number"),
    Shown::plain("text", "field-risk"),
    Shown::word("category", "field-kind", "risk-category"),
    Shown::word("level", "field-level", "risk-level"),
    Shown::word("state", "field-state", "risk-state"),
    Shown::plain("on_date", "field-date").optional(),
    Shown::plain("source", "field-source").optional(),
];

impl Risk {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        match self {
            Self::Add(command) => command.run(context),
            Self::List(command) => command.run::<Record>(context, COLUMNS, |_, _| Ok(Vec::new())),
            Self::Set(command) => command.run(context),
            Self::Remove(command) => command.run::<Record>(context, "risk remove"),
        }
    }
}

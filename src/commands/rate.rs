//! `tpmc rate`: what currencies were worth, one verb a file.

mod add;
mod list;
mod remove;

use clap::Subcommand;

use crate::context::Context;
use crate::error::Error;

/// Record exchange rates, each with its day and its source; without one no amount is converted
#[derive(Debug, Subcommand)]
pub(crate) enum Rate {
    Add(add::Add),
    List(list::List),
    Remove(remove::Remove),
}

impl Rate {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        match self {
            Self::Add(command) => command.run(context),
            Self::List(command) => command.run(context),
            Self::Remove(command) => command.run(context),
        }
    }
}

//! `tpmc milestone`: what is planned, one verb a file.

mod add;
mod done;
mod list;

use clap::Subcommand;

use crate::context::Context;
use crate::error::Error;

/// Record what is planned, and what has become of it
///
/// A milestone is an event with a due date. `tpmc event set` and `tpmc event remove` correct it.
#[derive(Debug, Subcommand)]
pub(crate) enum Milestone {
    Add(add::Add),
    Done(done::Done),
    List(list::List),
}

impl Milestone {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        match self {
            Self::Add(command) => command.run(context),
            Self::Done(command) => command.run(context),
            Self::List(command) => command.run(context),
        }
    }
}

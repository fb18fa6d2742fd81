//! `tpmc project`: projects, one verb a file.

mod list;
mod show;

use clap::Subcommand;

use crate::context::Context;
use crate::error::Error;

/// List and show projects
#[derive(Debug, Subcommand)]
pub(crate) enum Project {
    List(list::List),
    Show(show::Show),
}

impl Project {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        match self {
            Self::List(command) => command.run(context),
            Self::Show(command) => command.run(context),
        }
    }
}

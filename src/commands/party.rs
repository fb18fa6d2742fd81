//! `tpmc party`: parties, one verb a file.

mod duplicates;
mod judge;
mod matching;

use clap::Subcommand;

use crate::context::Context;
use crate::error::Error;

/// Tell parties apart and find those recorded twice
#[derive(Debug, Subcommand)]
pub(crate) enum Party {
    Match(matching::Match),
    Duplicates(duplicates::Duplicates),
    Judge(judge::Judge),
}

impl Party {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        match self {
            Self::Match(command) => command.run(context),
            Self::Duplicates(command) => command.run(context),
            Self::Judge(command) => command.run(context),
        }
    }
}

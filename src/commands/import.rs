//! `tpmc import`: records of others taken in, one verb a file.

mod map;
mod records;

use clap::Subcommand;

use crate::context::Context;
use crate::error::Error;

/// Take in records: our own exports, and tables of others
#[derive(Debug, Subcommand)]
pub(crate) enum Import {
    Map(map::Map),
    Records(records::Records),
}

impl Import {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        match self {
            Self::Map(command) => command.run(context),
            Self::Records(command) => command.run(context),
        }
    }
}

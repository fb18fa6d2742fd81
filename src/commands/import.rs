//! `tpmc import`: records of others taken in, one verb a file.

mod apply;
mod applying;
mod decide;
mod file;
mod finding;
mod interrupt;
mod known;
mod making;
mod map;
mod mapping;
mod names;
mod plan;
mod planning;
mod preparing;
mod reading;
mod records;
mod rejects;
mod resolving;
mod show;
mod similar;
mod source_key;
mod summing;
mod template;
mod world;

use clap::Subcommand;

use crate::context::Context;
use crate::error::{Error, ImportError};

/// Take in records: our own exports, and tables of others
#[derive(Debug, Subcommand)]
pub(crate) enum Import {
    Plan(plan::Plan),
    Show(show::Show),
    Decide(decide::Decide),
    Apply(apply::Apply),
    #[command(subcommand)]
    Mapping(mapping::Mapping),
    Map(map::Map),
    Template(template::MakeTemplate),
    Records(records::Records),
}

impl Import {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        match self {
            Self::Plan(command) => command.run(context),
            Self::Show(command) => command.run(context),
            Self::Decide(command) => command.run(context),
            Self::Apply(command) => command.run(context),
            Self::Mapping(command) => command.run(context),
            Self::Template(command) => command.run(context),
            Self::Map(command) => command.run(context),
            Self::Records(command) => command.run(context),
        }
    }
}

//! `tpmc project`: projects, one verb a file.

mod add;
mod apply;
mod asking;
mod facts;
mod list;
mod new;
mod remove;
mod set;
mod show;
mod text;
mod whole;

use clap::Subcommand;

use crate::context::Context;
use crate::error::Error;

/// List, show and record projects
#[derive(Debug, Subcommand)]
pub(crate) enum Project {
    Add(add::Add),
    New(new::New),
    List(list::List),
    Show(show::Show),
    Set(set::Set),
    Remove(remove::Remove),
    Apply(apply::Apply),
}

impl Project {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        match self {
            Self::Add(command) => command.run(context),
            Self::New(command) => command.run(context),
            Self::List(command) => command.run(context),
            Self::Show(command) => command.run(context),
            Self::Set(command) => command.run(context),
            Self::Remove(command) => command.run(context),
            Self::Apply(command) => command.run(context),
        }
    }
}

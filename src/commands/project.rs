//! `tpmc project`: projects, one verb a file.

mod add;
mod apply;
mod ask;
mod facts;
mod list;
mod remove;
mod set;
mod show;

use clap::Subcommand;

use crate::context::Context;
use crate::error::Error;

/// List, show and record projects
#[derive(Debug, Subcommand)]
pub(crate) enum Project {
    Add(add::Add),
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
            Self::List(command) => command.run(context),
            Self::Show(command) => command.run(context),
            Self::Set(command) => command.run(context),
            Self::Remove(command) => command.run(context),
            Self::Apply(command) => command.run(context),
        }
    }
}

/// What a project is called in sentences about it.
pub(crate) fn title(project: &crate::store::Project) -> &str {
    project
        .titles()
        .for_reader(crate::domain::Language::English)
}

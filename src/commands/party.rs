//! `tpmc party`: parties, one verb a file.

mod add;
mod duplicates;
mod facts;
mod judge;
mod list;
mod matching;
mod merge;
mod remove;
mod set;
mod show;

use clap::Subcommand;

use crate::context::Context;
use crate::error::Error;

/// Record and correct the companies, banks, agencies and governments that take part, and tell them apart
#[derive(Debug, Subcommand)]
pub(crate) enum Party {
    Add(add::Add),
    List(list::List),
    Show(show::Show),
    Set(set::Set),
    Remove(remove::Remove),
    Merge(merge::Merge),
    Match(matching::Match),
    Duplicates(duplicates::Duplicates),
    Judge(judge::Judge),
}

impl Party {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        match self {
            Self::Add(command) => command.run(context),
            Self::List(command) => command.run(context),
            Self::Show(command) => command.run(context),
            Self::Set(command) => command.run(context),
            Self::Remove(command) => command.run(context),
            Self::Merge(command) => command.run(context),
            Self::Match(command) => command.run(context),
            Self::Duplicates(command) => command.run(context),
            Self::Judge(command) => command.run(context),
        }
    }
}

/// What a party is called in sentences about it.
fn name(party: &crate::store::Party, language: crate::domain::Language) -> &str {
    party.names().for_reader(language)
}

//! `tpmc source`: where facts were read, one verb a file.

mod add;
mod attach;
mod facts;
mod list;
mod open;
mod remove;
mod save;
mod set;
mod show;

use std::borrow::Cow;

use clap::Subcommand;

use crate::context::Context;
use crate::error::Error;

/// Record and correct sources
#[derive(Debug, Subcommand)]
pub(crate) enum Source {
    Add(add::Add),
    List(list::List),
    Show(show::Show),
    Set(set::Set),
    Attach(attach::Attach),
    Open(open::Open),
    Save(save::Save),
    Remove(remove::Remove),
}

impl Source {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        match self {
            Self::Add(command) => command.run(context),
            Self::List(command) => command.run(context),
            Self::Show(command) => command.run(context),
            Self::Set(command) => command.run(context),
            Self::Attach(command) => command.run(context),
            Self::Open(command) => command.run(context),
            Self::Save(command) => command.run(context),
            Self::Remove(command) => command.run(context),
        }
    }
}

/// What a source is called in sentences about it.
fn name(source: &crate::store::Source) -> Cow<'_, str> {
    let title = source.title.as_deref().map(Cow::Borrowed);
    let publisher = source.publisher.as_deref().map(Cow::Borrowed);
    let named = title.or_else(|| source.shown_address()).or(publisher);
    named.unwrap_or_default()
}

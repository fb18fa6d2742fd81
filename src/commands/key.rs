//! `tpmc key`: the keys that sign checkpoints, one verb a file.

mod new;
mod show;

use clap::Subcommand;

use crate::context::Context;
use crate::error::Error;

/// Make and show the keys that sign checkpoints
#[derive(Debug, Subcommand)]
pub(crate) enum Key {
    New(new::New),
    Show(show::Show),
}

impl Key {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        match self {
            Self::New(command) => command.run(context),
            Self::Show(command) => command.run(context),
        }
    }
}

//! `tpmc project apply`

use std::path::PathBuf;

use clap::Args;

use super::text::recorded;
use crate::commands::WriteArgs;
use crate::commands::document::apply;
use crate::commands::options::{NewArgs, ReopenArgs};
use crate::context::Context;
use crate::error::Error;

/// Record a project as a text says, like the one that `project show --format toml` writes
///
/// Everything is checked and recorded as one batch. When somebody changed the project since the text was made, nothing is
/// recorded and the fields that changed are named.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: tpmc project apply p-0004.toml\n\nThe text comes from: tpmc project show P-0004 --format toml -o p-0004.toml"
)]
pub(crate) struct Apply {
    /// The text; - reads it from standard input
    file: PathBuf,
    #[command(flatten)]
    reopen: ReopenArgs,
    #[command(flatten)]
    new: NewArgs,
    #[command(flatten)]
    write: WriteArgs,
}

impl Apply {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let said = (self.reopen.reopen, self.new.new);
        recorded(&self.file, |reading| {
            apply(context, "project apply", reading, &self.write, said).map(drop)
        })
    }
}

//! `tpmc project apply`

use std::io::Read as _;
use std::path::PathBuf;

use clap::Args;

use crate::commands::WriteArgs;
use crate::commands::document::apply;
use crate::commands::edit::keep;
use crate::commands::options::ReopenArgs;
use crate::context::Context;
use crate::document::{Error as Slip, read};
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
    write: WriteArgs,
}

impl Apply {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let text = self.read()?;
        let outcome = read(&text).map_err(Error::from).and_then(|read| {
            apply(
                context,
                "project apply",
                read,
                &self.write,
                self.reopen.reopen,
            )
        });
        // What came through a pipe would be lost.
        outcome.map_err(|error| {
            if self.is_piped() {
                keep(error, &text)
            } else {
                error
            }
        })
    }

    fn is_piped(&self) -> bool {
        self.file.as_os_str() == "-"
    }

    fn read(&self) -> Result<String, Error> {
        let mut bytes = Vec::new();
        let outcome = if self.is_piped() {
            std::io::stdin().lock().read_to_end(&mut bytes).map(drop)
        } else {
            std::fs::read(&self.file).map(|read| bytes = read)
        };
        let unreadable = |cause| Slip::Unreadable {
            path: self.file.clone(),
            cause,
        };
        outcome.map_err(unreadable)?;
        String::from_utf8(bytes).map_err(|_| Slip::NotText(self.file.clone()).into())
    }
}

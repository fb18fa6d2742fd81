//! `tpmc project new`

use std::path::PathBuf;

use clap::Args;

use super::text::recorded;
use crate::commands::WriteArgs;
use crate::commands::ask::previewed;
use crate::commands::document::add;
use crate::commands::editor::edited;
use crate::commands::options::NewArgs;
use crate::context::Context;
use crate::document::{blank, read};
use crate::error::Error;

/// Add a project with everything about it from one text, as one batch
///
/// Without a file, a text with a remark beside every field opens in your editor ($VISUAL, else $EDITOR). New parties and sources
/// are recorded with the project. Everything that is wrong is named at once; on a terminal you see a preview and are asked.
/// `tpmc project new --blank` prints the empty text.
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc project new wind-farm.toml --dry-run")]
pub(crate) struct New {
    /// The text; - reads it from standard input
    file: Option<PathBuf>,
    /// Print the empty text, with a remark beside every field
    #[arg(long, conflicts_with = "file")]
    blank: bool,
    #[command(flatten)]
    new: NewArgs,
    #[command(flatten)]
    write: WriteArgs,
}

impl New {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        if self.blank {
            return context.out.data(blank(context.out.remarks()).as_bytes());
        }
        let record =
            |reading: &_| add(context, "project new", reading, &self.write, self.new.new).map(drop);
        match &self.file {
            Some(file) => recorded(file, record),
            None => {
                let text = blank(context.out.remarks());
                edited(context, "new", &text, |text| {
                    let reading = read(text)?;
                    previewed(context, &self.write, self.new.new, |write, is_new| {
                        add(context, "project new", &reading, write, is_new)
                    })
                })
            }
        }
    }
}

//! `tpmc source open`

use clap::Args;

use crate::commands::kept;
use crate::context::Context;
use crate::error::Error;

/// Open the document that is kept with a source in the browser ($BROWSER, else that of the system)
///
/// The browser gets a copy in the folder for temporary files, whose path is printed. Only PDF, images and plain text are handed
/// over, nothing that could run; anything else can be saved.
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc source open S-0301")]
pub(crate) struct Open {
    /// The code of the source, like S-0002
    code: String,
}

impl Open {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let source = context.read(|reader| Ok(reader.one(&self.code.to_uppercase())?))?;
        kept::show(&source, true, context)
    }
}

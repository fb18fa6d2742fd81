//! `tpmc source save`

use clap::Args;

use crate::commands::kept;
use crate::context::Context;
use crate::error::Error;

/// Write the document that is kept with a source to a file, byte for byte
///
/// One that is not what was kept is refused.
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc source save S-0301 -o letter.pdf")]
pub(crate) struct Save {
    /// The code of the source, like S-0002
    code: String,
}

impl Save {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let source = context.read(|reader| Ok(reader.one(&self.code.to_uppercase())?))?;
        let bytes = kept::bytes_of(&source, context)?;
        context.out.file().ok_or(Error::NoOutput)?;
        context.out.data(&bytes)
    }
}

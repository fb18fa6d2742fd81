//! `tpmc source attach`

use std::path::PathBuf;

use clap::Args;

use crate::commands::WriteArgs;
use crate::commands::desk::{Done, record};
use crate::commands::kept;
use crate::context::Context;
use crate::error::Error;
use crate::store::Source;

/// Keep a document with a source: the copy of a page that may vanish, or the letter itself
///
/// The registry keeps the bytes as they are; the journal says what they hash to (SHA-256), their type and their size. A document
/// that was lost is put back in the same way. The source keeps one document: another one takes its place, and the journal keeps
/// what it was.
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc source attach S-0002 page.pdf")]
pub(crate) struct Attach {
    /// The code of the source, like S-0002
    code: String,
    /// The document, of up to 16 MiB
    file: PathBuf,
    #[command(flatten)]
    write: WriteArgs,
}

impl Attach {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        record(context, "source attach", &self.write, false, |desk| {
            let mut source: Source = desk.reader().one(&self.code.to_uppercase())?;
            let file = desk.writer.keep(&kept::read(&self.file)?)?;
            source.set_file(Some(file));
            desk.save(source.clone())?;
            let name = super::name(&source);
            let told = message!("told-named", code = source.code, name);
            Done::about(source, told)
        })
    }
}

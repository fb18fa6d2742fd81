//! `tpmc source remove`

use clap::Args;

use crate::commands::WriteArgs;
use crate::commands::desk::record;
use crate::context::Context;
use crate::error::Error;
use crate::store::Source;

/// Take a source that nothing cites out of the registry; the journal keeps it
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc source remove S-0296 --reason 'entered twice'")]
pub(crate) struct Remove {
    /// The code of the source, like S-0002
    code: String,
    #[command(flatten)]
    write: WriteArgs,
}

impl Remove {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        record(context, "source remove", &self.write, false, |desk| {
            desk.removal::<Source>(&self.code.to_uppercase())
        })
    }
}

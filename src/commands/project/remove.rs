//! `tpmc project remove`

use clap::Args;

use crate::commands::WriteArgs;
use crate::commands::desk::record;
use crate::context::Context;
use crate::domain::ProjectCode;
use crate::error::Error;
use crate::store::Project;

/// Take a project out of the registry; the journal keeps it
///
/// For a record that should never have been made. A project that was given up is not removed: its status is cancelled.
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc project remove P-0057 --reason 'entered twice'")]
pub(crate) struct Remove {
    /// The project's code, like F1-001 or P-0001
    code: ProjectCode,
    #[command(flatten)]
    write: WriteArgs,
}

impl Remove {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        record(context, "project remove", &self.write, false, |desk| {
            desk.removal::<Project>(self.code.as_str())
        })
    }
}

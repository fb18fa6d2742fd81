//! `tpmc party remove`

use clap::Args;

use crate::commands::WriteArgs;
use crate::commands::desk::record;
use crate::context::Context;
use crate::error::Error;
use crate::store::Party;

/// Take a party that takes part in nothing out of the registry; the journal keeps it
///
/// One recorded twice is merged with `tpmc party merge` instead.
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc party remove lao-wind-power --reason 'not a party'")]
pub(crate) struct Remove {
    /// The code of the party
    code: String,
    #[command(flatten)]
    write: WriteArgs,
}

impl Remove {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        record(context, "party remove", &self.write, false, |desk| {
            desk.removal::<Party>(&self.code)
        })
    }
}

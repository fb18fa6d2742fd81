//! `tpmc party remove`

use clap::Args;

use crate::commands::WriteArgs;
use crate::commands::desk::{Done, record};
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
            let party: Party = desk.reader().one(&self.code)?;
            let told = format!("the removal of {}: {}", self.code, super::name(&party));
            desk.remove(party)?;
            Ok(Done {
                code: self.code.clone(),
                told,
                document: serde_json::Value::Null,
            })
        })
    }
}

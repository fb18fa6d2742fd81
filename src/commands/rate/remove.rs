//! `tpmc rate remove`

use clap::Args;

use crate::commands::WriteArgs;
use crate::commands::desk::record;
use crate::context::Context;
use crate::error::Error;
use crate::store::ExchangeRate;

/// Take an exchange rate out of the registry; the journal keeps it
#[derive(Debug, Args)]
#[command(
    after_help = "Example: tpmc rate remove USD/JPY/2018-10-26 --reason 'the rate of another day'"
)]
pub(crate) struct Remove {
    /// The rate: both currencies and the day
    #[arg(value_name = "FROM/TO/DAY")]
    code: String,
    #[command(flatten)]
    write: WriteArgs,
}

impl Remove {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        record(context, "rate remove", &self.write, false, |desk| {
            desk.removal::<ExchangeRate>(&self.code.to_uppercase())
        })
    }
}

//! `tpmc init`

use clap::Args;

use crate::context::Context;
use crate::error::Error;
use crate::store::{Contents, Store};

/// Create a registry with the records that come with the program
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc init --registry cooperation.db")]
pub(crate) struct Init {
    /// Leave out projects and parties: only countries, currencies, forums, indicators and the cooperation's timeline
    #[arg(long)]
    empty: bool,
    /// Why, for the journal
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

impl Init {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let path = context.registry()?;
        let contents = if self.empty {
            Contents::Reference
        } else {
            Contents::Everything
        };
        let outcome = Store::create(
            &path,
            contents,
            &context.intent("init", self.reason),
            || context.now(),
        )?;
        let count = outcome.saved;
        context.out.say(&message!("receipt-created", path, count));
        Ok(())
    }
}

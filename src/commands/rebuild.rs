//! `tpmc rebuild`

use clap::Args;

use crate::context::Context;
use crate::error::Error;
use crate::store::Access;

/// Make every table anew from the journal
///
/// For a registry whose tables were damaged or edited by another program; views, triggers and indexes are put right too. The journal itself is checked first and does not
/// change: this is not a batch, and leaves no trace in it. If anything fails, the file stays as it was.
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc rebuild --registry cooperation.db")]
pub(crate) struct Rebuild {}

impl Rebuild {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let mut store = context.store(Access::Repair)?;
        let size = store.read(|reader| match reader.has_tables()? {
            true => Ok::<_, Error>(reader.journal_size(None)?),
            false => Ok(0), // refused below
        })?;
        let bar = context.out.progress(size.saturating_mul(2));
        let records = store.rebuild(&|rows| bar.inc(rows));
        bar.finish_and_clear();
        let count = records?;
        context.out.say(&message!("receipt-rebuilt", count, size));
        Ok(())
    }
}

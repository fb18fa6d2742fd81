//! `tpmc rebuild`

use clap::Args;

use crate::context::Context;
use crate::error::Error;
use crate::store::Access;

/// Make every table anew from the journal
///
/// For a registry whose tables were damaged or edited by another program. The journal itself is checked first and does not
/// change: this is not a batch, and leaves no trace in it. If anything fails, the file stays as it was.
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc rebuild --registry cooperation.db")]
pub(crate) struct Rebuild {}

impl Rebuild {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let mut store = context.store(Access::Write)?;
        let size = store.read(|reader| Ok::<_, Error>(reader.journal_size(None)?))?;
        let bar = context.out.progress(size.saturating_mul(2));
        let records = store.rebuild(&|rows| bar.inc(rows));
        bar.finish_and_clear();
        let told = format!(
            "Made {} records from the {size} entries of the journal.",
            records?
        );
        context.out.status(&told);
        Ok(())
    }
}

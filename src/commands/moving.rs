//! `tpmc move`

use std::path::PathBuf;

use clap::Args;

use super::backup::{batches, show_checkpoint};
use crate::context::Context;
use crate::error::Error;
use crate::store::{Access, Store};

/// Make the registry at FROM anew at TO, from a file to a server or back
///
/// Every entry of the journal is taken over byte for byte, with the documents that are kept, and the two roots are compared. TO must not
/// be there yet; whatever stops the move leaves nothing there. FROM stays as it is: put it away, so that nobody records in it any more.
/// The result is the checkpoint of the registry at TO.
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc move cooperation.db postgres://registry.example/tpmc")]
pub(crate) struct Move {
    /// The registry that is there: a file, or the address of a server
    #[arg(value_name = "FROM")]
    from: PathBuf,
    /// Where it is to be: a file, or the address of a server with an empty database
    #[arg(value_name = "TO")]
    to: PathBuf,
}

impl Move {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let (from, to) = (&self.from, &self.to);
        let mut store = Store::open(from, Access::Read)?;
        let size = store.read(|reader| reader.journal_size(None))?;
        let bar = context.out.progress(size);
        let moved = store.move_to(to, &|rows| bar.inc(rows));
        bar.finish_and_clear();
        let moved = moved?;
        context.out.say(&message!(
            "receipt-moved",
            from,
            to,
            batches = batches(moved),
            count = size
        ));
        show_checkpoint(to, context)
    }
}

//! `tpmc backup`

use std::path::{Path, PathBuf};

use clap::Args;

use super::checkpoint;
use crate::context::Context;
use crate::error::Error;
use crate::message::Message;
use crate::store::{Access, Store};

/// Copy the registry to another file while others go on working, and check the copy
///
/// The copy is checked as `tpmc verify` would: the file, the journal against its hash tree, the tables against the journal.
/// One that does not hold is thrown away. The result is the checkpoint of the copy: kept apart from it, it shows later that
/// nobody rewrote the copy (`tpmc verify --registry FILE --against CHECKPOINT`). An existing file is never overwritten.
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc backup 2026-11-25.db -o 2026-11-25.checkpoint")]
pub(crate) struct Backup {
    /// Where to put the copy; nothing may be there
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

impl Backup {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let folder = self.file.parent();
        if let Some(folder) = folder.filter(|folder| !folder.as_os_str().is_empty()) {
            // A disk that is not there must not become a folder of its name.
            std::fs::metadata(folder).map_err(|cause| Error::File {
                path: self.file.clone(),
                cause,
            })?;
        }
        let mut store = context.store(Access::Read)?;
        let size = store.read(|reader| Ok::<_, Error>(reader.journal_size(None)?))?;
        let bar = context.out.progress(size.saturating_mul(2));
        let checked = store.back_up(&self.file, &|rows| bar.inc(rows));
        bar.finish_and_clear();
        let checked = checked?;
        if !checked.findings.is_empty() {
            return Err(Error::BadCopy(checked.findings.len() + checked.more));
        }
        context.out.say(&message!(
            "receipt-backed-up",
            path = self.file,
            batches = batches(checked.batches),
            count = checked.records
        ));
        show_checkpoint(&self.file, context)
    }
}

/// "1 batch", "2 batches".
pub(super) fn batches(count: i64) -> Message {
    message!("told-batches", count)
}

/// Writes the checkpoint of the registry at `path`.
pub(super) fn show_checkpoint(path: &Path, context: &Context) -> Result<(), Error> {
    let checkpoint = Store::open(path, Access::Read)?.read(|reader| {
        let size = reader.journal_size(None)?;
        checkpoint::at(reader, size)
    })?;
    let text = checkpoint.to_string();
    checkpoint::show(context, checkpoint::artefact(&checkpoint, text))
}

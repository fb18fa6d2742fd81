//! `tpmc restore`

use std::path::PathBuf;

use clap::Args;

use super::backup::{batches, show_checkpoint};
use crate::context::Context;
use crate::error::Error;
use crate::message::Message;
use crate::store::{Access, Checked, Replaced, Store, files_only};

/// Put a backup in the place of the registry, and keep the registry that was there
///
/// The backup is copied and the copy checked first, as `tpmc verify` would; if anything is wrong, everything stays as it is. A
/// backup of an older release is brought up to date. The registry that was there is kept beside it, whole. The result is the
/// checkpoint of the restored registry. Nobody may be using the registry meanwhile.
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc restore 2026-11-25.db --registry cooperation.db")]
pub(crate) struct Restore {
    /// The backup, which stays where it is
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

impl Restore {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let path = context.registry()?;
        files_only(&path, "restore")?;
        context.refuse_to_overwrite_registry(&self.file)?;
        // An older backup is not counted beforehand, and one that cannot be read is refused below.
        let entries = Store::open(&self.file, Access::Read)
            .and_then(|mut backup| backup.read(|reader| reader.journal_size(None)));
        if let Some(folder) = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
        {
            std::fs::create_dir_all(folder).map_err(|cause| Error::File {
                path: path.clone(),
                cause,
            })?;
        }
        let bar = context.out.progress(entries.unwrap_or(0).saturating_mul(2));
        let restored = Store::put_back(&self.file, &path, context.now(), &|rows| bar.inc(rows));
        bar.finish_and_clear();
        let restored = restored?;
        let checked = &restored.checked;
        if !checked.findings.is_empty() {
            return Err(Error::BadCopy(checked.findings.len() + checked.more));
        }
        context.out.say(&message!(
            "receipt-restored",
            path,
            batches = batches(checked.batches),
            count = checked.records
        ));
        for moved in &restored.moved_aside {
            context
                .out
                .say(&message!("receipt-moved-aside", path = moved));
        }
        let origin =
            Store::open(&path, Access::Read)?.read(|reader| Ok::<_, Error>(reader.origin()?))?;
        if let Some(replaced) = &restored.replaced {
            for sentence in about(replaced, &origin, checked) {
                context.out.say(&sentence);
            }
        }
        show_checkpoint(&path, context)
    }
}

/// Where the replaced registry is, and what it has that the restored one lacks.
fn about(replaced: &Replaced, origin: &str, checked: &Checked) -> Vec<Message> {
    let kept = &replaced.path;
    let mut told = vec![message!("receipt-replaced", path = kept)];
    match &replaced.known {
        None => told.push(message!("receipt-replaced-unreadable")),
        Some((other, _)) if other != origin => told.push(message!("receipt-replaced-other", other)),
        Some((_, known)) if *known > checked.batches => told.push(message!(
            "receipt-replaced-newer",
            batches = batches(known - checked.batches),
            first = checked.batches + 1,
            path = kept
        )),
        Some(_) => {}
    }
    told
}

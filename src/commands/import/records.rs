//! `tpmc import records`

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::context::Context;
use crate::error::Error;
use crate::exchange;
use crate::input;
use crate::message::{Message, is_server};
use crate::store::{self, Document, Kind, Store, Writer};

/// Rebuild a registry from an export of this program
///
/// The file is what `tpmc export` wrote as json, ndjson (records or journal) or datapackage. The registry is a new file: it must
/// not exist yet. From the journal, it gets the whole history, entries byte for byte; from records, their present state as one
/// batch. Either all of it is taken in, or nothing.
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc import records records.ndjson --registry rebuilt.db")]
pub(crate) struct Records {
    /// The export: a .json, .ndjson or .zip file, or the folder of a data package
    file: PathBuf,
    /// Why, for the journal
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

impl Records {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let registry = context.registry()?;
        let read = |error| match error {
            exchange::Error::Read(cause) => self.unread(cause),
            error => error.into(),
        };
        let import = exchange::Import::of(&self.file).map_err(read)?;
        let (count, receipt) = if let exchange::Import::Journal(path) = &import {
            (self.restore(path, &registry)?, "receipt-created-by-journal")
        } else {
            let scratch = Scratch(scratch_beside(&registry));
            let intent = context.intent("import", self.reason.clone());
            let count = Store::create_with(&registry, |store| {
                let (count, _) = store.write(
                    &intent,
                    || context.now(),
                    |writer| {
                        let mut failed = None;
                        let mut count = 0;
                        let done = import.records(&scratch.0, &mut |document| {
                            count += 1;
                            failed = save(document, writer).err();
                            failed.is_none()
                        });
                        match failed {
                            Some(error) => Err(error),
                            None => done.map(|()| count).map_err(read),
                        }
                    },
                )?;
                if count == 0 {
                    return Err(nothing_in(&self.file));
                }
                Ok::<_, Error>(count)
            })?;
            (count, "receipt-created")
        };
        let receipt = Message::new(receipt).with("path", &registry);
        context.out.say(&receipt.with("count", &count));
        Ok(())
    }

    fn unread(&self, cause: std::io::Error) -> Error {
        if cause.kind() == std::io::ErrorKind::InvalidData {
            let file = self.file.display().to_string();
            let why = crate::input::explained(&cause);
            return exchange::Error::Refused { file, why }.into();
        }
        let path = self.file.clone();
        Error::Read { path, cause }
    }

    /// Takes in the journal at `path`.
    fn restore(&self, path: &Path, registry: &Path) -> Result<i64, Error> {
        let lines = input::lines(input::open(path).map_err(|cause| self.unread(cause))?);
        Store::create_with(registry, |store| {
            store.restore(lines.map(|line| line.map_err(|cause| self.unread(cause))))
        })
    }
}

fn nothing_in(file: &Path) -> Error {
    exchange::Error::NotOurs {
        file: file.display().to_string(),
        why: message!("why-holds-nothing"),
    }
    .into()
}

/// Saves a record that must not be there yet.
fn save(document: Document, writer: &mut Writer<'_>) -> Result<(), Error> {
    let (kind, code): (Kind, String) = (document.kind(), document.code().to_owned());
    if writer.reader().document(kind, &code)?.is_some() {
        let what = kind.word();
        return Err(store::Error::Duplicate { what, code }.into());
    }
    writer.save(document)?;
    Ok(())
}

/// A folder for files that are unpacked, beside the new registry.
fn scratch_beside(registry: &Path) -> PathBuf {
    if is_server(registry) {
        return std::env::temp_dir().join(format!("tpmc.{}.unpacked", std::process::id()));
    }
    let mut name = std::ffi::OsString::from(".");
    name.push(registry.file_name().unwrap_or_default());
    name.push(format!(".{}.unpacked", std::process::id()));
    registry.with_file_name(name)
}

/// Removed with everything in it when the work is done.
struct Scratch(PathBuf);

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

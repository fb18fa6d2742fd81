//! A new registry: made beside its place and moved there whole, so that a failure leaves nothing behind.

use std::fs;
use std::io;
use std::path::Path;

use diesel::connection::SimpleConnection as _;

use super::draft::{Draft, left_beside};
use super::medium::Way;
use super::open::apply_migrations;
use super::{Contents, Error, Intent, SeedOutcome, Store};
use crate::domain::Moment;
use crate::message::is_server;

/// Pages of 16 KiB. A project's entry in the journal has about 1,300 bytes, so that SQLite's usual 4 KiB hold two or three: a large
/// batch splits far fewer of the larger pages. Set before anything is in the file, or never.
const PAGES: &str = "PRAGMA page_size = 16384;";

impl Store {
    /// Creates a registry at `path`, which must not exist, with the records shipped with the program as its first batch.
    pub(crate) fn create(
        path: &Path,
        contents: Contents,
        intent: &Intent,
        clock: impl FnOnce() -> Moment,
    ) -> Result<SeedOutcome, Error> {
        Self::create_with(path, |store| store.seed(contents, intent, clock))
    }

    /// Creates a registry at `path`, which must not exist; `fill` gets it with the schema and nothing in it.
    ///
    /// # Errors
    /// Those of `fill`: nothing is left behind then.
    pub(crate) fn create_with<T, E: From<Error>>(
        path: &Path,
        fill: impl FnOnce(&mut Self) -> Result<T, E>,
    ) -> Result<T, E> {
        if is_server(path) {
            return Self::found(path, fill);
        }
        Self::create_file(path, fill)
    }

    pub(super) fn create_file<T, E: From<Error>>(
        path: &Path,
        fill: impl FnOnce(&mut Self) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut draft = draft_of_new(path)?;
        let mut store = Self::connect(draft.path(), Way::Write)?;
        store.db.batch_execute(PAGES).map_err(Error::from)?;
        apply_migrations(&mut store.db)?;
        let outcome = fill(&mut store)?;
        store.add_log()?;
        drop(store);
        draft.place(path).map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => Error::Exists(path.to_owned()),
            _ => Error::Open {
                path: path.to_owned(),
                cause: error,
            },
        })?;
        Ok(outcome)
    }
}

/// A draft of the registry at `path`, where nothing may be yet; its folder is made.
fn draft_of_new(path: &Path) -> Result<Draft, Error> {
    if path.symlink_metadata().is_ok() {
        return Err(if path.is_dir() {
            Error::Folder(path.to_owned())
        } else {
            Error::Exists(path.to_owned())
        });
    }
    if let Some(left) = left_beside(path).next() {
        return Err(Error::Leftover(left));
    }
    let open = |cause| Error::Open {
        path: path.to_owned(),
        cause,
    };
    if let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        fs::create_dir_all(folder).map_err(open)?;
    }
    Draft::beside(path, None).map_err(open)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pages_of_a_new_registry_hold_several_entries() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("registry.db");
        Store::create_with(&path, |_| Ok::<_, Error>(())).expect("created");
        // SQLite's file format, section 1.3.2: the size of a page at the place 16, big-endian.
        let file = fs::read(&path).expect("the file");
        assert_eq!(file.get(16..18), Some([0x40, 0x00].as_slice()));
    }

    #[test]
    fn a_failure_leaves_nothing_behind() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("registry.db");
        let intent = Intent {
            actor: " ".to_owned(), // which the schema refuses
            command: "init",
            reason: None,
            dry_run: false,
            force_clock: false,
        };
        let clock = || "2026-11-23T22:00:00Z".parse().expect("a time");
        assert!(Store::create(&path, Contents::Reference, &intent, clock).is_err());
        assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 0);
    }
}

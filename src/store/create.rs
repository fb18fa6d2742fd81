//! A new registry: made beside its place and moved there whole, so that a failure leaves nothing behind.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use diesel::connection::SimpleConnection as _;

use super::file::Backup;
use super::{Access, Error, Intent, SeedOutcome, Store};
use crate::domain::Moment;

/// Pages of 16 KiB. A project's entry in the journal has about 1,300 bytes, so that SQLite's usual 4 KiB hold two or three: a large
/// batch splits far fewer of the larger pages. Set before anything is in the file, or never.
const PAGES: &str = "PRAGMA page_size = 16384;";

/// What a new registry holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Contents {
    /// All the records shipped with the program.
    Everything,
    /// Countries, currencies, forums, indicators and the cooperation's timeline, without projects and parties.
    Reference,
}

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
        let draft = Draft::for_new(path)?;
        let mut store = Self::connect(&draft.0, "rwc")?;
        store.db.batch_execute(PAGES).map_err(Error::from)?;
        store.apply_migrations()?;
        let outcome = fill(&mut store)?;
        drop(store);
        draft
            .become_file(path)
            .map_err(|error| match error.kind() {
                io::ErrorKind::AlreadyExists => Error::Exists(path.to_owned()),
                _ => Error::Open {
                    path: path.to_owned(),
                    cause: error,
                },
            })?;
        Ok(outcome)
    }

    /// Brings an older registry up to the current schema, after keeping a copy of it; tells where the copy is.
    /// A registry of the current schema is left as it is.
    pub(crate) fn migrate(path: &Path) -> Result<Option<PathBuf>, Error> {
        let (mut store, found) = Self::open_any_schema(path, Access::Write)?;
        let known = super::open::SCHEMA;
        if found > known {
            return Err(Error::Newer {
                path: path.to_owned(),
                found,
                known,
            });
        }
        if found == known {
            return Ok(None);
        }
        let mut copy = path.as_os_str().to_owned();
        copy.push(format!(".schema-{found}"));
        let copy = PathBuf::from(copy);
        Backup {
            from: path,
            to: &copy,
        }
        .run()?;
        store.bring_up_to_date()?;
        Ok(Some(copy))
    }

    /// Applies the migrations that the file lacks, and fills what they added from the journal.
    pub(super) fn bring_up_to_date(&mut self) -> Result<(), Error> {
        self.apply_migrations()?;
        self.rebuild(&|_| {}).map(drop)
    }
}

/// A file that is being made; removed again unless it becomes the real one.
pub(super) struct Draft(PathBuf);

impl Draft {
    pub(super) fn path(&self) -> &Path {
        &self.0
    }

    /// A draft of the registry at `path`, where nothing may be yet; its folder is made.
    fn for_new(path: &Path) -> Result<Self, Error> {
        if path.symlink_metadata().is_ok() {
            return Err(if path.is_dir() {
                Error::Folder(path.to_owned())
            } else {
                Error::Exists(path.to_owned())
            });
        }
        if let Some(folder) = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
        {
            fs::create_dir_all(folder).map_err(|cause| Error::Open {
                path: path.to_owned(),
                cause,
            })?;
        }
        Ok(Self::beside(path))
    }

    pub(super) fn beside(path: &Path) -> Self {
        let mut name = std::ffi::OsString::from(".");
        name.push(path.file_name().unwrap_or_default());
        name.push(format!(".{}.new", std::process::id()));
        Self(path.with_file_name(name))
    }

    /// Moves the file to `path`, unless something is there already: another program may have been faster.
    pub(super) fn become_file(&self, path: &Path) -> io::Result<()> {
        match fs::hard_link(&self.0, path) {
            Err(error)
                if error.kind() != io::ErrorKind::AlreadyExists
                    && path.symlink_metadata().is_err() =>
            {
                fs::rename(&self.0, path) // a file system without links
            }
            result => result,
        }
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_older_registry_is_brought_up_to_date_and_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("registry.db");
        let older = super::super::open::SCHEMA - 1;
        Store::with_schema(&path, older);
        let before = fs::read(&path).expect("the old file");
        let refused = Store::open(&path, Access::Read).err();
        assert!(matches!(refused, Some(Error::Older { found, .. }) if found == older));
        let copy = Store::migrate(&path).expect("migrated").expect("a copy");
        assert!(Store::open(&path, Access::Write).is_ok());
        assert!(matches!(Store::migrate(&path), Ok(None)), "once is enough");
        let (_, schema) = Store::open_any_schema(&copy, Access::Read).expect("the copy opens");
        assert_eq!(schema, older);
        assert_eq!(before.len(), fs::read(&copy).expect("the copy").len());
    }

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
        };
        let clock = || "2026-11-23T22:00:00Z".parse().expect("a time");
        assert!(Store::create(&path, Contents::Reference, &intent, clock).is_err());
        assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 0);
    }
}

//! Opening the file, with the settings every connection needs, and saying clearly why it cannot be opened.
//!
//! The journal mode is SQLite's default, the rollback journal: one file that can be read from a read-only disk or a network
//! share, with nothing left beside it. Writes are short batches, and readers wait for them.

use std::io;
use std::path::Path;

use diesel::Connection as _;
use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness as _, embed_migrations};

use super::backend::Db;
use super::{Error, Store};

const MIGRATIONS: EmbeddedMigrations = embed_migrations!();
/// "TPMC", set by the first migration.
const APPLICATION: i64 = 0x5450_4d43;
/// How many migrations this program knows; each sets `user_version` to its place among them.
pub(super) const SCHEMA: i64 = 15;

/// How long a writer or a reader waits for another program's lock, in milliseconds. Waiting comes first: the other settings
/// may meet a lock themselves.
const SETTINGS: &str =
    "PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;";

/// Room for the pages that a large batch changes: 64 MiB, taken as they are needed.
pub(super) const FOR_WRITING: &str = "PRAGMA cache_size = -65536;";

/// What a command will do with the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    Read,
    Write,
}

#[derive(QueryableByName)]
struct Header {
    #[diesel(sql_type = BigInt)]
    application: i64,
    #[diesel(sql_type = BigInt)]
    schema: i64,
}

impl Store {
    /// Opens an existing registry of the current schema. A mistyped path is an error, never a new empty file.
    pub(crate) fn open(path: &Path, access: Access) -> Result<Self, Error> {
        let store = Self::open_any_schema(path, access)?;
        let found = store.1;
        let path = path.to_owned();
        match found {
            SCHEMA => Ok(store.0),
            newer if newer > SCHEMA => Err(Error::Newer {
                path,
                found,
                known: SCHEMA,
            }),
            _ => Err(Error::Older {
                path,
                found,
                known: SCHEMA,
            }),
        }
    }

    /// Opens a registry whatever its schema, and tells the schema.
    pub(super) fn open_any_schema(path: &Path, access: Access) -> Result<(Self, i64), Error> {
        let open = |cause| Error::Open {
            path: path.to_owned(),
            cause,
        };
        match std::fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => return Err(Error::Folder(path.to_owned())),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(Error::Missing(path.to_owned()));
            }
            Err(error) => return Err(open(error)),
        }
        // SQLite would say only that it cannot open the file; the system says why.
        std::fs::File::open(path).map_err(open)?;
        let mode = match access {
            Access::Read => "ro",
            Access::Write => "rw",
        };
        let mut store = Self::connect(path, mode)?;
        let header = match store.header() {
            // What a program that was stopped left half done must be rolled back first, which needs the right to write.
            Err(Error::Sql(_) | Error::ReadOnly) if access == Access::Read => {
                store = Self::connect(path, "rw")?;
                store.header()
            }
            header => header,
        };
        let header = header.map_err(|error| match error {
            Error::Corrupt => Error::NotARegistry(path.to_owned()),
            error => error,
        })?;
        if header.application != APPLICATION {
            return Err(Error::NotARegistry(path.to_owned()));
        }
        Ok((store, header.schema))
    }

    /// Connects without looking at what the file holds. `mode` is SQLite's: `ro`, `rw` or `rwc`, which creates the file.
    pub(super) fn connect(path: &Path, mode: &str) -> Result<Self, Error> {
        let text = path.to_str().ok_or_else(|| Error::Path(path.to_owned()))?;
        let escaped = text
            .replace('%', "%25")
            .replace('?', "%3f")
            .replace('#', "%23");
        let open = |error: ConnectionError| Error::Open {
            path: path.to_owned(),
            cause: io::Error::other(error.to_string()),
        };
        let mut db = Db::establish(&format!("file:{escaped}?mode={mode}")).map_err(open)?;
        db.batch_execute(SETTINGS)?;
        if mode != "ro" {
            db.batch_execute(FOR_WRITING)?;
        }
        Ok(Self {
            db,
            path: path.to_owned(),
        })
    }

    /// A registry in memory, with the schema and nothing else.
    pub(crate) fn in_memory() -> Result<Self, Error> {
        let open = |error: ConnectionError| Error::Migration(error.to_string());
        let mut db = Db::establish(":memory:").map_err(open)?;
        db.batch_execute(SETTINGS)?;
        let mut store = Self {
            db,
            path: Path::new(":memory:").to_owned(),
        };
        store.apply_migrations()?;
        Ok(store)
    }

    /// Applies the migrations that the file does not have yet.
    pub(super) fn apply_migrations(&mut self) -> Result<(), Error> {
        let done = self.db.run_pending_migrations(MIGRATIONS);
        done.map(drop)
            .map_err(|error| Error::Migration(error.to_string()))
    }

    /// Runs `work` while nobody else can write, here or anywhere; it is no transaction of ours, and changes nothing.
    pub(super) fn alone<T>(&mut self, work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
        self.db.batch_execute("BEGIN IMMEDIATE")?;
        let done = work();
        let ended = self.db.batch_execute("ROLLBACK");
        done.and_then(|done| Ok(ended.map(|()| done)?))
    }

    /// Where the registry is kept.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    fn header(&mut self) -> Result<Header, Error> {
        let sql = "SELECT application_id AS application, user_version AS schema FROM pragma_application_id, pragma_user_version";
        Ok(diesel::sql_query(sql).get_result(&mut self.db)?)
    }
}

#[cfg(test)]
mod tests;

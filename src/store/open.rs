//! Opening the file, with the settings every connection needs, and saying clearly why it cannot be opened.
//!
//! Nothing in the file is trusted: what acts or answers in the place of the program's own tables is refused before anything is
//! asked (see [`super::layout`]). How readers and writers share the file is in [`super::medium`].

use std::io;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use diesel::Connection as _;
use diesel::connection::SimpleConnection as _;
use diesel::migration::MigrationSource;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness as _, embed_migrations};

use super::backend::Db;
use super::layout;
use super::medium::{self, Opened, Way};
use super::{Error, Store};
use crate::message::{Message, is_server};

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
/// "TPMC", set by the first migration.
const APPLICATION: i64 = 0x5450_4d43;
/// How many migrations this program knows; each sets `user_version` to its place among them.
pub(super) const SCHEMA: i64 = 21;

/// How long anybody waits for a lock of another program.
const PATIENCE: Duration = Duration::from_secs(5);

/// Waiting comes first (in milliseconds): the other settings may meet a lock themselves. Every commit waits until the disk has it.
const SETTINGS: &str =
    "PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;
    PRAGMA cell_size_check = ON; PRAGMA synchronous = FULL;";

/// A network share has no memory that programs on several machines could share: the log of a file that was brought there goes.
pub(super) const WITHOUT_LOG: &str =
    "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = DELETE; PRAGMA locking_mode = NORMAL;
    SELECT count(*) FROM sqlite_schema;";

/// Room for the pages that a large batch changes: 64 MiB, taken as they are needed.
pub(super) const FOR_WRITING: &str = "PRAGMA cache_size = -65536;";

/// What a command will do with the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    Read,
    Write,
    /// Read, and take objects that are not the program's for findings.
    Inspect,
    /// Write, and put right what is not as the program made it.
    Repair,
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
    ///
    /// # Errors
    /// [`Error::Layout`] when it has objects that are not the program's, unless they are looked for.
    pub(crate) fn open(path: &Path, access: Access) -> Result<Self, Error> {
        if is_server(path) {
            return Self::open_copy(path, access);
        }
        Self::open_file(path, access)
    }

    pub(super) fn open_file(path: &Path, access: Access) -> Result<Self, Error> {
        let (mut store, found) = Self::open_any_schema(path, access)?;
        let (path, known) = (path.to_owned(), SCHEMA);
        if found > known {
            return Err(Error::Newer { path, found, known });
        }
        if found < known {
            return Err(Error::Older { path, found, known });
        }
        if matches!(access, Access::Read | Access::Write) {
            layout::refuse_foreign(&mut store.db)?;
        }
        store.opened.begins_log = access == Access::Write;
        Ok(store)
    }

    /// Opens a registry whatever its schema, and tells the schema.
    pub(super) fn open_any_schema(path: &Path, access: Access) -> Result<(Self, i64), Error> {
        let open = |cause| Error::Open {
            path: path.to_owned(),
            cause,
        };
        match std::fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => return Err(Error::Folder(path.to_owned())),
            Ok(metadata) if metadata.is_file() => {}
            Ok(_) => return Err(Error::NotARegistry(path.to_owned())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(Error::Missing(path.to_owned()));
            }
            Err(error) => return Err(open(error)),
        }
        // SQLite would say only that it cannot open the file; the system says why.
        std::fs::File::open(path).map_err(open)?;
        let way = match access {
            Access::Read | Access::Inspect => Way::of_reading(path),
            Access::Write | Access::Repair => {
                medium::room_to_write(path)?;
                Way::Write
            }
        };
        let not_ours = |error| match error {
            Error::Corrupt => Error::NotARegistry(path.to_owned()),
            error => error,
        };
        let mut store = Self::connect(path, way).map_err(not_ours)?;
        let header = store.header().map_err(not_ours)?;
        if header.application != APPLICATION {
            return Err(Error::NotARegistry(path.to_owned()));
        }
        Ok((store, header.schema))
    }

    /// Connects to a file without looking at what it holds.
    pub(super) fn connect(path: &Path, way: Way) -> Result<Self, Error> {
        let open = |error: ConnectionError| Error::Open {
            path: path.to_owned(),
            cause: io::Error::other(error.to_string()),
        };
        let mut db = Db::establish(&way.address(path)?).map_err(open)?;
        db.batch_execute(SETTINGS)?;
        if matches!(way, Way::Read | Way::Write)
            && medium::is_remote(path)
            && medium::is_logged(path)
        {
            db.batch_execute(WITHOUT_LOG)?;
        }
        db.batch_execute(match way {
            Way::Write => FOR_WRITING,
            Way::Read | Way::Beside | Way::Alone => "PRAGMA query_only = ON;",
        })?;
        Ok(Self {
            db,
            path: path.to_owned(),
            opened: Opened::at(path, way),
            server: None,
        })
    }

    /// A registry in memory, with the schema and nothing else.
    pub(crate) fn in_memory() -> Result<Self, Error> {
        let open = |error: ConnectionError| Error::Migration(Message::foreign(error));
        let mut db = Db::establish(":memory:").map_err(open)?;
        db.batch_execute(SETTINGS)?;
        let mut store = Self {
            db,
            path: Path::new(":memory:").to_owned(),
            opened: Opened::default(),
            server: None,
        };
        apply_migrations(&mut store.db)?;
        Ok(store)
    }

    /// From now on readers and writers do not wait for each other, where the file system can do that.
    pub(super) fn add_log(&mut self) -> Result<(), Error> {
        if medium::is_remote(&self.path) {
            return Ok(());
        }
        Ok(self.db.batch_execute("PRAGMA journal_mode = WAL;")?)
    }

    /// Adds the log to a file that has none, like a backup that is written to. While somebody else has it open, it goes without.
    pub(super) fn begin_log(&mut self) -> Result<(), Error> {
        if self.opened.begins_log {
            self.db.batch_execute("PRAGMA busy_timeout = 0")?;
            let _ = self.add_log();
            self.db.batch_execute("PRAGMA busy_timeout = 5000")?;
        }
        Ok(())
    }

    /// Takes everything into the one file again; for this, nobody else may have it open.
    ///
    /// # Errors
    /// [`Error::Busy`] when somebody still has it open after five seconds.
    pub(super) fn remove_log(&mut self) -> Result<(), Error> {
        let start = Instant::now();
        loop {
            let done = self.db.batch_execute("PRAGMA journal_mode = DELETE;");
            match done.map_err(Error::from) {
                Err(Error::Busy) if start.elapsed() < PATIENCE => thread::sleep(PATIENCE / 100),
                done => return done,
            }
        }
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

/// Applies the migrations that the file does not have yet.
pub(super) fn apply_migrations(db: &mut Db) -> Result<(), Error> {
    let done = db.run_pending_migrations(MIGRATIONS);
    done.map(drop)
        .map_err(|error| Error::Migration(Message::foreign(error)))
}

/// Takes back so many migrations, the last ones first.
#[cfg(test)]
pub(super) fn take_back_migrations(db: &mut Db, steps: usize) {
    db.batch_execute("PRAGMA foreign_keys = OFF")
        .expect("a setting");
    for _ in 0..steps {
        db.revert_last_migration(MIGRATIONS)
            .expect("an older schema");
    }
}

/// The versions of all migrations, in their order.
pub(super) fn migration_versions() -> Result<Vec<String>, Error> {
    let all = MigrationSource::<super::backend::Backend>::migrations(&MIGRATIONS);
    let all = all.map_err(|error| Error::Migration(Message::foreign(error)))?;
    let mut versions: Vec<String> = all
        .iter()
        .map(|one| one.name().version().to_string())
        .collect();
    versions.sort_unstable();
    Ok(versions)
}

/// The schema that the file has at this moment.
pub(super) fn schema_of(db: &mut Db) -> Result<i64, Error> {
    #[derive(QueryableByName)]
    struct Schema {
        #[diesel(sql_type = BigInt)]
        user_version: i64,
    }
    let found: Schema = diesel::sql_query("PRAGMA user_version").get_result(db)?;
    Ok(found.user_version)
}

#[cfg(test)]
mod tests;

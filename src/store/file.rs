//! What diesel does not offer, and therefore the only place that uses rusqlite.

mod past;
mod query;

use std::path::Path;
use std::thread;
use std::time::Duration;

use rusqlite::backup::{Backup as Copying, StepResult};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::medium::Way;
use super::open::WITHOUT_LOG;
use super::{Error, Store};
pub(crate) use query::{Answer, Limits, Value};

impl Store {
    /// Answers a question in SQL, which can change nothing.
    pub(crate) fn ask(&self, sql: &str, limits: Limits) -> Result<Answer, Error> {
        query::ask(self.path(), self.opened.beside(), sql, limits)
    }
}

/// Pages that are copied at a time, and how long others may write in between.
const PAGES: i32 = 4_000;
const PAUSE: Duration = Duration::from_millis(2);
const LONG_LOOK: &str = "BEGIN; SELECT count(*) FROM sqlite_schema;";

/// A consistent copy of a registry, made with SQLite's backup API while others may go on writing.
pub(super) struct Backup<'a> {
    pub(super) from: &'a Path,
    /// How the registry is read.
    pub(super) way: Way,
    /// An empty file.
    pub(super) to: &'a Path,
}

impl Backup<'_> {
    /// Makes the copy: one file without a log, which can be read from a medium that cannot be written to.
    pub(super) fn run(&self) -> Result<(), Error> {
        let from = open(self.from, self.way)?;
        let mut to = open(self.to, Way::Write)?;
        // With a log, a long look keeps nobody from writing, and what others write does not make the copy begin again.
        from.execute_batch(LONG_LOOK).map_err(Error::File)?;
        let has_log = "SELECT journal_mode = 'wal' FROM pragma_journal_mode";
        let has_log = from.query_row(has_log, [], |row| row.get(0));
        if !has_log.map_err(Error::File)? {
            from.execute_batch("COMMIT").map_err(Error::File)?;
        }
        let copying = Copying::new(&from, &mut to).map_err(Error::File)?;
        loop {
            match copying.step(PAGES).map_err(Error::File)? {
                StepResult::Done => break,
                // The connection has waited for the lock as long as everybody else does.
                StepResult::Busy | StepResult::Locked => return Err(Error::Busy),
                _ => thread::sleep(PAUSE),
            }
        }
        drop(copying);
        to.execute_batch(WITHOUT_LOG).map_err(Error::File)
    }
}

/// Connects to a file as a stranger would: what it holds can neither act nor take part in what is asked.
fn open(path: &Path, way: Way) -> Result<Connection, Error> {
    let flags = match way {
        Way::Write => OpenFlags::SQLITE_OPEN_READ_WRITE,
        _ => OpenFlags::SQLITE_OPEN_READ_ONLY,
    };
    let address = way.address(path)?;
    let connected = || -> rusqlite::Result<_> {
        let db = Connection::open_with_flags(address, flags | OpenFlags::SQLITE_OPEN_URI)?;
        db.busy_timeout(Duration::from_secs(5))?;
        db.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
        db.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
        db.execute_batch("PRAGMA cell_size_check = ON;")?;
        Ok(db)
    };
    connected().map_err(Error::File)
}

//! What diesel does not offer, and therefore the only place that uses rusqlite.

mod past;
mod query;

use std::path::Path;
use std::time::Duration;

use rusqlite::backup::Backup as Copying;
use rusqlite::{Connection, OpenFlags};

use super::{Error, Store};
pub(super) use past::tallies as past_tallies;
pub(crate) use query::{Answer, Limits, Value};

impl Store {
    /// Answers a question in SQL, which can change nothing.
    pub(crate) fn ask(&self, sql: &str, limits: Limits) -> Result<Answer, Error> {
        query::ask(self.path(), sql, limits)
    }
}

/// A consistent copy of a registry, made with SQLite's backup API while others may go on writing.
pub(super) struct Backup<'a> {
    pub(super) from: &'a Path,
    pub(super) to: &'a Path,
}

impl Backup<'_> {
    /// Makes the copy. An existing file at the target is an error.
    pub(super) fn run(&self) -> Result<(), Error> {
        if self.to.symlink_metadata().is_ok() {
            return Err(Error::Exists(self.to.to_owned()));
        }
        let from = Connection::open_with_flags(self.from, OpenFlags::SQLITE_OPEN_READ_ONLY)
            .map_err(Error::File)?;
        let mut to = Connection::open(self.to).map_err(Error::File)?;
        let copying = Copying::new(&from, &mut to).map_err(Error::File)?;
        copying
            .run_to_completion(1000, Duration::from_millis(5), None)
            .map_err(Error::File)
    }
}

//! What diesel does not offer, and therefore the only place that uses rusqlite.

mod past;
mod query;

use std::path::Path;
use std::thread;
use std::time::Duration;

use rusqlite::backup::{Backup as Copying, StepResult};
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

/// Pages that are copied at a time, and how long others may write in between.
const PAGES: i32 = 4_000;
const PAUSE: Duration = Duration::from_millis(2);

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
        loop {
            match copying.step(PAGES).map_err(Error::File)? {
                StepResult::Done => return Ok(()),
                // The connection has waited for the lock as long as everybody else does.
                StepResult::Busy | StepResult::Locked => return Err(Error::Busy),
                _ => thread::sleep(PAUSE),
            }
        }
    }
}

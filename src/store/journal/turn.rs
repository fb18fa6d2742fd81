//! How long a writer waits for the lock: as long as those before it get on.
//!
//! SQLite waits five seconds and does not queue. When several programs write, one of them may come last every time; then it goes on
//! waiting while others finish, and gives up when nobody has finished anything for five seconds.

use std::time::{Duration, Instant};

use diesel::prelude::*;
use diesel::sql_types::BigInt;

use crate::store::backend::Db;

/// The longest wait, however many others write.
const LONGEST: Duration = Duration::from_secs(60);

/// The wait of one writer.
pub(super) struct Turn {
    begun: Instant,
    /// What changes whenever another program has written.
    version: Option<i64>,
}

#[derive(QueryableByName)]
struct Version {
    #[diesel(sql_type = BigInt)]
    data_version: i64,
}

fn version(db: &mut Db) -> Option<i64> {
    let found = diesel::sql_query("PRAGMA data_version").get_result::<Version>(db);
    found.ok().map(|row| row.data_version)
}

impl Turn {
    pub(super) fn begin(db: &mut Db) -> Self {
        Self {
            begun: Instant::now(),
            version: version(db),
        }
    }

    /// Returns whether somebody has written since this was asked last, so that it is worth while to wait again.
    pub(super) fn is_coming(&mut self, db: &mut Db) -> bool {
        let before = std::mem::replace(&mut self.version, version(db));
        self.version.is_some() && self.version != before && self.begun.elapsed() < LONGEST
    }
}

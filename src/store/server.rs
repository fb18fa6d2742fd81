//! A registry that a server keeps: what this program asks of a server, whichever it is, and what it is told.

#[cfg(not(feature = "postgres"))]
mod absent;

use std::time::Instant;

use chrono::DateTime;

use crate::domain::Moment;
use crate::merkle::hash::Hash;

#[cfg(not(feature = "postgres"))]
pub(super) use absent::Server;

#[cfg(feature = "postgres")]
pub(super) use super::postgres::Server;

/// How far the journal on a server has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Head {
    /// The id by which the first batch founded the registry.
    pub(super) id: String,
    pub(super) batches: i64,
    /// Entries of these batches.
    pub(super) size: i64,
    /// The root over them.
    pub(super) root: Hash,
    /// Documents that are kept.
    pub(super) contents: i64,
    /// Whether the server follows another one, and may be behind it.
    pub(super) is_standby: bool,
}

/// The clock of a server, read once: one for all offices.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ServerClock {
    /// Since 1970.
    milliseconds: i64,
    read: Instant,
}

impl ServerClock {
    #[cfg_attr(
        not(feature = "postgres"),
        expect(dead_code, reason = "there is no server to read it from")
    )]
    pub(super) fn says(milliseconds: i64) -> Self {
        let read = Instant::now();
        Self { milliseconds, read }
    }

    /// Returns the time that it shows now.
    pub(crate) fn now(self) -> Option<Moment> {
        let since = i64::try_from(self.read.elapsed().as_millis()).ok()?;
        let now = self.milliseconds.checked_add(since)?;
        DateTime::from_timestamp_millis(now).map(Moment::new)
    }
}

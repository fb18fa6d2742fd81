//! What a batch is, and what it is written for.

use diesel::prelude::*;

use crate::domain::Moment;
use crate::store::backend::Backend;
use crate::store::schema::batch;

/// What a write is for: who asks, with which command, and why.
#[derive(Debug, Clone)]
pub(crate) struct Intent {
    pub(crate) actor: String,
    pub(crate) command: &'static str,
    pub(crate) reason: Option<String>,
    /// Work everything out, then record nothing.
    pub(crate) dry_run: bool,
    /// Record even where the clock and the last batch lie far apart.
    pub(crate) force_clock: bool,
}

/// One command's change to the registry.
#[derive(Debug, Clone, PartialEq, serde::Serialize, HasQuery, Insertable)]
#[diesel(table_name = batch, treat_none_as_default_value = false, check_for_backend(Backend))]
pub(crate) struct Batch {
    /// From 1 without gaps.
    pub(crate) number: i64,
    pub(crate) recorded_at: Moment,
    pub(crate) actor: String,
    pub(crate) command: String,
    pub(crate) reason: Option<String>,
    /// The batch that this one takes back.
    pub(crate) undoes: Option<i64>,
    /// Number of its first entry.
    pub(crate) first_entry: i64,
    /// Entries, the closing one included.
    pub(crate) entries: i64,
}

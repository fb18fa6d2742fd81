//! A registry that a server keeps: what this program asks of a server, whichever it is, and what it is told.

#[cfg(not(feature = "postgres"))]
mod absent;

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

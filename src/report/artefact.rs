//! What auditors are handed: keys, checkpoints and proofs.

use serde::Serialize;

/// The public halves of a signing key.
#[derive(Debug, Serialize)]
pub(crate) struct KeyReport {
    pub(crate) name: String,
    /// Checks the signatures of a log.
    pub(crate) log_key: String,
    /// Checks the cosignatures of a witness.
    pub(crate) witness_key: String,
}

/// A checkpoint or a proof, with what it is about said beside it.
#[derive(Debug, Serialize)]
pub(crate) struct Artefact {
    pub(crate) origin: String,
    /// Entries that the checkpoint covers.
    pub(crate) entries: u64,
    pub(crate) root: String,
    /// Names of those whose signatures it carries.
    pub(crate) signatures: Vec<String>,
    /// Entries at the earlier time, of a proof between two times.
    pub(crate) from: Option<u64>,
    /// The entry that is proved, and the record that it is about.
    pub(crate) entry: Option<u64>,
    pub(crate) kind: Option<String>,
    pub(crate) code: Option<String>,
    /// The file itself.
    pub(crate) text: String,
}

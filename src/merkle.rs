//! The tamper-evident journal: an RFC 6962 Merkle tree kept in C2SP tiles, signed checkpoints, and proofs for auditors.
//!
//! From the bottom up: `hash` (the two hash functions), `tree` (reading tiles, roots and proofs), `append` (growing
//! the tiles), `verify` (checking proofs, no storage needed), `key`, `note` and `sign` (Ed25519 signed notes), `checkpoint`
//! (the note that states size and root), `policy` (whose signatures it needs), `proof` and `consistency` (the two files an auditor is handed). Nothing here
//! reads a clock, a file, a database or random numbers: callers pass all of them in.

pub(crate) mod append;
pub(crate) mod checkpoint;
pub(crate) mod consistency;
pub(crate) mod hash;
pub(crate) mod key;
pub(crate) mod note;
pub(crate) mod policy;
pub(crate) mod proof;
pub(crate) mod sign;
pub(crate) mod tree;
mod tree_error;
pub(crate) mod verify;

#[cfg(test)]
mod tests;

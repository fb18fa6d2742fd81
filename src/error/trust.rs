//! Why something is not signed, or not believed.

use std::io;
use std::path::PathBuf;

use crate::merkle::checkpoint::CheckpointError;
use crate::merkle::key::KeyError;
use crate::merkle::policy::PolicyError;
use crate::merkle::proof::ProofError;
use crate::message::{Explain, Message};

/// Why something is not signed, or not believed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TrustError {
    Read {
        path: PathBuf,
        #[source]
        cause: io::Error,
    },
    Write {
        path: PathBuf,
        #[source]
        cause: io::Error,
    },
    Random(getrandom::Error),
    KeyExists(PathBuf),
    NoPlace,
    Key(PathBuf, #[source] KeyError),
    NotAKey(String, #[source] KeyError),
    Name(#[source] KeyError),
    Checkpoint(PathBuf, #[source] CheckpointError),
    Sign(#[source] CheckpointError),
    Proof(PathBuf, #[source] ProofError),
    OtherRecord {
        kind: String,
        code: String,
        wanted: String,
    },
    NoEntry(PathBuf),
    Entry(#[source] serde_json::Error),
    NoEarlier(PathBuf),
    NotCompared(PathBuf),
    Origin {
        path: PathBuf,
        found: String,
        expected: String,
    },
    Memory(PathBuf),
    NoMemory,
    Unknown {
        key: String,
        folder: PathBuf,
    },
    NotFirst(u64),
    Policy(PathBuf, #[source] PolicyError),
    Time {
        name: String,
        stated: String,
        possible: String,
    },
    Rollback {
        signed: u64,
        offered: u64,
    },
    Outgrown {
        signed: u64,
        size: u64,
    },
    Fork {
        signed: u64,
        offered: u64,
    },
    Short {
        wanted: u64,
        found: u64,
    },
    Other(u64),
    Ambiguous {
        code: String,
        kinds: String,
    },
}

explained!(TrustError);

impl Explain for TrustError {
    fn message(&self) -> Message {
        match self {
            Self::Read { path, .. } => message!("error-read", path),
            Self::Write { path, .. } => message!("error-write", path),
            Self::Random(error) => message!("error-random", why = error.to_string()),
            Self::KeyExists(path) => message!("error-key-exists", path),
            Self::NoPlace => message!("error-no-place-for-key"),
            Self::Key(path, _) => message!("error-key", path),
            Self::NotAKey(text, _) => message!("error-not-a-key", text),
            Self::Name(_) => message!("error-key-cannot-have-name"),
            Self::Checkpoint(path, _) => message!("error-checkpoint", path),
            Self::Sign(_) => message!("error-sign"),
            Self::Proof(path, _) => message!("error-proof", path),
            Self::OtherRecord { kind, code, wanted } => message!(
                "error-proof-of-other",
                kind = Message::new(format!("record-{kind}")),
                code,
                wanted
            ),
            Self::NoEntry(path) => message!("error-proof-without-entry", path),
            Self::Entry(_) => message!("error-proved-entry"),
            Self::NoEarlier(path) => message!("error-no-earlier", path),
            Self::NotCompared(path) => message!("error-not-compared", path),
            Self::Origin {
                path,
                found,
                expected,
            } => message!("error-origin", path, found, expected),
            Self::Memory(path) => message!("error-key-memory", path),
            Self::NoMemory => message!("error-no-key-memory"),
            Self::Unknown { key, folder } => message!("error-key-unknown", key, folder),
            Self::NotFirst(count) => message!("error-not-first", count),
            Self::Policy(path, _) => message!("error-policy", path),
            Self::Time {
                name,
                stated,
                possible,
            } => message!("error-cosignature-time", name, stated, possible),
            Self::Rollback { signed, offered } => message!("error-rollback", signed, offered),
            Self::Outgrown { signed, size } => message!("error-outgrown", signed, size),
            Self::Fork { signed, offered } => message!("error-fork", signed, offered),
            Self::Short { wanted, found } => message!("error-short", wanted, found),
            Self::Other(count) => message!("error-other-registry", count),
            Self::Ambiguous { code, kinds } => message!("error-several-kinds", code, kinds),
        }
    }
}

impl TrustError {
    /// As [`crate::error::Error::status`] says.
    pub(crate) fn status(&self) -> u8 {
        match self {
            Self::Read { cause, .. } if crate::input::is_refusal(cause) => 1,
            Self::Read { .. } | Self::Write { .. } | Self::Random(_) | Self::NoMemory => 3,
            Self::NoPlace => 2,
            _ => 1,
        }
    }

    /// The key of what to do next, when there is something.
    pub(crate) fn hint(&self) -> Option<&'static str> {
        Some(match self {
            Self::KeyExists(_) => "hint-key-exists",
            Self::NoPlace => "hint-output-file",
            Self::NotAKey(..) => "hint-key-show",
            Self::Sign(CheckpointError::NotTheLog { .. }) => "hint-key-new",
            Self::NoEntry(_) => "hint-entry-option",
            Self::NotCompared(_) => "hint-proof-of-growth",
            Self::NoEarlier(_) => "hint-against",
            Self::Rollback { .. } | Self::Fork { .. } | Self::Other(_) => "hint-do-not-sign",
            Self::Outgrown { .. } => "hint-sign-again",
            Self::Ambiguous { .. } => "hint-kind",
            Self::Memory(_) => "hint-key-memory",
            Self::NoMemory => "hint-key-memory-option",
            Self::Unknown { .. } => "hint-key-unknown",
            Self::NotFirst(_) => "hint-not-first",
            Self::Policy(..) => "hint-policy",
            Self::Time { .. } => "hint-witness-clock",
            _ => return None,
        })
    }
}

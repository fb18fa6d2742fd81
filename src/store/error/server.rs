//! What can go wrong with a registry that a server keeps.

use std::path::PathBuf;

use crate::message::{Explain, Message};

/// See each variant for what was at fault.
#[derive(Debug, thiserror::Error)]
#[cfg_attr(
    not(feature = "postgres"),
    expect(dead_code, reason = "said where the part is there")
)]
pub(crate) enum ServerError {
    /// This program was built without the part that speaks to servers.
    #[cfg_attr(
        feature = "postgres",
        expect(dead_code, reason = "said where the part is not there")
    )]
    NotBuilt(PathBuf),
    /// Name and password hold characters that must be written in another way.
    Address(PathBuf),
    Unreachable {
        address: PathBuf,
        why: Message,
    },
    /// There is a database, and no registry in it.
    Empty(PathBuf),
    /// The database keeps texts in another encoding than UTF-8.
    Encoding {
        address: PathBuf,
        found: String,
    },
    /// What this command does is done with files.
    FilesOnly(&'static str),
    /// A standby, which can only be read.
    Standby,
    /// The role may not do this; the key says what.
    NoRight(&'static str),
    /// The connection broke off before anything was recorded.
    BrokenOff,
    /// The connection broke off while the batch was being recorded.
    Unsure {
        batch: i64,
    },
    /// The batch is on the server, and not yet in the copy of this machine.
    CopyBehind {
        batch: i64,
        why: Message,
    },
    /// The journal on the server is not the one that this machine has seen up to that batch.
    Rewritten {
        batch: i64,
        copy: PathBuf,
    },
    /// The server has fewer batches than this machine has seen.
    Behind {
        found: i64,
        known: i64,
        copy: PathBuf,
    },
    /// The system names no folder for the copy.
    NoFolder,
    Refused(Message),
}

explained!(ServerError);

impl Explain for ServerError {
    fn message(&self) -> Message {
        match self {
            Self::NotBuilt(address) => message!("error-server-not-built", address),
            Self::Address(address) => message!("error-server-address", address),
            Self::Unreachable { address, why } => {
                message!("error-server-unreachable", address, why)
            }
            Self::Empty(address) => message!("error-server-empty", address),
            Self::Encoding { address, found } => message!("error-server-encoding", address, found),
            Self::FilesOnly(command) => message!("error-server-files-only", command),
            Self::Standby => message!("error-server-standby"),
            Self::NoRight(what) => message!("error-server-no-right", what = Message::new(*what)),
            Self::BrokenOff => message!("error-server-broken-off"),
            Self::Unsure { batch } => message!("error-server-unsure", batch),
            Self::CopyBehind { batch, why } => message!("error-server-copy-behind", batch, why),
            Self::Rewritten { batch, .. } => message!("error-server-rewritten", batch),
            Self::Behind { found, known, .. } => message!("error-server-behind", found, known),
            Self::NoFolder => message!("error-no-data-directory"),
            Self::Refused(why) => message!("error-server-refused", why),
        }
    }
}

impl ServerError {
    /// Returns whether the request was at fault, rather than the surroundings.
    pub(super) fn is_refusal(&self) -> bool {
        match self {
            Self::NotBuilt(_) | Self::Address(_) | Self::Empty(_) => true,
            Self::Encoding { .. } | Self::FilesOnly(_) | Self::NoRight(_) => true,
            Self::Rewritten { .. } | Self::Behind { .. } => true,
            Self::Unreachable { .. } | Self::Standby | Self::BrokenOff => false,
            Self::Unsure { .. } | Self::CopyBehind { .. } => false,
            Self::NoFolder | Self::Refused(_) => false,
        }
    }

    /// Returns what to do next.
    pub(crate) fn hint(&self) -> Option<Message> {
        Some(match self {
            Self::NotBuilt(_) => message!("hint-server-not-built"),
            Self::Address(_) => message!("hint-server-address"),
            Self::Unreachable { .. } => message!("hint-server-unreachable"),
            Self::Empty(address) => message!("hint-server-empty", address),
            Self::Encoding { .. } => message!("hint-server-encoding"),
            Self::FilesOnly(_) => message!("hint-server-move"),
            Self::Standby => message!("hint-server-standby"),
            Self::NoRight(_) => message!("hint-server-no-right"),
            Self::BrokenOff => message!("hint-again"),
            Self::Unsure { batch } => message!("hint-server-unsure", batch),
            Self::CopyBehind { .. } => message!("hint-server-copy-behind"),
            Self::Rewritten { copy, .. } | Self::Behind { copy, .. } => {
                message!("hint-server-journal", copy)
            }
            Self::NoFolder | Self::Refused(_) => return None,
        })
    }
}

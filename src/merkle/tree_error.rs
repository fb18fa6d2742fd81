//! Why a hash tree could not be read.

use crate::message::{Explain, Message};

/// Why a tree could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum TreeError<E> {
    Missing {
        level: u8,
        number: u64,
    },
    Short {
        level: u8,
        number: u64,
        found: usize,
        needed: usize,
    },
    Malformed {
        level: u8,
        number: u64,
        length: usize,
    },
    NoEntry {
        index: u64,
        size: u64,
    },
    Shrunk {
        old: u64,
        new: u64,
    },
    TooLarge(u64),
    Store(E),
}

impl<E: Explain> Explain for TreeError<E> {
    fn message(&self) -> Message {
        match self {
            Self::Missing { level, number } => message!("error-tile-missing", level, number),
            Self::Short {
                level,
                number,
                found,
                needed,
            } => message!("error-tile-short", level, number, found, needed),
            Self::Malformed {
                level,
                number,
                length,
            } => message!("error-tile-malformed", level, number, length),
            Self::NoEntry { index, size } => message!("error-no-entry", index, size),
            Self::Shrunk { old, new } => message!("error-shrunk", old, new),
            Self::TooLarge(size) => message!("error-tree-too-large", size),
            Self::Store(error) => error.message(),
        }
    }
}

impl<E: Explain> std::fmt::Display for TreeError<E> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.message().fmt(formatter)
    }
}

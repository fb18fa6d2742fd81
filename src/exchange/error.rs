//! What can go wrong with a foreign format.

use std::io;

/// See each variant.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("the export cannot be written")]
    Write(#[from] io::Error),
    #[error("a record cannot be written as JSON")]
    Json(#[from] serde_json::Error),
    #[error("the workbook cannot be written: {0}")]
    Workbook(String),
    #[error("{file:?}, line {line}: {why}")]
    Line {
        file: String,
        line: u64,
        why: String,
    },
    #[error("{file:?} is refused: {why}")]
    Refused { file: String, why: String },
    #[error("{0:?} changed while it was read")]
    Changed(String),
    #[error("{file:?} is not an export of this program: {why}")]
    NotOurs { file: String, why: String },
    #[error("{file:?} is damaged, or no bundle of a registry: {why}")]
    Damaged { file: String, why: String },
    #[error("there is nothing to write, and an {0}")]
    Nothing(&'static str),
    #[error("the file cannot be read")]
    Read(#[source] io::Error),
}

impl From<csv::Error> for Error {
    fn from(error: csv::Error) -> Self {
        Self::Write(error.into())
    }
}

impl Error {
    /// Whether the data were at fault, rather than the surroundings.
    pub(crate) fn is_refusal(&self) -> bool {
        match self {
            Self::Write(_) | Self::Changed(_) => false,
            Self::Read(cause) => cause.kind() == io::ErrorKind::NotFound,
            _ => true,
        }
    }
}

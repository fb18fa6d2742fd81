//! What can go wrong with a text and with the editor that it is opened in.

use std::io;
use std::path::PathBuf;

use crate::domain::ProjectCode;

/// One thing that is wrong with a text, and where.
#[derive(Debug, PartialEq, thiserror::Error)]
#[error("line {line} of the text: {message}")]
pub(crate) struct Slip {
    pub(crate) line: usize,
    pub(crate) message: String,
}

/// See each variant.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("the text is empty, so nothing was recorded")]
    Empty,
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Slips(Vec<Slip>),
    #[error("the text does not say which state of the registry it was made from")]
    NoEntry,
    #[error("the text is about {found}, not about {wanted}")]
    OtherCode {
        wanted: ProjectCode,
        found: ProjectCode,
    },
    #[error("{code} was changed in batch {batch}, after the text was made: {}", changes.join("; "))]
    Conflict {
        code: String,
        batch: i64,
        /// Field by field.
        changes: Vec<String>,
    },
    #[error("cannot read {path:?}")]
    Unreadable {
        path: PathBuf,
        #[source]
        cause: io::Error,
    },
    #[error("{0:?} is not a text in UTF-8")]
    NotText(PathBuf),
    #[error("no editor is named")]
    NoEditor,
    #[error("the editor {editor:?} cannot be started")]
    EditorMissing {
        editor: String,
        #[source]
        cause: io::Error,
    },
    #[error("the editor {editor:?} ended with an error, so nothing was recorded")]
    EditorFailed { editor: String },
}

impl Error {
    /// Whether the text or the request was at fault, rather than the surroundings.
    pub(crate) fn is_refusal(&self) -> bool {
        match self {
            Self::Unreadable { cause, .. } => cause.kind() == io::ErrorKind::NotFound,
            Self::EditorMissing { .. } => false,
            _ => true,
        }
    }

    /// One thing to do next, when there is one.
    pub(crate) fn hint(&self) -> Option<&'static str> {
        match self {
            Self::NoEntry => Some(
                "write the text anew with `tpmc project show CODE --format toml`; its line `entry` says it",
            ),
            Self::Conflict { .. } => Some(
                "write the text anew with `tpmc project show CODE --format toml`, and carry your changes over",
            ),
            Self::NoEditor => Some(
                "set VISUAL or EDITOR, or use `tpmc project show CODE --format toml` and `tpmc project apply`",
            ),
            _ => None,
        }
    }
}

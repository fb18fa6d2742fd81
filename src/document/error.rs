//! What can go wrong with a text and with the editor that it is opened in.

use std::io;
use std::path::PathBuf;

use crate::domain::ProjectCode;
use crate::message::{Explain, Message, Value};

/// One thing that is wrong with a text, and where.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub(crate) struct Slip {
    pub(crate) line: usize,
    pub(crate) why: Message,
}

explained!(Slip, Error);

impl Explain for Slip {
    fn message(&self) -> Message {
        message!("error-in-line", line = self.line, why = self.why)
    }
}

/// See each variant.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    Empty,
    Slips(Vec<Slip>),
    NoEntry,
    HasCode(ProjectCode),
    OtherCode {
        wanted: ProjectCode,
        found: ProjectCode,
    },
    Conflict {
        code: String,
        batch: i64,
        /// Field by field.
        changes: Vec<String>,
        /// The text with both versions.
        merged: String,
    },
    Unreadable {
        path: PathBuf,
        #[source]
        cause: io::Error,
    },
    NotText(PathBuf),
    NoEditor,
    EditorMissing {
        editor: String,
        #[source]
        cause: io::Error,
    },
    EditorFailed {
        editor: String,
    },
}

impl Explain for Error {
    fn message(&self) -> Message {
        match self {
            Self::Empty => message!("error-text-empty"),
            Self::Slips(slips) => message!("error-in-text", slips = Value::clauses(slips)),
            Self::HasCode(code) => message!("error-text-has-code", code),
            Self::NoEntry => message!("error-text-without-entry"),
            Self::OtherCode { wanted, found } => message!("error-text-of-other", wanted, found),
            Self::Conflict {
                code,
                batch,
                changes,
                ..
            } => message!(
                "error-text-conflict",
                code,
                batch,
                changes = Value::clauses(changes)
            ),
            Self::Unreadable { path, .. } => message!("error-read", path),
            Self::NotText(path) => message!("error-not-text", path),
            Self::NoEditor => message!("error-no-editor"),
            Self::EditorMissing { editor, .. } => message!("error-editor-missing", editor),
            Self::EditorFailed { editor } => message!("error-editor-failed", editor),
        }
    }
}

impl Error {
    /// Whether the text or the request was at fault, rather than the surroundings.
    pub(crate) fn is_refusal(&self) -> bool {
        match self {
            Self::Unreadable { cause, .. } => crate::input::is_refusal(cause),
            Self::EditorMissing { .. } => false,
            _ => true,
        }
    }

    /// The key of what to do next, when there is something.
    pub(crate) fn hint(&self) -> Option<&'static str> {
        match self {
            Self::NoEntry => Some("hint-text-anew"),
            Self::Conflict { .. } => Some("hint-text-carry-over"),
            Self::HasCode(_) => Some("hint-text-has-code"),
            Self::NoEditor => Some("hint-editor"),
            _ => None,
        }
    }
}

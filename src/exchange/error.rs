//! What can go wrong with a foreign format.

use std::io;

use crate::message::{Explain, Message, Value};

/// See each variant.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    Write(#[from] io::Error),
    Json(#[source] serde_json::Error),
    Workbook(Message),
    Line {
        file: String,
        line: u64,
        why: Message,
    },
    Mistakes {
        file: String,
        /// Each with its line.
        wrong: Vec<(usize, Message)>,
    },
    Refused {
        file: String,
        why: Message,
    },
    Changed(String),
    NotOurs {
        file: String,
        why: Message,
    },
    Damaged {
        file: String,
        why: Message,
    },
    /// The key of the sentence that says how much is needed.
    Nothing(&'static str),
    Read(#[source] io::Error),
}

explained!(Error);

impl Explain for Error {
    fn message(&self) -> Message {
        match self {
            Self::Write(_) => message!("error-export"),
            Self::Json(_) => message!("error-record-as-json"),
            Self::Workbook(why) => message!("error-workbook", why),
            Self::Line { file, line, why } => message!("error-in-file", file, line, why),
            Self::Mistakes { file, wrong } => mistakes(file, wrong),
            Self::Refused { file, why } => message!("error-file-refused", file, why),
            Self::Changed(path) => message!("error-changed", path),
            Self::NotOurs { file, why } => message!("error-not-an-export", file, why),
            Self::Damaged { file, why } => message!("error-damaged", file, why),
            Self::Nothing(needed) => Message::new(*needed),
            Self::Read(_) => message!("error-read-file"),
        }
    }
}

/// Mistakes with their lines, in one line.
fn mistakes(file: &str, wrong: &[(usize, Message)]) -> Message {
    if let [(line, why)] = wrong {
        return message!("error-in-file", file, line, why);
    }
    let lines = wrong.iter();
    let lines = lines.map(|(line, why)| message!("error-in-line", line, why));
    let mistakes = Value::clauses(&lines.collect::<Vec<_>>());
    message!("error-mistakes", file, mistakes)
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        // A disk that is full is not a fault of JSON.
        if error.is_io() {
            Self::Write(error.into())
        } else {
            Self::Json(error)
        }
    }
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
            Self::Read(cause) => crate::input::is_refusal(cause),
            _ => true,
        }
    }
}

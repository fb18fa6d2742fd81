//! What is said about an error: what is wrong, why, and what to do.

use std::error::Error as _;
use std::io::Write as _;
use std::process::ExitCode;

use super::Output;
use crate::error::{Error, explained_cause};
use crate::message::{Explain as _, Message};
use crate::render::printable;

/// A sentence about an error, in the language of the reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Explained {
    Error(String),
    Cause(String),
    Hint(String),
}

impl Output {
    /// Explains `error` with its causes and a hint, and gives the status to exit with.
    pub(crate) fn failure(&self, error: &Error) -> ExitCode {
        let label = |key: &'static str| self.in_words(&key.into());
        let lines = self.explained(error).into_iter().map(|line| match line {
            Explained::Error(text) => {
                format!("\x1b[1;31m{}\x1b[0m{text}\n", label("error-label"))
            }
            Explained::Cause(text) => format!("  {}{text}\n", label("cause-label")),
            Explained::Hint(text) => format!("\x1b[36m{}\x1b[0m{text}\n", label("hint-label")),
        });
        let text: String = lines.collect();
        let _ = anstream::stderr().write_all(text.as_bytes());
        ExitCode::from(error.status())
    }

    /// Returns what there is to say about `error`: what is wrong, why, and what to do.
    pub(crate) fn explained(&self, error: &Error) -> Vec<Explained> {
        if let Error::Several(errors) = error {
            return errors
                .iter()
                .flat_map(|error| self.explained(error))
                .collect();
        }
        let sentence = |message: &Message| printable(&self.in_words(message));
        let mut said = sentence(&error.message());
        let mut lines: Vec<Explained> = match error {
            Error::Document(crate::document::Error::Slips(slips)) => slips
                .iter()
                .map(|slip| Explained::Error(sentence(&slip.message())))
                .collect(),
            _ => vec![Explained::Error(said.clone())],
        };
        let mut cause = error.source();
        while let Some(error) = cause {
            let why = sentence(&explained_cause(error));
            // An error that passes another one on says what that one says.
            if why != said {
                lines.push(Explained::Cause(why.clone()));
                said = why;
            }
            cause = error.source();
        }
        lines.extend(error.hint().map(|hint| Explained::Hint(sentence(&hint))));
        lines
    }
}

//! A text in the reader's editor ($VISUAL, else $EDITOR), until it can be recorded.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::context::Context;
use crate::document::{Error as Slip, FindingsOnTop};
use crate::error::Error;
use crate::message::Message;

/// Opens the editor on `original` and has `record` record what it was made, again and again with the findings on top until
/// nothing is wrong or nothing is changed. What was typed and could not be recorded is kept.
pub(crate) fn edited(
    context: &Context,
    name: &str,
    original: &str,
    record: impl Fn(&str) -> Result<(), Error>,
) -> Result<(), Error> {
    let draft = Draft::new(name, original)?;
    let mut offered = original.to_owned();
    loop {
        let edited = draft.edit();
        let text = draft.read()?;
        if let Err(error) = edited {
            // What was typed before the editor failed is not thrown away.
            return Err(if text == offered {
                error
            } else {
                keep(error, &text)
            });
        }
        if text == original {
            context.out.say(&message!("receipt-text-unchanged"));
            return Ok(());
        }
        let Err(error) = record(&text) else {
            return Ok(());
        };
        // Somebody else was faster: both versions come back, and nothing is typed again.
        let text = merged(&error).unwrap_or(text);
        // Somebody who sees the findings and leaves them as they are has given up.
        if !error.is_correctable() || text == offered || !context.can_ask() {
            return Err(keep(error, &text));
        }
        offered = FindingsOnTop {
            text: &text,
            findings: &findings(context, &error),
        }
        .text();
        draft.write(&offered)?;
    }
}

/// The text with both versions, where somebody else changed the record meanwhile.
pub(crate) fn merged(error: &Error) -> Option<String> {
    match error {
        Error::Document(Slip::Conflict { merged, .. }) => Some(merged.clone()),
        _ => None,
    }
}

/// What is wrong, a line each, as an editor may be shown it.
fn findings(context: &Context, error: &Error) -> Vec<String> {
    let printable = |finding: Message| -> String {
        let finding = context.out.in_words(&finding);
        finding
            .lines()
            .map(|line| crate::render::printable(line) + "\n")
            .collect()
    };
    error.findings().into_iter().map(printable).collect()
}

/// The text in a file of its own, removed at the end unless it is kept.
struct Draft(tempfile::NamedTempFile);

impl Draft {
    fn new(name: &str, text: &str) -> Result<Self, Error> {
        let mut file = tempfile::Builder::new()
            .prefix(&format!("tpmc-{name}-"))
            .suffix(".toml")
            .tempfile()?;
        file.write_all(text.as_bytes())?;
        file.flush()?;
        Ok(Self(file))
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, text: &str) -> Result<(), Error> {
        Ok(std::fs::write(self.path(), text)?)
    }

    fn read(&self) -> Result<String, Error> {
        let path = self.path().to_owned();
        let bytes = crate::input::read(&path, crate::input::LONGEST_TEXT).map_err(|cause| {
            Slip::Unreadable {
                path: path.clone(),
                cause,
            }
        })?;
        String::from_utf8(bytes).map_err(|_| Slip::NotText(path).into())
    }

    /// Opens the editor and waits until it is closed.
    fn edit(&self) -> Result<(), Error> {
        let named = |name| {
            std::env::var(name)
                .ok()
                .filter(|editor| !editor.trim().is_empty())
        };
        let editor = named("VISUAL")
            .or_else(|| named("EDITOR"))
            .ok_or(Slip::NoEditor)?;
        let status = editor_command(&editor, self.path()).status();
        let status = status.map_err(|cause| Slip::EditorMissing {
            editor: editor.clone(),
            cause,
        })?;
        if status.success() {
            Ok(())
        } else {
            Err(Slip::EditorFailed { editor }.into())
        }
    }
}

/// Keeps a text that could not be recorded in a file, and says where.
pub(crate) fn keep(error: Error, text: &str) -> Error {
    if matches!(error, Error::Document(Slip::Empty)) || text.trim().is_empty() {
        return error;
    }
    let kept = tempfile::Builder::new()
        .prefix("tpmc-kept-")
        .suffix(".toml")
        .tempfile();
    let kept = kept.and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.keep().map_err(|lost| lost.error)
    });
    match kept {
        Ok((_, path)) => Error::Kept {
            error: Box::new(error),
            path,
        },
        Err(cause) => Error::Output(cause),
    }
}

/// The editor with its arguments, as a shell would read them: `code --wait`.
fn editor_command(editor: &str, path: &Path) -> Command {
    if cfg!(windows) {
        let mut words = editor.split_whitespace();
        let mut command = Command::new(words.next().unwrap_or(editor));
        command.args(words).arg(path);
        return command;
    }
    let mut command = Command::new("sh");
    command
        .arg("-c")
        .arg(format!("{editor} \"$@\""))
        .arg(editor)
        .arg(PathBuf::from(path));
    command
}

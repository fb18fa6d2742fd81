//! `tpmc edit`

use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Args;

use super::WriteArgs;
use super::document::{apply, text_of};
use super::options::ReopenArgs;
use crate::context::Context;
use crate::document::{Error as Slip, FindingsOnTop, read};
use crate::domain::ProjectCode;
use crate::error::Error;

/// Edit a project as a text in your editor ($VISUAL, else $EDITOR)
///
/// What is wrong with the text on return is written on top of it, and the editor opens again. What is right is recorded as
/// one batch. An empty text changes nothing. Nothing that was typed is lost: the path of the text is told when it could not
/// be recorded.
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc edit P-0004 --reason 'after the meeting'")]
pub(crate) struct Edit {
    /// The project's code, like F1-001 or P-0001
    code: ProjectCode,
    #[command(flatten)]
    reopen: ReopenArgs,
    #[command(flatten)]
    write: WriteArgs,
}

impl Edit {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let original = context.read(|reader| text_of(&self.code, reader))?;
        let draft = Draft::new(&self.code, &original)?;
        let mut offered = original.clone();
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
                context
                    .out
                    .status("Nothing to record: the text is unchanged.");
                return Ok(());
            }
            let outcome = self.record(context, &text);
            let Err(error) = outcome else {
                return Ok(());
            };
            // Somebody who sees the findings and leaves them as they are has given up.
            if !error.is_correctable() || text == offered || !can_ask() {
                return Err(keep(error, &text));
            }
            offered = FindingsOnTop {
                text: &text,
                findings: &findings(&error),
            }
            .text();
            draft.write(&offered)?;
        }
    }

    fn record(&self, context: &Context, text: &str) -> Result<(), Error> {
        let text = read(text)?;
        if text.code != self.code {
            return Err(Slip::OtherCode {
                wanted: self.code.clone(),
                found: text.code,
            }
            .into());
        }
        apply(context, "edit", text, &self.write, self.reopen.reopen)
    }
}

/// What is wrong, a line each.
fn findings(error: &Error) -> Vec<String> {
    use crate::store::Error as Store;
    let mut findings = match error {
        Error::Store(Store::Refused { faults, .. }) => {
            faults.iter().map(ToString::to_string).collect()
        }
        Error::Document(Slip::Slips(slips)) => slips.iter().map(ToString::to_string).collect(),
        error => vec![error.to_string()],
    };
    findings.extend(error.hint().map(|hint| format!("hint: {hint}")));
    let printable = |finding: String| -> String {
        finding
            .lines()
            .map(|line| crate::render::printable(line) + "\n")
            .collect()
    };
    findings.into_iter().map(printable).collect()
}

/// Whether there is somebody to show the editor to again.
fn can_ask() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

/// The text in a file of its own, removed at the end unless it is kept.
struct Draft(tempfile::NamedTempFile);

impl Draft {
    fn new(code: &ProjectCode, text: &str) -> Result<Self, Error> {
        let mut file = tempfile::Builder::new()
            .prefix(&format!("tpmc-{code}-"))
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
        let bytes = std::fs::read(&path).map_err(|cause| Slip::Unreadable {
            path: path.clone(),
            cause,
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

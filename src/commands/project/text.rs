//! The text of a project from a file or from standard input.

use std::path::Path;

use crate::commands::editor::{keep, merged};
use crate::document::{Error as Slip, Reading, read};
use crate::error::Error;
use crate::input;

/// Reads the text in `file` and has `record` record it. What came through a pipe and could not be recorded
/// is kept, and so is the text with both versions when somebody changed the project meanwhile.
pub(super) fn recorded(
    file: &Path,
    record: impl FnOnce(&Reading) -> Result<(), Error>,
) -> Result<(), Error> {
    let is_piped = file.as_os_str() == "-";
    let read_bytes = if is_piped {
        input::read_all(std::io::stdin().lock(), input::LONGEST_TEXT)
    } else {
        input::read(file, input::LONGEST_TEXT)
    };
    let bytes = read_bytes.map_err(|cause| Slip::Unreadable {
        path: file.to_owned(),
        cause,
    })?;
    let text = String::from_utf8(bytes).map_err(|_| Slip::NotText(file.to_owned()))?;
    let outcome = read(&text).map_err(Error::from);
    let outcome = outcome.and_then(|reading| record(&reading));
    outcome.map_err(|error| match merged(&error) {
        Some(merged) => keep(error, &merged),
        None if is_piped => keep(error, &text),
        None => error,
    })
}

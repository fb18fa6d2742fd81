//! The options of every command that records something.

use std::ffi::OsString;

use clap::Args;
use sha2::{Digest as _, Sha256};

use crate::domain::Invalid;
use crate::error::Error;
use crate::store::Reader;

/// Why, and whether in earnest.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Recording")]
pub(crate) struct WriteArgs {
    /// Why, for the journal
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: Option<String>,
    /// Show what would change, and record nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Record although this machine's clock and the last batch lie far apart; the batch says so
    #[arg(long)]
    pub(crate) force_clock: bool,
    /// Record only what was not recorded before with this key; a script that was cut off can repeat its command
    #[arg(long, value_name = "KEY", value_parser = key)]
    pub(crate) idempotency_key: Option<String>,
}

impl WriteArgs {
    /// Returns the reason for the journal, with the key, which is kept there.
    pub(crate) fn noted_reason(&self) -> Option<String> {
        let key = self.idempotency_key.as_deref();
        let key = key.map(|key| noted(key, &command_line()));
        match (self.reason.clone(), key) {
            (Some(reason), Some(key)) => Some(format!("{reason} {key}")),
            (reason, key) => reason.or(key),
        }
    }

    /// Refuses to record what was recorded before with the same key.
    ///
    /// # Errors
    /// [`Error::RecordedBefore`] with its batch, [`Error::KeyTaken`] when another command line used the key.
    pub(crate) fn refuse_repetition(&self, reader: &mut Reader<'_>) -> Result<(), Error> {
        let Some(key) = &self.idempotency_key else {
            return Ok(());
        };
        let Some(batch) = reader.batch_noting(&format!("(key {key} "))? else {
            return Ok(());
        };
        let note = noted(key, &command_line());
        let is_same = |reason: &String| reason.ends_with(&note);
        match batch.reason.as_ref().is_some_and(is_same) {
            true => Err(Error::RecordedBefore(Box::new(batch))),
            false => Err(Error::KeyTaken {
                key: key.clone(),
                batch: batch.number,
                command: batch.command,
            }),
        }
    }
}

/// Returns a key as the reason of its batch has it: with the first 12 hexadecimal digits of the SHA-256 of the command line.
fn noted(key: &str, line: &[OsString]) -> String {
    let mut digest = Sha256::new();
    for argument in line {
        digest.update(argument.as_encoded_bytes());
        digest.update([0]);
    }
    let digest = crate::exchange::hex(&digest.finalize()[..6]);
    format!("(key {key} {digest})")
}

/// Returns the arguments that the program was called with.
fn command_line() -> Vec<OsString> {
    std::env::args_os().skip(1).collect()
}

fn key(text: &str) -> Result<String, Invalid> {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-_.:/@+".contains(letter);
    if (1..=200).contains(&text.len()) && text.chars().all(is_plain) {
        return Ok(text.to_owned());
    }
    Err(Invalid::new("what-key", text, "why-key"))
}

/// Says of a result that could not be shown that it is recorded all the same.
pub(crate) fn after_recording(shown: Result<(), Error>, batch: Option<i64>) -> Result<(), Error> {
    shown.map_err(|error| match batch {
        Some(batch) => Error::NotShown {
            batch,
            error: Box::new(error),
        },
        None => error,
    })
}

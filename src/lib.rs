//! A registry of third-party market cooperation, kept in one SQLite file.
//!
//! `docs/src/architecture.md` is the map: what each module is for, which may use which, and the way of a command through them.
//! `tests/architecture` holds the code to it.

#[macro_use]
mod message;

mod args;
mod cli;
mod commands;
mod context;
mod document;
mod domain;
mod error;
mod exchange;
mod input;
mod language;
mod merkle;
mod output;
mod render;
mod report;
mod store;

use std::ffi::OsString;
use std::process::ExitCode;

/// Returns `usage` as a terminal may be shown it: it repeats arguments, which may hold control characters.
fn harmless(usage: clap::Error, args: &[OsString]) -> clap::Error {
    let shown: Vec<OsString> = args
        .iter()
        .map(|argument| render::printable(&argument.to_string_lossy()).into())
        .collect();
    if shown == args {
        return usage;
    }
    cli::Cli::read(shown).err().unwrap_or(usage)
}

/// Runs the program on `args` and returns the status it should exit with.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    if cli::complete::answers() {
        return ExitCode::SUCCESS;
    }
    let mut args: Vec<OsString> = args.into_iter().collect();
    loop {
        match run_once(&args) {
            Ok(status) => return status,
            Err(meant) => args = meant,
        }
    }
}

/// Runs one command line and returns its exit status, or the command line that is meant where the person at the terminal has
/// chosen what an ambiguous word in it means. A word is looked up before anything is recorded.
fn run_once(args: &[OsString]) -> Result<ExitCode, Vec<OsString>> {
    let cli = match cli::Cli::read(args.iter().cloned()) {
        Ok(cli) => cli,
        Err(usage) => {
            let usage = harmless(usage, args);
            if let Err(error) = cli::show(&usage, args)
                && error.kind() != std::io::ErrorKind::BrokenPipe
            {
                return Ok(ExitCode::from(3));
            }
            return Ok(ExitCode::from(u8::try_from(usage.exit_code()).unwrap_or(2)));
        }
    };
    let context = context::Context::new(cli.global);
    let ended = cli::run(cli.command, &context);
    let ended = match ended.map_err(|error| commands::meant(&context, args, error)) {
        Err(Ok(meant)) => return Err(meant),
        Err(Err(error)) => Err(error),
        Ok(()) => Ok(()),
    };
    Ok(match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error::Error::RecordedBefore(batch)) => {
            let (number, time) = (batch.number, batch.recorded_at);
            context
                .out
                .say(&message!("receipt-recorded-before", number, time));
            ExitCode::SUCCESS
        }
        Err(error) => context.out.failure(&context.explain(error)),
    })
}

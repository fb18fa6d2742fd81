//! A registry of third-party market cooperation, kept in one SQLite file.
//!
//! Bytes flow one way: [`cli`] parses, [`commands`] decide, [`store`] remembers, [`report`] gathers, [`render`] formats,
//! [`exchange`] speaks the formats of others, [`output`] writes. [`domain`] knows the words and the rules and nothing else;
//! [`merkle`] knows how a journal is proved; [`language`] has the words of the results in English, Chinese and Japanese.
//!
//! | module | may use | never uses |
//! |---|---|---|
//! | `domain` | nothing of ours | everything else, the clock, files, the environment |
//! | `merkle` | nothing of ours | everything else |
//! | `store` | `domain`, `merkle`, diesel, rusqlite | `report`, `render`, `commands`, `cli`, `output` |
//! | `report` | `domain`, the records of `store` | SQL, `render`, `commands`, `cli` |
//! | `render` | `report`, `domain`, `language` | SQL, `commands`, files |
//! | `exchange` | `report`, `domain`, the records of `store` | SQL, `render`, `commands`, the standard streams |
//! | `commands` | all of the above | SQL, the standard streams, the clock |
//!
//! There is one write path, `store::Store::write`: a batch is appended to the journal and projected into the tables in one
//! transaction. `tests/architecture.rs` holds the code to this map.
#![expect(
    rustdoc::private_intra_doc_links,
    reason = "the modules are private, and their documentation is made with them"
)]

mod cli;
mod commands;
mod context;
mod document;
mod domain;
mod error;
mod exchange;
mod language;
mod merkle;
mod output;
mod render;
mod report;
mod store;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{CommandFactory as _, FromArgMatches as _};

/// Runs the program on `args` and returns the status it should exit with.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    if commands::complete::answers() {
        return ExitCode::SUCCESS;
    }
    let cli = match parsed(args) {
        Ok(cli) => cli,
        Err(usage) => {
            let _ = usage.print();
            return ExitCode::from(u8::try_from(usage.exit_code()).unwrap_or(2));
        }
    };
    let context = context::Context::new(cli.global);
    match commands::run(cli.command, &context) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => context.out.failure(&error),
    }
}

/// Reads the command line. What describes it is left as it is: the run is short, and taking it apart would be a part of that.
fn parsed(args: impl IntoIterator<Item = OsString>) -> clap::error::Result<cli::Cli> {
    let mut command = cli::Cli::command();
    let parsed = command
        .try_get_matches_from_mut(args)
        .and_then(|mut matches| cli::Cli::from_arg_matches_mut(&mut matches));
    let parsed = parsed.map_err(|usage| usage.format(&mut command));
    std::mem::forget(command);
    parsed
}

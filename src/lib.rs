//! A registry of third-party market cooperation, kept in one SQLite file.
//!
//! Bytes flow one way: [`cli`] parses, [`commands`] decide, [`store`] remembers, [`report`] gathers, [`render`] formats,
//! [`exchange`] speaks the formats of others, [`output`] writes, [`input`] reads within bounds. [`domain`] knows the words and the
//! rules and nothing else; [`merkle`] knows how a journal is proved; [`language`] has the words of the results in English, Chinese
//! and Japanese, and [`message`] what is said beside them.
//!
//! Every module has a rank and names only modules of lower ranks. Inside a module no two files depend on each other in a circle.
//!
//! | rank | modules | never use |
//! |---|---|---|
//! | 10 | `cli`: the command line, its dispatch, completion and manual pages | |
//! | 9 | `commands`: one file a command | SQL, the standard streams, the clock |
//! | 8 | `context`: the registry, the clock and the streams of one run | |
//! | 7 | `args`: options that commands share | |
//! | 6 | `output`: the standard streams and result files | |
//! | 5 | `error`: every failure, its hint and exit status | |
//! | 4 | `render`, `exchange` | SQL; `render` no files |
//! | 3 | `report`, `document` | SQL, files |
//! | 2 | `store`: SQLite, the journal and the records; `language` | the command line |
//! | 1 | `domain`, `merkle` | the clock, files, the environment |
//! | 1 | `input`: files and standard input, read within bounds | |
//! | 0 | `message`: sentences by key, in three languages | |
//!
//! There is one write path, `store::Store::write`: a batch is appended to the journal and projected into the tables in one
//! transaction. Accounts and drafts of the web desk are no records, and stand beside (`store::desk`). `tests/architecture` holds the code to this map.
#![expect(
    rustdoc::private_intra_doc_links,
    reason = "the modules are private, and their documentation is made with them"
)]

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

//! The commands as the web desk runs them: a command line goes in, a result comes out, and no stream is touched.

use std::ffi::OsString;

use clap::{Command, CommandFactory as _};

use super::{Cli, complete, dispatch, help, meaning};
use crate::args::for_reader;
use crate::commands::program::{Program, Ran, Refusal};
use crate::context::Context;
use crate::domain::Language;
use crate::error::{DraftError, Error};
use crate::output::Explained;
use crate::store;

/// The program, as the web desk uses it.
pub(super) const PROGRAM: Program = Program {
    described,
    run,
    carry_out,
    uses: |command| meaning::used(command).unwrap_or_default(),
    suggestions: complete::suggestions,
};

fn described(language: Language) -> Command {
    for_reader(language, || {
        let mut command = help::in_language_of_reader(Cli::command());
        command.build();
        command
    })
}

fn run(language: Language, line: Vec<OsString>) -> Ran {
    for_reader(language, || match Cli::read(line) {
        Err(usage) => Ran {
            refusal: Some(Refusal {
                status: 2,
                lines: vec![Explained::Error(help::in_words(&usage))],
                is_overtaken: false,
            }),
            ..Ran::default()
        },
        Ok(cli) => {
            let context = Context::new(cli.global).of_page();
            let refusal = dispatch::run(cli.command, &context, PROGRAM)
                .err()
                .map(|error| {
                    let error = context.explain(error);
                    Refusal {
                        is_overtaken: matches!(error, Error::Store(store::Error::Unseen)),
                        status: error.status(),
                        lines: context.out.explained(&error),
                    }
                });
            Ran {
                kept: context.out.into_kept(),
                refusal,
            }
        }
    })
}

fn carry_out(language: Language, line: Vec<OsString>, context: &Context) -> Result<(), Error> {
    let read = for_reader(language, || {
        Cli::read(line).map_err(|usage| DraftError::Line(help::in_words(&usage)))
    });
    dispatch::run(read?.command, context, PROGRAM)
}

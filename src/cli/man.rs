//! `tpmc man`

use clap::{Args, Command, CommandFactory as _};

use crate::cli::{Cli, in_language_of_reader};
use crate::context::Context;
use crate::domain::nearest;
use crate::error::Error;
use crate::store;

/// Print a manual page
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc man project list | man -l -")]
pub(crate) struct Man {
    /// The command that the page is about; without one, the program
    command: Vec<String>,
}

impl Man {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let mut command = in_language_of_reader(Cli::command());
        command.build();
        let mut page = Vec::new();
        clap_mangen::Man::new(Self::find(&command, &self.command)?.clone()).render(&mut page)?;
        context.out.data(&page)
    }

    fn find<'a>(command: &'a Command, path: &[String]) -> Result<&'a Command, Error> {
        let Some((name, rest)) = path.split_first() else {
            return Ok(command);
        };
        match command.find_subcommand(name) {
            Some(found) => Self::find(found, rest),
            None => {
                let nearest = nearest(name, command.get_subcommands().map(Command::get_name))
                    .map(str::to_owned);
                Err(store::Error::NotFound {
                    what: "command",
                    code: name.clone(),
                    nearest,
                }
                .into())
            }
        }
    }
}

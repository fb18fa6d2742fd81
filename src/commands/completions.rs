//! `tpmc completions`

use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use crate::cli::Cli;
use crate::context::Context;
use crate::error::Error;

/// Print the completion script of a shell
#[derive(Debug, Args)]
#[command(
    after_help = "Example: tpmc completions bash > ~/.local/share/bash-completion/completions/tpmc"
)]
pub(crate) struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "tpmc", &mut script);
        context.out.data(&script)
    }
}

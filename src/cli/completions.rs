//! `tpmc completions`

use clap::Args;
use clap_complete::Shell;

use super::complete::registration;
use crate::context::Context;
use crate::error::Error;

/// Print what a shell needs to complete commands, codes, parties and words with the Tab key
///
/// Load it at the start of the shell, so that it always fits the program: `source <(tpmc completions bash)` in ~/.bashrc, the same
/// with zsh in ~/.zshrc, `tpmc completions fish | source` in config.fish, `tpmc completions powershell | Out-String |
/// Invoke-Expression` in $PROFILE. Codes and names come from the registry that the command line or TPMC_REGISTRY names.
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
        context.out.data(&registration(self.shell)?)
    }
}

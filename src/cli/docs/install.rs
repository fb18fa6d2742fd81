//! Puts manual pages and completions where `man` and the shells look for them.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::CommandFactory as _;
use clap_complete::Shell;

use crate::cli::complete::registration;
use crate::cli::{Cli, in_language_of_reader};
use crate::context::Context;
use crate::error::Error;

/// Where each shell looks for the completions of a program, beneath the folder.
const COMPLETIONS: [(Shell, &str); 3] = [
    (Shell::Bash, "share/bash-completion/completions/tpmc"),
    (Shell::Zsh, "share/zsh/site-functions/_tpmc"),
    (Shell::Fish, "share/fish/vendor_completions.d/tpmc.fish"),
];

/// Writes them beneath `folder`, or `~/.local`.
///
/// # Errors
/// When a folder or file cannot be written to.
pub(super) fn install(folder: Option<PathBuf>, context: &Context) -> Result<(), Error> {
    let local = || directories::BaseDirs::new().map(|folders| folders.home_dir().join(".local"));
    let folder = folder.or_else(local).ok_or(Error::NoOutput)?;
    let pages = folder.join("share/man/man1");
    let written = fs::create_dir_all(&pages)
        .and_then(|()| clap_mangen::generate_to(in_language_of_reader(Cli::command()), &pages));
    written.map_err(|cause| Error::File { path: pages, cause })?;
    for (shell, place) in COMPLETIONS {
        let path = folder.join(place);
        let script = registration(shell)?;
        write(&path, &script).map_err(|cause| Error::File { path, cause })?;
    }
    let (share, zsh) = (
        folder.join("share"),
        folder.join("share/zsh/site-functions"),
    );
    context.out.say(&message!("receipt-installed", share));
    context.out.say(&message!("receipt-installed-zsh", zsh));
    Ok(())
}

fn write(path: &Path, content: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, content)
}

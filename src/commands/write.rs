//! The options of every command that records something.

use clap::Args;

/// Why, and whether in earnest.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Recording")]
pub(crate) struct WriteArgs {
    /// Why, for the journal
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: Option<String>,
    /// Show what would change, and record nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

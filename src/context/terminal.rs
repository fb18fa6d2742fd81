//! What the terminal can show and whether somebody sits at it.

use std::io::IsTerminal as _;

use super::Context;
use crate::args::is_of_other_letters;
use crate::language::Charts;

/// Columns to fold to when the output is not a terminal that says how many it has.
const WIDTH: usize = 80;

impl Context {
    /// Whether there is somebody at a terminal who can be asked.
    pub(crate) fn can_ask(&self) -> bool {
        !self.is_page && std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
    }

    /// Whether results are read on a terminal.
    pub(crate) fn shows_on_terminal(&self) -> bool {
        self.output.is_none() && std::io::stdout().is_terminal()
    }

    /// How charts are drawn: with blocks on a terminal that takes colour, in ASCII everywhere else.
    pub(super) fn charts(&self) -> Charts {
        if self.ascii || (std::io::stdout().is_terminal() && is_of_other_letters()) {
            return Charts::Narrow;
        }
        let choice = anstream::AutoStream::choice(&std::io::stdout());
        if self.output.is_none() && choice != anstream::ColorChoice::Never {
            Charts::Blocks
        } else {
            Charts::Plain
        }
    }

    /// How many columns the terminal has; `COLUMNS` says it where there is none.
    pub(crate) fn width(&self) -> usize {
        let said = std::env::var("COLUMNS")
            .ok()
            .and_then(|columns| columns.parse().ok());
        let terminal = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        said.or_else(terminal)
            .filter(|width| *width > 0)
            .unwrap_or(WIDTH)
            .max(20)
    }
}

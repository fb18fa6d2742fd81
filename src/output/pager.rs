//! A program that shows long results a page at a time, as git does: `TPMC_PAGER`, else `PAGER`, else `less`.

use std::io::Write as _;
use std::process::{Command, Stdio};

/// Shows `bytes` in the pager when they are longer than the terminal; answers whether it did.
pub(super) fn show(bytes: &[u8]) -> bool {
    let rows = terminal_size::terminal_size().map_or(0, |(_, rows)| usize::from(rows.0));
    let lines = bytes.iter().filter(|byte| **byte == b'\n').count();
    rows > 0 && lines >= rows && run(bytes).is_some()
}

fn run(bytes: &[u8]) -> Option<()> {
    let mut named = ["TPMC_PAGER", "PAGER"].into_iter();
    let named = named.find_map(|name| std::env::var(name).ok());
    let named = named.unwrap_or_else(|| "less".to_owned());
    let mut words = named.split_whitespace();
    let program = words.next().filter(|program| *program != "cat")?;
    let mut command = Command::new(program);
    if std::env::var_os("LESS").is_none() {
        command.env("LESS", "FRX"); // as git: end with a short text, keep colour, leave the text on the screen
    }
    let mut pager = command.args(words).stdin(Stdio::piped()).spawn().ok()?;
    if let Some(mut stdin) = pager.stdin.take() {
        // Who leaves the pager has seen enough.
        let _ = stdin.write_all(bytes);
    }
    pager.wait().ok().map(drop)
}

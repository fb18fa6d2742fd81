//! Words of the user's own for command lines: `[alias]` in the configuration file.

use std::collections::BTreeMap;
use std::ffi::OsString;

use clap::{Command, CommandFactory as _};

use super::Cli;
use crate::message::Message;

/// Returns the arguments with the user's word for a command replaced by what it stands for. `program` has the global options, which
/// may stand before it.
///
/// # Errors
/// When an alias comes back to itself, has the name of a command, or has a quotation mark without its other.
pub(super) fn expanded(
    mut args: Vec<OsString>,
    aliases: &BTreeMap<String, String>,
    program: &Command,
) -> Result<Vec<OsString>, Message> {
    let mut used: Vec<&str> = Vec::new();
    while let Some(place) = place(&args, program) {
        let word = args.get(place).and_then(|word| word.to_str());
        let Some((alias, line)) = word.and_then(|word| aliases.get_key_value(word)) else {
            break;
        };
        if Cli::command().find_subcommand(alias).is_some() {
            return Err(message!("why-alias-command", alias));
        }
        if used.contains(&alias.as_str()) {
            return Err(message!("why-alias-circle", alias));
        }
        used.push(alias);
        let words = shlex::split(line).filter(|words| !words.is_empty());
        let words = words.ok_or_else(|| message!("why-alias-words", alias))?;
        args.splice(place..=place, words.into_iter().map(OsString::from));
    }
    Ok(args)
}

/// Where the command stands: the first argument that is neither a global option nor the value of one.
fn place(args: &[OsString], program: &Command) -> Option<usize> {
    let mut is_value = false;
    for (place, argument) in args.iter().enumerate().skip(1) {
        let text = argument.to_string_lossy();
        if !is_value && !text.starts_with('-') {
            return Some(place);
        }
        is_value = !is_value && takes_value(&text, program);
    }
    None
}

/// Whether the next argument is the value of this option.
fn takes_value(option: &str, program: &Command) -> bool {
    let is_it = |argument: &&clap::Arg| match option.strip_prefix("--") {
        Some(long) => argument.get_long() == Some(long),
        None => argument
            .get_short()
            .is_some_and(|short| option == format!("-{short}")),
    };
    let found = program.get_arguments().find(is_it);
    found.is_some_and(|argument| argument.get_action().takes_values())
}

#[cfg(test)]
mod tests {
    use clap::Args as _;

    use super::super::Global;
    use super::*;

    fn read(line: &str) -> Result<String, String> {
        let aliases = [
            ("th", "project list --country TH"),
            ("mine", "th --with 'two words'"),
            ("round", "about"),
            ("about", "round"),
            ("summary", "log"),
            ("half", "log 'x"),
        ];
        let aliases = aliases.map(|(name, line)| (name.to_owned(), line.to_owned()));
        let args = line.split(' ').map(OsString::from).collect();
        let program = Global::augment_args(Command::new("tpmc"));
        let read = expanded(args, &BTreeMap::from(aliases), &program);
        let words = |words: Vec<OsString>| words.join(std::ffi::OsStr::new(" "));
        read.map(|read| words(read).to_string_lossy().into_owned())
            .map_err(|why| why.to_string())
    }

    #[test]
    fn a_word_of_ones_own_stands_for_a_command_line() {
        let expected = "tpmc --lang zh -q project list --country TH --limit 3";
        assert_eq!(
            read("tpmc --lang zh -q th --limit 3").as_deref(),
            Ok(expected)
        );
        let expected = "tpmc project list --country TH --with two words";
        assert_eq!(read("tpmc mine").as_deref(), Ok(expected));
        for line in ["tpmc log th", "tpmc", "tpmc --registry th log"] {
            assert_eq!(read(line).as_deref(), Ok(line));
        }
        for line in ["tpmc round", "tpmc half", "tpmc summary"] {
            assert!(read(line).is_err(), "{line}");
        }
    }
}

//! Reading the command line without describing all of it first.
//!
//! Describing every command and option takes longer than a summary does. So the commands that people wait for are tried alone;
//! when that fails, for whatever reason, the whole description reads the same arguments and explains.

use std::collections::BTreeMap;
use std::ffi::OsString;

use clap::builder::Resettable;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, Command, CommandFactory as _, FromArgMatches as _, Subcommand as _};

use super::help::grouped;
use super::{Cli, Global, alias, meaning};
use crate::args::{config, language_of_reader};
use crate::commands::{country, progress, project, search, status, summary, verify};
use crate::domain::Vocabulary as _;
use crate::message::{Message, Phrases};

impl Cli {
    /// What the arguments say.
    ///
    /// # Errors
    /// Help and version, which were asked for, and what is malformed.
    pub(crate) fn read(args: impl IntoIterator<Item = OsString>) -> clap::error::Result<Self> {
        let mut args: Vec<OsString> = args.into_iter().collect();
        let aliases = &configuration()?.aliases;
        if !aliases.is_empty() {
            args = alias::expanded(args, aliases, &whole()).map_err(refused)?;
        }
        let named = args.iter().skip(1).filter_map(|argument| argument.to_str());
        let alone = named.filter_map(described).next();
        let quick = alone.and_then(|command| parsed(whole().subcommand(command), &args).ok());
        quick.map_or_else(|| parsed(everything(), &args), Ok)
    }
}

/// The whole description of the program.
fn everything() -> Command {
    grouped(Cli::command(), str::to_owned)
}

/// The program with its global options and no command.
fn whole() -> Command {
    Global::augment_args(Command::new("tpmc")).subcommand_required(true)
}

/// One of the commands that are tried alone.
fn described(name: &str) -> Option<Command> {
    let describe: (&'static str, fn(Command) -> Command) = match name {
        "summary" => ("summary", summary::Summary::augment_args),
        "search" => ("search", search::Search::augment_args),
        "country" => ("country", country::Country::augment_args),
        "progress" => ("progress", progress::Progress::augment_args),
        "status" => ("status", status::Status::augment_args),
        "verify" => ("verify", verify::Verify::augment_args),
        "project" => ("project", project::Project::augment_subcommands),
        _ => return None,
    };
    Some(describe.1(Command::new(describe.0)))
}

/// The configuration file.
fn configuration() -> clap::error::Result<&'static config::Configuration> {
    config::configuration().map_err(refused)
}

/// What is wrong with the configuration file, as an error of the command line.
fn refused(why: Message) -> clap::Error {
    let phrases = Phrases::of(language_of_reader().word());
    clap::Error::raw(ErrorKind::Io, format!("{}\n", phrases.say(&why)))
}

/// Reads the arguments by `command`.
fn parsed(command: Command, args: &[OsString]) -> clap::error::Result<Cli> {
    let settings = &configuration()?.settings;
    let mut command = with_settings(without_empty_variables(command), settings);
    let matches = command.try_get_matches_from_mut(args);
    let parsed = matches.and_then(|mut matches| {
        let typed = meaning::typed(&matches);
        if let Some(refusal) = meaning::refusal(&matches, &typed, &mut command) {
            return Err(refusal);
        }
        let mut cli = Cli::from_arg_matches_mut(&mut matches)?;
        cli.global.typed = typed;
        Ok(cli)
    });
    parsed.map_err(|usage| suggesting(usage, &command).format(&mut command))
}

/// A word that is no command, but one of a group's, is answered with the groups that have it: `list` with `project list`.
fn suggesting(mut usage: clap::Error, command: &Command) -> clap::Error {
    let word = match usage.get(ContextKind::InvalidSubcommand) {
        Some(ContextValue::String(word)) => word.clone(),
        _ => return usage,
    };
    let wanted = match word.as_str() {
        "ls" => "list",
        "new" | "create" => "add",
        "update" | "change" => "set",
        "rm" | "delete" => "remove",
        word => word,
    };
    let groups = command
        .get_subcommands()
        .filter(|group| group.get_name() != "help");
    let with_it = groups.filter(|group| group.find_subcommand(wanted).is_some());
    let found: Vec<String> = with_it
        .map(|group| format!("{} {wanted}", group.get_name()))
        .take(3)
        .collect();
    let found = match usage.get(ContextKind::SuggestedSubcommand) {
        // clap puts its best guess last.
        Some(ContextValue::Strings(near)) if found.is_empty() => {
            near.iter().rev().cloned().collect()
        }
        _ => found,
    };
    if !found.is_empty() {
        let found = ContextValue::Strings(found);
        usage.insert(ContextKind::SuggestedSubcommand, found);
    }
    usage
}

/// The configuration file says what neither the command line nor the environment does.
fn with_settings(command: Command, settings: &BTreeMap<String, String>) -> Command {
    if settings.is_empty() {
        return command;
    }
    command.mut_args(|argument| match settings.get(argument.get_id().as_str()) {
        Some(value) => argument
            .default_value(value.clone())
            .hide_default_value(true),
        None => argument,
    })
}

/// A variable that is set to nothing says nothing, as everywhere in a shell.
fn without_empty_variables(command: Command) -> Command {
    let command = command.mut_args(|argument| {
        let value = argument.get_env().and_then(std::env::var_os);
        match value {
            Some(value) if value.is_empty() => argument.env(Resettable::Reset),
            _ => argument,
        }
    });
    // The options of all commands stand in each of them, once the whole is built.
    command.mut_subcommands(without_empty_variables)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_that_is_tried_alone_is_read_as_by_the_whole_description() {
        for line in [
            "tpmc summary",
            "tpmc --registry summary project list --country TH,VN --limit 3",
            "tpmc -q summary --by mode,status --lang zh --as-of -1y",
            "tpmc project show P-0001 --format json",
            "tpmc status P-0001 completed --on 2026-10-30 --source S-0002",
            "tpmc search 丸红 --limit 3 -o summary",
            "tpmc verify --against a --against b",
            "tpmc log status",
            "tpmc progress --color never",
            "tpmc country TH",
        ] {
            let args: Vec<OsString> = line.split(' ').map(OsString::from).collect();
            let quick = Cli::read(args.clone()).expect(line);
            let whole = parsed(Cli::command(), &args).expect(line);
            assert_eq!(format!("{quick:?}"), format!("{whole:?}"));
        }
        for line in [
            "tpmc summary --nonsense",
            "tpmc project",
            "tpmc status --help",
            "tpmc summary --version",
            "tpmc",
        ] {
            let args: Vec<OsString> = line.split(' ').map(OsString::from).collect();
            let quick = Cli::read(args.clone()).expect_err(line);
            let whole = parsed(everything(), &args).expect_err(line);
            assert_eq!(quick.to_string(), whole.to_string());
        }
    }
}

//! Which global options mean something for which command. An option that a command would ignore is refused, except `--registry`,
//! which names the surroundings of every command as `TPMC_REGISTRY` does.

use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{ArgMatches, Command};

use crate::args::language_of_reader;
use crate::domain::Vocabulary as _;
use crate::message::{Message, Phrases};

/// The options that not every command uses. Language, time zone, colour and how much is said are for all.
const OPTIONS: [(&str, &str); 5] = [
    ("format", "--format"),
    ("output", "--output"),
    ("as_of", "--as-of"),
    ("known_at", "--known-at"),
    ("actor", "--actor"),
];

/// Reports by the dates of events.
const DATED: &[&str] = &["format", "output", "as_of", "known_at"];
/// Records and the journal as they were at a time.
const KNOWN: &[&str] = &["format", "output", "known_at"];
/// Results about the registry as it is.
const RESULT: &[&str] = &["format", "output"];
const WRITES: &[&str] = &["format", "output", "actor"];

/// The commands and what they use. Commands of a group that are not listed use what the group does.
const COMMANDS: &[(&str, &[&str])] = &[
    ("summary", DATED),
    ("todo", DATED),
    ("pace", DATED),
    ("progress", DATED),
    ("project", WRITES),
    ("project list", DATED),
    ("project show", DATED),
    ("edit", WRITES),
    ("status", WRITES),
    ("country", DATED),
    ("country list", KNOWN),
    ("country set", WRITES),
    ("context", KNOWN),
    ("event", WRITES),
    ("milestone", WRITES),
    ("milestone list", DATED),
    ("amount", WRITES),
    ("rate", WRITES),
    ("rate list", KNOWN),
    ("participation", WRITES),
    ("risk", WRITES),
    ("party", WRITES),
    ("party list", KNOWN),
    ("party show", KNOWN),
    ("party match", KNOWN),
    ("party duplicates", KNOWN),
    ("source", WRITES),
    ("source list", KNOWN),
    ("source show", KNOWN),
    ("source open", &[]),
    ("source save", &["output"]),
    ("forum", WRITES),
    ("forum list", KNOWN),
    ("guideline", WRITES),
    ("guideline list", KNOWN),
    ("indicator", WRITES),
    ("indicator list", KNOWN),
    ("mechanism", DATED),
    ("mechanism add", WRITES),
    ("mechanism list", KNOWN),
    ("mechanism set", WRITES),
    ("mechanism remove", WRITES),
    ("changes", DATED),
    ("report", DATED),
    ("brief", DATED),
    ("log", &["format", "output", "known_at", "actor"]),
    ("show", KNOWN),
    ("undo", WRITES),
    ("redo", WRITES),
    ("export", &["output", "as_of", "known_at"]),
    ("export parties", RESULT),
    ("export titles", DATED),
    ("import", WRITES),
    ("import plan", RESULT),
    ("import show", RESULT),
    ("import template", RESULT),
    ("import map", &["output"]),
    ("import decide", &[]),
    ("import records", &["actor"]),
    ("import mapping list", KNOWN),
    ("import mapping show", &["output", "known_at"]),
    ("sql", RESULT),
    ("open", &["known_at"]),
    ("serve", &["actor"]),
    ("draft", &["format", "output", "actor"]),
    ("draft list", RESULT),
    ("draft show", RESULT),
    ("draft refuse", &["actor"]),
    ("user", &[]),
    ("user list", RESULT),
    ("search", DATED),
    ("check", DATED),
    ("check waive", WRITES),
    ("init", &["actor"]),
    ("migrate", &["actor"]),
    ("backup", RESULT),
    ("restore", RESULT),
    ("move", RESULT),
    ("server", &["output"]),
    ("verify", RESULT),
    ("rebuild", &[]),
    ("checkpoint", KNOWN),
    ("prove", RESULT),
    ("bundle", &["output"]),
    ("witness", RESULT),
    ("key", &["format", "output"]),
    ("key new", &["output"]),
    ("config", RESULT),
    ("docs", RESULT),
    ("completions", &["output"]),
    ("man", &["output"]),
];

/// What the command with this path uses; None when it is not known.
pub(super) fn used(path: &str) -> Option<&'static [&'static str]> {
    let known = COMMANDS.iter().find(|(known, _)| *known == path);
    match known {
        Some((_, used)) => Some(used),
        None => used(path.rsplit_once(' ')?.0),
    }
}

/// Returns the commands that have results in JSON and record nothing.
#[cfg(test)]
pub(super) fn results() -> impl Iterator<Item = &'static str> {
    let is_result = |used: &[&str]| used.contains(&"format") && !used.contains(&"actor");
    let results = COMMANDS.iter().filter(move |(_, used)| is_result(used));
    let results = results.map(|(path, _)| *path);
    // Sheets for people alone.
    results.filter(|path| !["import template", "export titles"].contains(path))
}

/// The names of the global options that were typed, as opposed to set in the environment.
pub(super) fn typed(matches: &ArgMatches) -> Vec<&'static str> {
    let is_typed = |name: &&str| matches.value_source(name) == Some(ValueSource::CommandLine);
    let names = OPTIONS.iter().map(|(name, _)| *name);
    names.filter(is_typed).collect()
}

/// The refusal of an option that was typed and that the command would ignore.
pub(super) fn refusal(
    matches: &ArgMatches,
    typed: &[&str],
    command: &mut Command,
) -> Option<clap::Error> {
    let (mut path, mut inner) = (Vec::new(), matches);
    while let Some((name, matches)) = inner.subcommand() {
        path.push(name);
        inner = matches;
    }
    path.extend(table_of(inner));
    let path = path.join(" ");
    let used = used(&path)?;
    let (name, option) = OPTIONS
        .iter()
        .find(|(name, _)| typed.contains(name) && !used.contains(name))?;
    let why = match *name {
        "format" if path == "export" => "why-option-export",
        "format" => "why-option-format",
        "output" => "why-option-output",
        "actor" => "why-option-actor",
        "as_of" if used.contains(&"known_at") => "why-option-as-of",
        _ => "why-option-now",
    };
    let refusal = message!(
        "error-option-of-command",
        option,
        path,
        why = Message::from(why)
    );
    let said = Phrases::of(language_of_reader().word()).say(&refusal);
    Some(command.error(ErrorKind::ArgumentConflict, said))
}

/// The table that an export is, which has several formats of its own.
fn table_of(export: &ArgMatches) -> Option<&'static str> {
    let format = export.try_get_raw("export_format").ok().flatten()?;
    let format: Vec<_> = format.collect();
    let tables = ["parties", "titles"].into_iter();
    tables
        .into_iter()
        .find(|table| format.contains(&std::ffi::OsStr::new(table)))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;
    use crate::cli::Cli;

    /// The paths of the commands that do something.
    fn leaves(command: &Command, path: &str, found: &mut Vec<String>) {
        for inner in command
            .get_subcommands()
            .filter(|one| one.get_name() != "help")
        {
            let path = format!("{path} {}", inner.get_name());
            if !inner.is_subcommand_required_set() {
                found.push(path.trim().to_owned());
            }
            leaves(inner, &path, found);
        }
        if path.is_empty() {
            found.push("export parties".to_owned());
            found.push("export titles".to_owned());
        }
    }

    #[test]
    fn what_every_command_uses_is_listed() {
        let mut paths = Vec::new();
        leaves(&Cli::command(), "", &mut paths);
        assert!(paths.len() > 60, "{paths:?}");
        for path in &paths {
            assert!(used(path).is_some(), "`tpmc {path}` is not in COMMANDS");
        }
        for (known, _) in COMMANDS {
            let is_there = |path: &String| path == known || path.starts_with(&format!("{known} "));
            assert!(paths.iter().any(is_there), "there is no `tpmc {known}`");
        }
    }

    #[test]
    fn an_option_that_would_be_ignored_is_refused() {
        let given = [
            "--format=json",
            "--output=o.json",
            "--as-of=2020",
            "--known-at=2020-01-01",
            "--actor=li",
        ];
        // What the commands need besides.
        let lines = [
            "summary",
            "log",
            "show 1",
            "party list",
            "status P-0001 signed --on 2020 --no-source",
            "undo",
            "sql x",
            "export csv",
            "export parties",
            "verify",
            "rebuild",
            "man",
            "init",
        ];
        for line in lines {
            let words: Vec<&str> = line.split(' ').collect();
            let used = used(words.first().copied().unwrap_or_default()).unwrap_or_default();
            let used = match line {
                "party list" => KNOWN,
                "export parties" => RESULT,
                _ => used,
            };
            for ((name, option), given) in OPTIONS.iter().zip(given) {
                let arguments = ["tpmc"].iter().chain(&words).chain([&given]);
                let read = Cli::read(arguments.map(std::ffi::OsString::from));
                match read {
                    Ok(_) => assert!(used.contains(name), "{line} {given} is ignored"),
                    Err(refused) => {
                        assert!(!used.contains(name), "{line} {given}: {refused}");
                        assert_eq!(refused.exit_code(), 2);
                        assert!(refused.to_string().contains(option), "{refused}");
                    }
                }
            }
        }
    }
}

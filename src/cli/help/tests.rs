//! Every text of the help has a translation, and every translation is used.

use std::collections::BTreeSet;

use clap::{Arg, Command, CommandFactory as _};

use super::*;
use crate::cli::Cli;

/// The texts that the program adds itself.
const ADDED: [&str; 29] = [
    "Look",
    "Record",
    "Exchange",
    "Prove and keep",
    "This program",
    "Possible values:",
    "Usage:",
    "Commands",
    "Arguments",
    "Options",
    "env: ",
    "default: ",
    "possible values: ",
    "Example:",
    "error: ",
    "hint: ",
    "unexpected argument '{argument}'",
    "there is no command '{command}'",
    "a command is missing",
    "these arguments are missing: {arguments}",
    "'{argument}' needs a value",
    "'{value}' is not a value of '{argument}'",
    "'{argument}' cannot be used together with '{other}'",
    "'{argument}' takes fewer values; '{value}' is one too many",
    "'{argument}' takes {expected} values, and {found} were given",
    "an argument is not valid UTF-8",
    "did you mean {similar}?",
    "For more information, try '--help'.",
    "Print help",
];

#[test]
fn every_command_is_in_one_group() {
    let mut command = Cli::command();
    command.build();
    for command in command.get_subcommands() {
        let groups = GROUPS.iter().flat_map(|(_, names)| names.iter());
        let count = groups.filter(|name| **name == command.get_name()).count();
        assert_eq!(count, 1, "{} in GROUPS", command.get_name());
    }
}

fn texts() -> BTreeSet<String> {
    let mut texts: BTreeSet<String> = ADDED.map(str::to_owned).into();
    let mut command = Cli::command();
    command.build();
    of_command(&command, &mut texts);
    let paragraphs = texts.iter().flat_map(|text| text.split("\n\n"));
    paragraphs
        .filter(|text| text.chars().any(char::is_alphabetic))
        .map(str::to_owned)
        .collect()
}

fn of_command(command: &Command, texts: &mut BTreeSet<String>) {
    let stated = [command.get_about(), command.get_long_about()];
    texts.extend(stated.into_iter().flatten().map(ToString::to_string));
    let after = command
        .get_after_help()
        .map(ToString::to_string)
        .unwrap_or_default();
    let rest = after
        .split("\n\n")
        .filter(|text| !text.starts_with(EXAMPLE));
    texts.extend(rest.map(str::to_owned));
    command
        .get_arguments()
        .for_each(|argument| of_argument(argument, texts));
    command
        .get_subcommands()
        .for_each(|command| of_command(command, texts));
}

fn of_argument(argument: &Arg, texts: &mut BTreeSet<String>) {
    let stated = [argument.get_help(), argument.get_long_help()];
    texts.extend(stated.into_iter().flatten().map(ToString::to_string));
    texts.extend(argument.get_help_heading().map(str::to_owned));
    let values = argument.get_possible_values();
    texts.extend(
        values
            .iter()
            .filter_map(|value| value.get_help().map(ToString::to_string)),
    );
}

#[test]
fn every_text_is_translated_and_every_translation_used() {
    let texts = texts();
    for (name, file) in [("zh", CHINESE), ("ja", JAPANESE)] {
        let translated: BTreeSet<String> = po::read(file).into_keys().collect();
        let missing: Vec<String> = texts
            .difference(&translated)
            .map(|text| format!("msgid {text:?}\nmsgstr \"\"\n"))
            .collect();
        let unused: Vec<&String> = translated.difference(&texts).collect();
        assert!(
            missing.is_empty() && unused.is_empty(),
            "help.{name}.po lacks:\n{}\nand has in vain: {unused:#?}",
            missing.join("\n")
        );
    }
}

#[test]
fn help_and_errors_are_in_the_language() {
    for (language, usage, error) in [
        (Language::Chinese, "用法：", "错误："),
        (Language::Japanese, "使い方：", "エラー："),
    ] {
        let sentences = Sentences::of(language).expect("sentences");
        let help = |args: &[&str]| {
            sentences
                .translated(Cli::command())
                .try_get_matches_from(args)
                .expect_err("help")
        };
        let shown = help(&["tpmc", "project", "add", "--help"]).to_string();
        assert!(shown.contains(usage), "{shown}");
        for english in [
            "Usage",
            "Options:",
            "Arguments:",
            "possible values",
            "Example",
            "Print",
        ] {
            assert!(!shown.contains(english), "{english} in {shown}");
        }
        let refused = help(&["tpmc", "sumary"]);
        let shown = usage_error(&refused, &sentences).expect("an error");
        assert!(
            shown.starts_with(error) && shown.contains("sumary") && shown.contains("summary"),
            "{shown}"
        );
    }
}

//! Help and usage errors in the reader's language. English stands in the definitions of the commands; the other languages translate
//! each sentence once, in `language/help.zh.po` and `language/help.ja.po`.

mod po;
mod usage;

use std::collections::HashMap;
use std::ffi::OsString;
use std::io;

use clap::builder::{PossibleValue, StyledStr};
use clap::{Arg, ArgAction, Command, CommandFactory as _};

use super::{Cli, STYLES};
use crate::args::language_of_reader;
use crate::domain::Language;
use crate::output;
use usage::usage_error;

const CHINESE: &str = include_str!("../language/help.zh.po");
const JAPANESE: &str = include_str!("../language/help.ja.po");

/// Shows the help, or what is wrong with the command line, in the language of the reader.
///
/// # Errors
/// When the stream cannot be written to.
pub(crate) fn show(usage: &clap::Error, args: &[OsString]) -> io::Result<()> {
    let Some(sentences) = Sentences::of(language_of_reader()) else {
        return usage.print();
    };
    match usage_error(usage, &sentences) {
        Some(text) => output::to_standard_error(&text),
        None => {
            let whole = sentences.translated(Cli::command());
            let shown = whole.try_get_matches_from(args);
            shown.err().as_ref().unwrap_or(usage).print()
        }
    }
}

/// Returns what is wrong with a command line, in the language of the reader.
pub(crate) fn in_words(usage: &clap::Error) -> String {
    let sentences = Sentences::of(language_of_reader());
    let translated = sentences.and_then(|sentences| usage_error(usage, &sentences));
    let text = translated.unwrap_or_else(|| usage.render().to_string());
    let text = anstream::adapter::strip_str(&text).to_string();
    let what = text.split("\n\n").next().unwrap_or_default();
    let what = what.split_once([':', '：']).map_or(what, |(_, what)| what);
    what.trim().to_owned()
}

/// Returns the description of the program in the language of the reader.
pub(crate) fn in_language_of_reader(command: Command) -> Command {
    match Sentences::of(language_of_reader()) {
        Some(sentences) => sentences.translated(command),
        None => command,
    }
}

/// Returns the description of the program in `language` with the remarks that clap would add itself: values, defaults, variables.
pub(crate) fn with_remarks(language: Language) -> Command {
    let none = || Sentences(HashMap::new());
    let sentences = Sentences::of(language).unwrap_or_else(none);
    sentences.translated(Cli::command())
}

/// The commands by what people want to do.
const GROUPS: &[(&str, &[&str])] = &[
    (
        "Look",
        &[
            "serve", "summary", "todo", "search", "open", "progress", "pace", "country", "context",
            "changes", "report", "brief", "log", "show",
        ],
    ),
    (
        "Record",
        &[
            "project",
            "edit",
            "status",
            "event",
            "milestone",
            "amount",
            "participation",
            "risk",
            "party",
            "source",
            "rate",
            "forum",
            "mechanism",
            "guideline",
            "indicator",
            "undo",
            "redo",
            "draft",
        ],
    ),
    ("Exchange", &["import", "export", "sql"]),
    (
        "Prove and keep",
        &[
            "check",
            "verify",
            "checkpoint",
            "prove",
            "bundle",
            "witness",
            "key",
            "init",
            "migrate",
            "backup",
            "restore",
            "move",
            "server",
            "rebuild",
            "user",
        ],
    ),
    (
        "This program",
        &["docs", "config", "completions", "man", "help"],
    ),
];

/// Returns the description of the program with its commands in groups; `say` puts a heading into the language of the reader.
pub(crate) fn grouped(mut command: Command, say: impl Fn(&str) -> String) -> Command {
    command.build();
    let header = STYLES.get_header();
    let mut groups = String::new();
    for (heading, names) in GROUPS {
        let commands = names
            .iter()
            .filter_map(|name| command.find_subcommand(name));
        let listed = Command::new("tpmc")
            .styles(STYLES)
            .max_term_width(100)
            .disable_help_subcommand(true)
            .help_template("{subcommands}")
            .subcommands(commands.cloned())
            .render_help();
        let listed = listed.ansi().to_string();
        let listed = listed.trim_end();
        groups.push_str(&format!(
            "{header}{}:{header:#}\n{listed}\n\n",
            say(heading)
        ));
    }
    let (usage, options) = (say("Usage:"), say("Options"));
    command.help_template(format!(
        "{{before-help}}{{about-with-newline}}\n{header}{usage}{header:#} {{usage}}\n\n{groups}{header}{options}:{header:#}\n{{options}}{{after-help}}"
    ))
}

/// What stands before the example of a command.
const EXAMPLE: &str = "Example:";

/// The sentences of the help in one language, by their English text.
struct Sentences(HashMap<String, String>);

impl Sentences {
    /// Returns the sentences in `language`; none in English, which needs no translation.
    fn of(language: Language) -> Option<Self> {
        let file = match language {
            Language::English => return None,
            Language::Chinese => CHINESE,
            Language::Japanese => JAPANESE,
        };
        Some(Self(po::read(file)))
    }

    /// Returns `text` with each paragraph translated that has a translation.
    fn text(&self, text: &str) -> String {
        let paragraphs: Vec<String> = text
            .split("\n\n")
            .map(|part| self.paragraph(part))
            .collect();
        paragraphs.join("\n\n")
    }

    fn paragraph(&self, text: &str) -> String {
        if let Some(translated) = self.0.get(text) {
            return translated.clone();
        }
        // An example is a command, which is the same in every language.
        match (text.strip_prefix(EXAMPLE), self.0.get(EXAMPLE)) {
            (Some(commands), Some(heading)) => format!("{heading}{commands}"),
            _ => text.to_owned(),
        }
    }

    fn styled(&self, text: &StyledStr) -> StyledStr {
        self.text(&text.to_string()).into()
    }

    /// Returns the translation of a heading, which clap keeps for as long as the program runs.
    fn heading(&self, text: &str) -> clap::builder::Str {
        clap::builder::Str::from(self.text(text))
    }

    /// Returns the whole description of the program with every text translated.
    fn translated(&self, mut command: Command) -> Command {
        command.build();
        grouped(self.command(command), |text| self.text(text))
    }

    fn command(&self, mut command: Command) -> Command {
        if let Some(about) = command.get_about().map(|text| self.styled(text)) {
            command = command.about(about);
        }
        if let Some(about) = command.get_long_about().map(|text| self.styled(text)) {
            command = command.long_about(about);
        }
        if let Some(after) = command.get_after_help().map(|text| self.styled(text)) {
            command = command.after_help(after);
        }
        let header = STYLES.get_header();
        let usage = self.text("Usage:");
        let template = format!(
            "{{before-help}}{{about-with-newline}}\n{header}{usage}{header:#} {{usage}}\n\n{{all-args}}{{after-help}}"
        );
        command
            .help_template(template)
            .subcommand_help_heading(self.heading("Commands"))
            .mut_args(|argument| self.argument(argument))
            .mut_subcommands(|command| self.command(command))
    }

    fn argument(&self, argument: Arg) -> Arg {
        let remarks = self.remarks(&argument);
        let with_remarks = |text: &StyledStr| -> StyledStr {
            format!("{}{remarks}", self.text(&text.to_string())).into()
        };
        let help = argument.get_help().map(with_remarks);
        let long_help = match self.explained_values(&argument) {
            Some(values) => {
                let stated = argument.get_long_help().or(argument.get_help());
                let stated = stated.map(ToString::to_string).unwrap_or_default();
                Some(format!("{}\n\n{values}", self.text(&stated)).into())
            }
            None => argument.get_long_help().map(with_remarks),
        };
        let heading = match argument.get_help_heading() {
            Some(heading) => heading,
            None if argument.is_positional() => "Arguments",
            None => "Options",
        };
        let heading = self.heading(heading);
        let mut argument = argument
            .help_heading(heading)
            .hide_possible_values(true)
            .hide_default_value(true)
            .hide_env(true);
        if let Some(help) = help {
            argument = argument.help(help);
        }
        if let Some(help) = long_help {
            argument = argument.long_help(help);
        }
        argument
    }

    /// Returns the list of the values that can be given, where they have explanations.
    fn explained_values(&self, argument: &Arg) -> Option<String> {
        let values = argument.get_possible_values();
        if values.iter().all(|value| value.get_help().is_none()) {
            return None;
        }
        let lines = values.iter().map(|value| {
            let help = value
                .get_help()
                .map(|help| format!(": {}", self.styled(help)));
            format!("- {}{}", value.get_name(), help.unwrap_or_default())
        });
        let lines: Vec<String> = lines.collect();
        Some(format!(
            "{}\n{}",
            self.text("Possible values:"),
            lines.join("\n")
        ))
    }

    /// Returns what clap would add in English: the values that can be given, the default, the variable of the environment.
    fn remarks(&self, argument: &Arg) -> String {
        let mut remarks = String::new();
        let mut add = |what: &str, value: &str| {
            remarks.push_str(&format!(" [{}{value}]", self.text(what)));
        };
        if let Some(variable) = argument.get_env() {
            add("env: ", &variable.to_string_lossy());
        }
        let takes_value = matches!(argument.get_action(), ArgAction::Set | ArgAction::Append);
        let defaults = argument.get_default_values();
        if takes_value && !defaults.is_empty() && !argument.is_hide_default_value_set() {
            let defaults: Vec<_> = defaults
                .iter()
                .map(|value| value.to_string_lossy())
                .collect();
            add("default: ", &defaults.join(", "));
        }
        let values = argument.get_possible_values();
        if takes_value && !values.is_empty() && !argument.is_hide_possible_values_set() {
            let values: Vec<&str> = values.iter().map(PossibleValue::get_name).collect();
            add("possible values: ", &values.join(", "));
        }
        remarks
    }
}

#[cfg(test)]
mod tests;

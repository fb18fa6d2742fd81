//! Forms: a field for each argument of a command, as the command line describes it.

use clap::builder::PossibleValue;
use clap::{Arg, Command};

use super::line::{is_offered, is_repeated, is_switch, name_of, takes_file};
use crate::domain::every_vocabulary;
use crate::render::Labels;

/// A form, or the filter of a page.
pub(super) struct Form {
    pub(super) title: String,
    pub(super) fields: Vec<Field>,
    /// The draft that it is about.
    pub(super) draft: Option<String>,
    /// Whether it can be tried without effect, and tried again.
    pub(super) has_preview: bool,
}

impl Form {
    /// Whether anything stands in a field.
    pub(super) fn is_filled(&self) -> bool {
        self.fields.iter().any(|field| !field.value.is_empty())
    }

    /// Whether a file is sent with it.
    pub(super) fn has_file(&self) -> bool {
        self.fields.iter().any(|field| field.input == Input::File)
    }

    /// Puts what was refused beside the fields that it names: by their options, or by what stands in them.
    pub(super) fn refuse<'a>(&mut self, lines: impl Iterator<Item = &'a str>) {
        for line in lines {
            for field in self.fields.iter_mut().filter(|field| field.wrong.is_none()) {
                let option = format!("--{}", field.name);
                let place = format!("<{}>", field.example);
                let quoted = ['"', '“', '「', '\''].iter().any(|mark| {
                    field.value.len() > 1 && line.contains(&format!("{mark}{}", field.value))
                });
                let is_named = line.match_indices(&option).any(|(at, option)| {
                    let after = line[at + option.len()..].chars().next();
                    !after.is_some_and(|letter| letter.is_alphanumeric() || letter == '-')
                });
                if is_named || quoted || field.is_required && line.contains(&place) {
                    field.wrong = Some(line.to_owned());
                }
            }
        }
    }
}

/// A field of a form.
pub(super) struct Field {
    pub(super) name: String,
    pub(super) label: String,
    pub(super) help: String,
    pub(super) input: Input,
    pub(super) value: String,
    /// What the record had when the form was made.
    pub(super) was: Option<String>,
    pub(super) is_required: bool,
    /// How a value looks.
    pub(super) example: String,
    /// Why it was refused.
    pub(super) wrong: Option<String>,
}

impl Field {
    /// Returns what its input says besides: whether it must be filled in, and what was wrong with it. HTML.
    pub(super) fn marks(&self) -> String {
        let required = if self.is_required { " required" } else { "" };
        match self.wrong {
            Some(_) => format!(
                "{required} aria-invalid=\"true\" aria-describedby=\"wrong-{}\"",
                self.name
            ),
            None => required.to_owned(),
        }
    }
}

/// How a field is filled in.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Input {
    Line,
    /// Several values, one a line.
    Lines,
    /// Sentences.
    Text,
    Switch,
    /// A file of the visitor's.
    File,
    /// Words, each with what it is called.
    Choice(Vec<(String, String)>),
}

/// Returns the form of a command. `value` gives what stands in a field, `was` what the record had.
pub(super) fn form(
    (path, command): (&str, &Command),
    labels: &Labels,
    value: impl Fn(&str) -> Option<String>,
    was: impl Fn(&str) -> Option<String>,
) -> Form {
    let field = |argument: &Arg| {
        let name = name_of(argument).to_owned();
        let input = match takes_file(path, argument) {
            true => Input::File,
            false => input_of(argument, labels),
        };
        let help = argument.get_help().map(ToString::to_string);
        Field {
            label: label_of(argument, labels),
            help: without_remarks(&help.unwrap_or_default()),
            value: value(&name).unwrap_or_default(),
            was: was(&name),
            is_required: argument.is_required_set(),
            example: example_of(argument),
            wrong: None,
            input,
            name,
        }
    };
    // The plan of a list is that of its draft.
    let is_sent = |argument: &Arg| takes_file(path, argument) && argument.get_id() == "file";
    let offered = command
        .get_arguments()
        .filter(|argument| is_offered(argument) || is_sent(argument));
    let about = command.get_about().map(ToString::to_string);
    let can_try = |argument: &Arg| argument.get_id() == "dry_run";
    let mut form = Form {
        title: about.unwrap_or_default(),
        fields: offered.map(field).collect(),
        draft: None,
        has_preview: command.get_arguments().any(can_try),
    };
    form.has_preview &= !form.has_file();
    form
}

fn input_of(argument: &Arg, labels: &Labels) -> Input {
    let words = argument.get_possible_values();
    let words: Vec<&str> = match example_name(argument).as_str() {
        "true|false" => vec!["true", "false"],
        _ => words.iter().map(PossibleValue::get_name).collect(),
    };
    if is_switch(argument) {
        return Input::Switch;
    }
    if is_repeated(argument) {
        return Input::Lines;
    }
    if !words.is_empty() {
        return Input::Choice(choices(&words, labels));
    }
    match argument.get_id().as_str() {
        "text" | "note" | "outcome" | "outcome_zh" | "outcome_ja" => Input::Text,
        _ => Input::Line,
    }
}

/// Returns words with what they are called, where they are those of a vocabulary.
fn choices(words: &[&str], labels: &Labels) -> Vec<(String, String)> {
    let vocabularies = every_vocabulary().into_iter();
    let of_all = |(_, all): &(&str, Vec<&str>)| {
        words
            .iter()
            .all(|word| all.contains(word) || *word == crate::store::NOT_STATED)
    };
    let key = vocabularies.filter(of_all).min_by_key(|(_, all)| all.len());
    let label = |word: &str| match (&key, word) {
        (_, crate::store::NOT_STATED) => labels.text("not-stated"),
        (_, "true") => labels.text("yes"),
        (_, "false") => labels.text("no"),
        (Some((key, _)), word) => labels.text(&format!("{key}-{word}")),
        (None, word) => word.to_owned(),
    };
    words
        .iter()
        .map(|word| ((*word).to_owned(), label(word)))
        .collect()
}

/// Returns what an argument is called: the name of its field, where it is one.
pub(super) fn label_of(argument: &Arg, labels: &Labels) -> String {
    let id = argument.get_id().as_str();
    for key in [format!("field-{id}"), format!("desk-field-{id}")] {
        let label = labels.text(&key);
        if label != key {
            return label;
        }
    }
    name_of(argument).replace('-', " ")
}

/// Returns how a value looks, as the usage has it: `DATE`, `SCHEME:IDENTIFIER`.
fn example_of(argument: &Arg) -> String {
    let name = example_name(argument);
    let is_plain = ["TEXT", "WORD", "NAME", "true|false"].contains(&name.as_str());
    let is_id = name.eq_ignore_ascii_case(&argument.get_id().as_str().replace('-', "_"));
    match is_plain || is_id || is_switch(argument) {
        true => String::new(),
        false => name,
    }
}

fn example_name(argument: &Arg) -> String {
    let names = argument.get_value_names().unwrap_or_default();
    names.first().map(ToString::to_string).unwrap_or_default()
}

/// Returns a sentence of the help without what follows it in brackets: the values, which the form offers itself.
fn without_remarks(help: &str) -> String {
    help.split(" [").next().unwrap_or_default().to_owned()
}

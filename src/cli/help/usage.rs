//! Errors of the command line, in the words of the reader's language.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::Sentences;
use crate::args::language_of_reader;
use crate::domain::Vocabulary as _;
use crate::error::explained_cause;
use crate::message::Phrases;

/// Returns `error` in the language of `sentences`. None for the help and the version, which are no errors.
pub(super) fn usage_error(error: &clap::Error, sentences: &Sentences) -> Option<String> {
    let context = |kind| error.get(kind).map(written);
    let argument = || context(ContextKind::InvalidArg).unwrap_or_default();
    let value = || context(ContextKind::InvalidValue).unwrap_or_default();
    let number = |kind| context(kind).unwrap_or_default();
    let with = |sentence: &str, values: &[(&str, String)]| {
        let mut text = sentences.text(sentence);
        for (name, value) in values {
            text = text.replace(name, value);
        }
        text
    };
    let what = match error.kind() {
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayVersion
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => return None,
        ErrorKind::UnknownArgument => with(
            "unexpected argument '{argument}'",
            &[("{argument}", argument())],
        ),
        ErrorKind::InvalidSubcommand => with(
            "there is no command '{command}'",
            &[(
                "{command}",
                context(ContextKind::InvalidSubcommand).unwrap_or_default(),
            )],
        ),
        ErrorKind::MissingSubcommand => with("a command is missing", &[]),
        ErrorKind::MissingRequiredArgument => with(
            "these arguments are missing: {arguments}",
            &[("{arguments}", argument())],
        ),
        ErrorKind::InvalidValue if value().is_empty() => {
            with("'{argument}' needs a value", &[("{argument}", argument())])
        }
        ErrorKind::InvalidValue => with(
            "'{value}' is not a value of '{argument}'",
            &[("{value}", value()), ("{argument}", argument())],
        ),
        ErrorKind::ValueValidation if !value().is_empty() => {
            let phrases = Phrases::of(language_of_reader().word());
            let cause = std::error::Error::source(error);
            let cause = cause.map(|cause| phrases.say(&explained_cause(cause)));
            let what = with(
                "'{value}' is not a value of '{argument}'",
                &[("{value}", value()), ("{argument}", argument())],
            );
            match cause {
                Some(cause) => format!("{what}\n  {cause}"),
                None => what,
            }
        }
        ErrorKind::ArgumentConflict if !argument().is_empty() => {
            let other = context(ContextKind::PriorArg).unwrap_or_default();
            with(
                "'{argument}' cannot be used together with '{other}'",
                &[("{argument}", argument()), ("{other}", other)],
            )
        }
        ErrorKind::TooManyValues => with(
            "'{argument}' takes fewer values; '{value}' is one too many",
            &[("{argument}", argument()), ("{value}", value())],
        ),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => with(
            "'{argument}' takes {expected} values, and {found} were given",
            &[
                ("{argument}", argument()),
                ("{expected}", number(ContextKind::ExpectedNumValues)),
                ("{found}", number(ContextKind::ActualNumValues)),
            ],
        ),
        ErrorKind::InvalidUtf8 => with("an argument is not valid UTF-8", &[]),
        _ => plain_message(error),
    };
    let mut text = format!("{}{what}\n", sentences.text("error: "));
    if let Some(values) = context(ContextKind::ValidValue).filter(|values| !values.is_empty()) {
        text.push_str(&format!(
            "  [{}{values}]\n",
            sentences.text("possible values: ")
        ));
    }
    let similar = [
        ContextKind::SuggestedArg,
        ContextKind::SuggestedValue,
        ContextKind::SuggestedSubcommand,
    ];
    if let Some(similar) = similar.into_iter().find_map(context) {
        let tip = with("did you mean {similar}?", &[("{similar}", similar)]);
        text.push_str(&format!("\n  {}{tip}\n", sentences.text("hint: ")));
    }
    if let Some(usage) = context(ContextKind::Usage) {
        let usage = usage.trim_start_matches("Usage:").trim();
        text.push_str(&format!("\n{}{usage}\n", sentences.text("Usage:")));
    }
    text.push_str(&format!(
        "\n{}\n",
        sentences.text("For more information, try '--help'.")
    ));
    Some(text)
}

/// Returns the message of an error that this program raised itself, without what clap writes around it.
fn plain_message(error: &clap::Error) -> String {
    let text = error.to_string();
    let message = text.split("\n\n").next().unwrap_or_default();
    message.trim_start_matches("error: ").trim().to_owned()
}

/// Between the items of a list in Chinese and Japanese; English errors are clap's own.
const SEPARATOR: &str = "、";

fn written(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(values) => values.join(SEPARATOR),
        ContextValue::StyledStrs(values) => {
            let values: Vec<String> = values.iter().map(ToString::to_string).collect();
            values.join(SEPARATOR)
        }
        ContextValue::None => String::new(),
        other => other.to_string(),
    }
}

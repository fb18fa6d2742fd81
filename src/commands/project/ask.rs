//! `tpmc project add` without arguments: the fields one by one, on a terminal and nowhere else.

use std::io::IsTerminal as _;

use inquire::validator::{ErrorMessage, Validation};
use inquire::{Confirm, InquireError, Select, Text};

use super::facts::FactArgs;
use crate::context::Context;
use crate::domain::{Instrument, Mode, ModeBasis, Sector, SourceReference, Vocabulary, text_fault};
use crate::error::Error;
use crate::store::Forum;

/// Whether there is somebody to ask.
pub(super) fn can_ask() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

/// Asks for the forum and the fields of a new project.
///
/// # Errors
/// When the questions are broken off: nothing is recorded then.
pub(super) fn ask(context: &Context) -> Result<(Option<String>, FactArgs), Error> {
    context
        .out
        .status("Enter leaves a field not stated; Escape breaks off, and nothing is recorded.");
    let mut facts = FactArgs::default();
    loop {
        facts.title_en = text("Title in English:")?;
        facts.title_zh = text("Title in Chinese:")?;
        facts.title_ja = text("Title in Japanese:")?;
        if facts.title_en.is_some() || facts.title_zh.is_some() || facts.title_ja.is_some() {
            break;
        }
        context
            .out
            .status("A project needs a title in one language.");
    }
    let forum = checked(
        context,
        "Forum, like F1 (none for a later project):",
        |context, code| context.read(|reader| Ok(reader.one::<Forum>(&code.to_uppercase())?.code)),
    )?;
    facts.instrument = word::<Instrument>("What was signed:")?;
    facts.mode = word::<Mode>("Cooperation mode:")?;
    if facts.mode.is_some() {
        facts.mode_basis = word::<ModeBasis>("What the mode rests on:")?;
    }
    facts.sector = word::<Sector>("Sector:")?;
    let hosts = checked(
        context,
        "Host countries, separated by commas:",
        |context, countries| {
            let names = countries
                .split([',', '，', '、'])
                .map(str::trim)
                .filter(|name| !name.is_empty());
            context.read(|reader| {
                names
                    .map(|name| Ok(reader.country(name)?.code))
                    .collect::<Result<Vec<_>, Error>>()
            })
        },
    )?;
    facts.host = hosts.unwrap_or_default();
    let source = checked(context, "Source, an address or a code:", |_, source| {
        Ok(source.parse::<SourceReference>()?)
    })?;
    facts.source.extend(source);
    facts.note = text("Note:")?;
    let sure = Confirm::new("Record it?").with_default(true).prompt();
    match broken_off(sure)? {
        true => Ok((forum, facts)),
        false => Err(not_recorded()),
    }
}

/// A text, or nothing.
fn text(question: &str) -> Result<Option<String>, Error> {
    let check = |text: &str| match text_fault(text).filter(|_| !text.is_empty()) {
        Some(why) => Ok(Validation::Invalid(ErrorMessage::Custom(why.to_owned()))),
        None => Ok(Validation::Valid),
    };
    let answer = broken_off(Text::new(question).with_validator(check).prompt())?;
    Ok(Some(answer).filter(|answer| !answer.is_empty()))
}

/// What a text means to the registry, asked for until it means something; or nothing.
fn checked<T>(
    context: &Context,
    question: &str,
    check: impl Fn(&Context, &str) -> Result<T, Error>,
) -> Result<Option<T>, Error> {
    while let Some(answer) = text(question)? {
        match check(context, answer.trim()) {
            Ok(meant) => return Ok(Some(meant)),
            Err(error) if error.status() == 1 => {
                let hint = error
                    .hint()
                    .map_or_else(String::new, |hint| format!(" ({hint})"));
                context.out.status(&format!("{error}{hint}"));
            }
            Err(error) => return Err(error),
        }
    }
    Ok(None)
}

/// A word of a vocabulary, or nothing.
fn word<V: Vocabulary>(question: &str) -> Result<Option<V>, Error> {
    const NOT_STATED: &str = "not stated";
    let words = V::ALL.iter().map(|word| word.word());
    let choices: Vec<&str> = std::iter::once(NOT_STATED).chain(words).collect();
    let chosen = broken_off(Select::new(question, choices).prompt())?;
    Ok(V::ALL.iter().copied().find(|word| word.word() == chosen))
}

fn broken_off<T>(answer: Result<T, InquireError>) -> Result<T, Error> {
    answer.map_err(|error| match error {
        InquireError::OperationCanceled | InquireError::OperationInterrupted => not_recorded(),
        InquireError::IO(cause) => Error::Output(cause),
        other => Error::Output(std::io::Error::other(other.to_string())),
    })
}

fn not_recorded() -> Error {
    Error::BrokenOff
}

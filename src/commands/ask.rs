//! Questions to the person at the terminal.

use std::ffi::OsString;

use inquire::{Confirm, InquireError, Select};

use crate::args::WriteArgs;
use crate::context::Context;
use crate::domain::yes_or_no;
use crate::error::Error;
use crate::message::Message;

/// Asks whether a record that resembles others is another one.
///
/// # Errors
/// [`Error::BrokenOff`] when it is not.
pub(super) fn confirm_new(context: &Context, resembles: &Error) -> Result<(), Error> {
    for finding in resembles.findings() {
        context.out.say(&finding);
    }
    confirm(context, "ask-is-new", false)
}

/// Asks whether what was shown is to be recorded.
///
/// # Errors
/// [`Error::BrokenOff`] when it is not.
pub(super) fn confirm_record(context: &Context) -> Result<(), Error> {
    confirm(context, "ask-sure", true)
}

/// Asks a question that is answered with yes or no in any of the languages; Enter stands for `usual`.
fn confirm(context: &Context, question: &'static str, usual: bool) -> Result<(), Error> {
    let say = |label| context.out.in_words(&Message::new(label));
    let (question, help) = (say(question), say("ask-yes-or-no"));
    let read = |text: &str| yes_or_no(text).ok_or(());
    let said = |is_sure| say(if is_sure { "yes" } else { "no" });
    let sure = Confirm::new(&question)
        .with_default(usual)
        .with_parser(&read)
        .with_formatter(&said)
        .with_error_message(&help);
    match broken_off(sure.prompt())? {
        true => Ok(()),
        false => Err(Error::BrokenOff),
    }
}

/// Records after a preview and a question where somebody is there to answer, else at once. `record` gets how to write, and whether a
/// record that resembles others was said to be another one, and returns whether it has been said by then.
pub(super) fn previewed(
    context: &Context,
    write: &WriteArgs,
    is_new: bool,
    record: impl Fn(&WriteArgs, bool) -> Result<bool, Error>,
) -> Result<(), Error> {
    if !context.can_ask() || !context.shows_on_terminal() || write.dry_run {
        return record(write, is_new).map(drop);
    }
    let preview = WriteArgs {
        dry_run: true,
        ..write.clone()
    };
    let is_new = record(&preview, is_new)?;
    confirm_record(context)?;
    record(write, is_new).map(drop)
}

/// Returns the command line that is meant: where `error` is about a word of `args` that means several records, and somebody is there
/// to choose, `args` with the code of the chosen record. Otherwise the error.
pub(crate) fn meant(
    context: &Context,
    args: &[OsString],
    error: Error,
) -> Result<Vec<OsString>, Error> {
    let Error::Store(crate::store::Error::Ambiguous {
        text, candidates, ..
    }) = &error
    else {
        return Err(error);
    };
    let has = |argument: &OsString| {
        argument
            .to_str()
            .is_some_and(|argument| argument.contains(text.as_str()))
    };
    if !context.can_ask() || args.iter().filter(|argument| has(argument)).count() != 1 {
        return Err(error);
    }
    let code = which(context, text, candidates)?;
    let meant = args.iter().map(|argument| match argument.to_str() {
        Some(word) if has(argument) => word.replacen(text.as_str(), &code, 1).into(),
        _ => argument.clone(),
    });
    Ok(meant.collect())
}

/// Asks which of several records a word means, and returns the code of the chosen one.
///
/// # Errors
/// [`Error::BrokenOff`] when none is chosen.
fn which(context: &Context, text: &str, candidates: &[String]) -> Result<String, Error> {
    let question = context.out.in_words(&message!("ask-which", text));
    let chosen = broken_off(Select::new(&question, candidates.to_vec()).prompt())?;
    let code = chosen.split(' ').next();
    Ok(code.unwrap_or_default().to_owned())
}

/// An answer, unless the questions were broken off.
pub(super) fn broken_off<T>(answer: Result<T, InquireError>) -> Result<T, Error> {
    answer.map_err(|error| match error {
        InquireError::OperationCanceled | InquireError::OperationInterrupted => Error::BrokenOff,
        InquireError::IO(cause) => Error::Output(cause),
        other => Error::Output(std::io::Error::other(other.to_string())),
    })
}

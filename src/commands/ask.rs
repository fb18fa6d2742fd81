//! Questions to the person at the terminal.

use std::ffi::OsString;

use inquire::{Confirm, InquireError, Select};

use crate::context::Context;
use crate::error::Error;

/// Asks whether a record that resembles others is another one.
///
/// # Errors
/// [`Error::BrokenOff`] when it is not.
pub(super) fn confirm_new(context: &Context, resembles: &Error) -> Result<(), Error> {
    for finding in resembles.findings() {
        context.out.say(&finding);
    }
    let question = context.out.in_words(&message!("ask-is-new"));
    let is_new = Confirm::new(&question).with_default(false);
    match broken_off(is_new.prompt())? {
        true => Ok(()),
        false => Err(Error::BrokenOff),
    }
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

//! Questions to the person at the terminal.

use inquire::{Confirm, InquireError};

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

/// An answer, unless the questions were broken off.
pub(super) fn broken_off<T>(answer: Result<T, InquireError>) -> Result<T, Error> {
    answer.map_err(|error| match error {
        InquireError::OperationCanceled | InquireError::OperationInterrupted => Error::BrokenOff,
        InquireError::IO(cause) => Error::Output(cause),
        other => Error::Output(std::io::Error::other(other.to_string())),
    })
}

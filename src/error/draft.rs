//! What can go wrong with a draft of the web desk.

use crate::message::{Explain, Message};

/// Why a draft, by its number, cannot be approved.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DraftError {
    /// It is the approver's own.
    Own(i64),
    /// It would record something else than its author saw.
    Moved(i64),
    /// It records nothing any more.
    Empty(i64),
    /// This program does not understand it.
    Line(String),
}

explained!(DraftError);

impl DraftError {
    /// What can be done about it.
    pub(super) fn hint(&self) -> Option<Message> {
        match self {
            Self::Moved(_) => Some(message!("hint-draft-moved")),
            Self::Empty(_) => Some(message!("hint-draft-empty")),
            Self::Own(_) | Self::Line(_) => None,
        }
    }
}

impl Explain for DraftError {
    fn message(&self) -> Message {
        match self {
            Self::Own(number) => message!("error-own-draft", number),
            Self::Moved(number) => message!("error-draft-moved", number),
            Self::Empty(number) => message!("error-draft-empty", number),
            Self::Line(why) => message!("error-draft-line", why),
        }
    }
}

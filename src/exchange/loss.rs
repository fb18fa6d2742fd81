//! What a foreign format cannot hold, record by record.

use crate::message::Message;

/// One thing of one record that a format has no place for, or holds less exactly than the registry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Loss {
    /// Code of the project.
    pub(crate) code: String,
    /// The field or the list that it is about.
    pub(crate) field: &'static str,
    /// What is lost, and where it is kept instead.
    pub(crate) what: Message,
}

/// The losses of a record while it is written.
#[derive(Debug)]
pub(crate) struct Losses<'a> {
    pub(crate) code: &'a str,
    pub(crate) found: &'a mut Vec<Loss>,
}

impl Losses<'_> {
    /// Notes a loss.
    pub(crate) fn note(&mut self, field: &'static str, what: impl Into<Message>) {
        self.found.push(Loss {
            code: self.code.to_owned(),
            field,
            what: what.into(),
        });
    }
}

//! How an object of a file differs from the one that a registry has.

use crate::message::{Explain, Message};

/// How an object differs from the one that should be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Difference {
    Missing,
    /// No migration made it.
    Unknown,
    Changed,
}

/// An object that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Differing {
    pub(in crate::store) difference: Difference,
    /// `table`, `index`, `view` or `trigger`.
    pub(in crate::store) kind: String,
    pub(in crate::store) name: String,
}

explained!(Differing);

impl Explain for Differing {
    fn message(&self) -> Message {
        let what = format!("{} {}", self.kind, self.name);
        match self.difference {
            Difference::Missing => message!("error-layout-missing", what),
            Difference::Unknown => message!("error-layout-unknown", what),
            Difference::Changed => message!("error-layout-changed", what),
        }
    }
}

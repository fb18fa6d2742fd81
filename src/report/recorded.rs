//! The answer to a command that records something: which record it was about.

use serde::{Serialize, Serializer};
use serde_json::Value;

/// A record after the change. JSON is the record; the other formats show its code.
#[derive(Debug)]
pub(crate) struct Recorded {
    pub(crate) code: String,
    pub(crate) document: Value,
}

impl Serialize for Recorded {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.document.serialize(serializer)
    }
}

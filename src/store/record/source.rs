//! Sources: where a fact was read.

use std::borrow::Cow;

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::single_row_record;
use crate::domain::{Confidence, PublisherKind, RecordId, SourceKind, SourceLink, without_link};
use crate::store::backend::{Backend, Db};
use crate::store::schema::source;

/// What the journal says of a document that is kept with a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeptFile {
    /// In hexadecimal digits.
    pub(crate) sha256: String,
    pub(crate) media_type: String,
    /// In bytes.
    pub(crate) size: i64,
}

/// An address, or a document without one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, HasQuery)]
#[diesel(table_name = source, check_for_backend(Backend))]
#[serde(deny_unknown_fields)]
pub(crate) struct Source {
    pub(crate) code: String,
    pub(crate) id: RecordId,
    pub(crate) url: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) publisher_kind: Option<PublisherKind>,
    /// ISO 639 code of the language it is written in.
    pub(crate) language: Option<String>,
    /// The day on which it was read.
    pub(crate) read_on: Option<NaiveDate>,
    pub(crate) confidence: Confidence,
    pub(crate) note: Option<String>,
    /// What stands at the address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) kind: Option<SourceKind>,
    /// Whether the address may be followed; not stated means that it may.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) link: Option<SourceLink>,
    /// SHA-256 of the document that is kept with it, in hexadecimal digits; type and size are stated with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) file_sha256: Option<String>,
    /// Media type of the document, as its first bytes tell it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) file_type: Option<String>,
    /// Size of the document in bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) file_size: Option<i64>,
}
single_row_record!(Source, source);

impl Source {
    /// Returns a source of which nothing is stated but how far it can be relied on.
    pub(crate) fn new(id: RecordId, code: String, confidence: Confidence) -> Self {
        Self {
            code,
            id,
            url: None,
            title: None,
            publisher: None,
            publisher_kind: None,
            language: None,
            read_on: None,
            confidence,
            note: None,
            kind: None,
            link: None,
            file_sha256: None,
            file_type: None,
            file_size: None,
        }
    }

    /// States which document is kept with it, or none.
    pub(crate) fn set_file(&mut self, file: Option<KeptFile>) {
        (self.file_sha256, self.file_type, self.file_size) = match file {
            Some(file) => (Some(file.sha256), Some(file.media_type), Some(file.size)),
            None => (None, None, None),
        };
    }

    /// Returns whether nothing tells where or what it is.
    pub(crate) fn is_nowhere(&self) -> bool {
        self.url.is_none() && self.title.is_none() && self.file_sha256.is_none()
    }

    /// Returns the address where it may be shown as a link.
    pub(crate) fn link_address(&self) -> Option<&str> {
        let is_withheld = self.link == Some(SourceLink::Withheld);
        self.url.as_deref().filter(|_| !is_withheld)
    }

    /// Returns the address as people read it. One that must not be followed is written so that no program makes a link of it:
    /// without its scheme, and with its first dot in brackets.
    pub(crate) fn shown_address(&self) -> Option<Cow<'_, str>> {
        let address = self.url.as_deref()?;
        if self.link_address().is_some() {
            return Some(Cow::Borrowed(address));
        }
        Some(Cow::Owned(without_link(address)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn source(link: Value) -> Source {
        let mut document = json!({"code": "S-0001", "id": "00000000-0000-4000-8000-000000000001",
            "url": "https://www.example.org/a.b", "title": null, "publisher": null, "publisher_kind": null,
            "language": null, "read_on": null, "confidence": "low", "note": null});
        document["link"] = link;
        serde_json::from_value(document).expect("a source")
    }

    #[test]
    fn a_withheld_address_is_shown_and_is_no_link() {
        let open = source(json!("ok"));
        assert_eq!(open.link_address(), Some("https://www.example.org/a.b"));
        assert_eq!(source(Value::Null).link_address(), open.link_address());
        assert_eq!(open.shown_address().as_deref(), open.link_address());
        let withheld = source(json!("withheld"));
        assert_eq!(withheld.link_address(), None);
        assert_eq!(
            withheld.shown_address().as_deref(),
            Some("www[.]example.org/a.b")
        );
    }
}

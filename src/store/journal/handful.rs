//! Documents that are written together, as what is written of each: everything that follows from it alone.

use std::ops::Range;

use super::entries::Change;
use crate::domain::RecordId;
use crate::merkle::hash::{Hash, leaf_hash};
use crate::store::Error;
use crate::store::canonical::Canonical;
use crate::store::record::{Document, Kind};
use crate::store::rows::Rows;
use crate::store::search::Words;

/// Documents that are written together: one by one, waking whoever writes would cost as much as its help is worth.
const TOGETHER: usize = 256;
/// Bytes of text that are enough for a handful, however few the documents are.
const ENOUGH: usize = 1024 * 1024;

/// The bytes of an entry with their own hash, and no other.
#[derive(Clone, Copy)]
pub(super) struct Hashed<'a> {
    bytes: &'a str,
    leaf: Hash,
}

impl<'a> Hashed<'a> {
    pub(super) fn of(bytes: &'a str) -> Self {
        Self {
            leaf: leaf_hash(bytes.as_bytes()),
            bytes,
        }
    }

    pub(super) fn bytes(self) -> &'a str {
        self.bytes
    }

    pub(super) fn leaf(self) -> Hash {
        self.leaf
    }
}

/// Documents in the order in which they were saved. Their room is used again, where a million would take it and give it up.
#[derive(Default)]
pub(super) struct Handful {
    rows: Rows,
    /// Of all: codes, entries and the words for the search, beside each other.
    text: String,
    documents: Vec<Ready>,
    canonical: Canonical,
}

/// A document as places in the text.
struct Ready {
    kind: Kind,
    id: RecordId,
    code: Range<usize>,
    entry: Range<usize>,
    leaf: Hash,
    words: Option<Words>,
}

/// A document of a handful.
pub(super) struct Written<'a> {
    pub(super) kind: Kind,
    pub(super) id: RecordId,
    pub(super) code: &'a str,
    pub(super) entry: Hashed<'a>,
    /// What the search knows of it: names first.
    pub(super) words: Option<[&'a str; 2]>,
}

impl Handful {
    /// Adds a document, as it stands in an entry of `batch`.
    ///
    /// # Errors
    /// [`Error::Refused`] when it holds what cannot be recorded. The handful is as it was before.
    pub(super) fn add(&mut self, document: &Document, batch: i64) -> Result<(), Error> {
        let change = Change {
            kind: document.kind(),
            id: Some(document.id()),
            code: document.code(),
            document: Some(document),
        };
        self.add_with(document, |text, canonical| {
            change.append_to(text, canonical, batch)
        })
    }

    /// Adds a document whose entry has these bytes already.
    ///
    /// # Errors
    /// [`Error::Document`] when it holds what no column can have. The handful is as it was before.
    pub(super) fn add_as(&mut self, document: &Document, bytes: &str) -> Result<(), Error> {
        self.add_with(document, |text, _| {
            text.push_str(bytes);
            Ok(())
        })
    }

    fn add_with(
        &mut self,
        document: &Document,
        append: impl FnOnce(&mut String, &mut Canonical) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let before = self.text.len();
        self.text.push_str(document.code());
        let entry = self.text.len();
        let added = append(&mut self.text, &mut self.canonical)
            .and_then(|()| document.add_rows(&mut self.rows));
        if added.is_err() {
            self.rows.take_back();
            self.text.truncate(before);
            return added;
        }
        self.rows.keep();
        let end = self.text.len();
        let bytes = self.text.get(entry..end).unwrap_or_default();
        self.documents.push(Ready {
            kind: document.kind(),
            id: document.id(),
            code: before..entry,
            entry: entry..end,
            leaf: leaf_hash(bytes.as_bytes()),
            words: Words::append(document, &mut self.text),
        });
        Ok(())
    }

    /// How many they are.
    pub(super) fn count(&self) -> usize {
        self.documents.len()
    }

    /// Whether it is time to write them.
    pub(super) fn is_full(&self) -> bool {
        self.count() >= TOGETHER || self.text.len() >= ENOUGH
    }

    /// The rows of all.
    pub(super) fn rows(&self) -> &Rows {
        &self.rows
    }

    /// The documents in the order in which they were added.
    pub(super) fn each(&self) -> impl Iterator<Item = Written<'_>> {
        let text = |place: &Range<usize>| self.text.get(place.clone()).unwrap_or_default();
        self.documents.iter().map(move |ready| Written {
            kind: ready.kind,
            id: ready.id,
            code: text(&ready.code),
            entry: Hashed {
                bytes: text(&ready.entry),
                leaf: ready.leaf,
            },
            words: ready.words.as_ref().map(|words| words.within(&self.text)),
        })
    }

    /// Forgets them, and keeps the room that they took.
    pub(super) fn clear(&mut self) {
        self.rows.clear();
        self.text.clear();
        self.documents.clear();
    }

    /// Whether they took more room than is worth keeping: a long text does.
    pub(super) fn is_beyond_usual(&self) -> bool {
        self.text.capacity() > 2 * ENOUGH
    }
}

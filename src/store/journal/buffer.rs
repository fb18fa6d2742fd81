//! Documents that are written together, each with everything that follows from it alone: its entry, its rows, its search words.

use std::ops::Range;

use super::entries::Change;
use crate::domain::RecordId;
use crate::merkle::hash::{Hash, leaf_hash};
use crate::store::Error;
use crate::store::canonical::Canonical;
use crate::store::record::{Document, Kind};
use crate::store::rows::Rows;
use crate::store::search::Words;

/// Documents that are written together at most.
const TOGETHER: usize = 256;
/// Bytes of text that are enough, however few the documents are.
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
pub(super) struct Buffer {
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

/// A document of the buffer.
pub(super) struct Written<'a> {
    pub(super) kind: Kind,
    pub(super) id: RecordId,
    pub(super) code: &'a str,
    pub(super) entry: Hashed<'a>,
    /// What the search knows of it: names first.
    pub(super) words: Option<[&'a str; 2]>,
}

impl Buffer {
    /// Adds a document, as it stands in an entry of `batch`.
    ///
    /// # Errors
    /// [`Error::Refused`] when it holds what cannot be recorded. The buffer is as it was before.
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
    /// [`Error::Document`] when it holds what no column can have. The buffer is as it was before.
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
        let added = append(&mut self.text, &mut self.canonical).and_then(|()| {
            document
                .add_rows(&mut self.rows)
                .map_err(|cause| Error::document(document, cause))
        });
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
}

#[cfg(test)]
mod tests {
    use diesel::prelude::*;

    use super::super::Intent;
    use crate::domain::{Confidence, Moment, seeded_id};
    use crate::store::record::Source;
    use crate::store::schema::{entry, source};
    use crate::store::{Error, Store, Writer};

    fn source(code: &str, url: &str) -> Source {
        let id = seeded_id("source", code);
        Source {
            url: Some(url.to_owned()),
            ..Source::new(id, code.to_owned(), Confidence::Low)
        }
    }

    /// Writes that many sources in one batch; `each` returns the address of each.
    fn write(
        store: &mut Store,
        sources: u32,
        mut each: impl FnMut(u32, &mut Writer<'_>) -> String,
    ) -> Result<(), Error> {
        let intent = Intent {
            actor: "secretariat".to_owned(),
            command: "import apply",
            reason: None,
            dry_run: false,
            force_clock: false,
        };
        let clock = || -> Moment { "2026-11-24T00:00:00Z".parse().expect("a time") };
        let written = store.write(&intent, clock, |writer| {
            for number in 0..sources {
                let url = each(number, writer);
                let code = writer.next_source_code()?;
                writer.save(source(&code, &url))?;
            }
            Ok::<_, Error>(())
        });
        written.map(drop)
    }

    #[test]
    fn documents_that_wait_are_written_before_the_batch_is_read() {
        let mut store = Store::in_memory().expect("memory");
        write(&mut store, 3_000, |number, writer| {
            if number % 701 == 700 {
                let last = format!("S-{number:04}");
                let last: Source = writer.reader().one(&last).expect("the one before");
                assert_eq!(
                    last.url,
                    Some(format!("https://example.org/{}", number - 1))
                );
            }
            format!("https://example.org/{number}")
        })
        .expect("written");
        let codes: Vec<String> = entry::table
            .filter(entry::kind.eq("source"))
            .order(entry::number)
            .select(entry::code)
            .load(&mut store.db)
            .expect("the journal");
        assert_eq!(codes.len(), 3_000);
        assert!(codes.is_sorted());
        let mut one_by_one = Store::in_memory().expect("memory");
        write(&mut one_by_one, 3_000, |number, writer| {
            writer.db(); // nothing waits
            format!("https://example.org/{number}")
        })
        .expect("written");
        let tiles = |store: &mut Store| -> Vec<(i32, i64, Vec<u8>)> {
            use crate::store::schema::tile;
            tile::table.load(&mut store.db).expect("the tree")
        };
        // The entry that closes the first batch names the registry by a new identifier; the tiles before it are the same.
        let (one, other) = (tiles(&mut store), tiles(&mut one_by_one));
        assert_eq!(one.first(), other.first());
        assert_eq!(one.len(), other.len());
    }

    #[test]
    fn a_document_that_cannot_be_written_later_fails_the_batch() {
        let mut store = Store::in_memory().expect("memory");
        for at in [1_500, 2_999] {
            let failed = write(&mut store, 3_000, |number, _| {
                let number = if number == at { 7 } else { number };
                format!("https://example.org/{number}")
            });
            assert!(matches!(failed, Err(Error::Constraint(_))), "{failed:?}");
            let left: i64 = source::table
                .count()
                .get_result(&mut store.db)
                .expect("a count");
            assert_eq!(left, 0);
        }
        // The connection is sound, and the schema checks again.
        write(&mut store, 10, |number, _| {
            format!("https://example.org/{number}")
        })
        .expect("written");
        let short = "INSERT INTO source (code, id, confidence) VALUES ('S-9999', 'short', 'low')";
        assert!(diesel::sql_query(short).execute(&mut store.db).is_err());
    }
}

//! Documents that are written together, each with everything that follows from it alone: its entry, its rows, its search words.

use super::entries::Change;
use crate::domain::RecordId;
use crate::store::Error;
use crate::store::record::{Document, Kind};
use crate::store::rows::Rows;
use crate::store::search::words_of;

/// Documents that are written together at most.
const TOGETHER: usize = 256;
/// Bytes of their entries that are enough, however few the documents are.
const ENOUGH: usize = 1024 * 1024;

/// Documents in the order in which they were saved.
#[derive(Default)]
pub(super) struct Buffer {
    pub(super) rows: Rows,
    documents: Vec<Written>,
    length: usize,
}

/// What is written of a document beside its rows.
pub(super) struct Written {
    pub(super) kind: Kind,
    pub(super) id: RecordId,
    pub(super) code: String,
    /// The bytes of its entry.
    pub(super) entry: String,
    /// What the search knows of it: names first.
    pub(super) words: Option<[String; 2]>,
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
        self.push(document, change.bytes(batch)?)
    }

    /// Adds a document whose entry has these bytes already.
    ///
    /// # Errors
    /// [`Error::Document`] when it holds what no column can have. The buffer is as it was before.
    pub(super) fn push(&mut self, document: &Document, entry: String) -> Result<(), Error> {
        if let Err(cause) = document.add_rows(&mut self.rows) {
            self.rows.take_back();
            return Err(Error::document(document, cause));
        }
        self.rows.keep();
        self.length += entry.len();
        self.documents.push(Written {
            kind: document.kind(),
            id: document.id(),
            code: document.code().to_owned(),
            entry,
            words: words_of(document),
        });
        Ok(())
    }

    /// Takes what was added, but for the rows.
    pub(super) fn take(&mut self) -> Vec<Written> {
        self.length = 0;
        std::mem::take(&mut self.documents)
    }

    /// How many they are.
    pub(super) fn count(&self) -> usize {
        self.documents.len()
    }

    /// Whether it is time to write them.
    pub(super) fn is_full(&self) -> bool {
        self.count() >= TOGETHER || self.length >= ENOUGH
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

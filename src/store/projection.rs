//! Rows and words of many records, where the journal has their entries already.

use super::Error;
use super::backend::Db;
use super::record::Document;
use super::rows::Rows;
use super::search::{Pending, words_of};

/// Records whose rows are inserted together, and bytes of text that are enough.
const TOGETHER: usize = 64;
const ENOUGH: usize = 256 * 1024;

/// What was made of documents so far. The rest is written by [`Projection::finish`].
#[derive(Debug, Default)]
pub(super) struct Projection {
    rows: Rows,
    waiting: usize,
    words: Pending,
}

impl Projection {
    /// Takes a document. `entry` is the number of the entry in which it stands.
    ///
    /// # Errors
    /// [`Error::Document`] when it holds what no column can have.
    pub(super) fn add(
        &mut self,
        document: &Document,
        entry: i64,
        db: &mut Db,
    ) -> Result<(), Error> {
        let added = document.add_rows(&mut self.rows);
        added.map_err(|cause| Error::document(document, cause))?;
        self.waiting += 1;
        if self.waiting >= TOGETHER || self.rows.length() >= ENOUGH {
            self.insert(db)?;
        }
        if let Some(words) = words_of(document) {
            self.words
                .take(document.kind(), document.code(), &words, entry, db)?;
        }
        Ok(())
    }

    /// Writes what waits.
    pub(super) fn finish(mut self, db: &mut Db) -> Result<(), Error> {
        self.insert(db)?;
        Ok(self.words.write(db)?)
    }

    fn insert(&mut self, db: &mut Db) -> Result<(), Error> {
        self.rows.insert(db)?;
        self.rows.clear();
        self.waiting = 0;
        Ok(())
    }
}

//! Reading everything a page at a time, so that memory does not grow with the registry.

use std::collections::HashMap;
use std::path::Path;

use diesel::prelude::*;

use super::file::Backup;
use super::record::{Document, Kind, Selection, Source};
use super::schema::{batch, entry, source};
use super::{Batch, Error, Reader, Store};

/// Values of one statement: SQLite allows 32766.
const AT_ONCE: usize = 10_000;

impl Reader<'_> {
    /// The next records of a kind after the code `after`, in the order of their codes.
    pub(crate) fn page(
        &mut self,
        kind: Kind,
        after: Option<&str>,
        limit: i64,
    ) -> Result<Vec<Document>, Error> {
        Ok(kind.load(Selection::Page { after, limit }, self.db)?)
    }

    /// The record of a kind with this code, when there is one.
    pub(crate) fn document(&mut self, kind: Kind, code: &str) -> Result<Option<Document>, Error> {
        Ok(kind.load(Selection::One(code), self.db)?.pop())
    }

    /// The sources with these codes, by code.
    pub(crate) fn sources(&mut self, codes: &[&str]) -> Result<HashMap<String, Source>, Error> {
        let mut found = HashMap::new();
        for codes in codes.chunks(AT_ONCE) {
            let sources: Vec<Source> = Source::query()
                .filter(source::code.eq_any(codes))
                .load(self.db)?;
            found.extend(
                sources
                    .into_iter()
                    .map(|source| (source.code.clone(), source)),
            );
        }
        Ok(found)
    }

    /// The latest batch, when anything is recorded.
    pub(crate) fn last_batch(&mut self) -> Result<Option<Batch>, Error> {
        let last = Batch::query().order(batch::number.desc()).first(self.db);
        Ok(last.optional()?)
    }

    /// The bytes of the next entries of the journal, from the number `from` on.
    pub(crate) fn entries(&mut self, from: i64, limit: i64) -> Result<Vec<String>, Error> {
        let entries = entry::table
            .filter(entry::number.ge(from))
            .order(entry::number);
        Ok(entries.limit(limit).select(entry::bytes).load(self.db)?)
    }
}

impl Store {
    /// A consistent copy of the file, while others may go on writing.
    pub(crate) fn copy_to(&self, path: &Path) -> Result<(), Error> {
        Backup {
            from: &self.path,
            to: path,
        }
        .run()
    }
}

//! Reading everything a page at a time, so that memory does not grow with the registry.

use std::collections::HashMap;
use std::path::Path;

use diesel::prelude::*;

use super::file::Backup;
use super::record::{Document, Identifier, Kind, OtherName, Party, PartyFacts, Selection, Source};
use super::schema::{batch, entry, party, party_identifier, party_name, source};
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

    /// The parties with these codes.
    pub(crate) fn parties(&mut self, codes: &[&str]) -> Result<Vec<Party>, Error> {
        let mut found = Vec::new();
        for codes in codes.chunks(AT_ONCE) {
            let facts = PartyFacts::query().filter(party::code.eq_any(codes));
            let facts: Vec<PartyFacts> = facts.load(self.db)?;
            let names: Vec<(String, OtherName)> = party_name::table
                .filter(party_name::party.eq_any(codes))
                .order((party_name::party, party_name::number))
                .select((party_name::party, OtherName::as_select()))
                .load(self.db)?;
            let identifiers: Vec<(String, Identifier)> = party_identifier::table
                .filter(party_identifier::party.eq_any(codes))
                .order((party_identifier::party, party_identifier::number))
                .select((
                    party_identifier::party,
                    (party_identifier::scheme, party_identifier::identifier),
                ))
                .load(self.db)?;
            let (mut names, mut identifiers) = (by_owner(names), by_owner(identifiers));
            found.extend(facts.into_iter().map(|facts| Party {
                other_names: names.remove(&facts.code).unwrap_or_default(),
                identifiers: identifiers.remove(&facts.code).unwrap_or_default(),
                facts,
            }));
        }
        Ok(found)
    }

    /// The latest batch, when anything is recorded.
    pub(crate) fn last_batch(&mut self) -> Result<Option<Batch>, Error> {
        let last = Batch::query().order(batch::number.desc()).first(self.db);
        Ok(last.optional()?)
    }

    /// Returns the batch whose reason ends with a note of the program that begins with `text`: `(draft 3 ` or `(key K `.
    pub(crate) fn batch_noting(&mut self, text: &str) -> Result<Option<Batch>, Error> {
        let pattern = format!("%{text}%");
        let found = Batch::query()
            .filter(batch::reason.like(pattern))
            .load(self.db)?;
        // An author may write such a note; the program's own is the last. A pattern finds capitals and small letters alike.
        let sort = text.split_inclusive(' ').next().unwrap_or_default();
        let holds = |batch: &Batch| {
            let reason = batch.reason.as_deref().unwrap_or_default();
            let last = reason.rfind(sort).map(|at| &reason[at..]);
            last.is_some_and(|note| note.starts_with(text))
        };
        Ok(found.into_iter().find(holds))
    }

    /// The bytes of the next entries of the journal, from the number `from` on.
    pub(crate) fn entries(&mut self, from: i64, limit: i64) -> Result<Vec<String>, Error> {
        let entries = entry::table
            .filter(entry::number.ge(from))
            .order(entry::number);
        Ok(entries.limit(limit).select(entry::bytes).load(self.db)?)
    }
}

/// Rows of a child table under the codes of their records, in their order.
fn by_owner<T>(rows: Vec<(String, T)>) -> HashMap<String, Vec<T>> {
    let mut found = HashMap::<String, Vec<T>>::new();
    for (owner, row) in rows {
        found.entry(owner).or_default().push(row);
    }
    found
}

impl Store {
    /// A consistent copy of the file, made while others may go on writing; nothing may be at `path`.
    pub(crate) fn copy_to(&self, path: &Path) -> Result<(), Error> {
        std::fs::File::create_new(path).map_err(|cause| Error::Place {
            path: path.to_owned(),
            cause,
        })?;
        Backup {
            from: &self.path,
            way: self.opened.beside(),
            to: path,
        }
        .run()
    }
}

//! Documents kept with their sources: the journal says what each hashes to, the bytes stand in a table of the registry's file.
//!
//! They stand in the file and not in a folder beside it, so that no backup, copy or restore can leave one behind. A document is
//! written within the batch that names it and never changed. An undo leaves the bytes: the batch can be done again.

use std::collections::BTreeSet;

use diesel::prelude::*;
use sha2::{Digest as _, Sha256};

use super::backend::Db;
use super::finding::{Fault, Finding, Sink};
use super::journal::Writer;
use super::record::{KeptFile, Kind, Source};
use super::schema::{content, entry, source};
use super::{Error, Reader};
use crate::domain::media_type;

/// Size of the largest document that is kept, in bytes.
pub(crate) const LARGEST_DOCUMENT: u64 = 16 << 20;

/// Returns the SHA-256 of a document in hexadecimal digits.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    let hash = Sha256::digest(bytes);
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Writer<'_> {
    /// Keeps a document, and returns what the journal is to say of it.
    ///
    /// # Errors
    /// [`Error::Content`] when another program has put other bytes in its place.
    pub(crate) fn keep(&mut self, bytes: &[u8]) -> Result<KeptFile, Error> {
        let sha256 = sha256(bytes);
        match stored(&sha256, self.db())? {
            Some(known) if known != bytes => return Err(Error::Content(sha256)),
            Some(_) => {}
            None => {
                let row = (content::sha256.eq(&sha256), content::bytes.eq(bytes));
                diesel::insert_into(content::table)
                    .values(row)
                    .execute(self.db())?;
                self.kept = true;
            }
        }
        Ok(KeptFile {
            sha256,
            media_type: media_type(bytes).name.to_owned(),
            size: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
        })
    }
}

/// Puts a document of another registry or of a server into its place.
///
/// # Errors
/// [`Error::Content`] when it is not what the journal says of it.
pub(super) fn take_in(sha256: &str, bytes: &[u8], db: &mut Db) -> Result<(), Error> {
    if self::sha256(bytes) != sha256 {
        return Err(Error::Content(sha256.to_owned()));
    }
    let row = (content::sha256.eq(sha256), content::bytes.eq(bytes));
    diesel::insert_into(content::table)
        .values(row)
        .execute(db)?;
    Ok(())
}

impl Reader<'_> {
    /// Returns the document with this SHA-256.
    ///
    /// # Errors
    /// [`Error::Content`] when it is not there, or is not what was kept.
    pub(crate) fn content(&mut self, sha256: &str) -> Result<Vec<u8>, Error> {
        let found = stored(sha256, self.db)?;
        found
            .filter(|bytes| self::sha256(bytes) == sha256)
            .ok_or_else(|| Error::Content(sha256.to_owned()))
    }

    /// Returns the first source with which the document with this SHA-256 is kept.
    pub(crate) fn source_of_content(&mut self, sha256: &str) -> Result<Option<Source>, Error> {
        let found = Source::query()
            .filter(source::file_sha256.eq(sha256))
            .order(source::code)
            .first(self.db);
        Ok(found.optional()?)
    }

    /// Returns the SHA-256 of every document that a source names, in their order, without repetitions.
    pub(crate) fn contents(&mut self) -> Result<BTreeSet<String>, Error> {
        Ok(named(self.db)?
            .into_iter()
            .map(|(sha256, _)| sha256)
            .collect())
    }
}

fn stored(sha256: &str, db: &mut Db) -> QueryResult<Option<Vec<u8>>> {
    let found = content::table.find(sha256).select(content::bytes);
    found.first(db).optional()
}

/// The documents that sources name, with the codes of the sources.
fn named(db: &mut Db) -> QueryResult<Vec<(String, String)>> {
    source::table
        .filter(source::file_sha256.is_not_null())
        .select((source::file_sha256.assume_not_null(), source::code))
        .order(source::code)
        .load(db)
}

/// Checks that every document that a source names is there, is what was kept, and that nothing else is.
pub(super) fn check(db: &mut Db, sink: &mut Sink<'_>) -> Result<(), Error> {
    let there = content::table.select(content::sha256);
    let mut others: BTreeSet<String> = there.load(db)?.into_iter().collect();
    for (sha256, code) in named(db)? {
        let at = |fault| {
            let finding = Finding::new(fault).record(Kind::Source.word(), &code);
            finding.field("file_sha256").expected(&sha256)
        };
        others.remove(&sha256);
        match stored(&sha256, db)? {
            None => sink.add(at(Fault::DocumentMissing)),
            Some(bytes) => {
                let found = self::sha256(&bytes);
                if found != sha256 {
                    sink.add(at(Fault::DocumentChanged).found(found));
                }
            }
        }
    }
    // Of a batch that was taken back, or of a source that keeps another one now.
    for sha256 in others {
        let said = entry::table
            .filter(entry::kind.eq(Kind::Source.word()))
            .filter(entry::bytes.like(format!("%\"file_sha256\":\"{sha256}\"%")))
            .count();
        let is_known = said.get_result::<i64>(db)? > 0;
        let is_whole = stored(&sha256, db)?.is_some_and(|bytes| self::sha256(&bytes) == sha256);
        if !(is_known && is_whole) {
            sink.add(Finding::new(Fault::DocumentUnknown).found(sha256));
        }
    }
    Ok(())
}

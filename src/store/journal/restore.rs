//! A journal taken in as it was exported: the entries byte for byte, so that the tree has the root that it had.
//!
//! This is the one place where an entry is written that this program did not make just now. It stands beside [`super::Writer`], and
//! nowhere else, for the same reason that `save` does: whatever enters the journal is appended by `push`, with the hash of the
//! very bytes that are stored, and is projected into the tables in the same transaction. What a `Writer` guarantees by making the
//! bytes itself is checked here instead: each entry must be the canonical JSON of format 1 that `save`, `remove` or `finish`
//! would have written for what it says, batches must follow each other from 1 without a gap, each closed by an entry that
//! counts it rightly, in the order of time. Only a journal without any entry can be taken in over: appending to an existing one
//! would make up a past.

use std::collections::HashMap;

use diesel::prelude::*;

use super::entries::BATCH;
use super::given::Given;
use super::handful::{Handful, Hashed};
use super::ledger::{Ledger, NewEntry};
use crate::domain::{Moment, RecordId};
use crate::store::backend::Db;
use crate::store::deferred::{Links, go_on};
use crate::store::record::Kind;
use crate::store::schema::{batch, entry};
use crate::store::tiles::TileTable;
use crate::store::{Error, Store};

/// Records that are there while the journal is replayed, with what identifies each and the number of its last entry.
type Present = HashMap<(Kind, String), (RecordId, i64)>;

impl Store {
    /// Takes in a whole journal, entry by entry, into a registry that holds nothing; tells how many entries it had.
    ///
    /// # Errors
    /// Those of `entries`; [`Error::Journal`] names the entry that is at fault. Nothing is recorded then.
    pub(crate) fn restore<E: From<Error>>(
        &mut self,
        entries: impl IntoIterator<Item = Result<String, E>>,
    ) -> Result<i64, E> {
        self.transacted(|db| {
            let mut restoring = Restoring::begin(db)?;
            for bytes in entries {
                restoring.append(&bytes?)?;
            }
            Ok((restoring.finish()?, true))
        })
    }
}

/// A journal that is being taken in.
struct Restoring<'a> {
    ledger: Ledger<'a>,
    /// Documents that wait to be written.
    handful: Handful,
    present: Present,
    /// When the batch before was recorded.
    last: Option<Moment>,
}

impl<'a> Restoring<'a> {
    fn begin(db: &'a mut Db) -> Result<Self, Error> {
        let entries: i64 = entry::table.count().get_result(db)?;
        if entries > 0 {
            return Err(Error::NotEmpty);
        }
        // No time has passed yet: the clock is not asked, the journal says when its batches were recorded.
        let dawn = Moment::new(chrono::DateTime::UNIX_EPOCH);
        Ok(Self {
            ledger: Ledger::open(Links::Kept, db, dawn)?,
            handful: Handful::default(),
            present: Present::new(),
            last: None,
        })
    }

    fn append(&mut self, bytes: &str) -> Result<(), Error> {
        let waiting = i64::try_from(self.handful.count()).unwrap_or(i64::MAX);
        let number = self.ledger.next_entry + waiting;
        let refuse = |why: String| Error::Journal(format!("entry {number}: {why}"));
        match Given::read(bytes, self.ledger.batch).map_err(refuse)? {
            Given::Record {
                kind,
                code,
                id,
                document,
            } => {
                let key = (kind, code);
                let known = self.present.get(&key);
                if known.is_some_and(|(known, _)| *known != id) {
                    return Err(refuse(format!("{kind} {:?} has another id", key.1)));
                }
                if document.is_none() && known.is_none() {
                    return Err(refuse(format!("there is no {kind} {:?} to remove", key.1)));
                }
                let last = known.map(|(_, last)| *last);
                if let Some(last) = last {
                    self.write()?;
                    self.ledger.delete(kind, &key.1, last)?;
                }
                match document {
                    Some(document) => {
                        self.handful.add_as(&document, bytes)?;
                        if self.handful.is_full() {
                            self.write()?;
                        }
                        self.present.insert(key, (id, number));
                    }
                    None => {
                        self.ledger.push([NewEntry {
                            kind: kind.word(),
                            record_id: Some(id),
                            code: &key.1,
                            bytes: Hashed::of(bytes),
                        }])?;
                        self.present.remove(&key);
                    }
                }
                Ok(())
            }
            Given::Closing(closing) => {
                self.write()?;
                let entries = number - self.ledger.first_entry + 1;
                if (closing.first_entry, closing.entries) != (self.ledger.first_entry, entries)
                    || entries < 2
                {
                    return Err(refuse(format!("batch {} is miscounted", closing.number)));
                }
                if self.last.is_some_and(|last| closing.recorded_at < last) {
                    return Err(refuse(format!(
                        "batch {} comes before the one before it",
                        closing.number
                    )));
                }
                self.last = Some(closing.recorded_at);
                self.ledger.push([NewEntry {
                    kind: BATCH,
                    record_id: None,
                    code: &closing.number.to_string(),
                    bytes: Hashed::of(bytes),
                }])?;
                diesel::insert_into(batch::table)
                    .values(&closing)
                    .execute(self.ledger.db)?;
                self.ledger.batch += 1;
                self.ledger.first_entry = self.ledger.next_entry;
                Ok(())
            }
        }
    }

    /// Writes the documents that wait.
    fn write(&mut self) -> Result<(), Error> {
        self.ledger.put(&self.handful)?;
        self.handful.clear();
        Ok(())
    }

    fn finish(mut self) -> Result<i64, Error> {
        self.write()?;
        let Self { mut ledger, .. } = self;
        ledger.settle(&go_on)?;
        if ledger.next_entry != ledger.first_entry {
            return Err(Error::Journal(format!(
                "batch {} is not closed",
                ledger.batch
            )));
        }
        crate::store::tally::recount(ledger.db)?;
        ledger.tree.finish(&mut TileTable(ledger.db))?;
        Ok(ledger.next_entry)
    }
}

//! What a batch writes: rows into the tables, entries onto the journal, leaves onto its tree.

use diesel::prelude::*;

use super::buffer::Buffer;
use super::entries;
use super::{Batch, Intent};
use crate::domain::{Moment, RecordId};
use crate::merkle::append::Appender;
use crate::merkle::hash::leaf_hash;
use crate::message::Message;
use crate::store::backend::Db;
use crate::store::deferred::{Deferred, Links, go_on};
use crate::store::record::Kind;
use crate::store::rows::{Rows, row};
use crate::store::schema::{batch, entry};
use crate::store::search::Pending;
use crate::store::tiles::TileTable;
use crate::store::{Error, Reader};

/// From so many entries on, and a tenth of those before, a batch is large: the schema checks all values at once when it ends.
const LARGE: i64 = 1_000;
/// From so many on, and as many as those before, it is the greater part of the journal: indexes are made when it ends.
const HUGE: i64 = 10_000;

/// The registry's file as a batch writes it.
pub(super) struct Ledger<'a> {
    pub(super) db: &'a mut Db,
    pub(super) batch: i64,
    pub(super) first_entry: i64,
    pub(super) next_entry: i64,
    pub(super) tree: Appender,
    words: Pending,
    deferred: Deferred,
    /// Room for the rows of entries.
    entries: Rows,
}

/// An entry that is to be appended.
pub(super) struct NewEntry<'a> {
    /// A kind of record, or that of the entry that closes a batch.
    pub(super) kind: &'a str,
    /// None for the entry that closes a batch.
    pub(super) record_id: Option<RecordId>,
    pub(super) code: &'a str,
    pub(super) bytes: &'a str,
}

impl<'a> Ledger<'a> {
    /// The ledger of the batch after `last`.
    pub(super) fn open(links: Links, db: &'a mut Db, last: Option<&Batch>) -> Result<Self, Error> {
        let (batch, next_entry) = last.map_or((1, 0), |last| {
            (last.number + 1, last.first_entry + last.entries)
        });
        let size =
            u64::try_from(next_entry).map_err(|_| Error::Journal(message!("why-entry-number")))?;
        let tree = Appender::open(size, &mut TileTable(db)).map_err(Error::tree)?;
        Ok(Self {
            db,
            batch,
            first_entry: next_entry,
            next_entry,
            tree,
            words: Pending::default(),
            deferred: Deferred::with(links),
            entries: Rows::default(),
        })
    }

    /// Reads within the batch.
    pub(super) fn reader(&mut self) -> Reader<'_> {
        Reader {
            db: self.db,
            words: Some(&mut self.words),
        }
    }

    /// Whether the batch is a large part of the journal.
    pub(super) fn is_large(&self) -> bool {
        let entries = self.next_entry - self.first_entry;
        entries >= LARGE && entries >= self.first_entry / 10
    }

    fn is_huge(&self) -> bool {
        let entries = self.next_entry - self.first_entry;
        entries >= HUGE && entries >= self.first_entry
    }

    /// Records documents of which the tables hold nothing, and empties the buffer.
    pub(super) fn put(&mut self, buffer: &mut Buffer) -> Result<(), Error> {
        let documents = buffer.take();
        if self.is_large() {
            self.deferred.leave_checks(self.db)?;
        }
        if self.is_huge() {
            self.deferred.leave_indexes(self.db)?;
        }
        self.deferred.wrote();
        let inserted = buffer.rows.insert(self.db);
        buffer.rows.clear();
        inserted?;
        for (number, document) in (self.next_entry..).zip(&documents) {
            if let Some(words) = &document.words {
                let (kind, code) = (document.kind, &document.code);
                self.words.take(kind, code, words, number, self.db)?;
            }
        }
        self.push(documents.iter().map(|document| NewEntry {
            kind: document.kind.word(),
            record_id: Some(document.id),
            code: &document.code,
            bytes: &document.entry,
        }))
    }

    /// Deletes the rows of a record, and what the search knows of it. `last` is the number of its last entry.
    pub(super) fn delete(&mut self, kind: Kind, code: &str, last: i64) -> Result<(), Error> {
        self.words.forget(kind, last, self.db)?;
        self.deferred.make_indexes(self.db, &go_on)?;
        self.deferred.wrote();
        Ok(kind.delete(code, self.db)?)
    }

    /// Appends entries to the journal.
    pub(super) fn push<'e>(
        &mut self,
        entries: impl IntoIterator<Item = NewEntry<'e>>,
    ) -> Result<(), Error> {
        self.entries.clear();
        for new in entries {
            let (number, batch) = (self.next_entry, self.batch);
            let NewEntry {
                kind,
                record_id,
                code,
                bytes,
            } = new;
            let row = row!(
                &mut self.entries,
                entry(number, batch, kind, record_id, code, bytes)
            );
            row.map_err(|error| Error::Journal(Message::foreign(error)))?;
            self.next_entry += 1;
            let leaf = leaf_hash(bytes.as_bytes());
            self.tree.push(leaf, &mut TileTable(self.db))?;
        }
        Ok(self.entries.insert(self.db)?)
    }

    /// Does what was left to the end; `between` is asked between its parts whether to go on.
    pub(super) fn settle<E: From<Error>>(
        &mut self,
        between: &dyn Fn() -> Result<(), E>,
    ) -> Result<(), E> {
        self.words.write(self.db).map_err(Error::from)?;
        self.deferred.settle(self.db, between)
    }

    /// Closes the batch with an entry of its own, which says when, who and why; answers None when nothing was recorded.
    pub(super) fn close(
        &mut self,
        intent: &Intent,
        recorded_at: Moment,
        reason: Option<String>,
        undoes: Option<i64>,
    ) -> Result<Option<Batch>, Error> {
        if self.next_entry == self.first_entry {
            return Ok(None);
        }
        let batch = Batch {
            number: self.batch,
            recorded_at,
            actor: intent.actor.clone(),
            command: intent.command.to_owned(),
            reason,
            undoes,
            first_entry: self.first_entry,
            entries: self.next_entry - self.first_entry + 1,
        };
        self.settle(&go_on)?;
        let registry = (batch.number == 1).then(|| entries::registry_id(recorded_at));
        let closing = entries::closing_bytes(&batch, registry)?;
        let number = batch.number.to_string();
        self.push([NewEntry {
            kind: entries::BATCH,
            record_id: None,
            code: &number,
            bytes: &closing,
        }])?;
        self.tree.finish(&mut TileTable(self.db))?;
        diesel::insert_into(batch::table)
            .values(&batch)
            .execute(self.db)?;
        Ok(Some(batch))
    }
}

impl Drop for Ledger<'_> {
    fn drop(&mut self) {
        self.deferred.give_up(self.db);
    }
}

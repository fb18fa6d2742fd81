//! The journal and the one write path: what is appended here is projected into the tables in the same transaction.

mod entries;
mod given;
mod restore;

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;

use super::backend::{Backend, Db};
use super::record::{Document, Kind};
use super::schema::{batch, entry};
use super::search::Pending;
use super::tally::Changes;
use super::tiles::TileTable;
use super::{Error, Reader, Store};
use crate::domain::Moment;
use crate::merkle::append::Appender;
use crate::merkle::hash::leaf_hash;
pub(super) use entries::Row as EntryRow;
pub(super) use entries::{BATCH, Closing, Said};
pub(crate) use entries::{Change, Entry};

/// What a write is for: who asks, with which command, and why.
#[derive(Debug, Clone)]
pub(crate) struct Intent {
    pub(crate) actor: String,
    pub(crate) command: &'static str,
    pub(crate) reason: Option<String>,
    /// Work everything out, then record nothing.
    pub(crate) dry_run: bool,
}

/// One command's change to the registry.
#[derive(Debug, Clone, PartialEq, serde::Serialize, HasQuery, Insertable)]
#[diesel(table_name = batch, treat_none_as_default_value = false, check_for_backend(Backend))]
pub(crate) struct Batch {
    /// From 1 without gaps.
    pub(crate) number: i64,
    pub(crate) recorded_at: Moment,
    pub(crate) actor: String,
    pub(crate) command: String,
    pub(crate) reason: Option<String>,
    /// The batch that this one takes back.
    pub(crate) undoes: Option<i64>,
    /// Number of its first entry.
    pub(crate) first_entry: i64,
    /// Entries, the closing one included.
    pub(crate) entries: i64,
}

/// From so many entries on, and a tenth of those before, the schema checks all values at once when the batch ends: one by one,
/// that takes as long as everything else.
const LARGE: i64 = 1_000;
const CHECKS_OFF: &str = "PRAGMA ignore_check_constraints = ON;";
const CHECKS_ON: &str = "PRAGMA ignore_check_constraints = OFF;";

/// A batch being written.
pub(crate) struct Writer<'a> {
    db: &'a mut Db,
    batch: i64,
    first_entry: i64,
    next_entry: i64,
    tree: Appender,
    tally: Changes,
    words: Pending,
    /// Whether the schema checks values at the end, all at once.
    is_large: bool,
    undoes: Option<i64>,
    /// Why, when nobody says.
    own_reason: Option<String>,
}

impl Store {
    /// Runs `work` as one batch: one transaction, which takes the write lock at once and waits for it at most five seconds.
    /// `clock` is asked for the time once the lock is held. Nothing is recorded when `work` changes nothing, when it fails,
    /// or when the intent is a dry run.
    ///
    /// # Errors
    /// Those of `work`; [`Error::Busy`] when the lock cannot be had, [`Error::ClockBehind`] when time would run backwards.
    pub(crate) fn write<T, E: From<Error>>(
        &mut self,
        intent: &Intent,
        clock: impl FnOnce() -> Moment,
        work: impl FnOnce(&mut Writer<'_>) -> Result<T, E>,
    ) -> Result<(T, Option<Batch>), E> {
        self.transacted(|db| {
            let recorded_at = clock();
            let mut writer = Writer::begin(db, recorded_at)?;
            let result = work(&mut writer)?;
            let batch = writer.finish(intent, recorded_at)?;
            let is_kept = batch.is_some() && !intent.dry_run;
            Ok(((result, batch), is_kept))
        })
    }

    /// Runs `work` in one transaction, which is kept when it succeeds and says so.
    fn transacted<T, E: From<Error>>(
        &mut self,
        work: impl FnOnce(&mut Db) -> Result<(T, bool), E>,
    ) -> Result<T, E> {
        // What SQLite says of rolling back must not stand in the place of why.
        let mut ended = None;
        let outcome = self.db.immediate_transaction(|db| match work(db) {
            Ok((done, true)) => Ok(done),
            Ok((done, false)) => {
                ended = Some(Ok(done));
                Err(diesel::result::Error::RollbackTransaction)
            }
            Err(error) => {
                ended = Some(Err(error));
                Err(diesel::result::Error::RollbackTransaction)
            }
        });
        let done = match (outcome, ended) {
            (Ok(done), _) => Ok(done),
            (Err(_), Some(ended)) => ended,
            (Err(error), None) => Err(Error::from(error).into()),
        };
        if done.is_err() {
            // After a disk was full, the file is put right when it is read the next time: that is now.
            let _ = self.db.batch_execute("SELECT count(*) FROM sqlite_schema");
        }
        done
    }
}

impl<'a> Writer<'a> {
    fn begin(db: &'a mut Db, now: Moment) -> Result<Self, Error> {
        let last: Option<(i64, Moment, i64, i64)> = batch::table
            .order(batch::number.desc())
            .select((
                batch::number,
                batch::recorded_at,
                batch::first_entry,
                batch::entries,
            ))
            .first(db)
            .optional()?;
        if let Some((_, last, ..)) = last.filter(|(_, last, ..)| now < *last) {
            return Err(Error::ClockBehind { now, last });
        }
        let (batch, next_entry) = last.map_or((1, 0), |(number, _, first, entries)| {
            (number + 1, first + entries)
        });
        let size = u64::try_from(next_entry)
            .map_err(|_| Error::Journal("an entry has a negative number".to_owned()))?;
        let tree = Appender::open(size, &mut TileTable(db)).map_err(Error::tree)?;
        Ok(Self {
            db,
            batch,
            first_entry: next_entry,
            next_entry,
            tree,
            tally: Changes::default(),
            words: Pending::default(),
            is_large: false,
            undoes: None,
            own_reason: None,
        })
    }

    /// The database within the batch, for reading.
    pub(super) fn db(&mut self) -> &mut Db {
        self.db
    }

    /// Reads within the batch.
    pub(crate) fn reader(&mut self) -> Reader<'_> {
        Reader {
            db: self.db,
            words: Some(&mut self.words),
        }
    }

    /// Notes that this batch takes back the batch `number`, with a reason to give when nobody says why.
    pub(super) fn set_undoes(&mut self, number: i64, reason: String) {
        self.undoes = Some(number);
        self.own_reason = Some(reason);
    }

    /// Records a document: whole in the journal, in columns in the tables. One that says what the registry says already
    /// leaves no trace, and the answer is false.
    pub(crate) fn save(&mut self, document: impl Into<Document>) -> Result<bool, Error> {
        let document = document.into();
        let (kind, code) = (document.kind(), document.code().to_owned());
        let last = Entry::last_of(kind, &code, self.db)?;
        let known = last.and_then(|last| last.document);
        if known.as_ref() == Some(&document) {
            return Ok(false);
        }
        if let Some(known) = &known {
            if known.id() != document.id() {
                return Err(Error::Duplicate {
                    what: kind.word(),
                    code,
                });
            }
            self.delete(kind, &code)?;
            self.tally.went(known);
        }
        self.insert(&document)?;
        self.tally.came(&document);
        let id = document.id();
        self.append(Change {
            kind,
            id: Some(id),
            code,
            document: Some(&document),
        })?;
        Ok(true)
    }

    /// Takes a record out of the registry. The journal keeps it.
    pub(crate) fn remove(&mut self, kind: Kind, code: &str) -> Result<(), Error> {
        let known = Entry::last_of(kind, code, self.db)?.and_then(|last| last.document);
        let known = known.ok_or_else(|| Error::NotFound {
            what: kind.word(),
            code: code.to_owned(),
            nearest: None,
        })?;
        self.delete(kind, code)?;
        self.tally.went(&known);
        self.append(Change {
            kind,
            id: Some(known.id()),
            code: code.to_owned(),
            document: None,
        })
    }

    /// Inserts the rows of a record.
    fn insert(&mut self, document: &Document) -> Result<(), Error> {
        let entries = self.next_entry - self.first_entry;
        if !self.is_large && entries >= LARGE && entries >= self.first_entry / 10 {
            self.is_large = true;
            self.db.batch_execute(CHECKS_OFF)?;
        }
        Ok(document.insert(&mut self.words, self.db)?)
    }

    /// Deletes the rows of a record.
    fn delete(&mut self, kind: Kind, code: &str) -> Result<(), Error> {
        self.words.write(self.db)?;
        Ok(kind.delete(code, self.db)?)
    }

    /// Lets the schema check everything, if it did not check one by one.
    fn check(&mut self) -> Result<(), Error> {
        self.words.write(self.db)?;
        if std::mem::take(&mut self.is_large) {
            self.db.batch_execute(CHECKS_ON)?;
            super::values::check(self.db)?;
        }
        Ok(())
    }

    fn append(&mut self, change: Change<'_>) -> Result<(), Error> {
        let bytes = change.bytes(self.batch)?;
        self.push(
            change.kind.word(),
            change.id.map(|id| id.to_string()),
            &change.code,
            &bytes,
        )
    }

    fn push(
        &mut self,
        kind: &str,
        id: Option<String>,
        code: &str,
        bytes: &str,
    ) -> Result<(), Error> {
        let row = (
            entry::number.eq(self.next_entry),
            entry::batch.eq(self.batch),
            entry::kind.eq(kind),
            entry::record_id.eq(id),
            entry::code.eq(code),
            entry::bytes.eq(bytes),
        );
        diesel::insert_into(entry::table)
            .values(row)
            .execute(self.db)?;
        self.next_entry += 1;
        self.tree
            .push(leaf_hash(bytes.as_bytes()), &mut TileTable(self.db))
    }

    /// Closes the batch with an entry of its own, which says when, who and why; answers None when nothing was recorded.
    fn finish(mut self, intent: &Intent, recorded_at: Moment) -> Result<Option<Batch>, Error> {
        if self.next_entry == self.first_entry {
            return Ok(None);
        }
        let batch = Batch {
            number: self.batch,
            recorded_at,
            actor: intent.actor.clone(),
            command: intent.command.to_owned(),
            reason: intent.reason.clone().or(self.own_reason.take()),
            undoes: self.undoes,
            first_entry: self.first_entry,
            entries: self.next_entry - self.first_entry + 1,
        };
        self.check()?;
        let registry = (batch.number == 1).then(|| entries::registry_id(recorded_at));
        self.push(
            entries::BATCH,
            None,
            &batch.number.to_string(),
            &entries::closing_bytes(&batch, registry)?,
        )?;
        self.tree.finish(&mut TileTable(self.db))?;
        std::mem::take(&mut self.tally).write(self.db)?;
        diesel::insert_into(batch::table)
            .values(&batch)
            .execute(self.db)?;
        Ok(Some(batch))
    }
}

impl Drop for Writer<'_> {
    /// Lets the schema check again, should the batch have failed.
    fn drop(&mut self) {
        if self.is_large {
            let _ = self.db.batch_execute(CHECKS_ON);
        }
    }
}

#[cfg(test)]
mod tests;

//! The journal and the one write path: what is appended here is projected into the tables in the same transaction.

mod entries;
mod given;
mod handful;
mod hands;
mod ledger;
mod restore;

use std::thread;

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;

use super::backend::{Backend, Db};
use super::deferred::{LINKS_OFF, LINKS_ON, Links};
use super::mint::Minted;
use super::record::{Document, Kind};
use super::schema::batch;
use super::tally::Changes;
use super::{Error, Reader, Store};
use crate::domain::Moment;
pub(super) use entries::Row as EntryRow;
pub(super) use entries::{BATCH, Closing, Said};
pub(crate) use entries::{Change, Entry};
use handful::Hashed;
use hands::Hands;
use ledger::{Ledger, NewEntry};

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

/// A batch being written.
pub(crate) struct Writer<'a> {
    hands: Hands<'a>,
    batch: i64,
    tally: Changes,
    pub(super) minted: Minted,
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
        self.write_much(0, intent, clock, work)
    }

    /// The same for a batch about which it is known that it brings so many bytes of records. If they are more than the file has,
    /// what the records refer to is looked for when the batch ends.
    ///
    /// # Errors
    /// Those of [`Store::write`].
    pub(crate) fn write_much<T, E: From<Error>>(
        &mut self,
        bytes: u64,
        intent: &Intent,
        clock: impl FnOnce() -> Moment,
        work: impl FnOnce(&mut Writer<'_>) -> Result<T, E>,
    ) -> Result<(T, Option<Batch>), E> {
        let is_greater = std::fs::metadata(&self.path).is_ok_and(|file| file.len() < bytes);
        let links = if is_greater { Links::Left } else { Links::Kept };
        if links == Links::Left {
            // SQLite takes this up between transactions only.
            self.db.batch_execute(LINKS_OFF).map_err(Error::from)?;
        }
        let written = self.transacted(|db| {
            let recorded_at = clock();
            let ledger = Ledger::open(links, db, recorded_at)?;
            let (result, batch) = thread::scope(|scope| -> Result<_, E> {
                let mut writer = Writer::new(Hands::new(ledger, scope));
                let result = work(&mut writer)?;
                Ok((result, writer.finish(intent, recorded_at)?))
            })?;
            let is_kept = batch.is_some() && !intent.dry_run;
            Ok(((result, batch), is_kept))
        });
        if links == Links::Left {
            let on = self.db.batch_execute(LINKS_ON).map_err(Error::from);
            return written.and_then(|written| on.map(|()| written).map_err(E::from));
        }
        written
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
    fn new(mut hands: Hands<'a>) -> Self {
        Self {
            batch: hands.ledger().batch,
            hands,
            tally: Changes::default(),
            minted: Minted::default(),
            undoes: None,
            own_reason: None,
        }
    }

    /// The database within the batch, for reading.
    pub(super) fn db(&mut self) -> &mut Db {
        self.hands.ledger().db
    }

    /// Reads within the batch.
    pub(crate) fn reader(&mut self) -> Reader<'_> {
        self.hands.ledger().reader()
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
        let (kind, code) = (document.kind(), document.code());
        if self.minted.take(kind, code) {
            self.tally.came(&document);
            self.hands.put(&document, self.batch)?;
            return Ok(true);
        }
        if let Some((last, known)) = self.known(kind, code)? {
            if known == document {
                return Ok(false);
            }
            if known.id() != document.id() {
                return Err(Error::Duplicate {
                    what: kind.word(),
                    code: code.to_owned(),
                });
            }
            self.hands.sound_ledger()?.delete(kind, code, last)?;
            self.tally.went(&known);
        }
        self.tally.came(&document);
        self.hands.put_now(&document, self.batch)?;
        Ok(true)
    }

    /// What the registry says of a record, with the number of the entry that says it. None when there is no such record.
    fn known(&mut self, kind: Kind, code: &str) -> Result<Option<(i64, Document)>, Error> {
        let last = Entry::last_of(kind, code, self.db())?;
        Ok(last.and_then(|last| Some((last.number, last.document?))))
    }

    /// Takes a record out of the registry. The journal keeps it.
    pub(crate) fn remove(&mut self, kind: Kind, code: &str) -> Result<(), Error> {
        let known = self.known(kind, code)?;
        let (last, known) = known.ok_or_else(|| Error::NotFound {
            what: kind.word(),
            code: code.to_owned(),
            nearest: None,
        })?;
        let change = Change {
            kind,
            id: Some(known.id()),
            code,
            document: None,
        };
        let entry = change.bytes(self.batch)?;
        let ledger = self.hands.sound_ledger()?;
        ledger.delete(kind, code, last)?;
        ledger.push([NewEntry {
            kind: kind.word(),
            record_id: change.id,
            code,
            bytes: Hashed::of(&entry),
        }])?;
        self.tally.went(&known);
        Ok(())
    }

    /// Does now what a large batch leaves to its end; `between` is asked between the parts whether to go on.
    ///
    /// # Errors
    /// Those of `between`, and [`Error::Constraint`] when what was saved does not stand up to the schema.
    pub(crate) fn settle<E: From<Error>>(
        &mut self,
        between: &dyn Fn() -> Result<(), E>,
    ) -> Result<(), E> {
        self.hands.sound_ledger()?.settle(between)
    }

    /// Closes the batch; answers None when nothing was recorded.
    fn finish(mut self, intent: &Intent, recorded_at: Moment) -> Result<Option<Batch>, Error> {
        let reason = intent.reason.clone().or(self.own_reason.take());
        let undoes = self.undoes;
        let ledger = self.hands.sound_ledger()?;
        let batch = ledger.close(intent, recorded_at, reason, undoes)?;
        if batch.is_some() {
            self.tally.write(self.hands.ledger().db)?;
        }
        Ok(batch)
    }
}

#[cfg(test)]
mod tests;

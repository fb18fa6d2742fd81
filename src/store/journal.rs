//! The journal and the one write path: what is appended here is projected into the tables in the same transaction.

mod batch;
mod buffer;
mod clock;
mod entries;
mod given;
mod ledger;
mod reader;
mod restore;
mod turn;

use diesel::connection::SimpleConnection as _;

use super::backend::Db;
use super::deferred::{LINKS_OFF, LINKS_ON, Links};
use super::mint::Minted;
use super::record::{Document, Kind};
use super::tally::Changes;
use super::{Error, Reader, Store};
use crate::domain::Moment;
pub(crate) use batch::{Batch, Intent};
use buffer::Buffer;
use clock::RecordingTime;
pub(super) use entries::Row as EntryRow;
pub(super) use entries::{BATCH, Closing};
pub(crate) use entries::{Change, Entry, Said};
pub(crate) use given::Given;
use ledger::{Ledger, NewEntry};
pub(crate) use reader::JournalReader;
use turn::Turn;

/// A batch being written.
pub(crate) struct Writer<'a> {
    ledger: Ledger<'a>,
    /// Documents of a large batch that wait to be written together.
    waiting: Buffer,
    /// Why documents that waited could not be written; the batch is lost.
    failed: Option<Error>,
    tally: Changes,
    pub(super) minted: Minted,
    /// Whether a document was kept.
    pub(super) kept: bool,
    undoes: Option<i64>,
    /// Why, when nobody says.
    own_reason: Option<String>,
}

impl Store {
    /// Runs `work` as one batch: one transaction, which takes the write lock at once and waits for it in turn.
    /// `clock` is asked for the time once the lock is held. Nothing is recorded when `work` changes nothing, when it fails,
    /// or when the intent is a dry run.
    ///
    /// # Errors
    /// Those of `work`; [`Error::Busy`] when the lock cannot be had, [`Error::ClockBehind`] or
    /// [`Error::ClockAhead`] when the clock and the last batch lie too far apart.
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
        if !intent.dry_run {
            self.begin_log()?;
        }
        let mut turn = self.take_turn(intent)?;
        let is_greater = std::fs::metadata(&self.path).is_ok_and(|file| file.len() < bytes);
        let links = if is_greater { Links::Left } else { Links::Kept };
        if links == Links::Left {
            // SQLite takes this up between transactions only.
            self.db.batch_execute(LINKS_OFF).map_err(Error::from)?;
        }
        let opened = self.opened.clone();
        let written = self.transacted(|db| {
            opened.still_there()?;
            let last = Reader { db, words: None }.last_batch()?;
            let time = RecordingTime::after(last.as_ref(), clock(), intent.force_clock)?;
            let ledger = Ledger::open(links, db, last.as_ref())?;
            let mut writer = Writer::new(ledger);
            let result = work(&mut writer)?;
            // A document that was lost is put back without a batch: the journal knows it.
            let has_kept = writer.kept;
            let batch = writer.finish(intent, &time)?;
            let is_kept = (batch.is_some() || has_kept) && !intent.dry_run;
            if is_kept && let Some(turn) = &mut turn {
                turn.record(db)?;
            }
            Ok(((result, batch), is_kept))
        });
        let written = match turn {
            Some(turn) => self.give_back(turn, written),
            None => written,
        };
        if links == Links::Left {
            let on = self.db.batch_execute(LINKS_ON).map_err(Error::from);
            return written.and_then(|written| on.map(|()| written).map_err(E::from));
        }
        written
    }

    /// Runs `work` in one transaction, which is kept when it succeeds and says so.
    pub(super) fn transacted<T, E: From<Error>>(
        &mut self,
        work: impl FnOnce(&mut Db) -> Result<(T, bool), E>,
    ) -> Result<T, E> {
        // An error of the rollback must not hide the reason for it.
        let mut ended = None;
        let mut work = Some(work);
        let mut turn = Turn::begin(&mut self.db);
        let outcome = loop {
            let outcome = self.db.immediate_transaction(|db| {
                match work.take().map(|work| work(db)) {
                    Some(Ok((done, true))) => return Ok(done),
                    Some(Ok((done, false))) => ended = Some(Ok(done)),
                    Some(Err(error)) => ended = Some(Err(error)),
                    None => {}
                }
                Err(diesel::result::Error::RollbackTransaction)
            });
            // Without the lock, nothing was done yet.
            if work.is_none() || !turn.is_coming(&mut self.db) {
                break outcome;
            }
        };
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
    fn new(ledger: Ledger<'a>) -> Self {
        Self {
            ledger,
            waiting: Buffer::default(),
            failed: None,
            tally: Changes::default(),
            minted: Minted::default(),
            kept: false,
            undoes: None,
            own_reason: None,
        }
    }

    /// Returns the database within the batch, for reading.
    pub(super) fn db(&mut self) -> &mut Db {
        self.write_waiting();
        self.ledger.db
    }

    /// Reads within the batch.
    pub(crate) fn reader(&mut self) -> Reader<'_> {
        self.write_waiting();
        self.ledger.reader()
    }

    /// Writes the documents that wait. An error is kept for the next write.
    fn write_waiting(&mut self) {
        if self.waiting.count() > 0 {
            let written = self.ledger.put(&mut self.waiting);
            self.failed = self.failed.take().or(written.err());
        }
    }

    /// Returns the ledger, with everything written that waited.
    fn ledger(&mut self) -> Result<&mut Ledger<'a>, Error> {
        self.write_waiting();
        match self.failed.take() {
            Some(error) => Err(error),
            None => Ok(&mut self.ledger),
        }
    }

    /// Records a document of which the tables hold nothing: at once, or soon when the batch is large.
    fn put(&mut self, document: &Document) -> Result<(), Error> {
        self.waiting.add(document, self.ledger.batch)?;
        if self.waiting.is_full() || !self.ledger.is_large() {
            self.ledger()?;
        }
        Ok(())
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
            self.put(&document)?;
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
            self.ledger()?.delete(kind, code, last)?;
            self.tally.went(&known);
        }
        self.tally.came(&document);
        self.put(&document)?;
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
        let entry = change.bytes(self.ledger.batch)?;
        let ledger = self.ledger()?;
        ledger.delete(kind, code, last)?;
        ledger.push([NewEntry {
            kind: kind.word(),
            record_id: change.id,
            code,
            bytes: &entry,
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
        self.ledger()?.settle(between)
    }

    /// Closes the batch; answers None when nothing was recorded.
    fn finish(mut self, intent: &Intent, time: &RecordingTime) -> Result<Option<Batch>, Error> {
        let reason = time.noted(intent.reason.clone().or(self.own_reason.take()));
        let undoes = self.undoes;
        let batch = self.ledger()?.close(intent, time.at, reason, undoes)?;
        if batch.is_some() {
            self.tally.write(self.ledger.db)?;
        }
        Ok(batch)
    }
}

#[cfg(test)]
mod tests;

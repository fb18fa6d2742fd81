//! A journal taken in as it was exported: the entries byte for byte, so that the tree has the root that it had.
//!
//! This is the one place where an entry is written that this program did not make just now. It is appended by `push`, with the
//! hash of the very bytes that are stored, and projected into the tables in the same transaction. What a `Writer` guarantees by
//! making the bytes itself is checked by [`JournalReader`] instead. Only a journal without any entry can be taken in over:
//! appending to an existing one would make up a past. The copy of a journal on a server goes on from what it has, and must come to
//! the root that the server states.

use std::collections::HashMap;

use diesel::prelude::*;

use super::buffer::Buffer;
use super::entries::{BATCH, Entry, Said};
use super::given::Given;
use super::ledger::{Ledger, NewEntry};
use super::reader::JournalReader;
use crate::merkle::hash::Hash;
use crate::message::Message;
use crate::store::backend::Db;
use crate::store::deferred::{Links, go_on};
use crate::store::record::Kind;
use crate::store::schema::{batch, entry};
use crate::store::tally::Changes;
use crate::store::tiles::TileTable;
use crate::store::{Error, Reader, Store};

/// Records that the replayed entries are about, with the number of the last entry about each; none when it was removed.
type Present = HashMap<(Kind, String), Option<i64>>;

/// Entries by the numbers of the first and of the one after the last.
pub(in crate::store) type EntriesBetween<'a> =
    &'a mut dyn FnMut(i64, i64) -> Result<Vec<String>, Error>;

/// Entries that are asked for at a time.
const PAGE: i64 = 4_000;

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
            Ok((restoring.finish()?.0, true))
        })
    }

    /// Takes in the entries that come after those that are there, up to `size`; returns the root over all. `more` is done in the
    /// same transaction. Should another program have taken them in meanwhile, nothing is left to do.
    ///
    /// # Errors
    /// Those of `entries`; [`Error::Journal`] names the entry that is at fault. Nothing is recorded then.
    pub(in crate::store) fn follow(
        &mut self,
        size: i64,
        entries: EntriesBetween<'_>,
        more: impl FnOnce(&mut Db, Hash) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.transacted(|db| {
            let last = Reader { db, words: None }.last_batch()?;
            let mut restoring = Restoring {
                ledger: Ledger::open(Links::Kept, db, last.as_ref())?,
                waiting: Buffer::default(),
                present: Present::new(),
                reader: None,
                tally: Changes::default(),
            };
            let mut next = restoring.ledger.next_entry;
            while next < size {
                let page = entries(next, size.min(next + PAGE))?;
                if page.is_empty() {
                    return Err(Error::Journal(message!("why-no-end")));
                }
                for bytes in &page {
                    restoring.append(bytes)?;
                    next += 1;
                }
            }
            let (_, root) = restoring.finish()?;
            more(db, root)?;
            Ok(((), true))
        })
    }
}

/// A journal that is being taken in.
struct Restoring<'a> {
    ledger: Ledger<'a>,
    /// Documents that wait to be written.
    waiting: Buffer,
    present: Present,
    /// What a whole journal is checked by; none where one goes on.
    reader: Option<JournalReader>,
    tally: Changes,
}

impl<'a> Restoring<'a> {
    fn begin(db: &'a mut Db) -> Result<Self, Error> {
        let entries: i64 = entry::table.count().get_result(db)?;
        if entries > 0 {
            return Err(Error::NotEmpty);
        }
        Ok(Self {
            ledger: Ledger::open(Links::Kept, db, None)?,
            waiting: Buffer::default(),
            present: Present::new(),
            reader: Some(JournalReader::new(None)),
            tally: Changes::default(),
        })
    }

    fn append(&mut self, bytes: &str) -> Result<(), Error> {
        let waiting = i64::try_from(self.waiting.count()).unwrap_or(i64::MAX);
        let number = self.ledger.next_entry + waiting;
        let refuse = |why: Message| Error::Journal(message!("why-in-entry", number, why));
        let said = Said::read(bytes.as_bytes()).map_err(|error| refuse(Message::foreign(error)))?;
        let given = match &mut self.reader {
            Some(reader) => {
                let mut found = Vec::new();
                let given = reader.read(number, &said, bytes.as_bytes(), &mut found);
                if let Some(wrong) = found.first() {
                    return Err(refuse(wrong.of_journal()));
                }
                given
            }
            None if said.batch != self.ledger.batch => {
                let (field, found, expected) = ("batch", said.batch, self.ledger.batch);
                return Err(refuse(message!("why-entry-order", field, found, expected)));
            }
            None => Some(Given::read(&said, bytes.as_bytes()).map_err(refuse)?),
        };
        match given {
            Some(Given::Record {
                kind,
                code,
                id,
                document,
            }) => {
                let key = (kind, code);
                if let Some(last) = self.last_about(&key)? {
                    self.write()?;
                    self.ledger.delete(kind, &key.1, last)?;
                }
                match document {
                    Some(document) => {
                        if self.reader.is_none() {
                            self.tally.came(&document);
                        }
                        self.waiting.push(&document, bytes.to_owned())?;
                        if self.waiting.is_full() {
                            self.write()?;
                        }
                        self.present.insert(key, Some(number));
                    }
                    None => {
                        self.ledger.push([NewEntry {
                            kind: kind.word(),
                            record_id: Some(id),
                            code: &key.1,
                            bytes,
                        }])?;
                        self.present.insert(key, None);
                    }
                }
            }
            Some(Given::Closing(closing, registry)) => {
                self.write()?;
                let ledger = &self.ledger;
                let (first, entries) = (ledger.first_entry, number + 1 - ledger.first_entry);
                if (closing.first_entry, closing.entries) != (first, entries)
                    || registry.is_some() != (closing.number == 1)
                {
                    return Err(refuse(message!("why-no-end")));
                }
                self.ledger.push([NewEntry {
                    kind: BATCH,
                    record_id: None,
                    code: &closing.number.to_string(),
                    bytes,
                }])?;
                diesel::insert_into(batch::table)
                    .values(&closing)
                    .execute(self.ledger.db)?;
                self.ledger.batch += 1;
                self.ledger.first_entry = self.ledger.next_entry;
            }
            None => {}
        }
        Ok(())
    }

    /// Returns the number of the last entry about a record that is there.
    fn last_about(&mut self, key: &(Kind, String)) -> Result<Option<i64>, Error> {
        let known = self.present.get(key).copied();
        if self.reader.is_some() {
            return Ok(known.flatten());
        }
        if known.is_some() {
            self.write()?;
        }
        let last = Entry::last_of(key.0, &key.1, self.ledger.db)?;
        Ok(last.and_then(|last| {
            self.tally.went(&last.document?);
            Some(last.number)
        }))
    }

    /// Writes the documents that wait.
    fn write(&mut self) -> Result<(), Error> {
        self.ledger.put(&mut self.waiting)
    }

    /// Ends what was taken in; returns how many entries there are now, and their root.
    fn finish(mut self) -> Result<(i64, Hash), Error> {
        self.write()?;
        let Self {
            mut ledger,
            reader,
            tally,
            ..
        } = self;
        ledger.settle(&go_on)?;
        match reader {
            Some(reader) => {
                if let Some(open) = reader.end() {
                    return Err(Error::Journal(open.of_journal()));
                }
                crate::store::tally::recount(ledger.db)?;
            }
            None if ledger.next_entry > ledger.first_entry => {
                return Err(Error::Journal(message!("why-no-end")));
            }
            None => tally.write(ledger.db)?,
        }
        ledger.tree.finish(&mut TileTable(ledger.db))?;
        Ok((ledger.next_entry, ledger.tree.root()))
    }
}

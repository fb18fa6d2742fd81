//! A journal taken in as it was exported: the entries byte for byte, so that the tree has the root that it had.
//!
//! This is the one place where an entry is written that this program did not make just now. It is appended by `push`, with the
//! hash of the very bytes that are stored, and projected into the tables in the same transaction. What a `Writer` guarantees by
//! making the bytes itself is checked by [`JournalReader`] instead. Only a journal without any entry can be taken in over:
//! appending to an existing one would make up a past.

use std::collections::HashMap;

use diesel::prelude::*;

use super::buffer::{Buffer, Hashed};
use super::entries::{BATCH, Said};
use super::given::Given;
use super::ledger::{Ledger, NewEntry};
use super::reader::JournalReader;
use crate::message::Message;
use crate::store::backend::Db;
use crate::store::deferred::{Links, go_on};
use crate::store::record::Kind;
use crate::store::schema::{batch, entry};
use crate::store::tiles::TileTable;
use crate::store::{Error, Store};

/// Records that are there while the journal is replayed, with the number of the last entry about each.
type Present = HashMap<(Kind, String), i64>;

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
    waiting: Buffer,
    present: Present,
    reader: JournalReader,
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
            reader: JournalReader::new(None),
        })
    }

    fn append(&mut self, bytes: &str) -> Result<(), Error> {
        let waiting = i64::try_from(self.waiting.count()).unwrap_or(i64::MAX);
        let number = self.ledger.next_entry + waiting;
        let refuse = |why: Message| Error::Journal(message!("why-in-entry", number, why));
        let said = Said::read(bytes.as_bytes()).map_err(|error| refuse(Message::foreign(error)))?;
        let mut found = Vec::new();
        let given = self
            .reader
            .read(number, &said, bytes.as_bytes(), &mut found);
        if let Some(wrong) = found.first() {
            return Err(refuse(wrong.of_journal()));
        }
        match given {
            Some(Given::Record {
                kind,
                code,
                id,
                document,
            }) => {
                let key = (kind, code);
                if let Some(last) = self.present.get(&key).copied() {
                    self.write()?;
                    self.ledger.delete(kind, &key.1, last)?;
                }
                match document {
                    Some(document) => {
                        self.waiting.add_as(&document, bytes)?;
                        if self.waiting.is_full() {
                            self.write()?;
                        }
                        self.present.insert(key, number);
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
            }
            Some(Given::Closing(closing, _)) => {
                self.write()?;
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
            }
            None => {}
        }
        Ok(())
    }

    /// Writes the documents that wait.
    fn write(&mut self) -> Result<(), Error> {
        self.ledger.put(&self.waiting)?;
        self.waiting.clear();
        Ok(())
    }

    fn finish(mut self) -> Result<i64, Error> {
        self.write()?;
        let Self {
            mut ledger, reader, ..
        } = self;
        if let Some(open) = reader.end() {
            return Err(Error::Journal(open.of_journal()));
        }
        ledger.settle(&go_on)?;
        crate::store::tally::recount(ledger.db)?;
        ledger.tree.finish(&mut TileTable(ledger.db))?;
        Ok(ledger.next_entry)
    }
}

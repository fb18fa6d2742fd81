//! Changes of the search index that are written together.

use diesel::prelude::*;

use super::{KINDS, search_index};
use crate::message::Message;
use crate::store::Error;
use crate::store::backend::Db;
use crate::store::record::Kind;
use crate::store::rows::{Rows, row};

/// What is not done to the index yet. FTS5 writes what it holds to the file before most other statements, so that one record after
/// another costs far more than many at once.
#[derive(Debug, Default)]
pub(in crate::store) struct Pending {
    /// The numbers of the entries of records that are to be taken out.
    gone: Vec<i64>,
    /// The number of the last entry of each record of which the words are to be put in, in their order.
    entries: Vec<i64>,
    rows: Rows,
}

/// So few records are looked for in the index first, should another program have left them there.
const FEW: usize = 100;
/// Records that are kept back at most, and bytes of their words.
const KEPT_BACK: usize = 4_000;
const MUCH: usize = 8 << 20;

impl Pending {
    /// Takes the words of a record that is in the tables now. `rowid` is the number of its last entry in the journal.
    pub(in crate::store) fn take(
        &mut self,
        kind: Kind,
        code: &str,
        [heading, body]: &[String; 2],
        rowid: i64,
        db: &mut Db,
    ) -> Result<(), Error> {
        let row = row!(
            &mut self.rows,
            search_index(rowid, kind, code, heading, body)
        );
        row.map_err(|error| Error::Journal(Message::foreign(error)))?;
        self.entries.push(rowid);
        if self.entries.len() < KEPT_BACK && self.rows.length() < MUCH {
            Ok(())
        } else {
            Ok(self.write(db)?)
        }
    }

    /// Takes a record out whose rows go. `entry` is the number of its last entry in the journal so far.
    pub(in crate::store) fn forget(
        &mut self,
        kind: Kind,
        entry: i64,
        db: &mut Db,
    ) -> QueryResult<()> {
        if !KINDS.contains(&kind) {
            return Ok(());
        }
        if self.gone.len() >= KEPT_BACK || self.entries.binary_search(&entry).is_ok() {
            self.write(db)?;
        }
        self.gone.push(entry);
        Ok(())
    }

    /// Does it.
    pub(in crate::store) fn write(&mut self, db: &mut Db) -> QueryResult<()> {
        for entry in self.gone.drain(..) {
            forget_entry(entry, db)?;
        }
        if self.entries.len() < FEW {
            for entry in &self.entries {
                forget_entry(*entry, db)?;
            }
        }
        self.rows.insert_singly(db)?;
        self.rows.clear();
        self.entries.clear();
        Ok(())
    }
}

fn forget_entry(entry: i64, db: &mut Db) -> QueryResult<()> {
    diesel::delete(search_index::table.find(entry))
        .execute(db)
        .map(drop)
}

//! One entry of the journal: the bytes that are hashed, and what they say.
//!
//! Format 1. An entry is canonical JSON: keys in the order of their bytes, no blanks, UTF-8. A record's entry holds
//! `batch`, `code`, `document` (null when the record was removed), `format`, `id` and `kind`. The last entry of a batch is
//! of the kind `batch` and holds when, who, with which command and why; that of the first batch also names the registry, by
//! a UUID minted there, so that no two registries have the same log. These bytes are hashed and never written again: a
//! change to their form needs a new format number, and the golden tests must keep passing for the old one.

use std::borrow::Cow;

use diesel::connection::DefaultLoadingMode;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use uuid::{NoContext, Timestamp, Uuid};

use super::Batch;
use crate::domain::{Moment, RecordId};
use crate::message::{Message, in_serde};
use crate::store::Error;
use crate::store::backend::{Backend, Db};
use crate::store::canonical::canonical;
use crate::store::check::text_faults;
use crate::store::record::{Document, Kind};
use crate::store::schema::entry;

/// The format that new entries are written in.
const FORMAT: u32 = 1;
/// The kind of the entry that closes a batch.
pub(in crate::store) const BATCH: &str = "batch";

/// An entry as it is written. Fields stand in the order of their names.
#[derive(Debug, Serialize)]
struct Content<'a, D> {
    batch: i64,
    code: &'a str,
    document: D,
    format: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<RecordId>,
    kind: &'a str,
}

/// An entry as its bytes have it, the document not looked into yet.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Said<'a> {
    pub(crate) batch: i64,
    #[serde(borrow)]
    pub(crate) code: Cow<'a, str>,
    #[serde(borrow)]
    pub(crate) document: &'a RawValue,
    format: u32,
    pub(in crate::store) id: Option<RecordId>,
    #[serde(borrow)]
    pub(crate) kind: Cow<'a, str>,
}

impl<'a> Said<'a> {
    /// Reads the bytes of an entry of a format that this program knows.
    pub(crate) fn read(bytes: &'a [u8]) -> serde_json::Result<Self> {
        let said: Self = serde_json::from_slice(bytes)?;
        if said.format == FORMAT {
            Ok(said)
        } else {
            Err(in_serde(&message!("why-format", format = said.format)))
        }
    }

    /// Whether the record was removed.
    pub(crate) fn is_removal(&self) -> bool {
        self.document.get() == "null"
    }
}

/// What the entry that closes a batch says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::store) struct Closing {
    pub(in crate::store) actor: String,
    pub(in crate::store) command: String,
    pub(in crate::store) entries: i64,
    pub(in crate::store) first_entry: i64,
    pub(in crate::store) reason: Option<String>,
    pub(in crate::store) recorded_at: Moment,
    /// The registry that the journal is of: in the first batch, which founds it, and in no other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::store) registry: Option<RecordId>,
    pub(in crate::store) undoes: Option<i64>,
}

/// What is to be appended about a record.
pub(crate) struct Change<'a> {
    pub(crate) kind: Kind,
    pub(crate) id: Option<RecordId>,
    pub(crate) code: &'a str,
    /// None when the record is removed.
    pub(crate) document: Option<&'a Document>,
}

impl Change<'_> {
    /// Returns the entry's bytes as a part of `batch`.
    ///
    /// # Errors
    /// [`Error::Refused`] when the document holds what cannot be recorded.
    pub(super) fn bytes(&self, batch: i64) -> Result<String, Error> {
        let cause = |cause| Error::Document {
            kind: self.kind,
            code: self.code.to_owned(),
            cause,
        };
        let content = Content {
            batch,
            code: self.code,
            document: self.document,
            format: FORMAT,
            id: self.id,
            kind: self.kind.word(),
        };
        let (bytes, is_recordable) = canonical(&content).map_err(cause)?;
        match self.document {
            Some(refused) if !is_recordable => Err(Error::Refused {
                code: self.code.to_owned(),
                faults: text_faults(refused),
            }),
            _ => Ok(bytes),
        }
    }
}

/// What a registry founded at that time is called: a UUIDv7 (RFC 9562, section 5.7).
pub(super) fn registry_id(at: Moment) -> RecordId {
    let seconds = u64::try_from(at.timestamp()).unwrap_or_default();
    RecordId::new(Uuid::new_v7(Timestamp::from_unix(NoContext, seconds, 0)))
}

/// The bytes of the entry that closes `batch`. The first batch names the registry that it founds.
pub(super) fn closing_bytes(batch: &Batch, registry: Option<RecordId>) -> Result<String, Error> {
    let failed = |error: serde_json::Error| Error::Journal(Message::foreign(error));
    let closing = Closing {
        actor: batch.actor.clone(),
        command: batch.command.clone(),
        entries: batch.entries,
        first_entry: batch.first_entry,
        reason: batch.reason.clone(),
        recorded_at: batch.recorded_at,
        registry,
        undoes: batch.undoes,
    };
    let code = batch.number.to_string();
    let content = Content {
        batch: batch.number,
        code: &code,
        document: closing,
        format: FORMAT,
        id: None,
        kind: BATCH,
    };
    serde_json::to_string(&content).map_err(failed)
}

/// A record's entry as it was read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    pub(crate) number: i64,
    pub(crate) batch: i64,
    pub(crate) kind: Kind,
    pub(crate) code: String,
    /// None when the record was removed.
    pub(crate) document: Option<Document>,
}

/// The columns of an entry of a record.
#[derive(Debug, HasQuery, QueryableByName)]
#[diesel(table_name = entry, check_for_backend(Backend))]
pub(crate) struct Row {
    number: i64,
    batch: i64,
    kind: Kind,
    code: String,
    bytes: String,
}

impl Row {
    pub(in crate::store) fn number(&self) -> i64 {
        self.number
    }

    pub(in crate::store) fn code(&self) -> &str {
        &self.code
    }

    fn damaged(&self, cause: serde_json::Error) -> Error {
        Error::Document {
            kind: self.kind,
            code: self.code.clone(),
            cause,
        }
    }

    fn said(&self) -> Result<Said<'_>, Error> {
        Said::read(self.bytes.as_bytes()).map_err(|cause| self.damaged(cause))
    }

    /// Whether it says that the record was removed.
    pub(in crate::store) fn is_removal(&self) -> Result<bool, Error> {
        Ok(self.said()?.is_removal())
    }

    /// The document in its bytes; None when the record was removed.
    pub(in crate::store) fn document(&self) -> Result<Option<Document>, Error> {
        let said = self.said()?;
        if said.is_removal() {
            return Ok(None);
        }
        let document = self.kind.read(said.document.get());
        document.map(Some).map_err(|cause| self.damaged(cause))
    }

    /// Reads the document out of the bytes.
    pub(crate) fn read(self) -> Result<Entry, Error> {
        Ok(Entry {
            document: self.document()?,
            number: self.number,
            batch: self.batch,
            kind: self.kind,
            code: self.code,
        })
    }
}

impl Entry {
    /// The last entry about a record, when there is one.
    pub(in crate::store) fn last_of(
        kind: Kind,
        code: &str,
        db: &mut Db,
    ) -> Result<Option<Self>, Error> {
        let of_record = Row::query()
            .filter(entry::kind.eq(kind))
            .filter(entry::code.eq(code));
        // Without a limit, which SQLite would plan anew for every record: the first row is read, and no other.
        let mut rows = of_record
            .order(entry::number.desc())
            .load_iter::<Row, DefaultLoadingMode>(db)?;
        let row = rows.next().transpose()?;
        row.map(Row::read).transpose()
    }

    /// The entry with this number, when it is about this record.
    pub(in crate::store) fn numbered(
        kind: Kind,
        code: &str,
        number: i64,
        db: &mut Db,
    ) -> Result<Option<Self>, Error> {
        let of_record = Row::query()
            .filter(entry::kind.eq(kind))
            .filter(entry::code.eq(code));
        let row = of_record
            .filter(entry::number.eq(number))
            .first(db)
            .optional()?;
        row.map(Row::read).transpose()
    }

    /// The last entry about each record in the batches up to `batch`, removed records included, in the order of the journal.
    pub(in crate::store) fn last_of_each(batch: i64, db: &mut Db) -> Result<Vec<Self>, Error> {
        let last = diesel::sql_query(LAST_OF_EACH).bind::<diesel::sql_types::BigInt, _>(batch);
        last.load::<Row>(db)?.into_iter().map(Row::read).collect()
    }
}

/// SQLite picks the other columns from the row of the maximum.
const LAST_OF_EACH: &str = "SELECT max(number) AS number, batch, kind, code, bytes FROM entry
    WHERE batch <= ? AND kind <> 'batch' GROUP BY kind, code ORDER BY number";

#[cfg(test)]
mod tests;

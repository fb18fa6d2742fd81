//! One entry of the journal: the bytes that are hashed, and what they say.
//!
//! Format 1. An entry is canonical JSON: keys in the order of their bytes, no blanks, UTF-8. A record's entry holds
//! `batch`, `code`, `document` (null when the record was removed), `format`, `id` and `kind`. The last entry of a batch is
//! of the kind `batch` and holds when, who, with which command and why. These bytes are hashed and never written again:
//! a change to their form needs a new format number, and the golden tests below must keep passing for the old one.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Batch;
use crate::domain::RecordId;
use crate::store::Error;
use crate::store::backend::{Backend, Db};
use crate::store::check::{is_recordable, text_faults};
use crate::store::record::{Document, Kind};
use crate::store::schema::entry;

/// The format that new entries are written in.
const FORMAT: u32 = 1;
/// The kind of the entry that closes a batch.
pub(super) const BATCH: &str = "batch";

/// A record's entry as it is written. Fields stand in the order of their names.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Content<'a> {
    batch: i64,
    code: &'a str,
    document: Value,
    format: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<RecordId>,
    kind: &'a str,
}

/// What an entry's bytes say, read strictly: nothing but format 1 in its one canonical form.
pub(super) enum Said {
    /// About a record.
    Record {
        kind: Kind,
        code: String,
        id: RecordId,
        /// None when the record was removed.
        document: Option<Document>,
    },
    /// The end of a batch.
    Closing(Batch),
}

impl Said {
    /// Reads the bytes of an entry of `batch`.
    ///
    /// # Errors
    /// Says what is wrong with the entry.
    pub(super) fn read(bytes: &str, batch: i64) -> Result<Self, String> {
        let value: Value = serde_json::from_str(bytes).map_err(|error| error.to_string())?;
        let canonical = value.to_string();
        if canonical != bytes {
            return Err("it is not canonical JSON".to_owned());
        }
        let content: Content<'_> =
            serde_json::from_str(bytes).map_err(|error| error.to_string())?;
        if content.format != FORMAT {
            return Err(format!("the format {} is not known", content.format));
        }
        if content.batch != batch {
            return Err(format!(
                "it belongs to batch {}, not {batch}",
                content.batch
            ));
        }
        if content.kind == BATCH {
            let closing: Batch = Closing::read(content.document, batch)?;
            let is_same = closing_bytes(&closing).is_ok_and(|same| same == bytes);
            return is_same
                .then_some(Self::Closing(closing))
                .ok_or_else(|| "it does not close a batch as this program does".to_owned());
        }
        let kind: Kind = content
            .kind
            .parse()
            .map_err(|error: crate::domain::Invalid| error.to_string())?;
        let id = content.id.ok_or("it has no id")?;
        let code = content.code.to_owned();
        if content.document.is_null() {
            return Ok(Self::Record {
                kind,
                code,
                id,
                document: None,
            });
        }
        let document = kind
            .document(content.document)
            .map_err(|error| error.to_string())?;
        if document.code() != code || document.id() != id {
            return Err("its document is that of another record".to_owned());
        }
        let change = Change {
            kind,
            id: Some(id),
            code: code.clone(),
            document: Some(&document),
        };
        if !change.bytes(batch).is_ok_and(|same| same == bytes) {
            return Err("its document has fields that this program does not know".to_owned());
        }
        Ok(Self::Record {
            kind,
            code,
            id,
            document: Some(document),
        })
    }
}

/// The document of the entry that closes a batch.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Closing {
    actor: String,
    command: String,
    entries: i64,
    first_entry: i64,
    reason: Option<String>,
    recorded_at: crate::domain::Moment,
    undoes: Option<i64>,
}

impl Closing {
    fn read(document: Value, number: i64) -> Result<Batch, String> {
        let closing: Self = serde_json::from_value(document).map_err(|error| error.to_string())?;
        Ok(Batch {
            number,
            recorded_at: closing.recorded_at,
            actor: closing.actor,
            command: closing.command,
            reason: closing.reason,
            undoes: closing.undoes,
            first_entry: closing.first_entry,
            entries: closing.entries,
        })
    }
}

/// What is to be appended about a record.
pub(crate) struct Change<'a> {
    pub(crate) kind: Kind,
    pub(crate) id: Option<RecordId>,
    pub(crate) code: String,
    /// None when the record is removed.
    pub(crate) document: Option<&'a Document>,
}

impl Change<'_> {
    /// The entry's bytes as a part of `batch`.
    pub(super) fn bytes(&self, batch: i64) -> Result<String, Error> {
        let cause = |cause| Error::Document {
            kind: self.kind,
            code: self.code.clone(),
            cause,
        };
        let document = self
            .document
            .map_or(Ok(Value::Null), Document::to_value)
            .map_err(cause)?;
        if let Some(refused) = self.document.filter(|_| !is_recordable(&document)) {
            return Err(Error::Refused {
                code: self.code.clone(),
                faults: text_faults(refused),
            });
        }
        let content = Content {
            batch,
            code: &self.code,
            document,
            format: FORMAT,
            id: self.id,
            kind: self.kind.word(),
        };
        serde_json::to_string(&content).map_err(cause)
    }
}

/// The bytes of the entry that closes `batch`.
pub(super) fn closing_bytes(batch: &Batch) -> Result<String, Error> {
    let document = serde_json::json!({
        "actor": batch.actor,
        "command": batch.command,
        "entries": batch.entries,
        "first_entry": batch.first_entry,
        "reason": batch.reason,
        "recorded_at": batch.recorded_at,
        "undoes": batch.undoes,
    });
    let code = batch.number.to_string();
    let content = Content {
        batch: batch.number,
        code: &code,
        document,
        format: FORMAT,
        id: None,
        kind: BATCH,
    };
    serde_json::to_string(&content).map_err(|error| Error::Journal(error.to_string()))
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
    /// Reads the document out of the bytes.
    pub(crate) fn read(self) -> Result<Entry, Error> {
        let Self {
            number,
            batch,
            kind,
            code,
            bytes,
        } = self;
        let cause = |code: &str, cause| Error::Document {
            kind,
            code: code.to_owned(),
            cause,
        };
        let content: Content<'_> =
            serde_json::from_str(&bytes).map_err(|error| cause(&code, error))?;
        if content.format != FORMAT {
            return Err(Error::Journal(format!(
                "entry {number} has the unknown format {}",
                content.format
            )));
        }
        let document = match content.document {
            Value::Null => None,
            value => Some(kind.document(value).map_err(|error| cause(&code, error))?),
        };
        Ok(Entry {
            number,
            batch,
            kind,
            code,
            document,
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
        let row = of_record.order(entry::number.desc()).first(db).optional()?;
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

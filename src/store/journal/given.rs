//! Entries that come from elsewhere, read strictly: nothing but format 1 in its one canonical form.

use serde_json::Value;

use super::Batch;
use super::entries::{BATCH, Change, Closing, Said, closing_bytes};
use crate::domain::{Invalid, RecordId};
use crate::store::record::{Document, Kind};

/// What the bytes of an entry say.
pub(super) enum Given {
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

impl Given {
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
        let said = Said::read(bytes.as_bytes()).map_err(|error| error.to_string())?;
        if said.batch != batch {
            return Err(format!("it belongs to batch {}, not {batch}", said.batch));
        }
        if said.kind == BATCH {
            return closing(&said, batch, bytes).map(Self::Closing);
        }
        let kind: Kind = said
            .kind
            .parse()
            .map_err(|error: Invalid| error.to_string())?;
        let id = said.id.ok_or("it has no id")?;
        let code = said.code.clone().into_owned();
        if said.is_removal() {
            return Ok(Self::Record {
                kind,
                code,
                id,
                document: None,
            });
        }
        let document = kind
            .read(said.document.get())
            .map_err(|error| error.to_string())?;
        if document.code() != code || document.id() != id {
            return Err("its document is that of another record".to_owned());
        }
        let change = Change {
            kind,
            id: Some(id),
            code: &code,
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

fn closing(said: &Said<'_>, number: i64, bytes: &str) -> Result<Batch, String> {
    let closing: Closing =
        serde_json::from_str(said.document.get()).map_err(|error| error.to_string())?;
    let registry = closing.registry;
    let batch = Batch {
        number,
        recorded_at: closing.recorded_at,
        actor: closing.actor,
        command: closing.command,
        reason: closing.reason,
        undoes: closing.undoes,
        first_entry: closing.first_entry,
        entries: closing.entries,
    };
    let is_same = closing_bytes(&batch, registry).is_ok_and(|same| same == bytes);
    is_same
        .then_some(batch)
        .ok_or_else(|| "it does not close a batch as this program does".to_owned())
}

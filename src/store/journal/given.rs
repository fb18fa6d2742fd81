//! What the bytes of an entry say, read strictly: nothing but format 1 in the one form in which this program writes it.

use serde_json::Value;

use super::Batch;
use super::entries::{BATCH, Change, Closing, Said, closing_bytes};
use crate::domain::{Invalid, RecordId};
use crate::message::{Explain as _, Message};
use crate::store::Error;
use crate::store::record::{Document, Kind};

/// What the bytes of an entry say.
pub(crate) enum Given {
    /// About a record.
    Record {
        kind: Kind,
        code: String,
        id: RecordId,
        /// None when the record was removed.
        document: Option<Document>,
    },
    /// The end of a batch; the first batch also names the registry.
    Closing(Batch, Option<RecordId>),
}

impl Given {
    /// Reads an entry, of which `said` has been read and `bytes` are all.
    ///
    /// # Errors
    /// Says what is wrong with the entry.
    pub(super) fn read(said: &Said<'_>, bytes: &[u8]) -> Result<Self, Message> {
        if said.kind == BATCH {
            return closing(said, bytes);
        }
        let kind: Kind = said
            .kind
            .parse()
            .map_err(|error: Invalid| error.message())?;
        let id = said.id.ok_or("why-entry-no-id")?;
        let code = said.code.clone().into_owned();
        let document = match said.is_removal() {
            true => None,
            false => {
                let document = kind.read(said.document.get());
                Some(document.map_err(Message::foreign)?)
            }
        };
        if let Some(document) = &document
            && (document.code() != code || document.id() != id)
        {
            return Err("why-entry-other-record".into());
        }
        let change = Change {
            kind,
            id: Some(id),
            code: &code,
            document: document.as_ref(),
        };
        same(bytes, change.bytes(said.batch))?;
        Ok(Self::Record {
            kind,
            code,
            id,
            document,
        })
    }
}

/// Makes sure that the bytes are those that this program writes for what they say.
fn same(bytes: &[u8], written: Result<String, Error>) -> Result<(), Message> {
    if written.map_err(|error| error.message())?.as_bytes() == bytes {
        return Ok(());
    }
    let value: Value = serde_json::from_slice(bytes).map_err(Message::foreign)?;
    Err(match value.to_string().as_bytes() == bytes {
        true => "why-entry-fields".into(),
        false => "why-entry-not-canonical".into(),
    })
}

fn closing(said: &Said<'_>, bytes: &[u8]) -> Result<Given, Message> {
    let closing: Closing = serde_json::from_str(said.document.get()).map_err(Message::foreign)?;
    let registry = closing.registry;
    let batch = Batch {
        number: said.batch,
        recorded_at: closing.recorded_at,
        actor: closing.actor,
        command: closing.command,
        reason: closing.reason,
        undoes: closing.undoes,
        first_entry: closing.first_entry,
        entries: closing.entries,
    };
    same(bytes, closing_bytes(&batch, registry))?;
    // As the table of batches has it: blanks alone say nothing.
    for (why, text) in [
        ("why-entry-no-actor", &batch.actor),
        ("why-entry-no-command", &batch.command),
    ] {
        if text.trim_matches(' ').is_empty() {
            return Err(why.into());
        }
    }
    Ok(Given::Closing(batch, registry))
}

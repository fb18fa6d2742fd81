//! Recording for somebody else: what the actor approved, and only what was seen.

use chrono::Utc;

use super::Context;
use crate::domain::Moment;
use crate::error::Error;
use crate::store::Reader;

impl Context {
    /// Returns what tells the time after this run's surroundings are gone.
    pub(crate) fn clock(&self) -> impl Fn() -> Moment + Send + Sync + use<> {
        let fixed = self.now;
        move || fixed.unwrap_or_else(|| Moment::new(Utc::now()))
    }

    /// From now on, records what `author` entered and the actor approved; `note` ends the reason of the batch.
    pub(crate) fn approve_for(&self, author: &str, note: String) {
        let _ = self.approved.set((author.to_owned(), note));
    }

    /// Returns the reason of a batch with what approval adds to it.
    pub(super) fn approved_reason(&self, reason: Option<String>) -> Option<String> {
        match (reason, self.approved.get()) {
            (Some(reason), Some((_, note))) => Some(format!("{reason} {note}")),
            (None, Some((_, note))) => Some(note.clone()),
            (reason, None) => reason,
        }
    }

    /// Refuses to record when there is a batch that whoever records has not seen.
    pub(super) fn refuse_overtaken(&self, reader: &mut Reader<'_>) -> Result<(), Error> {
        let last = reader.last_batch()?.map(|batch| batch.number);
        match self.last_seen {
            Some(seen) if last != Some(seen) => Err(crate::store::Error::Unseen.into()),
            _ => Ok(()),
        }
    }
}

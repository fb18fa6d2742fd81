//! Recording for somebody else: what the actor approved, and only what was seen.

use chrono::Utc;

use super::Context;
use crate::domain::Moment;
use crate::error::Error;
use crate::store::Reader;

/// An entry of somebody else that the actor approved.
pub(super) struct Approval {
    pub(super) author: String,
    /// What the reason of the batch adds.
    note: String,
    /// The last batch when it was approved.
    seen: Option<i64>,
}

impl Context {
    /// Returns what tells the time after this run's surroundings are gone.
    pub(crate) fn clock(&self) -> impl Fn() -> Moment + Send + Sync + use<> {
        let fixed = self.now;
        move || fixed.unwrap_or_else(|| Moment::new(Utc::now()))
    }

    /// From now on, records what `author` entered and the actor approved when the last batch was `seen`; `note` ends the reason of the
    /// batch. What is recorded after another batch is refused.
    pub(crate) fn approve_for(&self, author: &str, note: String, seen: Option<i64>) {
        let author = author.to_owned();
        let _ = self.approved.set(Approval { author, note, seen });
    }

    /// Returns the reason of a batch with what approval adds to it.
    pub(super) fn approved_reason(&self, reason: Option<String>) -> Option<String> {
        match (reason, self.approved.get()) {
            (Some(reason), Some(approval)) => Some(format!("{reason} {}", approval.note)),
            (None, Some(approval)) => Some(approval.note.clone()),
            (reason, None) => reason,
        }
    }

    /// Refuses to record when there is a batch that whoever records has not seen.
    pub(super) fn refuse_overtaken(&self, reader: &mut Reader<'_>) -> Result<(), Error> {
        let last = reader.last_batch()?.map(|batch| batch.number);
        let approved = self.approved.get().and_then(|approval| approval.seen);
        match self.last_seen.or(approved) {
            Some(seen) if last != Some(seen) => Err(crate::store::Error::Unseen.into()),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use crate::args::{Global, WriteArgs};
    use crate::context::Context;
    use crate::error::Error;
    use crate::store::{Contents, Error as StoreError, Store};

    #[derive(clap::Parser)]
    struct Line {
        #[command(flatten)]
        global: Global,
    }

    #[test]
    fn what_was_approved_before_another_batch_is_not_recorded() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("registry.db");
        let context = || {
            let line = ["tpmc", "--actor=tanaka", "--registry"].map(Into::into);
            let line = line.into_iter().chain([path.clone().into_os_string()]);
            Context::new(Line::parse_from(line).global)
        };
        let founding = context();
        let intent = founding.intent("init", None);
        Store::create(&path, Contents::Reference, &intent, || founding.now()).expect("a registry");
        let recorded = |seen| {
            let context = context();
            context.approve_for("li", "(draft 1 approved by tanaka)".to_owned(), Some(seen));
            let written = context.write("draft approve", &WriteArgs::default(), |writer| {
                Ok(writer.reader().last_batch()?.map(|batch| batch.number))
            });
            (written, context.actor())
        };
        let (overtaken, _) = recorded(0);
        assert!(matches!(overtaken, Err(Error::Store(StoreError::Unseen))));
        let (seen, actor) = recorded(1);
        assert_eq!(seen.expect("recorded").0, Some(1));
        assert_eq!(actor, "li");
    }
}

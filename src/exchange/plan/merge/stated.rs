//! What tells the parts of each sort apart, and what a correction makes of them.

use super::Merging;
use super::parts::{Stated, put};
use crate::domain::{AmountKind, EventKind};
use crate::store::{Amount, Event, Participation, Project, Risk};

impl Stated for Participation {
    fn complete(&mut self, said: &Self) {
        self.share_percent = said.share_percent.or(self.share_percent);
        self.note = said.note.clone().or(self.note.take());
    }

    fn corrected(known: &Self, said: &Self, keep: bool) -> Self {
        let mut part = said.clone();
        if keep {
            part.share_percent = part.share_percent.or(known.share_percent);
            part.note = part.note.or_else(|| known.note.clone());
        }
        part
    }

    fn numbered(self, number: i32) -> Self {
        Self { number, ..self }
    }
}

impl Stated for Amount {
    fn complete(&mut self, said: &Self) {
        if self.party.is_none() {
            self.party.clone_from(&said.party);
        }
    }

    fn corrected(known: &Self, said: &Self, keep: bool) -> Self {
        let mut amount = said.clone();
        amount.source = amount.source.or_else(|| known.source.clone());
        if keep {
            amount.on_date = amount.on_date.or(known.on_date);
            amount.note = amount.note.or_else(|| known.note.clone());
            amount.party = amount.party.or_else(|| known.party.clone());
        }
        amount
    }

    fn numbered(self, number: i32) -> Self {
        Self { number, ..self }
    }
}

impl Stated for Event {
    fn corrected(known: &Self, said: &Self, keep: bool) -> Self {
        let mut event = said.clone();
        event.source = event.source.or_else(|| known.source.clone());
        if keep {
            event.text = event.text.or_else(|| known.text.clone());
            event.confidence = event.confidence.or(known.confidence);
            event.evidence = event.evidence.or(known.evidence);
        }
        event
    }

    fn numbered(self, number: i32) -> Self {
        Self { number, ..self }
    }

    /// A list says where a project stands: where it stood before is history.
    fn is_history(&self, said: &[&Self]) -> bool {
        let is_status = |event: &Self| event.kind == EventKind::Status;
        is_status(self) && said.iter().any(|said| is_status(said))
    }

    /// A row that says where the project stands does not mean to tell its whole history; a sheet of ours does.
    fn are_all(said: &[&Self]) -> bool {
        said.iter().any(|event| event.number > 0)
    }

    fn put(
        self,
        known: Option<&Self>,
        project: &mut Project,
        merging: &mut Merging<'_>,
    ) -> Option<i32> {
        // Our own sheet tells a whole history, which is taken or refused as it stands.
        if self.kind == EventKind::Status && (!merging.is_new || self.number == 0) {
            merging.status(project, self, known)
        } else {
            Some(put(self, known, project))
        }
    }
}

impl Stated for Risk {
    fn corrected(_: &Self, said: &Self, _: bool) -> Self {
        said.clone()
    }

    fn numbered(self, number: i32) -> Self {
        Self { number, ..self }
    }
}

/// Whether an amount of the registry is the one that is stated. A foreign file that does not say what kind of amount it is, when
/// it was so or whose it is means one that stands already.
pub(super) fn same_amount(known: &Amount, said: &Amount) -> bool {
    let date = known.on_date.zip(said.on_date);
    let party = known.party.as_ref().zip(said.party.as_ref());
    let is_vague = said.kind == AmountKind::Other && said.number == 0;
    (known.basis, &known.currency, known.minor_units)
        == (said.basis, &said.currency, said.minor_units)
        && (is_vague || known.kind == said.kind)
        && date.is_none_or(|(known, said)| known == said)
        && party.is_none_or(|(known, said)| known == said)
}

/// Whether an amount can be a correction of another one: the same money in everything but the figure and the day.
pub(super) fn same_money(known: &Amount, said: &Amount) -> bool {
    (known.kind, known.basis, &known.currency, &known.party)
        == (said.kind, said.basis, &said.currency, &said.party)
}

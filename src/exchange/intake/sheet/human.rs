//! The cells of the project sheet that people read and write: they count where the packed cells say nothing, and say who and what
//! the codes of the packed cells are.

use super::super::cell::{country, date, is_not_known, word};
use super::super::{
    CellFinding, Effect, Incoming, IncomingEvent, IncomingParticipation, References, SourceMention,
    people,
};
use super::{finding, pieces};
use crate::domain::*;
use crate::report::{Flaw, Said};

/// Cells for people. They count where the packed cell beside them says nothing.
#[derive(Default)]
pub(super) struct People<'a> {
    pub(super) status: &'a str,
    pub(super) status_on: &'a str,
    pub(super) parties: &'a str,
    pub(super) money: &'a str,
    pub(super) sources: &'a str,
}

impl People<'_> {
    pub(super) fn into(self, incoming: &mut Incoming, references: &References, row: u64) {
        let mut faults = Vec::new();
        self.sources(incoming, row, &mut faults);
        self.parties(incoming, references, row, &mut faults);
        for owner in incoming
            .amounts
            .iter_mut()
            .filter_map(|amount| amount.party.as_mut())
        {
            let parts = incoming.participations.iter().map(|part| &part.party);
            if let Some(named) = parts.into_iter().find(|named| named.code == owner.code) {
                owner.clone_from(named);
            }
        }
        if incoming.amounts.is_empty() {
            for piece in pieces(self.money) {
                match people::money(references, &piece) {
                    Ok(amount) => incoming.amounts.push(amount),
                    Err(said) => {
                        faults.push(finding(row, "money", &piece, said, Effect::DropRow));
                    }
                }
            }
        }
        if incoming.events.is_empty() {
            let (mut text, mut on) = (self.status, self.status_on);
            loop {
                let (column, value, said) = match status(text, on, &incoming.citations) {
                    Ok(event) => {
                        incoming.events.extend(event);
                        break;
                    }
                    Err(fault) => fault,
                };
                if !is_not_known(value) {
                    faults.push(finding(row, column, value, said, Effect::DropRow));
                    break;
                }
                let effect = Effect::DropValue;
                faults.push(finding(row, column, value, Flaw::NotKnown, effect));
                let unknown = if column == "status" {
                    &mut text
                } else {
                    &mut on
                };
                *unknown = "";
            }
        }
        incoming.findings.extend(faults);
    }

    /// Where the packed cells name sources by their codes, what stands here says what those are.
    fn sources(&self, incoming: &mut Incoming, row: u64, faults: &mut Vec<CellFinding>) {
        let mut sources = Vec::new();
        for piece in pieces(self.sources) {
            match people::source(&piece) {
                Ok(source) => sources.push(source),
                Err(said) => {
                    faults.push(finding(row, "sources", &piece, said, Effect::DropRow));
                }
            }
        }
        let mentions = incoming.citations.iter_mut().map(Some);
        let mentions = mentions.chain(
            incoming
                .events
                .iter_mut()
                .map(|event| event.source.as_mut()),
        );
        let mentions = mentions.chain(
            incoming
                .amounts
                .iter_mut()
                .map(|amount| amount.source.as_mut()),
        );
        let mentions = mentions.chain(incoming.risks.iter_mut().map(|risk| risk.source.as_mut()));
        let mut is_packed = false;
        for mention in mentions.flatten() {
            is_packed = true;
            let described = sources.iter().find(|source| source.code == mention.code);
            if let Some(described) = described.filter(|_| mention.code.is_some()) {
                *mention = described.clone();
            }
        }
        if !is_packed {
            incoming.citations = sources;
        }
    }

    /// Where the packed cell names parties by their codes, what stands here in the same order says who those are.
    fn parties(
        &self,
        incoming: &mut Incoming,
        references: &References,
        row: u64,
        faults: &mut Vec<CellFinding>,
    ) {
        let pieces: Vec<_> = pieces(self.parties).collect();
        let is_packed = !incoming.participations.is_empty();
        let parts: Vec<_> = pieces
            .iter()
            .map(|piece| match is_packed {
                // What the program wrote: its codes of countries are codes.
                true => people::party(references, piece, country),
                false => people::typed_party(references, piece),
            })
            .collect();
        if is_packed {
            let same = |part: &IncomingParticipation, named: &IncomingParticipation| {
                (part.role, part.share_percent) == (named.role, named.share_percent)
            };
            let parts: Vec<_> = parts.into_iter().flatten().collect();
            let packed = incoming.participations.iter_mut();
            if packed.len() != parts.len()
                || !packed.zip(&parts).all(|(one, other)| same(one, other))
            {
                return; // written by hand since: the codes count
            }
            for (part, named) in incoming.participations.iter_mut().zip(parts) {
                part.party.name = named.party.name;
                part.party.country = named.party.country;
            }
            return;
        }
        for (piece, part) in pieces.iter().zip(parts) {
            match part {
                Ok(part) => incoming.participations.push(part),
                Err(said) => {
                    faults.push(finding(row, "parties", piece, said, Effect::DropRow));
                }
            }
        }
    }
}

/// The event that `status` and `status_on` say. Its source is that of the row, where the row has one.
fn status<'a>(
    text: &'a str,
    on: &'a str,
    citations: &[SourceMention],
) -> Result<Option<IncomingEvent>, (&'static str, &'a str, Said)> {
    let on_date = match on.trim() {
        "" => None,
        day => Some(date(day).map_err(|said| ("status_on", on, said))?),
    };
    if text.trim().is_empty() {
        return match on_date {
            Some(_) => Err(("status_on", on, Flaw::DateWithoutStatus.into())),
            None => Ok(None),
        };
    }
    let status = word::<Status>(text).map_err(|said| ("status", text, said))?;
    let source = match citations {
        [one] => Some(one.clone()),
        _ => None,
    };
    Ok(Some(IncomingEvent {
        number: None,
        on_date,
        due_on: None,
        kind: EventKind::Status,
        status: Some(status),
        text: None,
        source,
        confidence: None,
        evidence: None,
    }))
}

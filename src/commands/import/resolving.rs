//! What a row says, with its parties and sources resolved to codes, or to the keys of new ones.

use super::names::{Parties, Sources};
use crate::domain::project_fields;
use crate::exchange::{
    CellFinding, Effect, Incoming, IncomingAmount, IncomingEvent, IncomingParticipation, NewParty,
    NewSource, PartyMention, Proposed, SourceMention,
};
use crate::report::Said;
use crate::store::{Amount, Event, Participation, Risk};

/// The parties and sources of the registry and of the file so far.
pub(crate) struct Resolver {
    pub(crate) parties: Parties,
    pub(crate) sources: Sources,
}

/// What a row says, and whom it names for the first time.
#[derive(Debug, Default)]
pub(crate) struct Resolved {
    /// The first one of its rows.
    pub(crate) row: u64,
    pub(crate) proposed: Proposed,
    pub(crate) parties: Vec<NewParty>,
    pub(crate) sources: Vec<NewSource>,
    pub(crate) findings: Vec<CellFinding>,
}

impl Resolver {
    /// Takes out of `incoming` what it proposes.
    pub(crate) fn resolve(&mut self, incoming: &mut Incoming) -> Resolved {
        let mut resolved = Resolved {
            row: incoming.rows.first().copied().unwrap_or(0),
            ..Resolved::default()
        };
        facts(incoming, &mut resolved.proposed);
        for part in std::mem::take(&mut incoming.participations) {
            self.participation(part, &mut resolved);
        }
        for event in std::mem::take(&mut incoming.events) {
            self.event(event, &mut resolved);
        }
        for amount in std::mem::take(&mut incoming.amounts) {
            self.amount(amount, &mut resolved);
        }
        for risk in std::mem::take(&mut incoming.risks) {
            let source = self.source(risk.source, &mut resolved);
            resolved.proposed.risks.push(Risk {
                number: risk.number.unwrap_or(0),
                category: risk.category,
                level: risk.level,
                state: risk.state,
                on_date: risk.on_date,
                text: risk.text,
                source,
            });
        }
        for citation in std::mem::take(&mut incoming.citations) {
            let code = self.source(Some(citation), &mut resolved);
            if let Some(code) = code.filter(|code| !resolved.proposed.citations.contains(code)) {
                resolved.proposed.citations.push(code);
            }
        }
        resolved
    }

    fn party(&mut self, mention: &PartyMention, resolved: &mut Resolved) -> Result<String, Said> {
        let mut doubts = Vec::new();
        let found = (self.parties).resolve(mention, &mut resolved.parties, &mut doubts);
        for said in doubts {
            let name = mention.name.clone();
            resolved.find("parties", name, said, Effect::Ask);
        }
        found
    }

    fn participation(&mut self, part: IncomingParticipation, resolved: &mut Resolved) {
        match self.party(&part.party, resolved) {
            Ok(party) => resolved.proposed.participations.push(Participation {
                number: part.number.unwrap_or(0),
                party,
                role: part.role,
                share_percent: part.share_percent,
                prospective: part.prospective,
                note: part.note,
            }),
            Err(said) => {
                let effect = part.party.perhaps_several.map(|(_, effect)| effect);
                resolved.refuse("parties", part.party.name.or(part.party.code), said);
                if let (Some(effect), Some(finding)) = (effect, resolved.findings.last_mut()) {
                    finding.effect = effect;
                }
            }
        }
    }

    fn event(&mut self, event: IncomingEvent, resolved: &mut Resolved) {
        let source = self.source(event.source, resolved);
        if event.on_date.is_none() && event.status.is_some() {
            resolved.proposed.undated_status = event.status;
            return;
        }
        resolved.proposed.events.push(Event {
            number: event.number.unwrap_or(0),
            on_date: event.on_date,
            due_on: event.due_on,
            kind: event.kind,
            status: event.status,
            text: event.text,
            source,
            confidence: event.confidence,
            evidence: event.evidence,
        });
    }

    fn amount(&mut self, amount: IncomingAmount, resolved: &mut Resolved) {
        let source = self.source(amount.source, resolved);
        let party = amount.party.and_then(|mention| {
            let found = self.party(&mention, resolved);
            let refused = |said| resolved.refuse("amounts", mention.name.or(mention.code), said);
            found.map_err(refused).ok()
        });
        let rounded = amount
            .rounded_from
            .map(|units| format!("{units} in the file, rounded"));
        resolved.proposed.amounts.push(Amount {
            number: amount.number.unwrap_or(0),
            kind: amount.kind,
            basis: amount.basis,
            currency: amount.currency,
            minor_units: amount.minor_units,
            estimated: amount.estimated,
            on_date: amount.on_date,
            source,
            note: amount.note.or(rounded),
            party,
        });
    }

    fn source(
        &mut self,
        mention: Option<SourceMention>,
        resolved: &mut Resolved,
    ) -> Option<String> {
        let mention = mention?;
        let code = mention.code.clone();
        match self.sources.resolve(mention, &mut resolved.sources) {
            Ok(code) => Some(code),
            Err(said) => {
                resolved.refuse("sources", code, said);
                None
            }
        }
    }
}

/// Takes over what is said of the project itself.
fn facts(incoming: &mut Incoming, proposed: &mut Proposed) {
    macro_rules! take {
        ($($field:ident),+) => {
            $(proposed.$field = std::mem::take(&mut incoming.$field);)+
        };
    }
    take!(id, list_number, forum, identified, list);
    take!(hosts, objectives, identifiers);
    macro_rules! take_each {
        ($($(#[$attribute:meta])* $field:ident: $type:ty, $about:literal;)+) => { take!($($field),+) };
    }
    project_fields!(take_each);
    let key = incoming.key.take();
    let key = key.filter(|key| !proposed.identifiers.contains(key));
    proposed.identifiers.extend(key);
}

impl Resolved {
    fn refuse(&mut self, column: &str, value: Option<String>, said: Said) {
        self.find(column, value, said, Effect::DropRow);
    }

    fn find(&mut self, column: &str, value: Option<String>, said: Said, effect: Effect) {
        let finding = CellFinding {
            row: self.row,
            column: Some(column.to_owned()),
            value: value.unwrap_or_default(),
            said,
            effect,
        };
        if !self.findings.contains(&finding) {
            self.findings.push(finding);
        }
    }
}

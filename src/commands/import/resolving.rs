//! What a row says, with its parties and sources resolved to codes, or to the keys of new ones.

use super::names::{Parties, Sources};
use crate::exchange::{
    CellFinding, Effect, Incoming, NewParty, NewSource, Proposed, SourceMention,
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
    pub(crate) proposed: Proposed,
    pub(crate) parties: Vec<NewParty>,
    pub(crate) sources: Vec<NewSource>,
    pub(crate) findings: Vec<CellFinding>,
}

impl Resolver {
    pub(crate) fn resolve(&mut self, incoming: &Incoming) -> Resolved {
        let mut resolved = Resolved::default();
        self.facts(incoming, &mut resolved);
        self.participations(incoming, &mut resolved);
        self.events(incoming, &mut resolved);
        self.amounts(incoming, &mut resolved);
        for risk in &incoming.risks {
            let source = self.source(risk.source.as_ref(), incoming, &mut resolved);
            resolved.proposed.risks.push(Risk {
                number: risk.number.unwrap_or(0),
                category: risk.category,
                level: risk.level,
                state: risk.state,
                on_date: risk.on_date,
                text: risk.text.clone(),
                source,
            });
        }
        for citation in &incoming.citations {
            let code = self.source(Some(citation), incoming, &mut resolved);
            if let Some(code) = code.filter(|code| !resolved.proposed.citations.contains(code)) {
                resolved.proposed.citations.push(code);
            }
        }
        resolved
    }

    fn facts(&self, incoming: &Incoming, resolved: &mut Resolved) {
        let said = &mut resolved.proposed;
        macro_rules! copy {
            ($($field:ident),+) => {
                $(said.$field.clone_from(&incoming.$field);)+
            };
        }
        copy!(
            id,
            list_number,
            forum,
            identified,
            umbrella,
            instrument,
            title_en,
            title_zh,
            title_ja,
            title_original,
            mode,
            mode_basis,
            sector,
            host_note,
            membership,
            confidence,
            note,
            hosts,
            objectives,
            identifiers
        );
        if let Some(key) = incoming
            .key
            .as_ref()
            .filter(|key| !said.identifiers.contains(key))
        {
            said.identifiers.push(key.clone());
        }
    }

    fn participations(&mut self, incoming: &Incoming, resolved: &mut Resolved) {
        for part in &incoming.participations {
            match self.parties.resolve(&part.party, &mut resolved.parties) {
                Ok(party) => resolved.proposed.participations.push(Participation {
                    number: part.number.unwrap_or(0),
                    party,
                    role: part.role,
                    share_percent: part.share_percent,
                    prospective: part.prospective,
                    note: part.note.clone(),
                }),
                Err(said) => {
                    let value = part.party.name.clone().or_else(|| part.party.code.clone());
                    resolved.refuse(incoming, "parties", value, said);
                }
            }
        }
    }

    fn events(&mut self, incoming: &Incoming, resolved: &mut Resolved) {
        for event in &incoming.events {
            let source = self.source(event.source.as_ref(), incoming, resolved);
            if event.on_date.is_none() && event.status.is_some() {
                resolved.proposed.undated_status = event.status;
                continue;
            }
            resolved.proposed.events.push(Event {
                number: event.number.unwrap_or(0),
                on_date: event.on_date,
                due_on: event.due_on,
                kind: event.kind,
                status: event.status,
                text: event.text.clone(),
                source,
                confidence: event.confidence,
                evidence: event.evidence,
            });
        }
    }

    fn amounts(&mut self, incoming: &Incoming, resolved: &mut Resolved) {
        for amount in &incoming.amounts {
            let source = self.source(amount.source.as_ref(), incoming, resolved);
            let rounded = amount
                .rounded_from
                .map(|units| format!("{units} in the file, rounded"));
            resolved.proposed.amounts.push(Amount {
                number: amount.number.unwrap_or(0),
                kind: amount.kind,
                basis: amount.basis,
                currency: amount.currency.clone(),
                minor_units: amount.minor_units,
                estimated: amount.estimated,
                on_date: amount.on_date,
                source,
                note: amount.note.clone().or(rounded),
            });
        }
    }

    fn source(
        &mut self,
        mention: Option<&SourceMention>,
        incoming: &Incoming,
        resolved: &mut Resolved,
    ) -> Option<String> {
        let mention = mention?;
        match self.sources.resolve(mention, &mut resolved.sources) {
            Ok(code) => Some(code),
            Err(said) => {
                resolved.refuse(incoming, "sources", mention.code.clone(), said);
                None
            }
        }
    }
}

impl Resolved {
    fn refuse(&mut self, incoming: &Incoming, column: &str, value: Option<String>, said: Said) {
        self.findings.push(CellFinding {
            row: incoming.rows.first().copied().unwrap_or(0),
            column: Some(column.to_owned()),
            value: value.unwrap_or_default(),
            said,
            effect: Effect::DropRow,
        });
    }
}

//! A mapping applied to a row.

use super::row::Row;
use super::{SourceRule, fields};
use crate::exchange::intake::cell::identifier;
use crate::exchange::intake::people::source;
use crate::exchange::intake::{Effect, Incoming, SourceMention};
use crate::report::Flaw;
use crate::store::Identifier;

impl Row<'_> {
    /// What the row says of a project.
    pub(super) fn incoming(mut self) -> Incoming {
        let mapping = self.mapping;
        let mut incoming = Incoming {
            rows: vec![self.number],
            original: vec![self.cells.clone()],
            ..Incoming::default()
        };
        for (name, rule) in &mapping.fields {
            fields::fill(&mut incoming, name, rule, &mut self);
        }
        incoming.key = self.key();
        incoming.list = mapping.listed(incoming.key.as_ref());
        incoming.identifiers.extend(incoming.key.clone());
        for rule in &mapping.identifiers {
            let found = self.many(&rule.identifier, identifier);
            incoming
                .identifiers
                .extend(found.into_iter().map(|identifier| Identifier {
                    scheme: rule.scheme.clone(),
                    identifier,
                }));
        }
        for rule in &mapping.sources {
            self.sources(rule, &mut incoming.citations);
        }
        let list = mapping.source.as_ref().map(|list| SourceMention {
            code: list.code.clone(),
            url: list.url.clone(),
            title: list.title.clone(),
            publisher: list.publisher.clone(),
            confidence: None,
        });
        let only = match &incoming.citations[..] {
            [one] => Some(one.clone()),
            _ => None,
        };
        let source = list.clone().or(only);
        if let Some(list) = list.filter(|list| !incoming.citations.contains(list)) {
            incoming.citations.push(list);
        }
        let mut parties = Vec::new();
        for rule in &mapping.parties {
            let mut found = Vec::new();
            self.parties(rule, &mut found);
            let new = found
                .iter()
                .filter(|part| !incoming.participations.contains(part));
            let new: Vec<_> = new.cloned().collect();
            incoming.participations.extend(new);
            parties.push((rule, found));
        }
        for rule in &mapping.events {
            let event = self.event(rule, source.as_ref());
            let list = mapping.source.as_ref().and_then(|list| list.dated);
            if let Some(event) = event.filter(|event| !incoming.events.contains(event)) {
                super::events::add(&mut incoming.events, event, list);
            }
        }
        for rule in &mapping.amounts {
            incoming
                .amounts
                .extend(self.amount(rule, source.as_ref(), &parties));
        }
        incoming.events.append(&mut self.notes);
        incoming.findings = self.findings;
        incoming.money = self.money;
        incoming.unstated = self.unstated;
        incoming
    }

    /// The key of the row. A row without one is a finding that nothing milder than leaving out the row can mend.
    fn key(&mut self) -> Option<Identifier> {
        let key = self.mapping.key.as_ref()?;
        let parts: Vec<&str> = key.columns.iter().map(|column| self.cell(column)).collect();
        if parts.iter().any(|part| self.is_missing(part)) {
            let columns = key.columns.join(", ");
            self.report(
                &columns,
                &parts.join(&key.separator),
                Flaw::NoKey,
                Some(Effect::DropRow),
            );
            return None;
        }
        if let Some(said) = parts.iter().find_map(|part| identifier(part).err()) {
            let (columns, value) = (key.columns.join(", "), parts.join(&key.separator));
            self.report(&columns, &value, said, Some(Effect::DropRow));
            return None;
        }
        Some(Identifier {
            scheme: key.scheme.clone(),
            identifier: parts.join(&key.separator),
        })
    }

    fn sources(&mut self, rule: &SourceRule, into: &mut Vec<SourceMention>) {
        let column = rule.column.as_deref().unwrap_or_default();
        let text = match &rule.constant {
            Some(constant) => constant,
            None => match self.stated(column, rule.on_finding) {
                Some(text) => text,
                None => return,
            },
        };
        let items: Vec<&str> = match &rule.split {
            Some(sign) => text.split(sign.as_str()).collect(),
            None => vec![text],
        };
        for item in items {
            let item = item.trim();
            let address = rule
                .cut
                .as_ref()
                .and_then(|cut| item.split_once(cut.as_str()))
                .map_or(item, |(address, _)| address.trim());
            if self.is_missing(address) {
                continue;
            }
            match source(address) {
                Ok(mention) if into.contains(&mention) => {}
                Ok(mention) => into.push(mention),
                Err(said) => self.report(column, item, said, rule.on_finding),
            }
        }
    }
}

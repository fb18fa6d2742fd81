//! A mapping applied to a row.

use std::collections::HashMap;

use csv::StringRecord;

use super::rule::{Rule, Unlisted};
use super::{Mapping, SourceRule, fields};
use crate::domain::perhaps_unguarded;
use crate::exchange::intake::cell::{finding, is_not_known, is_spreadsheet_error};
use crate::exchange::intake::people::source;
use crate::exchange::intake::{CellFinding, Effect, Incoming, References, SourceMention};
use crate::report::{Flaw, Said};
use crate::store::Identifier;

/// The code of a country that many write for "not available".
const NAMIBIA: &str = "NA";

/// A row under a mapping, and what is found wrong with it.
pub(super) struct Row<'a> {
    pub(super) number: u64,
    pub(super) cells: &'a StringRecord,
    pub(super) columns: &'a HashMap<String, usize>,
    pub(super) mapping: &'a Mapping,
    pub(super) references: &'a References,
    pub(super) findings: Vec<CellFinding>,
}

impl<'a> Row<'a> {
    /// The cell as it stands, blanks around it taken away.
    pub(super) fn cell(&self, column: &str) -> &'a str {
        let index = self.columns.get(column);
        let cell = index.and_then(|index| self.cells.get(*index));
        perhaps_unguarded(cell.unwrap_or_default()).trim()
    }

    /// The cell, when it says something.
    pub(super) fn stated(&mut self, column: &str, effect: Option<Effect>) -> Option<&'a str> {
        let text = self.cell(column);
        if self.is_missing(text) {
            return None;
        }
        if is_spreadsheet_error(text) {
            self.report(column, text, Flaw::SpreadsheetError, effect);
            return None;
        }
        Some(text)
    }

    /// The same, but a word that the rule lists says what the rule says, whatever it says elsewhere.
    fn stated_or_listed(&mut self, column: &str, rule: &Rule) -> Option<&'a str> {
        let text = self.cell(column);
        if self.is_missing(text) {
            return (!text.is_empty() && rule.answer(text).is_some()).then_some(text);
        }
        self.stated(column, rule.on_finding)
    }

    /// Whether `text` is the code of Namibia as well as a word for what is not known, and the mapping does not say which.
    pub(super) fn is_perhaps_namibia(&self, text: &str, rule: Option<&Rule>) -> bool {
        let is_said = rule.is_some_and(|rule| rule.answer(text).is_some());
        text == NAMIBIA && self.mapping.missing.is_empty() && !is_said
    }

    pub(super) fn is_missing(&self, text: &str) -> bool {
        if text.is_empty() {
            return true;
        }
        match &self.mapping.missing[..] {
            [] => is_not_known(text),
            words => words.iter().any(|word| word.trim() == text),
        }
    }

    pub(super) fn report(
        &mut self,
        column: &str,
        value: &str,
        said: impl Into<Said>,
        effect: Option<Effect>,
    ) {
        let effect = effect
            .or(self.mapping.on_finding)
            .unwrap_or(Effect::DropRow);
        self.findings
            .push(finding(self.number, column, value, said, effect));
    }

    /// The words that a rule finds in the row, each with the column it stands in.
    fn words(&mut self, rule: &Rule) -> Vec<(String, String)> {
        let mut found = Vec::new();
        if let Some(constant) = &rule.constant {
            found.push((String::new(), constant.clone()));
            return found;
        }
        let joined = rule.columns.len() > 1 && rule.split.is_none();
        let mut together = Vec::new();
        for column in &rule.columns {
            let Some(text) = self.stated_or_listed(column, rule) else {
                continue;
            };
            if joined {
                together.push(if rule.labelled {
                    format!("{column}: {text}")
                } else {
                    text.to_owned()
                });
                continue;
            }
            let items: Vec<&str> = match &rule.split {
                Some(sign) => text
                    .split(sign.as_str())
                    .map(str::trim)
                    .filter(|item| !self.is_missing(item) || rule.answer(item).is_some())
                    .collect(),
                None => vec![text],
            };
            for item in items {
                self.answered(rule, column, item, &mut found);
            }
        }
        if !together.is_empty() {
            let text = together.join(&rule.join);
            self.answered(rule, &rule.columns.join(", "), &text, &mut found);
        }
        found
    }

    /// What the table of values makes of `text`.
    pub(super) fn answered(
        &mut self,
        rule: &Rule,
        column: &str,
        text: &str,
        found: &mut Vec<(String, String)>,
    ) {
        match (rule.answer(text), rule.unlisted) {
            (Some(answer), _) => found.extend(
                answer
                    .words()
                    .map(|word| (column.to_owned(), word.to_owned())),
            ),
            (None, Unlisted::Read) => found.push((column.to_owned(), text.to_owned())),
            (None, Unlisted::Ignore) => {}
            (None, Unlisted::Finding) => {
                self.report(column, text, Flaw::NotListed, rule.on_finding);
            }
        }
    }

    pub(super) fn many<T>(
        &mut self,
        rule: &Rule,
        read: impl Fn(&str) -> Result<T, Said>,
    ) -> Vec<T> {
        let mut values = Vec::new();
        for (column, text) in self.words(rule) {
            match read(&text) {
                Ok(value) => values.push(value),
                Err(said) => self.report(&column, &text, said, rule.on_finding),
            }
        }
        values
    }

    pub(super) fn one<T>(
        &mut self,
        rule: &Rule,
        read: impl Fn(&str) -> Result<T, Said>,
    ) -> Option<T> {
        let mut values = self.many(rule, read);
        if values.len() > 1 {
            let columns = rule.columns.join(", ");
            let text = self.cell(rule.columns.first().map_or("", String::as_str));
            self.report(&columns, text, Flaw::SeveralValues, rule.on_finding);
            return None;
        }
        values.pop()
    }

    pub(super) fn maybe<T>(
        &mut self,
        rule: Option<&Rule>,
        read: impl Fn(&str) -> Result<T, Said>,
    ) -> Option<T> {
        rule.and_then(|rule| self.one(rule, read))
    }

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
        incoming.identifiers.extend(incoming.key.clone());
        for rule in &mapping.identifiers {
            let found = self.many(&rule.identifier, |text| Ok(text.to_owned()));
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
        for rule in &mapping.parties {
            self.parties(rule, &mut incoming.participations);
        }
        for rule in &mapping.events {
            let event = self.event(rule, source.as_ref());
            let list = mapping.source.as_ref().and_then(|list| list.dated);
            if let Some(event) = event.filter(|event| !incoming.events.contains(event)) {
                super::events::add(&mut incoming.events, event, list);
            }
        }
        for rule in &mapping.amounts {
            incoming.amounts.extend(self.amount(rule, source.as_ref()));
        }
        incoming.findings = self.findings;
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
        Some(Identifier {
            scheme: key.scheme.clone(),
            identifier: parts.join(&key.separator),
        })
    }

    fn sources(&mut self, rule: &SourceRule, into: &mut Vec<SourceMention>) {
        let Some(text) = self.stated(&rule.column, rule.on_finding) else {
            return;
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
                Err(said) => self.report(&rule.column, item, said, rule.on_finding),
            }
        }
    }
}

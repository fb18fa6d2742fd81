//! A row of a file under a mapping: its cells, the words that a rule finds in them, and what is wrong with them.

use std::collections::HashMap;

use csv::StringRecord;

use super::Mapping;
use super::rule::{Rule, Unlisted};
use crate::domain::{Decimal, perhaps_unguarded};
use crate::exchange::intake::cell::{
    finding, is_not_known, is_perhaps_namibia, is_spreadsheet_error,
};
use crate::exchange::intake::garbled::is_garbled;
use crate::exchange::intake::{CellFinding, Effect, IncomingEvent, References};
use crate::report::{Flaw, MoneyTotals, Said};

/// A row under a mapping, and what is found wrong with it.
pub(super) struct Row<'a> {
    pub(super) number: u64,
    pub(super) cells: &'a StringRecord,
    pub(super) columns: &'a HashMap<String, usize>,
    pub(super) mapping: &'a Mapping,
    pub(super) references: &'a References,
    pub(super) findings: Vec<CellFinding>,
    /// Notes that its values make.
    pub(super) notes: Vec<IncomingEvent>,
    /// Money in the cells, and what of it became findings.
    pub(super) money: MoneyTotals,
    pub(super) unstated: Vec<(String, Decimal)>,
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
        if is_garbled(text) {
            self.report(column, text, Flaw::Garbled, effect);
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
        is_perhaps_namibia(text) && self.mapping.missing.is_empty() && !is_said
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
        let before = self.findings.len();
        let mut values = Vec::new();
        for (column, text) in self.words(rule) {
            match read(&text) {
                Ok(value) => values.push(value),
                Err(_) if rule.default.is_some() => {}
                Err(said) => self.report(&column, &text, said, rule.on_finding),
            }
        }
        if values.is_empty() {
            values.extend(rule.default.as_deref().and_then(|word| read(word).ok()));
        }
        if rule.required && values.is_empty() && self.findings.len() == before {
            let text = self.cell(rule.columns.first().map_or("", String::as_str));
            let columns = rule.columns.join(", ");
            self.report(&columns, text, Flaw::Required, rule.on_finding);
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
}

//! A table taken in under a mapping: its columns found, its rows grouped.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};

use csv::StringRecord;

use super::apply::Row;
use super::{Mapping, Rows};
use crate::domain::nearest;
use crate::exchange::intake::cell::finding;
use crate::exchange::intake::table::{Taker, letters};
use crate::exchange::intake::{Effect, Incoming, References};
use crate::report::{Flaw, Said};
use crate::store::Identifier;

/// The last row of every key, by the hash of the key.
type LastRows = HashMap<u64, u64>;

/// Takes in rows under a mapping.
pub(in crate::exchange::intake) struct Mapped<'a> {
    mapping: &'a Mapping,
    references: &'a References,
    each: &'a mut dyn FnMut(Incoming) -> bool,
    columns: HashMap<String, usize>,
    /// Rows left aside.
    pub(in crate::exchange::intake) skipped: u64,
    hasher: RandomState,
    seen: HashMap<u64, u64>,
    /// Known before the rows are taken, where they are grouped.
    last: Option<LastRows>,
    /// True while only the keys are looked at.
    only_keys: bool,
    open: HashMap<u64, Incoming>,
}

impl<'a> Mapped<'a> {
    pub(in crate::exchange::intake) fn new(
        mapping: &'a Mapping,
        references: &'a References,
        each: &'a mut dyn FnMut(Incoming) -> bool,
    ) -> Self {
        let grouped = mapping.rows == Rows::Grouped;
        Self {
            mapping,
            references,
            each,
            columns: HashMap::new(),
            skipped: 0,
            hasher: RandomState::new(),
            seen: HashMap::new(),
            last: grouped.then(HashMap::new),
            only_keys: grouped,
            open: HashMap::new(),
        }
    }

    /// Whether the table must be read once more: grouped rows are taken when it is known where each group ends.
    pub(in crate::exchange::intake) fn wants_more(&mut self) -> bool {
        if self.only_keys {
            self.skipped = 0;
        }
        std::mem::take(&mut self.only_keys)
    }

    fn is_skipped(&self, row: &Row<'_>) -> bool {
        self.mapping.skip.iter().any(|skip| {
            let text = row.cell(&skip.column);
            let listed = |words: &[String]| words.iter().any(|word| word.trim() == text);
            listed(&skip.is) || (!skip.is_not.is_empty() && !listed(&skip.is_not))
        })
    }

    fn hash(&self, key: &Identifier) -> u64 {
        self.hasher.hash_one(&key.identifier)
    }

    /// A row of a group: the project is complete with the last one.
    fn group(&mut self, number: u64, incoming: Incoming) -> bool {
        let Some(key) = incoming.key.as_ref() else {
            return (self.each)(incoming);
        };
        let hash = self.hash(key);
        let whole = match self.open.remove(&hash) {
            Some(mut begun) => {
                begun.merge(incoming);
                begun
            }
            None => incoming,
        };
        let last = self.last.as_ref().and_then(|last| last.get(&hash));
        if last.is_some_and(|last| *last > number) {
            self.open.insert(hash, whole);
            return true;
        }
        (self.each)(whole)
    }
}

impl Taker for Mapped<'_> {
    fn knows(&self, row: &StringRecord) -> bool {
        let wanted = self.mapping.columns();
        let found = wanted
            .iter()
            .filter(|column| row.iter().any(|cell| cell.trim() == **column))
            .count();
        found > 0 && found * 2 > wanted.len()
    }

    fn headings(&mut self, names: &[String]) -> Result<(), String> {
        let mut columns = HashMap::new();
        let mut twice = Vec::new();
        for (index, name) in names.iter().enumerate() {
            let name = if name.is_empty() {
                format!("column {}", letters(index))
            } else {
                name.clone()
            };
            if columns.insert(name.clone(), index).is_some() {
                twice.push(name);
            }
        }
        for wanted in self.mapping.columns() {
            if twice.iter().any(|name| name == wanted) {
                return Err(format!(
                    "several columns are called {wanted:?}: rename them, so that it is clear which one is meant"
                ));
            }
            if !columns.contains_key(wanted) {
                let near = nearest(wanted, names.iter().map(String::as_str));
                let near =
                    near.map_or_else(String::new, |near| format!("; did you mean {near:?}?"));
                return Err(format!(
                    "it has no column {wanted:?}, of which the mapping speaks{near}"
                ));
            }
        }
        self.columns = columns;
        Ok(())
    }

    fn row(
        &mut self,
        number: u64,
        cells: &StringRecord,
        fault: Option<Said>,
    ) -> Result<bool, String> {
        let row = Row {
            number,
            cells,
            columns: &self.columns,
            mapping: self.mapping,
            references: self.references,
            findings: Vec::new(),
        };
        if fault.is_none() && self.is_skipped(&row) {
            self.skipped += 1;
            return Ok(true);
        }
        let mut incoming = match fault {
            None => row.incoming(),
            Some(fault) => Incoming {
                rows: vec![number],
                original: vec![cells.clone()],
                findings: vec![finding(number, "", "", fault, Effect::DropRow)],
                ..Incoming::default()
            },
        };
        let key = incoming.key.as_ref().map(|key| self.hash(key));
        if self.only_keys {
            if let (Some(key), Some(last)) = (key, &mut self.last) {
                last.insert(key, number);
            }
            return Ok(true);
        }
        if self.last.is_some() {
            return Ok(self.group(number, incoming));
        }
        if let Some(earlier) = key.and_then(|key| self.seen.insert(key, number)) {
            let key = incoming
                .key
                .take()
                .map(|key| key.identifier)
                .unwrap_or_default();
            let said = Flaw::KeyRepeated.with("row", earlier);
            let column = self
                .mapping
                .key
                .as_ref()
                .map(|key| key.columns.join(", "))
                .unwrap_or_default();
            incoming
                .findings
                .push(finding(number, &column, &key, said, Effect::DropRow));
        }
        Ok((self.each)(incoming))
    }

    fn no_headings(&self, _: Option<&StringRecord>) -> String {
        format!(
            "no row has the headings of which the mapping speaks: {}",
            self.mapping
                .columns()
                .into_iter()
                .take(5)
                .collect::<Vec<_>>()
                .join(", ")
        )
    }
}

impl Mapping {
    /// The columns of which it speaks.
    pub(super) fn columns(&self) -> Vec<&str> {
        let mut columns = Vec::<&str>::new();
        let mut rules = Vec::new();
        rules.extend(self.fields.values());
        rules.extend(self.identifiers.iter().map(|rule| &rule.identifier));
        for rule in &self.parties {
            columns.push(&rule.column);
            rules.extend(
                [&rule.role, &rule.country, &rule.kind]
                    .into_iter()
                    .flatten(),
            );
        }
        for rule in &self.events {
            let all = [
                &rule.status,
                &rule.on,
                &rule.due,
                &rule.text,
                &rule.confidence,
                &rule.evidence,
            ];
            rules.extend(all.into_iter().flatten());
        }
        for rule in &self.amounts {
            rules.extend([&rule.number, &rule.currency, &rule.kind, &rule.basis]);
            rules.extend(
                [&rule.estimated, &rule.on, &rule.note]
                    .into_iter()
                    .flatten(),
            );
        }
        columns.extend(self.sources.iter().map(|rule| rule.column.as_str()));
        columns.extend(self.skip.iter().map(|skip| skip.column.as_str()));
        columns.extend(
            self.key
                .iter()
                .flat_map(|key| &key.columns)
                .map(String::as_str),
        );
        columns.extend(
            rules
                .iter()
                .flat_map(|rule| &rule.columns)
                .map(String::as_str),
        );
        columns.sort_unstable();
        columns.dedup();
        columns
    }
}

//! What is shown of a plan while it is written.

use std::collections::HashMap;

use serde_json::Value;

use crate::exchange::{Action, NewParty, NewSource, PlanCounts, PlanItem};
use crate::report::{IMPORT_SHOWN, ImportItem, ImportPart, ImportParty, ImportPlan};

/// The sorts of projects, those first that somebody must look at.
const ORDER: [Action; 6] = [
    Action::Reject,
    Action::Possible,
    Action::Change,
    Action::Add,
    Action::RefusedBefore,
    Action::Same,
];

/// Counts, and the first projects of every sort.
#[derive(Debug, Default)]
pub(super) struct Summing {
    pub(super) counts: PlanCounts,
    items: Vec<(Action, ImportItem)>,
    parties: Vec<ImportParty>,
    /// What is shown in the place of a key.
    names: HashMap<String, String>,
}

/// Names that are kept for showing.
const NAMES: usize = 2000;

impl Summing {
    pub(super) fn party(&mut self, party: &NewParty) {
        self.counts.new_parties += 1;
        self.name(&party.key, Some(&party.name));
        if self.parties.len() < IMPORT_SHOWN {
            self.parties.push(ImportParty {
                key: party.key.clone(),
                name: party.name.clone(),
                country: party.country.as_ref().map(ToString::to_string),
                similar: party.similar.clone(),
            });
        }
    }

    pub(super) fn source(&mut self, source: &NewSource) {
        self.counts.new_sources += 1;
        self.name(&source.key, source.url.as_ref().or(source.title.as_ref()));
    }

    fn name(&mut self, key: &str, name: Option<&String>) {
        if let Some(name) = name.filter(|_| self.names.len() < NAMES) {
            self.names.insert(key.to_owned(), format!("{key} {name}"));
        }
    }

    pub(super) fn add(&mut self, item: &PlanItem) {
        self.counts.add(item);
        let of_sort = self
            .items
            .iter()
            .filter(|(action, _)| *action == item.action);
        let is_telling = item.action != Action::Same
            || !item.only_in_registry.is_empty()
            || !item.findings.is_empty();
        if is_telling && of_sort.count() < IMPORT_SHOWN {
            self.items.push((item.action, shown(item, &self.names)));
        }
    }

    pub(super) fn report(self, file: String) -> ImportPlan {
        let counts = self.counts;
        let mut parts: Vec<ImportPart> = Vec::new();
        let mut items = self.items;
        for action in ORDER {
            let counted = match action {
                Action::Add => counts.add,
                Action::Change => counts.change,
                Action::Same => counts.same,
                Action::Possible => counts.possible,
                Action::Reject => counts.reject,
                Action::RefusedBefore => counts.refused_before,
            };
            let (of_sort, others) = items.into_iter().partition(|(of, _)| *of == action);
            items = others;
            let of_sort: Vec<(Action, ImportItem)> = of_sort;
            parts.push(ImportPart {
                action: action.word(),
                projects: counted.projects,
                rows: counted.rows,
                items: of_sort.into_iter().map(|(_, item)| item).collect(),
            });
        }
        ImportPlan {
            file,
            rows_read: counts.rows_read,
            rows_skipped: counts.rows_skipped,
            new_parties: counts.new_parties,
            new_sources: counts.new_sources,
            parties: self.parties,
            parts,
        }
    }
}

fn shown(item: &PlanItem, names: &HashMap<String, String>) -> ImportItem {
    let named = |value: &Value| match value.as_str().and_then(|text| names.get(text)) {
        Some(name) => name.as_str().into(),
        None => value.clone(),
    };
    let candidates = item.candidates.iter().map(|candidate| {
        (
            candidate.code.to_string(),
            candidate.title.clone(),
            candidate.score,
            candidate.reasons.clone(),
        )
    });
    let changes = item.changes.iter().map(|change| {
        (
            change.field.clone(),
            named(&change.before),
            named(&change.after),
        )
    });
    let findings = item
        .findings
        .iter()
        .map(|finding| (finding.column.clone(), finding.message.clone()));
    ImportItem {
        rows: item.rows.clone(),
        decision: item.decision.to_string(),
        code: item.code.as_ref().map(ToString::to_string),
        title: item.title.clone(),
        matched_by: item.matched_by.map(crate::exchange::MatchedBy::word),
        changes: changes.collect(),
        candidates: candidates.collect(),
        backward: item.backward.clone(),
        only_in_registry: item.only_in_registry.clone(),
        findings: findings.collect(),
    }
}

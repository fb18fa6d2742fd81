//! What is shown of a plan while it is written.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::Value;

use super::planning::new_facts;
use crate::domain::Language;
use crate::error::Error;
use crate::exchange::{Action, NewParty, NewSource, PlanCounts, PlanItem, PlannedFinding, merge};
use crate::report::{
    Glossary, IMPORT_SHOWN, IMPORT_SHOWN_WHOLE, ImportFindings, ImportItem, ImportPart,
    ImportParty, ImportPlan, ImportReading,
};
use crate::store::{Currency, Kind, Reader};

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
    pub(super) reading: ImportReading,
    items: Vec<(Action, ImportItem)>,
    /// By column and kind.
    findings: BTreeMap<(Option<String>, &'static str), ImportFindings>,
    parties: Vec<ImportParty>,
    /// What keys of new parties and sources stand for.
    names: HashMap<(Kind, String), String>,
}

/// Names that are kept for showing.
const NAMES: usize = 2000;

impl Summing {
    pub(super) fn party(&mut self, party: &NewParty) {
        self.counts.new_parties += 1;
        self.name(Kind::Party, &party.key, Some(&party.name));
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
        let name = source.url.as_ref().or(source.title.as_ref());
        self.name(Kind::Source, &source.key, name);
    }

    fn name(&mut self, kind: Kind, key: &str, name: Option<&String>) {
        if let Some(name) = name.filter(|_| self.names.len() < NAMES) {
            self.names.insert((kind, key.to_owned()), name.clone());
        }
    }

    pub(super) fn add(&mut self, item: &PlanItem) -> Result<(), Error> {
        self.counts.add(item);
        for finding in &item.findings {
            let kind = (finding.column.clone(), finding.said.what.word());
            let known = self.findings.entry(kind).or_insert_with(|| ImportFindings {
                count: 0,
                first: finding.shown(),
            });
            known.count += 1;
        }
        let of_sort = self
            .items
            .iter()
            .filter(|(action, _)| *action == item.action);
        let is_telling = item.action != Action::Same
            || !item.only_in_registry.is_empty()
            || !item.findings.is_empty();
        let count = of_sort.count();
        if is_telling && count < IMPORT_SHOWN {
            let is_whole = item.action == Action::Add && count < IMPORT_SHOWN_WHOLE;
            self.items.push((item.action, shown(item, is_whole)?));
        }
        Ok(())
    }

    /// The names of what the shown projects refer to, and the decimals of their currencies.
    pub(super) fn glossary(
        &self,
        reader: &mut Reader<'_>,
        language: Language,
    ) -> Result<Glossary, Error> {
        let mut glossary = Glossary::default();
        for currency in reader.all::<Currency>()? {
            glossary.add(&currency.into(), language);
        }
        for ((kind, key), name) in &self.names {
            glossary.put(*kind, key, name);
        }
        let mut wanted = BTreeSet::new();
        for (_, item) in &self.items {
            for change in &item.changes {
                for value in [&change.before, &change.after] {
                    wanted.extend(references(change.list.as_deref(), value));
                }
            }
            for only in &item.only_in_registry {
                wanted.extend(references(Some(&only.list), &only.item));
            }
        }
        for (kind, code) in wanted {
            if let Some(document) = reader.last_document(kind, &code)? {
                glossary.add(&document, language);
            }
        }
        Ok(glossary)
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
        let mut findings: Vec<ImportFindings> = self.findings.into_values().collect();
        findings.sort_by_key(|findings| std::cmp::Reverse(findings.count));
        ImportPlan {
            file,
            findings,
            reading: self.reading,
            rows_read: counts.rows_read,
            rows_skipped: counts.rows_skipped,
            new_parties: counts.new_parties,
            new_sources: counts.new_sources,
            parties: self.parties,
            parts,
        }
    }
}

fn shown(item: &PlanItem, is_whole: bool) -> Result<ImportItem, Error> {
    let candidates = item.candidates.iter().map(|candidate| {
        (
            candidate.code.to_string(),
            candidate.title.clone(),
            candidate.score,
            candidate.reasons.clone(),
        )
    });
    let changes = if is_whole {
        let facts = new_facts(item)?;
        merge(&item.proposed, Err(facts), item.accept_backward).changes(None)
    } else {
        item.changes.clone()
    };
    let findings = item.findings.iter().map(PlannedFinding::shown);
    Ok(ImportItem {
        rows: item.rows.clone(),
        decision: item.decision.to_string(),
        code: item.code.as_ref().map(ToString::to_string),
        title: item.title.clone(),
        matched_by: item.matched_by.map(crate::exchange::MatchedBy::word),
        changes,
        candidates: candidates.collect(),
        backward: item.backward.clone(),
        only_in_registry: item.only_in_registry.clone(),
        findings: findings.collect(),
    })
}

/// The parties and sources that are named in the items of `list`, or in what is stated once.
fn references(list: Option<&str>, value: &Value) -> Vec<(Kind, String)> {
    let one = |kind, value: Option<&Value>| {
        let code = value.and_then(Value::as_str);
        code.map(|code| (kind, code.to_owned()))
    };
    match list {
        Some("citations") => one(Kind::Source, Some(value)).into_iter().collect(),
        _ => [
            one(Kind::Party, value.get("party")),
            one(Kind::Source, value.get("source")),
        ]
        .into_iter()
        .flatten()
        .collect(),
    }
}

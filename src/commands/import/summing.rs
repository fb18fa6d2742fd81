//! What is shown of a plan: counts of what changes, each bad value once, and the first projects of every sort.

use std::collections::{BTreeSet, HashMap};

use serde_json::Value;

use super::planning::new_facts;
use crate::domain::{Language, RowSet, seeded_id};
use crate::error::Error;
use crate::exchange::{
    Action, Decision, Effect, MissingProject, NewParty, NewSource, PlanCounts, PlanItem,
    PlannedFinding, PlannedParty, completion, merge, party_changes,
};
use crate::report::{
    ChangeTally, FindingTally, Glossary, IMPORT_SHOWN, IMPORT_SHOWN_WHOLE, ImportItem,
    ImportMissing, ImportPart, ImportParty, ImportPlan, ImportReading,
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
    steps_back: Vec<ImportItem>,
    asked: u64,
    questions: Vec<ImportItem>,
    backward_rows: RowSet,
    changes: ChangeTally,
    findings: FindingTally,
    parties: Vec<ImportParty>,
    missing: Vec<ImportMissing>,
    /// What keys of new parties and sources stand for.
    names: HashMap<(Kind, String), String>,
    /// Whether the rows are about parties, not projects.
    is_of_parties: bool,
}

/// Names that are kept for showing.
const NAMES: usize = 2000;

impl Summing {
    /// Of a plan for a party sheet.
    pub(super) fn of_parties() -> Self {
        Self {
            is_of_parties: true,
            ..Self::default()
        }
    }

    pub(super) fn party_record(&mut self, item: &PlannedParty) {
        self.is_of_parties = true;
        self.counts.add_party(item);
        if item.action == Action::Change {
            self.changes.add(false, &item.changes, None);
        }
        for finding in &item.findings {
            self.findings.add(finding.shown());
        }
        if item.action != Action::Same || !item.findings.is_empty() {
            self.keep(item.action, |is_whole| Ok(shown_party(item, is_whole)))
                .unwrap_or_default();
        }
    }

    pub(super) fn party(&mut self, party: &NewParty) {
        self.counts.new_parties += 1;
        self.name(Kind::Party, &party.key, Some(&party.name));
        // Those that resemble known ones are for a person to look at: the others do not crowd them out.
        let is_alike = !party.similar.is_empty();
        let of_sort = self.parties.iter();
        let of_sort = of_sort.filter(|other| other.similar.is_empty() != is_alike);
        if of_sort.count() < IMPORT_SHOWN {
            self.parties.push(shown_new(party));
        }
    }

    pub(super) fn missing(&mut self, missing: &MissingProject) {
        self.counts.missing += 1;
        if self.missing.len() < IMPORT_SHOWN {
            self.missing.push(ImportMissing {
                code: missing.code.to_string(),
                list: missing.scheme.clone(),
                key: missing.identifier.clone(),
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
        if matches!(item.action, Action::Add | Action::Change) {
            let is_new = item.action == Action::Add;
            self.changes.add(is_new, &item.changes, item.status);
        }
        for finding in &item.findings {
            self.findings.add(finding.shown());
        }
        if !item.backward.is_empty() {
            item.rows
                .iter()
                .for_each(|row| self.backward_rows.add(*row));
            if self.steps_back.len() < IMPORT_SHOWN {
                self.steps_back.push(shown(item, false)?);
            }
        }
        let is_question = item.action != Action::Possible && item.backward.is_empty();
        if is_question && item.decision == Decision::Open && item.asks() {
            self.asked += 1;
            if self.questions.len() < IMPORT_SHOWN {
                self.questions.push(question(item)?);
            }
        }
        let is_telling = item.action != Action::Same
            || !item.only_in_registry.is_empty()
            || !item.findings.is_empty();
        if is_telling {
            self.keep(item.action, |is_whole| shown(item, is_whole))?;
        }
        Ok(())
    }

    /// Keeps one of the first items of a sort; `shown` says whether it is shown whole.
    fn keep(
        &mut self,
        action: Action,
        shown: impl FnOnce(bool) -> Result<ImportItem, Error>,
    ) -> Result<(), Error> {
        let of_sort = self.items.iter();
        let count = of_sort.filter(|(of, _)| *of == action).count();
        if count < IMPORT_SHOWN {
            let is_whole = action == Action::Add && count < IMPORT_SHOWN_WHOLE;
            self.items.push((action, shown(is_whole)?));
        }
        Ok(())
    }

    /// The names of what the shown projects refer to, and the decimals of their currencies.
    pub(super) fn glossary(
        &self,
        reader: &mut Reader<'_>,
        language: Language,
    ) -> Result<Glossary, Error> {
        let items = self.items.iter().map(|(_, item)| item);
        self.glossary_of(items, reader, language)
    }

    /// The same of other items of the plan.
    pub(super) fn glossary_of<'i>(
        &self,
        items: impl Iterator<Item = &'i ImportItem>,
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
        for item in items {
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

    /// The report. `mapping` is the text of the mapping that the file is read through.
    pub(super) fn report(self, file: String, mapping: Option<&str>) -> ImportPlan {
        let counts = self.counts;
        let mut parts: Vec<ImportPart> = Vec::new();
        let mut items = self.items;
        for action in ORDER {
            let counted = counts.of(action);
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
        let (findings, more_findings) = self.findings.finish();
        ImportPlan {
            file,
            records: if self.is_of_parties {
                Kind::Party
            } else {
                Kind::Project
            },
            reading: self.reading,
            rows_read: counts.rows_read,
            rows_skipped: counts.rows_skipped,
            outcome: counts.rows,
            money: counts.money,
            missing: counts.missing,
            missing_projects: self.missing,
            new_parties: counts.new_parties,
            new_sources: counts.new_sources,
            backward: counts.backward,
            backward_rows: self.backward_rows.shortened(8),
            fields: self.changes.fields(),
            transitions: self.changes.transitions(),
            completion: mapping.map_or_else(Vec::new, |text| completion(text, &findings)),
            findings,
            more_findings,
            steps_back: self.steps_back,
            asked: self.asked,
            questions: self.questions,
            parties: self.parties,
            parts,
        }
    }
}

/// An item as it is shown; with `is_whole`, what a new project would be.
pub(super) fn shown(item: &PlanItem, is_whole: bool) -> Result<ImportItem, Error> {
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

/// An item with what is asked about it alone.
fn question(item: &PlanItem) -> Result<ImportItem, Error> {
    let asked = |finding: &&PlannedFinding| finding.effect == Effect::Ask;
    let findings = item.findings.iter().filter(asked);
    Ok(ImportItem {
        findings: findings.map(PlannedFinding::shown).collect(),
        ..shown(item, false)?
    })
}

/// A new party as it is shown.
pub(super) fn shown_new(party: &NewParty) -> ImportParty {
    ImportParty {
        key: party.key.clone(),
        name: party.name.clone(),
        country: party.country.as_ref().map(ToString::to_string),
        similar: party.similar.clone(),
    }
}

/// The same of a row about a party.
pub(super) fn shown_party(item: &PlannedParty, is_whole: bool) -> ImportItem {
    let candidates = item.candidates.iter().map(|candidate| {
        (
            candidate.code.clone(),
            candidate.name.clone(),
            candidate.score,
            candidate.reasons.clone(),
        )
    });
    let changes = if is_whole {
        let code = item.code.as_deref().unwrap_or_default();
        party_changes(None, &item.proposed.as_new(code, seeded_id("party", code)))
    } else {
        item.changes.clone()
    };
    ImportItem {
        rows: item.rows.clone(),
        decision: item.decision.to_string(),
        code: item.code.clone(),
        title: item.name.clone(),
        matched_by: item.matched_by.map(crate::exchange::MatchedBy::word),
        changes,
        candidates: candidates.collect(),
        backward: Vec::new(),
        only_in_registry: Vec::new(),
        findings: item.findings.iter().map(PlannedFinding::shown).collect(),
    }
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

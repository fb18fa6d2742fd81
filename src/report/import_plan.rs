//! A plan of an import, for reading: how much of what, and the projects that somebody should look at.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;

use super::{FieldChange, How, ImportReading, MoneyTotals, RowTotals, Said};
use crate::domain::{PartialDate, RowSet, Status};
use crate::store::Kind;

/// What a file would do to the registry. The plan itself has every project; this has the first of each sort.
#[derive(Debug, Serialize)]
pub(crate) struct ImportPlan {
    pub(crate) file: String,
    /// What the rows are about: projects, or parties.
    pub(crate) records: Kind,
    #[serde(flatten)]
    pub(crate) reading: ImportReading,
    pub(crate) rows_read: u64,
    pub(crate) rows_skipped: u64,
    /// The rows by what becomes of them; with those that were skipped they add up to the rows that were read.
    pub(crate) outcome: RowTotals,
    /// Money by currency.
    pub(crate) money: MoneyTotals,
    /// Projects of the list of which the file does not speak any more.
    pub(crate) missing: u64,
    /// At most [`SHOWN`] of them.
    pub(crate) missing_projects: Vec<ImportMissing>,
    pub(crate) new_parties: u64,
    pub(crate) new_sources: u64,
    /// Projects with a status that goes back, and their rows.
    pub(crate) backward: u64,
    pub(crate) backward_rows: String,
    /// What changes in projects that are there, by field.
    pub(crate) fields: Vec<ChangedField>,
    /// What changes in the status of projects, new ones included.
    pub(crate) transitions: Vec<CountedTransition>,
    /// What is wrong with cells and rows: each different value once, the most frequent first.
    pub(crate) findings: Vec<ImportFindings>,
    /// Findings on values that are not among them, because there are too many.
    pub(crate) more_findings: u64,
    /// Lines of TOML that complete the mapping: what to say of the values that it does not list.
    pub(crate) completion: Vec<String>,
    /// At most [`SHOWN`] of the projects with a status that goes back.
    pub(crate) steps_back: Vec<ImportItem>,
    /// Projects of which a row is asked about, whether they are new or not; at most [`SHOWN`] of them.
    pub(crate) asked: u64,
    pub(crate) questions: Vec<ImportItem>,
    /// At most [`SHOWN`] of the new parties that resemble known ones, and of the others.
    pub(crate) parties: Vec<ImportParty>,
    pub(crate) parts: Vec<ImportPart>,
}

/// How many projects change in a field, or in a list, and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct ChangedField {
    pub(crate) field: String,
    pub(crate) projects: u64,
    /// Values and items, of which a project may have several.
    pub(crate) added: u64,
    pub(crate) changed: u64,
    pub(crate) removed: u64,
}

/// A status before and after; none where none is stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Transition {
    pub(crate) from: Option<Status>,
    pub(crate) to: Option<Status>,
}

/// How many projects go from one status to another.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct CountedTransition {
    /// Whether the projects are new.
    pub(crate) is_new: bool,
    #[serde(flatten)]
    pub(crate) status: Transition,
    pub(crate) projects: u64,
}

/// Counts what changes, project by project.
#[derive(Debug, Default)]
pub(crate) struct ChangeTally {
    fields: BTreeMap<String, ChangedField>,
    transitions: BTreeMap<(bool, Transition), u64>,
}

impl ChangeTally {
    /// Counts what changes in one project.
    pub(crate) fn add(
        &mut self,
        is_new: bool,
        changes: &[FieldChange],
        status: Option<Transition>,
    ) {
        if let Some(status) = status {
            *self.transitions.entry((is_new, status)).or_default() += 1;
        }
        let mut seen = BTreeSet::new();
        for change in changes {
            let Some(field) = change.list.as_deref().or(change.field.as_deref()) else {
                continue;
            };
            if !self.fields.contains_key(field) {
                let new = ChangedField::new(field);
                self.fields.insert(field.to_owned(), new);
            }
            let Some(counted) = self.fields.get_mut(field) else {
                continue;
            };
            counted.projects += u64::from(seen.insert(field));
            *match change.change {
                How::Added => &mut counted.added,
                How::Changed => &mut counted.changed,
                How::Removed => &mut counted.removed,
            } += 1;
        }
    }

    /// The fields, the most frequently changed first.
    pub(crate) fn fields(&self) -> Vec<ChangedField> {
        let mut fields: Vec<ChangedField> = self.fields.values().cloned().collect();
        fields.sort_by_key(|field| std::cmp::Reverse(field.projects));
        fields
    }

    /// The transitions in the order of the statuses, those of new projects last.
    pub(crate) fn transitions(&self) -> Vec<CountedTransition> {
        let counted = self.transitions.iter();
        counted
            .map(|((is_new, status), projects)| CountedTransition {
                is_new: *is_new,
                status: *status,
                projects: *projects,
            })
            .collect()
    }
}

impl ChangedField {
    fn new(field: &str) -> Self {
        Self {
            field: field.to_owned(),
            projects: 0,
            added: 0,
            changed: 0,
            removed: 0,
        }
    }
}

/// Findings on the same value of one column for the same reason.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ImportFindings {
    pub(crate) count: u64,
    /// Where they are: `3-7, 12`.
    #[serde(serialize_with = "as_text")]
    pub(crate) rows: RowSet,
    /// The first one.
    #[serde(flatten)]
    pub(crate) first: ImportFinding,
}

fn as_text<S: Serializer>(rows: &RowSet, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(rows)
}

/// Different values of findings that are kept.
const KEPT: usize = 5000;

/// Gathers findings: each different value of a column with its reason once.
#[derive(Debug, Default)]
pub(crate) struct FindingTally {
    findings: BTreeMap<(Option<String>, String, Said), ImportFindings>,
    more: u64,
}

impl FindingTally {
    /// Counts a finding.
    pub(crate) fn add(&mut self, finding: ImportFinding) {
        let key = (
            finding.column.clone(),
            finding.value.clone(),
            finding.said.clone(),
        );
        let row = finding.row;
        if !self.findings.contains_key(&key) && self.findings.len() >= KEPT {
            self.more += 1;
            return;
        }
        let known = self.findings.entry(key).or_insert_with(|| ImportFindings {
            count: 0,
            rows: RowSet::default(),
            first: finding,
        });
        known.count += 1;
        known.rows.add(row);
    }

    /// The findings, the most frequent first, and how many more there are.
    pub(crate) fn finish(self) -> (Vec<ImportFindings>, u64) {
        let mut findings: Vec<ImportFindings> = self.findings.into_values().collect();
        findings.sort_by_key(|findings| (std::cmp::Reverse(findings.count), findings.first.row));
        (findings, self.more)
    }
}

/// A party that the registry does not know.
#[derive(Debug, Serialize)]
pub(crate) struct ImportParty {
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) country: Option<String>,
    /// Codes of parties with a similar name.
    pub(crate) similar: Vec<String>,
}

/// A project that was read from the list before, and of which the file does not speak any more.
#[derive(Debug, Serialize)]
pub(crate) struct ImportMissing {
    pub(crate) code: String,
    pub(crate) list: String,
    pub(crate) key: String,
}

/// The projects of one sort.
#[derive(Debug, Default, Serialize)]
pub(crate) struct ImportPart {
    pub(crate) action: &'static str,
    pub(crate) projects: u64,
    pub(crate) rows: u64,
    /// At most [`SHOWN`].
    pub(crate) items: Vec<ImportItem>,
}

/// A status that goes back behind one that was reached.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct StepBack {
    pub(crate) status: Status,
    pub(crate) on_date: PartialDate,
    pub(crate) behind: Status,
    pub(crate) behind_on: PartialDate,
}

/// An item of a list that the registry has and the file does not name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct OnlyThere {
    pub(crate) list: String,
    /// As in the document of the project.
    pub(crate) item: Value,
    /// Whether the list stated it before.
    #[serde(default, skip_serializing_if = "is_false")]
    pub(crate) no_longer_in_list: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
fn is_false(value: &bool) -> bool {
    !value
}

impl OnlyThere {
    /// What the list stated before and does not state any more.
    pub(crate) fn gone(list: &str, item: &impl Serialize) -> Self {
        Self {
            no_longer_in_list: true,
            ..Self::new(list, item)
        }
    }

    pub(crate) fn new(list: &str, item: &impl Serialize) -> Self {
        Self {
            list: list.to_owned(),
            item: serde_json::to_value(item).unwrap_or_default(),
            no_longer_in_list: false,
        }
    }
}

/// How many new projects are shown whole.
pub(crate) const SHOWN_WHOLE: usize = 5;

/// How many projects of one sort are shown.
pub(crate) const SHOWN: usize = 60;

/// The parts of a score, each with its weight.
pub(crate) type Weights = Vec<(String, f64)>;

/// A project of the plan.
#[derive(Debug, Serialize)]
pub(crate) struct ImportItem {
    pub(crate) rows: Vec<u64>,
    pub(crate) decision: String,
    pub(crate) code: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) matched_by: Option<&'static str>,
    /// What would change; of a new project that is shown whole, what it would be.
    pub(crate) changes: Vec<FieldChange>,
    /// Code, title, score, reasons.
    pub(crate) candidates: Vec<(String, String, f64, Weights)>,
    pub(crate) backward: Vec<StepBack>,
    pub(crate) only_in_registry: Vec<OnlyThere>,
    pub(crate) findings: Vec<ImportFinding>,
}

/// What is wrong with a cell, or with a row.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ImportFinding {
    pub(crate) row: u64,
    pub(crate) column: Option<String>,
    pub(crate) value: String,
    #[serde(flatten)]
    pub(crate) said: Said,
}

/// What became of a plan.
#[derive(Debug, Default, Serialize)]
pub(crate) struct ImportResult {
    pub(crate) batch: Option<i64>,
    pub(crate) dry_run: bool,
    pub(crate) added: u64,
    pub(crate) changed: u64,
    /// The registry says so already.
    pub(crate) unchanged: u64,
    pub(crate) rejected: u64,
    /// Nobody decided on them.
    pub(crate) open: u64,
    pub(crate) new_parties: u64,
    pub(crate) new_sources: u64,
    /// Refusals that are remembered.
    pub(crate) remembered: u64,
    pub(crate) rejected_rows: u64,
    /// Of those on which nobody decided: with a status that goes back.
    pub(crate) backward: u64,
}

//! A plan of an import, for reading: how much of what, and the projects that somebody should look at.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{FieldChange, Said};
use crate::domain::{PartialDate, Status};

/// What a file would do to the registry. The plan itself has every project; this has the first of each sort.
#[derive(Debug, Serialize)]
pub(crate) struct ImportPlan {
    pub(crate) file: String,
    #[serde(flatten)]
    pub(crate) reading: ImportReading,
    pub(crate) rows_read: u64,
    pub(crate) rows_skipped: u64,
    pub(crate) new_parties: u64,
    pub(crate) new_sources: u64,
    /// What is wrong with cells and rows, by column and kind, the most frequent first.
    pub(crate) findings: Vec<ImportFindings>,
    /// At most [`SHOWN`] of the new parties.
    pub(crate) parties: Vec<ImportParty>,
    pub(crate) parts: Vec<ImportPart>,
}

/// Findings of one kind in one column.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ImportFindings {
    pub(crate) count: u64,
    /// The first one.
    #[serde(flatten)]
    pub(crate) first: ImportFinding,
}

/// What a file turned out to be: shown, so that a wrong reading is seen.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct ImportReading {
    /// `csv`, `xlsx`, `xls`, `ods`, `json` or `ndjson`.
    pub(crate) read_as: String,
    pub(crate) encoding: Option<String>,
    /// What stands between cells, and what encloses them.
    #[serde(default)]
    pub(crate) delimiter: Option<char>,
    #[serde(default)]
    pub(crate) quote: Option<char>,
    #[serde(default)]
    pub(crate) sheet: Option<String>,
    /// The row in which the headings begin, from 1; 0 where they stand in every row.
    pub(crate) header_row: u64,
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
}

impl OnlyThere {
    pub(crate) fn new(list: &str, item: &impl Serialize) -> Self {
        Self {
            list: list.to_owned(),
            item: serde_json::to_value(item).unwrap_or_default(),
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
}

/// A mapping that the registry keeps. JSON is the array of them.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub(crate) struct MappingList(pub(crate) Vec<KeptMapping>);

/// Its name, how long it is, and what it says that it is for.
#[derive(Debug, Serialize)]
pub(crate) struct KeptMapping {
    pub(crate) name: String,
    pub(crate) lines: usize,
    pub(crate) about: Option<String>,
}

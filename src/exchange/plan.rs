//! The plan of an import: what a file would do to the registry, for a person to read and to decide before anything changes.
//!
//! A plan is a file of lines, each a JSON object whose `line` says what it is: one `header`, then for every project that the
//! file speaks of one `project`, before it the `party` and the `source` lines of the new ones that it names, then `intake`
//! (what the file turned out to be) and `counts`. So it can be written and read a line at a time, however long it is.

mod file;
mod merge;
mod proposed;
mod row;

use serde::{Deserialize, Serialize};

pub(crate) use file::{PlanReader, PlanWriter};
pub(crate) use merge::{Merged, merge};
pub(crate) use proposed::{Proposed, hex};
pub(crate) use row::PlannedRow;

use super::CellFinding;
use crate::domain::{Confidence, CountryCode, Invalid, Moment, PartyKind, ProjectCode};
use crate::report::{FieldChange, ImportFinding, ImportReading, OnlyThere, Said, StepBack};

/// The version of the form, in the header.
pub(crate) const PLAN_FORM: u32 = 1;

/// A line of a plan.
#[derive(Debug, Serialize)]
#[serde(tag = "line", rename_all = "snake_case")]
#[expect(
    clippy::large_enum_variant,
    reason = "nearly all lines are projects, and one is in memory at a time"
)]
pub(crate) enum PlanLine {
    Header(PlanHeader),
    Party(NewParty),
    Source(NewSource),
    Project(PlanItem),
    Intake(PlannedIntake),
    Counts(PlanCounts),
}

/// What the plan was made from, and for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct PlanHeader {
    pub(crate) form: u32,
    pub(crate) made_at: Moment,
    pub(crate) file: PlannedFile,
    /// The mapping that the file was read through; none for a project sheet.
    pub(crate) mapping: Option<PlannedMapping>,
    pub(crate) registry: PlannedRegistry,
}

/// The file that was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct PlannedFile {
    pub(crate) name: String,
    pub(crate) size: u64,
    pub(crate) sha256: String,
}

/// What the file turned out to be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct PlannedIntake {
    pub(crate) headings: Vec<String>,
    #[serde(flatten)]
    pub(crate) reading: ImportReading,
}

/// The mapping, as it was.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct PlannedMapping {
    pub(crate) name: String,
    pub(crate) text: String,
}

/// The registry as it was when the plan was made: a checkpoint without signatures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct PlannedRegistry {
    /// None for a registry in which nothing was recorded yet.
    pub(crate) origin: Option<String>,
    pub(crate) entries: u64,
    pub(crate) root: String,
    /// The last batch.
    pub(crate) batch: i64,
}

/// A party that the registry does not know.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct NewParty {
    /// What the plan calls it: `+p1`.
    pub(crate) key: String,
    /// The code that it has in the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) code: Option<String>,
    /// `add`, or `same CODE` when a reviewer knows it.
    pub(crate) decision: PartyDecision,
    pub(crate) name: String,
    pub(crate) country: Option<CountryCode>,
    pub(crate) kind: Option<PartyKind>,
    /// Parties that have a similar name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) similar: Vec<String>,
}

/// A source that the registry does not know.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct NewSource {
    /// What the plan calls it: `+s1`.
    pub(crate) key: String,
    /// The code that it has in the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) code: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) publisher: Option<String>,
    /// Low, unless the file says otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) confidence: Option<Confidence>,
}

/// What the file says of one project, and what becomes of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct PlanItem {
    /// Rows as a spreadsheet shows them.
    pub(crate) rows: Vec<u64>,
    pub(crate) action: Action,
    /// For a reviewer to change.
    pub(crate) decision: Decision,
    /// Why the reviewer decided so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) reason: Option<String>,
    /// The project of the registry that it is about.
    pub(crate) code: Option<ProjectCode>,
    pub(crate) title: Option<String>,
    /// What the project was found by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) matched_by: Option<MatchedBy>,
    /// Projects that may be meant, the likeliest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) candidates: Vec<PlannedCandidate>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) changes: Vec<FieldChange>,
    /// Statuses that go back behind those of the registry: applied only when `accept_backward` says so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) backward: Vec<StepBack>,
    #[serde(default, skip_serializing_if = "is_false")]
    pub(crate) accept_backward: bool,
    /// What the registry says and the file does not: it stays.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) only_in_registry: Vec<OnlyThere>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) findings: Vec<PlannedFinding>,
    /// SHA-256 of what the file says.
    pub(crate) digest: String,
    pub(crate) proposed: Proposed,
    /// The cells of the rows as they stood.
    pub(crate) original: Vec<PlannedRow>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
fn is_false(value: &bool) -> bool {
    !value
}

/// A finding about a cell or a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PlannedFinding {
    pub(crate) row: u64,
    pub(crate) column: Option<String>,
    pub(crate) value: String,
    #[serde(flatten)]
    pub(crate) said: Said,
    pub(crate) effect: super::Effect,
}

impl PlannedFinding {
    /// As it is shown.
    pub(crate) fn shown(&self) -> ImportFinding {
        ImportFinding {
            row: self.row,
            column: self.column.clone(),
            value: self.value.clone(),
            said: self.said.clone(),
        }
    }
}

impl From<CellFinding> for PlannedFinding {
    fn from(finding: CellFinding) -> Self {
        Self {
            row: finding.row,
            column: finding.column,
            value: finding.value,
            said: finding.said,
            effect: finding.effect,
        }
    }
}

/// A project that may be meant, with the parts of its score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct PlannedCandidate {
    pub(crate) code: ProjectCode,
    pub(crate) title: String,
    pub(crate) score: f64,
    pub(crate) reasons: Vec<(String, f64)>,
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        pub(crate) enum $name {
            $($(#[$variant_doc])* #[serde(rename = $word)] $variant),+
        }

        impl $name {
            pub(crate) fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }
    };
}

words! {
    /// What the plan proposes.
    Action {
        Add "add",
        Change "change",
        /// The registry says all of it already.
        Same "same",
        /// It may be a project that is there already: somebody must decide.
        Possible "possible",
        Reject "reject",
        /// A reviewer refused the same proposal before.
        RefusedBefore "refused_before",
    }
}

words! {
    /// What a project was found by.
    MatchedBy {
        Code "code",
        Identifier "identifier",
        ListNumber "list_number",
        Parties "parties",
        Title "title",
        /// An agreement of which only the existence was known.
        FreeSlot "free_slot",
        Reviewer "reviewer",
    }
}

/// What a reviewer decided, or the plan for them. In JSON `accept`, `reject`, `open` or `same P-0012`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Decision {
    Accept,
    Reject,
    /// Nobody decided yet: nothing happens.
    Open,
    /// It is that project.
    Same(ProjectCode),
}

/// What becomes of a new party. In JSON `add` or `same CODE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PartyDecision {
    Add,
    Same(String),
}

impl std::fmt::Display for Decision {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Accept => formatter.pad("accept"),
            Self::Reject => formatter.pad("reject"),
            Self::Open => formatter.pad("open"),
            Self::Same(code) => write!(formatter, "same {code}"),
        }
    }
}

impl std::str::FromStr for Decision {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let why = "write accept, reject, open, or same and the code of a project";
        match text.split_once(' ') {
            Some(("same", code)) => code.trim().parse().map(Self::Same),
            _ => match text {
                "accept" => Ok(Self::Accept),
                "reject" => Ok(Self::Reject),
                "open" => Ok(Self::Open),
                _ => Err(Invalid::new("a decision", text, why)),
            },
        }
    }
}

impl std::fmt::Display for PartyDecision {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Add => formatter.pad("add"),
            Self::Same(code) => write!(formatter, "same {code}"),
        }
    }
}

impl std::str::FromStr for PartyDecision {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let why = "write add, or same and the code of a party";
        match text.split_once(' ') {
            Some(("same", code)) => Ok(Self::Same(code.trim().to_owned())),
            _ if text == "add" => Ok(Self::Add),
            _ => Err(Invalid::new("a decision on a party", text, why)),
        }
    }
}

crate::domain::text_in_json!(Decision, PartyDecision);

/// How many projects and rows came to what. The rows add up to those that were read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PlanCounts {
    pub(crate) rows_read: u64,
    /// Rows that the mapping leaves aside.
    pub(crate) rows_skipped: u64,
    pub(crate) add: Counted,
    pub(crate) change: Counted,
    pub(crate) same: Counted,
    pub(crate) possible: Counted,
    pub(crate) reject: Counted,
    pub(crate) refused_before: Counted,
    pub(crate) new_parties: u64,
    pub(crate) new_sources: u64,
    /// Projects with a status that goes back.
    pub(crate) backward: u64,
}

/// Projects, and the rows that speak of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Counted {
    pub(crate) projects: u64,
    pub(crate) rows: u64,
}

impl PlanCounts {
    pub(crate) fn add(&mut self, item: &PlanItem) {
        let counted = match item.action {
            Action::Add => &mut self.add,
            Action::Change => &mut self.change,
            Action::Same => &mut self.same,
            Action::Possible => &mut self.possible,
            Action::Reject => &mut self.reject,
            Action::RefusedBefore => &mut self.refused_before,
        };
        counted.projects += 1;
        counted.rows += u64::try_from(item.rows.len()).unwrap_or_default();
        self.backward += u64::from(!item.backward.is_empty());
    }

    /// Rows of all projects and those that were skipped.
    pub(crate) fn rows_accounted_for(&self) -> u64 {
        let counted = [
            self.add,
            self.change,
            self.same,
            self.possible,
            self.reject,
            self.refused_before,
        ];
        counted.iter().map(|counted| counted.rows).sum::<u64>() + self.rows_skipped
    }
}

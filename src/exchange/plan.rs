//! The plan of an import: what a file would do to the registry, for a person to read and to decide before anything changes.
//!
//! A plan is a file of lines, each a JSON object whose `line` says what it is: one `header`, then for every project that the
//! file speaks of one `project`, before it the `party` and the `source` lines of the new ones that it names, then `intake`
//! (what the file turned out to be) and `counts`. So it can be written and read a line at a time, however long it is.

mod completion;
mod file;
mod header;
mod merge;
mod party;
mod proposed;
mod row;
mod statement;
mod totals;

use serde::{Deserialize, Serialize};

pub(crate) use completion::completion;
pub(crate) use file::{PlanReader, PlanWriter};
pub(crate) use header::{PlanHeader, PlannedFile, PlannedIntake, PlannedMapping, PlannedRegistry};
pub(crate) use merge::{Merged, merge};
pub(crate) use party::{
    PartyCandidate, PlannedParty, ProposedParty, RecordDecision, party_changes,
};
pub(crate) use proposed::{Listed, OnMissing, Proposed, hex};
pub(crate) use row::PlannedRow;
pub(crate) use totals::PlanCounts;

use super::CellFinding;
use crate::domain::{Confidence, CountryCode, Invalid, PartyKind, ProjectCode};
use crate::report::{
    FieldChange, ImportFinding, MoneyTotals, OnlyThere, Said, StepBack, Transition,
};

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
    /// A row of a party sheet.
    PartyRecord(PlannedParty),
    Project(PlanItem),
    Missing(MissingProject),
    Intake(PlannedIntake),
    Counts(PlanCounts),
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

/// A project that was read from the list before, and of which the file does not speak any more. It stays as it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct MissingProject {
    pub(crate) code: ProjectCode,
    pub(crate) scheme: String,
    pub(crate) identifier: String,
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
    /// The status of the project before and after, where it changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) status: Option<Transition>,
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
    /// Money in the rows, and how much of it is recorded when the project is taken.
    #[serde(default, skip_serializing_if = "MoneyTotals::is_empty")]
    pub(crate) money: MoneyTotals,
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
        /// A party by a name of it.
        Name "name",
        /// The same row of a list without a key was taken before.
        Row "row",
        /// An agreement of which only the existence was known.
        FreeSlot "free_slot",
        Reviewer "reviewer",
    }
}

/// What a reviewer decided, or the plan for them. In JSON `accept`, `reject`, `open`, `new` or `same P-0012`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Decision {
    Accept,
    Reject,
    /// Nobody decided yet: nothing happens.
    Open,
    /// It is a new project, whatever it resembles.
    New,
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
            Self::New => formatter.pad("new"),
            Self::Same(code) => write!(formatter, "same {code}"),
        }
    }
}

impl std::str::FromStr for Decision {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let why = "why-plan-decision";
        match text.split_once(' ') {
            Some(("same", code)) => code.trim().parse().map(Self::Same),
            _ => match text {
                "accept" => Ok(Self::Accept),
                "reject" => Ok(Self::Reject),
                "open" => Ok(Self::Open),
                "new" => Ok(Self::New),
                _ => Err(Invalid::new("what-decision", text, why)),
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
        let why = "why-plan-party-decision";
        match text.split_once(' ') {
            Some(("same", code)) => Ok(Self::Same(code.trim().to_owned())),
            _ if text == "add" => Ok(Self::Add),
            _ => Err(Invalid::new("what-decision-on-party", text, why)),
        }
    }
}

crate::domain::text_in_json!(Decision, PartyDecision);

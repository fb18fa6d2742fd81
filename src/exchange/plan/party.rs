//! A row of a party sheet in a plan: the party that it is about, and what becomes of it.

use serde::{Deserialize, Serialize};

use super::statement::is_same;
use super::{Action, MatchedBy, PlanCounts, PlannedFinding, PlannedRow};
use crate::domain::{CountryCode, Invalid, PartyKind, RecordId, Side};
use crate::report::{FieldChange, Flaw, Said, field_changes};
use crate::store::{Document, Identifier, OtherName, Party, PartyFacts};

/// A party as the file states it. None and an empty list: the file says nothing of it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct ProposedParty {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) id: Option<RecordId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) name_en: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) name_zh: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) name_ja: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) name_native: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) country: Option<CountryCode>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) side: Option<Side>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) kind: Option<PartyKind>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) note: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) other_names: Vec<OtherName>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) identifiers: Vec<Identifier>,
}

/// What a row says of one party, and what becomes of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct PlannedParty {
    /// Rows as a spreadsheet shows them.
    pub(crate) rows: Vec<u64>,
    pub(crate) action: Action,
    /// For a reviewer to change.
    pub(crate) decision: RecordDecision,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) reason: Option<String>,
    /// The party of the registry that it is about; of a new one, the code that the file gives it.
    pub(crate) code: Option<String>,
    pub(crate) name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) matched_by: Option<MatchedBy>,
    /// Parties that may be meant, the likeliest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) candidates: Vec<PartyCandidate>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) changes: Vec<FieldChange>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) findings: Vec<PlannedFinding>,
    /// SHA-256 of what the file says.
    pub(crate) digest: String,
    pub(crate) proposed: ProposedParty,
    /// The cells of the rows as they stood.
    pub(crate) original: Vec<PlannedRow>,
}

/// A party that may be meant, with the parts of its score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct PartyCandidate {
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) score: f64,
    pub(crate) reasons: Vec<(String, f64)>,
}

/// What a reviewer decided on a row about a party. In JSON `accept`, `new`, `reject`, `open` or `same CODE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum RecordDecision {
    /// What the plan proposes.
    Accept,
    /// It is a new party, whatever it resembles.
    New,
    Reject,
    /// Nobody decided yet: nothing happens.
    Open,
    /// It is that party.
    Same(String),
}

impl std::fmt::Display for RecordDecision {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Accept => formatter.pad("accept"),
            Self::New => formatter.pad("new"),
            Self::Reject => formatter.pad("reject"),
            Self::Open => formatter.pad("open"),
            Self::Same(code) => write!(formatter, "same {code}"),
        }
    }
}

impl std::str::FromStr for RecordDecision {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let why = "why-party-sheet-decision";
        match text.split_once(' ') {
            Some(("same", code)) => Ok(Self::Same(code.trim().to_owned())),
            _ => match text {
                "accept" => Ok(Self::Accept),
                "new" => Ok(Self::New),
                "reject" => Ok(Self::Reject),
                "open" => Ok(Self::Open),
                _ => Err(Invalid::new("what-decision", text, why)),
            },
        }
    }
}

crate::domain::text_in_json!(RecordDecision);

impl ProposedParty {
    /// The party that it would be, were it a new one under `code`. Without a kind it is of another kind.
    pub(crate) fn as_new(&self, code: &str, id: RecordId) -> Party {
        Party {
            facts: PartyFacts {
                code: code.to_owned(),
                id,
                name_en: self.name_en.clone(),
                name_zh: self.name_zh.clone(),
                name_ja: self.name_ja.clone(),
                name_native: self.name_native.clone(),
                country: self.country.clone(),
                side: self.side,
                kind: self.kind.unwrap_or(PartyKind::Other),
                note: self.note.clone(),
                general_knowledge: None,
            },
            other_names: self.other_names.clone(),
            identifiers: self.identifiers.clone(),
        }
    }

    /// The party `known` with what the file says of it. What the file does not say stays; lists are added to. A row that names
    /// the party by its code or identifier corrects it; one that only has its name adds to it: other wordings become aliases.
    pub(crate) fn merged(&self, known: &Party, by: MatchedBy) -> Party {
        let mut party = known.clone();
        if matches!(by, MatchedBy::Code | MatchedBy::Identifier) {
            let facts = &mut party.facts;
            let put = |own: &mut Option<String>, said: &Option<String>| {
                if said.is_some() && !is_same(own, said) {
                    own.clone_from(said);
                }
            };
            put(&mut facts.name_en, &self.name_en);
            put(&mut facts.name_zh, &self.name_zh);
            put(&mut facts.name_ja, &self.name_ja);
            put(&mut facts.name_native, &self.name_native);
            put(&mut facts.note, &self.note);
            if self.country.is_some() {
                facts.country.clone_from(&self.country);
            }
            facts.side = self.side.or(facts.side);
        }
        party.take_in(&self.as_new(&known.facts.code, known.facts.id));
        party.facts.kind = self.kind.unwrap_or(known.facts.kind);
        party
    }
}

/// What differs between two states of a party, field by field.
pub(crate) fn party_changes(before: Option<&Party>, after: &Party) -> Vec<FieldChange> {
    let document = |party: &Party| Document::from(party.clone());
    field_changes(before.map(document).as_ref(), Some(&document(after)))
}

impl PlannedParty {
    /// Notes what is wrong with the row.
    pub(crate) fn found(&mut self, said: impl Into<Said>, effect: crate::exchange::Effect) {
        self.findings.push(PlannedFinding {
            row: self.rows.first().copied().unwrap_or(0),
            column: None,
            value: String::new(),
            said: said.into(),
            effect,
        });
    }

    /// Rejects the row.
    pub(crate) fn refuse(&mut self, said: impl Into<Said>) {
        self.action = Action::Reject;
        self.decision = RecordDecision::Reject;
        self.found(said, crate::exchange::Effect::DropRow);
    }

    /// Asks a person: it may be a party that is there, or that another row is about.
    pub(crate) fn ask(&mut self, why: Option<(Flaw, u64)>) {
        self.action = Action::Possible;
        self.decision = RecordDecision::Open;
        if let Some((flaw, row)) = why {
            self.found(flaw.with("row", row), crate::exchange::Effect::DropValue);
        }
    }
}

impl PlanCounts {
    /// Counts a row about a party.
    pub(crate) fn add_party(&mut self, party: &PlannedParty) {
        let rows = u64::try_from(party.rows.len()).unwrap_or_default();
        let counted = self.of_mut(party.action);
        counted.projects += 1;
        counted.rows += rows;
        let totals = &mut self.rows;
        let outcome = match (&party.decision, party.action) {
            (RecordDecision::Open, _) => &mut totals.asked,
            (RecordDecision::Reject, _) | (_, Action::Reject) => &mut totals.rejected,
            (RecordDecision::New, _) => &mut totals.added,
            (_, Action::Same) => &mut totals.left_alone,
            (RecordDecision::Same(_), _) | (_, Action::Change) => &mut totals.changed,
            (RecordDecision::Accept, _) => &mut totals.added,
        };
        *outcome += rows;
    }
}

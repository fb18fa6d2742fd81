//! Which projects of a plan a decision is about: by row, by what the plan says of them, or both.

use std::str::FromStr;

use clap::Args;
use serde::de::DeserializeOwned;

use crate::commands::import::ImportError;
use crate::domain::{Invalid, RowSet};
use crate::exchange::{Action, MatchedBy, PlanItem, PlannedFinding, PlannedParty};
use crate::report::Flaw;

/// Projects of a plan, by what the plan says of them.
#[derive(Debug, Clone, Args)]
pub(in crate::commands::import) struct ChoiceArgs {
    /// Only projects of which this is true, like score>=0.9 (can be repeated). Fields: score, action, decision, finding, matched_by
    #[arg(long = "where", value_name = "CONDITION")]
    conditions: Vec<Condition>,
    /// Only projects with this action: add, change, same, possible, reject or refused_before
    #[arg(long, value_name = "ACTION", value_parser = action)]
    all: Option<Action>,
    /// Only projects with this finding, like same_title
    #[arg(long, value_name = "ID", value_parser = finding)]
    finding: Option<Flaw>,
}

impl ChoiceArgs {
    pub(in crate::commands::import) fn conditions(&self) -> Vec<Condition> {
        let mut conditions = self.conditions.clone();
        conditions.extend(self.all.map(|action| Condition::Action(action, true)));
        conditions.extend(self.finding.map(|flaw| Condition::Finding(flaw, true)));
        conditions
    }
}

/// A condition on a project of a plan, like `score>=0.9` or `finding=same_title`.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::commands::import) enum Condition {
    /// The score of the likeliest candidate.
    Score(Comparison, f64),
    Action(Action, bool),
    /// The first word of the decision so far.
    Decision(String, bool),
    Finding(Flaw, bool),
    FoundBy(String, bool),
}

/// How a number is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::commands::import) enum Comparison {
    AtLeast,
    AtMost,
    More,
    Less,
    Equal,
    Unequal,
}

/// The signs of comparisons, longer ones first.
const SIGNS: [(&str, Comparison); 7] = [
    (">=", Comparison::AtLeast),
    ("<=", Comparison::AtMost),
    ("!=", Comparison::Unequal),
    ("==", Comparison::Equal),
    (">", Comparison::More),
    ("<", Comparison::Less),
    ("=", Comparison::Equal),
];

impl Comparison {
    fn holds(self, left: f64, right: f64) -> bool {
        let order = left.total_cmp(&right);
        match self {
            Self::AtLeast => order.is_ge(),
            Self::AtMost => order.is_le(),
            Self::More => order.is_gt(),
            Self::Less => order.is_lt(),
            Self::Equal => order.is_eq(),
            Self::Unequal => order.is_ne(),
        }
    }
}

/// The word of a plan that `text` is.
fn word_of<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_value(text.into()).ok()
}

/// The action that `text` names.
fn action(text: &str) -> Result<Action, Invalid> {
    word_of(text).ok_or_else(|| {
        let why = "why-action";
        Invalid::new("what-action", text, why)
    })
}

/// The finding that `text` names.
fn finding(text: &str) -> Result<Flaw, Invalid> {
    word_of(text).ok_or_else(|| {
        let why = "why-finding";
        Invalid::new("what-finding", text, why)
    })
}

impl FromStr for Condition {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let refuse = |why: &'static str| Invalid::new("what-condition", text, why);
        let signs = SIGNS.iter().filter_map(|(sign, comparison)| {
            let (key, value) = text.split_once(sign)?;
            Some((key.trim(), *comparison, value.trim()))
        });
        // The sign that stands first, and the longest one there.
        let (key, comparison, value) = signs
            .min_by_key(|(key, ..)| key.len())
            .ok_or_else(|| refuse("why-condition"))?;
        if key == "score" {
            let number = value
                .parse::<f64>()
                .ok()
                .filter(|number| number.is_finite());
            let number = number.ok_or_else(|| refuse("why-score-number"))?;
            return Ok(Self::Score(comparison, number));
        }
        let is = match comparison {
            Comparison::Equal => true,
            Comparison::Unequal => false,
            _ => return Err(refuse("why-words-are-equal")),
        };
        match key {
            "action" => Ok(Self::Action(action(value)?, is)),
            "finding" => Ok(Self::Finding(finding(value)?, is)),
            "decision" => Ok(Self::Decision(value.to_owned(), is)),
            "matched_by" => Ok(Self::FoundBy(value.to_owned(), is)),
            _ => Err(refuse("why-fields-of-plan")),
        }
    }
}

impl Condition {
    pub(in crate::commands::import) fn holds(&self, item: &Facts<'_>) -> bool {
        match self {
            Self::Score(comparison, number) => item
                .score
                .is_some_and(|score| comparison.holds(score, *number)),
            Self::Action(action, is) => (item.action == *action) == *is,
            Self::Finding(flaw, is) => {
                item.findings
                    .iter()
                    .any(|finding| finding.said.what == *flaw)
                    == *is
            }
            Self::Decision(word, is) => {
                (item.decision.split(' ').next() == Some(word.as_str())) == *is
            }
            Self::FoundBy(word, is) => (item.matched_by.is_some_and(|by| by.word() == word)) == *is,
        }
    }
}

/// What conditions ask about a line of a plan.
pub(in crate::commands::import) struct Facts<'a> {
    rows: &'a [u64],
    pub(in crate::commands::import) action: Action,
    pub(in crate::commands::import) decision: String,
    findings: &'a [PlannedFinding],
    matched_by: Option<MatchedBy>,
    /// Of the likeliest candidate.
    pub(in crate::commands::import) score: Option<f64>,
}

impl<'a> From<&'a PlanItem> for Facts<'a> {
    fn from(item: &'a PlanItem) -> Self {
        let scores = item.candidates.iter().map(|candidate| candidate.score);
        Self {
            rows: &item.rows,
            action: item.action,
            decision: item.decision.to_string(),
            findings: &item.findings,
            matched_by: item.matched_by,
            score: scores.max_by(f64::total_cmp),
        }
    }
}

impl<'a> From<&'a PlannedParty> for Facts<'a> {
    fn from(item: &'a PlannedParty) -> Self {
        let scores = item.candidates.iter().map(|candidate| candidate.score);
        Self {
            rows: &item.rows,
            action: item.action,
            decision: item.decision.to_string(),
            findings: &item.findings,
            matched_by: item.matched_by,
            score: scores.max_by(f64::total_cmp),
        }
    }
}

/// The projects and new parties that a decision is about.
#[derive(Debug, Default)]
pub(in crate::commands::import) struct Choice {
    rows: RowSet,
    /// Which of the ranges of rows the plan has.
    found: Vec<bool>,
    /// Keys of new parties that were not found yet.
    keys: Vec<String>,
    conditions: Vec<Condition>,
}

impl Choice {
    /// `targets` are rows, ranges of rows, and keys of new parties.
    pub(in crate::commands::import) fn new(
        targets: &[String],
        conditions: Vec<Condition>,
    ) -> Result<Self, Invalid> {
        let mut choice = Self {
            conditions,
            ..Self::default()
        };
        for target in targets {
            if target.starts_with('+') {
                choice.keys.push(target.clone());
                continue;
            }
            let rows: RowSet = target.parse()?;
            for (first, last) in rows.ranges() {
                choice.rows.add_range(*first, *last);
            }
        }
        if choice.rows.is_empty() && choice.keys.is_empty() && choice.conditions.is_empty() {
            let why = "why-choice";
            return Err(Invalid::new("what-choice", "", why));
        }
        choice.found = vec![false; choice.rows.ranges().len()];
        Ok(choice)
    }

    /// Whether the decision is about `item`, and whether one of its rows was named alone.
    pub(in crate::commands::import) fn has(&mut self, item: &Facts<'_>) -> Option<Named> {
        let mut named = None;
        for ((first, last), found) in self.rows.ranges().iter().zip(&mut self.found) {
            if item.rows.iter().any(|row| (first..=last).contains(&row)) {
                *found = true;
                let how = if first == last {
                    Named::Alone
                } else {
                    Named::AmongOthers
                };
                named = Some(named.map_or(how, |other: Named| other.max(how)));
            }
        }
        if self.rows.is_empty() && self.keys.is_empty() && !self.conditions.is_empty() {
            named = Some(Named::AmongOthers);
        }
        named.filter(|_| {
            self.conditions
                .iter()
                .all(|condition| condition.holds(item))
        })
    }

    /// Whether the decision is about the new party with this key.
    pub(in crate::commands::import) fn has_party(&mut self, key: &str) -> bool {
        let place = self.keys.iter().position(|other| other == key);
        place.map(|place| self.keys.remove(place)).is_some()
    }

    /// # Errors
    /// When the plan has not all that was named.
    pub(in crate::commands::import) fn check(&self) -> Result<(), ImportError> {
        let rows = self.rows.ranges().iter().zip(&self.found);
        if let Some(((row, _), _)) = rows.into_iter().find(|(_, found)| !**found) {
            return Err(ImportError::NoRow(*row));
        }
        match self.keys.first() {
            Some(key) => Err(ImportError::NoParty(key.clone())),
            None => Ok(()),
        }
    }
}

/// How a project was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::commands::import) enum Named {
    /// By a range or a condition.
    AmongOthers,
    /// By its own row.
    Alone,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_read_or_refused() {
        let read = |text: &str| text.parse::<Condition>();
        assert_eq!(
            read("score >= 0.9"),
            Ok(Condition::Score(Comparison::AtLeast, 0.9))
        );
        assert_eq!(read("score<1"), Ok(Condition::Score(Comparison::Less, 1.0)));
        assert_eq!(
            read("action!=add"),
            Ok(Condition::Action(Action::Add, false))
        );
        assert_eq!(
            read("finding=same_title"),
            Ok(Condition::Finding(Flaw::SameTitle, true))
        );
        for text in [
            "score",
            "score>=high",
            "score>=NaN",
            "points>3",
            "action>add",
            "action=addition",
            "finding=sametitle",
            "",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_choice_names_something() {
        assert!(Choice::new(&[], Vec::new()).is_err());
        assert!(Choice::new(&["9-4".to_owned()], Vec::new()).is_err());
        let mut choice = Choice::new(&["+p1".to_owned(), "4-6,9".to_owned()], Vec::new());
        let choice = choice.as_mut().expect("a choice");
        assert!(choice.has_party("+p1") && !choice.has_party("+p1"));
        assert!(matches!(choice.check(), Err(ImportError::NoRow(4))));
    }
}

//! How many projects and rows of a plan have which outcome, and how much money is in them. Both add up to what was read.

use serde::{Deserialize, Serialize};

use super::{Action, Decision, PlanItem};
use crate::report::{MoneyTotals, RowTotals};

/// How many projects and rows have which outcome. The rows add up to those that were read.
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
    /// Projects of the list of which the file does not speak any more.
    #[serde(default)]
    pub(crate) missing: u64,
    /// The rows by what becomes of them as the plan is decided.
    #[serde(default)]
    pub(crate) rows: RowTotals,
    /// Money by currency.
    #[serde(default)]
    pub(crate) money: MoneyTotals,
}

/// Projects, and the rows that speak of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Counted {
    pub(crate) projects: u64,
    pub(crate) rows: u64,
}

impl PlanCounts {
    pub(crate) fn add(&mut self, item: &PlanItem) {
        let counted = self.of_mut(item.action);
        let rows = u64::try_from(item.rows.len()).unwrap_or_default();
        counted.projects += 1;
        counted.rows += rows;
        self.backward += u64::from(!item.backward.is_empty());
        let is_taken = match (&item.decision, item.action) {
            (Decision::Open, _) => {
                self.rows.asked += rows;
                false
            }
            (Decision::Reject, _) | (_, Action::Reject) => {
                self.rows.rejected += rows;
                false
            }
            (Decision::Accept, Action::Same) => {
                self.rows.left_alone += rows;
                true
            }
            (Decision::Accept, Action::Change) => {
                self.rows.changed += rows;
                true
            }
            (Decision::Same(_), action) => {
                let rows_of = match action {
                    Action::Same => &mut self.rows.left_alone,
                    _ => &mut self.rows.changed,
                };
                *rows_of += rows;
                true
            }
            (Decision::Accept, Action::RefusedBefore) if item.matched_by.is_some() => {
                self.rows.changed += rows;
                true
            }
            (Decision::Accept | Decision::New, _) => {
                self.rows.added += rows;
                true
            }
        };
        self.money.add(&item.money, is_taken);
    }

    pub(super) fn of_mut(&mut self, action: Action) -> &mut Counted {
        match action {
            Action::Add => &mut self.add,
            Action::Change => &mut self.change,
            Action::Same => &mut self.same,
            Action::Possible => &mut self.possible,
            Action::Reject => &mut self.reject,
            Action::RefusedBefore => &mut self.refused_before,
        }
    }

    /// The projects and rows that come to `action`.
    pub(crate) fn of(&self, action: Action) -> Counted {
        match action {
            Action::Add => self.add,
            Action::Change => self.change,
            Action::Same => self.same,
            Action::Possible => self.possible,
            Action::Reject => self.reject,
            Action::RefusedBefore => self.refused_before,
        }
    }

    /// Rows of all projects and those that were skipped.
    pub(crate) fn rows_accounted_for(&self) -> u64 {
        let RowTotals {
            added,
            changed,
            left_alone,
            asked,
            rejected,
        } = self.rows;
        added + changed + left_alone + asked + rejected + self.rows_skipped
    }
}

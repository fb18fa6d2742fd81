//! Waivers: findings of the checks that somebody answers for, until a day.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::single_row_record;
use crate::domain::{RecordId, seeded_id};
use crate::store::backend::{Backend, Db};
use crate::store::schema::waiver;

/// A finding of one rule about one record that is accepted for a time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, HasQuery)]
#[diesel(table_name = waiver, check_for_backend(Backend))]
#[serde(deny_unknown_fields)]
pub(crate) struct Waiver {
    /// `rule/record`.
    pub(crate) code: String,
    pub(crate) id: RecordId,
    pub(crate) rule: String,
    /// Code of the record.
    pub(crate) record: String,
    /// Who answers for it.
    pub(crate) owner: String,
    pub(crate) reason: String,
    /// Its last day.
    pub(crate) until_date: NaiveDate,
}
single_row_record!(Waiver, waiver);

/// The rule of a waiver that puts a record off in `tpmc todo` and accepts no finding.
pub(crate) const SNOOZED: &str = "todo";

impl Waiver {
    /// A waiver; its identifier follows from the rule and the record.
    pub(crate) fn of(
        rule: &str,
        record: &str,
        owner: String,
        reason: String,
        until_date: NaiveDate,
    ) -> Self {
        let code = format!("{rule}/{record}");
        Self {
            id: seeded_id("waiver", &code),
            code,
            rule: rule.to_owned(),
            record: record.to_owned(),
            owner,
            reason,
            until_date,
        }
    }
}

//! Refusals: what an import proposed and a reviewer turned down, so that it is not proposed again.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::single_row_record;
use crate::domain::{RecordId, seeded_id};
use crate::store::backend::{Backend, Db};
use crate::store::schema::refusal;

/// A proposal that was turned down. It holds as long as its source says the same.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, HasQuery)]
#[diesel(table_name = refusal, check_for_backend(Backend))]
#[serde(deny_unknown_fields)]
pub(crate) struct Refusal {
    /// `project/digest`, or `new/digest`.
    pub(crate) code: String,
    pub(crate) id: RecordId,
    /// The project that would have changed; none for a new one.
    pub(crate) project: Option<String>,
    /// SHA-256 of what the source said.
    pub(crate) digest: String,
    /// Name of the file in which it stood.
    pub(crate) file: String,
    pub(crate) title: Option<String>,
    pub(crate) reason: Option<String>,
}
single_row_record!(Refusal, refusal);

impl Refusal {
    /// A refusal; its identifier follows from what was refused.
    pub(crate) fn of(
        project: Option<String>,
        digest: String,
        file: String,
        title: Option<String>,
        reason: Option<String>,
    ) -> Self {
        let code = Self::code_of(project.as_deref(), &digest);
        Self {
            id: seeded_id("refusal", &code),
            code,
            project,
            digest,
            file,
            title,
            reason,
        }
    }

    /// What the refusal of a proposal is called.
    pub(crate) fn code_of(project: Option<&str>, digest: &str) -> String {
        let short = digest.get(..16).unwrap_or(digest);
        format!("{}/{short}", project.unwrap_or("new"))
    }
}

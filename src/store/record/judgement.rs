//! Judgements: whether two parties are one organisation, as people decided it.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::single_row_record;
use crate::domain::{RecordId, Verdict, seeded_id};
use crate::store::backend::{Backend, Db};
use crate::store::schema::judgement;

/// A decision on a pair of parties. It is kept when a party goes, so that nobody has to decide twice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, HasQuery)]
#[diesel(table_name = judgement, check_for_backend(Backend))]
#[serde(deny_unknown_fields)]
pub(crate) struct Judgement {
    /// The codes of both, in their order: `first/second`.
    pub(crate) code: String,
    pub(crate) id: RecordId,
    pub(crate) first_party: String,
    pub(crate) second_party: String,
    pub(crate) verdict: Verdict,
    pub(crate) reason: Option<String>,
}
single_row_record!(Judgement, judgement);

impl Judgement {
    /// The judgement on two parties, whichever is named first. Its identifier follows from the pair.
    pub(crate) fn on(one: &str, other: &str, verdict: Verdict, reason: Option<String>) -> Self {
        let code = Self::code_of(one, other);
        let (first, second) = if one <= other {
            (one, other)
        } else {
            (other, one)
        };
        Self {
            id: seeded_id("judgement", &code),
            code,
            first_party: first.to_owned(),
            second_party: second.to_owned(),
            verdict,
            reason,
        }
    }

    /// What the judgement on a pair is called.
    pub(crate) fn code_of(one: &str, other: &str) -> String {
        let (first, second) = if one <= other {
            (one, other)
        } else {
            (other, one)
        };
        format!("{first}/{second}")
    }
}

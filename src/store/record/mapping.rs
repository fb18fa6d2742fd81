//! Mappings: how the columns of others' spreadsheets become records, kept under a name.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::single_row_record;
use crate::domain::{RecordId, seeded_id};
use crate::store::backend::{Backend, Db};
use crate::store::schema::mapping;

/// A mapping, as its author wrote it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, HasQuery)]
#[diesel(table_name = mapping, check_for_backend(Backend))]
#[serde(deny_unknown_fields)]
pub(crate) struct Mapping {
    /// Its name.
    pub(crate) code: String,
    pub(crate) id: RecordId,
    /// TOML.
    pub(crate) text: String,
}
single_row_record!(Mapping, mapping);

impl Mapping {
    /// A mapping; its identifier follows from its name.
    pub(crate) fn named(name: &str, text: String) -> Self {
        Self {
            code: name.to_owned(),
            id: seeded_id("mapping", name),
            text,
        }
    }
}

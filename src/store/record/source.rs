//! Sources: where a fact was read.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::single_row_record;
use crate::domain::{Confidence, PublisherKind, RecordId};
use crate::store::backend::{Backend, Db};
use crate::store::schema::source;

/// An address, or a document without one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, HasQuery)]
#[diesel(table_name = source, check_for_backend(Backend))]
#[serde(deny_unknown_fields)]
pub(crate) struct Source {
    pub(crate) code: String,
    pub(crate) id: RecordId,
    pub(crate) url: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) publisher_kind: Option<PublisherKind>,
    /// ISO 639 code of the language it is written in.
    pub(crate) language: Option<String>,
    /// The day on which it was read.
    pub(crate) read_on: Option<NaiveDate>,
    pub(crate) confidence: Confidence,
    pub(crate) note: Option<String>,
}
single_row_record!(Source, source);

//! Indicator observations: figures about countries and groups of countries, as the paper prints them.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::single_row_record;
use crate::domain::{Decimal, RecordId};
use crate::store::backend::{Backend, Db};
use crate::store::schema::indicator_observation;

/// One figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, HasQuery)]
#[diesel(table_name = indicator_observation, check_for_backend(Backend))]
#[serde(deny_unknown_fields)]
pub(crate) struct IndicatorObservation {
    /// `place/indicator/period`.
    pub(crate) code: String,
    pub(crate) id: RecordId,
    /// An alpha-2 code, a group (`ASEAN`, `WORLD`, `ADV`) or a flow between two (`CN-ASEAN`).
    pub(crate) place: String,
    pub(crate) indicator: String,
    /// A year, or the first and the last of several: `2004-2018`.
    pub(crate) period: String,
    pub(crate) value: Decimal,
    pub(crate) unit: String,
    /// The paper's own computation, or a figure that its text repeats.
    pub(crate) derived: bool,
    /// The table or section of the paper.
    pub(crate) printed_in: String,
    /// Whom the paper names for it.
    pub(crate) original_source: String,
    pub(crate) source: String,
    pub(crate) note: Option<String>,
}
single_row_record!(IndicatorObservation, indicator_observation);

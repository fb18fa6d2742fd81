//! Exchange rates: what one unit of a currency was worth in another, on a day, and who says so.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::single_row_record;
use crate::domain::{CurrencyCode, Decimal, RecordId, seeded_id};
use crate::store::backend::{Backend, Db};
use crate::store::schema::exchange_rate;

/// The rate of two currencies on a day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, HasQuery)]
#[diesel(table_name = exchange_rate, check_for_backend(Backend))]
#[serde(deny_unknown_fields)]
pub(crate) struct ExchangeRate {
    /// `from/to/date`.
    pub(crate) code: String,
    pub(crate) id: RecordId,
    pub(crate) from_currency: CurrencyCode,
    pub(crate) to_currency: CurrencyCode,
    pub(crate) on_date: NaiveDate,
    /// Units of the second currency for one unit of the first, as published.
    pub(crate) rate: Decimal,
    pub(crate) source: String,
    pub(crate) note: Option<String>,
}
single_row_record!(ExchangeRate, exchange_rate);

impl ExchangeRate {
    /// A rate; its identifier follows from the currencies and the day.
    pub(crate) fn of(
        [from_currency, to_currency]: [CurrencyCode; 2],
        on_date: NaiveDate,
        rate: Decimal,
        source: String,
        note: Option<String>,
    ) -> Self {
        let code = format!("{from_currency}/{to_currency}/{on_date}");
        Self {
            id: seeded_id("exchange_rate", &code),
            code,
            from_currency,
            to_currency,
            on_date,
            rate,
            source,
            note,
        }
    }
}

//! In what money commitments are counted: the same options on the summary and on the report.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use clap::Args;

use super::amount::places;
use super::options::day;
use crate::domain::{CurrencyCode, Horizon, read_currency};
use crate::error::Error;
use crate::report::{Money, MoneyTerms};
use crate::store::{Currency, ExchangeRate, Line, Reader};

/// Without a currency nothing is counted in money.
#[derive(Debug, Args)]
pub(crate) struct MoneyArgs {
    /// The currency (ISO 4217) in which commitments are counted; other ones are converted by the rates of `tpmc rate`
    #[arg(long, value_name = "CODE", value_parser = read_currency)]
    pub(crate) currency: Option<CurrencyCode>,
    /// Convert everything by the rates of this day, instead of each amount by those of its own date
    #[arg(long, value_name = "DAY", value_parser = day, requires = "currency")]
    rates_on: Option<NaiveDate>,
}

impl MoneyArgs {
    /// The commitments of `lines`, when a currency is named.
    pub(crate) fn of(
        &self,
        lines: &[Line],
        horizon: Horizon,
        reader: &mut Reader<'_>,
    ) -> Result<Option<Money>, Error> {
        let Some(currency) = &self.currency else {
            return Ok(None);
        };
        places(&reader.one::<Currency>(currency.as_str())?)?;
        let all = reader.all::<Currency>()?.into_iter();
        let decimal_places: BTreeMap<String, u32> = all
            .filter_map(|known| Some((known.code.clone(), places(&known).ok()?)))
            .collect();
        let terms = MoneyTerms {
            currency: currency.clone(),
            rates_on: self.rates_on,
            decimal_places,
        };
        let (amounts, rates) = (reader.commitments()?, reader.all::<ExchangeRate>()?);
        Ok(Some(Money::of(lines, amounts, &rates, terms, horizon)))
    }

    /// The same options, as they are typed.
    pub(crate) fn options(&self) -> Vec<String> {
        let currency = self.currency.as_ref();
        let currency = currency.map(|currency| format!("--currency {currency}"));
        let rates_on = self.rates_on.map(|day| format!("--rates-on {day}"));
        currency.into_iter().chain(rates_on).collect()
    }
}

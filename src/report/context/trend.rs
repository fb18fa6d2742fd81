//! How a series went from its first year to its last: averages and growth, none of which the paper need print.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Series;
use crate::domain::Decimal;

/// The exact numbers behind [`Decimal`].
type Exact = rust_decimal::Decimal;

/// A series from its first year to its last.
#[derive(Debug, Serialize)]
pub(crate) struct Trend {
    pub(crate) indicator: String,
    pub(crate) place: String,
    pub(crate) unit: String,
    pub(crate) first: String,
    pub(crate) last: String,
    /// The mean of the years.
    pub(crate) average: Decimal,
    /// The increase from the first to the last.
    pub(crate) increase: Decimal,
    /// The increase in percent of the first.
    pub(crate) increase_percent: Decimal,
    /// The rate at which it would have grown evenly, in percent a year.
    pub(crate) growth_percent: Decimal,
    /// Growth on the year before, in percent.
    pub(crate) yearly_percent: BTreeMap<String, Decimal>,
    /// Years in which it was lower than in the year before.
    pub(crate) fell_in: Vec<String>,
}

impl Trend {
    /// None of a series that is not one of years, each following on the one before, or that does not begin above zero.
    pub(super) fn of(series: &Series) -> Option<Self> {
        let years: Vec<(i32, Exact)> = series
            .values
            .iter()
            .map(|(year, value)| Some((year.parse().ok()?, value.0)))
            .collect::<Option<_>>()?;
        let in_a_row = years
            .windows(2)
            .all(|pair| matches!(pair, [(one, _), (next, _)] if one + 1 == *next));
        let ((first, start), (last, end)) = (years.first()?, years.last()?);
        if !in_a_row || years.len() < 3 || *start <= Exact::ZERO || *end <= Exact::ZERO {
            return None;
        }
        let hundred = Exact::from(100);
        let scale = start.scale();
        let sum = years
            .iter()
            .try_fold(Exact::ZERO, |sum, (_, value)| sum.checked_add(*value))?;
        let mut yearly_percent = BTreeMap::new();
        let mut fell_in = Vec::new();
        for pair in years.windows(2) {
            let [(_, before), (year, now)] = pair else {
                continue;
            };
            let growth = now
                .checked_sub(*before)?
                .checked_div(*before)?
                .checked_mul(hundred)?;
            yearly_percent.insert(year.to_string(), rounded(growth, 1));
            if now < before {
                fell_in.push(year.to_string());
            }
        }
        let ratio: f64 = end.checked_div(*start)?.to_string().parse().ok()?;
        let growth = (ratio.powf(1.0 / f64::from(last - first)) - 1.0) * 100.0;
        let growth = Exact::from_str_exact(&format!("{growth:.6}")).ok()?;
        Some(Self {
            indicator: series.indicator.clone(),
            place: series.place.clone(),
            unit: series.unit.clone(),
            first: first.to_string(),
            last: last.to_string(),
            average: rounded(sum.checked_div(Exact::from(years.len()))?, scale),
            increase: rounded(end.checked_sub(*start)?, scale),
            increase_percent: rounded(
                end.checked_sub(*start)?
                    .checked_div(*start)?
                    .checked_mul(hundred)?,
                1,
            ),
            growth_percent: rounded(growth, 1),
            yearly_percent,
            fell_in,
        })
    }
}

fn rounded(number: Exact, decimals: u32) -> Decimal {
    let away = rust_decimal::RoundingStrategy::MidpointAwayFromZero;
    Decimal(number.round_dp_with_strategy(decimals, away))
}

//! The paper's tables from the registry's own figures, with totals, shares, growth and averages computed again, and where the
//! printed ones do not follow from them.

mod checks;
mod sentences;
mod trend;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::domain::{Decimal, Topic};
use crate::store::IndicatorObservation;
pub(crate) use trend::Trend;

/// Indicators of which the course over the years is told.
const AMOUNTS: [&str; 3] = [
    "asean_trade",
    "asean_fdi_inflow",
    "business_environment_score",
];

/// One topic of the paper.
#[derive(Debug, Serialize)]
pub(crate) struct ContextReport {
    pub(crate) topic: Topic,
    pub(crate) series: Vec<Series>,
    /// Series of consecutive years from first to last.
    pub(crate) trends: Vec<Trend>,
    /// What the paper derives, beside what follows from its own figures.
    pub(crate) checks: Vec<Check>,
    /// Slips in the words of the paper.
    pub(crate) slips: Vec<Remark>,
}

/// A slip in the words of the paper.
#[derive(Debug, Serialize)]
pub(crate) struct Remark {
    /// A key of the language files after `slip-`.
    pub(crate) what: &'static str,
    pub(crate) printed_in: &'static str,
}

/// The figures of one indicator at one place, by period.
#[derive(Debug, Serialize)]
pub(crate) struct Series {
    pub(crate) indicator: String,
    pub(crate) place: String,
    pub(crate) unit: String,
    pub(crate) printed_in: String,
    pub(crate) original_source: String,
    pub(crate) values: BTreeMap<String, Decimal>,
}

/// A derived figure or a sentence of the paper, and what the figures say.
#[derive(Debug, Serialize)]
pub(crate) struct Check {
    /// What is compared: a key of the language files after `check-`.
    pub(crate) what: &'static str,
    pub(crate) place: String,
    pub(crate) period: String,
    pub(crate) unit: String,
    pub(crate) printed: Decimal,
    pub(crate) recomputed: Decimal,
    pub(crate) printed_in: String,
    pub(crate) agreement: Agreement,
}

/// How a printed figure stands to the one computed again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Agreement {
    /// The same digits.
    Exact,
    /// Other digits, within what the rounding of the printed figures allows.
    WithinRounding,
    /// It does not follow.
    None,
}

/// Indicators of each topic.
fn belongs(topic: Topic, indicator: &str) -> bool {
    match topic {
        Topic::Economy => ["real_gdp", "population", "infrastructure"]
            .iter()
            .any(|of| indicator.starts_with(of)),
        Topic::Trade => indicator.starts_with("asean_trade"),
        Topic::Investment => indicator.starts_with("asean_fdi"),
        Topic::BusinessEnvironment => indicator.starts_with("business_environment"),
        Topic::Risk => ["debt_ratio", "inflation", "trade_change", "fdi_change"]
            .iter()
            .any(|of| indicator.starts_with(of)),
    }
}

impl ContextReport {
    /// The report on `topic` from the registry's observations.
    pub(crate) fn of(topic: Topic, observations: &[IndicatorObservation]) -> Self {
        let mut series = BTreeMap::<(String, String), Series>::new();
        for observation in observations
            .iter()
            .filter(|observation| belongs(topic, &observation.indicator))
        {
            let key = (observation.indicator.clone(), observation.place.clone());
            let of_key = series.entry(key).or_insert_with(|| Series {
                indicator: observation.indicator.clone(),
                place: observation.place.clone(),
                unit: observation.unit.clone(),
                printed_in: observation.printed_in.clone(),
                original_source: observation.original_source.clone(),
                values: BTreeMap::new(),
            });
            of_key
                .values
                .insert(observation.period.clone(), observation.value);
        }
        let series: Vec<Series> = series.into_values().collect();
        let is_flow = |series: &&Series| AMOUNTS.contains(&series.indicator.as_str());
        let slips = sentences::SLIPS.iter().filter(|slip| slip.topic == topic);
        Self {
            topic,
            trends: series
                .iter()
                .filter(is_flow)
                .filter_map(Trend::of)
                .collect(),
            checks: checks::all(topic, observations),
            slips: slips
                .map(|slip| Remark {
                    what: slip.what,
                    printed_in: slip.printed_in,
                })
                .collect(),
            series,
        }
    }

    /// The figures of one indicator at one place.
    pub(crate) fn series(&self, indicator: &str, place: &str) -> Option<&Series> {
        self.series
            .iter()
            .find(|series| series.indicator == indicator && series.place == place)
    }
}

#[cfg(test)]
mod tests;

//! What the paper derives from its tables, computed again. Every comparison is of intervals: see `domain::Rounded`.

use super::{Agreement, Check};
use crate::domain::{Decimal, Rounded, Topic};
use crate::store::IndicatorObservation;

/// The whole world's trade with, and investment in, ASEAN.
const WORLD: &str = "WORLD";

/// All comparisons of a topic, in the order of the paper.
pub(super) fn all(topic: Topic, observations: &[IndicatorObservation]) -> Vec<Check> {
    let figures = Figures(observations);
    match topic {
        Topic::Economy => figures.infrastructure(),
        Topic::Trade => {
            let mut checks = figures.flows("asean_trade");
            checks.extend(figures.rank_order("asean_trade"));
            checks.extend(figures.trade_sentences());
            checks
        }
        Topic::Investment => {
            let mut checks = figures.flows("asean_fdi_inflow");
            checks.extend(figures.rank_order("asean_fdi_inflow"));
            checks
        }
        Topic::BusinessEnvironment => figures.averages().chain(figures.falls()).collect(),
        Topic::Risk => {
            let mut checks: Vec<Check> = figures.inflation_increase().collect();
            checks.extend(figures.high_inflation());
            checks
        }
    }
}

/// The observations, to look figures up in.
#[derive(Clone, Copy)]
pub(super) struct Figures<'a>(pub(super) &'a [IndicatorObservation]);

impl<'a> Figures<'a> {
    pub(super) fn of(self, indicator: &'a str) -> impl Iterator<Item = &'a IndicatorObservation> {
        self.0
            .iter()
            .filter(move |observation| observation.indicator == indicator)
    }

    pub(super) fn at(self, indicator: &str, place: &str, period: &str) -> Option<Rounded> {
        let found = self.0.iter().find(|observation| {
            observation.indicator == indicator
                && observation.place == place
                && observation.period == period
        })?;
        Some(Rounded::printed(found.value))
    }

    /// The sum over the years of a period, `2004-2018`.
    fn sum(self, indicator: &str, place: &str, period: &str) -> Option<Rounded> {
        let (first, last) = period.split_once('-')?;
        let years = self.0.iter().filter(|observation| {
            observation.indicator == indicator
                && observation.place == place
                && (first..=last).contains(&observation.period.as_str())
        });
        Rounded::sum(years.map(|observation| Rounded::printed(observation.value)))
    }

    /// Tables 2 and 3 and the sentences about them: amounts in 10 billion USD, sentences in billion.
    fn flows(self, amount: &str) -> Vec<Check> {
        let ten = Rounded::exact(10);
        let hundred = Rounded::exact(100);
        let mut checks = Vec::new();
        for printed in self.0 {
            let Some(kind) = printed.indicator.strip_prefix(amount) else {
                continue;
            };
            let (place, period) = (printed.place.as_str(), printed.period.as_str());
            let ends = || {
                let (first, last) = period.split_once('-')?;
                Some((
                    self.at(amount, place, first)?,
                    self.at(amount, place, last)?,
                    years(first, last)?,
                ))
            };
            let (what, recomputed) = match kind {
                "_share" => (
                    "share",
                    self.at(amount, place, period)
                        .zip(self.at(amount, WORLD, period))
                        .and_then(|(part, whole)| part.over(whole)?.times(hundred)),
                ),
                "_total" => ("total", self.sum(amount, place, period)),
                "_total_share" => (
                    "total-share",
                    self.sum(amount, place, period)
                        .zip(self.sum(amount, WORLD, period))
                        .and_then(|(part, whole)| part.over(whole)?.times(hundred)),
                ),
                "_in_text" => (
                    "in-text",
                    self.at(amount, place, period)
                        .and_then(|figure| figure.times(ten)),
                ),
                "_cumulative_in_text" => (
                    "cumulative",
                    self.sum(amount, place, period)
                        .and_then(|figure| figure.times(ten)),
                ),
                "_increase" => (
                    "increase",
                    ends().and_then(|(first, last, _)| last.minus(first).over(first)),
                ),
                "_average_annual_growth" => (
                    "annual-growth",
                    ends().and_then(|(first, last, steps)| {
                        last.minus(first).over(Rounded::exact(steps))?.times(ten)
                    }),
                ),
                _ => continue, // amounts themselves, and ranks, for which the other partners are not given
            };
            checks.extend(recomputed.map(|recomputed| compared(what, printed, recomputed)));
        }
        checks
    }

    /// Table 4: the average of the ten countries.
    fn averages(self) -> impl Iterator<Item = Check> {
        self.of("business_environment_score_average")
            .filter_map(move |printed| {
                let scores = self
                    .of("business_environment_score")
                    .filter(|score| score.period == printed.period);
                let scores: Vec<Rounded> =
                    scores.map(|score| Rounded::printed(score.value)).collect();
                let countries = i64::try_from(scores.len()).ok()?;
                let average = Rounded::sum(scores)?.over(Rounded::exact(countries))?;
                Some(compared("average", printed, average))
            })
    }

    /// The sentence that the score of each country shows a significant growth trend: years in which one does not grow.
    fn falls(self) -> impl Iterator<Item = Check> {
        self.of("business_environment_score")
            .filter_map(move |score| {
                let before = score.period.parse::<i32>().ok()? - 1;
                let earlier = self.of("business_environment_score").find(|earlier| {
                    earlier.place == score.place && earlier.period == before.to_string()
                })?;
                (score.value <= earlier.value).then(|| Check {
                    what: "no-growth",
                    place: score.place.clone(),
                    period: format!("{before}-{}", score.period),
                    unit: score.unit.clone(),
                    printed: earlier.value,
                    recomputed: score.value,
                    printed_in: "section 3.3".to_owned(),
                    agreement: Agreement::None,
                })
            })
    }

    /// The sentence on inflation in Myanmar, which gives an increase in percent where the figures give percentage points.
    fn inflation_increase(self) -> impl Iterator<Item = Check> {
        self.of("inflation_increase").filter_map(move |printed| {
            let (first, last) = printed.period.split_once('-')?;
            let rise = self.at("inflation", &printed.place, last)?.minus(self.at(
                "inflation",
                &printed.place,
                first,
            )?);
            Some(compared("percentage-points", printed, rise))
        })
    }
}

/// Steps from one year to another.
fn years(first: &str, last: &str) -> Option<i64> {
    Some(last.parse::<i64>().ok()? - first.parse::<i64>().ok()?)
}

pub(super) fn compared(
    what: &'static str,
    printed: &IndicatorObservation,
    recomputed: Rounded,
) -> Check {
    let scale = printed.value.0.scale();
    let figure = recomputed.figure(scale);
    let agreement = if figure == printed.value {
        Agreement::Exact
    } else if recomputed.meets(Rounded::printed(printed.value)) {
        Agreement::WithinRounding
    } else {
        Agreement::None
    };
    // One more digit where it does not follow: 10.4 percentage points, not 10, against 104 percent.
    let shown = match agreement {
        Agreement::None => Decimal(recomputed.figure(scale + 1).0.normalize()),
        _ => figure,
    };
    Check {
        what,
        place: printed.place.clone(),
        period: printed.period.clone(),
        unit: printed.unit.clone(),
        printed: printed.value,
        recomputed: shown,
        printed_in: printed.printed_in.clone(),
        agreement,
    }
}

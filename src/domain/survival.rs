//! How long things take when some are not over yet: the estimators of survival analysis, in days.
//!
//! Sources of the formulas: E. L. Kaplan and P. Meier, "Nonparametric estimation from incomplete observations" (1958), with
//! Greenwood's variance (1926) and confidence limits on the log(-log) scale (J. D. Kalbfleisch and R. L. Prentice, 1980);
//! limits of the median after R. Brookmeyer and J. Crowley (1982); cumulative incidence after O. O. Aalen and S. Johansen
//! (1978); the log-rank test after N. Mantel (1966).

use serde::Serialize;

/// How an observation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Reached,
    /// It can never be reached any more: a competing risk.
    Cancelled,
    /// Not yet: what is known is only that it took longer than this.
    Open,
}

/// One thing that was watched for so many days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Observation {
    pub(crate) days: i64,
    pub(crate) outcome: Outcome,
}

/// The curve at a day on which something happened.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct CurveStep {
    pub(crate) days: i64,
    /// Watched and neither reached nor cancelled before this day.
    pub(crate) at_risk: usize,
    pub(crate) reached: usize,
    pub(crate) cancelled: usize,
    /// Kaplan-Meier: share not yet reached, cancellation counted as the end of watching.
    pub(crate) survival: f64,
    /// 95 % confidence limits of the survival; None where they are not defined.
    pub(crate) low: Option<f64>,
    pub(crate) high: Option<f64>,
    /// Aalen-Johansen: share reached by this day, those cancelled staying in the count.
    pub(crate) incidence: f64,
    /// Aalen-Johansen: share cancelled by this day.
    pub(crate) incidence_cancelled: f64,
}

/// The median duration with its 95 % confidence limits, in days; None where the curve does not come down that far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Median {
    pub(crate) days: Option<i64>,
    pub(crate) low: Option<i64>,
    pub(crate) high: Option<i64>,
}

/// A comparison of two groups.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct LogRank {
    /// Chi-square with one degree of freedom.
    pub(crate) statistic: f64,
    /// Probability of a difference at least as large if the groups were alike.
    pub(crate) p_value: f64,
    /// How many would have reached it in each group, were they alike.
    pub(crate) expected: [f64; 2],
}

impl LogRank {
    /// Whether fewer than five were to be expected in a group: chi-square is a poor approximation then (W. G. Cochran, 1954).
    pub(crate) fn is_rough(&self) -> bool {
        self.expected.iter().any(|expected| *expected < 5.0)
    }
}

/// The 97.5 % point of the normal distribution.
const Z: f64 = 1.959_963_984_540_054;
/// What products of fractions miss a round figure by.
const TINY: f64 = 1e-12;

fn number(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::from(u32::MAX), f64::from)
}

/// What happened on one day.
#[derive(Debug, Clone, Copy, Default)]
struct Day {
    days: i64,
    /// Watched and neither reached nor cancelled before.
    at_risk: usize,
    reached: usize,
    cancelled: usize,
}

/// Every day on which something ended, in order, open ends included.
fn table(observations: &[Observation]) -> Vec<Day> {
    let mut sorted: Vec<&Observation> = observations.iter().collect();
    sorted.sort_unstable_by_key(|one| one.days);
    let mut left = sorted.len();
    let days = sorted.chunk_by(|one, other| one.days == other.days);
    days.map(|ends| {
        let count = |outcome| ends.iter().filter(|one| one.outcome == outcome).count();
        let day = Day {
            days: ends.first().map_or(0, |one| one.days),
            at_risk: left,
            reached: count(Outcome::Reached),
            cancelled: count(Outcome::Cancelled),
        };
        left -= ends.len();
        day
    })
    .collect()
}

/// The curves of `observations`, one step for each day on which something was reached or cancelled.
pub(crate) fn curve(observations: &[Observation]) -> Vec<CurveStep> {
    let (mut survival, mut greenwood) = (1.0, 0.0);
    let (mut remaining, mut incidence, mut incidence_cancelled) = (1.0, 0.0, 0.0);
    let happened = table(observations).into_iter();
    let steps = happened
        .filter(|day| day.reached + day.cancelled > 0)
        .map(|day| {
            let Day {
                days,
                at_risk,
                reached,
                cancelled,
            } = day;
            let (n, d, c) = (number(at_risk), number(reached), number(cancelled));
            survival *= 1.0 - d / n;
            greenwood += if n > d {
                d / (n * (n - d))
            } else {
                f64::INFINITY
            };
            incidence += remaining * d / n;
            incidence_cancelled += remaining * c / n;
            remaining *= 1.0 - (d + c) / n;
            let (low, high) = limits(survival, greenwood);
            CurveStep {
                days,
                at_risk,
                reached,
                cancelled,
                survival,
                low,
                high,
                incidence,
                incidence_cancelled,
            }
        });
    steps.collect()
}

/// Confidence limits on the log(-log) scale, which never leave 0 to 1. They are not defined where nothing has been reached yet,
/// nor where everything has.
fn limits(survival: f64, greenwood: f64) -> (Option<f64>, Option<f64>) {
    if survival <= TINY || survival >= 1.0 - TINY || !greenwood.is_finite() {
        return (None, None);
    }
    let width = Z * greenwood.sqrt() / survival.ln();
    let (one, other) = (survival.powf(width.exp()), survival.powf((-width).exp()));
    (Some(one.min(other)), Some(one.max(other)))
}

/// The median of a curve: the first day on which at most half are left; its limits likewise, from the limits of the curve.
pub(crate) fn median(curve: &[CurveStep]) -> Median {
    let first = |value: fn(&CurveStep) -> Option<f64>| {
        let is_low = |step: &&CurveStep| value(step).is_some_and(|value| value <= 0.5 + TINY);
        curve.iter().find(is_low).map(|step| step.days)
    };
    Median {
        days: first(|step| Some(step.survival)),
        low: first(|step| step.low),
        high: first(|step| step.high),
    }
}

/// The log-rank test between two groups. None where nothing was reached, or nothing can be compared.
pub(crate) fn log_rank(one: &[Observation], other: &[Observation]) -> Option<LogRank> {
    let both: Vec<Observation> = one.iter().chain(other).copied().collect();
    let mut of_one = table(one).into_iter().peekable();
    let (mut left, mut reached, mut expected, mut variance) = (one.len(), 0.0, 0.0, 0.0);
    let mut all_reached = 0.0;
    for Day {
        days,
        at_risk,
        reached: now,
        ..
    } in table(&both)
    {
        let (n, d, n_one) = (number(at_risk), number(now), number(left));
        if let Some(day) = of_one.next_if(|day| day.days == days) {
            reached += number(day.reached);
            left = of_one.peek().map_or(0, |next| next.at_risk);
        }
        expected += d * n_one / n;
        all_reached += d;
        if n > 1.0 {
            variance += d * (n_one / n) * (1.0 - n_one / n) * (n - d) / (n - 1.0);
        }
    }
    let statistic = (variance > 0.0).then(|| (reached - expected).powi(2) / variance)?;
    // The upper tail of chi-square with one degree of freedom.
    Some(LogRank {
        statistic,
        p_value: libm::erfc((statistic / 2.0).sqrt()),
        expected: [expected, all_reached - expected],
    })
}

#[cfg(test)]
mod tests;

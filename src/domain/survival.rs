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
    /// 95 % confidence limits of the survival.
    pub(crate) low: f64,
    pub(crate) high: f64,
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
}

/// The 97.5 % point of the normal distribution.
const Z: f64 = 1.959_963_984_540_054;

fn number(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::from(u32::MAX), f64::from)
}

/// Counts at each day on which something was reached or cancelled, in order: (days, at risk, reached, cancelled).
fn events(observations: &[Observation]) -> Vec<(i64, usize, usize, usize)> {
    let mut days: Vec<i64> = observations
        .iter()
        .filter(|one| one.outcome != Outcome::Open)
        .map(|one| one.days)
        .collect();
    days.sort_unstable();
    days.dedup();
    let count = |days: i64, outcome| {
        observations
            .iter()
            .filter(|one| one.days == days && one.outcome == outcome)
            .count()
    };
    let at_risk = |days: i64| observations.iter().filter(|one| one.days >= days).count();
    days.into_iter()
        .map(|day| {
            (
                day,
                at_risk(day),
                count(day, Outcome::Reached),
                count(day, Outcome::Cancelled),
            )
        })
        .collect()
}

/// The curves of `observations`, one step for each day on which something was reached or cancelled.
pub(crate) fn curve(observations: &[Observation]) -> Vec<CurveStep> {
    let (mut survival, mut greenwood) = (1.0, 0.0);
    let (mut remaining, mut incidence, mut incidence_cancelled) = (1.0, 0.0, 0.0);
    let steps = events(observations)
        .into_iter()
        .map(|(days, at_risk, reached, cancelled)| {
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

/// Confidence limits on the log(-log) scale, which never leave 0 to 1.
fn limits(survival: f64, greenwood: f64) -> (f64, f64) {
    if survival <= 0.0 || survival >= 1.0 || !greenwood.is_finite() {
        return (survival, survival);
    }
    let width = Z * greenwood.sqrt() / survival.ln();
    let (one, other) = (survival.powf(width.exp()), survival.powf((-width).exp()));
    (one.min(other), one.max(other))
}

/// The median of a curve: the first day on which at most half are left; its limits likewise, from the limits of the curve.
pub(crate) fn median(curve: &[CurveStep]) -> Median {
    let first = |value: fn(&CurveStep) -> f64| {
        curve
            .iter()
            .find(|step| value(step) <= 0.5)
            .map(|step| step.days)
    };
    Median {
        days: first(|step| step.survival),
        low: first(|step| step.low),
        high: first(|step| step.high),
    }
}

/// The log-rank test between two groups. None where nothing was reached, or nothing can be compared.
pub(crate) fn log_rank(one: &[Observation], other: &[Observation]) -> Option<LogRank> {
    let both: Vec<Observation> = one.iter().chain(other).copied().collect();
    let (mut difference, mut variance) = (0.0, 0.0);
    for (days, at_risk, reached, _) in events(&both) {
        let n = number(at_risk);
        let d = number(reached);
        let n_one = number(one.iter().filter(|one| one.days >= days).count());
        let d_one = number(
            one.iter()
                .filter(|one| one.days == days && one.outcome == Outcome::Reached)
                .count(),
        );
        difference += d_one - d * n_one / n;
        if n > 1.0 {
            variance += d * (n_one / n) * (1.0 - n_one / n) * (n - d) / (n - 1.0);
        }
    }
    let statistic = (variance > 0.0).then(|| difference * difference / variance)?;
    // The upper tail of chi-square with one degree of freedom.
    Some(LogRank {
        statistic,
        p_value: libm::erfc((statistic / 2.0).sqrt()),
    })
}

#[cfg(test)]
mod tests;

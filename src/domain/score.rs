//! How well a record is known: three shares, each a plain count over a plain count, so that anybody can work them out again
//! from an export. They say nothing about how well the project itself does.

use super::Confidence;

/// `part` of `whole` as a share from 0 to 1, rounded to four decimals; none of nothing.
pub(crate) fn share(part: usize, whole: usize) -> Option<f64> {
    let ratio = |number: usize| u32::try_from(number).map_or(f64::MAX, f64::from);
    (whole > 0).then(|| (ratio(part) / ratio(whole) * 10_000.0).round() / 10_000.0)
}

/// What a project's record states of the eight facts that every project has.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Stated {
    pub(crate) instrument: bool,
    pub(crate) mode: bool,
    pub(crate) sector: bool,
    pub(crate) host: bool,
    /// At least two parties take part; offers that were never realised do not count.
    pub(crate) two_parties: bool,
    pub(crate) status: bool,
    pub(crate) amount: bool,
    pub(crate) source: bool,
}

impl Stated {
    /// Completeness: how many of the eight facts are stated, divided by eight.
    pub(crate) fn completeness(self) -> Option<f64> {
        let facts = [
            self.instrument,
            self.mode,
            self.sector,
            self.host,
            self.two_parties,
            self.status,
            self.amount,
            self.source,
        ];
        share(facts.iter().filter(|stated| **stated).count(), facts.len())
    }
}

/// Source quality: the mean over the sources that a project names, each once: high counts 1, medium one half, low nothing.
/// None without a source.
pub(crate) fn source_quality(sources: impl IntoIterator<Item = Confidence>) -> Option<f64> {
    let (mut halves, mut count) = (0, 0);
    for confidence in sources {
        count += 1;
        halves += match confidence {
            Confidence::High => 2,
            Confidence::Medium => 1,
            Confidence::Low => 0,
        };
    }
    share(halves, 2 * count)
}

/// Evidence: how many of the status events name a source, divided by the status events. None without a status event.
pub(crate) fn evidence(status_events_have_source: impl IntoIterator<Item = bool>) -> Option<f64> {
    let has_source: Vec<bool> = status_events_have_source.into_iter().collect();
    share(
        has_source.iter().filter(|has_source| **has_source).count(),
        has_source.len(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn completeness_counts_facts() {
        assert_eq!(Stated::default().completeness(), Some(0.0));
        let stated = Stated {
            status: true,
            source: true,
            host: true,
            ..Stated::default()
        };
        assert_eq!(stated.completeness(), Some(0.375));
    }

    #[test]
    fn a_mean_of_nothing_is_not_zero() {
        assert_eq!(source_quality([]), None);
        assert_eq!(evidence([]), None);
        assert_eq!(source_quality([Confidence::Low]), Some(0.0));
        assert_eq!(
            source_quality([Confidence::High, Confidence::Medium, Confidence::Low]),
            Some(0.5)
        );
        assert_eq!(evidence([true, false, true]), Some(0.6667));
    }
}

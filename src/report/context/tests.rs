//! Against the inconsistencies of the paper that were found by hand.

use super::*;
use crate::store::{Error, Store};

#[expect(
    clippy::redundant_closure_for_method_calls,
    reason = "the method is not general enough"
)]
fn shipped() -> Vec<IndicatorObservation> {
    let observations = Store::seeded_in_memory().read(|reader| reader.all());
    let observations: Result<Vec<IndicatorObservation>, Error> = observations;
    observations
        .map_err(|error| error.to_string())
        .expect("observations")
}

fn report(topic: Topic) -> ContextReport {
    ContextReport::of(topic, &shipped())
}

/// What does not follow: (what, place, period, printed, recomputed).
fn contradictions(topic: Topic) -> Vec<String> {
    let report = report(topic);
    let wrong = report
        .checks
        .iter()
        .filter(|check| check.agreement == Agreement::None);
    wrong
        .map(|check| {
            format!(
                "{} {} {} {} {}",
                check.what, check.place, check.period, check.printed, check.recomputed
            )
        })
        .collect()
}

#[test]
fn trade() {
    assert_eq!(
        contradictions(Topic::Trade),
        [
            "annual-growth CN-ASEAN 2004-2018 26.3 28.19",
            "in-text CN-ASEAN 2018 488.3 483.8",
            "annual-growth JP-ASEAN 2004-2018 5.9 6.31",
            "in-years CN-ASEAN 2004-2018 15 14",
        ]
    );
    let checks = report(Topic::Trade).checks;
    let rounding = |what: &str| {
        checks
            .iter()
            .filter(|check| check.what == what && check.agreement == Agreement::WithinRounding)
            .count()
    };
    assert_eq!(
        rounding("total"),
        2,
        "world and Japan differ in the last digit"
    );
    assert_eq!(
        checks.iter().filter(|check| check.what == "share").count(),
        30
    );
}

#[test]
fn sentences_that_hold() {
    let holds = |topic, what: &str| {
        let checks = report(topic).checks.into_iter();
        let of: Vec<Check> = checks.filter(|check| check.what == what).collect();
        assert!(
            of.iter().all(|check| check.agreement == Agreement::Exact),
            "{of:?}"
        );
        of.len()
    };
    assert_eq!(holds(Topic::Trade, "first-for-years"), 1);
    assert_eq!(holds(Topic::Trade, "worst-rank"), 1);
    assert_eq!(holds(Topic::Trade, "least-share"), 1);
    assert_eq!(holds(Topic::Trade, "rank-order"), 15);
    assert_eq!(holds(Topic::Trade, "increase"), 2, "4.4 and 0.6 times");
    assert_eq!(holds(Topic::Investment, "rank-order"), 9);
    assert_eq!(holds(Topic::Economy, "per-year"), 2);
    assert_eq!(holds(Topic::Economy, "share-of-gdp"), 1);
    assert_eq!(holds(Topic::Risk, "above-line"), 10);
}

#[test]
fn ranks_that_do_not_go_with_their_amounts_are_found() {
    let mut observations = shipped();
    for figure in &mut observations {
        if figure.code == "JP-ASEAN/asean_trade_rank/2009" {
            figure.value = "1".parse().expect("a number");
        }
        if figure.code == "CN-ASEAN/asean_trade_rank/2009" {
            figure.value = "3".parse().expect("a number");
        }
    }
    let checks = ContextReport::of(Topic::Trade, &observations)
        .checks
        .into_iter();
    let wrong: Vec<&str> = checks
        .filter(|check| check.agreement == Agreement::None && check.period.contains("2009"))
        .map(|check| check.what)
        .collect();
    assert_eq!(wrong, ["rank-order", "first-for-years"]);
}

/// Computed apart from the program, with Python's decimal module.
#[test]
fn averages_and_growth() {
    let report = report(Topic::Trade);
    let trend = report
        .trends
        .iter()
        .find(|trend| trend.place == "CN-ASEAN")
        .expect("a trend");
    let figures = [
        trend.average,
        trend.increase,
        trend.increase_percent,
        trend.growth_percent,
    ];
    assert_eq!(
        figures.map(|figure| figure.to_string()),
        ["27.42", "39.46", "442.4", "12.8"]
    );
    assert_eq!(trend.fell_in, ["2009", "2015"]);
    assert_eq!(trend.yearly_percent["2009"].to_string(), "-9.5");
    assert_eq!(report.trends.len(), 3);
}

#[test]
fn investment() {
    assert_eq!(contradictions(Topic::Investment), [""; 0]);
    assert_eq!(
        report(Topic::Investment)
            .checks
            .iter()
            .filter(|check| check.what == "share")
            .count(),
        18
    );
}

#[test]
fn business_environment() {
    assert_eq!(
        contradictions(Topic::BusinessEnvironment),
        [
            "no-growth KH 2019-2020 53.8 53.8",
            "no-growth LA 2018-2019 50 49.8",
            "no-growth MY 2016-2017 78.6 78.3",
            "no-growth PH 2017-2018 59.3 59.3",
        ]
    );
    let averages = report(Topic::BusinessEnvironment)
        .checks
        .into_iter()
        .filter(|check| check.what == "average");
    assert!(
        averages
            .map(|check| check.agreement)
            .eq([Agreement::Exact; 5])
    );
}

#[test]
fn risk() {
    assert_eq!(
        contradictions(Topic::Risk),
        ["percentage-points MM 2014-2015 104 10.4"]
    );
}

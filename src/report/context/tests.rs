//! Against the inconsistencies of the paper that were found by hand.

use super::*;
use crate::store::{Error, Store};

#[expect(
    clippy::redundant_closure_for_method_calls,
    reason = "the method is not general enough"
)]
fn report(topic: Topic) -> ContextReport {
    let observations = Store::seeded_in_memory().read(|reader| reader.all());
    let observations: Result<Vec<IndicatorObservation>, Error> = observations;
    ContextReport::of(
        topic,
        &observations
            .map_err(|error| error.to_string())
            .expect("observations"),
    )
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

//! Published worked examples, and what an independent implementation (lifelines 0.30.3, Python) computes for them.
//!
//! The remission times of 42 children with leukaemia, in weeks: E. J. Freireich and others, Blood 21 (1963), 699-716; used by
//! E. A. Gehan, Biometrika 52 (1965), 203-223, and by most textbooks since. Half were given 6-mercaptopurine.

use super::*;

fn observed(times: &[(i64, Outcome)]) -> Vec<Observation> {
    times
        .iter()
        .map(|(days, outcome)| Observation {
            days: *days,
            outcome: *outcome,
        })
        .collect()
}

fn treated() -> Vec<Observation> {
    let ended = [6, 6, 6, 7, 10, 13, 16, 22, 23].map(|days| (days, Outcome::Reached));
    let open = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35].map(|days| (days, Outcome::Open));
    observed(&[&ended[..], &open].concat())
}

fn untreated() -> Vec<Observation> {
    let ended = [
        1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23,
    ];
    observed(&ended.map(|days| (days, Outcome::Reached)))
}

fn close(value: f64, expected: f64) -> bool {
    (value - expected).abs() < 1e-6
}

#[test]
fn the_curve_and_its_limits() {
    // lifelines: KaplanMeierFitter().fit(...).survival_function_ and confidence_interval_
    let expected = [
        (6, 0.857_143, 0.619_718, 0.951_552),
        (7, 0.806_723, 0.563_147, 0.922_809),
        (10, 0.752_941, 0.503_200, 0.889_362),
        (13, 0.690_196, 0.431_610, 0.849_066),
        (16, 0.627_451, 0.367_511, 0.804_912),
        (22, 0.537_815, 0.267_779, 0.746_791),
        (23, 0.448_179, 0.188_052, 0.680_143),
    ];
    let curve = curve(&treated());
    assert_eq!(curve.len(), expected.len());
    for (step, (days, survival, low, high)) in curve.iter().zip(expected) {
        assert_eq!(step.days, days);
        assert!(
            close(step.survival, survival)
                && step.low.is_some_and(|found| close(found, low))
                && step.high.is_some_and(|found| close(found, high)),
            "{step:?}"
        );
        assert!(
            close(step.incidence, 1.0 - survival),
            "without a competing risk the two agree"
        );
    }
}

#[test]
fn medians_with_their_limits() {
    let of = |observations: &[Observation]| median(&curve(observations));
    assert_eq!(
        of(&treated()),
        Median {
            days: Some(23),
            low: Some(13),
            high: None
        }
    );
    assert_eq!(
        of(&untreated()),
        Median {
            days: Some(8),
            low: Some(4),
            high: Some(11)
        }
    );
    assert_eq!(of(&[]), Median::default());
}

#[test]
fn the_log_rank_test() {
    let test = log_rank(&treated(), &untreated()).expect("a comparison");
    assert!(close(test.statistic, 16.792_940_989_216_547), "{test:?}");
    assert!(
        (test.p_value - 4.168_809_109_334_511e-5).abs() < 1e-12,
        "{test:?}"
    );
    assert_eq!(log_rank(&treated(), &[]), None);
    assert_eq!(
        log_rank(
            &observed(&[(5, Outcome::Open)]),
            &observed(&[(7, Outcome::Open)])
        ),
        None
    );
}

#[test]
fn cumulative_incidence_with_a_competing_risk() {
    use Outcome::{Cancelled, Open, Reached};
    let times = [
        (5, Reached),
        (8, Cancelled),
        (12, Reached),
        (15, Open),
        (20, Reached),
        (22, Cancelled),
        (30, Open),
        (31, Reached),
        (40, Cancelled),
        (45, Open),
    ];
    // lifelines: AalenJohansenFitter().fit(..., event_of_interest=1 and 2)
    let reached = [0.1, 0.1, 0.2, 0.316_667, 0.316_667, 0.472_222, 0.472_222];
    let cancelled = [0.0, 0.1, 0.1, 0.1, 0.216_667, 0.216_667, 0.372_222];
    let curve = curve(&observed(&times));
    assert_eq!(curve.len(), 7);
    for (step, (reached, cancelled)) in curve.iter().zip(reached.into_iter().zip(cancelled)) {
        assert!(
            close(step.incidence, reached) && close(step.incidence_cancelled, cancelled),
            "{step:?}"
        );
    }
}

#[test]
fn as_independent_implementations_have_it() {
    let fixture: serde_json::Value =
        serde_json::from_str(include_str!("../../../tests/fixtures/survival.json"))
            .expect("the fixture of .ci/survival.py");
    let set = |name: &str| -> Vec<Observation> {
        let list = fixture["sets"][name]["observations"].as_array();
        let pairs = list.expect("a list").iter();
        let outcomes = [Outcome::Open, Outcome::Reached, Outcome::Cancelled];
        pairs
            .map(|pair| Observation {
                days: pair[0].as_i64().expect("days"),
                outcome: outcomes
                    [usize::try_from(pair[1].as_u64().expect("a number")).expect("0, 1, 2")],
            })
            .collect()
    };
    for (name, expected) in fixture["sets"].as_object().expect("sets") {
        let curve = curve(&set(name));
        let steps = expected["curve"].as_array().expect("steps");
        assert_eq!(curve.len(), steps.len(), "{name}");
        for (step, expected) in curve.iter().zip(steps) {
            let near = |found: Option<f64>, place: usize| match (found, expected[place].as_f64()) {
                (Some(found), Some(expected)) => (found - expected).abs() < 1e-9,
                (found, expected) => found == expected,
            };
            let figures = [
                Some(step.survival),
                step.low,
                step.high,
                Some(step.incidence),
                Some(step.incidence_cancelled),
            ];
            assert_eq!(expected[0], step.days, "{name}");
            assert_eq!(expected[1], step.at_risk, "{name}");
            for (figure, place) in figures.into_iter().zip(2..) {
                assert!(near(figure, place), "{name}: {step:?} against {expected}");
            }
        }
        let Median { days, low, high } = median(&curve);
        assert_eq!(
            serde_json::json!([days, low, high]),
            expected["median"],
            "{name}"
        );
    }
    for (pair, expected) in fixture["log_rank"].as_object().expect("tests") {
        let (one, other) = pair.split_once('/').expect(pair);
        let test = log_rank(&set(one), &set(other)).expect("a test");
        let near =
            |found: f64, key: &str| (found - expected[key].as_f64().expect(key)).abs() < 1e-9;
        assert!(
            near(test.statistic, "statistic") && near(test.p_value, "p_value"),
            "{pair}"
        );
    }
}

#[test]
fn what_was_to_be_expected() {
    // D. G. Kleinbaum and M. Klein, "Survival analysis", on the same data: 19.25 expected with the drug, 10.75 without.
    let test = log_rank(&treated(), &untreated()).expect("a comparison");
    assert!(
        (test.expected[0] - 19.25).abs() < 0.005 && (test.expected[1] - 10.75).abs() < 0.005,
        "{test:?}"
    );
    assert!(!test.is_rough());
    let few = log_rank(
        &observed(&[(5, Outcome::Reached)]),
        &observed(&[(7, Outcome::Reached)]),
    );
    assert!(few.is_some_and(|test| test.is_rough()));
}

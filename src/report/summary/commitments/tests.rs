//! One figure a project, on made-up amounts.

use super::*;
use crate::domain::Vocabulary as _;

fn committed(kind: &str, currency: &str, minor_units: i64, on_date: Option<&str>) -> Committed {
    Committed {
        project: "P-0001".parse().expect("a code"),
        number: 1,
        kind: kind.parse().expect(kind),
        currency: currency.parse().expect(currency),
        minor_units,
        estimated: false,
        on_date: on_date.map(|date| date.parse().expect(date)),
    }
}

/// The commitments of one project of this status, and how many amounts were set aside.
fn sum(status: Option<Status>, amounts: Vec<Committed>) -> (Commitments, usize) {
    let mut store = crate::store::Store::seeded_in_memory();
    let day = "2026-11-23".parse().expect("a day");
    let horizon = Horizon {
        as_of: day,
        known: day,
        zone: crate::domain::Zone::UTC,
    };
    let lines = store.read(|reader| {
        let filter = crate::store::Filter::default();
        reader.lines(&filter, horizon, crate::store::Wanted::default(), None)
    });
    let lines: Result<Vec<Line>, crate::store::Error> = lines;
    let mut lines = lines.map_err(|error| error.to_string()).expect("lines");
    lines.retain(|line| line.facts.code.as_str() == "P-0001");
    lines[0].standing.status = status;
    let code = lines[0].facts.code.clone();
    let terms = MoneyTerms {
        currency: "USD".parse().expect("a currency"),
        rates_on: None,
        decimal_places: [("USD".to_owned(), 2), ("JPY".to_owned(), 0)].into(),
    };
    let money = Money::of(&lines, amounts, &[], terms, horizon);
    (money.sum([&code, &code]), money.set_aside)
}

#[test]
fn what_pays_for_something_is_not_added_to_it() {
    let committed = |kind, units| committed(kind, "USD", units, Some("2020"));
    let all = [
        ("total_cost", 10_000),
        ("contract", 7000),
        ("loan", 5000),
        ("equity", 2000),
        ("guarantee", 1000),
    ];
    for (first, amount, aside) in [(0, "100", 4), (1, "70", 3), (2, "70", 1), (4, "10", 0)] {
        let amounts = all[first..]
            .iter()
            .map(|(kind, units)| committed(kind, *units));
        let (sum, set_aside) = sum(Some(Status::Committed), amounts.collect());
        assert_eq!(
            (sum.amount.normalize().to_string().as_str(), set_aside),
            (amount, aside)
        );
    }
    let twice = vec![committed("contract", 100), committed("contract", 250)];
    let (both, set_aside) = sum(Some(Status::Committed), twice);
    assert_eq!(
        (both.amount.normalize().to_string().as_str(), set_aside),
        ("3.5", 0)
    );
    assert_eq!(both.projects, 1, "each project counts once");
}

#[test]
fn what_has_no_date_counts_once_the_project_is_committed_to() {
    for status in Status::ALL {
        let (sum, _) = sum(Some(*status), vec![committed("loan", "USD", 100, None)]);
        let counts = !matches!(status, Status::Proposed | Status::Signed);
        assert_eq!(sum.projects == 1, counts, "{}", status.word());
    }
    let (sum, _) = sum(None, vec![committed("loan", "USD", 100, None)]);
    assert_eq!(sum, Commitments::default());
}

#[test]
fn without_a_rate_nothing_is_converted() {
    let amounts = vec![
        committed("loan", "JPY", 100, Some("2020")),
        committed("loan", "JPY", 11, None),
        committed("loan", "USD", 100, None),
    ];
    let (sum, _) = sum(Some(Status::Completed), amounts);
    assert_eq!(sum.amount.normalize().to_string(), "1");
    let left_out: Vec<(Why, String)> = sum
        .left_out
        .iter()
        .map(|((why, _), left)| (*why, left.amount.to_string()))
        .collect();
    assert_eq!(
        left_out,
        [
            (Why::NoRate, "100".to_owned()),
            (Why::NoDate, "11".to_owned())
        ]
    );
}

#[test]
fn what_does_not_go_on_is_counted_and_told() {
    for (status, told) in [
        (Status::Cancelled, true),
        (Status::Suspended, true),
        (Status::Implementing, false),
    ] {
        let loan = committed("loan", "USD", 5000, Some("2020"));
        let (sum, _) = sum(Some(status), vec![loan]);
        assert_eq!(sum.amount.normalize().to_string(), "50");
        let stopped: Vec<(Status, String)> = sum
            .stopped
            .iter()
            .map(|(status, part)| (*status, part.amount.normalize().to_string()))
            .collect();
        let wanted = told.then(|| (status, "50".to_owned()));
        assert_eq!(stopped, wanted.into_iter().collect::<Vec<_>>());
    }
}

//! What the next editions of a list do to a project: tests.

use proptest::prelude::*;

use super::*;
use crate::domain::{AmountBasis, AmountKind, EventKind, seeded_id};
use crate::exchange::{Listed, OnMissing};
use crate::store::Event;

fn facts() -> ProjectFacts {
    let code = "P-0001".parse().expect("a code");
    ProjectFacts::new(code, seeded_id("project", "test"), None)
}

fn amount(minor_units: i64, party: Option<u8>) -> Amount {
    Amount {
        number: 0,
        kind: AmountKind::Loan,
        basis: AmountBasis::Commitment,
        currency: "USD".parse().expect("a currency"),
        minor_units,
        estimated: false,
        on_date: None,
        source: None,
        note: None,
        party: party.map(|party| format!("party-{party}")),
    }
}

/// What a list says of a project: its amounts.
fn edition(amounts: &[(i64, Option<u8>)], on_missing: OnMissing) -> Proposed {
    let amounts = amounts.iter();
    Proposed {
        title_en: Some("A port".to_owned()),
        amounts: amounts
            .map(|(units, party)| amount(*units, *party))
            .collect(),
        list: Some(Listed {
            scheme: "made-up".to_owned(),
            identifier: "1".to_owned(),
            has_key: true,
            dated: None,
            on_missing,
        }),
        ..Proposed::default()
    }
}

fn units(project: &Project) -> Vec<i64> {
    let amounts = project.amounts.iter();
    let mut units: Vec<i64> = amounts.map(|amount| amount.minor_units).collect();
    units.sort_unstable();
    units
}

fn amounts() -> impl Strategy<Value = Vec<(i64, Option<u8>)>> {
    proptest::collection::vec((1_i64..6, proptest::option::of(0_u8..3)), 0..5)
}

proptest! {
    /// The registry says what the last edition says, and the same edition again changes nothing.
    #[test]
    fn the_last_edition_counts(editions in proptest::collection::vec(amounts(), 1..5)) {
        let mut project = Project::new(facts());
        for said in editions {
            let proposed = edition(&said, OnMissing::Withdraw);
            let merged = merge(&proposed, Ok(&project), false);
            prop_assert_eq!(&merged.recorded, &vec![true; said.len()]);
            prop_assert!(merged.left_out.is_empty(), "{:?}", merged.left_out);
            let mut wanted: Vec<i64> = said.iter().map(|(units, _)| *units).collect();
            wanted.sort_unstable();
            prop_assert_eq!(units(&merged.project), wanted);
            let again = merge(&proposed, Ok(&merged.project), false);
            prop_assert_eq!(&again.project, &merged.project);
            project = merged.project;
        }
    }

    /// Nothing is lost where what is missing is kept, and the amounts of others stay.
    #[test]
    fn what_is_kept_is_not_lost(first in amounts(), second in amounts(), by_hand in 6_i64..9) {
        let mut project = Project::new(facts());
        project.amounts.push(Amount { number: 1, ..amount(by_hand, None) });
        let merged = merge(&edition(&first, OnMissing::Keep), Ok(&project), false);
        let merged = merge(&edition(&second, OnMissing::Keep), Ok(&merged.project), false);
        let found = units(&merged.project);
        prop_assert!(found.contains(&by_hand));
        prop_assert!(found.len() > first.len().max(second.len()));
        prop_assert!(second.iter().all(|(units, _)| found.contains(units)));
    }
}

#[test]
fn a_title_that_somebody_changed_stays_until_the_list_says_something_new() {
    let first = edition(&[], OnMissing::Keep);
    let mut project = merge(&first, Err(facts()), false).project;
    project.facts.title_en = Some("The port of Testville".to_owned());
    let again = merge(&first, Ok(&project), false);
    assert_eq!(again.project, project);
    let said = again.left_out.first().expect("what stays is said");
    assert_eq!(
        (said.said.what, said.effect),
        (Flaw::ChangedSince, Effect::DropValue)
    );
    let second = Proposed {
        title_en: Some("A larger port".to_owned()),
        ..first
    };
    let again = merge(&second, Ok(&project), false);
    let said = again.left_out.first().expect("it is asked");
    assert_eq!(
        (said.said.what, said.effect),
        (Flaw::DiffersFromRegistry, Effect::Ask)
    );
}

#[test]
fn two_lists_do_not_overwrite_each_other() {
    let of = |scheme: &str, title: &str| {
        let said = edition(&[(5, None)], OnMissing::Withdraw);
        Proposed {
            title_en: Some(title.to_owned()),
            list: said.list.clone().map(|list| Listed {
                scheme: scheme.to_owned(),
                ..list
            }),
            ..said
        }
    };
    let (one, other) = (of("one", "A port"), of("other", "Port A"));
    let project = merge(&one, Err(facts()), false).project;
    let project = merge(&other, Ok(&project), false).project;
    assert_eq!(project.facts.title_en.as_deref(), Some("Port A"));
    assert_eq!(units(&project), [5], "both state one amount");
    assert_eq!(project.origins.len(), 2);
    let again = merge(&one, Ok(&project), false).project;
    assert_eq!(again.facts.title_en.as_deref(), Some("Port A"));
    let less = Proposed {
        amounts: Vec::new(),
        ..one
    };
    let less = merge(&less, Ok(&project), false).project;
    assert_eq!(units(&less), [5], "the other list states it still");
}

#[test]
fn a_date_is_corrected_and_a_later_status_is_history() {
    let said = |on: &str, status: &str| Proposed {
        events: vec![Event {
            number: 0,
            on_date: Some(on.parse().expect("a date")),
            due_on: None,
            kind: EventKind::Status,
            status: Some(status.parse().expect("a status")),
            text: None,
            source: None,
            confidence: None,
            evidence: None,
        }],
        ..edition(&[], OnMissing::Withdraw)
    };
    let dates = |project: &Project| -> Vec<String> {
        let dates = project.events.iter().filter_map(|event| event.on_date);
        dates.map(|date| date.to_string()).collect()
    };
    let project = merge(&said("2018-03-01", "signed"), Err(facts()), false).project;
    let project = merge(&said("2018-04-01", "signed"), Ok(&project), false).project;
    assert_eq!(dates(&project), ["2018-04-01"]);
    let merged = merge(&said("2020", "implementing"), Ok(&project), false);
    assert_eq!(dates(&merged.project), ["2018-04-01", "2020"]);
    assert!(merged.only_in_registry.is_empty());
}

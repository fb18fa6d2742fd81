//! What imports do to records: history is added to, nothing is taken away.

use std::collections::BTreeMap;

use super::*;
use crate::domain::{AmountBasis, AmountKind, EventKind, Language, Names, Status, seeded_id};
use crate::language::Labels;
use crate::store::Event;

fn facts(code: &str) -> ProjectFacts {
    let code = code.parse().expect("a code");
    ProjectFacts::new(code, seeded_id("project", "test"), None)
}

fn event(on: &str, status: &str) -> Event {
    Event {
        number: 0,
        on_date: Some(on.parse().expect("a date")),
        due_on: None,
        kind: EventKind::Status,
        status: Some(status.parse().expect("a status")),
        text: None,
        source: None,
        confidence: None,
        evidence: None,
    }
}

fn part(party: &str) -> Participation {
    Participation {
        number: 0,
        party: party.to_owned(),
        role: crate::domain::Role::Sponsor,
        share_percent: None,
        prospective: false,
        note: None,
    }
}

/// A project that was signed in 2018 and completed in 2020.
fn known() -> Project {
    let mut project = Project::new(facts("P-0001"));
    project.facts.title_en = Some("A port".to_owned());
    project.facts.note = Some("kept".to_owned());
    project.participations = vec![Participation {
        number: 4,
        ..part("alpha")
    }];
    project.events = vec![
        Event {
            number: 1,
            ..event("2018", "signed")
        },
        Event {
            number: 2,
            ..event("2020-06", "completed")
        },
    ];
    project
}

#[test]
fn what_is_not_said_stays_and_lists_are_added_to() {
    let known = known();
    let proposed = Proposed {
        title_en: Some("The port".to_owned()),
        participations: vec![part("beta")],
        ..Proposed::default()
    };
    let merged = merge(&proposed, Ok(&known), false);
    assert_eq!(merged.project.facts.title_en.as_deref(), Some("The port"));
    assert_eq!(merged.project.facts.note.as_deref(), Some("kept"));
    let parts: Vec<(i32, &str)> = merged
        .project
        .participations
        .iter()
        .map(|part| (part.number, part.party.as_str()))
        .collect();
    assert_eq!(parts, [(4, "alpha"), (5, "beta")]);
    let only: Vec<(&str, &str)> = merged
        .only_in_registry
        .iter()
        .map(|only| {
            (
                only.list.as_str(),
                only.item["party"].as_str().expect("a party"),
            )
        })
        .collect();
    assert_eq!(only, [("participations", "alpha")]);
    assert_eq!(merged.project.events, known.events);
    let again = merge(&proposed, Ok(&merged.project), false);
    assert!(again.changes(Some(&merged.project)).is_empty());
}

#[test]
fn a_status_that_goes_back_waits_for_a_reviewer() {
    let known = known();
    let proposed = Proposed {
        events: vec![event("2021", "implementing")],
        ..Proposed::default()
    };
    let waiting = merge(&proposed, Ok(&known), false);
    assert_eq!(
        waiting.backward,
        [crate::report::StepBack {
            status: Status::Implementing,
            on_date: "2021".parse().expect("a date"),
            behind: Status::Completed,
            behind_on: "2020-06".parse().expect("a date"),
        }]
    );
    assert_eq!(waiting.project.events, known.events);
    let accepted = merge(&proposed, Ok(&known), true);
    assert_eq!(accepted.project.events.len(), 3);
    assert_eq!(accepted.project.events[..2], known.events);
}

#[test]
fn a_status_in_between_is_history_and_one_that_stands_is_none() {
    let known = known();
    let between = Proposed {
        events: vec![event("2019", "committed")],
        ..Proposed::default()
    };
    let merged = merge(&between, Ok(&known), false);
    assert_eq!(merged.project.events.len(), 3);
    assert!(merged.backward.is_empty() && merged.left_out.is_empty());
    let stands = Proposed {
        events: vec![event("2020-07", "completed")],
        ..Proposed::default()
    };
    let merged = merge(&stands, Ok(&known), false);
    assert_eq!(merged.project.events, known.events);
    assert_eq!(merged.left_out.len(), 1, "{:?}", merged.left_out);
}

#[test]
fn a_status_of_the_day_of_a_further_one_is_no_step_back() {
    let known = known();
    for (on, status, is_back) in [
        ("2020-06", "implementing", false),
        ("2020-07", "implementing", true),
        ("2020-06", "cancelled", true),
    ] {
        let proposed = Proposed {
            events: vec![event(on, status)],
            ..Proposed::default()
        };
        let merged = merge(&proposed, Ok(&known), false);
        assert_eq!(merged.backward.len(), usize::from(is_back), "{on} {status}");
        let is_left_out = merged
            .left_out
            .iter()
            .any(|left| left.said.what == Flaw::StatusCovered);
        assert_eq!(
            is_left_out,
            (on, status) == ("2020-06", "implementing"),
            "{on} {status}"
        );
    }
}

#[test]
fn a_status_without_a_date_is_left_out_unless_it_stands() {
    let known = known();
    let undated = |status: &str| Proposed {
        undated_status: Some(status.parse().expect("a status")),
        ..Proposed::default()
    };
    assert!(
        merge(&undated("completed"), Ok(&known), false)
            .left_out
            .is_empty()
    );
    let merged = merge(&undated("cancelled"), Ok(&known), true);
    assert_eq!(merged.project.events, known.events);
    assert_eq!(merged.left_out.len(), 1);
    let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day");
    let labels = Labels::new(Language::English, BTreeMap::new());
    let accepted = merged.accepted(&undated("cancelled"), today, &labels);
    let note = accepted.events.last().expect("a note");
    assert_eq!(
        note.text.as_deref(),
        Some("Status without a date: Cancelled")
    );
    let again = merge(&undated("cancelled"), Ok(&accepted), false);
    assert_eq!((again.left_out.len(), &again.project), (0, &accepted));
    assert_eq!(
        merge(&undated("signed"), Ok(&accepted), false)
            .left_out
            .len(),
        1
    );
}

#[test]
fn a_sheet_of_the_record_itself_corrects_parts_by_their_numbers() {
    let mut known = known();
    let amount = |number, minor_units| Amount {
        number,
        kind: AmountKind::Loan,
        basis: AmountBasis::Commitment,
        currency: "USD".parse().expect("a currency"),
        minor_units,
        estimated: false,
        on_date: None,
        source: None,
        note: None,
        party: None,
    };
    known.amounts = vec![amount(1, 100), amount(2, 90)];
    let own = Proposed {
        id: Some(known.facts.id),
        amounts: vec![amount(1, 90), amount(2, 90)],
        events: vec![Event {
            number: 1,
            ..event("2019-03", "signed")
        }],
        ..Proposed::default()
    };
    let merged = merge(&own, Ok(&known), false);
    assert_eq!(merged.project.amounts, own.amounts);
    assert_eq!(merged.recorded, [true, true]);
    let signed = merged
        .project
        .events
        .first()
        .and_then(|event| event.on_date);
    assert_eq!(signed, own.events.first().and_then(|event| event.on_date));
    assert_eq!(merged.project.events.len(), known.events.len());
    // Of another record the numbers say nothing.
    let other = Proposed { id: None, ..own };
    let merged = merge(&other, Ok(&known), false);
    assert_eq!(merged.project.amounts.first(), Some(&amount(1, 100)));
}

#[test]
fn invisible_marks_are_no_change_of_a_title() {
    let mut known = known();
    known.facts.title_en = Some("A \u{200b}port\r\nof Testville".to_owned());
    let said = Proposed {
        title_en: Some("A port\nof Testville".to_owned()),
        ..Proposed::default()
    };
    assert_eq!(merge(&said, Ok(&known), false).project, known);
}

#[test]
fn an_agreement_that_was_not_identified_keeps_its_code_and_loses_its_stand_in() {
    let mut slot = Project::new(facts("P-0029"));
    slot.facts.identified = false;
    slot.facts.title_en = Some("Not yet identified".to_owned());
    let proposed = Proposed {
        title_ja: Some("覚書".to_owned()),
        list_number: Some(7),
        ..Proposed::default()
    };
    let merged = merge(&proposed, Ok(&slot), false).project;
    assert!(merged.facts.identified);
    assert_eq!(merged.facts.code, slot.facts.code);
    let only = Names {
        ja: Some("覚書"),
        ..Names::default()
    };
    assert_eq!(merged.titles(), only);
}

#[test]
fn the_basis_of_a_mode_goes_with_the_mode() {
    let mut known = known();
    known.facts.mode = Some(crate::domain::Mode::Investment);
    known.facts.mode_basis = Some(crate::domain::ModeBasis::Coded);
    let proposed = Proposed {
        mode: Some(crate::domain::Mode::Engineering),
        ..Proposed::default()
    };
    assert_eq!(
        merge(&proposed, Ok(&known), false).project.facts.mode_basis,
        None
    );
}

#[test]
fn what_began_and_ended_on_one_day_is_told_in_the_order_of_the_course() {
    let proposed = Proposed {
        events: vec![
            event("2001-05-17", "completed"),
            event("2001-05-17", "implementing"),
            event("2001-05-17", "suspended"),
            event("2000", "signed"),
        ],
        ..Proposed::default()
    };
    let facts = known().facts;
    let merged = merge(&proposed, Err(facts), false);
    let statuses: Vec<String> = merged
        .project
        .events
        .iter()
        .filter_map(|event| event.status)
        .map(|status| status.to_string())
        .collect();
    assert_eq!(statuses, ["signed", "implementing", "completed"]);
    assert_eq!(
        merged.backward.len(),
        1,
        "what is delivered cannot be halted: {:?}",
        merged.backward
    );
}

#[test]
fn an_amount_of_no_stated_kind_is_the_one_that_stands_already() {
    let amount = |number, kind| Amount {
        number,
        kind,
        basis: AmountBasis::Commitment,
        currency: "DKK".parse().expect("a currency"),
        minor_units: 100_000_000_000,
        estimated: false,
        on_date: None,
        source: None,
        note: None,
        party: None,
    };
    let mut known = known();
    known.amounts = vec![amount(1, AmountKind::Equity)];
    let said = |number| Proposed {
        amounts: vec![amount(number, AmountKind::Other)],
        ..Proposed::default()
    };
    let amounts = |number| {
        merge(&said(number), Ok(&known), false)
            .project
            .amounts
            .len()
    };
    assert_eq!(amounts(0), 1, "a foreign file");
    assert_eq!(amounts(2), 2, "our own sheet, which numbers its amounts");
}

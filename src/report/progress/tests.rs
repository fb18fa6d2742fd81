//! Durations, lists and what is not known, on small cases and on the shipped records.

use super::*;
use crate::store::Store;

fn day(text: &str) -> NaiveDate {
    text.parse().expect(text)
}

fn horizon(text: &str) -> Horizon {
    Horizon {
        as_of: day(text),
        known: day("2026-11-23"),
        zone: crate::domain::Zone::UTC,
    }
}

/// A shipped project with other events: (date, status, has a source).
fn project(events: &[(&str, Option<Status>, bool)]) -> Project {
    let mut project: Project = Store::seeded_in_memory()
        .read(|reader| reader.one("P-0001"))
        .map_err(|error: crate::store::Error| error.to_string())
        .expect("a project");
    let template = project.events[0].clone();
    let event = |(number, (date, status, has_source)): (i32, &(&str, Option<Status>, bool))| {
        let mut event = template.clone();
        event.number = number;
        event.on_date = Some(date.parse().expect(date));
        event.status = *status;
        event.kind = if status.is_some() {
            EventKind::Status
        } else {
            EventKind::Note
        };
        event.source = has_source.then(|| "S-0001".to_owned());
        event
    };
    project.events = (1..).zip(events).map(event).collect();
    project
}

#[test]
fn repeated_visits_add_up() {
    let events = [
        ("2020-01-01", Some(Status::Implementing), true),
        ("2020-01-11", Some(Status::Suspended), true),
        ("2020-02-01", Some(Status::Implementing), true),
        ("2020-02-03", Some(Status::Implementing), true),
    ];
    let spans = Spans::of(&project(&events), horizon("2020-02-06"));
    assert_eq!(
        spans.days_in(Status::Implementing, day("2020-02-06")),
        Some(10 + 5)
    );
    assert_eq!(
        spans.days_in(Status::Suspended, day("2020-02-06")),
        Some(21)
    );
    assert_eq!(spans.days_in(Status::Completed, day("2020-02-06")), None);
    assert!(spans.begins_late());
}

#[test]
fn a_duration_is_never_overstated() {
    let spans = Spans::of(
        &project(&[("2019", Some(Status::Signed), true)]),
        horizon("2020-01-10"),
    );
    assert_eq!(spans.days_in(Status::Signed, day("2020-01-10")), Some(10));
}

#[test]
fn silent_and_stalled_begin_the_day_after_the_limit() {
    let projects = [project(&[("2018-10-26", Some(Status::Signed), true)])];
    let limits = Limits {
        silent_months: 12,
        stalled_months: 24,
    };
    let named = |day: &str| {
        let report = ProgressReport::of(&projects, horizon(day), None, limits);
        let all = report.groups.last().expect("all").silent.len();
        (all, report.groups.last().expect("all").stalled.len())
    };
    assert_eq!(named("2019-10-26"), (0, 0));
    assert_eq!(named("2019-10-27"), (1, 0));
    assert_eq!(named("2020-10-27"), (1, 1));
}

#[test]
fn milestones_slip_by_days() {
    let mut late = project(&[
        ("2020-01-01", Some(Status::Signed), true),
        ("2020-06-11", None, true),
    ]);
    late.events[1].kind = EventKind::Milestone;
    late.events[1].due_on = Some("2020-06".parse().expect("a month"));
    assert!(
        slipped(&[&late], horizon("2020-12-31")).is_empty(),
        "a month is due by its last day"
    );
    late.events[1].due_on = Some("2020-06-01".parse().expect("a day"));
    assert_eq!(slipped(&[&late], horizon("2020-12-31"))[0].days, 10);
    let overdue = slipped(&[&late], horizon("2020-06-05"));
    assert_eq!((overdue[0].days, overdue[0].met_on), (4, None));
}

#[test]
fn medians() {
    assert_eq!(Days::of(vec![]), Days::default());
    assert_eq!(
        Days::of(vec![3, 1, 2]),
        Days {
            median: Some(2),
            longest: Some(3)
        }
    );
    assert_eq!(
        Days::of(vec![4, 1]),
        Days {
            median: Some(2),
            longest: Some(4)
        }
    );
}

#[test]
#[expect(
    clippy::redundant_closure_for_method_calls,
    reason = "the method is not general enough"
)]
fn the_shipped_records() {
    let projects: Vec<Project> = Store::seeded_in_memory()
        .read(|reader| reader.all())
        .map_err(|error: crate::store::Error| error.to_string())
        .expect("projects");
    let limits = Limits {
        silent_months: 12,
        stalled_months: 24,
    };
    let report = ProgressReport::of(&projects, horizon("2026-11-23"), None, limits);
    let [forum, all] = &report.groups[..] else {
        panic!("two groups")
    };
    assert_eq!((forum.projects, all.projects), (52, 133));
    let signed = &forum.by_status[0];
    assert_eq!((signed.status, signed.projects), (Some(Status::Signed), 47));
    assert_eq!(
        forum.stalled.len(),
        47,
        "none that was only signed has moved in two years"
    );
    assert_eq!(
        all.by_status
            .iter()
            .map(|line| line.projects)
            .sum::<usize>(),
        133
    );
    assert!(all.slipped.is_empty(), "the records hold no due dates");
}

//! Single projects, and the shipped records.

use super::*;
use crate::domain::PartialDate;
use crate::store::{Error, Store, Wanted};

const STRETCH: Stretch = Stretch {
    from: Status::Signed,
    to: Status::Implementing,
};

fn horizon() -> Horizon {
    let day = "2026-11-23".parse().expect("a day");
    Horizon {
        as_of: day,
        known: day,
        zone: crate::domain::Zone::UTC,
    }
}

fn records() -> (Vec<Line>, BTreeMap<String, Project>) {
    let read = Store::seeded_in_memory().read(|reader| {
        let lines = reader.lines(&Filter::default(), horizon(), Wanted::EVERYTHING, None)?;
        let projects: Vec<Project> = reader.all()?;
        Ok::<_, Error>((
            lines,
            projects
                .into_iter()
                .map(|project| (project.facts.code.to_string(), project))
                .collect(),
        ))
    });
    read.map_err(|error| error.to_string())
        .expect("the records")
}

fn with(events: &[(&str, Status)]) -> Project {
    let (_, mut projects) = records();
    let mut project = projects.remove("P-0001").expect("a project");
    let template = project.events[1].clone();
    let event = |(date, status): &(&str, Status)| {
        let mut event = template.clone();
        event.on_date = Some(date.parse::<PartialDate>().expect(date));
        event.status = Some(*status);
        event
    };
    project.events = events.iter().map(event).collect();
    project
}

#[test]
fn one_project() {
    let of = |events: &[(&str, Status)]| observation(&with(events), STRETCH, horizon());
    let seen = |days, outcome| Some(Observation { days, outcome });
    assert_eq!(
        of(&[
            ("2020-01-01", Status::Signed),
            ("2020-01-31", Status::Implementing)
        ]),
        seen(30, Outcome::Reached)
    );
    assert_eq!(
        of(&[
            ("2020-01-01", Status::Signed),
            ("2020-02-10", Status::Completed)
        ]),
        seen(40, Outcome::Reached)
    );
    assert_eq!(
        of(&[
            ("2020-01-01", Status::Signed),
            ("2020-01-11", Status::Cancelled)
        ]),
        seen(10, Outcome::Cancelled)
    );
    assert_eq!(
        of(&[
            ("2026-11-13", Status::Signed),
            ("2026-11-14", Status::Suspended)
        ]),
        seen(10, Outcome::Open)
    );
    assert_eq!(of(&[("2020-01-01", Status::Committed)]), None);
}

#[test]
fn a_cancelled_project_that_was_taken_up_again_goes_on() {
    use Status::{Cancelled, Implementing, Signed, Suspended};
    let of = |events: &[(&str, Status)]| observation(&with(events), STRETCH, horizon());
    let seen = |days, outcome| Some(Observation { days, outcome });
    let revived = [
        ("2019-01-01", Signed),
        ("2020-01-01", Cancelled),
        ("2021-01-01", Implementing),
    ];
    assert_eq!(of(&revived), seen(731, Outcome::Reached));
    let signed_again = [revived[0], revived[1], ("2026-11-13", Signed)];
    assert_eq!(of(&signed_again), seen(2883, Outcome::Open));
    let suspended = [revived[0], revived[1], ("2026-11-13", Suspended)];
    assert_eq!(of(&suspended), seen(2883, Outcome::Open));
    let given_up_again = [
        signed_again[0],
        signed_again[1],
        ("2020-02-01", Signed),
        ("2020-03-01", Cancelled),
    ];
    assert_eq!(of(&given_up_again), seen(425, Outcome::Cancelled));
    let ended = [
        revived[0],
        ("2019-02-01", Implementing),
        ("2020-01-01", Cancelled),
    ];
    assert_eq!(of(&ended), seen(31, Outcome::Reached));
}

#[test]
fn a_reopened_project_has_not_reached_the_goal_until_it_does_so_again() {
    use Status::{Completed, Implementing, Signed};
    let (from, to) = (Signed, Completed);
    let of =
        |events: &[(&str, Status)]| observation(&with(events), Stretch { from, to }, horizon());
    let seen = |days, outcome| Some(Observation { days, outcome });
    let reopened = [
        ("2019-01-01", Signed),
        ("2020-01-01", Completed),
        ("2020-02-01", Implementing),
    ];
    assert_eq!(of(&reopened), seen(2883, Outcome::Open));
    let again = [
        reopened[0],
        reopened[1],
        reopened[2],
        ("2021-01-01", Completed),
    ];
    assert_eq!(of(&again), seen(731, Outcome::Reached));
}

#[test]
fn the_shipped_records() {
    let (lines, projects) = records();
    let world = World::default();
    let question = PaceQuestion {
        stretch: STRETCH,
        by: Some(Dimension::Mode),
        compare: None,
        horizon: horizon(),
        known_at: None,
    };
    let projects = projects
        .iter()
        .map(|(code, project)| (code.as_str(), project))
        .collect();
    let report = PaceReport::of(&lines, &projects, &world, Filter::default(), &question);
    let counted: usize = report
        .groups
        .iter()
        .map(|section| section.total.projects + section.not_counted)
        .sum();
    assert_eq!(counted, 133);
    let forum = &report.groups[0].total;
    let by_mode: usize = report.groups[0].by.iter().map(|group| group.projects).sum();
    assert_eq!(by_mode, 52, "each agreement has one mode or none");
    assert_eq!((forum.projects, forum.reached, forum.open), (52, 5, 47));
    assert_eq!(forum.median, Median::default(), "five of 52 are no half");
    let last = forum.curve.last().expect("steps");
    assert!((last.survival - 47.0 / 52.0).abs() < 1e-12);
}

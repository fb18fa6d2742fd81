//! The shipped records, and what the report adds to the reports that it is made from.

use std::collections::BTreeSet;

use super::*;
use crate::store::{Forum, Store, Wanted};

fn horizon(day: &str) -> Horizon {
    let as_of = day.parse().expect("a day");
    let known = "2026-11-23".parse().expect("a day");
    let zone = crate::domain::Zone::UTC;
    Horizon { as_of, known, zone }
}

/// What the shipped records come to on a day, for the tests of the formats too.
pub(crate) fn gathered_for_tests(day: &str) -> (Gathered, World) {
    gathered(horizon(day))
}

fn gathered(horizon: Horizon) -> (Gathered, World) {
    let read = Store::seeded_in_memory().read(|reader| {
        let filter = Filter::default();
        let lines = reader.lines(&filter, horizon, Wanted::EVERYTHING, None)?;
        let (forums, asean) = (reader.all::<Forum>()?, reader.asean()?);
        let world = World::new(forums, asean, &lines, Language::English);
        let known_at = "2026-11-23T22:00:00Z".parse().expect("a time");
        let gathered = Gathered {
            homes: reader.homes().expect("the sides of home countries"),
            horizon,
            known_at,
            trace: Trace {
                origin: "tpmc.registry/test".to_owned(),
                entries: 3,
                root: "root".to_owned(),
                batch: 1,
                recorded_at: known_at,
                countries_named_here: Vec::new(),
            },
            filter,
            conditions: Vec::new(),
            options: Vec::new(),
            limits: Limits {
                silent_months: 12,
                stalled_months: 24,
            },
            language: Language::English,
            lines,
            projects: reader.all()?,
            changes: None,
            meetings: reader
                .meetings()?
                .iter()
                .map(|meeting| Meeting::new(meeting, Language::English))
                .collect(),
            money: None,
            sources: reader.all()?,
            currencies: reader.all()?,
            parties: reader
                .all::<Party>()?
                .into_iter()
                .map(|party| (party.facts.code.clone(), party))
                .collect(),
        };
        Ok::<_, crate::store::Error>((gathered, world))
    });
    read.map_err(|error| error.to_string())
        .expect("the records")
}

fn report(day: &str) -> MeetingReport {
    let (gathered, world) = gathered(horizon(day));
    MeetingReport::of(gathered, &world)
}

#[test]
fn every_part_is_about_the_same_projects() {
    let report = report("2026-11-23");
    let names: Vec<&str> = report
        .groups
        .iter()
        .map(|group| group.group.as_str())
        .collect();
    assert_eq!(names, ["F1", "other"]);
    for (group, other) in report.summary.groups.iter().zip(&report.groups) {
        assert_eq!(group.group, other.group);
        assert_eq!(group.total.projects, other.progress.projects);
        let goals: Vec<Status> = other.pace.iter().map(|paced| paced.stretch.to).collect();
        assert_eq!(goals, GOALS);
        for paced in &other.pace {
            assert_eq!(paced.section.group, group.group);
            let all = paced.section.total.projects + paced.section.not_counted;
            assert_eq!(all, group.total.projects);
        }
        // The last year ends today: it says what the summary says.
        let last = other.timeline.years.last().expect("a year");
        assert_eq!(last.day, report.frame.as_of.day);
        for (status, count) in group
            .total
            .by_status
            .iter()
            .filter_map(|(status, count)| Some(((*status)?, *count)))
        {
            assert_eq!(last.count(status), count, "{status:?}");
        }
    }
    let listed: Vec<_> = report
        .projects
        .projects
        .iter()
        .map(|project| &project.code)
        .collect();
    let whole: Vec<_> = report
        .records
        .iter()
        .map(|project| &project.facts.code)
        .collect();
    assert_eq!(listed, whole);
    assert_eq!(report.summary.total.projects, 133);
}

#[test]
fn a_timeline_tells_each_year_as_a_report_on_that_day_would() {
    let timeline = &report("2026-11-23").groups[1].timeline;
    assert!(
        timeline.is_cut,
        "the first project is older than the table is long"
    );
    assert_eq!(timeline.years.len(), 20);
    for year in timeline
        .years
        .iter()
        .filter(|year| [2015, 2019].contains(&year.year))
    {
        let then = report(&year.day.to_string());
        let counted = &then.summary.groups[1].total.by_status;
        let counted: Vec<(Status, usize)> = counted
            .iter()
            .filter_map(|(status, count)| Some(((*status)?, *count)))
            .collect();
        assert_eq!(year.by_status, counted, "{}", year.year);
        assert_eq!(
            year.total(),
            counted.iter().map(|(_, count)| count).sum::<usize>()
        );
    }
}

#[test]
fn what_stands_still_is_what_is_stalled_or_silent() {
    let report = report("2026-11-23");
    for group in &report.groups {
        let (stalled, silent) = (&group.progress.stalled, &group.progress.silent);
        let either: BTreeSet<_> = stalled
            .iter()
            .chain(silent)
            .map(|named| named.code.clone())
            .collect();
        let listed: BTreeSet<_> = group
            .standstill
            .iter()
            .map(|one| one.code.clone())
            .collect();
        assert_eq!(either, listed);
        assert_eq!(group.standstill.len(), listed.len(), "each stands once");
        let count =
            |test: fn(&Standstill) -> bool| group.standstill.iter().filter(|one| test(one)).count();
        assert_eq!(count(|one| one.stalled_since.is_some()), stalled.len());
        assert_eq!(count(|one| one.is_silent), silent.len());
        let longest: Vec<_> = group
            .standstill
            .iter()
            .map(|one| one.silent_days.max(one.stalled_days))
            .collect();
        assert!(longest.is_sorted_by(|one, next| one >= next), "{longest:?}");
    }
}

#[test]
fn sources_are_those_that_are_named() {
    let (gathered, world) = gathered(horizon("2026-11-23"));
    let all = gathered.sources.len();
    let report = MeetingReport::of(gathered, &world);
    assert!(
        report.sources.len() < all,
        "some rest on nothing of a project"
    );
    let listed: BTreeSet<&str> = report
        .sources
        .iter()
        .map(|source| source.code.as_str())
        .collect();
    let named = report.records.iter().flat_map(|project| {
        project
            .events
            .iter()
            .filter_map(|event| event.source.as_deref())
    });
    assert!(named.collect::<BTreeSet<_>>().is_subset(&listed));
}

#[test]
fn before_the_first_status_there_is_nothing_to_draw() {
    let report = report("1990-01-01");
    for group in &report.groups {
        assert!(group.timeline.years.is_empty());
        assert!(group.standstill.is_empty());
    }
}

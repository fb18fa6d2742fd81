//! The brief says what the reports say from which it is made.

use super::*;
use crate::report::gathered_for_tests;

fn brief() -> Brief {
    let (gathered, world) = gathered_for_tests("2026-11-23");
    Brief::of(gathered, &world)
}

#[test]
fn every_figure_has_its_codes_and_is_that_of_the_report() {
    let (gathered, world) = gathered_for_tests("2026-11-23");
    let report = MeetingReport::of(gathered, &world);
    let brief = brief();
    for (group, known) in brief.groups.iter().zip(&report.summary.groups) {
        assert_eq!(group.all.projects, known.total.projects);
        assert_eq!(group.implemented.projects, known.total.implemented);
        let standings = group.by_status.iter();
        let standings: Vec<_> = standings
            .map(|one| (one.status, one.figure.projects))
            .collect();
        assert_eq!(standings, known.total.by_status);
        let open = |what: &str| {
            let found = group.not_known.iter().find(|one| one.what == what);
            found.map_or(0, |one| one.figure.codes.len())
        };
        assert_eq!(open("identified"), known.not_known.identified);
        assert_eq!(open("mode"), known.not_known.mode);
        assert_eq!(open("country"), known.not_known.country);
        assert_eq!(open("sector"), known.not_known.sector);
        assert_eq!(open("status"), known.not_known.status);
        let everywhere = group.in_third_countries.codes.iter();
        let everywhere: BTreeSet<_> = everywhere.chain(&group.in_china_or_japan.codes).collect();
        assert_eq!(everywhere.len() + open("country"), group.all.projects);
    }
    let hosts = &brief.groups[0].third_countries;
    assert_eq!(hosts, &["DE", "TH"]);
}

#[test]
fn the_questions_are_of_each_kind_in_turn_and_of_the_agreements_first() {
    let brief = brief();
    let asked: Vec<(&str, &str)> = brief
        .ask
        .iter()
        .map(|one| (one.project.code.as_str(), one.reason.word()))
        .collect();
    assert_eq!(
        asked,
        [
            ("F1-016", "no_news"),
            ("F1-017", "stalled"),
            ("P-0035", "suspended"),
            ("F1-023", "no_news"),
            ("F1-004", "stalled"),
        ]
    );
}

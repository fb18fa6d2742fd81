//! The shipped records tested as data, and taking them in.

use std::collections::{BTreeMap, BTreeSet};

use super::super::record::{Party, Project, Source};
use super::super::{Contents, Error, Intent, Kind, Store};
use super::*;
use crate::domain::{Moment, Status};

fn now() -> Moment {
    "2026-11-23T22:00:00Z".parse().expect("a time")
}

fn intent(command: &'static str) -> Intent {
    Intent {
        actor: "secretariat".to_owned(),
        command,
        reason: None,
        dry_run: false,
        force_clock: false,
    }
}

fn shipped() -> Vec<Document> {
    documents(Contents::Everything).expect("the shipped records")
}

macro_rules! of_kind {
    ($kind:ident) => {
        shipped()
            .into_iter()
            .filter_map(|document| match document {
                Document::$kind(record) => Some(*record),
                _ => None,
            })
            .collect::<Vec<_>>()
    };
}

#[test]
fn there_are_52_forum_agreements_and_81_later_projects() {
    let projects: Vec<Project> = of_kind!(Project);
    let (agreements, later): (Vec<_>, Vec<_>) = projects
        .iter()
        .partition(|project| project.facts.forum.is_some());
    assert_eq!((agreements.len(), later.len()), (52, 81));
    let codes: Vec<String> = agreements
        .iter()
        .map(|project| project.facts.code.to_string())
        .collect();
    let expected: Vec<String> = (1..=52).map(|number| format!("F1-{number:03}")).collect();
    assert_eq!(codes, expected);
    let numbers: Vec<i64> = agreements
        .iter()
        .filter_map(|project| project.facts.list_number)
        .collect();
    assert_eq!(numbers, [1, 2, 3, 42, 45, 48]);
}

#[test]
fn nothing_is_invented_about_agreements_that_are_not_identified() {
    let unknown: Vec<Project> = of_kind!(Project);
    let unknown: Vec<_> = unknown
        .into_iter()
        .filter(|project| !project.facts.identified)
        .collect();
    assert_eq!(unknown.len(), 24);
    for project in unknown {
        let facts = &project.facts;
        assert!(
            facts.mode.is_none()
                && facts.sector.is_none()
                && facts.instrument.is_none()
                && facts.note.is_none()
        );
        assert!(
            project.hosts.is_empty()
                && project.participations.is_empty()
                && project.amounts.is_empty()
        );
        let statuses: Vec<_> = project
            .events
            .iter()
            .filter_map(|event| event.status)
            .collect();
        assert_eq!(
            statuses,
            [Status::Signed],
            "{}: only that it was signed is known",
            facts.code
        );
    }
}

#[test]
fn every_later_project_has_a_source() {
    let sources: BTreeSet<String> = of_kind!(Source)
        .into_iter()
        .map(|source: Source| source.code)
        .collect();
    for project in of_kind!(Project) {
        let project: Project = project;
        if project.facts.forum.is_none() {
            assert!(
                !project.citations.is_empty(),
                "{} has no source",
                project.facts.code
            );
        }
        let of_events = project
            .events
            .iter()
            .filter_map(|event| event.source.as_ref());
        let of_amounts = project
            .amounts
            .iter()
            .filter_map(|amount| amount.source.as_ref());
        for source in project.citations.iter().chain(of_events).chain(of_amounts) {
            assert!(
                sources.contains(source),
                "{} cites {source}",
                project.facts.code
            );
        }
    }
}

#[test]
fn every_party_of_a_participation_exists() {
    let parties: BTreeSet<String> = of_kind!(Party)
        .into_iter()
        .map(|party: Party| party.facts.code)
        .collect();
    assert_eq!(parties.len(), 308);
    let mut participations = 0;
    for project in of_kind!(Project) {
        let project: Project = project;
        for participation in &project.participations {
            assert!(
                parties.contains(&participation.party),
                "{}",
                participation.party
            );
        }
        participations += project.participations.len();
    }
    assert_eq!(participations, 588);
}

#[test]
fn no_message_board_is_cited() {
    let boards = [
        "2ch",
        "5ch",
        "reddit.",
        "tieba.",
        "zhihu.",
        "weibo.",
        "bbs.",
        "/bbs",
        "quora.",
        "facebook.",
        "twitter.",
        "note.mu",
    ];
    for source in of_kind!(Source) {
        let source: Source = source;
        let url = source.url.unwrap_or_default();
        assert!(boards.iter().all(|board| !url.contains(board)), "{url}");
        assert!(
            url.is_empty() || url.starts_with("http://") || url.starts_with("https://"),
            "{url}"
        );
    }
}

#[test]
fn every_kind_of_record_is_there() {
    let mut counts = BTreeMap::<Kind, usize>::new();
    shipped()
        .iter()
        .for_each(|document| *counts.entry(document.kind()).or_default() += 1);
    let expected = [
        (Kind::Country, 249),
        (Kind::Currency, 301),
        (Kind::Source, 399),
        (Kind::Forum, 1),
        (Kind::Party, 308),
        (Kind::Project, 133),
        (Kind::MechanismEvent, 36),
        (Kind::GuidelineCase, 17),
        (Kind::IndicatorObservation, 290),
    ];
    assert_eq!(counts, BTreeMap::from(expected));
    let amounts: usize = of_kind!(Project)
        .iter()
        .map(|project: &Project| project.amounts.len())
        .sum();
    let events: usize = of_kind!(Project)
        .iter()
        .map(|project: &Project| project.events.len())
        .sum();
    assert_eq!((amounts, events), (82, 299));
}

#[test]
fn asean_has_the_members_of_the_paper_and_timor_leste() {
    let members: BTreeMap<String, String> = of_kind!(Country)
        .into_iter()
        .filter_map(|country: super::super::Country| {
            Some((country.code, country.asean_since?.to_string()))
        })
        .collect();
    let founders = ["ID", "MY", "PH", "SG", "TH"].map(|code| (code, "1967-08-08"));
    let later = [
        ("BN", "1984-01-08"),
        ("VN", "1995-07-28"),
        ("MM", "1997-07-23"),
        ("LA", "1997-07-23"),
        ("KH", "1999-04-30"),
        ("TL", "2025-10-26"),
    ];
    let expected = founders
        .into_iter()
        .chain(later)
        .map(|(code, since)| (code.to_owned(), since.to_owned()));
    assert_eq!(members, expected.collect());
}

#[test]
fn loading_twice_changes_nothing_and_what_was_touched_is_left() {
    let mut store = Store::in_memory().expect("memory");
    let first = store
        .seed(Contents::Everything, &intent("init"), now)
        .expect("seeded");
    assert_eq!(first.batch.as_ref().map(|batch| batch.number), Some(1));
    let second = store
        .seed(Contents::Everything, &intent("migrate"), now)
        .expect("seeded again");
    assert_eq!(
        (second.saved, second.open.len(), second.batch),
        (0, 0, None)
    );

    let change = |store: &mut Store, command, code: &str, note: &str| {
        let changed = store.write(&intent(command), now, |writer| {
            let mut project: Project = writer.reader().one(code)?;
            project.facts.note = Some(note.to_owned());
            writer.save(project)
        });
        assert!(
            changed
                .map_err(|error: Error| error.to_string())
                .expect("saved")
                .0
        );
    };
    change(
        &mut store,
        "init",
        "P-0001",
        "an older wording that was shipped",
    );
    change(&mut store, "project set", "P-0002", "corrected by hand");
    let third = store
        .seed(Contents::Everything, &intent("migrate"), now)
        .expect("a newer release");
    assert_eq!(third.saved, 1, "P-0001 is brought up to date");
    assert_eq!(
        third.open.len(),
        0,
        "the release says nothing new about P-0002"
    );
}

#[test]
#[expect(
    clippy::redundant_closure_for_method_calls,
    reason = "the method itself is not general enough over the lifetime of the reader"
)]
fn the_reference_data_stand_without_projects() {
    let mut store = Store::in_memory().expect("memory");
    store
        .seed(Contents::Reference, &intent("init"), now)
        .expect("seeded");
    let projects: Vec<Project> = store
        .read(|reader| reader.all())
        .map_err(|error: Error| error.to_string())
        .expect("read");
    assert!(projects.is_empty());
}

#[test]
fn what_the_tables_hold_is_what_was_recorded() {
    let mut store = Store::in_memory().expect("memory");
    store
        .seed(Contents::Everything, &intent("init"), now)
        .expect("seeded");
    let mut shipped = shipped();
    shipped.sort_by(|left, right| (left.kind(), left.code()).cmp(&(right.kind(), right.code())));
    let mut stored = Vec::new();
    for kind in Kind::ALL {
        stored.extend(
            kind.load(super::super::Selection::ALL, &mut store.db)
                .expect("loaded"),
        );
    }
    assert_eq!(stored.len(), shipped.len());
    for (stored, shipped) in stored.iter().zip(&shipped) {
        assert_eq!(stored, shipped);
    }
}

//! The tally is what counting gives, whatever was written.

use proptest::prelude::*;

use super::super::{Batch, Contents, Intent, Kind, Store};
use super::*;
use crate::domain::Horizon;
use crate::domain::Moment;
use crate::store::{Filter, Wanted};

/// One thing to do with a project.
#[derive(Debug, Clone)]
enum Act {
    Save(usize, Shape),
    Remove(usize),
    Undo,
    Redo,
    Rebuild,
}

/// What a project can be counted by.
#[derive(Debug, Clone)]
struct Shape {
    mode: Option<Mode>,
    has_sector: bool,
    is_identified: bool,
    hosts: Vec<&'static str>,
    has_forum: bool,
    statuses: Vec<Status>,
}

fn shapes() -> impl Strategy<Value = Shape> {
    let mode = proptest::option::of(proptest::sample::select(Mode::ALL));
    let hosts = proptest::sample::subsequence(vec!["VN", "TH", "LA"], 0..=3).prop_shuffle();
    let statuses = proptest::collection::vec(proptest::sample::select(Status::ALL), 0..4);
    let flags = (any::<bool>(), any::<bool>(), any::<bool>());
    (mode, flags, hosts, statuses).prop_map(|(mode, flags, hosts, statuses)| Shape {
        mode,
        has_sector: flags.0,
        is_identified: flags.1,
        has_forum: flags.2,
        hosts,
        statuses,
    })
}

fn acts() -> impl Strategy<Value = Act> {
    prop_oneof![
        6 => (0..4_usize, shapes()).prop_map(|(number, shape)| Act::Save(number, shape)),
        2 => (0..4_usize).prop_map(Act::Remove),
        2 => Just(Act::Undo),
        1 => Just(Act::Redo),
        1 => Just(Act::Rebuild),
    ]
}

fn project(template: &Project, number: usize, shape: &Shape) -> Project {
    let mut project = template.clone();
    let code = format!("P-900{number}");
    project.facts.id = crate::domain::seeded_id("project", &code);
    project.facts.code = code.parse().expect("a code");
    project.facts.list_number = None;
    project.facts.forum = shape.has_forum.then(|| "F1".to_owned());
    project.facts.mode = shape.mode;
    project.facts.identified = shape.is_identified;
    if !shape.has_sector {
        project.facts.sector = None;
    }
    project.hosts = shape
        .hosts
        .iter()
        .map(|host| host.parse().expect("a country"))
        .collect();
    project.identifiers.clear();
    let like = project.events.first().cloned().expect("an event");
    let events = (1..).zip(&shape.statuses).map(|(number, status)| {
        let mut event = like.clone();
        (event.number, event.status) = (number, Some(*status));
        event.on_date = format!("20{:02}", 10 + number).parse().ok();
        event
    });
    project.events = events.collect();
    project
}

fn write(
    store: &mut Store,
    dry_run: bool,
    work: impl FnOnce(&mut super::super::Writer<'_>) -> Result<(), Error>,
) -> Result<Option<Batch>, Error> {
    let intent = Intent {
        actor: "secretariat".to_owned(),
        command: "test",
        reason: None,
        dry_run,
        force_clock: false,
    };
    let now: Moment = "2026-11-23T22:00:00Z".parse().expect("a time");
    store.write(&intent, || now, work).map(|(_, batch)| batch)
}

fn agree(store: &mut Store) {
    let counted: Vec<Row> = diesel::sql_query(COUNT)
        .load(&mut store.db)
        .expect("counted");
    assert_eq!(counted, kept(&mut store.db).expect("kept"));
    let horizon = Horizon {
        as_of: "2026-11-23".parse().expect("a day"),
        known: "2026-11-23".parse().expect("a day"),
        zone: crate::domain::Zone::UTC,
    };
    let (tallies, lines) = store
        .read(|reader| {
            let lines = reader.lines(&Filter::default(), horizon, Wanted::default(), None)?;
            Ok::<_, Error>((reader.tallies()?, lines))
        })
        .expect("read");
    let sum: usize = tallies.iter().map(|tally| tally.projects).sum();
    assert_eq!(sum, lines.len());
    for tally in tallies {
        let alike = lines.iter().filter(|line| {
            let hosts: std::collections::BTreeSet<_> = line.hosts.iter().collect();
            line.facts.forum == tally.forum
                && line.facts.mode == tally.mode
                && line.facts.identified == tally.identified
                && line.standing.status == tally.status
                && hosts.into_iter().eq(&tally.hosts)
        });
        assert_eq!(alike.count(), tally.projects);
    }
}

fn seeded() -> Store {
    let mut store = Store::in_memory().expect("memory");
    let intent = Intent {
        actor: "secretariat".to_owned(),
        command: "init",
        reason: None,
        dry_run: false,
        force_clock: false,
    };
    let now = || "2026-11-23T22:00:00Z".parse().expect("a time");
    store
        .seed(Contents::Everything, &intent, now)
        .expect("seeded");
    store
}

#[test]
fn the_shipped_records_are_counted() {
    agree(&mut seeded());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn after_any_writes_the_tally_is_a_full_count(acts in proptest::collection::vec((acts(), any::<bool>()), 1..12)) {
        let mut store = seeded();
        let template = store.read(|reader| reader.one::<Project>("P-0002")).expect("a project");
        for (act, dry_run) in acts {
            // What is refused changes nothing, which is compared as well.
            let _ = match act {
                Act::Save(number, shape) => {
                    write(&mut store, dry_run, |writer| writer.save(project(&template, number, &shape)).map(drop))
                }
                Act::Remove(number) => {
                    write(&mut store, dry_run, |writer| writer.remove(Kind::Project, &format!("P-900{number}")))
                }
                Act::Undo => write(&mut store, dry_run, |writer| writer.undo(None, "secretariat", |_| Ok(()))),
                Act::Redo => write(&mut store, dry_run, |writer| writer.redo("secretariat", |_| Ok(()))),
                Act::Rebuild => store.rebuild(&|_| ()).map(|_| None),
            };
            agree(&mut store);
        }
    }
}

#[test]
fn an_earlier_day_is_counted_in_one_pass_as_project_by_project() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("registry.db");
    let intent = Intent {
        actor: "secretariat".to_owned(),
        command: "init",
        reason: None,
        dry_run: false,
        force_clock: false,
    };
    let now = || "2026-11-23T22:00:00Z".parse().expect("a time");
    Store::create(&path, Contents::Everything, &intent, now).expect("created");
    let mut store = Store::open(&path, super::super::Access::Read).expect("opened");
    for day in [
        "1999-01-01",
        "2012-09-30",
        "2018-10-26",
        "2019-12-31",
        "2022-06-15",
        "2026-11-22",
    ] {
        let horizon = Horizon {
            as_of: day.parse().expect("a day"),
            known: "2026-11-23".parse().expect("a day"),
            zone: crate::domain::Zone::UTC,
        };
        let (tallies, lines) = store
            .read(|reader| {
                let lines = reader.lines(&Filter::default(), horizon, Wanted::default(), None)?;
                let tallies = reader.tallies_within(horizon)?;
                Ok::<_, Error>((tallies.expect("nobody writes"), lines))
            })
            .expect("read");
        let mut expected = std::collections::BTreeMap::<_, usize>::new();
        for line in &lines {
            let mut hosts: Vec<String> = line.hosts.iter().map(ToString::to_string).collect();
            hosts.sort_unstable();
            let key = (
                line.facts.forum.clone(),
                line.facts.mode,
                line.facts.identified,
                hosts,
            );
            *expected.entry((key, line.standing.status)).or_default() += 1;
        }
        let mut found = std::collections::BTreeMap::new();
        for tally in tallies {
            let hosts: Vec<String> = tally.hosts.iter().map(ToString::to_string).collect();
            let key = (tally.forum, tally.mode, tally.identified, hosts);
            found.insert((key, tally.status), tally.projects);
        }
        assert_eq!(found, expected, "{day}");
    }
}

//! The write path: whole batches or nothing, in the order of time.

use diesel::prelude::*;

use super::super::record::{Party, Project};
use super::super::{Contents, Error, Kind, Store};
use super::*;
use crate::merkle::append::Appender;
use crate::merkle::hash::leaf_hash;
use crate::store::schema::entry;
use crate::store::tiles::TileTable;

fn at(time: &str) -> Moment {
    time.parse().expect(time)
}

fn intent() -> Intent {
    Intent {
        actor: "secretariat".to_owned(),
        command: "init",
        reason: None,
        dry_run: false,
        force_clock: false,
    }
}

fn seeded() -> Store {
    let mut store = Store::in_memory().expect("memory");
    store
        .seed(Contents::Everything, &intent(), || {
            at("2026-11-23T22:00:00Z")
        })
        .expect("seeded");
    store
}

fn entries(store: &mut Store) -> i64 {
    entry::table
        .count()
        .get_result(&mut store.db)
        .expect("a count")
}

fn with_note(
    store: &mut Store,
    intent: &Intent,
    time: &str,
    note: &str,
) -> Result<Option<Batch>, Error> {
    let written = store.write(
        intent,
        || at(time),
        |writer| {
            let mut project: Project = writer.reader().one("P-0001")?;
            project.facts.note = Some(note.to_owned());
            writer.save(project)
        },
    );
    written.map(|(_, batch)| batch)
}

#[test]
fn a_batch_ends_with_an_entry_that_says_who_and_why() {
    let mut store = seeded();
    let before = entries(&mut store);
    let batch = with_note(&mut store, &intent(), "2026-11-24T00:00:00Z", "a note")
        .expect("written")
        .expect("a batch");
    assert_eq!(
        (batch.number, batch.first_entry, batch.entries),
        (2, before, 2)
    );
    let kinds: Vec<String> = entry::table
        .filter(entry::batch.eq(2))
        .order(entry::number)
        .select(entry::kind)
        .load(&mut store.db)
        .expect("entries");
    assert_eq!(kinds, ["project", "batch"]);
}

#[test]
fn what_changes_nothing_leaves_no_trace() {
    let mut store = seeded();
    let before = entries(&mut store);
    let unchanged = store.write(
        &intent(),
        || at("2026-11-24T00:00:00Z"),
        |writer| {
            let project: Project = writer.reader().one("P-0001")?;
            writer.save(project)
        },
    );
    assert!(matches!(unchanged, Ok((false, None))));
    let dry = Intent {
        dry_run: true,
        ..intent()
    };
    let batch = with_note(&mut store, &dry, "2026-11-24T00:00:00Z", "a note").expect("worked out");
    assert!(
        batch.is_some(),
        "a dry run tells what it would have recorded"
    );
    assert_eq!(entries(&mut store), before);
}

#[test]
fn a_failure_half_way_records_nothing() {
    let mut store = seeded();
    let before = entries(&mut store);
    let failed = store.write(
        &intent(),
        || at("2026-11-24T00:00:00Z"),
        |writer| {
            let mut project: Project = writer.reader().one("P-0001")?;
            project.facts.note = None;
            writer.save(project)?;
            writer.reader().one::<Project>("P-9999")
        },
    );
    assert!(matches!(failed, Err(Error::NotFound { .. })));
    assert_eq!(entries(&mut store), before);
}

#[test]
fn a_link_to_nothing_is_refused_at_the_end_of_the_batch() {
    let mut store = seeded();
    let before = entries(&mut store);
    let failed = store.write(
        &intent(),
        || at("2026-11-24T00:00:00Z"),
        |writer| {
            let mut project: Project = writer.reader().one("P-0001")?;
            project.citations.push("S-9999".to_owned());
            writer.save(project)
        },
    );
    assert!(matches!(failed, Err(Error::Constraint(_))), "{failed:?}");
    assert_eq!(entries(&mut store), before);
    let removed = store.write(
        &intent(),
        || at("2026-11-24T00:00:00Z"),
        |writer| writer.remove(Kind::Party, "itochu"),
    );
    assert!(
        matches!(removed, Err(Error::Constraint(_))),
        "a party that takes part cannot go"
    );
    let party: Result<Party, Error> = store.read(|reader| reader.one("itochu"));
    assert!(party.is_ok());
}

#[test]
fn time_does_not_run_backwards() {
    let mut store = seeded();
    let error =
        with_note(&mut store, &intent(), "2026-11-23T21:58:59Z", "a note").expect_err("refused");
    assert!(matches!(error, Error::ClockBehind { .. }), "{error}");
    let batch = with_note(&mut store, &intent(), "2026-11-23T21:59:00Z", "a note").expect("near");
    let recorded_at = batch.map(|batch| batch.recorded_at);
    assert_eq!(recorded_at, Some(at("2026-11-23T22:00:00Z")));
}

#[test]
fn the_tree_grows_with_the_journal() {
    let mut store = seeded();
    with_note(&mut store, &intent(), "2026-11-24T00:00:00Z", "a note").expect("written");
    let bytes: Vec<String> = entry::table
        .order(entry::number)
        .select(entry::bytes)
        .load(&mut store.db)
        .expect("entries");
    let size = u64::try_from(bytes.len()).expect("few");
    let mut fresh = Appender::default();
    let mut other = Store::in_memory().expect("memory");
    for bytes in &bytes {
        fresh
            .push(leaf_hash(bytes.as_bytes()), &mut TileTable(&mut other.db))
            .expect("pushed");
    }
    let root = crate::merkle::tree::root(size, &mut TileTable(&mut store.db))
        .map_err(Error::tree)
        .expect("a root");
    assert_eq!(root, fresh.root());
}

#[test]
fn the_journal_is_never_changed() {
    let mut store = seeded();
    for sql in [
        "UPDATE entry SET code = 'x'",
        "DELETE FROM entry",
        "UPDATE batch SET actor = 'x'",
        "DELETE FROM batch",
    ] {
        let error = diesel::sql_query(sql)
            .execute(&mut store.db)
            .expect_err(sql);
        assert!(error.to_string().contains("never changed"), "{error}");
    }
}

/// A batch that brings more than the file has, in which a party takes part that may not be there.
fn with_party(store: &mut Store, party: &str, settle: bool) -> Result<Option<Batch>, Error> {
    let clock = || at("2026-11-24T00:00:00Z");
    let written = store.write_much(u64::MAX, &intent(), clock, |writer| {
        let mut project: Project = writer.reader().one("P-0001")?;
        project.facts.note = Some(format!("{party} takes part"));
        writer.save(project.clone())?;
        if settle {
            writer.settle(&|| Ok::<_, Error>(()))?;
        }
        if let Some(part) = project.participations.first_mut() {
            part.party = party.to_owned();
        }
        writer.save(project)
    });
    written.map(|(_, batch)| batch)
}

#[test]
fn what_records_refer_to_is_looked_for_when_a_great_batch_ends() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("registry.db");
    let clock = || at("2026-11-23T22:00:00Z");
    Store::create(&path, Contents::Everything, &intent(), clock).expect("created");
    let mut store = Store::open(&path, crate::store::Access::Write).expect("opened");
    let before = entries(&mut store);
    let dangling = "INSERT INTO citation (project, number, source) VALUES ('P-0001', 99, 'S-9999')";
    for settle in [false, true] {
        match with_party(&mut store, "nobody", settle) {
            Err(Error::Constraint(why)) => assert_eq!(
                why.to_string(),
                "a participation refers to the party \"nobody\", which does not exist"
            ),
            other => panic!("{other:?}"),
        }
        assert_eq!(entries(&mut store), before);
        // Whoever writes after it is watched again.
        assert!(diesel::sql_query(dangling).execute(&mut store.db).is_err());
    }
    let batch = with_party(&mut store, "marubeni", true).expect("the party is there");
    assert!(batch.is_some());
    assert!(diesel::sql_query(dangling).execute(&mut store.db).is_err());
}

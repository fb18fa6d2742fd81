//! Random histories against a model: batches, undo, redo, migrations, backups and restores of one file, which always says what the
//! model says and always verifies.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use proptest::prelude::*;

use crate::domain::{Confidence, Moment, seeded_id};
use crate::store::record::Source;
use crate::store::{Access, Batch, Error, Intent, Kind, Store, Writer};

/// What the registry says: the titles of the sources that are there.
type State = BTreeMap<String, String>;

#[derive(Debug, Clone)]
enum Act {
    /// Sources get these titles in one batch; None removes one.
    Batch(BTreeMap<usize, Option<u8>>),
    Undo(Option<usize>),
    Redo,
    /// Back to an earlier schema, and up again.
    Migrate(usize),
    Backup,
    /// Back to the last backup.
    Restore,
    Rebuild,
}

fn acts() -> impl Strategy<Value = Act> {
    let change = proptest::collection::btree_map(0..4_usize, proptest::option::of(0..3_u8), 1..4);
    prop_oneof![
        6 => change.prop_map(Act::Batch),
        3 => proptest::option::of(0..8_usize).prop_map(Act::Undo),
        2 => Just(Act::Redo),
        1 => (1..3_usize).prop_map(Act::Migrate),
        1 => Just(Act::Backup),
        1 => Just(Act::Restore),
        1 => Just(Act::Rebuild),
    ]
}

/// The model: the state after every batch, and what was backed up.
#[derive(Debug, Clone)]
struct Model {
    states: Vec<State>,
    backup: Option<Vec<State>>,
}

impl Model {
    fn now(&self) -> State {
        self.states.last().cloned().unwrap_or_default()
    }

    /// What the registry says when batch `number` is taken back: its records are as they were before it, the others stay.
    fn without(&self, number: usize) -> State {
        let empty = State::new();
        let before = number
            .checked_sub(2)
            .map_or(&empty, |place| &self.states[place]);
        let after = &self.states[number - 1];
        let mut state = self.now();
        let codes: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
        for code in codes {
            if before.get(code) != after.get(code) {
                assert_eq!(state.get(code), after.get(code), "{code} was changed later");
                match before.get(code) {
                    Some(title) => state.insert(code.clone(), title.clone()),
                    None => state.remove(code),
                };
            }
        }
        state
    }
}

fn code(number: usize) -> String {
    format!("S-{number:04}")
}

fn now() -> Moment {
    "2026-11-23T22:00:00Z".parse().expect("a time")
}

fn write(
    store: &mut Store,
    work: impl FnOnce(&mut Writer<'_>) -> Result<(), Error>,
) -> Result<Option<Batch>, Error> {
    let intent = Intent {
        actor: "secretariat".to_owned(),
        command: "source set",
        reason: None,
        dry_run: false,
        force_clock: false,
    };
    store.write(&intent, now, work).map(|(_, batch)| batch)
}

fn apply(
    changes: &BTreeMap<usize, Option<u8>>,
    state: &State,
    writer: &mut Writer<'_>,
) -> Result<State, Error> {
    let mut next = state.clone();
    for (number, title) in changes {
        let code = code(*number);
        match title {
            Some(title) => {
                let title = format!("title {title}");
                let id = seeded_id("source", &code);
                writer.save(Source {
                    title: Some(title.clone()),
                    ..Source::new(id, code.clone(), Confidence::Low)
                })?;
                next.insert(code, title);
            }
            None => {
                if next.remove(&code).is_some() {
                    writer.remove(Kind::Source, &code)?;
                }
            }
        }
    }
    Ok(next)
}

/// Does one thing to the registry and to the model.
fn act(act: &Act, path: &Path, model: &mut Model) {
    let open = || Store::open(path, Access::Write).expect("the registry");
    let saved = path.with_extension("backup");
    match act {
        Act::Batch(changes) => {
            let mut next = model.now();
            let batch = write(&mut open(), |writer| {
                next = apply(changes, &next, writer)?;
                Ok(())
            });
            if batch.expect("recorded").is_some() {
                model.states.push(next);
            }
        }
        Act::Undo(_) | Act::Redo => {
            let number = match act {
                Act::Undo(Some(back)) => model.states.len().checked_sub(*back),
                _ => None,
            };
            let number = number.and_then(|number| i64::try_from(number).ok());
            let taken = write(&mut open(), |writer| match act {
                Act::Redo => writer.redo("secretariat", |_| Ok(())),
                _ => writer.undo(number, "secretariat", |_| Ok(())),
            });
            // What is refused changes nothing.
            if let Ok(Some(batch)) = taken {
                let undone = usize::try_from(batch.undoes.expect("a number")).expect("a number");
                model.states.push(model.without(undone));
            }
        }
        Act::Migrate(steps) => {
            let mut store = open();
            store.remove_log().expect("one file");
            crate::store::open::take_back_migrations(&mut store.db, *steps);
            drop(store);
            assert!(matches!(
                Store::open(path, Access::Read),
                Err(Error::Older { .. })
            ));
            assert!(Store::migrate(path).expect("migrated").is_some());
        }
        Act::Backup => {
            let _ = std::fs::remove_file(&saved);
            let checked = open().back_up(&saved, &|_| {}).expect("a backup");
            assert!(checked.findings.is_empty());
            model.backup = Some(model.states.clone());
        }
        Act::Restore => {
            let Some(states) = model.backup.clone() else {
                return;
            };
            Store::put_back(&saved, path, now(), &|_| {}).expect("restored");
            model.states = states;
        }
        Act::Rebuild => {
            open().rebuild(&|_| {}).expect("rebuilt");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn any_history_leaves_what_the_model_says(history in proptest::collection::vec(acts(), 1..16)) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("registry.db");
        let mut model = Model { states: Vec::new(), backup: None };
        Store::create_with(&path, |store| {
            write(store, |writer| {
                let first = apply(&[(9, Some(0))].into(), &State::new(), writer)?;
                model.states.push(first);
                Ok(())
            })
        })
        .expect("a registry");
        for step in &history {
            act(step, &path, &mut model);
            let mut store = Store::open(&path, Access::Read).expect("the registry");
            let (found, batches) = store
                .read(|reader| {
                    let found = reader.all::<Source>()?;
                    Ok::<_, Error>((found, reader.last_batch()?.map_or(0, |last| last.number)))
                })
                .expect("read");
            let found: State = found.into_iter().map(|one| (one.code, one.title.unwrap_or_default())).collect();
            prop_assert_eq!(found, model.now(), "after {:?}", step);
            prop_assert_eq!(batches, model.states.len() as i64);
        }
        let mut store = Store::open(&path, Access::Inspect).expect("the registry");
        let checked = store.read(|reader| reader.verify(&path, true, &|_| {})).expect("verified");
        prop_assert!(checked.findings.is_empty(), "{:?}", checked.findings);
    }
}

//! The tables, views, triggers and indexes that a registry has, and how those of a file differ. What is in the file
//! besides would act or answer in their place, so it is refused.

mod difference;

use std::collections::BTreeMap;

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_types::Text;

use super::Error;
use super::backend::Db;
pub(crate) use difference::{Difference, Differing};

/// What the migrations make: an object a paragraph, its kind, name and table after `@`, then its SQL. A test compares.
const EXPECTED: &str = include_str!("layout.sql");

/// What SQLite's schema table says of one object. The SQL of an index that belongs to a key is empty.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
struct Object {
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    tbl: String,
    #[diesel(sql_type = Text)]
    sql: String,
}

const OBJECTS: &str =
    "SELECT CAST(type AS TEXT) AS kind, CAST(name AS TEXT) AS name, CAST(tbl_name AS TEXT) AS tbl,
    coalesce(CAST(sql AS TEXT), '') AS sql FROM sqlite_schema ORDER BY type, name";

/// The objects that differ, in the order of their kinds and names.
pub(super) fn differences(db: &mut Db) -> Result<Vec<Differing>, Error> {
    let found: Vec<Object> = diesel::sql_query(OBJECTS).load(db)?;
    let mut expected: BTreeMap<_, _> = expected().map(|object| (key(&object), object)).collect();
    let mut differing = Vec::new();
    for object in found {
        let difference = match expected.remove(&key(&object)) {
            Some(known) if known == object => continue,
            Some(_) => Difference::Changed,
            None => Difference::Unknown,
        };
        differing.push(Differing {
            difference,
            kind: object.kind,
            name: object.name,
        });
    }
    differing.extend(expected.into_keys().map(|(kind, name)| Differing {
        difference: Difference::Missing,
        kind,
        name,
    }));
    Ok(differing)
}

/// Whether every table that should be there is a table: what is read of them is read from the file then, and not worked out.
pub(super) fn has_tables(differing: &[Differing]) -> bool {
    let is_gone = |one: &Differing| one.kind == "table" && one.difference == Difference::Missing;
    !differing.iter().any(is_gone)
}

/// Refuses a file with objects that no migration made. Whatever is only missing harms nobody who reads; `verify` finds it.
///
/// # Errors
/// [`Error::Layout`], which names them.
pub(super) fn refuse_foreign(db: &mut Db) -> Result<(), Error> {
    let differing = differences(db)?;
    if !has_tables(&differing)
        || differing
            .iter()
            .any(|one| one.difference != Difference::Missing)
    {
        return Err(Error::Layout(differing));
    }
    Ok(())
}

/// Refuses a file in which a table differs: there are records in it, so that it cannot be made anew.
///
/// # Errors
/// [`Error::Layout`], which names what differs.
pub(super) fn refuse_other_tables(db: &mut Db) -> Result<(), Error> {
    match differences(db)? {
        differing if differing.iter().any(|one| one.kind == "table") => {
            Err(Error::Layout(differing))
        }
        _ => Ok(()),
    }
}

/// Makes views, triggers and indexes as they should be. Tables stay as they are: there are records in them.
pub(super) fn mend(db: &mut Db) -> Result<(), Error> {
    let mut differing = differences(db)?;
    let tables = differing.iter().filter(|one| one.kind == "table");
    let tables: Vec<String> = tables.map(|one| one.name.clone()).collect();
    // SQLite makes and drops the indexes of keys together with their tables.
    differing.retain(|one| one.kind != "table" && !one.name.starts_with("sqlite_"));
    for Differing { kind, name, .. } in differing
        .iter()
        .filter(|one| one.difference != Difference::Missing)
    {
        let name = name.replace('"', "\"\"");
        db.batch_execute(&format!("DROP {kind} \"{name}\""))?;
    }
    let is_wanted = |object: &Object| {
        let is_it = |one: &Differing| {
            one.difference != Difference::Unknown
                && (&one.kind, &one.name) == (&object.kind, &object.name)
        };
        !object.sql.is_empty() && !tables.contains(&object.tbl) && differing.iter().any(is_it)
    };
    for object in expected().filter(is_wanted) {
        db.batch_execute(&object.sql)?;
    }
    Ok(())
}

fn key(object: &Object) -> (String, String) {
    (object.kind.clone(), object.name.clone())
}

fn expected() -> impl Iterator<Item = Object> {
    let paragraphs = EXPECTED.split("\n@ ").skip(1);
    paragraphs.map(|paragraph| {
        let (head, sql) = paragraph.split_once('\n').unwrap_or((paragraph, ""));
        let mut words = head.split(' ').map(str::to_owned);
        let mut word = || words.next().unwrap_or_default();
        Object {
            kind: word(),
            name: word(),
            tbl: word(),
            sql: sql.trim_end_matches('\n').to_owned(),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::super::Store;
    use super::*;

    /// `TPMC_UPDATE_LAYOUT=1 cargo test --lib store::layout` writes the file anew after a migration was added.
    #[test]
    fn the_layout_is_what_the_migrations_make() {
        let mut store = Store::in_memory().expect("memory");
        let made: Vec<Object> = diesel::sql_query(OBJECTS)
            .load(&mut store.db)
            .expect("objects");
        if std::env::var_os("TPMC_UPDATE_LAYOUT").is_some() {
            let mut text = "-- What a registry of the newest schema has. A test writes this file: see layout.rs.\n".to_owned();
            for Object {
                kind,
                name,
                tbl,
                sql,
            } in &made
            {
                text.push_str(&format!("\n@ {kind} {name} {tbl}\n{sql}"));
                text.push_str(if sql.is_empty() { "" } else { "\n" });
            }
            let path =
                std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store/layout.sql");
            std::fs::write(path, text).expect("the file");
            return;
        }
        let listed: Vec<Object> = expected().collect();
        let advice = "run this test with TPMC_UPDATE_LAYOUT=1, and look at what changed";
        assert_eq!(listed, made, "{advice}");
        assert_eq!(differences(&mut store.db).expect("differences"), []);
    }

    #[test]
    fn every_difference_is_named_and_all_but_tables_are_mended() {
        let mut store = Store::in_memory().expect("memory");
        store
            .db
            .batch_execute(
                "DROP TRIGGER entry_is_kept;
                DROP VIEW v_project; CREATE VIEW v_project AS SELECT 'P-0001' AS code;
                CREATE TRIGGER quiet AFTER INSERT ON project BEGIN DELETE FROM project WHERE code = 'P-0001'; END;
                DROP INDEX project_by_mode; CREATE INDEX project_by_mode ON project (sector);
                CREATE INDEX \"odd \"\" name\" ON project (note);",
            )
            .expect("an altered schema");
        let told = |store: &mut Store| -> Vec<String> {
            let found = differences(&mut store.db).expect("differences");
            found.iter().map(ToString::to_string).collect()
        };
        assert_eq!(
            told(&mut store),
            [
                "the index odd \" name is not part of a registry",
                "the index project_by_mode was altered",
                "the trigger quiet is not part of a registry",
                "the view v_project was altered",
                "the trigger entry_is_kept is missing",
            ]
        );
        assert!(refuse_foreign(&mut store.db).is_err());
        mend(&mut store.db).expect("mended");
        assert_eq!(told(&mut store), [""; 0]);
        let table =
            "ALTER TABLE project RENAME TO shelf; CREATE VIEW project AS SELECT * FROM shelf";
        store
            .db
            .batch_execute(table)
            .expect("a view in the place of a table");
        mend(&mut store.db).expect("nothing to mend but tables");
        assert!(!has_tables(
            &differences(&mut store.db).expect("differences")
        ));
    }
}

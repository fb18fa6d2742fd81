//! What other programs do to the file itself: views, triggers and indexes of their own, other settings, and a cell in any column of
//! any table.

use rusqlite::Connection;

use crate::budget;
use crate::env::{Env, bytes};
use crate::tamper::findings;

/// A registry whose file was changed by `sql`, past everything that SQLite would refuse.
fn altered(sql: &str) -> Env {
    let env = Env::seeded();
    let db = Connection::open(env.path("registry.db")).expect("the registry");
    db.execute_batch(&format!(
        "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; {sql}"
    ))
    .expect(sql);
    env
}

#[test]
fn an_altered_schema_is_named_refused_and_put_right() {
    for (sql, id, field) in [
        (
            "CREATE TRIGGER quiet AFTER INSERT ON project BEGIN DELETE FROM project WHERE code = new.code; END",
            "schema_unknown",
            "trigger quiet",
        ),
        (
            "DROP VIEW v_project; CREATE VIEW v_project AS SELECT code, 'completed' AS status FROM project",
            "schema_changed",
            "view v_project",
        ),
        (
            "CREATE INDEX odd ON project (note)",
            "schema_unknown",
            "index odd",
        ),
        (
            "DROP TRIGGER entry_is_kept",
            "schema_missing",
            "trigger entry_is_kept",
        ),
        (
            "DROP INDEX project_by_mode",
            "schema_missing",
            "index project_by_mode",
        ),
    ] {
        let env = altered(sql);
        let found = findings(env.tpmc(&["verify", "--format", "json"]));
        assert_eq!(found, [[id, "", field]], "{sql}");
        env.tpmc(&["backup", "copy.db"]).fails_with(1);
        if id != "schema_missing" {
            let refused = env.tpmc(&["summary"]).fails_with(1);
            assert!(refused.contains(field), "{refused}");
            env.tpmc(&["sql", "SELECT status FROM v_project"])
                .fails_with(1);
            env.tpmc(&["undo"]).fails_with(1);
        }
        let before = bytes(&env.path("registry.db"));
        env.tpmc(&["restore", "registry.db", "--registry", "other.db"])
            .fails_with(1);
        assert!(!env.path("other.db").exists());
        assert_eq!(bytes(&env.path("registry.db")), before);
        env.tpmc(&["rebuild"]).succeeds();
        env.tpmc(&["verify"]).succeeds();
    }
}

#[test]
fn a_table_of_another_kind_is_named_and_not_read() {
    let endless = "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n) SELECT p.* FROM shelf AS p, n";
    for sql in [
        format!("ALTER TABLE project RENAME TO shelf; CREATE VIEW project AS {endless}"),
        "ALTER TABLE entry RENAME TO shelf; CREATE VIEW entry AS SELECT * FROM shelf".to_owned(),
        "DROP TABLE tally".to_owned(),
    ] {
        let env = altered(&sql);
        let found = findings(env.tpmc(&["verify", "--format", "json"]));
        let tables: Vec<_> = found
            .iter()
            .filter(|[id, _, field]| id == "schema_missing" && field.starts_with("table "))
            .collect();
        assert_eq!(tables.len(), 1, "{sql}: {found:?}");
        for command in ["summary", "rebuild", "checkpoint"] {
            env.tpmc(&[command]).fails_with(1);
        }
        env.tpmc(&["backup", "copy.db"]).fails_with(1);
    }
}

#[test]
fn settings_and_the_list_of_migrations_are_looked_at() {
    for (sql, field) in [
        (
            "DELETE FROM __diesel_schema_migrations WHERE version = '20261125000011'",
            "__diesel_schema_migrations",
        ),
        (
            "UPDATE __diesel_schema_migrations SET run_on = 'x' WHERE version = '20261125000011'",
            "__diesel_schema_migrations 20261125000011",
        ),
        (
            "PRAGMA journal_mode = DELETE; PRAGMA auto_vacuum = FULL; VACUUM",
            "auto_vacuum",
        ),
    ] {
        let found = findings(altered(sql).tpmc(&["verify", "--format", "json"]));
        assert_eq!(found, [["setting_changed", "", field]], "{sql}");
    }
    for sql in ["PRAGMA user_version = 99", "PRAGMA application_id = 7"] {
        altered(sql)
            .tpmc(&["verify"])
            .fails_with(if sql.contains("99") { 3 } else { 1 });
    }
}

#[test]
fn a_worked_out_column_is_worked_out_again() {
    // The definition goes, the value changes, the definition comes back: as somebody does who writes to the file itself.
    let env = altered("");
    let db = Connection::open(env.path("registry.db")).expect("the registry");
    let sql: String = db
        .query_row(
            "SELECT sql FROM sqlite_schema WHERE name = 'event'",
            [],
            |row| row.get(0),
        )
        .expect("the table");
    let start = sql.find("GENERATED").expect("a generated column");
    let end = start + sql[start..].find("STORED").expect("a stored column") + "STORED".len();
    let plain = format!("{}{}", &sql[..start], &sql[end..]);
    let define = |text: &str| {
        db.execute_batch("PRAGMA writable_schema = ON")
            .expect("a setting");
        db.execute(
            "UPDATE sqlite_schema SET sql = ? WHERE name = 'event'",
            [text],
        )
        .expect("the definition");
        db.execute_batch("PRAGMA writable_schema = RESET")
            .expect("a setting");
    };
    define(&plain);
    db.execute(
        "UPDATE event SET last_day = '2031-01-01' WHERE project = 'P-0002' AND number = 1",
        [],
    )
    .expect("a flipped day");
    define(&sql);
    drop(db);
    let found = findings(env.tpmc(&["verify", "--format", "json"]));
    assert_eq!(
        found,
        [["field_changed", "project P-0002", "events[1].last_day"]]
    );
    env.tpmc(&["rebuild"]).succeeds();
    env.tpmc(&["verify"]).succeeds();
}

/// Every column of every table is altered in one row, and `verify` finds it. A run of the tests takes a few of them, the long form
/// (`TPMC_FAULTS`) all. Counts that FTS5 only adds to may be too high.
#[test]
fn an_altered_cell_is_found_in_every_column() {
    let env = Env::seeded();
    let columns: Vec<(String, String)> = {
        let db = Connection::open(env.path("registry.db")).expect("the registry");
        let sql = "SELECT t.name, c.name FROM pragma_table_list AS t JOIN pragma_table_xinfo(t.name) AS c
            WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND c.hidden = 0";
        let mut query = db.prepare(sql).expect(sql);
        let rows = query
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
            .expect("columns");
        rows.collect::<Result<_, _>>().expect("columns")
    };
    assert!(columns.len() > 190);
    for (table, column) in budget::some_of(columns, 8) {
        let value = format!(
            "CASE typeof(\"{column}\") WHEN 'integer' THEN \"{column}\" + 1000003 WHEN 'blob' THEN CAST(\"{column}\" || x'00' AS BLOB)
             WHEN 'null' THEN 'x' ELSE \"{column}\" || 'x' END"
        );
        let other = value.replace("THEN 'x' ELSE", "THEN 7 ELSE");
        let row = format!("SELECT min(\"{column}\") FROM \"{table}\"");
        let guards = "DROP TRIGGER batch_is_final; DROP TRIGGER entry_is_final;";
        let altered_by = |value: &str| {
            let env = Env::seeded();
            let db = Connection::open(env.path("registry.db")).expect("the registry");
            let free = format!(
                "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; {guards}"
            );
            db.execute_batch(&free).expect("no guards");
            let sql = format!(
                "UPDATE \"{table}\" SET \"{column}\" = {value} WHERE \"{column}\" IS ({row})"
            );
            db.execute(&sql, []).map(|rows| (env, rows))
        };
        // A column of numbers takes no text where nothing is stated.
        let Ok((env, rows)) = altered_by(&value).or_else(|_| altered_by(&other)) else {
            continue; // the schema allows no other value there: a unique column with one row, say
        };
        if rows == 0 {
            continue; // nothing is recorded there
        }
        let found = findings(env.tpmc(&["verify", "--format", "json"]));
        let of_guards = |one: &&[String; 3]| one[2].starts_with("trigger ");
        assert!(
            found.iter().any(|one| !of_guards(&one)),
            "{table}.{column} was altered: {found:?}"
        );
    }
}

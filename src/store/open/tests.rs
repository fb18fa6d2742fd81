//! The schema tested as data: reversible, strict, and equal to what the code believes.

use diesel::sql_types::Text;

use super::super::backend::Backend;
use super::super::schema::*;
use super::super::tally::tally;
use super::*;
use crate::domain::every_vocabulary;

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

fn lines(db: &mut Db, sql: &str) -> Vec<String> {
    let found = diesel::sql_query(sql).load::<Line>(db).expect(sql);
    found.into_iter().map(|row| row.line).collect()
}

const SCHEMA_TEXT: &str = "SELECT coalesce(sql, name) AS line FROM sqlite_schema ORDER BY name";

#[test]
fn migrations_go_down_and_up_again() {
    let mut db = Store::in_memory().expect("memory").db;
    let first = lines(&mut db, SCHEMA_TEXT);
    db.revert_all_migrations(MIGRATIONS).expect("down");
    let left = "SELECT name AS line FROM sqlite_schema WHERE name NOT LIKE '\\_\\_diesel%' ESCAPE '\\' AND name NOT LIKE 'sqlite_%'";
    assert_eq!(lines(&mut db, left), Vec::<String>::new());
    db.run_pending_migrations(MIGRATIONS).expect("up again");
    assert_eq!(lines(&mut db, SCHEMA_TEXT), first);
}

#[test]
fn every_migration_counts_itself() {
    let mut db = Db::establish(":memory:").expect("memory");
    for version in 1..=SCHEMA {
        db.run_next_migration(MIGRATIONS).expect("one more");
        let found = lines(
            &mut db,
            "SELECT CAST(user_version AS TEXT) AS line FROM pragma_user_version",
        );
        assert_eq!(found, [version.to_string()]);
    }
    assert!(!db.has_pending_migration(MIGRATIONS).expect("known"));
}

#[test]
fn schema_matches_migrations() {
    let mut db = Store::in_memory().expect("memory").db;
    let mut known = Vec::new();
    macro_rules! check {
        ($($table:ident),+ $(,)?) => {$({
            let typed = diesel::debug_query::<Backend, _>(&$table::table.select($table::all_columns)).to_string();
            let name = stringify!($table);
            let columns = lines(&mut db, &format!("SELECT '`{name}`.`' || name || '`' AS line FROM pragma_table_xinfo('{name}') ORDER BY cid"));
            assert_eq!(typed, format!("SELECT {} FROM `{name}` -- binds: []", columns.join(", ")));
            known.push(name);
        })+};
    }
    check!(
        batch,
        entry,
        tile,
        content,
        country,
        currency,
        source,
        party,
        party_name,
        party_identifier,
        forum,
        project,
        project_host,
        project_objective,
        project_identifier,
        project_origin,
        citation,
        participation,
        event,
        amount,
        risk,
        mechanism_event,
        mechanism_event_source,
        mechanism_event_text,
        guideline_case,
        guideline_case_country,
        guideline_case_source,
        indicator_observation,
        judgement,
        waiver,
        exchange_rate,
        mapping,
        refusal,
        tally,
        account,
        session,
        draft,
    );
    let tables =
        "SELECT name AS line FROM pragma_table_list WHERE schema = 'main' AND type = 'table'
        AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '\\_\\_diesel%' ESCAPE '\\' ORDER BY name";
    known.sort_unstable();
    assert_eq!(
        lines(&mut db, tables),
        known,
        "a table is missing from schema.rs or from this test"
    );
    let loose = tables.replace("ORDER BY", "AND NOT strict ORDER BY");
    assert_eq!(lines(&mut db, &loose), Vec::<String>::new());
}

#[test]
fn sql_checks_the_same_words_as_the_code() {
    let mut db = Store::in_memory().expect("memory").db;
    let schema = lines(&mut db, SCHEMA_TEXT)
        .join("\n")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    for (key, words) in every_vocabulary() {
        if [
            "language",
            "dimension",
            "topic",
            "measure",
            "milestone",
            "severity",
        ]
        .contains(&key)
        {
            continue; // words of the command line, not of a column
        }
        let list = words
            .iter()
            .map(|word| format!("'{word}'"))
            .collect::<Vec<_>>()
            .join(", ");
        assert!(
            schema.contains(&format!("IN ({list})")),
            "no CHECK has the words of {key}: {list}"
        );
    }
    let kinds = super::super::Kind::ALL.len();
    let check = schema
        .split("kind IN ('batch', ")
        .nth(1)
        .and_then(|rest| rest.split(')').next())
        .expect("the check of entry.kind");
    assert_eq!(check.split(", ").count(), kinds);
}

#[test]
fn every_link_is_checked_at_the_end_of_the_batch() {
    let mut db = Store::in_memory().expect("memory").db;
    let eager = "SELECT name AS line FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('batch')
        AND length(sql) - length(replace(sql, 'REFERENCES', '')) <> (length(sql) - length(replace(sql, 'DEFERRABLE INITIALLY DEFERRED', ''))) / 28 * 10";
    assert_eq!(lines(&mut db, eager), Vec::<String>::new());
}

impl Store {
    /// A file with the first migrations only, as an older program left it.
    pub(crate) fn with_schema(path: &Path, version: i64) {
        std::fs::File::create_new(path).expect("a new file");
        let mut store = Self::connect(path, Way::Write).expect("a connection");
        for _ in 0..version {
            store.db.run_next_migration(MIGRATIONS).expect("one more");
        }
    }
}

/// SQLite writes no more than 128 KiB at once: where it kept more than that in memory before it went to a file, the rest was
/// refused as if the disk were full.
#[test]
fn a_statement_can_take_back_more_than_a_file_takes_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("large.db");
    std::fs::File::create_new(&path).expect("a file");
    let mut db = Store::connect(&path, Way::Write).expect("a connection").db;
    db.batch_execute(
        "BEGIN;
        CREATE TABLE large (id INTEGER PRIMARY KEY, text TEXT UNIQUE) STRICT;
        WITH RECURSIVE numbers (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM numbers WHERE n < 3000)
        INSERT INTO large SELECT n, printf('%04d %.*c', n, 4000, 'a') FROM numbers",
    )
    .expect("12 MB");
    let refused = "UPDATE large SET text = CASE id WHEN 3000 THEN '0001 ' ELSE substr(text, 1, 5) END || printf('%.*c', 4000, 'b')";
    let refused = diesel::sql_query(refused).execute(&mut db);
    let why = refused.expect_err("twice the same").to_string();
    assert_eq!(why, "UNIQUE constraint failed: large.text");
    let left = "SELECT count(*) || ' ' || sum(text LIKE '%a') AS line FROM large";
    assert_eq!(lines(&mut db, left), ["3000 3000"]);
}

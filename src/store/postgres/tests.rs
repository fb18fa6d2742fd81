//! The tables of a server beside those of the file. `.ci/postgres.sh` starts the server.

use std::collections::BTreeSet;
use std::path::Path;

use super::*;
use crate::store::Store;

/// A database that goes with the test.
struct Database {
    server: String,
    name: String,
}

impl Database {
    fn empty(name: &str) -> Self {
        let server = std::env::var("TPMC_TEST_SERVER");
        let server = server.expect("a server: .ci/postgres.sh starts one");
        let name = format!("unit_{}_{name}", std::process::id());
        let database = Self { server, name };
        let options = "ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0";
        database.above(&format!("CREATE DATABASE {} {options}", database.name));
        database
    }

    fn above(&self, sql: &str) {
        let postgres = format!("{}/postgres", self.server);
        let mut db = PgConnection::establish(&postgres).expect("the server");
        db.batch_execute(sql).expect(sql);
    }

    fn connect(&self) -> Server {
        let address = format!("{}/{}", self.server, self.name);
        Server::connect(Path::new(&address), true).expect("the database")
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        self.above(&format!("DROP DATABASE {} WITH (FORCE)", self.name));
    }
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

/// Words between quotes, as the conditions of a table list them.
fn words(sql: &str) -> BTreeSet<String> {
    let parts = sql.split('\'').enumerate();
    let quoted = parts.filter(|(place, _)| place % 2 == 1);
    let words = quoted.map(|(_, word)| word.to_owned());
    words
        .filter(|word| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
        .collect()
}

/// Columns, types, keys and conditions of the tables that both have.
#[test]
fn the_tables_of_a_server_are_those_of_the_file() {
    let database = Database::empty("schema");
    let mut server = database.connect();
    server.found().expect("a new registry");
    let mut file = Store::in_memory().expect("memory");
    for table in ["batch", "entry", "content"] {
        let columns = format!(
            "SELECT name || ' ' || CASE type WHEN 'INTEGER' THEN 'bigint' WHEN 'TEXT' THEN 'text' WHEN 'BLOB' THEN 'bytea' END
                || CASE WHEN \"notnull\" THEN ' not null' ELSE '' END || CASE WHEN pk THEN ' key' ELSE '' END AS line
            FROM pragma_table_info('{table}') ORDER BY cid"
        );
        let ours: Vec<Line> = diesel::sql_query(columns)
            .load(&mut file.db)
            .expect("columns");
        let columns = format!(
            "SELECT attname || ' ' || format_type(atttypid, atttypmod) || CASE WHEN attnotnull THEN ' not null' ELSE '' END
                || CASE WHEN EXISTS (SELECT FROM pg_index WHERE indrelid = attrelid AND indisprimary AND attnum = ANY (indkey))
                    THEN ' key' ELSE '' END AS line
            FROM pg_attribute WHERE attrelid = '{table}'::regclass AND attnum > 0 AND attname <> 'root' ORDER BY attnum"
        );
        let theirs: Vec<Line> = server.many(diesel::sql_query(columns)).expect("columns");
        let text = |lines: Vec<Line>| lines.into_iter().map(|row| row.line).collect::<Vec<_>>();
        assert_eq!(text(ours), text(theirs), "{table}");

        let sql = format!("SELECT sql AS line FROM sqlite_schema WHERE name = '{table}'");
        let ours: Line = diesel::sql_query(sql)
            .get_result(&mut file.db)
            .expect("its SQL");
        let sql = format!(
            "SELECT coalesce(string_agg(pg_get_constraintdef(oid), ' '), '') AS line
            FROM pg_constraint WHERE conrelid = '{table}'::regclass AND contype = 'c'"
        );
        let theirs: Line = server.one(diesel::sql_query(sql)).expect("its conditions");
        assert_eq!(words(&ours.line), words(&theirs.line), "{table}");
        let count = |sql: &str| sql.matches("CHECK").count();
        let of_root = usize::from(table == "batch");
        assert_eq!(count(&ours.line) + of_root, count(&theirs.line), "{table}");
    }
    server.give_up();
}

#[test]
fn a_database_in_which_nothing_was_founded_stays_empty() {
    let database = Database::empty("stopped");
    let mut server = database.connect();
    server.found().expect("a new registry");
    drop(server); // as when the program is killed
    let mut server = database.connect();
    let said = server.head().expect_err("nothing there").to_string();
    assert!(said.contains("there is no registry"), "{said}");
}

#[test]
fn migrations_go_down_and_up_again() {
    let database = Database::empty("down");
    use diesel_migrations::MigrationHarness as _;
    let mut server = database.connect();
    let all = founding::MIGRATIONS;
    server.db.run_pending_migrations(all).expect("up");
    server
        .db
        .revert_all_migrations(founding::MIGRATIONS)
        .expect("down");
    let versions = server
        .db
        .run_pending_migrations(founding::MIGRATIONS)
        .expect("up again");
    assert_eq!(i64::try_from(versions.len()), Ok(VERSION));
    let version: Number = server
        .one(diesel::sql_query("SELECT version AS number FROM registry"))
        .expect("a version");
    assert_eq!(version.number, VERSION);
}

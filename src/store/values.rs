//! The conditions of the schema, checked for all rows of a table at once.
//!
//! SQLite checks them row by row, and for each row makes a table of every list of words that a condition has. Asked as one
//! question, the same conditions cost a twentieth.

use diesel::prelude::*;
use diesel::sql_types::Text;

use super::Error;
use super::backend::Db;
use crate::message::Message;

#[derive(QueryableByName)]
struct Table {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    sql: String,
}

#[derive(QueryableByName)]
struct Wrong {
    #[diesel(sql_type = Text)]
    condition: String,
}

const TABLES: &str = "SELECT name, sql FROM sqlite_schema JOIN pragma_table_list USING (name) WHERE strict ORDER BY name";

/// The one table that need not be asked: the journal is written in one place, which numbers its entries, names kinds and
/// identifiers by types of its own, and has written or read their bytes as JSON before.
const CERTAIN: &str = "entry";

/// Checks every row of every table; `between` is asked before each table whether to go on.
///
/// # Errors
/// Those of `between`; [`Error::Constraint`] names the first condition that does not hold.
pub(super) fn check<E: From<Error>>(
    db: &mut Db,
    between: &dyn Fn() -> Result<(), E>,
) -> Result<(), E> {
    let tables: Vec<Table> = diesel::sql_query(TABLES).load(db).map_err(Error::from)?;
    for Table { name, sql } in tables {
        between()?;
        let conditions = conditions(&sql);
        if conditions.is_empty() || name == CERTAIN {
            continue;
        }
        let cases = conditions.iter().map(|condition| {
            let text = condition.replace('\'', "''");
            format!("WHEN NOT ({condition}) THEN '{text}'")
        });
        let cases = cases.collect::<Vec<_>>().join(" ");
        let query = format!(
            "SELECT condition FROM (SELECT CASE {cases} END AS condition FROM {name}) WHERE condition IS NOT NULL LIMIT 1"
        );
        let wrong: Vec<Wrong> = diesel::sql_query(query).load(db).map_err(Error::from)?;
        if let Some(Wrong { condition }) = wrong.into_iter().next() {
            let why = format!("CHECK constraint failed: {condition}");
            return Err(Error::Constraint(Message::foreign(why)).into());
        }
    }
    Ok(())
}

/// What stands in the brackets of every `CHECK` of a table.
fn conditions(sql: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = sql;
    while let Some(after) = after_word(rest) {
        let Some(length) = bracketed(after) else {
            break;
        };
        let (inside, next) = after.split_at(length);
        found.push(inside.to_owned());
        rest = next;
    }
    found
}

/// The text after the next `CHECK (` that is no part of a comment or a literal.
fn after_word(sql: &str) -> Option<&str> {
    const WORD: &str = "CHECK (";
    let mut at = 0;
    while let Some(rest) = sql.get(at..).filter(|rest| !rest.is_empty()) {
        if rest.starts_with(WORD) {
            return rest.get(WORD.len()..);
        }
        at += skipped(rest);
    }
    None
}

/// How far the bracket that is open before `sql` reaches.
fn bracketed(sql: &str) -> Option<usize> {
    let (mut at, mut depth) = (0, 1);
    while let Some(rest) = sql.get(at..).filter(|rest| !rest.is_empty()) {
        match rest.as_bytes().first() {
            Some(b'(') => depth += 1,
            Some(b')') => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
        at += skipped(rest);
    }
    None
}

/// The length of what comes next as a whole: a literal, a comment or one character.
fn skipped(sql: &str) -> usize {
    let until = |end: &str, from: usize| {
        let rest = sql.get(from..).unwrap_or_default();
        rest.find(end).map_or(sql.len(), |at| from + at + end.len())
    };
    match sql.as_bytes() {
        [b'\'', ..] => until("'", 1),
        [b'"', ..] => until("\"", 1),
        [b'-', b'-', ..] => until("\n", 2),
        _ => sql.chars().next().map_or(1, char::len_utf8),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Store;
    use super::super::deferred::go_on;
    use super::*;

    #[test]
    fn conditions_are_found_whole() {
        let sql =
            "CREATE TABLE t (a TEXT CHECK (a IN ('(', 'CHECK (x)')), -- a program's CHECK (this)
            b INTEGER CHECK ((b > 0) = (a IS NOT NULL)), CHECK (a <> ')''('))";
        assert_eq!(
            conditions(sql),
            [
                "a IN ('(', 'CHECK (x)')",
                "(b > 0) = (a IS NOT NULL)",
                "a <> ')''('"
            ]
        );
    }

    #[test]
    fn every_condition_of_the_schema_is_found() {
        let mut store = Store::in_memory().expect("memory");
        let tables: Vec<Table> = diesel::sql_query(TABLES)
            .load(&mut store.db)
            .expect("tables");
        assert!(tables.len() > 20);
        for Table { name, sql } in tables {
            let said = sql
                .lines()
                .map(|line| line.split("-- ").next().unwrap_or_default());
            let said: usize = said.map(|line| line.matches("CHECK (").count()).sum();
            assert_eq!(conditions(&sql).len(), said, "{name}");
        }
    }

    #[test]
    fn a_row_that_breaks_a_condition_is_refused_as_sqlite_would() {
        let mut store = Store::seeded_in_memory();
        check(&mut store.db, &go_on).expect("the shipped records");
        for sql in [
            "UPDATE project SET mode = 'nonsense' WHERE code = 'P-0003'",
            "UPDATE event SET on_date = '2019-02-31' WHERE project = 'P-0002' AND number = 1",
            "UPDATE event SET status = NULL WHERE project = 'P-0002' AND kind = 'status'",
            "UPDATE source SET title = ' ' WHERE code = 'S-0002'",
        ] {
            let refused = diesel::sql_query(sql).execute(&mut store.db);
            let refused = Error::from(refused.expect_err(sql)).to_string();
            let found = store.db.transaction(|db| {
                diesel::sql_query("PRAGMA ignore_check_constraints = ON").execute(db)?;
                diesel::sql_query(sql).execute(db)?;
                diesel::sql_query("PRAGMA ignore_check_constraints = OFF").execute(db)?;
                let found = check(db, &go_on).expect_err(sql).to_string();
                Err::<(), _>(Stop(found))
            });
            let Err(Stop(found)) = found else {
                panic!("{sql} was kept");
            };
            assert_eq!(found, refused);
        }
    }

    #[derive(Debug)]
    struct Stop(String);

    impl From<diesel::result::Error> for Stop {
        fn from(error: diesel::result::Error) -> Self {
            Self(error.to_string())
        }
    }
}

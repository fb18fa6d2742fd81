//! Rows on their way into the tables: worked out from a document by whoever makes it, inserted by whoever has the file.
//!
//! A record's values are put into words once, beside each other in one text. Diesel's own way of inserting goes through a nest of
//! column types three times for each row; of a million projects, that was a quarter of the time of writing.

mod columns;

use std::fmt;
use std::marker::PhantomData;
use std::sync::OnceLock;

use columns::Columns;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::sql_types::{BigInt, Nullable, Text};
use serde::Serialize;

use super::backend::{Backend, Db};

/// Rows in the order in which they are inserted.
#[derive(Debug)]
pub(crate) struct Rows {
    rows: Vec<Row>,
    cells: Vec<Cell>,
    /// Of all cells that have one.
    text: String,
}

struct Row {
    table: &'static str,
    start: &'static OnceLock<String>,
    /// Where its cells end.
    end: usize,
    insert: fn(&str, &[Cell], &str, &mut Db) -> QueryResult<usize>,
}

#[derive(Debug)]
struct Cell {
    column: &'static str,
    value: Value,
}

#[derive(Debug)]
enum Value {
    Null,
    Integer(i64),
    /// From here to there in the text.
    Text(usize, usize),
}

/// Adds a row to [`Rows`]: values in the columns that are called like them and, after `..`, the fields of a structure, likewise. It
/// fails when one is nothing that a column can have.
macro_rules! row {
    ($rows:expr, $table:ident ($($column:ident),* $(,)? $(..$fields:expr)?)) => {{
        /// Stands for this place in the program: here, the statement is always the same.
        enum Here {}
        /// How it starts.
        static START: std::sync::OnceLock<String> = std::sync::OnceLock::new();
        let $table::table = $table::table;
        let add = |rows: &mut $crate::store::rows::Rows| -> serde_json::Result<()> {
            $(rows.cell(<$table::$column as diesel::Column>::NAME, &$column)?;)*
            $(rows.fields($fields)?;)?
            rows.end::<Here>(stringify!($table), &START);
            Ok(())
        };
        add($rows)
    }};
}
pub(super) use row;

/// Columns of a project of usual length: room for it is taken at once.
const USUAL: usize = 96;

impl Default for Rows {
    fn default() -> Self {
        Self {
            rows: Vec::with_capacity(USUAL / 6),
            cells: Vec::with_capacity(USUAL),
            text: String::with_capacity(USUAL * 8),
        }
    }
}

impl Rows {
    /// Adds a cell to the row that comes next.
    ///
    /// # Errors
    /// When the value is none that a column can have.
    pub(super) fn cell<T: Serialize + ?Sized>(
        &mut self,
        column: &'static str,
        value: &T,
    ) -> serde_json::Result<()> {
        value.serialize(Columns { rows: self, column })
    }

    /// Adds a cell for each field of a structure.
    ///
    /// # Errors
    /// When the value of a field is none that a column can have.
    pub(super) fn fields<T: Serialize>(&mut self, fields: &T) -> serde_json::Result<()> {
        self.cell("", fields)
    }

    /// Ends a row. `Here` stands for the place in the program that makes it, where the columns are the same every time.
    pub(super) fn end<Here: 'static>(
        &mut self,
        table: &'static str,
        start: &'static OnceLock<String>,
    ) {
        self.rows.push(Row {
            table,
            start,
            end: self.cells.len(),
            insert: insert::<Here>,
        });
    }

    /// Forgets them, and keeps the room that they took.
    pub(super) fn clear(&mut self) {
        self.rows.clear();
        self.cells.clear();
        self.text.clear();
    }

    /// Bytes of their texts.
    pub(super) fn length(&self) -> usize {
        self.text.len()
    }

    /// Inserts them.
    pub(super) fn insert(&self, db: &mut Db) -> QueryResult<()> {
        let mut start = 0;
        for row in &self.rows {
            let cells = self.cells.get(start..row.end).unwrap_or_default();
            let sql = row.start.get_or_init(|| start_of(row.table, cells));
            (row.insert)(sql, cells, &self.text, db)?;
            start = row.end;
        }
        Ok(())
    }
}

impl fmt::Debug for Row {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.table)
    }
}

/// How the statement starts that inserts such cells: all but the values.
fn start_of(table: &str, cells: &[Cell]) -> String {
    let columns: Vec<String> = cells.iter().map(|cell| quoted(cell.column)).collect();
    format!(
        "INSERT INTO {} ({}) VALUES (",
        quoted(table),
        columns.join(", ")
    )
}

/// A name as SQL has it.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn insert<Here: 'static>(
    start: &str,
    cells: &[Cell],
    text: &str,
    db: &mut Db,
) -> QueryResult<usize> {
    let insert = Insert {
        start,
        cells,
        text,
        here: PhantomData::<Here>,
    };
    insert.execute(db)
}

/// The statement that inserts one row.
struct Insert<'a, Here> {
    start: &'a str,
    cells: &'a [Cell],
    text: &'a str,
    here: PhantomData<Here>,
}

impl<Here: 'static> QueryId for Insert<'_, Here> {
    type QueryId = Insert<'static, Here>;
    // Diesel prepares one statement for each type that says so.
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl<Here> RunQueryDsl<Db> for Insert<'_, Here> {}

impl<Here> QueryFragment<Backend> for Insert<'_, Here> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Backend>) -> QueryResult<()> {
        // Diesel comes by here for every row, twice: what is the same every time is put together once.
        out.push_sql(self.start);
        let mut before = "";
        for cell in self.cells {
            out.push_sql(before);
            match &cell.value {
                Value::Null => out.push_bind_param::<Nullable<Text>, Option<&str>>(&None)?,
                Value::Integer(number) => out.push_bind_param::<BigInt, i64>(number)?,
                Value::Text(start, end) => {
                    let text = self.text.get(*start..*end).unwrap_or_default();
                    out.push_bind_param::<Text, str>(text)?;
                }
            }
            before = ", ";
        }
        out.push_sql(")");
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Confidence, PartialDate, PublisherKind};
    use crate::store::Store;
    use crate::store::record::{Record as _, Source};
    use crate::store::schema::{judgement, source};

    fn source_with(title: &str) -> Source {
        Source {
            code: "S-9000".to_owned(),
            id: crate::domain::seeded_id("source", title),
            url: None,
            title: Some(title.to_owned()),
            publisher: None,
            publisher_kind: Some(PublisherKind::Government),
            language: Some("ja".to_owned()),
            read_on: chrono::NaiveDate::from_ymd_opt(2026, 2, 3),
            confidence: Confidence::High,
            note: Some(String::new()),
        }
    }

    #[test]
    fn a_row_reads_back_as_it_was_written() {
        let mut store = Store::in_memory().expect("memory");
        for title in ["第三方市场", "a 'quoted' \"title\"", "?1; --", " "] {
            let written = source_with(title);
            let mut rows = Rows::default();
            written.rows(&mut rows).expect("a row");
            let read = store
                .db
                .test_transaction::<_, diesel::result::Error, _>(|db| {
                    diesel::sql_query("PRAGMA ignore_check_constraints = ON").execute(db)?;
                    rows.insert(db)?;
                    Source::query().filter(source::code.eq("S-9000")).first(db)
                });
            assert_eq!(read, written);
        }
    }

    #[test]
    fn a_place_makes_rows_of_the_same_columns_whatever_they_hold() {
        let mut rows = Rows::default();
        let mut add = |id: i32, verdict: Option<PartialDate>| {
            let (code, first_party, second_party, reason) = ("a/b", "a", "b", id > 1);
            row!(
                &mut rows,
                judgement(code, id, first_party, second_party, verdict, reason)
            )
        };
        add(1, "2019-05".parse().ok()).expect("a row");
        add(2, None).expect("a row");
        let columns: Vec<(&str, &str)> = rows
            .cells
            .iter()
            .map(|cell| match cell.value {
                Value::Text(start, end) => (cell.column, rows.text.get(start..end).expect("text")),
                Value::Integer(_) => (cell.column, "integer"),
                Value::Null => (cell.column, "null"),
            })
            .collect();
        assert_eq!(
            columns.get(4..8).expect("columns"),
            [
                ("verdict", "2019-05"),
                ("reason", "integer"),
                ("code", "a/b"),
                ("id", "integer"),
            ]
        );
        assert_eq!(columns.last(), Some(&("reason", "integer")));
    }

    #[test]
    fn what_no_column_can_have_is_refused_with_its_column() {
        let mut rows = Rows::default();
        for refused in [
            rows.cell("share", &0.1),
            rows.cell("share", &u64::MAX),
            rows.cell("share", &["a"]),
            rows.cell("share", &std::collections::BTreeMap::from([("a", 1)])),
        ] {
            let why = refused.expect_err("refused").to_string();
            assert_eq!(why, "there is no way to put it into the column share");
        }
        assert!(rows.cells.is_empty());
    }
}

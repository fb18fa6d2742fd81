//! Rows on their way into the tables: worked out from documents by whoever makes them, inserted by whoever has the file.
//!
//! The values of many records are put into words once, beside each other in one text, and the rows of a table go into it together:
//! a statement of its own for each row takes about as long as the row. Diesel's own way of inserting goes through a nest of column
//! types three times for each row; of a million projects, that was a quarter of the time of writing.

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

/// Rows by table: the tables in the order in which they were first met, the rows of each in the order in which they were added.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    tables: Vec<Table>,
    /// Which of them has the row that is being added.
    current: usize,
    /// Of all cells that have one.
    text: String,
}

/// The rows that one place in the program makes for a table.
struct Table {
    name: &'static str,
    start: &'static OnceLock<String>,
    /// The same for every row: taken from the first.
    columns: Vec<&'static str>,
    has_columns: bool,
    values: Vec<Value>,
    /// How many of the values belong to records that are whole.
    kept: usize,
    insert: fn(Lines<'_>, bool, &mut Db) -> QueryResult<()>,
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
            rows.begin::<Here>(stringify!($table), &START);
            $(rows.cell(<$table::$column as diesel::Column>::NAME, &$column)?;)*
            $(rows.fields($fields)?;)?
            Ok(())
        };
        add($rows)
    }};
}
pub(super) use row;

impl Rows {
    /// Begins a row. `Here` stands for the place in the program that makes it, where the columns are the same every time.
    pub(super) fn begin<Here: 'static>(
        &mut self,
        name: &'static str,
        start: &'static OnceLock<String>,
    ) {
        let is_here = |table: &Table| std::ptr::eq(table.start, start);
        self.current = self.tables.iter().position(is_here).unwrap_or_else(|| {
            self.tables.push(Table {
                name,
                start,
                columns: Vec::new(),
                has_columns: false,
                values: Vec::new(),
                kept: 0,
                insert: insert::<Here>,
            });
            self.tables.len() - 1
        });
        if let Some(table) = self.tables.get_mut(self.current) {
            table.has_columns = !table.columns.is_empty();
        }
    }

    /// Adds a cell to the row that was begun.
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

    fn put(&mut self, column: &'static str, value: Value) {
        if let Some(table) = self.tables.get_mut(self.current) {
            if !table.has_columns {
                table.columns.push(column);
            }
            table.values.push(value);
        }
    }

    /// Says that the rows so far are those of whole records.
    pub(super) fn keep(&mut self) {
        for table in &mut self.tables {
            table.kept = table.values.len();
        }
    }

    /// Takes back what was added since then: rows of a record that could not be finished.
    pub(super) fn take_back(&mut self) {
        for table in &mut self.tables {
            table.values.truncate(table.kept);
        }
        // The columns of a table may be half known.
        self.tables.retain(|table| table.kept > 0);
    }

    /// Forgets them, and keeps the room that they took.
    pub(super) fn clear(&mut self) {
        for table in &mut self.tables {
            table.values.clear();
            table.kept = 0;
        }
        self.text.clear();
    }

    /// Bytes of their texts.
    pub(super) fn length(&self) -> usize {
        self.text.len()
    }

    /// Inserts them, many with one statement.
    pub(super) fn insert(&self, db: &mut Db) -> QueryResult<()> {
        self.insert_by(true, db)
    }

    /// Inserts them one by one: before each statement that changes more than a row, FTS5 writes down what it has.
    pub(super) fn insert_singly(&self, db: &mut Db) -> QueryResult<()> {
        self.insert_by(false, db)
    }

    fn insert_by(&self, many: bool, db: &mut Db) -> QueryResult<()> {
        let filled = self.tables.iter().filter(|table| !table.values.is_empty());
        for table in filled {
            let start = || start_of(table.name, &table.columns);
            let lines = Lines {
                start: table.start.get_or_init(start),
                width: table.columns.len(),
                values: &table.values,
                text: &self.text,
            };
            (table.insert)(lines, many, db)?;
        }
        Ok(())
    }
}

impl fmt::Debug for Table {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name)
    }
}

/// How the statement starts that inserts such rows: all but the values.
///
/// A statement that fails half way takes nothing back (`OR FAIL`): its batch fails with it, and goes as a whole. To be able to, it
/// would have to copy every page before it changes it.
fn start_of(table: &str, columns: &[&str]) -> String {
    let columns: Vec<String> = columns.iter().map(|column| quoted(column)).collect();
    format!(
        "INSERT OR FAIL INTO {} ({}) VALUES ",
        quoted(table),
        columns.join(", ")
    )
}

/// A name as SQL has it.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Rows of one table, and how the statement starts that inserts them.
#[derive(Debug, Clone, Copy)]
struct Lines<'a> {
    start: &'a str,
    /// Cells of a row.
    width: usize,
    values: &'a [Value],
    text: &'a str,
}

/// Rows that one statement inserts, where there are as many: a row takes little more than half the time then, and more of them
/// gain little.
const TOGETHER: usize = 16;

fn insert<Here: 'static>(lines: Lines<'_>, many: bool, db: &mut Db) -> QueryResult<()> {
    let mut rest = lines.values;
    if many {
        let mut groups = rest.chunks_exact(lines.width * TOGETHER);
        for values in &mut groups {
            Insert::<Here, TOGETHER>::of(Lines { values, ..lines }).execute(db)?;
        }
        rest = groups.remainder();
    }
    for values in rest.chunks(lines.width) {
        Insert::<Here, 1>::of(Lines { values, ..lines }).execute(db)?;
    }
    Ok(())
}

/// The statement that inserts so many rows.
struct Insert<'a, Here, const ROWS: usize> {
    lines: Lines<'a>,
    here: PhantomData<Here>,
}

impl<'a, Here, const ROWS: usize> Insert<'a, Here, ROWS> {
    fn of(lines: Lines<'a>) -> Self {
        Self {
            lines,
            here: PhantomData,
        }
    }
}

impl<Here: 'static, const ROWS: usize> QueryId for Insert<'_, Here, ROWS> {
    type QueryId = Insert<'static, Here, ROWS>;
    // Diesel prepares one statement for each type that says so.
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl<Here, const ROWS: usize> RunQueryDsl<Db> for Insert<'_, Here, ROWS> {}

impl<Here, const ROWS: usize> QueryFragment<Backend> for Insert<'_, Here, ROWS> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Backend>) -> QueryResult<()> {
        // Diesel comes by here for every statement: what is the same every time is put together once.
        out.push_sql(self.lines.start);
        let mut before = "(";
        for row in self.lines.values.chunks(self.lines.width) {
            for value in row {
                out.push_sql(before);
                before = ", ";
                match value {
                    Value::Null => out.push_bind_param::<Nullable<Text>, Option<&str>>(&None)?,
                    Value::Integer(number) => out.push_bind_param::<BigInt, i64>(number)?,
                    Value::Text(start, end) => {
                        let text = self.lines.text.get(*start..*end).unwrap_or_default();
                        out.push_bind_param::<Text, str>(text)?;
                    }
                }
            }
            before = "), (";
        }
        out.push_sql(")");
        Ok(())
    }

    /// The same number of columns and rows every time. Without this, Diesel would walk through all of it to find that out.
    fn is_safe_to_cache_prepared(&self, _: &Backend) -> QueryResult<bool> {
        Ok(true)
    }
}

#[cfg(test)]
mod tests;

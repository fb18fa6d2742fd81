//! Rows on their way into the tables: worked out from a document by whoever makes it, inserted by whoever has the file.
//!
//! A record's values are put into words once, beside each other in one text. Diesel's own way of inserting goes through a nest of
//! column types three times for each row; of a million projects, that was a quarter of the time of writing.

use std::fmt;
use std::marker::PhantomData;

use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::sql_types::{BigInt, Nullable, Text};
use serde::ser::{self, Impossible, Serialize, SerializeStruct, Serializer};

use super::backend::{Backend, Db};

/// Rows in the order in which they are inserted.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    rows: Vec<Row>,
    cells: Vec<Cell>,
    /// Of all cells that have one.
    text: String,
}

struct Row {
    table: &'static str,
    /// Where its cells end.
    end: usize,
    insert: fn(&'static str, &[Cell], &str, &mut Db) -> QueryResult<usize>,
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

/// Adds a row to [`Rows`]: the values of some columns and, after `..`, the fields of structures, each in the column of its name.
macro_rules! row {
    ($rows:expr, $table:ident { $($column:ident: $value:expr,)* $(..$fields:expr),* }) => {{
        /// Stands for this place in the program: here, the statement is always the same.
        enum Here {}
        let rows: &mut $crate::store::rows::Rows = $rows;
        $(rows.cell(<$table::$column as diesel::Column>::NAME, &$value)?;)*
        $(rows.fields($fields)?;)*
        let $table::table = $table::table;
        rows.end::<Here>(stringify!($table));
    }};
}
pub(super) use row;

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
    pub(super) fn end<Here: 'static>(&mut self, table: &'static str) {
        self.rows.push(Row {
            table,
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

    /// Inserts them.
    pub(super) fn insert(&self, db: &mut Db) -> QueryResult<()> {
        let mut start = 0;
        for row in &self.rows {
            let cells = self.cells.get(start..row.end).unwrap_or_default();
            (row.insert)(row.table, cells, &self.text, db)?;
            start = row.end;
        }
        Ok(())
    }

    fn push(&mut self, column: &'static str, value: Value) {
        self.cells.push(Cell { column, value });
    }
}

impl fmt::Debug for Row {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.table)
    }
}

fn insert<Here: 'static>(
    table: &'static str,
    cells: &[Cell],
    text: &str,
    db: &mut Db,
) -> QueryResult<usize> {
    let insert = Insert {
        table,
        cells,
        text,
        here: PhantomData::<Here>,
    };
    insert.execute(db)
}

/// The statement that inserts one row.
struct Insert<'a, Here> {
    table: &'static str,
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
        out.push_sql("INSERT INTO ");
        out.push_identifier(self.table)?;
        let mut before = " (";
        for cell in self.cells {
            out.push_sql(before);
            out.push_identifier(cell.column)?;
            before = ", ";
        }
        let mut before = ") VALUES (";
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

/// Puts a value into the column of that name, or the fields of a structure into theirs.
struct Columns<'a> {
    rows: &'a mut Rows,
    column: &'static str,
}

impl Columns<'_> {
    fn put(self, value: Value) -> serde_json::Result<()> {
        self.rows.push(self.column, value);
        Ok(())
    }

    /// Of the text that stands at the end, from `start` on.
    fn put_text_from(self, start: usize) -> serde_json::Result<()> {
        let end = self.rows.text.len();
        self.put(Value::Text(start, end))
    }

    fn refuse<T>(self) -> serde_json::Result<T> {
        let why = format!("there is no way to put it into the column {}", self.column);
        Err(ser::Error::custom(why))
    }
}

macro_rules! integers {
    ($($method:ident $number:ty),+) => {$(
        fn $method(self, value: $number) -> serde_json::Result<()> {
            self.put(Value::Integer(value.into()))
        }
    )+};
}

macro_rules! refused {
    ($($method:ident ($($argument:ty),*) $(of $value:ident)? -> $result:ty;)+) => {$(
        fn $method$(<$value: Serialize + ?Sized>)?(self, $(_: $argument),*) -> serde_json::Result<$result> {
            self.refuse()
        }
    )+};
}

type None = Impossible<(), serde_json::Error>;

impl<'a> Serializer for Columns<'a> {
    type Ok = ();
    type Error = serde_json::Error;
    type SerializeSeq = None;
    type SerializeTuple = None;
    type SerializeTupleStruct = None;
    type SerializeTupleVariant = None;
    type SerializeMap = None;
    type SerializeStruct = &'a mut Rows;
    type SerializeStructVariant = None;

    integers!(serialize_bool bool, serialize_i8 i8, serialize_i16 i16, serialize_i32 i32, serialize_i64 i64);
    integers!(serialize_u8 u8, serialize_u16 u16, serialize_u32 u32);

    fn serialize_str(self, value: &str) -> serde_json::Result<()> {
        let start = self.rows.text.len();
        self.rows.text.push_str(value);
        self.put_text_from(start)
    }

    fn collect_str<T: fmt::Display + ?Sized>(self, value: &T) -> serde_json::Result<()> {
        use fmt::Write as _;
        let start = self.rows.text.len();
        write!(self.rows.text, "{value}").map_err(ser::Error::custom)?;
        self.put_text_from(start)
    }

    fn serialize_none(self) -> serde_json::Result<()> {
        self.put(Value::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> serde_json::Result<()> {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> serde_json::Result<()> {
        value.serialize(self)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> serde_json::Result<&'a mut Rows> {
        Ok(self.rows)
    }

    // A real number would be rounded, and no column holds bytes or a list.
    refused! {
        serialize_u64(u64) -> ();
        serialize_f32(f32) -> ();
        serialize_f64(f64) -> ();
        serialize_char(char) -> ();
        serialize_bytes(&[u8]) -> ();
        serialize_unit() -> ();
        serialize_unit_struct(&'static str) -> ();
        serialize_unit_variant(&'static str, u32, &'static str) -> ();
        serialize_newtype_variant(&'static str, u32, &'static str, &T) of T -> ();
        serialize_seq(Option<usize>) -> None;
        serialize_tuple(usize) -> None;
        serialize_tuple_struct(&'static str, usize) -> None;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> None;
        serialize_map(Option<usize>) -> None;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> None;
    }
}

impl SerializeStruct for &mut Rows {
    type Ok = ();
    type Error = serde_json::Error;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        column: &'static str,
        value: &T,
    ) -> serde_json::Result<()> {
        self.cell(column, value)
    }

    fn end(self) -> serde_json::Result<()> {
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
        let mut add = |number: i32, date: Option<PartialDate>| -> serde_json::Result<()> {
            row!(
                &mut rows,
                judgement {
                    code: "a/b",
                    id: number,
                    first_party: "a",
                    second_party: "b",
                    verdict: date,
                    reason: number > 1,
                }
            );
            Ok(())
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

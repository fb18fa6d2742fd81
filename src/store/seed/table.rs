//! A shipped CSV file as rows of typed values: empty is null, `true` and `false` are booleans, counting columns are numbers.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::store::Error;

/// One row: column → value.
pub(super) type Row = Map<String, Value>;

/// Columns that hold whole numbers; everything else is text.
const COUNTING: [&str; 3] = ["agreements", "decimal_places", "list_number"];

/// The rows of one file.
pub(super) struct Table(Vec<Row>);

impl Table {
    pub(super) fn read(name: &str, csv: &str) -> Result<Self, Error> {
        let refuse = |what: &dyn std::fmt::Display| Error::Seed(format!("{name}.csv: {what}"));
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let headers = reader.headers().map_err(|error| refuse(&error))?.clone();
        let rows = reader.records().map(|record| {
            let record = record.map_err(|error| refuse(&error))?;
            let cell = |(column, text): (&str, &str)| {
                let value = match text {
                    "" => Value::Null,
                    "true" => Value::Bool(true),
                    "false" => Value::Bool(false),
                    text if COUNTING.contains(&column) => {
                        json!(text.parse::<i64>().map_err(|error| refuse(&error))?)
                    }
                    text => json!(text),
                };
                Ok((column.to_owned(), value))
            };
            headers
                .iter()
                .zip(&record)
                .map(cell)
                .collect::<Result<Row, Error>>()
        });
        rows.collect::<Result<_, _>>().map(Self)
    }

    pub(super) fn into_rows(self) -> impl Iterator<Item = Row> {
        self.0.into_iter()
    }

    pub(super) fn rows_mut(&mut self) -> impl Iterator<Item = &mut Row> {
        self.0.iter_mut()
    }

    /// The rows of each owner named in `column`, which they lose, in the order of the file.
    pub(super) fn grouped_by(self, column: &str) -> BTreeMap<String, Vec<Row>> {
        let mut groups = BTreeMap::<String, Vec<Row>>::new();
        for mut row in self.0 {
            let owner = row
                .remove(column)
                .as_ref()
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned();
            groups.entry(owner).or_default().push(row);
        }
        groups
    }
}

/// The text of a cell; empty when nothing is stated.
pub(super) fn text<'a>(row: &'a Row, column: &str) -> &'a str {
    row.get(column).and_then(Value::as_str).unwrap_or_default()
}

/// A cell that lists several values, separated by `;`.
pub(super) fn list(row: &Row, column: &str) -> Value {
    json!(
        text(row, column)
            .split(';')
            .filter(|value| !value.is_empty())
            .collect::<Vec<_>>()
    )
}

//! The answer to a question in SQL.

use std::collections::HashSet;

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

use crate::store::{Answer, Value};

/// Rows under named columns. JSON is an array of objects.
#[derive(Debug)]
pub(crate) struct AnswerReport {
    /// All different.
    pub(crate) columns: Vec<String>,
    pub(crate) rows: Vec<Vec<Value>>,
}

impl From<Answer> for AnswerReport {
    /// Columns of one name get a number, as JSON objects need different names.
    fn from(answer: Answer) -> Self {
        let mut seen = HashSet::new();
        let mut columns = Vec::new();
        for name in &answer.columns {
            let mut unique = name.clone();
            let mut number = 2;
            while !seen.insert(unique.clone()) {
                unique = format!("{name}_{number}");
                number += 1;
            }
            columns.push(unique);
        }
        Self {
            columns,
            rows: answer.rows,
        }
    }
}

impl Serialize for AnswerReport {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.rows.iter().map(|row| Row(&self.columns, row)))
    }
}

struct Row<'a>(&'a [String], &'a [Value]);

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (column, value) in self.0.iter().zip(self.1) {
            match value {
                Value::Null => map.serialize_entry(column, &())?,
                Value::Integer(number) => map.serialize_entry(column, number)?,
                Value::Real(number) => map.serialize_entry(column, number)?,
                Value::Text(text) | Value::Blob(text) => map.serialize_entry(column, text)?,
            }
        }
        map.end()
    }
}

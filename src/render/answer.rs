//! The answer to a question in SQL.

use super::{Block, Cell, Labels, Page, Sheet, View};
use crate::report::AnswerReport;
use crate::store::Value;

impl View for AnswerReport {
    fn page(&self, labels: &Labels, _width: usize) -> Page {
        let mut page = Page::default();
        if self.rows.is_empty() {
            page.add(Block::Paragraph(labels.text("answer-empty")));
        } else {
            page.add(Block::Table(self.data()));
        }
        page
    }

    fn data(&self) -> Sheet {
        let mut sheet = Sheet::new(self.columns.iter().map(String::as_str));
        for (place, column) in sheet.columns.iter_mut().enumerate() {
            let mut values = self.rows.iter().filter_map(|row| row.get(place));
            column.is_number = values
                .all(|value| matches!(value, Value::Integer(_) | Value::Real(_) | Value::Null));
        }
        sheet.rows = self
            .rows
            .iter()
            .map(|row| row.iter().map(cell).collect())
            .collect();
        sheet
    }
}

fn cell(value: &Value) -> Cell {
    match value {
        Value::Null => Cell::NotStated,
        Value::Integer(number) => Cell::Text(number.to_string()),
        Value::Real(number) => Cell::Text(number.to_string()),
        Value::Text(text) | Value::Blob(text) => Cell::Text(text.clone()),
    }
}

//! Differences of records in words: field names and values as people read them.

mod value;

use super::{Cell, Labels, Sheet};
use crate::report::{FieldChange, Glossary, How, RecordChange};
use crate::store::Kind;
use value::{Field, item_text, value_text};

/// The columns of a difference in a sheet of data.
pub(super) const COLUMNS: [&str; 6] = ["list", "item", "field", "field_change", "before", "after"];

/// A difference in a sheet of data: values as in JSON, text without its quotation marks.
pub(super) fn data_cells(difference: &FieldChange) -> [Cell; 6] {
    let text = |text: &Option<String>| text.as_deref().map_or(Cell::Blank, Cell::from);
    let value = |value: &serde_json::Value| match value {
        serde_json::Value::Null => Cell::NotStated,
        serde_json::Value::String(text) => Cell::from(text.as_str()),
        other => Cell::from(other.to_string()),
    };
    [
        text(&difference.list),
        text(&difference.item),
        text(&difference.field),
        difference.change.word().into(),
        value(&difference.before),
        value(&difference.after),
    ]
}

/// Differences of records of one kind, for people.
pub(super) struct Words<'a> {
    pub(super) kind: Kind,
    pub(super) labels: &'a Labels,
    pub(super) glossary: &'a Glossary,
}

impl Words<'_> {
    /// What differs: the field, the item, or the field of an item.
    pub(super) fn name(&self, difference: &FieldChange) -> String {
        let labels = self.labels;
        let field = difference.field.as_deref().map(|field| self.field(field));
        let Some(list) = difference.list.as_deref() else {
            return field.unwrap_or_default();
        };
        let number = difference.item.as_deref().filter(|_| is_numbered(list));
        let item = match number {
            Some(number) => {
                let number = number.to_owned().into();
                labels.with(&format!("item-{list}"), &[("number", number)])
            }
            None if difference.item.is_none() && difference.change == How::Changed => {
                let list = self.field(list).into();
                labels.with("difference-order", &[("list", list)])
            }
            None => self.field(list),
        };
        match field {
            Some(field) => {
                let values = [("item", item.into()), ("field", field.into())];
                labels.with("difference-field", &values)
            }
            None => item,
        }
    }

    /// What it was.
    pub(super) fn before(&self, difference: &FieldChange) -> Cell {
        self.cell(difference, &difference.before, &difference.whole[0])
    }

    /// What it is.
    pub(super) fn after(&self, difference: &FieldChange) -> Cell {
        self.cell(difference, &difference.after, &difference.whole[1])
    }

    fn cell(
        &self,
        difference: &FieldChange,
        value: &serde_json::Value,
        whole: &serde_json::Value,
    ) -> Cell {
        let list = difference.list.as_deref();
        match (&difference.field, value) {
            // An item that is not there is nothing; a field that is empty is not stated.
            (None, serde_json::Value::Null) => Cell::Blank,
            (Some(_), serde_json::Value::Null) => Cell::NotStated,
            (Some(field), value) => {
                let field = Field {
                    kind: self.kind,
                    list,
                    name: field,
                };
                Cell::Text(value_text(field, value, whole, self))
            }
            (None, serde_json::Value::Array(items)) => {
                let items: Vec<String> = items
                    .iter()
                    .map(|item| item_text(list, item, self))
                    .collect();
                Cell::Text(self.labels.list(&items))
            }
            (None, item) => Cell::Text(item_text(list, item, self)),
        }
    }

    /// An item of a list: which it is, and what it says.
    pub(super) fn item(&self, list: &str, item: &serde_json::Value) -> String {
        let number = item.get("number").filter(|_| is_numbered(list));
        let name = match number {
            Some(number) => {
                let number = number.to_string().into();
                self.labels
                    .with(&format!("item-{list}"), &[("number", number)])
            }
            None => self.field(list),
        };
        let values = [
            ("item", name.into()),
            ("field", item_text(Some(list), item, self).into()),
        ];
        self.labels.with("difference-field", &values)
    }

    pub(super) fn field(&self, name: &str) -> String {
        // "Latest evidence" is a date of the project; here it is the kind of evidence that an event is.
        let name = if name == "evidence" {
            "evidence_kind"
        } else {
            name
        };
        self.labels.text(&format!("field-{name}"))
    }
}

/// Whether the items of a list are known by numbers.
fn is_numbered(list: &str) -> bool {
    ["participations", "events", "amounts", "risks"].contains(&list)
}

/// What a record is and what became of it, in one line.
pub(super) fn heading(record: &RecordChange, labels: &Labels) -> String {
    let title = record.title.as_deref();
    let values = [
        ("kind", labels.text(&format!("kind-{}", record.kind)).into()),
        ("code", record.code.clone().into()),
        (
            "change",
            labels
                .text(&format!("change-{}", record.change.word()))
                .into(),
        ),
        ("title", title.unwrap_or_default().to_owned().into()),
    ];
    labels.with(
        if title.is_some() {
            "record-titled"
        } else {
            "record-untitled"
        },
        &values,
    )
}

/// The fields of a changed record before and after; those of one that came or went, with what they say.
pub(super) fn table(record: &RecordChange, labels: &Labels, glossary: &Glossary) -> Sheet {
    let words = Words {
        kind: record.kind,
        labels,
        glossary,
    };
    if record.change == How::Changed {
        let headings = ["difference-what", "difference-before", "difference-after"];
        let mut sheet = Sheet::new(headings.map(|key| labels.text(key))).narrow([22]);
        for difference in &record.fields {
            let cells = [words.before(difference), words.after(difference)];
            let name = Cell::Text(words.name(difference));
            sheet.rows.push([name].into_iter().chain(cells).collect());
        }
        return sheet;
    }
    let headings = ["difference-what", "difference-value"];
    let mut sheet = Sheet::new(headings.map(|key| labels.text(key))).narrow([22]);
    for difference in &record.fields {
        let value = if record.change == How::Added {
            words.after(difference)
        } else {
            words.before(difference)
        };
        sheet
            .rows
            .push(vec![Cell::Text(words.name(difference)), value]);
    }
    sheet
}

/// Letters of a value that a message shows.
const SHOWN: usize = 60;

/// A value as far as a message shows it.
fn shortened(text: String) -> String {
    match text.chars().count() > SHOWN {
        true => text.chars().take(SHOWN).chain(['…']).collect(),
        false => text,
    }
}

/// Changes that a sentence names.
const NAMED: usize = 2;

/// What happened to a record, in a sentence.
pub(super) fn in_a_sentence(record: &RecordChange, labels: &Labels, glossary: &Glossary) -> String {
    let words = Words {
        kind: record.kind,
        labels,
        glossary,
    };
    let named = match &record.title {
        Some(name) => format!("{} {name}", record.code),
        None => record.code.clone(),
    };
    let key = match record.change {
        How::Added => "log-added",
        How::Removed => "log-removed",
        How::Changed => "log-changed",
    };
    let change = |difference: &FieldChange| match words.after(difference) {
        Cell::Text(text) => format!("{}: {}", words.name(difference), shortened(text)),
        _ => format!("{}: {}", words.name(difference), labels.text("not-stated")),
    };
    let mut changes: Vec<String> = record.fields.iter().take(NAMED).map(change).collect();
    if record.fields.len() > NAMED {
        changes.push("…".to_owned());
    }
    let values = [
        ("record", named.into()),
        ("changes", changes.join("; ").into()),
    ];
    labels.with(key, &values)
}

/// What was changed, a line each: for a message.
pub(crate) fn in_lines(record: &RecordChange, labels: &Labels, glossary: &Glossary) -> Vec<String> {
    let words = Words {
        kind: record.kind,
        labels,
        glossary,
    };
    let text = |cell: Cell| match cell {
        Cell::Text(text) => shortened(text),
        _ => labels.text("not-stated"),
    };
    let line = |difference: &FieldChange| {
        let (before, after) = (words.before(difference), words.after(difference));
        format!(
            "{}: {} → {}",
            words.name(difference),
            text(before),
            text(after)
        )
    };
    record.fields.iter().map(line).collect()
}

#[cfg(test)]
mod tests;
